"""A crew: worker processes that are watched, ended when an article takes too long, and renewed before they grow.

Every task given to `Crew.work` comes back as exactly one outcome, whatever happens to the workers. An article at which a worker ends by
itself is tried once more alone: the worker may have been taken away, and only a second end is held against the article.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.languages.lexicon import DataError
from pipeline.workspace.board import Board
from pipeline.workspace.errors import WorkspaceError
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.work import Outcome, Survey, Task, died, extracted, failed, read, survey_of, timed_out
from pipeline.workspace.worker import serve

if TYPE_CHECKING:
    from pipeline.extraction import Extractor

__all__ = ["Crew", "Hand", "Judge", "Team", "Terms"]

Judge = Callable[[Sequence[Survey]], set[bytes]]
"""Given the surveys of some articles, returns the keys of those that are not to be extracted, since they repeat others."""

_STILLBORN = 3  # workers in a row that end before they are ready
_LOOK = (
    0.5  # seconds between two looks at the boards, which do not call: so much longer than its time an article may take
)
_START = 300.0  # seconds that a worker may take to load


class Team(Protocol):
    """Whoever works off tasks: processes here, or machines elsewhere."""

    def work(self, shards: Iterable[list[Task]], judge: Judge) -> Iterator[Outcome]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a worker works. timeout: seconds an article; memory: bytes that an article may add; renew_articles, renew_bytes: after
    how many articles, or how much memory more than when it was young, a worker is replaced."""

    timeout: float = 120.0
    memory: int | None = 2 * 1024**3
    renew_articles: int = 20_000
    renew_bytes: int = 768 * 1024**2


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    board: Board
    begun: float
    ready: bool = False
    tasks: list[Task] = field(default_factory=list)
    open: set[int] = field(default_factory=set)  # tasks without an outcome
    done: int = 0
    young: int = 0  # bytes, after its first shard


