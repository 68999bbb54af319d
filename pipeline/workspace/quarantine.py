"""Quarantine: the bytes of the articles that failed, each with what went wrong, so that they can be looked at, mended and sent with a report."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pipeline.workspace.work import Outcome, Task

__all__ = ["Quarantine"]

_LARGEST = 10_000_000  # bytes of an article that are kept


class Quarantine:
    """The folder `quarantine/`: KEY.json for each article that failed, and KEY.bin with its bytes, up to 10 MB of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "quarantine"

    def put(self, task: Task, outcome: Outcome) -> None:
        """Keep an article that failed. Raises OSError."""
        path = self._path(task.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        row = {
            "key": task.key.hex(),
            "source": task.name,
            "bytes": len(task.data),
            "state": outcome.state,
            "type": outcome.error_type,
            "error": outcome.error,
        }
        _write(path.with_suffix(".bin"), task.data[:_LARGEST])
        _write(
            path.with_suffix(".json"),
            (json.dumps(row, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"),
        )

    def release(self, key: bytes) -> None:
        """The article succeeded, or is gone."""
        for suffix in (".json", ".bin"):
            self._path(key).with_suffix(suffix).unlink(missing_ok=True)

    def _path(self, key: bytes) -> Path:
        name = key.hex()
        return self.folder / name[:2] / name


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(data)
    os.replace(temporary, path)
