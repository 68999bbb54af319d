"""A log-linear ranker (conditional logit, McFadden 1974): each candidate is a bag of clues, each clue has a weight, and the probability of a
candidate is its share of the exponentials of the sums. Read with nothing but Python.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from math import exp, log
from pathlib import Path

from pipeline.languages.lexicon import DataError

__all__ = ["Ranker", "about", "by_class", "logarithms", "read_rankers", "shares", "write_rankers"]

_FORMAT = 1
_UNIT = 1000  # weights are kept as whole thousandths


class Ranker:
    """Weights of clues; a clue without one weighs nothing."""

    __slots__ = ("weights",)

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def score(self, clues: Iterable[str]) -> float:
        """Return the sum of the weights of a candidate's clues."""
        return sum(map(self.weights.get, clues, repeat(0.0)))

    def probabilities(self, candidates: Sequence[Iterable[str]]) -> list[float]:
        """Return the probability of each candidate, given by its clues; they sum to 1. Raises ValueError where there is none."""
        return shares([self.score(clues) for clues in candidates])


def by_class(weights: Mapping[str, float], names: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return for each class, by its name, the weights of the clues that it shares with others: those that begin with its name and a blank.

    >>> by_class({"held long": 1.0, "held": 2.0, "sold long": 3.0}, ("held", "lent"))
    {'held': {'long': 1.0}, 'lent': {}}
    """
    tables: dict[str, dict[str, float]] = {name: {} for name in names}
    for clue, weight in weights.items():  # once for all classes: there are tens of thousands
        name, blank, rest = clue.partition(" ")
        if blank and name in tables:
            tables[name][rest] = weight
    return tables


def shares(scores: Sequence[float]) -> list[float]:
    """Return what scores are worth as probabilities (softmax). Raises ValueError where there is none."""
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def logarithms(scores: Sequence[float]) -> list[float]:
    """Return the logarithms of the `shares` of scores. Raises ValueError where there is none."""
    top = max(scores)
    total = top + log(sum(exp(score - top) for score in scores))
    return [score - total for score in scores]


def about(number: int, *, most: int) -> int:
    """Return the power of two at or above a number, at most `most`: in clues, numbers that are about the same are one.

    >>> [about(number, most=16) for number in (-1, 0, 1, 3, 8, 90)]
    [0, 0, 1, 4, 8, 16]
    """
    return 0 if number <= 0 else min(most, 1 << (number - 1).bit_length())


def read_rankers(file: Path) -> dict[str, Ranker]:
    """Return the rankers of a file that `write_rankers` wrote, by name. Raises DataError with the remedy."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as source:
            read = json.load(source)
        if read["format"] != _FORMAT:
            raise DataError(f"it has the format {read['format']}, this hamkor reads {_FORMAT}")
        return {
            name: Ranker({clue: weight / _UNIT for clue, weight in zip(table["clues"], table["weights"], strict=True)})
            for name, table in read["rankers"].items()
        }
    except (DataError, OSError, EOFError, KeyError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DataError(
            f"{file}: cannot be loaded: {reason}; make it anew with `hamkor train --engine relations`"
        ) from error


def write_rankers(file: Path, rankers: Mapping[str, Ranker]) -> None:
    """Write rankers to a file; the same rankers give the same bytes. Weights that round to nothing are left out."""
    tables = {}
    for name, ranker in sorted(rankers.items()):
        kept = sorted((clue, round(weight * _UNIT)) for clue, weight in ranker.weights.items())
        kept = [(clue, weight) for clue, weight in kept if weight]
        tables[name] = {"clues": [clue for clue, _ in kept], "weights": [weight for _, weight in kept]}
    text = json.dumps({"format": _FORMAT, "rankers": tables}, ensure_ascii=False, separators=(",", ":"))
    with file.open("wb") as target, gzip.GzipFile("", "wb", 9, target, mtime=0) as packed:
        packed.write(text.encode())
