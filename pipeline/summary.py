"""Records in short: one line for each article of a batch, and a line for all of them. The command `hamkor table`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Summary", "SummaryError", "read_rows", "summarise", "table", "table_of"]


class SummaryError(ValueError):
    """A file of records that cannot be read. The text names the file, the line, and what to do."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One article in short. `known`: how many of its institutions the gazetteer knows; `error`: why it has no record."""

    id: str
    languages: tuple[str, ...] = ()
    institutions: int = 0
    known: int = 0
    dates: int = 0
    copy_counts: int = 0
    agreements: int = 0
    foremost: str = ""
    error: str = ""


def read_rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON Lines file that `hamkor extract` wrote. Raises SummaryError where there is something else."""
    try:
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except json.JSONDecodeError:
                    row = None
                if not isinstance(row, dict) or not isinstance(row.get("document"), dict):
                    raise SummaryError(f"{path}, line {number}: no record; give a file that `hamkor extract` wrote")
                yield row
    except (OSError, UnicodeDecodeError) as error:
        raise SummaryError(f"{path}: cannot be read: {error}; give a file that `hamkor extract` wrote") from error


def summarise(row: dict[str, Any]) -> Summary:
    """Return a record, or the row of an article that failed, in short."""
    document = row["document"]
    if "error" in row:
        return Summary(document["id"], error=row["error"]["message"])
    institutions = row["institutions"]
    foremost = max(institutions, key=lambda institution: len(institution["mentions"]), default=None)
    return Summary(
        id=document["id"],
        languages=tuple(dict.fromkeys(f"{part['language']}-{part['script']}" for part in document["segments"])),
        institutions=len(institutions),
        known=sum(institution["authority"] is not None for institution in institutions),
        dates=len(row["dates"]),
        copy_counts=len(row["copy_counts"]),
        agreements=len(row["agreements"]),
        foremost=foremost["names"].get("en") or foremost["name"] if foremost else "",
    )


def table_of(summaries: Iterable[Summary]) -> Table:
    """Return the table of a batch for a terminal: a row for each article, the sums below."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    rows = list(summaries)
    failed = sum(bool(row.error) for row in rows)
    note = f"{len(rows)} articles" + (f", {failed} of them failed" if failed else "")
    table = Table(box=SIMPLE_HEAD, show_footer=True)
    table.add_column("article", note, overflow="fold", min_width=20)
    table.add_column("languages", min_width=8, max_width=15)
    for name, footer in (
        ("institutions", f"{sum(row.institutions for row in rows)}"),
        ("known", f"{sum(row.known for row in rows)}"),
        ("dates", f"{sum(row.dates for row in rows)}"),
        ("copy counts", f"{sum(row.copy_counts for row in rows)}"),
        ("agreements", f"{sum(row.agreements for row in rows)}"),
    ):
        table.add_column(name, footer, justify="right", no_wrap=True)
    table.add_column("most named", overflow="ellipsis", no_wrap=True, max_width=40)
    for row in rows:
        if row.error:
            table.add_row(Text(row.id), Text("failed", "bold red"), *[""] * 5, Text(row.error, "red"))
            continue
        figures = (row.institutions, row.known, row.dates, row.copy_counts, row.agreements)
        table.add_row(Text(row.id), " ".join(row.languages), *map(str, figures), Text(row.foremost))
    return table


def table(
    records: Annotated[Path, typer.Argument(metavar="RECORDS.jsonl", help="What `hamkor extract` wrote.")],
) -> None:
    """Show a batch of records in short: for each article its languages and how much was found.

    Example:

      hamkor table records.jsonl
    """
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=160)
    try:
        console.print(table_of(map(summarise, read_rows(records))))
    except SummaryError as error:
        typer.echo(f"hamkor: {error}", err=True)
        raise typer.Exit(2) from None
