"""The alignment leads every slice of a rewritten text back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.aligned import Aligned

Edit = tuple[int, int, str]


@st.composite
def rewritten(draw: st.DrawFn, *, rounds: int = 3) -> tuple[str, Aligned]:
    """A source of distinct characters and what a few rounds of random edits made of it."""
    source = "".join(chr(0x400 + index) for index in range(draw(st.integers(0, 40))))
    aligned = Aligned.identity(source)
    for _ in range(draw(st.integers(0, rounds))):
        aligned = aligned.rewrite(draw(edits(len(aligned.text))))
    return source, aligned


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    points = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(points[::2], points[1::2], strict=False)
    return [(start, end, draw(st.text("abc", max_size=4))) for start, end in pairs]


@pytest.mark.parametrize(
    ("source", "edits", "text", "spans"),
    [
        ("музей", [], "музей", {(0, 5): (0, 5), (1, 3): (1, 3), (2, 2): (2, 2)}),
        (
            "нацио-\nнальный",
            [(5, 7, "")],
            "национальный",
            {(0, 12): (0, 14), (0, 5): (0, 5), (5, 12): (7, 14), (4, 6): (4, 8)},
        ),
        (
            "oﬁs",
            [(1, 2, "fi")],
            "ofis",
            {(1, 2): (1, 2), (2, 3): (1, 2), (1, 3): (1, 2), (0, 4): (0, 3), (3, 4): (2, 3)},
        ),
        ("китoб", [(3, 4, "о")], "китоб", {(3, 4): (3, 4), (0, 5): (0, 5)}),
        ("abcdef", [(1, 3, "XY"), (3, 6, "Z")], "aXYZ", {(1, 2): (1, 2), (2, 3): (2, 3), (3, 4): (3, 6)}),
        ("ab", [(1, 1, "--")], "a--b", {(1, 3): (1, 1), (0, 2): (0, 1), (3, 4): (1, 2), (0, 4): (0, 2)}),
        ("\u00adab\u00ad", [(0, 1, ""), (3, 4, "")], "ab", {(0, 2): (1, 3)}),
        ("", [], "", {(0, 0): (0, 0)}),
        ("", [(0, 0, "x")], "x", {(0, 1): (0, 0)}),
        ("abc", [(0, 3, "")], "", {(0, 0): (0, 0)}),
    ],
)
def test_spans(source: str, edits: list[Edit], text: str, spans: dict[tuple[int, int], tuple[int, int]]) -> None:
    aligned = Aligned.identity(source).rewrite(edits)
    assert aligned.text == text
    assert {span: aligned.span(*span) for span in spans} == spans


def test_rewriting_composes() -> None:
    once = Aligned.identity("би\u00adб-\nлио ﬁ").rewrite([(2, 3, ""), (10, 11, "fi")])
    twice = once.rewrite([(3, 5, "")])
    assert twice.text == "библио fi"
    assert twice.span(0, 6) == (0, 9)
    assert twice.span(7, 9) == (10, 11)


def test_part_of_a_block_covers_the_whole_block() -> None:
    aligned = Aligned.identity("a…b").rewrite([(1, 2, "...")]).rewrite([(1, 2, ""), (3, 3, "!")])
    assert aligned.text == "a.!.b"
    assert [aligned.span(i, i + 1) for i in range(5)] == [(0, 1), (1, 2), (1, 2), (1, 2), (2, 3)]


def test_what_is_put_between_characters_of_one_source_character_stands_for_it_too() -> None:
    aligned = Aligned.identity("…").rewrite([(0, 1, "...")]).rewrite([(1, 1, "-")]).rewrite([(1, 1, "!")])
    assert aligned.text == ".!-.."
    assert [aligned.span(i, i + 1) for i in range(5)] == [(0, 1)] * 5


@pytest.mark.parametrize(
    "edits", [[(2, 1, "")], [(0, 2, ""), (1, 3, "")], [(2, 3, ""), (0, 1, "")], [(0, 9, "")], [(-1, 0, "")]]
)
def test_bad_edits(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        Aligned.identity("abc").rewrite(edits)


@pytest.mark.parametrize("span", [(0, 4), (-1, 1), (2, 1), (4, 4)])
def test_bad_spans(span: tuple[int, int]) -> None:
    with pytest.raises(IndexError):
        Aligned.identity("abc").span(*span)
    with pytest.raises(IndexError):
        Aligned.identity("abc").position(4)


@given(rewritten())
def test_spans_are_within_the_source_and_in_order(case: tuple[str, Aligned]) -> None:
    source, aligned = case
    last_start = last_end = 0
    for index in range(len(aligned.text)):
        start, end = aligned.span(index, index + 1)
        assert 0 <= start <= end <= len(source)
        assert start >= last_start
        assert end >= last_end
        assert aligned.position(index) == start
        last_start, last_end = start, end
    assert aligned.position(len(aligned.text)) == last_end


@given(rewritten())
def test_untouched_characters_are_their_own_slice(case: tuple[str, Aligned]) -> None:
    source, aligned = case
    for index, character in enumerate(aligned.text):
        if character in source:  # the characters of the source are distinct, and no edit writes one of them
            start, end = aligned.span(index, index + 1)
            assert source[start:end] == character or len(source[start:end]) > 1


@given(rewritten(rounds=1))
def test_untouched_characters_after_one_rewriting(case: tuple[str, Aligned]) -> None:
    source, aligned = case
    for index, character in enumerate(aligned.text):
        if character in source:
            assert source[slice(*aligned.span(index, index + 1))] == character


@given(rewritten(), st.data())
def test_a_span_is_the_sum_of_its_characters(case: tuple[str, Aligned], data: st.DataObject) -> None:
    _, aligned = case
    start = data.draw(st.integers(0, len(aligned.text)))
    end = data.draw(st.integers(start, len(aligned.text)))
    if start < end:
        assert aligned.span(start, end) == (aligned.span(start, start + 1)[0], aligned.span(end - 1, end)[1])


@given(st.text(max_size=50), st.data())
def test_text_is_what_the_edits_say(text: str, data: st.DataObject) -> None:
    changes = data.draw(edits(len(text)))
    expected = text
    for start, end, new in reversed(changes):
        expected = expected[:start] + new + expected[end:]
    assert Aligned.identity(text).rewrite(changes).text == expected


def test_many_edits_of_a_long_text() -> None:
    text = "а" * 2_000_000
    aligned = Aligned.identity(text).rewrite((place, place + 1, "") for place in range(0, len(text), 20))
    again = aligned.rewrite((place, place + 1, "б") for place in range(0, len(aligned.text), 20))
    assert again.span(0, len(again.text)) == (1, len(text))
