"""What engines of named entity recognition are worth and what they cost: the tables of the README.

    python benchmarks/ner.py corpus/dev [--engine TITLE=NAME]... [--combined] [--factrueval FOLDER] [--wnut FOLDER] [--speed FOLDER]

Rules alone and hamkor with each engine (`--engine "Stanza, ours=stanza:mine/institutions.pt"`; hamkor's own model and, where it is installed, Natasha are
always there), and with all of them together (`--combined`): F1 on the institutions of a folder of gold, with its 95 % interval over articles, by language
and script, and for names that the gazetteer knows and does not know; words a second of processor time for the whole way of an article; megabytes of model.

`--factrueval`, `--wnut`: a copy of dialogue-evaluation/factRuEval-2016 or leondz/emerging_entities_17, a folder or its git directory: the same on data
that others have made (see `public_sets.py` for how it differs). `--speed`: a folder of plain texts, read again and again: hamkor without and with its model
beside a bare spaCy NER of width 96 and depth 4, not trained, and Natasha's full chain, in megabytes (1,000,000 bytes of UTF-8) a second.
Seconds are CPU seconds of this process: set OMP_NUM_THREADS=1, so that a second core does not count double. Prints Markdown; shows no item.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import public_sets

import pipeline
from pipeline.evaluation.figures import Figure, evaluate
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.known import known_names
from pipeline.evaluation.origin import PREFIXES, prefix_of
from pipeline.evaluation.runs import read_golds
from pipeline.extraction import DEFAULT_ENGINES
from pipeline.ner.card import size_of
from pipeline.ner.hamkor_engine import default_folder
from pipeline.ner.natasha_engine import NatashaEngine, with_pymorphy
from pipeline.reading import ReadingError, find_sources, read_source
from pipeline.records import Record
from pipeline.text.tokens import Kind, tokenize

MEGA = 1_000_000
MEASURES = ("institutions.exact", "institutions.overlap")
COLUMNS = {"uzl": "uz-Latn", "uzc": "uz-Cyrl", "rus": "ru", "eng": "en"}


def engines_of(options: argparse.Namespace) -> dict[str, list[str]]:
    """Return the rows of the tables: titles, and the engines that are asked."""
    rows: dict[str, list[str]] = {
        "rules alone": [],
        "default engines": list(DEFAULT_ENGINES),
        "hamkor's own model": ["hamkor"],
    }
    for pair in options.engine:
        title, _, name = pair.partition("=")
        rows[title] = [name]
    if find_spec("natasha"):
        rows["Natasha (Russian)"] = ["natasha"]
    if options.combined:
        rows["all together"] = [name for title, names in rows.items() if title != "default engines" for name in names]
    return rows


def megabytes(names: Iterable[str]) -> float:
    """Return the size of the files that engines read."""
    size = 0
    for name in names:
        kind, _, model = name.partition(":")
        if kind == "natasha":
            package = find_spec("natasha")
            size += size_of(Path(package.origin).parent / "data") if package and package.origin else 0
        else:
            size += size_of(Path(model) if model else default_folder())
    return size / MEGA


def extracted(
    extractor: pipeline.Extractor, golds: Iterable[Gold], passes: int
) -> tuple[list[tuple[Gold, Record]], float]:
    """Return the records of articles, and the words a second of the fastest pass but the first one, which warms up."""
    golds = list(golds)
    pairs = [(gold, extractor.extract(gold.text, id=gold.id)) for gold in golds]
    words = sum(kind is Kind.WORD for gold in golds for kind in tokenize(gold.text).kind)
    fastest = float("inf")
    for _ in range(passes):
        start = time.process_time()
        for gold in golds:
            extractor.extract(gold.text)
        fastest = min(fastest, time.process_time() - start)
    return pairs, words / fastest


def shown(figure: Figure | None) -> str:
    """Return a figure and its interval, in per cent."""
    if figure is None or figure.value is None:
        return "–"
    bounds = f" ({100 * figure.low:.0f}–{100 * figure.high:.0f})" if figure.low is not None else ""
    return f"{100 * figure.value:.1f}{bounds}"


def corpus_table(folder: Path, rows: Mapping[str, list[str]], *, resamples: int, passes: int) -> None:
    """Print what rules and engines are worth on a folder of gold."""
    golds = read_golds([folder])
    known = known_names(pipeline.load(ner=[]).authorities)
    parts = [prefix for prefix in PREFIXES if any(prefix_of(gold.id) == prefix for gold in golds)]
    titles = ["all", *(COLUMNS.get(prefix, prefix) for prefix in parts), "known names", "unknown names"]
    print(
        f"F1 on the institutions of {len(golds)} articles, in per cent: exact span / overlapping span, with the 95 % interval.\n"
    )
    print("| rules and | " + " | ".join(titles) + " | words/s | MB |")
    print("|---" * (len(titles) + 3) + "|")
    for title, names in rows.items():
        pairs, speed = extracted(pipeline.load(ner=names), golds, passes)
        whole = evaluate(pairs, by=["known"], resamples=resamples, known=known)
        cells: list[Mapping[str, Figure]] = [whole.figures]
        for prefix in parts:
            inside = [pair for pair in pairs if prefix_of(pair[0].id) == prefix]
            cells.append(evaluate(inside, resamples=resamples).figures)
        cells += [whole.groups["known"].get(group, {}) for group in ("known", "unknown")]
        line = [" / ".join(shown(cell.get(name)) for name in MEASURES) for cell in cells]
        print(f"| {title} | {' | '.join(line)} | {speed:,.0f} | {megabytes(names):.1f} |", flush=True)


def public_table(title: str, texts: list[public_sets.Marked], rows: Mapping[str, list[str]], *, resamples: int) -> None:
    """Print what rules and engines, and Natasha by itself on Russian, find of the organisations of public data."""
    print(f"\n{title}: organisations in {len(texts)} texts, F1 in per cent.\n")
    print("| | exact | overlap | words/s |")
    print("|---|---|---|---|")
    finders: dict[str, Callable[[str], Iterable[tuple[int, int]]]] = {}
    for name, engines in rows.items():
        finders[name if not engines else f"rules and {name}"] = _spans(pipeline.load(ner=engines))
    if "Natasha (Russian)" in rows:
        natasha = NatashaEngine.load()
        finders["Natasha alone"] = lambda text: [(vote.start, vote.end) for vote in natasha.find(text, "ru")]
    words = sum(kind is Kind.WORD for text in texts for kind in tokenize(text.text).kind)
    for name, find in finders.items():
        find(texts[0].text)
        start = time.process_time()
        found = {text.text: list(find(text.text)) for text in texts}
        speed = words / (time.process_time() - start)
        made = public_sets.score(texts, found.__getitem__, resamples=resamples)
        cells = [
            f"{100 * value:.1f} ({100 * low:.0f}–{100 * high:.0f})"
            for value, (low, high) in ((made.exact, made.exact_bounds), (made.overlap, made.overlap_bounds))
        ]
        print(f"| {name} | {' | '.join(cells)} | {speed:,.0f} |", flush=True)


def _spans(extractor: pipeline.Extractor) -> Callable[[str], list[tuple[int, int]]]:
    def find(text: str) -> list[tuple[int, int]]:
        return [
            (mention.start, mention.end)
            for institution in extractor.extract(text).institutions
            for mention in institution.mentions
            if not mention.implied
        ]

    return find


def texts_of(folder: Path, megabytes: float) -> list[str]:
    """Return the plain texts of a folder, repeated until there are so many megabytes."""
    once: list[str] = []
    for source in find_sources([folder], suffixes=frozenset({".txt"})):
        if isinstance(source, ReadingError):
            raise SystemExit(str(source))
        once.append(read_source(source).text)
    if not once:
        raise SystemExit(f"{folder}: no plain texts; name a folder of *.txt")
    size = sum(len(text.encode()) for text in once)
    return once * max(1, round(megabytes * MEGA / size))


def bare_spacy() -> Callable[[str], Any] | None:
    """Return a spaCy pipeline with nothing but a NER of width 96, depth 4; None where spaCy is not installed."""
    try:
        import spacy
        from spacy.training import Example
    except ImportError:
        return None
    nlp = spacy.blank("xx")
    nlp.add_pipe("ner")
    text = "On Friday the Willow Lane Museum showed its coins."
    example = Example.from_dict(nlp.make_doc(text), {"entities": [(14, 32, "ORG")]})
    nlp.initialize(lambda: [example])
    return nlp


def natasha_chain() -> Callable[[str], Any] | None:
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


def speed_table(folder: Path, megabytes: float, passes: int) -> None:
    """Print megabytes a second, side by side: pass by pass each reads the same texts in turn, so that a busy machine slows all alike; the fastest pass counts."""
    texts = texts_of(folder, megabytes)
    size = sum(len(text.encode()) for text in texts) / MEGA
    rules, default, whole = pipeline.load(ner=[]), pipeline.load(), pipeline.load(ner=["hamkor"])
    readers: dict[str, Callable[[str], Any] | None] = {
        "rules alone": lambda text: rules.extract(text).to_json(),
        "with the default engines": lambda text: default.extract(text).to_json(),
        "with hamkor's own model": lambda text: whole.extract(text).to_json(),
        "bare spaCy NER, width 96, depth 4": bare_spacy(),
        "Natasha's full chain": natasha_chain(),
    }
    best: dict[str, float] = {}
    for number in range(passes + 1):
        for name, read in readers.items():
            if read is None:
                continue
            start = time.process_time()
            for text in texts:
                read(text)
            spent = time.process_time() - start
            if number:  # the first pass warms up
                best[name] = min(best.get(name, spent), spent)
    print(f"\nSpeed on {size:.2f} MB, one core:\n\n| | MB/s | against hamkor's own model |\n|---|---|---|")
    mine = best["with hamkor's own model"]
    for name, spent in best.items():
        print(f"| {name} | {size / spent:.3f} | {mine / spent:.2f} |")


def main() -> None:
    """Measure, and print the tables that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", help="a folder of gold articles")
    parser.add_argument("--engine", action="append", default=[], metavar="TITLE=NAME")
    parser.add_argument("--combined", action="store_true")
    parser.add_argument("--factrueval", type=Path)
    parser.add_argument("--wnut", type=Path)
    parser.add_argument("--speed", type=Path, metavar="FOLDER")
    parser.add_argument("--megabytes", type=float, default=0.2)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--resamples", type=int, default=1000)
    options = parser.parse_args()
    rows = engines_of(options)
    if options.gold:
        corpus_table(options.gold, rows, resamples=options.resamples, passes=options.passes)
    if options.factrueval:
        public_table(
            "factRuEval-2016, test part", public_sets.factrueval(options.factrueval), rows, resamples=options.resamples
        )
    if options.wnut:
        others = {name: names for name, names in rows.items() if names != ["natasha"]}
        public_table("WNUT-17, test part", public_sets.wnut(options.wnut), others, resamples=options.resamples)
    if options.speed:
        speed_table(options.speed, options.megabytes, options.passes)


if __name__ == "__main__":
    main()
