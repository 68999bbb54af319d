"""What a rule's regular expression demands of a sentence: signs without which it cannot match there.

Most rules find nothing in most sentences. What they demand is known before any text is: a sentence that lacks it is not searched.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
    """The sentences of a string of signs (each from its edge to its edge), by the signs that they hold."""

    def __init__(self, string: str, edge: str) -> None:
        self._length = len(string)
        self._ranges: list[tuple[int, int]] = []
        self._having: dict[str, set[int]] = defaultdict(set)
        at = 0
        for number, signs in enumerate(string.split(edge + edge)):
            end = at + len(signs)
            self._ranges.append((max(at - 1, 0), min(end + 1, self._length)))
            for sign in set(signs):
                self._having[sign].add(number)
            at = end + 2
        self._any: dict[frozenset[str], set[int]] = {}

    def having(self, need: frozenset[str]) -> set[int]:
        """Return the numbers of the sentences that have one of these signs."""
        found = self._any.get(need)
        if found is None:
            found = self._any[need] = set().union(*(self._having[sign] for sign in need & self._having.keys()))
        return found

    def meeting(self, wanted: Demands) -> list[tuple[int, int]]:
        """Return the ranges to search for a match, in order: sentences that have what it needs, or the whole string where it goes beyond one."""
        having = [self.having(need) for need in wanted.needs]
        if not all(having):
            return []
        if not having or wanted.wide:
            return [(0, self._length)]
        found = having[0].intersection(*having[1:])
        return [self._ranges[number] for number in sorted(found)]


class Searches(Generic[Rule]):
    """Rules, filed by what they demand: those that cannot match anywhere in a text are not even looked at."""

    def __init__(self, rules: Iterable[tuple[Rule, Demands]]) -> None:
        self._rules = list(rules)
        often = Counter(need for _, wanted in self._rules for need in wanted.needs)
        self._by_need: dict[frozenset[str] | None, list[int]] = defaultdict(list)
        for number, (_, wanted) in enumerate(self._rules):  # what few rules need few texts have
            self._by_need[min(wanted.needs, key=often.__getitem__, default=None)].append(number)

    def of(self, sentences: Sentences) -> Iterator[tuple[Rule, list[tuple[int, int]]]]:
        """Yield the rules that may match, in their order, each with the ranges to search."""
        numbers = [
            number
            for need, group in self._by_need.items()
            if need is None or sentences.having(need)
            for number in group
        ]
        for number in sorted(numbers):
            rule, wanted = self._rules[number]
            if ranges := sentences.meeting(wanted):
                yield rule, ranges
