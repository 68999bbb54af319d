"""The command `hamkor corpus convert`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.commands.convert import convert
from pipeline.evaluation.formats import label_studio, read_gold_any

DEV = Path(__file__).resolve().parents[1] / "corpus" / "dev"
NESTED = '<i id="a" opt="1">Library of <i id="b" opt="1">Oslo</i></i>\n---\n'

app = typer.Typer()
app.command()(convert)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("to", ["label-studio", "brat", "gold"])
def test_there_and_back(to: str, tmp_path: Path):
    assert run(DEV, "--to", to, "--output", tmp_path / "there")[0] == 0
    assert run(tmp_path / "there", "--to", "gold", "-o", tmp_path / "back")[0] == 0
    assert read_gold_any(tmp_path / "back") == read_gold_any(DEV)


def test_label_studio_gets_its_configuration(tmp_path: Path):
    code, out, err = run(DEV, "--to", "label-studio", "-o", tmp_path)
    assert (code, out) == (0, label_studio.labelling())
    assert (tmp_path / "labelling.xml").read_text(encoding="utf-8") == out
    articles = len(json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8")))
    assert f"{articles} articles" in err


def test_what_is_lost_is_told(tmp_path: Path):
    (tmp_path / "eng-00.gold").write_text(NESTED, encoding="utf-8")
    code, _, err = run(tmp_path / "eng-00.gold", "--to", "conll", "-o", tmp_path / "out")
    assert code == 0
    assert "lost in conll: eng-00: institution 'Oslo' within 'Library of Oslo'" in err
    assert "1 articles, 1 things lost" in err


def test_a_file_at_fault_is_named_and_nothing_is_written(tmp_path: Path):
    (tmp_path / "a.gold").write_text("one\n<x>two</x>\n---\n", encoding="utf-8")
    (tmp_path / "b.ann").write_text("Q", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    code, _, err = run(tmp_path / "a.gold", tmp_path / "b.ann", DEV, "--to", "brat", "-o", tmp_path / "out")
    assert code == 1
    assert "a.gold, line 2: unknown tag <x>" in err
    assert "b.ann, line 1: " in err
    assert not (tmp_path / "out").exists()


def test_two_articles_of_one_name(tmp_path: Path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.gold").write_text("text\n---\n", encoding="utf-8")
    code, _, err = run(tmp_path, "--to", "gold", "-o", tmp_path / "out")
    assert code == 1
    assert "two articles have this id" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([DEV, "--to", "docx", "-o", "x"], "--to docx: there are label-studio, brat, conll, gold"),
        (["nowhere", "--to", "gold", "-o", "x"], "nowhere: there is no such file or folder"),
        ([DEV.parents[1] / "gazetteers", "--to", "gold", "-o", "x"], "there is no gold in it"),
        ([DEV, "--to", "gold", "-o", DEV / "uzl-01-news.gold" / "x"], "choose a place that can be written to"),
    ],
)
def test_wrong_use(arguments: list[object], message: str):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
