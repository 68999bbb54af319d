"""The weights of a ranker, found by stochastic gradient steps of a size of their own for each clue (AdaGrad, Duchi, Hazan, Singer 2011), with a
penalty on squares. Nothing but Python; the same lessons give the same weights.
"""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from pipeline.relations.ranker import Ranker, shares

__all__ = ["Lesson", "Settings", "learn"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The clues of each candidate, and which candidate is right."""

    candidates: Sequence[Sequence[str]]
    right: int


@dataclass(frozen=True, slots=True)
class Settings:
    """`rounds` over all lessons, in batches of `batch`, with steps of `rate`; `penalty` on squares; a clue counts that `least` lessons have."""

    rounds: int
    rate: float
    batch: int
    penalty: float
    least: int
    seed: int


def learn(lessons: Sequence[Lesson], settings: Settings) -> Ranker:
    """Return the ranker that lessons teach. Time grows with the clues of all lessons, times the rounds."""
    seen = Counter(clue for lesson in lessons for clue in {clue for clues in lesson.candidates for clue in clues})
    numbers = {
        clue: number for number, clue in enumerate(sorted(c for c, times in seen.items() if times >= settings.least))
    }
    taught = [
        ([[numbers[clue] for clue in clues if clue in numbers] for clues in lesson.candidates], lesson.right)
        for lesson in lessons
    ]
    weights, squares = array("d", bytes(8 * len(numbers))), array("d", bytes(8 * len(numbers)))
    last = array("l", bytes(8 * len(numbers)))  # the batch after which the penalty of each weight was last paid
    order, shuffle, now = list(range(len(taught))), random.Random(settings.seed), 0
    toll = settings.rate * settings.penalty * settings.batch / max(settings.batch, len(taught))  # of a batch

    def pay(clue: int) -> None:
        """Shrink a weight by the penalty of all batches since it was last seen."""
        if squares[clue]:
            weights[clue] /= 1.0 + toll * (now - last[clue]) / sqrt(squares[clue])
        last[clue] = now

    for _ in range(settings.rounds):
        shuffle.shuffle(order)
        for begin in range(0, len(order), settings.batch):
            batch = [taught[index] for index in order[begin : begin + settings.batch]]
            for clue in {clue for candidates, _ in batch for clues in candidates for clue in clues}:
                pay(clue)
            steps: dict[int, float] = {}
            for candidates, right in batch:
                for clues, share in zip(candidates, _gradient(weights, candidates, right), strict=True):
                    for clue in clues:
                        steps[clue] = steps.get(clue, 0.0) + share
            for clue, step in steps.items():
                step /= len(batch)
                squares[clue] += step * step
                weights[clue] -= settings.rate * step / (sqrt(squares[clue]) + 1e-10)
            now += 1
    for clue in range(len(numbers)):
        pay(clue)
    return Ranker({clue: weights[number] for clue, number in numbers.items()})


def _gradient(weights: Sequence[float], candidates: Sequence[Sequence[int]], right: int) -> list[float]:
    """Return the gradient of the loss by the score of each candidate: its probability, less 1 where it is the right one."""
    gradient = shares([sum(weights[clue] for clue in clues) for clues in candidates])
    gradient[right] -= 1.0
    return gradient
