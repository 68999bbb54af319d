"""hamkor's own model made from a corpus and the gazetteers alone: one spaCy configuration (`training.cfg`), fixed seeds, a card with the figures."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_pipeline
from spacy.util import fix_random_seed, load_config

from pipeline import __version__
from pipeline.corpus.corpus import Corpus, read_corpus
from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.known import known_names
from pipeline.evaluation.origin import PREFIXES, prefix_of
from pipeline.extraction import load
from pipeline.languages.lexicon import DataError
from pipeline.ner.examples import forget  # and files the reader that the configuration names

if TYPE_CHECKING:
    from pipeline.evaluation.gold import Gold
    from pipeline.extraction import Extractor
    from pipeline.records import Record

__all__ = ["CONFIGURATION", "Measured", "card", "measure", "train"]

CONFIGURATION = Path(__file__).with_name("training.cfg")
_LANGUAGES = {
    "uzl": "Uzbek, Latin script",
    "uzc": "Uzbek, Cyrillic script",
    "rus": "Russian",
    "eng": "English",
}


class _Told(StringIO):
    """A stream that gives each whole line to a function."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell, self._rest = tell, ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            if line.strip():
                self._tell(line.rstrip())
        return len(text)


def train(
    corpus: Path,
    output: Path,
    *,
    settings: Mapping[str, Any] | None = None,
    members: int | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Train the members of a model, each from another seed, and put them in `output`, which is made anew when all are done.

    `settings`: what to read instead of the configuration, by dotted name ("training.max_steps"). The same input gives the same model on the same machine.
    `tell` is given the lines of progress. Raises FileNotFoundError where there is no corpus, DataError where it cannot be read as a whole.
    """
    _check(read_corpus(corpus))
    forget()
    overrides = {"paths.corpus": str(corpus), **(settings or {})}
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        count = members or int(load_config(CONFIGURATION)["variables"]["members"])
        for number in range(1, count + 1):
            tell(
                f"member {number} of {count}: {'making examples, names exchanged and with noise; ' if number == 1 else ''}training"
            )
            config = load_config(CONFIGURATION, overrides={**overrides, "system.seed": number})
            fix_random_seed(number)
            steps = made / "steps"
            steps.mkdir()
            train_pipeline(init_nlp(config), steps, stdout=_Told(tell), stderr=_Told(tell))
            nlp = spacy.load(steps / "model-last")
            nlp.config["paths"]["corpus"] = "corpus"
            nlp.meta.update(name=f"institutions_{number}", version=__version__, description="Names of institutions: a member of hamkor's own model", license="Apache-2.0")  # fmt: skip
            nlp.to_disk(made / str(number), exclude=["vocab"])
            shutil.rmtree(steps)
        if output.exists():
            shutil.rmtree(output)
        shutil.copytree(made, output)
    forget()


def _check(corpus: Corpus) -> None:
    if corpus.errors:
        first = corpus.errors[0]
        raise DataError(
            f"{first}; {len(corpus.errors)} in all: `hamkor corpus check` names them; mend them, then train"
        )
    if not corpus.sentences and not any(document.split == "train" for document in corpus.documents):
        raise DataError("there is nothing to train on; a corpus has articles in train/ or sentences in sentences/")


@dataclass(frozen=True, slots=True)
class Measured:
    """F1 on institutions over a group of articles, in per cent: rules and gazetteer alone, and with the model; the very words, and a character in common."""

    group: str
    names: int
    rules_exact: float
    model_exact: float
    rules_overlap: float
    model_overlap: float


def measure(corpus: Path, split: str, model: Path) -> list[Measured]:
    """Return the figures of a model on one part of a corpus: all of it, each language and script, names that the gazetteer knows and those it does not."""
    golds = [document.gold for document in read_corpus(corpus).documents if document.split == split]
    rules, whole = load(), load(ner=[f"hamkor:{model}"])
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


def card(corpus: Path, model: Path, split: str, rows: Sequence[Measured]) -> str:
    """Return the card of a model: what it is, its data and settings, its figures, its limits."""
    config = load_config(CONFIGURATION)
    reader, training, network = config["corpora"]["train"], config["training"], config["components"]["ner"]["model"]
    read = read_corpus(corpus)
    articles = sum(document.split in reader["parts"] for document in read.documents)
    size = sum(file.stat().st_size for file in model.rglob("*") if file.is_file() and file.name != "README.md")
    members = len(list(model.glob("*/meta.json")))
    lines = [
        "# Institutions",
        "",
        "Names of institutions in Uzbek (Latin and Cyrillic), Russian and English: one model for all, over hamkor's folded words. It reads what rules and gazetteer",
        'found and adds what they missed. `hamkor extract --ner hamkor`, `pipeline.load(ner=["hamkor"])`. Written by `hamkor train`; do not edit.',
        "",
        "## Data",
        "",
        f"{len(read.sentences):,} sentences and {articles} articles of `corpus/` ({', '.join(reader['parts'])}), all written for hamkor; names of `gazetteers/`.",
        f"Each text as it stands, and {reader['copies']} times changed: each name exchanged for another one of its kind with the probability {reader['exchange']}, in its case and script;",
        f"noise (apostrophes, quotation marks, full stops, capitals, slips) with the probability {reader['noise']}; read with half of the gazetteer; a name that the rules found hidden",
        f"from the model with the probability {reader['hide']}. One gazetteer name of ten, chosen by hash, is never put in.",
        "",
        "## Settings",
        "",
        f"`pipeline/ner/training.cfg`: {members} members from the seeds 1 to {members}, each a spaCy transition-based parser of width {network['tok2vec']['encode']['width']},",
        f"depth {network['tok2vec']['encode']['depth']}, over {', '.join(network['tok2vec']['embed']['attrs'])} (TAG: a word's symbol in the grammar of institutions; LEMMA: what the rules say of it);",
        f"{training['max_steps']:,} steps, dropout {training['dropout']}, weights averaged. The score of a name is the share of members that find it. "
        f"hamkor {__version__}, spaCy {spacy.__version__}. {size / 1e6:.1f} MB.",
        "",
        "## Figures",
        "",
        f"F1 of institutions on the part `{split}` of the corpus, which nothing was trained on: rules and gazetteer alone → with the model.",
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
        "It knows one label, INSTITUTION, and says nothing of kind or country. A name in small letters is seldom found. It reads a sentence at a time.",
        "",
    ]
    return "\n".join(lines)
