"""What gold articles teach the judge of agreements: the questions that the rules' reading of them asks, with the answers that the gold gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from pipeline.evaluation.gold import Gold, GoldAgreement
from pipeline.extraction import Extractor, Findings
from pipeline.finders.agreement_hearing import Hearing
from pipeline.finders.agreement_model import Agreement, Party
from pipeline.relations.agreement_clues import PartyQuestion, classed
from pipeline.relations.agreement_judge import AROUND, FURTHER, Memory
from pipeline.relations.agreement_terms import KINDS, STATES, Option, Terms
from pipeline.relations.agreement_units import Scene
from pipeline.relations.judges import Judges
from pipeline.relations.learning import Lesson
from pipeline.relations.lessons import entities_of

__all__ = ["agreement_lessons"]

_BASES = 3  # pairs of an agreement of many parties that its further parties are asked about


class _Asker:
    """Stands where a judge would, changes nothing, and keeps what it was given."""

    def __init__(self) -> None:
        self.hearing: Hearing | None = None

    def agreements(self, hearing: Hearing, ruled: Sequence[Agreement]) -> list[Agreement]:
        self.hearing = hearing
        return list(ruled)


def agreement_lessons(golds: Iterable[Gold], extractor: Extractor) -> dict[str, list[Lesson]]:
    """Return the lessons of each ranker of the judge of agreements, in the order of the articles. `extractor` reads them, without a judge of its own."""
    lessons: dict[str, list[Lesson]] = defaultdict(list)
    for gold in golds:
        asker = _Asker()
        findings = extractor.judged_by(Judges(agreements=asker, home=extractor.judges.home)).find(gold.text)
        if asker.hearing is not None:
            for name, lesson in _Article(gold, findings, Scene(asker.hearing)).lessons():
                lessons[name].append(lesson)
    return lessons


class _Article:
    """One article with its gold: which unit tells of which of the gold's agreements."""

    def __init__(self, gold: Gold, findings: Findings, scene: Scene) -> None:
        self.gold, self.findings, self.scene = gold, findings, scene
        self.entities = entities_of(gold, findings)
        self.units = list(scene.units())
        self.told = self._told()

    def lessons(self) -> Iterator[tuple[str, Lesson]]:
        """Yield the lessons in the order of the text. What was told before is remembered as the gold has it."""
        memory = Memory()
        for number, unit in enumerate(self.units):
            question = PartyQuestion(self.scene, unit)
            wanted = self.told.get(number, [])
            parties = [found for agreement in wanted if (found := self._parties(agreement, question)) is not None]
            if unit.sentence in self.scene.hearing.tables:
                for one in parties:
                    memory.add(unit, one)
                continue  # no judge is asked
            yield from self._pairs(question, memory, bool(wanted), parties)
            yield from self._further(question, parties)
            yield from self._terms(question, wanted)
            for one in parties:
                memory.add(unit, one)

    def _party(self, slug: str) -> Party | None:
        return slug if slug.startswith("country:") else self.entities.get(slug)

    def _parties(self, agreement: GoldAgreement, question: PartyQuestion) -> tuple[Party, ...] | None:
        """Return the parties of an agreement, None where one of them is no candidate of the unit."""
        found = tuple(
            party for slug in agreement.parties if (party := self._party(slug)) in question.found and party is not None
        )
        return found if len(found) == len(agreement.parties) else None

    def _told(self) -> dict[int, list[GoldAgreement]]:
        """Return the agreements of the gold that each unit tells of, by its number: those that share its trigger, a line's own where it is one."""
        spans = [self.findings.document.source_span(unit.trigger.first, unit.trigger.last) for unit in self.units]
        marks = {trigger.id: trigger for trigger in self.gold.triggers}
        together: defaultdict[str, list[GoldAgreement]] = defaultdict(list)
        for agreement in self.gold.agreements:
            together[agreement.trigger].append(agreement)
        told: defaultdict[int, list[GoldAgreement]] = defaultdict(list)
        for name, agreements in together.items():
            mark = marks[name]
            hit = [n for n, (start, end) in enumerate(spans) if start < mark.end and mark.start < end]
            shared = (
                set.intersection(*(set(agreement.parties) for agreement in agreements))
                if len(agreements) > 1
                else set[str]()
            )
            for agreement in agreements:
                number = self._unit(agreement, hit, shared)
                if number is not None:
                    told[number].append(agreement)
        return told

    def _unit(self, agreement: GoldAgreement, hit: Sequence[int], shared: set[str]) -> int | None:
        """Return which of the units that hold its trigger tells of an agreement: the line that names its own party, else the clause."""
        heads = [n for n in hit if not self.units[n].line]
        if not (heads and set(agreement.parties) <= self._named(heads[0])):
            for number in hit:
                if self.units[number].line and (set(agreement.parties) - shared) & self._named(number):
                    return number
        return heads[0] if heads else next(iter(hit), None)

    def _named(self, number: int) -> set[str]:
        """Return the slugs of the institutions that the sentence of a unit names."""
        named = set(self.scene.hearing.context.within(*self.scene.tokens.sentences[self.units[number].sentence]))
        return {slug for slug, entity in self.entities.items() if entity in named}

    def _pairs(
        self, question: PartyQuestion, memory: Memory, told: bool, parties: Sequence[tuple[Party, ...]]
    ) -> Iterator[tuple[str, Lesson]]:
        """Yield the lessons of whether a unit makes an agreement, and of whom: one for each right pair, without the other right ones."""
        pairs = question.pairs()
        right = {frozenset(pair) for one in parties for pair in combinations(one, 2)}
        if told and not right:
            return
        clues = {party: memory.party(question, party) for party in question.weighed}
        candidates = [memory.nobody(question)]
        candidates += ([*clues[one], *clues[two], *memory.pair(question, (one, two))] for one, two in pairs)
        good = [number for number, pair in enumerate(pairs, start=1) if frozenset(pair) in right] or [0]
        for number in good:
            others = [clues for other, clues in enumerate(candidates) if other == number or other not in good]
            yield "parties", Lesson(others, sum(other not in good for other in range(number)))

    def _further(self, question: PartyQuestion, parties: Sequence[tuple[Party, ...]]) -> Iterator[tuple[str, Lesson]]:
        sets = [set(one) for one in parties]
        for one in parties:
            for pair in list(combinations(one, 2))[:_BASES]:
                for party, found in question.found.items():
                    if party in pair or not found or found[0].where not in AROUND:
                        continue
                    own = any(party in other and not other.isdisjoint(pair) for other in sets)
                    right = "joint" if party in one else "own" if own else "no"
                    clues = question.further(pair, party)
                    yield "further", Lesson(classed(FURTHER, clues), FURTHER.index(right))

    def _terms(self, question: PartyQuestion, wanted: Sequence[GoldAgreement]) -> Iterator[tuple[str, Lesson]]:
        if not wanted:
            return
        terms, used = Terms(question), set[int]()
        for agreement in wanted:
            found = (self._party(slug) for slug in agreement.parties)
            parties = tuple(party for party in found if party is not None)
            state = agreement.status
            yield (
                "state",
                Lesson(
                    classed(STATES, terms.state_clues, {name: terms.ruled(name) for name in STATES}),
                    STATES.index(state),
                ),
            )
            yield (
                "kind",
                Lesson(
                    classed(KINDS, terms.kind_clues(parties), terms.ruled_kind(parties)), KINDS.index(agreement.kind)
                ),
            )
            yield from _dated("signed", terms.signed(state, parties, used), agreement.signed)
            yield from _dated("valid", terms.valid(state, parties, agreement.signed), agreement.valid)
            used.update(terms.date_indices(agreement.signed) if agreement.signed else ())


def _dated(name: str, options: Sequence[Option], right: str | None) -> Iterator[tuple[str, Lesson]]:
    """Yield a lesson for the first option that has the right value, without others that have it; none where there is no such option."""
    number = next((n for n, (value, _) in enumerate(options) if value == right), None)
    if number is not None:
        others = [clues for n, (value, clues) in enumerate(options) if n == number or value != right]
        yield name, Lesson(others, number)
