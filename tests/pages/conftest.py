"""A real browser for the tests of the pages: Chromium without a window, without a network.

Where none is installed the tests are passed over, unless CI=true or HAMKOR_CHROMIUM=required says that there must be one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browsing import Opened, Visit

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true" or os.environ.get("HAMKOR_CHROMIUM") == "required":
        pytest.fail(f"{reason}, and this run must have one (CI=true or HAMKOR_CHROMIUM=required)")
    pytest.skip(f"{reason}: apt-get install chromium, pip install playwright")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("there is no playwright")
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        _missing("there is no Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any) -> Opened:
    """Open a file: `with visit(path, fragment="e12", width=390, scheme="dark") as opened`."""

    @contextmanager
    def opened(file: Path, *, fragment: str = "", width: int = 1280, scheme: str = "light") -> Iterator[Visit]:
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True)
        seen = Visit(context.new_page())
        seen.page.on("console", lambda message: seen.told.append(message.text))
        seen.page.on("pageerror", lambda error: seen.told.append(str(error)))
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        yield seen
        context.close()

    return opened
