"""hamkor's own model as an engine: trained by `hamkor train`, read from `models/institutions/`. It reads the tokens of the document and cuts none itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.authority.countries import Place
from pipeline.finders.institutions import Name
from pipeline.languages.lexicon import DataError
from pipeline.ner.clues import Sentence, clues
from pipeline.ner.engine import ALL_LANGUAGES
from pipeline.ner.tagger import FILE, Tagger
from pipeline.resources import models
from pipeline.text.document import Document

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["HamkorEngine", "Member", "default_folder"]

_BATCH = 128  # sentences that spaCy reads at once


def default_folder() -> Path:
    """Return the folder of the model that came with hamkor."""
    return models() / "institutions"


class Member(Protocol):
    """A trained model, one of those that vote in an engine."""

    def votes(self, sentences: Sequence[Sentence]) -> dict[tuple[int, int], float]:
        """Return the names in sentences, as tokens [first, last) of the document, each with how sure it is (0 to 1)."""


class TaggerMember:
    """A tagger as a member: the names of its likeliest reading, with their probabilities. What is just as the rules have it is not said."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger

    def votes(self, sentences: Sequence[Sentence]) -> dict[tuple[int, int], float]:
        return {
            (sentence.first + first, sentence.first + last): sure
            for sentence in sentences
            for first, last, sure in self._tagger.names(sentence)
        }


class SpacyMembers:
    """spaCy pipelines, each trained from another seed, as one member: how sure it is of a name is the share of them that name it."""

    def __init__(self, pipelines: Sequence[Language]) -> None:
        self._pipelines = tuple(pipelines)

    @classmethod
    def load(cls, folders: Sequence[Path]) -> SpacyMembers:
        """Return the members of folders. Raises DataError where spaCy is not installed, and whatever spaCy raises on a broken folder."""
        try:
            import spacy
            from spacy import attrs
        except ImportError:
            raise DataError("spaCy is not installed; pip install 'hamkor[spacy]'") from None
        pipelines: list[Language] = []
        for folder in folders:
            pipelines.append(spacy.load(folder, vocab=pipelines[0].vocab if pipelines else True))
        # what the model does not read of a word need not be worked out: that is half the time that a Doc takes
        vocab, wanted = pipelines[0].vocab, {attrs.LOWER, attrs.NORM, attrs.PREFIX, attrs.SHAPE, attrs.SUFFIX}
        vocab.lex_attr_getters = {name: get for name, get in vocab.lex_attr_getters.items() if name in wanted}
        return cls(pipelines)

    def votes(self, sentences: Sequence[Sentence]) -> dict[tuple[int, int], float]:
        from pipeline.ner.examples import doc_of

        found: Counter[tuple[int, int]] = Counter()
        nlp = self._pipelines[0]
        for at in range(0, len(sentences), _BATCH):
            batch = sentences[at : at + _BATCH]
            with nlp.memory_zone():  # new words are forgotten at its end, else a long batch fills the memory
                docs = [doc_of(nlp.vocab, sentence) for sentence in batch]
                for pipeline in self._pipelines:
                    for _, component in pipeline.pipeline:
                        for doc in docs:
                            doc.set_ents([], default="missing")
                        for _ in component.pipe(docs, batch_size=_BATCH):
                            pass
                    for doc, sentence in zip(docs, batch, strict=True):
                        found.update((sentence.first + span.start, sentence.first + span.end) for span in doc.ents)
        return {span: count / len(self._pipelines) for span, count in found.items()}


class HamkorEngine:
    """The members of a model: a tagger, spaCy pipelines, or both; the score of a span is the mean of what its members say."""

    def __init__(self, members: Sequence[Member], *, languages: frozenset[str] = ALL_LANGUAGES) -> None:
        self.name = "hamkor"
        self.languages = languages
        self._members = tuple(members)

    @classmethod
    def load(cls, folder: str | Path | None = None, *, languages: frozenset[str] = ALL_LANGUAGES) -> HamkorEngine:
        """Return the engine of a model that `hamkor train` wrote (without `folder` the one that came with hamkor), asked in some languages.

        Raises DataError with the remedy.
        """
        home = Path(folder) if folder is not None else default_folder()
        members: list[Member] = []
        if (home / FILE).is_file():
            members.append(TaggerMember(Tagger.load(home / FILE)))
        if pipelines := sorted(path.parent for path in home.glob("*/meta.json")):
            try:
                members.append(SpacyMembers.load(pipelines))
            except DataError as error:
                raise DataError(f"hamkor: {error}") from None
            except Exception as error:  # what spaCy raises on a broken folder can be anything
                reason = " ".join(str(error).split()) or type(error).__name__
                raise DataError(
                    f"hamkor: {home} cannot be loaded: {reason}; make it anew with `hamkor train`"
                ) from error
        if not members:
            raise DataError(f"hamkor: no model in {home}; make one with `hamkor train`")
        return cls(members, languages=languages)

    def read(
        self,
        document: Document,
        names: Sequence[Name],
        places: Sequence[Place | None],
        sentences: Sequence[tuple[int, int]],
    ) -> list[tuple[int, int, float]]:
        """Return the votes on sentences (token ranges), as tokens [first, last) with scores, those of higher score first."""
        given = clues(document, names, places, sentences=sentences)
        found: dict[tuple[int, int], float] = {}
        for member in self._members:
            for span, sure in member.votes(given).items():
                found[span] = found.get(span, 0.0) + sure / len(self._members)
        return sorted(
            ((first, last, score) for (first, last), score in found.items()),
            key=lambda vote: (-vote[2], vote[0] - vote[1], vote[0]),
        )
