"""What stands beside a transfer and tells its giver: brackets, a relative clause, the agreement spoken of, a verb by which things leave.

The words are data (`deeds.toml` of each language): `relative`, `under_it`, `outgoing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.finders.actors import Cast
from pipeline.finders.deeds import Deed
from pipeline.finders.parts import settings

if TYPE_CHECKING:
    from pipeline.finders.parties import Told

__all__ = ["Givers"]

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
