"""What counts of the names that the gazetteer knows in a document: words that only look like an acronym go, a place after a name stays outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from operator import not_

from pipeline.authority.countries import Place
from pipeline.authority.gazetteer import Gazetteer, Hit
from pipeline.finders.institution_bounds import towns_own
from pipeline.languages.dictionary import in_dictionary, word_class
from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import Reading
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["SmallLetters", "heeded", "shouted"]

_LONGEST = 100  # tokens of a heading
_HEADING = 15  # letters and spaces that a sentence has at least where its capitals are those of a heading
_SORTED = frozenset({"publisher", "company", "media"})  # a small noun before or after the name is no part of it
_PLACED = frozenset({"museum", "library", "archive"})  # which one is meant the name says without its place

_WHERE = "dagi"  # the Uzbek ending that says where something is
_OPENING, _CLOSING = frozenset("«“„"), frozenset("»”")
_QUOTES = _OPENING | {'"'}


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
    («Париждаги Гиме музейи») unless the institution is called so itself. A part of a name in quotation marks is none. An acronym in brackets after a
    name is a mention of its own; the small noun beside the name of a publisher is no part of it (“the Irfon publishing house”).
    """
    folds, words = document.tokens.fold, grammar("institutions").words("en")
    kept: list[Hit] = []
    headings: dict[int, bool] = {}
    for hit in hits:
        if not _whole(hit, document):
            continue
        if hit.how != "name":
            grammatical = _grammatical(words[folds[hit.first]][2])
            plain = hit.last == hit.first + 1 and (
                places[hit.first] is not None or folds[hit.first] in small or grammatical
            )
            if plain and _heading(document, document.tokens.sentence[hit.first], headings):
                continue
            if grammatical and hit.last < len(folds) and document.tokens.form(hit.last)[:2].isupper():
                continue  # “WHO WE ARE.”
        elif (
            document.languages[hit.first] == "en" and {authorities.authorities[key].kind for key in hit.keys} <= _PLACED
        ):
            hit = replace(hit, first=towns_own(document, hit.first, hit.last, places))
            if hit.last - hit.first > 2 and folds[hit.last - 2] == "the" and not document.tokens.upper[hit.last - 1]:
                hit = replace(hit, last=hit.last - 2)  # “To the Louvre the museum lent …”
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
        if document.languages[hit.first] == "uz" and hit.how == "name":
            hit = _with_initials(hit, document)
        if document.languages[hit.first] == "ru" and (_common(hit, authorities, document) or _cut(hit, document)):
            continue
        kept.extend(_unbracketed(_without_sort(hit, authorities, document), document))
    return kept


def _with_initials(hit: Hit, document: Document) -> Hit:
    """Return an Uzbek hit that begins with the person it is named after with the initials before it: «И. В. Савицкий номидаги …»."""
    tokens, first = document.tokens, hit.first
    following = grammar("institutions").words("uz")[tokens.fold[first + 1]][2] if hit.last > first + 1 else None
    if following is None or following.symbol != "DED":
        return hit
    while first > 1 and tokens.fold[first - 1] == "." and tokens.sentence[first - 2] == tokens.sentence[hit.first]:
        if tokens.end[first - 2] - tokens.start[first - 2] > 1 or not tokens.upper[first - 2]:
            break
        first -= 2
    return replace(hit, first=first)


def _common(hit: Hit, authorities: Gazetteer, document: Document) -> bool:
    """Return whether a Russian hit is a common noun at the start of its sentence, and no newspaper: «Правда ли, что …»."""
    tokens, first = document.tokens, hit.first
    return (
        hit.how == "name"
        and hit.last == first + 1
        and not tokens.form(first).isupper()
        and {authorities.authorities[key].kind for key in hit.keys} <= _SORTED
        and not (first and tokens.fold[first - 1] in _QUOTES)
        and not any(kind is Kind.WORD for kind in tokens.kind[tokens.sentences[tokens.sentence[first]][0] : first])
        and in_dictionary(tokens.form(first))
    )


