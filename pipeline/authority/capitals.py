"""Capitals put back: in a text typed without them, the words of known places and institutions count as if they were written with one.

Only `Tokens.upper` changes, never the text: rules and gazetteer then read «урганч давлат университети» as they read «Урганч давлат университети».
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.authority.countries import Atlas
from pipeline.authority.gazetteer import Gazetteer
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["careless", "restored"]

_CARELESS = (
    0.2  # of the sentences begin with a small letter; of the articles of the corpus typed with care, 0.11 at most
)
_SENTENCE = 4  # tokens: a shorter one may be a cell or an item of a list
_NAME = 4  # letters of a place: a shorter one is too often another word
_PLACES = frozenset({"country", "city", "region", "other", "local"})


def careless(document: Document) -> bool:
    """Return whether the author of a text does not care for capitals: many of its sentences begin with a small letter."""
    tokens, small, all_ = document.tokens, 0, 0
    for begin, end in tokens.sentences:
        if end - begin >= _SENTENCE and tokens.kind[begin] is Kind.WORD:
            all_ += 1
            small += not tokens.upper[begin]
    return small > 0 and small >= _CARELESS * all_


def restored(document: Document, places: Atlas, authorities: Gazetteer) -> Document:
    """Return the document; where it is `careless`, with a capital for each known place and at the beginning of each known name of several words.

    A name of one word (“fan”, “oila”) stays as it is: it may be any word.
    """
    if not careless(document):
        return document
    tokens = document.tokens
    shouted = replace(tokens, upper=[kind is Kind.WORD for kind in tokens.kind])
    found, upper = places.all(shouted), list(tokens.upper)
    for index, place in enumerate(found):
        if (
            place is not None
            and place.kind in _PLACES
            and tokens.end[index + place.length - 1] - tokens.start[index] >= _NAME
        ):
            upper[index] = True
    for hit in authorities.find(shouted, found):
        if hit.how == "name" and hit.last - hit.first > 1:
            upper[hit.first] = True
    return replace(document, tokens=replace(tokens, upper=upper))
