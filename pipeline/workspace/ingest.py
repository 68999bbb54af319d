"""A run: what is new or stale is extracted, shard by shard into the workspace; what stands after it is what the sources say."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pipeline import __version__
from pipeline.reading import ReadingError
from pipeline.workspace import database
from pipeline.workspace.compaction import compact
from pipeline.workspace.crew import Team
from pipeline.workspace.errors import WorkspaceError
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.lock import locked
from pipeline.workspace.manifest import Entry, Manifest, now
from pipeline.workspace.places import Place, Places, reopened
from pipeline.workspace.quarantine import Quarantine
from pipeline.workspace.scan import Flight, Scan
from pipeline.workspace.shards import RECORDS, TEXTS, shard_path, sweep, write_shard
from pipeline.workspace.twins import Twins
from pipeline.workspace.work import Outcome, Task

__all__ = ["Event", "Options", "Report", "ingest", "plan", "retry"]

Event = dict[str, Any]
"""What happens, as it goes to the log and to whoever watches: `event` says what, the rest is about it."""

_SHARD_TASKS, _SHARD_BYTES = 32, 512 * 1024  # what a worker is given at once
_SHARD_LEAST, _SHARD_PART = 4, 64
_FLUSH_BYTES, _FLUSH_ENTRIES, _FLUSH_SECONDS = 16 * 1024**2, 5_000, 3.0  # what a run may lose when it is killed
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Options:
    """field: of JSON Lines, that holds the text. rehash: read every file, whatever its times say. withdraw_missing: withdraw what is gone from the places looked through. settle: leave files that
    changed in the last two seconds for later. near: near-duplicates that add nothing are not extracted. idle: keep a run that found nothing to do."""

    field: str = "text"
    rehash: bool = False
    withdraw_missing: bool = False
    settle: bool = False
    near: bool = True
    idle: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. counts: each source under exactly one of ok, unchanged, duplicate, failed, timed out. whys: new, stale, again -> articles to be
    extracted. known_failures: sources that failed before, among the unchanged. vanished: names that are gone. withdrawn: records that went with them.
    promoted: duplicates that lost their original and were extracted. run: 0 where nothing was written."""

    run: int
    counts: dict[str, int]
    whys: dict[str, int]
    known_failures: int = 0
    vanished: tuple[str, ...] = ()
    withdrawn: int = 0
    promoted: int = 0
    seconds: float = 0.0


def ingest(
    folder: Path,
    sources: Sequence[str],
    *,
    team: Callable[[], Team],
    setup: Setup,
    lists: Sequence[str] = (),
    options: Options | None = None,
    told: Callable[[Event], None] = lambda event: None,
) -> Report:
    """Take the articles of sources and files of paths into the workspace of a folder, which is made where it is missing.

    Killed at any moment, the next run finishes it. Raises WorkspaceError where the folder cannot be used, another run is at work, or the disk is full.
    """
    places = Places(sources, lists, settle=(options or Options()).settle)
    return _run(folder, places, team=team, setup=setup, options=options or Options(), told=told)


def retry(
    folder: Path,
    *,
    team: Callable[[], Team],
    setup: Setup,
    options: Options | None = None,
    told: Callable[[Event], None] = lambda event: None,
) -> Report:
    """Try again what failed, took too long, could not be read, or lost its original. Raises WorkspaceError."""
    if not (folder / database.MANIFEST).is_file():
        database.reading(folder)  # says what is wrong
    return _run(folder, None, team=team, setup=setup, options=options or Options(), told=told)


def plan(
    folder: Path, sources: Sequence[str], *, setup: Setup, lists: Sequence[str] = (), options: Options | None = None
) -> Report:
    """Return what `ingest` would do, and do nothing: `whys` says how many articles it would extract, and why; duplicates of text are not known yet."""
    chosen = options or Options()
    with ExitStack() as stack:
        if (folder / database.MANIFEST).is_file():
            connection = database.reading(folder, notes=True)
        else:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.executescript(database.schema())
        stack.callback(connection.close)
        scan = Scan(
            Manifest(connection, setup.fingerprint()), setup.limits, text_field=chosen.field, rehash=chosen.rehash
        )
        places = Places(sources, lists, settle=chosen.settle)
        scan.full = scan.written
        for task in scan.tasks(places):
            scan.flight[task.key].lighten()
        scan.count("duplicate", sum(len(flight.sources) - 1 for flight in scan.flight.values()))
        counts = {name: number for name, number in sorted(scan.counts.items()) if number}
        return Report(0, counts, dict(scan.whys), scan.known_failures)


