"""What people have decided overrides every link, and a file that says nonsense is told so."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import pipeline
from pipeline.authority.judgements import COLUMNS, NONE, problems, read_judgements
from pipeline.languages.lexicon import DataError

TEXT = "Ўзбекистонда Зарафат музейи очилди. Zarafat muzeyiga bordik. Зарафат кутубхонаси ёпилди."


def file_of(tmp_path: Path, *rows: tuple[str, ...], name: str = "judgements.csv") -> Path:
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *((*row, *[""] * (len(COLUMNS) - len(row))) for row in rows)])
    return path


def keys(tmp_path: Path, *rows: tuple[str, ...], text: str = TEXT) -> list[tuple[str, str | None]]:
    record = pipeline.load(judgement_files=[file_of(tmp_path, *rows)]).extract(text)
    return [(one.key, one.authority) for one in record.institutions]


def test_without_judgements(tmp_path: Path) -> None:
    assert keys(tmp_path) == [("x-zarafat-muzey-uz", None), ("x-zarafat-kutubxuna-uz", None)]


@pytest.mark.parametrize("name", ["Зарафат музейи", "Zarafat muzeyining", "ZARAFAT MUZEYI", "x-zarafat-muzey-uz"])
def test_same(name: str, tmp_path: Path) -> None:
    assert keys(tmp_path, ("same", name, "hermitage"))[0] == ("hermitage", "hermitage")


def test_same_of_two_unknown_ones(tmp_path: Path) -> None:
    found = keys(tmp_path, ("same", "x-zarafat-kutubxuna-uz", "x-zarafat-muzey-uz"))
    assert found == [("x-zarafat-muzey-uz", None)]


def test_same_follows_same(tmp_path: Path) -> None:
    rows = [("same", "Зарафат кутубхонаси", "x-zarafat-muzey-uz"), ("same", "x-zarafat-muzey-uz", "hermitage")]
    assert keys(tmp_path, *rows) == [("hermitage", "hermitage")]


def test_different(tmp_path: Path) -> None:
    text = "Ўзбекистон Миллий кутубхонаси очилди. Миллий кутубхона кутади."
    assert keys(tmp_path, text=text) == [("nl-uz", "nl-uz")]
    found = keys(tmp_path, ("different", "Миллий кутубхона", "nl-uz"), text=text)
    assert [authority for _, authority in found] == ["nl-uz", None]


def test_the_home_stays(tmp_path: Path) -> None:
    text = "Зарафат музейи ҳақида. " * 3 + "Музейимизда 12 та экспонат сақланади."
    plain = pipeline.load().find(text)
    judged = pipeline.load(judgement_files=[file_of(tmp_path, ("same", "Зарафат музейи", "hermitage"))]).find(text)
    assert plain.home is not None
    assert judged.home is not None
    assert judged.institutions[judged.home].key == "hermitage"


def test_a_later_file_wins(tmp_path: Path) -> None:
    first = file_of(tmp_path, ("same", "Зарафат музейи", "hermitage"), name="a.csv")
    second = file_of(tmp_path, ("different", "Зарафат музейи", "hermitage"), name="b.csv")
    assert read_judgements(first, second).same.get("zarafat-muzey") is None
    assert read_judgements(second, first).same["zarafat-muzey"] == "hermitage"


def test_a_row_without_a_verdict_is_passed_over(tmp_path: Path) -> None:
    assert not read_judgements(file_of(tmp_path, ("", "Зарафат музейи", "hermitage")))
    assert not NONE


BAD = [
    (("maybe", "Зарафат", "hermitage"), "the verdict is 'maybe'"),
    (("same", "", "hermitage"), "no name"),
    (("same", "«…»", "hermitage"), "has no letter"),
    (("same", "Зарафат", "Not A Key"), "is no key"),
    (("same", "hermitage", "hermitage"), "name and key are the same"),
]


@pytest.mark.parametrize(("row", "fault"), BAD)
def test_a_bad_row(row: tuple[str, ...], fault: str, tmp_path: Path) -> None:
    file = file_of(tmp_path, ("same", "Зарафат", "nl-uz"), row)
    with pytest.raises(DataError, match=r"judgements\.csv, line 3: ") as caught:
        read_judgements(file)
    assert fault in str(caught.value)
    assert any(fault in line for line in problems(file, {"nl-uz", "hermitage"}))


SIGNED = ("Ann", "2026-01-31", "")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("same", "Зарафат", "nowhere", *SIGNED)], "nowhere is no key of the gazetteer"),
        ([("same", "Зарафат", "nl-uz")], "nobody has judged this"),
        ([("same", "Зарафат", "nl-uz", "Ann", "yesterday", "")], "is no day"),
        ([("same", "Зарафат", "nl-uz", *SIGNED), ("different", "Zarafat", "nl-uz", *SIGNED)], "different from it"),
        ([("same", "Зарафат", "nl-uz", *SIGNED), ("same", "Zarafat", "hermitage", *SIGNED)], "is nl-uz too"),
        ([("same", "x-a", "x-b", *SIGNED), ("same", "x-b", "x-a", *SIGNED)], "round in a circle"),
    ],
)
def test_the_check(rows: list[tuple[str, ...]], fault: str, tmp_path: Path) -> None:
    found = list(problems(file_of(tmp_path, *rows), {"nl-uz", "hermitage"}))
    assert any(fault in line for line in found), found


def test_the_check_of_a_good_file(tmp_path: Path) -> None:
    file = file_of(tmp_path, ("same", "Зарафат", "nl-uz", *SIGNED), ("different", "Зарафат", "hermitage", *SIGNED))
    assert list(problems(file, {"nl-uz", "hermitage"})) == []


def test_a_circle_ends(tmp_path: Path) -> None:
    judged = read_judgements(file_of(tmp_path, ("same", "x-a", "x-b"), ("same", "x-b", "x-a")))
    assert judged.resolve("x-a") in ("x-a", "x-b")


def test_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError):
        read_judgements(path)
    assert list(problems(path, set()))
