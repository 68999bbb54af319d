"""Every rule of every topic matches its own examples and none of its counter-examples."""

from __future__ import annotations

import pytest

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


def rules_of(topic: str) -> list[Rule]:
    """The rules of a topic; none where it does not load, which `test_loads` tells."""
    try:
        return grammar(topic).rules
    except DataError:
        return []


RULES = [(topic, rule) for topic in TOPICS for rule in rules_of(topic)]


def document(text: str, language: str) -> Document:
    """A document all in one language: an example is too short to tell its own."""
    tokens = tokenize(text)
    return Document(text, Aligned.identity(text), (), (), tokens, [language] * len(tokens))


def matches(topic: str, rule: Rule, text: str) -> bool:
    """Whether the rule applies to the text in the language of its file; for what is common to all in any, or in that of "uz: ..."."""
    folder = rule.source.partition("/")[0]
    prefix, colon, rest = text.partition(": ")
    if colon and prefix in LANGUAGES:
        folder, text = prefix, rest
    for language in LANGUAGES[1:] if folder == "common" else (folder,):
        made = document(text, language)
        if topic == "dates":  # its rules work on what earlier stages found
            if any(name == rule.name for name, *_ in applied(made)):
                return True
        else:
            rules = grammar(topic)
            if any(match.rule is rule for match in rules.finditer(tag(made, rules), made)):
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
