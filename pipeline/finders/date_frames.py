"""What year a text, or a part of it, is of: the year that its title reports on, that of an entry of a chronicle, that of its dateline.

A frame lends its year to the days and months that name none («годовой отчёт за 2023 год … в мае»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.finders.partial_dates import PartialDate
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind, Tokens

__all__ = ["Frames", "frames"]

_TITLE_LINE = 24  # tokens of the longest line that may belong to a title
_TITLE = 90  # tokens, at most, of the lines at the head of a text
_OWN_LINE = 12  # tokens, at most, of a line that a date ends and that may hold small words («issue of 3 May 2018»)
_DATELINE = 8  # tokens, at most, from the beginning of a running line to the end of its dateline's date
_SENTENCES = ("annals-year", "line-year", "reference-year")  # rules of a year that is a sentence of its own
_BLANK_LINE = re.compile(r"\n\s*\n")
_AFTER_HEAD = frozenset(".:–—-")


@dataclass(frozen=True, slots=True)
class Frames:
    """The years that a text is of. `entries`: token ranges [first, last) of a chronicle's entries with their years; `dateline`: (year, month, day)."""

    tokens: Tokens
    entries: Sequence[tuple[int, int, int]]
    report: int | None
    dateline: tuple[int, int, int] | None
    title: int  # the first token behind the lines at the head of the text
    coming: frozenset[int]  # sentences that tell of what is still to come

    def entry(self, date: PartialDate) -> int | None:
        """Return the year of the entry that a date without year stands in."""
        return next((year for first, last, year in self.entries if first <= date.first < last), None)

    def apart(self, one: PartialDate, other: PartialDate) -> bool:
        """Return whether a blank line stands between two dates, the first of which comes first."""
        return bool(_BLANK_LINE.search(self.tokens.text, self.tokens.end[one.last - 1], self.tokens.start[other.first]))

    def heads(self, date: PartialDate) -> bool:
        """Return whether a date stands in the head of a text that is of a year: what it lends, and to whom, says `text`."""
        return date.first < self.title and (self.report is not None or self.dateline is not None)

    def text(self, date: PartialDate, sentence: int) -> int | None:
        """Return the year that the title or the dateline lends to a date without year in sentence `sentence`.

        What is still to come may be of the year after, and so may the first of January of a year's report; a dateline says
        of what is later in the year than itself nothing.
        """
        month, day = date.begin.month, date.begin.day
        if sentence in self.coming or not 1 <= month <= 12:
            return None
        if self.report is not None:
            return None if (month, day) == (1, 1) else self.report
        if self.dateline is not None:
            year, *until = self.dateline
            return year if (month, day) <= tuple(until) else None
        return None


def frames(document: Document, dates: Sequence[PartialDate]) -> Frames:
    """Return the frames of a text whose dates, in order, are `dates`."""
    tokens, rules = document.tokens, grammar("dates")
    ahead, titles = rules.code["AHEAD"], {rules.code["REPORT"], rules.code["ACAD"]}
    lines = list(_title_lines(tokens))

    def sign(index: int) -> str:
        return rules.words(document.languages[index])[tokens.fold[index]][0]

    coming = {
        tokens.sentence[index]
        for date in dates
        if not date.complete
        for index in range(*tokens.sentences[tokens.sentence[date.first]])
        if sign(index) == ahead
    }
    return Frames(
        tokens,
        tuple(_entries(tokens, dates)),
        _reported(
            [(first, last, any(sign(index) in titles for index in range(first, last))) for first, last in lines], dates
        ),
        _dateline(tokens, dates, lines),
        lines[-1][1] if lines else 0,
        frozenset(coming),
    )


def _reported(lines: Sequence[tuple[int, int, bool]], dates: Sequence[PartialDate]) -> int | None:
    """Return the year that a title reports on: the only one of its line, else of the nearest line. `lines`: tokens [first, last), whether a report is named."""
    years = [
        {date.begin.year for date in dates if first <= date.first < last and _of_year(date)} for first, last, _ in lines
    ]
    named = next((number for number, (_, _, names) in enumerate(lines) if names), None)
    if named is None:
        return None
    for number in (named, named + 1, named + 2, named - 1):
        if 0 <= number < len(lines) and years[number]:
            return next(iter(years[number])) if len(years[number]) == 1 else None
    return None


def _of_year(date: PartialDate) -> bool:
    """Return whether a date is one year and no more."""
    return date.complete and date.begin.grain == "Y" and date.end is None and not date.open


def _begins_line(tokens: Tokens, index: int) -> bool:
    return index == 0 or (index < len(tokens) and tokens.gap[index] >= Gap.LINE)


def _title_lines(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield the short lines at the head of a text, as tokens [first, last)."""
    first = 0
    for index in range(1, min(len(tokens), _TITLE) + 1):
        if index == len(tokens) or _begins_line(tokens, index):
            if index - first > _TITLE_LINE:
                return
            yield first, index
            first = index


def _dateline(
    tokens: Tokens, dates: Sequence[PartialDate], lines: Sequence[tuple[int, int]]
) -> tuple[int, int, int] | None:
    """Return the day that stands in a line of its own at the head of a text, or behind the place with which its first running line begins."""
    running = lines[-1][1] if lines else 0
    for date in dates:
        if date.first > running + _DATELINE:
            return None
        if not date.complete or date.begin.grain != "D" or date.end is not None or date.open:
            continue
        start = next((first for first, last in lines if first <= date.first < last), running)
        ends = date.last == len(tokens) or _begins_line(tokens, date.last)
        opens = date.last - start <= _DATELINE and date.last < len(tokens) and tokens.kind[date.last] is Kind.SIGN
        named = all(tokens.upper[index] or tokens.kind[index] is not Kind.WORD for index in range(start, date.first))
        if (ends and (named or date.last - start <= _OWN_LINE)) or (opens and named):
            return date.begin.year or 0, date.begin.month, date.begin.day
    return None


def _entries(tokens: Tokens, dates: Sequence[PartialDate]) -> Iterator[tuple[int, int, int]]:
    """Yield the entries of a chronicle: what follows a year at the head of a line or a sentence, up to the next one or a blank line."""
    heads = [date for date in dates if _of_year(date) and _heads(tokens, date)]
    for number, date in enumerate(heads):
        following = heads[number + 1].first if number + 1 < len(heads) else len(tokens)
        last = date.last
        while last < following and not (
            last > date.last + 1
            and _begins_line(tokens, last)
            and _BLANK_LINE.search(tokens.text, tokens.end[last - 1], tokens.start[last])
        ):
            last += 1
        yield date.first, last, date.begin.year or 0


def _heads(tokens: Tokens, date: PartialDate) -> bool:
    """Return whether a year stands at the head of a line, or of a sentence of its own, as that of an entry."""
    ends = date.last == len(tokens) or _begins_line(tokens, date.last) or tokens.form(date.last) in _AFTER_HEAD
    return ends and (
        _begins_line(tokens, date.first)
        or (date.rule in _SENTENCES and tokens.sentences[tokens.sentence[date.first]][0] == date.first)
    )
