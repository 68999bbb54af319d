"""What models are taught on: sentences and articles of a corpus, as they stand and changed, each token with its label and with what the extractor knows of it there.

Rules were written with the training articles in sight, so that there they look better than they are; and every known name is known. A second gazetteer
that lacks a part of its names, exchanged names and noise show a model what rules and gazetteer miss elsewhere.
"""

from __future__ import annotations

import csv
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from pipeline.authority.countries import atlas
from pipeline.authority.gazetteer import Gazetteer, gazetteer
from pipeline.corpus.corpus import Corpus, read_corpus
from pipeline.corpus.sentences import Name, Sentence
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.origin import PREFIXES, prefix_of
from pipeline.finders.institutions import find_names
from pipeline.languages.lexicon import DataError
from pipeline.ner.clues import Sentence as Read
from pipeline.ner.clues import clues
from pipeline.ner.exchange import Exchange
from pipeline.ner.noise import noisy
from pipeline.resources import gazetteers
from pipeline.text.document import Document, prepare

__all__ = [
    "CONFIGURATION",
    "Recipe",
    "Taught",
    "forget",
    "labelled",
    "labels_of",
    "settings",
    "taught",
    "texts",
    "without_half",
]

CONFIGURATION = Path(__file__).with_name("training.toml")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Which texts of a corpus are taught, and how they are changed.

    `parts`: folders of the corpus ("train", "dev", "sentences"). `without`: patterns of ids to leave out ("eng-5?-*"). `copies`: how often each text comes
    again, changed: each name exchanged with the probability `exchange`, each text with noise with the probability `noise`, and read with half of the
    gazetteer. `hide`: the probability with which a name that the rules found is hidden from the model in such a copy.
    """

    parts: tuple[str, ...]
    without: tuple[str, ...] = ()
    copies: int = 0
    exchange: float = 0.0
    noise: float = 0.0
    hide: float = 0.0
    seed: int = 0

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Recipe:
        """Return the recipe of [texts] in training.toml."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()
        }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Taught:
    """A sentence and the labels of its tokens, as `labels_of` gives them."""

    read: Read
    labels: tuple[str, ...]


