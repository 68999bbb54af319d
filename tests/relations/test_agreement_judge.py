"""The judge of agreements: what it asks, what it does with weights made by hand, and what holds whatever the weights are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction import Extractor, Findings
from pipeline.finders.agreement_hearing import Hearing
from pipeline.finders.agreement_model import Agreement, Party
from pipeline.relations.agreement_clues import PartyQuestion
from pipeline.relations.agreement_judge import RANKERS, AgreementJudge, Memory
from pipeline.relations.agreement_terms import Terms
from pipeline.relations.agreement_units import CANDIDATES, Scene
from pipeline.relations.judges import Judges, own_judges
from pipeline.relations.ranker import Ranker

TWO = "The Louvre and the British Museum met on 5 May 2019. Their memorandum is ready."
HOUSES = ["Louvre", "British Museum", "Hermitage", "Library of Congress"]
EAGER = {"parties": {"no:unit": -9.0, "only-two-here": 2.0}}
LIST = "The Hermitage has signed agreements with the Louvre (2009–2014), the British Museum (2011) and the Library of Congress (2015–2020)."


class Listener:
    """Keeps what a judge is given."""

    def __init__(self) -> None:
        self.heard: list[tuple[Hearing, list[Agreement]]] = []

    def agreements(self, hearing: Hearing, ruled: Sequence[Agreement]) -> list[Agreement]:
        self.heard.append((hearing, list(ruled)))
        return list(ruled)


def heard(extractor: Extractor, text: str) -> tuple[Findings, Scene]:
    listener = Listener()
    findings = extractor.judged_by(Judges(agreements=listener)).find(text)
    return findings, Scene(listener.heard[0][0])


def judge(weights: dict[str, dict[str, float]], **options: float) -> AgreementJudge:
    return AgreementJudge({name: Ranker(weights.get(name, {})) for name in RANKERS}, **options)  # type: ignore[arg-type]


def named(findings: Findings, parties: Sequence[Party]) -> set[str]:
    document = findings.document
    first = {
        mention.entity: document.tokens.slice(mention.first, mention.last) for mention in reversed(findings.mentions)
    }
    return {first[party] if isinstance(party, int) else party for party in parties}


def told(
    extractor: Extractor, text: str, weights: dict[str, dict[str, float]], **options: float
) -> list[tuple[Agreement, set[str]]]:
    findings = extractor.judged_by(Judges(agreements=judge(weights, **options))).find(text)
    return [(agreement, named(findings, agreement.parties)) for agreement in findings.agreements]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (TWO, [("clause", "memorandum")]),
        ("The Louvre lent a vase to the Hermitage.", []),
        (
            "The memorandum with the Louvre ended; the agreement with the Hermitage goes on.",
            [("clause", "memorandum"), ("clause", "agreement")],
        ),
        (
            "Agreements have been signed:\n\n• with the Louvre, 2018;\n• with the Hermitage, 2020.\n\nThe library was closed.",
            [("clause", "Agreements"), ("line", "Agreements"), ("line", "Agreements")],
        ),
        (
            "No memorandum with the Louvre exists.",
            [("clause", "memorandum")],
        ),  # denied for the rules; the judge is asked
        ("Лувр и Эрмитаж подписали меморандум.", [("clause", "меморандум")]),
        ("Luvr va Ermitaj memorandum imzoladi.", [("clause", "memorandum")]),
    ],
)
def test_units(extractor: Extractor, text: str, wanted: list[tuple[str, str]]) -> None:
    listener = Listener()
    findings = extractor.judged_by(Judges(agreements=listener)).find(text)
    units = [unit for hearing, _ in listener.heard for unit in Scene(hearing).units()]
    tokens = findings.document.tokens
    assert [
        ("line" if unit.line else "clause", tokens.slice(unit.trigger.first, unit.trigger.last).rpartition(" ")[2])
        for unit in units
    ] == wanted


@pytest.mark.parametrize(
    ("text", "far"),
    [
        (
            "The Louvre and the Hermitage met. It rained. It snowed. It thawed. The two museums signed a memorandum in 2019.",
            {"Louvre", "Hermitage"},
        ),
        (
            "The Louvre met the Library of Congress. It rained. It snowed. It thawed. The Hermitage signed a memorandum.",
            {"Louvre", "Library of Congress"},
        ),
        ("The Louvre and the Hermitage met. It rained. It snowed. They signed a memorandum.", set()),
    ],
)
def test_candidates_named_long_before(extractor: Extractor, text: str, far: set[str]) -> None:
    findings, scene = heard(extractor, text)
    (unit,) = scene.units()
    found = scene.candidates(unit)
    assert named(findings, [party for party, places in found.items() if places and places[0].where == "f"]) <= far
    assert named(findings, list(found)) >= far


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("A memorandum between the museum and the British Museum is ready.", "room:between:2/2"),
        ("The Louvre met the British Museum. The two museums signed a memorandum.", "room:two:2/2"),
        ("The Louvre met the British Museum. The two libraries signed a memorandum.", "room:two:0/2"),
        ("The Louvre met the British Museum. A memorandum with the Hermitage is ready.", "room:with:0/1"),
    ],
)
def test_the_members_of_a_group_leave_room_for_those_that_they_may_mean(
    extractor: Extractor, text: str, clue: str
) -> None:
    findings, scene = heard(extractor, f"The Louvre is a museum. {text}")
    question = PartyQuestion(scene, next(scene.units()))
    by_name = {named(findings, [party]).pop(): party for party in question.weighed}
    assert clue in question.pair((by_name["Louvre"], by_name["British Museum"]))


def test_candidates_are_those_near_first(extractor: Extractor) -> None:
    text = "The Library of Congress is old.\n\nIt rains. It rains. It rains. The Louvre is shut. The Hermitage signed a memorandum with the British Museum."
    findings, scene = heard(extractor, text)
    (unit,) = scene.units()
    found = scene.candidates(unit)
    order = [next(iter(named(findings, [party]))) for party in found]
    assert set(order[:2]) == {"Hermitage", "British Museum"}
    assert order[2] == "Louvre"
    assert [occurrences[0].where for occurrences in list(found.values())[:3]] == ["C", "C", "-1"]


def test_a_long_list_has_more_partners_than_pairs(extractor: Extractor) -> None:
    houses = [
        f"{name} City Museum"
        for name in "Oslo Bergen Paris Lyon Rome Milan Berlin Bonn Madrid Vienna Prague Brno Riga Minsk".split()
    ]
    text = f"The Hermitage has agreements with {', '.join(houses[:-1])} and {houses[-1]}."
    _, scene = heard(extractor, text)
    (unit,) = scene.units()
    question = PartyQuestion(scene, unit)
    assert len(question.found) > CANDIDATES == len(question.weighed)
    assert len(question.pairs()) == CANDIDATES * (CANDIDATES - 1) // 2


def test_weights_decide(extractor: Extractor) -> None:
    assert told(extractor, TWO, {"parties": {"no:unit": 9.0}}) == []
    ((agreement, parties),) = told(
        extractor, TWO, {"parties": {"no:unit": -9.0}, "state": {"planned state": 3.0}, "kind": {"roadmap kind": 3.0}}
    )
    assert parties == {"Louvre", "British Museum"}
    assert (agreement.status, agreement.kind, agreement.signed) == ("planned", "roadmap", None)


def test_below_the_threshold_nothing_is_told(extractor: Extractor) -> None:
    weights = {"parties": {"no:unit": 0.0}}  # one pair or none: even
    assert told(extractor, TWO, weights, threshold=0.51) == []
    assert len(told(extractor, TWO, weights, threshold=0.49, unnamed=0.4)) == 1
    assert (
        told(extractor, TWO, weights, threshold=0.49, unnamed=0.6) == []
    )  # no party in the sentence of the memorandum


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Paris, 5 May 2019\n\nThe Louvre and the British Museum signed a memorandum.", False),
        ("The Louvre and the British Museum met on 5 May 2019.\n\nTheir memorandum is signed.", True),
        (
            "5 May 2019\n\nThe Louvre and the British Museum signed a memorandum.\n\n7 June 2020\n\nThe Louvre closed.",
            True,
        ),
    ],
)
def test_the_date_of_a_report_is_not_that_of_what_it_tells(extractor: Extractor, text: str, dated: bool) -> None:
    sure = {
        "parties": {"no:unit": -9.0},
        "state": {"signed state": 3.0},
        "signed": {"date": 5.0},
        "valid": {"none": 5.0},
    }
    ((agreement, _),) = told(extractor, text, sure)
    assert (agreement.signed is not None) == dated


def test_dates_are_chosen(extractor: Extractor) -> None:
    sure = {"parties": {"no:unit": -9.0}, "state": {"signed state": 3.0}}
    ((none, _),) = told(extractor, TWO, {**sure, "signed": {"none": 5.0}, "valid": {"none": 5.0}})
    assert (none.signed, none.valid) == (None, None)
    ((dated, _),) = told(extractor, TWO, {**sure, "signed": {"date": 5.0}, "valid": {"to": 5.0}})
    assert (dated.signed, dated.valid) == ("2019-05-05", "../2019-05-05")
    ((lasting, _),) = told(extractor, "On 5 May 2019 the Louvre and the Hermitage signed an agreement for five years.", {
        **sure, "signed": {"date": 5.0}, "valid": {"lasts": 5.0},
    })  # fmt: skip
    assert lasting.valid == "2019-05-05/2024-05-05"


THREE = "The Louvre, the Hermitage and the British Museum signed an agreement."


def test_a_further_party_joins_or_has_its_own(extractor: Extractor) -> None:
    base = {"parties": {"no:unit": -9.0}}
    ((joint, parties),) = told(extractor, THREE, {**base, "further": {"joint further": 5.0}})
    assert len(joint.parties) == 3 and parties == {"Louvre", "Hermitage", "British Museum"}
    own = told(extractor, THREE, {**base, "further": {"own further": 5.0}})
    assert [len(parties) for _, parties in own] == [2, 2]
    ((alone, _),) = told(extractor, THREE, {**base, "further": {"no further": 5.0}})
    assert len(alone.parties) == 2


def test_a_list_that_the_rules_read_stays(extractor: Extractor) -> None:
    ruled = extractor.judged_by(Judges()).find(LIST).agreements
    assert len(ruled) == 3
    judged = extractor.judged_by(Judges(agreements=judge({"parties": {"no:unit": 9.0}}))).find(LIST).agreements
    assert judged == ruled
    assert (
        extractor.judged_by(Judges(agreements=judge({"parties": {"no:unit": 9.0}}, listed=4))).find(LIST).agreements
        == []
    )


def test_what_the_rules_say_too_keeps_their_name(extractor: Extractor) -> None:
    text = "The Louvre and the British Museum signed a memorandum on 5 May 2019."
    (ruled,) = extractor.judged_by(Judges()).find(text).agreements
    same = {
        "parties": {"no:unit": -9.0},
        "state": {"signed state": 3.0},
        "kind": {"memorandum kind": 3.0},
        "signed": {"date": 5.0},
        "valid": {"none": 5.0},
    }
    ((agreement, _),) = told(extractor, text, same)
    assert replace(agreement, confidence=1.0) == ruled
    assert 0.5 < agreement.confidence <= 1.0
    ((other, _),) = told(extractor, text, {**same, "signed": {"none": 5.0}})
    assert other.rule == f"{ruled.rule}/judged"
    assert 0.0 <= other.confidence <= 1.0


def test_a_later_naming_is_known_again(extractor: Extractor) -> None:
    text = "The Louvre and the British Museum signed a memorandum in 2019. The memorandum of the Louvre and the British Museum holds."
    _, scene = heard(extractor, text)
    first, second = scene.units()
    memory = Memory()
    question = PartyQuestion(scene, first)
    (pair,) = question.pairs()
    assert "new" in memory.pair(question, pair)
    memory.add(first, pair)
    later = PartyQuestion(scene, second)
    clues = memory.pair(later, later.pairs()[0])
    assert {"again", "again:1", "again:True"} <= set(clues) and "new" not in clues
    assert any(clue.startswith("no:last:1:True") for clue in memory.nobody(later))


def test_dates_of_a_list_are_told_apart(extractor: Extractor) -> None:
    findings, scene = heard(extractor, LIST)
    (unit,) = scene.units()
    question = PartyQuestion(scene, unit)
    terms = Terms(question)
    home = next(party for party in question.found if named(findings, [party]) == {"Hermitage"})
    for party in question.found:
        if party == home:
            continue
        options = dict(terms.valid("signed", (home, party), None))
        given_ = {value for value, clues in options.items() if any("|given:True" in clue for clue in clues)}
        wanted = {
            "Louvre": {"2009/2014"},
            "British Museum": {"../2011", "2011/.."},
            "Library of Congress": {"2015/2020"},
        }
        assert given_ == wanted[named(findings, [party]).pop()]


WORDS = (
    "the a and with between signed memorandum agreement agreements treaty of in 2019 2020 5 May until for five years Louvre Hermitage museum . , ; : ( ) \n\n • "
    "договор меморандум подписан между и с Эрмитаж Лувр библиотека на пять лет bilan shartnoma imzolandi muzeyi kutubxonasi oʻrtasida "
    "British Museum Library Congress Uzbekistan Korea our it they renewed ended not no planned"
).split(" ")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.integers(0, 2**32))
def test_whatever_the_weights(extractor: Extractor, words: list[str], seed: int) -> None:
    chance = random.Random(seed)

    class Fickle(dict[str, float]):
        def get(self, clue: str, default: float = 0.0) -> float:  # type: ignore[override]
            return chance.uniform(-1.0, 1.0)

    text = " ".join(words)
    fickle = AgreementJudge({name: Ranker(Fickle()) for name in RANKERS}, threshold=0.1)
    findings = extractor.judged_by(Judges(agreements=fickle)).find(text)
    tokens = findings.document.tokens
    dates = {date.edtf for date in findings.dates}
    for agreement in findings.agreements:
        assert len(set(agreement.parties)) == len(agreement.parties) >= 2
        assert all(
            party in range(len(findings.institutions)) if isinstance(party, int) else party.startswith("country:")
            for party in agreement.parties
        )
        assert agreement.trigger in agreement.evidence
        assert all(0 <= first < last <= len(tokens) for first, last in agreement.evidence)
        assert list(agreement.evidence) == sorted(set(agreement.evidence))
        assert agreement.signed is None or agreement.signed in dates or agreement.rule.count("/judged") == 0
        assert not (agreement.status == "planned" and agreement.signed)
    assert [a.trigger for a in findings.agreements] == sorted(a.trigger for a in findings.agreements)


def test_nothing_is_asked_where_nothing_is_told(extractor: Extractor) -> None:
    listener = Listener()
    assert (
        extractor.judged_by(Judges(agreements=listener))
        .find("The Louvre lent 5 vases to the Hermitage in 2019.")
        .agreements
        == []
    )
    assert listener.heard == []


@pytest.mark.parametrize("missing", RANKERS)
def test_every_ranker_is_needed(missing: str) -> None:
    with pytest.raises(KeyError):
        AgreementJudge({name: Ranker({}) for name in RANKERS if name != missing})


@pytest.mark.parametrize(
    "text",
    [
        "Гостья из Национальной библиотеки Кореи читала лекцию. Национальная библиотека Узбекистана заключила соглашения о сотрудничестве.",
        "Koreya Milliy kutubxonasi mehmon bo‘ldi. Bunday shartnomalar Adliya vazirligi bilan kelishilgan holda imzolanadi.",
    ],
)
def test_agreements_in_general_are_nobodys(extractor: Extractor, text: str) -> None:
    """Our own weights would pair the one institution of the sentence with whoever was named last."""
    assert extractor.judged_by(own_judges()).extract(text).agreements == ()


def test_agreements_of_those_who_are_named_are_told(extractor: Extractor) -> None:
    text = "Национальная библиотека Узбекистана подписала договоры о сотрудничестве с Национальной библиотекой Кореи и Национальной библиотекой Латвии."
    assert len(extractor.judged_by(own_judges()).extract(text).agreements) == 2
