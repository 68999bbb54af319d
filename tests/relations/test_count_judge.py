"""Copy counts as they are judged by the model that comes with hamkor, and what no model may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.evaluation.gold import parse_gold
from pipeline.extraction import Extractor, Findings
from pipeline.finders.counts import Count
from pipeline.relations.count_judge import RANKERS, CountJudge
from pipeline.relations.judges import Judges
from pipeline.relations.ranker import Ranker

CASES = [
    line
    for line in (Path(__file__).parent / "counts.gold.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
WORDS = """The National Library of Uzbekistan gave 12 books to the British Library . Российская государственная библиотека передала
нам 5 рукописей , Milliy kutubxona 30 nusxa oldi « » | 1990 in return взамен oʻz navbatida museum музей and и va""".split()


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return pipeline.load(ner=[])


def slugs(findings: Findings) -> dict[int, str | None]:
    return {number: one.authority.key if one.authority else None for number, one in enumerate(findings.institutions)}


def told(count: Count, names: dict[int, str | None]) -> tuple[object, ...]:
    return (count.act, *(tuple(names[entity] for entity in side) for side in (count.from_, count.to)))


@pytest.mark.parametrize("line", CASES)
def test_who_gave_and_who_received(extractor: Extractor, line: str) -> None:
    slugged = {part.split('"')[0] for part in line.split('<i id="')[1:]}
    institutions = "".join(f"  {slug}: {{kind: library, country: UZ, en: {slug}}}\n" for slug in slugged)
    gold = parse_gold(f"{line}\n---\ninstitutions:\n{institutions}")
    findings = extractor.find(gold.text)
    wanted = [
        (count.act, (count.from_,) if count.from_ else (), (count.to,) if count.to else ()) for count in gold.counts
    ]
    assert [told(count, slugs(findings)) for count in findings.counts] == wanted


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.integers(-3, 3))
def test_no_weights_make_a_judge_say_what_cannot_be(words: list[str], sign: int) -> None:
    weights = {f"part:{part}": float(sign) for part in ("from", "to", "subj", "dat", "in", "of")}
    judge = CountJudge({name: Ranker(weights) for name in RANKERS})
    rules = pipeline.load(ner=[], judge=False)
    text = " ".join(words)
    before, after = rules.find(text), rules.judged_by(Judges(counts=judge)).find(text)
    assert [(c.first, c.last, c.number, c.unit, c.bound) for c in before.counts] == [
        (c.first, c.last, c.number, c.unit, c.bound) for c in after.counts
    ]
    for count in after.counts:
        assert not {*count.from_} & {*count.to}
        assert 0 <= count.confidence <= 1
        if count.act == "transferred":
            assert not count.by
        else:
            assert not count.from_
            assert not count.to
            assert count.date is None


def test_where_the_judge_has_changed_something_the_rule_says_so() -> None:
    rules = pipeline.load(ner=[], judge=False)
    text = "The British Library sent 12 books to the National Library of Uzbekistan."
    contrary = CountJudge(
        {**{name: Ranker({}) for name in RANKERS}, "act": Ranker({"held any": 50.0, "transferred any": -50.0})}
    )
    (before,), (after,) = rules.find(text).counts, rules.judged_by(Judges(counts=contrary)).find(text).counts
    assert (before.act, after.act) == ("transferred", "held")
    assert after.rule == f"{before.rule}/judged"


def test_without_a_judge_the_rules_have_the_last_word(extractor: Extractor) -> None:
    text = "Osh museum took 30 files home to the National Library of Kazakhstan, the British Library 4 books."
    rules = pipeline.load(ner=[], judge=False)
    assert not any(count.rule.endswith("/judged") for count in rules.find(text).counts)
    assert extractor.without("judge").find(text).counts == rules.find(text).counts
