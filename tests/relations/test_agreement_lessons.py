"""What gold teaches the judge of agreements."""

from __future__ import annotations

from pipeline.evaluation.gold import parse_gold
from pipeline.extraction import Extractor
from pipeline.relations.agreement_judge import FURTHER, RANKERS
from pipeline.relations.agreement_lessons import agreement_lessons
from pipeline.relations.agreement_terms import KINDS, STATES
from pipeline.relations.learning import Lesson

HEAD = """---
institutions:
  louvre: {kind: museum, country: FR, en: Louvre}
  british-museum: {kind: museum, country: GB, en: British Museum}
  hermitage: {kind: museum, country: RU, en: Hermitage}
agreements:
"""
LOUVRE, LONDON = '<i id="louvre">Louvre</i>', '<i id="british-museum">British Museum</i>'
HERMITAGE = '<i id="hermitage">Hermitage</i>'


def lessons(extractor: Extractor, body: str, *agreements: str) -> dict[str, list[Lesson]]:
    tail = "".join(f"  - {{{agreement}}}\n" for agreement in agreements) if agreements else ""
    head = HEAD if agreements else HEAD.replace("agreements:\n", "agreements: []\n")
    return agreement_lessons([parse_gold(f"{body}\n{head}{tail}")], extractor)


def right(lesson: Lesson) -> set[str]:
    return set(lesson.candidates[lesson.right])


def test_one_agreement(extractor: Extractor) -> None:
    body = f'The {LOUVRE} and the {LONDON} signed a <a id="t1">memorandum</a> on <d v="2019-05-05">5 May 2019</d>.'
    taught = lessons(
        extractor,
        body,
        "kind: memorandum, status: signed, parties: [louvre, british-museum], signed: 2019-05-05, trigger: t1",
    )
    assert sorted(taught) == sorted(set(RANKERS) - {"further"})
    (pair,), (state,), (kind,), (signed,), (valid,) = (
        taught[name] for name in ("parties", "state", "kind", "signed", "valid")
    )
    assert pair.right == 1 and len(pair.candidates) == 2  # nobody, the pair
    assert {"pair", "only-two-here", "new"} <= right(pair)
    assert state.right == STATES.index("signed") and "signed state" in right(state)
    assert kind.right == KINDS.index("memorandum") and "memorandum kind" in right(kind)
    assert "date" in right(signed) and len(signed.candidates) == 2
    assert valid.right == 0 and "none" in right(valid)


def test_a_denial_teaches_nobody(extractor: Extractor) -> None:
    taught = lessons(extractor, f"The {LOUVRE} and the {LONDON} have no memorandum.")
    assert list(taught) == ["parties"]
    assert [lesson.right for lesson in taught["parties"]] == [0]


def test_a_later_naming_teaches_nobody(extractor: Extractor) -> None:
    body = (
        f'The {LOUVRE} and the {LONDON} signed a <a id="t1">memorandum</a> in <d v="2019">2019</d>. '
        f'The <a id="t2" opt="1">memorandum</a> of the {LOUVRE} and the {LONDON} holds.'
    )
    taught = lessons(
        extractor,
        body,
        "kind: memorandum, status: signed, parties: [louvre, british-museum], signed: 2019, trigger: t1",
    )
    assert [lesson.right for lesson in taught["parties"]] == [1, 0]
    assert any("again" in clues for clues in taught["parties"][1].candidates)


def test_three_parties_and_three_agreements(extractor: Extractor) -> None:
    body = f'The {LOUVRE}, the {HERMITAGE} and the {LONDON} signed a <a id="t1">memorandum</a>.'
    joint = lessons(
        extractor, body, "kind: memorandum, status: signed, parties: [louvre, british-museum, hermitage], trigger: t1"
    )
    assert {FURTHER[lesson.right] for lesson in joint["further"]} == {"joint"}
    assert len(joint["parties"]) == 3  # each right pair, none of the other right ones beside it
    assert all(len(lesson.candidates) == 2 for lesson in joint["parties"])
    body = f'The {HERMITAGE} signed <a id="t1">memoranda</a> with the {LOUVRE} and the {LONDON}.'
    own = lessons(
        extractor,
        body,
        "kind: memorandum, status: signed, parties: [hermitage, louvre], trigger: t1",
        "kind: memorandum, status: signed, parties: [hermitage, british-museum], trigger: t1",
    )
    assert {FURTHER[lesson.right] for lesson in own["further"]} == {"own"}


def test_a_line_teaches_its_own_partner(extractor: Extractor) -> None:
    body = (
        f'Partners of the {HERMITAGE}\n\nThe {HERMITAGE} has signed <a id="t1">agreements</a>:\n\n'
        f'• with the {LOUVRE}, <d v="2018">2018</d>;\n• with the {LONDON}, <d v="2020/2025">2020–2025</d>.'
    )
    taught = lessons(
        extractor,
        body,
        "kind: agreement, status: signed, parties: [hermitage, louvre], signed: 2018, trigger: t1",
        "kind: agreement, status: signed, parties: [hermitage, british-museum], valid: 2020/2025, trigger: t1",
    )
    assert len(taught["state"]) == 2
    assert [("date" in right(lesson)) for lesson in taught["signed"]] == [True, False]
    assert [("span" in right(lesson)) for lesson in taught["valid"]] == [False, True]


def test_what_no_unit_tells_teaches_nothing(extractor: Extractor) -> None:
    assert lessons(extractor, f"The {LOUVRE} lent a vase to the {LONDON}.") == {}
    unseen = f'The {LOUVRE} and the {LONDON} shook <a id="t1">hands</a>.'
    assert (
        lessons(extractor, unseen, "kind: other, status: signed, parties: [louvre, british-museum], trigger: t1") == {}
    )
