"""Wrong input has a message with file and line, never a figure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hand import gold_of, record_of

from pipeline.evaluation.formats import FORMATS, write
from pipeline.evaluation.gold_writer import format_gold
from pipeline.evaluation.runs import RunError, read_golds, read_records

BODY = 'Bir <i id="nl">Kutubxona</i>\nva <d v="2014">2014</d>.'
TEXT = "Bir Kutubxona\nva 2014."


def written(folder: Path, *, id: str = "one", body: str = BODY) -> Path:
    file = folder / f"{id}.gold"
    file.write_text(format_gold(gold_of(body, id=id)), encoding="utf-8")
    return file


def row(*, id: str = "one", body: str = BODY) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(record_of(body, id=id).to_json())
    return plain


def lines(folder: Path, *rows: Any) -> Path:
    file = folder / "records.jsonl"
    file.write_text(
        "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in rows), encoding="utf-8"
    )
    return file


def test_gold_of_files_and_folders(tmp_path: Path):
    written(tmp_path, id="two")
    one = written(tmp_path, id="one")
    (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8")
    assert [gold.id for gold in read_golds([tmp_path])] == ["one", "two"]
    assert [gold.id for gold in read_golds([one, tmp_path])] == [
        "one",
        "two",
    ]  # a file that is named twice is read once


@pytest.mark.parametrize("format", FORMATS)
def test_gold_of_other_tools(format: str, tmp_path: Path):
    golds = [gold_of(BODY, id=id) for id in ("one", "two")]
    write(golds, to=format, folder=tmp_path / "made")
    read = sorted(read_golds([tmp_path / "made"]), key=lambda gold: gold.id)
    assert [(gold.id, gold.text, gold.dates) for gold in read] == [(gold.id, gold.text, gold.dates) for gold in golds]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "nothing", "nothing: there is no such file or folder"),
        (lambda folder: folder, "there is no gold in this folder"),
        (lambda folder: broken(folder, '<d v="2014">2014\n---\n'), r"broken.gold, line 1: <d> is never closed"),
        (lambda folder: broken(folder, 'a\nb <d v="2014-9">2014</d>\n---\n'), r"broken.gold, line 2: '2014-9' is no EDTF value"),
        (
            lambda folder: broken(
                folder,
                'a <a id="t">b</a>\n---\nagreements:\n - {kind: treaty, status: signed, parties: ["country:UZ", "country:KZ"], signed: soon, trigger: t}',
            ),
            r"broken.gold, agreement 1: 'soon' is no EDTF value",
        ),
    ],
)  # fmt: skip
def test_gold_that_cannot_be_used(make: Callable[[Path], Path], message: str, tmp_path: Path):
    with pytest.raises(RunError, match=message):
        read_golds([make(tmp_path)])


def broken(folder: Path, text: str) -> Path:
    file = folder / "broken.gold"
    file.write_text(text, encoding="utf-8")
    return file


def test_no_gold_at_all():
    with pytest.raises(RunError, match="nothing to evaluate"):
        read_golds([])


def test_one_name_in_two_folders(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    written(tmp_path / "a")
    written(tmp_path / "b")
    with pytest.raises(RunError, match=r"b/one.gold: 'one' is in .*a/one.gold too"):
        read_golds([tmp_path / "a", tmp_path / "b"])


def test_records_in_the_order_of_the_gold(tmp_path: Path):
    golds = [gold_of(BODY, id=id) for id in ("one", "two")]
    file = lines(tmp_path, row(id="two"), "", row(id="three"), row(id="one"))
    records, others = read_records(file, golds)
    assert ([record.document.id for record in records], others) == (["one", "two"], 1)


def other_sha(plain: dict[str, Any], characters: int, **change: Any) -> dict[str, Any]:
    plain["document"] |= {"characters": characters, **change}
    return plain


def wrong_slice() -> dict[str, Any]:
    plain = row()
    plain["dates"][0]["text"] = "2O14"
    return plain


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "records.jsonl: it is empty"),
        (["{"], r"records.jsonl, line 1: no JSON"),
        ([row(id="other"), "[1]"], r"records.jsonl, line 2: no record, but list"),
        ([{"dates": []}], r"records.jsonl, line 1: no record: it has no document.id"),
        ([row(), row()], r"records.jsonl, line 2: the record of 'one' stands in line 1 already"),
        ([row(id="x"), row(id="y")], "none of its 2 records is of an article of the gold: it has x, y, the gold has one"),
        ([{**row(), "dates": [{"id": "d1"}]}], r"records.jsonl, line 1: no valid record: dates.0.start"),
        ([{"document": {"id": "one"}, "error": {"type": "reading", "message": "too large"}}], r"line 1: the extraction of 'one' failed \(too large\)"),
        ([other_sha(row(), 500)], r"line 1: 'one' is of a text of 500 characters, the gold of that name has 22"),
        ([other_sha(row(), 21)], r"of 21 characters"),
        ([wrong_slice()], r"line 1: 'one' says '2O14' at 17-21, where the gold's article has '2014': it is of another text"),
        ([row(body=BODY.replace("Bir", "Ikk"))], None),  # another text that agrees wherever it says something cannot be told apart
        ([row(body='<i id="nl">Arxiv</i> uchun\nva yillar.')], r"says 'Arxiv' at 0-5"),
    ],
)  # fmt: skip
def test_records_that_cannot_be_used(rows: list[Any], message: str | None, tmp_path: Path):
    golds = [gold_of(BODY, id="one")]
    if message is None:
        assert len(read_records(lines(tmp_path, *rows), golds)[0]) == 1
        return
    with pytest.raises(RunError, match=message):
        read_records(lines(tmp_path, *rows), golds)


def test_a_missing_record_is_named(tmp_path: Path):
    golds = [gold_of(BODY, id=id) for id in ("one", "two")]
    with pytest.raises(RunError, match="no record of two; extract them too"):
        read_records(lines(tmp_path, row()), golds)


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(RunError, match=r"nothing\.jsonl: No such file"):
        read_records(tmp_path / "nothing.jsonl", [gold_of(BODY)])


def test_the_hash_of_the_source_settles_it(tmp_path: Path):
    """A wrong slice in a record of the very text is a fault of the record, which its figure shows; line ends at the end of the file do not matter."""
    import hashlib

    plain = wrong_slice()
    plain["document"] |= {"sha256": hashlib.sha256((TEXT + "\n").encode()).hexdigest(), "characters": len(TEXT) + 1}
    [record], _ = read_records(lines(tmp_path, plain), [gold_of(BODY, id="one")])
    assert record.dates[0].text == "2O14"


def test_line_ends_after_the_text_do_not_matter(tmp_path: Path):
    [record], _ = read_records(lines(tmp_path, other_sha(row(), len(TEXT) + 2)), [gold_of(BODY, id="one")])
    assert record.document.characters == len(TEXT) + 2
