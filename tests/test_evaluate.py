"""The command `hamkor evaluate`, as people call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app

BODY = """<i id="nl-uz">Alisher Navoiy nomidagi Oʻzbekiston Milliy kutubxonasi</i> <d v="2014-05-16">2014-yil 16-mayda</d> ochildi.
<d v="2014-05-18">18-mayda</d> mehmonlar keldi. Fondda <c n="{number}" unit="books" act="held" by="nl-uz">{number} ta kitob</c> bor.
---
institutions:
  nl-uz: {{kind: library, country: UZ, en: National Library of Uzbekistan}}
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments), *([] if "-h" in arguments else ["--quiet"])])


def answer(*arguments: str | Path) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    plain: dict[str, Any] = json.loads(result.stdout)
    return plain


def rows(result: Result) -> list[str]:
    """The lines of a table, their columns a blank apart."""
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    for name, number in (("uzl-1-news", 120), ("uzl-2-letter", 250)):
        (folder / f"{name}.gold").write_text(BODY.format(number=number), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def records(gold: Path) -> Path:
    file = gold.parent / "records.jsonl"
    assert run(gold, "--output", file).exit_code == 0
    return file


@pytest.fixture(scope="module")
def worse(records: Path) -> Path:
    """The records with a wrong year in each."""
    file = records.with_name("worse.jsonl")
    file.write_text(records.read_text(encoding="utf-8").replace('"2014-05-16"', '"2013-05-16"'), encoding="utf-8")
    return file


def test_extracts_what_is_not_given(gold: Path, records: Path):
    assert answer(gold) == answer(gold, "--records", records)


def test_table(gold: Path, records: Path):
    result = run(gold, "--records", records, "--by", "genre", "--by", "known")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 articles\n")
    assert "dates.value 100.00 100.0 to 100.0 100.00 100.00 100.00 4 0 0" in rows(result)
    assert "counts.unit 100.00 100.0 to 100.0 - - 100.00 2 0 -" in rows(result)
    assert "nothing to measure: counts.from, counts.to, counts.bound, agreements.pairs" in result.stdout
    assert "by genre" in result.stdout
    assert "\nletter " in result.stdout
    assert "\nunknown " in result.stdout


def test_json(gold: Path, worse: Path):
    plain = answer(gold, "--records", worse, "--by", "document", "--resamples", "50")
    assert plain["documents"] == 2
    # of four dates two have the wrong year: 2 right, 2 wrong and missed
    figure = plain["figures"]["dates.value"]
    assert [figure[name] for name in ("value", "precision", "recall", "right", "wrong", "missed", "low", "high", "macro")] == [
        0.5, 0.5, 0.5, 2, 2, 2, 0.5, 0.5, 0.5,
    ]  # fmt: skip
    assert plain["figures"]["agreements.all"]["value"] is None
    assert plain["groups"]["document"]["uzl-1-news"]["dates.value"]["value"] == 0.5


def test_against(gold: Path, records: Path, worse: Path):
    result = run(gold, "--records", worse, "--against", records)
    assert result.exit_code == 0
    # no resample lies on the other side: 2 * 1 / 1001
    assert "dates.value 100.00 50.00 -50.00 -50.00 to -50.00 0.002" in rows(result)
    assert "0 gained" in result.stdout
    assert "2 lost" in result.stdout
    assert "- uzl-1-news, dates: right -> wrong (value 2013-05-16 for 2014-05-16)" in result.stdout
    assert "[[{{2014-yil 16-mayda}}]] ochildi." in result.stdout
    lost = answer(gold, "--records", worse, "--against", records)["against"]["lost"]
    assert [(change["document"], change["before"]["outcome"], change["after"]["cause"]) for change in lost] == [
        ("uzl-1-news", "right", "wrong year"), ("uzl-2-letter", "right", "wrong year"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("floors", "code", "told"),
    [
        (["dates.exact=1", "dates.value=0.5"], 0, ""),
        (["dates.value=0.51"], 1, "TOO LOW: dates.value is 0.5000, where at least 0.51 is asked for"),
        (["dates.exact=1", "agreements.all=0"], 1, "TOO LOW: agreements.all cannot be measured here"),
        (["dates.values=1"], 2, "there is no figure 'dates.values'; there are institutions.exact, "),
        (["dates.value"], 2, "write NAME=VALUE"),
        (["dates.value=97"], 2, "a figure lies between 0 and 1"),
        (["dates.value=nan"], 2, "a figure lies between 0 and 1"),
    ],
)
def test_fail_under(floors: list[str], code: int, told: str, gold: Path, worse: Path):
    options = [word for floor in floors for word in ("--fail-under", floor)]
    result = run(gold, "--records", worse, *options)
    assert result.exit_code == code
    assert told in result.stderr


def test_ablation(gold: Path):
    plain = answer(gold, "--ablate", "context,gazetteer", "--resamples", "20")["ablation"]
    assert list(plain) == ["gazetteer", "context"]
    # «18-mayda» has no year of its own: two of four dates
    context = plain["context"]["dates.value"]
    assert (context["before"], context["after"], context["change"]) == (0.5, 1, 0.5)
    assert plain["context"]["institutions.exact"]["change"] == 0
    assert "what context is worth" in run(gold, "--ablate", "context").stdout


def test_two_annotators(gold: Path, tmp_path: Path):
    for file in gold.glob("*.gold"):
        (tmp_path / file.name).write_text(
            file.read_text(encoding="utf-8").replace('unit="books"', 'unit="copies"'), encoding="utf-8"
        )
    result = run("--iaa", gold, tmp_path)
    assert result.exit_code == 0
    assert "counts.unit 0.00 0.000 2" in rows(result)
    plain = answer("--iaa", gold, tmp_path)
    assert plain["kappa"]["dates"]["value"] == 1
    assert plain["figures"]["counts.all"]["value"] == 0


def test_a_page(gold: Path, worse: Path, tmp_path: Path):
    file = tmp_path / "errors.html"
    assert run(gold, "--records", worse, "--report", file).exit_code == 0
    page = file.read_text(encoding="utf-8")
    assert "wrong year" in page
    assert "16-mayda" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["GOLD", "--records", "nothing.jsonl"], "nothing.jsonl: No such file"),
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["GOLD", "--by", "colour"], "--by colour: there are language, script, genre, document, known"),
        (["GOLD", "--ablate", "rules"], "--ablate rules: there are ner, gazetteer, context"),
        (["GOLD", "--ablate", "ner", "--ner", "none"], "there is none to leave out; leave --ner none"),
        (["GOLD", "--ner", "none", "--ner", "hamkor"], "no other engine can be asked beside it"),
        (["GOLD", "--records", "RECORDS", "--ablate", "context"], "leave --records"),
        (["--iaa", "GOLD"], "--iaa takes two folders"),
        (["--iaa", "GOLD", "GOLD", "--by", "genre"], "--iaa compares two folders of gold and nothing else"),
    ],
)
def test_wrong_use(arguments: list[str], told: str, gold: Path, records: Path):
    places = {"GOLD": str(gold), "RECORDS": str(records)}
    result = run(*(places.get(argument, argument) for argument in arguments))
    assert result.exit_code == 2
    assert told in result.stderr
    assert not result.stdout


def test_records_of_another_article(gold: Path, records: Path, tmp_path: Path):
    for file in gold.glob("*.gold"):
        (tmp_path / file.name).write_text("Boshqa matn.\n---\n", encoding="utf-8")
    result = run(tmp_path, "--records", records)
    assert result.exit_code == 2
    assert f"{records}, line 1: 'uzl-1-news' is of a text of" in result.stderr


def test_help_teaches():
    result = run("-h")
    assert result.exit_code == 0
    assert "hamkor evaluate corpus/dev --records new.jsonl --against old.jsonl" in result.stdout
