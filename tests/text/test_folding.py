"""The key under which words are compared: one for both scripts of Uzbek, for every apostrophe, for every way to encode a letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.folding import fold, loosen

APOSTROPHES = "ʻʼ‘’'`´ʹ′ˈ‛"

# Each line: spellings of one word.
SAME = [
    "Ўзбекистон Oʻzbekiston O‘zbekiston O'zbekiston O`zbekiston O’zbekiston OʼZBEKISTON ўзбекистон Özbekiston",
    "сентябрь сентабр sentabr sentyabr SENTABR",
    "музей muzey МУЗЕЙ Muzey",
    "кутубхонаси kutubxonasi KUTUBXONASI",
    "шаҳар shahar Şahar",
    "чорак chorak çorak",
    "ғазна g‘azna gʻazna ğazna G'AZNA",
    "конституция konstitutsiya konstitusiya",
    "Цюрих Tsyurix Syurix",
    "маънавият ma’naviyat maʼnaviyat ma'naviyat",
    "санъат san’at sanʼat san'at",
    "ёшлар yoshlar YOSHLAR",
    "ер yer Yer",
    "қўлёзма qo‘lyozma qoʻlyozma qo'lyozma",
    "ҳамкорлик hamkorlik",
    "документ dokument",
    "Кыргызстан Кыргызстан",
]
DIFFERENT = [
    ("ўн", "он"),
    ("ғ", "г"),
    ("қирол", "кирол"),
    ("йил", "ил"),
    ("ой", "о"),
    ("document", "documents"),
    ("agreement", "agreements"),
    ("хон", "ҳон"),
]


@pytest.mark.parametrize("line", SAME, ids=lambda line: line.split()[0])
def test_spellings_of_one_word(line: str) -> None:
    assert len({fold(word) for word in line.split()}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_every_apostrophe(apostrophe: str) -> None:
    assert fold(f"Bog{apostrophe}") == "bog'"
    assert fold(f"To{apostrophe}plam") == "to'plam"
    assert fold(f"san{apostrophe}at") == "sanat"
    assert fold(f"UNESCO{apostrophe}ning") == "unesco'ning"  # what follows an o belongs to it: stems are taken off both
    assert fold(f"ICOM{apostrophe}ning") == "icomning"


@pytest.mark.parametrize("word", ["Ўзбекистон", "музей", "Ёшлар", "Їжак", "musée", "Österreich", "München"])
def test_decomposed_letters(word: str) -> None:
    assert fold(unicodedata.normalize("NFD", word)) == fold(word)


def test_english_plurals_keep_their_ending() -> None:
    assert fold("documents").endswith("ts")
    assert fold("Documents’").endswith("ts")


def test_a_neighbour_changes_nothing() -> None:
    """The fold of a compound is made of the folds of its parts wherever no digraph is cut."""
    assert fold("тарих") + fold("шунос") == fold("тарихшунос")


@pytest.mark.parametrize(
    "words",
    [
        "Ўзбекистон Узбекистон Ozbekiston Oʻzbekiston Uzbekiston",
        "ҳамкорлик хамкорлик hamkorlik xamkorlik",
        "қўлёзма кулёзма qolyozma",
        "Фарғона Фаргона Fargona",
    ],
)
def test_looser_key(words: str) -> None:
    assert len({loosen(fold(word)) for word in words.split()}) == 1


def test_looser_key_still_tells_words_apart() -> None:
    assert loosen(fold("музей")) != loosen(fold("мозий"))


@given(st.text(max_size=20))
def test_any_word(word: str) -> None:
    folded = fold(word)
    assert folded == folded.lower() or not folded.isascii()
    assert not set(folded) & set("ўқғҳабвг’ʻʼ‘`")
    assert fold(word.upper().lower()) == fold(word.upper())
    assert loosen(loosen(folded)) == loosen(folded)


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ", max_size=15))
def test_cyrillic_becomes_plain_letters(word: str) -> None:
    folded = fold(word)
    assert folded.isascii()
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz'")
    assert fold(word.upper()) == folded
