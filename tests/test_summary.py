"""The table of a batch: what it counts, and what it says of a file that holds no records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pipeline
from pipeline.summary import Summary, SummaryError, read_rows, summarise, table_of

TEXT = "The State Hermitage Museum lent 12 exhibits in 2014. В 2015 году Эрмитаж передал музею 30 экспонатов."


def test_a_record_in_short(extractor: pipeline.Extractor):
    record = extractor.extract(TEXT, id="loan")
    summary = summarise(json.loads(record.to_json()))
    assert summary.id == "loan"
    assert "en-Latn" in summary.languages
    assert (summary.institutions, summary.dates) == (len(record.institutions), len(record.dates))
    assert (summary.copy_counts, summary.agreements) == (len(record.copy_counts), len(record.agreements))
    assert summary.known == sum(institution.authority is not None for institution in record.institutions) >= 1
    assert summary.foremost == "State Hermitage Museum"


def test_an_article_without_findings(extractor: pipeline.Extractor):
    summary = summarise(json.loads(extractor.extract("Nothing here.", id="empty").to_json()))
    assert summary == Summary("empty", languages=("en-Latn",))


def test_the_row_of_a_failure():
    row = {"document": {"id": "bad", "source": "bad.pdf"}, "error": {"type": "reading", "message": "no text in it"}}
    assert summarise(row) == Summary("bad", error="no text in it")


def test_the_table_sums_up():
    table = table_of(
        [
            Summary("one", ("uz-Latn",), 3, 2, 5, 1, 1, "Museum"),
            Summary("two", ("ru-Cyrl",), 4, 1, 0, 0, 2),
            Summary("three", error="gone"),
        ]
    )
    assert [column.footer for column in table.columns] == [
        "3 articles, 1 of them failed",
        "",
        "7",
        "3",
        "5",
        "1",
        "3",
        "",
    ]
    assert table.row_count == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{}\n", "line 1: no record"),
        ('{"document": {}}\nnonsense\n', "line 2: no record"),
        ("[1]\n", "line 1: no record"),
    ],
)
def test_a_file_that_holds_no_records(tmp_path: Path, content: str, message: str):
    file = tmp_path / "records.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SummaryError, match=message):
        list(read_rows(file))


def test_a_missing_file(tmp_path: Path):
    with pytest.raises(SummaryError, match="cannot be read"):
        list(read_rows(tmp_path / "none.jsonl"))
