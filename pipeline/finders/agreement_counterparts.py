"""Both sides of an agreement whose clause names one of them or none: who is in play around it, where that leaves no choice.

“The guests signed a memorandum with their hosts”, «директора обеих библиотек поставили подписи под договором», “a protocol was signed in
my office”: two institutions stand in the sentence, or in those before it; or one, and the one that says “we”.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_model import Clause, Party, Record, Sides, same_kind

__all__ = ["Counterparts"]

_BACK = 2  # sentences back in which those in play were named
_KNOWN = 4  # sentences in which an agreement just told is the one that is named again
_GAP = 4  # tokens after an agreement's noun or verb in which a negation is theirs
_TOLD = ("signed", "planned", "prepared", "renewed", "ended", "in_force", "held", "signing", "past", "infinitive", "entered", "expires")  # fmt: skip
_OPENING = ("«", "“", '"', "„")
_CLOSING = (["»"], ["”"], ['"'], ["“"])
_KNOWN_OBJECTS = frozenset(
    ("PARTIES", "GUEST", "MUTUAL", "SIDE", "PARTNER", "INST", "ALLUDED", "IMPL", "IT", "OFFICE", "TWO", "US")
)  # whom a preposition may have after it where nobody else is meant
_FIRST = frozenset(("WE", "US", "OUR", "OURBODY", "WESIGNED", "WESIGN"))


class Counterparts:
    """Finds the two sides that are in play. `records` is the list that the finder fills."""

    def __init__(self, reader: Reader, context: Context, records: Sequence[Record]) -> None:
        self.reader, self.context, self.records = reader, context, records

    def sides(self, clause: Clause, subject: tuple[Party, ...]) -> list[Sides]:
        """Return the one agreement that a clause tells of with the only two sides that it can have; [] where there is a choice."""
        trigger = clause.trigger
        if trigger is None or trigger.plural or trigger.kind == "convention" or self._told(clause):
            return []
        if clause.language == "uz" and not any(
            cue.state in ("signed", "planned", "renewed") and cue.first - trigger.last > -_GAP for cue in clause.cues
        ):
            return []  # what an Uzbek verb before the noun says may be of something else
        dated = any(day.role == "dated" for day in clause.days)
        if not (clause.says(*_TOLD) or dated) or self._foreign(clause):
            return []
        pair = self._pair(clause, subject)
        if pair is None or pair[0] == pair[1]:
            return []
        return [Sides(pair, (), pair[0], False)]

    def _pair(self, clause: Clause, subject: tuple[Party, ...]) -> tuple[Party, Party] | None:
        assert clause.trigger is not None
        symbols = {symbol for symbol, _ in self.reader.symbols(clause.sentence)}
        first, last = self.context.document.tokens.sentences[clause.sentence]
        here: list[Party] = [*self.reader.acting(clause.sentence)]
        us = self.context.speaker(clause.trigger.first, set(here)) if symbols & _FIRST else None
        if len(here) == 2:
            return here[0], here[1]
        if len(here) > 2 or (here and len(self.context.within(first, last)) > len(here)):
            return None
        around = [party for party in self.context.around(clause.sentence, _BACK) if party not in here]
        if len(here) == 1:
            if us is not None:
                return us, here[0]
            if len(around) == 1:
                return here[0], around[0]
            base = self.context.base()
            speaks = base is not None and base not in here and self.context.speaks()
            return (base, here[0]) if speaks and base is not None else None
        you = self.context.addressee() if symbols & {"YOU", "YOUR", *_FIRST} else None
        if us is None and you is not None:
            us = self.context.base()
        if us is not None:
            others = [party for party in around if party != us]
            if not others and you is not None and you != us:
                others = [you]
            return (us, others[0]) if len(others) == 1 else None
        if len(around) == 2:
            return around[0], around[1]
        base = self.context.base()
        return (base, around[0]) if len(around) == 1 and base is not None and base != around[0] else None

    def _object(self, after: list[str]) -> str:
        """Return the symbol of the noun after a preposition, over article and adjective."""
        while len(after) > 1 and after[0] in ("THE", "ITS", "OUR"):
            del after[0]
        if after[:1] == ["W"] and after[1:2] and after[1] in ("GUEST", "PARTNER", "PARTIES"):
            del after[0]
        return after[0] if after else ""

    def _titled(self, clause: Clause) -> bool:
        """Return whether the noun is a title in quotation marks or part of another word: «Протокол», “treaty-like”."""
        assert clause.trigger is not None
        tokens = self.context.document.tokens
        first, last = clause.trigger.first, clause.trigger.last
        quoted = first > 0 and tokens.fold[first - 1] in _OPENING and tokens.fold[last : last + 1] in _CLOSING
        return quoted or (tokens.fold[last : last + 1] == ["-"] and not any(tokens.gap[last : last + 2]))

    def _subject_unknown(self, clause: Clause) -> bool:
        """Return whether somebody whom nobody has found acts: a noun or a name stands right before an active verb, or more than two are counted."""
        if any(group.role == "two" and self.reader.counted(group) > 2 for group in clause.groups):
            return True
        return any(cue.state == "signed" and self.reader.strange(cue.begin) for cue in clause.cues)

    def _told(self, clause: Clause) -> bool:
        """Return whether an agreement of the same kind has just been told: the clause may speak of that one."""
        assert clause.trigger is not None
        return any(
            same_kind(record.agreement.kind, clause.trigger.kind) and clause.sentence - record.sentence <= _KNOWN
            for record in self.records[-3:]
        )

    def _foreign(self, clause: Clause) -> bool:
        """Return whether the clause names a side that nobody has found: “a contract with the insurer”, “signed by the accountant”."""
        trigger = clause.trigger
        assert trigger is not None
        if (
            self.reader.unknown(clause.sentence)
            or self.reader.stranger(clause)
            or self._subject_unknown(clause)
            or self._titled(clause)
        ):
            return True
        if any(group.role in ("with", "between", "item") for group in clause.groups):
            return True  # whose partner that is has been asked, in vain
        symbols = self.reader.symbols(clause.sentence)
        grouped = {k for group in clause.groups for k in range(group.first, group.last)}
        ends = [cue.last for cue in clause.cues if cue.state in ("signed", "signing", "infinitive", "planned")]
        last = max([trigger.last, *ends]) + _GAP
        for number, (symbol, token) in enumerate(symbols):
            if symbol == "REFUSED" or (symbol in ("NEG", "NO") and (token < last or not clause.says("signed"))):
                return True
            if not clause.first <= token < clause.last or token in grouped:
                continue
            after = self._object([name for name, _ in symbols[number + 1 : number + 5]])
            if after in _KNOWN_OBJECTS:
                continue
            before = symbols[number - 1][0] if number else ""
            if symbol in ("WITH", "BETWEEN") and after != "DATE" and before != "ENDED":
                return True
            if symbol == "BY" and before in ("SIGNED", "ADV", "DATE"):
                return True
            if symbol == "OF" and 0 <= token - trigger.last <= 1 and after not in ("COOP", "DATE", "DEED"):
                return True
        return False
