"""Countries, regions and cities in running text, in any case form of three languages and both scripts of Uzbek."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.authority.countries import Atlas, atlas, local_adjectives, rows, split
from pipeline.languages.lexicon import DataError
from pipeline.text.tokens import tokenize


def places(text: str) -> list[tuple[str, str, str]]:
    """The places of a text, outer ones only."""
    tokens = tokenize(text)
    found, done = [], 0
    for index, place in enumerate(atlas().all(tokens)):
        if place is not None and index >= done:
            done = index + place.length
            found.append((tokens.slice(index, done), place.code, place.kind))
    return found


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("Ўзбекистондан", "UZ", "country"), ("Oʻzbekistonning", "UZ", "country"), ("O'zbekiston", "UZ", "country"), ("Узбекистон", "UZ", "country"),
        ("Ўзбекистон Республикасига", "UZ", "country"), ("Республике Узбекистан", "UZ", "country"), ("Uzbekistan’s", "UZ", "country"),
        ("Republic of Korea", "KR", "country"), ("Корея Республикаси", "KR", "country"), ("Южной Кореей", "KR", "country"),
        ("АҚШда", "US", "country"), ("США", "US", "country"), ("USA", "US", "country"), ("UK", "GB", "country"), ("РФ", "RU", "country"),
        ("Bosnia and Herzegovina", "BA", "country"), ("Гвинее-Бисау", "GW", "country"), ("Кот-д’Ивуар", "CI", "country"), ("Soviet Union", "SU", "country"),
        ("Китаю", "CN", "country"), ("Хитойга", "CN", "country"), ("Xitoy", "CN", "country"), ("Germaniyadagi", "DE", "country"),
        ("узбекской", "UZ", "adjective"), ("Узбекский", "UZ", "adjective"), ("oʻzbek", "UZ", "adjective"), ("Uzbek", "UZ", "adjective"),
        ("казахстанских", "KZ", "adjective"), ("French", "FR", "adjective"),
        ("Самарқандда", "UZ", "city"), ("Ташкенте", "UZ", "city"), ("Toshkentdagi", "UZ", "city"), ("New York", "US", "city"), ("Nyu-York", "US", "city"),
        ("Ош", "KG", "city"), ("Ўшдан", "KG", "city"), ("Ошской", "KG", "local"), ("Марыйского", "TM", "local"), ("Кзыл-Ординский", "KZ", "local"),
        ("Санкт-Петербурге", "RU", "city"), ("Алматыда", "KZ", "city"), ("Bishkek’s", "KG", "city"),
    ],
)  # fmt: skip
def test_forms(text: str, code: str, kind: str) -> None:
    assert places(text) == [(text, code, kind)]
    assert places(f"– {text}, 5") == [(text, code, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "us",
        "uk",
        "рф",
        "Us",
        "узбекистан",
        "toshkent",
        "pop",
        "kitob",
        "Kitob",
        "Мир",
        "chad",
        "turkey",
        "китаевед",
        "Чиля",
        "",
        "2014 .",
    ],
)
def test_no_place(text: str) -> None:
    assert places(text) == []


def test_a_name_does_not_cross_a_paragraph() -> None:
    assert places("New\n\nYork") == []
    assert places("of New York and\nof Uzbekistan")[0] == ("New York", "US", "city")
    assert places("Bosnia and\nHerzegovina") == [("Bosnia and\nHerzegovina", "BA", "country")]


@pytest.mark.parametrize(
    ("name", "adjectives"),
    [
        ("Полтава", {"полтавский", "полтавинский"}),
        ("Омск", {"омский"}),
        ("Ош", {"ошский"}),
        ("Джалал-Абад", {"джалал-абадский"}),
        ("Рига", {"ригский", "ригинский", "рижский"}),
        ("Мары", {"марский", "маринский", "марыйский"}),
        ("Чарджоу", {"чарджский", "чарджинский", "чарджоуский"}),
        ("Нижний Новгород", set()),
        ("Osh", set()),
        ("Ы", set()),
        ("", set()),
    ],
)
def test_adjectives_of_a_town(name: str, adjectives: set[str]) -> None:
    assert set(local_adjectives(name)) == adjectives


@pytest.mark.parametrize(
    "rows_",
    [("Uralsk,Уральск,,KZ,city,", "Urals,Урал,,RU,region,"), ("Urals,Урал,,RU,region,", "Uralsk,Уральск,,KZ,city,")],
)
def test_an_adjective_is_of_the_older_name(rows_: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_text("code,en,ru,uz\n", encoding="utf-8")
    header = "name_en,name_ru,name_uz,country,kind,aliases"
    (tmp_path / "places.csv").write_text("\n".join([header, *rows_, "Omsk,Омск,,RU,city,", ""]), encoding="utf-8")
    made = Atlas(tmp_path)
    found = [made.at(tokenize(text), 0) for text in ("Уральский музей", "Омский музей")]
    assert [(place.name, place.kind) for place in found if place] == [("Urals", "local"), ("Omsk", "local")]


def test_several() -> None:
    assert [code for _, code, _ in places("Хитой, Япония ва Корея; Россия–Қозоғистон")] == [
        "CN",
        "JP",
        "KR",
        "RU",
        "KZ",
    ]


def test_every_name_of_a_country_is_found() -> None:
    missed = [
        (code, name)
        for code, names in atlas().names.items()
        for name in names.values()
        if not any(found == code for _, found, _ in places(name))
    ]
    assert missed == []


def test_an_own_folder(tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_text(
        "code,en,ru,uz,en_aliases,en_adjectives\nZZ,Zedland,Зедландия,Zedlandiya,Land of Zed|The Zeds,Zeddish\n",
        encoding="utf-8",
    )
    (tmp_path / "places.csv").write_text(
        "name_en,name_ru,name_uz,country,kind,aliases\nZedville,Зедвиль,Zedvil,ZZ,city,Zedtown\n", encoding="utf-8"
    )
    own = Atlas(tmp_path)
    for text, kind in [
        ("Zedland", "country"),
        ("Зедландией", "country"),
        ("zeddish", "adjective"),
        ("Zedvilda", "city"),
        ("Zedtown", "city"),
        ("Land of Zed", "country"),
    ]:
        place = own.at(tokenize(text), 0)
        assert place is not None
        assert (place.code, place.kind) == ("ZZ", kind)


class TestRows:
    def test_a_row_of_the_wrong_width(self, tmp_path: Path) -> None:
        file = tmp_path / "x.csv"
        file.write_text("a,b\n1,2\n\n1,2,3\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"x\.csv:4: 3 cells"):
            rows(file, required=("a",))

    def test_a_missing_column(self, tmp_path: Path) -> None:
        file = tmp_path / "x.csv"
        file.write_text("a,b\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"x\.csv: no column c"):
            rows(file, required=("a", "c"))

    def test_an_empty_file(self, tmp_path: Path) -> None:
        file = tmp_path / "x.csv"
        file.write_text("", encoding="utf-8")
        with pytest.raises(DataError, match="no column a"):
            rows(file, required=("a",))

    def test_cells_are_trimmed_and_may_hold_commas(self, tmp_path: Path) -> None:
        file = tmp_path / "x.csv"
        file.write_text('a,b\n" x, y ", z\n', encoding="utf-8")
        assert rows(file, required=()) == [{"a": "x, y", "b": "z"}]

    def test_split(self) -> None:
        assert split(" a | |b|") == ["a", "b"]
        assert split(None) == split("") == []


@given(
    st.lists(
        st.sampled_from(
            ["Ўзбекистон", "New", "York", "Korea", "of", "Republic", "-", ".", "\n\n", "us", "Guinea", "Bissau"]
        )
        | st.text(max_size=4),
        max_size=20,
    )
)
def test_any_text(pieces: list[str]) -> None:
    tokens = tokenize(" ".join(pieces))
    for index, place in enumerate(atlas().all(tokens)):
        if place is not None:
            assert index + place.length <= len(tokens)
            assert place.length > 0
