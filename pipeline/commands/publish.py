"""The commands `hamkor publish` and `hamkor ask`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.authority.confidence import THRESHOLD
from pipeline.commands.console import Confidence, Source, wrong

__all__ = ["ask", "publish"]


def publish(
    workspace: Source,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="URL|FILE", help="postgresql://user@host/name, or an SQLite file; made where it is missing."
        ),
    ],
    since: Annotated[
        int | None, typer.Option(metavar="RUN", help="Only what was added, changed or withdrawn after this run.", min=0)
    ] = None,
    confidence: Confidence = THRESHOLD,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No figures on standard error.")] = False,
) -> None:
    """Bring what stands in a workspace into a database for others: SQLite or PostgreSQL.

    The tables (documents, passages, evidences, institutions, names, mentions, dates, copy counts, agreements …) and what their columns mean are in
    pipeline/publishing/tables.toml; a database of an earlier version is brought to this one first. Publishing again changes nothing; a new extraction replaces the one
    before, which stays as history; a withdrawn article stays as a tombstone. Every row leads to its evidence: article, characters, words, rule, run.

    Exit status: 0 all well, 1 some article could not be published, 2 wrong use.

    Examples:

      hamkor publish workspace/ --to registry.sqlite

      hamkor publish workspace/ --to postgresql://hamkor@localhost/registry --confidence 0.8

      hamkor publish workspace/ --to registry.sqlite --since 12
    """
    from pipeline.publishing.database import open_database
    from pipeline.publishing.facts import FeedError
    from pipeline.publishing.feed import open_feed
    from pipeline.publishing.publisher import Published, publish
    from pipeline.workspace import WorkspaceError

    def tell(done: Published) -> None:
        if not quiet and sys.stderr.isatty():
            typer.echo(f"\r\x1b[K{done.written + done.unchanged} articles", err=True, nl=False)

    try:
        with open_feed(workspace) as feed, open_database(to) as database:
            done = publish(feed, database, threshold=confidence, since=since, tell=tell)
    except (FeedError, WorkspaceError) as error:
        wrong(str(error))
    for refused in done.refused:
        typer.echo(f"hamkor: not published: {refused}", err=True)
    if not quiet:
        figures = f"{done.written} articles written, {done.unchanged} stood already, {done.withdrawn} withdrawn, {len(done.refused)} refused"
        typer.echo(figures, err=True)
    raise typer.Exit(1 if done.refused else 0)


def ask(
    database: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="What `hamkor publish` wrote to.", show_default=False)
    ],
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="One of the questions; without it they are listed.")
    ] = None,
    values: Annotated[
        list[str], typer.Argument(metavar="[NAME=VALUE…]", help="What the question needs.", show_default=False)
    ] = [],  # noqa: B006 - typer reads the default, nobody changes it
) -> None:
    """Ask a database of `hamkor publish` one of the questions that people ask; the answer is CSV.

    Exit status: 0 all well, 2 wrong use.

    Examples:

      hamkor ask registry.sqlite

      hamkor ask registry.sqlite agreements-in-force day=2014-05-01

      hamkor ask registry.sqlite partners-of party=nl-uz
    """
    import csv

    from pipeline.exporting.csvw import cell
    from pipeline.publishing.database import DatabaseError, open_database
    from pipeline.publishing.questions import QuestionError, questions
    from pipeline.publishing.questions import ask as answer

    if question is None:
        for one in questions().values():
            needs = "".join(f" {name}={example}" for name, example in one.needs.items())
            typer.echo(f"{one.name}{needs}\n    {one.about}")
        return
    pairs = [value.partition("=") for value in values]
    if any(not equals for _, equals, _ in pairs):
        wrong(f"{' '.join(values)}: write each value as name=value")
    if "://" not in database and not Path(database).is_file():
        wrong(f"{database}: there is no such file; make it with `hamkor publish`")
    try:
        with open_database(database) as opened:
            columns, rows = answer(opened, question, **{name: value for name, _, value in pairs})
    except (DatabaseError, QuestionError) as error:
        wrong(str(error))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(columns)
    out.writerows([cell(value) for value in row] for row in rows)
