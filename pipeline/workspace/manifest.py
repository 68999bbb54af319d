"""The manifest as a run writes it: what is known of a source, what a batch of outcomes adds, what stands at the end."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from pipeline.workspace.database import transaction
from pipeline.workspace.newcomers import Entry, Newcomers, Original, Sighting
from pipeline.workspace.roll import Roll
from pipeline.workspace.sketch import Sketch

__all__ = ["Entry", "Known", "Manifest", "Original", "Sighting"]

_ALIKE = 50  # candidates that are looked at: a thousand pages of the same cookie notice fill one bucket
_MANY = 500  # values in one statement
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest has of an article. fresh: it was extracted under the present fingerprint, and need not be again. signature: of the
    source by whose name it was asked for; seen: whether this run saw that source already."""

    number: int
    key: bytes
    state: str
    fresh: bool
    error: str | None
    signature: str = ""
    seen: bool = False


def now() -> str:
    """Return the present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Manifest:
    """The manifest in the hands of one run. Every method is one transaction or none."""

    def __init__(self, connection: sqlite3.Connection, fingerprint: str) -> None:
        self._db = connection
        self._print = self._fingerprint(fingerprint)
        self._roll = Roll(connection)
        self.run = 0

    def begin(self, *, version: str, options: dict[str, object]) -> int:
        """Begin a run; return its number."""
        with transaction(self._db):
            if not self._print[0]:
                row = self._db.execute("INSERT INTO fingerprints (value) VALUES (?)", (self._print[1],))
                self._print = (row.lastrowid or 0, self._print[1])
            made = self._db.execute(
                "INSERT INTO runs (started, fingerprint, version, options) VALUES (?, ?, ?, ?)",
                (now(), self._print[0], version, json.dumps(options, sort_keys=True)),
            )
        self.run = made.lastrowid or 0
        self._roll.begin(self.run)
        return self.run

    def discard(self) -> None:
        """Take the run back: it did nothing. Its number is not given again."""
        with transaction(self._db):
            self._db.execute("DELETE FROM runs WHERE number = ?", (self.run,))

    def met(self, found: Sequence[tuple[str, str]], *, failed: bool) -> tuple[set[str], int, int]:
        """Note the files (name, signature) that are as they were, and whose articles are fresh; see `Roll.call`."""
        return self._roll.call(found, fingerprint=self._print[0], failed=failed)

    def named(self, names: Sequence[str]) -> dict[str, list[Known]]:
        """Return what is known of the articles that names led to."""
        found: dict[str, list[Known]] = {}
        for portion in _portions(list(names)):
            for row in self._db.execute(
                "SELECT s.name, s.signature, a.number, a.key, a.state, a.fingerprint, a.error, "
                "s.seen = ? OR EXISTS (SELECT 1 FROM met m WHERE m.article = s.article AND m.name = s.name) AS seen "
                f"FROM sources s JOIN articles a ON a.number = s.article WHERE s.name IN ({_marks(portion)})",
                (self.run, *portion),
            ):
                found.setdefault(row["name"], []).append(self._known(row, row["signature"], bool(row["seen"])))
        return found

    def keyed(self, keys: Iterable[bytes]) -> dict[bytes, Known]:
        """Return what is known of articles by their keys."""
        found: dict[bytes, Known] = {}
        for portion in _portions(list(keys)):
            for row in self._db.execute(
                f"SELECT key, number, state, fingerprint, error FROM articles WHERE key IN ({_marks(portion)})", portion
            ):
                found[row["key"]] = self._known(row)
        return found

    def whole(self, container: str, signature: str) -> bool:
        """Return whether an archive, list or feed was read to its end as it is now, and all in it is fresh and stands."""
        row = self._db.execute("SELECT signature FROM containers WHERE path = ?", (container,)).fetchone()
        if row is None or not signature or row["signature"] != signature:
            return False
        stale = self._db.execute(
            "SELECT 1 FROM sources s JOIN articles a ON a.number = s.article WHERE s.container = ? "
            "AND (a.fingerprint != ? OR a.state IN ('waiting', 'withdrawn')) LIMIT 1",
            (container, self._print[0]),
        ).fetchone()
        return stale is None

    def see_all(self, container: str) -> int:
        """Note everything in a container as seen; return how many sources that is, 0 where it was noted before."""
        return self._roll.enter_whole(container)

    def same_texts(self, text_hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return text_hash -> key of the articles that stand with these texts."""
        found: dict[bytes, bytes] = {}
        for portion in _portions(list(text_hashes)):
            for row in self._db.execute(
                f"SELECT text_hash, key FROM articles WHERE text_hash IN ({_marks(portion)}) AND state = 'ok'", portion
            ):
                found.setdefault(row["text_hash"], row["key"])
        return found

    def alike(self, sketches: Sequence[tuple[int, ...]]) -> list[list[tuple[bytes, Sketch]]]:
        """Return for each sketch (its bands) the articles that share a bucket with it, with theirs; the oldest first."""
        buckets: dict[int, list[int]] = {}
        for portion in _portions(list({band for bands in sketches for band in bands})):
            for band, article in self._db.execute(
                f"SELECT band, article FROM bands WHERE band IN ({_marks(portion)}) ORDER BY band, article", portion
            ):
                bucket = buckets.setdefault(band, [])
                if len(bucket) < _ALIKE:
                    bucket.append(article)
        met = [sorted({article for band in bands for article in buckets.get(band, ())})[:_ALIKE] for bands in sketches]
        known: dict[int, tuple[bytes, Sketch]] = {}
        for portion in _portions(list({article for articles in met for article in articles})):
            for row in self._db.execute(
                f"SELECT number, key, sketch, facts FROM articles WHERE number IN ({_marks(portion)})", portion
            ):
                known[row["number"]] = (row["key"], Sketch(row["sketch"], row["facts"]))
        return [[known[article] for article in articles] for articles in met]

    def next_shard(self) -> int:
        """Return a number that no shard has had."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'shards'").fetchone()
        return 1 if row is None else row["seq"] + 1

    def shards(self) -> set[int]:
        """Return the numbers of all shards."""
        return {number for (number,) in self._db.execute("SELECT number FROM shards")}

    def forget_dead_shards(self) -> None:
        """Take out the shards in which nothing stands any more; the files go with the next sweep."""
        with transaction(self._db):
            self._db.execute(
                "DELETE FROM shards WHERE number NOT IN (SELECT shard FROM articles WHERE shard IS NOT NULL)"
            )

    def commit(
        self,
        entries: Sequence[Entry],
        *,
        shard: tuple[int, int, int] | None = None,
        seen: Sequence[tuple[int, Sighting]] = (),
        unchanged: Sequence[tuple[int, str]] = (),
        unread: Sequence[tuple[str, str, str, str]] = (),
    ) -> None:
        """Add a batch, all of it or nothing. shard: (number, bytes, bytes of texts) of the shard that holds its records; seen: sources of
        articles (by number) that are known already; unchanged: (article, name) of sources that are as they were; unread: (name, container, root, error)."""
        with transaction(self._db):
            if shard is not None:
                standing = sum(entry.record is not None for entry in entries)
                self._db.execute(
                    "INSERT INTO shards VALUES (?, ?, ?, ?, ?)", (shard[0], self.run, standing, *shard[1:])
                )
            self._take_in(entries, shard[0] if shard is not None else None)
            self._roll.enter(unchanged)
            for number, sighting in seen:
                self._see(number, sighting, settled=True)
            self._db.executemany(
                "INSERT OR REPLACE INTO unread VALUES (?, ?, ?, ?, ?)", [(*row[:3], self.run, row[3]) for row in unread]
            )

    def waiting(self, *, troubled: bool) -> dict[str, str]:
        """Return container -> root of the articles to be tried (again): those that lost their original; with `troubled` also those that failed
        or took too long."""
        states = "a.state = 'waiting'" + (" OR a.error IS NOT NULL" if troubled else "")
        rows = self._db.execute(
            f"SELECT DISTINCT s.container, s.root FROM articles a JOIN sources s ON s.article = a.number WHERE {states} ORDER BY 1"
        )
        return {row["container"]: row["root"] for row in rows}

    def unread(self) -> dict[str, str]:
        """Return container -> root of the sources of which no article could be made."""
        return {
            row["container"]: row["root"]
            for row in self._db.execute("SELECT DISTINCT container, root FROM unread ORDER BY container")
        }

    def vanished(self, roots: Iterable[str], *, blind: Iterable[str]) -> list[str]:
        """Return the names under `roots` that this run did not see, sorted; without those under a place (`blind`) that could not be looked into.

        A name whose article was seen elsewhere only moved: it is taken out here, and is not among them.
        """
        unseen = self._unseen(roots, blind)
        if not unseen:
            return []
        with transaction(self._db):
            gone = []
            for name, number in unseen:
                if self._seen("article", number):
                    self._lose("name = ? AND article = ?", (name, number))
                elif not self._seen("name", name):
                    gone.append(name)
        return sorted(set(gone))

    def withdraw(self, names: Iterable[str]) -> None:
        """Take sources out; what has no other is withdrawn by `settle`."""
        with transaction(self._db):
            for name in names:
                self._lose("name = ?", (name,))

    def settle(self) -> int:
        """Withdraw the articles that lost their last source; return how many had a record."""
        count = 0
        with transaction(self._db):
            for (number,) in self._db.execute("SELECT article FROM loose").fetchall():
                if self._db.execute("SELECT 1 FROM sources WHERE article = ?", (number,)).fetchone():
                    continue
                (shard,) = self._db.execute("SELECT shard FROM articles WHERE number = ?", (number,)).fetchone()
                self._unlink(number)
                self._db.execute(
                    "UPDATE articles SET state = 'withdrawn', run = ?, shard = NULL, start = NULL, length = NULL, text_start = NULL, text_length = NULL, "
                    "sketch = NULL, facts = NULL, original = NULL, similarity = NULL, error_type = NULL, error = NULL WHERE number = ?",
                    (self.run, number),
                )
                if shard is not None:
                    count += 1
                    self._db.execute("INSERT OR REPLACE INTO history VALUES (?, ?, 0)", (number, self.run))
                self._orphan(number)
            self._db.execute("DELETE FROM loose")
        return count

    def finish(
        self, totals: dict[str, int], *, roots: Iterable[str] = (), containers: Iterable[tuple[str, str]] = ()
    ) -> None:
        """End the run. roots: that it looked through; what could not be read there before, and did not come up again, is forgotten.
        containers: (path, signature) of those that it read to their end."""
        with transaction(self._db):
            self._db.executemany("DELETE FROM unread WHERE run < ? AND root = ?", [(self.run, root) for root in roots])
            self._db.executemany("INSERT OR REPLACE INTO containers VALUES (?, ?)", list(containers))
            self._db.execute(
                "UPDATE runs SET finished = ?, totals = ? WHERE number = ?", (now(), json.dumps(totals), self.run)
            )

    def _unseen(self, roots: Iterable[str], blind: Iterable[str]) -> list[tuple[str, int]]:
        """(name, article) of the sources under the roots that this run did not see."""
        shut = list(blind)
        found: dict[tuple[str, int], None] = {}
        for root in roots:
            for row in self._db.execute(
                "SELECT name, article, container FROM unseen WHERE root = ? OR container = ? OR (container > ? AND container < ?)",
                (root, root, root + os.sep, root + chr(ord(os.sep) + 1)),
            ):
                if not any(row["container"] == place or row["container"].startswith(place + os.sep) for place in shut):
                    found[row["name"], row["article"]] = None
        return list(found)

    def _seen(self, column: str, value: object) -> bool:
        """Whether this run saw a source of an article, or of a name."""
        which = f"SELECT count(*) FROM {{}} WHERE {column} = ?"
        (all_,) = self._db.execute(which.format("sources"), (value,)).fetchone()
        (unseen,) = self._db.execute(which.format("unseen"), (value,)).fetchone()
        return bool(all_ > unseen)

    def _lose(self, which: str, values: tuple[object, ...]) -> None:
        self._db.execute(f"INSERT OR IGNORE INTO loose SELECT article FROM sources WHERE {which}", values)
        self._db.execute(f"DELETE FROM sources WHERE {which}", values)

    def _take_in(self, entries: Sequence[Entry], shard: int | None) -> None:
        """Add entries in their order: newcomers together, the others one by one."""
        keys = set(self.keyed([entry.key for entry in entries]))
        names = self._names({source.name for entry in entries for source in entry.sources})
        newcomers = Newcomers(self._db, run=self.run, fingerprint=self._print[0], shard=shard)
        for entry in entries:
            own = {source.name for source in entry.sources}
            if entry.key in keys or not names.isdisjoint(own):
                newcomers.write()
                self._add(entry, shard)
            else:
                newcomers.add(entry)
            keys.add(entry.key)
            names |= own
        newcomers.write()

    def _names(self, names: Iterable[str]) -> set[str]:
        """Those of the names that the manifest has."""
        found: set[str] = set()
        for portion in _portions(list(names)):
            for table in ("sources", "unread"):
                rows = self._db.execute(f"SELECT name FROM {table} WHERE name IN ({_marks(portion)})", portion)
                found.update(name for (name,) in rows)
        return found

    def _add(self, entry: Entry, shard: int | None) -> None:
        old = self._db.execute("SELECT * FROM articles WHERE key = ?", (entry.key,)).fetchone()
        if old is None:
            made = self._db.execute(
                "INSERT INTO articles (key, state, run, fingerprint) VALUES (?, 'waiting', ?, ?)",
                (entry.key, self.run, self._print[0]),
            )
            number, stood = made.lastrowid or 0, False
        else:
            number, stood = old["number"], old["shard"] is not None
        for sighting in entry.sources:
            self._see(number, sighting, settled=entry.state in ("ok", "duplicate"))
        if stood and entry.state in ("failed", "timed out"):  # an older record is better than none
            self._db.execute(
                "UPDATE articles SET fingerprint = ?, error_type = ?, error = ? WHERE number = ?",
                (self._print[0], entry.error_type, entry.error, number),
            )
            return
        if (
            stood
            and entry.record is not None
            and old["record_hash"] == entry.record_hash
            and old["text_hash"] == entry.text_hash
        ):
            self._db.execute(
                "UPDATE articles SET fingerprint = ?, error_type = NULL, error = NULL WHERE number = ?",
                (self._print[0], number),
            )
            return
        self._unlink(number)
        sketch, standing, state = entry.sketch, entry.record is not None, entry.state
        original = None if entry.original is None else self._standing(entry.original.key)
        if state == "duplicate" and original is None:
            state = "waiting"  # the original came to nothing
        self._db.execute(
            "UPDATE articles SET state = ?, run = ?, fingerprint = ?, shard = ?, start = ?, length = ?, text_start = ?, text_length = ?, record_hash = ?, "
            "text_hash = ?, sketch = ?, facts = ?, original = ?, similarity = ?, error_type = ?, error = ? WHERE number = ?",
            (
                state, self.run, self._print[0], shard if standing else None, *(entry.record or (None, None)), *(entry.text or (None, None)),
                entry.record_hash, entry.text_hash, sketch.bins if sketch else None, sketch.facts if sketch else None, original,
                entry.original.similarity if entry.original else None, entry.error_type, entry.error, number,
            ),
        )  # fmt: skip
        if standing and sketch is not None:
            self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, number) for band in entry.bands])
            for link in entry.links:
                self._db.execute(
                    "INSERT OR REPLACE INTO links SELECT ?, number, ? FROM articles WHERE key = ? AND number != ?",
                    (number, link.similarity, link.key, number),
                )
        if standing or stood:
            self._db.execute("INSERT OR REPLACE INTO history VALUES (?, ?, ?)", (number, self.run, int(standing)))
        if stood and not standing:
            self._orphan(number)

    def _standing(self, key: bytes) -> int | None:
        row = self._db.execute("SELECT number FROM articles WHERE key = ? AND shard IS NOT NULL", (key,)).fetchone()
        return None if row is None else int(row["number"])

    def _see(self, number: int, sighting: Sighting, *, settled: bool) -> None:
        """Note a source. Where it led to another article before, that one loses it, once the new one has an outcome that stands."""
        self._db.execute(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name, article) DO UPDATE SET "
            "container = excluded.container, root = excluded.root, signature = excluded.signature, seen = excluded.seen",
            (sighting.name, number, sighting.container, sighting.root, sighting.signature, self.run),
        )
        if settled:
            self._lose("name = ? AND article != ?", (sighting.name, number))
        self._db.execute("DELETE FROM unread WHERE name = ?", (sighting.name,))

    def _unlink(self, number: int) -> None:
        """Take an article out of the look-up of near-duplicates."""
        row = self._db.execute("SELECT sketch, facts FROM articles WHERE number = ?", (number,)).fetchone()
        if row["sketch"] is not None:
            bands = Sketch(row["sketch"], row["facts"]).bands()
            self._db.executemany("DELETE FROM bands WHERE band = ? AND article = ?", [(band, number) for band in bands])
        self._db.execute("DELETE FROM links WHERE article = ? OR other = ?", (number, number))

    def _orphan(self, number: int) -> None:
        """The duplicates of an article that ceased to stand wait for an extraction of their own."""
        self._db.execute(
            "UPDATE articles SET state = 'waiting', run = ?, original = NULL, similarity = NULL WHERE original = ?",
            (self.run, number),
        )

    def _known(self, row: sqlite3.Row, signature: str = "", seen: bool = False) -> Known:
        fresh = row["fingerprint"] == self._print[0] and row["state"] not in ("waiting", "withdrawn")
        return Known(row["number"], row["key"], row["state"], fresh, row["error"], signature, seen)

    def _fingerprint(self, value: str) -> tuple[int, str]:
        row = self._db.execute("SELECT number FROM fingerprints WHERE value = ?", (value,)).fetchone()
        return (0 if row is None else row["number"], value)


def _portions(values: list[_Value]) -> Iterator[list[_Value]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
