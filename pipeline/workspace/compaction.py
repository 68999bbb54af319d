"""Shards in which little stands any more: what still stands in them is written into a new one, and they are left empty; the next run removes them.

It goes as any write does: the new shard is whole and synced before one transaction says that the lines are there. Killed at any moment, either the old
place counts or the new one. Readers lose nothing, because the old files stay until the next run begins.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.workspace.database import transaction
from pipeline.workspace.shards import RECORDS, TEXTS, shard_path, write_shard

__all__ = ["compact"]

_LITTLE = 0.5  # of the bytes of a shard; what is moved is at most as much as what is won
_BYTES = 16 * 1024**2  # of a new shard
_SPARSE = (
    "SELECT s.number FROM shards s JOIN articles a ON a.shard = s.number GROUP BY s.number "
    "HAVING sum(a.length + a.text_length + 2) < ? * (s.bytes + s.text_bytes) ORDER BY s.number"
)


@dataclass(slots=True)
class _Load:
    """Lines on their way to a new shard, with the numbers of their articles."""

    articles: list[int] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)

    def size(self) -> int:
        return sum(map(len, self.records)) + sum(map(len, self.texts))


def compact(folder: Path, connection: sqlite3.Connection, *, run: int, number: Callable[[], int]) -> int:
    """Empty the shards of a workspace in which less than half stands; return how many. run: that does it; number: gives a number that no shard has had.

    A shard that cannot be read stays as it is: whoever asks for its records is told. Raises OSError where the new one cannot be written.
    """
    emptied = 0
    load = _Load()
    for (shard,) in connection.execute(_SPARSE, (_LITTLE,)).fetchall():
        if _take(folder, connection, shard, load):
            emptied += 1
        if load.size() > _BYTES:
            _put(folder, connection, load, run=run, number=number())
            load = _Load()
    if load.articles:
        _put(folder, connection, load, run=run, number=number())
    return emptied


def _take(folder: Path, connection: sqlite3.Connection, shard: int, load: _Load) -> bool:
    rows = connection.execute(
        "SELECT number, start, length, text_start, text_length FROM articles WHERE shard = ? ORDER BY start", (shard,)
    ).fetchall()
    try:
        with (
            open(shard_path(folder, RECORDS, shard), "rb") as records,
            open(shard_path(folder, TEXTS, shard), "rb") as texts,
        ):
            lines = []
            for _, start, length, text_start, text_length in rows:
                records.seek(start)
                texts.seek(text_start)
                lines.append((records.read(length), texts.read(text_length)))
    except OSError:
        return False
    for row, (record, text) in zip(rows, lines, strict=True):
        if len(record) != row["length"] or len(text) != row["text_length"]:
            return False
    load.articles += [row["number"] for row in rows]
    load.records += [record for record, _ in lines]
    load.texts += [text for _, text in lines]
    return True


def _put(folder: Path, connection: sqlite3.Connection, load: _Load, *, run: int, number: int) -> None:
    texts = write_shard(shard_path(folder, TEXTS, number), load.texts)
    records = write_shard(shard_path(folder, RECORDS, number), load.records)
    sizes = [sum(map(len, lines)) + len(lines) for lines in (load.records, load.texts)]
    with transaction(connection):
        connection.execute("INSERT INTO shards VALUES (?, ?, ?, ?, ?)", (number, run, len(records), *sizes))
        connection.executemany(
            "UPDATE articles SET shard = ?, start = ?, length = ?, text_start = ?, text_length = ? WHERE number = ?",
            [
                (number, *record, *text, article)
                for article, record, text in zip(load.articles, records, texts, strict=True)
            ],
        )
