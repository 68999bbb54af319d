"""Score the extraction of gold articles, and fail where a figure is below its floor.

    python tests/floors.py GOLD_FOLDER [--scorer score.py] [--floors]

The texts of the gold files are extracted; the records go to outputs/scores/. The scorer is a program that takes `--gold`,
`--records` and `--json` and prints the figures as one JSON object. With --floors a figure below its floor fails.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pipeline
from pipeline.evaluation import read_gold

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


def extracted(folder: Path) -> Path:
    """Extract the texts of a folder's gold files; return the file of records."""
    extractor = pipeline.load()
    records = HOME / "outputs" / "scores" / f"{folder.resolve().name}.jsonl"
    records.parent.mkdir(parents=True, exist_ok=True)
    with records.open("w", encoding="utf-8") as out:
        for file in sorted(folder.glob("*.gold")):
            out.write(extractor.extract(read_gold(file).text, id=file.stem).to_json() + "\n")
    return records


def below(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return what is below its floor, one line each; a figure that is missing or no number is below."""
    return [
        f"{name} is {figures.get(name)}, its floor is {floor}"
        for name, floor in floors.items()
        if not figures.get(name, -1.0) >= floor
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; return 0 where all is well, 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--floors", action="store_true")
    options = parser.parse_args(arguments)
    if not any(options.gold.glob("*.gold")):
        parser.error(f"there is no gold file in {options.gold}")
    records = extracted(options.gold)
    command = [sys.executable, str(options.scorer), "--gold", str(options.gold), "--records", str(records), "--json"]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    if figures.pop("absent", []):
        raise SystemExit(f"{options.scorer}: it found no record for some articles")
    for name, value in figures.items():
        floor = FLOORS.get(name) if options.floors else None
        print(f"{name:24s} {value:.3f}" + (f"  (floor {floor:.2f})" if floor is not None else ""))
    broken = below(figures, FLOORS) if options.floors else []
    for line in broken:
        print(f"TOO LOW: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
