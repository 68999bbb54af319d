"""Runs that are killed, disks that are full, two runs at once: nothing is lost, nothing is doubled, no half shard counts."""

from __future__ import annotations

import errno
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.workspace import Workspace, WorkspaceError, shards
from pipeline.workspace import ingest as runs
from pipeline.workspace.lock import locked
from tests.workspace.conftest import World

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that it forks")


@pytest.fixture
def many(world: World) -> World:
    """Twelve short articles, of which two are equal and one fails."""
    for number in range(10):
        world.put(
            f"{number}.txt", f"The British Library lent {number + 2} manuscripts to the Louvre in {2000 + number}."
        )
    world.put("copy.txt", "The British Library lent 2 manuscripts to the Louvre in 2000.")
    world.put("fails.txt", "FAIL")
    return world


def damage(world: World) -> list[str]:
    """Return what is wrong in a workspace after a run that came to its end: nothing, after whatever happened before."""
    with Workspace.open(world.folder) as opened:
        texts = Counter(change.text for change in opened.changes())
        states = opened.states()
    records, kept = ({path.name for path in world.folder.glob(f"{room}/*/*")} for room in ("records", "texts"))
    found = {
        f"outcomes: {states}": states != {"failed": 1, "ok": 10},
        f"articles that stand: {len(texts)}": len(texts) != 10,
        "an article stands twice": set(texts.values()) != {1},
        "a half shard": any(world.folder.glob("*/*/*.part")),
        "records and texts in different shards": records != kept,
    }
    return [what for what, wrong in found.items() if wrong]


def make_fatal(patched: pytest.MonkeyPatch, place: str, nth: int) -> None:
    """Let the process be killed at the nth step of a kind: "fsync", "replace", or a statement of SQL that begins so."""
    left = [nth]

    def fatal() -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepping(*values: object) -> object:
        fatal()
        return real(*values)

    def tracing(folder: Path) -> sqlite3.Connection:
        connection = opened(folder)
        connection.set_trace_callback(lambda sql: fatal() if sql.upper().startswith(place.upper()) else None)
        return connection

    opened = runs.database.writing
    if place in ("fsync", "replace"):
        real = getattr(os, place)
        patched.setattr(shards.os, place, stepping)
    else:
        patched.setattr(runs.database, "writing", tracing)


def fork(work: Callable[[], object]) -> int:
    """Do something in a forked process; return its process id. Its exit is a kill, so that nothing of pytest runs there."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


@needs_fork
class TestKilled:
    @pytest.mark.parametrize("seed", range(4))
    def test_at_random_moments(self, many: World, monkeypatch: pytest.MonkeyPatch, seed: int):
        monkeypatch.setattr(runs, "_FLUSH_ENTRIES", 1)
        random_ = random.Random(seed)
        for _ in range(6):
            child = fork(many.ingest)
            time.sleep(random_.uniform(0, 0.15))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        many.ingest()
        assert damage(many) == []

    @pytest.mark.parametrize("place", ["fsync", "replace", "commit", "begin"])
    @pytest.mark.parametrize("nth", [1, 2, 3, 5])
    def test_at_each_step_of_a_write(self, many: World, monkeypatch: pytest.MonkeyPatch, place: str, nth: int):
        monkeypatch.setattr(runs, "_FLUSH_ENTRIES", 3)
        make_fatal(monkeypatch, place, nth)
        os.waitpid(fork(many.ingest), 0)
        monkeypatch.undo()
        many.ingest()
        assert damage(many) == []

    def test_a_shard_that_no_manifest_names_is_swept(self, many: World):
        many.ingest()
        for room in ("records", "texts"):
            (many.folder / room / "0000" / "0000077.jsonl").write_text("{}\n")
            (many.folder / room / "0000" / "0000078.part").write_text('{"half')
        many.ingest()
        assert not list(many.folder.glob("*/0000/000007[78].*"))
        assert damage(many) == []


class TestFull:
    @pytest.mark.parametrize("call", [1, 2, 3, 4])
    def test_a_full_disk_stops_the_run_and_the_next_goes_on(
        self, many: World, monkeypatch: pytest.MonkeyPatch, call: int
    ):
        monkeypatch.setattr(runs, "_FLUSH_ENTRIES", 3)
        left = [call]
        real = os.fsync

        def fsync(handle: int) -> None:
            left[0] -= 1
            if left[0] <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            real(handle)

        monkeypatch.setattr(shards.os, "fsync", fsync)
        with pytest.raises(WorkspaceError, match="No space left on device; make room"):
            many.ingest()
        assert not list(many.folder.glob("*/*/*.part"))
        monkeypatch.undo()
        many.ingest()
        assert damage(many) == []

    def test_a_manifest_that_cannot_grow(self, many: World, monkeypatch: pytest.MonkeyPatch):
        opened = runs.database.writing

        def full(folder: Path) -> sqlite3.Connection:
            connection = opened(folder)
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        monkeypatch.setattr(runs.database, "writing", full)
        for number in range(60):
            many.put(f"more{number}.txt", f"The Louvre lent {number} works to the British Library in {1950 + number}.")
        with pytest.raises(WorkspaceError, match="full"):
            many.ingest()
        monkeypatch.undo()
        many.ingest()
        assert many.states() == {"failed": 1, "ok": 70}


class TestAtOnce:
    def test_a_second_run_is_told(self, many: World):
        with (
            locked(many.folder),
            pytest.raises(WorkspaceError, match=rf"another run is at work here \(process {os.getpid()} on "),
        ):
            many.ingest()
        many.ingest()
        assert damage(many) == []

    def test_stopped_by_hand(self, many: World, monkeypatch: pytest.MonkeyPatch):
        def stop(event: dict[str, object]) -> None:
            if event["event"] == "progress" and str(event["source"]).endswith("5.txt"):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            many.ingest(told=stop)
        assert 0 < many.states()["ok"] < 10
        many.ingest()
        assert damage(many) == []
