"""The register of agreements as rows of JSON, as CSV, and as a table for a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.register.agreements import Row
from pipeline.register.sightings import Quote, Sighting

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["CSV_COLUMNS", "csv_lines", "json_lines", "table_of"]

CSV_COLUMNS = (
    "id", "kind", "status", "keys", "parties", "signed", "valid", "articles", "conflicts", "evidence",
)  # fmt: skip
"""The columns of the CSV; lists in a cell are parted by « | »."""


def json_lines(rows: Iterable[Row]) -> Iterable[str]:
    """Yield one JSON object for each agreement, letters as they are."""
    for row in rows:
        plain: dict[str, Any] = {
            "id": row.id,
            "kind": row.kind,
            "status": row.status,
            "parties": [{"key": one.key, "name": one.name, "country": one.country} for one in row.parties],
            "signed": row.signed,
            "valid": row.valid,
            "articles": list(row.articles),
            "conflicts": {name: {value: list(ids) for value, ids in values.items()} for name, values in row.conflicts.items()},
            "evidence": [_evidence(sighting) for sighting in row.sightings],
        }  # fmt: skip
        yield json.dumps(plain, ensure_ascii=False)


def _evidence(sighting: Sighting) -> dict[str, Any]:
    trigger = sighting.trigger
    return {
        "document": sighting.document, "source": sighting.source, "date": sighting.date, "status": sighting.status,
        "signed": sighting.signed, "valid": sighting.valid, "rule": sighting.rule,
        "trigger": {"start": trigger.start, "end": trigger.end, "text": trigger.text},
        "parties": [{"key": one.key, "start": one.start, "end": one.end, "text": one.text} for one in sighting.named],
    }  # fmt: skip


def csv_lines(rows: Iterable[Row]) -> Iterable[str]:
    """Yield the lines of a CSV file, the first with the names of its columns; cells may hold no line break, so that a line is a row."""
    yield _csv_line(CSV_COLUMNS)
    for row in rows:
        conflicts = (
            f"{name}: " + ", ".join(f"{value} ({', '.join(ids)})" for value, ids in values.items())
            for name, values in row.conflicts.items()
        )
        yield _csv_line(
            [
                row.id,
                row.kind,
                row.status or "",
                " | ".join(party.key for party in row.parties),
                " | ".join(party.name for party in row.parties),
                row.signed or "",
                row.valid or "",
                " | ".join(row.articles),
                " | ".join(conflicts),
                " | ".join(map(_quoted, row.sightings)),
            ]
        )


def _quoted(sighting: Sighting) -> str:
    """Return a sighting in one line: `report-7 812-820 «меморандум»: 700-720 «…»; …`."""

    def words(quote: Quote) -> str:
        return f"{quote.start}-{quote.end} «{' '.join(quote.text.split())}»"

    named = "; ".join(map(words, sighting.named))
    return f"{sighting.document} {words(sighting.trigger)}" + (f": {named}" if named else "")


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()


def table_of(rows: Sequence[Row], *, failed: int = 0) -> Table:
    """Return the table for a terminal: a row for each agreement, what the articles differ in marked with «≠»."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    note = f"{len(rows)} agreements" + (f"; {failed} articles failed" if failed else "")
    table = Table(box=SIMPLE_HEAD, show_footer=True)
    table.add_column("parties", note, overflow="fold", min_width=30)
    table.add_column("kind")
    table.add_column("status")
    table.add_column("signed", no_wrap=True)
    table.add_column("valid", no_wrap=True)
    table.add_column("articles", overflow="fold", min_width=12)
    table.add_column("conflicts", overflow="fold")
    for row in rows:
        conflicts = "; ".join(f"{name}: {' ≠ '.join(values)}" for name, values in row.conflicts.items())
        table.add_row(
            Text("\n".join(party.name for party in row.parties)),
            row.kind,
            row.status or "?",
            row.signed or "",
            row.valid or "",
            Text(", ".join(row.articles)),
            Text(conflicts, "red"),
        )
    return table
