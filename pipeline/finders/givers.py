"""What stands beside a transfer and tells its giver: brackets, a relative clause, the agreement spoken of, a verb by which things leave.

The words are data (`deeds.toml` of each language): `relative`, `under_it`, `outgoing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.deeds import Deed
from pipeline.finders.parts import settings
from pipeline.text.tokens import Kind

if TYPE_CHECKING:
    from pipeline.finders.parties import Told

__all__ = ["Givers"]

_CLOSED = 4  # tokens between a name and the verb that tells its end
_FOR = 8  # tokens between a count and for whom it is
_ACTS = 3  # tokens between a name and its verb
_PHRASE = 6  # tokens between “the” and “of”
_THE = ("the",)
_DASHED = 4  # tokens between the dash behind a count and its giver


class Givers:
    """Reads what a Russian or English sentence says of the giver outside the clause of a count."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens

    def giver(self, told: Told, deed: Deed, home: tuple[int, ...], language: str) -> tuple[int, ...]:
        """Return the giver of what the article's own institution got, where it stands beside the clause: in brackets, in a relative clause, as a partner."""
        folds, last = self.tokens.fold, told.thing.last
        if deed.value not in ("take", "come", "enrich") and not (told.clause.deed is not deed):
            return ()
        after = [a for a in told.everyone if a.first >= last and a.entities and a.entities[:1] != home]
        if after and folds[last : last + 1] == ["("] and after[0].named and after[0].first <= last + 2:
            return after[0].entities[:1]  # “received: 12 books (Goethe Institute)”
        if after and any(word in settings(language, "relative") for word in folds[last : last + 3]):
            first = after[0].first
            verbs = [i for i in range(last, first + 4) if self._gives(i, language)]
            if (
                verbs
                and min(abs(first - verbs[0]), abs(verbs[0] - after[0].last)) <= 2
                and after[0].part in ("subj", "bare")
            ):
                return after[0].entities[:1]  # «пополнилась книгами, которые передал фонд»
        if not self._under_agreement(told, language):
            return ()
        others = [e for e in self.cast.recent(told.thing.last, 1) if e not in home]
        return tuple(others) if len(others) == 1 else ()

    def goes_out(self, told: Told, deed: Deed, language: str) -> bool:
        """Return whether a Russian or English verb says that things leave the one who tells it: «отправлены», “were shipped”."""
        if language == "uz" or deed.value not in ("give", "come") or not (deed.passive or deed.value == "come"):
            return False
        if any(told.parts.get(part) for part in ("from", "agent")):
            return False
        words = " ".join(self.tokens.fold[deed.first : deed.last]) + " "
        return words.startswith(settings(language, "outgoing"))

    def of_seller(self, told: Told, deed: Deed, language: str) -> tuple[int, ...]:
        """Return of whom things are bought or had: “bought of the press: 40 copies”."""
        if language != "en" or self.tokens.fold[deed.last : deed.last + 1] != ["of"]:
            return ()
        near = (a for a in told.parts.get("of", ()) if 0 <= a.first - deed.last <= 2)
        return next((actor.entities[:1] for actor in near), ())

    def dashed(self, told: Told) -> tuple[int, ...]:
        """Return the giver that stands behind a count and a dash."""
        last = told.thing.last
        if self.tokens.fold[last : last + 1] not in (["—"], ["–"], ["-"]):
            return ()
        near = (a for a in told.everyone if a.part == "from" and last < a.first <= last + _DASHED)
        return next((actor.entities[:1] for actor in near), ())

    def lender(self, told: Told, language: str) -> tuple[int, ...]:
        """Return whose things another sends: “a loan of 5 coins from the museum”."""
        first = told.thing.opening
        if language != "en" or not self.cast.has("GIFT", max(0, first - 3), first, language):
            return ()
        for actor in told.parts.get("from", ()):
            if actor.named and told.thing.last < actor.first <= told.thing.last + 3:
                return actor.entities[:1]
        return ()

    def closed(self, told: Told, language: str) -> tuple[int, ...]:
        """Return the institution of the sentence whose end is told: what it had goes to another."""
        folds = self.tokens.fold
        closing = settings(language, "closing")
        for actor in told.everyone:
            if not actor.entities or actor.last > told.thing.opening or actor.part in ("to", "dat", "agent"):
                continue
            if any(folds[i] in closing for i in range(actor.last, min(actor.last + _CLOSED, told.thing.opening))):
                return actor.entities[:1]
            if language != "uz" and any(folds[i] in closing for i in range(max(0, actor.first - 3), actor.first)):
                return actor.entities[:1]
        return ()

    def meant_for(self, told: Told, deed: Deed, from_: tuple[int, ...]) -> tuple[int, ...]:
        """Return for whom the things are: “left 20 books for the Osh Library”."""
        last = told.thing.last
        if deed.value not in ("give", "bring", "come") or self.cast.document.languages[last - 1] != "en":
            return ()
        for actor in told.everyone:
            if actor.part != "none" or not actor.entities or not last < actor.first <= last + _FOR:
                continue
            begin = self.cast.before(actor.first, "en")[1]
            signs = [i for i in range(last, begin) if self.tokens.kind[i] is Kind.SIGN]
            if self.tokens.fold[begin] == "for" and not signs and actor.entities[0] not in from_:
                return actor.entities[:1]
        return ()

    def branch(self, told: Told, deed: Deed, language: str) -> tuple[int, ...]:
        """Return whose part or people act: “The Osh branch of the society gave 20 books”."""
        if language != "en" or deed.passive:
            return ()
        for actor in told.parts.get("of", ()):
            if not actor.entities or not actor.named or not 0 <= deed.first - actor.last <= _ACTS:
                continue
            at = self.cast.before(actor.first, "en")[1]
            if self.tokens.fold[at] != "of" or any(
                self.tokens.kind[i] is Kind.SIGN for i in range(actor.last, deed.first)
            ):
                continue
            first = at - 1
            while first > max(0, at - _PHRASE) and self._plain(first) and self.tokens.fold[first] not in _THE:
                first -= 1
            opens = first in (0, told.clause.begin, self.tokens.sentences[self.tokens.sentence[first]][0])
            before = self.tokens.fold[first - 1] if first else ""
            bare = opens and first == at - 1  # “Students of the college handed us 20 books”
            if (self.tokens.fold[first] in _THE and (opens or before in (",", ";", ":", "and"))) or bare:
                return actor.entities[:1]
        return ()

    def _plain(self, index: int) -> bool:
        """Return whether a word without a part of its own stands at a token."""
        reading = self.cast.reading("en", index)
        return self.tokens.kind[index] is Kind.WORD and (reading is None or reading.symbol == "FOLK")

    def fetched(self, told: Told, deed: Deed, subject: tuple[int, ...]) -> tuple[int, ...]:
        """Return from whom a Russian subject itself fetches or borrows things: «мы привезли из музея», «одолжил у фонда», «увёз»; none where another receives."""
        words = self.tokens.fold[deed.first]
        borrowed, away = words.startswith(settings("ru", "borrowing")), words.startswith(settings("ru", "away"))
        if not subject or deed.passive or not (borrowed or deed.value == "bring"):
            return ()
        others = [a for part in ("dat", "to") for a in told.parts.get(part, ()) if a.entities[:1] != subject]
        if others:
            return ()
        named = [a for a in told.everyone if a.part == "from" or (borrowed and self.of_whom(a))]
        named = [a for a in named if a.entities and a.entities[0] not in subject and self._within(told, a)]
        if named:
            return named[0].entities[:1]
        home = self.cast.own()
        return home if away and self.cast.collects and home != subject else ()

    def _within(self, told: Told, actor: Actor) -> bool:
        """Return whether an actor stands in the clause of a count."""
        return told.clause.begin <= actor.first < told.clause.end

    def of_whom(self, actor: Actor) -> bool:
        """Return whether a Russian actor stands after «у»."""
        reading, at = self.cast.before(actor.first, "ru")
        return reading is not None and self.tokens.fold[at] in settings("ru", "from_whom")

    def endowed(self, told: Told, deed: Deed, giver: tuple[int, ...]) -> tuple[int, ...]:
        """Return whom a Russian verb that names things in the instrumental endows with them: «снабдил библиотеку книгами», «институт был одарён»."""
        if not self.tokens.fold[deed.first].startswith(settings("ru", "endowing")):
            return ()
        parts: tuple[str, ...] = ("subj", "bare")
        if deed.passive:
            first, last = told.clause.begin, deed.first
        else:
            first, last, parts = deed.last, told.thing.opening, ("obj", *parts, "of", "oblique")
        near = [a for part in parts for a in told.parts.get(part, ()) if first <= a.first < last and a.entities]
        return next((a.entities[:1] for a in near if a.entities[0] not in giver), ())

    def donor(self, told: Told, language: str) -> tuple[int, ...]:
        """Return whose gift the things are that came to another: «Подарок фонда — 20 книг — достался школе»."""
        for actor in told.parts.get("of", ()):
            if actor.last <= told.thing.opening and actor.entities:
                if self.cast.has("GIFT", max(0, actor.first - 3), actor.first, language):
                    return actor.entities[:1]
        return ()

    def _gives(self, index: int, language: str) -> bool:
        """Return whether a verb of giving stands at a token."""
        reading = self.cast.reading(language, index) if index < len(self.tokens.fold) else None
        return reading is not None and reading.symbol == "VERB" and reading.value.split(".")[0] == "give"

    def _under_agreement(self, told: Told, language: str) -> bool:
        """Return whether a clause says that what it tells follows from the agreement spoken of: “under it”, «по нему»."""
        sentence = self.tokens.sentences[self.tokens.sentence[told.thing.first]]
        words = " " + " ".join(self.tokens.fold[sentence[0] : told.thing.opening]) + " "
        return any(f" {phrase} " in words for phrase in settings(language, "under_it"))
