"""What goes on from sentence to sentence: the partner that is spoken of, who is the other party of what comes or goes.

Only Russian and English. A party is only put in where one institution beside the known one is in play, and no word tells of another source or goal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pipeline.finders.parts import settings
from pipeline.text.tokens import Gap, Kind

if TYPE_CHECKING:
    from pipeline.finders.actors import Cast
    from pipeline.finders.deeds import Deed
    from pipeline.finders.parties import Told

__all__ = ["Continuity"]

_NEAR = 2  # sentences back in which a partner is still spoken of
_CLAUSE = 14  # tokens before a verb in which its subject may stand
_SINCE = 3  # sentences after a transfer in which its parties are still spoken of


class _Transfer(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def from_(self) -> tuple[int, ...]: ...
    @property
    def to(self) -> tuple[int, ...]: ...


class Continuity:
    """Finds the other party of a transfer of which the text names one."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens

    def fill(
        self, told: Told, deed: Deed, from_: tuple[int, ...], to: tuple[int, ...], before: _Transfer | None
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the giver and the receiver, the missing one put in where what was said before tells it; `before` is the last transfer."""
        language = self.cast.document.languages[told.thing.first]
        own = self.cast.own()
        goal = bool(to) or any(told.parts.get(part) for part in ("to", "dat"))
        if goal and not from_ and to != own and own and self._impersonal(told, deed, language):
            return own, to  # «коллегам отвезли 30 дел»
        if to and not from_ and to != own and deed.value == "bring" and language == "en" and self._carried(told):
            return own, to  # “the driver took 30 files to Andijan”
        if from_ and not to and from_ == self.cast.speaks(told.thing.first) and deed.value in ("give", "bring"):
            if not self._aimed(told, language) and (reader := self.cast.addressed(told.thing.first)):
                return from_, reader  # of a letter: “we are shipping 30 books”
        if told.back and not from_ and not to and own and self.cast.collects:
            partner = self.partner(told, own, before)
            return (own, partner) if partner and deed.value in ("give", "bring", "come") else (from_, to)
        if to and not from_ and to != own and own and deed.value == "take" and not deed.passive:
            if self.cast.collects and self._of_them(told, language) and not self._sourced(told, language):
                return own, to  # “They got 30 files”
        if to and not from_ and to != own and own and deed.value == "take" and language == "en" and not told.back:
            words = " ".join(self.tokens.fold[deed.first : deed.last]) + " "
            if words.startswith(settings("en", "taking_home")) and not self._sourced(told, language):
                return own, to  # “The school borrowed 16 books”
        if to and not from_ and deed.value in ("take", "come") and not self._sourced(told, language):
            if other := self._named_before(told, to, deed, language):
                return other, to
        if not from_ and to in ((), own) and deed.value in ("come", "take") and (writer := self._yours(told, language)):
            return writer, self.cast.speaks(told.thing.first)  # «Ваши 14 книг дошли»
        if to and not from_ and not self._sourced(told, language) and self._said_before(told, deed, language):
            return self._from_there(told, self.partner(told, to, before)), to
        if from_ and not to and from_ != own and not self.cast.collects and not self._aimed(told, language):
            return from_, self.partner(told, from_, before)
        return from_, to

    def partner(self, told: Told, known: tuple[int, ...], before: _Transfer | None) -> tuple[int, ...]:
        """Return the one institution that is in play beside a known one: that of the last transfer, the only one spoken of."""
        sentence = self.tokens.sentence
        here = {e for actor in told.everyone for e in actor.entities[:1] if actor.named} - set(known)
        if before is not None and sentence[told.thing.first] - sentence[before.first] <= _SINCE and not here:
            if before.from_ == known and before.to:
                return before.to
            if before.to == known and before.from_:
                return before.from_
        near = [e for e in self.cast.recent(told.thing.last, _NEAR) if e not in known]
        mine = [e for e in near if self.cast.collecting(e)] or near
        return tuple(mine) if len(mine) == 1 else ()

    def _carried(self, told: Told) -> bool:
        """Return whether whoever carries the things in an English clause is no institution."""
        return not any(told.parts.get(part) for part in ("subj", "from", "agent", "person"))

    def _from_there(self, told: Told, partner: tuple[int, ...]) -> tuple[int, ...]:
        """Return a partner, none where the things come from a city of another country than its own."""
        cities = [self.cast.places[a.first] for a in told.everyone if a.place and not a.entities and a.part == "from"]
        codes = {city.code for city in cities if city is not None}
        known = self.cast.countries[partner[0]] if partner and partner[0] < len(self.cast.countries) else None
        return () if known is not None and codes - {known} else partner

    def _impersonal(self, told: Told, deed: Deed, language: str) -> bool:
        """Return whether a Russian verb in the plural has no subject, and tells of what goes away from those who speak."""
        if language != "ru" or deed.passive or deed.value not in ("give", "bring") or told.parts.get("person"):
            return False
        if any(told.parts.get(part) for part in ("subj", "bare", "from", "agent")) or told.heading is not None:
            return False
        return self.tokens.fold[deed.first].endswith(settings("ru", "plural_past")) and (
            told.back or self._alone(told, deed)
        )

    def _alone(self, told: Told, deed: Deed) -> bool:
        """Return whether no word before a Russian verb, in its clause, may be its subject."""
        within = {i for actor in told.everyone for i in range(actor.first, actor.last)}
        folds, endings = self.tokens.fold, settings("ru", "oblique_endings")
        for index in range(deed.first - 1, max(told.window[0], deed.first - _CLAUSE) - 1, -1):
            if self.tokens.kind[index] is Kind.SIGN:
                return folds[index] in ",;:—–("
            if index in within or self.tokens.kind[index] is not Kind.WORD or folds[index].endswith(endings):
                continue
            reading = self.cast.reading("ru", index)
            known = reading is not None and reading.symbol in ("PREP", "BACK", "PART", "OURS", "THEM", "YOURS")
            if not known and folds[index] not in settings("ru", "passed"):
                return False
        return True

    def _yours(self, told: Told, language: str) -> tuple[int, ...]:
        """Return whom a letter is for where the things are called “your”."""
        first = told.thing.opening
        reading = self.cast.reading(language, first - 1) if first else None
        yours = reading is not None and reading.symbol == "YOURS" and reading.value == "mark"
        return self.cast.addressed(first) if yours else ()

    def _of_them(self, told: Told, language: str) -> bool:
        """Return whether “they” is the subject."""
        readings = (self.cast.reading(language, actor.first) for actor in told.parts.get("subj", ()))
        return any(reading is not None and reading.symbol == "THEM" for reading in readings)

    def _named_before(self, told: Told, to: tuple[int, ...], deed: Deed, language: str) -> tuple[int, ...]:
        """Return the only other institution that the sentence names, where it is the subject of a clause before: “X cleared its shelves, and 30 books came to Y”."""
        if told.ellipsis is not None or told.back:
            return ()
        if any(word in settings(language, "buying") for word in self.tokens.fold[deed.first : deed.last]):
            return ()
        named = {a.entities[0] for a in told.everyone if a.named and a.entities} - set(to)
        first = [a for a in told.everyone if a.named and a.entities and a.part in ("subj", "bare", "with")]
        own = self.cast.own()
        if deed.value == "take" and own and to != own and (shared := [a for a in first if a.entities[:1] == own]):
            between = self.tokens.fold[shared[0].last : max(shared[0].last, told.thing.opening)]
            return own if ":" in between else ()  # “The library shares its books: the school received 30 maps”
        mine = {a.entities[0] for a in first if a.last <= max(told.thing.opening, deed.first)} - set(to)
        return tuple(mine) if len(mine) == 1 and named == mine and self.cast.collecting(next(iter(mine))) else ()

    def _said_before(self, told: Told, deed: Deed, language: str) -> bool:
        """Return whether the giver of what came must be who was spoken of: an agreement with it, a pronoun, a verb without a subject."""
        if deed.value not in ("give", "come", "bring", "take", "enrich"):
            return False
        if self._of_them(told, language) and not any(a.entities for a in told.parts.get("subj", ())):
            return True  # “they have given us …”
        if deed.value in ("give", "bring") and not deed.passive:
            return self._impersonal(told, deed, language)
        return self._agreed(told, language)

    def _agreed(self, told: Told, language: str) -> bool:
        """Return whether this sentence or the one before, in one paragraph, speaks of an agreement or an exchange."""
        sentence = self.tokens.sentence[told.thing.first]
        first, until = self.tokens.sentences[sentence][0], told.thing.opening
        if sentence and self.tokens.gap[first] is not Gap.BREAK:
            first = self.tokens.sentences[sentence - 1][0]
        bonds = settings(language, "bonds")
        return any(word.startswith(bonds) for word in self.tokens.fold[first:until])

    def _sourced(self, told: Told, language: str) -> bool:
        """Return whether a word tells of another source: “from readers”, «от учителя», “at auction”."""
        first, last = told.window
        folds, named = self.tokens.fold, {a.first for a in told.everyone if a.entities or a.place}
        for index in range(first, min(last, len(folds) - 1)):
            place = folds[index + 1].endswith(settings("ru", "local_endings")) or self.cast.is_place(index + 1)
            if folds[index] in settings(language, "sources") and not named & {index, index + 1, index + 2, index + 3}:
                if not place:
                    return True
        told_of = (actor for actor in told.everyone if actor.first >= first and not actor.place)
        return any(actor.part in ("from", "agent", "person") for actor in told_of)

    def _aimed(self, told: Told, language: str) -> bool:
        """Return whether a word tells of another receiver."""
        return any(told.parts.get(part) for part in ("to", "dat")) or language == "uz"
