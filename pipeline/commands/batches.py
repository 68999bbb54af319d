"""What `hamkor ingest` and `hamkor retry` share: how a crew is made, how a run is told, how it ends."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.console import engines_of, wrong

if TYPE_CHECKING:
    from pipeline.workspace.crew import Team
    from pipeline.workspace.fingerprint import Setup
    from pipeline.workspace.ingest import Report

__all__ = [
    "Folder",
    "JsonLogs",
    "MaxBytes",
    "Memory",
    "Scheduler",
    "Teller",
    "Timeout",
    "Workers",
    "make_setup",
    "make_team",
]

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The folder of a workspace.", show_default=False)]
Workers = Annotated[int, typer.Option(metavar="N", help="Processes; 0 for as many as there are cores.", min=0)]
Timeout = Annotated[float, typer.Option(metavar="SECONDS", help="The time that one article may take.", min=0.1)]
Memory = Annotated[
    int, typer.Option(metavar="MB", help="The memory that one article may add (Linux); 0 for no limit.", min=0)
]
MaxBytes = Annotated[int, typer.Option(help="Refuse a larger article.", min=1)]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="tcp://HOST:PORT", help="Work on the machines of a Dask scheduler (pip install 'hamkor\\[dask]')."
    ),
]
JsonLogs = Annotated[bool, typer.Option("--json-logs", help="Tell what happens in JSON Lines on standard error.")]

_LIVE, _PLAIN = 0.1, 10.0  # seconds between two lines of progress: on a terminal, in a log


def make_setup(gazetteer: list[Path], judgements: list[Path], ner: list[str], max_bytes: int) -> Setup:
    """Return the setup; one that names a file which cannot be read is wrong use. Paths are made absolute: workers have their own folder."""
    from pipeline.reading import Limits
    from pipeline.workspace.fingerprint import Setup

    setup = Setup(
        gazetteers=tuple(os.path.abspath(path) for path in gazetteer),
        judgements=tuple(os.path.abspath(path) for path in judgements),
        engines=tuple(engines_of(ner)),
        limits=Limits(max_bytes=max_bytes),
    )
    try:
        setup.fingerprint()
    except OSError as error:
        wrong(f"{error.filename}: {error.strerror}; give a file that can be read")
    return setup


def make_team(
    setup: Setup, *, workers: int, timeout: float, memory: int, scheduler: str | None, told: Callable[[str], None]
) -> Callable[[], Team]:
    """Return what makes the team of a run: processes here, or the workers of a scheduler."""
    from pipeline.workspace.crew import Crew, Terms

    terms = Terms(timeout=timeout, memory=memory * 1024**2 or None)
    if scheduler is None:
        return lambda: Crew(setup, workers=workers or os.cpu_count() or 1, terms=terms, told=told)
    from pipeline.workspace.cluster import Cluster

    address = scheduler
    return lambda: Cluster(address, setup, terms=terms, told=told)


class Teller:
    """Tells of a run on standard error: one line that is written over on a terminal, a line now and then in a log, or JSON Lines.

    total: places that the run will go through, where that is known: then the time left is told too.
    """

    def __init__(self, *, quiet: bool, json_logs: bool, total: int | None = None) -> None:
        self.quiet = quiet
        self.json_logs = json_logs
        self.live = sys.stderr.isatty() and not json_logs
        self.total = total
        self.begun = self.told = time.monotonic()
        self.failed = 0

    def event(self, entry: dict[str, Any]) -> None:
        """Take in an event of a run."""
        kind = entry["event"]
        if kind in ("failed", "timed_out"):
            self.failed += 1
        due = time.monotonic() - self.told >= (_LIVE if self.live else _PLAIN)
        if kind == "progress" and (self.quiet or not due):
            return
        if self.json_logs:
            shown = {**entry, "counts": dict(entry["counts"])} if "counts" in entry else entry
            typer.echo(json.dumps(shown, ensure_ascii=False), err=True)
        elif kind == "progress":
            self._line(self._progress(entry), end=not self.live)
        elif kind in ("failed", "timed_out"):
            self._line(f"{kind.replace('_', ' ')}: {entry['source']}: {entry['error']}", end=True)
        elif kind == "vanished" and not self.quiet:
            self._line(f"{'withdrawn' if entry['withdrawn'] else 'gone'}: {entry['source']}", end=True)
        if kind == "progress":
            self.told = time.monotonic()

    def worker(self, message: str) -> None:
        """Take in what a crew says of its workers."""
        if self.json_logs:
            typer.echo(json.dumps({"event": "worker", "message": message}, ensure_ascii=False), err=True)
        elif not self.quiet:
            self._line(message, end=True)

    def end(self, report: Report) -> None:
        """Tell what a run did."""
        if self.quiet or self.json_logs:
            return
        self._line(told_of(report), end=True)
        if report.known_failures:
            self._line(
                f"{report.known_failures} failed in an earlier run and did not change: `hamkor status`, `hamkor retry`",
                end=True,
            )
        if report.vanished and not report.withdrawn:
            self._line(
                f"{len(report.vanished)} are gone from their places, and stand until --withdraw-missing is given",
                end=True,
            )

    def _progress(self, entry: dict[str, Any]) -> str:
        counts = entry["counts"]
        done = sum(counts.values()) + entry["underway"]
        worked = done - counts["unchanged"]
        rate = worked / max(time.monotonic() - self.begun, 1e-9)
        left = ""
        if self.total is not None and self.total > done and rate > 0:
            left = f" of {self.total}, {_clock((self.total - done) / rate)} left"
        return f"{done} articles{left}, {rate:.0f} a second, {self.failed} failed, last {entry['source'][-50:]}"

    def _line(self, text: str, *, end: bool) -> None:
        typer.echo(f"\r\x1b[K{text}" if self.live else text, err=True, nl=end)


def told_of(report: Report) -> str:
    """Return a report in one line."""
    parts = [f"{number} {name}" for name, number in report.counts.items()] or ["nothing"]
    more = [
        f"{number} {what}"
        for number, what in ((report.withdrawn, "withdrawn"), (report.promoted, "promoted"))
        if number
    ]
    return f"run {report.run or '-'}: {', '.join(parts + more)}, {report.seconds:.1f} s"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"
