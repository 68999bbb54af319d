"""Copy counts: drawn cases (what stands in `<c>` is the answer), numbers in words, hostile input.

In `count_flows.txt` the answer also has the `date` of a transfer and `part`, the number (from 0) of the count that holds this one; an `<i>` may have its `country`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.authority.countries import atlas
from pipeline.finders.counts import find_counts
from pipeline.finders.dates import find_dates
from pipeline.text.document import prepare

FOLDER = Path(__file__).parent
TAG = re.compile(r"<(/?)([ic])((?: [a-z]+=\"[^\"]*\")*)>")
ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")


@dataclass(frozen=True)
class Mention:
    first: int
    last: int
    entity: int


@dataclass
class Case:
    text: str
    names: list[tuple[int, int, str]]
    counts: list[dict[str, str]]
    home: str | None
    countries: dict[str, str]


def read(line: str) -> Case:
    """Return a case: the text, its institutions, its counts with their attributes and their words."""
    home, trap = None, line.startswith("- ")
    if not trap:
        match = re.match(r"\[(\w*)\] ", line)
        assert match, line
        home, line = match[1] or None, line[match.end() :]
    else:
        line = line[2:]
    text, at, names, counts, stack = "", 0, [], [], []
    countries: dict[str, str] = {}
    for tag in TAG.finditer(line):
        text += line[at : tag.start()]
        at = tag.end()
        if not tag[1]:
            stack.append((tag[2], dict(ATTRIBUTE.findall(tag[3])), len(text)))
            continue
        name, attributes, start = stack.pop()
        if name == "i":
            names.append((start, len(text), attributes["id"]))
            if "country" in attributes:
                countries[attributes["id"]] = attributes["country"]
        else:
            counts.append({**attributes, "words": text[start:]})
    return Case(text + line[at:], names, counts, home, countries)


def cases(pattern: str) -> list[ParameterSet]:
    out = []
    for path in sorted(FOLDER.glob(pattern)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                out.append(pytest.param(line, id=f"{path.stem[-2:]}-{number}"))
    return out


def find(case: Case) -> list[dict[str, str]]:
    """Return what the finder says of a case, in the attributes of a case."""
    document = prepare(case.text)
    tokens = document.tokens
    entities: dict[str, int] = {}
    mentions = []
    for start, end, slug in case.names:
        covered = [
            index
            for index in range(len(tokens))
            if document.source_span(index, index + 1)[0] >= start and document.source_span(index, index + 1)[1] <= end
        ]
        mentions.append(Mention(covered[0], covered[-1] + 1, entities.setdefault(slug, len(entities))))
    slugs = {entity: slug for slug, entity in entities.items()}
    home = entities.setdefault(case.home, len(entities)) if case.home else None
    out = []
    countries = [case.countries.get(slugs[entity]) for entity in sorted(slugs)]
    found = find_counts(
        document, mentions, home=home, places=atlas().all(tokens), countries=countries, dates=find_dates(document)
    )
    for count in found:
        start, end = document.source_span(count.first, count.last)
        number = f"{count.number}..{count.number_max}" if count.number_max is not None else str(count.number)
        one = {"n": number, "unit": count.unit, "act": count.act, "words": case.text[start:end]}
        if count.bound:
            one["bound"] = count.bound
        if count.date:
            one["date"] = count.date
        if count.part_of is not None:
            one["part"] = str(count.part_of)
        for key, value in (("from", count.from_), ("to", count.to), ("by", count.by)):
            if value:
                one[key] = " ".join(slugs[entity] for entity in value)
        out.append(one)
    return out


@pytest.mark.parametrize("line", cases("count_cases_*.txt"))
def test_drawn_case(line: str) -> None:
    case = read(line)
    found = find(case)
    for want, have in zip(case.counts, found, strict=False):
        for key in {"by", "date", "part"} - set(want):
            have.pop(key, None)
    assert found == case.counts


@pytest.mark.parametrize("line", cases("count_flows*.txt"))
def test_drawn_flow(line: str) -> None:
    case = read(line.replace("\\n", "\n"))
    found = find(case)
    for want, have in zip(case.counts, found, strict=False):
        if "by" not in want:
            have.pop("by", None)
    assert found == case.counts


HOSTILE = [
    "",
    " ",
    "5",
    "5 книг",
    "1 000 000 000 000 000 000 книг",
    "0 books",
    "٣ كتب و 5 books",
    "²³ книги",
    "5\u00a0000\u202fкниг" * 3,
    "(((( 12 books )))) 13 ] books 14 —— книг",
    "двадцать " * 400 + "книг",
    "1 " * 3000 + "books",
    "one hundred and " * 300,
    "5 книг, " * 3000,
    "12.05.2020-978-5-17-000000-0/12:30 " * 200,
    "more than " * 500 + "5 books",
    "\x00\ufffd5 books\ud800",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text(text: str) -> None:
    document = prepare(text)
    before = 0
    for count in find_counts(document):
        assert before <= count.first < count.last <= len(document.tokens)
        assert count.number >= 0
        assert count.number_max is None or count.number_max > count.number
        before = count.last


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789 .,-–()«»\nкниг5 books нусха ta dan ming million из от до", max_size=300))
def test_any_text(text: str) -> None:
    document = prepare(text)
    mentions = [Mention(index, index + 1, index % 3) for index in range(0, len(document.tokens), 7)]
    counts = find_counts(document, mentions, home=0)
    assert all(one.last <= two.first for one, two in pairwise(counts))
    assert all(set(count.from_).isdisjoint(count.to) for count in counts)
