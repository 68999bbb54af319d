"""Gold in other notations: what goes out comes back, in every detail that a notation can hold."""

from __future__ import annotations

import dataclasses
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from golds import NAMES, golds
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluation.formats import FORMATS, brat, conll, label_studio, read_gold_any, write
from pipeline.evaluation.formats.fields import read_fields, write_fields
from pipeline.evaluation.gold import Gold, GoldError, parse_gold, read_gold
from pipeline.evaluation.gold_writer import format_gold
from pipeline.records import model

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DEV = sorted((CORPUS / "dev").glob("*.gold"))

WHOLE = parse_gold(
    """<i id="nl-xx">A &amp; B 📚 Library</i> gave <c n="100..120" unit="copies" act="transferred" bound="approx" from="nl-xx" to="country:NO">100–120 copies</c>
to <i id="inst-yy"><i id="yy" opt="1">Yy</i> Institute</i> and <i id="inst-yy" implied="1">Oslo</i> in <d v="2014-09">September 2014</d>: <a id="t1">agree-
ments</a> of <c opt="1">some books</c>; the <a id="t2" opt="1">latter</a>.
---
institutions:
  nl-xx: {kind: library, country: NO, en: 'A "B" Library', "uz-Latn": "two\\nlines"}
  inst-yy: {kind: research}
  nowhere: {kind: museum, country: UZ}
agreements:
  - {kind: memorandum, status: signed, parties: [nl-xx, "country:NO", inst-yy], signed: 2014-09-01, valid: ../2016, trigger: t1}
  - {kind: contract, status: planned, parties: [inst-yy, nowhere], trigger: t1, opt: 1}
""",
    file="eng-00.gold",
)


def through(golds: list[Gold], to: str, folder: Path) -> list[Gold]:
    write(golds, to=to, folder=folder)
    return read_gold_any(folder)


@pytest.mark.parametrize("to", ["gold", "label-studio", "brat"])
def test_everything_that_gold_says_comes_back(to: str, tmp_path: Path):
    assert through([WHOLE], to, tmp_path) == [WHOLE]


@pytest.mark.parametrize("to", ["gold", "label-studio", "brat"])
def test_the_corpus_comes_back(to: str, tmp_path: Path):
    dev = [read_gold(path) for path in DEV]
    assert len(dev) >= 40
    assert through(dev, to, tmp_path) == dev


@settings(max_examples=300)
@given(golds())
def test_any_gold_comes_back_from_its_own_notation(gold: Gold):
    if re.search(r"(?:^|\n)---(?:\r?\n|$)", gold.text) or "\n---\r" in gold.text:
        return  # the notation has no way to write such a line: the next test
    try:
        written = format_gold(gold)
    except GoldError as error:
        assert "which no tag can" in error.reason
        return
    assert parse_gold(written, file="eng-00.gold") == gold


def test_what_mark_up_cannot_hold_is_refused():
    gold = dataclasses.replace(WHOLE, text="one\n---\ntwo", institutions=(), dates=(), counts=(), triggers=())
    with pytest.raises(GoldError, match=r"eng-00, line 2: a line of the article is `---`"):
        format_gold(gold)
    date = dataclasses.replace(WHOLE.dates[0], edtf='"')
    with pytest.raises(GoldError, match="line 2: 'September 2014': the value '\"' holds one of"):
        format_gold(dataclasses.replace(WHOLE, dates=(date,)))


@pytest.mark.parametrize("ending", ["\r", "\r\n", "\n", ""])
def test_the_end_of_an_article_is_kept(ending: str):
    gold = dataclasses.replace(WHOLE, text=WHOLE.text + ending)
    assert parse_gold(format_gold(gold), file="eng-00.gold") == gold


@settings(max_examples=150)
@given(gold=golds(), to=st.sampled_from(["label-studio", "brat"]))
def test_any_gold_comes_back(gold: Gold, to: str, tmp_path_factory: pytest.TempPathFactory):
    assert through([gold], to, tmp_path_factory.mktemp("gold")) == [gold]


