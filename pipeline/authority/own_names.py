"""The names of an article's institutions by their words: whose name holds all words of another, whose name it is but for one misspelt word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.authority.countries import Place
from pipeline.authority.homeland import SHORT_FORMS
from pipeline.authority.institution import Institution
from pipeline.authority.spelling import SHORT, deletions, near
from pipeline.finders.institutions import Name
from pipeline.languages.grammar import grammar
from pipeline.languages.morphology import base_stem, stems
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Kind

__all__ = ["EMPTY", "OwnNames", "stem_of", "words_of", "words_of_entry"]

_SHORT_FORM = max(map(len, SHORT_FORMS)) + 6  # letters of a short form with its endings
_NEAR = 8  # institutions whose names are one letter apart: more of them tell nothing
_Same = dict[int, tuple[str, Institution]]  # by the identity of the institution: its word that is near

EMPTY = frozenset(
    word for symbol in ("OF", "FOR", "THE", "AND", "IN", "DED", "DE") for words in grammar("institutions").lexicon.languages.values()
    for word, reading in words.exact.items() if reading.symbol == symbol
)  # fmt: skip
"""Folded words that tell nothing of a name: articles, prepositions, «имени»."""


class OwnNames:
    """The names filed so far."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[Institution]] = {}  # institutions that have the word in one of their names
        self._filed: list[tuple[frozenset[str], Institution]] = []
        self._done = 0  # names filed by all their words but one: done when first asked, for few articles ask
        self._but_one: dict[frozenset[str], list[tuple[str, Institution]]] = {}
        self._variants: dict[frozenset[str], tuple[int, dict[str, _Same]]] = {}  # how many of them, by their deletions

    def file(self, institution: Institution, words: frozenset[str]) -> None:
        """File the words of one of an institution's names."""
        if not words or words in institution.words:
            return
        institution.words.append(words)
        self._filed.append((words, institution))
        for word in words:
            filed = self._by_word.setdefault(word, [])
            if not filed or filed[-1] is not institution:
                filed.append(institution)

    def sharing(self, words: frozenset[str]) -> list[Institution]:
        """Return the institutions that share the rarest of these words."""
        return min((self._by_word.get(word, []) for word in words), key=len)

    def misspelt(self, words: frozenset[str], word: str) -> Iterator[Institution]:
        """Yield the institutions with a name of these words, but for `word`, in whose place they have one that is a letter off."""
        for filed, institution in self._filed[self._done :]:
            for left_out, others in _all_but_one(filed):
                self._but_one.setdefault(others, []).append((left_out, institution))
        self._done = len(self._filed)
        others = words - {word}
        entries = self._but_one.get(others)
        if entries is None:
            return
        done, variants = self._variants.get(others, (0, {}))
        for other, institution in entries[done:]:
            for variant in deletions(other):
                same = variants.setdefault(variant, {})
                if len(same) < _NEAR:
                    same[id(institution)] = (other, institution)
        self._variants[others] = len(entries), variants
        for variant in deletions(word):
            for other, institution in variants.get(variant, {}).values():
                if near(word, other):
                    yield institution


@lru_cache(maxsize=1 << 12)
def _all_but_one(words: frozenset[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each word that is long enough to be compared, with the other words."""
    return tuple((word, words - {word}) for word in words if len(word) >= SHORT) if len(words) > 1 else ()


def words_of(document: Document, places: Sequence[Place | None], name: Name) -> frozenset[str]:
    """Return the content words of a name as stems, countries as `@UZ`: what two forms of one name share."""
    tokens = document.tokens
    kinds, folds = tokens.kind, tokens.fold
    language = document.languages[name.first]
    found: set[str] = set()
    index, last = name.first, max(name.last, name.reach)
    while index < last:
        place = places[index]
        if place is not None and place.kind in ("country", "adjective") and index + place.length <= last:
            found.add(f"@{place.code}")
            index += place.length
            continue
        if kinds[index] is not Kind.SIGN and folds[index] not in EMPTY:
            found.update(_stems_of(folds[index], language))
        index += 1
    return frozenset(found)


@lru_cache(maxsize=1 << 16)
def stem_of(folded: str, language: str) -> str:
    """Return one stem for all forms of a word in a name: without Uzbek suffixes, Russian endings, the English s."""
    if language == "ru":
        return base_stem("ru", folded)
    found = [stem.stem for stem in stems(language, folded) if len(stem.stem) >= 4]
    stem = min(found, key=len) if found else folded
    return stem[:-1] if language == "uz" and stem.endswith("y") and len(stem) > 4 else stem  # muzey, muze-yi


@lru_cache(maxsize=1 << 16)
def _stems_of(folded: str, language: str) -> tuple[str, ...]:
    """Return the stem of a word in a name, or those of the words that it is short for («АКМ»)."""
    if language == "uz" and len(folded) <= _SHORT_FORM:
        full = next((SHORT_FORMS[stem.stem] for stem in stems("uz", folded) if stem.stem in SHORT_FORMS), None)
        if full is not None:
            return tuple(stem_of(word, language) for word in full)
    return (stem_of(folded, language),)


@lru_cache(maxsize=1 << 14)
def words_of_entry(name: str, language: str) -> frozenset[str]:
    """Return the content words of a name of the gazetteer as stems."""
    return frozenset(stem_of(fold(word.strip('«»“”"(),.')), language) for word in name.split()) - EMPTY
