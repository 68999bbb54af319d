"""Dates: calendar expressions of a text with their EDTF values.

The rules (languages/*/dates.toml) work in four stages over one string of symbols: single dates and tight ranges; joined dates,
lists, and bare years that have evidence; circa and perhaps; since and until. What a stage finds is one symbol for the next.
A day or month without year then takes the year that its sentence, or the sentence before, makes plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.finders.edtf import Edtf, EdtfError, Point
from pipeline.languages.grammar import Grammar, Match, Tags, grammar, roman, tag
from pipeline.languages.lexicon import Reading
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["Date", "applied", "find_dates"]

_STAGES = (1, 2, 3, 4)
_KEYS = ("MONTH", "MABB", "CENT", "QUARTER", "SEMESTER", "HALF", "THOUSAND", "THOUSANDTH")
_AROUND = 10  # tokens on either side of what tells of a date
_REACH = 3  # sentences back in which a full date lends its year
_DATE_SYMBOLS = ("DD", "DM", "DY", "DX", "DP", "DR")


@dataclass(frozen=True, slots=True)
class Date:
    """A date of a text: tokens [first, last), its EDTF value, the rule that found it."""

    first: int
    last: int
    edtf: str
    rule: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One end of a date as far as its words say it. `short`: a decade (90) whose century is still to be found."""

    year: int | None = None
    month: int = 0
    day: int = 0
    masked: int = 0
    short: int = 0

    @property
    def grain(self) -> str:
        """What kind of date it is, as the second letter of its symbol: D day, M month, P part of a year, Y year, X decade or century."""
        if self.day:
            return "D"
        if self.month:
            return "M" if self.month <= 12 else "P"
        return "X" if self.masked else "Y"


@dataclass(frozen=True, slots=True)
class _Found:
    """A date on its way: `end` where it is a range; `open` is "", "begin" or "end"."""

    first: int
    last: int
    begin: _Part
    rule: str
    end: _Part | None = None
    open: str = ""
    uncertain: bool = False
    approximate: bool = False

    @property
    def symbol(self) -> str:
        return "DR" if self.end or self.open else "D" + self.begin.grain

    def value(self) -> Edtf | None:
        """Return the EDTF value, None where the parts make none."""
        return _value(self.begin, self.end, self.open, self.uncertain, self.approximate)


@lru_cache(maxsize=1 << 14)
def _value(begin: _Part, end: _Part | None, open_: str, uncertain: bool, approximate: bool) -> Edtf | None:
    try:
        first, last = _point(begin), _point(end) if end else None
        if open_:
            value = Edtf.between(first, None) if open_ == "end" else Edtf.between(None, first)
        else:
            value = Edtf.between(first, last) if last else Edtf(first)
    except EdtfError:
        return None
    return value.qualified(uncertain=uncertain, approximate=approximate) if uncertain or approximate else value


@dataclass(frozen=True, slots=True)
class _Candidate:
    begin: int  # tags
    end: int
    order: int
    rule: str
    merges: tuple[tuple[int, int, _Found | None], ...]  # tags and what they become; None: no date


def find_dates(document: Document) -> list[Date]:
    """Return the dates of a document in order; no two overlap. Linear in the length of the text."""
    dates, _ = _search(document)
    return [
        Date(date.first, date.last, str(value), date.rule)
        for date in _with_years(dates, document)
        if (value := date.value()) is not None
    ]


def applied(document: Document) -> list[tuple[str, int, int]]:
    """Return the rules that applied, stage after stage, each as (name, first token, last token): what led to the dates."""
    return _search(document)[1]


