"""What a person should look at, and that judging it settles it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.authority.gazetteer import gazetteer
from pipeline.authority.judgements import COLUMNS, NONE, Judgements, read_judgements
from pipeline.commands.review import review_list
from pipeline.register.review import REVIEW_COLUMNS, Doubt, doubts
from tests.register.batches import batch_of, command, institution, record


def raised(*institutions: dict[str, object], judgements: Judgements = NONE) -> list[tuple[str, str, str]]:
    """The doubts about institutions, each of an article of its own: reason, name, key."""
    batch = batch_of([record(f"r{number}", [one]) for number, one in enumerate(institutions)])
    return [(doubt.reason, doubt.name, doubt.key) for doubt in doubts(batch, gazetteer(), judgements, below=0.8)]


def unknown(key: str, name: str, **more: object) -> dict[str, object]:
    return institution("i1", key, 10, name=name, **more)  # type: ignore[arg-type]


def test_a_name_like_one_of_the_gazetteer() -> None:
    found = raised(unknown("x-state-hermitage-museum-halls-ru", "State Hermitage Museum Halls", country="RU"))
    assert found == [("unlinked", "State Hermitage Museum Halls", "hermitage")]


def test_a_name_like_none() -> None:
    assert raised(unknown("x-zarafat-museum-uz", "Zarafat Museum")) == []


def test_a_name_of_several() -> None:
    found = raised(unknown("x-city-museum-uz", "City Museum", candidates=["nl-uz", "hermitage"]))
    assert found == [("ambiguous", "City Museum", "hermitage"), ("ambiguous", "City Museum", "nl-uz")]


def test_a_link_that_is_not_sure() -> None:
    known = institution("i1", "hermitage", 10, name="Hermitoge", authority="hermitage", confidence=0.67)
    assert raised(known) == [("unsure", "Hermitoge", "hermitage")]
    assert raised({**known, "confidence": 0.9}) == []


def test_one_name_in_two_countries() -> None:
    found = raised(
        unknown("x-zarafat-museum-uz", "Zarafat Museum"), unknown("x-zarafat-museum", "Zarafat Museum", country=None)
    )
    assert found == [("two countries", "x-zarafat-museum", "x-zarafat-museum-uz")]


@pytest.mark.parametrize(
    ("key", "other", "alike"),
    [
        ("x-zarafat-yulduz-museum-uz", "x-zarafat-yulduz-state-museum-uz", True),  # a word more
        ("x-zarafatov-museum-uz", "x-zarafatof-museum-uz", True),  # a letter
        ("x-zarafat-museum-uz", "x-bahorat-museum-uz", False),
        ("x-zarafat-museum-uz", "x-zarafat-state-museum-uz", True),
        ("x-museum-uz", "x-zarafat-museum-uz", False),
        ("x-zarafat-art-museum-uz", "x-zarafat-ark-museum-uz", False),  # too short to be misspelt
    ],
)
def test_names_much_alike(key: str, other: str, alike: bool) -> None:
    found = raised(unknown(key, "Zz"), unknown(other, "Zz"))
    assert [reason for reason, *_ in found] == ["much alike"] * alike


def test_what_is_judged_is_not_raised_again() -> None:
    pair = (unknown("x-zarafatov-museum-uz", "Zz"), unknown("x-zarafatof-museum-uz", "Zz"))
    ((_, name, key),) = raised(*pair)
    assert raised(*pair, judgements=Judgements({}, {name: frozenset({key})})) == []
    assert raised(*pair, judgements=Judgements({}, {key: frozenset({name})})) == []
    assert raised(*pair, judgements=Judgements({name: key}, {})) == []


def test_many_alike_end(tmp_path: Path) -> None:
    many = [unknown(f"x-zarafat{number}-museum-uz", f"Zarafat{number} Museum") for number in range(300)]
    assert len(raised(*many)) <= 300


def test_cells() -> None:
    cells = Doubt("unsure", "A", "b", 0.5, "r0", 1, 4, "A\nB").cells()
    assert len(cells) == len(REVIEW_COLUMNS)
    assert cells[0] == ""
    assert "\n" not in "".join(cells)


def test_the_whole_round(extractor: pipeline.Extractor, tmp_path: Path) -> None:
    """Extract, list, judge, extract again: the judgement holds, and is asked no more."""
    text = "Ўзбекистон. Бобур халқаро жамғармаси ва Халқаро Бобурий жамғармаси келди."
    records, listed = tmp_path / "records.jsonl", tmp_path / "review.csv"
    records.write_text(extractor.extract(text, id="a").to_json() + "\n", encoding="utf-8")
    run = CliRunner().invoke(command(review_list), [str(records), "--output", str(listed)])
    assert run.exit_code == 0, run.output
    with listed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
        row.update(verdict="same", who="Ann", when="2026-01-31")
    with listed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS
    assert read_judgements(listed).same
    judged = pipeline.load(judgement_files=[listed]).extract(text, id="a")
    assert rows[0]["key"] in [one.authority for one in judged.institutions]
    records.write_text(judged.to_json() + "\n", encoding="utf-8")
    again = CliRunner().invoke(command(review_list), [str(records), "--judgements", str(listed)])
    assert again.stdout.strip() == ",".join(REVIEW_COLUMNS)


@pytest.mark.parametrize("arguments", [["--judgements", "none.csv"], ["--below", "2"], ["--gazetteer", "none.csv"]])
def test_wrong_use(arguments: list[str], tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(record("a", []).to_json() + "\n", encoding="utf-8")
    assert CliRunner().invoke(command(review_list), [str(path), *arguments]).exit_code == 2
