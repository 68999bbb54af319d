"""What NER costs: the extraction without and with hamkor's own model, beside a bare spaCy NER of width 96 and depth 4, and Natasha's full chain.

    python benchmarks/ner.py [FOLDER] [--megabytes 1] [--json FILE]

FOLDER holds articles (by default corpus/articles); only its plain texts are used, again and again until there are so many megabytes. Megabytes are
1,000,000 bytes of UTF-8, seconds are CPU seconds of this process: set OMP_NUM_THREADS=1, so that a second core does not count double. All are measured
in one run, article by article. The bare spaCy model is not trained, for speed does not ask what it says. Natasha is measured where it is installed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pipeline
from pipeline.ner.gate import open_sentences
from pipeline.ner.natasha_engine import with_pymorphy
from pipeline.reading import ReadingError, find_sources, read_source
from pipeline.text.document import prepare

ROOT = Path(__file__).resolve().parent.parent
MEGA = 1_000_000


def texts_of(folder: Path, megabytes: float) -> list[str]:
    """Return the plain texts of a folder, repeated until there are so many megabytes."""
    once: list[str] = []
    for source in find_sources([folder], suffixes=frozenset({".txt"})):
        if isinstance(source, ReadingError):
            raise SystemExit(str(source))
        once.append(read_source(source).text)
    if not once:
        raise SystemExit(f"{folder}: no plain texts; name a folder of *.txt")
    texts: list[str] = []
    size = 0
    while size < megabytes * MEGA:
        for text in once:
            texts.append(text)
            size += len(text.encode())
    return texts


def bare_spacy() -> Callable[[str], Any]:
    """Return a spaCy pipeline with nothing but a NER of width 96, depth 4."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("xx")
    nlp.add_pipe("ner")
    text = "On Friday the Willow Lane Museum showed its coins."
    example = Example.from_dict(nlp.make_doc(text), {"entities": [(14, 32, "ORG")]})
    nlp.initialize(lambda: [example])
    return nlp


def natasha() -> Callable[[str], Any] | None:
    """Return Natasha's full chain (segmenter, morphology, NER, normal forms), None where it is not installed."""
    with_pymorphy()
    try:
        from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsNERTagger, Segmenter
    except ImportError:
        return None
    embedding = NewsEmbedding()
    segmenter, vocabulary = Segmenter(), MorphVocab()
    morphology, tagger = NewsMorphTagger(embedding), NewsNERTagger(embedding)

    def read(text: str) -> Any:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_morph(morphology)
        doc.tag_ner(tagger)
        for span in doc.spans:
            span.normalize(vocabulary)
        return doc

    return read


def seconds(read: Callable[[str], Any], texts: list[str]) -> float:
    """Return the CPU seconds that reading the texts takes, the first one read before the clock starts."""
    read(texts[0])
    start = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - start


def measured(texts: list[str]) -> Iterator[tuple[str, float]]:
    """Yield name and megabytes a second of each."""
    size = sum(len(text.encode()) for text in texts) / MEGA
    rules, whole = pipeline.load(), pipeline.load(ner=["hamkor"])
    yield "rules alone", size / seconds(lambda text: rules.extract(text).to_json(), texts)
    yield "with --ner hamkor", size / seconds(lambda text: whole.extract(text).to_json(), texts)
    yield "bare spaCy NER 96x4", size / seconds(bare_spacy(), texts)
    chain = natasha()
    if chain is not None:
        yield "Natasha, full chain", size / seconds(chain, texts)


def opened(texts: list[str]) -> float:
    """Return the share of tokens that the gate shows to the model."""
    from pipeline.finders.institutions import find_names

    extractor = pipeline.load()
    shown = every = 0
    for text in dict.fromkeys(texts):
        document = prepare(text)
        places = extractor.places.all(document.tokens)
        names = find_names(document, extractor.authorities, places)
        every += len(document.tokens)
        shown += sum(last - first for first, last in open_sentences(document, names, places))
    return shown / every


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "corpus" / "articles")
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    texts = texts_of(options.folder, options.megabytes)
    figures = {}
    for name, speed in measured(texts):
        figures[name] = round(speed, 3)
        print(f"{name:24s} {speed:6.3f} MB/s", flush=True)
    figures["share of tokens shown"] = round(opened(texts), 3)
    print(f"the gate shows the model {figures['share of tokens shown']:.0%} of the tokens")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
