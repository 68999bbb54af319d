"""What the documents show is run: Python examples, commands, the record; files and targets that they name exist."""

from __future__ import annotations

import doctest
import importlib
import json
import re
import shlex
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.evaluation import read_gold

HOME = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    HOME / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "corpus/README.md", "models/README.md")
]
README = (HOME / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.S | re.M)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def blocks(language: str) -> list[str]:
    """The code blocks of the README in one language."""
    found = [body for name, body in BLOCK.findall(README) if name == language]
    assert found
    return found


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the README speaks of."""
    (tmp_path / "article.txt").write_text(blocks("text")[0], encoding="utf-8")
    (tmp_path / "own.csv").write_text(blocks("csv")[0], encoding="utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.txt").write_text(blocks("text")[0], encoding="utf-8")
    golds = [HOME / "corpus" / "dev" / name for name in ("eng-01-news.gold", "rus-01-news.gold")]
    for name in ("corpus/dev", "gold", "first-annotator", "second-annotator"):
        (tmp_path / name).mkdir(parents=True)
        for gold in golds:
            shutil.copy(gold, tmp_path / name)
    extractor = pipeline.load()
    for name in ("new.jsonl", "old.jsonl"):
        rows = [extractor.extract(gold.text, id=gold.id).to_json() for gold in map(read_gold, golds)]
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "partners.csv").write_text("Name,Land\nZarkent Museum,UZ\n", encoding="utf-8")
    (tmp_path / "query.json").write_text('[{"item": "Q99999901", "en": "Zarkent Museum"}]', encoding="utf-8")
    organisation = {
        "id": "https://ror.org/02mhbdp94",
        "status": "active",
        "types": ["archive"],
        "locations": [{"geonames_details": {"country_code": "UZ"}}],
        "names": [{"value": "Zarkent Archive", "types": ["ror_display"], "lang": "en"}],
    }
    with zipfile.ZipFile(tmp_path / "ror-data.zip", "w") as archive:
        archive.writestr("ror-data.json", json.dumps([organisation]))
    spacy = pytest.importorskip("spacy")
    importlib.import_module("pipeline.spacy_component")
    importlib.import_module(
        "pipeline.spacy_language"
    )  # known to spaCy where hamkor is not installed but only checked out

    model = spacy.blank("xx")
    model.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Silk Thread"}])
    model.to_disk(tmp_path / "my_model")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_python_examples(workplace: Path):
    parser, names = doctest.DocTestParser(), {}
    runner = doctest.DocTestRunner(verbose=False)
    for number, block in enumerate(blocks("python")):
        if "import spacy" in block:
            pytest.importorskip("spacy")
            importlib.import_module("pipeline.spacy_component")  # where hamkor is installed spaCy finds it by itself
        test = parser.get_doctest(block, names, f"README block {number}", "README.md", 0)
        assert test.examples
        told: list[str] = []
        runner.run(test, out=told.append, clear_globs=False)
        names = test.globs
        assert not told, "".join(told)


def test_commands(workplace: Path, monkeypatch: pytest.MonkeyPatch):
    for block in blocks("console"):
        for piece in block.split("$ ")[1:]:
            command, _, expected = piece.partition("\n")
            given, _, call = command.rpartition(" | ")
            words = shlex.split(call.partition(" > ")[0])
            while "=" in words[0]:
                monkeypatch.setenv(*words.pop(0).split("=", 1))
            if words[0] == "make":
                assert re.search(rf"^{words[1]}:", (HOME / "Makefile").read_text(encoding="utf-8"), re.M), command
                continue
            assert words[0] == "hamkor", command
            text = f"{shlex.split(given)[1]}\n" if given else None
            result = CliRunner().invoke(app, words[1:], input=text)
            assert result.exit_code == 0, f"{command}: {result.output}"
            if expected:
                assert result.stdout == expected, command


def shown_in(shown: Any, real: Any) -> bool:
    """Tell whether `shown` is `real` shortened: keys and list entries may be left out, nothing may differ."""
    if isinstance(shown, dict):
        return isinstance(real, dict) and all(
            key in real and shown_in(value, real[key]) for key, value in shown.items()
        )
    if isinstance(shown, list):
        rest = iter(real)
        return all(any(shown_in(entry, other) for other in rest) for entry in shown)
    return bool(shown == real)


def test_the_record_shown_is_the_record_made(workplace: Path, extractor: pipeline.Extractor):
    from pipeline.reading import read_path

    record = json.loads(extractor.extract_article(read_path("article.txt")).to_json())
    shown = json.loads(blocks("json")[0])
    for key, value in shown.items():
        assert shown_in(value, record[key]), f"{key}: {json.dumps(record[key], ensure_ascii=False)}"


def test_own_institutions(workplace: Path):
    text = "Zarafat uyiga 12 ta kitob berildi."
    keys = {
        institution.authority for institution in pipeline.load(gazetteer_files=["own.csv"]).extract(text).institutions
    }
    assert keys == {"zarafat-house"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(HOME)))
def test_links_and_paths_lead_somewhere(document: Path):
    text = document.read_text(encoding="utf-8")
    for target in LINK.findall(text):
        assert (document.parent / target).exists(), target
    fetched = "models/downloaded/"  # what a command brings, not kept in the repository
    for name in re.findall(r"`((?:pipeline|tests|corpus|gazetteers|benchmarks|models)/[\w./-]*)`", text):
        assert name.startswith(fetched) or (HOME / name).exists(), name


def test_the_example_of_the_package_is_true():
    assert doctest.testmod(pipeline).failed == 0
    assert doctest.testmod(pipeline).attempted > 2
