"""Dates: calendar expressions of a text with their EDTF values.

The rules (languages/*/dates.toml) work in four stages over one string of symbols: single dates and tight ranges; joined dates,
lists, and bare years that have evidence; circa and perhaps; since and until. What a stage finds is one symbol for the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from pipeline.finders.date_completion import completed
from pipeline.finders.date_frames import frames
from pipeline.finders.date_reader import Candidate, DateReader
from pipeline.finders.partial_dates import PartialDate
from pipeline.languages.grammar import grammar, roman, tag
from pipeline.languages.lexicon import Reading
from pipeline.text.document import Document
from pipeline.text.kept import Kept
from pipeline.text.tokens import Kind

__all__ = ["Date", "applied", "find_dates"]

_STAGES = (1, 2, 3, 4)
_DATE_SYMBOLS = ("DD", "DM", "DY", "DX", "DP", "DR")
_TELLING = ("MONTH", "MABB", "CENT", "QUARTER", "SEMESTER", "HALF", "THOUSAND", "THOUSANDTH", "DECW")
_DECADES = 20  # an ordinal from here on may be a decade: the eighties
_AROUND = 12  # tokens on either side of what tells of a date; no rule looks farther


@dataclass(frozen=True, slots=True)
class Date:
    """A date of a text: tokens [first, last), its EDTF value, the rule that found it."""

    first: int
    last: int
    edtf: str
    rule: str
    optional: bool = False


def find_dates(document: Document, *, context: bool = True) -> list[Date]:
    """Return the dates of a document in order; no two overlap. Linear in the length of the text.

    Without `context` a date says what its own words say: none takes its year or century from another one.
    """
    dates, _ = _search(document)
    return [
        Date(date.first, date.last, str(value), date.rule)
        for date in (_in_context(document, dates) if context else dates)
        if (value := date.value()) is not None
    ]


def _in_context(document: Document, dates: list[PartialDate]) -> list[PartialDate]:
    """Return the dates with the years that the text makes plain; the date of a numbered act says nothing of the days after it."""
    if all(date.complete for date in dates):
        return dates
    tokens, rules = document.tokens, grammar("dates")
    number, attributive = rules.code["NUMSIGN"], rules.code["ATTR"]

    def of_act(date: PartialDate) -> bool:
        last = date.last - 1
        marks = rules.words(document.languages[last])[tokens.fold[last]][3]
        after = tokens.form(date.last) if date.last < len(tokens) else ""
        return attributive in marks or rules.signs.get(after) == number

    acts = frozenset(date.first for date in dates if of_act(date))
    return completed(dates, tokens.sentence, frames=frames(document, dates), acts=acts)


def applied(document: Document) -> list[tuple[str, int, int]]:
    """Return the rules that applied, stage after stage, each as (name, first token, last token): what led to the dates."""
    return _search(document)[1]


def _search(document: Document) -> tuple[list[PartialDate], list[tuple[str, int, int]]]:
    """Return the dates, as far as their own words say them, and the rules that applied."""
    rules = grammar("dates")
    tags = tag(document, rules, sentences=_windows(document))
    found: list[PartialDate] = []
    names: list[tuple[str, int, int]] = []
    for stage in _STAGES:
        reader = DateReader(document, rules, tags, found)
        merges: list[tuple[int, int, str, Reading]] = []
        for candidate in _choose(reader.candidates(stage)):
            names.append((candidate.rule, tags.first[candidate.begin], tags.last[candidate.end - 1]))
            for begin, end, date in candidate.merges:
                symbol = "TRAP" if date is None else date.symbol
                merges.append((begin, reader.past_plural(end), symbol, Reading(symbol, str(len(found)))))
                if date is not None:
                    found.append(date)
        if merges:
            tags = rules.merge(tags, merges)
    codes = {rules.code[symbol] for symbol in _DATE_SYMBOLS}
    pairs = zip(tags.string, tags.readings, strict=True)
    return [found[int(reading.value)] for sign, reading in pairs if sign in codes and reading is not None], names


def _choose(candidates: Iterator[Candidate]) -> list[Candidate]:
    """Return candidates that do not overlap: the first to begin, then the longest, then the one whose rule stands first."""
    chosen: list[Candidate] = []
    done = 0
    for candidate in sorted(candidates, key=lambda c: (c.begin, -c.end, c.order)):
        if candidate.begin >= done:
            chosen.append(candidate)
            done = candidate.end
    return chosen


def _windows(document: Document) -> list[tuple[int, int]]:
    """Return the token ranges that may hold a date, each within one sentence, with as much around them as any rule looks at.

    What tells: a figure, a Roman numeral, a month, a century, a part of a year, a thousand. Most of a text has none and is not read.
    """
    tokens, upper = document.tokens, document.tokens.upper
    kinds, number, word = tokens.kind, Kind.NUMBER, Kind.WORD
    told = [
        index
        for index in document.telling(_telling)
        if (kind := kinds[index]) is number
        or (kind is word and (upper[index] or _telling(document.languages[index])[tokens.fold[index]] > 1))
    ]
    windows: list[tuple[int, int]] = []
    for sentence, indices in groupby(told, tokens.sentence.__getitem__):
        begin, end = tokens.sentences[sentence]
        before = tokens.sentences[sentence - 1] if sentence else (0, 0)
        first = last = -1
        for index in indices:
            if first < 0:
                first = index
            elif index - last > 2 * _AROUND:
                windows.append((max(begin, first - _AROUND), min(end, last + _AROUND)))
                first = index
            last = index
        if first <= begin + 1 and before[1] == begin and (not windows or windows[-1][1] <= before[1] - 3):
            windows.append((max(before[0], begin - 3), begin))  # «Journal. 2012. № 4»: what stands before is evidence
        windows.append((max(begin, first - _AROUND), min(end, last + _AROUND)))
    return windows


@cache
def _telling(language: str) -> Kept[int]:
    """Return what the folded words of a language tell of a date: 2 for a figure, a word of the calendar, 1 for a Roman numeral (if in capitals), 0 for nothing."""
    rules = grammar("dates")
    words, ordinal = rules.words(language), rules.code["ORD"]
    signs = {rules.code[symbol] for symbol in _TELLING}

    def tells(folded: str) -> int:
        sign, _, reading, *_ = words[folded]
        decade = sign == ordinal and reading is not None and int(reading.value) >= _DECADES
        return 2 if decade or sign in signs or folded[:1].isdecimal() else min(roman(folded), 1)

    return Kept(tells)
