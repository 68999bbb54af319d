"""What the matches of the date rules say: slots become parts of dates.

The slots are those that languages/common/dates.toml tells of: y m d s q h c k w, with a 2 after it for the end of a range; e before
our era; a and b dates of an earlier stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.finders.date_layout import Layout
from pipeline.finders.edtf import Point
from pipeline.finders.partial_dates import Part, PartialDate, joined
from pipeline.finders.second_opinion import second_opinion
from pipeline.languages.grammar import Grammar, Match, Tags
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["Candidate", "DateReader"]

_SLOTS = "ymdsqhckw"
_BASES = {"s": 0, "q": 32, "h": 39}  # from the number of a season, quarter or half to its EDTF month
_ASKED = 100  # words of one text that dateparser is asked about: it takes milliseconds for each
_SHORT_YEARS = 30  # 16.04.18 is of 2018, 16.04.35 of 1935
_OLD = 1700  # round numbers from here on are rather years than numbers, from 1900 to 1950
_MODERN = range(1400, 2101)
_RECENT = range(1900, 2051)


@dataclass(
    slots=True
)  # not frozen: there are hundreds in an article, and a frozen one takes four times as long to make
class Candidate:
    """A match at tags [begin, end), and what these tags become: parts of them one date each, or no date (None)."""

    begin: int
    end: int
    order: int
    rule: str
    merges: tuple[tuple[int, int, PartialDate | None], ...]


class DateReader:
    """Reads the tags of one stage; `found` holds the dates of earlier stages, by the values of their tags."""

    def __init__(self, document: Document, rules: Grammar, tags: Tags, found: list[PartialDate]) -> None:
        self._document, self._rules, self._tags, self._found = document, rules, tags, found
        self._plural, self._bare, self._dash, self._thousand = (
            rules.code[name] for name in ("PLUR", "Y", "DASH", "THOUSAND")
        )
        self._counted = {rules.code[name] for name in ("COUNTED", "THINGS", "SON", "PERCENT", "CURRENCY")}
        self._number_signs = {sign for sign, code in rules.signs.items() if code == rules.code["NUMSIGN"]}
        self._prepositions = {rules.code[name] for name in ("IN", "FROM", "SINCE", "UNTIL")}
        self.layout = Layout(document, self._number_signs)
        self._asked: set[str] = set()
        self._capital_only = frozenset(rules.lexicon.settings["capital_only"])

    def candidates(self, stage: int) -> Iterator[Candidate]:
        """Yield what the rules of a stage say, in the order of the rules; candidates may overlap."""
        for order, match in enumerate(self._rules.finditer(self._tags, self._document, stage=stage)):
            rule, values = match.rule, match.rule.values
            language = values.get("lang")
            if (language and self._document.languages[match.first] != language) or self._hangs(match.first):
                continue
            begin, end = self._span(match)
            if values.get("each"):
                merges = tuple(self._each(match, begin, end))
                if merges and ("when" not in values or self._in_order(merges)):
                    yield Candidate(begin, end, order, rule.name, merges)
                continue
            date = self._read(match)
            if date is None or ("when" in values and not _CONDITIONS[values["when"]](self, match, date)):
                continue
            if values.get("trap"):
                yield Candidate(begin, end, order, rule.name, ((begin, end, None),))
            elif not date.complete or date.value() is not None:
                yield Candidate(begin, end, order, rule.name, ((begin, end, date),))

    def past_plural(self, end: int) -> int:
        """Return the tag `end` moved past a year word's mark of plural: a later stage reads its case only."""
        string = self._tags.string
        while end < len(string) and string[end] == self._plural:
            end += 1
        return end

    def _hangs(self, first: int) -> bool:
        """Return whether a token hangs on what is before it: the last X of «Х1Х» is no century. A number may follow a word without space."""
        tokens = self._document.tokens
        if not first or tokens.gap[first] or tokens.kind[first - 1] is Kind.SIGN:
            return False
        return (
            tokens.kind[first] is not Kind.NUMBER
            or len(tokens.fold[first - 1]) < 3
            or tokens.kind[first - 1] is not Kind.WORD
        )

    def _span(self, match: Match) -> tuple[int, int]:
        """Return the tags of the span."""
        first, last = self._tags.first, self._tags.last
        begin, end = match.begin, match.end
        while first[begin] < match.first or last[begin] == first[begin]:
            begin += 1
        while last[end - 1] > match.last or last[end - 1] == first[end - 1]:
            end -= 1
        return begin, end

    def _each(self, match: Match, begin: int, end: int) -> Iterator[tuple[int, int, PartialDate | None]]:
        """Yield every bare year, and every range of two, of a list."""
        string, first, last = self._tags.string, self._tags.first, self._tags.last
        index = begin
        while index < end:
            stop = index + 1
            if string[index] == self._bare:
                year, until = Part(self._number((index, stop))), None
                if string[stop : stop + 2] == self._dash + self._bare and stop + 2 <= end:
                    stop += 2
                    until = Part(self._number((stop - 1, stop)))
                date = PartialDate(first[index], last[stop - 1], year, match.rule.name, until)
                if date.value() is not None:
                    yield index, stop, date
            index = stop

    @staticmethod
    def _in_order(merges: tuple[tuple[int, int, PartialDate | None], ...]) -> bool:
        """Return whether all are years of late, each later than the one before."""
        years = [date.begin.year or 0 for _, _, date in merges if date is not None]
        return all(year in _RECENT for year in years) and all(one < two for one, two in pairwise(years))

    def _read(self, match: Match) -> PartialDate | None:
        """Return the date that a match says, None where it can be none."""
        slots, rule = match.slots, match.rule
        if "x" in slots:
            return self._foreign(match)
        if "m" in slots and not self._month_form(slots):
            return None
        if "a" in slots and not slots.keys() & {"b", "d", "y2", "s2", "m2"}:
            return self._around(match, self._other(slots["a"]))
        begin = self._begin(match)
        if begin is None:  # a trap needs no parts
            return PartialDate(match.first, match.last, Part(), rule.name) if "trap" in rule.values else None
        end: Part | None = None
        if "b" in slots:
            other = self._other(slots["b"])
            if slots["b"][0] >= self._span(match)[1]:  # a member of a list, which lends its month and year
                if other.open:
                    return None
                lent = replace(
                    begin,
                    month=begin.month or other.begin.month,
                    year=other.begin.year if begin.year is None else begin.year,
                )
                until = replace(lent, day=self._number(slots["d2"])) if "d2" in slots else None
                return PartialDate(match.first, match.last, lent, rule.name, until)
            if other.end or other.open:
                return None
            end = other.begin
        elif any(name + "2" in slots for name in _SLOTS):
            end = self._part(slots, "2", before="e" in slots and "over" not in rule.values, like=begin)
            if end is None:
                return None
        if end is not None:
            ends = joined(begin, end)
            return (
                None
                if ends is None
                else self._around(match, PartialDate(match.first, match.last, ends[0], rule.name, ends[1]))
            )
        if (
            rule.values.get("plural")
            and begin.year
            and not begin.year % 10
            and self._plural in self._tags.string[match.begin : match.end]
        ):
            begin = replace(begin, masked=1)
        return self._around(match, PartialDate(match.first, match.last, begin, rule.name))

    def _foreign(self, match: Match) -> PartialDate | None:
        """Return a date with a month that only dateparser knows, in a passage of a language that hamkor does not read."""
        index = self._tags.first[match.slots["x"][0]]
        tokens = self._document.tokens
        word = tokens.fold[index]
        if (
            self._document.languages[index] != "und"
            or len(word) < 3
            or (word not in self._asked and len(self._asked) >= _ASKED)
        ):
            return None
        self._asked.add(word)
        opinion = second_opinion(f"1 {tokens.form(index)} 2000", "und")
        if opinion is None:
            return None
        day = self._number(match.slots["d"]) if "d" in match.slots else 0
        part = Part(self._number(match.slots["y"]), int(opinion[5:7]), day)
        return PartialDate(match.first, match.last, part, match.rule.name)

    def _begin(self, match: Match) -> Part | None:
        """Return the date, or the beginning of the range, that a match says."""
        slots = match.slots
        if "a" in slots:
            other = self._other(slots["a"])
            if other.end or other.open:
                return None
            return replace(other.begin, day=self._number(slots["d"])) if "d" in slots else other.begin
        if not any(name in slots for name in _SLOTS):
            return None
        century, quarter = (int(match.rule.values.get(name, 0)) for name in ("century", "quarter"))
        part = self._part(slots, "", before="e" in slots, hundreds=century, quarter=quarter)
        if part is not None and "short" in match.rule.values and part.year is not None:
            return (
                replace(part, year=part.year + (2000 if part.year < _SHORT_YEARS else 1900))
                if part.year < 100
                else None
            )
        return part

    def _around(self, match: Match, date: PartialDate) -> PartialDate | None:
        """Return the date with what the rule sets; None where a side of a range should be open."""
        rule, values = match.rule, match.rule.values
        if "open" in values and (date.end or date.open):
            return None
        return PartialDate(
            match.first,
            match.last,
            date.begin,
            rule.name if rule.stage < 3 else f"{date.rule}+{rule.name}",
            date.end,
            values.get("open", date.open),
            date.uncertain or "uncertain" in values,
            date.approximate or "approximate" in values,
        )

    def _other(self, span: tuple[int, int]) -> PartialDate:
        """Return the date of an earlier stage, or the bare year, in a slot."""
        tags, index = self._tags, span[0]
        if tags.string[index] == self._bare:
            return PartialDate(tags.first[index], tags.last[index], Part(self._number(span)), "")
        return self._found[self._number(span)]

    def _month_form(self, slots: dict[str, tuple[int, int]]) -> bool:
        """Return whether a month's name is written as one: English “may” and “march” in small letters are where a year follows."""
        index = self._tags.first[slots["m"][0]]
        tokens = self._document.tokens
        small = self._document.languages[index] == "en" and tokens.fold[index] in self._capital_only
        before = self._tags.string[max(0, slots["m"][0] - 1) : slots["m"][0]]
        return not small or tokens.capital(index) or ("y" in slots and ("d" in slots or before in self._prepositions))

    def _number(self, span: tuple[int, int]) -> int:
        """Return the value of the first sign of a slot that has one."""
        for index in range(*span):
            reading = self._tags.readings[index]
            if reading is not None and reading.value.isdecimal():
                return int(reading.value)
        return 0

    def _words(self, span: tuple[int, int]) -> int:
        """Return the number that a year in words says: bir ming toʻqqiz yuz toʻqson birinchi."""
        total = current = 0
        for index in range(*span):
            reading = self._tags.readings[index]
            if self._tags.string[index] == self._thousand:
                total, current = (current or 1) * 1000, 0
            elif reading is not None and reading.value == "100" and 0 < current < 10:
                current *= 100
            elif reading is not None and reading.value.isdecimal():
                current += int(reading.value)
        return total + current

    def _part(
        self,
        slots: dict[str, tuple[int, int]],
        which: str,
        *,
        before: bool,
        like: Part | None = None,
        hundreds: int = 0,
        quarter: int = 0,
    ) -> Part | None:
        """Return the end of a date that the slots with the suffix `which` say, None where it cannot be.

        `before`: before our era. `like` is the first end of a range, `hundreds` and `quarter` the numbers of a century and
        a quarter that the rule knows.
        """
        value = {name: self._number(slots[name + which]) for name in _SLOTS if name + which in slots}
        if quarter:
            value["q"] = quarter
        if "k" in value:
            return self._decade(value["k"], like, hundreds or (self._number(slots["c"]) if "c" in slots else 0))
        if "c" in value:
            return Part(Point.century(value["c"], before=before).year, masked=2) if 1 <= value["c"] <= 21 else None
        year = self._words(slots["w" + which]) if "w" in value else value.get("y")
        month, day = value.get("m", 0), value.get("d", 0)
        for name, base in _BASES.items():
            if name in value:
                month = base + value[name]
                if month not in (21, 22, 23, 24, 33, 34, 35, 36, 40, 41):
                    return None
        if day > 31 or (day and month > 12):
            return None
        if year is not None and before:
            year = 1 - year
        elif year is not None and like is not None and like.year is not None and year < 100 <= like.year:
            year += like.year // 100 * 100  # 1950-53, and 1999-00 in the next century
            year += 100 * (like.year % 100 == 99 and year <= like.year)
        return Part(year, month, day)

    @staticmethod
    def _decade(decade: int, like: Part | None, century: int) -> Part | None:
        """Return a decade: of four figures, of two in the century of the range's first end, or in century number `century`."""
        if decade % 10:
            return None
        if decade < 100 and like is not None and like.year is not None:
            decade += like.year // 100 * 100
        elif decade < 100 and century:
            decade += 100 * (century - 1)
        return Part(masked=1, short=decade) if decade < 100 else Part(decade, masked=1)

    def _before_issue(self, match: Match) -> bool:
        """Return whether what follows the span, a trap, is the number of an issue (№ 4)."""
        tokens, at = self._document.tokens, self._tags.first[match.end - 1]
        return tokens.form(at) in self._number_signs or tokens.fold[at] == "no"

    def _after_issue(self, match: Match) -> bool:
        """Return whether what stands before the span, a trap, is the number of an issue that is not tied to the year (№ 3 / 2022)."""
        tokens = self._document.tokens
        trap = self._tags.first[self._span(match)[0] - 2]
        return tokens.form(trap) in self._number_signs or tokens.fold[trap] == "no"

    def _counts(self, match: Match) -> bool:
        """Return whether what follows the span may be counted by its last figure."""
        return self._tags.string[match.end : match.end + 1] in self._counted

    def _figures(self, match: Match, slot: str) -> str:
        return self._document.tokens.fold[self._tags.first[match.slots[slot][0]]]

    def _listed(self, match: Match) -> list[int]:
        """Return the bare years before the slot y."""
        begin, end = match.begin, match.slots["y"][0]
        return [
            self._number((index, index + 1)) for index in range(begin, end) if self._tags.string[index] == self._bare
        ]


