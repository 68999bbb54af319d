"""The commands `hamkor models …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import wrong

__all__ = ["app"]

app = typer.Typer(help="Look after the models that NER engines need.", no_args_is_help=True)


@app.callback()
def _models() -> None:
    pass


@app.command()
def download(
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", help="ru or en.")],
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="FOLDER", help="Where they go.", show_default="models/downloaded/stanza"),
    ] = None,
) -> None:
    """Fetch Stanza's own NER models for a language, once; afterwards `--ner stanza:LANGUAGE` needs no network.

    This is the only command of hamkor that asks a network. Progress is on standard error.

    Exit status: 0 all well, 1 they could not be fetched, 2 wrong use.

    Example:

      hamkor models download ru
    """
    from pipeline.languages.lexicon import DataError
    from pipeline.ner.stanza_engine import default_folder, fetch

    home = folder if folder is not None else default_folder()
    try:
        fetch(language, home)
    except DataError as error:
        wrong(str(error))
    except OSError as error:
        typer.echo(
            f"hamkor: Stanza's models for {language!r} could not be fetched: {' '.join(str(error).split())}; "
            "this needs a network once: try again where there is one, or copy the folder of a machine that has them",
            err=True,
        )
        raise typer.Exit(1) from None
    typer.echo(f"{home}: Stanza's models for {language!r}; use them with --ner stanza:{language}", err=True)
