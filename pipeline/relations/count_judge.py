"""Who gave the counted things and who received them, or whose they are, and what was done with them: weighed by learned weights over what the rules saw.

Counts are judged in the order of the text, since the next one may go on with, or turn around, what the one before said. The likeliest answer is given, and how
likely it is: who wants sure facts alone asks for that (`confidence` of the record).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from pipeline.finders.actors import Cast
from pipeline.finders.counts import Count
from pipeline.finders.grid_model import TABLE
from pipeline.finders.parties import Told
from pipeline.relations.count_clues import Clues, Question
from pipeline.relations.count_pairs import Standing, pair_clues
from pipeline.relations.ranker import Ranker, by_class, logarithms, shares

__all__ = ["ACTS", "RANKERS", "ROLES", "Answer", "CountJudge", "Memory"]

ACTS = ("transferred", "held", "printed", "digitised", "exhibited", "other")
ROLES = ("from", "to", "by")
RANKERS = ("act", *ROLES)
"""The rankers that a judge needs, by name."""
_RECENT = 3  # sentences
_PAST = 5
_TABLED = 0.95  # probability of what a row of a table says
_SILENCE = 0.4  # of a rule's word, where it names nobody


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one count: entities, or None. `share`: the probability of the act, and of giver and receiver together."""

    act: str
    from_: int | None = None
    to: int | None = None
    by: int | None = None
    share: float = 1.0


class Memory:
    """What the counts before have said, and the clues that come of it."""

    def __init__(self) -> None:
        self._last: tuple[Question, Answer] | None = None
        self._transfer: tuple[Question, Answer] | None = None
        self._times: Counter[tuple[str, int]] = Counter()  # how often each was giver and receiver so far

    def add(self, question: Question, answer: Answer) -> None:
        """Remember the answer to a question."""
        self._last = question, answer
        for role, entity in (("F", answer.from_), ("T", answer.to)):
            if entity is not None:
                self._times[role, entity] += 1
        if answer.act == "transferred" and (answer.from_ is not None or answer.to is not None):
            self._transfer = self._last

    def act(self, question: Question) -> list[str]:
        """Return the clues for the act."""
        if self._last is None:
            return question.act
        before, answer = self._last
        back = min(_RECENT, question.sentence - before.sentence)
        return [*question.act, f"last:{answer.act}:{back}", f"last:{answer.act}:{back}:{question.deed}"]

    def parties(self, question: Question) -> dict[int | None, list[str]]:
        """Return the clues of each candidate."""
        parties = {entity: list(clues) for entity, clues in question.parties.items()}
        if self._last is not None:
            self._after_last(question, parties, *self._last)
            for entity, clues in parties.items():
                if entity is not None:
                    gave, got = (min(2, self._times[role, entity]) for role in "FT")
                    here = entity in question.present
                    clues += (f"so-far:{gave}{got}:{here}", f"so-far:{gave}{got}:{here}:{question.deed}")
        if self._transfer is not None and self._transfer is not self._last:
            before, answer = self._transfer
            back = min(_PAST, question.sentence - before.sentence)
            for entity, clues in parties.items():
                if entity is not None:
                    role, here = _role(answer, entity), entity in question.present
                    clues += (f"transfer:{role}:{back}:{here}", f"transfer:{role}:{here}:{question.back}")
        return parties

    def standings(self, question: Question) -> dict[int | None, Standing]:
        """Return how each candidate stands to a count, its role in the count before included."""
        out = dict(question.standings)
        if self._last is not None:
            answer = self._last[1]
            for entity, standing in out.items():
                if entity is not None and ((role := _role(answer, entity)) or answer.act == "transferred"):
                    out[entity] = replace(standing, last=role)
        return out

    def givers(self, question: Question, receiver: int | None) -> dict[int | None, list[str]]:
        """Return the clues of each candidate for the giver, given who receives."""
        parties, standings = self.parties(question), self.standings(question)
        for entity, clues in parties.items():
            if entity is None or entity != receiver:
                clues += pair_clues(standings[receiver], standings[entity], question.deed)
        return parties

    def _after_last(
        self, question: Question, parties: dict[int | None, list[str]], before: Question, answer: Answer
    ) -> None:
        back, deed = min(_RECENT, question.sentence - before.sentence), question.deed
        told = f"{answer.from_ is not None}{answer.to is not None}"
        parties[None] += (f"no:last:{back}:{answer.act}", f"no:last:{back}:{told}", f"no:last:{back}:{told}:{deed}")
        words = [
            *(f"b:{question.language}:{w}" for w in dict.fromkeys(question.before)),
            *(f"a:{question.language}:{w}" for w in dict.fromkeys(question.after)),
        ]
        same = before.count.verb == question.count.verb
        for entity, clues in parties.items():
            if entity is None:
                continue
            role, here = _role(answer, entity), entity in question.present
            if role or answer.act == "transferred":
                clues += (
                    f"last:{role}:{back}:{here}", f"last:{role}:{back}:{here}:{deed}", f"last:{role}:{back}:{here}:{question.back}",
                    f"last:{role}:{here}:same:{same}", f"last:{role}:{here}:{before.deed}>{deed}",
                )  # fmt: skip
                clues += [f"last:{role}:{min(1, back)}:{here}:{word}" for word in words]
                clues += [f"last:{role}:{min(1, back)}:{here}:c:{concept}" for concept in question.said]


