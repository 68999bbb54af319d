"""A worker: a process that loads the extractor once and works off shards of articles, writing on its board before each step what it is at.

It talks over one pipe. It gets ("shard", tasks), then ("go", indices of the tasks not to be extracted); None ends it. It sends
("ready", fingerprint), ("unfit", why), ("surveys", [Survey | None, …]), ("outcomes", [(index, Outcome), …]) and ("done", bytes of its memory).
"""

from __future__ import annotations

import contextlib
import gc
import os
import platform
import signal
import time
from multiprocessing.connection import Connection
from typing import Any

from pipeline.reading import Article
from pipeline.workspace.board import Board
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.work import Outcome, Survey, Task, extracted, failed, read, survey_of

__all__ = ["serve"]

_PROC = os.path.exists("/proc/self/statm")  # Linux
_HOLD = 0.2  # seconds for which outcomes are held back, to be sent together: what a worker that ends may have done for nothing
_GRACE = 10.0  # seconds beyond an article's limit after which a worker ends itself: its crew is gone


def serve(pipe: Connection, board: Board, setup: Setup, timeout: float, memory: int | None) -> None:
    """Be a worker until the pipe closes. board: where it says what it is at. timeout: seconds an article; memory: bytes that one article may add, None for no limit."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the crew, which ends its workers
    try:
        try:
            extractor = setup.extractor()
            print_ = setup.fingerprint()
        except (ValueError, OSError) as error:
            pipe.send(("unfit", str(error)))
            return
        gc.collect()
        gc.freeze()  # the data never goes: no need to look through it again and again
        limiter = _Limiter(timeout, memory)
        pipe.send(("ready", print_))
        while (message := pipe.recv()) is not None:
            _shard(_Desk(pipe, board), message[1], setup, extractor, limiter)
            pipe.send(("done", _resident()))
    except (EOFError, OSError):
        return  # the crew is gone


class _Desk:
    """What a worker says of one shard. Outcomes are sent when they have lain for a moment, and at once when one is bad."""

    def __init__(self, pipe: Connection, board: Board) -> None:
        self.pipe = pipe
        self.board = board
        self._outcomes: list[tuple[int, Outcome]] = []
        self._sent = time.monotonic()

    def put(self, index: int, outcome: Outcome) -> None:
        """Take an outcome; send it with those before it, now or soon."""
        self._outcomes.append((index, outcome))
        if outcome.state == "failed" or time.monotonic() - self._sent > _HOLD:
            self.send()

    def send(self) -> None:
        """Send the outcomes that lie here."""
        if self._outcomes:
            self.pipe.send(("outcomes", self._outcomes))
            self._outcomes = []
        self._sent = time.monotonic()

    def ask(self, surveys: list[Survey | None]) -> set[int]:
        """Return the indices of the tasks that are not to be extracted."""
        self.board.wipe()
        self.send()
        self.pipe.send(("surveys", surveys))
        skipped: set[int] = self.pipe.recv()[1]
        return skipped

    def leave(self) -> None:
        """The shard is done."""
        self.board.wipe()
        self.send()


def _shard(desk: _Desk, tasks: list[Task], setup: Setup, extractor: Any, limiter: _Limiter) -> None:
    articles: list[tuple[Article, Survey] | None] = []
    spent: list[float] = []
    for index, task in enumerate(tasks):
        begun = time.monotonic()
        desk.board.write(index, begun)
        try:
            with limiter:
                article = read(task, setup.limits)
                articles.append((article, survey_of(task.key, article)))
        except Exception as error:  # one bad article must not lose a shard
            articles.append(None)
            desk.put(index, failed(task, error, seconds=time.monotonic() - begun))
        spent.append(time.monotonic() - begun)
    skipped = desk.ask([made[1] if made is not None else None for made in articles])
    for index, (task, made) in enumerate(zip(tasks, articles, strict=True)):
        if made is None:
            continue
        if index in skipped:
            desk.put(index, Outcome(task.key, task.name, "skipped", spent[index], survey=made[1]))
            continue
        begun = time.monotonic() - spent[index]
        desk.board.write(index, begun)
        try:
            with limiter:
                outcome = extracted(task, *made, extractor)
        except Exception as error:
            outcome = failed(task, error, seconds=time.monotonic() - begun)
        desk.put(index, outcome)
        articles[index] = None
    desk.leave()


class _Limiter:
    """Holds an article to its memory, where the system can (POSIX), and ends the process where nobody else is left to end it."""

    def __init__(self, timeout: float, memory: int | None) -> None:
        self.timeout = timeout
        self.memory = memory if _PROC else None

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):  # the default action of the alarm is the end, even inside a regular expression
            signal.setitimer(signal.ITIMER_REAL, self.timeout + _GRACE)
        self._bound(self.memory)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        self._bound(None)

    def _bound(self, more: int | None) -> None:
        if self.memory is None:
            return
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = hard if more is None else _pages(0) + more
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard) if soft != resource.RLIM_INFINITY else hard
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _resident() -> int:
    """Bytes of memory that this process holds; where the system does not say, the most that it ever held."""
    if _PROC:
        return _pages(1)
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if platform.system() == "Darwin" else 1024)


def _pages(field: int) -> int:
    """Bytes of address space (0) or of memory (1), from /proc."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[field]) * os.sysconf("SC_PAGE_SIZE")
