"""The clues that come of what the words around a count tell of things (`concepts`): of the count itself, and of whoever stands near it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.finders.actors import Actor
from pipeline.finders.counts import Count
from pipeline.finders.parties import Told
from pipeline.relations.concepts import Concepts

__all__ = ["Saying"]

_NEAR = 4  # concepts on either side of a count
_BESIDE = 2  # on either side of a name
_NONE = "-"


class Saying:
    """What is said around one count. `deed`: what the rules read of its verb."""

    def __init__(self, concepts: Concepts, told: Told, count: Count, sentence: int, sentences: int, deed: str) -> None:
        self._concepts, self._count, self._deed = concepts, count, deed
        before, after = concepts.around(count.first, count.last, most=_NEAR)
        self.before, self.after = before, after
        verb, participle = told.clause.deed, told.clause.participle
        self._verb = _NONE if verb is None else (concepts.within(verb.first, verb.last) or [_NONE])[0]
        self._verb_at = None if verb is None else verb.first
        self._participle = (
            _NONE if participle is None else (concepts.within(participle.first, participle.last) or [_NONE])[0]
        )
        self._inside = sorted({*concepts.within(told.clause.begin, min(told.clause.end, concepts.end(sentence)))})
        self._final = (concepts.sentence(sentence)[1] or [_NONE])[-1]
        self._last = sorted({*concepts.sentence(sentence - 1)[1]}) if sentence else []
        self._next = sorted({*concepts.sentence(sentence + 1)[1]}) if sentence + 1 < sentences else []
        self.sides = [*(f"b:{c}" for c in dict.fromkeys(before)), *(f"a:{c}" for c in dict.fromkeys(after))]

    def act(self) -> Iterator[str]:
        """Yield the clues for what was done."""
        deed, before, after = self._deed, self.before or [_NONE], self.after or [_NONE]
        yield from (f"c:{side}" for side in self.sides)
        yield from (f"c:{side}:{deed}" for side in self.sides)
        yield from (
            f"c0:b:{before[0]}",
            f"c0:a:{after[0]}",
            f"c0:{before[0]}|{after[0]}",
            f"c0:b:{before[0]}:{deed}",
            f"c0:a:{after[0]}:{deed}",
        )
        yield from (
            f"cv:{self._verb}",
            f"cv:{self._verb}:{deed}",
            f"cpt:{self._participle}",
            f"cf:{self._final}",
            f"cf:{self._final}:{deed}",
        )
        yield from (f"ci:{concept}" for concept in self._inside)
        yield from (f"ci:{concept}:{deed}" for concept in self._inside)
        yield from (f"cl:{concept}" for concept in self._last)
        yield from (f"cn:{concept}" for concept in self._next)

    def nobody(self) -> Iterator[str]:
        """Yield the clues for no institution."""
        yield from (f"no:c:{side}" for side in self.sides)
        yield from (f"no:cv:{self._verb}", f"no:cv:{self._verb}:{self._deed}", f"no:cpt:{self._participle}")
        yield from (f"no:ci:{concept}" for concept in self._inside)

    def candidate(self, mark: str) -> Iterator[str]:
        """Yield the clues of a candidate, given what it is to the article and where it stands."""
        yield from (f"c:{side}:{mark}" for side in self.sides)
        yield from (f"cv:{self._verb}:{mark}", f"cv:{self._verb}:{mark}:{self._deed}", f"cpt:{self._participle}:{mark}")

    def occurrence(self, actor: Actor) -> Iterator[str]:
        """Yield the clues of one place where a candidate stands in the sentence."""
        count, part = self._count, actor.part
        left, right = self._concepts.around(actor.first, actor.last, most=_BESIDE)
        side = "b" if actor.first < count.first else "a"
        order = "" if self._verb_at is None else "b" if actor.first < self._verb_at else "a"
        yield from (
            f"cv:{self._verb}:{part}",
            f"cv:{self._verb}:{part}:{side}",
            f"cv:{self._verb}:{part}:{side}{order}",
        )
        for where, said in (("l", left), ("r", right)):
            for rank, concept in enumerate(said):
                yield f"co:{where}:{concept}:{part}"
                yield f"co:{where}{rank}:{concept}:{part}:{side}"
        if actor.last <= count.first:
            between = self._concepts.within(actor.last, count.first)
        elif count.last <= actor.first:
            between = self._concepts.within(count.last, actor.first)
        else:
            between = []
        yield from (f"cb:{side}:{concept}:{part}" for concept in dict.fromkeys(between[:_NEAR]))
        yield f"cb:{side}:{'|'.join(between[:2]) if len(between) < 3 else 'many'}:{part}"
        yield f"cpt:{self._participle}:{part}:{side}"
