"""What names an agreement in a sentence: which nouns do, of what kind they are, and how many agreements and sides they tell of.

“Agreement” always does; a programme only where what is said of it is said of agreements alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeVar

from pipeline.finders.agreement_groups import TRIGGERS, GroupReader
from pipeline.finders.agreement_model import Cue, Day, Group, Trigger
from pipeline.languages.grammar import Match, grammar
from pipeline.text.folding import fold

__all__ = ["TriggerReader", "within"]

_BEFORE_BARE = frozenset(  # after these a possessive tells whose agreement it is, not what it is about
    (
        "INST",
        "IMPL",
        "ALLUDED",
        "GEN",
        "BETWEENAFTER",
        "SIGNED",
        "CONCLUDED",
        "SIGNFUT",
        "NEW",
        "DATE",
        "LOC",
        "ATTR",
        "BILAN",
        "EDGE",
        "COMMA",
        "AND",
    )
)
_BEFORE_PLURAL = frozenset("SIGNED AND COMMA EDGE SIGNINF PREP SIGNFUT ADV DATE DASH COLON ALSO".split())
_BINDING = 14  # tokens between a programme and what tells that it binds two
_BINDS = frozenset("signed signing infinitive initialled planned prepared in_force renewed ended expires".split())
_BOUND = frozenset("between both with two mutual it".split())
_JOINT = 3  # tokens from “joint” to the words of a programme

Part = TypeVar("Part", Group, Cue, Day)


def within(parts: Sequence[Part], begin: int, end: int) -> list[Part]:
    """Return the parts (sorted) that begin in tokens [begin, end)."""
    return list(parts[bisect_left(parts, begin, key=_first) : bisect_left(parts, end, key=_first)])


def _first(part: Group | Cue | Day) -> int:
    return part.first


@cache
def _adjectives() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the folded endings of Russian adjectives in the plural, and those of nouns that end like them."""
    settings = grammar("agreements").lexicon.settings
    plural, nouns = (tuple(fold(ending) for ending in settings[name]) for name in ("plural_endings", "noun_endings"))
    return plural, nouns


