"""Dates as far as their own words say them: what is still without its year or century, and how a text supplies that.

A day or month without year takes the year that its sentence, or the sentence before, makes plain; a decade («90-yillar») the
century of the dates around it. Nothing is ever taken from today's date.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.finders.edtf import Edtf, EdtfError, Point

__all__ = ["Part", "PartialDate", "completed", "joined"]

_REACH = 3  # sentences back in which a full date lends its year
_NEAR = 31  # days, at most, between a day without year and one with it that lends it from afar
_NEIGHBOURS = 12  # dates looked at on either side


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


def completed(dates: Sequence[PartialDate], sentence: Sequence[int], *, acts: Container[int] = ()) -> list[PartialDate]:
    """Return the dates of a text, in order, with the years that the text makes plain.

    `sentence` is that of each token; `acts` holds the first tokens of dates of acts, which lend no year from afar.
    """
    out: list[PartialDate] = []
    for index, date in enumerate(dates):
        if date.complete:
            out.append(date)
            continue
        here = sentence[date.first]
        before = [other for other in reversed(out[-_NEIGHBOURS:]) if here - sentence[other.first] <= _REACH]
        same = [other for other in before if sentence[other.first] == here]
        after = [other for other in dates[index + 1 : index + _NEIGHBOURS] if sentence[other.first] == here]
        last = [other for other in before if here - sentence[other.first] == 1]
        if date.begin.short:
            far = [*reversed(out[-_NEIGHBOURS:]), *dates[index + 1 : index + _NEIGHBOURS]]
            out.append(_with_century(date, same + last + after + far))
            continue
        for others in (same, after, last, [other for other in before if other.begin.month]):
            year = _plain_year(others)
            if year is not None:
                date = _with_year(date, year)
                break
        else:
            date = _near_in_time(date, (other for other in reversed(out[-_NEIGHBOURS:]) if other.first not in acts))
        out.append(date)
    return out


def _with_year(date: PartialDate, year: int) -> PartialDate:
    begin, end = replace(date.begin, year=year), date.end
    if end is not None:
        begin, end = joined(begin, end) or (begin, replace(end, year=year))
    return replace(date, begin=begin, end=end)


def _plain_year(dates: Sequence[PartialDate]) -> int | None:
    """Return the year of the nearest of `dates` that fixes one: days and months go before years."""
    years = []
    for date in dates:
        if date.begin.year is None or date.begin.masked or (date.end and date.end.year != date.begin.year):
            continue
        if date.begin.month:
            return date.begin.year
        years.append(date.begin.year)
    return years[0] if years else None


def _near_in_time(date: PartialDate, before: Iterable[PartialDate]) -> PartialDate:
    """Return a day without year with that of the first full day in `before` that lies a month from it at most; as it is without one.

    A letter of 6 March 2018 that thanks for a parcel of 21 February, the days of a conference that its head names.
    """
    if date.begin.grain != "D":
        return date
    for other in before:
        for end in (other.begin, other.end):
            if end is None or end.grain != "D" or not end.complete:
                continue
            for year in ((end.year or 0) + shift for shift in (0, -1, 1)):
                dated = _with_year(date, year)
                if abs(_days(dated.begin) - _days(end)) <= _NEAR:
                    return dated
    return date


def _days(part: Part) -> int:
    """Return a measure of a day in which each month has 31 of them: near enough to tell what lies close together."""
    return ((part.year or 0) * 12 + part.month) * 31 + part.day


def _with_century(date: PartialDate, near: Sequence[PartialDate]) -> PartialDate:
    """Return a date of short decades in the century of the nearest date: «90-yillar» beside 2015 are of the century before."""
    year = next((other.begin.year for other in near if other.begin.year is not None and other.begin.year > 0), None)
    if year is None:
        return date
    century = year // 100 * 100
    if century == 2000 and century + date.begin.short > year:
        century -= 100
    begin = replace(date.begin, year=century + date.begin.short, short=0)
    end = replace(date.end, year=century + date.end.short, short=0) if date.end else None
    return replace(date, begin=begin, end=end)
