"""The tagger: what it reads, its likeliest reading and its probabilities against all readings counted one by one, its file."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from itertools import product
from math import exp, log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.ner.clues import Sentence
from pipeline.ner.tagger import COLUMNS, FILE, LABELS, Tagger, columns, seen, template_of
from pipeline.ner.texts import settings as settings_of


def sentence(words: str, rules: str = "") -> Sentence:
    parts = words.split()
    said = [{"-": "", "B": "B-rule", "I": "I-rule"}[mark] for mark in rules or "-" * len(parts)]
    return Sentence(0, len(parts), parts, [True] * len(parts), ["CAP" if w[0].isupper() else "" for w in parts], said)


def test_what_templates_see():
    made = columns(sentence("Lola went to OLD 12 Q x", "B------"))
    views = {
        "word[0]": ["lola", "went", "to", "old", "12", "q", "x"],
        "word[-1]": ["|", "lola", "went", "to", "old", "12", "q"],
        "word[2]": ["to", "old", "12", "q", "x", "|", "|"],
        "shape[0]": ["Xx", "x", "x", "XX", "1", "X", "x"],
        "prefix3[0]": ["lol", "wen", "to", "old", "12", "q", "x"],
        "suffix2[0]": ["la", "nt", "to", "ld", "12", "q", "x"],
        "class[0]": ["CAP'", "", "", "CAP'", "", "CAP'", ""],
        "mark[0] word[1]": ["B\twent", "\tto", "\told", "\t12", "\tq", "\tx", "\t|"],
    }
    assert {source: list(seen(template_of(source), made, 7)) for source in views} == views


@pytest.mark.parametrize(
    "source", ["", "word", "word[9]", "word[3]", "word[0]  word[1]", "nothing[0]", "word[0]word[1]", "word[0] "]
)
def test_what_is_no_template(source: str):
    with pytest.raises(pipeline.DataError):
        template_of(source)


def test_the_templates_that_come_with_hamkor():
    sources = settings_of()["tagger"]["templates"]
    assert len(set(sources)) == len(sources) > 20
    assert {name for source in sources for name, _ in template_of(source).items} == set(COLUMNS)


weights = st.floats(-4, 4, allow_nan=False)


@st.composite
def taggers(draw: st.DrawFn) -> Tagger:
    table = {word: (draw(weights), draw(weights)) for word in ("ox", "elk", "yak")}
    before = {word: (draw(weights), draw(weights)) for word in ("|", "ox", "elk")}
    steps = {a + b: draw(weights) for a, b in product(LABELS, repeat=2)}
    pairs = {f"{a}\t{b}": (draw(weights), draw(weights)) for a, b in (("|", "ox"), ("ox", "elk"), ("elk", "elk"))}
    return Tagger({"word[0]": table, "word[-1]": before, "word[-1] word[0]": pairs}, steps)


def readings(tagger: Tagger, read: Sentence) -> dict[str, float]:
    """All readings in which each name begins with B, with what speaks for them."""
    begin, inside = tagger._scores(read)
    found = {}
    for labels in product(LABELS, repeat=len(read.words)):
        reading = "".join(labels)
        if "OI" in "O" + reading:
            continue
        own = sum({"O": 0.0, "B": begin[at], "I": inside[at]}[label] for at, label in enumerate(labels))
        found[reading] = own + sum(tagger._step[a + b] for a, b in zip(reading, reading[1:], strict=False))
    return found


@settings(max_examples=150, deadline=None)
@given(taggers(), st.lists(st.sampled_from(["ox", "elk", "yak", "gnu"]), min_size=1, max_size=5))
def test_the_likeliest_reading_and_its_probabilities(tagger: Tagger, words: list[str]):
    read = sentence(" ".join(words), "B" * len(words))  # so that the rules say something else than most readings
    every = readings(tagger, read)
    best = max(every, key=every.__getitem__)
    given = tagger.names(read)
    if best == "B" * len(words):
        assert given == []
        return
    total = log(sum(map(exp, every.values())))
    expected = []
    for first in (at for at, label in enumerate(best) if label == "B"):
        last = first + 1
        while last < len(best) and best[last] == "I":
            last += 1
        with_it = [
            score
            for reading, score in every.items()
            if reading[first:last] == "B" + "I" * (last - first - 1) and reading[last : last + 1] != "I"
        ]
        expected.append((first, last, pytest.approx(sum(exp(score - total) for score in with_it), abs=1e-9)))
    if (
        sorted(every.values())[-1] - sorted([*every.values(), -99])[-2] > 1e-6
    ):  # two readings may be as likely as each other
        assert given == expected


def test_what_the_rules_say_already_is_not_said_again():
    tagger = Tagger({"word[0]": {"ox": (5.0, -5.0)}}, {})
    assert [span[:2] for span in tagger.names(sentence("an Ox came"))] == [(1, 2)]
    agreed = sentence("an Ox came", "-B-")
    assert tagger.names(agreed) == []
    assert [span[:2] for span in tagger.names(replace(agreed, doubted=True))] == [(1, 2)]


def test_great_weights_do_not_overflow():
    tagger = Tagger({"word[0]": {"ox": (900.0, 800.0), "elk": (-900.0, -900.0)}}, {"BI": 500.0, "II": 700.0})
    (name, *_) = tagger.names(sentence("ox ox ox elk elk ox " * 20))
    assert 0 <= name[2] <= 1


def test_a_file_holds_the_tagger(tmp_path: Path):
    tagger = Tagger(
        {"word[0]": {"ox": (1.25, -0.5), "nothing": (0.0001, 0.0)}, "mark[0] word[1]": {"B\tgo": (0.0, 2.0)}},
        {"OB": -1.5},
    )
    tagger.save(tmp_path / FILE)
    again = Tagger.load(tmp_path / FILE)
    read = sentence("ox ox go", "B--")
    assert again.names(read) == tagger.names(read) != []
    again.save(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / FILE).read_bytes()
    assert b"nothing" not in gzip.decompress((tmp_path / FILE).read_bytes())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        gzip.compress(b"{")[:-4],
        gzip.compress(b"[]"),
        gzip.compress(json.dumps({"format": 99, "weights": {}, "transitions": {}}).encode()),
        gzip.compress(json.dumps({"format": 1, "weights": {"word": {"seen": [], "B": [], "I": []}}, "transitions": {}}).encode()),
        gzip.compress(json.dumps({"format": 1, "weights": {"word[0]": {"seen": ["a"], "B": [], "I": []}}, "transitions": {}}).encode()),
    ],
)  # fmt: skip
def test_a_broken_file_says_what_to_do(content: bytes, tmp_path: Path):
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(pipeline.DataError, match="hamkor train"):
        Tagger.load(tmp_path / FILE)
