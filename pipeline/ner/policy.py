"""The policy: what becomes of a vote. It adds a name where rules and gazetteer have none (`accepted`), mends the bounds of a rule's name (`mended`), or makes
one sure (`confirmed`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.authority.countries import Place
from pipeline.finders.institution_kinds import kind_of
from pipeline.finders.institutions import Name
from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import lexicon
from pipeline.languages.morphology import declined, stems
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind, Tokens

__all__ = ["accepted", "confirmed", "mended"]

_SETTINGS = lexicon("ner").settings
_SURE = tuple(_SETTINGS["sure"])
_THRESHOLD = _SETTINGS["threshold"]
_ACTS = frozenset(form for word in _SETTINGS["acts"] for form in (fold(word), *declined(word)))
_PLACES = frozenset(_SETTINGS["places"])
_OPENING, _CLOSING, _ARTICLES = (frozenset(_SETTINGS[key]) for key in ("opening", "closing", "articles"))


def accepted(
    document: Document,
    first: int,
    last: int,
    score: float,
    *,
    engine: str,
    taken: Sequence[int],
    places: Sequence[Place | None],
    saw: bool = False,
) -> Name | None:
    """Return the name that a vote on tokens [first, last) brings, or None:

    - marks around it and a leading article are no part of it;
    - it stands within one sentence and paragraph, is not too long, and begins with a capital letter;
    - it overlaps no name that is already `taken`: votes never override rules;
    - it has a word of its own: one with a capital that is neither a place nor a word of the trade (library, national ...);
    - it is no law or decree («Закон Республики Узбекистан»), no country («Китайской Народной Республикой»), town or region alone, but in quotation marks;
    - its score passes the threshold, which is lower where it has a head noun;
    - that noun gives the kind, "other" where there is none.

    An engine that `saw` what the rules found knows of capitals and trades: it has a threshold of its own, a higher one for a name in small letters.
    """
    tokens = document.tokens
    small = saw and score >= _THRESHOLD["small"]
    span = _formed(document, first, last, small=small)
    if span is None:
        return None
    first, last = span
    if any(taken[first:last]) or not (saw or _own_word(document, first, last, places)):
        return None
    if _act(document, first) or _place(document, first, last, places):
        return None
    kind, head = kind_of(document, first, last)
    if not score >= _THRESHOLD["saw" if saw else "plain" if kind is None else "with_head"]:
        return None
    if kind is None and not tokens.capital(first) and not any(tokens.upper[first:last]):
        return None
    return Name(first, last, f"ner:{engine}", kind=kind or "other", head=head)


def mended(
    document: Document, first: int, last: int, score: float, *, engine: str, names: Sequence[Name]
) -> tuple[list[Name], Name] | None:
    """Return the names that a vote on tokens [first, last) replaces, and the one name that stands for them; None where it replaces none.

    Asked of engines only that saw what the rules found. A vote mends the bounds of names that a rule made, where it holds other bounds for right and its
    score passes the threshold; a name that the gazetteer knows for sure, an implied one and another vote's stay as they are.
    """
    if not score >= _THRESHOLD["mend"]:
        return None
    span = _formed(document, first, last, small=score >= _THRESHOLD["small"])
    if span is None:
        return None
    first, last = span
    old = [name for name in names if name.first < last and first < name.last]
    if not old or (old[0].first, old[0].last) == span:
        return None
    if any(name.implied or name.rule.startswith(_SURE) for name in old):
        return None
    kind, head = kind_of(document, first, last)
    one = old[0]
    country = one.country if len(old) == 1 else None
    return old, Name(first, last, f"ner:{engine}", kind=kind or one.kind, country=country, head=head)


def confirmed(
    document: Document, first: int, last: int, score: float, *, names: Sequence[Name]
) -> tuple[list[Name], Name] | None:
    """Return the name of a rule that a vote on tokens [first, last) makes sure, as it was and as it is; None where there is none.

    Asked of engines only that saw what the rules found. The rule was not sure of a name at the start of a sentence; one word alone («Музей») is not made sure.
    """
    words = sum(document.tokens.kind[index] is Kind.WORD for index in range(first, last))
    if words < 2 or not score >= _THRESHOLD["confirm"]:
        return None
    for name in names:
        if (name.first, name.last) == (first, last) and not name.sure and not name.implied:
            return [name], replace(name, sure=True)
    return None


def _act(document: Document, first: int) -> bool:
    """Return whether a vote begins with a law or another act of a state."""
    folded = document.tokens.fold[first]
    return folded in _ACTS or (
        document.languages[first] == "uz" and any(stem.stem in _ACTS for stem in stems("uz", folded))
    )


def _place(document: Document, first: int, last: int, places: Sequence[Place | None]) -> bool:
    """Return whether a vote on tokens [first, last) is the name of a country and nothing else, or of a town or a region that no mark sets off."""
    tokens = document.tokens
    quoted = first > 0 and tokens.fold[first - 1] in _OPENING
    return any(
        (place := places[index]) is not None
        and (place.kind == "country" or (place.kind in _PLACES and not quoted))
        and index + place.length >= last
        for index in range(first, last)
        if all(tokens.kind[before] is Kind.SIGN for before in range(first, index))
    )


def _own_word(document: Document, first: int, last: int, places: Sequence[Place | None]) -> bool:
    """Return whether one of the words has a capital and is neither a place nor a word of the trade."""
    tokens, trade = document.tokens, grammar("institutions").lexicon
    placed = {
        index + step
        for index in range(first, last)
        if (place := places[index]) is not None
        for step in range(place.length)
    }
    return any(
        tokens.kind[index] is Kind.WORD
        and tokens.capital(index)
        and index not in placed
        and trade.reading(document.languages[index], tokens.fold[index]) is None
        for index in range(first, last)
    )


def _formed(document: Document, first: int, last: int, *, small: bool = False) -> tuple[int, int] | None:
    """Return the tokens of a vote without marks around them and without a leading article; None where they are in no form to be a name.

    `small`: it may begin with a small letter.
    """
    tokens, longest = document.tokens, _SETTINGS["longest"]
    if last - first > 2 * longest:
        return None
    first, last = _trimmed(tokens, first, _closed(tokens, first, last))
    begin = next((index for index in range(first, last) if tokens.kind[index] is Kind.WORD), None)
    if begin is None or last - first > longest or not (small or tokens.capital(begin)):
        return None
    if tokens.sentence[first] != tokens.sentence[last - 1] or any(
        tokens.gap[index] is Gap.BREAK for index in range(first + 1, last)
    ):
        return None
    return first, last


def _closed(tokens: Tokens, first: int, last: int) -> int:
    """Return the end of a span, one further where it leaves a mark open whose other half comes next."""
    folds = tokens.fold
    if last >= len(tokens) or folds[last] not in _CLOSING or not 0 <= first < last:
        return last
    opened = sum(folds[index] in _OPENING for index in range(first, last))
    closed = sum(folds[index] in _CLOSING for index in range(first, last))
    return last + (opened > closed and folds[first] not in _OPENING)


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Return a span without a leading article, signs at its edges, and marks around it or without their other half."""
    folds, kinds = tokens.fold, tokens.kind
    while first < last:
        head, tail = folds[first], folds[last - 1]
        opened = any(folds[index] in _OPENING for index in range(first, last - 1))
        closed = any(folds[index] in _CLOSING for index in range(first + 1, last))
        if head in _ARTICLES or (kinds[first] is Kind.SIGN and not (head in _OPENING and closed)):
            first += 1
        elif kinds[last - 1] is Kind.SIGN and not (tail in _CLOSING and opened):
            last -= 1
        elif (
            head in _OPENING
            and tail in _CLOSING
            and not any(folds[index] in _CLOSING for index in range(first + 1, last - 1))
        ):
            first, last = first + 1, last - 1
        else:
            break
    return first, last
