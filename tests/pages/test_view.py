"""The page of `hamkor show --html`, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Opened, assert_readable

import pipeline
from pipeline.view import web_page

ARTICLE = """Хабар | 12.03.2019

Ўзбекистон Миллий кутубхонаси Россия Давлат кутубхонасига 138 нусха китоб топширди. </script><script>window.pwned = 1</script>
2014 йилда Ўзбекистон Миллий кутубхонаси ва Россия Давлат кутубхонаси ўртасида ҳамкорлик шартномаси имзоланди. {{record}}
"""


@pytest.fixture(scope="module")
def file(extractor: pipeline.Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("view") / "view.html"
    record = extractor.extract(ARTICLE, source="folder/<article>.txt")
    file.write_text(web_page(ARTICLE, record), encoding="utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_can_be_read_on_any_screen(visit: Opened, file: Path, scheme: str, width: int):
    with visit(file, width=width, scheme=scheme) as opened:
        assert_readable(opened.page)
        assert opened.page.text_content("article") == ARTICLE
        assert opened.page.evaluate("window.pwned") is None
        assert (opened.told, opened.asked) == ([], [file.as_uri()])


def test_a_box_hides_its_layer(visit: Opened, file: Path):
    with visit(file) as opened:
        page = opened.page
        assert page.query_selector_all("mark.date:not(.off)")
        assert page.is_visible("aside section.date")
        page.uncheck("input[value=date]")
        assert not page.query_selector_all("mark.date:not(.off)")
        assert not page.query_selector_all("mark.date[tabindex]")
        assert not page.is_visible("aside section.date")
        assert page.query_selector_all("mark.institution:not(.off)")
        page.check("input[value=date]")
        assert page.is_visible("aside section.date")
        assert opened.told == []


def test_a_mark_leads_to_its_finding_and_back(visit: Opened, file: Path):
    with visit(file, width=390) as opened:
        page = opened.page
        page.click("mark.count")
        assert page.evaluate("location.hash").startswith("#f")
        finding = page.evaluate("document.activeElement.closest('ol > li').textContent")
        assert "138 copies" in finding
        assert "to Россия Давлат кутубхонаси" in finding
        page.keyboard.press("Enter")
        assert page.evaluate("document.querySelector(location.hash).textContent") == "138 нусха"


def test_the_keyboard_is_enough(visit: Opened, file: Path):
    with visit(file) as opened:
        page = opened.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
        for _ in range(4):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.value") == "trigger"
        page.keyboard.press("Space")
        assert not page.is_visible("aside section.trigger")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "m1"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.hash") == "#m1"
        assert opened.told == []
