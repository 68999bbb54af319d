"""The lines of an article around a count: the row of a table with its cells and what stands over them, the heading over a list."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.finders.actors import Cast
from pipeline.text.tokens import Gap, Kind

__all__ = ["STEM", "Lines"]

STEM = 6
"""Code points of a word that are its stem, roughly."""
_HEADING = 10  # tokens of a line that can be a heading
_HEADED = 12  # tokens of a heading that are read, the last ones
_ABOVE = 12  # sentences or lines between a heading and its line
_LINE = 60  # tokens of a line on either side
_PARTED = 2  # bars or tabs in the row of a table
_BARS = frozenset("|¦")


class Lines:
    """Reads the lines of one document."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self._tabs = "\t" in cast.document.source
        self._tabular = self._tabs or not _BARS.isdisjoint(self.tokens.fold)

    def words(self, window: Iterable[int]) -> list[str]:
        """Return the stems of the words of a window that stand in no name."""
        return [
            self.tokens.fold[index][:STEM]
            for index in window
            if self.tokens.kind[index] is Kind.WORD and not self.cast.named(index)
        ]

    def line(self, index: int) -> tuple[int, int]:
        """Return the tokens of the line that a token stands on, as the article has lines."""
        gap, first, last = self.tokens.gap, index, index + 1
        while first and gap[first] < Gap.LINE and index - first < _LINE:
            first -= 1
        while last < len(self.tokens) and gap[last] < Gap.LINE and last - index < _LINE:
            last += 1
        return first, last

    def cells(self, index: int) -> list[int]:
        """Return the tokens that begin the second and each further cell of the line of a token; [] where it is no row of a table."""
        if not self._tabular:
            return []
        first, last = self.line(index)
        starts = [at for at in range(first + 1, last) if self._parted(at)]
        return starts if len(starts) >= _PARTED else []

    def _parted(self, at: int) -> bool:
        """Return whether a token begins a cell: a bar or a tab stands before it."""
        fold, document = self.tokens.fold, self.cast.document
        if fold[at - 1] in _BARS:
            return True
        if not self._tabs or self.tokens.gap[at] is not Gap.SPACE:
            return False
        begin, end = document.source_span(at - 1, at + 1)
        return "\t" in document.source[begin:end]

    def column(self, index: int) -> list[str]:
        """Return the stems of the heading over a cell, as the first line of the table has it."""
        first, _ = self.line(index)
        place, above = sum(at <= index for at in self.cells(index)), first
        for _ in range(_ABOVE):
            if not above:
                return []
            top, last = self.line(above - 1)
            cells = self.cells(above - 1)
            if Kind.NUMBER not in self.tokens.kind[top:last] and len(cells) >= place and cells:
                edges = [top, *cells, last]
                return self.words(range(edges[place], edges[place + 1]))
            above = top
        return []

    def heading(self, sentence: int) -> list[str]:
        """Return the stems of the heading over a line: a short line without a number, or one that ends with a colon."""
        tokens = self.tokens
        for above in range(sentence - 1, max(-1, sentence - _ABOVE), -1):
            begin, end = tokens.sentences[above]
            short = end - begin <= _HEADING and Kind.NUMBER not in tokens.kind[begin:end]
            if short or tokens.fold[end - 1] == ":":
                return list(dict.fromkeys(self.words(range(max(begin, end - _HEADED), end))))
        return []
