"""Whom an Uzbek letter is for: «… kutubxonasi rahbariyatiga», «… muzeyi direktori X. Y.ga» at its head."""

from __future__ import annotations

from pipeline.languages.grammar import grammar
from pipeline.languages.morphology import stems
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["letter_for"]

_HEAD = 14  # sentences and lines that are the head of a letter
_LINE = 6  # tokens after a name to the end of its line


def letter_for(document: Document, first: int, last: int) -> bool:
    """Return whether the line of an Uzbek name (tokens [first, last)) at the head of a text ends in the dative and has no verb."""
    tokens = document.tokens
    if document.languages[last - 1] != "uz" or tokens.sentence[first] > _HEAD:
        return False
    end = last
    while end < len(tokens) and tokens.gap[end] is not Gap.BREAK:
        if end - last >= _LINE or (tokens.kind[end] is not Kind.WORD and tokens.fold[end] not in (".", ",")):
            return False
        end += 1
    if end == len(tokens) or tokens.fold[end - 1] == ".":
        return False
    words = grammar("agreements").lexicon
    if (
        end > last + 1
        and (reading := words.reading("uz", tokens.fold[last])) is not None
        and reading.symbol != "OFFICE"
    ):
        return False
    return any(stem.case == "dat" and len(stem.stem) > 2 for stem in stems("uz", tokens.fold[end - 1]))