def _search(document: Document) -> tuple[list[_Found], list[tuple[str, int, int]]]:
    """Return the dates, as far as their own words say them, and the rules that applied."""
    rules = grammar("dates")
    tags = tag(document, rules, sentences=_windows(document, rules))
    found: list[_Found] = []
    names: list[tuple[str, int, int]] = []
    for stage in _STAGES:
        reader = _Reader(document, rules, tags, found)
        merges: list[tuple[int, int, str, Reading]] = []
        for candidate in _choose(reader.candidates(stage)):
            names.append((candidate.rule, tags.first[candidate.begin], tags.last[candidate.end - 1]))
            for begin, end, date in candidate.merges:
                symbol = "TRAP" if date is None else date.symbol
                merges.append((begin, reader.past_plural(end), symbol, Reading(symbol, str(len(found)))))
                if date is not None:
                    found.append(date)
        tags = rules.merge(tags, merges)
    codes = {rules.code[symbol] for symbol in _DATE_SYMBOLS}
    pairs = zip(tags.string, tags.readings, strict=True)
    return [found[int(reading.value)] for sign, reading in pairs if sign in codes and reading is not None], names


def _windows(document: Document, rules: Grammar) -> list[tuple[int, int]]:
    """Return the token ranges that may hold a date, each within one sentence, with as much around them as any rule looks at.

    What tells: a figure, a Roman numeral, a month, a century, a part of a year, a thousand. Most of a text has none and is not read.
    """
    tokens, languages = document.tokens, document.languages
    folds, kinds, upper = tokens.fold, tokens.kind, tokens.upper
    keys = {rules.code[symbol] for symbol in _KEYS}
    word, number, sign = rules.word, Kind.NUMBER, Kind.SIGN
    windows: list[tuple[int, int]] = []
    before = (0, 0)
    for sentence in tokens.sentences:
        begin, end = sentence
        first = last = -1
        for index in range(begin, end):
            kind = kinds[index]
            if kind is sign:
                continue
            if kind is number or word(languages[index], folds[index])[0] in keys or (upper[index] and roman(folds[index])):
                if first < 0:
                    first = index
                elif index - last > 2 * _AROUND:
                    windows.append((max(begin, first - _AROUND), min(end, last + _AROUND)))
                    first = index
                last = index
        if first >= 0:
            if first <= begin + 1 and before[1] == begin and (not windows or windows[-1][1] <= before[1] - 3):
                windows.append((max(before[0], begin - 3), begin))  # «Journal. 2012. № 4»: what stands before is evidence
            windows.append((max(begin, first - _AROUND), min(end, last + _AROUND)))
        before = sentence
    return windows


def _choose(candidates: Iterator[_Candidate]) -> list[_Candidate]:
    """Return candidates that do not overlap: the first to begin, then the longest, then the one whose rule stands first."""
    chosen: list[_Candidate] = []
    done = 0
    for candidate in sorted(candidates, key=lambda c: (c.begin, -c.end, c.order)):
        if candidate.begin >= done:
            chosen.append(candidate)
            done = candidate.end
    return chosen