@cache
def _joint() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return how the folded words for “joint” begin, those for signing, and those for drawing up."""
    settings = grammar("agreements").lexicon.settings
    joint, signing, drawn = (tuple(fold(word) for word in settings[name]) for name in ("joint", "by_hand", "drawn_up"))
    return joint, signing, drawn


@cache
def _of_speakers() -> tuple[str, ...]:
    """Return the folded Uzbek endings of “our” and “your”."""
    return tuple(fold(ending) for ending in grammar("agreements").lexicon.settings["of_speakers"])


class TriggerReader(GroupReader):
    """Reads what names an agreement in the wanted sentences of a document."""

    def read_triggers(self, matches: Iterable[Match], cues: Sequence[Cue], groups: Sequence[Group]) -> list[Trigger]:
        """Return the triggers of a sentence in order, those of one list as one."""
        found = sorted(
            (match for match in matches if match.rule.values.get("is") == "trigger"),
            key=lambda match: (match.first, -match.last),
        )
        triggers: list[Trigger] = []
        for match in found:
            if triggers and match.first < triggers[-1].last:
                continue
            trigger = self._trigger(match, cues, groups)
            if trigger is None:
                continue
            if triggers and self._joined(triggers[-1], trigger):
                before = triggers[-1]
                kind = before.kind if before.kind == trigger.kind else "agreement"
                denied = before.denied or trigger.denied
                triggers[-1] = Trigger(before.first, trigger.last, kind, True, denied, before.rule, before.sides)
            else:
                triggers.append(trigger)
        return triggers

    def _trigger(self, match: Match, cues: Sequence[Cue], groups: Sequence[Group]) -> Trigger | None:
        inside = range(match.begin, match.end)
        heads = [index for index in inside if self.symbol(index) in TRIGGERS]
        if not heads:
            return None
        uzbek = match.rule.source.startswith("uz")
        head = heads[-1] if uzbek else heads[0]
        reading = self.tags.readings[head]
        assert reading is not None
        values = {self.tags.readings[index].value for index in heads}  # type: ignore[union-attr]
        signs = {self.symbol(index) for index in inside}
        signs |= {
            self.symbol(index)
            for index in range(head + 1, min(head + 5, len(self.tags.string)))
            if self._about(head, index)
        }
        cooperates = any(
            self._value(index) in (("cooperation",) if uzbek else ("cooperation", "exchange"))
            for index in range(match.begin, min(head + 5, len(self.tags.string)))
            if index < match.end or self._about(head, index)
        )
        if not uzbek:
            signs |= {self.symbol(index) for index in (match.begin - 1, match.begin - 2)} & {
                "DEED"
            }  # «лицензионный договор»
        kind = reading.value
        plural = reading.plural or self.symbol(head) == "TRIGS" or self._counted(match.begin)
        plural = plural or (self.symbol(head) == "TRIGAMB" and self._plural(head))
        if len(heads) > 1 and len(values) > 1 and plural:
            kind = "agreement"
        sides = self._sides(match.begin, head)
        term = any(self._value(index) == "term" for index in range(max(match.begin - 2, 0), head))
        if kind == "programme" and "COOP" not in signs and not (sides or term) and not self._cell(match):
            if not self._binds(match, cues, groups):
                return None
        cooperates = cooperates or self._value(match.begin - 1) == "frame"
        if kind == "deed":
            bare = not signs & {"COOP", "DEED", "TOPIC"} and (not uzbek or self._unqualified(match.begin, head))
            kind = "deed of cooperation" if cooperates else "deed of any kind" if bare else "deed"
        elif kind == "contract" and cooperates:
            kind = "agreement"
        elif kind == "agreement" and "DEED" in signs and "COOP" not in signs:
            kind = "contract"
        denied = any(cue.state == "nothing" and cue.first < match.last and match.first < cue.last for cue in cues)
        return Trigger(match.first, match.last, kind, plural, denied, match.rule.name, sides)

    def _binds(self, match: Match, cues: Sequence[Cue], groups: Sequence[Group]) -> bool:
        """Return whether a sentence says of a programme what is said of agreements alone: it is signed, it holds between two, it is joint and in force."""
        folds, sentence = self.document.tokens.fold, self.document.tokens.sentence[match.first]
        symbols = self.symbols(sentence)
        heads = [at for symbol, at in symbols if symbol in TRIGGERS]
        begin = max((at + 1 for at in heads if at < match.first), default=0)
        end = min((at for at in heads if at >= match.last), default=len(folds))
        begin, end = max(begin, match.first - _BINDING), min(end, match.last + _BINDING)
        joint, signing, drawn = _joint()
        told = [
            cue for cue in within(cues, begin, end) if cue.state in _BINDS and not folds[cue.first].startswith(drawn)
        ]
        near = {symbol for symbol, at in symbols if begin <= at < end}
        if not near.isdisjoint(("LINKING", "TIED", "BOUND")):
            return True
        made = any(cue.state not in ("planned", "prepared") for cue in told)  # “is working on a new programme with X”
        if made and any(group.role in _BOUND for group in within(groups, begin, end)):
            return True
        if any(word.startswith(signing) for cue in told for word in folds[cue.first : cue.last]):
            return True
        first, last = max(match.first - _JOINT, begin), min(match.last + _JOINT, end)
        between = any(group.role == "between" for group in within(groups, first - _JOINT, last + _JOINT))
        shared = any(word.startswith(joint) for word in folds[first:last])
        return between or (shared and (bool(told) or not near.isdisjoint(("PLAN", "PREP"))))

    def _unqualified(self, begin: int, head: int) -> bool:
        """Return whether no noun tells what an Uzbek `shartnoma` is about: not `grant shartnomasi`."""
        reading = self.tags.readings[head]
        ours = self.document.tokens.fold[self.tags.last[head] - 1].endswith(_of_speakers())  # «shartnomamiz»
        owned = reading is not None and reading.possessive and not ours
        return begin == head and (not owned or self.symbol(begin - 1) in _BEFORE_BARE)

    def _cell(self, match: Match) -> bool:
        """Return whether a noun stands alone in a cell of a table or a line of a list."""
        before, after = self.symbol(match.begin - 1), self.symbol(match.end)
        return before in ("OTHERSIGN", "DASH", "COLON") and after in ("OTHERSIGN", "COMMA", "LPAR", "SEMICOLON", "EDGE")

    def _value(self, index: int) -> str:
        reading = self.tags.readings[index]
        return reading.value if reading is not None else ""

    def _sides(self, begin: int, head: int) -> int:
        """Return how many parties the adjectives of a trigger tell («трёхстороннее соглашение»), 0 where none does."""
        for index in range(max(begin - 3, 0), head):
            reading = self.tags.readings[index]
            if reading is not None and reading.symbol == "NEW" and reading.value.isdigit():
                return int(reading.value)
        return 0

    def _about(self, head: int, index: int) -> bool:
        """Return whether the tags between a trigger's noun and `index` still say what it is about."""
        return all(
            self.symbol(k) in ("OF", "ON", "PO", "FOR", "THE", "W", "COOP", "DEED", "AND", "NAT")
            for k in range(head + 1, index + 1)
        )

    def _counted(self, begin: int) -> bool:
        """Return whether a number above one stands before a trigger («три меморандума», `uchta memorandum`)."""
        before = [self.symbol(k) for k in (begin - 1, begin - 2)]
        if "COUNT" in before[: 1 + (before[0] in ("NEW", "W"))] or before[0] == "TWO":
            return True
        reading = self.tags.readings[begin - 1 - (before[0] == "W")]
        return (
            reading is not None
            and reading.symbol == "NUMBER"
            and reading.value.isdigit()
            and 1 < int(reading.value) < 100
        )

    def _plural(self, head: int) -> bool:
        """Return whether «соглашения» is a plural here: an adjective in the plural before it, or nothing that takes a genitive."""
        before = self.symbol(head - 1)
        plural, singular = _adjectives()
        word = self.document.tokens.fold[self.tags.first[head - 1]] if before != "EDGE" else ""
        return before in _BEFORE_PLURAL or (word.endswith(plural) and not word.endswith(singular))

    def _joined(self, one: Trigger, two: Trigger) -> bool:
        """Return whether two nouns name one list of documents («соглашения и меморандумы»)."""
        between = self.document.tokens.fold[one.last : two.first]
        if not (one.plural and two.plural and len(between) == 1):
            return False
        return self.rules.lexicon.reading(self.document.languages[one.last], between[0]) is not None
