"""The register: one row for one agreement, whatever the order of the articles; what they differ in is shown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import pipeline
from pipeline.commands.agreements import agreements
from pipeline.register.agreements import Row, register
from pipeline.register.sightings import read_batch
from pipeline.register.tables import CSV_COLUMNS, csv_lines, json_lines, table_of
from pipeline.summary import SummaryError
from tests.register.batches import article, batch_of, command, telling

SAME = [  # tellings of two articles that are one agreement; its signed, valid, status
    ([telling(), telling()], ("2014", None, "signed")),
    ([telling(signed="2014"), telling(signed="2014-05-03")], ("2014-05-03", None, "signed")),
    ([telling(signed="2014"), telling(signed=None)], ("2014", None, "signed")),
    ([telling(signed=None), telling(signed=None)], (None, None, "signed")),
    ([telling(signed=None, valid="2009/2014"), telling(signed=None, valid="2009/..")], (None, "2009/2014", "signed")),
    ([telling(signed="2009", valid=None), telling(signed=None, valid="2009/2014")], ("2009", "2009/2014", "signed")),
    ([telling(signed="2008", valid="2009/2014"), telling(signed=None, valid="2009/2014")], ("2008", "2009/2014", "signed")),
    ([telling(signed="2020"), telling(signed=None, valid="../2026")], ("2020", "../2026", "signed")),
    ([telling(signed="2014~"), telling(signed="2014")], ("2014", None, "signed")),
    ([telling(parties=("b", "a")), telling(parties=("a", "b"))], ("2014", None, "signed")),
]  # fmt: skip


@pytest.mark.parametrize(("tellings", "said"), SAME)
def test_one_agreement(tellings: list[dict[str, object]], said: tuple[str | None, ...], tmp_path: Path) -> None:
    for ordered in (tellings, tellings[::-1]):
        (row,) = rows_of(tmp_path, *([one] for one in ordered))
        assert (row.signed, row.valid, row.status) == said
        assert not row.conflicts
        assert len(row.sightings) == 2
    (row,) = rows_of(tmp_path, tellings)  # within one article, the same
    assert (row.signed, row.valid, row.articles) == (*said[:2], ("a0",))


APART = [  # tellings that are two agreements
    [telling(kind="memorandum"), telling(kind="agreement")],
    [telling(parties=("a", "b")), telling(parties=("a", "c"))],
    [telling(parties=("a", "b")), telling(parties=("a", "b", "c"))],
    [telling(signed="2014"), telling(signed="2015")],
    [telling(signed=None, valid="2009/2014"), telling(signed=None, valid="2010/2014")],
    [telling(signed="2014", valid="2014/2016"), telling(signed="2014", valid="2015/2016")],
    [telling(signed="2030"), telling(signed=None, valid="../2026")],
    [telling(parties=("a", "country:UZ")), telling(parties=("a", "country:KZ"))],
]


@pytest.mark.parametrize("tellings", APART)
def test_two_agreements(tellings: list[dict[str, object]], tmp_path: Path) -> None:
    assert len(rows_of(tmp_path, *([one] for one in tellings))) == 2
    assert len(rows_of(tmp_path, tellings)) == 2


def test_an_undated_telling_is_none_of_two(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, [telling(signed="2014")], [telling(signed="2019")], [telling(signed=None)])
    assert [row.signed for row in rows] == ["2014", "2019", None]
    assert len({row.id for row in rows}) == 3


class TestConflicts:
    def test_two_days(self, tmp_path: Path) -> None:
        (row,) = rows_of(tmp_path, [telling(signed="2014-05-03")], [telling(signed="2014-06-01")])
        assert row.signed == "2014"
        assert row.conflicts == {"signed": {"2014-05-03": ("a0",), "2014-06-01": ("a1",)}}

    def test_two_ends(self, tmp_path: Path) -> None:
        (row,) = rows_of(tmp_path, [telling(valid="2014/2016")], [telling(valid="2014/2019")])
        assert row.valid is None
        assert row.conflicts == {"valid until": {"2016": ("a0",), "2019": ("a1",)}}

    def test_status_of_the_later_article(self, tmp_path: Path) -> None:
        parts = [[telling(status="planned")], [telling(status="signed")]]
        (row,) = rows_of(tmp_path, *parts, dates=["2014-01", "2014-06-01"])
        assert (row.status, row.conflicts) == ("signed", {})
        (row,) = rows_of(tmp_path, *parts, dates=["2015", "2014-06-01"])
        assert (row.status, row.conflicts) == ("planned", {})

    @pytest.mark.parametrize("dates", [[None, None], ["2014-01", None], ["2014", "2014"]])
    def test_status_of_none(self, dates: list[str | None], tmp_path: Path) -> None:
        (row,) = rows_of(tmp_path, [telling(status="planned")], [telling(status="signed")], dates=dates)
        assert row.status is None
        assert row.conflicts == {"status": {"planned": ("a0",), "signed": ("a1",)}}

    def test_the_ends_do_not_fit(self, tmp_path: Path) -> None:
        (row,) = rows_of(tmp_path, [telling(signed=None, valid="2014/..")], [telling(signed=None, valid="2014/2014")])
        assert row.valid == "2014/2014"


POINTS = st.sampled_from([None, "2014", "2014-05", "2014-05-03", "2015", "201X", "XXXX-05-03", "2016~"])
SPANS = st.sampled_from([None, "2014/2016", "2014/..", "../2016", "2015/2019", "2014"])
TELLINGS = st.builds(
    telling,
    kind=st.sampled_from(["memorandum", "agreement"]),
    status=st.sampled_from(["signed", "planned", "ended"]),
    signed=POINTS,
    valid=SPANS,
    parties=st.sampled_from([("a", "b"), ("b", "a"), ("a", "b", "c"), ("a", "country:UZ")]),
)


@settings(max_examples=60)
@given(st.lists(st.lists(TELLINGS, max_size=3), max_size=5), st.data())
def test_the_order_of_the_articles_does_not_matter(articles: list[list[dict[str, object]]], data: st.DataObject) -> None:  # fmt: skip
    records = [article(number, tellings, "2014" if number % 2 else None) for number, tellings in enumerate(articles)]
    rows = register(batch_of(records))
    shuffled = data.draw(st.permutations(records))
    assert list(json_lines(register(batch_of(shuffled)))) == list(json_lines(rows))
    told = [sighting for row in rows for sighting in row.sightings]
    assert len(told) == sum(map(len, articles))  # none is lost, none told twice
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert {s.kind for s in row.sightings} == {row.kind}
        assert len({s.parties for s in row.sightings}) == 1
        years = {s.signed[:4] for s in row.sightings if s.signed and s.signed[:4].isdigit()}
        assert len(years) <= 1


def rows_of(tmp_path: Path, *articles: list[dict[str, object]], dates: list[str | None] | None = None) -> list[Row]:
    records = [article(number, tellings, (dates or [None] * 9)[number]) for number, tellings in enumerate(articles)]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(record.to_json() + "\n" for record in records), encoding="utf-8")
    return register(read_batch([path]))


def test_from_articles(extractor: pipeline.Extractor, tmp_path: Path) -> None:
    texts = [
        "В 2014 году Национальная библиотека Узбекистана и Национальная библиотека Казахстана подписали меморандум.",
        "2014 йил 5 майда Ўзбекистон Миллий кутубхонаси билан Қозоғистон Миллий кутубхонаси ўртасида меморандум имзоланди.",
    ]
    path = tmp_path / "records.jsonl"
    records = [extractor.extract(text, id=f"a{number}") for number, text in enumerate(texts)]
    path.write_text("".join(record.to_json() + "\n" for record in records), encoding="utf-8")
    (row,) = register(read_batch([path]))
    assert row.id == "nl-kz+nl-uz/memorandum/2014"
    assert row.signed == "2014-05-05"
    assert row.articles == ("a0", "a1")
    for sighting, text in zip(row.sightings, texts, strict=True):
        for quote in (sighting.trigger, *sighting.named):
            assert text[quote.start : quote.end] == quote.text


class TestOutput:
    def test_json(self, tmp_path: Path) -> None:
        (line,) = json_lines(rows_of(tmp_path, [telling()], [telling(signed="2014-05")]))
        plain = json.loads(line)
        assert plain["parties"][0] == {"key": "a", "name": "Museum a", "country": "UZ"}
        assert [one["document"] for one in plain["evidence"]] == ["a0", "a1"]
        assert plain["evidence"][0]["trigger"]["text"] == "memorandum"

    def test_csv(self, tmp_path: Path) -> None:
        rows = rows_of(tmp_path, [telling(status="planned"), telling(kind="contract")], [telling()])
        header, *cells = csv.reader(csv_lines(rows))
        assert tuple(header) == CSV_COLUMNS
        assert [row[1] for row in cells] == ["contract", "memorandum"]
        assert "status: planned (a0), signed (a1)" in cells[1][8]

    def test_table(self, tmp_path: Path) -> None:
        assert table_of(rows_of(tmp_path, [telling()]), failed=2).row_count == 1


class TestCommand:
    def test_formats(self, tmp_path: Path) -> None:
        rows_of(tmp_path, [telling()], [telling(parties=("a", "c"))])
        path = str(tmp_path / "records.jsonl")
        run = CliRunner().invoke
        assert "2 agreements" in run(command(agreements), [path]).stdout
        assert run(command(agreements), [path, "--format", "jsonl", "--party", "c"]).stdout.count("\n") == 1
        assert run(command(agreements), [path, "-f", "csv", "-o", str(tmp_path / "r.csv")]).exit_code == 0
        assert (tmp_path / "r.csv").read_text(encoding="utf-8").count("\n") == 3

    @pytest.mark.parametrize("arguments", [["--format", "xml"], ["--output", "r.txt"], ["--judgements", "none.csv"]])
    def test_wrong_use(self, arguments: list[str], tmp_path: Path) -> None:
        rows_of(tmp_path, [telling()])
        assert CliRunner().invoke(command(agreements), [str(tmp_path / "records.jsonl"), *arguments]).exit_code == 2

    @pytest.mark.parametrize("line", ["{", "[]", '{"document": {"id": "a"}}', '{"document": 1}'])
    def test_no_records(self, line: str, tmp_path: Path) -> None:
        path = tmp_path / "records.jsonl"
        path.write_text(line + "\n", encoding="utf-8")
        with pytest.raises(SummaryError, match=r"records\.jsonl"):
            read_batch([path])
        assert CliRunner().invoke(command(agreements), [str(path)]).exit_code == 2

    def test_failed_articles_are_counted(self, tmp_path: Path) -> None:
        path = tmp_path / "records.jsonl"
        path.write_text('{"document": {"id": "x"}, "error": {"type": "reading", "message": "no"}}\n', encoding="utf-8")
        assert read_batch([path]).failed == 1
        result = CliRunner().invoke(command(agreements), [str(path), "-f", "jsonl"])
        assert (result.exit_code, result.stdout) == (0, "")