def settings(changed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the settings of training.toml, with others in place of some, by dotted name ("texts.copies"). Raises DataError on a name that it has not."""
    read = tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))
    for name, value in (changed or {}).items():
        section, _, key = name.partition(".")
        if key not in read.get(section, {}):
            raise DataError(f"{name!r} is no setting of {CONFIGURATION.name}")
        read[section][key] = value
    return read


def texts(corpus: Path, recipe: Recipe) -> Iterator[tuple[Sentence, int]]:
    """Yield the texts of a corpus as they stand, with 0, then each copy of them, with its number. Of articles the names that they state."""
    read = list(_plain(_checked(corpus, recipe), recipe))
    for text in read:
        yield text, 0
    random = Random(recipe.seed)
    others = Exchange(gazetteer().authorities.values())
    for copy in range(1, recipe.copies + 1):
        for text in read:
            prefix = prefix_of(text.file)
            if prefix is not None:
                text = others(text, *PREFIXES[prefix], random, share=recipe.exchange)
            yield (noisy(text, random) if random.random() < recipe.noise else text), copy


@lru_cache(maxsize=2)  # a model has several members
def taught(corpus: Path, recipe: Recipe) -> tuple[Taught, ...]:
    """Return the sentences of all texts with their labels. Raises FileNotFoundError where there is no corpus, DataError where it cannot be read as a whole."""
    random = Random(recipe.seed)
    made: list[Taught] = []
    authorities, last = gazetteer(), 0
    for text, copy in texts(corpus, recipe):
        if copy != last:
            authorities, last = without_half(seed=recipe.seed + copy), copy
        for sentence in labelled(text, authorities):
            made.append(_hidden(sentence, random, recipe.hide) if copy else sentence)
    return tuple(made)


def forget() -> None:
    """Forget what was made: for a corpus that has changed, and for the memory."""
    taught.cache_clear()


def labelled(text: Sentence, authorities: Gazetteer) -> Iterator[Taught]:
    """Yield the sentences of a text, with what rules and a gazetteer say of them."""
    document = prepare(text.text)
    tokens = document.tokens
    if not len(tokens):
        return
    places = atlas().all(tokens)
    labels = labels_of(document, text.names)
    for read in clues(document, find_names(document, authorities, places), places):
        yield Taught(read, tuple(labels[read.first : read.last]))


def labels_of(document: Document, names: Iterable[Name]) -> list[str]:
    """Return the label of each token of a document: B and I in a name, O outside, "" in an optional one.

    `names` are in order, outer ones before inner ones, in code points of the source. One that is no row of whole tokens of one sentence has no labels.
    """
    tokens = document.tokens
    spans = [document.source_span(index, index + 1) for index in range(len(tokens))]
    firsts = {start: index for index, (start, _) in enumerate(spans)}
    lasts = {end: index + 1 for index, (_, end) in enumerate(spans)}
    labels = ["O"] * len(tokens)
    taken = 0
    for name in names:
        first, last = firsts.get(name.start), lasts.get(name.end)
        if first is None or last is None or not taken <= first < last:
            continue
        if tokens.sentence[first] != tokens.sentence[last - 1]:
            continue
        taken = last
        labels[first:last] = [""] * (last - first) if name.optional else ["B", *["I"] * (last - first - 1)]
    return labels


def without_half(*, seed: int) -> Gazetteer:
    """Return the gazetteer that came with hamkor without half of its institutions, chosen by a hash of key and seed."""
    with tempfile.TemporaryDirectory() as folder:
        for file in sorted((gazetteers() / "institutions").glob("*.csv")):
            with (
                file.open(encoding="utf-8", newline="") as source,
                Path(folder, file.name).open("w", encoding="utf-8", newline="") as target,
            ):
                head, *rows = csv.reader(source)
                key = head.index("key")
                kept = (row for row in rows if crc32(f"{seed} {row[key]}".encode()) % 2)
                csv.writer(target).writerows([head, *kept])
        return Gazetteer(sorted(Path(folder).glob("*.csv")), atlas())


def _checked(folder: Path, recipe: Recipe) -> Corpus:
    """Return the corpus of a folder, where all of it can be read and there is something in it to teach."""
    corpus = read_corpus(folder)
    if corpus.errors:
        first = corpus.errors[0]
        raise DataError(
            f"{first}; {len(corpus.errors)} in all: `hamkor corpus check` names them; mend them, then train"
        )
    if not corpus.sentences and not any(document.split in recipe.parts for document in corpus.documents):
        raise DataError("there is nothing to train on; a corpus has articles in train/ or sentences in sentences/")
    return corpus


def _plain(corpus: Corpus, recipe: Recipe) -> Iterator[Sentence]:
    """Yield the texts of a corpus as they stand."""
    for document in corpus.documents:
        gold = document.gold
        if document.split in recipe.parts and _wanted(gold.id, recipe.without):
            stated = [
                Name(mention.start, mention.end, _kind(gold, mention.entity), mention.optional)
                for mention in gold.institutions
                if not mention.implied
            ]
            yield Sentence(gold.text, tuple(sorted(stated, key=lambda name: (name.start, -name.end))), gold.id, 1)
    if "sentences" in recipe.parts:
        for sentence in corpus.sentences:
            id = Path(sentence.file).stem
            if _wanted(id, recipe.without):
                yield Sentence(sentence.text, sentence.names, id, sentence.line)


def _wanted(id: str, without: Sequence[str]) -> bool:
    return not any(fnmatch(id, pattern) for pattern in without)


def _hidden(sentence: Taught, random: Random, share: float) -> Taught:
    """Return a sentence in which each name that the rules found is hidden from the model with a probability."""
    hidden = False
    rules = list(sentence.read.rules)
    for index, rule in enumerate(rules):
        if not rule.startswith("I-"):
            hidden = random.random() < share
        if hidden:
            rules[index] = ""
    return Taught(replace(sentence.read, rules=rules), sentence.labels)


def _kind(gold: Gold, entity: str | None) -> str:
    """Return the kind of an entity; an optional name may have none, and then no other name takes its place."""
    listed = gold.entities.get(entity) if entity else None
    return listed.kind if listed is not None else ""