@settings(max_examples=300)
@given(golds(flat=True))
def test_columns_hold_all_gold_without_nested_spans(gold: Gold):
    if not gold.text.strip():
        with pytest.raises(GoldError, match="no token"):
            conll.parse_conll(conll.format_conll(gold)[0], file="eng-00.conll")
        return
    content, lost = conll.format_conll(gold)
    assert (conll.parse_conll(content, file="eng-00.conll"), lost) == (gold, [])


@settings(max_examples=200)
@given(golds())
def test_columns_lose_what_they_say_they_lose(gold: Gold):
    content, lost = conll.format_conll(gold)
    if not gold.text.strip():
        return
    back = conll.parse_conll(content, file="eng-00.conll")
    missing = sum(
        len(getattr(gold, layer)) - len(getattr(back, layer))
        for layer in ("institutions", "dates", "counts", "triggers", "agreements")
    )
    assert missing == len(lost)
    assert back.text == gold.text
    assert all(set(getattr(back, layer)) <= set(getattr(gold, layer)) for layer in ("institutions", "dates", "counts"))


def test_columns_as_they_look():
    content, lost = conll.format_conll(WHOLE)
    assert lost == ["institution 'Yy' within 'Yy Institute'"]
    lines = content.splitlines()
    assert lines[0] == "# id = eng-00"
    assert lines[3] == "# institution id=nowhere kind=museum country=UZ"
    assert lines[6] == "# global.columns = FORM INSTITUTION DATE COUNT AGREEMENT MISC"
    assert lines[7] == "A\tB-institution\tO\tO\tO\tinstitution.id=nl-xx"
    assert lines[8] == "&\tI-institution\tO\tO\tO\t_"
    at = lines.index("agree\tO\tO\tO\tB-agreement\tagreement.id=t1 SpaceAfter=No")
    assert lines[at + 1 : at + 3] == [
        '-\tO\tO\tO\tI-agreement\tSpacesAfter="\\n"',
        "ments\tO\tO\tO\tI-agreement\t_",
    ], "a span goes on over a line end, so no blank line there"
    assert "" in lines, "a line end that no span runs over ends a sentence"
    for line in lines:
        assert line.startswith("# ") or not line or line.count("\t") == 5


def test_brat_as_it_looks(tmp_path: Path):
    write([WHOLE], to="brat", folder=tmp_path)
    assert (tmp_path / "eng-00.txt").read_bytes().decode() == WHOLE.text
    lines = (tmp_path / "eng-00.ann").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "T1\tInstitution 0 15\tA & B 📚 Library"
    at = WHOLE.text.index("agree-")
    assert f"T7\tAgreement {at} {at + 6};{at + 7} {at + 12}\tagree- ments" in lines
    assert "R1\tFrom Arg1:T2 Arg2:T1" in lines
    assert "E1\tAgreement:T7 Party:T1 Party2:T5" in lines, "the mention nearest to the words"
    assert "#9\tAnnotatorNotes E1\tparty=nl-xx party=country:NO signed=2014-09-01 valid=../2016" in lines
    assert "#11\tAnnotatorNotes *\tid=nowhere kind=museum country=UZ" in lines
    configuration = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    assert f"Unit\tArg:Count, Value:{'|'.join(get_args(model.Unit))}\n" in configuration


