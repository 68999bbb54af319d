"""Who the parties of an agreement are: from its clause outward to the sentence, the passage and the article's own institution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_model import Clause, Group, Member, Party, Record, Sides
from pipeline.finders.agreement_owners import Owners, body_of
from pipeline.finders.agreement_tags import NAMES
from pipeline.text.document import Document

__all__ = ["Parties"]


class Parties:
    """Finds the parties of clauses. `records` is the list that the finder fills; `intervals`: which dates are none of a day, month or year."""

    def __init__(
        self, document: Document, reader: Reader, context: Context, records: list[Record], intervals: frozenset[int]
    ) -> None:
        self.document, self.reader, self.context, self.records, self.intervals = (
            document,
            reader,
            context,
            records,
            intervals,
        )
        self.owners = Owners(reader, context, records)

    def subject(self, clause: Clause) -> tuple[Party, ...]:
        """Return who acts in a clause, where it says so by name."""
        for role in ("owner", "relative", "subject", "behalf"):
            for group in clause.groups:
                if group.role == role:
                    parties = self.resolve(group, set())
                    if parties:
                        return parties
        return ()

    def sides(self, clause: Clause, subject: tuple[Party, ...]) -> list[Sides]:
        """Return the agreements that a clause tells of, each with its parties."""
        found = self._sides(clause, subject)
        trigger = clause.trigger
        if trigger is None or trigger.sides < 3 or trigger.plural:
            return found
        joint = tuple(dict.fromkeys(party for side in found for party in side.parties))
        base = self.context.base()
        if len(joint) == trigger.sides - 1 and base is not None and base not in joint and self._we(clause.sentence):
            joint = (base, *joint)
        if len(joint) == trigger.sides - 1:
            others = [party for party in self.reader.acting(clause.sentence) if party not in joint]
            joint = (*joint, *others) if len(others) == 1 else joint
        return [replace(found[0], parties=joint, days=())] if len(joint) in (trigger.sides, 2) else found

    def _we(self, sentence: int) -> bool:
        """Return whether a sentence speaks in the first person."""
        return any(
            symbol in ("WE", "US", "WESIGNED", "WESIGN", "OUR", "OURBODY")
            for symbol, _ in self.reader.symbols(sentence)
        )

    def _sides(self, clause: Clause, subject: tuple[Party, ...]) -> list[Sides]:
        trigger = clause.trigger
        assert trigger is not None
        out: list[Sides] = []
        for group in clause.groups:
            if group.role == "mutual":
                parties = self._mutual(group, clause)
                return [Sides(parties, (), parties[0], True)] if parties else []
            if group.role in ("between", "both"):
                parties = self.resolve(group, set())
                if len(group.members) == 1 and group.members[0].whose == "our":
                    parties = self.context.ours_and_other(group.members[0].body, group.first)
                if len(parties) >= 2:
                    mine = next((party for party in parties if party == self.context.home), parties[0])
                    out.append(Sides(parties, (), mine, True))
        if out:
            return out
        for group in clause.groups:
            if group.role == "two":
                number = self.reader.counted(group)
                named = self.context.several(body_of(group), trigger.first, number, self._last_states())
                if len(named) == number > 1:
                    named = (*named, *self._third(clause, group, named))
                    return [Sides(named, (), named[0], True)]
        if self.reader.has(clause, "TALKS") and clause.language != "uz":
            talks = [group for group in clause.groups if group.role == "with"]
            if len(talks) == 2 and talks[0].last <= trigger.first < trigger.last <= talks[1].first:
                both = tuple(dict.fromkeys(party for group in talks for party in self.resolve(group, set())))
                return [Sides(both, (), both[0], True)] if len(both) == 2 else []
        partners = self._partners(clause)
        if partners:
            sides = self._with(clause, partners, subject)
            return [*sides, *self._ellipsis(clause, partners, sides)]
        acting = [group for group in clause.groups if group.role == "subject"]
        stranger = self.reader.stranger(clause)
        for group in acting:
            if stranger and group.last <= trigger.first:
                continue  # two act, and the agreement is with somebody else
            parties = self.resolve(group, set())
            if len(parties) >= 2:
                return [Sides(parties, (), parties[0], True)]
        first = [group for group in clause.groups if group.role == "we"]
        if first and len(acting) == 1 and clause.says("signed", "planned"):
            us = self.context.speaker(first[0].first, set(subject))
            if us is not None and len(subject) == 1:
                return [Sides((us, *subject), (), us, True)]
        for group in clause.groups:
            told = clause.says("signed", "planned", "renewed", "ended", "in_force", "past", "expires")
            if group.role == "genitive" and told and not any(g.role == "with" for g in clause.groups):
                parties = self.resolve(group, set())
                if len(parties) >= 2:
                    return [Sides(parties, (), parties[0], True)]
        behalf = [party for group in clause.groups if group.role == "behalf" for party in self.resolve(group, set())]
        if len(set(behalf)) >= 2:
            return [Sides(tuple(dict.fromkeys(behalf)), (), behalf[0], True)]
        stands = [cue for cue in clause.cues if cue.state == "standing" and clause.gap(cue.first, cue.last) <= 3]
        if stands and not trigger.plural and not any(g.role in ("with", "between", "pronoun") for g in clause.groups):
            here = self.context.within(clause.first, clause.last)
            told = clause.says("signed", "ended", "renewed", "in_force")
            dated = told or any(day.role == "dated" for day in clause.days)
            if len(here) == 2 and dated:
                return [Sides(tuple(here), (), here[0], False)]
        if any(g.role == "pronoun" for g in clause.groups) and not any(
            g.role in ("with", "between") for g in clause.groups
        ):
            for group in self.reader.groups[clause.sentence]:
                if (
                    group.role in ("opening", "subject", "between")
                    and len(group.members) > 1
                    and group.last <= trigger.first
                ):
                    parties = self.resolve(group, set())
                    if len(parties) >= 2 and clause.cues:
                        return [Sides(parties, (), parties[0], True)]
        if (
            self.reader.has(clause, "CORRESPONDING")
            and clause.cues
            and not any(g.role in ("with", "between") for g in clause.groups)
        ):
            here = self.context.within(self.document.tokens.sentences[clause.sentence][0], trigger.first)
            if len(here) == 2:
                return [Sides(tuple(here), (), here[0], False)]
        said = self.reader.said(clause)
        met = "EVENT" in said and (
            "WITH" not in said or not {"PARTNER", "GUEST"}.isdisjoint(said)
        )  # not “with the electrician”
        if met and not clause.groups and clause.says("signed", "signing"):
            pair = (
                self.context.parties(trigger.first, witnessed=self.reader.has(clause, "WITNESS"))
                if not self._named_before(clause)
                else ()
            )
            if len(pair) == 2:
                return [Sides(pair, (), pair[0], False)]
        if not acting and not subject and not clause.groups:
            partner = self._line_head(clause)
            if partner is not None and self.context.base() is not None:
                own = self.context.base()
                assert own is not None
                return [Sides((own, partner), (), own, False)]
        if len(subject) >= 2 and not acting and clause.cues and not self.reader.stranger(clause):
            return [Sides(subject, (), subject[0], True)]
        for group in clause.groups:
            if group.role == "opening" and clause.says("signed") and not self.reader.stranger(clause):
                parties = self.resolve(group, set())
                if len(parties) >= 2:
                    return [Sides(parties, (), parties[0], True)]
        if any(group.role == "parties" for group in clause.groups) and clause.says("signed", "planned"):
            if not self._named_before(clause):
                pair = self.context.parties(trigger.first, witnessed=self.reader.has(clause, "WITNESS"))
                if len(pair) == 2:
                    return [Sides(pair, (), pair[0], False)]
        return []

    def _mutual(self, group: Group, clause: Clause) -> tuple[Party, ...]:
        """Return who is meant by “between us”, “between them”: we and the last one named; the two that stand before."""
        if group.members:
            us = self.context.ours("any", group.first, set())
            other = self.context.last_other(group.first)
            return () if us is None or other is None or us == other else (us, other)
        here = self.reader.standing(clause.sentence, group.first)
        found: list[Party] = []
        for entity, body, token in here:
            party = entity if entity is not None else self.context.body(body, token, set(found))
            if party is not None and party not in found:
                found.append(party)
        if len(found) < 2:
            found = [*(p for p in self.context.around(clause.sentence, 2) if p not in found), *found]
        return tuple(found) if len(found) == 2 else ()

    def _third(self, clause: Clause, group: Group, named: tuple[Party, ...]) -> tuple[Party, ...]:
        """Return who signs beside “both museums”: “and by the university”, “the third party”; () where nobody is said to."""
        symbols = self.reader.symbols(clause.sentence)
        after = [symbol for symbol, token in symbols if token >= group.last][:4]
        joined = after[:1] == ["AND"] and any(symbol in NAMES for symbol in after[1:])
        third = any(symbol == "THIRD" for symbol, _ in symbols)
        others = tuple(party for party in self.reader.acting(clause.sentence) if party not in named)
        return others if (joined or third) and len(others) == 1 else ()

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
            record.agreement.kind == clause.trigger.kind and 0 <= clause.sentence - record.sentence <= 4
            for record in self.records
        )

    def _partners(self, clause: Clause) -> list[tuple[Group, list[tuple[Party, Member]]]]:
        """Return the groups of partners ("with …") that belong to the trigger, with their parties."""
        trigger = clause.trigger
        assert trigger is not None
        groups = [group for group in clause.groups if group.role in ("with", "it", "us", "you")]
        groups = groups or [group for group in clause.groups if group.role == "item"]
        after = [group for group in groups if group.first >= trigger.last]
        before = [group for group in groups if group.last <= trigger.first]
        chosen = before or after if clause.language == "uz" else after or before
        if clause.language != "uz" and before and after and self._precedes(before[-1], after[0], clause):
            chosen, after = before[-1:], []
        if clause.language != "uz" and after:
            chosen = self._near(after, clause)
        elif len(chosen) > 1 and not trigger.plural and not self._alternating(chosen, clause):
            chosen = chosen[-1:]
        out = []
        for group in chosen:
            if group.role == "us" and clause.says("signed", "planned", "renewed", "ended", "in_force"):
                us = self.context.speaker(group.first, set(self.subject(clause)))
                if us is not None:
                    out.append((group, [(us, Member(us, group.first))]))
                continue
            if group.role == "you":
                you = self.context.addressee()
                if you is not None:
                    out.append((group, [(you, Member(you, group.first))]))
                continue
            if group.role == "it":
                last = self.context.last_other(group.first)
                if last is not None:
                    out.append((group, [(last, Member(last, group.first))]))
                continue
            parties: list[tuple[Party, Member]] = []
            for member in group.members:
                party = self._party(member, {p for p, _ in parties})
                if group.role == "item" and len(group.members) == 1:
                    several = len(clause.days) > 1 and any(cue.state in ("ended", "renewed") for cue in clause.cues)
                    member = replace(member, days=tuple(day.index for day in clause.days[: 1 if several else None]))
                if party is not None and party not in [p for p, _ in parties]:
                    parties.append((party, member))
            if parties:
                out.append((group, parties))
            elif clause.language == "uz" and group is chosen[-1]:
                return []  # whom the agreement is with has not been found
        return out

    def _precedes(self, before: Group, after: Group, clause: Clause) -> bool:
        """Return whether a partner stands right before the trigger and the next one only after the verb: «С А соглашение подписано …, с Б — …»."""
        assert clause.trigger is not None
        verb = any(clause.trigger.last <= cue.first < after.first for cue in clause.cues)
        return verb and clause.trigger.first - before.last <= 4

    def _near(self, groups: Sequence[Group], clause: Clause) -> list[Group]:
        """Return the first group after a trigger and those that go on with it («с А, с Б»)."""
        chosen = [groups[0]]
        for group in groups[1:]:
            between = [day for day in clause.days if chosen[-1].last <= day.first < group.first]
            verb = any(chosen[-1].last <= cue.first < group.first for cue in clause.cues)
            if not verb and group.first - chosen[-1].last <= 5 + sum(day.last - day.first + 1 for day in between):
                chosen.append(group)
            else:
                break
        return chosen

    def _alternating(self, groups: Sequence[Group], clause: Clause) -> bool:
        return all(later.first - earlier.last <= 12 for earlier, later in pairwise(groups))

    def _with(
        self, clause: Clause, partners: list[tuple[Group, list[tuple[Party, Member]]]], subject: tuple[Party, ...]
    ) -> list[Sides]:
        trigger = clause.trigger
        assert trigger is not None
        flat = [pair for _, pairs in partners for pair in pairs]
        named = {party for party, _ in flat}
        own = tuple(party for party in subject if party not in named)
        explicit = bool(own)
        if not own:
            found = self.owners.own(clause, named)
            own = () if found is None else (found,)
        if not own:
            return []
        states = [party for party in named if isinstance(party, str)]
        if states and not any(isinstance(party, str) for party in own):
            main = self.context.main_country() if self.reader.has(clause, "INTERSTATE") else None
            if main is not None and main not in named:
                own = (main,)
            elif not explicit or len(states) == len(named):
                return []
        each = trigger.plural or len(partners) > 1 or any(group.each for group, _ in partners)
        each = each or sum(bool(member.days) for _, member in flat) > 1
        if clause.respectively and len(own) == len(flat) > 1:
            return [
                Sides((mine, party), member.days, mine, True) for mine, (party, member) in zip(own, flat, strict=True)
            ]
        if trigger.plural and len(own) > 1 and len(flat) == 1 and self.reader.has(clause, "TWO"):
            return [Sides((mine, flat[0][0]), (), mine, explicit) for mine in own]
        if not each:
            days = flat[0][1].days if len(flat) == 1 else ()
            return [Sides((*own, *(party for party, _ in flat)), days, own[0], explicit)]
        spread = self._spread(clause, partners)
        return [
            Sides((*own, party), member.days or spread.get(member.first, ()), own[0], explicit)
            for party, member in flat
        ]

    def _ellipsis(
        self, clause: Clause, partners: Sequence[tuple[Group, list[tuple[Party, Member]]]], sides: Sequence[Sides]
    ) -> list[Sides]:
        """Return the partners that follow with a date each and no verb («…, с Прадо — в 2016 году»)."""
        assert clause.trigger is not None
        if not sides or sides[0].own is None or not clause.says("signed"):
            return []
        start = max([clause.trigger.last, *(group.last for group, _ in partners)])
        later = [group for group in clause.groups if group.role == "with" and group.first >= start]
        out: list[Sides] = []
        for number, group in enumerate(later):
            end = later[number + 1].first if number + 1 < len(later) else clause.last
            days = [day for day in clause.days if group.first <= day.first < end]
            verbs = [cue for cue in clause.cues if group.last <= cue.first < end]
            parties = self.resolve(group, set())
            if verbs or len(days) != 1 or not parties or set(parties) & set(sides[0].parties):
                break
            out += [Sides((sides[0].own, party), (days[0].index,), sides[0].own, True) for party in parties]
        return out

    def _spread(
        self, clause: Clause, partners: Sequence[tuple[Group, list[tuple[Party, Member]]]]
    ) -> dict[int, tuple[int, ...]]:
        """Return the date of each partner where dates and partners take turns («в 2008 году с А, в 2011 году с Б»)."""
        if clause.respectively:
            flat = [member for _, pairs in partners for _, member in pairs]
            loose = [day for day in clause.days if day.index not in self.intervals]
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

    def resolve(self, group: Group, excluded: set[Party]) -> tuple[Party, ...]:
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

    def meant(self, member: Member) -> Party | None:
        """Return the party that one member of a group stands for, None where it cannot be made out."""
        return self._party(member, set())

    def _party(self, member: Member, excluded: set[Party]) -> Party | None:
        if member.party is not None:
            return member.party
        if member.whose == "our":
            return self.context.ours(member.body, member.first, excluded)
        if member.whose == "that":
            return self.context.last_other(member.first, member.body)
        if member.whose == "your":
            you = self.context.addressee()
            if you is not None and you not in excluded:
                return you
            base = self.context.base()
            return self.context.body(member.body, member.first, excluded if base is None else excluded | {base})
        return self.context.body(member.body, member.first, excluded)

    def _last_states(self) -> tuple[Party, ...]:
        for record in reversed(self.records):
            if all(isinstance(party, str) for party in record.agreement.parties):
                return record.agreement.parties
        return ()
