"""Uzbek words that are nearly head nouns: typed with one slip, or the end of a name of one word."""

from __future__ import annotations

import pytest

from pipeline.finders.institution_slips import ended, slipped
from pipeline.text.folding import fold


@pytest.mark.parametrize(
    ("word", "kind", "case"),
    [
        ("унверситети", "university", ""),  # a letter left out
        ("universtetiga", "university", "dat"),
        ("univesriteti", "university", ""),  # two letters changed places
        ("kutubxonnasida", "library", "loc"),  # one letter too many
        ("kutubxanasi", "library", ""),  # a wrong one
        ("музеидан", "museum", "abl"),
        ("vazirlgi", "government", ""),
    ],
)
def test_one_slip(word: str, kind: str, case: str):
    reading = slipped(fold(word))
    assert reading is not None
    assert (reading.symbol, reading.value, reading.case, reading.possessive) == ("HEAD", kind, case, True)


@pytest.mark.parametrize(
    "word",
    [
        "kutubxonasi",  # nothing wrong
        "kutubxon",  # no possessive: no head of a name
        "kutuxnasi",  # two slips
        "xutubxonasi",  # another beginning
        "mazasi",
        "muzi",
        "мактуби",
        "kampaniyasi",
        "",
    ],
)
def test_no_slip(word: str):
    assert slipped(fold(word)) is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Тожикфильм", "company"),
        ("Akademnashrga", "publisher"),
        ("Фонограммархив", "archive"),
        ("film", None),
        ("nashri", None),
        ("arxivi", None),
    ],
)
def test_endings(word: str, kind: str | None):
    reading = ended(fold(word))
    assert (reading and reading.value) == kind
