"""Every figure, on articles of a line whose figures are counted by hand: (right, wrong, missed) for what is found, (right, wrong) for a detail.

A thing that is found with something wrong in it is both wrong and missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as F

import pytest
from hand import gold_of, record_of

from pipeline.evaluation.figures import Figure, evaluate
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.metrics import METRICS
from pipeline.records import Record

Counted = dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class Case:
    what: str
    gold: Gold
    record: Record
    counted: Counted


def names(what: str, gold: str, found: str, counted: Counted, **entities: str) -> Case:
    return Case(what, gold_of(gold, **entities), record_of(found), counted)


def things(what: str, gold: str, found: str, counted: Counted) -> Case:
    return Case(what, gold_of(gold), record_of(found), counted)


def agreed(what: str, gold: tuple[str, ...], found: tuple[str, ...], counted: Counted) -> Case:
    return Case(what, gold_of(TWO, *gold), record_of(TWO, *found), counted)


ONE = '<i id="nl">Milliy kutubxona</i> ochildi'
TWO = '<i id="nl">Nl</i> va <i id="mu">Mu</i>, <i id="ar">Ar</i>: <a id="t1">memorandum</a>, <a id="t2">shartnoma</a>.'
GIFT = '<i id="nl">Nl</i> <i id="mu">Mu</i> uchun {} berdi.'
COUNT = '<c n="12" unit="books" act="transferred" from="nl" to="mu" bound="min">12 kitob</c>'


def gift(count: str) -> str:
    return GIFT.format(count)


CASES = [
    # -- institutions: span --------------------------------------------------------------------------------------------------------
    names("one name, found", ONE, ONE,
          # 1 of 1
          {"institutions.exact": (1, 0, 0), "institutions.overlap": (1, 0, 0), "institutions.strict": (1, 0, 0)}),
    names("one name, not found", ONE, "Milliy kutubxona ochildi",
          # nothing found: 0 wrong, 1 missed
          {"institutions.exact": (0, 0, 1), "institutions.overlap": (0, 0, 1), "institutions.strict": (0, 0, 1)}),
    names("no name, one found", "Milliy kutubxona ochildi", ONE,
          # 1 spurious
          {"institutions.exact": (0, 1, 0), "institutions.overlap": (0, 1, 0), "institutions.strict": (0, 1, 0)}),
    names("too short", ONE, 'Milliy <i id="nl">kutubxona</i> ochildi',
          # they overlap: 1 right; the words differ: 1 wrong and 1 missed
          {"institutions.exact": (0, 1, 1), "institutions.overlap": (1, 0, 0), "institutions.strict": (0, 1, 1)}),
    names("too long", ONE, '<i id="nl">Milliy kutubxona ochildi</i>',
          {"institutions.exact": (0, 1, 1), "institutions.overlap": (1, 0, 0)}),
    names("two names under one find", '<i id="a">Aa</i> <i id="b">Bb</i>', '<i id="a">Aa Bb</i>',
          # one to one: the find is paired with one of them (1), the other is missed (1); not the words of either: 1 wrong, 2 missed
          {"institutions.overlap": (1, 0, 1), "institutions.exact": (0, 1, 2)}),
    names("two finds in one name", '<i id="a">Aa Bb</i>', '<i id="a">Aa</i> <i id="b">Bb</i>',
          # one of the two is paired, the other spurious
          {"institutions.overlap": (1, 1, 0), "institutions.exact": (0, 2, 1)}),
    names("exact before larger", '<i id="a">Aa <i id="b">Bb</i></i>', 'Aa <i id="b">Bb</i>',
          # the inner name has the very words: paired with it; the outer one is missed
          {"institutions.exact": (1, 0, 1), "institutions.overlap": (1, 0, 1)}),
    names("nested, both found", '<i id="a">Aa <i id="b">Bb</i></i>', '<i id="a">Aa <i id="b">Bb</i></i>',
          {"institutions.exact": (2, 0, 0), "institutions.overlap": (2, 0, 0)}),
    names("the larger share", '<i id="a">Aa</i> <i id="b">Bbbbbb Cccccc</i>', '<i id="a">Aa Bbbbbb Cccccc</i>',
          # 13 of 16 characters with the second name, 2 of 16 with the first: paired with the second, the first is missed
          {"institutions.overlap": (1, 0, 1), "institutions.kind": (1, 0)}, a="museum UZ"),
    names("beside it", '<i id="a">Aa</i> Bb', 'Aa <i id="b">Bb</i>',
          # no character in common: 1 spurious, 1 missed
          {"institutions.overlap": (0, 1, 1)}),
    names("half found", '<i id="a">Aa</i> <i id="a">Aa</i> <i id="a">Aa</i> <i id="b">Bb</i>', '<i id="a">Aa</i> <i id="a">Aa</i> Aa Bb',
          {"institutions.exact": (2, 0, 2)}),
    # -- optional spans ------------------------------------------------------------------------------------------------------------
    names("optional, found", '<i id="a" opt="1">Aa</i> x', '<i id="a">Aa</i> x', {"institutions.overlap": (0, 0, 0)}),
    names("optional, not found", '<i id="a" opt="1">Aa</i> x', "Aa x", {"institutions.overlap": (0, 0, 0)}),
    names("optional, found in two pieces", '<i id="a" opt="1">Aa Bb</i>', '<i id="a">Aa</i> <i id="b">Bb</i>',
          # one is paired with the optional span, the other touches it: neither is wrong
          {"institutions.overlap": (0, 0, 0)}),
    names("optional within wanted", '<i id="a">Aa <i id="b" opt="1">Bb</i></i>', '<i id="a">Aa <i id="b">Bb</i></i>',
          {"institutions.exact": (1, 0, 0)}),
    names("wanted before optional", '<i id="a" opt="1">Aa <i id="b">Bb</i></i> x', 'Aa <i id="b">Bb x</i>',
          # common with the wanted 2 of 4, with the optional 2 of 7; wanted goes first in any case: right by overlap
          {"institutions.overlap": (1, 0, 0), "institutions.exact": (0, 1, 1)}),
    things("an optional date with another value", '<d v="2014" opt="1">2014</d> x', '<d v="1066">2014</d> x', {"dates.value": (0, 0, 0)}),
    things("an optional count", '<c n="5" opt="1">5 kitob</c>', '<c n="6" unit="items" act="held">5 kitob</c>', {"counts.all": (0, 0, 0)}),
    # -- institutions: details -----------------------------------------------------------------------------------------------------
    names("wrong kind", ONE, ONE, {"institutions.kind": (0, 1), "institutions.country": (1, 0), "institutions.strict": (0, 1, 1),
                                   "institutions.exact": (1, 0, 0)}, nl="museum UZ"),
    names("wrong country", ONE, ONE, {"institutions.kind": (1, 0), "institutions.country": (0, 1), "institutions.strict": (0, 1, 1)},
          nl="library KZ"),
    names("no country in the gold", ONE, ONE,
          # there is nothing to compare the country with
          {"institutions.kind": (1, 0), "institutions.country": (0, 0), "institutions.strict": (1, 0, 0)}, nl="library"),
    names("details of a boundary", ONE, 'Milliy <i id="nl">kutubxona</i> ochildi', {"institutions.kind": (1, 0), "institutions.country": (1, 0)}),
    names("details only where paired", '<i id="a">Aa</i> <i id="b">Bb</i>', '<i id="a">Aa</i> Bb', {"institutions.kind": (1, 0)}, b="museum KZ"),
    # -- dates ---------------------------------------------------------------------------------------------------------------------
    things("the date", 'x <d v="2014-09-16">16 sentabr 2014</d>', 'x <d v="2014-09-16">16 sentabr 2014</d>',
           {"dates.exact": (1, 0, 0), "dates.overlap": (1, 0, 0), "dates.value": (1, 0, 0), "dates.strict": (1, 0, 0), "dates.partial": (1, 0, 0)}),
    things("missed", 'x <d v="2014">2014</d>', "x 2014", {"dates.exact": (0, 0, 1), "dates.value": (0, 0, 1), "dates.partial": (0, 0, 1)}),
    things("spurious", "x 2014", 'x <d v="2014">2014</d>', {"dates.exact": (0, 1, 0), "dates.value": (0, 1, 0), "dates.partial": (0, 1, 0)}),
    things("right words, wrong year", 'x <d v="2014">2014</d>', 'x <d v="2015">2014</d>',
           # exact 1; value wrong and missed; partial: year wrong, 0
           {"dates.exact": (1, 0, 0), "dates.overlap": (1, 0, 0), "dates.value": (0, 1, 1), "dates.strict": (0, 1, 1), "dates.partial": (0, 1, 1)}),
    things("right value, other words", '<d v="2014">2014 yil</d>', '<d v="2014">2014</d> yil',
           {"dates.exact": (0, 1, 1), "dates.overlap": (1, 0, 0), "dates.value": (1, 0, 0), "dates.strict": (0, 1, 1), "dates.partial": (1, 0, 0)}),
    things("wrong day", '<d v="2014-09-16">16</d>', '<d v="2014-09-17">16</d>',
           # year and month of three parts: 2/3 right, 1/3 wrong and missed
           {"dates.partial": (2 / 3, 1 / 3, 1 / 3), "dates.value": (0, 1, 1)}),
    things("wrong month", '<d v="2014-09-16">16</d>', '<d v="2014-08-16">16</d>',
           # the year only: the day after a wrong month counts nothing
           {"dates.partial": (1 / 3, 2 / 3, 2 / 3)}),
    things("wrong year, same day", '<d v="2014-09-16">16</d>', '<d v="2013-09-16">16</d>', {"dates.partial": (0, 1, 1)}),
    things("day not read", '<d v="2014-09-16">16</d>', '<d v="2014-09">16</d>', {"dates.partial": (2 / 3, 1 / 3, 1 / 3)}),
    things("only the year read", '<d v="2014-09-16">16</d>', '<d v="2014">16</d>', {"dates.partial": (1 / 3, 2 / 3, 2 / 3)}),
    things("a day that is not there", '<d v="2014">2014</d>', '<d v="2014-01-01">2014</d>',
           # one part of three agrees
           {"dates.partial": (1 / 3, 2 / 3, 2 / 3)}),
    things("year not filled in", '<d v="2014-08-28">28</d>', '<d v="XXXX-08-28">28</d>',
           # month and day of three parts
           {"dates.partial": (2 / 3, 1 / 3, 1 / 3)}),
    things("a year from nowhere", '<d v="XXXX-08-28">28</d>', '<d v="2014-08-28">28</d>', {"dates.partial": (0, 1, 1)}),
    things("decade for year", '<d v="1993">93</d>', '<d v="199X">93</d>',
           # half of the only part
           {"dates.partial": (0.5, 0.5, 0.5)}),
    things("circa forgotten", '<d v="1870~">1870</d>', '<d v="1870">1870</d>',
           # the year of two parts, year and mark
           {"dates.partial": (0.5, 0.5, 0.5)}),
    things("wrong end of an interval", '<d v="2009/2014">2009–2014</d>', '<d v="2009/2015">2009–2014</d>',
           # mean of 1 and 0
           {"dates.partial": (0.5, 0.5, 0.5), "dates.value": (0, 1, 1)}),
    things("open end forgotten", '<d v="2007/..">2007</d>', '<d v="2007">2007</d>',
           # a date for an interval: half of the better end, 1/2 of 1
           {"dates.partial": (0.5, 0.5, 0.5)}),
    things("three dates", '<d v="1991">1991</d> <d v="2000-05">2000</d> <d v="2014">2014</d> 7',
           '<d v="1991">1991</d> <d v="2000">2000</d> 2014 <d v="0007">7</d>',
           # value: one right; 2000 wrong and missed; 2014 missed; 7 wrong: 1, 2, 2; partial: 1 + 1/2, wrong 1/2 + 1, missed 1/2 + 1
           {"dates.value": (1, 2, 2), "dates.exact": (2, 1, 1), "dates.partial": (1.5, 1.5, 1.5)}),
    # -- counts --------------------------------------------------------------------------------------------------------------------
    things("the count", gift(COUNT), gift(COUNT),
           {"counts.exact": (1, 0, 0), "counts.overlap": (1, 0, 0), "counts.number": (1, 0, 0), "counts.all": (1, 0, 0), "counts.strict": (1, 0, 0),
            "counts.unit": (1, 0), "counts.act": (1, 0), "counts.from": (1, 0), "counts.to": (1, 0), "counts.by": (0, 0), "counts.bound": (1, 0)}),
    things("count missed", gift(COUNT), gift("12 kitob"),
           # no details without a pair
           {"counts.number": (0, 0, 1), "counts.all": (0, 0, 1), "counts.unit": (0, 0), "counts.from": (0, 0)}),
    things("count spurious", gift("12 kitob"), gift(COUNT), {"counts.number": (0, 1, 0), "counts.all": (0, 1, 0), "counts.unit": (0, 0)}),
    things("wrong number", gift(COUNT), gift(COUNT.replace('n="12"', 'n="13"')),
           {"counts.exact": (1, 0, 0), "counts.number": (0, 1, 1), "counts.all": (0, 1, 1), "counts.unit": (1, 0)}),
    things("a range for a number", gift(COUNT), gift(COUNT.replace('n="12"', 'n="12..13"')), {"counts.number": (0, 1, 1)}),
    things("wrong unit", gift(COUNT), gift(COUNT.replace("books", "copies")),
           {"counts.number": (1, 0, 0), "counts.unit": (0, 1), "counts.all": (0, 1, 1), "counts.strict": (0, 1, 1)}),
    things("wrong act", gift(COUNT), gift(COUNT.replace("transferred", "held")), {"counts.act": (0, 1), "counts.all": (0, 1, 1)}),
    things("bound forgotten", gift(COUNT), gift(COUNT.replace(' bound="min"', "")), {"counts.bound": (0, 1), "counts.all": (0, 1, 1)}),
    things("no bound on either side", gift(COUNT.replace(' bound="min"', "")), gift(COUNT.replace(' bound="min"', "")),
           # nothing to judge
           {"counts.bound": (0, 0), "counts.all": (1, 0, 0)}),
    things("giver and receiver changed", gift(COUNT), gift(COUNT.replace('from="nl" to="mu"', 'from="mu" to="nl"')),
           {"counts.from": (0, 1), "counts.to": (0, 1), "counts.all": (0, 1, 1), "counts.number": (1, 0, 0)}),
    things("giver missing", gift(COUNT), gift(COUNT.replace(' from="nl"', "")), {"counts.from": (0, 1), "counts.to": (1, 0), "counts.all": (0, 1, 1)}),
    things("giver invented", gift(COUNT.replace(' from="nl"', "")), gift(COUNT), {"counts.from": (0, 1), "counts.all": (0, 1, 1)}),
    things("a state for an institution", gift(COUNT), gift(COUNT.replace('to="mu"', 'to="country:UZ"')), {"counts.to": (0, 1), "counts.all": (0, 1, 1)}),
    things("holder forgotten", gift('<c n="9" unit="books" act="held" by="nl">9 kitob</c>'), gift('<c n="9" unit="books" act="held">9 kitob</c>'),
           # `by` is no part of `all`, only of `strict`
           {"counts.by": (0, 1), "counts.all": (1, 0, 0), "counts.strict": (0, 1, 1)}),
    things("a count cut short", gift(COUNT), gift(COUNT.replace("12 kitob</c>", "12</c> kitob")),
           {"counts.exact": (0, 1, 1), "counts.overlap": (1, 0, 0), "counts.all": (1, 0, 0), "counts.strict": (0, 1, 1)}),
    # -- agreements ----------------------------------------------------------------------------------------------------------------
    agreed("the agreement", ("memorandum signed nl+mu t1 signed=2014",), ("memorandum signed nl+mu t1 signed=2014",),
           {"agreements.pairs": (1, 0, 0), "agreements.parties": (1, 0, 0), "agreements.all": (1, 0, 0), "agreements.strict": (1, 0, 0),
            "agreements.kind": (1, 0), "agreements.status": (1, 0), "agreements.signed": (1, 0), "agreements.valid": (0, 0),
            "agreements.trigger": (1, 0)}),
    agreed("agreement missed", ("memorandum signed nl+mu t1",), (),
           {"agreements.pairs": (0, 0, 1), "agreements.parties": (0, 0, 1), "agreements.all": (0, 0, 1), "agreements.kind": (0, 0)}),
    agreed("agreement spurious", (), ("memorandum signed nl+mu t1",),
           {"agreements.pairs": (0, 1, 0), "agreements.parties": (0, 1, 0), "agreements.all": (0, 1, 0)}),
    agreed("party missing", ("memorandum signed nl+mu+ar t1",), ("memorandum signed nl+mu t1",),
           # pairs wanted: nl-mu, nl-ar, mu-ar; found nl-mu: 1 right, 2 missed. As a whole: wrong and missed; no detail counts
           {"agreements.pairs": (1, 0, 2), "agreements.parties": (0, 1, 1), "agreements.all": (0, 1, 1), "agreements.kind": (0, 0)}),
    agreed("party too many", ("memorandum signed nl+mu t1",), ("memorandum signed nl+mu+ar t1",),
           {"agreements.pairs": (1, 2, 0), "agreements.parties": (0, 1, 1)}),
    agreed("other party", ("memorandum signed nl+mu t1",), ("memorandum signed nl+ar t1",),
           {"agreements.pairs": (0, 1, 1), "agreements.parties": (0, 1, 1)}),
    agreed("one agreement of three for three of two", ("memorandum signed nl+mu t1", "memorandum signed nl+ar t1", "memorandum signed mu+ar t1"),
           ("memorandum signed nl+mu+ar t1",),
           # the same three pairs; none of the three agreements found, the one found is wrong
           {"agreements.pairs": (3, 0, 0), "agreements.parties": (0, 1, 3), "agreements.all": (0, 1, 3)}),
    agreed("wrong kind", ("memorandum signed nl+mu t1",), ("treaty signed nl+mu t1",),
           {"agreements.parties": (1, 0, 0), "agreements.kind": (0, 1), "agreements.status": (1, 0), "agreements.all": (0, 1, 1)}),
    agreed("wrong status", ("memorandum signed nl+mu t1",), ("memorandum planned nl+mu t1",),
           {"agreements.status": (0, 1), "agreements.kind": (1, 0), "agreements.all": (0, 1, 1)}),
    agreed("date of signing invented", ("memorandum signed nl+mu t1",), ("memorandum signed nl+mu t1 signed=2014",),
           {"agreements.signed": (0, 1), "agreements.all": (0, 1, 1)}),
    agreed("wrong validity", ("memorandum signed nl+mu t1 valid=2009/2014",), ("memorandum signed nl+mu t1 valid=2009/2015",),
           {"agreements.valid": (0, 1), "agreements.signed": (0, 0), "agreements.all": (0, 1, 1)}),
    agreed("other words", ("memorandum signed nl+mu t1",), ("memorandum signed nl+mu t2",),
           # the words that name it are no part of `all`, only of `strict`
           {"agreements.trigger": (0, 1), "agreements.all": (1, 0, 0), "agreements.strict": (0, 1, 1)}),
    agreed("two of the same parties, told apart by what they say", ("memorandum signed nl+mu t1 signed=2001", "treaty ended nl+mu t2"),
           ("treaty ended nl+mu t2", "memorandum signed nl+mu t1 signed=2001"),
           # the pair counts once an article
           {"agreements.all": (2, 0, 0), "agreements.parties": (2, 0, 0), "agreements.pairs": (1, 0, 0)}),
    agreed("found twice", ("memorandum signed nl+mu t1",), ("memorandum signed nl+mu t1", "memorandum signed nl+mu t2"),
           {"agreements.parties": (1, 1, 0), "agreements.pairs": (1, 0, 0)}),
    agreed("optional, found", ("memorandum signed nl+mu t1 opt",), ("memorandum signed nl+mu t1",),
           {"agreements.parties": (0, 0, 0), "agreements.pairs": (0, 0, 0)}),
    agreed("optional, not found", ("memorandum signed nl+mu t1 opt",), (), {"agreements.parties": (0, 0, 0), "agreements.pairs": (0, 0, 0)}),
    agreed("optional only once", ("memorandum signed nl+mu t1 opt",), ("memorandum signed nl+mu t1", "treaty signed nl+mu t2"),
           # one is taken by the optional agreement, the other is spurious; its pair is allowed
           {"agreements.parties": (0, 1, 0), "agreements.pairs": (0, 0, 0)}),
    agreed("states as parties", ("treaty signed nl+country:UZ t1",), ("treaty signed nl+country:UZ t1",), {"agreements.all": (1, 0, 0)}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_counted_by_hand(case: Case):
    figures = evaluate([(case.gold, case.record)], resamples=0).figures
    for name, counted in case.counted.items():
        found = figures[name]
        made = (found.right, found.wrong, found.missed)[: len(counted)]
        assert made == pytest.approx(counted), name
        assert_follows(found, *counted)


def assert_follows(found: Figure, right: float, wrong: float, missed: float = 0) -> None:
    """F1 is 2 right / (2 right + wrong + missed), a share right / (right + wrong); of nothing there is none."""
    share = next(metric.kind for metric in METRICS if metric.name == found.name) == "share"
    value = (right, right + wrong) if share else (2 * right, 2 * right + wrong + missed)
    assert found.value == (pytest.approx(value[0] / value[1]) if value[1] else None)
    if not share:
        assert found.precision == (pytest.approx(right / (right + wrong)) if right + wrong else None)
        assert found.recall == (pytest.approx(right / (right + missed)) if right + missed else None)


def test_no_metric_is_without_a_case():
    covered = {name for case in CASES for name in case.counted}
    elsewhere = {"links.b3", "links.ceafe", "records.offsets"}
    assert covered | elsewhere == {metric.name for metric in METRICS}
    assert len(CASES) >= 60


# -- links: two articles; each name is a mention, X=y stands for a mention of y that has the key X ----------------------------------


LINKS = [
    # all one: B3 1; CEAF-e: one key, one entity, 2*2/(2+2) = 1
    ("same key for one institution", [[("A", "a"), ("A", "a")]], F(1), F(1)),
    # keys A {1}, B {1}; entity a {2}. B3: precision 1, recall (1/2 + 1/2)/2 = 1/2, F1 2/3.
    # CEAF-e: best pair 2*1/(1+2) = 2/3; precision 2/3 / 2 keys = 1/3, recall 2/3 / 1 = 2/3, F1 4/9
    ("two keys for one institution", [[("A", "a"), ("B", "a")]], F(2, 3), F(4, 9)),
    # the same with the sides changed
    ("one key for two institutions", [[("A", "a"), ("A", "b")]], F(2, 3), F(4, 9)),
    # one key in each article: as two keys for one
    ("another key in the other article", [[("A", "a")], [("B", "a")]], F(2, 3), F(4, 9)),
    # A {a, a, b}, B {b}. B3 precision: a: 2/3, 2/3; b in A: 1/3; b in B: 1; mean (2/3 + 2/3 + 1/3 + 1)/4 = 2/3.
    # recall: a: 1, 1; b: 1/2, 1/2; mean 3/4. F1 = 2 * 2/3 * 3/4 / (17/12) = 12/17.
    # CEAF-e: A-a 4/5, B-b 2/3: 22/15; 2 keys, 2 entities: 11/15
    ("a mention with the wrong neighbour", [[("A", "a"), ("A", "a"), ("A", "b"), ("B", "b")]], F(12, 17), F(11, 15)),
    # A {a, b}, B {a}: one to one forbids both keys for a. A-a 2/4, A-b 2/3, B-a 2/3: best A-b + B-a = 4/3; 2 keys, 2 entities: 2/3.
    # B3: precision (1/2 + 1/2 + 1)/3 = 2/3; recall (1/2 + 1/2 + 1)/3 = 2/3
    ("one to one, not the greatest first", [[("A", "a"), ("A", "b"), ("B", "a")]], F(2, 3), F(2, 3)),
    # 3 mentions of 3 institutions, a key each: 1
    ("three of three", [[("A", "a"), ("B", "b")], [("C", "c")]], F(1), F(1)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "articles", "b3", "ceafe"), LINKS, ids=[case[0] for case in LINKS])
def test_links_counted_by_hand(what: str, articles: list[list[tuple[str, str]]], b3: F, ceafe: F):
    pairs = []
    for number, links in enumerate(articles):
        wanted = " ".join(f'<i id="{entity}">Nom</i>' for _, entity in links)
        found = " ".join(f'<i id="{key.lower()}">Nom</i>' for key, _ in links)
        pairs.append((gold_of(wanted, id=f"n{number}"), record_of(found, id=f"n{number}")))
    figures = evaluate(pairs, resamples=0).figures
    assert figures["links.b3"].value == pytest.approx(float(b3))
    assert figures["links.ceafe"].value == pytest.approx(float(ceafe))
    assert figures["links.b3"].right == sum(map(len, articles))


def test_an_unknown_institution_is_its_own_in_each_article():
    one = '<i id="a">Nom</i> <i id="a">Nom</i>'
    pairs = [(gold_of(one, id=id), record_of(one, id=id, authorities={"a": None})) for id in ("n1", "n2")]
    # keys n1#i1 {2}, n2#i1 {2}, entity a {4}: B3 precision 1, recall 1/2; CEAF-e: 2*2/(2+4) = 2/3, precision 1/3, recall 2/3
    figures = evaluate(pairs, resamples=0).figures
    assert figures["links.b3"].value == pytest.approx(2 / 3)
    assert figures["links.ceafe"].value == pytest.approx(4 / 9)


def test_offsets_are_counted():
    gold, record = (
        gold_of('<d v="2014">2014</d> <d v="2015">2015</d>'),
        record_of('<d v="2014">2014</d> <d v="2015">2015</d>'),
    )
    broken = record.dates[0].model_copy(update={"text": "2O14"})
    figures = evaluate([(gold, record.model_copy(update={"dates": (broken, record.dates[1])}))], resamples=0).figures
    assert (figures["records.offsets"].right, figures["records.offsets"].wrong) == (1, 1)  # one of two slices


def test_micro_and_macro():
    wanted = '<d v="2014">2014</d> <d v="2015">2015</d> <d v="2016">2016</d>'
    pairs = [
        (gold_of(wanted, id="n1"), record_of(wanted, id="n1")),
        (gold_of('<d v="2014">2014</d>', id="n2"), record_of("2014", id="n2")),
        (gold_of("2014", id="n3"), record_of("2014", id="n3")),
    ]
    # together 3 right, 0 wrong, 1 missed: 6/7. Each for itself: 1, 0, and nothing to measure: mean 1/2
    figure = evaluate(pairs, resamples=0).figures["dates.value"]
    assert figure.value == pytest.approx(6 / 7)
    assert figure.macro == pytest.approx(1 / 2)


def test_of_nothing_there_is_no_figure():
    figures = evaluate([(gold_of("Hech narsa"), record_of("Hech narsa"))]).figures
    assert {figure.value for figure in figures.values()} == {None}
    assert {figure.low for figure in figures.values()} == {None}
