"""A cluster: the same work on the machines of a Dask scheduler. The articles travel to them and the records back, so they share no disk with us.

A task is one shard, without side effects, so that it may be done twice, here or there: a worker that is taken away costs its shard's time, no
more. On each thread of a Dask worker runs a crew of one, which holds articles to their limits as it does at home.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pipeline.languages.lexicon import DataError
from pipeline.workspace.crew import Crew, Judge, Terms
from pipeline.workspace.errors import WorkspaceError
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.work import Outcome, Task, died

__all__ = ["Cluster", "process_shard"]

_AHEAD = 3  # shards for each thread of the cluster that are under way
_RETRIES = 3
_ANSWER = 20  # seconds that a scheduler has to answer
_here = threading.local()


def process_shard(setup: Setup, terms: Terms, fingerprint: str, tasks: list[Task]) -> list[Outcome]:
    """Return one outcome for each task. Raises WorkspaceError where this machine has another hamkor or other data than who asks."""
    crew: Crew | None = getattr(_here, "crew", None)
    if crew is None or crew.setup != setup or crew.terms != terms:
        if crew is not None:
            crew.close()
        _allow_children()
        try:
            crew = _here.crew = Crew(setup, workers=1, terms=terms)
        except OSError as error:
            raise WorkspaceError(
                f"{error.filename}: {error.strerror}; have the same files under the same path on all machines"
            ) from error
    if crew.fingerprint != fingerprint:
        raise WorkspaceError(
            "this machine has another hamkor, other language data, gazetteers or models; install the same on all of them"
        )
    return list(crew.work([tasks], lambda surveys: set()))


class Cluster:
    """The workers of a Dask scheduler as a team. Raises WorkspaceError where there is no scheduler, or Dask is not installed."""

    def __init__(
        self,
        address: str,
        setup: Setup,
        *,
        terms: Terms | None = None,
        told: Callable[[str], None] = lambda message: None,
    ) -> None:
        try:
            import distributed
        except ImportError as error:
            raise WorkspaceError("a scheduler needs Dask; pip install 'hamkor[dask]'") from error
        self.setup = setup
        self.terms = terms or Terms()
        self.fingerprint = setup.fingerprint()
        self._told = told
        self._distributed: Any = distributed
        try:
            self._client: Any = self._distributed.Client(address, timeout=_ANSWER, set_as_default=False)
        except (OSError, ValueError) as error:
            raise WorkspaceError(
                f"{address}: no Dask scheduler answers ({error}); start one with `dask scheduler`, and workers with `dask worker {address}`"
            ) from error

    def work(self, shards: Iterable[list[Task]], judge: Judge) -> Iterator[Outcome]:
        """Yield one outcome for each task, in no order. Whether an article repeats another is seen by who gets the outcome: `judge` is not asked."""
        source = iter(shards)
        under_way: dict[str, list[Task]] = {}
        queue = self._distributed.as_completed(loop=self._client.loop)
        dry = False
        while True:
            while not dry and len(under_way) < self._room():
                shard = next(source, None)
                if shard is None:
                    dry = True
                elif shard:
                    queue.add(self._submit(shard, under_way))
            if not under_way:
                return
            future = next(queue)
            tasks = under_way.pop(future.key)
            error = future.exception() if future.status == "error" else None
            if error is None and future.status == "finished":
                yield from future.result()
            elif isinstance(error, (DataError, WorkspaceError)):
                raise WorkspaceError(f"a worker of {self._client.scheduler.address}: {error}") from error
            elif len(tasks) > 1:  # a shard that killed worker after worker: one article at a time
                self._told(f"a shard of {len(tasks)} failed on the cluster ({error}); its articles are tried alone")
                for task in tasks:
                    queue.add(self._submit([task], under_way))
            else:
                yield died(tasks[0], f"on the cluster: {error or future.status}")
            future.release()

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()

    def _room(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        return _AHEAD * max(1, threads)

    def _submit(self, tasks: list[Task], under_way: dict[str, list[Task]]) -> Any:
        future = self._client.submit(
            process_shard, self.setup, self.terms, self.fingerprint, tasks, pure=False, retries=_RETRIES
        )
        under_way[future.key] = tasks
        return future


def _allow_children() -> None:
    """Dask's workers are daemons, to which multiprocessing grants no children; ours end by themselves when their parent does."""
    config: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    config.pop("daemon", None)
