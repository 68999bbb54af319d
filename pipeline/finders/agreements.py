"""Agreements: who has signed, plans, keeps, renews or has ended what with whom.

A frame grows from its trigger outward: the parties that its clause names, then what the sentence shares with it, then the passage
(«стороны», “our library”, the institution that the article is about). What cannot be made out is left out: an agreement with a
wrong party is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from pipeline.authority.countries import atlas
from pipeline.finders.agreement_clauses import Clause, Day, Group, Member, Reader, hot_sentences
from pipeline.finders.agreement_context import Context
from pipeline.languages.lexicon import Reading
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["Agreement", "DateLike", "MentionLike", "find_agreements"]

Party = int | str
_WEIGHTS = (0, 9, 14, 30)  # how far a break of each strength sets a date off from a verb, in tags
_LIST_LINES = 60  # how many lines a list may have below its heading


class MentionLike(Protocol):
    """What this finder must know of a mention of an institution. Tokens are half-open."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def entity(self) -> int: ...
    @property
    def implied(self) -> bool: ...


class DateLike(Protocol):
    """What this finder must know of a date. Tokens are half-open."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def edtf(self) -> str: ...


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


@dataclass(slots=True)
class _Record:
    trigger: tuple[int, int]
    kind: str
    status: str
    parties: tuple[Party, ...]
    signed: str | None
    valid: str | None
    rule: str
    own: Party | None
    sentence: int
    shared: bool  # its trigger names other agreements too
    evidence: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The parties of one agreement as a clause gives them, and the dates that stand with one of them."""

    parties: tuple[Party, ...]
    days: tuple[int, ...]
    own: Party | None
    explicit: bool


def find_agreements(
    document: Document, mentions: Sequence[MentionLike], dates: Sequence[DateLike], *, home: int | None
) -> list[Agreement]:
    """Return the agreements of a document in the order of their triggers.

    `mentions` are sorted; `home` is the entity that the article is about or comes from, if there is one.
    """
    covered: set[int] = set()
    for mention in mentions:
        covered.update(range(mention.first, mention.last))
    hot = hot_sentences(document, covered)
    if not hot:
        return []
    return _Finder(document, mentions, dates, home, hot).run()


