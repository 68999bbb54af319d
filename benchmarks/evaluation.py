"""How long `hamkor evaluate` takes for 500 articles on one core: gold and records read, judged, resampled a thousand times, by language, compared.

    python benchmarks/evaluation.py [ARTICLES]

The articles are those of corpus/dev, as often as it takes; the records are the program's own, and, for the comparison, those without the gazetteer.
Seconds of processor time of this one process, so that a busy machine does not matter much.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipeline.evaluation.comparison import compare
from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.known import known_names
from pipeline.evaluation.runs import read_golds, read_records
from pipeline.extraction import Extractor, load
from pipeline.records import Record

DEV = Path(__file__).resolve().parent.parent / "corpus" / "dev"
ARTICLES = 500

_T = TypeVar("_T")


def copies(folder: Path, count: int) -> None:
    """Write `count` gold files, the articles of corpus/dev again and again under new numbers."""
    files = sorted(DEV.glob("*.gold"))
    for number in range(count):
        file = files[number % len(files)]
        language, _, genre = file.stem.split("-", 2)
        (folder / f"{language}-{number}-{genre}.gold").write_bytes(file.read_bytes())


def write_records(folder: Path, extractor: Extractor, file: Path) -> None:
    """Write the records of the gold files of a folder; articles that are the same are extracted once."""
    made: dict[str, Record] = {}
    with file.open("w", encoding="utf-8") as out:
        for gold in read_golds([folder]):
            record = made.get(gold.text) or made.setdefault(gold.text, extractor.extract(gold.text))
            document = record.document.model_copy(update={"id": gold.id})
            out.write(record.model_copy(update={"document": document}).to_json() + "\n")


def main() -> None:
    """Print the seconds of each step."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    extractor = load()
    known = known_names(extractor.authorities)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies(folder, count)
        new, old = folder / "new.jsonl", folder / "old.jsonl"
        write_records(folder, extractor, new)
        write_records(folder, extractor.without("gazetteer"), old)

        begin = time.process_time()

        def step(what: str, work: Callable[[], _T]) -> _T:
            start = time.process_time()
            result = work()
            print(f"{what:34s} {time.process_time() - start:7.2f} s")
            return result

        golds = step("gold read", lambda: read_golds([folder]))
        records = step("records read", lambda: read_records(new, golds)[0])
        evaluation = step(
            "judged, 1000 resamples, by language",
            lambda: evaluate(zip(golds, records, strict=True), by=("language",), known=known),
        )
        print(f"{'evaluated':34s} {time.process_time() - begin:7.2f} s")
        before = evaluate(zip(golds, read_records(old, golds)[0], strict=True), resamples=0, known=known)
        step("compared with another run", lambda: compare(before, evaluation))


if __name__ == "__main__":
    main()
