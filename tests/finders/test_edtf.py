"""EDTF values: what may be built, how it is written, ordered and bounded; judged by the `edtf` package where it can read them."""

from __future__ import annotations

import re

import edtf as reference
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.finders.edtf import Edtf, EdtfError, Point

# value, first day, last day
VALUES: list[tuple[str, tuple[int, int, int] | None, tuple[int, int, int] | None]] = [
    ("1993", (1993, 1, 1), (1993, 12, 31)),
    ("0712", (712, 1, 1), (712, 12, 31)),
    ("-0499", (-499, 1, 1), (-499, 12, 31)),
    ("0000", (0, 1, 1), (0, 12, 31)),
    ("2018-05", (2018, 5, 1), (2018, 5, 31)),
    ("2016-02", (2016, 2, 1), (2016, 2, 29)),
    ("1900-02", (1900, 2, 1), (1900, 2, 28)),
    ("2016-07-11", (2016, 7, 11), (2016, 7, 11)),
    ("XXXX-08-28", None, None),
    ("XXXX-05", None, None),
    ("XXXX-02-29", None, None),
    ("199X", (1990, 1, 1), (1999, 12, 31)),
    ("18XX", (1800, 1, 1), (1899, 12, 31)),
    ("00XX", (0, 1, 1), (99, 12, 31)),
    ("-04XX", (-499, 1, 1), (-400, 12, 31)),
    ("-00XX", (-99, 1, 1), (0, 12, 31)),
    ("2014-21", (2014, 3, 1), (2014, 5, 31)),
    ("2014-24", (2014, 12, 1), (2015, 2, 28)),
    ("2020-33", (2020, 1, 1), (2020, 3, 31)),
    ("2020-36", (2020, 10, 1), (2020, 12, 31)),
    ("2020-40", (2020, 1, 1), (2020, 6, 30)),
    ("2020-41", (2020, 7, 1), (2020, 12, 31)),
    ("1984?", (1984, 1, 1), (1984, 12, 31)),
    ("1870~", (1870, 1, 1), (1870, 12, 31)),
    ("1870%", (1870, 1, 1), (1870, 12, 31)),
    ("198X~", (1980, 1, 1), (1989, 12, 31)),
    ("2009/2014", (2009, 1, 1), (2014, 12, 31)),
    ("2014-06-22/2014-07-01", (2014, 6, 22), (2014, 7, 1)),
    ("18XX/19XX", (1800, 1, 1), (1999, 12, 31)),
    ("-04XX/-03XX", (-499, 1, 1), (-300, 12, 31)),
    ("1870~/1880~", (1870, 1, 1), (1880, 12, 31)),
    ("2018-41/2019-40", (2018, 7, 1), (2019, 6, 30)),
    ("XXXX-09-22/XXXX-09-25", None, None),
    ("XXXX-12-28/XXXX-01-05", None, None),
    ("2007/..", (2007, 1, 1), None),
    ("../2014", None, (2014, 12, 31)),
    ("197X/..", (1970, 1, 1), None),
    ("../18XX", None, (1899, 12, 31)),
    ("2014-21~", (2014, 3, 1), (2014, 5, 31)),
    ("2020-33/2020-34", (2020, 1, 1), (2020, 6, 30)),
]
# forms of the subset that the package refuses: a mask, season, quarter or half beside an open end; a season with a mark; an interval of
# quarters or halves, of masked years before our era
REFUSED = re.compile(
    r"-?\d+X+/\.\.|\.\./-?\d+X+|\d{4}-(?:2[1-4]|3[3-6]|4[01])[~?%]|\d{4}-(?:3[3-6]|4[01])/.*|.*/\d{4}-(?:3[3-6]|4[01])|-\d+X+/.*"
)
WRONG = [
    "", " 1993", "1993 ", "93", "19933", "1993-13", "1993-00", "2015-02-29", "2016-07-32", "2016-7-1", "XXXX", "XXXX-21", "XXXX-13", "XX", "1X", "19X4", "199X-05", "2014-25",
    "2014-37", "2014-21-01", "2014/2009", "../..", "..", "/2014", "2014/", "2014/..x", "1984??", "-0000", "-199", "2014-06-22/XXXX-07-01", "2014/2015/2016", "１９９３", "2014-05-06~?",
]  # fmt: skip


