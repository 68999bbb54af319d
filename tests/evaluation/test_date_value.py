"""How near a date is, and what is wrong with it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.date_value import credit, fault
from pipeline.evaluation.metrics import UNIT

POINTS = st.sampled_from(
    [
        "1993",
        "199X",
        "19XX",
        "2014",
        "2014~",
        "2014-09",
        "2014-09-16",
        "2014-09-16?",
        "XXXX-09-16",
        "XXXX-09",
        "2014-21",
        "2014-33",
        "-0499",
        "-04XX",
    ]
)
VALUES = POINTS | st.tuples(POINTS, POINTS).map("/".join) | POINTS.map("../{}".format) | POINTS.map("{}/..".format)


@pytest.mark.parametrize(
    ("wanted", "found", "worth"),
    [
        ("2014-09-16", "2014-09-16", Fraction(1)),
        ("2014-09-16~", "2014-09-16", Fraction(3, 4)),  # three parts of four, the mark is one
        ("2014-21", "2014-22", Fraction(1, 2)),  # the year of year and season
        ("2014-21", "2014", Fraction(1, 2)),
        ("18XX", "1850", Fraction(1, 2)),
        ("18XX", "185X", Fraction(1, 2)),
        ("18XX", "19XX", Fraction(0)),
        ("2009/2014", "2010/2015", Fraction(0)),
        ("2014-06-22/2014-07-01", "2014-06-22/2014-07-02", Fraction(5, 6)),  # mean of 1 and 2/3
        ("2007/..", "2007/2010", Fraction(1, 2)),  # mean of 1 and 0
        ("2007/..", "../2007", Fraction(0)),
        ("../2014", "2014", Fraction(1, 2)),
        ("-04XX", "-0450", Fraction(1, 2)),
        ("2014", "nonsense", Fraction(0)),
        ("nonsense", "nonsense", Fraction(1)),
    ],
)
def test_worth_by_hand(wanted: str, found: str, worth: Fraction):
    assert credit(wanted, found) == worth


@given(VALUES, VALUES)
def test_worth_is_a_share_in_whole_units(wanted: str, found: str):
    worth = credit(wanted, found)
    assert 0 <= worth <= 1
    assert (worth == 1) == (wanted == found)
    assert (worth * UNIT).denominator == 1


@pytest.mark.parametrize(
    ("wanted", "found", "text", "cause"),
    [
        ("2014-09-16", "2013-09-16", "16 sentabr", "wrong year from context"),
        ("2014-09-16", "2013-09-16", "16.09.2013", "wrong year"),
        ("2014-09-16", "2013-09-16", "2014-yil 16-sentabr", "wrong year"),
        ("2014-09-16", "1914-09-16", "16.09.14", "wrong year"),
        ("2014", "2015", "2014", "wrong year"),
        ("2014-09-16", "XXXX-09-16", "16 sentabr", "year not filled in"),
        ("XXXX-09-16", "2014-09-16", "16 sentabr", "year that the text does not say"),
        ("2014-09-16", "2014-10-16", "16", "wrong month"),
        ("2014-09-16", "2014-09-17", "16", "wrong day"),
        ("2014-09-16", "2014-09", "16", "wrong precision"),
        ("2014-09", "2014", "2014", "wrong precision"),
        ("2014-21", "2014-03", "bahor", "wrong precision"),
        ("1993", "199X", "90", "wrong precision"),
        ("1870~", "1870", "1870", "wrong mark"),
        ("2007/..", "2007", "2007", "wrong end of an interval"),
        ("2007/..", "2007/2010", "2007", "wrong end of an interval"),
        ("2007/2010", "2007/2011", "2007–2010", "wrong year"),
        ("nonsense", "2014", "2014", "wrong precision"),
    ],
)
def test_fault(wanted: str, found: str, text: str, cause: str):
    assert fault(wanted, found, text) == cause
