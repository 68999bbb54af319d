"""How names link that are not letter by letter in the gazetteer, and how sure each link is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.authority import confidence
from pipeline.authority.spelling import deletions, near

UZ = "Ўзбекистонда баҳор, Ўзбекистонда байрам. "

LINKS = [  # text, the words of the name, its key, how it is linked
    (UZ + "Бу ҳақда Маданият вазирлиги хабар берди.", "Маданият вазирлиги", "mincult-uz", "of the article's country"),
    ("Узбекистан ждёт. Посольство Швейцарии подарило книги.", "Посольство Швейцарии", "ch-embassy-uz", "embassy in the article's country"),
    ("Uzbekistan waits. The Embassy of Switzerland gave books.", "Embassy of Switzerland", "ch-embassy-uz", "embassy in the article's country"),
    (UZ + "Ўзбекистондаги БМТ тараққиёт дастури келди. БМТ тараққиёт дастури рози.", "БМТ тараққиёт дастури", "undp-uz", "office named before"),
    ("Узбекистан ждёт. Гости Эрмитажа видели Государственный Эрмитаж.", "Государственный Эрмитаж", "hermitage", "gazetteer"),
    (UZ + "Бу «Хоразм хакикати» газетасида чиқди.", "«Хоразм хакикати» газетасида", "khorezm-haqiqati", "careless gazetteer name"),
]  # fmt: skip


def links(text: str, extractor: pipeline.Extractor) -> dict[str, tuple[str | None, str]]:
    record = extractor.extract(text)
    return {m.text: (one.authority, m.link) for one in record.institutions for m in one.mentions}


@pytest.mark.parametrize(("text", "words", "key", "link"), LINKS)
def test_link(text: str, words: str, key: str, link: str, extractor: pipeline.Extractor) -> None:
    assert links(text, extractor)[words] == (key, link)


@pytest.mark.parametrize(
    "text",
    [
        "Маданият вазирлиги бор.\n\nЯпония, Япония, Япония. Hello Japan. Япония.",  # whose ministry it is nobody knows for sure
        "The Embassy Museum of Switzerland is open in Uzbekistan.",
        UZ + "ЮНЕСКОнинг Тошкентдаги ваколатхонаси келди. ЮНЕСКО рози.",  # the bare name is the body itself
    ],
)
def test_not_linked_so(text: str, extractor: pipeline.Extractor) -> None:
    wrong = {"embassy in the article's country", "office named before"}
    assert not wrong & {link for _, link in links(text, extractor).values()}
    assert all(key != "mincult-uz" for key, _ in links(text, extractor).values())


class TestMisspelt:
    @pytest.mark.parametrize(
        ("text", "words", "key"),
        [
            (UZ + "Сурхондаре вилоят ўлкашунослик музейи очилди.", "Сурхондаре вилоят ўлкашунослик музейи", "surkhandarya-local-museum"),
            ("We saw the Dag Hammarskjald Library.", "Dag Hammarskjald Library", "dag-hammarskjold-library"),
        ],
    )  # fmt: skip
    def test_a_gazetteer_name(self, text: str, words: str, key: str, extractor: pipeline.Extractor) -> None:
        assert links(text, extractor)[words] == (key, "misspelt gazetteer name")

    def test_a_name_of_the_article(self, extractor: pipeline.Extractor) -> None:
        text = "Бу Зарафат Юлдузи тарих музейи эди. Кеча Зарафот Юлдузи тарих музейига бордик."
        record = extractor.extract(text)
        assert len(record.institutions) == 1
        assert [m.link for m in record.institutions[0].mentions] == ["new", "misspelt"]

    @pytest.mark.parametrize(
        "text",
        [
            "We saw the Zarafat Music Museum and the Zarafat Musical Museum.",  # two letters
            "Открыты Музей Зарафата Каримова и Музей Зарафата Каримовой.",
            "We saw the Zarafat Karimov Museum and the Zarafat Karimova Museum.",  # two people
            "Открыт Государственный Женский музей Зарафата. Открыт Государственный Венский музей Зарафата.",  # two words
            "We saw the Zarafat Art Museum and the Zarafat Ark Museum.",  # too short
            "We saw the Zarafat Library of Almaty and the Zarafat Library of Akmola.",  # two places
        ],
    )
    def test_traps(self, text: str, extractor: pipeline.Extractor) -> None:
        assert not any("misspelt" in link for _, link in links(text, extractor).values())


@given(st.from_regex(r"[a-z]{7,12}", fullmatch=True), st.integers(0, 11), st.sampled_from("bcdfg"))
def test_near_is_one_letter_either_way(word: str, at: int, letter: str) -> None:
    at %= len(word)
    for other in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert near(word, other) == near(other, word)
        assert near(word, other) == (other != word and max(word, other, key=len) != min(word, other, key=len) + "a")
        assert set(deletions(word)) & set(deletions(other))


class TestConfidence:
    def test_every_link_of_the_table_is_a_share(self) -> None:
        data = tomllib.loads((Path(confidence.__file__).parent / "links.toml").read_text(encoding="utf-8"))
        assert 0 < data["threshold"] < 1
        for name, entry in data["link"].items():
            assert entry["meaning"], name
            assert data["threshold"] <= entry["confidence"] <= 1, name
            if "mentions" in entry and name != "gazetteer":
                rule_of_succession = (entry["right"] + 1) / (entry["mentions"] + 2)
                assert entry["confidence"] == pytest.approx(rule_of_succession, abs=0.006), name

    def test_a_link_within_the_article_is_no_surer_than_what_it_leads_to(self) -> None:
        assert confidence.of_mention("same words", 0.67) < 0.67
        assert confidence.of_mention("gazetteer", 0.67) == 1.0

    def test_in_the_record(self, extractor: pipeline.Extractor) -> None:
        record = extractor.extract("Ўзбекистон Миллий кутубхонаси очилди. Миллий кутубхона кутади. Зарафат музейи ҳам.")
        known, unknown = record.institutions
        assert known.confidence == 1.0
        assert [m.confidence for m in known.mentions] == [1.0, confidence.kind_of_link("short form").confidence]
        assert unknown.confidence == confidence.kind_of_link("new").confidence
        assert unknown.authority is None

    def test_a_name_of_several_stays_unlinked(self, extractor: pipeline.Extractor) -> None:
        record = extractor.extract("Открыта Национальная электронная библиотека.")
        assert [one.authority for one in record.institutions] == [None]
        assert len(record.institutions[0].candidates) >= 1
