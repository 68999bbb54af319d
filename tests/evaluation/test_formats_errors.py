"""Wrong input in other notations: the message names the file, the line and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.formats import read_gold_any
from pipeline.evaluation.gold import GoldError

TEXT = "The Norsk Library gave 5 books in 2014."
ENTITY = {"id": "r1", "from_name": "id", "to_name": "text", "type": "textarea"}


def region(
    label: str = "institution", start: int = 4, end: int = 17, id: str = "r1", text: str | None = None
) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": TEXT[start:end] if text is None else text, "labels": [label]}
    return {"id": id, "from_name": "layer", "to_name": "text", "type": "labels", "value": value}


def control(name: str, value: str, id: str = "r1") -> dict[str, Any]:
    kind = "choices" if name in ("kind", "unit", "act", "flags") else "textarea"
    said = {"start": 4, "end": 17, {"choices": "choices", "textarea": "text"}[kind]: [value]}
    return {"id": id, "from_name": name, "to_name": "text", "type": kind, "value": said}


def refused(folder: Path, name: str, content: str) -> GoldError:
    (folder / name).write_bytes(content.encode("utf-8"))
    with pytest.raises(GoldError) as caught:
        read_gold_any(folder / name)
    assert Path(caught.value.file).name == name
    return caught.value


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ([region(end=18)], "begins or ends with white space"),
        ([region(text="Norsk library")], "says 'Norsk library', the text has 'Norsk Library' there; was the text changed?"),
        ([region(start=4, end=400, text="Norsk")], "says 'Norsk', the text has 'Norsk Library gave 5 books in 2014.' there"),
        ([region("place")], "is labelled ['place']; it takes one of institution, date, count, agreement"),
        ([region(), control("id", "nl-no")], "'nl-no' is not listed under institutions"),
        ([region(), control("kind", "library")], "says what its institution is, but has no id"),
        ([region(), control("id", "nl-no"), control("kind", "shop")], "kind is 'shop'"),
        ([region(), control("colour", "red")], "'colour' is no control of hamkor's labelling configuration"),
        ([control("id", "nl-no")], "has fields but no label"),
        ([region("date")], "a date needs its value"),
        ([region("count"), control("n", "many")], "n is 'many', neither a number nor a range"),
        ([region(), control("id", "x"), control("kind", "library"), control("names", "Norsk")], "is not name=value"),
        (
            [region(), control("flags", "optional"), region("date", 6, 20, "r2"), control("v", "2014", "r2")],
            "cross; spans nest",
        ),
        (
            [region("count"), control("flags", "optional"),
             {"type": "relation", "from_id": "r1", "to_id": "r9", "labels": ["to"]}],
            "to of region r1 leads to r9, which is no institution with an id",
        ),
        (
            [region(), control("id", "x"), control("kind", "library"),
             region(id="r2"), control("id", "x", "r2"), control("kind", "museum", "r2")],
            "x has the kind 'library' at one place and 'museum' at another",
        ),
        ([{"id": "r1", "from_name": "layer", "type": "labels"}], "has no value"),
        ([{"id": "r1", "from_name": "layer", "type": "labels", "value": {}}], "has no start and end"),
    ],
)  # fmt: skip
def test_label_studio(result: list[dict[str, Any]], reason: str, tmp_path: Path):
    good = {"data": {"text": TEXT, "id": "first"}, "annotations": [{"result": []}]}
    bad = {"data": {"text": TEXT, "id": "second"}, "annotations": [{"result": result}]}
    content = json.dumps([good, bad], indent=1)
    error = refused(tmp_path, "tasks.json", content)
    assert reason in error.reason
    # The line of a region, else of its task.
    second = content[: content.index('"second"')].count("\n") - 1
    assert error.line >= second
    assert any(f'"{id}"' in content.splitlines()[error.line - 1] for id in ("r1", "r2")) or error.line <= second


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("[\n{]", 2, "JSON: "),
        ("{}", 1, "a list of tasks"),
        ('[\n\n{"id": 1, "text": "a", "label": []}]', 3, "not as JSON-MIN"),
        ('[\n{"data": {"id": "x"}, "annotations": []}]', 2, "has no text in data.text"),
        ('[\n{"data": {"id": "x", "text": "a"}, "annotations": []}]', 2, "x has no annotation"),
        ('[{"data": {"id": "x", "text": "a"}, "annotations": [{"result": []}, {"result": []}]}]', 1, "x has 2 annotations"),
        ('[{"data": {"id": "x", "text": "a"}, "annotations": [{}]}]', 1, "has no list of results"),
    ],
)  # fmt: skip
def test_label_studio_as_a_whole(content: str, line: int, reason: str, tmp_path: Path):
    error = refused(tmp_path, "tasks.json", content)
    assert reason in error.reason
    assert error.line == line


def test_label_studio_takes_the_ground_truth_and_leaves_what_was_cancelled(tmp_path: Path):
    def annotation(value: str, **more: Any) -> dict[str, Any]:
        date = region("date", 34, 38)
        return {"result": [date, control("v", value)], **more}

    annotations = [annotation("2011", was_cancelled=True), annotation("2012"), annotation("2013", ground_truth=True)]
    for kept, expected in ((annotations, "2013"), (annotations[:2], "2012")):
        task = {"id": 7, "data": {"text": TEXT}, "annotations": kept}
        (tmp_path / "tasks.json").write_text(json.dumps([task]), encoding="utf-8")
        (gold,) = read_gold_any(tmp_path / "tasks.json")
        assert (gold.id, [date.edtf for date in gold.dates]) == ("tasks-7", [expected])


def test_label_studio_draws_relations_either_way(tmp_path: Path):
    result = [
        region(), control("id", "nl-no"), control("kind", "library"),
        region("count", 23, 30, "r2"), control("n", "5", "r2"), control("unit", "books", "r2"), control("act", "transferred", "r2"),
        {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "left", "labels": ["from"]},
    ]  # fmt: skip
    task = {"data": {"text": TEXT, "id": "a"}, "annotations": [{"result": result}]}
    (tmp_path / "tasks.json").write_text(json.dumps([task]), encoding="utf-8")
    (gold,) = read_gold_any(tmp_path / "tasks.json")
    assert [(count.text, count.from_) for count in gold.counts] == [("5 books", "nl-no")]


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ("T1\tInstitution 4 17\tNorsk library", 1, "the text has 'Norsk Library' there; was the text changed"),
        ("T1\tInstitution 4 x\tNorsk Library", 1, "is no span"),
        ("T1\tPlace 4 17\tNorsk Library", 1, "unknown type Place; known are Institution, Date"),
        ("\nZ1\tInstitution", 2, "is no line of brat"),
        ("*\tEquiv T1 T2", 1, "no use for a relation without an id"),
        ("T1\tInstitution 4 17\tNorsk Library", 1, "not listed under institutions"),
        ("T1\tDate 34 38\t2014", 1, "a date needs its value"),
        ("T1\tDate 34 38\t2014\nA1\tSure T1", 2, "there is no attribute 'Sure'; known are Optional"),
        ("T1\tDate 34 38\t2014\nA1\tOptional", 2, "is no attribute; it is written as"),
        ("T1\tDate 34 38\t2014\nA1\tOptional T7", 2, "there is no T7"),
        ("T1\tDate 34 38\t2014\n#1\tAnnotatorNotes T1\tabout 2014", 2, "'about 2014' is not name=value"),
        ("T1\tDate 34 38\t2014\nE1\tAgreement:T1", 2, "is no event of hamkor"),
        ("E1", 1, "is no event of hamkor"),
        ("T1\tAgreement 0 3\tThe\nE1\tAgreement:T1 Theme:T1", 2, "has the role Party, not Theme"),
        ("T1\tAgreement 0 3\tThe\nE1\tAgreement:T1 Party:T1", 2, "T1 is no institution with an id"),
        ("T1\tDate 34 38\t2014\nR1\tFrom Arg1:T1 Arg2:T1", 2, "From leads from a count to an institution"),
        ("T1\tDate 34 38\t2014\nR1\tOf Arg1:T1 Arg2:T1", 2, "is no relation of hamkor; there are From, To, By"),
        ("#1\tAnnotatorNotes *\tkind=library", 1, "needs its id"),
        (
            "T1\tInstitution 4 17\tNorsk Library\n#1\tAnnotatorNotes T1\tid=a kind=library\n#2\tAnnotatorNotes *\tid=a kind=museum",
            1,
            "a has the kind 'library' here and 'museum' in line 3",
        ),
    ],
)
def test_brat(lines: str, line: int, reason: str, tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    error = refused(tmp_path, "a.ann", lines + "\n")
    assert reason in error.reason
    assert error.line == line


def test_brat_without_its_article(tmp_path: Path):
    (tmp_path / "a.ann").write_text("", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"a\.txt"):
        read_gold_any(tmp_path / "a.ann")


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ("", 1, "there is no token in it"),
        ("Norsk\tO\tO", 1, "3 columns, there should be 6: FORM INSTITUTION DATE COUNT AGREEMENT MISC"),
        ("# global.columns = FORM DATE PERSON", 1, "not PERSON"),
        ("# global.columns = DATE FORM", 1, "FORM first"),
        ("# global.columns = FORM DATE\nin O\n2014 B-date", 3, "the date says nothing of its value"),
        ("# global.columns = FORM DATE MISC\n2014 I-date date.v=2014", 2, "I-date where no date is open"),
        ("# global.columns = FORM DATE MISC\n2014 B-place date.v=2014", 2, "'B-place' is no tag of this column"),
        ("# global.columns = FORM DATE MISC\n2014\tO\ta b", 2, "is not name=value"),
        ("# institution kind=library", 1, "an institution needs its id"),
        ("# global.columns = FORM DATE\n2014 O\n# id = b\n2015 O", 3, "a second article begins here"),
        ("# global.columns = FORM INSTITUTION MISC\nNorsk B-institution institution.id=a", 2, "not listed"),
    ],
)
def test_columns(lines: str, line: int, reason: str, tmp_path: Path):
    error = refused(tmp_path, "a.conll", lines + "\n")
    assert reason in error.reason
    assert error.line == line


def test_columns_of_another_hand(tmp_path: Path):
    """Fewer columns, parted by blanks, Windows line ends: read as long as they say what hamkor judges."""
    lines = "# global.columns = FORM DATE MISC\r\nin O _\r\nMay B-date date.v=2014-05\r\n2014 I-date SpaceAfter=No\r\n. O _\r\n"
    (tmp_path / "a.iob2").write_bytes(lines.encode())
    (gold,) = read_gold_any(tmp_path / "a.iob2")
    assert gold.text == "in May 2014."
    assert [(date.text, date.edtf) for date in gold.dates] == [("May 2014", "2014-05")]


@pytest.mark.parametrize("name", ["a.json", "a.ann", "a.conll"])
def test_a_file_that_is_not_utf8(name: str, tmp_path: Path):
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / name).write_bytes("книга".encode("cp1251"))
    with pytest.raises(GoldError, match="not UTF-8"):
        read_gold_any(tmp_path / name)
