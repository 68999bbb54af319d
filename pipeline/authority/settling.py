"""What kind of institution a name means where its head noun alone does not say it: what the article calls a centre, what a college is abroad."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.authority.countries import Place
from pipeline.authority.homeland import COLLEGES, INFORMATION, LOCAL, MIDPOINTS, among
from pipeline.authority.institution import Institution
from pipeline.finders.institutions import Name
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["settle_kinds"]

_CENTRES_IN = "UZ"  # whose libraries are called information-library centres


def settle_kinds(document: Document, places: Sequence[Place | None], institutions: Iterable[Institution]) -> None:
    """Give institutions that no gazetteer knows the kind that article and country say: a «Хонқа тумани маркази» beside information-library centres is one too,
    an American college is a university."""
    institutions = list(institutions)
    folds = document.tokens.fold
    information = any(
        among(folds[index], INFORMATION)
        for institution in institutions
        if institution.kind == "library"
        for name, _ in institution.mentions
        for index in range(name.first, name.last)
    )
    for institution in institutions:
        names = [name for name, _ in institution.mentions]
        if institution.authority is not None:
            continue
        if institution.kind == "school" and any(
            among(folds[index], COLLEGES.get(institution.country or "", frozenset()))
            for name in names
            for index in range(name.first, name.last)
        ):
            institution.kind = "university"
        elif (
            information
            and institution.kind == "other"
            and institution.country == _CENTRES_IN
            and any(_bare_centre(document, places, name) for name in names)
        ):
            institution.kind = "library"


def _bare_centre(document: Document, places: Sequence[Place | None], name: Name) -> bool:
    """Return whether a name has a place or an acronym and the word for a centre, and nothing else but «tuman», “regional”."""
    tokens = document.tokens
    centre = placed = False
    index = name.first
    while index < name.last:
        place, folded = places[index], tokens.fold[index]
        if among(folded, MIDPOINTS):
            centre = True
        elif place is not None or (len(tokens.form(index)) > 1 and tokens.form(index).isupper()):
            placed = True
            index += place.length - 1 if place is not None else 0
        elif index + 1 < name.last and tokens.upper[index] and among(tokens.fold[index + 1], LOCAL):
            placed = True  # “Sokh District”
        elif tokens.kind[index] is Kind.WORD and not among(folded, LOCAL):
            return False
        index += 1
    return centre and placed
