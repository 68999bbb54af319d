"""Publishing: what stands in a workspace, brought into a database, a shard of articles in one transaction.

An article that is there already is left as it is. A new extraction closes the one before (`until`), a withdrawn article keeps its row as a tombstone; nothing is
deleted, but for facts that another confidence leaves out. Whatever kills a publication, the next one finishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.publishing.database import Database, DatabaseError
from pipeline.publishing.feed import Feed
from pipeline.workspace import Change, Run

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Published", "publish"]

SHARD = 500
"""Articles in one transaction."""


@dataclass(slots=True)
class Published:
    """How many articles came in new or anew, stood already, were withdrawn; and what was refused, a line each."""

    written: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refused: list[str] = field(default_factory=list)


def publish(
    feed: Feed,
    database: Database,
    *,
    threshold: float,
    since: int | None = None,
    shard: int = SHARD,
    tell: Callable[[Published], None] = lambda _: None,
) -> Published:
    """Publish all that stands, or only what was added, changed or withdrawn since a run.

    `threshold`: what is less sure is left out. Raises DatabaseError where the database was fed from elsewhere, is ahead, or `since` would leave a gap;
    WorkspaceError where the workspace is damaged. What was committed before stays, and is passed over the next time.
    """
    from pipeline.publishing.shard import ShardWriter

    runs = feed.runs()
    done = Published()
    with database.transaction() as connection:
        number = _begin(connection, database, runs, threshold=threshold, since=since)
    for run, changes in groupby(feed.changes(since=since or 0), key=lambda change: change.run):
        for part in _parts(changes, shard):
            with database.transaction() as connection:
                ShardWriter(connection, run=run, publication=number, threshold=threshold).write(part, done)
            tell(done)
    if since is None and runs:
        while keys := _unseen(database, number, shard):
            with database.transaction() as connection:
                gone = [Change(key, (), runs[-1].number, "withdrawn", None, None) for key in keys]
                ShardWriter(connection, run=runs[-1].number, publication=number, threshold=threshold).write(gone, done)
            tell(done)
    with database.transaction() as connection:
        _end(connection, number)
    return done


def _parts(changes: Iterable[Change], size: int) -> Iterator[list[Change]]:
    remaining = iter(changes)
    while part := list(islice(remaining, size)):
        yield part


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _begin(connection: Connection, database: Database, runs: list[Run], *, threshold: float, since: int | None) -> int:
    """Write down the runs and that a publication begins; return its number."""
    from sqlalchemy import func, insert, select, update

    from pipeline.publishing.schema import metadata

    table, publications = metadata().tables["runs"], metadata().tables["publications"]
    known = {row.number: row for row in connection.execute(select(table))}
    for run in runs:
        values = {
            "number": run.number, "started": run.started, "finished": run.finished, "fingerprint": run.fingerprint, "version": run.version, "articles": run.articles,
        }  # fmt: skip
        before = known.pop(run.number, None)
        if before is None:
            connection.execute(insert(table).values(values))
        elif (before.started, before.fingerprint) != (run.started, run.fingerprint):
            raise DatabaseError(f"{database.name}: its run {run.number} began at {before.started}, that of the workspace at {run.started}: it was fed from another workspace; give another database")  # fmt: skip
        else:
            connection.execute(update(table).where(table.c.number == run.number).values(values))
    if known:
        raise DatabaseError(f"{database.name}: it holds run {max(known)}, which the workspace does not have; give the workspace that it was fed from, or another database")  # fmt: skip
    if since is not None:
        _check_since(connection, database, since, threshold)
    number: int = connection.execute(select(func.coalesce(func.max(publications.c.number), 0))).scalar_one() + 1
    last = runs[-1] if runs else None
    connection.execute(
        insert(publications).values(
            number=number, began=_now(), ended=None, since=since or 0, run=last.number if last else 0,
            complete=0 if last is None else last.number if last.finished else last.number - 1, threshold=threshold, version=__version__,
        )
    )  # fmt: skip
    return number


def _check_since(connection: Connection, database: Database, since: int, threshold: float) -> None:
    """See that what came up to a run is there, published as surely."""
    from sqlalchemy import select

    from pipeline.publishing.schema import metadata

    table = metadata().tables["publications"]
    ended = connection.execute(select(table).where(table.c.ended.is_not(None)).order_by(table.c.number.desc())).first()
    complete: int = ended.complete if ended is not None else 0
    if since > complete:
        raise DatabaseError(f"{database.name}: it holds all up to run {complete}; --since {since} would leave a gap: give --since {complete}, or leave it out")  # fmt: skip
    if ended is not None and ended.threshold != threshold:
        raise DatabaseError(f"{database.name}: it was published with a confidence of {ended.threshold:g}, not {threshold:g}; give the same one, or leave --since out")  # fmt: skip


def _unseen(database: Database, number: int, size: int) -> list[str]:
    """Return some articles that stand in the database and that a publication of everything has not met: they stand no longer."""
    from sqlalchemy import select

    from pipeline.publishing.schema import metadata

    table = metadata().tables["documents"]
    query = (
        select(table.c.key)
        .where(table.c.state == "present", table.c.publication < number)
        .order_by(table.c.key)
        .limit(size)
    )
    with database.transaction() as connection:
        return list(connection.execute(query).scalars())


def _end(connection: Connection, number: int) -> None:
    from sqlalchemy import update

    from pipeline.publishing.schema import metadata

    table: Any = metadata().tables["publications"]
    connection.execute(update(table).where(table.c.number == number).values(ended=_now()))
