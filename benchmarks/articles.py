"""Articles made of the sentences of the corpus, as many as wanted: what the benchmarks of ingestion feed on.

Each is written in one language and script: sentences drawn from the plain texts of corpus/articles and from the gold of corpus/train, every
number with new digits, so that no two are near-duplicates. The same seed makes the same articles.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.evaluation.gold import GoldError, read_gold

__all__ = ["made", "write_folder"]

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_NUMBER = re.compile(r"\d+")


def sentences() -> dict[str, list[str]]:
    """Return the sentences of the corpus by language and script, as the names of its files say them."""
    found: dict[str, list[str]] = {}
    for path in sorted(CORPUS.glob("articles/*.txt")):
        found.setdefault(path.name[:3], []).extend(_SENTENCE.split(path.read_bytes().decode("utf-8", "ignore")))
    for path in sorted(CORPUS.glob("train/*.gold")):
        try:
            found.setdefault(path.name[:3], []).extend(_SENTENCE.split(read_gold(path).text))
        except GoldError:
            continue
    return {language: [line for line in lines if len(line) > 30] for language, lines in found.items()}


def made(count: int, *, seed: int = 1, length: tuple[int, int] = (8, 30)) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of so many articles; length: the fewest and most sentences of one."""
    pool = sentences()
    languages = sorted(pool)
    random_ = random.Random(seed)
    for number in range(count):
        language = languages[number % len(languages)]
        drawn = random_.sample(pool[language], random_.randint(*length))
        text = "\n".join(" ".join(drawn[start : start + 4]) for start in range(0, len(drawn), 4))
        yield f"{language}-{number:07d}.txt", _NUMBER.sub(lambda match: _other(match[0], random_), text) + "\n"


def write_folder(folder: Path, count: int, *, seed: int = 1, length: tuple[int, int] = (8, 30)) -> int:
    """Write so many articles, a thousand to a folder; return their bytes. What is there already is kept."""
    size = 0
    for number, (name, text) in enumerate(made(count, seed=seed, length=length)):
        path = folder / f"{number // 1000:04d}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        size += len(data)
        if not path.exists():
            path.write_bytes(data)
    return size


def _other(digits: str, random_: random.Random) -> str:
    """Another number as long; a year stays one of these times."""
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return str(random_.randint(1990, 2025))
    return str(random_.randint(1, 9)) + "".join(str(random_.randint(0, 9)) for _ in digits[1:])
