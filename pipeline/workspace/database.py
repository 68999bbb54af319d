"""The manifest's file: opened, made, its version checked; one writer, any number of readers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from pipeline.workspace.errors import WorkspaceError

__all__ = ["FORMAT", "MANIFEST", "create", "reading", "schema", "transaction", "writing"]

MANIFEST = "manifest.sqlite"
FORMAT = 1  # PRAGMA user_version; a later hamkor that needs another shape counts on
_WAIT = 60.0  # seconds for another program's transaction


def schema() -> str:
    """Return the SQL that makes an empty manifest."""
    return files("pipeline.workspace").joinpath("schema.sql").read_text(encoding="utf-8")


def create(folder: Path) -> None:
    """Make the folder and an empty manifest; leave both as they are where they stand. Raises WorkspaceError."""
    path = folder / MANIFEST
    if path.exists():
        return
    temporary = path.with_name(f".{MANIFEST}.{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".") and entry.name != "lock"]
        if others:
            raise WorkspaceError(f"{folder}: not empty and no workspace; give an empty or a new folder")
        temporary.unlink(missing_ok=True)
        connection = sqlite3.connect(temporary)
        try:
            connection.executescript(f"BEGIN;\n{schema()}\nPRAGMA user_version = {FORMAT};\nCOMMIT;")
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        os.replace(temporary, path)
    except (OSError, sqlite3.Error) as error:
        temporary.unlink(missing_ok=True)
        raise WorkspaceError(f"{folder}: no workspace can be made there: {error}; choose another place") from error


def writing(folder: Path) -> sqlite3.Connection:
    """Return the connection of the one run that writes. Raises WorkspaceError."""
    connection = _connect(folder, read_only=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # a commit may be lost with the power, never torn; its shard is swept then
    connection.execute("PRAGMA cache_size = -65536")  # 64 MiB
    return connection


def reading(folder: Path, *, notes: bool = False) -> sqlite3.Connection:
    """Return a connection that changes nothing. notes: it may have temporary tables of its own. Raises WorkspaceError."""
    return _connect(folder, read_only=not notes)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of the block or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk rolls back by itself
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _connect(folder: Path, *, read_only: bool) -> sqlite3.Connection:
    path = folder / MANIFEST
    if not path.is_file():
        raise WorkspaceError(
            f"{folder}: no workspace (there is no {MANIFEST}); make one with `hamkor ingest SOURCE --into {folder}`"
        )
    try:
        connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA query_only = {int(read_only)}")
        connection.row_factory = sqlite3.Row
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("SELECT count(*) FROM runs WHERE number < 0")
    except sqlite3.Error as error:
        raise WorkspaceError(
            f"{path}: not a manifest that can be read ({error}); get it back from a copy, or ingest into a new folder"
        ) from error
    if version != FORMAT:
        connection.close()
        raise WorkspaceError(
            f"{path}: format {version}, this hamkor knows {FORMAT}; use the version of hamkor that made it, or ingest into a new folder"
        )
    return connection
