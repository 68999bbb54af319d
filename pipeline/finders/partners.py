"""Who the other party of an Uzbek transfer is where its clause names one only: whom an agreement was made with, who was spoken of just before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.finders.actors import Cast
from pipeline.finders.deeds import Deed
from pipeline.finders.parts import settings

if TYPE_CHECKING:
    from pipeline.finders.parties import Told

__all__ = ["Partners"]

_NEAR = 2  # sentences back in which the other party was named
_MOVES = frozenset({"give", "take", "come", "bring"})


class Partners:
    """Finds the party that an Uzbek clause leaves out."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens

    def fill(
        self, told: Told, deed: Deed, from_: tuple[int, ...], to: tuple[int, ...]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the giver and the receiver, the missing one filled in where only one institution can be meant."""
        if deed.value not in _MOVES or bool(from_) == bool(to):
            return from_, to
        known = (from_ or to)[0]
        if any(not actor.entities for actor in told.parts.get("from" if to else "to", ())):
            return from_, to  # a place or a person that is no institution of the text
        other = self._agreed(told, known)
        if not other and to:
            other = self._spoken_of(told, deed, known)
        return (from_ or other, to or other)

    def _agreed(self, told: Told, known: int) -> tuple[int, ...]:
        """Return the other side of what was agreed between two: «X va Y oʻrtasidagi bitim asosida … X 46 ta kitob yubordi»."""
        joined = {e for actor in told.everyone if actor.part == "with" for e in actor.entities}
        others = joined - {known}
        return tuple(others) if len(others) == 1 and (known in joined or known == self.cast.home) else ()

    def _spoken_of(self, told: Told, deed: Deed, known: int) -> tuple[int, ...]:
        """Return the only other institution of the sentences just before, where this one has no other and no subject that may be a person."""
        here = {e for actor in told.everyone for e in actor.entities} - {known, *self.cast.own()}
        if here or self._peopled(told, deed):
            return ()
        near = [e for e in self.cast.recent(told.thing.last, _NEAR) if e != known]
        return (near[0],) if len(near) == 1 else ()

    def _peopled(self, told: Told, deed: Deed) -> bool:
        """Return whether somebody that is no institution of the text may be the subject before the count."""
        first = told.clause.begin
        opening = self.tokens.sentences[self.tokens.sentence[told.thing.first]][0]
        for index in range(first, max(told.thing.opening, deed.first)):
            if told.thing.opening <= index < told.thing.last or self.cast.named(index):
                continue
            reading = self.cast.reading("uz", index)
            if reading is not None and (reading.symbol in ("FOLK", "SIDE") or reading.value == "person"):
                return True
            if self.tokens.capital(index) and index != opening and self.cast.case(index) == "":
                return True
            if index < told.thing.opening and self.tokens.fold[index].endswith(settings("uz", "peopled")):
                return True
        return False
