"""Where an English name begins and ends: a town that only says where the institution is stays outside.

Which one is meant the dedication says: “the Savitsky Museum of Nukus”, “Berlin's Museum of Islamic Art”. In “Regional Museum of Nukus” the town is part of the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.authority.countries import Place
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document

if TYPE_CHECKING:
    from pipeline.finders.institution_hits import SmallLetters

__all__ = ["of_town", "short_heading", "towns_own"]

_DEDICATED = frozenset(
    ("library", "museum", "archive", "university", "research", "foundation", "other", "publisher", "company")
)  # kinds whose dedication says which one is meant; clubs and societies of one name are in many towns
_OF = frozenset(("of",))
_TOWNS = frozenset(("city", "region"))


def towns_own(document: Document, first: int, last: int, places: Sequence[Place | None]) -> int:
    """Return the token after a town in the genitive that stands before a name: “Tashkent's University of Oriental Studies”; `first` where none does."""
    place = places[first]
    if place is None or place.kind not in _TOWNS or first + place.length >= last:
        return first
    return first + place.length if _genitive(document.tokens.form(first + place.length - 1)) else first


def of_town(
    document: Document,
    first: int,
    last: int,
    head: int,
    kind: str | None,
    places: Sequence[Place | None],
    small: SmallLetters,
) -> int:
    """Return where a name of tokens [first, last) ends that a town follows: “Savitsky Museum of Nukus”; `last` where the town is part of it.

    Outside is the town only where a name of its own, and no common word, stands right before the head noun.
    """
    folds, words = document.tokens.fold, grammar("institutions").words("en")
    if kind not in _DEDICATED or head <= first or head + 2 >= last or folds[head + 1] not in _OF:
        return last
    place, before = places[head + 2], head - 1
    if place is None or place.kind not in _TOWNS or head + 2 + place.length != last:
        return last
    own = (
        document.tokens.upper[before]
        and places[before] is None
        and words[folds[before]][2] is None
        and folds[before] not in small
        and not document.tokens.form(before).endswith(("s'", "s’"))
    )
    return head + 1 if own else last


def short_heading(
    document: Document, first: int, last: int, head: int, places: Sequence[Place | None], small: SmallLetters
) -> bool:
    """Return whether a name in a heading all in capitals is no more than a head noun and one word that is no name of its own: “OSH LIBRARY”.

    In running text such words have small letters, or more words with them.
    """
    folds, words = document.tokens.fold, grammar("institutions").words("en")
    if head != last - 1 or head - first != 1:
        return False
    reading = words[folds[first]][2]
    return (
        places[first] is not None
        or (reading is not None and reading.symbol == "MOD")
        or folds[first] in small
        or document.tokens.form(first)[-1:] in ("'", "’")
    )


def _genitive(form: str) -> bool:
    return form[-2:] in ("'s", "’s")
