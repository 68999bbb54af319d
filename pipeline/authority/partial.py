"""Institutions of the gazetteer that a text names in part: “Asiri Library”, «Музей имени Кастеева», where the article never gives the full name.

All words of the name must stand in one name of the institution, in any order, and one of them must tell it from others of its kind: a person's name, a
subject, in some languages a place (`languages/common/linking.toml`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.authority.countries import Place
from pipeline.authority.names import NameIndex
from pipeline.languages.grammar import grammar
from pipeline.text.tokens import Kind, Tokens

__all__ = ["PartNames"]

_SILENT = frozenset({"OF", "FOR", "THE", "AND", "IN", "DED", "DE"})  # symbols of words that tell nothing
_INITIAL = 1  # letters of an initial
_Path = tuple[Sequence[int], str]  # the ids of a name's words, and the key of the institution


class PartNames:
    """Names of the gazetteer by the words in them."""

    def __init__(self, index: NameIndex[tuple[str, str]]) -> None:
        self._index = index
        self._names: list[_Path] = []
        self._by_word: dict[int, list[_Path]] | None = None

    def add(self, path: Sequence[int], key: str) -> None:
        """Add a name by the ids of its words. It is filed when the first text asks."""
        self._names.append((path, key))

    def find(
        self,
        tokens: Tokens,
        places: Sequence[Place | None],
        first: int,
        last: int,
        language: str,
        *,
        by_place: bool,
    ) -> tuple[str, ...]:
        """Return the gazetteer keys that have a name with all words of tokens [first, last), if one of these tells institutions apart; () where none is.

        `by_place`: whether a place does.
        """
        wanted: list[tuple[int, ...]] = []
        own: tuple[int, ...] = ()
        words = grammar("institutions").lexicon
        index = first
        while index < last:
            at, place = index, places[index]
            if place is not None and place.kind in ("country", "adjective"):
                wanted.append((self._index.symbol(f"@{place.code}"),))
                index += place.length
                continue
            folded = tokens.fold[at]
            reading = words.phrase(language, tokens.fold, tokens.kind, at) or words.reading(language, folded)
            if reading is not None and reading.symbol in _SILENT:
                index += reading.length
                continue
            index += 1
            if tokens.kind[at] is not Kind.WORD or len(folded) <= _INITIAL:
                continue
            ids = self._index.ids(folded)
            if not ids:
                return ()
            wanted.append(ids)
            if not own and reading is None and tokens.upper[at] and (place is None or by_place):
                own = ids
        if not own or len(wanted) < 2:
            return ()
        filed = self._filed()
        found = (
            key
            for word in own
            for path, key in filed.get(word, ())
            if all(any(each in path for each in ids) for ids in wanted)
        )
        return tuple(dict.fromkeys(found))

    def _filed(self) -> dict[int, list[_Path]]:
        if self._by_word is None:
            by_word: dict[int, list[_Path]] = {}
            for name in self._names:
                for word in set(name[0]):
                    by_word.setdefault(word, []).append(name)
            self._by_word = by_word  # when it is whole: other threads may ask meanwhile
        return self._by_word
