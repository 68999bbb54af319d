"""Totals and their parts: “300 books, including 40 atlases and 12 maps”, «из них 40 рукописей», `shundan 40 tasi`.

A part is told by its words (PART of `deeds.toml`, save what `no_parts` lists), or by a comma or an “and” after another part of the same whole. The parts of
a whole are never more than it: where they would be, the text means something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from pipeline.finders.actors import Cast
from pipeline.finders.parties import Told
from pipeline.finders.parts import settings

if TYPE_CHECKING:
    from pipeline.finders.counts import Count

__all__ = ["Shares"]

_REACH = 6  # tokens between the words that tell a part and its number
_OPENING = 3  # tokens of a sentence that may refer to the one before
_BETWEEN = 6  # tokens between two parts of one whole


class _Counted(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def number(self) -> int: ...


class Shares:
    """Remembers the counts that are parts, and how much of each whole they make."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self.parts: dict[int, int] = {}  # the index of a part -> that of its whole
        self.sums: dict[int, int] = {}

    def whole(self, told: Told, found: Sequence[_Counted], begin: int, language: str) -> int | None:
        """Return the index of the count that holds this one, the next of those `found`; `begin` is the first token of its sentence."""
        if not found:
            return None
        thing, last = told.thing, len(found) - 1
        marked = self._marked(max(begin, found[-1].last, thing.opening - _REACH), thing.opening, language)
        here = found[-1].first >= begin
        if marked and (here or self._refers_back(found[-1], begin, language)):
            whole = self.parts.get(last, last)
        elif here and last in self.parts and self._goes_on(found[-1].last, thing.opening, language):
            whole = self.parts[last]
        else:
            return None
        total = self.sums.get(whole, 0) + thing.number
        if total > found[whole].number:
            return None
        self.sums[whole] = total
        self.parts[len(found)] = whole
        return whole

    def out_of(self, count: Count, whole: Count) -> Count:
        """Give a part that moved the holder of its whole as the party it has not by name: “has 66 works, of which 40 came from Nukus”."""
        holder = whole.by
        if count.act != "transferred" or not holder or holder in (count.from_, count.to):
            return count
        if count.from_ and (not count.to or count.rule.endswith("-home")):
            return replace(count, to=holder)
        return replace(count, from_=holder) if count.to and not count.from_ else count

    def _marked(self, first: int, last: int, language: str) -> bool:
        """Return whether words among tokens [first, last) say that a part follows."""
        for index in range(first, last):
            reading = self.cast.reading(language, index)
            if reading is not None and reading.symbol == "PART" and index + reading.length <= last:
                if "," in self.tokens.fold[index + reading.length : last]:
                    return False
                phrase = " ".join(self.tokens.fold[index : index + reading.length])
                return phrase not in settings(language, "no_parts")
        return False

    def _refers_back(self, before: _Counted, begin: int, language: str) -> bool:
        """Return whether a sentence opens with “of them”, and the sentence before has the whole."""
        sentence = self.tokens.sentence
        if sentence[begin] - sentence[before.first] != 1:
            return False
        opening = " ".join(self.tokens.fold[begin : begin + _OPENING]) + " "
        return opening.startswith(tuple(phrase + " " for phrase in settings(language, "across")))

    def _goes_on(self, first: int, last: int, language: str) -> bool:
        """Return whether only a comma or an “and” (not both) and what is said of the things stand between two parts."""
        if last - first > _BETWEEN:
            return False
        folds = self.tokens.fold[first:last]
        joints = [word for word in folds if word == "," or word in settings(language, "ands")]
        if len(joints) != 1 or any(word in ";:()—–." for word in folds):
            return False
        return not any(self.cast.has(symbol, first, last, language) for symbol in ("VERB", "DEED"))
