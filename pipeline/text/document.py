"""A text made ready for the finders: repaired, cut into passages by language, tokens and sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import compress, groupby

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
    runs: tuple[tuple[str, int, int], ...] = field(init=False)  # tokens [first, last) of one language, in order

    def __post_init__(self) -> None:
        runs, first = [], 0
        for language, tokens in groupby(self.languages):
            last = first + sum(1 for _ in tokens)
            runs.append((language, first, last))
            first = last
        object.__setattr__(self, "runs", tuple(runs))

    def telling(self, tables: Callable[[str], Mapping[str, object]]) -> list[int]:
        """Return the tokens for whose fold the table of their language, `tables(language)`, has something that is true.

        No line of Python is run for a token that tells nothing, so that a scan of the whole text costs little. Tables answer for every fold.
        """
        folds, found = self.tokens.fold, list[int]()
        for language, first, last in self.runs:
            found += compress(range(first, last), map(tables(language).__getitem__, folds[first:last]))
        return found

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
    for part in parts:
        end = bisect_left(tokens.start, part.end, lo=len(languages))
        languages += [part.language] * (end - len(languages))
    return Document(text, repaired.aligned, repaired.repairs, parts, tokens, languages)
