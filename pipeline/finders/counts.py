"""Copy counts: how many things, of what unit, what was done with them, from whom, to whom, by whom."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Count"]


@dataclass(frozen=True, slots=True)
class Count:
    first: int
