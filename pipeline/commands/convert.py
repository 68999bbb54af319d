"""The command `hamkor corpus convert`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import wrong

__all__ = ["convert"]


def convert(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE…",
            help="Files with gold, or folders of them: .gold, .json (Label Studio), .ann (brat), .conll or .iob2.",
            show_default=False,
        ),
    ],
    to: Annotated[
        str,
        typer.Option("--to", metavar="label-studio|brat|conll|gold", help="The format to write.", show_default=False),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.", show_default=False)
    ],
) -> None:
    """Write gold annotations for the tools that annotators know, and read them back.

    label-studio: tasks.json to import, labelling.xml to paste into the project (printed too); offsets in code points, as Label Studio has counted
    since 2021. brat: NAME.txt, NAME.ann and annotation.conf. conll: NAME.conll with IOB2 columns; spans within a span of the same layer are lost,
    and told. gold: hamkor's own mark-up.

    Exit status: 0 all well, 1 a file does not follow its rules (nothing is written), 2 wrong use.

    Examples:

      hamkor corpus convert corpus/dev --to label-studio --output tasks/

      hamkor corpus convert project-1-export.json --to gold --output corpus/train

      hamkor corpus convert corpus/dev --to brat -o brat/data/articles
    """
    from pipeline.evaluation.formats import FORMATS, label_studio, read_gold_any, write
    from pipeline.evaluation.gold import GoldError

    if to not in FORMATS:
        wrong(f"--to {to}: there are {', '.join(FORMATS)}")
    golds, failed = [], False
    for source in sources:
        if not source.exists():
            wrong(f"{source}: there is no such file or folder")
        try:
            found = read_gold_any(source)
        except (GoldError, OSError) as error:
            typer.echo(f"hamkor: {error}", err=True)
            failed = True
            continue
        if not found:
            wrong(f"{source}: there is no gold in it (.gold, .json, .ann, .conll, .iob2)")
        golds += found
    if failed:
        raise typer.Exit(1)
    try:
        lost = write(golds, to=to, folder=output)
    except GoldError as error:
        typer.echo(f"hamkor: {error}", err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        wrong(f"--output {output}: {error.strerror}; choose a place that can be written to")
    if to == "label-studio":
        typer.echo(label_studio.labelling(), nl=False)
    for line in lost:
        typer.echo(f"lost in {to}: {line}", err=True)
    typer.echo(f"{output}: {len(golds)} articles" + (f", {len(lost)} things lost" if lost else ""), err=True)
