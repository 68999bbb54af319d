"""What a document says about its own words; the ground that the repairs of broken and split words stand on."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import islice, pairwise, takewhile
from typing import Any

from pipeline import resources

__all__ = ["LETTER", "WORD", "Edit", "Vocabulary", "has_any", "prefixes", "table"]

Edit = tuple[int, int, str]  # [start, end) of a text, in code points, and what stands there instead

LETTER = r"[^\W\d_]"
# A word keeps its inner apostrophes, so that oʻquv, maʼno and O'zbekiston are one word each.
WORD = rf"{LETTER}+(?:[ʻʼ'‘’`´]{LETTER}+)*+"

_COMPOUNDS = re.compile(rf"{WORD}(?:-{WORD})*+(-?)")
_SHOWN = 3  # letters of an ending that another form of the same word may have otherwise
_NEIGHBOURS = 50  # words with one beginning that are looked at
_SECONDS = 50  # second parts remembered for one first part


@cache
def table(section: str) -> dict[str, Any]:
    """Return one section of the language data for repairs (languages/repair.toml)."""
    with resources.language_file("repair.toml").open("rb") as file:
        return dict(tomllib.load(file)[section])


def has_any(text: str, signs: Iterable[str]) -> bool:
    """Whether one of the signs is in the text; for single characters far faster than a search for the set of them."""
    return any(sign in text for sign in signs)


class Vocabulary:
    """The words of a text, case folded, without those that a hyphen at a line end has cut in two."""

    def __init__(self, text: str) -> None:
        words: Counter[str] = Counter()
        compounds: set[str] = set()
        cut = False
        for match in _COMPOUNDS.finditer(text):
            after_cut, cut = cut, bool(match[1])
            if after_cut or cut:
                continue
            word = match[0].casefold()
            if "-" in word:
                compounds.add(word)
            else:
                words[word] += 1
        self._seconds: dict[str, list[str]] = {}
        for compound in compounds:
            parts = compound.split("-")
            words.update(parts)
            for first, second in pairwise(parts):
                seconds = self._seconds.setdefault(first, [])
                if len(seconds) < _SECONDS:
                    seconds.append(second)
        self._words = words
        self._sorted: list[str] = []

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def count(self, word: str) -> int:
        """Return how often the word stands in the text."""
        return self._words[word]

    def has_form(self, first: str, second: str) -> bool:
        """Whether first + second, or the same with another ending, is a word of the text."""
        if first + second in self._words:
            return True
        stem = first + _stem(second)
        if len(stem) < len(first) + _SHOWN:
            return False
        if not self._sorted:
            self._sorted = sorted(self._words)
        longest = len(first) + len(second) + _SHOWN
        place = bisect_left(self._sorted, stem)
        alike = takewhile(lambda word: word.startswith(stem), islice(self._sorted, place, place + _NEIGHBOURS))
        return any(len(word) <= longest for word in alike)

    def has_compound(self, first: str, second: str) -> bool:
        """Whether first-second, or the same with another ending, stands in the text."""
        stem = _stem(second) if len(second) >= 2 * _SHOWN else second
        return any(known.startswith(stem) for known in self._seconds.get(first, ()))

    def has_first(self, first: str) -> bool:
        """Whether a compound of the text begins with this part."""
        return first in self._seconds


def _stem(word: str) -> str:
    return word[: max(_SHOWN, len(word) - _SHOWN)]


def prefixes(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words, case folded, as `str.startswith` and `str.endswith` take them."""
    return tuple(word.casefold() for word in words)
