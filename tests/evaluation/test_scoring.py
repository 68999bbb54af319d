"""The figures, on small articles whose scores can be worked out by hand."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from pipeline.evaluation import parse_gold, score
from pipeline.records import Record

GOLD = parse_gold(
    """<i id="one">First Museum</i> and <i id="two">Second Library</i> signed a <a id="t1">memorandum</a> in <d v="2014">2014</d>.
<i id="one">First Museum</i> gave <c n="12" unit="books" act="transferred" from="one" to="two">12 books</c>; <i id="fair" opt="1">Fair</i> <d v="2015" opt="1">2015</d>.
---
institutions:
  one: {kind: museum, country: UZ}
  two: {kind: library, country: KZ}
agreements:
  - {kind: memorandum, status: signed, parties: [one, two], signed: 2014, trigger: t1}
""",
    file="small.gold",
)


def span(text: str, *, nth: int = 0, **values: Any) -> dict[str, Any]:
    """The nth place of a text in the article."""
    start = -1
    for _ in range(nth + 1):
        start = GOLD.text.index(text, start + 1)
    return {"start": start, "end": start + len(text), "text": text, **values}


def institution(number: int, kind: str, country: str, authority: str, mentions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"i{number}", "name": mentions[0]["text"], "names": {}, "kind": kind, "country": country,
        "authority": authority, "identifiers": {}, "mentions": mentions,
    }  # fmt: skip


def perfect() -> dict[str, Any]:
    return {
        "document": {
            "id": "small", "source": "small", "media_type": "text/plain", "encoding": None, "sha256": "", "characters": len(GOLD.text),
            "title": None, "date": None, "segments": [],
        },
        "institutions": [
            institution(1, "museum", "UZ", "first", [span("First Museum"), span("First Museum", nth=1)]),
            institution(2, "library", "KZ", "second", [span("Second Library")]),
        ],
        "dates": [span("2014", id="d1", edtf="2014")],
        "copy_counts": [
            span("12 books", id="c1", number=12, number_max=None, bound=None, unit="books", item=None, act="transferred",
                 date=None, by=[], to=["i2"], **{"from": ["i1"]})
        ],
        "agreements": [
            {"id": "a1", "kind": "memorandum", "status": "signed", "parties": ["i1", "i2"], "signed": "2014", "valid": None,
             "trigger": span("memorandum")}
        ],
    }  # fmt: skip


def figures(*records: dict[str, Any]) -> dict[str, float]:
    return score([(GOLD, Record.model_validate(record)) for record in records]).figures()


def test_all_right():
    scores = score([(GOLD, Record.model_validate(perfect()))])
    assert all(value == 1 for value in scores.figures().values())
    assert len(scores.figures()) >= 15
    assert scores.misses == []


def test_no_record_is_all_missed():
    scores = score([(GOLD, None)])
    assert all(tally.f1 == 0 and tally.missed for tally in scores.tallies.values())
    assert math.isnan(scores.linking)
    assert len(scores.misses) == 6


def test_optional_spans_are_neither_wanted_nor_wrong():
    record = perfect()
    record["dates"].append(span("2015", id="d2", edtf="1066"))
    record["institutions"].append(institution(3, "other", "FR", "fair", [span("Fair")]))
    assert all(value == 1 for value in figures(record).values())


def test_a_wrong_boundary():
    record = perfect()
    record["institutions"][1]["mentions"] = [span("Library")]
    found = figures(record)
    assert found["institutions overlap"] == 1
    assert found["institutions exact"] == pytest.approx(2 / 3)
    assert found["institution linking"] == 1


def test_spurious_and_missed():
    record = perfect()
    record["institutions"][0]["mentions"] = [span("First Museum")]
    record["dates"].append(span("12", id="d2", edtf="XX12"))
    scores = score([(GOLD, Record.model_validate(record))])
    overlap, value = scores.tallies["institutions overlap"], scores.tallies["dates value"]
    assert (overlap.right, overlap.wrong, overlap.missed) == (2, 0, 1)
    assert (overlap.precision, overlap.recall, overlap.f1) == (1, pytest.approx(2 / 3), pytest.approx(0.8))
    assert (value.right, value.wrong, value.missed) == (1, 1, 0)
    assert {(miss.what, miss.found, miss.wanted) for miss in scores.misses} == {
        ("institution missed", "", "First Museum"),
        ("date spurious", "12", ""),
    }


@pytest.mark.parametrize(
    ("change", "lower"),
    [
        ({"number": 13}, {"counts number", "counts full"}),
        ({"number_max": 13}, {"counts number", "counts full"}),
        ({"bound": "min"}, {"counts full"}),
        ({"unit": "copies"}, {"counts unit", "counts full"}),
        ({"act": "held"}, {"counts act", "counts full"}),
        ({"to": []}, {"counts to", "counts full"}),
        ({"from": ["i2"]}, {"counts from", "counts full"}),
        ({"from": ["country:UZ"]}, {"counts from", "counts full"}),
        ({"by": ["i1"]}, set()),
    ],
)
def test_details_of_a_count(change: dict[str, Any], lower: set[str]):
    record = perfect()
    record["copy_counts"][0] |= change
    assert {name for name, value in figures(record).items() if value < 1} == lower


@pytest.mark.parametrize(
    ("change", "lower"),
    [
        ({"kind": "contract"}, {"agreement kind", "agreements full"}),
        ({"status": "planned"}, {"agreement status", "agreements full"}),
        ({"signed": None}, {"agreement signed", "agreements full"}),
        ({"valid": "2014/.."}, {"agreement valid", "agreements full"}),
        ({"parties": ["i1", "country:KZ"]}, {"agreements parties", "agreements pairs", "agreements full"}),
        ({"parties": ["i1", "i2", "country:KZ"]}, {"agreements parties", "agreements pairs", "agreements full"}),
    ],
)
def test_details_of_an_agreement(change: dict[str, Any], lower: set[str]):
    record = perfect()
    record["agreements"][0] |= change
    assert {name for name, value in figures(record).items() if value < 1} == lower


def test_linking_needs_one_key_for_one_institution_in_all_articles():
    other = json.loads(json.dumps(perfect()))
    other["institutions"][0]["authority"] = "another"
    # six mentions; of the four of «one» each half is held together: precision 1, recall (4 * 1/2 + 2) / 6
    assert figures(perfect(), other)["institution linking"] == pytest.approx(2 * (4 / 6) / (1 + 4 / 6))


def test_linking_is_spoilt_by_one_key_for_two():
    record = perfect()
    record["institutions"][1]["authority"] = "first"
    # three mentions under one key, two and one of an institution: precision (4 / 3 + 1 / 3) / 3
    assert figures(record)["institution linking"] == pytest.approx(2 * (5 / 9) / (1 + 5 / 9))
