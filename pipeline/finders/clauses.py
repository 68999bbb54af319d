"""What a verb says of counted things, and the clause of a count: plain values that the readers of each language make."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Clause", "Deed"]


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb (or compound verb) over tokens [first, last): give, take, come, bring, enrich, hold, print, digi, show, other, none.

    `passive`: what is counted is its subject. `relative`: an Uzbek participle before its noun. `weak`: says it only where nothing else does.
    """

    first: int
    last: int
    value: str
    passive: bool
    relative: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """The verb of a count, a participle that stands right before the count, and the tokens [begin, end) of its clause.

    `unknown`: a verb governs it that is none of the known ones. `host`: the main verb where a participle after the count tells the deed
    (“holds 30 books donated by …”).
    """

    deed: Deed | None
    participle: Deed | None
    begin: int
    end: int
    unknown: bool = False
    host: Deed | None = None
