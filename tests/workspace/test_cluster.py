"""The same work on a Dask cluster: a local one, with a worker killed in mid-run."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.workspace import Workspace, WorkspaceError
from pipeline.workspace.cluster import Cluster
from pipeline.workspace.crew import Terms
from pipeline.workspace.ingest import ingest
from tests.workspace.fakes import Fake

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        yield cluster


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03d}.txt").write_text(
            f"Article {number} {'FAIL' if number == 7 else 'HANG' if number == 8 else 'SLOW'}"
        )
    (folder / "twin.txt").write_bytes("Article 1 SLOW".encode("utf-16"))
    return folder


def test_a_worker_is_killed_and_the_totals_are_right(local: Any, articles: Path, tmp_path: Path):
    folder = tmp_path / "workspace"
    killed: list[int] = []

    def strike(event: dict[str, Any]) -> None:
        if event["event"] == "progress" and not killed:
            nanny = next(iter(local.workers.values()))
            killed.append(nanny.pid)
            os.kill(nanny.pid, signal.SIGKILL)

    def team() -> Cluster:
        return Cluster(local.scheduler_address, Fake(), terms=Terms(timeout=2.0))

    report = ingest(folder, [str(articles)], team=team, setup=Fake(), told=strike)
    assert killed
    assert report.counts == {"ok": 118, "failed": 1, "timed out": 1, "duplicate": 1}
    with Workspace.open(folder) as opened:
        found = list(opened.changes())
    assert len({change.key for change in found}) == len(found) == 118
    assert ingest(folder, [str(articles)], team=team, setup=Fake()).counts == {"unchanged": 121}


def test_machines_that_differ(local: Any, articles: Path, tmp_path: Path):
    with pytest.raises(WorkspaceError, match="another hamkor"):
        ingest(
            tmp_path / "workspace",
            [str(articles)],
            team=lambda: Cluster(local.scheduler_address, Fake(elsewhere=True)),
            setup=Fake(elsewhere=True),
        )


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pipeline.workspace.cluster._ANSWER", 1)
    with pytest.raises(WorkspaceError, match="dask scheduler"):
        Cluster("tcp://127.0.0.1:1", Fake())
