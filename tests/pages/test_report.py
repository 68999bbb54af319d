"""The report of an evaluation: what it says, that no article can break it, and that a person can use it in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from browsing import Opened, assert_readable
from reports import ARTICLES, HOSTILE, small

from pipeline.evaluation.comparison import compare
from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.report import report

ERRORS = [
    (document, item)
    for document in small(resamples=0).documents
    for item in document.items
    if item.layer != "pairs" and item.outcome not in ("right", "optional")
]


@pytest.fixture(scope="module")
def html() -> str:
    return report(small(), title="Four <small> articles")


@pytest.fixture(scope="module")
def tree(html: str) -> Any:
    return lxml.html.document_fromstring(html)


@pytest.fixture(scope="module")
def file(html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(html, encoding="utf-8")
    return file


# What it says


def until(page: Any, expression: str) -> None:
    """Wait until an expression is true. Playwright's own way evaluates strings in the page, which the page's policy forbids where it has to look twice."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def test_the_fixture_has_every_sort_of_error():
    assert {item.outcome for _, item in ERRORS} == {"missed", "spurious", "boundary", "wrong"}
    assert {item.layer for _, item in ERRORS} >= {"institutions", "dates", "counts", "agreements"}


def test_every_error_is_there_once_in_its_sentence(tree: Any):
    cards = {card.get("id"): card for card in tree.find_class("error")}
    assert sorted(cards, key=lambda id: int(id[1:])) == [f"e{number}" for number in range(1, len(ERRORS) + 1)]
    for number, (document, item) in enumerate(ERRORS, start=1):
        card = cards[f"e{number}"]
        assert (card.get("data-article"), card.get("data-layer")) == (document.id, item.layer)
        assert (card.get("data-outcome"), card.get("data-cause")) == (item.outcome, item.cause)
        for side, said in (("gold", item.wanted), ("found", item.found)):
            marks = [mark for mark in card.iterfind(".//mark") if side in mark.get("class").split()]
            words = "".join(text for mark in marks for text in mark.xpath("text()"))
            assert words == ("" if said is None else said.text)
        sentence = " ".join(card.find_class("sentence")[0].text_content().split())
        assert re.sub(r"(gold|found)( = found)?:", "", sentence).strip("… ") in " ".join(document.text.split())


def test_the_figures_are_those_of_the_evaluation(tree: Any):
    evaluation = small()
    (table,) = tree.xpath("//section[@id='figures']//tbody")
    rows = {row[0].text: row for row in table}
    assert rows.keys() == {name for name, figure in evaluation.figures.items() if figure.value is not None}
    for name, row in rows.items():
        figure = evaluation.figures[name]
        assert row[1].text == f"{100 * figure.value:.1f}"
        if figure.low is not None and figure.high is not None:
            assert row[3].text == f"{100 * figure.low:.1f}–{100 * figure.high:.1f}"
    groups = tree.xpath("//section[@id='by-language']//tbody/tr/th/text()")
    assert groups == ["English", "Russian", "Uzbek"]


def test_a_point_stands_where_its_figure_is():
    assert 'x1="50.00%" x2="75.00%"' in small_plot(0.9, 0.875, 0.9375)
    assert 'cx="60.00%"' in small_plot(0.9, 0.875, 0.9375)


def small_plot(value: float, low: float, high: float) -> str:
    from pipeline.evaluation.report import _drawn

    return _drawn(100 * value, (100 * low, 100 * high), (75, 100))


def test_causes_are_in_the_order_of_their_size(tree: Any):
    causes = [button.get("data-cause") for button in tree.xpath("//ul[@class='causes']//button")]
    numbers = [int(text) for text in tree.xpath("//ul[@class='causes']//span[@class='number']/text()")]
    assert numbers == sorted(numbers, reverse=True)
    assert sum(numbers) == len(ERRORS)
    assert [heading.text.strip() for heading in tree.xpath("//section[@class='cause']/h3")] == causes


