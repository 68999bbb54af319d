"""The command `hamkor agreements`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import Judged, Records, judgements_of, written, wrong

__all__ = ["agreements"]

_FORMATS = ("table", "jsonl", "csv")


def agreements(
    records: Records,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="table|jsonl|csv", help="How the register is written.")
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where it goes; standard output without it."),
    ] = None,
    party: Annotated[
        list[str],
        typer.Option(
            metavar="KEY",
            help="Only agreements of this party (nl-uz, country:UZ); of all of them where given more than once.",
        ),
    ] = [],  # noqa: B006 - typer reads the default, nobody changes it
    judgements: Judged = [],  # noqa: B006
) -> None:
    """Make the register of agreements of a batch: one row for each agreement, however many articles tell of it.

    Tellings are of one agreement where the parties, the kind and the years are the same. What the articles differ in is not settled but shown as a conflict.
    Each row has its evidence: the article, the characters of its text, the words.

    Exit status: 0 all well, 2 wrong use.

    Examples:

      hamkor agreements records.jsonl

      hamkor agreements records.jsonl --party nl-uz

      hamkor agreements 2023.jsonl 2024.jsonl --format csv --output register.csv
    """
    from pipeline.register.agreements import register
    from pipeline.register.sightings import read_batch
    from pipeline.register.tables import csv_lines, json_lines, table_of
    from pipeline.summary import SummaryError

    if form not in _FORMATS:
        wrong(f"--format {form}: there are {', '.join(_FORMATS)}")
    if form == "table" and output is not None:
        wrong("--output with a table: choose --format jsonl or csv for a file")
    try:
        batch = read_batch(records, judgements=judgements_of(judgements))
    except SummaryError as error:
        wrong(str(error))
    rows = [row for row in register(batch) if set(party) <= {one.key for one in row.parties}]
    if form == "table":
        from rich.console import Console

        console = Console()
        if not console.is_terminal:
            console = Console(width=200)
        console.print(table_of(rows, failed=batch.failed))
        return
    with written(output) as out:
        for line in csv_lines(rows) if form == "csv" else json_lines(rows):
            out.write(line + "\n")
    if batch.failed:
        typer.echo(f"hamkor: {batch.failed} articles of the batch have no record", err=True)
