"""The plots: figures that are right, drawings that any reader of XML takes, a page that can be read."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.exporting import plots
from pipeline.exporting.copies import by_year, copies
from pipeline.exporting.dataset import Dataset
from pipeline.exporting.graphml import Tie
from pipeline.exporting.network import network
from pipeline.exporting.output import ExportError
from pipeline.exporting.svg import WIDTH, length, short, years_axis
from pipeline.exporting.timeline import MOST, dated, timeline
from pipeline.exporting.transfers import Exchange
from pipeline.publishing.agreements import agreed, tellings_of
from pipeline.publishing.facts import facts, plain
from tests.publishing.stories import HOSTILE, Story, gift, hostile, rich, telling

EVERYTHING = Story(*rich().happened, {"evil": hostile(), "loan": gift("x-evil-1", "nl-kz", 7, date="2013")})
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plots")
    plots.write(Dataset(EVERYTHING), folder)
    return folder


def boxes(root: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    found = []
    for text in root.iter(f"{SVG}text"):
        width = length(text.text or "")
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        left = (
            x - width
            if text.get("text-anchor") == "end"
            else x - width / 2
            if text.get("text-anchor") == "middle"
            else x
        )
        found.append((left, left + width, y - 10, y + 3))
    return found


@pytest.mark.parametrize("name", ["timeline", "network", "copies"])
def test_a_drawing_is_sound(folder: Path, name: str) -> None:
    root = ElementTree.fromstring((folder / f"{name}.svg").read_bytes())
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    assert not list(root.iter(f"{SVG}script"))
    height = float(root.attrib["viewBox"].split()[3])
    for left, right, top, bottom in boxes(root):
        assert left >= -4, (left, right)
        assert right <= WIDTH + 4
        assert top >= -4
        assert bottom <= height
    for element in root.iter():
        for key in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"):
            value = element.get(key)
            assert value is None or value == "100%" or float(value) >= 0


def test_the_page_needs_nothing_else(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "{{" not in page.replace("{{title}}", "")  # a word of the article
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "<script>alert" not in page
    assert page.count("<script>") == 1
    assert plain("half\ud800") in page.replace("\ufffd pair", "\ufffd")


def test_the_same_data_give_the_same_drawings(folder: Path, tmp_path: Path) -> None:
    plots.write(Dataset(EVERYTHING), tmp_path)
    for file in folder.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_figures_by_direction() -> None:
    exchanges = [
        Exchange("a", "b", 2014, "books", False, 10, 1, 0),
        Exchange("b", "a", 2014, "books", False, 3, 1, 0),
        Exchange("a", "c", 2015, "books", False, 5, 1, 0),
        Exchange("a", "b", 2015, "books", True, 99, 1, 0),  # shared: of nobody alone
        Exchange("a", "z", 2015, "books", False, 99, 1, 0),  # nobody knows where z sits
        Exchange("b", "d", 2015, "books", False, 99, 1, 0),  # not of this country
        Exchange("country:UZ", "b", 0, "copies", False, 4, 1, 0),
    ]
    countries = {"a": "UZ", "b": "KZ", "c": "UZ", "d": "KZ", "country:UZ": "UZ"}
    figures = by_year(exchanges, countries, "UZ")
    assert figures == {
        "books": {2014: {"received": 3, "given": 10, "within": 0}, 2015: {"received": 0, "given": 0, "within": 5}},
        "copies": {0: {"received": 0, "given": 4, "within": 0}},
    }
    drawn = copies(figures, "Uzbekistan")
    assert "2014, given: 10 books" in drawn
    assert "4 more without a year are not drawn" in drawn


def test_every_agreement_with_a_date_is_drawn_once(folder: Path) -> None:
    every = agreed(one for change in EVERYTHING.changes() for one in tellings_of(facts(change)))
    root = ElementTree.fromstring((folder / "timeline.svg").read_bytes())
    assert len(list(root.iter(f"{SVG}g"))) == len(dated(every)) == 16
    bars = [one for one in root.iter(f"{SVG}rect") if one.get("class") in ("bar", "open")]
    assert len([one for one in bars if one.get("class") == "open"]) == 1  # 2019/..


def test_the_newest_where_there_are_many() -> None:
    what = {str(number): telling(["a", f"b{number}"], signed=str(1000 + number)) for number in range(MOST + 5)}
    every = agreed(one for change in Story(what).changes() for one in tellings_of(facts(change)))
    drawn = timeline(every, {})
    assert "5 older ones are not drawn" in drawn
    assert f"b{MOST + 4}" in drawn
    assert "signed 1000" not in drawn


def test_labels_of_the_network_do_not_overlap() -> None:
    what = {
        str(number): telling([f"party-{number % 7}", f"a-rather-long-name-of-party-{number}"], signed="2014")
        for number in range(40)
    }
    every = agreed(one for change in Story(what).changes() for one in tellings_of(facts(change)))
    from pipeline.exporting.graphml import ties
    from pipeline.exporting.transfers import Transfers

    root = ElementTree.fromstring(network(ties(every, Transfers()), {}))
    labels = [box for box in boxes(root) if box[3] < 770]
    assert len(labels) == 47
    overlaps = [
        (one, other)
        for at, one in enumerate(labels)
        for other in labels[:at]
        if min(one[1], other[1]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[2], other[2]) > 1
    ]
    assert len(overlaps) <= 2


def test_nothing_to_draw(tmp_path: Path) -> None:
    plots.write(Dataset(Story({})), tmp_path)
    assert "No agreement has a date" in (tmp_path / "timeline.svg").read_text(encoding="utf-8")
    assert network({}, {}).startswith("<svg")
    assert network({("a", "b"): Tie(given=1)}, {}).count('class="party"') == 2


@pytest.mark.parametrize(
    ("words", "width", "cut"), [("abc", 100, "abc"), ("abcdefgh ij", 66, "abcdefgh…"), ("abc", 0, "a…")]
)
def test_short(words: str, width: float, cut: str) -> None:
    assert short(words, width) == cut


@pytest.mark.parametrize(("first", "last"), [(2014, 2014), (2010, 2020), (1400, 2030), (0, 9999)])
def test_years_have_room(first: int, last: int) -> None:
    years = re.findall(r">(\d+)</text>", years_axis(first, last, 100, 900, 0, 10))
    assert 1 <= len(years) <= 19
    assert all(first <= int(year) <= last for year in years)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError):
        plots.write(Dataset(rich()), tmp_path / "file")


def test_hostile_words_are_text(folder: Path) -> None:
    root = ElementTree.fromstring((folder / "network.svg").read_bytes())
    titles = " ".join(title.text or "" for title in root.iter(f"{SVG}title"))
    assert "<script>alert(1)</script>" in titles
    assert plain(HOSTILE[0]) in titles
