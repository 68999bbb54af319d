"""B-cubed and CEAF-e: against the definitions, word for word, on any links, and on any resample of documents."""

from __future__ import annotations

from itertools import chain, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.clusters import Clusters, ClusterScore

LINKS = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("abcde")), max_size=9)
DOCUMENTS = st.lists(LINKS, min_size=1, max_size=4)


def b_cubed(links: list[tuple[str, str]]) -> ClusterScore:
    """Mention by mention: the share of its key's mentions that have its entity, and the other way round."""
    precision = recall = 0.0
    for key, entity in links:
        same = sum(link == (key, entity) for link in links)
        precision += same / sum(other == key for other, _ in links)
        recall += same / sum(other == entity for _, other in links)
    return ClusterScore(precision / len(links), recall / len(links))


def ceaf_e(links: list[tuple[str, str]]) -> ClusterScore:
    """The best of all ways to match keys and entities."""
    keys, entities = sorted({key for key, _ in links}), sorted({entity for _, entity in links})

    def alike(key: str, entity: str) -> float:
        together = sum(link == (key, entity) for link in links)
        return 2 * together / (sum(other == key for other, _ in links) + sum(other == entity for _, other in links))

    few, many = (keys, entities) if len(keys) <= len(entities) else (entities, keys)
    best = max(
        sum(alike(*(pair if few is keys else pair[::-1])) for pair in zip(few, order, strict=True))
        for order in permutations(many, len(few))
    )
    return ClusterScore(best / len(keys), best / len(entities))


def same(one: ClusterScore, other: ClusterScore) -> bool:
    return (one.precision, one.recall) == pytest.approx((other.precision, other.recall))


@given(DOCUMENTS)
def test_the_definitions(documents: list[list[tuple[str, str]]]):
    links = list(chain.from_iterable(documents))
    found = Clusters(documents).scores()
    if not links:
        assert found == (ClusterScore(None, None), ClusterScore(None, None))
        assert found[0].f1 is None
        return
    assert same(found[0], b_cubed(links))
    assert same(found[1], ceaf_e(links))


@given(DOCUMENTS, st.data())
def test_a_resample_is_counted_like_so_many_copies(documents: list[list[tuple[str, str]]], data: st.DataObject):
    drawn = data.draw(st.lists(st.integers(0, len(documents) - 1), min_size=1, max_size=6))
    links = list(chain.from_iterable(documents[position] for position in drawn))
    found = Clusters(documents).scores(drawn)
    if links:
        assert same(found[0], b_cubed(links))
        assert same(found[1], ceaf_e(links))
    else:
        assert found == (ClusterScore(None, None), ClusterScore(None, None))


def test_many_keys_that_hang_together():
    """A chain k0-e0-k1-e1-…: each entity is shared by two keys; matching each key with its own entity is best."""
    links = list(chain.from_iterable([(f"k{n}", f"e{n}")] * 3 + [(f"k{n + 1}", f"e{n}")] for n in range(300)))
    Random(1).shuffle(links)
    score = Clusters([links]).scores()[1]
    # k0 has 3 mentions, k1 to k299 four, k300 one; entities have four. k0-e0: 6/7; the others: 6/8; k300 stays alone
    best = 6 / 7 + 299 * 6 / 8
    assert (score.precision, score.recall) == pytest.approx((best / 301, best / 300))
