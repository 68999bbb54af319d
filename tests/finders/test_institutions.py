"""Institutions as a table: sentences with their institutions drawn in, in all languages and scripts, and traps without any."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import pipeline
from pipeline.evaluation import parse_gold
from pipeline.evaluation.gold import Gold
from pipeline.extraction import Findings

FILE = Path(__file__).parent / "institution_cases.txt"


@dataclass
class Case:
    line: int
    gold: Gold
    expected: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # id: kind, country
    fails: str = ""


def cases() -> list[Case]:
    """The cases of the file; a reason why one fails stands indented below it."""
    found: list[Case] = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(" "):
            found[-1].fails = line.strip()
            continue
        body, _, told = line.partition(" || ")
        facts = [fact.split() for fact in told.split(";") if fact.strip()]
        expected = {key: (kind, country[0] if country else None) for key, kind, *country in facts}
        entities = "".join(
            f"  {key}: {{kind: other, en: x}}\n" for key in dict.fromkeys(re.findall(r'id="([^"]+)"', body))
        )
        gold = parse_gold(
            f"{body.replace('<br>', chr(10))}\n---\n" + (f"institutions:\n{entities}" if entities else "{}")
        )
        found.append(Case(number, gold, expected))
    return found


CASES = cases()


def check(case: Case, found: Findings) -> None:
    gold, document = case.gold, found.document
    spans = {document.source_span(mention.first, mention.last): mention for mention in found.mentions}
    wanted = {(mention.start, mention.end): mention for mention in gold.institutions}
    must = {span for span, mention in wanted.items() if not mention.optional}
    assert {gold.text[slice(*span)] for span in must - spans.keys()} == set(), "missing"
    assert {gold.text[slice(*span)] for span in spans.keys() - wanted.keys()} == set(), "wrong"
    assert {span for span in must if spans[span].implied != wanted[span].implied} == set(), "implied or not"
    entities: dict[str, set[int]] = {}
    for span in must:
        entities.setdefault(str(wanted[span].entity), set()).add(spans[span].entity)
    assert {name: len(numbers) for name, numbers in entities.items()} == dict.fromkeys(entities, 1)
    assert len(set().union(*entities.values())) == len(entities), "two institutions made one"
    for name, (kind, country) in case.expected.items():
        (number,) = entities[name]
        institution = found.institutions[number]
        assert institution.kind == kind, name
        assert country is None or institution.country == country, name


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, marks=[pytest.mark.xfail(reason=case.fails, strict=True)] if case.fails else [], id=f"line{case.line}"
        )
        for case in CASES
    ],
)
def test_case(case: Case, extractor: pipeline.Extractor) -> None:
    check(case, extractor.find(case.gold.text))


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150
    assert sum(not case.gold.institutions for case in CASES) >= 50
