"""How fast a workspace is fed: articles and megabytes a second, peak memory, 1 and 2 processes, cold and warm; plain spaCy and Natasha on the same text.

    python benchmarks/ingest.py [--articles 1000 10000] [--processes 1 2] [--others 500] [--folder FOLDER] [--json FILE]

The articles are generated from the corpus (benchmarks/articles.py). *Cold* is the first run into a new workspace, workers' start included; *warm* the
second over the same files, none of them changed. Megabytes are 1,000,000 bytes of UTF-8. Each measurement is a program of its own; its memory is that of
all its processes together at its peak, its CPU seconds those of all of them. On a machine that has other work, compare CPU seconds.

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


def watched(call: list[str]) -> dict[str, float]:
    """Run a program; return its wall and CPU seconds and its peak memory (MB). The programs that it starts are counted in."""
    begun = time.monotonic()
    process = subprocess.Popen(call, cwd=HOME, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(HOME)})
    watched_ = psutil.Process(process.pid)
    peak = 0.0
    usage = None
    while usage is None:
        with contextlib.suppress(psutil.Error):
            peak = max(peak, sum(one.memory_info().rss for one in (watched_, *watched_.children(recursive=True))) / 1e6)
        ended, status, found = os.wait4(process.pid, os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(status)
            usage = found
        else:
            time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{call} ended with {process.returncode}")
    return {"seconds": time.monotonic() - begun, "cpu": usage.ru_utime + usage.ru_stime, "memory": peak}


def rated(found: dict[str, float], articles: int, size: int) -> dict[str, Any]:
    """Return the measurement with its rates."""
    return {
        "articles": articles,
        "articles/s": round(articles / found["seconds"], 1),
        "MB/s": round(size / 1e6 / found["seconds"], 3),
        "MB/CPU-s": round(size / 1e6 / found["cpu"], 3),
        "seconds": round(found["seconds"], 2),
        "CPU seconds": round(found["cpu"], 2),
        "peak MB": round(found["memory"]),
    }


def ingestion(folder: Path, counts: list[int], processes: list[int]) -> dict[str, Any]:
    """Return cold and warm runs for each number of articles and processes."""
    found: dict[str, Any] = {}
    for count in counts:
        source = folder / f"articles-{count}"
        size = write_folder(source, count)
        for workers in processes:
            workspace = folder / f"workspace-{count}-{workers}"
            call = [
                sys.executable,
                "-m",
                "pipeline.cli",
                "ingest",
                str(source),
                "--into",
                str(workspace),
                "--workers",
                str(workers),
                "--quiet",
            ]
            cold, warm = rated(watched(call), count, size), rated(watched(call), count, size)
            found[f"{count} articles, {workers} processes"] = {
                "cold": cold,
                "warm": warm,
                "warm is faster": round(cold["seconds"] / warm["seconds"], 1),
            }
            print(json.dumps(found[f"{count} articles, {workers} processes"]), file=sys.stderr, flush=True)
    return found


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
    parser.add_argument("--others", type=int, default=500, help="articles for the others")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--alone", choices=list(ALONE), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        ALONE[given.alone](given.others)
        return
    folder = given.folder or Path(tempfile.mkdtemp())
    found = {"hamkor ingest": ingestion(folder, given.articles, given.processes), **others(given.others)}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
