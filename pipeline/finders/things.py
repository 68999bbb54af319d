"""Counted things: a number, what stands between, and the noun that it counts, with its unit and its bound.

The words are data (`counts.toml` of each language): UNIT a noun that is a copy count, OTHER one that never is, MOD what may stand between,
NOUNMOD a noun that may where the counted one has a possessive ending (Uzbek), BEFORE and AFTER the bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.finders.numerals import Numeral, find_numerals, read_numeral
from pipeline.languages.lexicon import Lexicon, Reading, lexicon
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind

__all__ = ["Thing", "find_things"]

_BETWEEN = 7  # tokens that may stand between a number and its noun
_ITEM = 6
_DASHES = frozenset("-–—‐‑−")
_OF_BOUNDS = ("dan", "ga", "ka", "gacha")  # cases that the words of an Uzbek bound ask for
_MEASURES = frozenset({"copies", "volumes", "titles", "issues"})
_GENERIC = frozenset({"items", "artworks"})


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


@dataclass(frozen=True, slots=True)
class _Settings:
    """The lists of one language's `counts.toml` that are no words with a meaning."""

    adjectives: tuple[str, ...]
    connectors: frozenset[str]
    stop: frozenset[str]
    reference: frozenset[str]
    ordinal_like: frozenset[str]
    years_after: frozenset[str]
    in_words: frozenset[str]
    needs_modifier: frozenset[str]
    every: frozenset[str]
    our: tuple[str, ...]
    not_bounded: frozenset[str]
    indefinite: frozenset[str]
    pieces: frozenset[str]
    abbreviated: frozenset[str]


@cache
def _settings(language: str) -> _Settings:
    data = lexicon("counts").settings.get(language, {})

    def folds(key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fold(word) for word in data.get(key, ())))

    return _Settings(
        tuple(sorted(folds("adjective_endings"), key=len, reverse=True)),
        frozenset(folds("connectors")),
        frozenset(folds("stop")),
        frozenset(folds("reference")),
        frozenset(folds("ordinal_like")),
        frozenset(folds("years_after")),
        frozenset(folds("in_words")),
        frozenset(folds("needs_modifier")),
        frozenset(folds("every")),
        folds("our"),
        frozenset(folds("not_bounded")),
        frozenset(folds("indefinite")),
        frozenset(folds("pieces")),
        frozenset(folds("abbreviated")),
    )


@lru_cache(maxsize=1 << 16)
def _opens(language: str, folded: str) -> bool:
    """Return whether a phrase of several words may begin with this word."""
    return lexicon("counts").opens(language, folded)


def find_things(document: Document) -> list[Thing]:
    """Return the numbers of things in order, not overlapping. Linear time."""
    found: list[Thing] = []
    readers = {language: _Reader(document, language) for language in set(document.languages)}
    for numeral in find_numerals(document):
        reader = readers[document.languages[numeral.first]]
        thing = reader.thing(numeral) or reader.part(numeral, found[-1] if found else None)
        if thing is not None:
            found.append(thing)
    return found


