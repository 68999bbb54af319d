"""The roll of a run: which known sources it met as they were. Kept in temporary tables of the run's connection, so that a run that finds nothing new writes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

__all__ = ["Roll"]

_MANY = 256  # sources in one statement, two values each: SQLite takes no more than 999 values before 3.32
_TABLES = (
    "CREATE TEMP TABLE IF NOT EXISTS met (article INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (article, name)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS met_whole (container TEXT PRIMARY KEY) WITHOUT ROWID",
)
_TRUSTED = (
    "WITH found (name, signature) AS (VALUES {values}) SELECT s.article, s.name, a.error IS NOT NULL FROM found f "
    "CROSS JOIN sources s ON s.name = f.name AND s.signature = f.signature CROSS JOIN articles a ON a.number = s.article "
    "WHERE a.fingerprint = ? AND a.state NOT IN ('waiting', 'withdrawn') AND (a.error IS NULL OR ?)"
)


class Roll:
    """Who is present. A source counts once, however many of the places that were given lead to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        connection.execute("PRAGMA temp.journal_mode = MEMORY")  # nobody asks for these tables after a crash
        for table in _TABLES:
            connection.execute(table)

    def begin(self, run: int) -> None:
        """Make the view `unseen`: the sources that this run has neither met nor written."""
        self._db.execute("DROP VIEW IF EXISTS temp.unseen")
        self._db.execute(
            f"CREATE TEMP VIEW unseen AS SELECT s.name, s.article, s.container, s.root FROM sources s WHERE s.seen != {int(run)} "
            "AND NOT EXISTS (SELECT 1 FROM met m WHERE m.article = s.article AND m.name = s.name) "
            "AND s.container NOT IN (SELECT container FROM met_whole)"
        )

    def call(self, found: Sequence[tuple[str, str]], *, fingerprint: int, failed: bool) -> tuple[set[str], int, int]:
        """Enter the sources that are as they were, and lead to an article that was extracted under a fingerprint and stands.

        found: name and signature of files; one without a signature is not trusted. failed: enter also those whose article failed. Returns the names
        that were entered, now or before; how many were entered now; how many of these failed.
        """
        rows = [row for portion in _portions(found) for row in self._trusted(portion, fingerprint, failed)]
        if not rows:
            return set(), 0, 0
        well = self.enter([(article, name) for article, name, bad in rows if not bad])
        bad = self.enter([(article, name) for article, name, bad in rows if bad])
        return {name for _, name, _ in rows}, well + bad, bad

    def enter(self, sources: Sequence[tuple[int, str]]) -> int:
        """Enter (article, name) of sources; return how many were not entered before."""
        if not sources:
            return 0
        outside = not self._db.in_transaction
        if outside:
            self._db.execute("BEGIN")  # of these tables alone: nobody waits for it
        count = self._db.executemany("INSERT OR IGNORE INTO met VALUES (?, ?)", sources).rowcount
        if outside:
            self._db.execute("COMMIT")
        return count

    def enter_whole(self, container: str) -> int:
        """Enter all that an archive, list or feed holds; return how many sources that is, 0 where it was entered before."""
        if not self._db.execute("INSERT OR IGNORE INTO met_whole VALUES (?)", (container,)).rowcount:
            return 0
        (count,) = self._db.execute("SELECT count(*) FROM sources WHERE container = ?", (container,)).fetchone()
        return int(count)

    def _trusted(self, found: Sequence[tuple[str, str]], fingerprint: int, failed: bool) -> list[tuple[int, str, int]]:
        values = [value for pair in found for value in pair]
        statement = _TRUSTED.format(values=",".join(["(?,?)"] * len(found)))
        return self._db.execute(statement, (*values, fingerprint, failed)).fetchall()


def _portions(found: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    signed = [pair for pair in found if pair[1]]
    for start in range(0, len(signed), _MANY):
        yield signed[start : start + _MANY]
