"""Names in quotation marks that come again without their noun: «Ёдгорлик» музейи, later «Ёдгорлик» alone. For Uzbek."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

if TYPE_CHECKING:
    from pipeline.finders.institutions import Name

__all__ = ["recalled"]

_OPENING, _CLOSING = frozenset('«“„"'), frozenset('»”"')
_LONGEST = 4  # words between the marks
_AFTER = frozenset(
    ("AND", "BARRIER", "STAFF", "PRESSMAN", "TITLE")
)  # what may follow: another noun would say that something else has the name


def recalled(document: Document, names: Sequence[Name]) -> list[Name]:
    """Return further names of Uzbek passages: what stood in quotation marks before the noun of a name, in quotation marks again by itself. Linear time.

    The marks are no part of them. Where two names have the same words between the marks, none is meant.
    """
    tokens, languages = document.tokens, document.languages
    titles: dict[tuple[str, ...], Name | None] = {}
    taken: set[int] = set()
    for name in names:
        taken.update(range(name.first, name.last))
        if languages[name.first] != "uz":
            continue
        inner = _quoted(document, name.first, name.last)
        if inner is not None and inner[1] + 1 < name.last:
            key = tuple(tokens.fold[slice(*inner)])
            known = titles.setdefault(key, name)
            if known is not None and known is not name and known.kind != name.kind:
                titles[key] = None
    if not titles:
        return []
    found: list[Name] = []
    for index in range(len(tokens)):
        if index in taken or tokens.fold[index] not in _OPENING or languages[index] != "uz":
            continue
        inner = _quoted(document, index, min(len(tokens), index + _LONGEST + 3))
        if inner is None or inner[0] != index + 1:
            continue
        meant = titles.get(tuple(tokens.fold[slice(*inner)]))
        if meant is not None and not taken.intersection(range(*inner)) and _alone(document, inner[1] + 1):
            found.append(
                replace(
                    meant,
                    first=inner[0],
                    last=inner[1],
                    rule="quoted-again",
                    keys=(),
                    country=None,
                    generic=True,
                    sure=False,
                    head=inner[0],
                )
            )
            taken.update(range(index, inner[1] + 1))
    return found


def _quoted(document: Document, first: int, last: int) -> tuple[int, int] | None:
    """Return the tokens between the first pair of quotation marks among tokens [first, last); None where there is none of few words, capital first."""
    tokens = document.tokens
    begin = next((index + 1 for index in range(first, last) if tokens.fold[index] in _OPENING), last)
    end = next((index for index in range(begin, last) if tokens.fold[index] in _CLOSING), last)
    if not begin < end < last or end - begin > _LONGEST or not tokens.upper[begin]:
        return None
    return (begin, end) if all(tokens.gap[index] is not Gap.BREAK for index in range(begin, end)) else None


def _alone(document: Document, index: int) -> bool:
    """Return whether no noun of something else follows at token `index`."""
    tokens = document.tokens
    if index >= len(tokens) or tokens.kind[index] is not Kind.WORD or not tokens.gap[index]:
        return True
    reading = grammar("institutions").words("uz")[tokens.fold[index]][2]
    return reading is not None and reading.symbol in _AFTER
