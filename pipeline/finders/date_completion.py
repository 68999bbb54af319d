"""How a text supplies what the words of a date leave open: the year of a day or a month, the century of a decade.

A day or month without year takes the year that its sentence, or the sentence before, makes plain, else that of the entry, the report or
the letter that it stands in; a decade («90-yillar») the century of the dates around it. Nothing is ever taken from today's date.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.finders.date_frames import Frames
from pipeline.finders.partial_dates import Part, PartialDate, joined

__all__ = ["completed"]

_REACH = 3  # sentences back in which a full date lends its year
_NEAR = 31  # days, at most, between a day without year and one with it that lends it from afar
_NEIGHBOURS = 12  # dates looked at on either side
_WINTER = 24
_ENTRY_MONTH = (
    "entry-month"  # the rule of a month at the head of an entry: the entries of a year go on month after month
)


def completed(
    dates: Sequence[PartialDate], sentence: Sequence[int], *, frames: Frames, acts: Container[int] = ()
) -> list[PartialDate]:
    """Return the dates of a text, in order, with the years that the text makes plain.

    `sentence` is that of each token; `frames` knows what years the text and its parts are of; `acts` holds the first tokens of
    dates of acts, which lend no year from afar.
    """
    out: list[PartialDate] = []
    for index, date in enumerate(dates):
        if date.complete:
            out.append(date)
            continue
        here = sentence[date.first]
        past, following = out[: -_NEIGHBOURS - 1 : -1], dates[index + 1 : index + _NEIGHBOURS]
        before = [other for other in past if here - sentence[other.first] <= _REACH]
        after = [other for other in following if sentence[other.first] == here]
        if date.begin.short:
            near = [other for other in before if here - sentence[other.first] <= 1]
            out.append(_with_century(date, [*near, *after, *past, *following]))
            continue
        if date.rule == _ENTRY_MONTH and (
            earlier := next((other for other in reversed(out) if other.rule == _ENTRY_MONTH), None)
        ):
            year = earlier.begin.year
            out.append(date if year is None else _with_year(date, year + (date.begin.month < earlier.begin.month)))
            continue
        year = next(filter(None, _years(date, before, after, sentence, frames)), None)
        if year is None:
            out.append(_near_in_time(date, (other for other in past if other.first not in acts)))
        else:
            out.append(_with_year(date, year))
    return out


def _years(
    date: PartialDate,
    before: Sequence[PartialDate],
    after: Sequence[PartialDate],
    sentence: Sequence[int],
    frames: Frames,
) -> Iterator[int | None]:
    """Yield the years that the text offers to a date without one, the plainest first.

    `before`: the dates of its sentence and the few before, the nearest first; `after`: those of its sentence behind it.
    """
    here, months = sentence[date.first], date.begin.grain == "M"
    before = [other for other in before if _lends(other)]
    same = [other for other in before if sentence[other.first] == here]
    before = [other for other in before if sentence[other.first] == here or not frames.heads(other)]
    last = [other for other in before if here - sentence[other.first] == 1]
    yield _plain_year([other for other in (*same, *filter(_lends, after)) if other.begin.month])
    yield frames.entry(date)
    yield _plain_year(same)
    near = [other for other in last if not frames.apart(other, date)]
    yield _plain_year([other for other in near if other.begin.month])
    yield frames.text(date, here)
    yield _plain_year(near)
    yield _plain_year(last)
    yield _plain_year(
        [
            other
            for other in before
            if other.begin.month and not (months and other.begin.grain == "M" and frames.apart(other, date))
        ]
    )


def _lends(date: PartialDate) -> bool:
    """Return whether a date may lend its year: a term («до 2026 года») does not, nor a year since which something is, nor a winter."""
    if date.open:
        return date.open == "end" and date.begin.month != 0
    return date.begin.month != _WINTER


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
