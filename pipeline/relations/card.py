"""The card of the judges of relations: what they are, their data and settings, their figures, their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import __version__
from pipeline.corpus.corpus import read_corpus
from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.origin import PREFIXES, prefix_of
from pipeline.extraction import Extractor, load
from pipeline.relations.judges import read_judges
from pipeline.relations.training import settings

__all__ = ["Measured", "card", "measure"]

_FIGURES = {
    "counts.act": "act of a count",
    "counts.from": "giver",
    "counts.to": "receiver",
    "counts.all": "counts, full",
    "agreements.pairs": "agreements, pairs",
    "agreements.all": "agreements, full",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure over a group of articles, in per cent: rules alone, and with the judges."""

    group: str
    figure: str
    rules: float
    judged: float


def measure(corpus: Path, split: str, model: Path) -> list[Measured]:
    """Return the figures of the judges of a folder on one part of a corpus: all of it, and each language and script."""
    golds = [document.gold for document in read_corpus(corpus).documents if document.split == split]
    rules = load(judge=False)
    extractors: tuple[Extractor, ...] = (rules, rules.judged_by(read_judges(model)))
    pairs = [[(gold, extractor.extract(gold.text, id=gold.id)) for gold in golds] for extractor in extractors]
    rows = []
    for prefix in ("", *PREFIXES):
        ids = {gold.id for gold in golds if prefix in ("", prefix_of(gold.id))}
        if not ids:
            continue
        both = [evaluate([pair for pair in part if pair[0].id in ids], resamples=0).figures for part in pairs]
        for name, figure in _FIGURES.items():
            values = [100 * (figures[name].value or 0.0) if name in figures else 0.0 for figures in both]
            rows.append(Measured(prefix or "all", figure, *values))
    return rows


def card(corpus: Path, model: Path, split: str, rows: Sequence[Measured], without: Sequence[str]) -> str:
    """Return the card of the judges in a folder."""
    read = settings()
    documents = [document for document in read_corpus(corpus).documents if document.split in read["parts"]]
    articles = sum(document.split != "passages" for document in documents)
    sizes = ", ".join(f"{file.name} {file.stat().st_size / 1e6:.1f} MB" for file in sorted(model.glob("*.gz")))
    groups = list(dict.fromkeys(row.group for row in rows))
    figures = list(dict.fromkeys(row.figure for row in rows))
    values = {(row.group, row.figure): row for row in rows}
    lines = [
        "# Relations",
        "",
        "Who gave copies to whom and what was done with them; which institutions made an agreement, in what state it is, and when; whose article it is: log-linear rankers",
        "over clues that the rules found, in Uzbek (Latin and Cyrillic), Russian and English. Written by `hamkor train --engine relations`; do not edit.",
        "",
        "They are asked by default; `pipeline.load(judge=False)` gives the rules the last word, `hamkor evaluate --ablate judge` says what the judges are worth.",
        "",
        "## Data",
        "",
        f"{articles} articles and {len(documents) - articles:,} passages of `corpus/` ({', '.join(read['parts'])}), all written for hamkor.",
        *([f"Left out: {', '.join(without)}."] if without else []),
        "",
        "## Settings",
        "",
        *(
            f"- `{name}`: {', '.join(f'{key} {value}' for key, value in part.items())}"
            for name, part in read.items()
            if isinstance(part, dict)
        ),
        "",
        f"hamkor {__version__}. {sizes}.",
        "",
        "## Figures",
        "",
        f"Per cent on the part `{split}` of the corpus, {'on which they were trained' if split in read['parts'] else 'which nothing was trained on'}: rules alone → with the judges.",
        "The figures of act, giver and receiver are of the counts that were found.",
        "",
        f"| | {' | '.join(groups)} |",
        f"|---|{'---:|' * len(groups)}",
        *(
            f"| {figure} | {' | '.join(f'{values[group, figure].rules:.1f} → {values[group, figure].judged:.1f}' for group in groups)} |"
            for figure in figures
        ),
        "",
        "## Limits",
        "",
        "Made for articles of libraries, museums and archives of Central Asia and their partners. A judge chooses among the institutions that were found; whom",
        "a text means by a word that the rules do not resolve it can only guess. It knows an article, nothing of the world.",
        "",
    ]
    return "\n".join(lines)
