"""The lines of a text and their cells: parted by tabs, bars, slashes between spaces, or two and more spaces, as the source has them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.text.document import Document
from pipeline.text.tokens import Gap

__all__ = ["GridLines"]

_BARS = frozenset("|¦│")
_RULES = frozenset("|¦│-–—=+:_")  # signs of which a line between rows consists
_BLANK = 2  # line ends that make an empty line
_INDENT = 2  # code points by which a cell may begin beside the one that it goes on
_LONG = 250  # tokens of a line that is no row


class GridLines:
    """The lines of one document, by number. `starts`: the first token of each."""

    def __init__(self, document: Document, starts: Sequence[int]) -> None:
        self.document, self.tokens, self.starts = document, document.tokens, starts
        self._cells: dict[int, list[tuple[int, int]]] = {}

    def bounds(self, line: int) -> tuple[int, int]:
        """Return the tokens [first, last) of a line."""
        last = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.tokens)
        return self.starts[line], last

    def _space(self, index: int) -> str:
        """Return what the source has between a token and the one before it."""
        begin, end = self.document.source_span(index - 1, index + 1)
        first, last = self.document.source_span(index - 1, index)[1], self.document.source_span(index, index + 1)[0]
        return self.document.source[max(begin, first) : min(end, last)]

    def _bar(self, index: int) -> bool:
        """Return whether a token is a sign between cells: a bar, or a slash between spaces."""
        folded, gap = self.tokens.fold[index], self.tokens.gap
        return folded in _BARS or (
            folded == "/" and gap[index] is Gap.SPACE and index + 1 < len(gap) and gap[index + 1] is not Gap.NONE
        )

    def _parted(self, index: int) -> int:
        """Return how many empty cells and one stand between a token and the one before it, told by white space: 0 where they are of one cell."""
        if self.tokens.gap[index] is not Gap.SPACE:
            return 0
        space = self._space(index)
        return space.count("\t") or int(len(space) > 1)

    def opens_cell(self, index: int) -> bool:
        """Return whether a cell may begin at a token."""
        return self.tokens.gap[index] >= Gap.LINE or self._bar(index - 1) or self._parted(index) > 0

    def cells(self, line: int) -> list[tuple[int, int]]:
        """Return the token ranges of the cells of a line; [] for a line between rows."""
        known = self._cells.get(line)
        if known is None:
            known = self._cells[line] = self._divided(*self.bounds(line))
        return known

    def _divided(self, first: int, last: int) -> list[tuple[int, int]]:
        if last - first > _LONG:
            return [(first, last)]
        if all(self.tokens.fold[index][0] in _RULES for index in range(first, last)) and last - first > 1:
            return []
        barred = any(self._bar(index) for index in range(first, last))
        cells: list[tuple[int, int]] = []
        begin = first
        for index in range(first, last):
            if self._bar(index):
                cells.append((begin, index))
                begin = index + 1
            elif not barred and index > first and (parted := self._parted(index)):
                cells.append((begin, index))
                cells += [(index, index)] * (parted - 1)
                begin = index
        cells.append((begin, last))
        if barred and self._bar(first):
            cells = cells[1:]
        if barred and self._bar(last - 1):
            cells.pop()
        return cells

    def blank(self, line: int) -> bool:
        """Return whether an empty line stands before a line; before the first one does."""
        first = self.starts[line]
        tokens = self.tokens
        return not first or tokens.text.count("\n", tokens.end[first - 1], tokens.start[first]) >= _BLANK

    def _column_of(self, index: int) -> int:
        """Return how many code points into its line of the source a token begins."""
        start = self.document.source_span(index, index + 1)[0]
        return start - (self.document.source.rfind("\n", 0, start) + 1)

    def wrapped(self, line: int, cells: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]] | None:
        """Return which cells of a line go on in the next one, each with its tokens there: each begins below one; None where it is no such line."""
        if line + 1 >= len(self.starts) or self.blank(line + 1):
            return None
        below = self.cells(line + 1)
        if not below or len(below) > len(cells):
            return None
        if any(self._bar(index) for index in range(*self.bounds(line))):
            if len(below) != len(cells):
                return None
            return {number: cell for number, cell in enumerate(below) if cell[0] < cell[1]}
        columns = [self._column_of(first) for first, _ in cells]
        found: dict[int, tuple[int, int]] = {}
        for cell in below:
            at = self._column_of(cell[0])
            near = [number for number, column in enumerate(columns) if abs(column - at) <= _INDENT]
            if len(near) != 1:
                return None
            found[near[0]] = cell
        return found
