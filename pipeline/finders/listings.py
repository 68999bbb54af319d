"""Lists of gifts: what their heading says of every item.

«Qabul qilingan sovgʻalar: Sharq nashriyoti – 40 ta kitob, elchixona – 25 ta kitob», in one sentence or an item a line. The heading tells the deed; an item
names the other party before a dash. Only Uzbek, whose verb would stand at the end of each item.
"""

from __future__ import annotations

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.parties import MOVES, Parties, Told
from pipeline.finders.parts import settings
from pipeline.text.tokens import Gap

__all__ = ["Listings"]

_ITEMS = 12  # items of a list before the one that is read
_HEADING = 25  # tokens of a heading that ends in a colon or a question mark
_BARE = 8  # tokens of one that ends without a sign
_SAID = 6  # tokens between the name of an item and its count
_DASHES = frozenset("-–—:")
_CLOSERS = frozenset('"»”')


class Listings:
    """Finds the heading of a list and what it says of an item."""

    def __init__(self, cast: Cast, parties: Parties) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self.parties = parties

    def parties_of(
        self, told: Told, begin: int, since: int, language: str
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Return the giver and the receiver of the count of a list item, None where it is no such item.

        `begin` is the first token of the sentence, `since` the token after the count before.
        """
        if language != "uz":
            return None
        item = self._item(told, since)
        heading = None if item is None else self._heading(item.first, begin)
        if item is None or heading is None:
            return None
        first, last = heading
        value, passive, ours = self._deed(first, last)
        if not value:
            return None
        others = [actor for actor in self.cast.actors(first, last, language) if actor.part == "to"]
        receivers = [actor for actor in others if actor.entities]
        out = ours or any(not actor.entities for actor in others) or self._asks_whom(first, last)
        if item.part == "to" or (value == "give" and out and item.part != "from"):
            giver = tuple(e for e in self.cast.own() if e not in item.entities)
            return giver, item.entities[:1]
        if value == "give" and passive and not receivers and self.cast.collecting(item.entities[0]):
            return None  # «Berilgan kitoblar: X muzeyi – 20 ta»: to it or by it?
        giver = item.entities[:1]
        to = tuple(actor.entities[0] for actor in receivers if actor.entities[0] not in giver)[:1]
        return giver, to or tuple(e for e in self.parties.receiver(told, giver) if e not in giver)

    def _item(self, told: Told, since: int) -> Actor | None:
        """Return the name before the dash that stands before a count."""
        folds, opening = self.tokens.fold, told.thing.opening
        named = [a for a in told.everyone if a.named and a.entities and since <= a.first and a.last <= opening]
        if not named:
            return None
        actor, at = named[-1], named[-1].last
        if len(named) > 1 and folds[actor.first - 1] == "(":
            actor = named[-2]  # the acronym
        while at < opening and folds[at] in _CLOSERS:
            at += 1
        if at < opening and folds[at] in "()":
            at = next((i + 1 for i in range(at, min(at + _SAID, opening)) if folds[i] == ")"), at)
        if at >= opening or folds[at] not in _DASHES or opening - at > _SAID:
            return None
        return actor

    def _heading(self, item: int, begin: int) -> tuple[int, int] | None:
        """Return the tokens of the heading: before a colon in the sentence, else the last sentence before that is no item."""
        folds, tokens = self.tokens.fold, self.tokens
        colon = next((i for i in range(item - 1, begin - 1, -1) if folds[i] == ":"), None)
        if colon is not None:
            return max(begin, colon - _HEADING), colon
        if tokens.gap[begin] is not Gap.BREAK:
            return None
        number = tokens.sentence[begin]
        for back in range(number - 1, max(-1, number - _ITEMS), -1):
            first, last = tokens.sentences[back]
            if self._listed(first, last):
                continue
            ended = folds[last - 1] in (":", "?")
            bare = folds[last - 1] not in (".", "!", ";", ",", "…") and last - first <= _BARE
            return (first, last) if bare or (ended and last - first <= _HEADING) else None
        return None

    def _listed(self, first: int, last: int) -> bool:
        """Return whether a sentence is an item of a list: a mark opens it, or it is «name – …»."""
        folds = self.tokens.fold
        marked = folds[first] in "-–—•*·" or (first + 1 < last and folds[first + 1] in (")", "."))
        return marked or (self.cast.named(first) and any(sign in "-–—" for sign in folds[first:last]))

    def _deed(self, first: int, last: int) -> tuple[str, bool, bool]:
        """Return the deed that a heading tells last, whether what is given is its subject, and whether “we” do it."""
        value, passive, ours = "", False, False
        for index in range(first, last):
            reading = self.cast.reading("uz", index)
            folded = self.tokens.fold[index]
            if self.cast.named(index) or reading is None or folded.endswith(settings("uz", "negative_endings")):
                continue
            if reading.symbol in ("VERB", "DEED", "LIGHT"):
                what, _, voice = reading.value.partition(".")
                if reading.symbol != "LIGHT" and what in MOVES and not (reading.symbol == "VERB" and value):
                    value = what
                passive = voice == "p" or (reading.symbol == "LIGHT" and reading.value == "p")
                ours = folded.endswith(settings("uz", "first_person"))
        return value, passive, ours and value == "give"

    def _asks_whom(self, first: int, last: int) -> bool:
        return any(word in settings("uz", "to_whom") for word in self.tokens.fold[first:last])
