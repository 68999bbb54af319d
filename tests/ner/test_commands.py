"""`--ner` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.commands import models
from pipeline.records import Institution

TEXT = "Вчера Зарафат показал читателям новые книги. Государственный Эрмитаж получил 12 книг."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_extract_and_explain_say_which_engine(article: Path, spacy_model: Path, stanza_model: Path):
    engines = ["--ner", f"spacy:{spacy_model}", "--ner", f"stanza:{stanza_model}"]
    result = CliRunner().invoke(app, ["extract", str(article), "--quiet", *engines])
    assert result.exit_code == 0
    rules = {m["text"]: m["rule"] for i in json.loads(result.stdout)["institutions"] for m in i["mentions"]}
    assert rules["Зарафат"] == "ner:spacy:tiny"
    assert rules["Государственный Эрмитаж"].startswith("gazetteer")
    explained = CliRunner().invoke(app, ["explain", str(article), *engines[2:]])
    assert explained.exit_code == 0
    assert "rule ner:stanza:tiny" in explained.stdout
    assert CliRunner().invoke(app, ["show", str(article), *engines[2:]]).exit_code == 0


def test_the_default_is_the_model_that_comes_with_hamkor_and_none_is_rules_alone(article: Path):
    text = "Вчера в центре «Зарафат» показали книги. they met at silk thread museum."
    article.write_text(text, encoding="utf-8")
    for options, engines in (([], ["hamkor-ru"]), (["--ner", "none"], [])):
        result = CliRunner().invoke(app, ["extract", str(article), "--quiet", *options])
        assert result.exit_code == 0
        assert pipeline.load(ner=engines).extract(text).institutions == tuple(
            Institution.model_validate(found) for found in json.loads(result.stdout)["institutions"]
        )
    result = CliRunner().invoke(app, ["extract", str(article), "--ner", "none", "--ner", "hamkor"])
    assert result.exit_code == 2
    assert "--ner none" in result.stderr


@pytest.mark.parametrize("command", ["extract", "explain", "show"])
def test_an_engine_that_is_not_there_is_wrong_use(command: str, article: Path):
    result = CliRunner().invoke(app, [command, str(article), "--ner", "stanza:ru"])
    assert result.exit_code == 2
    assert "hamkor models download ru" in result.stderr
    assert "Traceback" not in result.stderr


def test_models_are_not_downloaded_without_a_network(tmp_path: Path):
    pytest.importorskip("stanza")
    result = CliRunner().invoke(models.app, ["download", "ru", "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert "could not be fetched" in result.stderr
    assert "needs a network" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_language_without_models_is_wrong_use(tmp_path: Path):
    result = CliRunner().invoke(models.app, ["download", "de", "--folder", str(tmp_path)])
    assert result.exit_code == 2
    assert "uz, ru and en" in result.stderr
