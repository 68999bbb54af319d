"""Two EDTF values side by side: how near the found one is to the wanted one, and what is wrong with it."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from pipeline.evaluation.judgement import Cause
from pipeline.finders.edtf import Edtf, EdtfError, Point

__all__ = ["credit", "fault"]

_OWN_YEAR = re.compile(r"\d{4}|\d+[./]\d+[./]\d+")  # a year among the words of the date itself


@lru_cache(maxsize=1 << 16)
def credit(wanted: str, found: str) -> Fraction:
    """Return how much of a value is right, from 0 to 1: its year, then its month, then its day, as far as they agree from the front.

    A date counts the parts that agree, up to the first that does not, over the parts of the one that has more:

    - 2014-09-16 for 2014-09-17: 2/3; 2014-09 for 2014-09-17: 2/3; 2014 for 2014-09-17: 1/3; 2013-09-17 for 2014-09-17: 0
    - a year within the decade or century that the other one names counts half a part: 199X for 1993: 1/2
    - XXXX-08-28 for 2014-08-28: 2/3 (nothing wrong is said); 2014-08-28 for XXXX-08-28: 0 (a year that the text does not say)
    - a mark (`~`, `?`) that only one of them has is one part more: 1870 for 1870~: 1/2

    An interval counts the mean of its ends (an open end equals an open end only); a date against an interval half of the better end.
    A value that is not EDTF of our subset counts 1 where it is the same text, else 0. The denominator always divides 48.
    """
    if wanted == found:
        return Fraction(1)
    a, b = _parsed(wanted), _parsed(found)
    if a is None or b is None:
        return Fraction(0)
    if a.interval != b.interval:
        return max(_ends(a, b), _ends(b, a)) / 2
    if a.interval:
        return (_point_credit(a.begin, b.begin) + _point_credit(a.end, b.end)) / 2
    return _point_credit(a.begin, b.begin)


def fault(wanted: str, found: str, text: str) -> Cause:
    """Return what is wrong with a found value that differs from the wanted one; `text` is the found span."""
    a, b = _parsed(wanted), _parsed(found)
    if a is None or b is None:
        return "wrong precision"
    if a.interval != b.interval:
        return "wrong end of an interval"
    for mine, other in ((a.begin, b.begin), (a.end, b.end)):
        if mine != other:
            return "wrong end of an interval" if mine is None or other is None else _point_fault(mine, other, text)
    return "wrong precision"


@lru_cache(maxsize=1 << 16)
def _parsed(value: str) -> Edtf | None:
    try:
        return Edtf.parse(value)
    except EdtfError:
        return None


def _ends(point: Edtf, interval: Edtf) -> Fraction:
    """Return the credit of the better end of an interval for a date; 0 where they stand the other way round."""
    if point.interval:
        return Fraction(0)
    return max(_point_credit(point.begin, interval.begin), _point_credit(point.begin, interval.end))


def _point_credit(wanted: Point | None, found: Point | None) -> Fraction:
    if wanted is None or found is None:
        return Fraction(wanted is found)
    parts = max(_parts(wanted), _parts(found)) + (_marks(wanted) != _marks(found))
    return _shared(wanted, found) / parts


def _shared(wanted: Point, found: Point) -> Fraction:
    """Return how many leading parts agree."""
    if (wanted.year, wanted.masked) == (found.year, found.masked):
        shared = Fraction(1)
    elif found.year is None:
        shared = Fraction(0)
    elif wanted.year is None or not (_covers(wanted, found) or _covers(found, wanted)):
        return Fraction(0)
    else:
        return Fraction(1, 2)
    for part in ("month", "day"):
        mine, other = getattr(wanted, part), getattr(found, part)
        if mine != other or not mine:
            break
        shared += 1
    return shared


def _parts(point: Point) -> int:
    return 1 + bool(point.month) + bool(point.day)


def _marks(point: Point) -> tuple[bool, bool]:
    return point.uncertain, point.approximate


def _covers(wide: Point, narrow: Point) -> bool:
    """Return whether a decade or century holds a year, or a century a decade."""
    return (
        wide.year is not None
        and narrow.year is not None
        and wide.masked > narrow.masked
        and wide.year <= narrow.year < wide.year + 10**wide.masked
    )


def _point_fault(wanted: Point, found: Point, text: str) -> Cause:
    if wanted.year is None and found.year is not None:
        return "year that the text does not say"
    if found.year is None and wanted.year is not None:
        return "year not filled in"
    if (wanted.year, wanted.masked) != (found.year, found.masked):
        if _covers(wanted, found) or _covers(found, wanted):
            return "wrong precision"
        return "wrong year" if not found.month or _OWN_YEAR.search(text) else "wrong year from context"
    if bool(wanted.month) != bool(found.month) or (wanted.month > 12) != (found.month > 12):
        return "wrong precision"
    if wanted.month != found.month:
        return "wrong month"
    if bool(wanted.day) != bool(found.day):
        return "wrong precision"
    return "wrong day" if wanted.day != found.day else "wrong mark"
