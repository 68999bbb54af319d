"""What an NER engine is: something that reads a passage in one language and votes on the spans that name institutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pipeline.authority.countries import Place
from pipeline.finders.institutions import Name
from pipeline.languages.lexicon import lexicon
from pipeline.text.document import Document

__all__ = ["ALL_LANGUAGES", "DocumentEngine", "Engine", "Vote", "weight"]

ALL_LANGUAGES = frozenset({"uz", "ru", "en"})


@dataclass(frozen=True, slots=True)
class Vote:
    """A span that an engine holds for an institution: half-open code points of the text it was given, and a score from 0 to 1."""

    start: int
    end: int
    score: float


class Engine(Protocol):
    """An NER engine. Own ones need not inherit from anything: two attributes and one method are all."""

    @property
    def name(self) -> str:
        """Return the name that records show after `ner:`, such as `spacy:en_core_web_sm`; never a path of this machine."""

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages that the engine reads: some of "uz", "ru", "en"."""

    def find(self, text: str, language: str) -> Sequence[Vote]:
        """Return the votes on a text in one of its languages. The text is a window of whole sentences; the engine is asked by one thread at a time.

        An engine may raise anything: what it then loses is the window, and that is counted and told (see `pipeline.ner.votes`).
        """


@runtime_checkable
class DocumentEngine(Protocol):
    """An engine that reads hamkor's own tokens, and what the rules found, rather than a text: hamkor's own model."""

    @property
    def name(self) -> str:
        """Return the name that records show after `ner:`."""

    @property
    def languages(self) -> frozenset[str]:
        """Return the languages that the engine reads."""

    def read(
        self,
        document: Document,
        names: Sequence[Name],
        places: Sequence[Place | None],
        sentences: Sequence[tuple[int, int]],
    ) -> Sequence[tuple[int, int, float]]:
        """Return the votes on sentences (token ranges), as tokens [first, last) with scores; of two that overlap the first one has its way.

        `names` is what rules and gazetteer found, `places` is `atlas.all(document.tokens)`. What an engine raises loses it the article.
        """


def weight(label: str) -> float:
    """Return how far a model's label means an institution, from 0 (not at all) to 1."""
    return float(lexicon("ner").settings["labels"].get(label.upper(), 0.0))