_CONDITIONS: dict[str, Callable[[DateReader, Match, PartialDate], bool]] = {
    "glued": lambda reader, match, date: reader.layout.glued(match),
    "round": lambda reader, match, date: int(reader._figures(match, "y")) % 100 == 0,
    "not-round": lambda reader, match, date: bool(
        date.end and ((date.begin.year or 0) % 50 or (date.end.year or 0) % 50)
    ),
    "years": lambda reader, match, date: (
        (date.begin.year or 0) >= _OLD or _CONDITIONS["not-round"](reader, match, date)
    ),
    "early": lambda reader, match, date: (date.begin.year or 0) >= 100,
    "modern": lambda reader, match, date: date.begin.year in _MODERN,
    "plain": lambda reader, match, date: date.begin.year in _MODERN and bool((date.begin.year or 0) % 100),
    "recent": lambda reader, match, date: date.begin.year in _RECENT and bool((date.begin.year or 0) % 50),
    "no-count": lambda reader, match, date: not reader._counts(match) or _CONDITIONS["recent"](reader, match, date),
    "next": lambda reader, match, date: bool(date.end) and date.end.year == (date.begin.year or 0) + 1,  # type: ignore[union-attr]
    "no-month": lambda reader, match, date: (
        int(reader._figures(match, "y2")) > 12 and bool(date.end) and date.end.year > (date.begin.year or 0)  # type: ignore[union-attr,operator]
    ),
    "short": lambda reader, match, date: 20 <= date.begin.short <= 90,
    "padded": lambda reader, match, date: len(reader._figures(match, "m")) == 2,
    "padded-both": lambda reader, match, date: (
        len(reader._figures(match, "m")) == len(reader._figures(match, "d")) == 2 == len(reader._figures(match, "y"))
    ),
    "ascending": lambda reader, match, date: date.begin.day < reader._other(match.slots["b"]).begin.day,
    "day-before": lambda reader, match, date: date.begin.day + 1 == reader._other(match.slots["b"]).begin.day,
    "plain-list": lambda reader, match, date: any(year % 10 for year in reader._listed(match)),
    "spaced": lambda reader, match, date: _CONDITIONS["plain"](reader, match, date) and reader.layout.spaced(match),
    "row": lambda reader, match, date: _CONDITIONS["not-round"](reader, match, date) and reader.layout.in_row(match),
    "line": lambda reader, match, date: reader.layout.begins_line(match.first),
    "close": lambda reader, match, date: reader.layout.close(match),
    "bullet": lambda reader, match, date: (
        _CONDITIONS["recent"](reader, match, date) and reader.layout.opens_item(match)
    ),
    "title": lambda reader, match, date: _CONDITIONS["recent"](reader, match, date) and reader.layout.ends_title(match),
    "listed": lambda reader, match, date: _CONDITIONS["recent"](reader, match, date) and reader.layout.ends_item(match),
    "month-cell": lambda reader, match, date: _CONDITIONS["padded"](reader, match, date) and reader.layout.alone(match),
    "after-issue": lambda reader, match, date: date.begin.year in _RECENT and reader._after_issue(match),
    "issue": lambda reader, match, date: date.begin.year in _RECENT and reader._before_issue(match),
    "column": lambda reader, match, date: date.begin.year in _RECENT and reader.layout.in_column(match),
    "cell": lambda reader, match, date: _CONDITIONS["recent"](reader, match, date) and reader.layout.in_cell(match),
    "range": lambda reader, match, date: date.end is not None,
    "decades": lambda reader, match, date: (
        bool(date.end and date.begin.year) and date.end.year == (date.begin.year or 0) + 10 <= 2000  # type: ignore[union-attr]
    ),
    "row-end": lambda reader, match, date: (
        date.begin.year in _RECENT and reader.layout.parted(match.first) and reader.layout.ends_line(match)
    ),
    "apart": lambda reader, match, date: date.begin.year in _MODERN and reader.layout.parted(match.first),
    "columns": lambda reader, match, date: (
        date.begin.year in _RECENT and reader.layout.parted(match.first) and reader.layout.parted(match.last)
    ),
}
"""What a rule may ask of its match with `set = { when = "..." }`, beyond what a pattern can say."""
