"""A text made ready for the finders: repaired, cut into passages by language, tokens and sentences."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.text.aligned import Aligned
from pipeline.text.passages import Passage, passages
from pipeline.text.repair import Repair, repair
from pipeline.text.tokens import Tokens, tokenize

__all__ = ["Document", "prepare"]


@dataclass(frozen=True, slots=True)
class Document:
    """The working text of an article. All finders' spans are tokens [first, last) of `tokens`; `source_span` leads back to the article as read."""

    source: str
    aligned: Aligned
    repairs: tuple[Repair, ...]
    passages: tuple[Passage, ...]
    tokens: Tokens
    languages: list[str]  # of each token

    @property
    def text(self) -> str:
        """The repaired text that the tokens stand in."""
        return self.aligned.text

    def source_span(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open code points of the article as read that tokens [first, last) came from."""
        return self.aligned.span(self.tokens.start[first], self.tokens.end[last - 1])


def prepare(text: str) -> Document:
    """Return the document of an article's text as read. Never fails on any string."""
    repaired = repair(text)
    working = repaired.aligned.text
    parts = passages(working)
    tokens = tokenize(working)
    languages: list[str] = []
    starts, count, index = tokens.start, len(tokens), 0
    for part in parts:
        begin = index
        while index < count and starts[index] < part.end:
            index += 1
        languages.extend([part.language] * (index - begin))
    return Document(text, repaired.aligned, repaired.repairs, parts, tokens, languages)
