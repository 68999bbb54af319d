"""The commands `hamkor gazetteer …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import wrong

__all__ = ["app"]

app = typer.Typer(help="Look after gazetteers.", no_args_is_help=True)


@app.command("check")
def gazetteer_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="A folder like gazetteers/; the one of hamkor without it.")
    ] = None,
) -> None:
    """Say what is wrong with a folder of gazetteers: duplicates, two institutions of one name, unknown countries, missing languages.

    Exit status: 0 nothing wrong, 1 something is.

    Example:

      hamkor gazetteer check gazetteers/
    """
    from pipeline.authority.check import problems
    from pipeline.resources import gazetteers

    chosen = folder or gazetteers()
    try:
        found = problems(chosen)
    except OSError as error:
        wrong(f"{chosen}: {error.strerror}")
    for line in found:
        typer.echo(line)
    typer.echo(f"{chosen}: {len(found)} problems" if found else f"{chosen}: nothing wrong", err=True)
    raise typer.Exit(1 if found else 0)
