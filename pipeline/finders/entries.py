"""Entries of reports: lists whose heading says that things came in, went out or were lost.

“Receipts: a) from the ministry 40 books; b) University of Osh – 12 maps”, «Выдано: Музею истории — 19 экспонатов», an entry a line or between semicolons.
Only Russian and English; the words are data (`deeds.toml`: `heading_in`, `heading_out`, `heading_gone`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.parties import Parties, Told
from pipeline.finders.parts import settings
from pipeline.text.tokens import Gap, Kind

__all__ = ["Entries", "Entry"]

_ENTRY = 45  # tokens of an entry before its count
_SEGMENTS = 12  # entries between a heading and the one that is read
_HEADING = 16  # tokens of a heading that ends in a colon
_TITLE = 9  # tokens of a heading that ends with its line
_BESIDE = 3  # tokens between a count and the institution behind it
_JOINTS = frozenset("-–—:(")
_ENDS = frozenset(".!?;:,")
_BULLETS = frozenset("-–—•*·✅")
_CLOSERS = frozenset('"»”)')


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry tells of its count: the act, the giver, the receiver."""

    act: str
    from_: tuple[int, ...] = ()
    to: tuple[int, ...] = ()


class Entries:
    """Reads the entries of Russian and English lists."""

    def __init__(self, cast: Cast, parties: Parties) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self.parties = parties

    def read(self, told: Told, language: str) -> Entry | None:
        """Return what the entry of a count tells, None where the count stands in no list or its clause has a verb of its own."""
        if language == "uz":
            return None
        start, end = self._bounds(told)
        direction = self._heading(start, language)
        if not direction or self._acts(start, end, told, language):
            return None
        if direction == "gone":
            return Entry("other")
        actor = self._party(told, start, end)
        own = self.cast.own()
        other = () if actor is None else actor.entities[:1]
        if actor is not None and direction == "out" and actor.part in ("from", "agent"):
            return None
        if direction == "in":
            return Entry("transferred", other, tuple(e for e in self.parties.receiver(told, other) if e not in other))
        return Entry("transferred", tuple(e for e in own if e not in other), other)

    def _bounds(self, told: Told) -> tuple[int, int]:
        """Return the tokens of the entry of a count."""
        tokens, first, last = self.tokens, told.thing.opening, told.thing.last
        start = first
        while start > max(0, first - _ENTRY) and not self._parted(start, told):
            start -= 1
        end = last
        while end < min(len(tokens), last + _ENTRY) and tokens.fold[end] not in (";", ".") and not self._broken(end):
            end += 1
        return start, end

    def _parted(self, index: int, told: Told) -> bool:
        """Return whether an entry begins at a token: behind a semicolon, a colon that names no party before it, a line's end."""
        before = self.tokens.fold[index - 1]
        if before == ":":
            return not any(a.named and a.entities and index - 1 - a.last <= 1 for a in told.everyone if a.last < index)
        return before in (";", ".") or self._broken(index)

    def _broken(self, index: int) -> bool:
        """Return whether a line that is no wrapped one begins at a token: an entry of its own."""
        if self.tokens.gap[index] is not Gap.BREAK:
            return False
        folds = self.tokens.fold
        return (
            folds[index - 1] in _ENDS
            or folds[index] in _BULLETS
            or not self.tokens.form(index)[:1].islower()
            or folds[index + 1 : index + 2] == [")"]
        )

    def _heading(self, start: int, language: str) -> str:
        """Return what the heading before an entry says: in, out, gone, or nothing."""
        folds, end = self.tokens.fold, start
        for _ in range(_SEGMENTS):
            if end <= 0:
                return ""
            first = end - 1
            while first > max(0, end - _ENTRY) and not (folds[first - 1] in (";", ":") or self._broken(first)):
                first -= 1
            closed = folds[end - 1]
            titled = self._broken(end) and closed not in ".;,!?" and end - first <= _TITLE
            if (closed == ":" and end - first <= _HEADING) or titled:
                found = self._direction(first, end, language)
                if found:
                    return found
                if closed == ":" and self._broken(first) and folds[first] in _BULLETS:
                    end = first  # the label of another entry: “- British Council:”
                    continue
                if closed == ":":
                    return ""
            elif closed not in ";.,":
                return ""
            if not any(self.tokens.kind[i] is Kind.NUMBER for i in range(first, end)):
                return ""  # no entry of a list
            end = first
        return ""

    def _direction(self, first: int, last: int, language: str) -> str:
        for index in range(first, last):
            for direction in ("in", "out", "gone"):
                if self.tokens.fold[index].startswith(
                    settings(language, f"heading_{direction}")
                ) and not self.cast.named(index):
                    return direction
        return ""

    def _acts(self, start: int, end: int, told: Told, language: str) -> bool:
        """Return whether a verb of its own governs the count within its entry."""
        deed = told.clause.deed
        return deed is not None and start <= deed.first < end and not (deed.weak or told.clause.unknown)

    def _party(self, told: Told, start: int, end: int) -> Actor | None:
        """Return the institution of an entry: “from X”, “X – 12 maps”, “12 maps (X)”."""
        own = self.cast.own()
        mine = [a for a in told.everyone if a.entities and start <= a.first < end and a.entities[:1] != own]
        before = [a for a in mine if a.last <= told.thing.opening]
        for actor in reversed(before):
            at = actor.last
            while at < told.thing.opening and self.tokens.fold[at] in _CLOSERS:
                at += 1
            if actor.part in ("from", "to", "dat", "agent") or self.tokens.fold[at] in _JOINTS:
                return actor
        after = [a for a in mine if told.thing.last <= a.first <= told.thing.last + _BESIDE]
        return after[0] if after else before[-1] if len(before) == 1 else None
