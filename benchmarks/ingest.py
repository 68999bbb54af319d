"""How fast a workspace is fed: articles and megabytes a second, peak memory, 1 and 2 processes, cold and warm; plain spaCy and Natasha on the same text.

    python benchmarks/ingest.py [--articles 1000 10000] [--processes 1 2] [--rounds 1] [--others 500] [--folder FOLDER] [--json FILE]

The articles are generated from the corpus (benchmarks/articles.py). *Cold* is the first run into a new workspace, workers' start included; *warm* the
second over the same files, none of them changed. Megabytes are 1,000,000 bytes of UTF-8. Each measurement is a program of its own; its memory is that of
all its processes together at its peak, its CPU seconds those of all of them, *parent* those of the first process alone. On a machine that has other work, compare
CPU seconds. Python's byte code is compiled before, as it is where a package was installed. A round measures each number of processes
in turn, so that what else the machine does falls on all alike; of more rounds (--rounds) the fastest counts.

The others do less: spaCy's `nlp.pipe` with a tokenizer for many languages, sentences, and an NER of the usual size (weights untrained: they cost
the same), Natasha with its segmenter and NER (Russian). Neither writes anything, knows institutions, or finds dates, counts and agreements.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from articles import made, write_folder

HOME = Path(__file__).resolve().parent.parent


def watched(call: list[str], compiled: Path | None = None) -> dict[str, float]:
    """Run a program; return its wall and CPU seconds (`parent`: of the first process alone) and its peak memory (MB). The programs that it starts are
    counted in. compiled: where byte code is kept."""
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    if compiled is not None:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    begun = time.monotonic()
    process = subprocess.Popen(call, cwd=HOME, stdout=subprocess.DEVNULL, env=environment)
    watched_ = psutil.Process(process.pid)
    peak = parent = 0.0
    usage = None
    while usage is None:
        with contextlib.suppress(psutil.Error):
            times = watched_.cpu_times()
            parent = max(parent, times.user + times.system)
            peak = max(peak, sum(one.memory_info().rss for one in (watched_, *watched_.children(recursive=True))) / 1e6)
        ended, status, found = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            usage = found
        else:
            time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{call} ended with {process.returncode}")
    cpu = usage.ru_utime + usage.ru_stime
    return {"seconds": time.monotonic() - begun, "cpu": cpu, "parent": parent, "memory": peak}


def rated(found: dict[str, float], articles: int, size: int) -> dict[str, Any]:
    """Return the measurement with its rates."""
    return {
        "articles": articles,
        "articles/s": round(articles / found["seconds"], 1),
        "MB/s": round(size / 1e6 / found["seconds"], 3),
        "MB/CPU-s": round(size / 1e6 / found["cpu"], 3),
        "seconds": round(found["seconds"], 2),
        "CPU seconds": round(found["cpu"], 2),
        "parent": round(found["parent"], 2),
        "peak MB": round(found["memory"]),
    }


def ingestion(folder: Path, counts: list[int], processes: list[int], rounds: int) -> dict[str, Any]:
    """Return cold and warm runs for each number of articles and processes."""
    found: dict[str, Any] = {}
    first = folder / "first"
    write_folder(first, 1, seed=0)
    watched(_call(first, folder / "workspace-first", 1), folder / "compiled")
    for count in counts:
        source = folder / f"articles-{count}"
        size = write_folder(source, count)
        runs: dict[int, list[tuple[dict[str, float], dict[str, float]]]] = {workers: [] for workers in processes}
        for round_ in range(rounds):
            for workers in processes:
                call = _call(source, folder / f"workspace-{count}-{workers}-{round_}", workers)
                runs[workers].append((watched(call, folder / "compiled"), watched(call, folder / "compiled")))
                print(
                    json.dumps({f"{count} articles, {workers} processes": runs[workers][-1]}),
                    file=sys.stderr,
                    flush=True,
                )
        alone = 0.0
        for workers, times in runs.items():
            cold, warm = (min(pair, key=lambda one: one["seconds"]) for pair in zip(*times, strict=True))
            alone = alone or cold["seconds"]
            found[f"{count} articles, {workers} processes"] = {
                "cold": rated(cold, count, size),
                "warm": rated(warm, count, size),
                "warm is faster": round(cold["seconds"] / warm["seconds"], 1),
                f"faster than {processes[0]}": round(alone / cold["seconds"], 2),
            }
    return found


def _call(source: Path, workspace: Path, workers: int) -> list[str]:
    program = [sys.executable, "-m", "pipeline.cli", "ingest", str(source), "--into", str(workspace)]
    return [*program, "--workers", str(workers), "--quiet"]


def others(count: int) -> dict[str, Any]:
    """Return plain spaCy and Natasha, each in a program of its own."""
    size = sum(len(text.encode()) for _, text in made(count))
    return {
        name: rated(watched([sys.executable, __file__, "--alone", name, "--others", str(count)]), count, size)
        for name in ALONE
    }


def spacy_alone(count: int) -> None:
    """Put the articles through `nlp.pipe`."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    ner = nlp.add_pipe("ner")
    ner.add_label("INSTITUTION")  # type: ignore[attr-defined]
    nlp.initialize(
        lambda: [Example.from_dict(nlp.make_doc("The British Library"), {"entities": [(4, 19, "INSTITUTION")]})]
    )
    for doc in nlp.pipe((text for _, text in made(count)), batch_size=64):
        assert doc.has_annotation("SENT_START")


def natasha_alone(count: int) -> None:
    """Put the articles through Natasha's segmenter and NER."""
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())
    for _, text in made(count):
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)


ALONE: dict[str, Callable[[int], None]] = {"spaCy nlp.pipe": spacy_alone, "Natasha": natasha_alone}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--others", type=int, default=500, help="articles for the others; 0 for none")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alone", choices=list(ALONE), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        ALONE[given.alone](given.others)
        return
    folder = given.folder or Path(tempfile.mkdtemp())
    found = {"hamkor ingest": ingestion(folder, given.articles, given.processes, given.rounds)}
    if given.others:
        found |= others(given.others)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
