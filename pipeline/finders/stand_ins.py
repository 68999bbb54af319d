"""What stands for an institution without being its people: the capital of its country, the word for a ministry.

The words are data (`deeds.toml`): `capitals`, `central`, `offices_of`.
"""

from __future__ import annotations

from pipeline.finders.visits import Visits
from pipeline.text.folding import fold

__all__ = ["StandIns"]

_TAKEN_BY = 8  # tokens between “from us” and the verb of taking


class StandIns(Visits):
    """Tells which institution a capital or a ministry means."""

    def in_capital(self, index: int) -> tuple[int, ...]:
        """Return the institution that the capital of the article's country stands for: its own if it is a central one, else the one other that is."""
        place = self.places[index] if index < len(self.places) else None
        if (
            place is None
            or place.kind != "city"
            or place.name not in self.words.settings["capitals"]
            or place.code != self.home_country()
        ):
            return ()
        central = [
            entity
            for entity in self._by_country.get(place.code, ())
            if self.collecting(entity) and self._central(entity)
        ]
        if self.home in central:
            return self.own()
        central = self._named_before(central, index)
        return tuple(central) if len(central) == 1 else ()

    def _central(self, entity: int) -> bool:
        """Return whether the name of an institution tells that it is a country's and tells no city or region."""
        mention = next(mention for mention in self.mentions if mention.entity == entity)
        places = [self.places[at] for at in range(mention.first, min(mention.last, len(self.places)))]
        if any(place is not None and place.kind in ("city", "region", "local") for place in places):
            return False
        stems = tuple(map(fold, self.words.settings["central"]))
        return any(self.tokens.fold[at].startswith(stems) for at in range(mention.first, mention.last))

    def taken_near(self, index: int) -> bool:
        """Return whether a Russian verb of taking or giving stands in the sentence just before or after a token."""
        begin, end = self.tokens.sentences[self.tokens.sentence[index]]
        near = (self.reading("ru", at) for at in range(max(begin, index - _TAKEN_BY), min(end, index + _TAKEN_BY)))
        return any(r is not None and r.symbol == "VERB" and r.value.startswith(("take", "give")) for r in near)

    def ministry(self, index: int) -> tuple[int, ...]:
        """Return the one ministry or agency that is named before a token, of several the one named just before."""
        named = [entity for entity in self._offices if self.opened.get(entity, index) < index]
        near = [entity for entity in self.recent(index) if entity in named] if len(named) > 1 else named
        return tuple(near[:1])