def _cut(hit: Hit, document: Document) -> bool:
    """Return whether a Russian hit ends in a noun with a capital that opens another name: «Ташкентский Музей» in «Ташкентский Музей архитектуры»."""
    tokens, after = document.tokens, hit.last
    if hit.last - hit.first != 2 or not tokens.upper[hit.last - 1] or after >= len(tokens):
        return False
    noun = grammar("institutions").words("ru")[tokens.fold[hit.last - 1]][2]
    return (
        noun is not None
        and noun.symbol == "HEAD"
        and tokens.gap[after] is Gap.SPACE
        and tokens.sentence[after] == tokens.sentence[hit.first]
        and tokens.kind[after] is Kind.WORD
        and word_class(tokens.form(after)) in ("GENN", "ADJG")
    )


def _grammatical(reading: Reading | None) -> bool:
    """Return whether a word is one of grammar: “WHO WE WORK WITH”."""
    return reading is not None and reading.symbol == "STARTER"


def _without_sort(hit: Hit, authorities: Gazetteer, document: Document) -> Hit:
    """Return a hit without the small noun that says what kind of body it is: “the Irfon publishing house”, «издательство «Ирфон»»."""
    tokens, first, last = document.tokens, hit.first, hit.last
    language = document.languages[first]
    if language not in ("en", "ru") or hit.how != "name":
        return hit
    if not {authorities.authorities[key].kind for key in hit.keys} <= _SORTED:
        return hit
    if language == "ru":
        quoted = last > first + 2 and tokens.fold[first + 1] in _QUOTES
        return replace(hit, first=first + 2) if quoted and not tokens.upper[first] else hit
    while last > first and not tokens.upper[last - 1]:
        last -= 1
    if not first < last < hit.last:
        return hit
    words = grammar("institutions").lexicon
    sort = words.phrase("en", tokens.fold, tokens.kind, last) or words.reading("en", tokens.fold[last])
    return replace(hit, last=last) if sort is not None and sort.symbol == "HEAD" else hit


def _unbracketed(hit: Hit, document: Document) -> list[Hit]:
    """Return a hit with the brackets that it opens closed; a name and the acronym in brackets after it as two."""
    tokens = document.tokens
    folds, last = tokens.fold, hit.last
    opening = next((at for at in range(last - 1, hit.first, -1) if folds[at] in "()"), None)
    if opening is None or folds[opening] == ")" or last >= len(folds) or folds[last] != ")":
        return [hit]
    if last == opening + 2 and sum(map(str.isupper, tokens.form(opening + 1))) > 1:
        return [replace(hit, last=opening), replace(hit, first=opening + 1, how="acronym")]
    return [replace(hit, last=last + 1)]


def _whole(hit: Hit, document: Document) -> bool:
    """Return whether a hit is no part of something in quotation marks: «Бухоро» музейи is none in «Эски Бухоро» музейи."""
    folds = document.tokens.fold
    inside = folds[hit.first : hit.last]
    opens, closes = sum(folded in _OPENING for folded in inside), sum(folded in _CLOSING for folded in inside)
    if closes > opens:
        return hit.first > 0 and folds[hit.first - 1] in _OPENING
    return opens == closes or (hit.last < len(folds) and folds[hit.last] in _CLOSING)


def _heading(document: Document, sentence: int, known: dict[int, bool]) -> bool:
    """Return `shouted`. `known` keeps what was found."""
    if sentence not in known:
        known[sentence] = shouted(document, sentence)
    return known[sentence]


def shouted(document: Document, sentence: int) -> bool:
    """Return whether a sentence is a heading all in capitals."""
    begin, end = document.tokens.sentences[sentence]
    if end - begin > _LONGEST:
        return False
    text = document.tokens.slice(begin, end)
    return len(text) > _HEADING and text.isupper()
