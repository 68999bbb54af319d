"""A board on which a worker writes what it is at, and on which its crew looks when it wants to know: shared memory, so that no article costs a message and nobody is woken."""

from __future__ import annotations

from multiprocessing.context import SpawnContext
from typing import Any

__all__ = ["Board"]

_NOTHING = -1.0


class Board:
    """One worker writes, one crew reads. Times are of `time.monotonic`, which is one clock for all processes of a machine."""

    def __init__(self, context: SpawnContext) -> None:
        self._cells: Any = context.RawArray("d", [_NOTHING, 0.0])

    def write(self, index: int, since: float) -> None:
        """Say that the task of an index is worked at, and since when; time spent on it earlier counts, so `since` may lie before the present step."""
        self._cells[1] = (
            since  # first: who looks in between sees the task before with too late a time, and holds nothing against it
        )
        self._cells[0] = index

    def wipe(self) -> None:
        """Say that nothing is worked at."""
        self._cells[0] = _NOTHING

    def read(self) -> tuple[int, float] | None:
        """Return what is worked at, and since when."""
        index = self._cells[0]
        return None if index == _NOTHING else (int(index), self._cells[1])
