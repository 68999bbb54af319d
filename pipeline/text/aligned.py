"""A rewritten text that knows where each of its characters stood in the source.

The alignment is a list of pieces. A piece is either *even* (its characters came one by one from as many characters of
the source) or a *block* (its characters, together, came from one stretch of the source). It grows while the text is
rewritten; nothing is ever compared with the source afterwards. An article of ten million characters with a thousand
repairs has some two thousand pieces.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Aligned"]

_EVEN = -1


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text and its alignment to the source. All offsets count code points; spans are half-open.

    Piece k starts at `_starts[k]` in the text and at `_sources[k]` in the source; `_widths[k]` is how much of the
    source a block covers, or -1 for an even piece.
    """

    text: str
    _starts: tuple[int, ...]
    _sources: tuple[int, ...]
    _widths: tuple[int, ...]

    @classmethod
    def identity(cls, text: str) -> Aligned:
        """Return the text as its own source."""
        return cls(text, (0,), (0,), (_EVEN,)) if text else cls("", (), (), ())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span that text[start:end] came from.

        It runs from the source start of the first character to the source end of the last one: what was deleted between
        them is covered, what was deleted before or after is not. An empty span gives an empty one at `position(start)`.
        Raises IndexError where the span does not lie in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span ({start}, {end}) is not within a text of {len(self.text)} characters")
        if start == end:
            point = self.position(start)
            return point, point
        first = bisect_right(self._starts, start) - 1
        if self._widths[first] == _EVEN and (first + 1 == len(self._starts) or end <= self._starts[first + 1]):
            source = self._sources[first] - self._starts[first]  # all in one even piece, as most spans are
            return source + start, source + end
        return self._character(start)[0], self._character(end - 1)[1]

    def position(self, index: int) -> int:
        """Return where in the source character `index` of the text begins; for len(text), where the last one ends.

        Raises IndexError where the index does not lie in the text.
        """
        if not 0 <= index <= len(self.text):
            raise IndexError(f"position {index} is not within a text of {len(self.text)} characters")
        if index < len(self.text):
            return self._character(index)[0]
        return self._character(index - 1)[1] if index else 0

    def rewrite(self, edits: Iterable[tuple[int, int, str]]) -> Aligned:
        """Return the text with each [start, end) replaced by its string, aligned to the same source.

        Edits are in the coordinates of this text, sorted, and do not overlap. A replacement as long as what it replaces
        maps character by character, any other as a whole. An insertion maps to the empty span where it stands. Raises
        ValueError for an edit out of order or out of bounds.
        """
        text, pieces = self.text, _Pieces(self)
        parts: list[str] = []
        done = 0
        for start, end, new in edits:
            if not done <= start <= end <= len(text):
                raise ValueError(f"edit ({start}, {end}) overlaps, is unsorted, or leaves the text")
            parts.append(text[done:start])
            parts.append(new)
            if len(new) != end - start:
                pieces.keep(start)
                pieces.replace(start, end, len(new))
            done = end
        if not parts:
            return self
        parts.append(text[done:])
        pieces.keep(len(text))
        return Aligned("".join(parts), tuple(pieces.starts), tuple(pieces.sources), tuple(pieces.widths))

    def _character(self, index: int) -> tuple[int, int]:
        piece = bisect_right(self._starts, index) - 1
        source, width = self._sources[piece], self._widths[piece]
        if width == _EVEN:
            source += index - self._starts[piece]
            return source, source + 1
        return source, source + width


class _Pieces:
    """The pieces of the text that is being made; walks once through those of the old one."""

    def __init__(self, old: Aligned) -> None:
        self.starts: list[int] = []
        self.sources: list[int] = []
        self.widths: list[int] = []
        self._old = old
        self._piece = 0  # of the old text
        self._done = 0  # characters of the old text already dealt with
        self._length = 0  # of the new text

    def keep(self, end: int) -> None:
        """Take over the old alignment up to `end`."""
        while self._done < end:
            start, stop = self._advance()
            stop = min(stop, end)
            source, width = self._old._sources[self._piece], self._old._widths[self._piece]
            if width == _EVEN:
                source += self._done - start
            self._add(stop - self._done, source, width)
            self._done = stop

    def replace(self, start: int, end: int, length: int) -> None:
        """Let `length` new characters stand for the old [start, end)."""
        if start < end:
            first, last = self._old.span(start, end)
        else:
            first, last = self._gap(start)
        if length:
            self._add(length, first, last - first)
        self._done = end

    def _gap(self, index: int) -> tuple[int, int]:
        """Where an insertion stands: between two characters, or in the stretch of the source that both came from."""
        old = self._old
        if 0 < index < len(old.text):
            end, start = old._character(index - 1)[1], old._character(index)[0]
            if start < end:
                return start, end
        point = old.position(index)
        return point, point

    def _advance(self) -> tuple[int, int]:
        starts = self._old._starts
        while self._piece + 1 < len(starts) and starts[self._piece + 1] <= self._done:
            self._piece += 1
        following = starts[self._piece + 1] if self._piece + 1 < len(starts) else len(self._old.text)
        return starts[self._piece], following

    def _add(self, length: int, source: int, width: int) -> None:
        if width == length == 1:
            width = _EVEN
        even = width == _EVEN and bool(self.widths) and self.widths[-1] == _EVEN
        if not even or self.sources[-1] + self._length - self.starts[-1] != source:
            self.starts.append(self._length)
            self.sources.append(source)
            self.widths.append(width)
        self._length += length
