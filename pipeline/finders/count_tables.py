"""Counts in the rows of tables: the row names who gave and who received, and when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.finders.actors import Cast
from pipeline.finders.dates import Date
from pipeline.finders.grids import Cell, Grid, Row
from pipeline.finders.things import Thing

__all__ = ["Entry", "Ledgers"]

_COUNTED = frozenset(("count", "received", "sent", "thing", ""))  # columns in which counts stand


@dataclass(frozen=True, slots=True)
class Entry:
    """What the row of a count tells: the giver, the receiver (entities), the EDTF date."""

    from_: tuple[int, ...]
    to: tuple[int, ...]
    date: str | None


class Ledgers:
    """The rows of a document's tables of what was given and received."""

    def __init__(self, cast: Cast, dates: Sequence[Date], grids: Sequence[Grid]) -> None:
        self.cast, self.dates = cast, dates
        self._dated = [date.first for date in dates]
        self._rows = [(row.first, row, grid) for grid in grids for row in grid.rows]

    def entry(self, thing: Thing) -> Entry | None:
        """Return what the row of a count tells; None where it stands in no row that names a giver or a receiver."""
        number = bisect_right(self._rows, thing.first, key=lambda each: each[0]) - 1
        if number < 0:
            return None
        _, row, grid = self._rows[number]
        column = grid.column(row, thing.first)
        if column not in _COUNTED:
            return None
        sides = self._sides(grid, row, column)
        if sides is None or not (sides[0] or sides[1]) or set(sides[0]) & set(sides[1]):
            return None
        return Entry(*sides, self._date(grid.cell(row, "date")))

    def _sides(self, grid: Grid, row: Row, column: str) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Return giver and receiver of the counts of a column; None where the table tells of none."""
        own = self.cast.own()
        if column in ("received", "sent"):
            partner = self._whom(grid.cell(row, "partner"))  # nobody where it is a sum
            return (partner, own) if column == "received" else (own, partner)
        given, got = "giver" in grid.columns, "receiver" in grid.columns
        if not (given or got):
            return None
        giver, receiver = self._whom(grid.cell(row, "giver")), self._whom(grid.cell(row, "receiver"))
        if not (given and got) and not (giver or receiver):
            return None  # a sum below the rows
        return (giver if given else own), (receiver if got else own)

    def _whom(self, cell: Cell | None) -> tuple[int, ...]:
        if cell is None or not cell.whole:
            return ()
        return self.cast.own() if cell.own else cell.entities[:1]

    def _date(self, cell: Cell | None) -> str | None:
        """Return the one date of a cell."""
        if cell is None:
            return None
        inside = self.dates[bisect_left(self._dated, cell.first) : bisect_left(self._dated, cell.last)]
        return inside[0].edtf if len(inside) == 1 else None
