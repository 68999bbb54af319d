"""Groups of parties in the sentences that speak of agreements: who is joined with whom, and in what part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.finders.agreement_model import Group, Member
from pipeline.finders.agreement_tags import NAMES, TRIGGERS, SentenceTags
from pipeline.languages.grammar import Match

__all__ = ["TRIGGERS", "GroupReader"]

_RANK = {  # which reading of the same words goes before
    role: rank
    for rank, roles in enumerate(
        (
            "item between us you relative mutual",
            "both",
            "with",
            "two behalf",
            "subject",
            "owner genitive",
            "it parties",
            "own we",
            "pronoun",
            "body",
            "opening",
        )
    )
    for role in roles.split()
}


class GroupReader(SentenceTags):
    """Reads the wanted sentences of a document into groups of parties."""

    def read_groups(self, matches: Iterable[Match]) -> list[Group]:
        """Return the groups of a sentence in order; of readings that overlap the surer one."""
        found = [match for match in matches if match.rule.values.get("is") == "group"]
        found.sort(key=lambda match: (_RANK[match.rule.values["role"]], match.first - match.last, match.first))
        groups: list[Group] = []
        taken: set[int] = set()
        for match in found:
            role = match.rule.values["role"]
            if not taken.isdisjoint(range(match.first, match.last)):
                continue
            if role == "subject" and not self._acts(match):
                continue
            members, repeated = self._members(match)
            if role in ("subject", "opening") and len(members) > 1 and self._reports(match):
                members = members[1:]  # “According to Azernews, A and B …”
            if len(members) < 2 and role in ("both", "genitive"):
                continue
            if not members and role in ("between", "with", "subject", "owner", "behalf"):
                continue
            if (
                role == "with"
                and all(member.party is None and not member.whose for member in members)
                and self._many(match)
            ):
                continue
            if role == "between" and len(members) == 1 and members[0].body and not members[0].whose:
                continue
            each = repeated or match.rule.values.get("each") == "true"
            last = match.last
            if match.rule.name == "with" and len(members) == 2 and not repeated and self._loose(match):
                last = self._end_of_first(
                    match
                )  # “under the agreement with A, B lends …”: what follows a bare comma acts
                members = members[:1]
            groups.append(Group(role, members, match.first, last, each, match.rule.name))
            taken.update(range(match.first, last))
        return sorted(groups, key=lambda group: group.first)

    def _reports(self, match: Match) -> bool:
        """Return whether the first name of a list is who reports: “according to” stands before it, a comma after it."""
        named = self._named(match)
        if named is None:
            return False
        before = [self.symbol(k) for k in range(max(named - 3, 0), named)]
        return "REPORT" in before and any(self.symbol(k) == "COMMA" for k in (named + 1, named + 2, named + 3))

    def _loose(self, match: Match) -> bool:
        """Return whether nothing but a comma joins the members of a list."""
        return not any(self.symbol(k) in ("AND", "SEMICOLON") for k in range(match.begin, match.end))

    def _end_of_first(self, match: Match) -> int:
        """Return the token where the first member of a list ends: its comma."""
        named = self._named(match)
        after = range(match.begin if named is None else named + 1, match.end)
        return next((self.tags.first[k] for k in after if self.symbol(k) == "COMMA"), match.last)

    def _named(self, match: Match) -> int | None:
        """Return the index of the first tag of a match that names or means a party by itself, None where only a pronoun or an office does."""
        inside = (k for k in range(match.begin, match.end) if self.tags.first[k] >= match.first)
        return next((k for k in inside if self.symbol(k) in (*NAMES, "STATE", "BODY", "OURBODY")), None)

    def _many(self, match: Match) -> bool:
        """Return whether a common noun is in the plural ("with libraries"): then it names nobody."""
        for k in range(match.begin, match.end):
            reading = self.tags.readings[k]
            if (
                match.first <= self.tags.first[k] < match.last
                and reading is not None
                and (reading.plural or reading.symbol == "BODYS")
            ):
                return True
        return self.document.languages[match.first] == "en" and self.symbol(match.begin + 1) != "THE"

    def _acts(self, match: Match) -> bool:
        """Return whether a list before a verb is what acts: not «в здании X подписан», not a name under a preposition."""
        if match.rule.name in ("subject-verb", "subject-first"):
            verb = self.tags.readings[match.end - 1]
            if verb is None or (verb.symbol == "SIGNED" and verb.value == "passive"):
                return False
            if self.symbol(match.end - 2) == "BE" and verb.value == "both":
                return False
            begin = next(k for k in range(match.begin, match.end) if self.tags.first[k] >= match.first)
            before = self.symbol(begin - 1)
            if before in ("IN", "WITH", "OF", "FROM", "ON", "FOR", "UNDER", "BETWEEN", "BY", "OFFICE", "COOP", "NEG"):
                return False
            if (
                self.document.languages[match.first] == "ru"
                and before == "W"
                and self.symbol(begin - 2) in ("IN", "ON", "FOR", "W", "FROM", "WITH", "UNDER", "OF")
            ):
                return False
        if match.rule.name == "agreement-of-list" and self.document.languages[match.first] == "uz":
            head = next((k for k in range(match.end - 1, match.begin, -1) if self.symbol(k) in TRIGGERS), None)
            reading = self.tags.readings[head] if head is not None else None
            return reading is not None and reading.possessive
        return True

    def _members(self, match: Match) -> tuple[tuple[Member, ...], bool]:
        """Return the parties named in a group's span, and whether its preposition is repeated."""
        members: list[Member] = []
        depth, repeated, whose, before, parted = 0, False, "", False, False
        after: dict[int, int] = {}  # a date without brackets, of each member
        inside = [k for k in range(match.begin, match.end) if match.first <= self.tags.first[k] < match.last]
        for k in inside:
            symbol, token, reading = self.symbol(k), self.tags.first[k], self.tags.readings[k]
            parted = parted or (not depth and symbol in ("COMMA", "SEMICOLON", "AND"))
            if symbol == "LPAR":
                depth += 1
            elif symbol == "RPAR":
                depth = max(0, depth - 1)
            elif symbol in ("WITH", "BUTALSO") and members:
                repeated = True
            elif symbol == "OUR":
                whose = "our"
                if not any(self.symbol(j) in ("BODY", "OURBODY", "YOURBODY") for j in inside if j > k):
                    members.append(Member(None, token, "any", "our"))
            elif symbol in ("YOUR", "THAT"):
                whose = symbol.lower()
                nouns = any(self.symbol(j) in ("BODY", "OURBODY", "YOURBODY") for j in inside if j > k)
                if symbol == "YOUR" and (not nouns or self.symbol(k + 1) in ("AND", "COMMA", "BILAN", "BETWEENAFTER")):
                    whose = ""
                    members.append(Member(None, token, "any", "your"))
            elif symbol in ("STATEWORD", "GOV", "PARTIES") and match.rule.values["role"] == "two":
                members.append(Member(None, token, "any" if symbol == "PARTIES" else "state"))
            elif symbol == "DATE" and reading is not None:
                day = int(reading.value)
                if members and depth and parted and members[-1].days:
                    continue  # of a name between that nobody found
                parted = False
                if members and depth:
                    members[-1] = replace(members[-1], days=(*members[-1].days, day))
                elif (members and self.symbol(k - 1) not in ("COMMA", "AND", "SEMICOLON", "ALSO")) or self._closes(
                    k, match
                ):
                    after[len(members) - 1] = day
                else:
                    after[len(members)] = day
                    before = True
            elif reading is None or depth:
                continue
            elif symbol in NAMES:
                entity = int(reading.value)
                if not (members and members[-1].party == entity):
                    members.append(Member(entity, token))
                    parted = False
            elif symbol == "STATE" and self._is_party(k, members):
                members.append(Member(f"country:{reading.value}", token))
            elif symbol in ("WE", "MIDST"):
                members.append(Member(None, token, "any", "our"))
            elif symbol in ("BODY", "OURBODY", "YOURBODY", "BODYS") and self._stands(k):
                if not whose and self.document.tokens.fold[token - 1] in self._pointing:
                    whose = "that"
                body = "unknown" if self._unnamed(k) and not whose else reading.value
                members.append(Member(None, token, body, {"OURBODY": "our", "YOURBODY": "your"}.get(symbol, whose)))
                whose = ""
        if before and 0 not in after:
            k = next(k for k in range(match.begin, match.end) if self.tags.first[k] >= match.first) - 1
            while self.symbol(k) in ("DASH", "LOC", "DAT"):
                k -= 1
            reading = self.tags.readings[k]
            if self.symbol(k) == "DATE" and reading is not None:
                after[0] = int(reading.value)
        if len(after) > 1:
            members = [replace(m, days=(*m.days, after[n])) if n in after else m for n, m in enumerate(members)]
        return tuple(members), repeated

    def _closes(self, k: int, match: Match) -> bool:
        """Return whether no member follows tag `k` in a group before the next comma: “A, 2015, and B, 2018”."""
        for j in range(k + 1, match.end):
            symbol = self.symbol(j)
            if symbol in (*NAMES, "STATE"):
                return False
            if symbol in ("COMMA", "SEMICOLON", "AND"):
                return True
        return True

    def _is_party(self, k: int, members: Sequence[Member]) -> bool:
        """Return whether a country's name is a party by itself, not where an institution sits."""
        before, after = self.symbol(k - 1), self.symbol(k + 1)
        if before == "IN" or after in ("INST", "IMPL", "ATTR", "LOC", "BODY"):
            return False
        if after in ("W", "CAP"):
            return self._names_document(k + 1)
        if after == "GEN" and self.symbol(k + 2) in ("INST", "BODY", "W", "CAP"):
            return False
        if not members or before in ("GOV", "AND", "OF", "BILAN", "BETWEEN"):
            return True
        return isinstance(members[-1].party, str)

    def _names_document(self, k: int) -> bool:
        """Return whether nothing but its own words stands between tag `k` and an agreement's noun (`madaniy hamkorlik dasturi`)."""
        if self.document.languages[self.tags.first[k]] != "uz":
            return False
        while self.symbol(k) in ("W", "COOP", "NEW", "NAT"):
            k += 1
        return self.symbol(k) in TRIGGERS