def test_what_moved_between_two_runs_is_told():
    old = evaluate([(gold, record.model_copy(update={"dates": ()})) for gold, record in pairs_of_gold()], resamples=0)
    page = report(small(), comparison=compare(old, small(), resamples=20))
    tree = lxml.html.document_fromstring(page)
    (gained,) = tree.xpath("//section[@aria-labelledby='gained']")
    assert gained.find("h3").text.endswith(" gained")
    assert "2014 йил" not in tree.xpath("//section[@aria-labelledby='lost']")[0].text_content()
    assert any("dates." in row.findtext("th") for row in tree.xpath("//section[@id='changes']//tbody/tr"))


def pairs_of_gold() -> list[Any]:
    from pipeline.evaluation.annotators import as_record
    from pipeline.evaluation.gold import parse_gold

    sides = {id: [parse_gold(side, file=f"{id}.gold") for side in both] for id, both in ARTICLES.items()}
    return [(gold, as_record(found)) for gold, found in sides.values()]


def test_an_evaluation_without_errors_or_articles():
    perfect = [(gold, record) for gold, record in pairs_of_gold() if gold.id == "none"]
    page = report(evaluate(perfect, resamples=0))
    assert "There is no error." in page
    assert "0 articles" in page


# What no article can do


def test_hostile_text_stays_text(tree: Any, html: str):
    assert [script.get("type") for script in tree.xpath("//script")] == ["application/json", None]
    assert HOSTILE in json.loads(tree.get_element_by_id("articles").text)["eng-04-trap"]
    assert not tree.xpath("//img | //@src | //@onerror | //link | //iframe")
    assert "Four <small> articles" in tree.findtext(".//title")
    assert HOSTILE.strip() in tree.find_class("sentence")[0].getparent().getparent().getparent().text_content()
    assert "{{" in html, "what looks like a slot in an article is left as it is"


# In a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_can_be_read_on_any_screen(visit: Opened, file: Path, scheme: str, width: int):
    with visit(file, width=width, scheme=scheme) as opened:
        assert_readable(opened.page)
        assert opened.page.evaluate("window.pwned") is None
        assert (opened.told, opened.asked) == ([], [file.as_uri()])


def shown(page: Any) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('.error:not([hidden])')].filter((e) => e.checkVisibility()).map((e) => e.id)"
    )


def test_filters_leave_what_they_say(visit: Opened, file: Path):
    def those(**wanted: str) -> set[str]:
        fields = {"layer": lambda d, i: i.layer, "language": lambda d, i: d.language, "outcome": lambda d, i: i.outcome}
        return {
            f"e{number}"
            for number, error in enumerate(ERRORS, start=1)
            if all(fields[name](*error) == value for name, value in wanted.items())
        }

    with visit(file) as opened:
        page = opened.page
        everything = shown(page)
        assert set(everything) == those()
        assert page.inner_text("#count") == f"All {len(ERRORS)} errors"
        page.select_option("select[name=layer]", "institutions")
        assert set(shown(page)) == those(layer="institutions")
        assert page.inner_text("#count") == f"{len(those(layer='institutions'))} of {len(ERRORS)} errors"
        page.select_option("select[name=language]", "uz")
        page.select_option("select[name=outcome]", "spurious")
        assert set(shown(page)) == those(layer="institutions", language="uz", outcome="spurious") != set()
        for heading in page.query_selector_all("section.cause:not([hidden])"):
            left = heading.query_selector_all(".error:not([hidden])")
            assert heading.query_selector(".number").inner_text() == str(len(left)) != "0"
        page.click("button[type=reset]")
        until(page, f"document.getElementById('count').textContent === 'All {len(ERRORS)} errors'")
        assert shown(page) == everything
        page.fill("input[name=text]", "ИККИНЧИ кутубхона")
        assert shown(page)
        assert all("Иккинчи кутубхона" in page.inner_text(f"#{id} .sentence") for id in shown(page))
        page.fill("input[name=text]", "no such words")
        assert shown(page) == []
        assert page.inner_text("#count") == f"0 of {len(ERRORS)} errors"
        assert page.get_attribute("#count", "aria-live") == "polite"
        assert opened.told == []


