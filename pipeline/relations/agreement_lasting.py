"""How long an agreement is said to last: “for five years”, «пятилетний», `uch yil muddatga`; and the day on which it then ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.finders.numerals import read_numeral
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Kind

__all__ = ["added", "durations", "said"]

_LONGEST = 50  # years
_BESIDE = 4  # tokens before and after a number of years that tell what it is about
_WEIGHT = ("other", "longer", "term")  # what is said goes by the first of these
_DATE = re.compile(r"(\d{4})((?:-(?!02-29)\d\d){0,2})")


@cache
def _years() -> frozenset[str]:
    """Return the folded words for a number of years: «лет», `yilga`, `yillik`."""
    return frozenset(fold(word) for word in grammar("agreements").lexicon.settings["years"])


@cache
def _lasting() -> tuple[tuple[str, int], ...]:
    """Return the folded beginnings of adjectives that tell how many years something lasts: «пятилетн» 5."""
    table = grammar("agreements").lexicon.settings["lasting"]
    return tuple((fold(word), int(years)) for years, words in table.items() for word in words)


@cache
def _saying() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the folded beginnings of the words that tell what a number of years is about, by what they tell."""
    table = grammar("agreements").lexicon.settings["lasting_said"]
    return tuple((name, tuple(fold(word) for word in table[name])) for name in _WEIGHT)


def said(document: Document, first: int, last: int) -> str:
    """Return what the words beside a number of years at tokens [first, last) say: "term", "longer", "other" or "".

    >>> from pipeline.text.document import prepare
    >>> said(prepare("Соглашение рассчитано на пять лет."), 3, 5), said(prepare("It was renewed for another five years."), 5, 7)
    ('term', 'longer')
    """
    tokens = document.tokens
    begin, end = tokens.sentences[tokens.sentence[first]]
    beside = [
        tokens.fold[k]
        for k in (*range(max(begin, first - _BESIDE), first), *range(last, min(end, last + _BESIDE)))
        if tokens.kind[k] is Kind.WORD
    ]
    return next((name for name, words in _saying() if any(word.startswith(words) for word in beside)), "")


def durations(document: Document, first: int, last: int) -> Iterator[tuple[int, int, int, str]]:
    """Yield (first token, last token, years, "word" or "number") of each number of years in tokens [first, last)."""
    tokens, words, lasting = document.tokens, _years(), _lasting()
    openings = tuple(word for word, _ in lasting)
    for index in range(first, last):
        folded = tokens.fold[index]
        if tokens.kind[index] is not Kind.WORD:
            continue
        if folded in words:
            number = index - 1 - (tokens.fold[index - 1] == "-")
            language = document.languages[index]
            if number >= first and tokens.kind[number] is not Kind.SIGN and language in ("uz", "ru", "en"):
                years = read_numeral(tokens.form(number), language)
                if years is not None and 0 < years <= _LONGEST:
                    yield number, index + 1, years, "number"
            continue
        if folded.startswith(openings):
            yield index, index + 1, next(years for word, years in lasting if folded.startswith(word)), "word"


def added(edtf: str, years: int) -> str | None:
    """Return the date so many years after another, as exact as that; None where that is no plain date (EDTF, ISO 8601-2).

    >>> added("2024-05-23", 5), added("2019", 3), added("201X", 3)
    ('2029-05-23', '2022', None)
    """
    found = _DATE.fullmatch(edtf)
    return None if found is None else f"{int(found[1]) + years:04d}{found[2]}"
