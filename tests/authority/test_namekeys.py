"""One key for one unknown institution: whatever the case form, the script, the apostrophes; homonyms apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.authority.namekeys import MADE, article_mark, made_key, name_words
from pipeline.text.transliteration import to_cyrillic, to_latin

ONE_KEY = [  # texts in which one unknown institution is named
    ["Зарафат музейи очилди.", "Zarafat muzeyi ochildi.", "Zarafat muzeyiga bordik.", "Зарафат музейининг боғи бор."],
    [
        "Учёные Зарафатского музея издали каталог.",
        "Открыт Зарафатский музей.",
        "Письмо отправили Зарафатскому музею.",
        "Гостей встретили в Зарафатском музее.",
        "Договор подписан с Зарафатским музеем.",
    ],
    ["В Галерее искусств Зарафшана тихо.", "Галереей искусств Зарафшана гордятся.", "Галерея искусств Зарафшана."],
    ["We saw the Zarafat Museum.", "The Zarafat Museum’s hall is big.", "The ZARAFAT MUSEUM is open."],
    ["“Zarafat o‘g‘loni” nashriyoti keldi.", "«Зарафат ўғлони» нашриётига хат.", '"Zarafat og\'loni" nashriyoti.'],
    [
        "Qo‘qirzarafat muzeyi ochildi.",
        "Qoqirzarafat muzeyi ochildi.",
        "Қўқирзарафат музейи очилди.",
        "Кукирзарафат музейи очилди.",
    ],
]
APART = [
    ("We saw the Zarafat Museum, Geelong.", "We saw the Zarafat Museum in Kars."),  # two countries
    ("We saw the Zarafat Museum.", "We saw the Zarafat Branch Museum."),  # a branch
    ("The Zarafat Museum is open.", "The Zarafat Library is open."),
    ("Открыт Городской архив.", "Закрыт Городской архив."),  # two towns, each in its article
    ("“Zarafat-1” nashriyoti keldi.", "“Zarafat-2” nashriyoti keldi."),
]


def keys(text: str, extractor: pipeline.Extractor) -> list[str]:
    return [one.key for one in extractor.find(text).institutions]


@pytest.mark.parametrize("texts", ONE_KEY)
def test_one_key(texts: list[str], extractor: pipeline.Extractor) -> None:
    found = [keys(text, extractor) for text in texts]
    assert all(len(one) == 1 for one in found), found
    assert len({one[0] for one in found}) == 1, found
    assert found[0][0].startswith(MADE)


@pytest.mark.parametrize(("text", "other"), APART)
def test_homonyms_apart(text: str, other: str, extractor: pipeline.Extractor) -> None:
    mine, theirs = keys(text, extractor), keys(other, extractor)
    assert mine and theirs
    assert not set(mine) & set(theirs)


def test_a_known_institution_has_its_own_key(extractor: pipeline.Extractor) -> None:
    record = extractor.extract("Ўзбекистон Миллий кутубхонаси ва Зарафат музейи келишди.")
    assert [(one.key, one.authority) for one in record.institutions] == [
        ("nl-uz", "nl-uz"),
        ("x-zarafat-muzey-uz", None),
    ]


def test_the_key_of_an_article_s_own_is_the_same_in_every_run(extractor: pipeline.Extractor) -> None:
    assert keys("Открыт Городской архив.", extractor) == keys("Открыт Городской архив.", extractor)
    assert re.fullmatch(r"[0-9a-f]{8}", article_mark("a\ud800"))


@given(st.from_regex(r"[a-z]{4,9}", fullmatch=True), st.sampled_from(["музейи", "кутубхонаси", "маркази", "нашриёти"]))
def test_script_case_and_suffix_do_not_matter(stem: str, head: str) -> None:
    latin = f"{stem.title()} {to_latin(head)}"
    wanted = made_key(latin, "uz", "UZ")
    assert wanted.endswith("-uz")
    assert made_key(to_cyrillic(to_latin(to_cyrillic(latin))), "uz", "UZ") == made_key(to_cyrillic(latin), "uz", "UZ")
    for form in (latin.upper(), latin + "ga", latin + "ning", latin + "dan", f"«{latin}»"):
        assert made_key(form, "uz", "UZ") == wanted


@given(st.text(max_size=40), st.sampled_from(["uz", "ru", "en", "und"]))
def test_any_text_has_a_key_of_one_line(name: str, language: str) -> None:
    key = made_key(name, language, None)
    assert key.startswith(MADE)
    assert not re.search(r"\s", key)
    assert name_words(name, language) == name_words(name, language)
