"""Agreements: who has signed, plans, keeps, renews or has ended what with whom.

A frame grows from its trigger outward: the parties that its clause names, then what the sentence shares with it, then the passage
(«стороны», “our library”, the institution that the article is about). What cannot be made out is left out: an agreement with a
wrong party is worse than none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.authority.countries import Place
from pipeline.finders.agreement_clauses import Reader, hot_sentences
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_counterparts import Counterparts
from pipeline.finders.agreement_groups import TRIGGERS
from pipeline.finders.agreement_hearing import AgreementJudge, Hearing
from pipeline.finders.agreement_model import Agreement, Clause, Party, Record, Sides, one_document, same_kind
from pipeline.finders.agreement_parties import Parties
from pipeline.finders.agreement_sentences import (
    LATER,
    LIST_LINES,
    DateLike,
    MentionLike,
    known_tokens,
    wanted_sentences,
)
from pipeline.finders.agreement_states import States
from pipeline.finders.agreement_tables import AgreementTables, Tabled, sentences_of
from pipeline.finders.grid_model import Grid
from pipeline.text.document import Document

__all__ = ["Agreement", "AgreementJudge", "DateLike", "MentionLike", "find_agreements"]


def find_agreements(
    document: Document,
    mentions: Sequence[MentionLike],
    dates: Sequence[DateLike],
    *,
    home: int | None,
    countries: Sequence[str | None] = (),
    kinds: Sequence[str | None] = (),
    places: Sequence[Place | None] = (),
    grids: Sequence[Grid] = (),
    judge: AgreementJudge | None = None,
) -> list[Agreement]:
    """Return the agreements of a document in the order of their triggers.

    `mentions` are sorted; `home` is the entity that the article is about or comes from, if there is one. `countries` are those of the
    entities (ISO 3166-1 alpha-2), as far as they are known: by them “the Finns” names the one institution of Finland. `kinds` are those of the
    entities, `places` those of `Atlas.all`, one for each token: they are for the `judge`, who has the last word. `grids` are the
    tables of the document.
    """
    covered: set[int] = set()
    for mention in mentions:
        covered.update(range(mention.first, mention.last))
    hot = hot_sentences(document, covered)
    if not hot:
        return []
    finder = _Finder(document, mentions, dates, home, hot, countries, grids)
    found = finder.run()
    if judge is None:
        return found
    read = finder.reader, finder.context, finder.parties, finder.states, finder.wanted
    hearing = Hearing(document, mentions, dates, home, *read, places, countries, kinds, finder.tables.sentences)
    return judge.agreements(hearing, found)


class _Finder:
    def __init__(
        self,
        document: Document,
        mentions: Sequence[MentionLike],
        dates: Sequence[DateLike],
        home: int | None,
        hot: list[int],
        countries: Sequence[str | None] = (),
        grids: Sequence[Grid] = (),
    ) -> None:
        self.document, self.dates = document, dates
        self.hot = set(hot)
        dated = frozenset(k for date in dates for k in range(date.first, date.last))
        self.context = Context(document, [(m.first, m.last, m.entity) for m in mentions], home, dated)
        grids = [grid for grid in grids if "partner" in grid.columns]
        tabled = {sentence for grid in grids for sentence in sentences_of(document, grid)}
        self.wanted = sorted(tabled.union(wanted_sentences(document, self.context, hot)))
        known = known_tokens(document, self.context, mentions, dates, self.wanted, countries)
        self.reader = Reader(document, known, self.wanted)
        self.records: list[Record] = []
        self.by_parties: dict[frozenset[Party], list[Record]] = defaultdict(list)
        intervals = frozenset(index for index, date in enumerate(dates) if "/" in date.edtf)
        self.parties = Parties(document, self.reader, self.context, self.records, intervals)
        self.counterparts = Counterparts(self.reader, self.context, self.records)
        self.states = States(
            document, self.reader, self.context, [(date.first, date.last, date.edtf) for date in dates]
        )
        self.tables = AgreementTables(document, self.reader, self.context, self.states, dates, grids)
        self.asked: tuple[Clause, list[Sides]] | None = None  # an agreement that a question names
        self.pending: Clause | None = None  # an agreement signed whose parties the next sentence may name

    def run(self) -> list[Agreement]:
        heading: Clause | None = None
        heading_own: Party | None = None
        lines = skipped = 0
        self._tell(self.tables.told)
        for sentence in self.wanted:
            if sentence in self.tables.sentences:
                heading = None
                continue
            clauses = self.reader.clauses(sentence)
            if heading is not None and sentence == heading.sentence + lines + 1 and lines < LIST_LINES:
                if self._goes_over(clauses):  # the next list of the same institution: “Memoranda that have lapsed”
                    heading, lines, skipped = clauses[-1], 0, 0
                    heading_own = self._heading_own(heading, heading_own)
                    continue
                lines += 1
                if self._line(sentence, clauses, heading, heading_own):
                    skipped = 0
                    continue
                skipped += 1
                if skipped < 3 and not self.context.within(clauses[0].first, clauses[-1].last):
                    continue
            heading = None
            before = len(self.records)
            self._sentence(clauses)
            if len(self.records) == before and sentence in self.hot:
                self.parties.owners.barren = sentence
            if self._heads(clauses, len(self.records) > before):
                heading, lines, skipped = clauses[-1], 0, 0
                heading_own = self._heading_own(heading)
        return sorted((record.agreement for record in self.records), key=lambda agreement: agreement.trigger)

    def _tell(self, rows: Sequence[Tabled]) -> bool:
        """Put on record what rows of a table tell; return whether there are any."""
        for row in rows:
            self._emit(row.clause, row.sides, row.kind, row.status, row.signed, row.valid, True)
        return bool(rows)

    def _heads(self, clauses: Sequence[Clause], told: bool) -> bool:
        """Return whether a sentence is the heading of a list: it tells of agreements, and a colon or lines of names follow it."""
        last = clauses[-1]
        if self.document.tokens.fold[last.last - 1] != ":":
            several = any(
                clause.trigger is not None and clause.trigger.plural and not clause.trigger.denied for clause in clauses
            )
            return several and not told and self.context.items_follow(last.sentence)
        if told:
            return False
        several = any(clause.trigger is not None and clause.trigger.plural for clause in clauses)
        return several or any(cue.state in ("signed", "held", "in_force") for cue in last.cues)

    def _goes_over(self, clauses: Sequence[Clause]) -> bool:
        """Return whether a line of a list is the heading of the next one: it tells of several agreements, names one institution at most, and lines follow."""
        last = clauses[-1]
        if last.trigger is None or not last.trigger.plural or last.trigger.denied:
            return False
        first, end = self.document.tokens.sentences[last.sentence]
        if self.document.tokens.fold[end - 1] == "." or len(self.context.within(first, end)) > 1:
            return False
        return not self.context.item(last.sentence) and self.context.item(last.sentence + 1)

    def _heading_own(self, heading: Clause, before: Party | None = None) -> Party | None:
        """Return whose partners a list names: who acts in its heading or is named there alone, else whose the list `before` was, else the article's own, if no
        line has it."""
        acting = self.parties.subject(heading)
        named = self.context.within(*self.document.tokens.sentences[heading.sentence])
        if acting or len(named) == 1:
            return acting[0] if acting else named[0]
        if before is not None:
            return before
        if not named and self.reader.unknown(heading.sentence):
            return None
        own = self.parties.owners.own(heading, set())
        listed = self.context.listed(heading.sentence)
        return None if own in listed and own != self.context.home else own

    def _sentence(self, clauses: Sequence[Clause]) -> None:
        if clauses[0].trigger is None:
            self._goes_on(clauses[0])
            return
        self._respective(clauses)
        shared_own: tuple[Party, ...] = ()
        shared: Clause | None = None
        for number, clause in enumerate(clauses):
            subject = self.parties.subject(clause)
            if not subject:
                subject = shared_own[:1]
            following = clauses[number + 1] if number + 1 < len(clauses) else None
            self._frame(clause, subject, shared, following)
            if subject:
                shared_own = subject
            if clause.cues or clause.days:
                shared = clause

    def _respective(self, clauses: Sequence[Clause]) -> None:
        """Give each of several triggers its own partner: “with A and B a memorandum and a contract respectively”."""
        lists = [group for clause in clauses for group in clause.groups if group.role == "with"]
        if not clauses[0].respectively or len(lists) != 1 or not 1 < len(clauses) == len(lists[0].members):
            return
        for clause, member in zip(clauses, lists[0].members, strict=True):
            others = [group for group in clause.groups if group.role != "with"]
            clause.groups = sorted([*others, replace(lists[0], members=(member,))], key=lambda group: group.first)

    def _frame(
        self, clause: Clause, subject: tuple[Party, ...], shared: Clause | None, following: Clause | None
    ) -> None:
        trigger = clause.trigger
        assert trigger is not None
        if trigger.denied:
            return
        if shared is not None and shared.trigger is not None and self.reader.same(clause, shared.trigger):
            trigger = clause.trigger = replace(trigger, kind=shared.trigger.kind)
            clause.days = clause.days or shared.days
        sides = self.parties.sides(clause, subject)
        if not sides and following is not None and not clause.groups and self._adjacent(clause, following):
            sides = self.parties.sides(following, subject)
        states = [cue.state for cue in clause.cues]
        if not self.states.affirmed(clause):
            return
        sides = sides or self.counterparts.sides(clause, subject)
        if not sides:
            if not any(group.role in ("between", "with") for group in clause.groups) and not self.reader.has(
                clause, "BETWEEN"
            ):
                self._again(clause)
                if "signed" in states and not trigger.plural:
                    self.pending = clause
            return
        status = self.states.status(clause, shared, following)
        if self.document.tokens.fold[self.document.tokens.sentences[clause.sentence][1] - 1] == "?":
            self.asked = clause, sides
            return
        if status is None and self.states.heading_day(clause) is not None and not trigger.plural:
            status = "signed"  # a chronicle: the day alone, then the agreement
            states = ["signed"]
        if status is None:
            self._again(clause, sides)
            return
        signed, valid = self.states.dates_of(clause, status)
        if (
            signed is None
            and status in ("signed", "renewed", "in_force")
            and shared is not None
            and not (states and shared.cues)
            and not clause.days
        ):
            signed, more = self.states.dates_of(shared, status)
            valid = valid or (more if status == "signed" else None)
        if signed is None and status == "signed" and following is not None and not following.cues:
            signed, _ = self.states.dates_of(following, "signed")
        if signed is None and "signed" in states:
            signed = self.states.event_day(clause) if status == "signed" else self.states.heading_day(clause)
        if not clause.days and signed is None and status == "signed" and any(g.role == "item" for g in clause.groups):
            signed = self.reader.year(clause.sentence)
        deed = trigger.kind in ("agreement", "deed of cooperation") and self.reader.deed_after(clause)
        kind = "contract" if deed else trigger.kind
        for side in sides:
            own_signed, own_valid = self.states.member_days(side.days, clause)
            if own_signed is None and own_valid is None:
                own_signed, own_valid = signed, valid
            elif len(sides) == 1 and status in ("ended", "renewed"):
                own_valid = own_valid or valid
            self._emit(clause, side, kind, status, own_signed, own_valid, len(sides) > 1)

    def _adjacent(self, clause: Clause, following: Clause) -> bool:
        """Return whether the next trigger follows at once («a memorandum and a contract between …»)."""
        assert clause.trigger is not None and following.trigger is not None
        return following.trigger.first - clause.trigger.last <= 3

    def _line(self, sentence: int, clauses: Sequence[Clause], heading: Clause, own: Party | None) -> bool:
        """Read one line of a list under a heading; return whether it was one."""
        first, last = self.document.tokens.sentences[sentence]
        here = self.context.within(first, last)
        if not here or last - first > 60 or not self.context.within(first, min(first + 8, last)):
            return False
        if any(group.role == "between" for clause in clauses for group in clause.groups):
            for clause in clauses:
                if clause.trigger is not None:
                    clause.cues = clause.cues or heading.cues
                    clause.days = clause.days or heading.days
            self._sentence(clauses)
            return True
        if own is None or own in here or self.context.stray(sentence, heading.sentence):
            return False
        told = any(group.role in ("with", "between", "both", "subject") for group in clauses[0].groups)
        if clauses[0].trigger is not None and clauses[0].cues and (told or not self.context.item(sentence)):
            return False  # a sentence of its own, no line
        if len(clauses) > 1:
            return self._tell(self.tables.run_in(clauses, heading, own))
        trigger = clauses[0].trigger or heading.trigger
        if trigger is None or trigger.denied or (clauses[0].trigger is None and not self.context.item(sentence)):
            return False
        status = self.states.listed(clauses[0], heading)
        days = tuple(day.index for day in clauses[0].days)
        signed, valid = self.states.member_days(days, clauses[0]) if days else self.states.dates_of(heading, status)
        clause = Clause(trigger, first, last, clauses[0].language, sentence=sentence)
        named = self.reader.named(sentence)
        if len(named) > 1 and clauses[0].trigger is None:
            for partner, its in named:
                signed, valid = (
                    self.states.member_days(its, clauses[0]) if its else self.states.dates_of(heading, status)
                )
                self._emit(clause, Sides((own, partner), its, own, True), trigger.kind, status, signed, valid, True)
            return True
        valid = valid or (None if days else self.reader.span(sentence))
        signed = signed or (self.reader.year(sentence) if not valid and status != "planned" else None)
        partner = named[0][0] if named else here[0]
        self._emit(clause, Sides((own, partner), days, own, True), trigger.kind, status, signed, valid, True)
        return True

    def _goes_on(self, clause: Clause) -> None:
        """Read a sentence that goes on about the agreement before it («Он продлён до 2026 года»)."""
        pending = self.pending
        if pending is not None and pending.sentence == clause.sentence - 1:
            self.pending = None
            symbols = {symbol for symbol, _ in self.reader.symbols(clause.sentence)}
            groups = [group for group in clause.groups if group.role in ("subject", "behalf", "opening")]
            signatories = list(dict.fromkeys(party for group in groups for party in self.parties.resolve(group, set())))
            told = symbols & {"SIGNATURE", "SIGNATORY", "PARTIES"} or (
                symbols & {"DOC", "IT"} and clause.says("signed")
            )
            if len(signatories) >= 2 and told:
                assert pending.trigger is not None
                signed, valid = self.states.dates_of(pending, "signed")
                side = Sides(tuple(signatories), (), signatories[0], True)
                self._emit(pending, side, pending.trigger.kind, "signed", signed, valid, False)
                return
        if self._answered(clause) or self._in_turn(clause) or not self.records or self.records[-1].shared:
            return
        later = clause.sentence - self.records[-1].sentence
        if later == 1:
            self.states.happened(self.records[-1], clause)
        begins = [
            symbol for symbol, _ in self.reader.symbols(clause.sentence)[:3] if symbol not in ("THE", "W", "GEN", "NEW")
        ]
        heads = (*TRIGGERS, "DOC", "TERM") if later > 1 else (*TRIGGERS, "IT", "DOC", "ITS", "TERM", "FORCE")
        plain = later == 1 and clause.says("renewed", "ended") and not self.context.within(clause.first, clause.last)
        if later <= LATER and ((begins and begins[0] in heads) or plain):
            self._update(self.records[-1], clause)

    def _answered(self, clause: Clause) -> bool:
        """Read the answer to a question about an agreement («Есть ли у вас договор? — Да, подписали в 2017 году»); return whether it is one."""
        asked = self.asked
        if asked is None or clause.sentence - asked[0].sentence > LATER:
            return False
        question, sides = asked
        status = self.states.status(clause, None, None)
        if status not in ("signed", "in_force", "renewed") or clause.says("none", "nothing"):
            return False
        self.asked = None
        assert question.trigger is not None
        signed, valid = self.states.dates_of(clause, status)
        for side in sides:
            self._emit(question, side, question.trigger.kind, status, signed, valid, len(sides) > 1)
        return True

    def _in_turn(self, clause: Clause) -> bool:
        """Read what a sentence says of the first and of the second of the agreements before it; return whether it does."""
        turns = [token for symbol, token in self.reader.symbols(clause.sentence) if symbol in ("FIRST", "SECOND")]
        before = [record for record in self.records if record.sentence == clause.sentence - 1 and record.shared]
        if len(turns) != 2 or len(before) != 2:
            return False
        for record, begin, end in zip(before, turns, (turns[1], clause.last), strict=True):
            record.bare = True  # what is said of it now counts
            self._update(record, clause.part(begin, end))
        return True

    def _again(self, clause: Clause, sides: Sequence[Sides] = ()) -> None:
        """Read a later naming: what it adds to the agreement that was named before."""
        assert clause.trigger is not None
        wanted = {frozenset(side.parties) for side in sides}
        for record in reversed(self.records):
            if wanted and frozenset(record.agreement.parties) not in wanted:
                continue
            if clause.sentence - record.sentence > 12 or (not wanted and clause.sentence == record.sentence):
                return
            same = same_kind(record.agreement.kind, clause.trigger.kind)
            if same and not (record.shared and not clause.trigger.plural):
                self._update(record, clause)
                return

    def _update(self, record: Record, clause: Clause) -> None:
        states = {cue.state for cue in clause.cues}
        known = record.agreement
        if "none" in states or "nothing" in states or known.status == "planned":
            return
        status = known.status
        if "ended" in states:
            status = "ended"
        elif "in_force" in states and status == "signed" and (record.bare or self._still(clause)):
            status = "in_force"
        elif "renewed" in states and status in ("signed", "in_force", "ended"):
            status = "renewed"
        signed, valid = self.states.dates_of(clause, status)
        if status == "ended" and valid is None and known.valid is None and not clause.days:
            day = self.states.heading_day(clause)
            valid = f"../{day}" if day is not None and day != known.signed else None
        if known.valid is not None and known.valid.endswith("/..") and valid is not None and valid.startswith("../"):
            valid = known.valid.removesuffix("..") + valid.removeprefix("../")  # “since 2019. It runs out in 2024”
        elif known.valid is not None or valid is None or not (clause.cues or valid.startswith("..")):
            valid = known.valid
        if known.signed is not None or "signed" not in states:
            signed = known.signed
        record.amend(clause, status=status, signed=signed, valid=valid)

    def _still(self, clause: Clause) -> bool:
        """Return whether a sentence says at its head that something still holds: «Hamon ishlaydi»."""
        symbols = self.reader.symbols(clause.sentence)
        return bool(symbols) and symbols[0][0] == "FORCE"

    def _emit(
        self, clause: Clause, side: Sides, kind: str, status: str, signed: str | None, valid: str | None, shared: bool
    ) -> None:
        """Put an agreement on record, or what it adds to the record of the same agreement."""
        trigger = clause.trigger
        assert trigger is not None
        parties = tuple(dict.fromkeys(side.parties))
        states = all(isinstance(party, str) for party in parties)
        if len(parties) < 2 or (kind == "convention" and not states):
            return
        kind = self.context.bodies.kind(kind, parties)
        if status == "planned":
            signed = None
        made = Agreement(
            (trigger.first, trigger.last), kind, status, parties, signed, valid, trigger.rule, clause.evidence()
        )
        alike = self.by_parties[frozenset(parties)]
        for record in reversed(alike):
            known = record.agreement
            if one_document(known, made):
                if status not in ("renewed", "ended") and known.status != "planned":
                    status = known.status
                record.amend(clause, status=status, signed=known.signed or signed, valid=known.valid or valid)
                return
        self.records.append(Record(made, side.own, clause.sentence, shared, not clause.cues))
        alike.append(self.records[-1])
