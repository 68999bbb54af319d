"""What the words of an article tell of things and papers, whatever words of whichever language say it: the concepts of `concepts.toml` (give, promise, parcel, …).

A clue that names a concept holds for all its words, the rare ones too, and in every language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from pipeline.languages.lexicon import Lexicon, lexicon
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["Concepts"]

_LANGUAGES = ("uz", "ru", "en")


class Concepts:
    """Reads the concepts of one document, a sentence when it is first asked for. `named`: the tokens that stand in a name; they tell nothing."""

    def __init__(self, document: Document, named: Iterable[tuple[int, int]]) -> None:
        self._document, self._tokens = document, document.tokens
        self._named = {index for first, last in named for index in range(first, last)}
        self._read: dict[int, tuple[list[int], list[str]]] = {}

    def sentence(self, number: int) -> tuple[list[int], list[str]]:
        """Return the tokens of a sentence where concepts are said, in order, and which. Of a phrase its first token."""
        if number not in self._read:
            self._read[number] = self._of(*self._tokens.sentences[number])
        return self._read[number]

    def within(self, begin: int, end: int) -> list[str]:
        """Return the concepts said in tokens [begin, end) of one sentence, in order."""
        places, said = self.sentence(self._tokens.sentence[begin]) if begin < end else ([], [])
        return said[bisect_left(places, begin) : bisect_left(places, end)]

    def around(self, first: int, last: int, *, most: int) -> tuple[list[str], list[str]]:
        """Return the concepts of its sentence before and after tokens [first, last), the nearest first, `most` of each."""
        places, said = self.sentence(self._tokens.sentence[first])
        low, high = bisect_left(places, first), bisect_left(places, last)
        return said[max(0, low - most) : low][::-1], said[high : high + most]

    def end(self, number: int) -> int:
        """Return the token after the last of a sentence."""
        return self._tokens.sentences[number][1]

    def _of(self, begin: int, end: int) -> tuple[list[int], list[str]]:
        tokens, languages = self._tokens, self._document.languages
        places, said, index = [], [], begin
        while index < end:
            length = 1
            if tokens.kind[index] is Kind.WORD and index not in self._named:
                language = languages[index] if languages[index] in _LANGUAGES else "en"
                concept, length = self._at(language, index)
                if concept:
                    places.append(index)
                    said.append(concept)
            index += length
        return places, said

    def _at(self, language: str, index: int) -> tuple[str, int]:
        """Return the concept of the phrase or word at a token ("" where there is none), and its tokens."""
        folds = self._tokens.fold
        if _opens(language, folds[index]):
            phrase = _lexicon(language).phrase(language, folds, self._tokens.kind, index)
            if phrase is not None:
                return phrase.value, phrase.length
        return _concept(language, folds[index]), 1


def _lexicon(language: str) -> Lexicon:
    """Return the concepts of one language, read when the first text of that language comes: few articles need all three."""
    return lexicon("concepts", only=language)


@lru_cache(maxsize=1 << 16)
def _opens(language: str, folded: str) -> bool:
    return _lexicon(language).opens(language, folded)


@lru_cache(maxsize=1 << 16)
def _concept(language: str, folded: str) -> str:
    reading = _lexicon(language).reading(language, folded)
    return "" if reading is None else reading.value
