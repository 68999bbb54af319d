"""The command `hamkor train`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands.console import wrong

__all__ = ["train"]

_STEPS = {"hamkor": "tagger.steps", "spacy": "training.max_steps", "stanza": "stanza.max_steps"}


def train(
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="A folder with train, sentences, and a part to measure on.")
    ] = Path("corpus"),
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            "-e",
            metavar="ENGINE",
            help="hamkor: the tagger of institutions that comes with hamkor; spacy: spaCy pipelines that read the same; stanza: a Stanza model; "
            "relations: the judges of who gives, receives and agrees.",
        ),
    ] = "hamkor",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Where the model goes; what is there is replaced. Needed for spacy and stanza.",
            show_default="models/institutions, models/relations",
        ),
    ] = None,
    members: Annotated[
        int | None,
        typer.Option(min=1, help="How many spaCy pipelines, each from another seed.", show_default="as configured"),
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
    """Train a model for institutions, or for relations between them, from a corpus and the gazetteers, and write its card.

    Every setting stands in pipeline/ner/training.toml or pipeline/relations/training.toml. The seeds are fixed: the same corpus gives the same model. No network.

    Exit status: 0 all well, 2 wrong use, a corpus that cannot be read, or a package that is not installed (pip install 'hamkor\\[train]').

    Examples:

      hamkor train

      hamkor train --engine relations

      hamkor train corpus/ --engine stanza --output my-model --measure-on dev

      hamkor extract articles/ --ner stanza:my-model/institutions.pt
    """
    from pipeline.languages.lexicon import DataError
    from pipeline.ner import training

    def tell(line: str) -> None:
        if not quiet:
            typer.echo(line, err=True)

    if engine == "relations":
        if members is not None or steps is not None:
            wrong("--members and --steps are for the models of institutions; see pipeline/relations/training.toml")
        _relations(corpus, output or Path("models/relations"), tuple(without), measure_on, tell)
        return
    kind = next((kind for kind in training.KINDS if kind == engine), None)
    if kind is None:
        wrong(f"--engine {engine}: it is one of {', '.join((*training.KINDS, 'relations'))}")
    if output is None:
        if kind != "hamkor":
            wrong(f"--engine {kind} needs --output: the folder that the model goes to")
        output = Path("models/institutions")
    if members is not None and kind != "spacy":
        wrong("--members is for --engine spacy alone")

    changed: dict[str, Any] = {}
    if steps is not None:
        changed[_STEPS[kind]] = steps
    if members is not None:
        changed["spacy.members"] = members
    if without:
        changed["texts.without"] = without
    try:
        from pipeline.ner.card import card, measure

        training.train(corpus, output, kind=kind, changed=changed, tell=tell)
        rows = measure(corpus, measure_on, training.engine_name(kind, output))
        (output / "README.md").write_text(card(kind, corpus, output, measure_on, rows, changed), encoding="utf-8")
    except (DataError, OSError) as error:
        wrong(str(error))
    for row in rows:
        tell(
            f"{row.group:24s} exact {row.rules_exact:5.1f} -> {row.model_exact:5.1f}   overlap {row.rules_overlap:5.1f} -> {row.model_overlap:5.1f}   ({row.names} names)"
        )


def _relations(
    corpus: Path, output: Path, without: tuple[str, ...], measure_on: str, tell: Callable[[str], None]
) -> None:
    """Teach the judges of relations and write their card."""
    from pipeline.languages.lexicon import DataError
    from pipeline.relations.card import card, measure
    from pipeline.relations.training import train_relations

    try:
        train_relations(corpus, output, without=without, tell=tell)
        rows = measure(corpus, measure_on, output)
        (output / "README.md").write_text(card(corpus, output, measure_on, rows, without), encoding="utf-8")
    except (DataError, OSError) as error:
        wrong(str(error))
    for row in rows:
        tell(f"{row.group:24s} {row.figure:18s} {row.rules:5.1f} -> {row.judged:5.1f}")
