"""What a database says: all its rows, or what stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, text

from pipeline.publishing.database import Database
from pipeline.publishing.questions import ask
from pipeline.publishing.schema import metadata

SURE = 0.6


def rows(database: Database, query: str, **values: Any) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def everything(database: Database, *, but: tuple[str, ...] = ("publications",)) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without the number of the publication that saw them."""
    found = {}
    with database.engine.connect() as connection:
        for name, table in metadata().tables.items():
            columns = [column for column in table.columns if column.name != "publication"]
            found[name] = sorted(map(tuple, connection.execute(select(*columns))), key=repr)
    return {name: content for name, content in found.items() if name not in but}


def standing(database: Database) -> dict[str, Any]:
    """What the database says now: the answers that do not hang on history."""
    found: dict[str, Any] = {}
    for name in (
        "standing_institutions",
        "agreements_in_force",
        "agreement_pairs",
        "agreement_evidence",
        "copies_exchanged",
        "partners",
    ):
        found[name] = sorted(rows(database, f"SELECT * FROM {name}"), key=repr)
    found["agreements"] = rows(
        database, "SELECT id, status, signed, valid FROM agreements WHERE until IS NULL ORDER BY id"
    )
    assert rows(database, "SELECT * FROM agreements WHERE until <= run") == []
    assert rows(database, "SELECT * FROM extractions WHERE until < run") == []
    found["conflicts"] = ask(database, "conflicts")
    found["documents"] = rows(database, "SELECT key FROM documents WHERE state = 'present' ORDER BY key")
    return found


def without_runs(said: dict[str, Any]) -> dict[str, Any]:
    """The same without the runs since which agreements stand: history, which a database that came late has not seen."""
    said = dict(said)
    for name in ("agreements_in_force", "agreement_pairs"):
        said[name] = [(row[0], *row[2:]) for row in said[name]]
    return said
