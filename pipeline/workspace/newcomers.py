"""Articles of which the manifest knows neither the bytes nor a source: nearly all of a first run. They go in together, one statement a table, each in the order of its key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.workspace.sketch import Sketch

__all__ = ["Entry", "Newcomers", "Original", "Sighting"]

_ARTICLE = (
    "INSERT INTO articles (number, key, state, run, fingerprint, shard, start, length, text_start, text_length, record_hash, text_hash, sketch, facts, "
    "original, similarity, error_type, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LINK = "INSERT OR REPLACE INTO links SELECT ?, number, ? FROM articles WHERE key = ? AND number != ?"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source that a run saw. name: as shown to people. container: the file on disk. root: what the user named. signature: of the
    container, '' where it proves nothing."""

    name: str
    container: str
    root: str
    signature: str


@dataclass(frozen=True, slots=True)
class Original:
    """An article that another one repeats. similarity: 1.0 for the same text."""

    key: bytes
    similarity: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one article, as it goes into the manifest. record and text are (start, length) in bytes of a shard, None without a record.
    bands: of the sketch."""

    key: bytes
    state: Literal["ok", "duplicate", "failed", "timed out", "waiting"]
    sources: tuple[Sighting, ...]
    record: tuple[int, int] | None = None
    text: tuple[int, int] | None = None
    record_hash: bytes | None = None
    text_hash: bytes | None = None
    sketch: Sketch | None = None
    bands: tuple[int, ...] = ()
    original: Original | None = None
    links: tuple[Original, ...] = ()
    error_type: str | None = None
    error: str | None = None


class Newcomers:
    """Those of one batch, inside its transaction. What is added is written by `write`, which has to come before anything else asks the manifest for it."""

    def __init__(self, connection: sqlite3.Connection, *, run: int, fingerprint: int, shard: int | None) -> None:
        self._db = connection
        self._made = (run, fingerprint)
        self._shard = shard
        self._last = 0
        self._articles: list[tuple[object, ...]] = []
        self._sources: list[tuple[object, ...]] = []
        self._bands: list[tuple[int, int]] = []
        self._links: list[tuple[object, ...]] = []
        self._standing: dict[bytes, int] = {}

    def add(self, entry: Entry) -> None:
        """Take in an article. Its original, if it repeats one, was taken in or written before."""
        if not self._articles:
            (self._last,) = self._db.execute("SELECT coalesce(max(number), 0) FROM articles").fetchone()
        number = self._last = self._last + 1
        original = None if entry.original is None else self._number(entry.original.key)
        state = (
            "waiting" if entry.state == "duplicate" and original is None else entry.state
        )  # its original came to nothing
        standing, sketch = entry.record is not None, entry.sketch
        self._articles.append(
            (
                number, entry.key, state, *self._made, self._shard if standing else None, *(entry.record or (None, None)), *(entry.text or (None, None)),
                entry.record_hash, entry.text_hash, sketch.bins if sketch else None, sketch.facts if sketch else None, original,
                entry.original.similarity if entry.original else None, entry.error_type, entry.error,
            )
        )  # fmt: skip
        self._sources += [
            (source.name, number, source.container, source.root, source.signature, self._made[0])
            for source in entry.sources
        ]
        if standing:
            self._standing[entry.key] = number
            if sketch is not None:
                self._bands += [(band, number) for band in entry.bands]
                self._links += [(number, link.similarity, link.key, number) for link in entry.links]

    def write(self) -> None:
        """Write what was added."""
        if not self._articles:
            return
        self._many(_ARTICLE, self._articles)
        self._many("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", sorted(self._sources, key=lambda row: str(row[0])))
        self._many("INSERT OR IGNORE INTO bands VALUES (?, ?)", sorted(self._bands))
        self._many(_LINK, self._links)
        self._many(
            "INSERT INTO history VALUES (?, ?, 1)", [(number, self._made[0]) for number in self._standing.values()]
        )
        for rows in (self._articles, self._sources, self._bands, self._links):
            rows.clear()
        self._standing.clear()

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._db.executemany(statement, rows)

    def _number(self, key: bytes) -> int | None:
        """The number of an article that stands."""
        if key in self._standing:
            return self._standing[key]
        row = self._db.execute("SELECT number FROM articles WHERE key = ? AND shard IS NOT NULL", (key,)).fetchone()
        return None if row is None else int(row["number"])
