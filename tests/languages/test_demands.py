"""What a pattern demands may save a search, but never a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.languages.demands import Searches, Sentences, demands

E, A, B, C, D = (chr(0xE000 + number) for number in range(5))
NAMES = {"E": E, "A": A, "B": B, "C": C, "D": D}


def signs(text: str) -> str:
    return "".join(NAMES.get(letter, letter) for letter in text)


def found(regex: str, string: str) -> list[tuple[int, int]]:
    searches = Searches([(re.compile(regex), demands(regex, E))])
    return [
        match.span()
        for pattern, ranges in searches.of(Sentences(string, E))
        for place in ranges
        for match in pattern.finditer(string, *place)
    ]


@pytest.mark.parametrize(
    ("regex", "needs", "wide"),
    [
        ("AB", ["A", "B"], False),
        ("A?B", ["B"], False),
        ("A*(?:BC)+", ["B", "C"], False),
        ("(?:A|B)C", ["C", "AB"], False),
        ("(?:A|B?)C", ["C"], False),
        ("(?:AD|B)", ["AB"], False),
        ("A{0,2}B{1,2}", ["B"], False),
        ("(?!A)(?<!B)C", ["C"], False),
        ("(?=A)(?<=B)[^E]", ["A", "B"], False),
        ("(?P<span>A)(?>B|C)", ["A", "BC"], False),
        ("EAE", ["A"], True),
        ("(?:AE)+", ["A"], True),
        ("A|", [], False),
        ("(A", [], True),
        ("A)B", [], True),
    ],
)
def test_demands(regex: str, needs: list[str], wide: bool):
    made = demands(signs(regex), E)
    assert (set(made.needs), made.wide) == ({frozenset(signs(need)) for need in needs}, wide)


PATTERNS = st.recursive(
    st.sampled_from(["A", "B", "C", "E", "[^E]"]),
    lambda inner: (
        st.tuples(inner, inner).map("".join)
        | st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})")
        | st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{2}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}")
        | inner.map(lambda part: f"(?={part})")
        | inner.map(lambda part: f"(?!{part})")
        | st.sampled_from(["(?<=A)", "(?<!B)", "(?<=E)", "(?<!E)"])
    ),
    max_leaves=6,
)
TEXTS = st.lists(st.text("ABCD", max_size=4).map(lambda sentence: f"E{sentence}E"), max_size=5).map("".join)


@settings(max_examples=500)
@given(PATTERNS, TEXTS)
def test_nothing_is_missed(pattern: str, text: str):
    regex, string = signs(pattern), signs(text)
    everywhere = [match.span() for match in re.finditer(regex, string)]
    assert [span for span in found(regex, string) if span[0] < span[1]] == [s for s in everywhere if s[0] < s[1]]


def test_rules_keep_their_order():
    rules = [(name, demands(signs(name), E)) for name in ("BA", "C", "A", "AB", "D")]
    string = signs("EABEEBE")
    assert [rule for rule, _ in Searches(rules).of(Sentences(string, E))] == ["BA", "A", "AB"]
    assert dict(Searches(rules).of(Sentences(string, E)))["A"] == [(0, 4)]


def test_only_sentences_with_all_that_is_needed_are_searched():
    searches = Searches([(name, demands(signs(name), E)) for name in ("AB", "A", "AEEB", "C?")])
    string = signs("EAEEBEEBAE")
    assert dict(searches.of(Sentences(string, E))) == {
        "AB": [(6, 10)],
        "A": [(0, 3), (6, 10)],
        "AEEB": [(0, 10)],  # it goes beyond a sentence
        "C?": [(0, 10)],  # it needs nothing
    }
    assert [rule for rule, _ in searches.of(Sentences(signs("EDE"), E))] == ["C?"]
