"""Two annotators: F1 both ways, kappa by hand, and what either of them leaves open."""

from __future__ import annotations

from collections import Counter

import pytest
from hand import gold_of

from pipeline.evaluation.annotators import AnnotationError, as_record, kappa, reliability
from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.tables import reliability_lines

FULL = (
    '<i id="nl">Nl</i> va <i id="mu">Mu</i> <d v="2014">2014 yil</d> <a id="t1">bitim</a>, '
    '<c n="5" unit="books" act="transferred" from="nl" to="mu">5 kitob</c>.'
)
AGREED = "agreement signed nl+mu t1"


def test_kappa_by_hand():
    # Cohen's two by two: 20 both yes, 15 both no, 5 and 10 apart. observed 35/50 = 0.7; yes: 25/50 and 30/50; no: 25/50 and 20/50;
    # expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / (1 - 0.5) = 0.4
    found = kappa(Counter({(True, True): 20, (True, False): 5, (False, True): 10, (False, False): 15}))
    assert (found.value, found.observed, found.size) == pytest.approx((0.4, 0.7, 50))


def test_kappa_of_three_labels_by_hand():
    # observed 3/4; labels a 2, b 1, c 1 and a 1, b 2, c 1: expected (2*1 + 1*2 + 1*1)/16 = 5/16; (12 - 5)/(16 - 5) = 7/11
    assert kappa(Counter({("a", "a"): 1, ("a", "b"): 1, ("b", "b"): 1, ("c", "c"): 1})).value == pytest.approx(7 / 11)


def test_kappa_where_there_is_no_chance():
    assert kappa(Counter({("a", "a"): 3})).value is None
    assert kappa(Counter()).observed is None
    assert kappa(Counter({("a", "b"): 1, ("b", "a"): 1})).value == -1  # observed 0, expected 1/2


def test_one_and_the_same():
    gold = gold_of(FULL, AGREED)
    found = reliability([(gold, gold)])
    assert {figure.value for figure in found.evaluation.figures.values()} <= {1, None}
    assert {value.value for value in found.kappas.values()} <= {1, None}
    assert found.kappas["counts"].value == 1
    assert found.kappas["counts.unit"].observed == 1


def test_words_by_hand():
    first = gold_of('<d v="2014">2014 yil</d> a b c d e f')
    second = gold_of('<d v="2014">2014</d> yil a b c d e f')
    # eight words: both mark 2014, one marks yil, six are outside for both. observed 7/8; inside 2/8 and 1/8, outside 6/8 and 7/8;
    # expected (2 * 1 + 6 * 7)/64 = 44/64; (56 - 44)/(64 - 44) = 12/20
    found = reliability([(first, second)])
    assert found.kappas["dates"].value == pytest.approx(12 / 20)
    figures = found.evaluation.figures
    assert (figures["dates.exact"].value, figures["dates.overlap"].value, figures["dates.value"].value) == (0, 1, 1)


def test_details_and_agreements():
    first = gold_of(FULL, AGREED)
    second = gold_of(FULL.replace("books", "copies"), AGREED.replace("signed nl", "planned nl"))
    found = reliability([(first, second)])
    assert found.kappas["counts.unit"].observed == 0
    assert found.kappas["counts.act"].observed == 1
    assert found.kappas["agreements.status"].observed == 0
    figures = found.evaluation.figures
    assert (figures["agreements.parties"].value, figures["agreements.all"].value, figures["counts.all"].value) == (
        1,
        0,
        0,
    )


@pytest.mark.parametrize("turned", [False, True])
def test_what_either_leaves_open_is_left_out(turned: bool):
    first = gold_of('<i id="nl">Nl</i> <i id="mu">Mu</i> <i id="ar" opt="1">Ar</i> x')
    second = gold_of('<i id="nl">Nl</i> <i id="mu" opt="1">Mu</i> Ar x')
    pair = (second, first) if turned else (first, second)
    found = reliability([pair])
    # Mu and Ar are open for one of them: Nl alone counts
    overlap = found.evaluation.figures["institutions.overlap"]
    assert (overlap.right, overlap.wrong, overlap.missed) == (1, 0, 0)
    # two words are left, Nl and x
    assert found.kappas["institutions"].size == 2


def test_f1_does_not_mind_who_is_first():
    first = gold_of('<i id="nl">Nl</i> <i id="mu">Mu</i> Ar <d v="2014">2014</d> yil')
    second = gold_of('<i id="nl">Nl</i> Mu <i id="ar">Ar</i> <d v="2014">2014 yil</d>')
    one, other = (reliability([pair]).evaluation.figures for pair in ((first, second), (second, first)))
    for name in ("institutions.exact", "institutions.overlap", "dates.exact", "dates.value"):
        assert one[name].value == other[name].value


def test_other_texts():
    with pytest.raises(AnnotationError, match=r"^case, line 2: .*'b'"):
        reliability([(gold_of("a\nb"), gold_of("a\nc"))])


def test_gold_as_a_record_is_all_right():
    gold = gold_of(FULL, AGREED)
    assert {figure.value for figure in evaluate([(gold, as_record(gold))], resamples=0).figures.values()} <= {1, None}


def test_lines():
    lines = reliability_lines(reliability([(gold_of(FULL, AGREED), gold_of(FULL, AGREED))]))
    assert any(line.startswith("institutions ") and line.endswith("1.000") for line in lines)
