"""Dates: a table of texts with the answer drawn in, and what holds for any text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.finders.dates import find_dates
from pipeline.finders.edtf import Edtf
from pipeline.text.aligned import Aligned
from pipeline.text.document import Document, prepare
from pipeline.text.tokens import tokenize

TAG = re.compile(r'<d v="([^"]+)">(.*?)</d>')
CASES = [
    tuple(line.replace("\\n", "\n").split("\t", 1))
    for line in Path(__file__).with_name("dates.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def document(text: str, language: str) -> Document:
    """A document all in one language: a sentence is too short to tell its own."""
    tokens = tokenize(text)
    return Document(text, Aligned.identity(text), (), (), tokens, [language] * len(tokens))


def drawn(text: str, language: str) -> str:
    """The text with the dates that are found drawn in."""
    made = document(text, language)
    out, done = [], 0
    for date in find_dates(made):
        start, end = made.tokens.start[date.first], made.tokens.end[date.last - 1]
        out += [text[done:start], f'<d v="{date.edtf}">', text[start:end], "</d>"]
        done = end
    return "".join([*out, text[done:]])


@pytest.mark.parametrize(("language", "gold"), CASES, ids=[gold[:60] for _, gold in CASES])
def test_table(language: str, gold: str) -> None:
    assert drawn(TAG.sub(r"\2", gold), language) == gold


def test_table_is_large_enough() -> None:
    assert len(CASES) >= 150
    assert sum(1 for _, gold in CASES if "<d" not in gold) >= 30


PIECES = st.sampled_from(
    "2014 1990 22 5 XIX V йил yil г. года гг. may мая 2014-yil 16–22 сентябрь since until до с по from to 1990s 1990-е век asr BC до н. э. "
    "( ) , . – - / ? № circa около и and va 12.03.2019 2024-09-25 квартал chorak половина half of the present 99999 0 \n".split(
        " "
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_any_text_gives_valid_dates_in_order(pieces: list[str]) -> None:
    made = prepare(" ".join(pieces))
    last = 0
    for date in find_dates(made):
        assert last <= date.first < date.last <= len(made.tokens)
        assert str(Edtf.parse(date.edtf)) == date.edtf
        last = date.last


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_never_fails(text: str) -> None:
    find_dates(prepare(text))


@pytest.mark.parametrize(
    "piece",
    [
        "2014, ",
        "5, ",
        "XIX, ",
        "XIX-",
        "of ",
        "since the ",
        "2014-",
        "2014-yildan ",
        "тысяча ",
        "5 мая, ",
        "5, 7 и 9 мая, ",
        "2014/",
        "до ",
        "с с ",
        "late ",
    ],
)
@pytest.mark.parametrize("language", ["uz", "ru", "en", "und"])
def test_hostile_repetition(piece: str, language: str) -> None:
    found = find_dates(document(piece * 1500, language))
    assert all(one.last <= two.first for one, two in pairwise(found))
    assert all(date.first < date.last for date in found)
