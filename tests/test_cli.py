"""The command `hamkor` as a user meets it: what it writes, where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import lxml.html
import pytest
from typer.testing import CliRunner, Result

from pipeline import __version__
from pipeline.cli import app
from pipeline.records import json_schema

ENGLISH = "The State Hermitage Museum and the British Library signed a memorandum on 3 June 2021. The museum lent 12 exhibits."
UZBEK = "Ўзбекистон Миллий кутубхонаси 2014 йилда Россия Давлат кутубхонасига 138 нусха китоб юборди."


def hamkor(*arguments: str | Path, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), input=input)


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "more").mkdir(parents=True)
    (folder / "one.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "two.txt").write_text(UZBEK, encoding="utf-8")
    (folder / "more" / "one.txt").write_text(UZBEK, encoding="utf-8")
    return folder


class TestExtract:
    def test_a_folder_gives_a_row_for_each_article(self, folder: Path):
        result = hamkor("extract", folder)
        assert result.exit_code == 0
        found = rows(result.stdout)
        assert [row["document"]["id"] for row in found] == ["one", "two", "one-2"]
        assert found[1]["institutions"] == found[2]["institutions"] != []
        assert "Ўзбекистон" in result.stdout  # letters, no escapes

    def test_every_row_is_valid(self, folder: Path):
        checker = jsonschema.Draft202012Validator(json_schema())
        for row in rows(hamkor("extract", folder).stdout):
            checker.validate(row)

    def test_standard_input(self):
        result = hamkor("extract", "-", input=ENGLISH)
        assert result.exit_code == 0
        (row,) = rows(result.stdout)
        assert (row["document"]["id"], row["document"]["source"]) == ("stdin", "-")
        assert row["dates"][0]["edtf"] == "2021-06-03"

    def test_output_goes_to_a_file(self, folder: Path, tmp_path: Path):
        output = tmp_path / "new" / "records.jsonl"
        result = hamkor("extract", folder, "--output", output)
        assert (result.exit_code, result.stdout) == (0, "")
        assert len(rows(output.read_text(encoding="utf-8"))) == 3
        assert [file.name for file in output.parent.iterdir()] == ["records.jsonl"]

    def test_a_file_is_whole_or_not_there(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        output = tmp_path / "records.jsonl"
        output.write_text("as it was\n", encoding="utf-8")
        seen = []

        def stop(self: object, article: object) -> None:
            seen.append(output.read_text(encoding="utf-8"))
            raise KeyboardInterrupt

        monkeypatch.setattr("pipeline.extraction.Extractor.extract_article", stop)
        result = hamkor("extract", folder, "--output", output)
        assert result.exit_code != 0
        assert seen == ["as it was\n"]
        assert output.read_text(encoding="utf-8") == "as it was\n"
        assert sorted(file.name for file in tmp_path.iterdir()) == ["articles", "records.jsonl"]

    def test_an_article_that_cannot_be_read_is_a_row_and_does_not_stop_the_rest(self, folder: Path):
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
        (folder / "empty.txt").write_bytes(b"")
        result = hamkor("extract", folder)
        assert result.exit_code == 1
        found = {row["document"]["id"]: row for row in rows(result.stdout)}
        assert list(found) == ["broken", "empty", "one", "two", "one-2"]
        for name in ("broken", "empty"):
            assert found[name]["error"]["type"] == "reading"
            assert found[name]["error"]["message"]
            assert found[name]["document"]["source"].endswith(("broken.pdf", "empty.txt"))
        assert "broken.pdf" in result.stderr

    def test_a_fault_of_the_program_is_a_row_too(self, folder: Path, monkeypatch: pytest.MonkeyPatch):
        def fail(self: object, article: object) -> None:
            raise ZeroDivisionError("by nought")

        monkeypatch.setattr("pipeline.extraction.Extractor.extract_article", fail)
        result = hamkor("extract", folder / "one.txt")
        assert result.exit_code == 1
        (row,) = rows(result.stdout)
        assert row["error"]["type"] == "internal"
        assert "by nought" in row["error"]["message"]

    def test_a_path_that_is_not_there(self, tmp_path: Path):
        result = hamkor("extract", tmp_path / "none.txt")
        assert result.exit_code == 1
        assert rows(result.stdout)[0]["error"]["type"] == "reading"

    def test_a_source_beyond_the_limit(self, folder: Path):
        result = hamkor("extract", folder / "one.txt", "--max-bytes", 10)
        assert result.exit_code == 1
        assert "max_bytes" in rows(result.stdout)[0]["error"]["message"]

    @pytest.mark.parametrize(
        "arguments",
        [["extract"], ["extract", "--nonsense", "a.txt"], ["nonsense"], ["transliterate", "--to", "greek", "-"]],
    )
    def test_wrong_use(self, arguments: list[str]):
        assert hamkor(*arguments).exit_code == 2

    def test_a_gazetteer_that_cannot_be_used_is_wrong_use(self, folder: Path, tmp_path: Path):
        own = tmp_path / "own.csv"
        own.write_text("nonsense\n1\n", encoding="utf-8")
        result = hamkor("extract", folder, "--gazetteer", own)
        assert result.exit_code == 2
        assert "own.csv" in result.stderr
        assert result.stdout == ""

    def test_texts_of_other_formats_are_kept(self, articles: Path, tmp_path: Path):
        output = tmp_path / "records.jsonl"
        files = [file for file in sorted(articles.iterdir()) if file.suffix != ".txt"]
        assert hamkor("extract", *files, "--output", output).exit_code == 0
        found = rows(output.read_text(encoding="utf-8"))
        assert len(found) == 3
        for row in found:
            kept = tmp_path / "records.texts" / f"{row['document']['id']}.txt"
            text = kept.read_bytes().decode("utf-8")
            assert len(text) == row["document"]["characters"]
            spans = [mention for institution in row["institutions"] for mention in institution["mentions"]]
            assert spans
            assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)

    def test_one_identifier_in_two_forms(self, articles: Path, tmp_path: Path):
        page = next(articles.glob("*.html"))
        (tmp_path / page.name).write_bytes(page.read_bytes())
        (tmp_path / f"{page.stem}.txt").write_text(UZBEK, encoding="utf-8")
        found = rows(hamkor("extract", tmp_path).stdout)
        assert [row["document"]["id"] for row in found] == [page.stem, f"{page.stem}-2"]


def test_show_in_the_terminal(folder: Path):
    result = hamkor("show", folder / "one.txt")
    assert result.exit_code == 0
    assert "British Library" in result.stdout
    assert "2021-06-03" in result.stdout


def test_show_as_a_page_that_needs_nothing_else(folder: Path, tmp_path: Path):
    (folder / "odd.txt").write_text(
        ENGLISH + '\n<script src="https://example.org/x.js">&amp;</script>', encoding="utf-8"
    )
    page = tmp_path / "page.html"
    assert hamkor("show", folder / "odd.txt", "--html", page).exit_code == 0
    tree = lxml.html.document_fromstring(page.read_text(encoding="utf-8"))
    assert tree.find(".//article").text_content() == (folder / "odd.txt").read_text(encoding="utf-8")
    assert [mark.text_content() for mark in tree.iterfind(".//mark[@class='date']")] == ["3 June 2021"]
    assert not tree.xpath("//@src | //link | //img | //iframe | //a[not(starts-with(@href, '#'))]")
    assert "http" not in "".join(tree.xpath("//style/text()"))
    record = json.loads(tree.get_element_by_id("record").text)
    assert record["dates"][0]["edtf"] == "2021-06-03"
    links = {link.lstrip("#") for link in tree.xpath("//aside//a/@href")}
    assert links == set(tree.xpath("//mark/@id"))


def test_explain_names_a_reason_for_each_finding(folder: Path):
    result = hamkor("explain", folder / "one.txt")
    assert result.exit_code == 0
    record = rows(hamkor("extract", folder / "one.txt").stdout)[0]
    lines = result.stdout.splitlines()
    for what, found in (
        ("date", record["dates"]),
        ("count", record["copy_counts"]),
        ("agreement", record["agreements"]),
    ):
        told = [line for line in lines if line.startswith(f"{what} ")]
        assert len(told) == len(found)
        assert all("rule " in line for line in told)
    assert sum(line.startswith("institution ") for line in lines) == sum(
        len(i["mentions"]) for i in record["institutions"]
    )


@pytest.mark.parametrize("command", ["show", "explain", "transliterate"])
def test_one_article_that_cannot_be_read(command: str, tmp_path: Path):
    arguments = ["--to", "latin"] if command == "transliterate" else []
    result = hamkor(command, *arguments, tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "none.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_schema_is_the_one_that_records_are_valid_against(folder: Path):
    schema = json.loads(hamkor("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema)
    row = rows(hamkor("extract", folder / "two.txt").stdout)[0]
    checker.validate(row)
    row["institutions"][0]["kind"] = "shop"
    assert not checker.is_valid(row)


@pytest.mark.parametrize(
    ("to", "given", "expected"),
    [
        ("latin", "Ўзбекистон Миллий кутубхонаси\n", "Oʻzbekiston Milliy kutubxonasi\n"),
        ("cyrillic", "Oʻzbekiston yili\n", "Ўзбекистон йили\n"),
    ],
)
def test_transliterate(to: str, given: str, expected: str):
    result = hamkor("transliterate", "--to", to, input=given)
    assert (result.exit_code, result.stdout) == (0, expected)


def test_table(folder: Path, tmp_path: Path):
    output = tmp_path / "records.jsonl"
    hamkor("extract", folder, "--output", output)
    result = hamkor("table", output)
    assert result.exit_code == 0
    assert "3 articles" in result.stdout
    assert "one-2" in result.stdout


def test_table_of_something_else(folder: Path):
    result = hamkor("table", folder / "one.txt")
    assert result.exit_code == 2
    assert "one.txt, line 1" in result.stderr


def test_help_and_version():
    assert hamkor("--version").stdout == f"hamkor {__version__}\n"
    told = hamkor("--help").stdout
    assert all(command in told for command in ("extract", "show", "explain", "schema", "transliterate"))


def test_a_reader_that_goes_away_is_no_fault(folder: Path):
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "extract", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parent.parent,
    )
    assert process.stdout is not None
    process.stdout.close()  # as `| head` does
    assert process.stderr is not None
    told = process.stderr.read().decode()
    process.wait(timeout=120)
    assert "Traceback" not in told
    assert "Exception ignored" not in told


class TestGazetteerCheck:
    def test_the_gazetteers_of_hamkor_are_in_order(self):
        result = hamkor("gazetteer", "check")
        assert (result.exit_code, result.stdout) == (0, "")

    def test_a_duplicate_is_told_and_ends_with_one(self, tmp_path: Path):
        header = "key,kind,country,role,en,ru,uz\n"
        (tmp_path / "institutions").mkdir()
        (tmp_path / "countries.csv").write_text(
            "code,en,ru,uz\nUZ,Uzbekistan,Узбекистан,Oʻzbekiston\n", encoding="utf-8"
        )
        (tmp_path / "places.csv").write_text("name_en,name_ru,name_uz,country,kind,aliases\n", encoding="utf-8")
        row = "one-house,museum,UZ,,One House,Один дом,Bir uy\n"
        (tmp_path / "institutions" / "a.csv").write_text(header + row + row, encoding="utf-8")
        result = hamkor("gazetteer", "check", tmp_path)
        assert result.exit_code == 1
        assert "one-house" in result.stdout
