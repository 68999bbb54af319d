"""Workers: every task has one outcome, whatever becomes of them."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.languages.lexicon import DataError
from pipeline.workspace import WorkspaceError
from pipeline.workspace.crew import Crew, Terms
from pipeline.workspace.ingest import _shards, ingest, retry
from pipeline.workspace.work import Outcome, Survey, Task
from tests.workspace.fakes import Fake


def task(name: str, text: str) -> Task:
    data = text.encode()
    return Task(hashlib.sha256(data).digest(), name, data)


def nobody(surveys: Sequence[Survey]) -> set[bytes]:
    return set()


def bundles(tasks: list[Task], size: int = 5) -> Iterator[list[Task]]:
    for start in range(0, len(tasks), size):
        yield tasks[start : start + size]


def worked(
    tasks: list[Task], *, workers: int = 2, size: int = 5, **terms: object
) -> tuple[dict[str, Outcome], list[str]]:
    told: list[str] = []
    crew = Crew(Fake(), workers=workers, terms=Terms(**{"timeout": 60.0, **terms}), told=told.append)  # type: ignore[arg-type]
    try:
        outcomes = list(crew.work(bundles(tasks, size), nobody))
    finally:
        crew.close()
    assert Counter(outcome.name for outcome in outcomes) == Counter(one.name for one in tasks)  # one outcome each
    return {outcome.name: outcome for outcome in outcomes}, told


class TestOutcomes:
    def test_whatever_the_articles_do(self, tmp_path: Path):
        tasks = [task(f"{number}.txt", f"Article {number}") for number in range(20)]
        tasks[2] = task("hang.txt", "HANG")
        tasks[7] = task("crash.txt", "CRASH")
        tasks[8] = task("fail.txt", "FAIL")
        tasks[9] = task("empty.txt", "")
        tasks[13] = task("taken.txt", f"TAKEN {tmp_path / 'mark'}")
        tasks[14] = task("broken.pdf", "%PDF-1.7")
        found, told = worked(tasks, timeout=1.5)
        bad = {name: (outcome.state, outcome.error_type) for name, outcome in found.items() if outcome.state != "ok"}
        assert bad == {
            "hang.txt": ("timed out", "timeout"),
            "crash.txt": ("failed", "crash"),
            "fail.txt": ("failed", "internal"),
            "empty.txt": ("failed", "reading"),
            "broken.pdf": ("failed", "reading"),
        }
        assert "signal 11" in (found["crash.txt"].error or "")
        assert (
            sum("signal 9" in line for line in told) == 1
        )  # the worker that was taken away: its article is none the worse for it

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is only limited there")
    def test_memory_is_limited(self):
        found, _ = worked(
            [task("eat.txt", "EAT"), *(task(f"{number}.txt", f"Article {number}") for number in range(6))],
            memory=512 * 1024**2,
        )
        assert found.pop("eat.txt").error_type == "memory"
        assert {outcome.state for outcome in found.values()} == {"ok"}

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the present memory is only known there")
    def test_workers_are_renewed_before_they_grow(self):
        crew = Crew(Fake(), workers=1, terms=Terms(renew_bytes=150 * 1024**2))
        tasks = [task(f"{number}.txt", f"GROW {number}") for number in range(8)]
        try:
            assert {outcome.state for outcome in crew.work(bundles(tasks, 1), nobody)} == {"ok"}
        finally:
            crew.close()
        assert crew.renewed >= 1

    def test_workers_are_renewed_after_so_many_articles(self):
        crew = Crew(Fake(), workers=1, terms=Terms(renew_articles=3))
        tasks = [task(f"{number}.txt", f"Article {number}") for number in range(8)]
        try:
            assert len(list(crew.work(bundles(tasks, 3), nobody))) == 8
        finally:
            crew.close()
        assert crew.renewed == 2

    def test_what_repeats_others_is_not_extracted(self):
        tasks = [task(f"{number}.txt", f"FAIL {number}") for number in range(6)]
        crew = Crew(Fake(), workers=1)
        try:
            outcomes = list(crew.work(bundles(tasks), lambda surveys: {survey.key for survey in surveys}))
        finally:
            crew.close()
        assert {outcome.state for outcome in outcomes} == {"skipped"}


class TestStart:
    def test_a_setup_that_cannot_be_used(self):
        crew = Crew(Fake(broken=True), workers=2)
        with pytest.raises(DataError, match=r"own\.csv: line 3"):
            list(crew.work([[task("a", "b")]], nobody))
        crew.close()

    def test_a_hamkor_that_changed_meanwhile(self):
        crew = Crew(Fake(elsewhere=True), workers=1)
        with pytest.raises(WorkspaceError, match="changed while it ran"):
            list(crew.work([[task("a", "b")]], nobody))
        crew.close()

    def test_workers_that_never_begin(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("pipeline.workspace.crew.serve", os._exit)
        crew = Crew(Fake(), workers=1)
        with pytest.raises(WorkspaceError, match="end before they begin"):
            list(crew.work([[task("a", "b")]], nobody))
        crew.close()

    def test_no_worker_for_nothing(self):
        crew = Crew(Fake(), workers=2)
        assert list(crew.work([], nobody)) == []
        assert crew._workers == []


class TestRuns:
    def test_a_run_and_a_retry(self, tmp_path: Path):
        folder, articles = tmp_path / "workspace", tmp_path / "articles"
        articles.mkdir()
        for number in range(12):
            (articles / f"{number}.txt").write_text(
                f"Article {number} {'HANG' if number == 3 else 'CRASH' if number == 4 else ''}"
            )
        made = []

        def team() -> Crew:
            made.append(Crew(Fake(), workers=2, terms=Terms(timeout=1.5)))
            return made[-1]

        report = ingest(folder, [str(articles)], team=team, setup=Fake())
        assert report.counts == {"ok": 10, "failed": 1, "timed out": 1}
        report = ingest(folder, [str(articles)], team=team, setup=Fake())
        assert report.counts == {"unchanged": 12} and report.known_failures == 2
        (articles / "3.txt").write_text("Article 3, mended")
        assert retry(folder, team=team, setup=Fake()).counts == {"ok": 1, "failed": 1}
        assert all(not crew._workers for crew in made)

    def test_orphaned_workers_end(self, tmp_path: Path):
        """A worker whose crew is killed does not stay behind, not even in the middle of an article."""
        import subprocess

        script = tmp_path / "run.py"
        script.write_text(
            "import sys\nfrom pipeline.workspace.crew import Crew, Terms\nfrom tests.workspace.fakes import Fake\nfrom tests.workspace.test_crew import nobody, task\n"
            "if __name__ == '__main__':\n    crew = Crew(Fake(), workers=1, terms=Terms(timeout=1.0))\n"
            "    stream = crew.work([[task('a', 'x')], [task('b', 'HANG')]], nobody)\n    next(stream)\n"
            "    print(crew._workers[0].process.pid, flush=True)\n    next(stream, None)\n"
        )  # fmt: skip
        home = Path(__file__).resolve().parents[2]
        process = subprocess.Popen(
            [sys.executable, script], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(home)}
        )
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.kill()
        process.wait()
        process.stdout.close()
        for _ in range(600):
            try:
                os.kill(worker, 0)
                if Path(f"/proc/{worker}/stat").exists() and Path(f"/proc/{worker}/stat").read_text().split()[2] == "Z":
                    return
            except ProcessLookupError:
                return
            time.sleep(0.1)
        raise AssertionError("the worker is still there")


class TestBundles:
    def test_all_go_in_their_order_and_none_is_much_of_the_whole(self):
        tasks = [task(f"{number}.txt", f"Article {number}") for number in range(5_000)]
        found = list(_shards(iter(tasks)))
        assert [one for bundle in found for one in bundle] == tasks
        sizes = [len(bundle) for bundle in found]
        assert sizes[:3] == [4, 4, 4] and max(sizes) == 32 and sizes[:-1] == sorted(sizes[:-1])
        assert all(size <= max(4, sum(sizes[:index]) / 64) for index, size in enumerate(sizes))

    def test_large_articles_go_alone(self):
        tasks = [task("a", "small"), task("b", "x" * 600_000), task("c", "x" * 700_000), task("d", "small")]
        assert [[one.name for one in bundle] for bundle in _shards(iter(tasks))] == [["a", "b"], ["c"], ["d"]]


class TestClock:
    @pytest.mark.parametrize("size", [1, 3])
    def test_one_worker_alone_is_held_to_the_time(self, size: int):
        """Its crew waits for nothing but it, and its board was empty when the waiting began."""
        tasks = [task("a.txt", "Article a"), task("hang.txt", "HANG"), task("b.txt", "Article b")]
        found, _ = worked(tasks, workers=1, size=size, timeout=1.0)
        assert {name: outcome.state for name, outcome in found.items()} == {
            "a.txt": "ok",
            "hang.txt": "timed out",
            "b.txt": "ok",
        }
