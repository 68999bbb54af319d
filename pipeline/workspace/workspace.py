"""A workspace as others read it: its runs, what stands in it, and what changed since a run.

manifest.sqlite    what stands (schema.sql); SQLite in WAL mode, so that readers never wait for a run
records/, texts/   shards of JSON Lines: the records, and the texts that their offsets count in
quarantine/        the articles that failed, with their errors
logs/              what each run did, JSON Lines
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.records.model import Record
from pipeline.workspace import database
from pipeline.workspace.shards import RECORDS, TEXTS, Slice, read_line

__all__ = ["Change", "Link", "Run", "Trouble", "Workspace"]

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Run:
    """One run. started, finished: UTC, ISO 8601; finished is None where it still runs or was killed. articles: whose present state it made.
    totals: outcome -> number of sources that had it."""

    number: int
    started: str
    finished: str | None
    fingerprint: str
    version: str
    articles: int
    options: dict[str, object] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """Another article that says nearly the same. kind: `same text` and `near` have no record of their own (this article's stands for
    them); `linked` has one, because it has numbers or names that this one lacks. similarity: 0 to 1."""

    key: str
    kind: Literal["same text", "near", "linked"]
    similarity: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one article. key: sha256 of its bytes, in hex. sources: where it was found, sorted. run: the run that made this state.
    state: relative to the run that was asked about. record, text: None where it is withdrawn; offsets of the record count in text."""

    key: str
    sources: tuple[str, ...]
    run: int
    state: Literal["added", "changed", "withdrawn"]
    record: Record | None
    text: str | None
    duplicates: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source without a record of the present fingerprint. key: None where not even its bytes could be read."""

    source: str
    key: str | None
    state: str
    error: str


class Workspace:
    """A workspace folder, read only. Open it with `Workspace.open`; close it, or use it in a `with` block."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Workspace:
        """Return the workspace in a folder, made there if `create`. Raises WorkspaceError naming the folder and the remedy."""
        folder = Path(path)
        if create:
            database.create(folder)
        return cls(folder, database.reading(folder))

    def close(self) -> None:
        """Close the manifest."""
        self._connection.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def runs(self) -> list[Run]:
        """Return all runs, the first one first."""
        rows = self._connection.execute(
            "SELECT r.*, f.value AS print, (SELECT count(*) FROM articles a WHERE a.run = r.number) AS articles "
            "FROM runs r JOIN fingerprints f ON f.number = r.fingerprint ORDER BY r.number"
        )
        return [
            Run(row["number"], row["started"], row["finished"], row["print"], row["version"], row["articles"], json.loads(row["options"]), json.loads(row["totals"]))
            for row in rows
        ]  # fmt: skip

    def changes(self, *, since: int = 0) -> Iterator[Change]:
        """Yield every article whose present state came after run `since`, by (run, key); 0 gives all that stand, none withdrawn.

        An article that was added and withdrawn again after `since` is passed over. Memory does not grow with the workspace.
        Raises WorkspaceError where a shard is missing or damaged.
        """
        run, key = since, b"\xff" * 33
        while True:
            rows = self._connection.execute(
                "SELECT * FROM articles WHERE (run, key) > (?, ?) ORDER BY run, key LIMIT ?", (run, key, _PAGE)
            ).fetchall()
            for row in rows:
                change = self._change(row, since)
                if change is not None:
                    yield change
            if len(rows) < _PAGE:
                return
            run, key = rows[-1]["run"], rows[-1]["key"]

    def states(self) -> dict[str, int]:
        """Return how many articles are in each state, and how many sources could not be read at all (`unread`)."""
        found = dict(
            self._connection.execute("SELECT state, count(*) FROM articles GROUP BY state ORDER BY state").fetchall()
        )
        (unread,) = self._connection.execute("SELECT count(*) FROM unread").fetchone()
        return {**found, "unread": unread} if unread else found

    def troubles(self) -> Iterator[Trouble]:
        """Yield every source that failed, with its error, by name."""
        with closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(
                "SELECT s.name AS name, a.key AS key, a.state AS state, a.error AS error FROM articles a "
                "JOIN sources s ON s.article = a.number WHERE a.error IS NOT NULL OR a.state = 'waiting' "
                "UNION ALL SELECT name, NULL, 'unread', error FROM unread ORDER BY 1"
            ):
                key = None if row["key"] is None else row["key"].hex()
                yield Trouble(row["name"], key, row["state"], row["error"] or "its original was withdrawn")

    def bytes(self) -> dict[str, int]:
        """Return the bytes of records and texts on disk, and of those the bytes that still stand (`standing`)."""
        records, texts = self._connection.execute(
            "SELECT coalesce(sum(bytes), 0), coalesce(sum(text_bytes), 0) FROM shards"
        ).fetchone()
        (standing,) = self._connection.execute(
            "SELECT coalesce(sum(length + text_length + 2), 0) FROM articles WHERE shard IS NOT NULL"
        ).fetchone()
        return {"records": records, "texts": texts, "standing": standing}

    def _change(self, row: sqlite3.Row, since: int) -> Change | None:
        number, key = row["number"], row["key"].hex()
        before = self._connection.execute(
            "SELECT standing FROM history WHERE article = ? AND run <= ? ORDER BY run DESC LIMIT 1", (number, since)
        ).fetchone()
        stood = before is not None and bool(before["standing"])
        sources = self._sources(number)
        if row["shard"] is None:
            return Change(key, sources, row["run"], "withdrawn", None, None) if stood else None
        record = Record.model_validate(
            read_line(self.folder, RECORDS, Slice(row["shard"], row["start"], row["length"]))
        )
        text = read_line(self.folder, TEXTS, Slice(row["shard"], row["text_start"], row["text_length"]))["text"]
        return Change(key, sources, row["run"], "changed" if stood else "added", record, text, self._links(number))

    def _sources(self, number: int) -> tuple[str, ...]:
        rows = self._connection.execute("SELECT name FROM sources WHERE article = ? ORDER BY name", (number,))
        return tuple(name for (name,) in rows)

    def _links(self, number: int) -> tuple[Link, ...]:
        found = []
        for row in self._connection.execute(
            "SELECT number, key, similarity, CASE WHEN text_hash = (SELECT text_hash FROM articles WHERE number = ?1) THEN 'same text' ELSE 'near' END AS kind FROM articles "
            "WHERE original = ?1 AND state = 'duplicate' UNION ALL "
            "SELECT a.number, a.key, l.similarity, 'linked' FROM links l JOIN articles a ON a.number = l.other WHERE l.article = ?1 AND a.shard IS NOT NULL UNION ALL "
            "SELECT a.number, a.key, l.similarity, 'linked' FROM links l JOIN articles a ON a.number = l.article WHERE l.other = ?1 AND a.shard IS NOT NULL",
            (number,),
        ):
            found.append(Link(row["key"].hex(), row["kind"], row["similarity"], self._sources(row["number"])))
        return tuple(sorted(found, key=lambda link: link.key))
