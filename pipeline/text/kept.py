"""Answers about words, kept: most words of a text come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Kept"]

Answer = TypeVar("Answer")
_MOST = 200_000  # words of which answers are kept
_LONGEST = 100  # characters of a word whose answer is kept


class Kept(dict[str, Answer]):
    """What a function says of a word: asked once for each word, until there are very many of them. `kept[word]` answers for every word."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> Answer:
        answer = self._ask(word)
        if len(self) >= _MOST:
            self.clear()
        if len(word) <= _LONGEST:
            self[word] = answer
        return answer
