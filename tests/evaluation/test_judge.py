"""The items of an article: what each says, its likely cause, and where it stands."""

from __future__ import annotations

import pytest
from hand import gold_of, record_of

from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.judgement import Item
from pipeline.records import Record

COUNT = '<i id="nl">Nl</i> <i id="mu">Mu</i> uchun <c n="12" unit="books" act="transferred" {}>12 kitob</c>'
GIFT = 'from="nl" to="mu"'
TWO = '<i id="nl">Nl</i> va <i id="mu">Mu</i>, <i id="ar">Ar</i>: <a id="t1">memorandum</a>, <a id="t2">shartnoma</a>.'


def items_of(gold: Gold, record: Record) -> list[Item]:
    evaluation = evaluate([(gold, record)], resamples=0, known=lambda name: name.startswith("K"))
    return list(evaluation.documents[0].items)


def errors(gold: Gold, record: Record, layer: str) -> list[tuple[str, str]]:
    return [
        (item.outcome, item.cause)
        for item in items_of(gold, record)
        if item.layer == layer and item.outcome not in ("right", "optional")
    ]


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ('<i id="a">Aa</i> x', "Aa x", [("missed", "unknown name")]),
        ('<i id="a">Kk</i> x', "Kk x", [("missed", "known name not seen")]),
        ('<i id="a" implied="1">Aa</i> x', "Aa x", [("missed", "member of a list not seen")]),
        ('<i id="a">Aa <i id="b">Bb</i></i>', '<i id="a">Aa Bb</i>', [("missed", "inside a longer find")]),
        ("Aa x", '<i id="a">Aa</i> x', [("spurious", "no institution there")]),
        ('<i id="a">Aa Bb</i>', '<i id="a">Aa <i id="b">Bb</i></i>', [("spurious", "part of a name")]),
        ('<i id="a">Aa Bb</i>', '<i id="a">Aa</i> Bb', [("boundary", "boundary: too short")]),
        ('<i id="a">Aa</i> Bb', '<i id="a">Aa Bb</i>', [("boundary", "boundary: too long")]),
        ('<i id="a">Aa Bb</i> Cc', 'Aa <i id="a">Bb Cc</i>', [("boundary", "boundary: shifted")]),
        ('<i id="m">Mm</i> x', '<i id="m">Mm</i> x', [("wrong", "wrong kind")]),
        ('<i id="k">Kz</i> x', '<i id="k">Kz</i> x', [("wrong", "wrong country")]),
    ],
)  # fmt: skip
def test_causes_of_names(gold: str, found: str, expected: list[tuple[str, str]]):
    assert errors(gold_of(gold, m="museum UZ", k="library KZ"), record_of(found), "institutions") == expected


