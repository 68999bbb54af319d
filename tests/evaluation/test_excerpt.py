"""The piece of an article in which a thing is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.excerpt import excerpt

LONG = "word " * 100


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("One came. Two books went away. Three stayed.", "books", "Two books went away."),
        ("One came. Two books went away. Three stayed.", "Two", "Two books went away."),
        ("One came. Two books went away. Three stayed.", "Three", "Three stayed."),
        ("Бир келди! «Икки китоб» кетди. Уч.", "китоб", "«Икки китоб» кетди."),
        ("A heading\n\nTwo books", "books", "Two books"),
        ("The two\nbooks are one line here", "books", "The two\nbooks are one line here"),
        ("On page 5. on the left of it", "left", "On page 5. on the left of it"),
        (
            "Б-ка им. А. Навои дала 5 книг в 2014 г. Берлину. Всё.",
            "книг",
            "Б-ка им. А. Навои дала 5 книг в 2014 г. Берлину.",
        ),
        ("It said “yes”. Two books went (away). Three stayed.", "books", "Two books went (away)."),
        ("He said “two books.” And went.", "books", "He said “two books.”"),
        ("books", "books", "books"),
    ],
)
def test_it_is_the_sentence(text: str, words: str, shown: str):
    at = text.index(words)
    start, end = excerpt(text, at, at + len(words))
    assert text[start:end] == shown


def test_a_long_sentence_is_cut_between_words():
    text = f"{LONG}books {LONG}"
    at = text.index("books")
    start, end = excerpt(text, at, at + 5)
    shown = text[start:end]
    assert shown.split() == ["word"] * 31 + ["books"] + ["word"] * 31
    assert len(shown) <= 160 + 5 + 160


@given(st.text("ab .!?\n«»(", min_size=1, max_size=400), st.data())
def test_what_is_shown_holds_the_thing_and_not_much_more(text: str, data: st.DataObject):
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    if text[first].isspace():
        return
    start, end = excerpt(text, first, last)
    assert 0 <= start <= first < last <= end <= len(text)
    assert first - start <= 160
    assert end - last <= 160