class Crew:
    """A pool of worker processes on this machine. Use it from one thread.

    Raises WorkspaceError where workers cannot be had at all, DataError where they cannot use the setup.
    """

    def __init__(
        self,
        setup: Setup,
        *,
        workers: int,
        terms: Terms | None = None,
        told: Callable[[str], None] = lambda message: None,
    ) -> None:
        self.setup = setup
        self.terms = terms or Terms()
        self.size = max(1, workers)
        self.fingerprint = setup.fingerprint()
        self.renewed = 0
        self._told = told
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._again: deque[list[Task]] = deque()
        self._suspects: dict[bytes, int] = {}
        self._stillborn = 0

    def work(self, shards: Iterable[list[Task]], judge: Judge) -> Iterator[Outcome]:
        """Yield one outcome for each task, in no order. Takes a shard from `shards` only when a worker will soon want it."""
        source = iter(shards)
        ready: deque[list[Task]] = deque()
        dry = False
        while True:
            while self._again:
                ready.appendleft(self._again.popleft())
            if not dry and len(ready) <= self.size:
                shard = next(source, None)
                if shard is None:
                    dry = True
                elif shard:
                    ready.append(shard)
            busy = [worker for worker in self._workers if worker.tasks]
            if dry and not ready and not busy:
                return
            self._staff(len(ready) + len(busy))
            for worker in self._workers:
                if ready and worker.ready and not worker.tasks:
                    self._give(worker, ready.popleft())
            hungry = not dry and len(ready) <= self.size
            yield from self._listen(judge, timeout=0.0 if hungry else None)

    def close(self) -> None:
        """End all workers; what they were at is lost."""
        for worker in self._workers:
            self._dismiss(worker)  # all of them, before the first is waited for
        for worker in self._workers:
            self._end(worker)
        self._workers.clear()

    def _staff(self, wanted: int) -> None:
        """Start workers until there is one for each shard at hand, at most `size`."""
        while len(self._workers) < min(self.size, wanted):
            mine, theirs = self._context.Pipe()
            board = Board(self._context)
            process = self._context.Process(
                target=serve, args=(theirs, board, self.setup, self.terms.timeout, self.terms.memory), daemon=True
            )
            process.start()
            theirs.close()
            self._workers.append(_Worker(process, mine, board, time.monotonic()))

    def _give(self, worker: _Worker, tasks: list[Task]) -> None:
        worker.tasks, worker.open = tasks, set(range(len(tasks)))
        self._send(worker, ("shard", tasks))

    def _send(self, worker: _Worker, message: Any) -> None:
        with contextlib.suppress(OSError, EOFError):  # it ended: its pipe tells so at the next look
            worker.pipe.send(message)

    def _listen(self, judge: Judge, *, timeout: float | None) -> Iterator[Outcome]:
        """Take in what the workers say, and end those that are over time. Waits for the first word, at most `timeout` seconds."""
        if timeout is None:
            ends = [end for worker in self._workers if (end := self._deadline(worker)) is not None]
            if any(worker.tasks for worker in self._workers):  # what they will be at next stands on no board yet
                ends.append(time.monotonic() + min(_LOOK, self.terms.timeout / 4))
            timeout = max(0.0, min(ends) - time.monotonic()) if ends else None
        spoke = set(wait([worker.pipe for worker in self._workers], timeout))
        for worker in list(self._workers):
            if worker.pipe in spoke:
                yield from self._hear(worker, judge)
            elif (end := self._deadline(worker)) is not None and time.monotonic() > end:
                yield from self._late(worker)

    def _deadline(self, worker: _Worker) -> float | None:
        if not worker.ready:
            return worker.begun + _START
        at = worker.board.read()
        return None if at is None else at[1] + self.terms.timeout

    def _hear(self, worker: _Worker, judge: Judge) -> Iterator[Outcome]:
        """Take in all that a worker has said."""
        try:
            while worker.pipe.poll():
                kind, *rest = worker.pipe.recv()
                if kind == "outcomes":
                    for index, outcome in rest[0]:
                        worker.open.discard(index)
                        worker.done += 1
                        self._suspects.pop(outcome.key, None)
                        yield outcome
                    if any(outcome.error_type == "memory" for _, outcome in rest[0]):  # it may be in any state
                        self._replace(worker)
                        return
                elif kind == "surveys":
                    surveys = {index: survey for index, survey in enumerate(rest[0]) if survey is not None}
                    skipped = judge(list(surveys.values()))
                    self._send(worker, ("go", {index for index, survey in surveys.items() if survey.key in skipped}))
                elif kind == "done":
                    worker.tasks = []
                    worker.young = worker.young or rest[0]
                    grown = rest[0] - worker.young > self.terms.renew_bytes
                    if grown or worker.done >= self.terms.renew_articles:
                        self._replace(worker)
                        return
                elif kind == "ready":
                    self._greet(worker, rest[0])
                else:
                    raise DataError(rest[0])
        except (EOFError, OSError):
            yield from self._gone(worker)

    def _greet(self, worker: _Worker, fingerprint: str) -> None:
        if fingerprint != self.fingerprint:
            raise WorkspaceError("hamkor or its data changed while it ran; run it again")
        worker.ready = True
        self._stillborn = 0

    def _late(self, worker: _Worker) -> Iterator[Outcome]:
        """A worker is over time: the article is timed out, the rest of its shard goes to another."""
        worker.process.kill()
        worker.process.join()  # from now on its board stands still
        if not worker.ready:
            yield from self._gone(worker)
            return
        end = self._deadline(worker)
        at = worker.board.read()
        if at is None or at[0] not in worker.open or end is None or time.monotonic() <= end:  # it came on meanwhile
            self._replace(worker)
            return
        task = worker.tasks[at[0]]
        worker.open.discard(at[0])
        self._told(f"{task.name}: over {self.terms.timeout:g} s, worker ended")
        self._replace(worker)
        yield timed_out(task, self.terms.timeout)

    def _gone(self, worker: _Worker) -> Iterator[Outcome]:
        """A worker ended by itself."""
        worker.process.join(5)
        at = worker.board.read() if worker.ready else None
        how = _ending(worker.process.exitcode)
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise WorkspaceError(
                    f"workers end before they begin ({how}); look for memory, and whether `hamkor extract` works"
                )
        self._told(f"a worker ended ({how}); its work goes to another")
        if at is not None and at[0] in worker.open:
            task = worker.tasks[at[0]]
            worker.open.discard(at[0])
            self._suspects[task.key] = self._suspects.get(task.key, 0) + 1
            if self._suspects[task.key] > 1:
                yield died(task, how)
            else:
                self._again.append([task])
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        """End a worker; what it has not done goes to others."""
        rest = [worker.tasks[index] for index in sorted(worker.open)] if worker.tasks else []
        if rest:
            self._again.append(rest)
        self._end(worker)
        self._workers.remove(worker)
        self.renewed += 1

    def _dismiss(self, worker: _Worker) -> None:
        """Tell a worker that has nothing to do to go."""
        if worker.ready and not worker.tasks:
            self._send(worker, None)

    def _end(self, worker: _Worker) -> None:
        if worker.ready and not worker.tasks:
            self._dismiss(worker)
            worker.process.join(1)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()


def _ending(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


class Hand:
    """Works off tasks in this process: no limits of time and memory, but nothing to start. For a few articles, and for looking closely."""

    def __init__(self, setup: Setup, extractor: Extractor | None = None) -> None:
        self.setup = setup
        self.extractor = extractor or setup.extractor()

    def work(self, shards: Iterable[list[Task]], judge: Judge) -> Iterator[Outcome]:
        """Yield one outcome for each task, in their order."""
        for tasks in shards:
            for task in tasks:
                begun = time.monotonic()
                try:
                    article = read(task, self.setup.limits)
                    survey = survey_of(task.key, article)
                    if judge([survey]):
                        yield Outcome(task.key, task.name, "skipped", time.monotonic() - begun, survey=survey)
                    else:
                        yield extracted(task, article, survey, self.extractor)
                except Exception as error:  # one bad article must not lose a batch
                    yield failed(task, error, seconds=time.monotonic() - begun)

    def close(self) -> None:
        """Nothing is held."""
