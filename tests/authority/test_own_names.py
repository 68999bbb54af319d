"""The names of an article's institutions, found again by their words."""

from __future__ import annotations

import pytest

from pipeline.authority.countries import atlas
from pipeline.authority.institution import Institution
from pipeline.authority.own_names import OwnNames, stem_of, words_of, words_of_entry
from pipeline.finders.institutions import Name
from pipeline.text.document import prepare


def institution() -> Institution:
    return Institution(None, "museum", None)


def words(*given: str) -> frozenset[str]:
    return frozenset(given)


def test_those_that_share_the_rarest_word():
    names, carpets, history = OwnNames(), institution(), institution()
    names.file(carpets, words("museum", "carpets"))
    names.file(history, words("museum", "history"))
    assert names.sharing(words("museum", "history")) == [history]
    assert names.sharing(words("museum")) == [carpets, history]
    assert names.sharing(words("museum", "nature")) == []


def test_a_name_is_filed_once():
    names, carpets = OwnNames(), institution()
    for _ in range(2):
        names.file(carpets, words("museum", "carpets"))
        names.file(carpets, frozenset())
    assert carpets.words == [words("museum", "carpets")]
    assert names.sharing(words("museum")) == [carpets]


def test_one_word_misspelt():
    names, sultan, other = OwnNames(), institution(), institution()
    names.file(sultan, words("museum", "sultan"))
    names.file(other, words("library", "sultan"))
    asked = words("museum", "sulta")
    assert set(map(id, names.misspelt(asked, "sulta"))) == {id(sultan)}
    assert list(names.misspelt(words("museum", "nature"), "nature")) == []
    later = institution()
    names.file(later, words("museum", "sultam"))  # what is filed after the first question counts too
    assert set(map(id, names.misspelt(asked, "sulta"))) == {id(sultan), id(later)}


def test_very_many_that_are_one_letter_apart_tell_nothing_and_cost_little():
    names = OwnNames()
    for _ in range(10_000):
        names.file(institution(), words("museum", "sultan"))
    assert 0 < len(set(map(id, names.misspelt(words("museum", "sulta"), "sulta")))) < 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Национальная библиотека Узбекистана", ["@UZ"]),
        ("The Museum of Carpets", ["museum", "carpet"]),
        ("Алишер Навоий номидаги кутубхонаси", ["kutubxona"]),
    ],
)
def test_words_of_a_name(text: str, expected: list[str]):
    document = prepare(text)
    places = atlas().all(document.tokens)
    found = words_of(document, places, Name(0, len(document.tokens), "test"))
    assert set(expected) <= found
    assert not found & {"the", "of", "nomidagi"}


def test_forms_of_one_name_share_their_words():
    assert words_of_entry("Museum of Carpets", "en") == words_of_entry("“Carpets” Museum", "en")
    assert stem_of("kutubxonasiga", "uz") == stem_of("kutubxonasi", "uz") == stem_of("kutubxona", "uz")
    assert stem_of("biblioteki", "ru") == stem_of("biblioteka", "ru")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Ховос ахборот-кутубхона маркази", "Ховос АКМга"),
        ("Guliston universiteti axborot-resurs markazi", "Guliston universiteti ARMida"),
    ],
)
def test_a_short_form_of_common_nouns_has_their_words(text: str, short: str):
    def content(name: str) -> frozenset[str]:
        document = prepare(f"{name} билан биргаликда ўтган йили кўргазма очилди ва китоблар берилди.")
        tokens = document.tokens
        last = next(index for index, folded in enumerate(tokens.fold) if folded == "bilan")
        return words_of(document, atlas().all(tokens), Name(0, last, "x"))

    assert content(text) == content(short)


def test_a_plural_has_the_stem_of_its_singular():
    assert len({stem_of(word, "uz") for word in ("muzey", "muzeyi", "muzeylari", "muzeyiga")}) == 1
