"""The noun that a number counts, over what may stand between them.

The words are data (`counts.toml` of each language): UNIT a noun that is a copy count, OTHER one that never is, MOD what may stand between,
NOUNMOD a noun that may where the counted one has a possessive ending (Uzbek).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.finders.numerals import Numeral
from pipeline.languages.lexicon import Lexicon, Reading, lexicon
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind

__all__ = ["DASHES", "MEASURES", "HeadReader"]

_BETWEEN = 7  # tokens that may stand between a number and its noun
_SERIES = 500  # no periodical has so many issues in a year: «18 400 son jurnal» counts them
DASHES = frozenset("-–—‐‑−")
MEASURES = frozenset({"copies", "volumes", "titles", "issues"})
_GENERIC = frozenset({"items", "artworks"})


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
    bound_cases: tuple[str, ...]
    up_to: tuple[str, ...]
    elided: tuple[str, ...]
    of_them: frozenset[str]


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
        folds("bound_cases"),
        folds("up_to"),
        folds("elided"),
        frozenset(folds("of_them")),
    )


@lru_cache(maxsize=1 << 16)
def _opens(language: str, folded: str) -> bool:
    """Return whether a phrase of several words may begin with this word."""
    return lexicon("counts").opens(language, folded)


class HeadReader:
    """Finds the head of noun phrases that begin with a number."""

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

    def referring(self, numeral: Numeral) -> bool:
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

    def head(self, numeral: Numeral, at: int) -> tuple[int, Reading] | None:
        """Return the token and the reading of the noun that the number counts."""
        head = self.walk(numeral, at)
        if head is None and self.language == "uz" and self.tokens.fold[at] in self.settings.pieces:
            case = "loc" if self.tokens.fold[at].endswith("da") else ""
            head = at, Reading("UNIT", "copies", case)  # «300 dona», «300 donada chop etildi»
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
        if self.language == "ru" and numeral.plain and reading.length == 1 and tokens.fold[index].endswith("a"):
            if numeral.value % 10 in (0, 5, 6, 7, 8, 9) or 11 <= numeral.value % 100 <= 14:
                return None  # «25 книга»: a number in a series
        if (
            self.language == "uz"
            and reading.value == "issues"
            and not reading.possessive
            and not self._classified(numeral.last - 1)
            and numeral.value < _SERIES
        ):
            return None
        return index, reading

    def _classified(self, index: int) -> bool:
        return self.tokens.fold[index].endswith("ta")

    def walk(self, numeral: Numeral, at: int) -> tuple[int, Reading] | None:
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
                hyphen = tokens.fold[index] in DASHES and not tokens.gap[index] and not tokens.gap[index + 1]
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
            if not self.adjective(index, folded, dated=dated):
                if reading is None and (owned := self._owned(index)) is not None:
                    return owned  # «30 ta mato namunasi»
                hyphened = index + 1 < len(tokens) and tokens.fold[index + 1] in DASHES and not tokens.gap[index + 1]
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

    def _owned(self, index: int) -> tuple[int, Reading] | None:
        """Return the Uzbek counted noun with a possessive ending that an unknown noun at a token stands before."""
        after = self.reading(index + 1) if self.language == "uz" and not self.tokens.capital(index) else None
        if after is None or after.symbol != "UNIT" or not after.possessive or self.tokens.gap[index + 1] is Gap.BREAK:
            return None
        return index + 1, after

    def _adjective_at(self, index: int) -> bool:
        tokens = self.tokens
        return (
            index < len(tokens)
            and tokens.kind[index] is Kind.WORD
            and self.adjective(index, tokens.fold[index], dated=False)
        )

    def adjective(self, index: int, folded: str, *, dated: bool) -> bool:
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
                and reading.value not in ("copies", "volumes")
                and (after.possessive or after.value in _GENERIC)
            ):
                if after.value == "copies" and reading.value not in MEASURES:  # «31 ta hujjat nusxasini»
                    return index, Reading("UNIT", reading.value, after.case, reading.length)
                value = reading.value if after.value in _GENERIC and reading.value not in MEASURES else after.value
                if reading.value == "titles":
                    value = "titles"
                return end, Reading("UNIT", value, after.case, after.length, after.possessive, after.plural)
        if modifier and reading.value in _GENERIC:
            return index, Reading("UNIT", modifier, reading.case, reading.length, reading.possessive, reading.plural)
        return index, reading
