"""Shards: files of many records or texts, JSON Lines each, that are whole or not there.

A shard is written under a temporary name, synced to disk, renamed; only then the manifest names it. Whatever a killed run
left is a file that no manifest names: `sweep` removes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.workspace.errors import WorkspaceError

__all__ = ["RECORDS", "TEXTS", "Slice", "read_line", "shard_path", "sweep", "text_line", "write_shard"]

RECORDS, TEXTS = "records", "texts"
_PER_FOLDER = 1000  # a folder with a hundred thousand files is slow everywhere


@dataclass(frozen=True, slots=True)
class Slice:
    """Where a line stands in a shard, in bytes, without its line end."""

    shard: int
    start: int
    length: int


def shard_path(folder: Path, room: str, number: int) -> Path:
    """Return the file of one shard; `room` is RECORDS or TEXTS."""
    return folder / room / f"{number // _PER_FOLDER:04d}" / f"{number:07d}.jsonl"


def text_line(key: str, text: str) -> bytes:
    """Return the line of a text: letters as they are, unless one (half a surrogate pair) cannot be written so."""
    row = {"key": key, "text": text}
    try:
        return json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(row).encode("ascii")


def write_shard(path: Path, lines: Iterable[bytes]) -> list[tuple[int, int]]:
    """Write a shard and return (start, length) of each line. Raises OSError; then nothing stands under the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    places: list[tuple[int, int]] = []
    start = 0
    try:
        with open(temporary, "wb") as file:
            for line in lines:
                file.write(line)
                file.write(b"\n")
                places.append((start, len(line)))
                start += len(line) + 1
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return places


def read_line(folder: Path, room: str, place: Slice) -> dict[str, Any]:
    """Return the object of one line. Raises WorkspaceError naming the shard where it is missing or damaged."""
    path = shard_path(folder, room, place.shard)
    try:
        with open(path, "rb") as file:
            file.seek(place.start)
            row = json.loads(file.read(place.length))
    except (OSError, ValueError) as error:
        raise WorkspaceError(
            f"{path}: bytes {place.start} to {place.start + place.length} cannot be read ({error}); "
            "get the file back from a copy, or make the workspace anew with `hamkor ingest`"
        ) from error
    if not isinstance(row, dict):
        raise WorkspaceError(f"{path}: no record at byte {place.start}; get the file back from a copy")
    return row


def sweep(folder: Path, known: Iterable[int]) -> int:
    """Remove the shards that the manifest does not name, whole or half; return how many files went."""
    kept = {shard_path(folder, room, number) for number in known for room in (RECORDS, TEXTS)}
    gone = 0
    for room in (RECORDS, TEXTS):
        for path in (folder / room).glob("*/*"):
            if path not in kept:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _sync_folder(folder: Path) -> None:
    """Make a rename last. Windows has no handle of a folder, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
