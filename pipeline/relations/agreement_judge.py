"""Which agreements a text tells of, between whom, in what state, since when and until when: weighed by learned weights over what the rules saw.

Units are judged in the order of the text, since a later one may name an agreement again that an earlier one has made. A unit first chooses between
no agreement and each pair of candidates; other candidates may then join the pair, or have an agreement of their own with one of it. State, kind and
dates follow. What the judge and the rules agree upon stays as the rules have it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, repeat

from pipeline.finders.agreement_hearing import Hearing
from pipeline.finders.agreement_model import Agreement, Party
from pipeline.finders.grid_model import TABLE
from pipeline.relations.agreement_clues import Pair, PartyQuestion
from pipeline.relations.agreement_terms import KINDS, STATES, Option, Terms
from pipeline.relations.agreement_units import Scene, Unit
from pipeline.relations.ranker import Ranker, by_class, shares

__all__ = ["AROUND", "FURTHER", "RANKERS", "AgreementJudge", "Memory"]

RANKERS = ("parties", "further", "state", "kind", "signed", "valid")
FURTHER = ("no", "joint", "own")  # what a further candidate is to an agreement
_PARTIES = 6  # candidates whose pairs are weighed, those that alone weigh most
_SURE = 0.9  # the probability that a plan needs where the rules read a denial
_LIKELIEST = 0.25  # the probability that the likeliest pair of a unit needs
_JOINT = 3  # parties that may join a pair, where the text does not say how many sign
_RECENT = 4  # sentences
_LINES = 2  # under a heading that is one of a list
_OWN = 0.6  # share of the agreements so far in which one party is, whose article it then is
_NO_MORE: Mapping[str, Sequence[str]] = {}
_HERE = frozenset(("C", "S"))  # where a party of the sentence stands
AROUND = frozenset(("C", "S", "h", "1"))  # where a further party may stand


@dataclass(frozen=True, slots=True)
class _Made:
    parties: frozenset[Party]
    sentence: int
    kind: str
    trigger: int


class Memory:
    """The agreements that a text has told of so far, and the clues that come of them."""

    def __init__(self) -> None:
        self._last: _Made | None = None
        self._kinds: set[str] = set()
        self._times: Counter[Party] = Counter()
        self._most: Party | None = None
        self._told = 0
        self._of: defaultdict[Party, list[_Made]] = defaultdict(list)
        self._pairs: dict[frozenset[Party], _Made] = {}

    def add(self, unit: Unit, parties: Collection[Party]) -> None:
        """Remember an agreement that a unit has told of."""
        made = self._last = _Made(frozenset(parties), unit.sentence, unit.trigger.kind, unit.trigger.first)
        self._told += 1
        self._kinds.add(made.kind)
        for party in parties:
            self._times[party] += 1
            self._of[party].append(made)
            if self._most is None or self._times[party] > self._times[self._most]:
                self._most = party
        self._pairs.update((frozenset(pair), made) for pair in combinations(parties, 2))

    def _own(self) -> Party | None:
        """Return the party of most agreements so far."""
        times = 0 if self._most is None else self._times[self._most]
        return self._most if times > 1 and times >= _OWN * self._told else None

    def nobody(self, question: PartyQuestion) -> list[str]:
        """Return the clues for no agreement."""
        clues = [*question.nobody, f"no:so-far:{min(self._told, 2)}"]
        if self._last is not None:
            last, unit = self._last, question.unit
            back, same = min(unit.sentence - last.sentence, _RECENT), last.kind == unit.trigger.kind
            any_same = unit.trigger.kind in self._kinds
            clues += (
                f"no:last:{back}:{same}",
                f"no:last:{back}:{question.sort}",
                f"no:last:{same}:{last.kind}",
                f"no:same:{any_same}",
            )
            chosen = ("left:", "ending:", "no-cue", "cues:")
            clues += [f"no:last:{same}:{clue}" for clue in question.unit_clues if clue.startswith(chosen)]
        return clues

    def party(self, question: PartyQuestion, party: Party) -> list[str]:
        """Return the clues for one candidate."""
        clues = question.clues[party]
        if self._last is None:
            return clues
        unit, last, own = question.unit, self._last, self._own()
        absent, inside = not question.found[party], party in last.parties
        back = min(unit.sentence - last.sentence, _RECENT)
        clues = [
            *clues, f"last:{inside}:{back}", f"last:{inside}:{absent}:{question.sort}", f"own:{party == own}:{absent}:{question.sort}",
            f"any:{party in self._of}:{absent}",
        ]  # fmt: skip
        if own is not None:
            clues.append(f"own:{party == own}")
        if unit.line:
            lately = sum(made.sentence >= unit.sentence - _RECENT for made in self._of.get(party, ())[-_RECENT:])
            clues.append(f"lines:{lately}:{absent}")
        return clues

    def pair(self, question: PartyQuestion, pair: Pair) -> list[str]:
        """Return the clues for two candidates together."""
        clues = question.pair(pair)
        before = self._pairs.get(frozenset(pair))
        if before is None:
            return [*clues, "new"]
        unit = question.unit
        same = before.kind == unit.trigger.kind
        clues += (
            "again", f"again:{min(unit.sentence - before.sentence, _RECENT)}", f"again:{same}", f"again:{same}:{question.language}",
            f"again:trigger:{before.trigger == unit.trigger.first}",
        )  # fmt: skip
        chosen = ("left:", "ending:", "no-cue", "dated:", "cues:")
        return clues + [f"again:{same}:{clue}" for clue in question.unit_clues if clue.startswith(chosen)]


class AgreementJudge:
    """Judges the agreements of documents. `rankers` are those of `RANKERS`; it holds no state of any document.

    `trust` is what the rules' word for a pair weighs beside the learned weights, as a logarithm of odds. An agreement is told where that one is made at
    all has the probability `threshold`, and that it is this one `floor`, `unnamed` where its sentence names neither party, `general` where it speaks of
    agreements in the plural and does not name both, `alike` where these are “such agreements”; `joining` is the probability that a further party needs. Where the rules have read
    a list or a table, so many agreements of one sentence as `listed`, it stays: its form tells more than any word.
    """

    def __init__(
        self,
        rankers: Mapping[str, Ranker],
        *,
        trust: float = 1.0,
        threshold: float = 0.45,
        joining: float = 0.5,
        floor: float = 0.3,
        unnamed: float = 0.65,
        general: float = 0.8,
        alike: float = 0.95,
        listed: int = 3,
    ) -> None:
        self._rankers = {name: rankers[name] for name in RANKERS}
        self.trust, self.threshold, self.joining, self.listed = trust, threshold, joining, listed
        self.floor, self.unnamed, self.general, self.alike = floor, unnamed, general, alike
        self._tables = {
            name: by_class(rankers[name].weights, names)
            for name, names in (("further", FURTHER), ("state", STATES), ("kind", KINDS))
        }

    def agreements(self, hearing: Hearing, ruled: Sequence[Agreement]) -> list[Agreement]:
        """Return the agreements of a document in the order of their triggers."""
        scene, memory = Scene(hearing), Memory()
        units = [*scene.units()]
        lines = Counter(unit.trigger.first for unit in units if unit.line)
        settled = self._settled(scene, ruled, lines)
        by_trigger: defaultdict[tuple[int, int], list[Agreement]] = defaultdict(list)
        for agreement in ruled:
            by_trigger[agreement.trigger].append(agreement)
        out = [agreement for agreement in ruled if agreement.trigger in settled]
        for unit in units:
            if not unit.line and lines[unit.trigger.first] >= _LINES and scene.names(unit.sentence) <= 1:
                continue  # the heading of a list: its lines tell
            known = by_trigger.get((unit.trigger.first, unit.trigger.last), [])
            if (
                (unit.trigger.first, unit.trigger.last) in settled
                or unit.sentence in hearing.tables
                or unit.trigger.denied
                or unit.trigger.kind == "convention"
            ):
                for agreement in () if unit.line else known:
                    memory.add(unit, agreement.parties)
                continue
            question = PartyQuestion(scene, unit)
            share, groups = self._parties(question, memory, known)
            if not groups:
                continue
            terms, used = Terms(question), set[int]()
            affirmed = scene.hearing.states.affirmed(unit.clause)
            for parties in groups:
                made = self._made(question, terms, parties, used, share)
                if made.status == "planned" and share < _SURE and not (affirmed or unit.line):
                    continue  # “was never signed” is no plan; “not signed yet” is
                used.update(terms.date_indices(made.signed) if made.signed else ())
                out.append(_as_ruled(made, known))
                memory.add(unit, parties)
        return sorted(out, key=lambda agreement: agreement.trigger)

    def _settled(self, scene: Scene, ruled: Sequence[Agreement], lines: Mapping[int, int]) -> set[tuple[int, int]]:
        """Return the triggers whose agreements stay as the rules have them: of lists and tables, of states, of conventions."""
        sentence = scene.tokens.sentence
        times = Counter(sentence[agreement.trigger[0]] for agreement in ruled)
        return {
            agreement.trigger
            for agreement in ruled
            if agreement.rule == TABLE
            or times[sentence[agreement.trigger[0]]] >= (_LINES if lines.get(agreement.trigger[0]) else self.listed)
            or all(isinstance(party, str) for party in agreement.parties)
        }

    def _parties(
        self, question: PartyQuestion, memory: Memory, ruled: Sequence[Agreement]
    ) -> tuple[float, list[tuple[Party, ...]]]:
        """Return the agreements of a unit by their parties, and how probable the first of them is."""
        ranker = self._rankers["parties"]
        alone = {party: ranker.score(memory.party(question, party)) for party in question.weighed}
        weighed = set(sorted(alone, key=lambda party: -alone[party])[:_PARTIES])
        pairs = [pair for pair in question.pairs() if weighed.issuperset(pair)]
        if not pairs:
            return 0.0, []
        scores = [ranker.score(memory.nobody(question))]
        for pair in pairs:
            trusted = self.trust * any(set(agreement.parties).issuperset(pair) for agreement in ruled)
            scores.append(alone[pair[0]] + alone[pair[1]] + ranker.score(memory.pair(question, pair)) + trusted)
        nobody, *likely = shares(scores)
        if 1.0 - nobody < self.threshold or max(likely) < _LIKELIEST:
            return 0.0, []  # what many pairs share may be nobody's: “programmes of cooperation are prepared”
        by_pair = dict(zip(map(frozenset, pairs), likely, strict=True))
        groups = [*self._joined(question, pairs[_likeliest(likely)], by_pair)]
        told = {frozenset(pair) for parties in groups for pair in combinations(parties, 2)}
        share = sum(by_pair.get(pair, 0.0) for pair in told)
        named = sum(any(at.where in _HERE for at in question.found[party]) for party in groups[0][:2])
        unit, needed = question.unit, self.floor if named else self.unnamed
        if unit.trigger.plural and not unit.line and named < len(groups[0][:2]):
            needed = (
                self.alike if question.scene.likewise(unit) else self.general
            )  # “prepares agreements on cooperation”
        return share, groups if share >= needed else []

    def _joined(
        self, question: PartyQuestion, pair: Pair, likely: Mapping[frozenset[Party], float]
    ) -> Iterator[tuple[Party, ...]]:
        """Yield the agreement of a pair with those who join it, then those that others have with one of the pair."""
        joint: list[tuple[float, Party]] = []
        others: list[Party] = []
        for party, found in question.found.items():
            if party in pair or not found or found[0].where not in AROUND:
                continue
            clues = question.further(pair, party)
            no, together, own = self._classes("further", FURTHER, clues)
            if no > 1.0 - self.joining:
                continue
            if together >= own:
                joint.append((together, party))
            else:
                others.append(party)
        joint.sort(key=lambda each: -each[0])
        most = max(question.unit.trigger.sides - len(pair), 0) or _JOINT
        yield (*pair, *(party for _, party in joint[:most]))
        for party in others:
            yield max(pair, key=lambda member: likely.get(frozenset((member, party)), 0.0)), party

    def _made(
        self, question: PartyQuestion, terms: Terms, parties: tuple[Party, ...], used: Collection[int], share: float
    ) -> Agreement:
        rankers, unit = self._rankers, question.unit
        state = STATES[
            _likeliest(self._classes("state", STATES, terms.state_clues, {name: terms.ruled(name) for name in STATES}))
        ]
        kind = KINDS[_likeliest(self._classes("kind", KINDS, terms.kind_clues(parties), terms.ruled_kind(parties)))]
        signed = None if state == "planned" else _choice(rankers["signed"], terms.signed(state, parties, used))
        valid = _choice(rankers["valid"], terms.valid(state, parties, signed))
        clause, trigger = unit.clause, unit.trigger
        places = {(at.first, at.last) for party in parties for at in question.found[party][:1]}
        places |= {
            (trigger.first, trigger.last),
            *((cue.first, cue.last) for cue in clause.cues),
            *terms.places(signed, valid),
        }
        return Agreement(
            (trigger.first, trigger.last),
            kind,
            state,
            parties,
            signed,
            valid,
            f"{trigger.rule}/judged",
            tuple(sorted(places)),
            min(1.0, round(share, 3)),
        )

    def _classes(
        self, name: str, names: Sequence[str], clues: Sequence[str], more: Mapping[str, Sequence[str]] = _NO_MORE
    ) -> list[float]:
        """Return the probability of each of some classes: what `probabilities` gives for the clues of `classed`, without putting those together."""
        tables, ranker = self._tables[name], self._rankers[name]
        return shares(
            [sum(map(tables[each].get, clues, repeat(0.0))) + ranker.score(more.get(each, ())) for each in names]
        )


def _likeliest(likely: Sequence[float]) -> int:
    return max(range(len(likely)), key=likely.__getitem__)


def _choice(ranker: Ranker, options: Sequence[Option]) -> str | None:
    """Return the value whose options together are likeliest."""
    summed: defaultdict[str | None, float] = defaultdict(float)
    for (value, _), share in zip(options, ranker.probabilities([clues for _, clues in options]), strict=True):
        summed[value] += share
    return max(summed, key=lambda value: summed[value])


def _as_ruled(made: Agreement, ruled: Sequence[Agreement]) -> Agreement:
    """Return the rules' agreement where it says the same, as sure as the judge is."""
    for known in ruled:
        alike = replace(made, rule=known.rule, evidence=known.evidence, parties=known.parties, confidence=1.0) == known
        if alike and set(known.parties) == set(made.parties):
            return replace(known, confidence=made.confidence)
    return made
