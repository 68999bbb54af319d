"""What a table in a text is read into: a grid of columns and rows, each cell a range of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["TABLE", "Cell", "Dated", "Grid", "Row"]

TABLE = "table"
"""The rule of a count or an agreement that a row of a table tells of: no judge knows better."""


class Dated(Protocol):
    """What must be known of a date. Tokens are half-open."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over tokens [first, last), empty where they are one. `entities`: the institutions named in it, but not those inside another's name;
    `own`: it means the article's own institution by a common noun or a pronoun; `whole`: it does not go on in the next line."""

    first: int
    last: int
    entities: tuple[int, ...] = ()
    own: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one cell for each column. `title`: the tokens [first, last) of the line over it and the rows beside it."""

    cells: tuple[Cell, ...]
    title: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """The first token of the row."""
        return min(cell.first for cell in self.cells)

    @property
    def last(self) -> int:
        """The token behind the row."""
        return max(cell.last for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table over tokens [first, last), heads included. `columns`: what each holds, "" where that is not known."""

    first: int
    last: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Row, column: str) -> Cell | None:
        """Return the cell of a row in the first column that holds something; None where there is none or it is empty."""
        for meaning, cell in zip(self.columns, row.cells, strict=True):
            if meaning == column and cell.first < cell.last:
                return cell
        return None

    def column(self, row: Row, index: int) -> str | None:
        """Return what the column of a token of a row holds; None where it stands in no cell."""
        for meaning, cell in zip(self.columns, row.cells, strict=True):
            if cell.first <= index < cell.last:
                return meaning
        return None
