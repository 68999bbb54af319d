"""Gold files: what is read out of them, and that a mistake names its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus.corpus import SPLITS
from pipeline.evaluation.gold import (
    Gold,
    GoldAgreement,
    GoldCount,
    GoldDate,
    GoldEntity,
    GoldError,
    GoldMention,
    parse_gold,
    read_gold,
)

CORPUS = Path(__file__).resolve().parents[2] / "corpus"

WHOLE = """<i id="nl-xx">A &amp; B Library</i> gave <c n="100..120" unit="copies" act="transferred" bound="approx" from="nl-xx" to="country:NO">100–120 copies</c>
in <d v="2014-09">September 2014</d>, <i id="fair" opt="1">Fair <d v="2014" opt="1">2014</d></i>; a <a id="t1">memorandum</a> &lt;new&gt;.
---
institutions:
  nl-xx: {kind: library, country: NO, en: A & B Library}
agreements:
  - {kind: memorandum, status: signed, parties: [nl-xx, "country:NO"], signed: 2014-09-01, valid: ../2016, trigger: t1}
"""


def test_everything_that_a_file_says():
    gold = parse_gold(WHOLE, file="folder/eng-00.gold")
    text = "A & B Library gave 100–120 copies\nin September 2014, Fair 2014; a memorandum <new>."
    assert gold == Gold(
        id="eng-00",
        text=text,
        institutions=(
            GoldMention(start=0, end=13, text="A & B Library", entity="nl-xx"),
            GoldMention(start=53, end=62, text="Fair 2014", optional=True, entity="fair"),
        ),
        dates=(
            GoldDate(start=37, end=51, text="September 2014", edtf="2014-09"),
            GoldDate(start=58, end=62, text="2014", optional=True, edtf="2014"),
        ),
        counts=(
            GoldCount(
                start=19, end=33, text="100–120 copies", number=100, number_max=120, unit="copies", act="transferred",
                bound="approx", from_="nl-xx", to="country:NO", by=None,
            ),
        ),
        triggers=gold.triggers,
        entities={"nl-xx": GoldEntity("library", "NO", {"en": "A & B Library"})},
        agreements=(GoldAgreement("memorandum", "signed", ("nl-xx", "country:NO"), "2014-09-01", "../2016", "t1"),),
    )  # fmt: skip
    assert [(trigger.id, trigger.text) for trigger in gold.triggers] == [("t1", "memorandum")]


@pytest.mark.parametrize(
    ("body", "tail", "line", "reason"),
    [
        ("one\n<i id='x'>two</i>", "", 2, "no tag of a gold file"),
        ("<x>one</x>", "", 1, "unknown tag <x>"),
        ('one\n\n<d v="2014">2014', "", 3, "never closed"),
        ("one\n2014</d>", "", 2, "does not close"),
        ('<d v="2014"><i id="a" opt="1">2014</d></i>', "", 1, "never cross"),
        ("A & B", "", 1, "write &lt; &gt; &amp;"),
        ("a < b", "", 1, "write &lt; &gt; &amp;"),
        ('<d v="2014"> 2014</d>', "", 1, "white space"),
        ('<d v="2014"></d>', "", 1, "white space, or is empty"),
        ("<d>2014</d>", "", 1, "needs its value"),
        ('<d value="2014">2014</d>', "", 1, "no attribute value"),
        ('<i id="nl-uz">Library</i>', "", 1, "'nl-uz' is not listed"),
        ('<c n="many" unit="copies" act="held">many copies</c>', "", 1, "neither a number nor a range"),
        ('<c n="5" unit="pages" act="held">5 pages</c>', "", 1, "unit is 'pages'"),
        ('<c n="5" unit="copies" act="eaten">5 copies</c>', "", 1, "act is 'eaten'"),
        ('<c n="5" unit="copies" act="held" bound="most">5 copies</c>', "", 1, "bound is 'most'"),
        ('<c n="5" unit="copies" act="held" by="nl-uz">5 copies</c>', "", 1, "neither listed"),
        ("<a>memorandum</a>", "", 1, "needs an id"),
        ('<d v="2014" opt="0">2014</d>', "", 1, 'write opt="1", or leave it'),
        ('a\n<i id="x" opt="1" implied="yes">b</i>', "", 2, "implied is 'yes'"),
        ("one", "institutions:\n  a: {kind: shop}", 4, "kind is 'shop'"),
        ("one", "institutions:\n  b: {kind: library}\n  a:\n    kind: shop", 5, "kind is 'shop'"),
        ("one", "agreements: }", 3, "YAML"),
        ("one", "institutions:\n  a: {kind: library}\n  b: [", 6, "YAML"),
        ("one", "places: {}", 3, "nothing else"),
        ("one", "institutions: [a]", 3, "a list of lines such as `nl-uz:"),
        ("one", "institutions:\n  a: library", 3, "a list of lines such as `nl-uz:"),
        ("one", "institutions:\n  a: {kind: library, en: [x, y]}", 4, "a country and a name are one text each"),
        ("one", "agreements: {a: b}", 3, "a list of lines such as `- {kind:"),
        ("one", "agreements:\n  - memorandum", 3, "a list of lines such as `- {kind:"),
        ("one", "agreements:\n  - {kind: treaty, status: signed, parties: a}", 4, "parties is a list such as"),
        (
            "one",
            "agreements:\n  - {kind: treaty, status: signed, parties: ['country:UZ', 'country:KZ'], signed: [2014]}",
            4,
            "signed, valid and trigger are one text each",
        ),
        (
            "one",
            "agreements:\n  - {kind: memorandum, status: signed, parties: ['country:UZ', 'country:KZ'], trigger: t1}",
            4,
            "no <a id='t1'>",
        ),
        (
            "one",
            "agreements:\n  - {kind: memorandum, status: signed, parties: ['country:UZ'], trigger: t1}",
            4,
            "two parties",
        ),
        ("one", "agreements:\n  - {kind: promise, status: signed, parties: [], trigger: t1}", 4, "kind is 'promise'"),
        ("one", "agreements:\n  - {kind: treaty, status: lost, parties: [], trigger: t1}", 4, "status is 'lost'"),
        ("one", "agreements:\n  - {kind: treaty, status: signed, parties: [], opt: 0, trigger: t1}", 4, "opt is '0'"),
    ],
)
def test_a_mistake_names_file_line_and_reason(body: str, tail: str, line: int, reason: str):
    with pytest.raises(GoldError) as caught:
        parse_gold(f"{body}\n---\n{tail}\n", file="x.gold")
    assert reason in caught.value.reason
    assert (caught.value.file, caught.value.line) == ("x.gold", line)
    assert str(caught.value).startswith(f"x.gold, line {line}: ")


def test_a_file_without_lists_is_no_gold():
    with pytest.raises(GoldError, match="there is no line"):
        parse_gold("only text\n")


def test_a_file_that_is_not_utf8(tmp_path: Path):
    file = tmp_path / "a.gold"
    file.write_bytes("one\nкнига\n---\n".encode("cp1251"))
    with pytest.raises(GoldError, match="line 2: not UTF-8"):
        read_gold(file)


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str):
    written = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n---\n" not in f"\n{text}\n":
        assert parse_gold(f"{written}\n---\n").text == text


@pytest.mark.parametrize(
    "file", [file for split in SPLITS for file in sorted((CORPUS / split).glob("*.gold"))], ids=lambda file: file.stem
)
def test_the_corpus_follows_the_rules(file: Path):
    gold = read_gold(file)
    spans = (*gold.institutions, *gold.dates, *gold.counts, *gold.triggers)
    assert all(gold.text[span.start : span.end] == span.text for span in spans)
