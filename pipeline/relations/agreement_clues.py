"""What can be seen of a unit that tells whether it makes an agreement and between whom: clues, each a short string.

A clue names what it looks at and what it saw there: `role:between:C` (a candidate stands in a group of the rules “between A and B” of the unit's clause).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from pipeline.finders.agreement_model import Cue, Group, Member, Party
from pipeline.relations.agreement_units import CANDIDATES, Occurrence, Scene, Unit
from pipeline.relations.ranker import about
from pipeline.text.tokens import Gap, Kind

__all__ = ["Pair", "PartyQuestion", "classed", "size", "states"]

Pair = tuple[Party, Party]

_WINDOW = 8  # tokens on either side of a trigger
_SEEN = 3  # occurrences of a candidate
_CLOSE = 3  # tokens between two that are joined
_TOLD = 3  # concepts on either side of a trigger
_JOINING = frozenset(
    "between both with two subject genitive behalf".split()
)  # roles of groups whose members are parties
_MEMBERS = 4  # of a group that are looked at
_MANY = 40  # of a sentence
_NO_MORE: Mapping[str, Sequence[str]] = {}
_STATES = frozenset("signed planned in_force ended renewed none nothing held signing".split())


size = partial(about, most=64)


def classed(
    names: Sequence[str], clues: Sequence[str], more: Mapping[str, Sequence[str]] = _NO_MORE
) -> list[list[str]]:
    """Return the clues of each of some classes: the shared ones, each with the class's name before it, and `more` of its own."""
    return [[*(f"{name} {clue}" for clue in clues), *more.get(name, ())] for name in names]


