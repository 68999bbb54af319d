"""The judge of whose article it is: what it asks, what it does with weights made by hand, what gold teaches it."""

from __future__ import annotations

import random

import pytest

from pipeline.evaluation.gold import parse_gold
from pipeline.extraction import Extractor, Findings
from pipeline.relations.home_judge import HomeJudge, home_clues
from pipeline.relations.home_lessons import home_lessons, main_party
from pipeline.relations.judges import Judges
from pipeline.relations.ranker import Ranker

TWO = "The Louvre and the British Museum met in Paris. Our museum gave 20 coins to the Louvre, says the British Museum."
GOLD = """<i id="louvre">Louvre</i> and <i id="british-museum">British Museum</i> signed a <a id="t1">memorandum</a> in <d v="2019">2019</d>.
The <i id="louvre">Louvre</i> gave <c n="20" unit="items" act="transferred" from="louvre" to="hermitage">20 coins</c> to the <i id="hermitage">Hermitage</i>.
---
institutions:
  louvre: {kind: museum, country: FR, en: Louvre}
  british-museum: {kind: museum, country: GB, en: British Museum}
  hermitage: {kind: museum, country: RU, en: State Hermitage Museum}
agreements:
  - {kind: memorandum, status: signed, parties: [louvre, british-museum], signed: 2019, trigger: t1}
"""


def clues_of(findings: Findings) -> dict[int | None, list[str]]:
    kinds = [institution.kind for institution in findings.institutions]
    return home_clues(findings.document, findings.mentions, kinds, findings.home)


def name(findings: Findings) -> str | None:
    if findings.home is None:
        return None
    first = next(mention for mention in findings.mentions if mention.entity == findings.home)
    return findings.document.tokens.slice(first.first, first.last)


def judged(extractor: Extractor, text: str, weights: dict[str, float]) -> str | None:
    return name(extractor.judged_by(Judges(home=HomeJudge({"home": Ranker(weights)}))).find(text))


def test_candidates(extractor: Extractor) -> None:
    findings = extractor.judged_by(Judges()).find(TWO + " UNESCO looked on.")
    clues = clues_of(findings)
    assert None in clues
    assert len(clues) == 3  # nobody, the two museums; what is worldwide has no home
    assert all(len(seen) == len(set(seen)) for seen in clues.values())
    assert [*clues_of(extractor.judged_by(Judges()).find("Nobody is here."))] == [None]


@pytest.mark.parametrize(
    ("weights", "wanted"),
    [
        ({"none": 1.0}, None),
        ({"order:0": 1.0}, "Louvre"),
        ({"order:1": 1.0}, "British Museum"),
        ({"order:1": 1.0, "none": 2.0}, None),
    ],
)
def test_weights_decide(extractor: Extractor, weights: dict[str, float], wanted: str | None) -> None:
    assert judged(extractor, TWO, weights) == wanted


def test_relations_go_by_the_home_that_is_judged(extractor: Extractor) -> None:
    text = "The Louvre wrote to the British Museum. We gave them 20 coins. Our museum gave 30 books to the Hermitage."
    givers = set()
    for order in ("order:0", "order:1"):
        findings = extractor.judged_by(Judges(home=HomeJudge({"home": Ranker({order: 1.0})}))).find(text)
        givers.add((name(findings), findings.counts[-1].from_ == (findings.home,)))
    assert givers == {("Louvre", True), ("British Museum", True)}


def test_any_weights_give_an_institution_of_the_text_or_none(extractor: Extractor) -> None:
    rules = extractor.judged_by(Judges())
    for seed in range(20):
        dice = random.Random(seed)
        clues = clues_of(rules.find(TWO))
        weights = {clue: dice.uniform(-2, 2) for seen in clues.values() for clue in seen}
        home = rules.judged_by(Judges(home=HomeJudge({"home": Ranker(weights)}))).find(TWO).home
        assert home in clues


def test_main_party() -> None:
    gold = parse_gold(GOLD, file="x.gold")
    assert main_party(gold) == ("louvre", True)
    alone = parse_gold(
        "<i id='a'>Louvre</i>.\n---\ninstitutions:\n  a: {kind: museum, country: FR, en: Louvre}\n".replace("'", '"'),
        file="y.gold",
    )
    assert main_party(alone) == (None, False)


def test_lessons(extractor: Extractor) -> None:
    (lesson,) = home_lessons([parse_gold(GOLD, file="x.gold")], extractor)["home"]
    right = lesson.candidates[lesson.right]
    assert "order:0" in right
    assert "none" not in right
    assert len(lesson.candidates) == 4
