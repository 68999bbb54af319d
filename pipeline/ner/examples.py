"""What hamkor's own model is trained on: sentences and articles of a corpus as spaCy examples, with the clues that the extractor itself has at that point.

Rules were written with the training articles in sight, so that there they look better than they are; and every known name is known. A second gazetteer
that lacks a part of its names, exchanged names and noise show the model what rules and gazetteer miss elsewhere.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab

from pipeline.authority.countries import atlas
from pipeline.authority.gazetteer import Gazetteer, gazetteer
from pipeline.corpus.corpus import Corpus, read_corpus
from pipeline.corpus.sentences import Name, Sentence
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.origin import PREFIXES, prefix_of
from pipeline.finders.institutions import find_names
from pipeline.ner.clues import Sentence as Read
from pipeline.ner.clues import clues
from pipeline.ner.exchange import Exchange
from pipeline.ner.noise import noisy
from pipeline.resources import gazetteers
from pipeline.text.document import prepare

__all__ = ["LABEL", "doc_of", "examples_of", "forget", "make_reader", "without_half"]

LABEL = "INSTITUTION"


def doc_of(vocab: Any, sentence: Read) -> Doc:
    """Return a sentence as the model reads it: symbols stand as tags, what the rules say as lemmas."""
    return Doc(vocab, words=sentence.words, spaces=sentence.spaces, tags=sentence.symbols, lemmas=sentence.rules)


def examples_of(vocab: Any, text: Sentence, authorities: Gazetteer) -> Iterator[Example]:
    """Yield an example for each sentence of a text. A name that is no row of whole tokens, or is optional, is neither right nor wrong there."""
    document = prepare(text.text)
    tokens = document.tokens
    if not len(tokens):
        return
    places = atlas().all(tokens)
    names = find_names(document, authorities, places)
    spans = [document.source_span(index, index + 1) for index in range(len(tokens))]
    firsts = {start: index for index, (start, _) in enumerate(spans)}
    lasts = {end: index + 1 for index, (_, end) in enumerate(spans)}
    for read in clues(document, names, places):
        reference = doc_of(vocab, read)
        wanted: list[Span] = []
        open_: list[Span] = []
        taken = 0
        for name in text.names:
            first, last = firsts.get(name.start), lasts.get(name.end)
            if first is None or last is None or not (max(read.first, taken) <= first < last <= read.last):
                continue
            taken = last  # outer names stand before those inside them
            span = Span(reference, first - read.first, last - read.first, label=LABEL)
            (open_ if name.optional else wanted).append(span)
        reference.set_ents(wanted, missing=open_)
        yield Example(doc_of(vocab, read), reference)


def without_half(folder: Path, *, seed: int) -> Gazetteer:
    """Return the gazetteer that came with hamkor without half of its institutions, chosen by a hash of key and seed. Writes to `folder`."""
    for file in sorted((gazetteers() / "institutions").glob("*.csv")):
        with (
            file.open(encoding="utf-8", newline="") as source,
            (folder / file.name).open("w", encoding="utf-8", newline="") as target,
        ):
            head, *rows = csv.reader(source)
            key = head.index("key")
            csv.writer(target).writerows([head, *(row for row in rows if crc32(f"{seed} {row[key]}".encode()) % 2)])
    return Gazetteer(sorted(folder.glob("*.csv")), atlas())


@registry.readers("hamkor.Examples.v1")  # type: ignore[untyped-decorator]
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
    """Return the reader of a corpus for spaCy's training.

    `parts`: folders of the corpus ("train", "dev", "sentences"). `without`: patterns of ids to leave out ("eng-5?-*"). `copies`: how often each text comes again,
    changed: each name exchanged with the probability `exchange`, each text with noise with the probability `noise`, and read with half of the gazetteer.
    `hide`: the probability with which a name that the rules found is hidden from the model in such a copy.
    """

    def read(nlp: Language) -> Iterator[Example]:
        made = _made(corpus, tuple(parts), tuple(without), copies, exchange, noise, hide, seed)
        for reference in DocBin().from_bytes(made).get_docs(nlp.vocab):
            read = Doc(
                nlp.vocab,
                words=[token.text for token in reference],
                spaces=[bool(token.whitespace_) for token in reference],
                tags=[token.tag_ for token in reference],
                lemmas=[token.lemma_ for token in reference],
            )
            yield Example(read, reference)

    return read


@lru_cache(
    maxsize=2
)  # spaCy reads a corpus once to initialize a model and once to train it, and a model has several members
def _made(
    corpus: str,
    parts: tuple[str, ...],
    without: tuple[str, ...],
    copies: int,
    exchange: float,
    noise: float,
    hide: float,
    seed: int,
) -> bytes:
    """Return the examples of a corpus, as a DocBin; the settings are those of `make_reader`."""
    vocab, random = Vocab(), Random(seed)
    made = DocBin(attrs=["ORTH", "SPACY", "TAG", "LEMMA", "ENT_IOB", "ENT_TYPE"])
    texts = list(_texts(read_corpus(Path(corpus)), parts, without))
    for text in texts:
        for example in examples_of(vocab, text, gazetteer()):
            made.add(example.reference)
    others = Exchange(gazetteer().authorities.values())
    for copy in range(copies):
        with tempfile.TemporaryDirectory() as folder:
            half = without_half(Path(folder), seed=seed + copy)
        for text in texts:
            prefix = prefix_of(text.file)
            if prefix is not None:
                text = others(text, *PREFIXES[prefix], random, share=exchange)
            if random.random() < noise:
                text = noisy(text, random)
            for example in examples_of(vocab, text, half):
                _hide(example.reference, random, hide)
                made.add(example.reference)
    return bytes(made.to_bytes())


def forget() -> None:
    """Forget the examples that were made: for a corpus that has changed, and for the memory."""
    _made.cache_clear()


def _texts(corpus: Corpus, parts: Sequence[str], without: Sequence[str]) -> Iterator[Sentence]:
    """Yield the texts of a corpus; of articles the names that they state."""
    for document in corpus.documents:
        gold = document.gold
        if document.split in parts and not any(fnmatch(gold.id, pattern) for pattern in without):
            stated = [
                Name(mention.start, mention.end, _kind(gold, mention.entity), mention.optional)
                for mention in gold.institutions
                if not mention.implied
            ]
            yield Sentence(gold.text, tuple(sorted(stated, key=lambda name: (name.start, -name.end))), gold.id, 1)
    if "sentences" in parts:
        for sentence in corpus.sentences:
            id = Path(sentence.file).stem
            if not any(fnmatch(id, pattern) for pattern in without):
                yield Sentence(sentence.text, sentence.names, id, sentence.line)


def _hide(doc: Doc, random: Random, share: float) -> None:
    """Hide names that the rules found from the model, each with a probability."""
    hidden = False
    for token in doc:
        if not token.lemma_.startswith("I-"):
            hidden = random.random() < share
        if hidden and token.lemma_:
            token.lemma_ = ""


def _kind(gold: Gold, entity: str | None) -> str:
    """Return the kind of an entity; an optional name may have none, and then no other name takes its place."""
    listed = gold.entities.get(entity) if entity else None
    return listed.kind if listed is not None else ""
