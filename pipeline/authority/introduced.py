"""Acronyms that an article itself brings in: in brackets after a name, or made of the first letters of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from pipeline.authority.institution import Institution
from pipeline.authority.own_names import EMPTY
from pipeline.finders.institutions import Name
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["link_acronyms"]

_ACRONYM = re.compile(r"[^\W\d_]{2,8}")
_CAPITALS = re.compile(r"[^\W\d_a-zа-яўқғҳё]{2,}")
_LEAST = 3  # letters of an acronym that stands for a name without having been put in brackets after it
_TAIL = 4  # letters of one that stands for a name without its first words: `VAKM` for «Jizzax viloyat axborot-kutubxona markazi»


def link_acronyms(document: Document, institutions: Sequence[Institution]) -> None:
    """Give the institutions the mentions that are acronyms of their names. Linear time."""
    tokens = document.tokens
    folds, forms = tokens.fold, tokens.form
    taken: set[int] = set()
    ends: dict[int, Institution] = {}
    initials: dict[str, Institution] = {}
    tails: dict[str, Institution | None] = {}  # None where two names end so
    for institution in institutions:
        for name, _ in institution.mentions:
            taken.update(range(name.first, name.last))
            ends[name.last] = institution
            if name.last - name.first >= _LEAST and len(letters := _letters(document, name)) >= _LEAST:
                initials.setdefault(letters, institution)
                for start in range(1, len(letters) - _TAIL + 1):
                    tail = letters[start:]
                    tails[tail] = institution if tails.get(tail, institution) is institution else None
    capitals = [
        (index, form)
        for index in compress(range(len(folds)), tokens.upper)
        if index not in taken and _shouts(form := forms(index))
    ]
    found: dict[str, Institution] = {}
    for index, form in capitals:
        if not _ACRONYM.fullmatch(form):
            continue
        bracket = (
            index >= 2 and folds[index - 1] == "(" and index + 1 < len(folds) and folds[index + 1] in (")", ",", ";")
        )
        if bracket and (index - 1) in ends:
            found.setdefault(form.upper(), ends[index - 1])
        elif form.isupper() and len(form) >= _LEAST and (named := initials.get(form) or tails.get(form)) is not None:
            found.setdefault(form, named)
    for index, form in capitals if found else ():
        stem = next((s for s in (form, *_bare_forms(form)) if s.upper() in found), None)
        if stem is not None:
            owner = found[stem.upper()]
            acronym = Name(index, index + 1, "acronym", kind=owner.kind, country=owner.country)
            owner.mentions.append((acronym, "introduced in the article"))


def _letters(document: Document, name: Name) -> str:
    """Return the first letters of a name's words."""
    tokens = document.tokens
    return "".join(
        tokens.text[tokens.start[index]].upper()
        for index in range(name.first, name.last)
        if tokens.kind[index] is Kind.WORD and tokens.fold[index] not in EMPTY
    )


@lru_cache(maxsize=1 << 16)
def _shouts(form: str) -> bool:
    """Return whether a word has two capitals near its beginning."""
    return sum(map(str.isupper, form[:8])) >= 2


def _bare_forms(form: str) -> list[str]:
    """Return an acronym without the small letters of a suffix: `AMKning` -> `AMK`."""
    match = _CAPITALS.match(form)
    return [match.group()] if match and match.end() < len(form) else []