class _Reader:
    """Reads one noun phrase of a document."""

    def __init__(self, document: Document, language: str) -> None:
        self.tokens = document.tokens
        self.language = language if language in ("uz", "ru", "en") else "common"
        self.words: Lexicon = lexicon("counts")
        self.settings = _settings(self.language)

    def reading(self, index: int) -> Reading | None:
        """Return what the word at a token means for counts."""
        tokens = self.tokens
        if index >= len(tokens.fold):
            return None
        folded = tokens.fold[index]
        if _opens(self.language, folded):
            phrase = self.words.phrase(self.language, tokens.fold, tokens.kind, index)
            if phrase is not None:
                return phrase
        if tokens.kind[index] is not Kind.WORD:
            return None
        if self.language == "en" and tokens.form(index)[-2:-1] in ("'", "’"):
            return None
        return self.words.reading(self.language, folded)

    def thing(self, numeral: Numeral) -> Thing | None:
        """Return the thing that a number counts, or None."""
        if self._referring(numeral):
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
        if tokens.fold[at] == "(":  # «300 (триста) книг»
            closing = next((i for i in range(at + 1, min(at + 8, len(tokens))) if tokens.fold[i] == ")"), 0)
            spelt = read_numeral(tokens.slice(at + 1, closing), self.language) if closing > at + 1 else None
            if spelt != numeral.value or closing + 1 >= len(tokens):
                return None
            at = closing + 1
        head = self._head(numeral, at)
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
            further = self._walk(numeral, last)
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
        if self.language == "uz" and not bound and last < len(tokens):
            after = self.reading(last)
            if after is not None and after.symbol == "AFTER" and tokens.fold[last - 1].endswith(_OF_BOUNDS):
                bound = after.value
                further = self._walk(numeral, last + after.length) if unit == "titles" else None
                if further is not None:  # «300 nomdan ortiq kitob»
                    last, reading = further[0] + further[1].length, further[1]
        if self.language == "uz" and not bound and tokens.fold[last - 1].endswith("cha"):
            bound = "approx"
        if numeral.value_max is not None:
            bound = ""
        item = self._item(last) if unit in _MEASURES else None
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

    def part(self, numeral: Numeral, before: Thing | None) -> Thing | None:
        """Return an elided count, «ularning 1700 tasi»: the noun is that of the count before, in one sentence."""
        tokens = self.tokens
        if self.language != "uz" or before is None or not tokens.fold[numeral.last - 1].endswith("tasi"):
            return None
        if tokens.sentence[before.last - 1] != tokens.sentence[numeral.first]:
            return None
        opening, bound = self._before(numeral.first)
        return Thing(
            numeral.first, numeral.last, numeral.value, numeral.value_max, bound or None, before.unit, None, opening
        )

    def _referring(self, numeral: Numeral) -> bool:
        """Return whether the number names something (№ 5, vol. 12, 1999) rather than counts it."""
        if not numeral.plain:
            return False
        tokens, before = self.tokens, numeral.first - 1
        if before < 0 or tokens.gap[numeral.first] is Gap.BREAK:
            return False
        if tokens.fold[before] in "№#§":
            return True
        if tokens.fold[before] == "." and before and not tokens.gap[before] and tokens.kind[before - 1] is Kind.WORD:
            return tokens.fold[before - 1] in self.settings.reference
        return len(tokens.fold[before]) > 1 and tokens.fold[before] in self.settings.reference

    def _head(self, numeral: Numeral, at: int) -> tuple[int, Reading] | None:
        """Return the token and the reading of the noun that the number counts."""
        head = self._walk(numeral, at)
        if head is None and self.language == "uz" and self.tokens.fold[at] in self.settings.pieces:
            head = at, Reading("UNIT", "copies")  # «300 dona»
        if head is None:
            return None
        index, reading = head
        tokens, before = self.tokens, numeral.first - 1
        previous = tokens.fold[before] if before >= 0 and tokens.gap[numeral.first] is not Gap.BREAK else ""
        if previous in self.settings.every:
            return None
        if reading.length == 1 and tokens.fold[index] in self.settings.needs_modifier and index == numeral.last:
            after = self.reading(index + 1)
            if (after is None or after.symbol != "UNIT") and not (
                self.language == "ru" and self._adjective_at(index + 1)
            ):
                return None
        dated = numeral.plain and numeral.value_max is None and 1500 <= numeral.value <= 2100
        if dated and previous in self.settings.years_after and reading.value != "copies":
            return None
        if reading.value == "volumes" and previous in self.settings.in_words:
            return None
        if self.language == "ru" and tokens.fold[index] in self.settings.ordinal_like and not numeral.words:
            if numeral.value % 10 != 1 or numeral.value % 100 == 11:
                return None
            if index == numeral.last and numeral.value != 1 and numeral.value < 100:
                return None  # «21 том» is rather a volume's number
        if (
            self.language == "uz"
            and reading.value == "issues"
            and not reading.possessive
            and not self._classified(numeral.last - 1)
        ):
            return None
        return index, reading

    def _classified(self, index: int) -> bool:
        return self.tokens.fold[index].endswith("ta")

    def _walk(self, numeral: Numeral, at: int) -> tuple[int, Reading] | None:
        """Go from the number over its modifiers to the noun."""
        tokens, language = self.tokens, self.language
        dated = numeral.plain and 1500 <= numeral.value <= 2100
        unknown, modifier, joined = 0, "", False
        index, stop = at, min(len(tokens), at + _BETWEEN)
        while index < stop:
            if tokens.gap[index] is Gap.BREAK or (
                tokens.sentence[index] != tokens.sentence[numeral.first] and tokens.gap[index]
            ):
                return None
            if tokens.kind[index] is not Kind.WORD:
                if index == at or index + 1 >= len(tokens):
                    return None
                hyphen = tokens.fold[index] in _DASHES and not tokens.gap[index] and not tokens.gap[index + 1]
                if (
                    not (hyphen or (tokens.fold[index] == "," and language != "uz"))
                    or tokens.kind[index + 1] is not Kind.WORD
                ):
                    return None
                joined = True
                index += 1
                continue
            reading = self.reading(index)
            symbol = reading.symbol if reading is not None else ""
            if symbol == "OTHER":
                return None
            if reading is not None and symbol == "UNIT":
                ended = self._unit(numeral, index, reading, modifier)
                if ended is not None:
                    return ended if ended[1].symbol == "UNIT" else None
                if language == "ru" or self._shut(index + reading.length):
                    return None
                modifier = reading.value
                index += reading.length
                joined = False
                continue
            if symbol == "NOUNMOD":
                after = self.reading(index + 1)
                if after is None or after.symbol != "UNIT" or not after.possessive:
                    return None
                return index + 1, after
            if reading is not None and symbol == "MOD":
                index += reading.length
                joined = False
                continue
            folded = tokens.fold[index]
            if folded in self.settings.connectors:
                if index == at or joined:
                    return None
                joined = True
                index += 1
                continue
            if folded in self.settings.stop or (index == at and not tokens.gap[index] and not numeral.case):
                return None
            if not self._adjective(index, folded, dated=dated):
                hyphened = index + 1 < len(tokens) and tokens.fold[index + 1] in _DASHES and not tokens.gap[index + 1]
                if (
                    (language == "uz" and tokens.capital(index) and not dated)
                    or (language == "en" and not dated and (hyphened or tokens.capital(index)))
                    or (hyphened and language != "en" and index + 2 < len(tokens) and not tokens.gap[index + 2])
                ):
                    pass
                elif (
                    language == "en"
                    and not dated
                    and not unknown
                    and not (folded.endswith("s") and not folded.endswith(("ss", "us", "is")))
                ):
                    unknown += 1
                else:
                    return None
            index += 1
            joined = False
        return None

    def _adjective_at(self, index: int) -> bool:
        tokens = self.tokens
        return (
            index < len(tokens)
            and tokens.kind[index] is Kind.WORD
            and self._adjective(index, tokens.fold[index], dated=False)
        )

    def _adjective(self, index: int, folded: str, *, dated: bool) -> bool:
        """Return whether a word looks like an adjective of its language."""
        tokens = self.tokens
        if self.language == "en":
            if tokens.form(index)[-2:-1] in ("'", "’") or tokens.form(index)[-1:] in ("'", "’"):
                return True
            if folded.endswith(("ed", "ing", "en")):
                return not dated and tokens.fold[index - 1] not in self.settings.stop
        return len(folded) > 3 and folded.endswith(self.settings.adjectives)

    def _shut(self, index: int) -> bool:
        """Return whether nothing of the same phrase can follow."""
        return index >= len(self.tokens) or self.tokens.kind[index] is not Kind.WORD

    def _unit(self, numeral: Numeral, index: int, reading: Reading, modifier: str) -> tuple[int, Reading] | None:
        """Return the noun that ends the phrase: this one or the one that it belongs to. None where this one is only a modifier."""
        tokens, end = self.tokens, index + reading.length
        if self.language == "en":
            folded = tokens.fold[end - 1]
            after = self.reading(end) if end < len(tokens) and tokens.gap[end] is Gap.SPACE else None
            plural = folded.endswith("s") and tokens.form(end - 1)[-2:-1] not in ("'", "’")
            invariable = self.words.languages["en"].exact.get(folded) is not None or reading.length > 1
            if not (plural or invariable or numeral.value == 1):
                return None
            if after is not None and after.symbol == "UNIT" and tokens.fold[end].endswith("s"):
                return None
            return index, reading
        if self.language == "uz" and not reading.possessive and not reading.case and end < len(tokens):
            after = self.reading(end)
            if after is not None and after.symbol == "OTHER" and (after.possessive or after.case == ""):
                ours = tokens.fold[end].endswith(self.settings.our)
                if after.possessive and not ours and reading.value not in ("copies", "titles"):
                    return index, after  # «31 ta kitob koʻrgazmasi»
            elif (
                after is not None
                and after.symbol == "UNIT"
                and reading.value != "copies"
                and (after.possessive or after.value in _GENERIC)
            ):
                value = reading.value if after.value in _GENERIC and reading.value not in _MEASURES else after.value
                if reading.value == "titles":
                    value = "titles"
                return end, Reading("UNIT", value, after.case, after.length, after.possessive, after.plural)
        if modifier and reading.value in _GENERIC:
            return index, Reading("UNIT", modifier, reading.case, reading.length, reading.possessive, reading.plural)
        return index, reading

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
            hyphened = tokens.fold[index - 1] in _DASHES or (
                index + 1 < len(tokens) and tokens.fold[index + 1] in _DASHES
            )
            if language == "en":
                if folded in self.settings.stop:
                    break
                end = index + 1
                if named and folded.endswith("s"):
                    break
            elif language == "ru":
                if (self._adjective(index, folded, dated=False) and not named) or (
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
                    end > at or (reading is None and not self._adjective(index, folded, dated=False))
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
            elif not (tokens.fold[index] in _DASHES and not tokens.gap[index] and index > at):
                return
