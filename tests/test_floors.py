"""The floors break where a figure is lower, missing or no number, and only there."""

from __future__ import annotations

import floors
import pytest


@pytest.mark.parametrize(
    ("figures", "broken"),
    [
        ({"dates value": 0.97}, 0),
        ({"dates value": 1.0, "other": 0.1}, 0),
        ({"dates value": 0.9699}, 1),
        ({"dates value": float("nan")}, 1),
        ({}, 1),
    ],
)
def test_below(figures: dict[str, float], broken: int):
    assert len(floors.below(figures, {"dates value": 0.97})) == broken


def test_every_floor_is_a_share():
    assert all(0.5 < floor <= 1 for floor in floors.FLOORS.values())
    assert floors.FLOORS["offsets true"] == 1
