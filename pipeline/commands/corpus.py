"""The commands `hamkor corpus …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.console import wrong

if TYPE_CHECKING:
    from pipeline.corpus import Corpus

__all__ = ["app"]

app = typer.Typer(help="Look after a corpus of gold annotations.", no_args_is_help=True)

_Folder = Annotated[
    Path,
    typer.Argument(metavar="FOLDER", help="A folder with train, dev, test (gold articles), passages and sentences."),
]


@app.command()
def check(folder: _Folder = Path("corpus")) -> None:
    """Say what is wrong with a corpus: syntax, the guidelines, slugs that mean two things, spans of half words, duplicates between splits.

    Exit status: 0 nothing wrong, 1 something is, 2 wrong use.

    Example:

      hamkor corpus check corpus/
    """
    from pipeline.corpus import problems

    found = problems(_read(folder))
    for line in found:
        typer.echo(line)
    typer.echo(f"{folder}: {len(found)} problems" if found else f"{folder}: nothing wrong", err=True)
    raise typer.Exit(1 if found else 0)


@app.command()
def stats(folder: _Folder = Path("corpus")) -> None:
    """Count what a corpus holds: articles, mentions, dates, counts, agreements by split and language; genres; passages; sentences.

    Example:

      hamkor corpus stats corpus/
    """
    from pipeline.authority.gazetteer import gazetteer
    from pipeline.corpus import statistics

    figures = statistics(_read(folder), gazetteer())
    _table("split", {" ".join(key): cells for key, cells in figures.articles.items()})
    _table("genre", figures.genres)
    _table("passages", figures.passages)
    _table("sentences", figures.sentences)


def _read(folder: Path) -> Corpus:
    from pipeline.corpus import read_corpus

    try:
        return read_corpus(folder)
    except OSError as error:
        wrong(str(error))


def _table(title: str, rows: dict[str, dict[str, int]]) -> None:
    """Print a table in plain columns; a missing figure is a dash."""
    if not rows:
        return
    columns = list(dict.fromkeys(name for cells in rows.values() for name in cells))
    lines = [[title, *columns]]
    lines += [[row, *(f"{cells[name]:,}" if name in cells else "-" for name in columns)] for row, cells in rows.items()]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        first, *others = (
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        typer.echo("  ".join([first, *others]).rstrip())
    typer.echo("")