class _Reader:
    """Makes dates of the matches of one stage."""

    def __init__(self, document: Document, rules: Grammar, tags: Tags, found: list[_Found]) -> None:
        self.document, self.rules, self.tags, self.found = document, rules, tags, found
        self.plural = rules.code["PLUR"]
        self.bare = rules.code["Y"]
        self.thousand = rules.code["THOUSAND"]
        settings = rules.lexicon.settings
        self.capital_only = frozenset(settings.get("capital_only", ()))

    def candidates(self, stage: int) -> Iterator[_Candidate]:
        for order, match in enumerate(self.rules.finditer(self.tags, self.document, stage=stage)):
            values = match.rule.values
            language = values.get("lang")
            if language and self.document.languages[match.first] != language:
                continue
            span = self._span(match)
            if values.get("each"):
                merges = tuple(self._each(match, *span))
                if merges:
                    yield _Candidate(*span, order, match.rule.name, merges)
                continue
            date = self._read(match)
            if date is None or self._glued(match.first):
                continue
            condition = values.get("when")
            if condition and not _CONDITIONS[condition](self, match, date):
                continue
            if values.get("trap"):
                yield _Candidate(*span, order, match.rule.name, ((*span, None),))
            elif date.value() is not None or not _complete(date):
                yield _Candidate(*span, order, match.rule.name, ((*span, date),))

    def _glued(self, first: int) -> bool:
        """Return whether the token hangs on a letter or figure before it: the X of «Х1Х» is no century."""
        tokens = self.document.tokens
        return bool(first) and not tokens.gap[first] and tokens.kind[first - 1] is not Kind.SIGN

    def past_plural(self, end: int) -> int:
        """Return `end` past the plural mark of a year word: a later stage reads its case only."""
        string = self.tags.string
        while end < len(string) and string[end] == self.plural:
            end += 1
        return end

    def _span(self, match: Match) -> tuple[int, int]:
        """Return the tags of the span."""
        first, last = self.tags.first, self.tags.last
        begin, end = match.begin, match.end
        while first[begin] < match.first or last[begin] == first[begin]:
            begin += 1
        while last[end - 1] > match.last or last[end - 1] == first[end - 1]:
            end -= 1
        return begin, end

    def _each(self, match: Match, begin: int, end: int) -> Iterator[tuple[int, int, _Found | None]]:
        index = begin
        while index < end:
            if self.tags.string[index] != self.bare:
                index += 1
                continue
            stop = index + 1
            if stop + 1 < end and self.tags.string[stop] == self.rules.code["DASH"] and self.tags.string[stop + 1] == self.bare:
                stop += 2
            years = [self._number((at, at + 1)) for at in range(index, stop, 2)]
            first, last = self.tags.first[index], self.tags.last[stop - 1]
            ends = [_Part(year) for year in years]
            date = _Found(first, last, ends[0], match.rule.name, ends[1] if len(ends) > 1 else None)
            if date.value() is not None:
                yield index, stop, date
            index = stop

    def _number(self, span: tuple[int, int]) -> int:
        """Return the value of the first sign of the span that has one."""
        for index in range(*span):
            reading = self.tags.readings[index]
            if reading is not None and reading.value.isdecimal():
                return int(reading.value)
        return 0

    def _words(self, span: tuple[int, int]) -> int:
        """Return the number that a year in words says: bir ming to‘qqiz yuz to‘qson birinchi."""
        total = current = 0
        for index in range(*span):
            reading = self.tags.readings[index]
            if self.tags.string[index] == self.thousand:
                total, current = (current or 1) * 1000, 0
            elif reading is not None and reading.value == "100" and 0 < current < 10:
                current *= 100
            elif reading is not None and reading.value.isdecimal():
                current += int(reading.value)
        return total + current

    def _read(self, match: Match) -> _Found | None:
        """Return the date that a match says, None where it can be none."""
        slots = match.slots
        values = match.rule.values
        before = "e" in slots
        if "m" in slots and not self._month_form(slots["m"]):
            return None
        begin = end = None
        if "a" in slots:
            other = self._other(slots["a"])
            if other.end or other.open and (values.get("open") or "b" in slots):
                if not (values.get("approximate") or values.get("uncertain")):
                    return None
            if not any(name in slots for name in ("b", "d", "y2")):
                return self._around(match, other)
            begin = other.begin
            if "d" in slots:
                begin = replace(begin, day=self._number(slots["d"]))
        elif any(name in slots for name in "ymdsqhckw"):
            begin = self._part(slots, "", before=before, hundreds=int(values.get("century", 0)))
        if "b" in slots:
            other = self._other(slots["b"])
            if other.open:
                return None
            if "k" in slots and begin is not None and begin.year is None:
                return None
            if match.end <= slots["b"][0] or (other.end and match.rule.name.startswith("listed")) or match.rule.name.startswith("listed"):
                first = other.begin
                if begin is None:
                    return None
                shared = replace(begin, month=begin.month or first.month, year=begin.year if begin.year is not None else first.year)
                return _Found(match.first, match.last, shared, match.rule.name)
            if other.end:
                return None
            end = other.begin
        elif any(name + "2" in slots for name in "ymdsqhck"):
            end = self._part(slots, "2", before=before and "over" not in match.rule.name, like=begin)
        if begin is None:
            return _Found(match.first, match.last, _Part(2000), match.rule.name) if values.get("trap") else None
        if end is None:
            if match.rule.name == "year" and self.plural in self.tags.string[match.begin : match.end] and begin.year and begin.year % 10 == 0:
                begin = replace(begin, masked=1)
            date = _Found(match.first, match.last, begin, match.rule.name)
        else:
            joined = _shared(begin, end)
            if joined is None:
                return None
            date = _Found(match.first, match.last, joined[0], match.rule.name, joined[1])
        return self._around(match, date)

    def _around(self, match: Match, date: _Found) -> _Found | None:
        values = match.rule.values
        if values.get("open") and (date.end or date.open):
            return None
        return _Found(
            match.first,
            match.last,
            date.begin,
            match.rule.name if match.rule.stage < 3 else f"{date.rule}+{match.rule.name}",
            date.end,
            values.get("open", date.open),
            date.uncertain or "uncertain" in values,
            date.approximate or "approximate" in values,
        )

    def _other(self, span: tuple[int, int]) -> _Found:
        """Return the date of an earlier stage, or the bare year, in a slot."""
        if self.tags.string[span[0]] == self.bare:
            return _Found(self.tags.first[span[0]], self.tags.last[span[0]], _Part(self._number(span)), "")
        return self.found[self._number(span)]

    def _month_form(self, span: tuple[int, int]) -> bool:
        """Return whether a month's name is written as one: English “may” and “march” in small letters are none."""
        index = self.tags.first[span[0]]
        tokens = self.document.tokens
        small = self.document.languages[index] == "en" and tokens.fold[index] in self.capital_only
        return not small or tokens.capital(index)

    def _part(self, slots: dict[str, tuple[int, int]], which: str, *, before: bool, like: _Part | None = None, hundreds: int = 0) -> _Part | None:
        """Return the end of a date that the slots with the suffix `which` say. `like` is the first end of a range, `hundreds` a century."""

        def value(name: str) -> int | None:
            span = slots.get(name + which)
            return None if span is None else self._number(span)

        year, month, day = value("y"), value("m") or 0, value("d") or 0
        if "w" + which in slots:
            year = self._words(slots["w" + which])
        century, decade = value("c"), value("k")
        hundreds = hundreds or century or 0
        for name, base in (("s", 0), ("q", 32), ("h", 39)):
            part = value(name)
            if part is not None:
                month = base + part
                if not (21 <= month <= 24 or 33 <= month <= 36 or 40 <= month <= 41):
                    return None
        if decade is not None:
            if like is not None and like.year is not None and decade < 100:
                decade += like.year // 100 * 100
            elif hundreds and decade < 100:
                decade += 100 * (hundreds - 1)
            if decade % 10:
                return None
            return _Part(masked=1, short=decade) if decade < 100 else _Part(decade, masked=1)
        if century is not None:
            if not 1 <= century <= 21:
                return None
            point = Point.century(century, before=before)
            return _Part(point.year, masked=2)
        if year is not None:
            if before:
                year = 1 - year
            elif like is not None and like.year is not None and year < 100 <= like.year:
                year += like.year // 100 * 100
                if year <= like.year and like.year % 100 == 99:
                    year += 100
        if month > 12 and day or not 0 <= day <= 31:
            return None
        return _Part(year, month, day)


