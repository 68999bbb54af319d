"""The bootstrap over documents (Efron 1979): how far a figure would move if other documents of the same kind had been measured.

The counts of a document stand in one large integer, 32 bits each, so that a resample of 500 documents is one sum of 500 integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from struct import unpack

__all__ = ["Packed", "centred", "draws", "interval", "significance"]

_BYTES = 4
_SEED = 20_240_601


class Packed:
    """Rows of counts (none negative, all rows as long), of which sums over any rows are wanted. No sum may reach 2 ** 32."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self._bytes = _BYTES * len(rows[0]) if rows else 0
        self._rows = [int.from_bytes(b"".join(count.to_bytes(_BYTES, "little") for count in row), "little") for row in rows]  # fmt: skip

    def total(self, drawn: Sequence[int]) -> list[int]:
        """Return the sums over the rows at the positions `drawn`, with repetitions."""
        packed = sum(map(self._rows.__getitem__, drawn)) if self._rows else 0
        data = packed.to_bytes(self._bytes, "little")
        return list(unpack(f"<{self._bytes // _BYTES}I", data))


def draws(size: int, resamples: int) -> Iterator[list[int]]:
    """Yield the positions of each resample: `size` of range(size), with repetitions. Always the same for the same arguments."""
    random = Random(_SEED)
    positions = range(size)
    for _ in range(resamples):
        yield random.choices(positions, k=size)


def centred(values: Sequence[float], estimate: float) -> list[float]:
    """Return resamples of an estimate without their bias, their mean less the estimate (Efron and Tibshirani 1993, chapter 10).

    It matters for what documents share: a resample has fewer different ones, so that clusters over documents come out better than they are.
    """
    bias = sum(values) / len(values) - estimate if values else 0.0
    return [value - bias for value in values]


def interval(values: Sequence[float], *, least: float = 0.0, most: float = 1.0) -> tuple[float, float] | None:
    """Return the 95 % percentile interval, kept within [least, most]; None of no values. Between two ranks the value is interpolated."""
    if not values:
        return None
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        value = ordered[below] + (ordered[above] - ordered[below]) * (place - below)
        return min(max(value, least), most)

    return at(0.025), at(0.975)


def significance(values: Sequence[float]) -> float | None:
    """Return how often chance alone moves a difference so far: twice the smaller share of resamples on either side of 0; None of no values.

    It is the level at which the percentile interval just touches 0.
    """
    if not values:
        return None
    below, above = sum(value <= 1e-12 for value in values), sum(value >= -1e-12 for value in values)
    return min(1.0, 2 * (1 + min(below, above)) / (1 + len(values)))
