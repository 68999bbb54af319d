"""What counts of the names that the gazetteer knows in a document: words that only look like an acronym go, a place after a name stays outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from operator import not_

from pipeline.authority.countries import Place
from pipeline.authority.gazetteer import Gazetteer, Hit
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document

__all__ = ["SmallLetters", "heeded"]

_HEADING = 15  # letters and spaces that a sentence has at least where its capitals are those of a heading
_PLACED = frozenset({"museum", "library", "archive"})  # which one is meant the name says without its place

_WHERE = "dagi"  # the Uzbek ending that says where something is
_OPENING, _CLOSING = frozenset("«“„"), frozenset("»”")


class SmallLetters:
    """Which words the document also writes in small letters: no proper names. Asked for seldom, so found when first asked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._words: frozenset[str] | None = None

    def __contains__(self, folded: object) -> bool:
        if self._words is None:
            tokens = self._document.tokens
            self._words = frozenset(compress(tokens.fold, map(not_, tokens.upper)))
        return folded in self._words


def heeded(
    hits: Sequence[Hit],
    authorities: Gazetteer,
    document: Document,
    places: Sequence[Place | None],
    small: SmallLetters,
) -> list[Hit]:
    """Return the hits that name institutions, in order. Linear time.

    In a heading all in capitals, a word that the document also writes small is no acronym (“WHO”), nor is a place (“BAKU”). An English museum,
    library or archive ends before its place: “Museum of Islamic Art in Berlin”, “Israel Museum, Jerusalem”; an Uzbek name begins after it
    («Париждаги Гиме музейи») unless the institution is called so itself. A part of a name in quotation marks is none.
    """
    folds, words = document.tokens.fold, grammar("institutions").words("en")
    kept: list[Hit] = []
    headings: dict[int, bool] = {}
    for hit in hits:
        if not _whole(hit, document):
            continue
        if hit.how != "name":
            plain = hit.last == hit.first + 1 and (places[hit.first] is not None or folds[hit.first] in small)
            if plain and _shouted(document, document.tokens.sentence[hit.first], headings):
                continue
        elif (
            document.languages[hit.first] == "en" and {authorities.authorities[key].kind for key in hit.keys} <= _PLACED
        ):
            for index in range(hit.first + 1, hit.last - 1):
                place, reading = places[index + 1], words[folds[index]][2]
                joins = folds[index] == "," or (reading is not None and reading.symbol == "IN")
                if joins and place is not None and index + 1 + place.length == hit.last:
                    hit = replace(hit, last=index)
                    break
        elif document.languages[hit.first] == "uz" and (place := places[hit.first]) is not None:
            begin = hit.first + place.length
            own = any(_WHERE in authorities.authorities[key].names.get("uz", "") for key in hit.keys)
            if begin < hit.last and folds[begin - 1].endswith(_WHERE) and not own:
                hit = replace(hit, first=begin)
        kept.append(hit)
    return kept


def _whole(hit: Hit, document: Document) -> bool:
    """Return whether a hit is no part of something in quotation marks: «Бухоро» музейи is none in «Эски Бухоро» музейи."""
    folds = document.tokens.fold
    inside = folds[hit.first : hit.last]
    opens, closes = sum(folded in _OPENING for folded in inside), sum(folded in _CLOSING for folded in inside)
    if closes > opens:
        return hit.first > 0 and folds[hit.first - 1] in _OPENING
    return opens == closes or (hit.last < len(folds) and folds[hit.last] in _CLOSING)


def _shouted(document: Document, sentence: int, known: dict[int, bool]) -> bool:
    """Return whether a sentence is a heading all in capitals. `known` keeps what was found."""
    if sentence not in known:
        begin, end = document.tokens.sentences[sentence]
        text = document.tokens.slice(begin, end)
        known[sentence] = len(text) > _HEADING and text.isupper()
    return known[sentence]
