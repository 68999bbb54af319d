"""The database that facts are published into: SQLite or PostgreSQL, its tables brought to this version by migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.publishing.facts import FeedError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["HEAD", "Database", "DatabaseError", "open_database"]

HEAD = "0002"
"""The version of the tables that this version of hamkor writes."""
_LOCK = 0x68616D6B6F72  # of PostgreSQL's advisory locks the one that publishers take: «hamkor»


class DatabaseError(FeedError):
    """A database that cannot be published into. The text names it (without its password), what is wrong, and what to do."""


class Database:
    """A database at this version of the tables. Close it, or use it in a `with` block."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.url.render_as_string(hide_password=True)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give its connections back."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection in one transaction, alone among publishers; it is committed at the end, and undone where an error leaves the block."""
        from sqlalchemy import text
        from sqlalchemy.exc import DBAPIError

        try:
            with self.engine.begin() as connection:
                if self.engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection
        except DBAPIError as error:
            told = " ".join(str(error.orig).split())
            raise DatabaseError(
                f"{self.name}: {told}; see that it is there and can be written to, then publish again"
            ) from error

    def upgrade(self, version: str = HEAD) -> None:
        """Bring the tables to a version. Raises DatabaseError where they are of a newer hamkor, or not hamkor's."""
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory
        from sqlalchemy import inspect, text

        from pipeline.publishing.schema import VERSION_TABLE, metadata

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with self.transaction() as connection:
            present = set(inspect(connection).get_table_names())
            at = (
                connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
                if VERSION_TABLE in present
                else None
            )
            if at is not None and at not in known:
                raise DatabaseError(
                    f"{self.name}: its tables are of version {at}, which is newer than this hamkor; update hamkor"
                )
            if at == version:
                return
            taken = sorted(present & set(metadata().tables))
            if at is None and taken:
                raise DatabaseError(
                    f"{self.name}: it has a table {taken[0]} that is not of hamkor; give an empty database"
                )
            config.attributes["connection"] = connection
            command.upgrade(config, version)


def open_database(target: str) -> Database:
    """Return the database of a URL (postgresql://…, sqlite:///…) or of an SQLite file, made where it is missing, its tables at this version.

    Raises DatabaseError where an extra is missing, or it cannot be opened.
    """
    try:
        from sqlalchemy import create_engine, event, make_url
        from sqlalchemy.exc import ArgumentError
    except ImportError as error:
        raise _missing("sql", error) from error
    try:
        url = make_url(target if "://" in target else f"sqlite:///{target}")
        url = url.set(drivername="postgresql") if url.drivername == "postgres" else url  # as many write it
    except ArgumentError as error:
        raise DatabaseError(
            "--to: this is no URL of a database; write postgresql://user@host/name, or the name of an SQLite file"
        ) from error
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        raise DatabaseError(
            f"--to {backend}://…: hamkor writes to SQLite and PostgreSQL; give postgresql://… or the name of an SQLite file"
        )
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database:
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError(
                f"--to {url.database}: {error.strerror}; choose a place that can be written to"
            ) from error
    try:
        engine = create_engine(url)
    except ImportError as error:
        raise _missing("postgresql", error) from error
    if backend == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    database = Database(engine)
    try:
        database.upgrade()
    except DatabaseError:
        database.close()
        raise
    except ImportError as error:
        raise _missing("sql", error) from error
    return database


def _missing(extra: str, error: ImportError) -> DatabaseError:
    return DatabaseError(f"{error.name} is not installed; install it: pip install 'hamkor[{extra}]'")


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Make SQLite keep references, and leave the transactions to us: its driver would begin them late."""
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 60000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
