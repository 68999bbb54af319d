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
        if to and not from_ and to != own and own and self._impersonal(told, deed, language):
            return own, to  # «коллегам отвезли 30 дел»
        if told.back and not from_ and not to and own and self.cast.collects:
            partner = self.partner(told, own, before)
            return (own, partner) if partner and deed.value in ("give", "bring", "come") else (from_, to)
        if to and not from_ and not self._sourced(told, language) and self._said_before(told, deed, language):
            return self.partner(told, to, before), to
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

    def _impersonal(self, told: Told, deed: Deed, language: str) -> bool:
        """Return whether a Russian verb in the plural has no subject, and tells of what goes away from those who speak."""
        if language != "ru" or deed.passive or deed.value not in ("give", "bring") or told.parts.get("person"):
            return False
        if any(told.parts.get(part) for part in ("subj", "bare", "from", "agent")) or told.heading is not None:
            return False
        return self.tokens.fold[deed.first].endswith(settings("ru", "plural_past")) and self._alone(told, deed)

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

    def _they(self, index: int, language: str) -> bool:
        """Return whether “they” stands at a token."""
        reading = self.cast.reading(language, index)
        return reading is not None and reading.symbol == "THEM"

    def _said_before(self, told: Told, deed: Deed, language: str) -> bool:
        """Return whether the giver of what came must be who was spoken of: an agreement with it, a pronoun, a verb without a subject."""
        if deed.value not in ("give", "come", "bring", "take"):
            return False
        if any(self._they(actor.first, language) and not actor.entities for actor in told.parts.get("subj", ())):
            return True  # “they have given us …”
        if deed.value == "give" and not deed.passive and language == "ru":
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
            if folds[index] in settings(language, "sources") and not named & {index, index + 1, index + 2, index + 3}:
                return True
        return any(actor.part in ("from", "agent", "person") for actor in told.everyone if actor.first >= first)

    def _aimed(self, told: Told, language: str) -> bool:
        """Return whether a word tells of another receiver."""
        return any(told.parts.get(part) for part in ("to", "dat")) or language == "uz"