@pytest.mark.parametrize(("text", "lower", "upper"), VALUES, ids=[value[0] for value in VALUES])
def test_value(text: str, lower: tuple[int, int, int] | None, upper: tuple[int, int, int] | None) -> None:
    value = Edtf.parse(text)
    assert str(value) == text
    assert (value.lower, value.upper) == (lower, upper)


@pytest.mark.parametrize("text", WRONG)
def test_wrong(text: str) -> None:
    with pytest.raises(EdtfError):
        Edtf.parse(text)


@pytest.mark.parametrize("text", [value[0] for value in VALUES if not REFUSED.fullmatch(value[0])])
def test_package_reads_it(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert str(reference.parse_edtf(text)) == text


@pytest.mark.parametrize("text", [value[0] for value in VALUES if REFUSED.fullmatch(value[0])])
def test_package_refuses_it(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the package learns a form, this fails: then take the form out of REFUSED."""
    with pytest.raises((reference.EDTFParseException, TypeError)):
        reference.parse_edtf(text)


@pytest.mark.parametrize(
    "text", ["1993", "2018-05", "2016-02", "2016-07-11", "199X", "18XX", "2014-21", "2020-34", "2020-41", "2009/2014"]
)
def test_bounds_agree_with_the_package(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    value, judge = Edtf.parse(text), reference.parse_edtf(text)
    assert value.lower == tuple(judge.lower_strict()[:3])
    assert value.upper == tuple(judge.upper_strict()[:3])


def test_order() -> None:
    texts = "../1950 -04XX -0499 0712 18XX 1870~ 19XX 199X 1993 1993-01-01 1993-05 2007/2009 2007/.. XXXX-08-28".split()
    values = sorted(Edtf.parse(text) for text in reversed(texts))
    begins = [value.lower or (-9999, 1, 1) for value in values[:-1]]
    assert begins == sorted(begins)
    assert str(values[0]) == "../1950"
    assert str(values[-1]) == "XXXX-08-28"
    assert Edtf.parse("2007/2009") < Edtf.parse("2007/..")
    assert Edtf.parse("1993") == Edtf.parse("1993")
    assert hash(Edtf.parse("1993")) == hash(Edtf.parse("1993"))


def test_qualified() -> None:
    assert str(Edtf.parse("1870/1880").qualified(approximate=True)) == "1870~/1880~"
    assert str(Edtf.parse("1870/..").qualified(approximate=True)) == "1870~/.."
    assert str(Edtf.parse("1870?").qualified(approximate=True)) == "1870%"


def test_century_before_our_era() -> None:
    assert str(Edtf(Point.century(5, before=True))) == "-04XX"
    assert str(Edtf(Point.century(1, before=True))) == "-00XX"
    assert str(Edtf(Point.century(19))) == "18XX"


points = st.builds(
    lambda year, month, day, marks: (year, month, day, marks),
    st.one_of(st.none(), st.integers(-9999, 9999)),
    st.sampled_from([*range(13), 21, 22, 23, 24, 33, 34, 35, 36, 40, 41, 50]),
    st.integers(0, 32),
    st.tuples(st.booleans(), st.booleans(), st.integers(0, 2)),
)


@given(points, points, st.sampled_from(["single", "interval", "begin", "end"]))
def test_what_can_be_built_can_be_read(
    one: tuple[int | None, int, int, tuple[bool, bool, int]],
    two: tuple[int | None, int, int, tuple[bool, bool, int]],
    how: str,
) -> None:
    try:
        first, second = (
            Point(year, month, day, masked, uncertain=uncertain, approximate=approximate)
            for year, month, day, (uncertain, approximate, masked) in (one, two)
        )
        value = {
            "single": lambda: Edtf(first),
            "interval": lambda: Edtf.between(first, second),
            "begin": lambda: Edtf.between(first, None),
            "end": lambda: Edtf.between(None, second),
        }[how]()
    except EdtfError:
        return
    assert Edtf.parse(str(value)) == value
    if value.lower is not None and value.upper is not None:
        assert value.lower <= value.upper
