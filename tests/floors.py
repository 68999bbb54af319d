"""Score the extraction of gold articles, and fail where a figure is below its floor.

    python tests/floors.py FOLDER... [--floors] [--misses] [--scorer PROGRAM]

The texts of the gold files are extracted; the records go to outputs/scores/. The figures are those of
`pipeline.evaluation.score`; with --scorer those of another program, which takes `--gold`, `--records` and `--json` and
prints one JSON object. With --floors a figure below its floor fails; with --misses every error is listed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pipeline
from pipeline.evaluation import Gold, read_gold, score
from pipeline.records import Record

HOME = Path(__file__).resolve().parent.parent

# What must never be lost again; raise a floor when the extraction has become better, never lower one.
FLOORS = {
    "offsets true": 1.0,
    "institutions overlap": 0.95,
    "institutions exact": 0.90,
    "institution linking": 0.95,
    "dates value": 0.97,
    "counts full": 0.95,
    "agreements full": 0.90,
}


def extracted(golds: list[Gold], file: Path) -> list[Record]:
    """Return the records of the gold's texts, and write them to a file."""
    extractor = pipeline.load()
    records = [extractor.extract(gold.text, id=gold.id) for gold in golds]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(record.to_json() + "\n" for record in records), encoding="utf-8")
    return records


def others_figures(scorer: Path, folders: list[Path], records: Path) -> dict[str, float]:
    """Return the figures of another program."""
    command = [sys.executable, scorer, "--gold", *folders, "--records", records, "--json"]
    figures: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    if figures.pop("absent", []):
        raise SystemExit(f"{scorer}: it found no record for some articles")
    return figures


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Return what is below its floor, one line each; a figure that is missing or no number is below."""
    return [
        f"{name} is {figures.get(name)}, its floor is {floor}"
        for name, floor in floors.items()
        if not figures.get(name, -1.0) >= floor
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; return 0 where all is well, 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--scorer", type=Path, metavar="PROGRAM")
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    golds = [read_gold(file) for folder in options.folders for file in sorted(folder.glob("*.gold"))]
    if not golds:
        parser.error("there is no gold file there")
    file = HOME / "outputs" / "scores" / ("-".join(folder.resolve().name for folder in options.folders) + ".jsonl")
    records = extracted(golds, file)
    scores = score(zip(golds, records, strict=True))
    figures = others_figures(options.scorer, options.folders, file) if options.scorer else scores.figures()
    print(f"{len(golds)} articles of {', '.join(map(str, options.folders))}")
    for name, value in figures.items():
        tally = scores.tallies.get(name)
        counted = f"  P {tally.precision:.3f}  R {tally.recall:.3f}" if tally and not options.scorer else ""
        floor = FLOORS.get(name) if options.floors else None
        print(f"{name:24s} {value:.3f}{counted}" + (f"  (floor {floor:.2f})" if floor is not None else ""))
    if options.misses:
        for miss in scores.misses:
            print(f"{miss.article} | {miss.what} | {miss.found} | {miss.wanted}")
    broken = below(figures, FLOORS) if options.floors else []
    for line in broken:
        print(f"TOO LOW: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
