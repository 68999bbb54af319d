"""Uzbek words that allude to an institution by its town or people: «bokuliklar», «Leydenlik sheriklar», «Toshhovuzdagi muzey», «nemislar»."""

from __future__ import annotations

from functools import lru_cache

from pipeline.authority.countries import Place, atlas
from pipeline.finders.agreement_allusions import Allusions
from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import Reading
from pipeline.languages.morphology import stems
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind, tokenize

__all__ = ["Townsfolk"]

_TOWN = 3  # code points of the shortest town


@lru_cache(maxsize=1 << 14)
def _origin(folded: str) -> tuple[Place, str, bool] | None:
    """Return the place that an Uzbek word tells, its case, and whether it names those who come from there: «bokuliklardan»."""
    endings = tuple(map(fold, grammar("agreements").lexicon.settings["townsfolk"]))
    for stem in stems("uz", folded):
        from_there = stem.stem.endswith(endings)
        root = next((stem.stem[: -len(ending)] for ending in endings if stem.stem.endswith(ending)), stem.stem)
        if len(root) < _TOWN or not (from_there or stem.case == "attr" or stem.plural or stem.stem == folded):
            continue
        place = atlas().at(tokenize(root.capitalize() if from_there or stem.case == "attr" else root), 0)
        if place is not None and (place.kind == "adjective" or from_there or stem.case == "attr"):
            return place, "" if stem.case == "attr" else stem.case, stem.plural
    return None


class Townsfolk(Allusions):
    """Allusions in Uzbek too: by the word for those of a town or a people, with or without a noun after it."""

    def at(self, index: int) -> Reading | None:
        """Return the institution that the words at a token allude to, None for none."""
        tokens = self.tokens
        if self.document.languages[index] != "uz":
            return super().at(index)
        if index in self.covered or tokens.kind[index] is not Kind.WORD:
            return None
        origin = _origin(tokens.fold[index])
        if origin is None or (origin[0].kind != "adjective" and not tokens.capital(index)):
            return None
        place, case, plural = origin
        body, end = self._those(index + 1)
        if end == index + 1 and not plural:
            return None
        found = self._one(index, place, body)
        if found is None or found == self.context.home:
            return None
        case = case if end == index + 1 else self.context.case(end - 1)
        return Reading("ALLUDED", str(found), case, end - index)

    def _those(self, index: int) -> tuple[str, int]:
        """Return the kind of institution of the noun at a token ("" for people) and the token after it; the token itself where none stands."""
        tokens = self.tokens
        if index >= len(tokens) or index in self.covered or tokens.gap[index] is Gap.BREAK or tokens.capital(index):
            return "", index
        reading = self.words.reading("uz", tokens.fold[index])
        if reading is not None and reading.symbol == "BODY":
            return reading.value, index + 1
        settings = self.words.settings["those"]
        people = reading is not None and reading.symbol in ("PARTNER", "PARTIES", "OFFICE", "OURBODY")
        return "", index + (people or tokens.fold[index].startswith(tuple(map(fold, settings))))