def states(cues: list[Cue]) -> list[str]:
    """Return the states that cues tell, each once, in order of their names."""
    return sorted({cue.state for cue in cues})


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a pair sees of one of its two: place and role, place, role, what it is to the article, its surest occurrence."""

    whole: str
    where: str
    role: str
    who: str
    at: Occurrence | None


def _both(one: str, two: str) -> str:
    return f"{one}|{two}" if one < two else f"{two}|{one}"


class PartyQuestion:
    """What is asked of one unit: does it make an agreement, and of whom? `unit_clues` hold for the unit itself, `clues` for each of those `weighed`."""

    def __init__(self, scene: Scene, unit: Unit) -> None:
        self.scene, self.unit = scene, unit
        self.found = scene.candidates(unit)
        self.language = unit.language
        self.sort = "l" if unit.line else "c"
        told = states(unit.clause.cues)
        self.told = "+".join(state for state in told if state in _STATES)
        self.roles = ",".join(sorted({group.role for group in unit.clause.groups}))
        self.asked = self._asked()
        places = {party: found[0].where for party, found in self.found.items() if found}
        self.in_clause = {party for party, where in places.items() if where == "C"}
        self.in_sentence = {party for party, where in places.items() if where in "CS"}
        self.unit_clues = list(dict.fromkeys(self._unit()))
        self.nobody = [*self._nobody()]
        self.weighed = [*self.found][:CANDIDATES]
        self.clues = {party: [*self._party(party)] for party in self.weighed}
        self._fitting = {party: self._fits(party) for party in self.weighed}
        self._signs = {party: self._sign(party) for party in self.weighed}

    def pairs(self) -> list[Pair]:
        """Return the pairs of candidates, but for two states: what states agree upon is for the rules, which want it said in so many words."""
        return [pair for pair in combinations(self.weighed, 2) if not all(isinstance(party, str) for party in pair)]

    def _asked(self) -> list[tuple[str, str]]:
        """Return what common nouns stand for parties in the clause, each with its group's role: “the two libraries”."""
        groups = self.unit.clause.groups
        nouns = {(g.role, m.body) for g in groups for m in g.members if m.party is None and m.body}
        return sorted(nouns)

    def _fits(self, party: Party) -> list[int]:
        """Return for each joining group of the clause which of its members a candidate may be, as bits."""
        return [
            sum(1 << bit for bit, member in enumerate(self._members(group)) if self._may_be(party, member))
            for group in self.unit.clause.groups
            if group.role in _JOINING
        ]

    @staticmethod
    def _members(group: Group) -> Sequence[Member]:
        """Return the first members of a group, that of “the two museums” twice."""
        return group.members * 2 if group.role == "two" and len(group.members) == 1 else group.members[:_MEMBERS]

    def _may_be(self, party: Party, member: Member) -> bool:
        if member.party is not None or isinstance(party, str):
            return party == member.party
        if member.whose == "our" and self.scene.who(party) == "O":
            return False
        return self.scene.may_be(party, member.body)

    def _joining(self, pair: Pair) -> Iterator[str]:
        """Yield how many of a pair the members of a group leave room for: both of them in “between the museum and X”, one in “with X”."""
        groups = (group for group in self.unit.clause.groups if group.role in _JOINING)
        for group, one, two in zip(groups, self._fitting[pair[0]], self._fitting[pair[1]], strict=True):
            both = one and two and (one | two).bit_count() > 1
            room = f"{group.role}:{2 if both else int(bool(one or two))}/{min(len(self._members(group)), _MEMBERS)}"
            yield from (f"room:{room}", f"room:{room}:{self.language}")

    def _unit(self) -> Iterator[str]:
        scene, unit, language, sort = self.scene, self.unit, self.language, self.sort
        tokens, trigger, clause = scene.tokens, unit.trigger, unit.clause
        head = tokens.fold[trigger.last - 1]
        yield from (
            "unit", f"sort:{sort}", f"language:{language}", f"rule:{trigger.rule}:{sort}", f"kind:{trigger.kind}", f"plural:{trigger.plural}:{sort}",
            f"denied:{trigger.denied}", f"head:{language}:{head[:7]}", f"ending:{language}:{head[-3:]}", f"opens:{language}:{tokens.fold[trigger.first][:7]}",
            f"sides:{trigger.sides}", f"roles:{self.roles}", f"early:{min(unit.sentence, 2)}", f"dated:{bool(clause.days)}",
        )  # fmt: skip
        told = states(clause.cues)
        yield "cues:" + ",".join(told)
        if not unit.line:
            affirmed = scene.hearing.states.affirmed(clause)
            yield from (f"affirmed:{affirmed}", f"affirmed:{affirmed}:{language}")
        for state in told:
            yield from (f"cue:{state}", f"cue:{language}:{state}")
        if not told:
            yield f"no-cue:{language}:{sort}"
        for cue in clause.cues:
            side = "b" if cue.first < trigger.first else "a"
            yield f"cue:{cue.state}:{side}:{size(clause.gap(cue.first, cue.last))}:{language}"
        for role in {group.role for group in clause.groups}:
            yield f"role:{role}"
        if not unit.line:
            yield from self._words()
            yield from self._said()

    def _said(self) -> Iterator[str]:
        """Yield what is told around a trigger."""
        concepts, trigger = self.scene.concepts, self.unit.trigger
        before, after = concepts.around(trigger.first, trigger.last, most=_TOLD)
        for side, said in (("b", before), ("a", after)):
            yield from (f"c:{side}{min(rank, 1)}:{concept}" for rank, concept in enumerate(said))
        yield f"c:{(before or ['-'])[0]}|{(after or ['-'])[0]}"
        whole = concepts.sentence(self.unit.sentence)[1]
        yield from (f"cs:{concept}" for concept in sorted(set(whole[:_MANY])))
        yield f"cf:{(whole or ['-'])[-1]}"

    def _words(self) -> Iterator[str]:
        """Yield the words around a trigger."""
        scene, unit, language, tokens = self.scene, self.unit, self.language, self.scene.tokens
        trigger = unit.trigger
        begin, end = tokens.sentences[unit.sentence]

        def word(index: int) -> str:
            return tokens.fold[index][:7] if begin <= index < end else "^"

        left, right = word(trigger.first - 1), word(trigger.last)
        yield from (
            f"left:{language}:{left}", f"left:{language}:{word(trigger.first - 2)}:{left}", f"right:{language}:{right}",
            f"right:{language}:{right}:{word(trigger.last + 1)}",
        )  # fmt: skip
        yield from (f"word:{language}:b:{w}" for w in scene.stems(max(begin, trigger.first - _WINDOW), trigger.first))
        yield from (f"word:{language}:a:{w}" for w in scene.stems(trigger.last, min(end, trigger.last + _WINDOW)))
        final = next((k for k in range(end - 1, begin - 1, -1) if tokens.kind[k] is Kind.WORD), begin)
        stop = tokens.fold[end - 1] if tokens.kind[end - 1] is Kind.SIGN else "w"
        yield from (
            f"end:{language}:{tokens.fold[final][-4:]}", f"last:{language}:{tokens.fold[final][:6]}", f"stop:{stop}", f"length:{size(end - begin)}",
            f"number:{min(unit.number, 2)}/{min(len(unit.clauses), 3)}", f"opening:{tokens.gap[begin] is Gap.BREAK}:{end - begin <= 8}",
        )  # fmt: skip

    def _nobody(self) -> Iterator[str]:
        yield from (f"no:{clue}" for clue in self.unit_clues)
        here, near = min(len(self.in_sentence), 3), min(len(self.in_clause), 3)
        yield from (
            f"no:here:{here}", f"no:near:{near}", f"no:here:{here}:{self.told}", f"no:near:{near}:{self.sort}", f"no:named:{size(len(self.scene.named))}",
        )  # fmt: skip

    def _party(self, party: Party) -> Iterator[str]:
        """Yield the clues of one candidate."""
        scene, language, told = self.scene, self.language, self.told
        who, found = scene.who(party), self.found[party]
        yield from (
            f"who:{who}",
            f"who:{who}:{language}",
            f"who:{who}:{told}",
            f"who:{who}:{self.sort}",
            f"times:{min(len(found), 3)}:{who}",
        )
        if isinstance(party, int):
            kind = scene.hearing.kinds[party] if party < len(scene.hearing.kinds) else None
            yield from (
                f"body:{kind}", f"named:{size(scene.named[party])}:{who}", f"rank:{min(scene.rank.get(party, 9), 5)}",
                f"first:{party in scene.opening}:{who}", f"others:{size(len(scene.named))}:{who}",
            )  # fmt: skip
        place = found[0].where if found else "-"
        for role, body in self.asked:
            fits = scene.may_be(party, body)
            yield from (f"asked:{role}:{fits}:{place}", f"asked:{role}:{fits}", f"asked:{fits}:{who}")
        if place == "f":
            yield f"asked:{','.join(role for role, _ in self.asked)}:f:{min(len(self.in_sentence), 2)}"
        if not found:
            yield from (
                f"absent:{who}", f"absent:{who}:{language}", f"absent:{who}:near:{min(len(self.in_clause), 3)}",
                f"absent:{who}:here:{min(len(self.in_sentence), 3)}:{self.sort}", f"absent:{who}:roles:{self.roles}", f"absent:{who}:{told}",
            )  # fmt: skip
            yield from (
                f"absent:{who}:{clue}" for clue in self.unit_clues if clue.startswith(("end:", "rule:", "head:"))
            )
            return
        seen = dict.fromkeys(self._surest(found[0], who))
        for occurrence in found[:_SEEN]:
            seen.update(dict.fromkeys(self._occurrence(occurrence)))
        yield from seen

    def _surest(self, at: Occurrence, who: str) -> Iterator[str]:
        """Yield the clues of the surest place of a candidate."""
        where, part, role, side, language, told = at.where, at.part, at.role, at.side, self.language, self.told
        yield from (
            f"at:{where}:{who}", f"at:{where}:{part}/{role}", f"at:{where}:{side}", f"at:{where}:{part}:{side}:{language}",
            f"at:{where}:{role}:{side}:{language}", f"far:{where}:{size(at.gap)}:{side}:{language}", f"at:{where}:role:{role}:{who}",
            f"at:{where}:part:{part}:{who}", f"how:{at.how}:{where}:{role}", f"how:{at.how}:{part}", f"group:{at.rule}", f"role:{role}:{told}",
            f"part:{part}:{told}:{language}", f"parted:{at.parted}:{side}", f"between:{at.between}:{side}:{language}",
            f"here:{min(len(self.in_sentence), 4)}:{where}", f"near:{min(len(self.in_clause), 4)}:{where}",
        )  # fmt: skip

    def _occurrence(self, at: Occurrence) -> Iterator[str]:
        """Yield the clues of any place of a candidate."""
        language, side, here = self.language, at.side, at.where in "CS"
        left, right = self.scene.concepts.around(at.first, at.last, most=1)
        for name, said in (("l", left), ("r", right)):
            for concept in said or ("-",):
                yield from (
                    f"c{name}:{concept}:{at.part}:{at.where}",
                    f"c{name}:{concept}:{side}:{here}",
                    f"c{name}:{concept}:{at.role}",
                )
        yield from (
            f"stands:{at.part}/{at.role}:{language}", f"part:{at.part}:{at.where}", f"role:{at.role}:{at.where}", f"before:{language}:{at.left}",
            f"before:{language}:{at.left}:{side}:{here}", f"after:{language}:{at.right}", f"after:{language}:{at.right}:{side}",
            f"suffix:{language}:{at.ending}", f"suffix:{language}:{at.ending}:{side}:{here}",
        )  # fmt: skip

    def _sign(self, party: Party) -> _Sign:
        who, found = self.scene.who(party), self.found[party]
        if not found:
            return _Sign(f"absent{who}", "absent", "absent", who, None)
        at = found[0]
        return _Sign(f"{at.where}.{at.role}.{at.side}", at.where, at.role, who, at)

    def pair(self, pair: Pair) -> list[str]:
        """Return the clues of two candidates together."""
        one, two = self._signs[pair[0]], self._signs[pair[1]]
        language, here, near = self.language, self.in_sentence, self.in_clause
        where, role, who = _both(one.where, two.where), _both(one.role, two.role), _both(one.who, two.who)
        whole = _both(one.whole, two.whole)
        out = [
            "pair", f"signs:{whole}", f"signs:{whole}:{language}", f"where:{where}", f"where:{where}:{min(len(here), 4)}", f"roles:{role}",
            f"roles:{role}:{self.told}", f"both:{who}", f"where:{where}:{who}", f"roles:{role}:of:{self.roles}",
        ]  # fmt: skip
        if one.at is not None and two.at is not None:
            out += self._stand(one.at, two.at, role)
        out += self._bodies(pair)
        out += self._joining(pair)
        for count, members, name in ((2, here, "here"), (2, near, "near")):
            if len(members) == count and pair[0] in members and pair[1] in members:
                out += (f"only-two-{name}", f"only-two-{name}:{language}")
        if len(here) == 1 and (pair[0] in here) != (pair[1] in here):
            out.append(f"one-here-and:{(one if pair[1] in here else two).whole}")
        return out

    def _stand(self, one: Occurrence, two: Occurrence, role: str) -> Iterator[str]:
        """Yield the clues of how two stand to each other."""
        language = self.language
        low, high = (one, two) if one.first < two.first else (two, one)
        parts = _both(one.part + one.side + one.where, two.part + two.side + two.where)
        yield from (f"parts:{_both(one.part, two.part)}:{language}", f"parts:{parts}:{language}")
        yield f"order:{low.part}/{low.role}>{high.part}/{high.role}"
        if high.first - low.last <= _CLOSE:
            middle = "_".join(self.scene.tokens.fold[low.last : high.first])
            yield from (f"middle:{language}:{middle[:20]}", f"middle:{middle[:12]}:{role}")
        else:
            yield "middle:far"
        if low.where == high.where == "C":
            yield f"in-clause:{min(len(self.in_clause), 4)}:{low.side}{high.side}:{language}"

    def _bodies(self, pair: Pair) -> Iterator[str]:
        """Yield the clues of what two candidates are."""
        one, two = pair
        if isinstance(one, str) or isinstance(two, str):
            yield "states" if isinstance(one, str) and isinstance(two, str) else "state-and-body"
            return
        kinds, countries = self.scene.hearing.kinds, self.scene.hearing.countries
        body = [str(kinds[party]) if party < len(kinds) else "" for party in (one, two)]
        land = [countries[party] if party < len(countries) else None for party in (one, two)]
        yield f"bodies:{_both(*body)}"
        yield f"lands:{land[0] == land[1] if all(land) else '?'}"
        if len(self.scene.named) == 2:
            yield "only-two"

    def further(self, pair: Pair, party: Party) -> list[str]:
        """Return the clues of whether one more candidate is a party too, or has an agreement of its own with one of a pair."""
        unit, language = self.unit, self.language
        plural, found = unit.trigger.plural, self.found[party]
        out = [
            "further", f"language:{language}", f"plural:{plural}", f"plural:{plural}:{self.sort}", f"sides:{unit.trigger.sides}", f"sort:{self.sort}",
        ]  # fmt: skip
        out += [clue for clue in self.unit_clues if clue.startswith(("head:", "roles:"))]
        if not found:
            return [*out, "absent"]
        at = found[0]
        out += (
            f"at:{at.where}", f"stands:{at.part}/{at.role}", f"role:{at.role}:{at.where}", f"role:{at.role}:{plural}", f"before:{language}:{at.left}",
            f"how:{at.how}", f"each:{at.each}:{at.role}", f"each:{at.each}:{plural}",
        )  # fmt: skip
        links = sorted(self._link(at, self.found[member]) for member in pair)
        both = "|".join(links)
        near = min(len(self.in_clause), 5)
        out += (
            f"links:{both}", f"links:{both}:{plural}", f"links:{both}:{at.role}", f"links:{both}:{language}", f"links:{both}:{at.each}",
            *(f"link:{link}" for link in links), f"near:{near}", f"near:{near}:{at.role}:{plural}",
        )  # fmt: skip
        return out

    def _link(self, at: Occurrence, others: list[Occurrence]) -> str:
        if not others:
            return "absent"
        other, sentence = others[0], self.scene.tokens.sentence
        close = sentence[at.first] == sentence[other.first] and (
            0 <= at.first - other.last <= _CLOSE or 0 <= other.first - at.last <= _CLOSE
        )
        alike = "=" if (at.part, at.role) == (other.part, other.role) else "~" if at.role == other.role else "!"
        return f"{'close' if close else 'far'}{alike}{at.where == other.where}"
