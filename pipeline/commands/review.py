"""The command `hamkor review-list`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import Gazetteers, Judged, Records, judgements_of, written, wrong

__all__ = ["review_list"]


def review_list(
    records: Records,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.csv", help="Where the list goes; standard output without it."),
    ] = None,
    below: Annotated[float, typer.Option(help="Links less sure than this are listed too.", min=0.0, max=1.0)] = 0.8,
    gazetteer: Gazetteers = [],  # noqa: B006 - typer reads the default, nobody changes it
    judgements: Judged = [],  # noqa: B006
) -> None:
    """List what a person should look at: unlinked names with their best guess, ambiguous names, unsure links, keys that may be one institution.

    The list is CSV. Write "same" or "different" into its first column, and who you are and the day into `who` and `when`: then it is a file of judgements
    for --judgements. Rows with an empty verdict are passed over; what has been judged is not listed again.

    Exit status: 0 all well, 2 wrong use.

    Examples:

      hamkor review-list records.jsonl --output review.csv

      hamkor extract articles/ --judgements review.csv --output records.jsonl
    """
    from pipeline.authority.gazetteer import gazetteer_with
    from pipeline.languages.lexicon import DataError
    from pipeline.register.review import REVIEW_COLUMNS, doubts
    from pipeline.register.sightings import read_batch
    from pipeline.summary import SummaryError

    judged = judgements_of(judgements)
    try:
        batch = read_batch(records, judgements=judged)
        authorities = gazetteer_with(*gazetteer)
    except (SummaryError, DataError, OSError) as error:
        wrong(str(error))
    found = doubts(batch, authorities, judged, below=below)
    with written(output) as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(REVIEW_COLUMNS)
        rows.writerows(doubt.cells() for doubt in found)
    typer.echo(f"{len(found)} to look at", err=True)
