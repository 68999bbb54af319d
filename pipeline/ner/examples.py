"""What spaCy models of hamkor's own are trained on: the sentences of `pipeline.ner.texts` as spaCy examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from pipeline.ner.clues import Sentence
from pipeline.ner.texts import Recipe, Taught, taught

__all__ = ["LABEL", "doc_of", "example_of", "make_reader"]

LABEL = "INSTITUTION"


def _words(sentence: Sentence) -> list[str]:
    """Return the words of a sentence; spaCy knows none without letters, such as «ъ» is when it is folded."""
    return [word or "-" for word in sentence.words]


def doc_of(vocab: Any, sentence: Sentence) -> Doc:
    """Return a sentence as the model reads it: symbols stand as tags, what the rules say as lemmas."""
    return Doc(vocab, words=_words(sentence), spaces=sentence.spaces, tags=sentence.symbols, lemmas=sentence.rules)


def example_of(vocab: Any, sentence: Taught) -> Example:
    """Return a sentence as spaCy's training takes it. Tokens on which either answer is right have no label."""
    read = sentence.read
    labels = [f"{label}-{LABEL}" if label in ("B", "I") else label for label in sentence.labels]
    reference = Doc(vocab, words=_words(read), spaces=read.spaces, tags=read.symbols, lemmas=read.rules, ents=labels)
    return Example(doc_of(vocab, read), reference)


@registry.readers("hamkor.Examples.v2")  # type: ignore[untyped-decorator]
def make_reader(
    corpus: str,
    parts: list[str],
    without: list[str],
    copies: int,
    exchange: float,
    noise: float,
    hide: float,
    seed: int,
) -> Callable[[Language], Iterator[Example]]:
    """Return the reader of a corpus for spaCy's training. The settings are those of `pipeline.ner.texts.Recipe`."""
    recipe = Recipe(tuple(parts), tuple(without), copies, exchange, noise, hide, seed)

    def read(nlp: Language) -> Iterator[Example]:
        for sentence in taught(Path(corpus), recipe):
            yield example_of(nlp.vocab, sentence)

    return read
