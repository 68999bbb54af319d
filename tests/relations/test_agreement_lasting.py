"""How long an agreement lasts, and when it then ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relations.agreement_lasting import added, durations, said
from pipeline.text.document import prepare

SAID = [
    ("The agreement was concluded for five years.", [("five years", 5, "number")]),
    ("A five-year agreement was signed with the museum.", [("five-year", 5, "number")]),
    (
        "They signed it for 3 years and lent it for another ten years.",
        [("3 years", 3, "number"), ("ten years", 10, "number")],
    ),
    ("Договор заключён сроком на пять лет.", [("пять лет", 5, "number")]),
    ("Пятилетний договор подписан вчера в музее.", [("Пятилетний", 5, "word")]),
    ("Соглашение действует 2 года.", [("2 года", 2, "number")]),
    ("Shartnoma uch yil muddatga tuzildi.", [("uch yil", 3, "number")]),
    ("Шартнома беш йилга имзоланди.", [("беш йилга", 5, "number")]),
    ("Muzey bilan besh yillik shartnoma tuzildi.", [("besh yillik", 5, "number")]),
    ("The library was opened 120 years ago by the town.", []),
    ("The library signed it years ago in a year of plenty.", []),
    ("Он подписан в 2019 году и забыт.", []),
    ("Kutubxona oʻtgan yil ochilgan edi.", []),
]


@pytest.mark.parametrize(("text", "wanted"), SAID)
def test_durations(text: str, wanted: list[tuple[str, int, str]]) -> None:
    document = prepare(text)
    found = durations(document, 0, len(document.tokens))
    assert [(document.tokens.slice(first, last), years, form) for first, last, years, form in found] == wanted


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("The agreement was concluded for five years.", "term"),
        ("It was renewed for another five years.", "longer"),
        ("Thirty years ago the two libraries signed it.", "other"),
        ("Five years!", ""),
        ("Договор заключён сроком на пять лет.", "term"),
        ("Его продлили ещё на пять лет.", "longer"),
        ("Через десять лет договор забыли.", "other"),
        ("Shartnoma uch yilga moʻljallangan.", "term"),
        ("Шартнома яна уч йилга узайтирилди.", "longer"),
        ("Oradan ikki yil oʻtgach, bitim tugadi.", "other"),
    ],
)
def test_said(text: str, about: str) -> None:
    document = prepare(text)
    ((first, last, _, _),) = durations(document, 0, len(document.tokens))
    assert said(document, first, last) == about


@pytest.mark.parametrize(
    ("edtf", "years", "wanted"),
    [
        ("2019", 5, "2024"),
        ("2020-10", 3, "2023-10"),
        ("2024-05-23", 5, "2029-05-23"),
        ("2024-02-29", 1, None),  # there is no such day a year later
        ("0998", 3, "1001"),
        ("201X", 3, None),
        ("2019~", 3, None),
        ("2019/2024", 3, None),
        ("XXXX-05-23", 3, None),
        ("", 3, None),
    ],
)
def test_added(edtf: str, years: int, wanted: str | None) -> None:
    assert added(edtf, years) == wanted


@given(st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 28), st.integers(1, 50))
def test_added_keeps_month_and_day(year: int, month: int, day: int, years: int) -> None:
    assert added(f"{year}-{month:02d}-{day:02d}", years) == f"{year + years}-{month:02d}-{day:02d}"
