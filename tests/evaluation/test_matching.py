"""Pairs of spans: one to one, the best first, and the same as by comparing every span with every other one."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.matching import overlaps, paired


@dataclass(frozen=True)
class At:
    start: int
    end: int


SPANS = st.lists(
    st.builds(lambda start, length: At(start, start + length), st.integers(0, 30), st.integers(1, 12)), max_size=12
)


def test_overlaps_share_a_character():
    found, wanted = [At(0, 4), At(4, 6)], [At(2, 5), At(6, 8), At(0, 1)]
    # 0-4 has 2-5 and 0-1; 4-6 has 2-5, and only touches 6-8
    assert sorted(overlaps(found, wanted)) == [(0, 0), (0, 2), (1, 0)]


def test_exact_then_wanted_then_share():
    found = [At(0, 10), At(2, 4)]
    pairing = paired(found, [At(2, 4), At(0, 9)], [True, False])
    # 2-4 is the very span, though optional; 0-10 has 9 of 10 characters with the other
    assert [(pair.found, pair.wanted, pair.exact) for pair in pairing.pairs] == [(1, 0, True), (0, 1, False)]
    assert (pairing.spurious, pairing.tolerated, pairing.missed) == ((), (), ())


def test_leftovers():
    pairing = paired([At(0, 3), At(3, 6), At(20, 21)], [At(0, 6), At(30, 31), At(40, 41)], [True, False, True])
    # one of two finds takes the optional span, the other touches it; 20 is nothing's, 30 is missed, 40 is optional
    assert (len(pairing.pairs), len(pairing.tolerated), pairing.spurious, pairing.missed) == (1, 1, (2,), (1,))


@given(SPANS, SPANS, st.data())
def test_like_comparing_each_with_each(found: list[At], wanted: list[At], data: st.DataObject):
    optional = data.draw(st.lists(st.booleans(), min_size=len(wanted), max_size=len(wanted)))
    touching = {
        (a, b) for a, x in enumerate(found) for b, y in enumerate(wanted) if x.start < y.end and y.start < x.end
    }
    assert set(overlaps(found, wanted)) == touching
    assert len(list(overlaps(found, wanted))) == len(touching)
    pairing = paired(found, wanted, optional)
    assert {(pair.found, pair.wanted) for pair in pairing.pairs} <= touching
    assert (
        len({pair.found for pair in pairing.pairs})
        == len({pair.wanted for pair in pairing.pairs})
        == len(pairing.pairs)
    )
    left = set(range(len(found))) - {pair.found for pair in pairing.pairs}
    assert set(pairing.tolerated) == {a for a in left if any(optional[b] for x, b in touching if x == a)}
    assert set(pairing.spurious) == left - set(pairing.tolerated)
    unpaired = set(range(len(wanted))) - {pair.wanted for pair in pairing.pairs}
    assert set(pairing.missed) == {b for b in unpaired if not optional[b]}
    # nothing is left alone beside something that it could be paired with
    assert not {(a, b) for a, b in touching if a in left and b in unpaired}
