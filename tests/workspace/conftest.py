"""A small world: a folder of articles, a workspace beside it, and runs in this process with the extractor that all tests share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import pipeline
from pipeline.workspace import Workspace, fingerprint
from pipeline.workspace.crew import Hand
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.ingest import Options, Report, ingest, plan, retry

NEWS = [
    "The State Hermitage Museum and the British Library signed a memorandum on 3 June 2021. The museum lent 12 exhibits to the library for a year.",
    "Ўзбекистон Миллий кутубхонаси 2014 йилда Россия Давлат кутубхонасига 138 нусха китоб юборди. Ҳамкорлик шартномаси 2009 йилда имзоланган эди.",
    "O‘zbekiston Davlat san’at muzeyi va Luvr muzeyi 2019-yil 5-may kuni memorandum imzoladi. Muzey 25 ta eksponatni ko‘rgazmaga yubordi.",
    "Национальная библиотека Республики Казахстан в 2018 году передала 250 экземпляров книг Национальной библиотеке Узбекистана по договору о сотрудничестве.",
]
OLD = 1_600_000_000  # seconds; a file as old as this is trusted to be what it was


class Steady(Setup):
    """A setup whose fingerprint is taken once: what is edited in this checkout while the tests run makes nothing stale."""

    def fingerprint(self) -> str:
        return _fingerprint(self, fingerprint.__version__)


@cache
def _fingerprint(setup: Setup, version: str) -> str:
    return Setup.fingerprint(setup)


class World:
    """articles: the folder; folder: the workspace. `put` writes an article that was there long ago.

    later: seconds after the true time at which runs take place: nobody can set the time of a file's last change of any kind, so the clock is set.
    """

    def __init__(self, home: Path, extractor: pipeline.Extractor) -> None:
        self.articles = home / "articles"
        self.folder = home / "workspace"
        self.extractor = extractor
        self.setup: Setup = Steady()
        self.later = 60.0
        self.extracted: list[str] = []  # sources that were really extracted

    def put(self, name: str, data: str | bytes, *, when: int = OLD) -> Path:
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        os.utime(path, (when, when))
        return path

    def hand(self) -> Hand:
        return Hand(self.setup, Watched(self))

    def ingest(
        self,
        *sources: str | Path,
        lists: Sequence[str] = (),
        told: Callable[[Any], None] = lambda event: None,
        **options: Any,
    ) -> Report:
        self.extracted.clear()
        given = [str(source) for source in sources or ([self.articles] if not lists else [])]
        return ingest(
            self.folder, given, team=self.hand, setup=self.setup, lists=lists, options=Options(**options), told=told
        )

    def plan(self, *sources: str | Path, **options: Any) -> Report:
        return plan(
            self.folder,
            [str(source) for source in sources or [self.articles]],
            setup=self.setup,
            options=Options(**options),
        )

    def retry(self, **options: Any) -> Report:
        self.extracted.clear()
        return retry(self.folder, team=self.hand, setup=self.setup, options=Options(**options))

    def texts(self) -> list[str]:
        """What stands."""
        with Workspace.open(self.folder) as opened:
            return sorted(change.text or "" for change in opened.changes())

    def states(self) -> dict[str, int]:
        with Workspace.open(self.folder) as opened:
            return opened.states()

    def since(self, run: int) -> dict[str, str]:
        """First source's name -> state, of what changed since a run."""
        with Workspace.open(self.folder) as opened:
            return {Path((change.sources or ("?",))[0]).name: change.state for change in opened.changes(since=run)}


class Watched:
    """The extractor, with a list of what it was asked to extract; one source can be made to fail."""

    def __init__(self, world: World) -> None:
        self.world = world

    def extract_article(self, article: Any) -> Any:
        self.world.extracted.append(Path(article.source).name)
        if "FAIL" in article.text:
            raise ZeroDivisionError("by nought")
        return self.world.extractor.extract_article(article)


@pytest.fixture
def world(tmp_path: Path, extractor: pipeline.Extractor, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(tmp_path, extractor)
    monkeypatch.setattr("pipeline.workspace.places.time", SimpleNamespace(time=lambda: time.time() + made.later))
    made.articles.mkdir()
    return made


@pytest.fixture
def news(world: World) -> World:
    """Four articles in four languages and scripts."""
    for number, text in enumerate(NEWS):
        world.put(f"{number}.txt", text)
    return world
