"""Rankers: probabilities of candidates, weights that learning finds, files that can be read again."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.lexicon import DataError
from pipeline.relations.learning import Lesson, Settings, learn
from pipeline.relations.ranker import Ranker, read_rankers, write_rankers

SETTINGS = Settings(rounds=20, rate=0.1, batch=4, penalty=0.01, least=2, seed=0)
clues = st.lists(st.sampled_from(["a", "b", "c", "d:e", "ё"]), max_size=6)


def lessons() -> list[Lesson]:
    """Whoever stands after “from” is right, wherever in the row it stands, whatever else is there."""
    return [
        Lesson([["to", f"noise{number % 3}"], ["from", f"noise{number % 5}"]][:: 1 if number % 2 else -1], number % 2)
        for number in range(40)
    ]


@given(st.lists(clues, min_size=1, max_size=6), st.dictionaries(st.sampled_from("abc"), st.floats(-900, 900)))
def test_probabilities_sum_to_one_and_keep_the_order_of_the_scores(
    candidates: list[list[str]], weights: dict[str, float]
) -> None:
    ranker = Ranker(weights)
    shares = ranker.probabilities(candidates)
    scores = [ranker.score(each) for each in candidates]
    assert math.isclose(sum(shares), 1.0)
    assert shares[scores.index(max(scores))] == max(shares)


def test_no_candidate_has_no_probability() -> None:
    with pytest.raises(ValueError, match="empty"):
        Ranker({}).probabilities([])


def test_learning_finds_what_tells_and_not_what_does_not() -> None:
    learnt = learn(lessons(), SETTINGS)
    assert learnt.probabilities([["to"], ["from"], ["never seen"]])[1] > 0.7
    assert abs(learnt.weights["noise1"]) < learnt.weights["from"] / 3


def test_the_same_lessons_give_the_same_weights() -> None:
    assert learn(lessons(), SETTINGS).weights == learn(lessons(), SETTINGS).weights


def test_a_clue_of_too_few_lessons_has_no_weight() -> None:
    once = [*lessons(), Lesson([["from", "once"], ["to"]], 0)]
    assert "once" not in learn(once, SETTINGS).weights


def test_a_higher_penalty_makes_smaller_weights() -> None:
    free, bound = (learn(lessons(), Settings(20, 0.1, 4, penalty, 2, 0)).weights["from"] for penalty in (0.0, 1.0))
    assert 0 < bound < free


def test_without_lessons_nothing_is_learnt() -> None:
    assert learn([], SETTINGS).weights == {}


def test_rankers_are_read_as_they_were_written_to_a_thousandth(tmp_path: Path) -> None:
    made = {"from": learn(lessons(), SETTINGS), "to": Ranker({"ё: “x”": -1.2345, "nothing": 0.0001})}
    write_rankers(tmp_path / "a.json.gz", made)
    write_rankers(tmp_path / "b.json.gz", dict(reversed(made.items())))
    read = read_rankers(tmp_path / "a.json.gz")
    assert read["to"].weights == {"ё: “x”": -1.234}
    assert read["from"].weights == pytest.approx(made["from"].weights, abs=0.0005)
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no archive", "Not a gzipped file"),
        (gzip.compress(b"{"), "Expecting property name"),
        (gzip.compress(b'{"format": 9}'), "it has the format 9, this hamkor reads 1"),
        (
            gzip.compress(json.dumps({"format": 1, "rankers": {"to": {"clues": ["a"], "weights": []}}}).encode()),
            "shorter",
        ),
        (gzip.compress(b'{"format": 1, "rankers": {"to": {"clues": ["a"]}}}'), "weights"),
    ],
)
def test_a_file_that_is_no_ranker_is_told_with_the_remedy(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "counts.json.gz"
    file.write_bytes(data)
    with pytest.raises(DataError) as error:
        read_rankers(file)
    assert told in str(error.value)
    assert str(file) in str(error.value)
    assert "hamkor train --engine relations" in str(error.value)
