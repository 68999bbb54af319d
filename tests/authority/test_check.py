"""A folder of gazetteers with every mistake that can be made, and the shipped one without any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.authority.check import problems
from pipeline.resources import gazetteers

COUNTRIES = "code,en,ru,uz\nUZ,Uzbekistan,Узбекистан,Oʻzbekiston\nKZ,Kazakhstan,Казахстан,Qozogʻiston\n"
PLACES = "name_en,name_ru,name_uz,country,kind,aliases\nTashkent,Ташкент,Toshkent,UZ,city,\n"
HEADER = "key,kind,country,role,en,ru,uz,parent,wikidata\n"
GOOD = "nl-uz,library,UZ,national-library,National Library,Национальная библиотека,Milliy kutubxona,,Q1\n"
Write = Callable[..., list[str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return the problems of a folder that is right but for what is given."""

    def write(rows: str = "", *, countries: str = COUNTRIES, places: str = PLACES, header: str = HEADER) -> list[str]:
        (tmp_path / "institutions").mkdir()
        (tmp_path / "countries.csv").write_text(countries, encoding="utf-8")
        (tmp_path / "places.csv").write_text(places, encoding="utf-8")
        (tmp_path / "institutions" / "one.csv").write_text(header + GOOD, encoding="utf-8")
        (tmp_path / "institutions" / "two.csv").write_text(HEADER + rows, encoding="utf-8")
        return problems(tmp_path)

    return write


def test_all_is_well(write: Write) -> None:
    assert write("a,museum,KZ,,A Museum,Музей А,A muzeyi,nl-uz,\nb,museum,,,B Museum,Музей Б,B muzeyi,,\n") == []


def test_the_shipped_gazetteers() -> None:
    assert problems(gazetteers()) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("nl-uz,museum,UZ,,A,А,A1,,", "two.csv: nl-uz: the key stands in one.csv too"),
        ("a,musem,UZ,,A,А,A1,,", "two.csv: a: unknown kind 'musem'"),
        ("a,museum,XX,,A,А,A1,,", "two.csv: a: unknown country 'XX'"),
        ("a,museum,UZ,,,А,A1,,", "two.csv: a: no name in 'en'"),
        ("a,museum,UZ,,A,,A1,,", "two.csv: a: no name in 'ru'"),
        ("a,museum,UZ,,A,А,,,", "two.csv: a: no name in 'uz'"),
        ("a,museum,UZ,,A,А,A1,b,", "two.csv: a: the parent 'b' is no other key"),
        ("a,museum,UZ,,A,А,A1,a,", "two.csv: a: the parent 'a' is no other key"),
        ("a,library,UZ,national-library,A,А,A1,,", "two.csv: a: nl-uz is the national-library of UZ too"),
        ("a,library,,national-library,A,А,A1,,", "two.csv: a: a role (national-library) without a country"),
        ("a,library,KZ,,NATIONAL  library,А,A1,,", "two.csv: a: nl-uz is called 'NATIONAL  library' too"),
        ("a,library,KZ,,A,А,Миллий кутубхона,,", "two.csv: a: nl-uz is called 'Миллий кутубхона' too"),
        ("A b,museum,UZ,,A,А,A1,,", "two.csv: A b: a key is small Latin letters"),
        (",museum,UZ,,A,А,A1,,", "two.csv: A: a key is small Latin letters"),
        ("a,museum,UZ,,A,А,A1,,17", "two.csv: a: '17' is no wikidata"),
        ("a,museum", "two.csv:2: 2 cells where the header has 9"),
    ],
)
def test_a_wrong_row(write: Write, row: str, expected: str) -> None:
    (problem,) = write(row + "\n")
    assert problem.startswith(expected)
    assert len(problem) > len(expected) or "cells" in expected  # it says what to do


def test_one_name_in_two_languages_is_no_problem(write: Write) -> None:
    assert write("a,museum,KZ,,Milliy kutubxona,Музей А,A muzeyi,,\n") == []


@pytest.mark.parametrize(
    ("countries", "expected"),
    [
        (COUNTRIES + "UZ,Uzbekia,Узбекия,Uzbekiya\n", "countries.csv: UZ: the code stands twice"),
        (
            COUNTRIES + "Kg,Kyrgyzstan,Кыргызстан,Qirgʻiziston\n",
            "countries.csv: Kg: the code must be two capital letters",
        ),
        (COUNTRIES + "KG,,Кыргызстан,Qirgʻiziston\n", "countries.csv: KG: no name in 'en'"),
        (COUNTRIES + "KG,Kazakhstan,Кыргызстан,Qirgʻiziston\n", "countries.csv: KG: KZ is called 'Kazakhstan' too"),
    ],
)
def test_wrong_countries(write: Write, countries: str, expected: str) -> None:
    (problem,) = write(countries=countries)
    assert problem.startswith(expected)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Osh,Ош,Oʻsh,KG,city,", "places.csv: Osh: unknown country 'KG'"),
        ("Osh,Ош,Oʻsh,UZ,town,", "places.csv: Osh: unknown kind 'town'"),
        ("Osh,,Oʻsh,UZ,city,", "places.csv: Osh: no name in 'ru'"),
        ("TASHKENT,Ташкент,Toshkent,UZ,city,", "places.csv: TASHKENT: stands twice"),
    ],
)
def test_wrong_places(write: Write, row: str, expected: str) -> None:
    (problem,) = write(places=f"{PLACES}{row}\n")
    assert problem.startswith(expected)


def test_a_missing_column_and_a_missing_file(write: Write, tmp_path: Path) -> None:
    found = write(header="key,kind,country,role,en,ru,parent\n")
    assert found[0].startswith("one.csv: no column uz")
    (tmp_path / "places.csv").unlink()
    assert any(problem.startswith("places.csv") for problem in problems(tmp_path))


def test_no_institutions(tmp_path: Path) -> None:
    (tmp_path / "countries.csv").write_text(COUNTRIES, encoding="utf-8")
    (tmp_path / "places.csv").write_text(PLACES, encoding="utf-8")
    assert problems(tmp_path) == ["institutions: no rows; there must be a file institutions/*.csv with some"]


def test_no_utf_8(write: Write, tmp_path: Path) -> None:
    write()
    (tmp_path / "institutions" / "two.csv").write_bytes("key\nбиблиотека\n".encode("cp1251"))
    assert any(problem.startswith("two.csv: ") and "utf-8" in problem for problem in problems(tmp_path))