def test_label_studio_as_it_looks(tmp_path: Path):
    write([WHOLE], to="label-studio", folder=tmp_path)
    (task,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert task["data"] == {"id": "eng-00", "text": WHOLE.text}
    result = task["annotations"][0]["result"]
    labels = [entry["value"] for entry in result if entry.get("from_name") == "layer"]
    assert labels[0] == {"start": 0, "end": 15, "text": "A & B 📚 Library", "labels": ["institution"]}
    assert len({entry["id"] for entry in result if entry.get("from_name") == "layer"}) == len(labels)
    relations = [(entry["labels"], entry["direction"]) for entry in result if entry["type"] == "relation"]
    assert relations == [(["from"], "right"), *[(["party"], "right")] * 3]


def test_the_labelling_configuration_offers_what_the_model_has():
    root = ElementTree.fromstring(label_studio.labelling())
    choices = {
        control.get("name"): tuple(choice.get("value") for choice in control.findall("Choice"))
        for control in root.iter("Choices")
    }
    assert choices["kind"] == get_args(model.InstitutionKind)
    assert choices["unit"] == get_args(model.Unit)
    assert choices["act"] == get_args(model.Act)
    assert choices["bound"] == get_args(model.Bound)
    assert choices["agreement"] == get_args(model.AgreementKind)
    assert choices["status"] == get_args(model.Status)


def test_the_labelling_configuration_has_every_control_that_is_written(tmp_path: Path):
    write([WHOLE], to="label-studio", folder=tmp_path)
    root = ElementTree.fromstring(label_studio.labelling())
    kinds = {"Labels": "labels", "Choices": "choices", "TextArea": "textarea"}
    controls = {(control.get("name"), kinds[control.tag]) for control in root.iter() if control.tag in kinds}
    (task,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    used = {(entry["from_name"], entry["type"]) for entry in task["annotations"][0]["result"] if "from_name" in entry}
    assert used <= controls
    offered = {relation.get("value") for relation in root.iter("Relation")}
    assert {"from", "to", "by", "party"} == offered


def units(text: str, at: int) -> int:
    return len(text[:at].encode("utf-16-le")) // 2


@pytest.mark.parametrize("count", [units, lambda text, at: at], ids=["UTF-16 units", "code points"])
def test_an_export_of_either_age_is_understood(count: Callable[[str, int], int], tmp_path: Path):
    """Before 2021 Label Studio counted as JavaScript does; its excerpts tell."""
    write([WHOLE], to="label-studio", folder=tmp_path)
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    for entry in tasks[0]["annotations"][0]["result"]:
        for edge in {"start", "end"} & entry.get("value", {}).keys():
            entry["value"][edge] = count(WHOLE.text, entry["value"][edge])
    (tmp_path / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    assert read_gold_any(tmp_path / "tasks.json") == [WHOLE]


@given(st.lists(st.tuples(NAMES, NAMES), max_size=4))
def test_fields_come_back_and_stay_on_one_line(fields: list[tuple[str, str]]):
    line = write_fields(fields)
    assert read_fields(line) == fields
    assert not set(line) & set("\t\n\r\u2028\u0085")


@pytest.mark.parametrize("to", FORMATS)
def test_two_articles_of_one_id_are_not_written(to: str, tmp_path: Path):
    with pytest.raises(GoldError, match="two articles have this id"):
        write([WHOLE, WHOLE], to=to, folder=tmp_path)


@pytest.mark.parametrize("id", ["../escape", "a/b", "a\\b", ".hidden", ""])
def test_an_id_that_is_no_file_name_is_not_written(id: str, tmp_path: Path):
    with pytest.raises(GoldError, match=r"no name for a file|has no id"):
        write([dataclasses.replace(WHOLE, id=id)], to="brat", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_hold_several_formats(tmp_path: Path):
    for number, to in enumerate(FORMATS):
        write([dataclasses.replace(WHOLE, id=f"eng-{number:02}")], to=to, folder=tmp_path / to)
    assert sorted(gold.id for gold in read_gold_any(tmp_path)) == ["eng-00", "eng-01", "eng-02", "eng-03"]
    assert read_gold_any(tmp_path / "brat" / "eng-01.txt") == [dataclasses.replace(WHOLE, id="eng-01")]


def test_an_ending_that_tells_no_format(tmp_path: Path):
    with pytest.raises(GoldError, match=r"its ending tells no format of gold; there are \.gold, \.json"):
        read_gold_any(tmp_path / "a.csv")


def test_brat_reads_a_span_in_pieces_only_over_blanks(tmp_path: Path):
    (tmp_path / "a.txt").write_text("State and city Library", encoding="utf-8")
    (tmp_path / "a.ann").write_text("\nT1\tInstitution 0 5;15 22\tState Library\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.ann, line 2: T1 has a gap in it \('and city'\)"):
        brat.read(tmp_path / "a.ann")