def _point(part: _Part) -> Point:
    return Point(part.year, part.month, part.day, part.masked)


def _complete(date: _Found) -> bool:
    """Return whether nothing is left to be found for the date's value."""
    return all(part is None or (part.year is not None and not part.short) for part in (date.begin, date.end))


def _shared(begin: _Part, end: _Part) -> tuple[_Part, _Part] | None:
    """Return the ends of a range, each with the month or year that only the other one names; None where they do not go together."""
    if begin.day and not begin.month:
        begin = replace(begin, month=end.month)
    if end.day and not end.month:
        end = replace(end, month=begin.month)
    if begin.grain != end.grain and {begin.grain, end.grain} != {"X", "Y"}:
        return None
    if begin.short or end.short:
        return begin, end
    later = begin.month <= 12 and (begin.month, begin.day) > (end.month, end.day)  # over New Year
    if begin.year is None and end.year is not None:
        begin = replace(begin, year=end.year - later)
    elif end.year is None and begin.year is not None:
        end = replace(end, year=begin.year + later)
    if begin == end or begin.year is not None and begin.grain == "Y" and end.year is not None and begin.year >= end.year:
        return None
    return begin, end


_CONDITIONS: dict[str, Callable[[_Reader, Match, _Found], bool]] = {
    "glued": lambda r, m, d: not any(r.document.tokens.gap[index] for index in range(m.first + 1, m.last)),
    "round": lambda r, m, d: _year_number(r, m) % 100 == 0,
    "early": lambda r, m, d: 100 <= (d.begin.year or 0),
    "next": lambda r, m, d: d.end is not None and d.begin.year is not None and d.end.year == d.begin.year + 1,
    "short": lambda r, m, d: 20 <= (d.begin.short or 0) <= 90,
    "padded": lambda r, m, d: len(r.document.tokens.fold[r.tags.first[m.slots["m"][0]]]) == 2,
    "not-round": lambda r, m, d: bool(d.end and ((d.begin.year or 0) % 50 or (d.end.year or 0) % 50)),
    "ascending": lambda r, m, d: d.begin.day < r._other(m.slots["b"]).begin.day,
    "day-before": lambda r, m, d: d.begin.day + 1 == r._other(m.slots["b"]).begin.day,
    "plain-list": lambda r, m, d: any(int(r.tags.readings[i].value) % 10 for i in range(m.begin, m.slots["y"][0]) if r.tags.string[i] == r.bare),  # type: ignore[union-attr]
    "modern": lambda r, m, d: _modern(d),
    "recent": lambda r, m, d: 1900 <= (d.begin.year or 0) <= 2050 and bool((d.begin.year or 0) % 50),
    "copyright": lambda r, m, d: r.document.tokens.fold[m.first - 1] == "©",
    "apart": lambda r, m, d: _modern(d) and r.document.tokens.start[m.first] - r.document.tokens.end[m.first - 1] > 2,
}


