"""Deeds that a text does not tell as done: things promised, asked for, planned, offered, refused.

The words are data (`deeds.toml` of each language): `promising`, `promises`, `wishes`, `managed`, `would`.
"""

from __future__ import annotations

from pipeline.finders.actors import Cast
from pipeline.finders.deeds import Deed
from pipeline.finders.parts import settings
from pipeline.languages.lexicon import lexicon
from pipeline.text.tokens import Kind

__all__ = ["Intentions"]

_TO = 3  # tokens between an English “to” and its verb: “to be kindly lent”
_WISH = 6  # tokens between a word of wishing and the infinitive
_SAID = 12  # tokens between a promise and what it promises: «обещала, что весной библиотека получит»
_WOULD = 3  # tokens between “would” and its verb


class Intentions:
    """Judges whether a deed is only meant to be done."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens

    def open(self, deed: Deed, language: str, begin: int, end: int) -> bool:
        """Return whether the text only promises, wishes, asks for or plans the deed, in the sentence [begin, end)."""
        if language == "en":
            return self._english(deed, begin)
        return language == "ru" and self._russian(deed, begin, end)

    def _english(self, deed: Deed, begin: int) -> bool:
        folds = self.tokens.fold
        if folds[deed.first] in settings("en", "promising"):
            return True
        start = max(begin, deed.first - _WOULD)
        if any(folds[i] in settings("en", "would") for i in range(start, deed.first)) and not self._signs(
            start, deed.first
        ):
            return True
        for at in range(deed.first - 1, max(begin, deed.first - _TO) - 1, -1):
            if folds[at] == "to":
                return self._wished(at, max(begin, at - _WISH), "en")
            if self.tokens.kind[at] is not Kind.WORD:
                return False
        return False

    def _wished(self, at: int, start: int, language: str) -> bool:
        """Return whether a word of wishing stands before a token, and none of success in between."""
        folds = self.tokens.fold
        for index in range(at - 1, start - 1, -1):
            if folds[index] in (";", ":") or folds[index].startswith(settings(language, "managed")):
                return False
            if folds[index].startswith(settings(language, "wishes")):
                return True
        return False

    def _russian(self, deed: Deed, begin: int, end: int) -> bool:
        folds, word = self.tokens.fold, self.tokens.form(deed.first).lower()
        if word.endswith(tuple(lexicon("deeds").settings["ru"]["infinitives"])):
            if self._wished(deed.first, max(begin, deed.first - _WISH), "ru"):
                return True
            for index in range(deed.last, min(end, deed.last + _WISH)):  # «Послать 40 книг решено весной»
                if self.tokens.kind[index] is Kind.SIGN:
                    return False
                if folds[index].startswith(settings("ru", "wishes")):
                    return True
            return False
        if folds[deed.first].endswith(settings("ru", "past_endings")) or (deed.passive and self._participle(deed)):
            return False
        for index in range(deed.first - 1, max(begin, deed.first - _SAID) - 1, -1):
            if folds[index] in (";", ":"):
                return False
            if folds[index].startswith(settings("ru", "promises")):
                return any(folds[at] in settings("ru", "that") for at in range(index + 1, deed.first))
        return False

    def _participle(self, deed: Deed) -> bool:
        return self.tokens.fold[deed.first].endswith(settings("ru", "participle_endings"))

    def _signs(self, first: int, last: int) -> bool:
        return any(self.tokens.kind[index] is Kind.SIGN for index in range(first, last))
