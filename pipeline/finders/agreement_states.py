"""What a text says of an agreement's state, and what its dates are: signing, validity, or neither."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_model import Clause, Day, Record
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["States"]

_FAR = 34  # a date further off than this stands with no verb
_CHRONICLE = 6  # sentences that a date standing alone before them may date
_WEIGHTS = (0, 9, 14, 30, 34, 34)  # how far a break of each strength sets a date off from a verb, in tags


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
        if self._awaited(clause):
            return True
        if "planned" in states or "prepared" in states:
            return False
        denial = min(clause.gap(cue.first, cue.last) for cue in clause.cues if cue.state == "none")
        others = [
            clause.gap(cue.first, cue.last)
            for cue in clause.cues
            if cue.state in ("signed", "in_force", "renewed", "ended")
        ]
        return bool(others) and min(others) < denial

    def _awaited(self, clause: Clause) -> bool:
        """Return whether what is not signed yet is on its way: a draft is there, or its signing is hoped for."""
        said = self.reader.said(clause)
        yet = "YET" in said or ("ALSO", "NEG") in pairwise(said)  # «пока не», «ещё не»
        symbols = {symbol for symbol, _ in self.reader.symbols(clause.sentence)}
        return yet and not symbols.isdisjoint(("DRAFT", "PLAN"))

    def listed(self, line: Clause, heading: Clause) -> str:
        """Return the status of an agreement that a line of a list tells: what the line says of it, else what the heading says of all."""
        above = None if line.cues else self.status(heading, None, None)
        return above or self.status(line, heading, None) or "signed"

    def status(self, clause: Clause, shared: Clause | None, following: Clause | None) -> str | None:
        """Return the status that the text gives, None where it gives none."""
        states = {cue.state for cue in clause.cues} - {"none", "nothing"}
        if any(cue.state == "none" for cue in clause.cues) and self._awaited(clause):
            return "planned"
        final = [cue.state for cue in clause.cues if cue.state in ("ended", "renewed")]
        if final:  # «muddati bitdi, lekin uzaytirdik»: in Uzbek what was done last stands last
            return final[-1] if clause.language == "uz" else "ended" if "ended" in final else "renewed"
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
        if (
            clause.language == "uz"
            and clause.trigger is not None
            and {"signed", "expires"} <= states
            and self._only_attribute(clause)
        ):
            return "in_force"
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
        dated = clause.days or self.reader.year(clause.sentence)
        if dated and any(group.role == "item" for group in clause.groups):
            return "signed"
        for other in (shared, following):
            if other is not None and other.cues:
                found = self.status(other, None, None)
                if found in ("signed", "planned", "in_force"):
                    return found
        return None

    def _only_attribute(self, clause: Clause) -> bool:
        """Return whether an Uzbek clause says of an agreement once signed that it ends some day: `tuzilgan shartnoma muddati … tugaydi`."""
        assert clause.trigger is not None
        at = clause.trigger.first
        return all(
            (cue.state == "signed") == (cue.first < at) for cue in clause.cues if cue.state in ("signed", "expires")
        )

    def dates_of(self, clause: Clause, status: str) -> tuple[str | None, str | None]:
        """Return (signed, valid) as the dates of a clause give them."""
        signed: tuple[int, str] | None = None  # the date that stands nearest to the signing
        span: tuple[int, str] | None = None
        bracketed = {
            index
            for group in clause.groups
            if group.role != "between"
            for member in group.members
            for index in member.days
        }
        for day in clause.days:
            edtf = self.dates[day.index][2]
            if day.index in bracketed or day.role == "dateline":
                continue
            state, apart = self.stands_with(day, clause)
            if "/" in edtf or day.role == "until":
                found = self._span(day, edtf, state, clause, status)
                if found is not None and (span is None or apart < span[0]):
                    span = apart, found
                continue
            if day.role == "dated":
                state, apart = "signed", 0
            elif not clause.cues and status == "signed":
                state = "signed"  # the verb stands in the clause beside
            if state in ("signed", "signing", "infinitive"):
                if status != "planned" and (signed is None or apart < signed[0]):
                    signed = apart, edtf
            elif state == "entered":
                span = span or (apart, f"{edtf}/..")
            elif state == "expires" or (state == "ended" and status == "ended"):
                span = (apart, f"../{edtf}") if span is None or apart < span[0] else span
        if signed is None and status == "signed" and clause.says("signed", "signing"):
            signed = self._leading(clause)
        return signed[1] if signed else None, span[1] if span else None

    def _leading(self, clause: Clause) -> tuple[int, str] | None:
        """Return the only date of a clause where the sentence begins with it: it dates the verb however far that is."""
        first = self.document.tokens.sentences[clause.sentence][0]
        if len(clause.days) != 1 or clause.days[0].role or clause.days[0].first - first > 1:
            return None
        edtf = self.dates[clause.days[0].index][2]
        return None if "/" in edtf else (0, edtf)

    def _span(self, day: Day, edtf: str, state: str, clause: Clause, status: str) -> str | None:
        """Return the validity that an interval or a last day gives, None where it speaks of something else."""
        begin, _, end = edtf.partition("/")
        if "X" in edtf:
            return None  # centuries
        if begin == ".." or not end:
            return None if status == "planned" else edtf if end else f"../{edtf}"
        if end == "..":
            going = state in ("in_force", "entered", "standing", "past", "held") or not clause.cues
            return edtf if going and status in ("in_force", "ended", "renewed") else None
        if day.role in ("span", "dated") or state == "past" or (len(begin) == 4 and self._beside(day, clause, state)):
            return edtf
        return None

    def stands_with(self, day: Day, clause: Clause) -> tuple[str, int]:
        """Return the state of the cue that a date stands with, and how far off that is."""
        best, least = "", _FAR
        for cue in clause.cues:
            if cue.state in ("none", "nothing", "prepared"):
                continue
            low, high = (day.last, cue.first) if cue.first >= day.last else (cue.last, day.first)
            apart = cue.begin - day.tag - 1 if cue.first >= day.last else day.tag - cue.end
            cost = max(apart, 0) + sum(_WEIGHTS[strength] for at, strength in clause.breaks if low <= at < high)
            if clause.language == "uz" and cue.last <= day.first:
                cost += 15
            elif clause.language != "uz" and cue.first >= day.last and self.reader.symbol(day.tag + 1) == "AND":
                cost += 15  # “signed in January 1946 and annulled in 1953”
            elif clause.language == "en" and cue.first >= day.last:
                cost += 2  # “signed on 30 March 1998 ran out”
            if cost < least:
                best, least = cue.state, cost
        return best, least

    def _beside(self, day: Day, clause: Clause, state: str) -> bool:
        if state in ("signed", "in_force", "ended", "renewed"):
            return True
        return (
            clause.trigger is not None and clause.gap(day.first, day.last) <= 4
        )  # a later sentence may add dates, and names no agreement

    def member_days(self, days: Sequence[int], clause: Clause) -> tuple[str | None, str | None]:
        """Return (signed, valid) of the dates that stand with one partner."""
        signed = valid = None
        last = {day.index for day in clause.days if day.role == "until"}
        for index in days:
            edtf = self.dates[index][2]
            if "/" in edtf or index in last:
                valid = valid or (edtf if "/" in edtf else f"../{edtf}")
            else:
                signed = signed or edtf
        return signed, valid

    def event_day(self, clause: Clause) -> str | None:
        """Return the day of the event at whose end the agreement was signed, where the passage tells it."""
        if self.reader.has(clause, "NEXTDAY"):
            return None
        if not self.reader.has(clause, "EVENT") and not self.reader.has(clause, "TALKS"):
            return self.heading_day(clause)
        tokens = self.document.tokens
        floor = tokens.sentences[max(clause.sentence - 8, 0)][0]
        for first, last, edtf in reversed(
            self.dates[bisect_left(self.dates, (floor,)) : bisect_left(self.dates, (clause.first,))]
        ):
            sentence = tokens.sentence[first]
            begin, end = tokens.sentences[sentence]
            words = [k for k in range(begin, end) if tokens.kind[k] is Kind.WORD and not first <= k < last]
            near = clause.sentence - sentence <= 2 and self.context.same_paragraph(first, clause.first)
            if all(map(tokens.capital, words)) or (len(edtf) < 10 and not near) or ".." in edtf:
                continue  # a dateline, a date too vague to be the event's
            return edtf if "/" not in edtf and "X" not in edtf else None
        return None

    def happened(self, record: Record, clause: Clause) -> None:
        """Date an agreement by a sentence that only says when that was: «Произошло это 14 июня 2023 года»."""
        symbols = [symbol for symbol, _ in self.reader.symbols(clause.sentence)[:3]]
        known = record.agreement
        if "HAPPENED" in symbols and clause.days and known.status == "signed" and known.signed is None:
            edtf = self.dates[clause.days[0].index][2]
            if "/" not in edtf and "X" not in edtf:
                record.amend(clause, signed=edtf)

    def heading_day(self, clause: Clause) -> str | None:
        """Return the date that stands alone before the sentence, as in a chronicle: «2013 йил. … шартнома имзоланди»."""
        tokens = self.document.tokens
        for sentence in range(clause.sentence - 1, max(clause.sentence - _CHRONICLE, 0) - 1, -1):
            first, last = tokens.sentences[sentence]
            if not self.context.same_paragraph(first, clause.first):
                break
            number = bisect_left(self.dates, (first,))
            if number < len(self.dates):
                begin, end, edtf = self.dates[number]
                words = [k for k in range(first, last) if tokens.kind[k] is not Kind.SIGN]
                if words and all(begin <= k < end for k in words):
                    return None if "/" in edtf else edtf
        return None
