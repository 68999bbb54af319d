"""The command `hamkor retry`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.batches import (
    Folder,
    JsonLogs,
    MaxBytes,
    Memory,
    Scheduler,
    Teller,
    Timeout,
    Workers,
    make_setup,
    make_team,
)
from pipeline.commands.console import Engines, Gazetteers, Judged, wrong

__all__ = ["retry"]


def retry(
    workspace: Folder,
    gazetteer: Gazetteers = [],  # noqa: B006 - typer reads the default, nobody changes it
    ner: Engines = [],  # noqa: B006
    judgements: Judged = [],  # noqa: B006
    max_bytes: MaxBytes = 50 * 1024 * 1024,
    text_field: Annotated[
        str, typer.Option(metavar="NAME", help="The field of JSON Lines that holds the text.")
    ] = "text",
    workers: Workers = 0,
    timeout: Timeout = 120.0,
    memory: Memory = 2048,
    scheduler: Scheduler = None,
    json_logs: JsonLogs = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only failures on standard error.")] = False,
) -> None:
    """Try the articles of a workspace again that failed or took too long, from the places where they were found.

    Give the same gazetteers, engines and judgements as to `hamkor ingest`, and perhaps a longer --timeout or more --memory.

    Exit status: 0 all went well now, 1 some failed again, 2 wrong use.

    Examples:

      hamkor retry workspace

      hamkor retry workspace --timeout 600 --memory 8192
    """
    from pipeline.languages.lexicon import DataError
    from pipeline.workspace import WorkspaceError
    from pipeline.workspace.ingest import Options
    from pipeline.workspace.ingest import retry as run

    setup = make_setup(gazetteer, judgements, ner, max_bytes)
    teller = Teller(quiet=quiet, json_logs=json_logs)
    team = make_team(setup, workers=workers, timeout=timeout, memory=memory, scheduler=scheduler, told=teller.worker)
    try:
        report = run(Path(workspace), team=team, setup=setup, options=Options(field=text_field), told=teller.event)
    except DataError as error:
        wrong(str(error))
    except WorkspaceError as error:
        typer.echo(f"hamkor: {error}", err=True)
        raise typer.Exit(1) from None
    teller.end(report)
    raise typer.Exit(1 if teller.failed else 0)
