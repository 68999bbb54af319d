"""Resamples: the same each time, of all documents, and intervals that can be worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.resampling import Packed, centred, draws, interval, significance


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(st.integers(0, 9999), min_size=width, max_size=width), min_size=1)
    ),
    st.data(),
)
def test_packed_sums(rows: list[list[int]], data: st.DataObject):
    drawn = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1))
    assert Packed(rows).total(drawn) == [
        sum(rows[position][place] for position in drawn) for place in range(len(rows[0]))
    ]


def test_draws_are_the_same_each_time_and_leave_nobody_out():
    first, second = list(draws(7, 50)), list(draws(7, 50))
    assert first == second
    assert len(first) == 50
    assert all(len(drawn) == 7 for drawn in first)
    assert set().union(*first) == set(range(7))
    assert first[0] != first[1]


def test_interval_by_hand():
    # 0 … 1000: the ranks 25 and 975 of 1000
    assert interval([rank / 1000 for rank in range(1001)]) == pytest.approx((0.025, 0.975))
    # of two values: 2.5 % and 97.5 % of the way from one to the other
    assert interval([0.2, 0.4]) == pytest.approx((0.205, 0.395))
    assert interval([-3.0, 4.0]) == (0, 1)
    assert interval([]) is None


def test_centred_by_hand():
    # mean 0.5, the figure is 0.4: everything comes down by 0.1
    assert centred([0.4, 0.6], 0.4) == pytest.approx([0.3, 0.5])
    assert centred([], 0.4) == []


def test_significance_by_hand():
    # none of 99 at or below 0: 2 * (1 + 0) / 100
    assert significance([0.1] * 99) == pytest.approx(0.02)
    # 10 of 99 below: 2 * 11 / 100
    assert significance([0.1] * 89 + [-0.1] * 10) == pytest.approx(0.22)
    assert significance([0.0] * 99) == 1
    assert significance([]) is None
