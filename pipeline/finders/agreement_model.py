"""What a sentence about agreements is read into: clauses with a trigger, groups of parties, cues and dates; and the records made of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

__all__ = [
    "Agreement",
    "Clause",
    "Cue",
    "Day",
    "Group",
    "Member",
    "Party",
    "Record",
    "Sides",
    "Trigger",
    "one_document",
    "same_kind",
]

Party = int | str  # an entity's index, or `country:XX`


@dataclass(frozen=True, slots=True)
class Member:
    """One party as a sentence names it: an entity, `country:XX`, or None where only a common noun (`body`) stands for it."""

    party: int | str | None
    first: int  # token
    body: str = ""
    whose: str = ""  # "our", "your"
    days: tuple[int, ...] = ()  # its own dates, in brackets after it or before it


@dataclass(frozen=True, slots=True)
class Group:
    """Parties that a phrase joins. `each`: every member is a partner for itself."""

    role: str
    members: tuple[Member, ...]
    first: int
    last: int
    each: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase says of an agreement's state."""

    state: str
    first: int
    last: int
    begin: int = 0  # in tags, as `end`
    end: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A date (index in the document's dates) and what stands around it makes of it: until, span, dated, dateline, or "" for nothing."""

    index: int
    first: int
    last: int
    role: str = ""
    tag: int = 0


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that name an agreement."""

    first: int
    last: int
    kind: str
    plural: bool
    denied: bool = False
    rule: str = ""
    sides: int = 0  # how many parties its adjective tells: “trilateral”; 0 where none does


@dataclass(slots=True)
class Clause:
    """The territory of one trigger (None: a line of a list, or a sentence that goes on about the one before)."""

    trigger: Trigger | None
    first: int
    last: int
    language: str
    groups: list[Group] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)  # (token, strength) of what parts it
    sentence: int = 0
    respectively: bool = False

    def gap(self, first: int, last: int) -> int:
        """Return how many tokens lie between [first, last) and the trigger; without one, the end of the clause, where the list begins that it speaks of."""
        if self.trigger is None:
            return max(self.last - last, 0)
        return max(first - self.trigger.last if first >= self.trigger.last else self.trigger.first - last, 0)

    def part(self, begin: int, end: int) -> Clause:
        """Return what of the clause stands in tokens [begin, end), without a trigger."""
        cues = [cue for cue in self.cues if begin <= cue.first < end]
        days = [day for day in self.days if begin <= day.first < end]
        return Clause(None, begin, end, self.language, [], cues, days, self.breaks, self.sentence)

    def evidence(self) -> tuple[tuple[int, int], ...]:
        """Return the tokens that speak of the agreement: trigger, groups of parties, cues, dates."""
        parts: list[Group | Cue | Day] = [*self.groups, *self.cues, *self.days]
        spoken = [(part.first, part.last) for part in parts]
        if self.trigger is not None:
            spoken.append((self.trigger.first, self.trigger.last))
        return tuple(sorted(set(spoken)))

    def says(self, *states: str) -> bool:
        """Return whether a cue of the clause says one of these."""
        return any(cue.state in states for cue in self.cues)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement. `trigger` and `evidence` are token ranges [first, last); a party is an entity's index or `country:XX`; dates are EDTF."""

    trigger: tuple[int, int]
    kind: str
    status: str
    parties: tuple[Party, ...]
    signed: str | None
    valid: str | None
    rule: str
    evidence: tuple[tuple[int, int], ...]
    confidence: float = 1.0  # how sure a judge of it is, 0 to 1


@dataclass(slots=True)
class Record:
    """An agreement in the making: later sentences may add to it."""

    agreement: Agreement
    own: Party | None
    sentence: int
    shared: bool  # its trigger names other agreements too
    bare: bool = False  # no verb has told its state yet

    def amend(self, clause: Clause, **changes: Any) -> None:
        """Change fields of the agreement as a later naming has it, which becomes evidence too."""
        evidence = tuple(sorted({*self.agreement.evidence, *clause.evidence()}))
        self.agreement = replace(self.agreement, evidence=evidence, **changes)


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of one agreement as a clause gives them, and the dates that stand with one of them."""

    parties: tuple[Party, ...]
    days: tuple[int, ...]
    own: Party | None
    explicit: bool  # the clause names both sides


def same_kind(one: str, two: str) -> bool:
    """Return whether two kinds can name one document: “agreement” may stand for each."""
    return one == two or "agreement" in (one, two) or one.startswith("deed") or two.startswith("deed")


def one_document(known: Agreement, later: Agreement) -> bool:
    """Return whether a later naming by the same parties means the agreement on record: no other kind, no other date, no new plan."""
    if not same_kind(known.kind, later.kind) or (later.status == "planned") > (known.status == "planned"):
        return False
    if known.kind != later.kind and (later.signed or later.valid or known.status == "planned"):
        return False
    return not (later.signed and known.signed and later.signed != known.signed) and not (
        later.valid and known.valid and later.valid != known.valid
    )
