"""The table of figures in the README: `hamkor evaluate` on the parts of the corpus, and on the test part by language and script.

    python benchmarks/figures.py [--also TITLE=FOLDER]... [--resamples 1000]

`--also` puts a folder of gold of one's own in front. Extracts everything anew with default settings; prints Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import pipeline
from pipeline.evaluation.figures import Figure, evaluate
from pipeline.evaluation.runs import read_golds

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
ROWS = {
    "institutions, exact span": "institutions.exact",
    "institutions, overlapping": "institutions.overlap",
    "institutions, linking (B³)": "links.b3",
    "dates, value": "dates.value",
    "copy counts, number": "counts.number",
    "copy counts, all fields": "counts.all",
    "agreements, pairs of parties": "agreements.pairs",
    "agreements, all fields": "agreements.all",
    "offsets": "records.offsets",
}
LANGUAGES = {"uz-Latn": "uzl-*", "uz-Cyrl": "uzc-*", "ru": "rus-*", "en": "eng-*"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--also", action="append", default=[], metavar="TITLE=FOLDER")
    parser.add_argument("--resamples", type=int, default=1000)
    options = parser.parse_args()
    columns: dict[str, Iterable[Path]] = {}
    for pair in options.also:
        title, _, folder = pair.partition("=")
        columns[title] = [Path(folder)]
    columns |= {part: [CORPUS / part] for part in ("dev", "train")}
    columns |= {"**test**": [CORPUS / "test"]}
    columns |= {name: sorted((CORPUS / "test").glob(f"{files}.gold")) for name, files in LANGUAGES.items()}
    extractor = pipeline.load()
    measured = {}
    for title, files in columns.items():
        golds = read_golds(files)
        pairs = [(gold, extractor.extract(gold.text, id=gold.id)) for gold in golds]
        measured[f"{title} ({len(golds)})"] = evaluate(pairs, resamples=options.resamples if "test" in title else 0)
    print("| | " + " | ".join(measured) + " |")
    print("|---" * (len(measured) + 1) + "|")
    for title, name in ROWS.items():
        print(f"| {title} | " + " | ".join(cell(run.figures[name]) for run in measured.values()) + " |")


def cell(figure: Figure) -> str:
    """Return a figure with its interval where it has one."""
    if figure.value is None:
        return "–"
    value = f"{figure.value:.3f}"
    return f"**{value}** ({figure.low:.2f}–{figure.high:.2f})" if figure.low is not None else value


if __name__ == "__main__":
    main()