def _run(
    folder: Path,
    places: Places | None,
    *,
    team: Callable[[], Team],
    setup: Setup,
    options: Options,
    told: Callable[[Event], None],
) -> Report:
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder))
            database.create(folder)
            connection = database.writing(folder)
            stack.callback(connection.close)
            fingerprint = setup.fingerprint()
            manifest = Manifest(connection, fingerprint)
            manifest.forget_dead_shards()
            swept = sweep(folder, manifest.shards())
            number = manifest.begin(version=__version__, options=_described(setup))
            log = stack.enter_context(_Log(folder, number, told))
            log("started", run=number, swept=swept, fingerprint=fingerprint, version=__version__)
            crew = team()
            stack.callback(crew.close)
            run = _Run(folder, manifest, crew, setup, options, log)
            report = run.retried() if places is None else run.taken_in(places)
            if report.whys or report.withdrawn:
                emptied = compact(folder, connection, run=number, number=manifest.next_shard)
                if emptied:
                    log("compacted", shards=emptied)
            return report
        except OSError as error:
            raise WorkspaceError(
                f"{folder}: {error.strerror or error}; make room or mend it, and run again: it goes on where it stopped"
            ) from error
        except sqlite3.Error as error:
            raise WorkspaceError(
                f"{folder / database.MANIFEST}: {error}; make room or mend it, and run again: it goes on where it stopped"
            ) from error


