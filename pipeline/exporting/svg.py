"""Drawing in SVG: elements as text, everything that comes from an article escaped. A drawing takes its colours from the page, or carries them."""

from __future__ import annotations

import math
import re
from html import escape
from importlib.resources import files

__all__ = ["WIDTH", "drawing", "element", "length", "short", "standalone", "text", "years_axis"]

WIDTH = 960
"""How wide a drawing is, in its own units."""
_LETTER = 6.6  # units that a letter of 12 units takes, about
_ROOT = re.compile(r"^:root \{.*?^\}\n@media \(prefers-color-scheme: dark\) \{.*?^\}\n", re.M | re.S)


def element(name: str, inside: str = "", /, **attributes: str | float) -> str:
    """Return an element; `inside` goes in as it is. An attribute `class_` is `class`, `stroke_width` is `stroke-width`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else f"{value:g}")}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text(words: str, x: float, y: float, /, **attributes: str | float) -> str:
    """Return words at a place."""
    return element("text", escape(words), x=x, y=y, **attributes)


def short(words: str, width: float) -> str:
    """Return words cut so that they take about this width."""
    most = max(int(width / _LETTER), 2)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def length(words: str) -> float:
    """Return about how wide words are."""
    return len(words) * _LETTER


def drawing(name: str, title: str, about: str, height: float, inside: str) -> str:
    """Return a drawing as an element of a page. Its title and what it shows are read to those who cannot see it."""
    head = element("title", escape(title), id=f"chart-{name}-title") + element(
        "desc", escape(about), id=f"chart-{name}-about"
    )
    return element(
        "svg", head + inside, xmlns="http://www.w3.org/2000/svg", class_=f"chart {name}", viewBox=f"0 0 {WIDTH} {height:g}",
        role="img", aria_labelledby=f"chart-{name}-title chart-{name}-about",
    )  # fmt: skip


def standalone(svg: str) -> str:
    """Return a drawing as a file of its own: with the colours of the pages, for light and dark."""
    pages = files("pipeline.pages")
    colours = _ROOT.search(pages.joinpath("base.css").read_text(encoding="utf-8"))
    style = (colours[0] if colours else "") + pages.joinpath("chart.css").read_text(encoding="utf-8")
    opened = svg.index(">") + 1
    ground = element("rect", width="100%", height="100%", class_="ground")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg[:opened]}<style>{style}</style>{ground}{svg[opened:]}\n'


def years_axis(first: int, last: int, left: float, right: float, top: float, bottom: float) -> str:
    """Return lines and figures for the years of a range, a line for each, or each second, fifth, tenth … where they are many."""
    step = next(
        step
        for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000)
        if (last - first) / step * 44 <= right - left
    )
    pieces = []
    for year in range(math.ceil(first / step) * step, last + 1, step):
        x = left + (year - first) / max(last - first, 1) * (right - left)
        pieces.append(element("line", x1=x, x2=x, y1=top, y2=bottom, class_="rule"))
        pieces.append(text(str(year), x, top - 6, class_="tick", text_anchor="middle"))
    return "".join(pieces)
