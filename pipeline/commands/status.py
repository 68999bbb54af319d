"""The command `hamkor status`."""

from __future__ import annotations

import json
from itertools import islice
from typing import Annotated

import typer

from pipeline.commands.batches import Folder

__all__ = ["status"]

_SHOWN = 20


def status(
    workspace: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="All of it as one JSON object.")] = False,
) -> None:
    """Say what stands in a workspace: articles by state, its runs, what failed and why. Reads only; a run may be at work meanwhile.

    Exit status: 0 nothing failed, 1 something did or the workspace cannot be read, 2 wrong use.

    Examples:

      hamkor status workspace

      hamkor status workspace --json | jq .articles
    """
    from pipeline.workspace import Workspace, WorkspaceError

    try:
        with Workspace.open(workspace) as opened:
            states, sizes, runs = opened.states(), opened.bytes(), opened.runs()
            if as_json:
                troubles = [
                    {"source": trouble.source, "key": trouble.key, "state": trouble.state, "error": trouble.error}
                    for trouble in opened.troubles()
                ]
                described = [
                    {
                        "number": run.number, "started": run.started, "finished": run.finished, "version": run.version,
                        "fingerprint": run.fingerprint, "articles": run.articles, "outcomes": run.totals, "options": run.options,
                    }
                    for run in runs
                ]  # fmt: skip
                row = {"articles": states, "bytes": sizes, "runs": described, "failed": troubles}
                typer.echo(json.dumps(row, ensure_ascii=False))
                raise typer.Exit(1 if troubles else 0)
            for state, number in states.items():
                typer.echo(f"{number:>10}  {state}")
            typer.echo(
                f"{_size(sizes['records'] + sizes['texts']):>10}  of records and texts, {_size(sizes['standing'])} of them in use"
            )
            for run in runs[-5:]:
                outcomes = ", ".join(f"{number} {name}" for name, number in run.totals.items()) or "nothing"
                ended = (
                    outcomes if run.finished else "not finished: it is at work, or was ended; the next run finishes it"
                )
                typer.echo(f"run {run.number}, {run.started}, hamkor {run.version}: {ended}")
            listed = list(islice(opened.troubles(), _SHOWN + 1))
            for trouble in listed[:_SHOWN]:
                typer.echo(f"{trouble.state}: {trouble.source}: {trouble.error}")
            if len(listed) > _SHOWN:
                typer.echo("and more: hamkor status --json")
    except WorkspaceError as error:
        typer.echo(f"hamkor: {error}", err=True)
        raise typer.Exit(1) from None
    raise typer.Exit(1 if listed else 0)


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number < 1e9 else f"{number / 1e9:.1f} GB"
