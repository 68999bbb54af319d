"""Stems of inflected words, in the three languages and both scripts of Uzbek."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.languages.morphology import Stem, base_stem, conjugated, declined, stems
from pipeline.resources import language_file
from pipeline.text.folding import fold

ENDINGS = tomllib.loads(language_file("ru", "declension.toml").read_text(encoding="utf-8"))["endings"]


def reading(language: str, word: str, base: str) -> Stem | None:
    """The reading of a word under a base form, None where the word is no form of it."""
    wanted = base_stem(language, fold(base))
    return next((stem for stem in stems(language, fold(word)) if stem.stem == wanted), None)


# word, base form, case, possessive, plural
UZBEK = [
    ("кутубхона", "kutubxona", "", False, False),
    ("кутубхонаси", "kutubxona", "", True, False),
    ("kutubxonasiga", "kutubxona", "dat", True, False),
    ("кутубхоналаридан", "kutubxona", "abl", True, True),
    ("kutubxonamizning", "kutubxona", "gen", True, False),
    ("музейлар", "muzey", "", False, True),
    ("muzeyida", "muzey", "loc", True, False),
    ("музейини", "muzey", "acc", True, False),
    ("muzeydagi", "muzey", "attr", False, False),
    ("йилгача", "yil", "term", False, False),
    ("йилдан", "yil", "abl", False, False),
    ("йилнинг", "yil", "gen", False, False),
    ("йиллар", "yil", "", False, True),
    ("yillardagi", "yil", "attr", False, True),
    ("oktabrda", "oktabr", "loc", False, False),
    ("вазирлиги", "vazirlik", "", True, False),
    ("vazirligiga", "vazirlik", "dat", True, False),
    ("elchixonasidan", "elchixona", "abl", True, False),
    ("ҳамкорлигимиз", "hamkorlik", "", True, False),
    ("ҳуқуқи", "huquq", "", True, False),
    ("o‘rtog‘i", "o‘rtoq", "", True, False),
    ("Тошкентга", "Toshkent", "dat", False, False),
    ("Тошкентдаги", "Toshkent", "attr", False, False),
    ("чорагигача", "chorak", "term", True, False),
]


@pytest.mark.parametrize(("word", "base", "case", "possessive", "plural"), UZBEK)
def test_uzbek(word: str, base: str, case: str, possessive: bool, plural: bool) -> None:
    found = reading("uz", word, base)
    assert found is not None
    assert (found.case, found.possessive, found.plural) == (case, possessive, plural)


@pytest.mark.parametrize(
    ("word", "base"),
    [("музейшунос", "muzey"), ("йўлдан", "yil"), ("kitobxon", "kitob"), ("arxivchi", "arxiva"), ("банкет", "bank")],
)
def test_uzbek_other_words(word: str, base: str) -> None:
    assert reading("uz", word, base) is None


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("библиотекой", "библиотека"),
        ("библиотеками", "библиотека"),
        ("экземпляров", "экземпляр"),
        ("государственного", "государственный"),
        ("соглашениями", "соглашение"),
        ("меморандума", "меморандум"),
    ],
)
def test_russian(word: str, base: str) -> None:
    assert reading("ru", word, base) is not None


@pytest.mark.parametrize(("word", "base"), [("libraries", "library"), ("museum", "archive")])
def test_english_has_no_more_than_an_s(word: str, base: str) -> None:
    assert reading("en", word, base) is None
    assert reading("en", "museums", "museum") is not None
    assert reading("en", "classes", "class") is not None


@pytest.mark.parametrize(
    ("word", "forms", "others"),
    [
        ("музей", "музея музею музеем музее музеи музеев музеям музеями музеях", "музыка музейный"),
        (
            "библиотека",
            "библиотеки библиотеке библиотеку библиотекой библиотек библиотекам библиотеках",
            "библиотекарь",
        ),
        ("академия", "академии академию академией академий академиями", "академик"),
        (
            "национальный",
            "национального национальному национальным национальном национальная национальную национальные",
            "национально",
        ),
        ("российская", "российской российскую российский российского", "россия"),
        ("общество", "общества обществу обществом обществе обществ", "общий"),
        ("управление", "управления управлению управлением управлений", "управа"),
        ("архив", "архива архиву архивом архиве архивы архивов", "архивный"),
        ("комитет", "комитета комитету комитетом", "комитент"),
        ("Казань", "Казани Казанью", "Казанский"),
        ("партнёрец", "партнёрца партнерцу партнёрцом", "партнёр"),
        ("ёлка", "елка ёлки елки ёлку", "ель"),
        ("ЮНЕСКО", "ЮНЕСКО", "ЮНЕС"),
        ("Баку", "Баку", "Бака"),
        ("и", "и", "ов"),
    ],
)
def test_declined(word: str, forms: str, others: str) -> None:
    made = declined(word)
    assert fold(word) in made
    assert {fold(form) for form in forms.split()} <= made
    assert not {fold(other) for other in others.split()} & made


def test_other_languages_have_the_word_alone() -> None:
    assert stems("de", "bibliotheken") == (Stem("bibliotheken"),)
    assert stems("und", "") == (Stem(""),)
    assert declined("") == {""}


@given(st.text(alphabet="abdegilmnorstuxyzqh'", max_size=25), st.sampled_from(["uz", "ru", "en", "common"]))
def test_any_word(word: str, language: str) -> None:
    found = stems(language, word)
    assert found[0] == Stem(word)
    shortest = 2 if language == "uz" else 3
    assert all(len(stem.stem) >= min(shortest, len(word)) for stem in found)
    assert all(word.startswith(stem.stem[:-2]) for stem in found)  # a mutation changes the last letters only
    assert word.startswith(base_stem(language, word))


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", max_size=15))
def test_declined_any_word(word: str) -> None:
    made = declined(word)
    assert fold(word) in made
    assert len(made) < 60
    assert declined(word.upper()) == made


@given(st.text(alphabet="абгдейкнопрстуцшщъыьюя'ʼstyaoў", min_size=2, max_size=8), st.sampled_from(sorted(ENDINGS)))
@example("агентс", "т")
@example("ст", "ь")
def test_forms_fold_as_words_of_their_own(stem: str, ending: str) -> None:
    word = stem + ending
    own = next((word[-length:] for length in (2, 1) if word[-length:] in ENDINGS and len(word) > length + 1), None)
    if own is not None:
        bare = word.removesuffix(own)
        assert declined(word) == {fold(word), *(fold(bare + other) for other in ENDINGS[own])}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("add", "add adds adding added"),
        ("carry", "carry carries carrying carried"),
        ("display", "display displays displaying displayed"),
        ("catalogue", "catalogue catalogues cataloguing catalogued"),
        ("agree", "agree agrees agreeing agreed"),
        ("tie", "tie ties tying tied"),
        ("ship", "ship ships shipping shipped"),
        ("fix", "fix fixes fixing fixed"),
        ("open", "open opens opening opened"),
        ("transfer", "transfer transfers transferring transferred"),
        ("publish", "publish publishes publishing published"),
        ("give", "give gives giving gave given"),
        ("put", "put puts putting"),
        ("cancel", "cancel cancels canceling canceled cancelled cancelling"),
    ],
)
def test_english_verbs(verb: str, forms: str) -> None:
    assert conjugated(verb) == tuple(forms.split())


def test_be_and_have() -> None:
    assert {"be", "is", "are", "was", "were", "been", "being"} <= set(conjugated("be"))
    assert {"have", "has", "had", "having"} <= set(conjugated("have"))
