"""Two words that are one letter apart, and which words may be misspelt.

Two words are near where one letter is put in, left out or changed and the longer one has at least `_LONG` letters. A word that means something of its own
is not misspelt: a word of the Russian dictionary or of our lists, or one that the article also writes in small letters.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from pipeline.languages.dictionary import in_dictionary
from pipeline.languages.grammar import grammar
from pipeline.languages.morphology import base_stem, stems

__all__ = ["SHORT", "bare_forms", "deletions", "near", "odd"]

SHORT = 5
"""Letters of the shortest word that is compared."""
_LONG = 6


def near(word: str, other: str) -> bool:
    """Return whether two folded words are one letter apart: put in, left out, changed.

    >>> near("sulta", "sultan"), near("sultan", "sultan"), near("art", "arts"), near("karimov", "karimova")
    (True, False, False, False)
    """
    shorter, longer = sorted((word, other), key=len)
    if len(longer) < _LONG or len(shorter) < SHORT or len(longer) - len(shorter) > 1 or shorter == longer:
        return False
    if longer == shorter + "a":  # two people: Karimov, Karimova
        return False
    at = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[at + (len(shorter) == len(longer)) :] == longer[at + 1 :]


def odd(form: str, folded: str, small: Container[str]) -> bool:
    """Return whether a word may be a misspelt one: written with a capital, long enough, in no dictionary and in no word list of ours."""
    if len(folded) < SHORT or not form[0].isupper() or folded in small:
        return False
    lexicon = grammar("institutions").lexicon
    return not (any(lexicon.reading(language, folded) for language in ("uz", "ru", "en")) or in_dictionary(form))


def deletions(word: str) -> Iterator[str]:
    """Yield the word and what is left of it with one letter taken out: two words that are near share one of these."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def bare_forms(folded: str) -> set[str]:
    """Return a folded word and what may be its stems, long enough to compare."""
    forms = {folded, base_stem("ru", folded), *(stem.stem for stem in stems("uz", folded))}
    return {form for form in forms if len(form) >= SHORT}
