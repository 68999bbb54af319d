"""A network of partners: those who work together are drawn near each other. The same data give the same drawing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from html import escape

from pipeline.exporting.graphml import Tie
from pipeline.exporting.svg import WIDTH, drawing, element, length, short, text

__all__ = ["network", "weight"]

MOST = 50
"""Parties in one drawing: those with the most ties."""
_HEIGHT, _MARGIN, _STEPS = 780, 84, 250
_LABEL, _LINE = 150, 34  # room that a label and its dot take
_Place = tuple[float, float]


def weight(tie: Tie) -> int:
    """Return how much binds two parties: agreements and transfers."""
    return len(tie.agreements) + tie.given + tie.received


def network(ties: Mapping[tuple[str, str], Tie], names: Mapping[str, str]) -> str:
    """Return the drawing. `names`: what each party is called."""
    strength: dict[str, int] = defaultdict(int)
    for pair, tie in ties.items():
        for key in pair:
            strength[key] += weight(tie)
    shown = sorted(strength, key=lambda key: (-strength[key], key))[:MOST]
    among = {pair: weight(tie) for pair, tie in ties.items() if pair[0] in shown and pair[1] in shown}
    shown = [key for key in shown if any(key in pair for pair in among)]
    labels = {key: short(names.get(key, key), _LABEL) for key in shown}
    places = dict(zip(shown, _apart(_layout(shown, among), [length(label) for label in labels.values()]), strict=True))
    pieces = [
        element(
            "line", element("title", escape(f"{names.get(a, a)} – {names.get(b, b)}: {count}")), class_="tie", stroke_width=min(1 + math.log2(count), 6),
            x1=places[a][0], y1=places[a][1], x2=places[b][0], y2=places[b][1], data_a=str(shown.index(a)), data_b=str(shown.index(b)),
        )
        for (a, b), count in among.items()
    ]  # fmt: skip
    for number, key in enumerate(shown):
        x, y = places[key]
        radius = 4 + 2 * math.sqrt(strength[key])
        inside = element("title", escape(f"{names.get(key, key)}: {strength[key]}"))
        inside += element("circle", cx=x, cy=y, r=radius, class_="point")
        inside += text(labels[key], x, y + radius + 12, text_anchor="middle")
        pieces.append(element("g", inside, class_="party", data_party=str(number)))
    left_out = len(strength) - len(shown)
    note = "A line: agreements and transfers between two; the thicker, the more."
    note += f" {left_out} parties with fewer ties are not drawn." if left_out else ""
    pieces.append(text(note, 8, _HEIGHT - 8, class_="note"))
    about = f"{len(shown)} parties, {len(among)} pairs that work together."
    return drawing("network", "Who works with whom", about, _HEIGHT, "".join(pieces))


def _layout(keys: list[str], ties: Mapping[tuple[str, str], int]) -> list[_Place]:
    """Return a place for each key by forces (Fruchterman and Reingold 1991): ties draw together, all push apart; begun on a spiral, so without chance."""
    count = len(keys)
    if not count:
        return []
    ideal = 1 / math.sqrt(count)
    places = [
        (0.5 + 0.5 * math.sqrt((at + 0.5) / count) * math.cos(at * 2.399963), 0.5 + 0.5 * math.sqrt((at + 0.5) / count) * math.sin(at * 2.399963))
        for at in range(count)
    ]  # fmt: skip
    index = {key: at for at, key in enumerate(keys)}
    pulls = [(index[a], index[b], 1 + math.log2(count_)) for (a, b), count_ in ties.items()]
    for step in range(_STEPS):
        moves = [[0.0, 0.0] for _ in keys]
        for a in range(count):
            for b in range(a):
                dx, dy = places[a][0] - places[b][0], places[a][1] - places[b][1]
                square = max(dx * dx + dy * dy, 1e-6)
                force = ideal * ideal / square
                for one, sign in ((a, 1), (b, -1)):
                    moves[one][0] += sign * dx * force
                    moves[one][1] += sign * dy * force
        for a, b, pull in pulls:
            dx, dy = places[a][0] - places[b][0], places[a][1] - places[b][1]
            force = pull * math.hypot(dx, dy) / ideal
            for one, sign in ((a, -1), (b, 1)):
                moves[one][0] += sign * dx * force
                moves[one][1] += sign * dy * force
        most = 0.1 * (1 - step / _STEPS)
        for at, (dx, dy) in enumerate(moves):
            dx, dy = dx + (0.5 - places[at][0]) * 2 * ideal, dy + (0.5 - places[at][1]) * 2 * ideal  # none drifts away
            length = max(math.hypot(dx, dy), 1e-9)
            places[at] = (
                places[at][0] + dx / length * min(length, most),
                places[at][1] + dy / length * min(length, most),
            )
    return _fitted(places)


def _fitted(places: list[_Place]) -> list[_Place]:
    """Return the places stretched to the drawing."""
    sizes = (WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN)
    found = []
    for place in places:
        point = []
        for axis, size in enumerate(sizes):
            values = [one[axis] for one in places]
            low, high = min(values), max(values)
            share = (place[axis] - low) / (high - low) if high > low else 0.5
            point.append(round(_MARGIN + share * size, 1))
        found.append((point[0], point[1]))
    return found


def _apart(places: list[_Place], widths: list[float]) -> list[_Place]:
    """Return the places pushed apart until no label lies on another, or as far as there is room."""
    points = [list(place) for place in places]
    for _ in range(_STEPS):
        touched = False
        for a in range(len(points)):
            for b in range(a):
                across = (widths[a] + widths[b]) / 2 + 6 - abs(points[a][0] - points[b][0])
                down = _LINE - abs(points[a][1] - points[b][1])
                if across > 0 and down > 0:
                    touched = True
                    axis, push = (1, down / 2) if down < across else (0, across / 2)
                    sign = 1 if points[a][axis] >= points[b][axis] else -1
                    points[a][axis] += sign * push
                    points[b][axis] -= sign * push
        for point, width in zip(points, widths, strict=True):
            point[0] = min(max(point[0], width / 2 + 4), WIDTH - width / 2 - 4)
            point[1] = min(max(point[1], 20), _HEIGHT - 50)
        if not touched:
            break
    return [(round(x, 1), round(y, 1)) for x, y in points]
