"""The commands publish, ask, export and plot: from a workspace on disk to what others read; wrong use; what is imported when."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from tests.publishing.stories import key_of, telling

HEAVY = ("sqlalchemy", "alembic", "psycopg", "pyarrow", "spacy", "pymarc", "rdflib", "networkx")
ARTICLES = {
    "one.txt": "В 2014 году Национальная библиотека Узбекистана и Национальная библиотека Казахстана подписали меморандум.\n",
    "two.txt": "2014 йил 5 майда Ўзбекистон Миллий кутубхонаси билан Қозоғистон Миллий кутубхонаси ўртасида меморандум имзоланди.\n",
    "three.txt": "In 2015 the National Library of Uzbekistan sent 1,460 copies to the Russian State Library.\n",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def answer(*arguments: str | Path) -> list[list[str]]:
    result = run("ask", *arguments)
    assert result.exit_code == 0, result.stderr
    return list(csv.reader(io.StringIO(result.stdout)))[1:]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: three articles; then one goes, one comes. What stood after the first run is in a database beside it."""
    folder = tmp_path_factory.mktemp("commands")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    for step in (1, 2):
        result = run("ingest", articles, "--into", folder / "workspace", "--withdraw-missing")
        assert result.exit_code == 0, result.stderr
        if step == 1:
            assert run("publish", folder / "workspace", "--to", folder / "first.sqlite").exit_code == 0
            (articles / "two.txt").unlink()
            (articles / "four.txt").write_text(ARTICLES["one.txt"].replace("2014", "2019"), encoding="utf-8")
    return folder / "workspace"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text(telling(["nl-uz", "nl-kz"], signed="2014").record(key_of("one")).to_json() + "\n", encoding="utf-8")
    return path


def test_a_workspace_in_a_database(workspace: Path, tmp_path: Path) -> None:
    registry = tmp_path / "deep" / "registry.sqlite"
    result = run("publish", workspace, "--to", registry)
    assert result.exit_code == 0, result.stderr
    assert "3 articles written, 0 stood already" in result.stderr
    result = run("publish", workspace, "--to", registry, "--since", "1")
    assert "0 articles written" in result.stderr
    assert [row[0] for row in answer(registry, "agreements-in-force", "day=2020-01-01")] == [
        "nl-kz+nl-uz/memorandum/2014", "nl-kz+nl-uz/memorandum/2019",
    ]  # fmt: skip
    evidence = answer(registry, "evidence-of", "agreement=nl-kz+nl-uz/memorandum/2014")
    for source, start, end, words, rule, number in evidence:
        assert Path(source).name == "one.txt"
        assert ARTICLES["one.txt"][int(start) : int(end)] == words
        assert rule
        assert number == "1"
    assert evidence[0][3] == "меморандум"
    assert answer(registry, "copies-of", "party=nl-uz")[0][2:5] == ["2015", "copies", "1460"]


def test_only_what_changed(workspace: Path, tmp_path: Path) -> None:
    shutil.copy(workspace.parent / "first.sqlite", tmp_path / "r.sqlite")
    result = run("publish", workspace, "--to", tmp_path / "r.sqlite", "--since", "1")
    assert "1 articles written, 0 stood already, 1 withdrawn" in result.stderr
    states = {row[1] for row in answer(tmp_path / "r.sqlite", "changed-since", "run=1")}
    assert states == {"withdrawn", "present"}
    told = answer(tmp_path / "r.sqlite", "agreements-in-force", "day=2014-06-01")
    assert [row[3] for row in told] == ["2014-01-01"]  # the day was in the article that went


@pytest.mark.parametrize(
    "form", ["csvw", "parquet", "jsonld", "quickstatements", "marc", "marcjson", "graphml", "docbin"]
)
def test_every_format(form: str, workspace: Path, tmp_path: Path) -> None:
    for since in ("0", "1"):
        output = tmp_path / f"{form}-{since}"
        result = run("export", workspace, "--as", form, "--output", output, "--since", since)
        assert result.exit_code == 0, result.stderr
        assert output.exists()


