"""Every rule of every topic matches its own examples and none of its counter-examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from pipeline.authority.countries import atlas
from pipeline.authority.gazetteer import Gazetteer, gazetteer
from pipeline.finders import agreements, institutions
from pipeline.finders.dates import applied
from pipeline.languages.grammar import Rule, grammar, tag
from pipeline.languages.lexicon import LANGUAGES, DataError
from pipeline.resources import languages
from pipeline.text.aligned import Aligned
from pipeline.text.document import Document
from pipeline.text.tokens import tokenize

TOPICS = sorted(
    {
        path.stem
        for language in LANGUAGES
        for path in (languages() / language).glob("*.toml")
        if "[[rule]]" in path.read_text(encoding="utf-8")
    }
)
DRAWN = re.compile(r"<(/?)([id])( implied)?>")


def rules_of(topic: str) -> list[Rule]:
    """The rules of a topic; none where it does not load, which `test_loads` tells."""
    try:
        return grammar(topic).rules
    except DataError:
        return []


RULES = [(topic, rule) for topic in TOPICS for rule in rules_of(topic)]


@dataclass(frozen=True)
class Drawn:
    """What an example draws in: `<i>` a mention, `<i implied>` one by its country, `<d>` a date."""

    first: int
    last: int
    entity: int
    implied: bool
    edtf: str = "2019"


def document(text: str, language: str) -> Document:
    """A document all in one language: an example is too short to tell its own."""
    tokens = tokenize(text)
    return Document(text, Aligned.identity(text), (), (), tokens, [language] * len(tokens))


def plain(topic: str, example: str, language: str) -> Iterator[str]:
    """The rules of a topic that reads the words alone."""
    made, rules = document(example, language), grammar(topic)
    return (match.rule.name for match in rules.finditer(tag(made, rules), made))


def of_dates(example: str, language: str) -> Iterator[str]:
    """Rules of dates work on what earlier stages found."""
    return (name for name, *_ in applied(document(example, language)))


def of_institutions(example: str, language: str) -> Iterator[str]:
    """Rules of institutions read what gazetteers say of the words: once with the institutions known, once with none."""
    made = document(example, language)
    places = atlas().all(made.tokens)
    candidates: list[tuple[int, int, institutions.Name]] = []

    def keep(found: list[tuple[int, int, institutions.Name]]) -> list[institutions.Name]:
        candidates.extend(found)
        return []

    with pytest.MonkeyPatch.context() as patch:  # a rule that loses against another one has matched too
        patch.setattr(institutions, "_select", keep)
        for known in (gazetteer(), Gazetteer([], atlas())):
            institutions.find_names(made, known, places)
    return (name.rule for _, _, name in candidates)


def of_agreements(example: str, language: str) -> Iterator[str]:
    """Rules of agreements read mentions and dates, which the example draws in."""
    text, marks, opened, at = "", [], (0, False), 0
    for drawn in DRAWN.finditer(example):
        text += example[at : drawn.start()]
        at = drawn.end()
        if drawn[1]:
            marks.append((drawn[2], *opened, len(text)))
        else:
            opened = (len(text), bool(drawn[3]))
    made = document(text + example[at:], language)
    tokens = made.tokens
    found: dict[str, list[Drawn]] = {"i": [], "d": []}
    for number, (kind, start, implied, end) in enumerate(marks):
        inside = [k for k in range(len(tokens)) if start <= tokens.start[k] < end]
        found[kind].append(Drawn(inside[0], inside[-1] + 1, number, implied))
    finder = agreements._Finder(made, found["i"], found["d"], None, list(range(len(tokens.sentences))))
    return (match.rule.name for matches in finder.reader.matches.values() for match in matches)


READERS: dict[str, Callable[[str, str], Iterator[str]]] = {
    "agreements": of_agreements,
    "dates": of_dates,
    "institutions": of_institutions,
}


def matches(topic: str, rule: Rule, text: str) -> bool:
    """Whether the rule applies to the text in the language of its file; for what is common to all in any, or in that of "uz: ..."."""
    folder = rule.source.partition("/")[0]
    prefix, colon, rest = text.partition(": ")
    if colon and prefix in (*LANGUAGES, "und"):
        folder, text = prefix, rest
    for language in LANGUAGES[1:] if folder == "common" else (folder,):
        found = READERS[topic](text, language) if topic in READERS else plain(topic, text, language)
        if rule.name in found:
            return True
    return False


@pytest.mark.parametrize(("topic", "rule"), RULES, ids=[f"{topic}-{rule.name}" for topic, rule in RULES])
def test_rule(topic: str, rule: Rule) -> None:
    assert rule.examples
    for text in rule.examples:
        assert matches(topic, rule, text), f"{rule.name} must match {text!r}"
    for text in rule.counters:
        assert not matches(topic, rule, text), f"{rule.name} must not match {text!r}"


@pytest.mark.parametrize("topic", TOPICS)
def test_loads(topic: str) -> None:
    assert grammar(topic).rules
