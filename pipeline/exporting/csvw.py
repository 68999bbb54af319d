"""CSV on the Web: a CSV file for each table, and `csv-metadata.json` that says what they hold (https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

import csv
import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.exporting.dataset import Dataset
from pipeline.exporting.output import whole_text
from pipeline.exporting.rows import exported_tables, rows
from pipeline.publishing.tables import Table, Value

__all__ = ["METADATA", "cell", "write"]

METADATA = "csv-metadata.json"
_TYPES = {"text": "string", "code": "string", "integer": "integer", "real": "double", "flag": "boolean", "time": "dateTime", "day": "date"}  # fmt: skip
_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_HARMLESS = re.compile(r"[-0-9XS.~?%/]+")  # numbers and EDTF values, which may begin with a minus
_NOTE = "An apostrophe before =, +, -, @, a tab or a line end at the beginning of a cell is not part of the value: it keeps a spreadsheet from running the cell as a formula."


def write(dataset: Dataset, output: Path) -> None:
    """Write the tables into a folder. Raises ExportError."""
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for table in exported_tables():
            out = stack.enter_context(whole_text(output / f"{table.name}.csv"))
            writers[table.name] = csv.writer(out, lineterminator="\r\n")
            writers[table.name].writerow(column.name for column in table.columns)
        columns = {table.name: [column.name for column in table.columns] for table in exported_tables()}
        for name, row in rows(dataset):
            writers[name].writerow([cell(row[column]) for column in columns[name]])
        metadata = stack.enter_context(whole_text(output / METADATA))
        json.dump(_metadata(delta=bool(dataset.since)), metadata, ensure_ascii=False, indent=1)


def cell(value: Value) -> str:
    """Return a value as it stands in a cell, kept from being taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _FORMULA.match(value) and not _HARMLESS.fullmatch(value):
        return "'" + value
    return str(value)


def _metadata(*, delta: bool) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "What libraries, museums and archives do together: institutions, dates, copy counts, agreements",
        "dc:description": _NOTE,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "tables": [_table(table, delta=delta) for table in exported_tables()],
    }


def _table(table: Table, *, delta: bool) -> dict[str, Any]:
    """Describe a table. The rows of a delta lead to rows that went before, which no check of references can see; what may be empty is no reference that
    every validator takes."""
    optional = {column.name for column in table.columns if column.optional}
    keys = {one.name: one.key for one in exported_tables()}
    schema: dict[str, Any] = {
        "columns": [
            {
                "name": column.name,
                "titles": column.name,
                "dc:description": column.about,
                "datatype": _TYPES[column.kind],
                # an empty cell is CSVW's null: a text may be empty without being absent
                "required": column.name in table.key or (not column.optional and _TYPES[column.kind] != "string"),
            }
            for column in table.columns
        ],
        "primaryKey": list(table.key),
    }
    if not delta and table.references:
        schema["foreignKeys"] = [
            {
                "columnReference": list(columns),
                "reference": {"resource": f"{target}.csv", "columnReference": list(keys[target])},
            }
            for columns, target in table.references.items()
            if not optional & {*columns}
        ]
    return {"url": f"{table.name}.csv", "dc:description": table.about, "tableSchema": schema}
