"""EDTF values (ISO 8601-2, the Library of Congress's Extended Date/Time Format): the closed subset that a record may hold.

    year 1993, 0712, -0499 (500 BC)        decade 199X        century 18XX, -04XX (5th century BC)
    month 2018-05     day 2016-07-11       without year XXXX-05, XXXX-08-28
    season 2014-21 to -24 (spring first)   quarter 2020-33 to -36   half 2020-40, -41
    uncertain 1984?   approximate 1870~    both 1870%
    interval 2009/2014, open 2007/.. and ../2014

A value that cannot be is never built: `Point` and `Edtf` raise EdtfError. The text of a value (`str`) is canonical, and
`parse` reads just what `str` writes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import total_ordering
from typing import Self

__all__ = ["Day", "Edtf", "EdtfError", "Point"]

Day = tuple[int, int, int]
"""A calendar day as (astronomical year, month, day): years before our era do not fit datetime.date."""

_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
_MASKS = {0: 0, 1: 10, 2: 100}
_POINT = re.compile(
    r"(?P<year>-?[0-9]{4}|-?[0-9]{3}X|-?[0-9]{2}XX|XXXX)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[?~%]?)\Z"
)
_FIRST: Day = (-10_000, 1, 1)
_LAST: Day = (10_000, 12, 31)


class EdtfError(ValueError):
    """A text or a set of parts that is no value of the subset; the message says what is wrong with it."""


def _days(year: int, month: int) -> int:
    """Return the days of a month; years repeat every 400, which brings those before our era within reach."""
    return monthrange(2000 + year % 400, month)[1]


@dataclass(frozen=True, slots=True)
class Point:
    """One date: a day, month, part of a year, year, decade or century.

    year: astronomical, first year of the decade or century where `masked` is 1 or 2 (the century -04XX begins in -499);
    None where it is not known. month: 1 to 12, or 21 to 24, 33 to 36, 40, 41; 0 for none. day: 0 for none.
    """

    year: int | None
    month: int = 0
    day: int = 0
    masked: int = 0
    uncertain: bool = False
    approximate: bool = False

    def __post_init__(self) -> None:
        year, month, day = self.year, self.month, self.day
        if year is None:
            if not 1 <= month <= 12 or self.masked:
                raise EdtfError("a date without year needs a month")
        elif not -9999 <= year <= 9999:
            raise EdtfError(f"year {year} has more than four digits")
        if self.masked not in _MASKS:
            raise EdtfError(f"{self.masked} digits cannot be left open; 1 is a decade, 2 a century")
        if self.masked and month:
            raise EdtfError("a decade or century has no month")
        if (
            self.masked
            and year is not None
            and (year if year >= 0 else -year - _MASKS[self.masked] + 1) % _MASKS[self.masked]
        ):
            raise EdtfError(f"{year} is not the first year of a decade or century")
        if month and not 1 <= month <= 12 and month not in _SEASONS and month not in _PARTS:
            raise EdtfError(f"month {month} is no month, season, quarter or half")
        if day and not (1 <= month <= 12 and 1 <= day <= _days(2000 if year is None else year, month)):
            raise EdtfError(f"there is no day {day} in month {month}")

    @classmethod
    def century(cls, number: int, *, before: bool = False) -> Self:
        """Return century `number` (1 for the first), before our era where `before`."""
        return cls(-100 * number + 1 if before else 100 * (number - 1), masked=2)

    def __str__(self) -> str:
        mark = (
            "%" if self.uncertain and self.approximate else "?" if self.uncertain else "~" if self.approximate else ""
        )
        if self.year is None:
            text = "XXXX"
        else:
            sign, size = ("-", -self.year) if self.year < 0 else ("", self.year)
            digits = f"{size:04d}"
            text = sign + (digits[: 4 - self.masked] + "X" * self.masked if self.masked else digits)
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text + mark

    @property
    def lower(self) -> Day | None:
        """The first day that the date may mean; None where the year is not known."""
        if self.year is None:
            return None
        if self.month in _SEASONS:
            return self.year, _SEASONS[self.month][0], 1
        month = _PARTS[self.month][0] if self.month in _PARTS else self.month or 1
        return self.year, month, self.day or 1

    @property
    def upper(self) -> Day | None:
        """The last day that the date may mean; None where the year is not known. A winter ends in the year after."""
        if self.year is None:
            return None
        if self.masked:
            return self.year + _MASKS[self.masked] - 1, 12, 31
        if self.day:
            return self.year, self.month, self.day
        year = self.year + (self.month == 24)
        month = (_SEASONS | _PARTS)[self.month][1] if self.month > 12 else self.month or 12
        return year, month, _days(year, month)


@total_ordering
@dataclass(frozen=True, slots=True, eq=True)
class Edtf:
    """A date, or an interval between two dates (None: open on that side). Raises EdtfError for a backward or doubly open one."""

    begin: Point | None
    end: Point | None = None
    interval: bool = False

    def __post_init__(self) -> None:
        if not self.interval:
            if self.begin is None or self.end is not None:
                raise EdtfError("a date that is no interval has a beginning only")
            return
        if self.begin is None and self.end is None:
            raise EdtfError("an interval needs one end that is known")
        if self.begin and self.end and not _ordered(self.begin, self.end):
            raise EdtfError(f"{self.begin}/{self.end} runs backwards")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the value that `text` writes. Raises EdtfError."""
        begin, slash, end = text.partition("/")
        if not slash:
            return cls(_point(begin))
        return cls(None if begin == ".." else _point(begin), None if end == ".." else _point(end), interval=True)

    @classmethod
    def between(cls, begin: Point | None, end: Point | None) -> Self:
        """Return the interval from `begin` to `end`; None is an open side."""
        return cls(begin, end, interval=True)

    def __str__(self) -> str:
        if not self.interval:
            return str(self.begin)
        return f"{self.begin or '..'}/{self.end or '..'}"

    @property
    def lower(self) -> Day | None:
        """The first day that the value may mean; None where it is open or not known."""
        return self.begin.lower if self.begin else None

    @property
    def upper(self) -> Day | None:
        """The last day that the value may mean; None where it is open or not known."""
        last = self.end if self.interval else self.begin
        return last.upper if last else None

    def qualified(self, *, uncertain: bool = False, approximate: bool = False) -> Self:
        """Return the value with the marks added to both of its ends."""

        def mark(point: Point | None) -> Point | None:
            if point is None:
                return None
            return replace(point, uncertain=point.uncertain or uncertain, approximate=point.approximate or approximate)

        return replace(self, begin=mark(self.begin), end=mark(self.end))

    def __lt__(self, other: Edtf) -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[Day, Day, str]:
        """By first day, then last day; what is not known comes after all that is, an open beginning before."""
        begin = self.lower or (_FIRST if self.begin is None else _LAST)
        return begin, self.upper or _LAST, str(self)


def _point(text: str) -> Point:
    match = _POINT.match(text)
    if match is None:
        raise EdtfError(f"{text!r} is no date of the subset")
    year, mark = match["year"], match["mark"]
    masked = 0 if year == "XXXX" else year.count("X")
    number: int | None = None
    if year != "XXXX":
        number = int(year.replace("X", "0"))
        if year.startswith("-") and masked:
            number -= _MASKS[masked] - 1
    elif not match["month"]:
        raise EdtfError("XXXX alone says nothing")
    point = Point(
        number,
        int(match["month"] or 0),
        int(match["day"] or 0),
        masked,
        uncertain=mark in ("?", "%"),
        approximate=mark in ("~", "%"),
    )
    if str(point) != text:
        raise EdtfError(f"{text!r} is not in canonical form; write {point}")
    return point


def _ordered(begin: Point, end: Point) -> bool:
    """Return whether `begin` may come before `end`."""
    if begin.year is None or end.year is None:
        return begin.year is end.year  # both without a year: 28 December to 5 January is in order too
    first, last = begin.lower, end.upper
    return first is not None and last is not None and first <= last
