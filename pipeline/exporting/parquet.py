"""Parquet: a file for each table, its columns typed, what they mean in their metadata. Needs the extra `parquet`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.exporting.dataset import Dataset
from pipeline.exporting.output import ExportError, whole_file
from pipeline.exporting.rows import exported_tables, rows
from pipeline.publishing.tables import Row

__all__ = ["write"]

_TYPES = {"text": "string", "code": "string", "integer": "int64", "real": "float64", "flag": "bool_", "time": "string", "day": "string"}  # fmt: skip
_GROUP = 50_000  # rows that are written together


def write(dataset: Dataset, output: Path) -> None:
    """Write the tables into a folder. Raises ExportError, also where pyarrow is missing."""
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise ExportError("--as parquet needs pyarrow; install it: pip install 'hamkor[parquet]'") from error
    schemas: dict[str, Any] = {
        table.name: pyarrow.schema(
            [
                pyarrow.field(
                    column.name, getattr(pyarrow, _TYPES[column.kind])(), column.optional, {"description": column.about}
                )
                for column in table.columns
            ],
            {"description": table.about},
        )
        for table in exported_tables()
    }
    waiting: dict[str, list[Row]] = {name: [] for name in schemas}
    with ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                ParquetWriter(stack.enter_context(whole_file(output / f"{name}.parquet")), schema, compression="zstd")
            )
            for name, schema in schemas.items()
        }

        def flush(name: str) -> None:
            writers[name].write_table(pyarrow.Table.from_pylist(waiting[name], schemas[name]))
            waiting[name].clear()

        for name, row in rows(dataset):
            waiting[name].append(row)
            if len(waiting[name]) >= _GROUP:
                flush(name)
        for name in schemas:
            flush(name)
