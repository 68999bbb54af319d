"""How fast the extraction is, stage by stage, on one core; whether its time grows with the text only; dateparser beside it.

    python benchmarks/throughput.py [FOLDER] [--ner ENGINE] [--megabytes 4] [--largest 10] [--profile 30] [--json FILE]

FOLDER holds articles (by default corpus/articles); only its plain texts are used. Megabytes are 1,000,000 bytes of UTF-8,
seconds are CPU seconds of this process, so other work on the machine counts little. The extraction is measured article by
article, from the text to the line of JSON, without reading and without writing.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import pipeline
from pipeline import extraction
from pipeline.authority.countries import Atlas
from pipeline.reading import PLAIN, ReadingError, find_sources, read_source
from pipeline.text import document

ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"
MEGA = 1_000_000

# Where the way of an article takes each step, under the name by which it is called there.
STAGES: dict[str, tuple[Any, str]] = {
    "repair": (document, "repair"),
    "passages": (document, "passages"),
    "tokenize": (document, "tokenize"),
    "places": (Atlas, "all"),
    "names": (extraction, "find_names"),
    "link": (extraction, "link"),
    "dates": (extraction, "find_dates"),
    "counts": (extraction, "find_counts"),
    "agreements": (extraction, "find_agreements"),
    "record": (extraction, "_record"),
}


def size(text: str) -> int:
    """Return the bytes of a text in UTF-8."""
    return len(text.encode("utf-8", errors="surrogatepass"))


def texts_of(folder: Path) -> list[str]:
    """Return the plain texts of a folder, in the order of their names."""
    found = []
    for source in find_sources([folder], suffixes=frozenset({".txt"})):
        if isinstance(source, ReadingError):
            raise SystemExit(str(source))
        article = read_source(source)
        if article.media_type == PLAIN:
            found.append(article.text)
    return found


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """Give the CPU seconds spent in each stage while the block runs."""
    spent = dict.fromkeys(STAGES, 0.0)
    originals = {}

    def wrap(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*args: Any, **kwargs: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent[stage] += time.process_time() - begun

        return measured

    for stage, (home, name) in STAGES.items():
        originals[stage] = getattr(home, name)
        setattr(home, name, wrap(stage, originals[stage]))
    try:
        yield spent
    finally:
        for stage, (home, name) in STAGES.items():
            setattr(home, name, originals[stage])


def throughput(extractor: pipeline.Extractor, texts: list[str], *, megabytes: float) -> dict[str, float]:
    """Return MB a second of each stage and of the whole, over the texts again and again until they are so many megabytes."""
    for text in texts:  # the caches of word forms fill: what a long batch sees
        extractor.extract(text)
    done = 0
    begun = time.process_time()
    with timed() as spent:
        for text in cycle(texts):
            extractor.extract(text).to_json()
            done += size(text)
            if done >= megabytes * MEGA:
                break
    total = time.process_time() - begun
    rates = {stage: done / MEGA / max(seconds, 1e-9) for stage, seconds in spent.items()}
    return {**rates, "whole": done / MEGA / total}


def first_sight(texts: list[str], ner: list[str]) -> float:
    """Return MB a second of an extractor that has not seen a text before."""
    extractor = pipeline.load(ner=ner)
    begun = time.process_time()
    for text in texts:
        extractor.extract(text).to_json()
    return sum(map(size, texts)) / MEGA / (time.process_time() - begun)


def linearity(extractor: pipeline.Extractor, texts: list[str], *, largest: float) -> dict[str, dict[str, float]]:
    """Return, for one article of 10 KB, 100 KB ... made by repeating all texts, its MB a second by stage and as a whole."""
    whole = "\n\n".join(texts)
    found = {}
    target = 10_000
    while target <= largest * MEGA:
        article = (whole * (target // size(whole) + 1)).encode()[:target].decode(errors="ignore")
        begun = time.process_time()
        with timed() as spent:
            extractor.extract(article).to_json()
        total = time.process_time() - begun
        rates = {stage: target / MEGA / max(seconds, 1e-9) for stage, seconds in spent.items()}
        found[f"{target // 1000} KB"] = {**rates, "whole": target / MEGA / total}
        target *= 10
    return found


def dateparser_rate(texts: list[str]) -> float:
    """Return MB a second of `dateparser.search.search_dates` over the texts, its languages given, as a passage tells them."""
    from dateparser.search import search_dates

    from pipeline.text.passages import passages

    known = {"uz", "ru", "en"}
    given = [sorted({part.language for part in passages(text)} & known) or ["en"] for text in texts]
    search_dates("1 May 2020", languages=["en", "ru", "uz"])  # its data is loaded
    begun = time.process_time()
    for text, languages in zip(texts, given, strict=True):
        search_dates(text, languages=languages)
    return sum(map(size, texts)) / MEGA / (time.process_time() - begun)


def profile(extractor: pipeline.Extractor, texts: list[str], *, lines: int) -> None:
    """Print the functions that take most time of their own."""
    profiler = cProfile.Profile()
    profiler.enable()
    for text in texts * 5:
        extractor.extract(text).to_json()
    profiler.disable()
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ARTICLES)
    parser.add_argument("--megabytes", type=float, default=4, help="how much text is run through the stages")
    parser.add_argument("--ner", action="append", default=[], help="an engine that votes too (hamkor); none by default")
    parser.add_argument("--largest", type=float, default=10, help="the largest single article, in MB")
    parser.add_argument("--profile", type=int, metavar="LINES", help="show where the time goes instead")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    options = parser.parse_args()
    texts = texts_of(options.folder)
    begun = time.process_time()
    extractor = pipeline.load(ner=options.ner)
    load = time.process_time() - begun
    if options.profile:
        profile(extractor, texts, lines=options.profile)
        return
    figures: dict[str, Any] = {"load seconds": load, "first sight": first_sight(texts, options.ner)}
    print(
        f"{len(texts)} articles of {options.folder.name}, {sum(map(size, texts)) / 1000:.0f} KB; loading took {load:.1f} s\n"
    )
    figures["stages"] = throughput(extractor, texts, megabytes=options.megabytes)
    print(f"{options.megabytes:g} MB, article by article, MB a second of one core:")
    for stage, rate in figures["stages"].items():
        print(f"  {stage:12s} {rate:8.2f}")
    print(f"  {'first sight':12s} {figures['first sight']:8.2f}   (the whole, word forms not seen before)")
    figures["dateparser"] = dateparser_rate(texts)
    ratio = figures["stages"]["dates"] / figures["dateparser"]
    print(
        f"  {'dateparser':12s} {figures['dateparser']:8.3f}   (search_dates, languages given; hamkor's dates: {ratio:.0f} times)\n"
    )
    print("one article made by repeating, MB a second of one core:")
    figures["linearity"] = linearity(extractor, texts, largest=options.largest)
    print("  " + " " * 12 + "".join(f"{name:>10s}" for name in figures["linearity"]))
    for stage in (*STAGES, "whole"):
        print(f"  {stage:12s}" + "".join(f"{rates[stage]:10.2f}" for rates in figures["linearity"].values()))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
