"""Whom a common noun, a pronoun, an office, a city means: each line of `actor_cases*.txt` draws the words with the institution that they stand for.

`[home] text`: `<i id="a" country="UZ">` is an institution's name, `<w id="a" part="to">` words that stand for `a` in that part (`id=""`: for none that can
be told; no `part`: any). A bar `|` breaks the line, two make a paragraph.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from pipeline.authority.countries import atlas
from pipeline.finders.actors import Actor, Cast
from pipeline.text.document import Document, prepare
from tests.finders.test_counts import Mention

FOLDER = Path(__file__).parent
TAG = re.compile(r"<(/?)([iw])((?: \w+=\"[^\"]*\")*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def lines() -> list[ParameterSet]:
    return [
        pytest.param(line, id=f"{table.stem.removeprefix('actor_cases')}{number}")
        for table in sorted(FOLDER.glob("actor_cases*.txt"))
        for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]


def drawn(line: str) -> tuple[str, str, list[tuple[int, int, str, dict[str, str]]]]:
    """Return a line's home, its text and its marks: (start, end, tag, attributes), in order of their ends."""
    match = re.match(r"\[(\w*)\] ", line)
    assert match, line
    text, at = "", match.end()
    marks: list[tuple[int, int, str, dict[str, str]]] = []
    stack: list[tuple[int, dict[str, str]]] = []
    for tag in TAG.finditer(line):
        text += line[at : tag.start()].replace("|", "\n")
        at = tag.end()
        if tag[1]:
            start, attributes = stack.pop()
            marks.append((start, len(text), tag[2], attributes))
        else:
            stack.append((len(text), dict(ATTRIBUTE.findall(tag[3]))))
    return match[1], text + line[at:].replace("|", "\n"), marks


def covered(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the tokens of a slice of the text."""
    spans = [document.source_span(index, index + 1) for index in range(len(document.tokens))]
    inside = [index for index, (first, last) in enumerate(spans) if first >= start and last <= end]
    return inside[0], inside[-1] + 1


@pytest.mark.parametrize("line", lines())
def test_words_mean(line: str) -> None:
    home, text, marks = drawn(line)
    document = prepare(text)
    slugs = list(dict.fromkeys(marks[3]["id"] for marks in marks if marks[2] == "i"))
    countries = {mark[3]["id"]: mark[3].get("country") for mark in reversed(marks) if mark[2] == "i"}
    names = [
        Mention(*covered(document, start, end), slugs.index(a["id"])) for start, end, tag, a in marks if tag == "i"
    ]
    cast = Cast(
        document,
        names,
        slugs.index(home) if home else None,
        atlas().all(document.tokens),
        [countries[slug] for slug in slugs],
    )
    actors: list[Actor] = []
    for begin, end in document.tokens.sentences:
        language = document.languages[begin]
        actors += cast.actors(begin, end, language if language in ("uz", "ru") else "en")
    wanted, found = [], []
    for start, end, tag, attributes in marks:
        if tag == "w":
            first, last = covered(document, start, end)
            here = [actor for actor in actors if first <= actor.first < last]
            meant = {slugs[entity] for actor in here for entity in actor.entities[:1]}
            part = {actor.part for actor in here if "part" in attributes}
            wanted.append(
                (text[start:end], {attributes["id"]} - {""}, {attributes["part"]} if "part" in attributes else set())
            )
            found.append((text[start:end], meant, part))
    assert wanted, "the line draws no words"
    assert found == wanted


def test_actors_do_not_overlap() -> None:
    text = (
        "The Osh Museum met its neighbours. The hosts gave the guests from Khiva that museum's books, and them 5 maps."
    )
    document = prepare(text)
    cast = Cast(document, [Mention(*covered(document, 4, 14), 0)], 0, atlas().all(document.tokens), ["KG"])
    for begin, end in document.tokens.sentences:
        actors = cast.actors(begin, end, "en")
        assert all(begin <= actor.first < actor.last <= end for actor in actors)
        assert all(one.last <= two.first for one, two in pairwise(actors))
