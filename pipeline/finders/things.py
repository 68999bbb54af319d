"""Counted things: a number, what stands between, and the noun that it counts, with its unit and its bound.

The words are data (`counts.toml` of each language): UNIT a noun that is a copy count, OTHER one that never is, MOD what may stand between,
NOUNMOD a noun that may where the counted one has a possessive ending (Uzbek), BEFORE and AFTER the bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.finders.heads import DASHES, MEASURES, HeadReader
from pipeline.finders.numerals import Numeral, find_numerals, read_numeral
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["Thing", "find_things"]

_ITEM = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """A number of things over tokens [first, last). `item` is the thing itself where the counted noun is a measure (copies of books)."""

    first: int
    last: int
    number: int
    number_max: int | None
    bound: str | None
    unit: str
    item: tuple[int, int] | None
    opening: int  # the first token of its bound, or `first`
    case: str = ""  # the Uzbek case of the noun
    small: bool = False  # one, in words: often no number but an article


def find_things(document: Document) -> list[Thing]:
    """Return the numbers of things in order, not overlapping. Linear time."""
    found: list[Thing] = []
    readers = {language: _Reader(document, language) for language in set(document.languages)}
    for numeral in find_numerals(document):
        reader = readers[document.languages[numeral.first]]
        thing = reader.of_noun(numeral) or reader.thing(numeral) or reader.part(numeral, found[-1] if found else None)
        if thing is not None:
            found.append(thing)
    return found


class _Reader(HeadReader):
    """Reads one noun phrase of a document."""

    def thing(self, numeral: Numeral) -> Thing | None:
        """Return the thing that a number counts, or None."""
        if self.referring(numeral):
            return None
        tokens = self.tokens
        at, bound = numeral.last, ""
        if numeral.case in ("abl", "dat"):
            after = self.reading(at)
            if after is None or after.symbol != "AFTER":
                return None
            at, bound = at + after.length, after.value
        elif numeral.case == "term":
            bound = "max"
        elif numeral.case == "circa":
            bound = "approx"
        if at >= len(tokens) or tokens.gap[at] is Gap.BREAK:
            return None
        after = self.reading(at)
        if after is not None and after.symbol == "AFTER":
            at, bound = at + after.length, after.value
            if at >= len(tokens):
                return None
        if tokens.fold[at] == "(":  # «300 (триста) книг»
            closing = next((i for i in range(at + 1, min(at + 8, len(tokens))) if tokens.fold[i] == ")"), 0)
            spelt = read_numeral(tokens.slice(at + 1, closing), self.language) if closing > at + 1 else None
            if spelt != numeral.value or closing + 1 >= len(tokens):
                return None
            at = closing + 1
        head = self.head(numeral, at)
        if head is None:
            return None
        index, reading = head
        last = index + reading.length
        unit = reading.value
        if (
            last < len(tokens)
            and tokens.fold[last] == "."
            and not tokens.gap[last]
            and tokens.fold[last - 1] in self.settings.abbreviated
        ):
            last += 1
        if self.language == "uz" and unit == "titles":
            further = self.walk(numeral, last)
            if further is not None:
                last = further[0] + further[1].length
                reading = further[1]
        opening, before = self._before(numeral.first)
        bound = bound or before
        if (
            not bound
            and numeral.words
            and numeral.last - numeral.first == 1
            and tokens.fold[numeral.first] in self.settings.indefinite
        ):
            return None  # «тысячи книг»
        if not bound and last < len(tokens):
            after = self.reading(last)
            if (
                after is not None
                and after.symbol == "AFTER"
                and (self.language != "uz" or tokens.fold[last - 1].endswith(self.settings.bound_cases))
            ):
                bound = after.value
                further = self.walk(numeral, last + after.length) if unit == "titles" else None
                if further is not None:  # «300 nomdan ortiq kitob»
                    last, reading = further[0] + further[1].length, further[1]
        if self.language == "uz" and not bound and tokens.fold[last - 1].endswith("cha"):
            bound = "max" if tokens.fold[last - 1].endswith(self.settings.up_to) else "approx"
        if numeral.value_max is not None:
            bound = ""
        item = self._item(last) if unit in MEASURES else None
        small = numeral.words and numeral.value == 1
        return Thing(
            numeral.first,
            last,
            numeral.value,
            numeral.value_max,
            bound or None,
            unit,
            item,
            opening,
            reading.case,
            small,
        )

    def of_noun(self, numeral: Numeral) -> Thing | None:
        """Return a count whose noun stands before it: «qoʻlyozmalardan 86 tasi», «72 ta kitobdan 69 tasini»."""
        tokens, before = self.tokens, numeral.first - 1
        if not self._elided(numeral) or before < 0 or tokens.gap[numeral.first] is Gap.BREAK:
            return None
        noun = self.reading(before)
        if noun is None or noun.symbol != "UNIT" or noun.case not in ("abl", "gen"):
            return None
        return self._of(numeral, noun.value)

    def part(self, numeral: Numeral, before: Thing | None) -> Thing | None:
        """Return an elided count, «ularning 1700 tasi»: the noun is that of the count before, in one sentence or the next where “of them” is said."""
        if not self._elided(numeral) or before is None:
            return None
        sentence = self.tokens.sentence
        apart = sentence[numeral.first] - sentence[before.last - 1]
        said = numeral.first and self.tokens.fold[numeral.first - 1] in self.settings.of_them
        return self._of(numeral, before.unit) if apart <= (1 if said else 0) else None

    def _elided(self, numeral: Numeral) -> bool:
        """Return whether a number has the ending of a part of what is said before: `tasi`."""
        return self.language == "uz" and self.tokens.fold[numeral.last - 1].endswith(self.settings.elided)

    def _of(self, numeral: Numeral, unit: str) -> Thing:
        opening, bound = self._before(numeral.first)
        return Thing(numeral.first, numeral.last, numeral.value, numeral.value_max, bound or None, unit, None, opening)

    def _before(self, first: int) -> tuple[int, str]:
        """Return the first token of the bound before a number and its value, or `first` and ""."""
        tokens = self.tokens
        best = first, ""
        for start in range(max(0, first - 4), first):
            if any(tokens.gap[index] is Gap.BREAK for index in range(start + 1, first + 1)):
                continue
            reading = self.reading(start)
            if reading is not None and reading.symbol == "BEFORE" and start + reading.length == first:
                if start and tokens.fold[start - 1] in self.settings.not_bounded:
                    break  # "handed over 34 paintings"
                best = start, reading.value
                break
        return best

    def _item(self, at: int) -> tuple[int, int] | None:
        """Return the thing that copies, volumes or titles are of, where it follows."""
        tokens, language = self.tokens, self.language
        if at >= len(tokens) or tokens.gap[at] is Gap.BREAK:
            return None
        if language == "en":
            if tokens.fold[at] != "of":
                return None
            at += 1
            if at < len(tokens) and tokens.fold[at] in ("the", "a", "an", "its", "their", "this", "these"):
                at += 1
        end = at
        for index in self._words(at):
            folded = tokens.fold[index]
            reading = self.reading(index)
            named = reading is not None and reading.symbol == "UNIT"
            hyphened = tokens.fold[index - 1] in DASHES or (
                index + 1 < len(tokens) and tokens.fold[index + 1] in DASHES
            )
            if language == "en":
                if folded in self.settings.stop:
                    break
                end = index + 1
                if named and folded.endswith("s"):
                    break
            elif language == "ru":
                if (self.adjective(index, folded, dated=False) and not named) or (
                    folded in self.settings.connectors and end > at
                ):
                    continue
                if named or index == at or end == at:
                    end = index + 1
                break
            else:
                if named and reading is not None:
                    end = index + 1
                    if reading.possessive or reading.case or reading.plural:
                        break
                elif not hyphened and (
                    end > at or (reading is None and not self.adjective(index, folded, dated=False))
                ):
                    break
        return (at, end) if end > at else None

    def _words(self, at: int) -> Iterator[int]:
        """Yield the words from a token on, hyphens passed over, to the first other sign."""
        tokens = self.tokens
        for index in range(at, min(len(tokens), at + _ITEM)):
            if tokens.gap[index] is Gap.BREAK and index > at:
                return
            if tokens.kind[index] is Kind.WORD:
                yield index
            elif not (tokens.fold[index] in DASHES and not tokens.gap[index] and index > at):
                return