def test_causes_of_links():
    two = '<i id="a">Aa</i> <i id="a">Aa</i> <i id="b">Bb</i>'
    wanted = gold_of(two)
    one_key = errors(wanted, record_of('<i id="a">Aa</i> <i id="a">Aa</i> <i id="a">Bb</i>'), "links")
    assert one_key == [("wrong", "two institutions under one key")]
    # as many of one as of the other: the first in the alphabet counts
    items = items_of(gold_of('<i id="b">Bb</i> <i id="a">Aa</i>'), record_of('<i id="b">Bb</i> <i id="b">Aa</i>'))
    assert [(item.place.text, item.cause) for item in items if item.layer == "links"] == [
        ("Bb", "two institutions under one key"),
        ("Aa", ""),
    ]
    two_keys = errors(wanted, record_of('<i id="a">Aa</i> <i id="c">Aa</i> <i id="b">Bb</i>'), "links")
    assert two_keys == [("wrong", "one institution under two keys")]


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        (GIFT, 'from="mu" to="nl"', [("wrong", "wrong direction")]),
        (GIFT, 'from="mu"', [("wrong", "wrong direction")]),
        (GIFT, 'from="nl"', [("wrong", "institution of a count missing")]),
        ('from="nl"', GIFT, [("wrong", "institution of a count wrong")]),
        (GIFT, 'from="nl" to="country:UZ"', [("wrong", "institution of a count wrong")]),
        (GIFT, GIFT + ' by="nl"', [("wrong", "institution of a count wrong")]),
        (GIFT, GIFT + ' bound="min"', [("wrong", "wrong bound")]),
    ],
)
def test_causes_of_counts(gold: str, found: str, expected: list[tuple[str, str]]):
    assert errors(gold_of(COUNT.format(gold)), record_of(COUNT.format(found)), "counts") == expected


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (('n="12"', 'n="13"'), "wrong number"),
        (("books", "items"), "wrong unit"),
        (("transferred", "held"), "wrong act"),
    ],
)
def test_causes_of_details(change: tuple[str, str], cause: str):
    text = COUNT.format(GIFT)
    assert errors(gold_of(text), record_of(text.replace(*change)), "counts") == [("wrong", cause)]
    assert errors(gold_of(text), record_of(COUNT.format("").split(" uchun")[0] + " uchun 12 kitob"), "counts") == [
        ("missed", "count not seen")
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), [("missed", "agreement not seen")]),
        (("memorandum signed nl+mu t1",), [("wrong", "party missing")]),
        (("memorandum signed nl+mu+ar+country:UZ t1",), [("wrong", "party too many")]),
        (("memorandum signed nl+country:UZ t1",), [("wrong", "other parties")]),
        (("treaty signed nl+mu+ar t1",), [("wrong", "wrong kind of agreement")]),
        (("memorandum ended nl+mu+ar t1",), [("wrong", "wrong status")]),
        (("memorandum signed nl+mu+ar t1 signed=2014",), [("wrong", "wrong date of signing")]),
        (("memorandum signed nl+mu+ar t1 valid=2014/..",), [("wrong", "wrong span of validity")]),
        (("memorandum signed nl+mu+ar t2",), [("wrong", "wrong words")]),
        (("memorandum signed nl+mu+ar t1", "treaty signed nl+mu t2"), [("spurious", "no agreement there")]),
        # at other words and with one party in common only: two things
        (("memorandum signed nl+country:UZ t2",), [("missed", "agreement not seen"), ("spurious", "no agreement there")]),
    ],
)  # fmt: skip
def test_causes_of_agreements(found: tuple[str, ...], expected: list[tuple[str, str]]):
    assert errors(gold_of(TWO, "memorandum signed nl+mu+ar t1"), record_of(TWO, *found), "agreements") == expected


def test_an_item_says_both_sides():
    gold = gold_of('Bu <i id="nl">Kutubxona binosi</i> edi')
    [item] = [
        item
        for item in items_of(gold, record_of('Bu <i id="nl">Kutubxona</i> binosi edi'))
        if item.layer == "institutions"
    ]
    assert item.wanted is not None
    assert item.found is not None
    assert (item.wanted.start, item.wanted.end, item.wanted.text, item.wanted.value) == (
        3,
        19,
        "Kutubxona binosi",
        "nl",
    )
    assert (item.found.start, item.found.end, item.found.text, item.found.value) == (3, 12, "Kutubxona", "nl")
    assert (item.exact, item.known, item.place, item.wrong) == (False, True, item.wanted, ())


def test_items_stand_in_the_order_of_the_text():
    text = '<i id="b">Bb</i> <d v="2014">2014</d> <i id="a">Aa</i> <d v="2013">2013</d> <i id="c">Cc</i>'
    items = items_of(gold_of(text), record_of(text.replace('<i id="a">Aa</i>', "Aa")))
    assert [(item.layer, item.place.text, item.outcome) for item in items] == [
        ("institutions", "Bb", "right"), ("institutions", "Aa", "missed"), ("institutions", "Cc", "right"), ("links", "Bb", "right"),
        ("links", "Cc", "right"), ("dates", "2014", "right"), ("dates", "2013", "right"),
    ]  # fmt: skip
