"""The words of tables: every head, state and remark fits its examples and none of its counter-examples."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from pipeline.finders.grid_words import GridWords, grid_words, words_in, words_of
from pipeline.languages.lexicon import DataError
from pipeline.resources import language_file
from pipeline.text.folding import fold

DATA = tomllib.loads(language_file("common", "grids.toml").read_text(encoding="utf-8"))
WORDS = grid_words()


@pytest.mark.parametrize(
    ("meaning", "head"), [(each["meaning"], head) for each in DATA["column"] for head in each["example"]]
)
def test_a_head_is_known(meaning: str, head: str) -> None:
    assert WORDS.head(words_in(head)) == meaning


@pytest.mark.parametrize(
    ("meaning", "head"), [(each["meaning"], head) for each in DATA["column"] for head in each["not"]]
)
def test_a_counter_example_is_no_such_head(meaning: str, head: str) -> None:
    assert WORDS.head(words_in(head)) != meaning


@pytest.mark.parametrize(
    ("state", "words"), [(each["state"], words) for each in DATA["state"] for words in each["example"]]
)
def test_a_state_is_told(state: str, words: str) -> None:
    assert WORDS.state(words_in(words)) == state


@pytest.mark.parametrize(
    ("state", "words"), [(each["state"], words) for each in DATA["state"] for words in each["not"]]
)
def test_a_counter_example_tells_no_such_state(state: str, words: str) -> None:
    assert WORDS.state(words_in(words)) != state


def test_own_and_other_words() -> None:
    assert all(WORDS.is_own(words_in(text)) for text in DATA["own"]["example"])
    assert not any(WORDS.is_own(words_in(text)) for text in DATA["own"]["not"])


@pytest.mark.parametrize(
    ("text", "states"),
    [("Документы действующие и истёкшие", ["ended", "in_force"]), ("подписан, действует", ["in_force"]), ("Лувр", [])],
)
def test_all_states_of_some_words(text: str, states: list[str]) -> None:
    assert WORDS.states(words_in(text)) == states


def test_uzbek_words_fit_in_either_script() -> None:
    pairs = [
        ("Kimdan", "Кимдан"),
        ("Hujjat turi", "Ҳужжат тури"),
        ("Miqdori", "Миқдори"),
        ("Soʻnggi sana", "Сўнгги сана"),
    ]
    assert all(WORDS.head(words_in(latin)) == WORDS.head(words_in(cyrillic)) for latin, cyrillic in pairs)


def test_every_head_may_open_as_it_says() -> None:
    for each in DATA["column"]:
        for head in each["example"]:
            first = words_in(head).split()[0]
            assert WORDS.opens[first], head
    assert not WORDS.opens[fold("кутубхонамизда")]


def test_brackets_are_left_out() -> None:
    assert words_of([fold(word) for word in ("Всего", "(", "экз", ".", ")", ":")]) == f"{fold('Всего')} "
    assert words_of([")", "a", "(", "b"]) == "a "


def without(path: str) -> dict[str, Any]:
    data = tomllib.loads(language_file("common", "grids.toml").read_text(encoding="utf-8"))
    del data["column"][0][path]
    return data


@pytest.mark.parametrize("key", ["example", "not"])
def test_an_entry_without_examples_does_not_load(key: str) -> None:
    with pytest.raises(DataError, match="number"):
        GridWords(without(key))


def test_an_empty_word_does_not_load() -> None:
    data = without("uz") | {}
    data["column"][0]["uz"] = ["~"]
    with pytest.raises(DataError, match="empty word"):
        GridWords(data)
