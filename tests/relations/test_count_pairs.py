"""Giver and receiver judged together: clues of both, and that no one gives to itself whatever the weights."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.relations.count_judge import RANKERS, CountJudge
from pipeline.relations.count_pairs import NOBODY, Standing, pair_clues
from pipeline.relations.ranker import Ranker, logarithms, shares

HOME, OTHER, ABSENT = Standing("H", "subjb"), Standing("O", "toa"), Standing("H", "absent")


@pytest.mark.parametrize(
    ("receiver", "giver", "clue"),
    [
        (OTHER, HOME, "pair:Otoa:Hsubjb"),
        (OTHER, HOME, "pair:Otoa:Hsubjb:giveA"),
        (HOME, NOBODY, "pair:H:no"),
        (NOBODY, ABSENT, "pair:no:absent"),
        (Standing("H", "absent", "F"), Standing("O", "absent", "T"), "turn:F:T:H:O"),
    ],
)
def test_a_pair_of_standings_has_a_clue(receiver: Standing, giver: Standing, clue: str) -> None:
    clues = pair_clues(receiver, giver, "giveA")
    assert clue in clues
    assert len(set(clues)) == len(clues)


def test_who_gives_depends_on_who_receives() -> None:
    weights = {"pair:Otoa:Hsubjb": 5.0, "pair:Hsubjb:Otoa": -5.0}
    judge = CountJudge({name: Ranker(weights if name == "from" else {}) for name in RANKERS})
    standings = {None: NOBODY, 1: HOME, 2: OTHER}
    level = dict.fromkeys(standings, 0.0)
    giver, receiver, share = judge._pair(level, {**level, 2: 1.0}, standings, "giveA")
    assert (giver, receiver) == (1, 2)
    assert 0.0 < share < 1.0


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=6), st.lists(st.floats(-20, 20), min_size=6, max_size=6))
def test_nobody_gives_to_himself_and_shares_are_probabilities(one: list[float], two: list[float]) -> None:
    entities: list[int | None] = [None, *range(1, len(one))]
    standings = dict.fromkeys(entities, HOME)
    givers, receivers = dict(zip(entities, one, strict=True)), dict(zip(entities, two, strict=False))
    giver, receiver, share = CountJudge({name: Ranker({}) for name in RANKERS})._pair(
        givers, receivers, standings, "none"
    )
    assert giver is None or giver != receiver
    assert 0.0 < share <= 1.0


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=9))
def test_logarithms_are_those_of_the_shares(scores: list[float]) -> None:
    assert [exp(value) for value in logarithms(scores)] == pytest.approx(shares(scores))
