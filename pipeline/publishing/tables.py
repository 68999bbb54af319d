"""The tables that hamkor gives to other registries, as `tables.toml` describes them: the one source of the SQL schema, of CSVW metadata and of Parquet types."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

__all__ = ["Column", "Kind", "Row", "Table", "Value", "table", "tables"]

Kind = Literal["text", "code", "integer", "real", "flag", "time", "day"]
Value = str | int | float | bool | None
Row = dict[str, Value]
"""One row: a value for each column of its table."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `about` says what it holds; `optional`: whether it may be empty."""

    name: str
    kind: Kind
    optional: bool
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `references`: for some of its columns (several together) the table whose key they are. `indices`: columns that rows are looked up by."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: Mapping[tuple[str, ...], str]
    indices: tuple[str, ...]


@cache
def tables() -> tuple[Table, ...]:
    """Return the tables in an order in which each comes after those that it leads to."""
    data = tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))
    return tuple(
        Table(
            entry["name"],
            entry["about"],
            tuple(
                Column(name, cast(Kind, kind.rstrip("?")), kind.endswith("?"), about)
                for name, kind, about in entry["columns"]
            ),
            tuple(entry["key"]),
            {tuple(columns.split("+")): target for columns, target in entry.get("to", {}).items()},
            tuple(entry.get("index", ())),
        )
        for entry in data["table"]
    )


def table(name: str) -> Table:
    """Return the table of a name. Raises KeyError."""
    return {one.name: one for one in tables()}[name]
