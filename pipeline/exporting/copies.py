"""Copies by year and direction: what came into a country, what went out of it, what moved within it; a panel for each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

from pipeline.exporting.svg import WIDTH, drawing, element, text
from pipeline.exporting.transfers import Exchange

__all__ = ["DIRECTIONS", "by_year", "copies"]

DIRECTIONS = ("received", "given", "within")
_LEFT, _RIGHT, _PANEL, _HEAD, _MOST = 90, 24, 190, 46, 6


def by_year(
    exchanges: Sequence[Exchange], countries: Mapping[str, str], home: str
) -> dict[str, dict[int, dict[str, int]]]:
    """Return for each unit, the commonest first, and each year (0: not known) how much came into, left or stayed within a country.

    `countries`: where each party sits. Numbers that several givers or receivers share, and those of parties whose country is not known, are left out.
    """
    found: dict[str, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: dict.fromkeys(DIRECTIONS, 0)))
    for one in exchanges:
        giver, receiver = countries.get(one.giver), countries.get(one.receiver)
        if one.shared or giver is None or receiver is None or home not in (giver, receiver):
            continue
        direction = "within" if giver == receiver else "given" if giver == home else "received"
        found[one.unit][one.year][direction] += one.copies
    order = sorted(found, key=lambda unit: (-sum(sum(year.values()) for year in found[unit].values()), unit))
    return {unit: {year: found[unit][year] for year in sorted(found[unit])} for unit in order}


def copies(figures: Mapping[str, Mapping[int, Mapping[str, int]]], country: str) -> str:
    """Return the drawing of what `by_year` gives. `country`: its name."""
    shown = [
        (unit, {year: values for year, values in years.items() if year})
        for unit, years in list(figures.items())[:_MOST]
    ]
    shown = [(unit, years) for unit, years in shown if years]
    every = [year for _, years in shown for year in years]
    first, last = (min(every), max(every)) if every else (0, 0)
    pieces = [_legend(country)]
    for at, (unit, years) in enumerate(shown):
        pieces.append(_panel(unit, years, first, last, _HEAD + at * _PANEL))
    bottom = _HEAD + _PANEL * len(shown)
    undated = sum(sum(years[0].values()) for years in figures.values() if 0 in years)
    note = f"{undated:,} more without a year are not drawn." if undated else "All of it has a year."
    pieces.append(text(note, 8, bottom + 16, class_="note"))
    about = (
        f"What {country} received and gave from {first} to {last}."
        if every
        else f"Nothing dated that {country} received or gave."
    )
    return drawing("copies", "What changed hands, by year and direction", about, bottom + 28, "".join(pieces))


def _legend(country: str) -> str:
    words = {"received": f"came to {country} from abroad", "given": "went abroad", "within": "moved within the country"}
    pieces, x = [], 8.0
    for direction in DIRECTIONS:
        pieces.append(element("rect", x=x, y=8, width=12, height=12, class_=direction))
        pieces.append(text(words[direction], x + 18, 18))
        x += 40 + 6.8 * len(words[direction])
    return "".join(pieces)


def _panel(unit: str, years: Mapping[int, Mapping[str, int]], first: int, last: int, top: float) -> str:
    """Return the bars of one unit: a group for each year, a bar for each direction."""
    most = max(max(values.values()) for values in years.values()) or 1
    ground, height = top + _PANEL - 30, _PANEL - 66
    step = (WIDTH - _LEFT - _RIGHT) / (last - first + 1)
    width = min(step / (len(DIRECTIONS) + 1), 26)
    pieces = [
        text(unit, 8, top + 18, font_weight="bold"),
        text(f"{most:,}", _LEFT - 8, ground - height + 4, class_="tick", text_anchor="end"),
        element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=ground - height, y2=ground - height, class_="rule"),
        element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=ground, y2=ground, class_="zero"),
    ]
    each = max(round(40 / step), 1)  # figures of years must not touch
    for year in range(first, last + 1):
        middle = _LEFT + (year - first + 0.5) * step
        if (year - first) % each == 0:
            pieces.append(text(str(year), middle, ground + 16, class_="tick", text_anchor="middle"))
        for at, direction in enumerate(DIRECTIONS):
            value = years.get(year, {}).get(direction, 0)
            if value:
                tall = max(value / most * height, 1)
                x = middle + (at - len(DIRECTIONS) / 2) * width
                title = element("title", escape(f"{year}, {direction}: {value:,} {unit}"))
                pieces.append(
                    element("rect", title, x=x, y=ground - tall, width=width * 0.9, height=tall, class_=direction)
                )
    return "".join(pieces)
