"""The page of `hamkor plot`, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Opened, assert_readable

from pipeline.exporting import plots
from pipeline.exporting.dataset import Dataset
from tests.publishing.stories import Story, hostile, rich


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plots")
    plots.write(Dataset(Story(*rich().happened, {"evil": hostile()})), folder)
    return folder / "index.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_can_be_read_on_any_screen(visit: Opened, file: Path, scheme: str, width: int):
    with visit(file, width=width, scheme=scheme) as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert_readable(opened.page)
        assert (opened.told, opened.asked) == ([], [file.as_uri()])


def test_a_party_shows_its_partners(visit: Opened, file: Path):
    with visit(file) as opened:
        page = opened.page
        party = page.query_selector_all(".party")[0]
        everybody = len(page.query_selector_all(".party"))
        party.dispatch_event("click")
        faded = len(page.query_selector_all(".party.faded"))
        assert 0 < faded < everybody - 1
        party.dispatch_event("click")
        assert page.query_selector_all(".faded") == []
        assert opened.told == []