class _Finder:
    def __init__(
        self, document: Document, mentions: Sequence[MentionLike], dates: Sequence[DateLike], home: int | None, hot: list[int]
    ) -> None:
        self.document, self.dates, self.home = document, dates, home
        self.hot = set(hot)
        dated = frozenset(k for date in dates for k in range(date.first, date.last))
        self.context = Context(document, [(m.first, m.last, m.entity) for m in mentions], home, dated)
        wanted = self._wanted(hot)
        self.reader = Reader(document, self._known(mentions, wanted), wanted)
        self.wanted = wanted
        self.records: list[_Record] = []
        self.pending: Clause | None = None  # an agreement signed whose parties the next sentence may name
        self.barren = -9  # the last sentence that speaks of agreements and gave none

    def run(self) -> list[Agreement]:
        heading: Clause | None = None
        heading_own: Party | None = None
        lines = skipped = 0
        for sentence in self.wanted:
            clauses = self.reader.clauses(sentence)
            if heading is not None and sentence == heading.sentence + lines + 1 and lines < _LIST_LINES:
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
                self.barren = sentence
            if self._heads(clauses, len(self.records) > before):
                heading, lines, skipped = clauses[-1], 0, 0
                heading_own = next(iter(self._subject(heading)), None)
                named = self.context.within(*self.document.tokens.sentences[sentence])
                if heading_own is None:
                    heading_own = named[0] if len(named) == 1 else self._own(heading, set())
        found = [
            Agreement(r.trigger, r.kind, r.status, r.parties, r.signed, r.valid, r.rule, tuple(sorted(set(r.evidence))))
            for r in self.records
        ]
        return sorted(found, key=lambda agreement: agreement.trigger)

    # ------------------------------------------------------------ what is read

    def _wanted(self, hot: Sequence[int]) -> list[int]:
        """Return the sentences to read: those with a trigger, the one after each, headings of lists and their lines."""
        tokens, count = self.document.tokens, len(self.document.tokens.sentences)
        wanted = set(hot)
        near = {k for sentence in hot for k in range(sentence - 3, sentence + 2) if 0 <= k < count}
        wanted.update(sentence + 1 for sentence in hot if sentence + 1 < count)
        for sentence in near:
            colon = tokens.fold[tokens.sentences[sentence][1] - 1] == ":"
            if colon or (sentence in wanted and self.context.items_follow(sentence)):
                wanted.add(sentence)
                blank = 0
                for k in range(sentence + 1, min(sentence + _LIST_LINES, count)):
                    blank = 0 if self.context.within(*tokens.sentences[k]) else blank + 1
                    if blank > 2:
                        break
                    wanted.add(k)
        return sorted(wanted)

    def _known(self, mentions: Sequence[MentionLike], wanted: Sequence[int]) -> dict[int, Reading]:
        """Return what is known of tokens: mentions (the outer one where they nest), dates, countries and cities."""
        tokens = self.document.tokens
        known: dict[int, Reading] = {}
        taken: set[int] = set()
        ranges = tokens.sentences
        inside = set(wanted)

        def put(first: int, last: int, symbol: str, value: str, case: str = "") -> None:
            sentence = tokens.sentence[first]
            last = min(last, ranges[sentence][1])
            if sentence in inside and taken.isdisjoint(range(first, last)):
                known[first] = Reading(symbol, value, case, last - first)
                taken.update(range(first, last))

        for mention in sorted(mentions, key=lambda m: (m.first - m.last, m.first)):
            state = self.context.government(mention.first, mention.last)
            if state:
                put(mention.first, mention.last, "STATE", state, self.context.case(mention.last - 1))
            else:
                symbol = "IMPL" if mention.implied else "INST"
                put(mention.first, mention.last, symbol, str(mention.entity), self.context.case(mention.last - 1))
        for index, date in enumerate(self.dates):
            put(date.first, date.last, "DATE", str(index), self.context.case(date.last - 1, 1))
        places = atlas()
        for sentence in wanted:
            first, last = ranges[sentence]
            for index in range(first, last):
                if index + 1 < last and tokens.fold[index + 1] == "." and not tokens.gap[index + 1] and index not in taken:
                    if tokens.end[index] - tokens.start[index] == 1 and tokens.form(index).isupper():
                        known[index] = Reading("CAP", "")  # an initial, not the word «с» or «и»
                        continue
                if index not in taken and tokens.kind[index] is Kind.WORD and tokens.capital(index):
                    place = places.at(tokens, index)
                    if place is not None and place.kind != "adjective":
                        symbol = "STATE" if place.kind == "country" else "PLACE"
                        put(index, index + place.length, symbol, place.code, self.context.case(index + place.length - 1))
        return known

    def _heads(self, clauses: Sequence[Clause], told: bool) -> bool:
        """Return whether a sentence is the heading of a list: it tells of agreements, and a colon or lines of names follow it."""
        last = clauses[-1]
        if self.document.tokens.fold[last.last - 1] != ":":
            several = any(clause.trigger is not None and clause.trigger.plural and not clause.trigger.denied for clause in clauses)
            return several and not told and self.context.items_follow(last.sentence)
        if told:
            return False
        several = any(clause.trigger is not None and clause.trigger.plural for clause in clauses)
        return several or any(cue.state in ("signed", "held", "in_force") for cue in last.cues)

    # ------------------------------------------------------------ sentences

    def _sentence(self, clauses: Sequence[Clause]) -> None:
        if clauses[0].trigger is None:
            self._goes_on(clauses[0])
            return
        shared_own: tuple[Party, ...] = ()
        shared: Clause | None = None
        for number, clause in enumerate(clauses):
            subject = self._subject(clause)
            if not subject:
                subject = shared_own[:1]
            following = clauses[number + 1] if number + 1 < len(clauses) else None
            self._frame(clause, subject, shared, following)
            if subject:
                shared_own = subject
            if clause.cues or clause.days:
                shared = clause

    def _subject(self, clause: Clause) -> tuple[Party, ...]:
        """Return who acts in a clause, where it says so by name."""
        for role in ("owner", "subject", "behalf"):
            for group in clause.groups:
                if group.role == role:
                    parties = self._resolve(group, set())
                    if parties:
                        return parties
        return ()

    def _frame(self, clause: Clause, subject: tuple[Party, ...], shared: Clause | None, following: Clause | None) -> None:
        trigger = clause.trigger
        assert trigger is not None
        if trigger.denied:
            return
        sides = self._sides(clause, subject)
        if not sides and following is not None and not clause.groups and self._adjacent(clause, following):
            sides = self._sides(following, subject)
        states = [cue.state for cue in clause.cues]
        if not self._affirmed(clause):
            return
        if not sides:
            if not any(group.role in ("between", "with") for group in clause.groups) and not self._has(clause, "BETWEEN"):
                self._again(clause)
                if "signed" in states and not trigger.plural:
                    self.pending = clause
            return
        status = self._status(clause, shared, following)
        if status is None:
            self._again(clause, sides)
            return
        signed, valid = self._dates_of(clause, status)
        if signed is None and status in ("signed", "renewed", "in_force") and shared is not None and not states and not clause.days:
            signed, more = self._dates_of(shared, status)
            valid = valid or (more if status == "signed" else None)
        if signed is None and status == "signed" and following is not None and not following.cues:
            signed, _ = self._dates_of(following, "signed")
        if signed is None and status == "signed" and "signed" in states:
            signed = self._event_day(clause)
        kind = trigger.kind
        for side in sides:
            own_signed, own_valid = self._member_days(side.days)
            self._emit(clause, side, kind, status, own_signed or signed, own_valid or valid, len(sides) > 1)

    def _adjacent(self, clause: Clause, following: Clause) -> bool:
        """Return whether the next trigger follows at once («a memorandum and a contract between …»)."""
        assert clause.trigger is not None and following.trigger is not None
        return following.trigger.first - clause.trigger.last <= 3

    def _affirmed(self, clause: Clause) -> bool:
        """Return whether nothing denies the agreement of this clause."""
        states = {cue.state for cue in clause.cues}
        if "none" not in states:
            return True
        if "planned" in states or "prepared" in states:
            return False
        assert clause.trigger is not None
        denial = min(self._gap(cue.first, cue.last, clause) for cue in clause.cues if cue.state == "none")
        others = [self._gap(cue.first, cue.last, clause) for cue in clause.cues if cue.state in ("signed", "in_force", "renewed")]
        return bool(others) and min(others) < denial

    def _gap(self, first: int, last: int, clause: Clause) -> int:
        assert clause.trigger is not None
        apart = first - clause.trigger.last if first >= clause.trigger.last else clause.trigger.first - last
        return max(apart, 0)

    # ------------------------------------------------------------ parties

    def _sides(self, clause: Clause, subject: tuple[Party, ...]) -> list[_Sides]:
        """Return the agreements that a clause tells of, each with its parties."""
        trigger = clause.trigger
        assert trigger is not None
        out: list[_Sides] = []
        for group in clause.groups:
            if group.role == "between":
                parties = self._resolve(group, set())
                if len(group.members) == 1 and group.members[0].whose == "our":
                    parties = self.context.ours_and_other(group.members[0].body, group.first)
                if len(parties) >= 2:
                    out.append(_Sides(parties, (), parties[0], True))
        if out:
            return out
        for group in clause.groups:
            if group.role == "two":
                pair = self.context.pair(self._body(group), trigger.first, trigger.last, self._last_states())
                if len(pair) == 2:
                    return [_Sides(pair, (), pair[0], True)]
        partners = self._partners(clause)
        if partners:
            sides = self._with(clause, partners, subject)
            return [*sides, *self._ellipsis(clause, partners, sides)]
        acting = [group for group in clause.groups if group.role == "subject"]
        for group in acting:
            parties = self._resolve(group, set())
            if len(parties) >= 2:
                return [_Sides(parties, (), parties[0], True)]
        behalf = [party for group in clause.groups if group.role == "behalf" for party in self._resolve(group, set())]
        if len(set(behalf)) >= 2:
            return [_Sides(tuple(dict.fromkeys(behalf)), (), behalf[0], True)]
        stands = [cue for cue in clause.cues if cue.state == "standing" and self._gap(cue.first, cue.last, clause) <= 3]
        if stands and not trigger.plural and not any(g.role in ("with", "between", "pronoun") for g in clause.groups):
            here = self.context.within(clause.first, clause.last)
            dated = any(day.role == "dated" for day in clause.days) or any(cue.state == "signed" for cue in clause.cues)
            if len(here) == 2 and dated:
                return [_Sides(tuple(here), (), here[0], False)]
        if any(g.role == "pronoun" for g in clause.groups) and not any(g.role in ("with", "between") for g in clause.groups):
            before = self.context.within(self.document.tokens.sentences[clause.sentence][0], trigger.first)
            if len(before) == 2 and clause.cues:
                return [_Sides(tuple(before), (), before[0], False)]
        if not clause.groups and self._has(clause, "EVENT") and any(cue.state in ("signed", "signing") for cue in clause.cues):
            pair = self.context.parties(trigger.first) if not self._named_before(clause) else ()
            if len(pair) == 2:
                return [_Sides(pair, (), pair[0], False)]
        if not acting and not subject and not clause.groups:
            partner = self._line_head(clause)
            if partner is not None and self.context.base() is not None:
                own = self.context.base()
                assert own is not None
                return [_Sides((own, partner), (), own, False)]
        if len(subject) >= 2 and not acting and clause.cues:
            return [_Sides(subject, (), subject[0], True)]
        for group in clause.groups:
            if group.role == "opening" and any(cue.state == "signed" for cue in clause.cues):
                parties = self._resolve(group, set())
                if len(parties) >= 2:
                    return [_Sides(parties, (), parties[0], True)]
        if any(group.role == "parties" for group in clause.groups) and any(cue.state in ("signed", "planned") for cue in clause.cues):
            if not self._named_before(clause):
                pair = self.context.parties(trigger.first)
                if len(pair) == 2:
                    return [_Sides(pair, (), pair[0], False)]
        return []

    def _line_head(self, clause: Clause) -> Party | None:
        """Return the partner that a line of a list names before its sentences («2. Шанхайская библиотека. Меморандум подписан …»)."""
        sentences = self.document.tokens.sentences
        for sentence in (clause.sentence - 1, clause.sentence - 2):
            if sentence < 0 or not self.context.same_paragraph(sentences[sentence][0], clause.first):
                return None
            first, last = sentences[sentence]
            here = self.context.within(first, last)
            if len(here) == 1 and self.context.bare(first, last):
                return here[0] if here[0] != self.context.base() else None
        return None

    def _named_before(self, clause: Clause) -> bool:
        assert clause.trigger is not None
        return any(
            record.kind == clause.trigger.kind and 0 <= clause.sentence - record.sentence <= 4 for record in self.records
        )

    def _partners(self, clause: Clause) -> list[tuple[Group, list[tuple[Party, Member]]]]:
        """Return the groups of partners ("with …") that belong to the trigger, with their parties."""
        trigger = clause.trigger
        assert trigger is not None
        groups = [group for group in clause.groups if group.role in ("with", "it")]
        groups = groups or [group for group in clause.groups if group.role == "item"]
        after = [group for group in groups if group.first >= trigger.last]
        before = [group for group in groups if group.last <= trigger.first]
        chosen = before or after if clause.language == "uz" else after or before
        if clause.language != "uz" and after:
            chosen = self._near(after, clause)
        elif len(chosen) > 1 and not trigger.plural and not self._alternating(chosen, clause):
            chosen = chosen[-1:]
        out = []
        for group in chosen:
            if group.role == "it":
                last = self.context.last_other(group.first)
                if last is not None:
                    out.append((group, [(last, Member(last, group.first))]))
                continue
            parties: list[tuple[Party, Member]] = []
            for member in group.members:
                party = self._party(member, {p for p, _ in parties})
                if group.role == "item":
                    member = replace(member, days=tuple(day.index for day in clause.days))
                if party is not None and party not in [p for p, _ in parties]:
                    parties.append((party, member))
            if parties:
                out.append((group, parties))
        return out

    def _near(self, groups: Sequence[Group], clause: Clause) -> list[Group]:
        """Return the first group after a trigger and those that go on with it («с А, с Б»)."""
        chosen = [groups[0]]
        for group in groups[1:]:
            between = [day for day in clause.days if chosen[-1].last <= day.first < group.first]
            verb = any(chosen[-1].last <= cue.first < group.first for cue in clause.cues)
            if not verb and group.first - chosen[-1].last <= 3 + sum(day.last - day.first + 1 for day in between):
                chosen.append(group)
            else:
                break
        return chosen

    def _alternating(self, groups: Sequence[Group], clause: Clause) -> bool:
        return all(later.first - earlier.last <= 12 for earlier, later in pairwise(groups))

    def _with(
        self, clause: Clause, partners: list[tuple[Group, list[tuple[Party, Member]]]], subject: tuple[Party, ...]
    ) -> list[_Sides]:
        trigger = clause.trigger
        assert trigger is not None
        flat = [pair for _, pairs in partners for pair in pairs]
        named = {party for party, _ in flat}
        own = tuple(party for party in subject if party not in named)
        explicit = bool(own)
        if not own:
            found = self._own(clause, named)
            own = () if found is None else (found,)
        if not own:
            return []
        states = [party for party in named if isinstance(party, str)]
        if states and not any(isinstance(party, str) for party in own):
            main = self.context.main_country() if self._has(clause, "INTERSTATE") else None
            if main is not None and main not in named:
                own = (main,)
            elif not explicit or len(states) == len(named):
                return []
        each = trigger.plural or len(partners) > 1 or any(group.each for group, _ in partners)
        each = each or sum(bool(member.days) for _, member in flat) > 1
        if clause.respectively and len(own) == len(flat) > 1:
            return [_Sides((mine, party), member.days, mine, True) for mine, (party, member) in zip(own, flat, strict=True)]
        if trigger.plural and len(own) > 1 and len(flat) == 1 and self._has(clause, "TWO"):
            return [_Sides((mine, flat[0][0]), (), mine, explicit) for mine in own]
        if not each:
            days = flat[0][1].days if len(flat) == 1 else ()
            return [_Sides((*own, *(party for party, _ in flat)), days, own[0], explicit)]
        spread = self._spread(clause, partners)
        return [_Sides((*own, party), member.days or spread.get(member.first, ()), own[0], explicit) for party, member in flat]

    def _ellipsis(
        self, clause: Clause, partners: Sequence[tuple[Group, list[tuple[Party, Member]]]], sides: Sequence[_Sides]
    ) -> list[_Sides]:
        """Return the partners that follow with a date each and no verb («…, с Прадо — в 2016 году»)."""
        assert clause.trigger is not None
        if not sides or sides[0].own is None or not any(cue.state == "signed" for cue in clause.cues):
            return []
        start = max([clause.trigger.last, *(group.last for group, _ in partners)])
        later = [group for group in clause.groups if group.role == "with" and group.first >= start]
        out: list[_Sides] = []
        for number, group in enumerate(later):
            end = later[number + 1].first if number + 1 < len(later) else clause.last
            days = [day for day in clause.days if group.last <= day.first < end]
            verbs = [cue for cue in clause.cues if group.last <= cue.first < end]
            parties = self._resolve(group, set())
            if verbs or len(days) != 1 or len(parties) != 1 or parties[0] in sides[0].parties:
                break
            out.append(_Sides((sides[0].own, parties[0]), (days[0].index,), sides[0].own, True))
        return out

    def _spread(self, clause: Clause, partners: Sequence[tuple[Group, list[tuple[Party, Member]]]]) -> dict[int, tuple[int, ...]]:
        """Return the date of each partner where dates and partners take turns («в 2008 году с А, в 2011 году с Б»)."""
        if clause.respectively:
            flat = [member for _, pairs in partners for _, member in pairs]
            loose = [day for day in clause.days if "/" not in self.dates[day.index].edtf]
            if len(loose) == len(flat):
                return {member.first: (day.index,) for member, day in zip(flat, loose, strict=True)}
            return {}
        groups = [(group.first, pairs[0][1].first) for group, pairs in partners if len(pairs) == 1]
        if len(groups) != len(partners) or len(groups) != len(clause.days) or len(groups) < 2:
            return {}
        days = [day.first for day in clause.days]
        starts = [first for first, _ in groups]
        order = sorted([(at, "d") for at in days] + [(at, "g") for at in starts])
        letters = "".join(letter for _, letter in order)
        if letters in ("dg" * len(groups), "gd" * len(groups)):
            return {key: (day.index,) for (_, key), day in zip(groups, clause.days, strict=True)}
        return {}

    def _resolve(self, group: Group, excluded: set[Party]) -> tuple[Party, ...]:
        """Return the parties of a group without repetition; () where one of them cannot be made out."""
        parties: list[Party] = []
        named: set[Party] = excluded | {member.party for member in group.members if member.party is not None}
        for member in group.members:
            party = self._party(member, named)
            if party is None:
                return ()
            if party not in parties:
                parties.append(party)
                named.add(party)
        return tuple(parties)

    def _party(self, member: Member, excluded: set[Party]) -> Party | None:
        if member.party is not None:
            return member.party
        if member.whose == "our":
            return self.context.ours(member.body, member.first, excluded)
        if member.whose == "your":
            return self.context.body(member.body, member.first, excluded | {self.context.base()})  # type: ignore[operator]
        return self.context.body(member.body, member.first, excluded)

    def _body(self, group: Group) -> str:
        return next((member.body for member in group.members if member.body), "any")

    def _last_states(self) -> tuple[Party, ...]:
        for record in reversed(self.records):
            if all(isinstance(party, str) for party in record.parties):
                return record.parties
        return ()

    def _own(self, clause: Clause, partners: set[Party]) -> Party | None:
        """Return the side that a clause leaves unsaid: our library, the museum, the one that the sentence begins with, the article's own."""
        context, at = self.context, clause.trigger.first if clause.trigger else clause.last
        for group in clause.groups:
            if group.role == "own":
                found = context.ours(self._body(group), group.first, partners)
                if found is not None:
                    return found
        for group in clause.groups:
            if group.role == "body" and group.members:
                found = context.body(group.members[0].body, group.first, partners)
                if found is not None:
                    return found
            elif group.role == "we":
                found = context.speaker(group.first, partners)
                if found is not None:
                    return found
            elif group.role == "pronoun":
                found = context.topic(group.first, partners)
                if found is not None:
                    return found
        found = context.opening(clause.sentence, partners) or self.reader.only_other(clause.sentence, partners)
        if found is not None:
            return found
        if self.barren == clause.sentence - 1:
            found = context.opening(self.barren, partners, anywhere=True)
            if found is not None:
                return found
        if self.records and self.records[-1].own not in partners and context.same_paragraph(self.records[-1].trigger[0], at):
            return self.records[-1].own
        base = context.base()
        chief = context.chief(at, partners)
        if chief is not None:
            return chief
        if base is not None and base not in partners:
            return base
        for record in reversed(self.records):
            if len(record.parties) == 2 and partners & set(record.parties):
                return next((party for party in record.parties if party not in partners), None)
        return context.topic(at, partners)

    # ------------------------------------------------------------ state and dates

    def _status(self, clause: Clause, shared: Clause | None, following: Clause | None) -> str | None:
        """Return the status that the text gives, None where it gives none."""
        states = {cue.state for cue in clause.cues} - {"none", "nothing"}
        if "ended" in states:
            return "ended"
        if "renewed" in states:
            return "renewed"
        if states & {"in_force", "entered"} and "planned" not in states:
            return "in_force"
        if "planned" in states or ("infinitive" in states and clause.language != "en"):
            if "signed" not in states:
                return "planned"
            near = {
                state: min(self._gap(cue.first, cue.last, clause) for cue in clause.cues if cue.state == state)
                for state in states & {"planned", "signed", "infinitive"}
            }
            return "signed" if near["signed"] <= min(gap for state, gap in near.items() if state != "signed") else "planned"
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
                found = self._status(other, None, None)
                if found in ("signed", "planned", "in_force"):
                    return found
        return None

    def _dates_of(self, clause: Clause, status: str) -> tuple[str | None, str | None]:
        """Return (signed, valid) as the dates of a clause give them."""
        signed: str | None = None
        valid: str | None = None
        bracketed = {index for group in clause.groups for member in group.members for index in member.days}
        for day in clause.days:
            edtf = self.dates[day.index].edtf
            if day.index in bracketed or day.role == "dateline":
                continue
            state = self._state_of(day, clause)
            begin, _, end = edtf.partition("/")
            if begin == ".." or (day.role == "until" and not end):
                if status not in ("planned",):
                    valid = valid or (edtf if end else f"../{edtf}")
            elif end == "..":
                if state in ("in_force", "entered", "standing", "past", "") and status in ("in_force", "ended", "renewed"):
                    valid = valid or edtf
            elif end:
                if day.role in ("span", "until", "dated") or state == "past" or (len(begin) == 4 and self._beside(day, clause, state)):
                    valid = valid or edtf
            elif day.role == "dated" and signed is None and status != "planned":
                signed = edtf
            elif state in ("signed", "signing", "infinitive") and status != "planned":
                signed = signed or edtf
            elif not clause.cues and status == "signed":  # the verb stands in the clause beside
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
        return best

    def _beside(self, day: Day, clause: Clause, state: str) -> bool:
        assert clause.trigger is not None
        return state in ("signed", "in_force", "ended", "renewed") or self._gap(day.first, day.last, clause) <= 4

    def _member_days(self, days: Sequence[int]) -> tuple[str | None, str | None]:
        """Return (signed, valid) of the dates that stand with one partner."""
        signed = valid = None
        for index in days:
            edtf = self.dates[index].edtf
            if "/" in edtf:
                valid = valid or edtf
            else:
                signed = signed or edtf
        return signed, valid

    def _has(self, clause: Clause, wanted: str) -> bool:
        return any(symbol == wanted for symbol, token in self.reader.symbols(clause.sentence) if clause.first <= token < clause.last)

    def _event_day(self, clause: Clause) -> str | None:
        """Return the day of the event at whose end the agreement was signed, where the passage tells it."""
        if not self._has(clause, "EVENT"):
            return None
        sentences = self.document.tokens.sentences
        floor = sentences[max(clause.sentence - 8, 0)][0]
        for date in reversed([date for date in self.dates if floor <= date.first < clause.first]):
            sentence = self.document.tokens.sentence[date.first]
            begin, end = sentences[sentence]
            near = clause.sentence - sentence <= 2 and self.context.same_paragraph(date.first, clause.first)
            if end - begin - (date.last - date.first) < 6 or (len(date.edtf) < 10 and not near) or ".." in date.edtf:
                continue
            return date.edtf if "/" not in date.edtf and "X" not in date.edtf else None
        return None

    # ------------------------------------------------------------ lists, repeated names

    def _line(self, sentence: int, clauses: Sequence[Clause], heading: Clause, own: Party | None) -> bool:
        """Read one line of a list under a heading; return whether it was one."""
        first, last = self.document.tokens.sentences[sentence]
        here = self.context.within(first, last)
        if not here or last - first > 60:
            return False
        if any(group.role in ("between",) for clause in clauses for group in clause.groups):
            for clause in clauses:
                if clause.trigger is not None:
                    clause.cues = clause.cues or heading.cues
                    clause.days = clause.days or heading.days
            self._sentence(clauses)
            return True
        if own is None or own in here:
            return False
        if len(clauses) > 1:
            return self._cells(clauses, heading, own)
        trigger = clauses[0].trigger or heading.trigger
        if trigger is None or trigger.denied or (clauses[0].trigger is None and not self.context.item(sentence)):
            return False
        status = self._status(clauses[0], heading, None) or "signed"
        days = tuple(day.index for day in clauses[0].days)
        signed, valid = self._member_days(days) if days else self._dates_of(heading, status)
        clause = Clause(trigger, first, last, clauses[0].language, sentence=sentence)
        named = self.reader.named(sentence)
        if len(named) > 1 and clauses[0].trigger is None:
            for partner, its in named:
                signed, valid = self._member_days(its) if its else self._dates_of(heading, status)
                self._emit(clause, _Sides((own, partner), its, own, True), trigger.kind, status, signed, valid, True)
            return True
        self._emit(clause, _Sides((own, here[0]), days, own, True), trigger.kind, status, signed, valid, True)
        return True

    def _cells(self, clauses: Sequence[Clause], heading: Clause, own: Party) -> bool:
        """Read a table that the layout has run into one line: partner, document, years, partner, …"""
        days = [day for clause in clauses for day in clause.days]
        begin = clauses[0].first
        found: list[tuple[Clause, int, list[Day]]] = []
        triggers = [clause.trigger for clause in clauses if clause.trigger is not None]
        for number, trigger in enumerate(triggers):
            here = self.context.within(begin, trigger.first)
            if len(here) != 1:
                return False
            end = triggers[number + 1].first if number + 1 < len(triggers) else clauses[-1].last
            begin = trigger.last
            found.append((clauses[number], here[0], [day for day in days if trigger.last <= day.first < end]))
        status = self._status(heading, None, None) or "signed"
        for clause, partner, its_days in found:
            indices = [day.index for day in its_days]
            signed, valid = self._member_days(indices) if indices else self._dates_of(heading, status)
            trigger = clause.trigger
            assert trigger is not None
            self._emit(clause, _Sides((own, partner), (), own, True), trigger.kind, status, signed, valid, True)
        return True

    def _goes_on(self, clause: Clause) -> None:
        """Read a sentence that goes on about the agreement before it («Он продлён до 2026 года»)."""
        pending = self.pending
        if pending is not None and pending.sentence == clause.sentence - 1:
            self.pending = None
            symbols = {symbol for symbol, _ in self.reader.symbols(clause.sentence)}
            signatories = [p for g in clause.groups if g.role in ("subject", "behalf", "opening") for p in self._resolve(g, set())]
            signatories = list(dict.fromkeys(signatories))
            told = "SIGNATURE" in symbols or (symbols & {"DOC", "IT"} and any(cue.state == "signed" for cue in clause.cues))
            if len(signatories) >= 2 and told:
                assert pending.trigger is not None
                signed, valid = self._dates_of(pending, "signed")
                side = _Sides(tuple(signatories), (), signatories[0], True)
                self._emit(pending, side, pending.trigger.kind, "signed", signed, valid, False)
                return
        if not self.records or self.records[-1].shared or clause.sentence - self.records[-1].sentence != 1:
            return
        symbols = [symbol for symbol, _ in self.reader.symbols(clause.sentence)[:3] if symbol not in ("THE", "W", "GEN", "NEW")]
        if not symbols or symbols[0] not in ("IT", "DOC", "ITS"):
            return
        self._update(self.records[-1], clause)

    def _again(self, clause: Clause, sides: Sequence[_Sides] = ()) -> None:
        """Read a later naming: what it adds to the agreement that was named before."""
        assert clause.trigger is not None
        wanted = {frozenset(side.parties) for side in sides}
        for record in reversed(self.records):
            if wanted and frozenset(record.parties) not in wanted:
                continue
            if clause.sentence - record.sentence > 12 or (not wanted and clause.sentence == record.sentence):
                return
            if _same_kind(record.kind, clause.trigger.kind) and not (record.shared and not clause.trigger.plural):
                self._update(record, clause)
                return

    def _update(self, record: _Record, clause: Clause) -> None:
        states = {cue.state for cue in clause.cues}
        if "none" in states or "nothing" in states or record.status == "planned":
            return
        if "ended" in states:
            record.status = "ended"
        elif "renewed" in states and record.status in ("signed", "in_force"):
            record.status = "renewed"
        signed, valid = self._dates_of(clause, record.status)
        if record.valid is None and valid is not None and (clause.cues or valid.startswith("..")):
            record.valid = valid
        if record.signed is None and "signed" in states:
            record.signed = signed

    def _emit(self, clause: Clause, side: _Sides, kind: str, status: str, signed: str | None, valid: str | None, shared: bool) -> None:
        trigger = clause.trigger
        assert trigger is not None
        parties = tuple(dict.fromkeys(side.parties))
        if len(parties) < 2:
            return
        if kind.startswith("deed"):
            states = all(isinstance(party, str) for party in parties)
            kind = "treaty" if states else "contract" if kind == "deed" else "agreement"
        if kind == "convention":
            if not all(isinstance(party, str) for party in parties):
                return
            kind = "treaty"
        if status == "planned":
            signed = None
        same = frozenset(parties)
        for record in reversed(self.records):
            if frozenset(record.parties) != same or not _same_kind(record.kind, kind):
                continue
            if status == "planned" and record.status != "planned":
                continue
            if record.status == "planned" and status != "planned":
                if record.kind != kind:
                    continue
                record.status = status
            if signed and record.signed and signed != record.signed:
                continue
            if (signed or valid) and record.kind != kind:
                continue
            if valid and record.valid and valid != record.valid:
                continue
            record.signed = record.signed or (signed if record.status != "planned" else None)
            record.valid = record.valid or valid
            if status in ("renewed", "ended"):
                record.status = status
            return
        evidence = [(trigger.first, trigger.last), *((group.first, group.last) for group in clause.groups)]
        evidence += [(cue.first, cue.last) for cue in clause.cues] + [(day.first, day.last) for day in clause.days]
        span = (trigger.first, trigger.last)
        self.records.append(
            _Record(span, kind, status, parties, signed, valid, trigger.rule, side.own, clause.sentence, shared, evidence)
        )


def _same_kind(one: str, two: str) -> bool:
    """Return whether two kinds can name one document: “agreement” may stand for each."""
    return one == two or "agreement" in (one, two) or one.startswith("deed") or two.startswith("deed")
