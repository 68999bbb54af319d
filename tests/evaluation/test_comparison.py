"""Two runs: what moved, what was gained and lost."""

from __future__ import annotations

import pytest
from hand import gold_of, record_of

from pipeline.evaluation.comparison import Comparison, compare
from pipeline.evaluation.figures import Evaluation, evaluate
from pipeline.evaluation.tables import comparison_lines, in_sentence

GOLD = 'Oldin. <d v="2013">2013</d> yilda <i id="nl">Milliy kutubxona</i> ochildi. <d v="2014">2014</d>, 5.'


def run(*bodies: str) -> Evaluation:
    pairs = [(gold_of(GOLD, id=f"n{number}"), record_of(body, id=f"n{number}")) for number, body in enumerate(bodies)]
    return evaluate(pairs, resamples=100)


def moved(before: str, after: str) -> Comparison:
    return compare(run(before), run(after), resamples=100)


BARE = "Oldin. 2013 yilda Milliy kutubxona ochildi. 2014, 5."


@pytest.mark.parametrize(
    ("before", "after", "gained", "lost"),
    [
        (GOLD, GOLD, [], []),
        (BARE, BARE, [], []),
        (BARE, GOLD, ["2013", "2014", "Milliy kutubxona"], []),
        (GOLD, BARE, [], ["2013", "2014", "Milliy kutubxona"]),
        (GOLD, GOLD.replace('v="2013"', 'v="2012"'), [], ["2013"]),
        (GOLD.replace('v="2013"', 'v="2012"'), GOLD.replace('v="2013"', 'v="2011"'), [], []),  # wrong before, wrong after
        (GOLD, GOLD.replace("5.", '<d v="0005">5</d>.'), [], ["5"]),  # something that nobody wanted
        (GOLD.replace("5.", '<d v="0005">5</d>.'), GOLD, ["5"], []),
        (GOLD, GOLD.replace("Milliy <", "<").replace('<i id="nl">Milliy ', 'Milliy <i id="nl">'), [], ["Milliy kutubxona"]),
    ],
)  # fmt: skip
def test_gained_and_lost(before: str, after: str, gained: list[str], lost: list[str]):
    comparison = moved(before, after)
    assert sorted(change.item.place.text for change in comparison.gained) == gained
    assert sorted(change.item.place.text for change in comparison.lost) == lost


def test_differences_by_hand():
    # dates: of two, one right before (F1: 2 * 1 / (2 + 0 + 1) = 2/3), both after: + 1/3
    before = GOLD.replace('<d v="2014">2014</d>', "2014")
    difference = compare(run(before, before), run(GOLD, GOLD), resamples=99).differences["dates.value"]
    assert (difference.before, difference.after, difference.change) == pytest.approx((2 / 3, 1, 1 / 3))
    # every resample moves as far: the interval is the change, and none of 99 lies below 0: 2 * 1 / 100
    assert (difference.low, difference.high, difference.p) == pytest.approx((1 / 3, 1 / 3, 0.02))


def test_no_difference_is_no_more_than_chance():
    difference = moved(GOLD, GOLD).differences["dates.value"]
    assert (difference.change, difference.low, difference.p) == (0, None, None)  # one article: no resamples
    assert compare(run(GOLD, GOLD), run(GOLD, GOLD)).differences["dates.value"].p == 1


def test_nothing_to_compare():
    assert moved(GOLD, GOLD).differences["counts.all"].change is None


def test_other_documents():
    with pytest.raises(ValueError, match="same documents"):
        compare(run(GOLD), run(GOLD, GOLD))


def test_each_in_its_sentence():
    lines = comparison_lines(moved(GOLD, GOLD.replace('v="2013"', 'v="2012"')))
    assert "- n0, dates: right -> wrong (value 2012 for 2013)" in lines
    assert "    [[{{2013}}]] yilda Milliy kutubxona ochildi." in lines
    assert "0 gained" in lines
    assert "1 lost" in lines


def test_sides_that_cross():
    evaluation = evaluate([(gold_of('<i id="a">Aa Bb</i> Cc'), record_of('Aa <i id="a">Bb Cc</i>'))], resamples=0)
    document = evaluation.documents[0]
    assert in_sentence(document.text, document.items[0]) == "[[Aa {{Bb]] Cc}}"
