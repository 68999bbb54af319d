"""Uzbek words that are no head nouns but nearly: typed with one slip («унверситети», kutubxonsi), or the end of a name of one word («Тожикфильм»).

Which nouns and endings are looked for is data (`uz_slips`, `uz_name_endings`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import Reading
from pipeline.languages.morphology import stems
from pipeline.text.folding import fold, loosen

__all__ = ["ended", "slipped"]

_OWN = 4  # letters of a name before its telling end, at least


def slipped(folded: str) -> Reading | None:
    """Return what a folded word means that is a head noun but for one letter (wrong, left out, put in, or changed places with the next), else None.

    Only a word with a possessive ending, as the head of a name has, that begins as the noun does.

    >>> slipped("unversiteti").value, slipped("kutubxonsiga").case, slipped("universiteti"), slipped("unversitet")
    ('university', 'dat', None, None)
    """
    heads = _heads().get(folded[:1])
    if not heads:
        return None
    nouns = {head for head, _ in heads}
    if any(loosen(stem.stem) in nouns for stem in stems("uz", folded)):
        return None  # as it should be
    for stem in stems("uz", folded):
        if stem.possessive:
            typed = loosen(stem.stem)
            for head, value in heads:
                if _one_slip(typed, head):
                    return Reading("HEAD", value, stem.case, 1, True, stem.plural)
    return None


def ended(folded: str) -> Reading | None:
    """Return what body a folded word names by its ending, else None. Whether it is a name, its capital must say.

    >>> ended("tojikfilmga").value, ended("tojikfilmga").case, ended("film")
    ('company', 'dat', None)
    """
    endings: dict[str, str] = grammar("institutions").lexicon.settings["uz_name_endings"]
    for stem in stems("uz", folded):
        if not (stem.possessive or stem.plural):
            for ending, value in endings.items():
                if stem.stem.endswith(ending) and len(stem.stem) >= len(ending) + _OWN:
                    return Reading("ENDED", value, stem.case)
    return None


@cache
def _heads() -> dict[str, list[tuple[str, str]]]:
    """Return the nouns in their looser keys, each with its kind, by their first letters."""
    rules = grammar("institutions").lexicon
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for word in rules.settings["uz_slips"]:
        folded = fold(word)
        reading = rules.reading("uz", folded)
        if reading is not None:
            found[folded[:1]].append((loosen(folded), reading.value))
    return dict(found)


def _one_slip(typed: str, word: str) -> bool:
    """Return whether two different words are one letter apart (optimal string alignment distance 1)."""
    longer = len(typed) - len(word)
    if abs(longer) > 1 or typed == word:
        return False
    at = next(
        (index for index, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word))
    )
    mine, theirs = typed[at:], word[at:]
    if longer:
        return mine[1:] == theirs if longer > 0 else mine == theirs[1:]
    return mine[1:] == theirs[1:] or (mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:])
