"""The tables of `tables.toml` as SQLAlchemy has them. The migrations make them; a test holds the two together."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TEXT

from pipeline.publishing.tables import tables

__all__ = ["VERSION_TABLE", "metadata"]

VERSION_TABLE = "hamkor_version"
"""Where a database keeps the version of its tables: not under Alembic's own name, so that hamkor may share a database."""
_TEXT = Text().with_variant(TEXT(collation="C"), "postgresql")  # sorted by code points, as SQLite does
_TYPES: dict[str, Any] = {
    "text": _TEXT, "code": _TEXT, "time": _TEXT, "day": _TEXT, "integer": BigInteger, "real": Double, "flag": Boolean,
}  # fmt: skip
_CHECKS = {"documents": ("state", "state IN ('present', 'withdrawn')")}
_PARTY = ("party", "(institution IS NULL) <> (country IS NULL)")


@cache
def metadata() -> MetaData:
    """Return the schema. Times and days are ISO 8601 texts: the same on every database, and years of any era sort."""
    found = MetaData()
    keys = {table.name: table.key for table in tables()}
    for table in tables():
        columns = [
            Column(column.name, _TYPES[column.kind], nullable=column.optional, autoincrement=False)
            for column in table.columns
        ]
        references = [
            ForeignKeyConstraint(
                columns, [f"{target}.{key}" for key in keys[target]], name=f"{table.name}_{'_'.join(columns)}_fkey"
            )
            for columns, target in table.references.items()
        ]
        names = {column.name for column in table.columns}
        check = _PARTY if {"institution", "country"} <= names else _CHECKS.get(table.name)
        checks = [CheckConstraint(check[1], name=f"{table.name}_{check[0]}_check")] if check else []
        indices = [Index(f"{table.name}_{name}_idx", name) for name in table.indices]
        key = PrimaryKeyConstraint(*table.key, name=f"{table.name}_pkey")
        # the keys are long: SQLite need not keep them twice
        Table(table.name, found, *columns, key, *references, *checks, *indices, sqlite_with_rowid=False)
    return found
