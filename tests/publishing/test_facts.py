"""What leaves hamkor: sure enough, with its words, in characters that every registry can keep; and where it comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.authority.confidence import THRESHOLD
from pipeline.authority.judgements import Judgements
from pipeline.publishing.agreements import agreed, tellings_of
from pipeline.publishing.facts import FeedError, bounds, facts, plain
from pipeline.publishing.feed import RecordsFile, open_feed
from pipeline.publishing.tables import tables
from pipeline.workspace import Change, Link, Workspace
from tests.publishing.stories import HOSTILE, Draft, Story, hostile, key_of, rich, telling


def change_of(draft: Draft, *, text: str | None = None) -> Change:
    return Change(key_of("x"), ("x.txt",), 1, "added", draft.record(key_of("x")), draft.text if text is None else text)


@given(st.text(st.characters() | st.sampled_from("\x00\x1f\ud800\udfff\ufffe\r\n\t")))
def test_plain_text(text: str) -> None:
    kept = plain(text)
    assert len(kept) == len(text)
    kept.encode("utf-8")
    assert plain(kept) == kept
    assert all(mine == char or mine == "\ufffd" for mine, char in zip(kept, text, strict=True))
    assert "\x00" not in kept
    assert not any(ord(char) < 32 and char not in "\t\n\r" for char in kept)


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2014", ("2014-01-01", "2014-12-31")), ("2014-02", ("2014-02-01", "2014-02-28")), ("2009/2014", ("2009-01-01", "2014-12-31")),
        ("2007/..", ("2007-01-01", None)), ("../2014", (None, "2014-12-31")), ("199X", ("1990-01-01", "1999-12-31")), ("1870~", ("1870-01-01", "1870-12-31")),
        ("-0499", (None, None)), ("XXXX-08-28", (None, None)), (None, (None, None)), ("=cmd", (None, None)), ("2014-24", ("2014-12-01", "2015-02-28")),
    ],
)  # fmt: skip
def test_bounds(edtf: str | None, days: tuple[str | None, str | None]) -> None:
    assert bounds(edtf) == days


def test_every_row_has_its_columns() -> None:
    columns = {table.name: list(table.columns) for table in tables()}
    kinds = {"integer": int, "real": float, "flag": bool}
    for change in (*rich().changes(), *Story({"evil": hostile()}).changes()):
        for name, rows in facts(change).rows.items():
            for row in rows:
                assert set(row) == {column.name for column in columns[name]}, name
                for column in columns[name]:
                    value = row[column.name]
                    assert column.optional if value is None else type(value) is kinds.get(column.kind, str), (
                        name,
                        column.name,
                    )


def test_facts_of_real_articles(extractor: pipeline.Extractor, articles: Path) -> None:
    seen = 0
    for path in sorted(articles.glob("*-0[1-5]-*.txt"))[:6]:
        text = path.read_bytes().decode("utf-8")
        record = extractor.extract(text, id=path.stem)
        one = facts(Change(path.stem, (path.name,), 1, "added", record, text))
        assert len(one.rows["mentions"]) == sum(len(i.mentions) for i in record.institutions)
        assert len(one.rows["dates"]) == len(record.dates)
        assert len(one.rows["copy_counts"]) == len(record.copy_counts)
        assert len(one.rows["tellings"]) == sum(agreement.confidence >= THRESHOLD for agreement in record.agreements)
        for row in one.rows["evidences"]:
            assert text[row["start_offset"] : row["end_offset"]] == row["text"]
        further = {(row["telling"], row["evidence"]) for row in one.rows["telling_evidences"]}
        assert len(further) == len(one.rows["telling_evidences"])
        seen += len(one.rows["evidences"])
    assert seen > 50


def test_further_evidence_needs_the_text() -> None:
    draft = telling(["a", "b"])
    draft.agreements[0]["evidence"] = [
        (0, 8),
        (draft.agreements[0]["trigger"]["start"], draft.agreements[0]["trigger"]["end"]),
    ]
    one = facts(change_of(draft))
    (further,) = one.rows["telling_evidences"]
    assert one.rows["evidences"][int(further["evidence"]) - 1]["text"] == draft.text[:8]
    without = Change(key_of("x"), (), 1, "added", draft.record(key_of("x")), None)
    assert facts(without).rows["telling_evidences"] == []
    assert facts(without).sources == (f"{key_of('x')[:8]}.txt",)


@pytest.mark.parametrize("text", ["shorter", "x" * 300])
def test_a_record_of_another_text(text: str) -> None:
    with pytest.raises(FeedError, match="extract it anew"):
        facts(change_of(telling(["a", "b"]), text=text))


def test_a_word_of_another_text() -> None:
    draft = telling(["a", "b"])
    with pytest.raises(FeedError, match="are not the words"):
        facts(change_of(draft, text=draft.text.replace("Museum a", "Museum ä")))


def test_a_withdrawn_article_says_nothing() -> None:
    with pytest.raises(ValueError, match="withdrawn"):
        facts(Change("x", (), 1, "withdrawn", None, None))


def test_no_number_of_things() -> None:
    draft = Draft()
    draft.count("very many books", 10**30)
    draft.count("7 books", 7)
    assert [row["number"] for row in facts(change_of(draft)).rows["copy_counts"]] == [7]


def test_judgements_since() -> None:
    draft = Draft()
    draft.agreement([draft.institution("x-a-uz"), draft.institution("x-b-uz"), draft.institution("c")])
    judged = Judgements({"x-a-uz": "nl-uz", "x-b-uz": "c"}, {})
    one = facts(change_of(draft), judgements=judged)
    assert {row["key"] for row in one.rows["institutions"]} == {"nl-uz", "c"}
    assert one.rows["tellings"] == []  # two of its parties are one: who the three are is not sure
    assert len(one.rows["appearances"]) == 3


def test_agreements_do_not_hang_on_order() -> None:
    tellings = [one for change in rich().changes() for one in tellings_of(facts(change))]
    assert agreed(tellings) == agreed(reversed(tellings))
    (row,) = [one for one in agreed(tellings) if one.row["parties"] == "nl-kz+nl-uz"]
    assert row.run == 1
    assert {conflict["value"] for conflict in row.conflicts} == {"2016", "2018"}
    assert len(row.tellings) == 2


class TestFeeds:
    def test_a_file_of_records(self, tmp_path: Path) -> None:
        path = tmp_path / "records.jsonl"
        lines = [telling(["a", "b"]).record(key_of(name)).to_json() for name in ("one", "two", "one")]
        lines.append(json.dumps({"document": {"id": "bad"}, "error": {"type": "reading", "message": "no"}}))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with open_feed(path) as feed:
            assert [change.key for change in feed.changes()] == [key_of("one"), key_of("two")]
            (run,) = feed.runs()
            assert (run.number, run.articles) == (1, 2)
            assert list(feed.changes(since=1)) == []

    def test_records_of_no_known_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "records.jsonl"
        records = [draft.record("") for draft in (telling(["a", "b"]), telling(["a", "c"]))]
        path.write_text("".join(record.to_json() + "\n" for record in records), encoding="utf-8")
        assert len({change.key for change in RecordsFile(path).changes()}) == 2

    @pytest.mark.parametrize("content", ["{", "[]", '{"document": {"id": "a"}}'])
    def test_a_file_of_something_else(self, content: str, tmp_path: Path) -> None:
        path = tmp_path / "records.jsonl"
        path.write_text(content + "\n", encoding="utf-8")
        with open_feed(path) as feed, pytest.raises(FeedError, match=r"records\.jsonl"):
            list(feed.changes())

    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(FeedError, match=r"none\.jsonl"), open_feed(tmp_path / "none.jsonl") as feed:
            feed.runs()
        with pytest.raises(FeedError, match=str(tmp_path)), open_feed(tmp_path):
            pass

    def test_a_workspace(self, tmp_path: Path) -> None:
        Workspace.open(tmp_path / "w", create=True).close()
        with open_feed(tmp_path / "w") as feed:
            assert list(feed.changes()) == []
            assert feed.runs() == []


def test_hostile_words_are_kept_as_long_as_they_were() -> None:
    one = facts(change_of(hostile()))
    assert one.text is not None
    for row in one.rows["evidences"]:
        assert one.text[row["start_offset"] : row["end_offset"]] == row["text"]
    assert {str(row["text"]) for row in one.rows["evidences"]} >= set(map(plain, HOSTILE))


def test_articles_that_say_the_same() -> None:
    links = (Link("k1", "same text", 1.0, ("copy.txt",)), Link("k2", "linked", 0.9, ()))
    change = Change(key_of("x"), ("b.txt", "a.txt"), 1, "added", telling(["a", "b"]).record(key_of("x")), None, links)
    one = facts(change)
    assert [(row["other"], row["kind"], row["similarity"]) for row in one.rows["duplicates"]] == [
        ("k1", "same text", 1.0),
        ("k2", "linked", 0.9),
    ]
    assert one.sources == ("b.txt", "a.txt")
