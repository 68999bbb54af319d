"""Names that a text gives its institutions for itself: «именуемая в дальнейшем „Одаряемый“», “(hereinafter the Library)”, “Sender: X”.

The words are data (`deeds.toml` of each language): `defining` what brings such a name in, `roles` those that a line begins with before a colon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.finders.parts import settings
from pipeline.finders.seats import Mention
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["Alias", "with_aliases"]

_LANGUAGES = ("uz", "ru", "en")
_BEHIND = 5  # tokens between a name and the word that brings in its other name
_AHEAD = 7  # tokens between that word and the other name
_STEM = 5  # code points of the other name that no ending changes
_MARKS = frozenset('–—-:«“„"')
_ENDING = 5  # code points of an ending at most


@dataclass(frozen=True, slots=True)
class Alias:
    """A word over tokens [first, last) that stands for an institution, as the text has said."""

    first: int
    last: int
    entity: int


def with_aliases(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of a document, sorted, with the words by which it calls its institutions after having said so. Linear time."""
    names = {} if _words().isdisjoint(document.tokens.fold) else _names(document, mentions)
    if not names:
        return list(mentions)
    tokens = document.tokens
    out: list[Mention] = [
        m for m in mentions if not (m.last == m.first + 1 and _meant(document, m.first, names) is not None)
    ]
    taken = {index for mention in out for index in range(mention.first, mention.last)}
    for index in range(len(tokens)):
        if (
            index not in taken
            and tokens.kind[index] is Kind.WORD
            and (entity := _meant(document, index, names)) is not None
        ):
            out.append(Alias(index, index + 1, entity))
    return sorted(out, key=lambda mention: (mention.first, -mention.last))


@cache
def _words() -> frozenset[str]:
    """Return the words that may bring in another name, of all languages."""
    return frozenset(
        word for language in _LANGUAGES for key in ("defining", "roles") for word in settings(language, key)
    )


def _meant(document: Document, index: int, names: dict[str, tuple[str, int, int]]) -> int | None:
    """Return the institution whose other name a capital word at a token is a form of, after it was brought in; else None."""
    tokens = document.tokens
    folded = tokens.fold[index]
    found = names.get(folded[:_STEM])
    if found is None or not tokens.capital(index) or index < found[2]:
        return None
    if document.languages[index] == "en":
        return found[1] if folded in (found[0], f"{found[0]}s") else None
    stem = found[0][:-1] if len(found[0]) > _STEM else found[0]
    return found[1] if folded.startswith(stem) and len(folded) - len(found[0]) <= _ENDING else None


def _names(document: Document, mentions: Sequence[Mention]) -> dict[str, tuple[str, int, int]]:
    """Return the other names by their beginnings: each with its institution and the token where it is brought in. Names of two institutions are left out."""
    tokens, out, twice = document.tokens, dict[str, tuple[str, int, int]](), set[str]()
    ends = {mention.last: mention for mention in mentions}
    firsts = {mention.first: mention for mention in mentions}
    for index, language in enumerate(document.languages):
        if language not in _LANGUAGES or tokens.kind[index] is not Kind.WORD:
            continue
        entity, at = None, None
        if tokens.fold[index] in settings(language, "defining"):
            name = next((ends[k] for k in range(index, index - _BEHIND, -1) if k in ends), None)
            entity, at = (None, None) if name is None else (name.entity, _named(document, index + 1))
            marked = language == "en" or (at is not None and tokens.fold[at - 1] in _MARKS)  # not «далее Музей Оша»
            if not marked or (at in firsts and firsts[at].last > firsts[at].first + 1):
                continue
        elif tokens.fold[index] in settings(language, "roles") and (not index or tokens.gap[index] >= Gap.LINE):
            name = firsts.get(index + 2) if tokens.fold[index + 1 : index + 2] == [":"] else None
            entity, at = (None, None) if name is None else (name.entity, index)
        if entity is None or at is None:
            continue
        key = tokens.fold[at][:_STEM]
        if key in out and out[key][1] != entity:
            twice.add(key)
        out.setdefault(key, (tokens.fold[at], entity, at))
    return {key: found for key, found in out.items() if key not in twice}


def _named(document: Document, index: int) -> int | None:
    """Return the first capital word from a token on that its sentence has soon, None where there is none."""
    tokens = document.tokens
    for at in range(index, min(index + _AHEAD, len(tokens))):
        if tokens.gap[at] is Gap.BREAK or tokens.fold[at] in (";", ".", ")"):
            return None
        if tokens.kind[at] is Kind.WORD and tokens.capital(at):
            return at if len(tokens.fold[at]) >= _STEM - 1 else None
    return None