def _role(answer: Answer, entity: int) -> str:
    return "F" * (entity == answer.from_) + "T" * (entity == answer.to) + "B" * (entity == answer.by)


class CountJudge:
    """Judges the counts of documents. `rankers` are those of "act" and of each role; it holds no state of any document.

    `trust` is what a rule's word weighs beside the learned weights, as a logarithm of odds.
    """

    def __init__(self, rankers: Mapping[str, Ranker], *, trust: float = 1.0) -> None:
        self._act = rankers["act"]
        self._roles = {role: rankers[role] for role in ROLES}
        self._acts = by_class(self._act.weights, ACTS)
        self.trust = trust

    def judge(self, cast: Cast, tolds: Sequence[Told], counts: Sequence[Count]) -> list[Count]:
        """Return the counts with act and parties as they are judged; `tolds` is what the rules have read of each."""
        clues, memory = Clues(cast), Memory()
        out = []
        for told, count in zip(tolds, counts, strict=True):
            question = clues.question(told, count)
            answer = self.answer(question, memory) if count.rule != TABLE else _as_ruled(count)
            memory.add(question, answer)
            out.append(_with(count, answer))
        return out

    def answer(self, question: Question, memory: Memory) -> Answer:
        """Return what is likeliest said of a count."""
        count = question.count
        seen = memory.act(question)
        scores = {act: sum(table.get(clue, 0.0) for clue in seen) for act, table in self._acts.items()}
        scores[count.act] = scores.get(count.act, 0.0) + self.trust
        act = max(scores, key=lambda act: scores[act])
        sure = shares(list(scores.values()))[list(scores).index(act)]
        parties = memory.parties(question)
        if act != "transferred":
            by = self._scores("by", parties, count.by, count.act == act)
            best = max(by, key=lambda entity: by[entity])
            return Answer(act, by=best, share=sure)
        givers, receivers = (
            self._scores(role, parties, ruled, count.act == act)
            for role, ruled in (("from", count.from_), ("to", count.to))
        )
        giver, receiver, share = self._pair(givers, receivers, memory.standings(question), question.deed)
        return Answer(act, giver, receiver, share=sure * share)

    def _pair(
        self,
        givers: dict[int | None, float],
        receivers: dict[int | None, float],
        standings: dict[int | None, Standing],
        deed: str,
    ) -> tuple[int | None, int | None, float]:
        """Return the likeliest giver and receiver, and how likely they are: who receives, times who gives if that one receives."""
        known: dict[tuple[Standing, Standing], float] = {}
        ranker = self._roles["from"]
        best: tuple[int | None, int | None, float] = (None, None, float("-inf"))
        for receiver, sure in zip(receivers, logarithms(list(receivers.values())), strict=True):
            others, scores = [giver for giver in givers if giver is None or giver != receiver], []
            for giver in others:
                both = standings[receiver], standings[giver]
                if both not in known:
                    known[both] = ranker.score(pair_clues(*both, deed))
                scores.append(givers[giver] + known[both])
            for giver, so in zip(others, logarithms(scores), strict=True):
                if sure + so > best[2]:
                    best = giver, receiver, sure + so
        return best[0], best[1], exp(best[2])

    def _scores(
        self, role: str, parties: dict[int | None, list[str]], ruled: tuple[int, ...], agreed: bool
    ) -> dict[int | None, float]:
        """Return what speaks for each candidate in a role: the weights of its clues, and what the rules' word adds where they agree upon the act."""
        ranker, named = self._roles[role], ruled[0] if ruled else None
        bonus = (self.trust if ruled else _SILENCE * self.trust) if agreed else 0.0
        return {entity: ranker.score(clues) + bonus * (entity == named) for entity, clues in parties.items()}


def _as_ruled(count: Count) -> Answer:
    """Return what a row of a table says of a count: its form tells more than any word."""
    from_, to = (side[0] if side else None for side in (count.from_, count.to))
    return Answer(count.act, from_, to, share=_TABLED)


def _with(count: Count, answer: Answer) -> Count:
    """Return a count with what was judged of it; its rule tells where the judge has changed what the rules said."""
    from_, to, by = (() if entity is None else (entity,) for entity in (answer.from_, answer.to, answer.by))
    same = (count.act, count.from_, count.to, count.by) == (answer.act, from_, to, by)
    rule = count.rule if same else f"{count.rule}/judged"
    return replace(count, act=answer.act, from_=from_, to=to, by=by, rule=rule, confidence=round(answer.share, 3))