def _modern(date: _Found) -> bool:
    return 1400 <= (date.begin.year or 0) <= 2100


def _year_number(reader: _Reader, match: Match) -> int:
    return int(reader.document.tokens.fold[match.first])


def _with_years(dates: list[_Found], document: Document) -> list[_Found]:
    """Give days, months and parts of a year the year that the same sentence, or the one before, makes plain."""
    sentence = document.tokens.sentence
    out: list[_Found] = []
    for index, date in enumerate(dates):
        if _complete(date):
            out.append(date)
            continue
        here = sentence[date.first]
        before = [other for other in reversed(out[-12:]) if here - sentence[other.first] <= _REACH]
        near = [other for other in before if here - sentence[other.first] <= 1]
        after = [other for other in dates[index + 1 : index + 8] if sentence[other.first] == here]
        if date.begin.short:
            out.append(_with_century(date, [other for other in near + after if other.begin.year is not None]))
            continue
        year = _plain_year([other for other in near if sentence[other.first] == here])
        if year is None:
            year = _plain_year(after)
        if year is None:
            year = _plain_year([other for other in near if sentence[other.first] != here])
        if year is None:
            year = _plain_year([other for other in before if other.begin.month])
        if year is None:
            out.append(date)
            continue
        begin, end = replace(date.begin, year=year), date.end
        if end is not None:
            begin, end = _shared(begin, end) or (begin, replace(end, year=year))
        out.append(replace(date, begin=begin, end=end))
    return out


def _plain_year(dates: list[_Found]) -> int | None:
    """Return the year of the nearest of `dates` that fixes one: days and months go before years."""
    years = []
    for date in dates:
        if date.begin.year is None or date.begin.masked or (date.end and date.end.year != date.begin.year):
            continue
        if date.begin.month:
            return date.begin.year
        years.append(date.begin.year)
    return years[0] if years else None


def _with_century(date: _Found, near: list[_Found]) -> _Found:
    for other in near:
        if other.begin.year is not None and other.begin.year > 0:
            century = other.begin.year // 100 * 100

            def full(part: _Part) -> _Part:
                return replace(part, year=century + part.short, short=0) if part.short else part

            return replace(date, begin=full(date.begin), end=full(date.end) if date.end else None)
    return date