class _Log:
    """logs/run-N.jsonl, and whoever else wants to know."""

    def __init__(self, folder: Path, number: int, told: Callable[[Event], None]) -> None:
        self.path = folder / "logs" / f"run-{number:06d}.jsonl"
        self.told = told
        self.path.parent.mkdir(exist_ok=True)
        self._file: IO[str] = open(self.path, "a", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115 - closed at the end of the run

    def __enter__(self) -> _Log:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._file.close()

    def __call__(self, event: str, **about: Any) -> None:
        entry = {"time": now(), "event": event, **about}
        if event != "progress":
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()
        self.told(entry)


@dataclass(slots=True)
class _Run:
    """One run while it lasts: scanning, judging, writing."""

    folder: Path
    manifest: Manifest
    team: Team
    setup: Setup
    options: Options
    log: _Log
    scan: Scan = field(init=False)
    twins: Twins = field(init=False)
    quarantine: Quarantine = field(init=False)
    _done: list[Outcome] = field(default_factory=list)  # in the order in which they are to be written
    _held: dict[bytes, list[Outcome]] = field(default_factory=dict)  # duplicates of what is still under way
    _bytes: int = 0
    _flushed: float = 0.0
    _begun: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.scan = Scan(
            self.manifest,
            self.setup.limits,
            text_field=self.options.field,
            rehash=self.options.rehash,
            told=self._unread,
            full=self._flush,
        )
        self.twins = Twins(self.manifest, near=self.options.near)
        self.quarantine = Quarantine(self.folder)

    def taken_in(self, places: Places) -> Report:
        """Take in places, then see what is gone."""
        self._through(places)
        vanished = self.manifest.vanished(places.roots, blind=places.blind)
        if self.options.withdraw_missing:
            self.manifest.withdraw(vanished)
        return self._end(places.roots, vanished)

    def retried(self) -> Report:
        """Go again through the files in which something failed."""
        self.scan.again = True
        self._through(reopened({**self.manifest.unread(), **self.manifest.waiting(troubled=True)}))
        self.scan.again = False
        return self._end((), [])

    def _end(self, roots: Sequence[str], vanished: list[str]) -> Report:
        withdrawn = self.manifest.settle()
        promoted = self._promoted()
        counts = {name: number for name, number in sorted(self.scan.counts.items()) if number}
        idle = not self.options.idle and set(counts) <= {"unchanged"} and not (withdrawn or promoted)
        self.manifest.finish(counts, roots=roots, containers=self.scan.whole)
        report = Report(
            0 if idle else self.manifest.run, counts, dict(self.scan.whys), self.scan.known_failures, tuple(vanished), withdrawn, promoted,
            time.monotonic() - self._begun,
        )  # fmt: skip
        for name in vanished:
            self.log("vanished", source=name, withdrawn=self.options.withdraw_missing)
        self.log(
            "finished", **{**counts, "withdrawn": withdrawn, "promoted": promoted, "seconds": round(report.seconds, 3)}
        )
        if idle:
            self.manifest.discard()
            self.log.path.unlink(missing_ok=True)
        return report

    def _promoted(self) -> int:
        """Extract the duplicates that lost their original, until none waits that can be had."""
        before = dict(self.scan.counts)
        self.scan.quiet = True
        done = 0
        for _ in range(_ROUNDS):
            waiting = self.manifest.waiting(troubled=False)
            if not waiting:
                break
            done += self._through(reopened(waiting))
            self.manifest.settle()
        self.scan.quiet = False
        self.scan.counts.clear()
        self.scan.counts.update(before)
        return done

    def _through(self, places: Iterable[Place | ReadingError]) -> int:
        """Work off places; return how many records were made."""
        made = 0
        self._flushed = time.monotonic()
        try:
            for outcome in self.team.work(_shards(self.scan.tasks(places)), self.twins.judge):
                made += outcome.state == "ok"
                self._take(outcome)
                if (
                    self._bytes > _FLUSH_BYTES
                    or len(self._done) > _FLUSH_ENTRIES
                    or time.monotonic() - self._flushed > _FLUSH_SECONDS
                ):
                    self._flush()
        except KeyboardInterrupt:  # what is done is done
            self._flush()
            raise
        self._flush()
        return made

    def _take(self, outcome: Outcome) -> None:
        """Take in the outcome of one article; a duplicate waits for what its original comes to."""
        flight = self.scan.flight[outcome.key]
        if (
            outcome.state == "ok" and outcome.survey is not None and self.twins.judge([outcome.survey])
        ):  # elsewhere, nobody could judge before
            outcome = Outcome(outcome.key, outcome.name, "skipped", outcome.seconds, survey=outcome.survey)
        if outcome.state in ("failed", "timed out"):
            self.quarantine.put(flight.task, outcome)
            self.log(
                outcome.state.replace(" ", "_"),
                source=outcome.name,
                key=outcome.key.hex(),
                type=outcome.error_type,
                error=outcome.error,
            )
        elif flight.troubled:
            self.quarantine.release(outcome.key)
        flight.lighten()
        original = self.twins.originals.get(outcome.key)
        if (
            outcome.state == "skipped"
            and original is not None
            and original.key in self.scan.flight
            and not self._finished(original.key)
        ):
            self._held.setdefault(original.key, []).append(outcome)
            return
        self._settle(outcome)

    def _finished(self, key: bytes) -> bool:
        return self.scan.flight[key].finished

    def _settle(self, outcome: Outcome) -> None:
        flight = self.scan.flight[outcome.key]
        flight.finished = True
        self._done.append(outcome)
        self._bytes += len(outcome.record or b"") + len(outcome.text or b"")
        self.log(
            "progress", source=outcome.name, outcome=outcome.state, counts=self.scan.counts, underway=len(self._done)
        )
        for duplicate in self._held.pop(outcome.key, ()):
            self._settle(duplicate)

    def _flush(self) -> None:
        """Write what is done: first the shards, whole and synced, then the manifest, in one transaction."""
        self._flushed = time.monotonic()
        records = [outcome.record for outcome in self._done if outcome.record is not None]
        texts = [outcome.text for outcome in self._done if outcome.text is not None]
        places: Iterator[tuple[int, int]] = iter(())
        text_places: Iterator[tuple[int, int]] = iter(())
        shard = None
        if records:
            number = self.manifest.next_shard()
            text_places = iter(write_shard(shard_path(self.folder, TEXTS, number), texts))
            places = iter(write_shard(shard_path(self.folder, RECORDS, number), records))
            shard = (number, sum(map(len, records)) + len(records), sum(map(len, texts)) + len(texts))
        entries = []
        for outcome in self._done:
            flight = self.scan.flight[outcome.key]
            self._tally(outcome, flight)
            place = (next(places), next(text_places)) if outcome.record is not None else (None, None)
            entries.append(self._entry(outcome, flight, *place))
        if entries or self.scan.seen or self.scan.unchanged or self.scan.unread:
            self.manifest.commit(
                entries, shard=shard, seen=self.scan.seen, unchanged=self.scan.unchanged, unread=self.scan.unread
            )
        self.scan.written()
        for outcome in self._done:
            del self.scan.flight[outcome.key]
            self.twins.forget(outcome.key)
        self._done.clear()
        self._bytes = 0

    def _entry(
        self, outcome: Outcome, flight: Flight, record: tuple[int, int] | None, text: tuple[int, int] | None
    ) -> Entry:
        survey = outcome.survey
        skipped = outcome.state == "skipped"
        return Entry(
            outcome.key,
            "duplicate" if outcome.state == "skipped" else outcome.state,
            tuple(flight.sources),
            record=record,
            text=text,
            text_hash=survey.text_hash if survey else None,
            record_hash=outcome.record_hash,
            sketch=survey.sketch if survey and not skipped else None,
            bands=survey.bands if survey and not skipped else (),
            original=self.twins.originals.get(outcome.key) if skipped else None,
            links=self.twins.links.get(outcome.key, ()),
            error_type=outcome.error_type,
            error=outcome.error,
        )

    def _tally(self, outcome: Outcome, flight: Flight) -> None:
        """Count: the first source has the outcome, the others have the same bytes."""
        bad = outcome.state in ("failed", "timed out")
        self.scan.count("duplicate" if outcome.state == "skipped" else outcome.state)
        self.scan.count(outcome.state if bad else "duplicate", len(flight.sources) - 1)

    def _unread(self, error: ReadingError) -> None:
        self.log("failed", source=error.source, key=None, type="reading", error=error.reason)


def _shards(tasks: Iterator[Task]) -> Iterator[list[Task]]:
    """Bundle tasks into what a worker is given at once: at most a part of all that was given before, so that all workers soon have something to do, and at the
    end none is left alone with much."""
    bundle: list[Task] = []
    size = given = 0
    for task in tasks:
        bundle.append(task)
        size += len(task.data)
        if len(bundle) >= min(max(_SHARD_LEAST, given // _SHARD_PART), _SHARD_TASKS) or size >= _SHARD_BYTES:
            yield bundle
            given += len(bundle)
            bundle, size = [], 0
    if bundle:
        yield bundle


def _described(setup: Setup) -> dict[str, object]:
    return {
        "gazetteers": list(setup.gazetteers),
        "judgements": list(setup.judgements),
        "ner": list(setup.engines),
        "max_bytes": setup.limits.max_bytes,
    }
