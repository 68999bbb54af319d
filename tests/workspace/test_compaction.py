"""Shards in which little stands are written anew: no record moves out of sight, whenever a run is killed."""

from __future__ import annotations

import os

import pytest

from pipeline.workspace import Workspace
from pipeline.workspace import ingest as runs
from tests.workspace.conftest import NEWS, World
from tests.workspace.test_crashes import fork, make_fatal, needs_fork


class Other:
    """Makes other records of all articles but one."""

    def __init__(self, world: World) -> None:
        self.real = world.extractor

    def extract_article(self, article: object) -> object:
        record = self.real.extract_article(article)  # type: ignore[arg-type]
        return record if "1.txt" in record.document.source else record.model_copy(update={"dates": ()})


@pytest.fixture
def renewed(news: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A workspace with one shard, of whose four records the next run makes three anew."""
    news.ingest()
    monkeypatch.setattr("pipeline.workspace.fingerprint.__version__", "99")
    news.extractor = Other(news)  # type: ignore[assignment]
    return news


def files(world: World) -> list[str]:
    found = [sorted(path.name for path in world.folder.glob(f"{room}/*/*")) for room in ("records", "texts")]
    assert found[0] == found[1]
    return found[0]


def stands(world: World) -> bool:
    """Whether every article has its record, its text, and spans that are slices of it."""
    with Workspace.open(world.folder) as opened:
        changes = list(opened.changes())
    for change in changes:
        assert change.record is not None and change.text is not None
        spans = [mention for institution in change.record.institutions for mention in institution.mentions]
        assert spans and all(change.text[span.start : span.end] == span.text for span in spans)
    return sorted(change.text or "" for change in changes) == sorted(NEWS)


def test_what_stands_moves_and_the_rest_goes(renewed: World):
    assert files(renewed) == ["0000001.jsonl"]
    renewed.ingest()
    assert files(renewed) == ["0000001.jsonl", "0000002.jsonl", "0000003.jsonl"]  # who reads the first may go on
    assert stands(renewed)
    moved = renewed.since(1)
    renewed.ingest()
    assert files(renewed) == ["0000002.jsonl", "0000003.jsonl"]
    assert stands(renewed)
    assert set(moved) == {"0.txt", "2.txt", "3.txt"} and renewed.since(1) == moved and renewed.since(2) == {}
    with Workspace.open(renewed.folder) as opened:
        stored = opened.bytes()
    assert stored["standing"] > 0.7 * (
        stored["records"] + stored["texts"]
    )  # the second has a line that came out the same


def test_a_shard_in_which_most_stands_stays(news: World):
    news.ingest()
    (news.articles / "0.txt").unlink()
    news.ingest(withdraw_missing=True)
    news.ingest()
    assert files(news) == ["0000001.jsonl"] and len(news.texts()) == 3


def test_a_damaged_shard_stays_as_it_is(renewed: World):
    (path,) = renewed.folder.glob("texts/*/*.jsonl")
    path.write_bytes(path.read_bytes()[:100])
    renewed.ingest()
    assert files(renewed) == ["0000001.jsonl", "0000002.jsonl"]
    assert path.stat().st_size == 100


def test_several_go_into_one(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runs, "_FLUSH_ENTRIES", 1)
    for number in range(8):
        world.put(
            f"{number}.txt", f"The British Library lent {number + 2} manuscripts to the Louvre in {2000 + number}."
        )
    world.ingest()
    assert len(files(world)) == 4
    for number in range(0, 8, 2):
        (world.articles / f"{number}.txt").unlink()
    (world.articles / "1.txt").unlink()
    world.put("1.txt", "The Louvre is closed on Tuesdays, as the State Hermitage Museum is on Mondays.")
    monkeypatch.setattr("pipeline.workspace.compaction._LITTLE", 0.6)
    world.ingest(withdraw_missing=True)
    world.ingest()
    assert len(files(world)) == 2 and len(world.texts()) == 4


@needs_fork
@pytest.mark.parametrize("place", ["fsync", "replace", "begin", "commit"])
@pytest.mark.parametrize("nth", range(1, 9))
def test_killed_at_each_step(renewed: World, monkeypatch: pytest.MonkeyPatch, place: str, nth: int):
    with monkeypatch.context() as patched:
        make_fatal(patched, place, nth)
        os.waitpid(fork(renewed.ingest), 0)
    with Workspace.open(renewed.folder) as workspace:  # whatever the moment, all can be read
        assert {change.text for change in workspace.changes()} == set(NEWS)
    renewed.ingest()
    renewed.ingest()
    assert stands(renewed)
    assert not any(renewed.folder.glob("*/*/*.part"))
    with Workspace.open(renewed.folder) as workspace:
        assert workspace.states() == {"ok": 4}
