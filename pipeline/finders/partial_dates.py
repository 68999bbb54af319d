"""Dates as far as their own words say them: what is still without its year or century is supplied by finders/date_completion.py."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.finders.edtf import Edtf, EdtfError, Point

__all__ = ["Part", "PartialDate", "joined"]


@dataclass(frozen=True, slots=True)
class Part:
    """One end of a date. `short`: a decade (90) whose century is still to be found; the rest as in `Point`."""

    year: int | None = None
    month: int = 0
    day: int = 0
    masked: int = 0
    short: int = 0

    @property
    def grain(self) -> str:
        """What kind of date it is: D day, M month, P part of a year, Y year, X decade or century."""
        if self.day:
            return "D"
        if self.month:
            return "M" if self.month <= 12 else "P"
        return "X" if self.masked else "Y"

    @property
    def complete(self) -> bool:
        """Whether its own words say all of it."""
        return self.year is not None and not self.short


@dataclass(
    slots=True
)  # not frozen: there are hundreds in an article, and a frozen one takes four times as long to make
class PartialDate:
    """A date at tokens [first, last): `end` where it is a range; `open` is "", "begin" or "end", the side that has no limit."""

    first: int
    last: int
    begin: Part
    rule: str
    end: Part | None = None
    open: str = ""
    uncertain: bool = False
    approximate: bool = False

    @property
    def symbol(self) -> str:
        """The symbol under which the rules of the next stage know it."""
        return "DR" if self.end or self.open else "D" + self.begin.grain

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be found for its value."""
        return self.begin.complete and (self.end is None or self.end.complete)

    def value(self) -> Edtf | None:
        """Return the EDTF value, None where the parts make none."""
        return _value(self.begin, self.end, self.open, self.uncertain, self.approximate)


@lru_cache(maxsize=1 << 14)
def _value(begin: Part, end: Part | None, open_side: str, uncertain: bool, approximate: bool) -> Edtf | None:
    try:
        first, last = _point(begin), _point(end) if end else None
        if open_side:
            value = Edtf.between(first, None) if open_side == "end" else Edtf.between(None, first)
        else:
            value = Edtf.between(first, last) if last else Edtf(first)
    except EdtfError:
        return None
    return value.qualified(uncertain=uncertain, approximate=approximate)


def _point(part: Part) -> Point:
    return Point(part.year, part.month, part.day, part.masked)


def joined(begin: Part, end: Part) -> tuple[Part, Part] | None:
    """Return the ends of a range, each with the month or year that only the other one names; None where they do not go together."""
    if begin.day and not begin.month:
        begin = replace(begin, month=end.month)
    if end.day and not end.month:
        end = replace(end, month=begin.month)
    if begin.grain != end.grain and {begin.grain, end.grain} != {"X", "Y"}:
        return None
    if begin.short or end.short:
        return begin, end
    over_new_year = begin.month <= 12 and (begin.month, begin.day) > (end.month, end.day)
    if begin.year is None and end.year is not None:
        begin = replace(begin, year=end.year - over_new_year)
    elif end.year is None and begin.year is not None:
        end = replace(end, year=begin.year + over_new_year)
    backward = begin.grain == "Y" and begin.year is not None and end.year is not None and begin.year >= end.year
    return None if backward or begin == end else (begin, end)
