"""A document's runs of one language, and the tokens of it that tell something."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.document import prepare
from pipeline.text.kept import Kept

MIXED = (
    "Музей открыт. Фонд растёт с каждым годом.\n\nThe museum is open to the public.\n\nMuzey ochiq va fond oʻsmoqda."
)


def test_runs_are_the_languages_of_the_tokens():
    document = prepare(MIXED)
    assert [language for language, first, last in document.runs for _ in range(first, last)] == document.languages
    assert all(one[0] != two[0] for one, two in zip(document.runs, document.runs[1:], strict=False))
    assert prepare("").runs == ()


def test_each_language_has_its_own_table():
    document = prepare(MIXED)
    tables = {"ru": Kept(lambda word: word == "muzey"), "en": Kept(lambda word: word == "museum")}
    told = document.telling(lambda language: tables.get(language, tables["en"]))
    assert [(document.languages[index], document.tokens.form(index)) for index in told] == [
        ("ru", "Музей"),
        ("en", "museum"),
    ]


@given(st.text(st.sampled_from("аб ab.\n1")))
def test_what_is_told_is_what_a_walk_over_all_tokens_finds(text: str):
    document = prepare(text)
    long = Kept(lambda word: len(word) > 1)
    assert document.telling(lambda _: long) == [
        index for index, folded in enumerate(document.tokens.fold) if len(folded) > 1
    ]
