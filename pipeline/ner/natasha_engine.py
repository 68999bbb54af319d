"""Natasha as an NER engine for Russian: its weights come with its package. Its import costs nothing unless the engine is asked for.

Natasha asks for pymorphy2, which does not run on Python 3.11; pymorphy3 is its successor with the same interface, and is put in its place. Only the
words of names need it, not what is read here.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from pipeline.languages.lexicon import DataError
from pipeline.ner.engine import Vote, weight

__all__ = ["NatashaEngine", "with_pymorphy"]

_PARTS = ("analyzer", "tagset", "units", "opencorpora_dict", "shapes")


def with_pymorphy() -> None:
    """Let Natasha find pymorphy3 under the name of pymorphy2, where that one is not loaded."""
    sys.modules.setdefault("pymorphy2", import_module("pymorphy3"))
    for part in _PARTS:
        sys.modules.setdefault(f"pymorphy2.{part}", import_module(f"pymorphy3.{part}"))


class NatashaEngine:
    """Natasha's news model, which votes with its ORG spans on Russian text."""

    def __init__(self, segmenter: Any, tagger: Any, document: Any) -> None:
        self.name = "natasha"
        self.languages = frozenset({"ru"})
        self._segmenter, self._tagger, self._document = segmenter, tagger, document

    @classmethod
    def load(cls) -> NatashaEngine:
        """Return the engine. Raises DataError with the remedy where Natasha is not installed."""
        try:
            with_pymorphy()
            natasha = import_module("natasha")
        except ImportError as error:
            raise DataError(f"natasha: Natasha is not installed ({error}); pip install 'hamkor[ru]'") from None
        return cls(natasha.Segmenter(), natasha.NewsNERTagger(natasha.NewsEmbedding()), natasha.Doc)

    def find(self, text: str, language: str) -> list[Vote]:
        """Return the votes on a Russian text."""
        document = self._document(text)
        document.segment(self._segmenter)
        document.tag_ner(self._tagger)
        return [Vote(span.start, span.stop, share) for span in document.spans if (share := weight(span.type))]
