"""The card of a trained model: what it is, its data and settings, its figures, its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.corpus.corpus import read_corpus
from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.known import known_names
from pipeline.evaluation.origin import PREFIXES, prefix_of
from pipeline.extraction import load
from pipeline.ner.texts import settings
from pipeline.ner.training import Kind

if TYPE_CHECKING:
    from pipeline.evaluation.gold import Gold
    from pipeline.extraction import Extractor
    from pipeline.records import Record

__all__ = ["Measured", "card", "measure", "size_of"]

_LANGUAGES = {
    "uzl": "Uzbek, Latin script",
    "uzc": "Uzbek, Cyrillic script",
    "rus": "Russian",
    "eng": "English",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """F1 on institutions over a group of articles, in per cent: rules and gazetteer alone, and with the model; the very words, and a character in common."""

    group: str
    names: int
    rules_exact: float
    model_exact: float
    rules_overlap: float
    model_overlap: float


def measure(corpus: Path, split: str, engine: str) -> list[Measured]:
    """Return the figures of an engine on one part of a corpus: all of it, each language and script, names that the gazetteer knows and those it does not."""
    golds = [document.gold for document in read_corpus(corpus).documents if document.split == split]
    rules, whole = load(ner=[]), load(ner=[engine])
    pairs = [_pairs(extractor, golds) for extractor in (rules, whole)]
    known = known_names(rules.authorities)
    groups: dict[str, list[Gold]] = {"all": golds}
    for prefix in PREFIXES:
        groups[_LANGUAGES[prefix]] = [gold for gold in golds if prefix_of(gold.id) == prefix]
    rows = []
    for group, inside in groups.items():
        ids = {gold.id for gold in inside}
        figures = [evaluate([pair for pair in part if pair[0].id in ids], resamples=0).figures for part in pairs]
        if inside:
            rows.append(_row(group, figures))
    by = [evaluate(part, by=["known"], resamples=0, known=known).groups["known"] for part in pairs]
    rows += [_row(f"names: {group}", [part[group] for part in by]) for group in by[0] if group in by[1]]
    return rows


def _pairs(extractor: Extractor, golds: Sequence[Gold]) -> list[tuple[Gold, Record]]:
    return [(gold, extractor.extract(gold.text, id=gold.id)) for gold in golds]


def _row(group: str, figures: Sequence[Mapping[str, Any]]) -> Measured:
    exact, overlap = ([part[f"institutions.{name}"] for part in figures] for name in ("exact", "overlap"))
    values = [100 * (figure.value or 0.0) for figure in (*exact, *overlap)]
    return Measured(group, round(exact[0].right + exact[0].missed), *values)


def size_of(model: Path) -> int:
    """Return the bytes of a model: a file, or a folder without its card."""
    if model.is_file():
        return model.stat().st_size
    return sum(file.stat().st_size for file in model.rglob("*") if file.is_file() and file.name != "README.md")


def card(
    kind: Kind, corpus: Path, model: Path, split: str, rows: Sequence[Measured], changed: Mapping[str, Any]
) -> str:
    """Return the card of the model in a folder. `changed` is what `train` was given in place of settings."""
    read = settings(
        {name: value for name, value in changed.items() if name.startswith(("texts.", f"{kind}.", "tagger."))}
    )
    texts = read["texts"]
    documents = read_corpus(corpus)
    articles = sum(document.split in texts["parts"] for document in documents.documents)
    lines = [
        "# Institutions",
        "",
        "Names of institutions in Uzbek (Latin and Cyrillic), Russian and English: one model for all. Written by `hamkor train`; do not edit.",
        "",
        *_about(kind),
        "",
        "## Data",
        "",
        f"{len(documents.sentences):,} sentences and {articles} articles of `corpus/` ({', '.join(texts['parts'])}), all written for hamkor; names of `gazetteers/`.",
        *([f"Left out: {', '.join(texts['without'])}."] if texts["without"] else []),
        f"Each text as it stands, and {texts['copies']} times changed: each name exchanged for another one of its kind with the probability {texts['exchange']}, in its case and script;",
        f"noise (apostrophes, quotation marks, full stops, capitals, slips) with the probability {texts['noise']}; read with half of the gazetteer; a name that the rules found hidden",
        f"from the model with the probability {texts['hide']}. One gazetteer name of ten, chosen by hash, is never put in.",
        "",
        "## Settings",
        "",
        *_settings(kind, read),
        f"hamkor {__version__}, {_trainer(kind)}. {size_of(model) / 1e6:.1f} MB.",
        "",
        "## Figures",
        "",
        f"F1 of institutions on the part `{split}` of the corpus, {'on which it was trained' if split in texts['parts'] else 'which nothing was trained on'}: "
        "rules and gazetteer alone → with the model.",
        "",
        "| Articles | Names | Exact | Overlap |",
        "|---|---:|---:|---:|",
        *(
            f"| {row.group} | {row.names:,} | {row.rules_exact:.1f} → {row.model_exact:.1f} | {row.rules_overlap:.1f} → {row.model_overlap:.1f} |"
            for row in rows
        ),
        "",
        "## Limits",
        "",
        "Made for articles of libraries, museums and archives of Central Asia and their partners; companies, sports clubs and the like in other news were few in training.",
        "It knows one label, an institution, and says nothing of kind or country. It reads a sentence at a time.",
        "",
    ]
    return "\n".join(lines)


def _about(kind: Kind) -> list[str]:
    if kind == "stanza":
        return ["A Stanza NER model over the words as they are written: `hamkor extract --ner stanza:PATH`."]
    return [
        "It reads hamkor's folded words with what rules and gazetteer found, adds what they missed and mends the bounds of what they found.",
        '`hamkor extract --ner hamkor`, `pipeline.load(ner=["hamkor"])`; where no engine is named it is asked on Russian alone (`hamkor-ru`).',
    ]


def _settings(kind: Kind, read: Mapping[str, Any]) -> list[str]:
    own = read["tagger" if kind == "hamkor" else kind]
    if kind == "hamkor":
        return [
            f"`pipeline/ner/training.toml`: a linear-chain conditional random field with {len(own['templates'])} templates over words, their ends, shapes, symbols in the grammar of",
            f"institutions and what the rules say of them; what was seen {own['least']} times or more; penalties c1 = {own['c1']} and c2 = {own['c2']}, {own['steps']} steps of L-BFGS.",
            "The score of a name is its probability. Nothing but Python is needed to read it.",
        ]
    if kind == "spacy":
        return [
            f"`pipeline/ner/spacy.cfg`: {own['members']} members from the seeds 1 to {own['members']}; the score of a name is the share of members that find it.",
        ]
    return [
        "`pipeline/ner/training.toml`: "
        + ", ".join(f"{name} {value}" for name, value in own.items())
        + "; no word vectors, no language model."
    ]


def _trainer(kind: Kind) -> str:
    package = {"hamkor": "python-crfsuite", "spacy": "spacy", "stanza": "stanza"}[kind]
    return f"{package} {version(package)}"
