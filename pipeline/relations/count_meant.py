"""Whom the words around a count may mean that name nobody: a city or a people of its name, its country, a common noun of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.finders.actors import Cast
from pipeline.languages.lexicon import lexicon
from pipeline.text.folding import fold
from pipeline.text.tokens import Kind

__all__ = ["Meant"]

_ALIKE = 4  # code points that a city and the name it stands for have in common
_ALIKE_LOWER = 5  # the same where it is not capitalised: «ташкентские коллеги»
_LONG = 6  # code points that such a word has more than
_FEW = 3  # institutions that “the museum” or a country may mean
_MANY = 12  # institutions that a word of a name may mean


class Meant:
    """Reads what may be meant in one document."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self._kinds: dict[int, str | None] = {}  # what `_kind` has answered
        self._alike: defaultdict[str, set[int]] = defaultdict(set)  # whose names have a word that begins so
        for mention in cast.mentions:
            for index in range(mention.first, mention.last):
                word = self.tokens.fold[index]
                if len(word) >= _ALIKE and self.tokens.capital(index) and self._kind(index) is None:
                    for much in (_ALIKE, _ALIKE_LOWER):
                        self._alike[word[:much]].add(mention.entity)
        self._lands: defaultdict[str, list[int]] = defaultdict(list)
        for entity in sorted({mention.entity for mention in cast.mentions}):
            if entity < len(cast.countries) and (code := cast.countries[entity]) is not None:
                self._lands[code].append(entity)

    def clues(self, begin: int, end: int, first: int, deed: str) -> dict[int, list[str]]:
        """Return the clues of what only may stand for a candidate: a city or people of its name, its country, a common noun of its kind.

        Words of tokens [begin, end) are read; `first` is that of the count, `deed` what its verb says.
        """
        cast, tokens, found = self.cast, self.tokens, defaultdict[int, dict[str, None]](dict)
        for index in range(begin, end):
            if tokens.kind[index] is not Kind.WORD or cast.named(index):
                continue
            word, language = tokens.fold[index], self.language(index)
            meant: list[tuple[str, Sequence[int]]] = []
            if len(word) >= _ALIKE and tokens.capital(index) and (alike := self._alike.get(word[:_ALIKE])):
                meant.append(("name", sorted(alike)))
            elif len(word) > _LONG and (alike := self._alike.get(word[:_ALIKE_LOWER])):
                meant.append(("like", sorted(alike)))
            place = cast.places[index] if index < len(cast.places) else None
            if place is not None:
                if place.code is not None:
                    meant.append(("land", self._lands.get(place.code, ())))
            elif (kind := self._kind(index)) is not None:
                meant.append(("kind", cast.of_kind.get(kind, ())))
            elif language != "uz" and (code := _people(language, word)):
                meant.append(("people", self._lands.get(code, ())))
            if not meant:
                continue
            how = self._how(index, begin, language)
            side = "b" if index < first else "a"
            for sort, entities in meant:
                many = min(_FEW, len(entities))
                clues = (
                    f"meant:{sort}{many}:{side}", f"meant:{sort}:{language}:{how}", f"meant:{sort}:{language}:{how}:{deed}",
                    f"meant:{sort}{many}:{side}:{deed}",
                )  # fmt: skip
                for entity in entities[:_MANY] if sort in ("name", "kind", "like") or len(entities) <= _FEW else ():
                    found[entity].update(dict.fromkeys(clues))
        return {entity: list(clues) for entity, clues in found.items()}

    def _how(self, index: int, begin: int, language: str) -> str:
        """Return how a word stands in its clause: its Uzbek case, the preposition before it and its Russian ending."""
        if language == "uz":
            return self.cast.case(index) or "nom"
        before = self.tokens.fold[index - 1] if index > begin else "^"
        return f"{before}/{self.tokens.fold[index][-2:]}" if language == "ru" else before

    def language(self, index: int) -> str:
        language = self.cast.document.languages[index]
        return language if language in ("uz", "ru", "en") else "en"

    def _kind(self, index: int) -> str | None:
        """Return the kind of institution that a common noun tells, or None."""
        if index not in self._kinds:
            reading = self.cast.reading(self.language(index), index)
            self._kinds[index] = reading.value if reading is not None and reading.symbol == "KIND" else None
        return self._kinds[index]


@lru_cache(maxsize=1 << 14)
def _people(language: str, word: str) -> str:
    """Return the country (ISO 3166-1 alpha-2) whose people a word names, or ""."""
    return next((code for stem, code in _peoples(language) if word.startswith(stem)), "")


@cache
def _peoples(language: str) -> tuple[tuple[str, str], ...]:
    peoples = lexicon("deeds").settings[language].get("peoples", {})
    return tuple((fold(stem), code) for code, stems in peoples.items() for stem in stems)
