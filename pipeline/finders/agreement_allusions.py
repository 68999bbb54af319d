"""Institutions that a text only alludes to: by the city where they sit, by their people, by a town's or a country's adjective before a noun,
by the surname of the officer who stood beside their name.

“signed with Denau”, «между бакинским и ташкентским музеями», “the Finns”: such words name a party where one institution of the article
alone can be meant, and nothing otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.authority.countries import Place, atlas
from pipeline.finders.agreement_context import Context
from pipeline.finders.seats import Mention
from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import Reading
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind

__all__ = ["Allusions"]

_ROOT = 3  # letters of the shortest root by which a city is known

_NEAR = 3  # sentences back in which one of several was named
_NOUN = 4  # tokens from an adjective to its noun, over other adjectives
_LAST = 40  # mentions looked back upon
_VERB = 7  # tokens from a city to the verb whose subject it is
_BESIDE = 4  # tokens before a name that may tell its city: “from Bishkek, where the”


@cache
def _endings() -> tuple[str, ...]:
    """Return the folded endings of Russian cities and of their adjectives, the longest first."""
    endings = grammar("agreements").lexicon.settings["city_endings"]
    return tuple(sorted(map(fold, endings), key=len, reverse=True))


@cache
def _dwellers() -> tuple[str, ...]:
    """Return the folded endings of Russian words for those who live in a city: «тбилисцами»."""
    return tuple(fold(ending) for ending in grammar("agreements").lexicon.settings["dweller_endings"])


@lru_cache(maxsize=1 << 14)
def _root(language: str, folded: str) -> str:
    """Return what the names of a city and its adjectives have in common: `Баку`, `бакинским` give one root."""
    if language != "ru":
        return folded
    ending = next(
        (ending for ending in _endings() if folded.endswith(ending) and len(folded) - len(ending) >= _ROOT), ""
    )
    return folded[: len(folded) - len(ending)]


class Allusions:
    """Which institution a word alludes to. `countries`: those of the entities (ISO 3166-1 alpha-2), as far as they are known."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], context: Context, countries: Sequence[str | None] = ()
    ) -> None:
        self.document, self.context, self.countries = document, context, countries
        self.tokens = document.tokens
        self.words = grammar("agreements").lexicon
        self.mentions = mentions
        self.covered = {k for mention in mentions for k in range(mention.first, mention.last)}
        self._cities: dict[str, list[int]] | None = None
        self._roots: dict[str, dict[int, None]] = defaultdict(dict)

    def at(self, index: int) -> Reading | None:
        """Return the institution that the words at a token allude to (symbol ALLUDED, value: its entity), None for none."""
        language = self.document.languages[index]
        if language not in ("en", "ru") or index in self.covered or self.tokens.kind[index] is not Kind.WORD:
            return None
        reading = self.words.reading(language, self.tokens.fold[index])
        if reading is not None:
            found = self._people(index, reading.value) if reading.symbol == "PEOPLE" else None
            return None if found is None else Reading("ALLUDED", str(found), length=1)
        place = atlas().at(self.tokens, index, local=True)
        if place is None and language == "ru" and self.tokens.fold[index].endswith(_dwellers()):
            found = self._choose(self._in_city(index, None), index, "")
            return None if found is None else Reading("ALLUDED", str(found), length=1)
        if place is None and not self.tokens.capital(index) and not self.context.adjective(index):
            return None
        length = place.length if place is not None else 1
        bare = (
            language == "ru" and place is not None and place.kind in ("city", "region")
        )  # a noun: «в Худжанде директора»
        noun = None if bare else self._noun(index + length, language)
        if noun is not None:
            at, body = noun
            found = self._one(index, place, body)
            after = at + 1 if at == index + length else index + length
            return None if found is None else Reading("ALLUDED", str(found), length=after - index)
        if (place is not None and place.kind not in ("city", "region")) or not self._as_party(index, length, language):
            return None
        found = self._one(index, place, "")
        return None if found is None else Reading("ALLUDED", str(found), length=length)

    def _noun(self, index: int, language: str) -> tuple[int, str] | None:
        """Return the noun that adjectives before token `index` belong to (token, kind of institution; "" for people and sides)."""
        for at in range(index, min(index + _NOUN, len(self.tokens))):
            if at in self.covered or self.tokens.gap[at] is Gap.BREAK:
                return None
            if language == "en" and self.tokens.capital(at):
                if atlas().at(self.tokens, at) is None:
                    return None
                continue
            reading = self.words.reading(language, self.tokens.fold[at])
            symbol = reading.symbol if reading is not None else ""
            if symbol in ("BODY", "BODYS"):
                assert reading is not None
                return at, reading.value
            if symbol in ("PARTNER", "SIDE", "OFFICE"):
                return at, ""
            adjective = self.context.adjective(at) or atlas().at(self.tokens, at) is not None
            if symbol != "AND" and not (language == "ru" and adjective):
                return None
        return None

    def _as_party(self, index: int, length: int, language: str) -> bool:
        """Return whether a city's name stands where a party stands: after “with”, “between”, “the museums in”, or joined with one that does."""
        tokens = self.tokens
        after = index + length
        if after < len(tokens) and tokens.gap[after] is not Gap.BREAK:
            if after in self.covered or (tokens.kind[after] is Kind.WORD and tokens.capital(after)):
                return False
        if not self._beside_capital(index) and self._subject(index, after, language):
            return True
        steps = 0
        while index > 0 and tokens.gap[index] is not Gap.BREAK and steps < _NOUN:
            index, steps = index - 1, steps + 1
            if index in self.covered:
                return False
            reading = self.words.reading(language, tokens.fold[index])
            symbol = reading.symbol if reading is not None else ""
            if symbol in ("WITH", "BETWEEN", "BY"):
                return True
            if symbol in ("IN", "OF") or (language == "ru" and symbol in ("BODY", "BODYS")):
                at = index if language == "ru" and symbol in ("BODY", "BODYS") else index - 1
                noun = self.words.reading(language, tokens.fold[at]) if at >= 0 else None
                plural = noun is not None and (noun.plural or (language == "en" and tokens.fold[at].endswith("s")))
                return noun is not None and (noun.symbol == "BODYS" or (noun.symbol == "BODY" and plural))
            joins = symbol in ("AND", "THE") or tokens.fold[index] == ","
            if not joins and not (tokens.kind[index] is Kind.WORD and atlas().at(tokens, index) is not None):
                return False
        return False

    def _subject(self, index: int, after: int, language: str) -> bool:
        """Return whether a city, alone or with another, is what signs or is bound: “Andijan and Osh are bound by”."""
        tokens = self.tokens
        before = (
            self.words.reading(language, tokens.fold[index - 1])
            if index and tokens.gap[index] is not Gap.BREAK
            else None
        )
        if before is not None and before.symbol not in ("AND", "WHICH", "BUT", "ADV", "DATE", "THE"):
            return False
        for at in range(after, min(after + _VERB, len(tokens))):
            if tokens.gap[at] is Gap.BREAK or at in self.covered:
                return False
            reading = self.words.phrase(language, tokens.fold, tokens.kind, at) or self.words.reading(
                language, tokens.fold[at]
            )
            symbol = reading.symbol if reading is not None else ""
            if symbol in ("SIGNED", "BOUND"):
                return True
            if (
                symbol not in ("AND", "BE", "HAVE", "ADV", "ALSO", "WILL")
                and not (tokens.capital(at) and tokens.kind[at] is Kind.WORD)
                and symbol
            ):
                return False
        return False

    def _people(self, index: int, code: str) -> int | None:
        """Return the institution of a people: “the Finns”; None where nobody is its only one."""
        return self._of_country(index, code, "")

    def _one(self, index: int, place: Place | None, body: str) -> int | None:
        """Return the institution of a place, of the kind `body` where that is told."""
        if place is not None and place.kind in ("country", "adjective"):
            return self._of_country(index, place.code, body)
        found = self._in_city(index, place)
        chosen = self._choose(found, index, body)
        if chosen is not None or found:
            return chosen
        home = self.context.home
        foreign = home is not None and home < len(self.countries) and self.countries[home] is not None
        if place is None or not foreign or home is None or self.countries[home] == place.code:
            return None
        return self._of_country(index, place.code, body)

    def _of_country(self, index: int, code: str, body: str) -> int | None:
        every = [entity for entity, country in enumerate(self.countries) if country == code]
        others = [entity for entity in every if entity != self.context.home]
        return self._choose(others or every, index, body)

    def _choose(self, found: Sequence[int], index: int, body: str) -> int | None:
        """Return the only one of some institutions that fits: by kind, then by having been named just before."""
        if body and body != "any":
            found = [entity for entity in found if self.context.bodies.is_a(entity, body)]
        if len(found) > 1:
            here = self.tokens.sentence[index]
            near: list[int] = []
            for first, _, entity in reversed(self.context.before(index, _LAST)):
                if here - self.tokens.sentence[first] > _NEAR:
                    break
                if entity in found and entity not in near:
                    near.append(entity)
            found = near
        return found[0] if len(found) == 1 else None

    def _in_city(self, index: int, place: Place | None) -> list[int]:
        """Return the institutions that sit in a city, as their names and what stands beside them tell."""
        if self._cities is None:
            self._cities = self._by_city()
        if place is not None and place.name in self._cities:
            return self._cities[place.name]
        root = _root(self.document.languages[index], self.tokens.fold[index])
        return list(self._roots.get(root, ())) if len(root) >= _ROOT else []

    def _by_city(self) -> dict[str, list[int]]:
        places, tokens = atlas(), self.tokens
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for mention in self.mentions:
            last = mention.last
            if last + 1 < len(tokens) and tokens.gap[last] is not Gap.BREAK:
                bracketed = tokens.fold[last] in ("(", ",")
                last += 3 if bracketed else 0 if self.document.languages[last] == "uz" else 2
            last = min(last, tokens.sentences[tokens.sentence[mention.last - 1]][1])
            told = any(word in self._where() for word in tokens.fold[max(mention.first - 3, 0) : mention.first])
            bracket = mention.first > 1 and tokens.fold[mention.first - 1] == "("
            begin = max(mention.first - (_BESIDE if told or bracket else 0), 0)
            begin -= begin > 0 and begin == mention.first and self.context.adjective(begin - 1)
            for index in range(begin, min(last, len(tokens))):
                if index in self.covered and not mention.first <= index < mention.last:
                    continue  # of another name
                if tokens.kind[index] is Kind.WORD and (tokens.capital(index) or index < mention.first):
                    self._roots[_root(self.document.languages[index], tokens.fold[index])][mention.entity] = None
                place = places.at(tokens, index)
                if place is not None and place.name and place.kind in ("city", "local"):
                    found[place.name][mention.entity] = None
        return {name: list(entities) for name, entities in found.items()}

    def _beside_capital(self, index: int) -> bool:
        """Return whether another capital word that is in no institution's name stands right beside one: a person is named."""
        tokens = self.tokens
        return any(
            0 <= at < len(tokens)
            and at not in self.covered
            and tokens.kind[at] is Kind.WORD
            and tokens.capital(at)
            and tokens.gap[max(at, index)] is Gap.SPACE
            for at in (index - 1, index + 1)
        )

    def _where(self) -> tuple[str, ...]:
        """Return the folded words for “where”: “from Bishkek, where the museum”."""
        return tuple(fold(word) for word in self.words.settings["where"])
