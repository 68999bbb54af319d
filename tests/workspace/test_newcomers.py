"""A batch goes into the manifest in two ways, newcomers together and the others one by one; both leave the same behind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pipeline.workspace import ingest as runs
from pipeline.workspace.manifest import Manifest
from tests.workspace.conftest import NEWS, World
from tests.workspace.test_twins import RELEASE, URGED

TABLES = {"sources": "name, article, container, root, seen"} | dict.fromkeys(
    ("articles", "bands", "links", "history", "unread", "shards", "loose"), "*"
)  # not the signatures: the files were written twice


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(folder / "manifest.sqlite") as connection:
        return {
            name: sorted(map(tuple, connection.execute(f"SELECT {columns} FROM {name}")), key=repr)
            for name, columns in TABLES.items()
        }


@pytest.fixture
def mixed(news: World) -> World:
    """Articles of every outcome, and of every relation to another."""
    news.put("copy.txt", NEWS[0])
    news.put("encoded.txt", NEWS[1].encode("utf-16"))
    news.put("fails.txt", "FAIL")
    news.put("empty.txt", b"")
    news.put("original.txt", RELEASE)
    news.put("near.txt", URGED)
    news.put("linked.txt", RELEASE.replace("140 copies", "141 copies"))
    return news


@pytest.mark.parametrize("batch", [0, 2, 5_000])
def test_both_ways_leave_the_same(mixed: World, monkeypatch: pytest.MonkeyPatch, batch: int):
    monkeypatch.setattr(runs, "_FLUSH_ENTRIES", batch)
    together, alone = mixed.folder, mixed.folder.with_name("alone")
    after: dict[Path, list[dict[str, list[tuple[object, ...]]]]] = {}
    texts = [(mixed.articles / "0.txt").read_text(), "The British Library lent 7 manuscripts in 2020.", NEWS[2]]
    for folder in (together, alone):
        mixed.folder = folder
        mixed.put("0.txt", texts[0])
        (mixed.articles / "new.txt").unlink(missing_ok=True)
        if folder == alone:
            monkeypatch.setattr(Manifest, "_names", lambda self, names: set(names))  # as if all were known
        first = mixed.ingest()
        after[folder] = [tables(folder)]
        mixed.put("0.txt", texts[1], when=1_700_000_000)  # another article under a known name
        mixed.put("new.txt", "The Louvre lent 9 paintings to the British Museum in 2021.")
        second = mixed.ingest()
        after[folder].append(tables(folder))
        assert first.counts["ok"] == 6 and second.counts["ok"] == 2
    assert after[together] == after[alone]