def test_the_page(workspace: Path, tmp_path: Path) -> None:
    assert run("plot", workspace, "--output", tmp_path).exit_code == 0
    assert {file.name for file in tmp_path.iterdir()} == {"index.html", "timeline.svg", "network.svg", "copies.svg"}
    assert "3 articles" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_file_of_records(records: Path, tmp_path: Path) -> None:
    assert run("export", records, "--as", "jsonld", "-o", tmp_path / "x.jsonld").exit_code == 0
    nodes = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert any(node["@id"].endswith("nl-uz") for node in nodes)
    assert run("publish", records, "--to", tmp_path / "r.sqlite").exit_code == 0


def test_a_list_of_questions(tmp_path: Path) -> None:
    result = run("ask", tmp_path / "none.sqlite")
    assert result.exit_code == 0
    assert "partners-of party=nl-uz" in result.stdout


def test_an_article_that_is_refused(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.publishing import facts as module

    def refuse(self: object) -> None:
        raise module.FeedError("three.txt: extract it anew")

    monkeypatch.setattr(module._Making, "made", refuse)
    for arguments in (
        ("publish", workspace, "--to", tmp_path / "r.sqlite"),
        ("export", workspace, "--as", "graphml", "-o", tmp_path / "g"),
    ):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "three.txt: extract it anew" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("publish", "{none}", "--to", "{tmp}/r.sqlite"), "none"),
        (("publish", "{records}", "--to", "mysql://x/y"), "PostgreSQL"),
        (("publish", "{records}", "--to", "{tmp}/r.sqlite", "--since", "1"), "would leave a gap"),
        (("export", "{records}", "--as", "xml", "-o", "{tmp}/x"), "there are csvw"),
        (("export", "{none}", "--as", "csvw", "-o", "{tmp}/x"), "none"),
        (("export", "{records}", "--as", "docbin", "-o", "{tmp}/x"), "give a workspace"),
        (
            ("export", "{records}", "--as", "quickstatements", "--reviewed", "{records}", "-o", "{tmp}/x"),
            "records.jsonl",
        ),
        (("export", "{records}", "--as", "marc", "-o", "{records}/x"), "choose a place"),
        (("plot", "{records}", "--home", "Uzbekistan", "-o", "{tmp}/x"), "such as UZ"),
        (("plot", "{none}", "-o", "{tmp}/x"), "none"),
        (("ask", "{none}", "conflicts"), "hamkor publish"),
        (("ask", "{records}", "conflicts", "day"), "name=value"),
        (("ask", "sqlite://", "none"), "there is no question"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], told: str, records: Path, tmp_path: Path) -> None:
    places = {"records": str(records), "none": str(tmp_path / "none"), "tmp": str(tmp_path)}
    result = run(*(argument.format(**places) for argument in arguments))
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("form", "module"), [("parquet", "pyarrow"), ("docbin", "spacy.tokens")])
def test_an_extra_that_is_missing(
    form: str, module: str, records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    result = run("export", records, "--as", form, "-o", tmp_path / "x")
    assert result.exit_code == 2
    assert f"pip install 'hamkor[{'spacy' if form == 'docbin' else form}]'" in result.stderr


LAZY = {
    "import": "import pipeline",
    "the program": "import pipeline.cli",
    "extract": "from typer.testing import CliRunner; from pipeline.cli import app; result = CliRunner().invoke(app, ['extract', 'a.txt', '-q']); assert result.exit_code == 0, result.output",
    "export": "from typer.testing import CliRunner; from pipeline.cli import app; result = CliRunner().invoke(app, ['export', 'records.jsonl', '--as', 'csvw', '-o', 'out']); assert result.exit_code == 0, result.output",
}  # fmt: skip


@pytest.mark.parametrize("what", LAZY)
def test_nothing_heavy_is_imported(what: str, records: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The National Library of Uzbekistan, 2014.", encoding="utf-8")
    program = f"{LAZY[what]}\nimport sys\nheavy = [name for name in {HEAVY!r} if name in sys.modules]\nassert not heavy, heavy"
    paths = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env={**os.environ, "PYTHONPATH": paths}, check=True, timeout=120
    )
