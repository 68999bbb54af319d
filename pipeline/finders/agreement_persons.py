"""Persons who stand for the institution whose post they hold: «markaz direktori Norbek Choriyev va janob Sarvariy imzo chekishdi».

An Uzbek text names an officer once with his institution, later by his name alone: where such a name stands among those who sign, it
stands for that institution.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.finders.agreement_context import Context
from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import Reading
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["Persons"]

_NAME = 4  # tokens of a person's name, initials included
_SURNAME = 5  # code points of the shortest surname


class Persons:
    """The officers of an Uzbek text: the last word of each one's name, and for whom he stands."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context, self.tokens = document, context, document.tokens
        self.words = grammar("agreements").lexicon
        self._known: dict[str, tuple[int, int]] = {}  # surname: the token where it was first read, the entity
        for _, last, entity in context.mentions:
            if document.languages[last - 1] == "uz":
                self._read(last, entity)

    def _office(self, index: int) -> bool:
        reading = self.words.reading("uz", self.tokens.fold[index])
        return reading is not None and reading.symbol == "OFFICE"

    def _read(self, at: int, entity: int) -> None:
        """Keep the name that follows the office (token `at`, over a word before it: «ilmiy kotibi») of an institution."""
        tokens = self.tokens
        for office in (at, at + 1):
            if office + 1 < len(tokens) and tokens.gap[office] is not Gap.BREAK and self._office(office):
                end = self._name(office + 1)
                if end:
                    surname = tokens.fold[end - 1]
                    known = self._known.get(surname)
                    self._known[surname] = (end - 1, entity if known is None or known[1] == entity else -1)
                return

    def _name(self, first: int) -> int:
        """Return the token after a person's name that begins at `first`, 0 where none does."""
        tokens, end = self.tokens, first
        while end < min(first + _NAME, len(tokens)) and tokens.gap[end] is not Gap.BREAK:
            initial = tokens.fold[end] == "." and tokens.end[end - 1] - tokens.start[end - 1] == 1
            if not initial and not (tokens.kind[end] is Kind.WORD and tokens.capital(end)):
                break
            end += 1
        if (
            end == first
            or len(tokens.fold[end - 1]) < _SURNAME
            or self.words.reading("uz", tokens.fold[end - 1]) is not None
        ):
            return 0
        return end

    def at(self, index: int) -> Reading | None:
        """Return for whom the person stands whose name is at a token (symbol ALLUDED), None where none or he is named with a post."""
        known = self._known.get(self.tokens.fold[index])
        if known is None or known[0] >= index or known[1] < 0 or not self.tokens.capital(index):
            return None
        before = index - 1
        while (
            before >= 0 and index - before <= _NAME and (self.tokens.fold[before] == "." or self.tokens.capital(before))
        ):
            before -= 1
        whose = before >= 0 and self._office(before) and self._of_somebody(before - 1)
        return None if whose else Reading("ALLUDED", str(known[1]), length=1)

    def _of_somebody(self, index: int) -> bool:
        """Return whether an institution is named before a post, by its name or a noun: “markaz direktori”, not “janob”."""
        if index < 0 or self.context.within(index - _NAME, index + 1):
            return index >= 0
        reading = self.words.reading("uz", self.tokens.fold[index])
        return reading is not None and reading.symbol in ("BODY", "OURBODY", "YOURBODY", "OUR", "YOUR")


def persons(document: Document, context: Context, wanted: Sequence[int]) -> Persons | None:
    """Return the officers of a document, None where no Uzbek sentence is read."""
    ranges = document.tokens.sentences
    return Persons(document, context) if any(document.languages[ranges[k][0]] == "uz" for k in wanted) else None
