"""What a row of a certain table says stays: no judge overrules it, none is asked, and it teaches none."""

from __future__ import annotations

import pytest

import pipeline
from pipeline.evaluation.gold import parse_gold
from pipeline.extraction import Extractor
from pipeline.finders.grid_model import TABLE
from pipeline.relations import agreement_judge, count_judge
from pipeline.relations.agreement_judge import AgreementJudge
from pipeline.relations.agreement_lessons import agreement_lessons
from pipeline.relations.count_judge import CountJudge
from pipeline.relations.judges import Judges
from pipeline.relations.lessons import count_lessons
from pipeline.relations.ranker import Ranker

LEDGER = """The Hermitage: receipts and issues

From\tTo\tCopies
Louvre\tHermitage\t12 books
Hermitage\tBritish Museum\t9 books
"""
PARTNERS = """The Hermitage and its papers

Partner\tDocument\tSince\tUntil
Louvre\tmemorandum\t2014\t2019
British Museum\tagreement\t2016\t2021
"""
TAIL = """---
institutions:
  hermitage: {kind: museum, country: RU, en: Hermitage}
  louvre: {kind: museum, country: FR, en: Louvre}
  british-museum: {kind: museum, country: GB, en: British Museum}
"""


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return pipeline.load(ner=[], judge=False)


def test_counts_of_a_row_stay(rules: Extractor) -> None:
    contrary = CountJudge(
        {
            **{name: Ranker({"nobody": 50.0}) for name in count_judge.RANKERS},
            "act": Ranker({"held any": 50.0, "transferred any": -50.0}),
        }
    )
    before = rules.find(LEDGER).counts
    after = rules.judged_by(Judges(counts=contrary)).find(LEDGER).counts
    assert [(count.act, len(count.from_), len(count.to)) for count in before] == [("transferred", 1, 1)] * 2
    assert [(c.act, c.from_, c.to, c.rule) for c in after] == [(c.act, c.from_, c.to, c.rule) for c in before]
    assert all(0.9 < count.confidence < 1 for count in after)


def test_agreements_of_rows_stay_and_no_others_are_made_of_them(rules: Extractor) -> None:
    before = rules.find(PARTNERS).agreements
    assert [(a.kind, a.valid, a.rule) for a in before] == [
        ("memorandum", "2014/2019", TABLE),
        ("agreement", "2016/2021", TABLE),
    ]
    for weight in (-50.0, 50.0):
        judge = AgreementJudge({name: Ranker({"no:unit": weight}) for name in agreement_judge.RANKERS})
        assert rules.judged_by(Judges(agreements=judge)).find(PARTNERS).agreements == before
    eager = AgreementJudge(
        {name: Ranker({"no:unit": -50.0}) for name in agreement_judge.RANKERS}, threshold=0.0, floor=0.0, unnamed=0.0
    )
    unknown = PARTNERS.replace("Louvre\t", "somebody else\t")
    assert [a.kind for a in rules.judged_by(Judges(agreements=eager)).find(unknown).agreements] == ["agreement"]


def test_rows_teach_nothing(rules: Extractor) -> None:
    hermitage, louvre, london = (
        f'<i id="{slug}">{name}</i>'
        for slug, name in (("hermitage", "Hermitage"), ("louvre", "Louvre"), ("british-museum", "British Museum"))
    )
    body = f"""The {hermitage}: receipts and issues

From\tTo\tCopies
{louvre}\t{hermitage}\t<c n="12" unit="books" act="transferred" from="louvre" to="hermitage">12 books</c>
{hermitage}\t{london}\t<c n="9" unit="books" act="transferred" from="hermitage" to="british-museum">9 books</c>
"""
    assert count_lessons([parse_gold(body + TAIL)], rules) == {}
    body = f"""The {hermitage} and its papers

Partner\tDocument\tSince\tUntil
{louvre}\t<a id="t1">memorandum</a>\t<d v="2014">2014</d>\t<d v="2019">2019</d>
{london}\t<a id="t2">agreement</a>\t<d v="2016">2016</d>\t<d v="2021">2021</d>
"""
    agreements = """agreements:
  - {kind: memorandum, status: signed, parties: [hermitage, louvre], valid: 2014/2019, trigger: t1}
  - {kind: agreement, status: signed, parties: [hermitage, british-museum], valid: 2016/2021, trigger: t2}
"""
    assert agreement_lessons([parse_gold(body + TAIL + agreements)], rules) == {}
