"""When counted things changed hands: the one date of the clause, the date that opens the sentence, the year that heads an entry of a chronicle.

A date counts only where it says when: «в 2019 году», “on 5 May 2019”, `2019-yilda`. One that tells of the things (“books of 1905”, «рукописи XIX века»),
of an agreement or of a name does not, and of two that might be meant neither is taken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.finders.dates import Date
from pipeline.finders.parties import Told
from pipeline.finders.parts import settings
from pipeline.text.document import Document
from pipeline.text.tokens import Gap

__all__ = ["Calendar"]

_HEADING = frozenset(".:–—-")
_CHRONICLE = 2  # headings: one alone is the date of a report
_OPENING = 3  # tokens of a sentence before the date that opens it
_SEASONS = ("-21", "-22", "-23", "-24")
_VAGUE = ("X", "~", "?")  # EDTF signs of a century, a decade, a year that is not known


class Calendar:
    """The dates of a document, ready to be asked for that of a transfer."""

    def __init__(self, document: Document, dates: Sequence[Date], named: Sequence[tuple[int, int]]) -> None:
        """`named` are the token ranges of institutions' names, in order: a year in a name says nothing of a transfer."""
        self.tokens, self.languages = document.tokens, document.languages
        firsts = [first for first, _ in named]
        self.dates = [date for date in dates if not self._within(date, firsts, named)]
        self.firsts = [date.first for date in self.dates]
        self.breaks = [index for index, gap in enumerate(self.tokens.gap) if gap is Gap.BREAK]
        self.headings = [date for date in self.dates if self._heads(date)]
        self.heads = [date.first for date in self.headings]

    @staticmethod
    def _within(date: Date, firsts: Sequence[int], named: Sequence[tuple[int, int]]) -> bool:
        number = bisect_right(firsts, date.first) - 1
        return number >= 0 and date.first < named[number][1]

    def _heads(self, date: Date) -> bool:
        """Return whether a date opens a paragraph as its heading: «2014. …», “1996: …”."""
        opens = not date.first or self.tokens.gap[date.first] is Gap.BREAK
        return opens and date.last < len(self.tokens) and self.tokens.fold[date.last] in _HEADING

    def of(self, told: Told, begin: int, end: int) -> str | None:
        """Return the EDTF date of the transfer of a count in sentence [begin, end), or None where it is not plain."""
        left, right = told.window
        inside = self._between(left, right)
        telling = [date for date in inside if self._tells_when(date, told)]
        if telling:
            return telling[0].edtf if len(telling) == 1 and not _vague(telling[0].edtf) else None
        if inside:
            return None
        sentence = self._between(begin, end)
        if sentence:
            first = sentence[0]
            plain = len(sentence) == 1 and first.first - begin <= _OPENING and self._tells_when(first, told)
            return first.edtf if plain and not _vague(first.edtf) else None
        return self._heading(told.thing.first)

    def _between(self, begin: int, end: int) -> list[Date]:
        return self.dates[bisect_left(self.firsts, begin) : bisect_left(self.firsts, end)]

    def _heading(self, index: int) -> str | None:
        """Return the date that heads the paragraph of a token."""
        number = bisect_right(self.heads, index) - 1
        if number < 0:
            return None
        date = self.headings[number]
        parted = bisect_right(self.breaks, index) != bisect_right(self.breaks, date.first)
        return None if parted or len(self.headings) < _CHRONICLE or _vague(date.edtf) else date.edtf

    def _tells_when(self, date: Date, told: Told) -> bool:
        """Return whether a date says when something was done."""
        tokens, language = self.tokens, self.languages[date.first]
        thing, at = told.thing, date.first
        while language == "en" and at > 1 and tokens.fold[at - 1] in settings("en", "articles"):
            at -= 1
        before = tokens.fold[at - 1] if at and tokens.gap[at] is not Gap.BREAK else ""
        if any(first <= date.first < last for first, last in told.asides):
            return False
        if language == "uz":
            near = tokens.fold[date.last - 1 : date.last + 1]
            return any(word.endswith(settings("uz", "when")) for word in near)
        if language not in ("ru", "en") or before == "(":
            return False
        if thing.last <= date.first <= thing.last + 1 and language == "ru" and before not in settings("ru", "when"):
            return False  # «30 книг 1905 года»
        if before in settings(language, "when") or ("/" in date.edtf and before in settings(language, "when_range")):
            return True
        return (
            date.edtf.count("-") >= 2
            or date.edtf[4:7] in _SEASONS
            or (date.first <= told.window[0] + 1 and tokens.fold[date.last : date.last + 1] == [","])
        )


def _vague(edtf: str) -> bool:
    return any(sign in edtf for sign in _VAGUE) or ".." in edtf
