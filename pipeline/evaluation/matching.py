"""Found spans paired with wanted ones, one to one: exact pairs first, then wanted before optional, then the largest share of common characters.

Two pairs that are alike in all of this are told apart by the order of the two sequences, the later one first; callers bring both into an order that
does not depend on how a file happens to list them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Pair", "Pairing", "Span", "overlaps", "paired"]


class Span(Protocol):
    """[start, end) in code points."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions in the two sequences, and whether the spans are the same."""

    found: int
    wanted: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pairs, best first; the positions of what was found besides (spurious, or only touching something optional), and of what was missed."""

    pairs: tuple[Pair, ...]
    spurious: tuple[int, ...]
    tolerated: tuple[int, ...]
    missed: tuple[int, ...]


def paired(found: Sequence[Span], wanted: Sequence[Span], optional: Sequence[bool]) -> Pairing:
    """Return the pairing; `optional` says for each wanted span whether it is neither wanted nor wrong: then it is never missed.

    Time grows with the spans and with the number of overlaps between them.
    """
    candidates: list[tuple[bool, bool, float, int, int]] = []
    touching: set[int] = set()
    for mine, other in overlaps(found, wanted):
        a, b = found[mine], wanted[other]
        exact = (a.start, a.end) == (b.start, b.end)
        share = (min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start))
        candidates.append((exact, not optional[other], share, mine, other))
        if optional[other]:
            touching.add(mine)
    taken_found: set[int] = set()
    taken_wanted: set[int] = set()
    pairs: list[Pair] = []
    for exact, _, _, mine, other in sorted(candidates, reverse=True):
        if mine not in taken_found and other not in taken_wanted:
            taken_found.add(mine)
            taken_wanted.add(other)
            pairs.append(Pair(mine, other, exact))
    left = [mine for mine in range(len(found)) if mine not in taken_found]
    return Pairing(
        tuple(pairs),
        tuple(mine for mine in left if mine not in touching),
        tuple(mine for mine in left if mine in touching),
        tuple(other for other in range(len(wanted)) if other not in taken_wanted and not optional[other]),
    )


def overlaps(found: Sequence[Span], wanted: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the positions of each found and wanted span that have a character in common, in the order of the found spans' starts."""
    ahead = sorted(range(len(wanted)), key=lambda other: wanted[other].start, reverse=True)
    open_: list[int] = []
    for mine in sorted(range(len(found)), key=lambda mine: found[mine].start):
        start, end = found[mine].start, found[mine].end
        while ahead and wanted[ahead[-1]].start < end:
            open_.append(ahead.pop())
        open_ = [other for other in open_ if wanted[other].end > start]
        for other in open_:
            if wanted[other].start < end and start < end and wanted[other].start < wanted[other].end:
                yield mine, other
