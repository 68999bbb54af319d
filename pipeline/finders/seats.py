"""Where the institutions of a document sit: the cities in their names and right beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.finders.parts import settings
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["CITY", "Mention", "Seats"]

CITY = 4  # code points of the shortest city
_KEY = 3  # code points by which a city is looked up: folding may shorten it


class Mention(Protocol):
    """An institution's name over tokens [first, last). Mentions of one institution have one `entity`."""

    @property
    def first(self) -> int:
        """Its first token."""
        ...

    @property
    def last(self) -> int:
        """The token after it."""
        ...

    @property
    def entity(self) -> int:
        """The index of its institution in the document."""
        ...


class Seats:
    """The capital words of names and of what tells where they are, by their beginnings."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        tokens = document.tokens
        self._words: dict[str, list[tuple[str, int, bool]]] = {}  # whether it stands in the name itself
        for mention in mentions:
            last = mention.last
            if last + 1 < len(tokens) and tokens.gap[last] is not Gap.BREAK:
                if tokens.fold[last] in ("(", ","):  # «(Самара)», “, Geelong”
                    last += 3
                elif document.languages[last] != "uz" and tokens.capital(last + 1):
                    last += 2  # “in Geelong”
            first = mention.first
            before = settings("uz", "seat_endings")
            led = tokens.fold[mention.last - 1].endswith(settings("uz", "goals"))  # «Xivadan Turkiston muzeyiga»
            if first and not led and tokens.gap[first] is not Gap.BREAK and tokens.fold[first - 1].endswith(before):
                first -= 1
            if first > 1 and tokens.fold[first - 1] == "(" and tokens.gap[first - 1] is not Gap.BREAK:
                first -= 2  # «из Ташкента (Музей литературы)»
            for index in range(first, min(last, len(tokens))):
                if tokens.kind[index] is Kind.WORD and tokens.capital(index):
                    word = tokens.fold[index]
                    self._words.setdefault(word[:_KEY], []).append(
                        (word, mention.entity, mention.first <= index < mention.last)
                    )

        self._hints = _hinted(document, mentions)

    def hinted(self, folded: str) -> set[int]:
        """Return the institutions of every sentence that speaks of those of an Uzbek city: «Zolingenlik ustalar … Germaniya tigʻ muzeyi»."""
        return self._hints.get(folded, set())

    def at(self, folded: str, language: str) -> list[int]:
        """Return the institutions that sit in a city (a folded word without its Uzbek case; of a Russian one the endings go): those named after it before others."""
        stem = folded
        while language == "ru" and stem.endswith(settings("ru", "city_endings")):
            stem = stem[:-1]
        if len(stem) < _KEY:  # too short, or no word at all
            return []
        words = self._words.get(stem[:_KEY], ())
        found = [
            (entity, own)
            for word, entity, own in words
            if word == stem or (word.startswith(stem) and len(stem) >= CITY)
        ]
        named = [entity for entity, own in found if own]
        return list(dict.fromkeys(named or [entity for entity, _ in found]))


def _hinted(document: Document, mentions: Sequence[Mention]) -> dict[str, set[int]]:
    """Return the institutions that stand beside the people of each Uzbek city in each sentence that tells of them."""
    tokens, endings = document.tokens, (*settings("uz", "demonym_adjectives"), *settings("uz", "demonyms"))
    named: dict[int, set[int]] = {}
    inside: set[int] = set()
    for mention in mentions:
        named.setdefault(tokens.sentence[mention.first], set()).add(mention.entity)
        inside.update(range(mention.first, mention.last))
    out: dict[str, set[int]] = {}
    for index, folded in enumerate(tokens.fold):
        if not folded.endswith(endings) or index in inside or not tokens.capital(index):
            continue
        here = named.get(tokens.sentence[index])
        if document.languages[index] == "uz" and here:
            stem = folded.removesuffix(next(ending for ending in endings if folded.endswith(ending)))
            out[stem] = out[stem] & here if stem in out else set(here)
    return {stem: entities for stem, entities in out.items() if len(stem) >= CITY}
