"""Whose agreement it is where a clause names the partner only: our library, the subject, what the passage is about, the article's own institution."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_model import Clause, Group, Party, Record

__all__ = ["Owners", "body_of"]


def body_of(group: Group) -> str:
    """Return the kind of institution whose noun stands in a group, `any` where none does."""
    return next((member.body for member in group.members if member.body), "any")


class Owners:
    """Finds the side that a clause leaves unsaid. `records` is the list that the finder fills."""

    def __init__(self, reader: Reader, context: Context, records: Sequence[Record]) -> None:
        self.reader, self.context, self.records = reader, context, records
        self.barren = -9  # the last sentence that speaks of agreements and gave none

    def own(self, clause: Clause, partners: set[Party]) -> Party | None:
        """Return the side that a clause leaves unsaid: our library, the museum, the one that the sentence begins with, the article's own."""
        context, at = self.context, clause.trigger.first if clause.trigger else clause.last - 1
        for group in clause.groups:
            if group.role == "own":
                found = context.ours(body_of(group), group.first, partners)
                if found is not None:
                    return found
        if any(context.first_person(cue.first, cue.last) for cue in clause.cues):
            return context.speaker(at, partners)
        for group in clause.groups:
            if group.role == "body" and group.members:
                found = context.body(group.members[0].body, group.first, partners)
                if found is not None:
                    return found
            elif group.role == "we" and not any(other.role == "us" for other in clause.groups):
                found = context.speaker(group.first, partners)
                if found is not None:
                    return found
            elif group.role == "pronoun":
                found = context.opening(clause.sentence, partners) if self._subject_before(group, clause) else None
                found = found if found is not None else context.topic(group.first, partners)
                if found is not None:
                    return found
        if any(group.role in ("us", "you") for group in clause.groups):
            found = context.last_other(at)
            if found is not None and found not in partners and not context.noun_since(at):
                return found
        items = [group for group in clause.groups if group.role == "item"]
        if len(items) == 1 and any(group.role == "with" for group in clause.groups):
            headed = [member.party for member in items[0].members if member.party not in partners]
            if len(headed) == 1 and headed[0] is not None:
                return headed[0]  # “Gogol Library: the agreement with …”
        home = context.base()
        if home is not None and home not in partners and any(group.role == "item" for group in clause.groups):
            return home  # whoever else a line of a list names is a partner too
        if any(group.role == "opening" for group in self.reader.groups[clause.sentence]):
            return None  # several act: which of them signed is not said
        found = context.opening(clause.sentence, partners)
        if found is not None:
            return found
        if clause.trigger is not None:
            last = clause.last if clause.language == "uz" else at
            found = context.actor(clause.first, last, partners)
            if found is not None:
                return found
        if self.reader.unknown(clause.sentence):
            return None
        known = self.records[-1] if self.records else None
        if known is not None and known.sentence == clause.sentence and self._may_own(known, partners):
            return known.own
        if home is not None and home not in partners and context.speaks():
            return home
        found = self.reader.only_other(clause.sentence, partners)
        if found is not None:
            return found
        if home is not None and home in partners and len(partners) > 1:
            return None  # a list of partners does not name whose they are
        if (home is None or home in partners) and self.barren == clause.sentence - 1 and not context.item(self.barren):
            found = context.opening(self.barren, partners, anywhere=True)
            if found is not None and not self.reader.partner(self.barren, found):
                return found
        if (
            self.records
            and self._may_own(self.records[-1], partners)
            and context.same_paragraph(self.records[-1].agreement.trigger[0], at)
        ):
            return self.records[-1].own
        base = context.base()
        chief = context.chief(at, partners)
        if chief is not None:
            return chief
        if base is not None and base not in partners:
            return base
        for record in reversed(self.records):
            parties = record.agreement.parties
            if len(parties) == 2 and partners & set(parties):
                return next((party for party in parties if party not in partners), None)
        found = context.topic(at, partners)
        return None if any(self.reader.partner(clause.sentence - k, found) for k in (1, 2)) else found

    def _may_own(self, known: Record, partners: set[Party]) -> bool:
        """Return whether whose agreement was told last may have these partners too: a state has states."""
        return known.own not in partners and not (
            isinstance(known.own, str) and all(isinstance(party, int) for party in partners)
        )

    def _subject_before(self, group: Group, clause: Clause) -> bool:
        """Return whether a pronoun stands in mid-sentence, after what the sentence begins with: “The Louvre confirmed that its …”."""
        return any(
            symbol in ("INST", "IMPL") and token < group.first for symbol, token in self.reader.symbols(clause.sentence)
        )