def test_a_cause_is_chosen_and_left_again(visit: Opened, file: Path):
    with visit(file) as opened:
        page = opened.page
        button = page.query_selector("ul.causes button")
        cause = button.get_attribute("data-cause")
        button.click()
        assert {page.get_attribute(f"#{id}", "data-cause") for id in shown(page)} == {cause}
        assert button.get_attribute("aria-pressed") == "true"
        button.click()
        assert len(shown(page)) == len(ERRORS)
        assert button.get_attribute("aria-pressed") == "false"


def test_an_error_is_opened_by_its_address_and_read(visit: Opened, file: Path):
    number = next(number for number, (_, item) in enumerate(ERRORS, start=1) if item.cause == "wrong direction")
    with visit(file, fragment=f"e{number}") as opened:
        page = opened.page
        assert page.evaluate("document.activeElement.id") == f"e{number}"
        assert page.evaluate(
            f"(() => {{ const box = document.getElementById('e{number}').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }})()"
        )
        assert page.inner_text(f"#e{number} .sentence") == "It gave gold = found:12 books."
        facts = page.inner_text(f"#e{number} dl")
        assert "two instead of one" in facts
        assert "wrong direction" in facts
        # An address leads to an error even where the filters hide it.
        page.select_option("select[name=layer]", "dates")
        assert f"e{number}" not in shown(page)
        page.evaluate("location.hash = ''")
        page.evaluate(f"location.hash = 'e{number}'")
        until(page, f"document.activeElement.id === 'e{number}'")
        assert len(shown(page)) == len(ERRORS)


def test_more_of_the_article_is_shown_when_asked_for(visit: Opened, file: Path):
    number, (document, item) = next(
        (number, error) for number, error in enumerate(ERRORS, start=1) if error[0].id == "uzc-02-letter"
    )
    with visit(file, fragment=f"e{number}") as opened:
        page = opened.page
        page.click(f"#e{number} summary")
        page.wait_for_selector(f"#e{number} .more")
        assert page.text_content(f"#e{number} .more") == document.text
        assert page.text_content(f"#e{number} .more b") == item.place.text
        assert_readable(page)
        assert opened.told == []


def test_the_keyboard_is_enough(visit: Opened, file: Path):
    with visit(file) as opened:
        page = opened.page
        focused = "document.activeElement"
        page.keyboard.press("Tab")
        assert page.evaluate(f"{focused}.textContent") == "Skip to the errors"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#errors"
        reached = []
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate(f"{focused}.name || {focused}.dataset.cause || {focused}.hash || {focused}.type")
            )
            if str(reached[-1]).startswith("#e"):
                break
        assert {"layer", "language", "outcome", "cause", "source", "text", "reset"} <= set(reached)
        assert reached[-1].startswith("#e"), "after the filters comes the first error"
        outline = page.evaluate(f"getComputedStyle({focused}).outlineStyle")
        assert outline != "none", "one can see where one is"
        order = shown(page)
        assert reached[-1] == f"#{order[0]}"
        page.keyboard.press("Enter")
        assert page.evaluate(f"{focused}.id") == order[0]
        page.keyboard.press("j")
        assert page.evaluate(f"[{focused}.id, location.hash]") == [order[1], f"#{order[1]}"]
        page.keyboard.press("j")
        page.keyboard.press("k")
        assert page.evaluate(f"{focused}.id") == order[1]
        assert opened.told == []


def test_it_has_landmarks_and_a_line_of_headings(visit: Opened, file: Path):
    with visit(file) as opened:
        page = opened.page
        for landmark in ("header", "nav", "main", "form[role=search]"):
            assert page.query_selector(landmark) is not None
        levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1]))")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))
        labelled = page.evaluate(
            "[...document.querySelectorAll('[aria-labelledby]')].every((one) => document.getElementById(one.getAttribute('aria-labelledby')))"
        )
        assert labelled
