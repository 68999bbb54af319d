"""A worker: a process that loads the extractor once and works off shards of articles, telling its crew before each step what it is at.

It talks over one pipe. It gets ("shard", tasks), then ("go", indices of the tasks not to be extracted); None ends it. It sends
("ready", fingerprint), ("unfit", why), ("at", index), ("surveys", [Survey | None, …]), ("outcome", index, Outcome) and ("done", bytes of its memory).
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
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.work import Outcome, Survey, Task, extracted, failed, read, survey_of

__all__ = ["serve"]

_PROC = os.path.exists("/proc/self/statm")  # Linux
_GRACE = 10.0  # seconds beyond an article's limit after which a worker ends itself: its crew is gone


def serve(pipe: Connection, setup: Setup, timeout: float, memory: int | None) -> None:
    """Be a worker until the pipe closes. timeout: seconds an article; memory: bytes that one article may add, None for no limit."""
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
            _shard(pipe, message[1], setup, extractor, limiter)
            pipe.send(("done", _resident()))
    except (EOFError, OSError):
        return  # the crew is gone


def _shard(pipe: Connection, tasks: list[Task], setup: Setup, extractor: Any, limiter: _Limiter) -> None:
    articles: list[tuple[Article, Survey] | None] = []
    spent: list[float] = []
    for index, task in enumerate(tasks):
        pipe.send(("at", index))
        begun = time.monotonic()
        outcome: Outcome | None = None
        try:
            with limiter:
                article = read(task, setup.limits)
                articles.append((article, survey_of(task.key, article)))
        except Exception as error:  # one bad article must not lose a shard
            articles.append(None)
            outcome = failed(task, error, seconds=time.monotonic() - begun)
        spent.append(time.monotonic() - begun)
        if outcome is not None:
            pipe.send(("outcome", index, outcome))
    pipe.send(("surveys", [made[1] if made is not None else None for made in articles]))
    skipped: set[int] = pipe.recv()[1]
    for index, (task, made) in enumerate(zip(tasks, articles, strict=True)):
        if made is None:
            continue
        if index in skipped:
            pipe.send(("outcome", index, Outcome(task.key, task.name, "skipped", spent[index], survey=made[1])))
            continue
        pipe.send(("at", index))
        begun = time.monotonic()
        try:
            with limiter:
                outcome = extracted(task, *made, extractor)
        except Exception as error:
            outcome = failed(task, error, seconds=spent[index] + time.monotonic() - begun)
        pipe.send(("outcome", index, outcome))
        articles[index] = None


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
