"""Who writes a letter, and whom it is for: what stands in its head above the greeting.

The words are data (`deeds.toml` of each language): `dear` greets, `for_whom` begins the line of the one who shall read it, `copies` that of others, YOURS.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.finders.parts import PartReader, settings
from pipeline.finders.seats import Mention
from pipeline.text.tokens import Gap, Kind

__all__ = ["Letter", "greeted"]

_OPENING = 400  # tokens in which a letter greets
_POLITE = 2  # capital «Вы», «Ваш» of a letter
_LINES = 3  # between whom an Uzbek letter is for and its greeting
_GREETED = 6  # tokens between “Dear” and the institution greeted
_LANGUAGES = ("uz", "ru", "en")


def greeted(words: PartReader, first: int, language: str) -> bool:
    """Return whether a letter greets those of an institution whose name begins at a token: “Dear colleagues of the museum”."""
    if language not in _LANGUAGES:
        return False
    return any(word in settings(language, "dear") for word in words.tokens.fold[max(0, first - _GREETED) : first])


class Letter:
    """What the head of a text tells of a letter. `known`: whether the text is one; `reader`: the entity that it is for, None where the head does not
    tell; `writers`: those named above him, the last first: below the ministry stands its museum."""

    def __init__(self, words: PartReader, mentions: Sequence[Mention]) -> None:
        self.words, self.tokens = words, words.tokens
        greeting = self._greeting()
        self.known = greeting is not None or self._polite()
        self.writers: tuple[int, ...] = ()
        self.reader: int | None = None
        if greeting is not None:
            self._head(greeting, mentions)

    def _greeting(self) -> int | None:
        """Return the token that greets somebody, None where none does."""
        for index, language in enumerate(self.words.document.languages[:_OPENING]):
            if language in _LANGUAGES and self.tokens.fold[index] in settings(language, "dear"):
                return index
        return None

    def _polite(self) -> bool:
        """Return whether the text says a Russian «Вы» with a capital within its sentences."""
        polite = 0
        for index, language in enumerate(self.words.document.languages[:_OPENING]):
            if language == "ru" and index and self.tokens.capital(index) and self.tokens.kind[index - 1] is Kind.WORD:
                reading = self.words.reading("ru", index)
                polite += reading is not None and reading.symbol == "YOURS"
        return polite >= _POLITE

    def _head(self, greeting: int, mentions: Sequence[Mention]) -> None:
        """Keep who is named in the line of the reader, and who above it."""
        lines = [index for index in range(greeting) if not index or self.tokens.gap[index] >= Gap.LINE]
        address = next((index for index in lines if self._begins(index, "for_whom")), None)
        if address is None and self.words.document.languages[greeting] == "uz":
            address = self._uzbek_address([*lines, greeting], mentions)
        if address is None:
            return
        end = next((index for index in lines if index > address and self._begins(index, "copies")), greeting)
        readers = [mention.entity for mention in mentions if address <= mention.first < end]
        self.reader = readers[0] if readers else None
        above: list[int] = []
        since = -1  # the line of the name before
        for mention in mentions:
            if mention.first >= address:
                break
            line = max((index for index in lines if index <= mention.first), default=0)
            if mention.entity != self.reader and line != since:
                above.insert(0, mention.entity)
            since = line
        self.writers = tuple(above)

    def _uzbek_address(self, lines: Sequence[int], mentions: Sequence[Mention]) -> int | None:
        """Return the line of the name whose director an Uzbek letter is for: «Lyon muzeyi direktori / K. Moro xonimga»."""
        for number in range(len(lines) - 2, max(-1, len(lines) - 2 - _LINES), -1):
            words = [k for k in range(lines[number], lines[number + 1]) if self.tokens.kind[k] is Kind.WORD]
            if not words or self.words.case(words[-1]) != "dat":
                continue
            for above in range(number, max(-1, number - _LINES), -1):
                if any(lines[above] <= mention.first < lines[number + 1] for mention in mentions):
                    return lines[above]
        return None

    def _begins(self, index: int, key: str) -> bool:
        return any(self.tokens.fold[index] in settings(language, key) for language in ("ru", "en"))
