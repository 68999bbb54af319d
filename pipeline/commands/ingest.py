"""The command `hamkor ingest`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.commands.batches import (
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

__all__ = ["ingest"]


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE…",
            help="Folders, files, patterns in quotes, ZIP, TAR, JSON Lines, RSS, Atom and sitemap files.",
            show_default=False,
        ),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="WORKSPACE", help="The folder of the workspace; made where it is missing.")
    ] = Path("workspace"),
    paths: Annotated[
        list[Path],
        typer.Option(
            "--paths", metavar="FILE", help="A file of paths, one a line (or divided by NUL); - for standard input."
        ),
    ] = [],  # noqa: B006 - typer reads the default, nobody changes it
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: look for new files again and again, until Ctrl-C.")
    ] = False,
    every: Annotated[
        float, typer.Option(metavar="SECONDS", help="How long --watch waits between two looks.", min=0.1)
    ] = 30.0,
    withdraw_missing: Annotated[
        bool,
        typer.Option("--withdraw-missing", help="Withdraw the articles whose sources are gone from the places given."),
    ] = False,
    all_near: Annotated[
        bool, typer.Option("--all-near", help="Extract near-duplicates too, even where they add no number and no name.")
    ] = False,
    rehash: Annotated[
        bool,
        typer.Option(
            "--rehash",
            help="Read and hash every file, even where size, times and inode are what they were. For file systems whose times are not to be trusted.",
        ),
    ] = False,
    text_field: Annotated[
        str, typer.Option(metavar="NAME", help="The field of JSON Lines that holds the text.")
    ] = "text",
    gazetteer: Gazetteers = [],  # noqa: B006
    ner: Engines = [],  # noqa: B006
    judgements: Judged = [],  # noqa: B006
    max_bytes: MaxBytes = 50 * 1024 * 1024,
    workers: Workers = 0,
    timeout: Timeout = 120.0,
    memory: Memory = 2048,
    scheduler: Scheduler = None,
    json_logs: JsonLogs = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only failures on standard error.")] = False,
) -> None:
    """Take new articles into a workspace: a folder that knows every article, its record, its text, and what became of it.

    A second run does only what is new, and what a changed hamkor, gazetteer or option makes stale. A file whose size, times and inode are what they were
    is not opened (--rehash opens it all the same). The same bytes, the same text, and
    near-duplicates that add nothing are linked, not extracted twice. Kill it at any moment: the next run finishes, nothing is lost or doubled.

    Exit status: 0 all well, 1 some article failed, 2 wrong use.

    Examples:

      hamkor ingest articles/ press.zip --into workspace

      hamkor ingest 'news/**/*.html' --into workspace --dry-run

      hamkor ingest export.jsonl --text-field body --into workspace --workers 8

      find /data -name '*.pdf' | hamkor ingest --paths - --into workspace

      hamkor ingest inbox/ --into workspace --watch --every 60
    """
    from pipeline.languages.lexicon import DataError
    from pipeline.workspace import WorkspaceError
    from pipeline.workspace.ingest import Options, plan
    from pipeline.workspace.ingest import ingest as run
    from pipeline.workspace.places import Places

    given, lists = list(sources or []), [str(path) for path in paths]
    if not given and not lists:
        wrong("nothing to take in; give a SOURCE, or a file of paths with --paths")
    if "-" in given:
        wrong(
            "an article on standard input has no name to be found by again; give a file (or --paths - for a list of paths)"
        )
    setup = make_setup(gazetteer, judgements, ner, max_bytes)
    options = Options(
        field=text_field, rehash=rehash, withdraw_missing=withdraw_missing, settle=watch, near=not all_near, idle=not watch
    )  # fmt: skip
    failed = False
    try:
        if dry_run:
            report = plan(into, given, setup=setup, lists=lists, options=options)
            typer.echo(
                json.dumps(
                    {"extract": report.whys, "no extraction": report.counts, "failed before": report.known_failures}
                )
            )
            return
        while True:
            teller = Teller(quiet=quiet, json_logs=json_logs)
            counted = not sys.stderr.isatty() or quiet or json_logs or "-" in lists

            def told(entry: dict[str, Any], teller: Teller = teller) -> None:
                nonlocal counted
                if not counted and entry["event"] == "progress":
                    counted = True  # not before: a run that finds nothing new has no time left to show
                    teller.total = sum(1 for _ in Places(given, lists))
                teller.event(entry)

            team = make_team(
                setup, workers=workers, timeout=timeout, memory=memory, scheduler=scheduler, told=teller.worker
            )
            report = run(into, given, team=team, setup=setup, lists=lists, options=options, told=told)
            if report.run:
                teller.end(report)
            failed = failed or teller.failed > 0
            if not watch:
                break
            time.sleep(every)
    except DataError as error:
        wrong(str(error))
    except WorkspaceError as error:
        typer.echo(f"hamkor: {error}", err=True)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        typer.echo("stopped; what was done is kept, and the next run goes on from there", err=True)
        raise typer.Exit(0 if watch and not failed else 1) from None
    raise typer.Exit(1 if failed else 0)
