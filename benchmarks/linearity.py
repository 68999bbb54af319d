"""Time against length on hostile repetition: each stage on a piece repeated to n and to 4n characters, side by side.

    python benchmarks/linearity.py

A linear stage shows a ratio near 4; a quadratic one shows 16. Process time of this one process; run it on a quiet machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from pipeline.extraction import Extractor, load
from pipeline.finders.dates import find_dates
from pipeline.text.document import prepare
from pipeline.text.passages import passages
from pipeline.text.repair import repair
from pipeline.text.tokens import tokenize
from pipeline.text.transliteration import to_cyrillic, to_latin

PIECES = (
    "к о м а н ", "-\n", "а-\n", "\n", "Р ", "и\u0306", "слово\n12\nслово\n", "a'", ". ", "A. ", "«", "of\nA\n", "2014-", "since the ", "5, 7 и 9 мая, ",
    "тысяча ", "Milliy ", "Музей ", "National Museum of ", "Oʻzbekiston va ", "между музеем и ", "12 нусха ",
)  # fmt: skip
LENGTH = 20_000


def _whole(text: str) -> object:
    return _extractor().find(text)


@cache
def _extractor() -> Extractor:
    return load()


STAGES: dict[str, Callable[[str], object]] = {
    "repair": repair,
    "passages": passages,
    "tokenize": tokenize,
    "to_latin": to_latin,
    "to_cyrillic": to_cyrillic,
    "dates": lambda text: find_dates(prepare(text)),
    "all": _whole,
}


def _seconds(stage: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    stage(text)
    return time.process_time() - begin


def main() -> None:
    """Print a row for each piece: seconds at 4n and the ratio to n, stage by stage."""
    _whole("to load everything")
    print(f"{'piece':24s}" + "".join(f"{name:>18s}" for name in STAGES))
    for piece in PIECES:
        small, large = (piece * (size // len(piece)) for size in (LENGTH, 4 * LENGTH))
        row = f"{piece!r:24.24s}"
        for stage in STAGES.values():
            one, four = _seconds(stage, small), _seconds(stage, large)
            row += f"{four:9.3f} s {four / max(one, 1e-6):5.1f}x"
        print(row, flush=True)


if __name__ == "__main__":
    main()
