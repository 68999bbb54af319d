"""Passages: a few sentences each, with gold as an article has it; many in one file, a line `=====` between two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.evaluation.gold import Gold, GoldError, parse_gold

__all__ = ["read_passages"]

_BETWEEN = re.compile(r"^=====[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read_passages(path: Path) -> tuple[list[Gold], list[GoldError]]:
    """Return the passages of a file, and what is wrong with those that cannot be read. Raises OSError where the file cannot be read.

    The id of a gold is the file's name without its ending and the number of the passage in the file, from 1: `uzl-01/12`. An error's line is one of the file.
    """
    data = path.read_bytes()
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [], [GoldError(path.name, line, "not UTF-8; save it as UTF-8")]
    passages: list[Gold] = []
    errors: list[GoldError] = []
    for number, (line, part) in enumerate(_parts(source), start=1):
        if not part.strip():
            errors.append(GoldError(path.name, line, f"passage {number} is empty; take out a line `=====`"))
            continue
        try:
            passages.append(replace(parse_gold(part), id=f"{path.stem}/{number}"))
        except GoldError as error:
            reason = f"passage {number}: {error.reason}; mend the passage, or take it out"
            errors.append(GoldError(path.name, line + error.line - 1, reason))
    return passages, errors


def _parts(source: str) -> Iterator[tuple[int, str]]:
    """Yield what stands between the separating lines, with the line of the file, from 1, on which it begins."""
    start = 0
    for separator in (*_BETWEEN.finditer(source), None):
        end = len(source) if separator is None else separator.start()
        yield source.count("\n", 0, start) + 1, source[start:end]
        if separator is not None:
            start = separator.end()
