"""What a rule's regular expression demands of a sentence: signs without which it cannot match there.

Most rules find nothing in most sentences. What they demand is known before any text is: a sentence that lacks it is not searched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["Demands", "Searches", "Sentences", "demands"]

Rule = TypeVar("Rule")

_PART = re.compile(
    r"(?P<open>\((?:\?(?:P<\w+>|[:=!>]|<[=!]))?)"
    r"|(?:(?P<shut>\))|(?P<any>\[\^.\])|(?P<sign>[\ue000-\uf8ff]))(?P<times>[?*+]|\{\d*,?\d*\})?[?+]?"
    r"|(?P<bar>\|)",
    re.DOTALL,
)
_NEGATIVE = ("(?!", "(?<!")
_KEPT = 20_000  # kinds of sentences whose possible rules are kept


@dataclass(frozen=True, slots=True)
class Demands:
    """What a match needs: of each set of `needs` one sign at least. `wide`: it may go beyond a sentence's end."""

    needs: tuple[frozenset[str], ...]
    wide: bool


@dataclass(slots=True)
class _Branch:
    """One alternative of a group: what it needs, and how many sentence ends it may take in."""

    needs: list[frozenset[str]] = field(default_factory=list)
    edges: int = 0

    def add(self, needs: list[frozenset[str]], edges: int, times: str) -> None:
        """Add a part that stands so many times."""
        if not times.startswith(("?", "*", "{0", "{,")):
            self.needs += needs
        self.edges += edges if times in ("", "?") else 2 * edges


def demands(regex: str, edge: str) -> Demands:
    """Return what a regular expression over signs (as `Grammar.compile` makes it) demands; `edge` is the sign of sentence ends."""
    groups: list[tuple[str, list[_Branch]]] = [("(", [_Branch()])]
    for part in _PART.finditer(regex):
        branches, times = groups[-1][1], part["times"] or ""
        if opening := part["open"]:
            groups.append((opening, [_Branch()]))
        elif part["bar"]:
            branches.append(_Branch())
        elif part["shut"]:
            opening, branches = groups.pop()
            if not groups:
                break
            needs = [] if opening in _NEGATIVE else _needs(branches)
            groups[-1][1][-1].add(needs, max(branch.edges for branch in branches), times)
        elif sign := part["sign"]:
            branches[-1].add([] if sign == edge else [frozenset(sign)], sign == edge, times)
    if len(groups) != 1:  # brackets that do not match: whoever compiles it will say so
        return Demands((), True)
    branches = groups[0][1]
    needs = sorted(dict.fromkeys(_needs(branches)), key=len)
    return Demands(tuple(needs), max(branch.edges for branch in branches) > 1)


def _needs(branches: list[_Branch]) -> list[frozenset[str]]:
    """Return what a group needs: of each of its alternatives one sign at least."""
    if len(branches) == 1:
        return branches[0].needs
    if not all(branch.needs for branch in branches):
        return []
    return [frozenset().union(*(min(branch.needs, key=len) for branch in branches))]


class Sentences:
    """The sentences of a string of signs, each as the range from its edge to its edge, with the signs that stand in it."""

    def __init__(self, string: str, edge: str) -> None:
        self.length = len(string)
        self.signs: list[set[str]] = []
        self.ranges: list[tuple[int, int]] = []
        at, length = 0, self.length
        for signs in string.split(edge + edge):
            end = at + len(signs)
            self.ranges.append((at - 1 if at else 0, end + 1 if end < length else length))
            self.signs.append(set(signs))
            at = end + 2


class Searches(Generic[Rule]):
    """Rules, filed by what they demand: those that cannot match anywhere in a text are not even looked at.

    Each set of signs that some rule needs one of is a bit; what a rule needs and what a sentence has are sums of bits.
    """

    def __init__(self, rules: Iterable[tuple[Rule, Demands]]) -> None:
        self._rules: list[Rule] = []
        self._near: dict[
            int, list[tuple[int, int]]
        ] = {}  # by the bit that fewest rules need: number and needs of rules
        self._wide: list[tuple[int, int]] = []
        self._bits: dict[str, int] = {}
        self._possible: dict[int, list[int]] = {}  # numbers of the rules that may match in a sentence that has so much
        given = list(rules)
        often = Counter(need for _, wanted in given for need in wanted.needs)
        bit = {need: 1 << place for place, need in enumerate(often)}
        for need in often:
            for sign in need:
                self._bits[sign] = self._bits.get(sign, 0) | bit[need]
        for number, (rule, wanted) in enumerate(given):
            self._rules.append(rule)
            needs = sum(bit[need] for need in set(wanted.needs))
            if wanted.wide or not needs:
                self._wide.append((number, needs))
            else:
                self._near.setdefault(bit[min(wanted.needs, key=often.__getitem__)], []).append((number, needs))

    def of(self, sentences: Sentences) -> Iterator[tuple[Rule, list[tuple[int, int]]]]:
        """Yield the rules that may match, in their order, each with the ranges to search: sentences, or all of the text where it goes beyond one."""
        bits, possible = self._bits, self._possible
        found: dict[int, list[tuple[int, int]]] = {}
        anywhere = 0
        for signs, place in zip(sentences.signs, sentences.ranges, strict=True):
            has = 0
            for sign in signs:
                if sign in bits:
                    has |= bits[sign]
            if not has:
                continue
            anywhere |= has
            numbers = possible.get(has)
            if numbers is None:
                if len(possible) > _KEPT:
                    possible.clear()
                numbers = possible[has] = [
                    number
                    for bit, group in self._near.items()
                    if bit & has
                    for number, needs in group
                    if needs & has == needs
                ]
            for number in numbers:
                if number in found:
                    found[number].append(place)
                else:
                    found[number] = [place]
        for number, needs in self._wide:
            if needs & anywhere == needs:
                found[number] = [(0, sentences.length)]
        for number in sorted(found):
            yield self._rules[number], found[number]
