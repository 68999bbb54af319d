"""The command `hamkor train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import wrong

__all__ = ["train"]


def train(
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="A folder with train, sentences, and a part to measure on.")
    ] = Path("corpus"),
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the model goes; what is there is replaced.")
    ] = Path("models/institutions"),
    members: Annotated[
        int | None,
        typer.Option(
            min=1, help="How many members the model has, each from another seed.", show_default="as configured"
        ),
    ] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Training steps.", show_default="as configured")] = None,
    without: Annotated[
        list[str],
        typer.Option(
            "--without",
            metavar="PATTERN",
            help="Leave out articles and sentence files of this id, such as 'eng-5?-*'; may be given more than once.",
        ),
    ] = [],  # noqa: B006 - typer reads the default, nobody changes it
    measure_on: Annotated[
        str,
        typer.Option(
            "--measure-on", metavar="PART", help="The part of the corpus that the figures of the card are of."
        ),
    ] = "test",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Train hamkor's own model for institutions from a corpus and the gazetteers, and write its card.

    Every setting stands in pipeline/ner/training.cfg. The seeds are fixed: the same corpus gives the same model. No network.

    Exit status: 0 all well, 2 wrong use, or a corpus that cannot be read.

    Examples:

      hamkor train

      hamkor train corpus/ --output my-model --members 1 --steps 500 --measure-on dev
    """
    try:
        from pipeline.languages.lexicon import DataError
        from pipeline.ner import training
    except ImportError:
        wrong("spaCy is not installed; pip install 'hamkor[spacy]'")

    def tell(line: str) -> None:
        if not quiet:
            typer.echo(line, err=True)

    settings: dict[str, object] = {}
    if steps is not None:
        settings["training.max_steps"] = steps
    if without:
        settings["corpora.train.without"] = without
    try:
        training.train(corpus, output, settings=settings, members=members, tell=tell)
        rows = training.measure(corpus, measure_on, output)
        (output / "README.md").write_text(training.card(corpus, output, measure_on, rows), encoding="utf-8")
    except (DataError, OSError) as error:
        wrong(str(error))
    for row in rows:
        tell(
            f"{row.group:24s} exact {row.rules_exact:5.1f} -> {row.model_exact:5.1f}   overlap {row.rules_overlap:5.1f} -> {row.model_overlap:5.1f}   ({row.names} names)"
        )
