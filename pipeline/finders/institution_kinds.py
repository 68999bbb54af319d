"""What kind of institution a name says: its head noun, and the words that settle what an institute, an office, an organisation is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.folding import fold

__all__ = ["english_head", "kind_of", "settled_kind"]

_WORLDWIDE = tuple(grammar("institutions").lexicon.settings["worldwide"])


def english_head(kinds: list[tuple[str, int]], folds: Sequence[str], first: int, last: int) -> tuple[str | None, int]:
    """The head of an English name is the last head noun before its first `of` or `for` or quoted part."""
    limit = next(
        (index for index in range(first + 1, last) if folds[index] in ("of", "for", "in", "on", "“", "«", '"')), last
    )
    before = [entry for entry in kinds if entry[1] < limit]
    if before:
        return before[-1]
    return kinds[0] if kinds else (None, first)


def kind_of(document: Document, first: int, last: int) -> tuple[str | None, int]:
    """Return the kind that the head noun among tokens [first, last) says, and where it stands; (None, first) where there is none.

    For names that others than the rules have found.
    """
    tokens, language, words = document.tokens, document.languages[first], grammar("institutions").lexicon
    kinds: list[tuple[str, int]] = []
    for index in range(first, last):
        reading = words.phrase(language, tokens.fold, tokens.kind, index) or words.reading(language, tokens.fold[index])
        if (
            reading is not None
            and reading.symbol in ("HEAD", "HEADS", "FUND", "BODY")
            and index + reading.length <= last
        ):
            kinds.append((reading.value, index))
    kind, head = (kinds[-1] if language == "uz" else kinds[0]) if kinds else (None, first)
    if language == "en":
        kind, head = english_head(kinds, tokens.fold, first, last)
    return settled_kind(kind, document, first, last, foreign=False), head


def settled_kind(kind: str | None, document: Document, first: int, last: int, *, foreign: bool) -> str | None:
    """Return the kind of a record for the kind of a head noun: what an institute, an office, an organisation is, its other words say."""
    folds = document.tokens.fold
    if kind == "institute":  # a university where its words speak of teaching
        return "university" if _among(folds[first:last], "institute", "university") else "research"
    if (
        kind == "other"
        and _among(folds[first:last], "centre", "nouns")
        and _among(folds[first:last], "centre", "research")
    ):
        return "research"
    if kind == "government" and folds[first].startswith(_WORLDWIDE):
        return "international"  # a committee of the world's
    if kind in (
        "office",
        "organisation",
    ):  # an office of an international body or a foreign country, else of an authority at home
        foreign = (foreign and kind == "office") or any(
            folds[index].startswith(_WORLDWIDE) for index in range(first, last)
        )
        return "international" if foreign else "government" if kind == "office" else "association"
    return kind


@cache
def _listed(table: str, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of a list, folded: those that stand for themselves, and the beginnings of the others (`arxeolog*`)."""
    words = [
        fold(word.rstrip("*")) + "*" * word.endswith("*")
        for word in grammar("institutions").lexicon.settings[table][name]
    ]
    return frozenset(word for word in words if not word.endswith("*")), tuple(
        word[:-1] for word in words if word.endswith("*")
    )


def _among(folds: Sequence[str], table: str, name: str) -> bool:
    """Return whether one of the folded words is in a list of the settings."""
    exact, begun = _listed(table, name)
    return any(folded in exact or folded.startswith(begun) for folded in folds)
