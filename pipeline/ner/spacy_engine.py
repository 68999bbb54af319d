"""Any spaCy pipeline as an NER engine: its `doc.ents`, and its `doc.spans` where they have scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.languages.lexicon import DataError, lexicon
from pipeline.ner.engine import ALL_LANGUAGES, Vote, weight

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["SpacyEngine"]


class SpacyEngine:
    """A spaCy pipeline that votes. A multilingual one (`xx`) is asked in every language, another one in its own."""

    def __init__(self, nlp: Language, *, name: str) -> None:
        self.name = f"spacy:{name}"
        self.languages: frozenset[str] = ALL_LANGUAGES if nlp.lang == "xx" else frozenset({nlp.lang}) & ALL_LANGUAGES
        self._nlp = nlp
        if not nlp.pipe_names:
            raise DataError(
                f"{self.name}: this spaCy pipeline finds no entities; take one with a component such as `ner`"
            )
        if not self.languages:
            raise DataError(
                f"{self.name}: a spaCy pipeline for {nlp.lang!r}; hamkor reads uz, ru, en and asks xx for each of them"
            )

    @classmethod
    def load(cls, model: str) -> SpacyEngine:
        """Return the engine of an installed pipeline or of one in a folder. Raises DataError with the remedy where there is none."""
        try:
            import spacy
        except ImportError:
            raise DataError(f"spacy:{model}: spaCy is not installed; pip install 'hamkor[spacy]'") from None
        try:
            nlp = spacy.load(model, exclude=lexicon("ner").settings["spacy_idle"])
        except Exception as error:  # what a foreign pipeline raises when loaded can be anything
            reason = " ".join(str(error).split())
            raise DataError(
                f"spacy:{model}: cannot be loaded: {reason}; install it (python -m spacy download NAME) or give the path of its folder"
            ) from error
        return cls(nlp, name=Path(model).name)

    def find(self, text: str, language: str) -> list[Vote]:
        """Return the votes on a text."""
        with self._nlp.memory_zone():  # new words are forgotten at its end, else a long batch fills the memory
            doc = self._nlp(text)
            votes = [Vote(span.start_char, span.end_char, share) for span in doc.ents if (share := weight(span.label_))]
            for group in doc.spans.values():
                for span, score in zip(group, group.attrs.get("scores", ()), strict=False):
                    if share := weight(span.label_):
                        votes.append(Vote(span.start_char, span.end_char, share * float(score)))
        return votes
