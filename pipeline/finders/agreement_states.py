"""What a text says of an agreement's state, and what its dates are: signing, validity, or neither."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_model import Clause, Day
from pipeline.text.document import Document

__all__ = ["States"]

_FAR = 34  # a date further off than this stands with no verb
_WEIGHTS = (0, 9, 14, 30)  # how far a break of each strength sets a date off from a verb, in tags


class States:
    """Reads status and dates of clauses. `dates`: (first token, last token, EDTF) of each date of the document."""

    def __init__(
        self, document: Document, reader: Reader, context: Context, dates: Sequence[tuple[int, int, str]]
    ) -> None:
        self.document, self.reader, self.context, self.dates = document, reader, context, dates

    def affirmed(self, clause: Clause) -> bool:
        """Return whether nothing denies the agreement of this clause."""
        states = {cue.state for cue in clause.cues}
        if "none" not in states:
            return True
        if "planned" in states or "prepared" in states:
            return False
        assert clause.trigger is not None
        denial = min(clause.gap(cue.first, cue.last) for cue in clause.cues if cue.state == "none")
        others = [
            clause.gap(cue.first, cue.last) for cue in clause.cues if cue.state in ("signed", "in_force", "renewed")
        ]
        return bool(others) and min(others) < denial

    def status(self, clause: Clause, shared: Clause | None, following: Clause | None) -> str | None:
        """Return the status that the text gives, None where it gives none."""
        states = {cue.state for cue in clause.cues} - {"none", "nothing"}
        if "ended" in states:
            return "ended"
        if "renewed" in states:
            return "renewed"
        if states & {"in_force", "entered"} and "planned" not in states:
            return "in_force"
        if "planned" in states or (
            "infinitive" in states and (clause.language != "en" or self.reader.has(clause, "PLAN"))
        ):
            if "signed" not in states:
                return "planned"
            near = {
                state: min(clause.gap(cue.first, cue.last) for cue in clause.cues if cue.state == state)
                for state in states & {"planned", "signed", "infinitive"}
            }
            return (
                "signed"
                if near["signed"] <= min(gap for state, gap in near.items() if state != "signed")
                else "planned"
            )
        if "past" in states:
            return "ended"
        if states & {"signed", "infinitive"}:
            return "signed"
        if "prepared" in states:
            return "planned"
        if "signing" in states:
            return "signed"
        if states & {"held", "expires"}:
            return "in_force"
        if clause.language == "uz" and not clause.cues and following is not None and following.cues:
            return self.status(following, None, None)  # one verb at the end for both
        if any(day.role == "dated" for day in clause.days):
            return "in_force" if "standing" in states else "signed"
        if any(member.days for group in clause.groups for member in group.members):
            return "signed"
        if "standing" in states:
            return "in_force"
        if any(group.role == "item" for group in clause.groups) and clause.days:
            return "signed"
        for other in (shared, following):
            if other is not None and other.cues:
                found = self.status(other, None, None)
                if found in ("signed", "planned", "in_force"):
                    return found
        return None

    def dates_of(self, clause: Clause, status: str) -> tuple[str | None, str | None]:
        """Return (signed, valid) as the dates of a clause give them."""
        signed: str | None = None
        valid: str | None = None
        bracketed = {index for group in clause.groups for member in group.members for index in member.days}
        for day in clause.days:
            edtf = self.dates[day.index][2]
            if day.index in bracketed or day.role == "dateline":
                continue
            state = self._state_of(day, clause)
            begin, _, end = edtf.partition("/")
            if begin == ".." or (day.role == "until" and not end):
                if status != "planned":
                    valid = valid or (edtf if end else f"../{edtf}")
            elif end == "..":
                if (state in ("in_force", "entered", "standing", "past") or not clause.cues) and status in (
                    "in_force",
                    "ended",
                    "renewed",
                ):
                    valid = valid or edtf
            elif end:
                if (
                    day.role in ("span", "until", "dated")
                    or state == "past"
                    or (len(begin) == 4 and self._beside(day, clause, state))
                ):
                    valid = valid or edtf
            elif day.role == "dated" and signed is None and status != "planned":
                signed = edtf
            elif (state in ("signed", "signing", "infinitive") and status != "planned") or (
                not clause.cues and status == "signed"
            ):
                signed = signed or edtf
            elif state == "entered":
                valid = valid or f"{edtf}/.."
            elif state == "expires" or (state == "ended" and status == "ended"):
                valid = valid or f"../{edtf}"
        return signed, valid

    def _state_of(self, day: Day, clause: Clause) -> str:
        """Return the state of the cue that a date stands with."""
        best, least = "", 10_000
        for cue in clause.cues:
            if cue.state in ("none", "nothing", "prepared"):
                continue
            low, high = (day.last, cue.first) if cue.first >= day.last else (cue.last, day.first)
            apart = cue.begin - day.tag - 1 if cue.first >= day.last else day.tag - cue.end
            cost = max(apart, 0) + sum(_WEIGHTS[strength] for at, strength in clause.breaks if low <= at < high)
            if clause.language == "uz" and cue.last <= day.first:
                cost += 15
            if cost < least:
                best, least = cue.state, cost
        return best if least < _FAR else ""

    def _beside(self, day: Day, clause: Clause, state: str) -> bool:
        assert clause.trigger is not None
        return state in ("signed", "in_force", "ended", "renewed") or clause.gap(day.first, day.last) <= 4

    def member_days(self, days: Sequence[int]) -> tuple[str | None, str | None]:
        """Return (signed, valid) of the dates that stand with one partner."""
        signed = valid = None
        for index in days:
            edtf = self.dates[index][2]
            if "/" in edtf:
                valid = valid or edtf
            else:
                signed = signed or edtf
        return signed, valid

    def event_day(self, clause: Clause) -> str | None:
        """Return the day of the event at whose end the agreement was signed, where the passage tells it."""
        if not self.reader.has(clause, "EVENT"):
            return None
        sentences = self.document.tokens.sentences
        floor = sentences[max(clause.sentence - 8, 0)][0]
        for first, last, edtf in reversed([date for date in self.dates if floor <= date[0] < clause.first]):
            sentence = self.document.tokens.sentence[first]
            begin, end = sentences[sentence]
            near = clause.sentence - sentence <= 2 and self.context.same_paragraph(first, clause.first)
            if end - begin - (last - first) < 6 or (len(edtf) < 10 and not near) or ".." in edtf:
                continue  # a dateline, a date too vague to be the event's
            return edtf if "/" not in edtf and "X" not in edtf else None
        return None
