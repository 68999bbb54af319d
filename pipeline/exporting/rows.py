"""A dataset as the rows of the tables (`pipeline/publishing/tables.toml`), for formats that are tables themselves."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.exporting.dataset import Dataset
from pipeline.publishing.tables import Row, Table, tables

__all__ = ["exported_tables", "rows"]


def exported_tables() -> tuple[Table, ...]:
    """Return the tables that an export has: all but what only a database knows of itself."""
    return tuple(table for table in tables() if table.name != "publications")


def rows(dataset: Dataset) -> Iterator[tuple[str, Row]]:
    """Yield every row with the name of its table."""
    for run in dataset.runs:
        yield (
            "runs",
            {"number": run.number, "started": run.started, "finished": run.finished, "fingerprint": run.fingerprint, "version": run.version, "articles": run.articles},
        )  # fmt: skip
    described = ("institutions", "names", "identifiers")
    for facts in dataset.articles():
        yield "documents", {"key": facts.document, "state": "present", "run": facts.run, "publication": 0}
        for name, found in facts.rows.items():
            if name not in described:
                yield from ((name, row) for row in found)
    for gone in dataset.withdrawn:
        yield "documents", {"key": gone.key, "state": "withdrawn", "run": gone.run, "publication": 0}
    for one in dataset.institutions():
        yield "institutions", one.row
        for language, name in one.names.items():
            yield "names", {"institution": one.key, "language": language, "name": name}
        for scheme, value in one.identifiers.items():
            yield "identifiers", {"institution": one.key, "scheme": scheme, "value": value}
    for agreement in dataset.agreements():
        for name, found in agreement.rows(agreement.run).items():
            yield from ((name, row) for row in found)
