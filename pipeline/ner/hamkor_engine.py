"""hamkor's own model as an engine: trained by `hamkor train`, read from `models/institutions/`. It reads the tokens of the document and cuts none itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.authority.countries import Place
from pipeline.finders.institutions import Name
from pipeline.languages.lexicon import DataError
from pipeline.ner.clues import clues
from pipeline.ner.engine import ALL_LANGUAGES
from pipeline.resources import models
from pipeline.text.document import Document

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["HamkorEngine", "default_folder"]

_BATCH = 128  # sentences that are read at once


def default_folder() -> Path:
    """Return the folder of the model that came with hamkor."""
    return models() / "institutions"


class HamkorEngine:
    """The members of a model, each a spaCy pipeline trained from another seed; the score of a span is the share of members that name it."""

    def __init__(self, members: Sequence[Language]) -> None:
        self.name = "hamkor"
        self.languages = ALL_LANGUAGES
        self._members = tuple(members)

    @classmethod
    def load(cls, folder: str | Path | None = None) -> HamkorEngine:
        """Return the engine of a model that `hamkor train` wrote (without `folder` the one that came with hamkor). Raises DataError with the remedy."""
        home = Path(folder) if folder is not None else default_folder()
        try:
            import spacy
            from spacy import attrs
        except ImportError:
            raise DataError("hamkor: spaCy is not installed; pip install 'hamkor[spacy]'") from None
        parts = sorted(path.parent for path in home.glob("*/meta.json"))
        if not parts:
            raise DataError(f"hamkor: no model in {home}; make one with `hamkor train`")
        members: list[Any] = []
        try:
            for part in parts:
                members.append(spacy.load(part, vocab=members[0].vocab if members else True))
        except Exception as error:  # what spaCy raises on a broken folder can be anything
            reason = " ".join(str(error).split()) or type(error).__name__
            raise DataError(f"hamkor: {home} cannot be loaded: {reason}; make it anew with `hamkor train`") from error
        # what the model does not read of a word need not be worked out: that is half the time that a Doc takes
        vocab, wanted = members[0].vocab, {attrs.LOWER, attrs.NORM, attrs.PREFIX, attrs.SHAPE, attrs.SUFFIX}
        vocab.lex_attr_getters = {name: get for name, get in vocab.lex_attr_getters.items() if name in wanted}
        return cls(members)

    def read(
        self,
        document: Document,
        names: Sequence[Name],
        places: Sequence[Place | None],
        sentences: Sequence[tuple[int, int]],
    ) -> list[tuple[int, int, float]]:
        """Return the votes on sentences (token ranges), as tokens [first, last) with scores, those of higher score first."""
        from pipeline.ner.examples import doc_of

        given = clues(document, names, places, sentences=sentences)
        found: Counter[tuple[int, int]] = Counter()
        nlp = self._members[0]
        for at in range(0, len(given), _BATCH):
            batch = given[at : at + _BATCH]
            with nlp.memory_zone():  # new words are forgotten at its end, else a long batch fills the memory
                docs = [doc_of(nlp.vocab, sentence) for sentence in batch]
                for member in self._members:
                    for _, component in member.pipeline:
                        for doc in docs:
                            doc.set_ents([], default="missing")
                        for _ in component.pipe(docs, batch_size=_BATCH):
                            pass
                    for doc, sentence in zip(docs, batch, strict=True):
                        found.update((sentence.first + span.start, sentence.first + span.end) for span in doc.ents)
        share = 1 / len(self._members)
        return sorted(
            ((first, last, count * share) for (first, last), count in found.items()),
            key=lambda vote: (-vote[2], vote[0] - vote[1], vote[0]),
        )
