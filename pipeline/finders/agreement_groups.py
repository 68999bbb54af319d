"""Groups of parties in the sentences that speak of agreements: who is joined with whom, and in what part."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.finders.agreement_model import Clause, Group, Member
from pipeline.languages.grammar import Grammar, Match, Tags, grammar, tag
from pipeline.languages.lexicon import LANGUAGES, Reading
from pipeline.text.document import Document
from pipeline.text.folding import fold

__all__ = ["TRIGGERS", "GroupReader"]

TRIGGERS = ("TRIG", "TRIGS", "TRIGAMB", "TRIGWEAK")
NAMES = ("INST", "IMPL", "ALLUDED")  # what stands for an institution: a name, a member of a list, its city or people
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


def _token(tagged: tuple[str, int]) -> int:
    return tagged[1]


class GroupReader:
    """The wanted sentences of a document as tags. `known`: what the caller knows of tokens (INST, IMPL, DATE, STATE, PLACE)."""

    def __init__(self, document: Document, known: Mapping[int, Reading], wanted: Sequence[int]) -> None:
        self.document = document
        self.rules: Grammar = grammar("agreements")
        ranges = document.tokens.sentences
        self.tags: Tags = tag(document, self.rules, known, sentences=[ranges[k] for k in wanted])
        self.names = {code: name for name, code in self.rules.code.items()}
        self.matches: dict[int, list[Match]] = defaultdict(list)
        for match in self.rules.finditer(self.tags, document):
            language = document.languages[match.first]
            if language in LANGUAGES and match.rule.source.partition("/")[0] not in ("common", language):
                continue
            self.matches[document.tokens.sentence[match.first]].append(match)
        self._pointing = frozenset(map(fold, self.rules.lexicon.settings["pointing"]))
        self._symbols: dict[int, list[tuple[str, int]]] = {}
        self._unknown: dict[int, bool] = {}
        self._years: dict[int, str | None] = {}
        self._others: dict[int, list[tuple[int, bool]]] = {}
        self.groups: dict[int, list[Group]] = {}  # of the sentences read so far
        edge = self.rules.code["EDGE"]
        edges = [index for index, sign in enumerate(self.tags.string) if sign == edge]
        self.ranges = dict(zip(wanted, zip(edges[::2], edges[1::2], strict=True), strict=True))

    def symbol(self, index: int) -> str:
        """Return the symbol of tag `index`."""
        return self.names[self.tags.string[index]]

    def symbols(self, sentence: int) -> list[tuple[str, int]]:
        """Return (symbol, token) of each tag of a sentence."""
        known = self._symbols.get(sentence)
        if known is None:
            begin, end = self.ranges[sentence]
            known = [(self.symbol(index), self.tags.first[index]) for index in range(begin + 1, end)]
            self._symbols[sentence] = known
        return known

    def said(self, clause: Clause) -> list[str]:
        """Return the symbols of a clause."""
        symbols = self.symbols(clause.sentence)
        first = bisect_left(symbols, clause.first, key=_token)
        return [symbol for symbol, _ in symbols[first : bisect_left(symbols, clause.last, key=_token)]]

    def deed_after(self, clause: Clause) -> bool:
        """Return whether a clause says after its parties that the agreement is on a deed: “between A and B on the loan of …”."""
        if clause.trigger is None or clause.language == "uz":
            return False
        symbols = self.symbols(clause.sentence)
        for group in clause.groups:
            if group.role not in ("between", "with") or group.first - clause.trigger.last > 2:
                continue
            at = bisect_left(symbols, group.last, key=_token)
            after = [symbol for symbol, _ in symbols[at : at + 4]]
            while len(after) > 2 and after[1] in ("THE", "W"):
                del after[1]
            return after[:1] in (["ON"], ["PO"], ["FOR"]) and after[1:2] == ["DEED"]
        return False

    def only_other(self, sentence: int, excluded: set[int | str]) -> int | None:
        """Return the only institution of a sentence besides `excluded`, unless it is where something happens or who reports it."""
        found: int | None = None
        for entity, aside in self._outside(sentence):
            if entity in excluded:
                continue
            if aside or found is not None:
                return None
            found = entity
        return found

    def _outside(self, sentence: int) -> list[tuple[int, bool]]:
        """Return the institutions of a sentence that no group of partners holds, each once, and whether it is a place or a reporter there."""
        known = self._others.get(sentence)
        if known is not None:
            return known
        begin, end = self.ranges[sentence]
        partners = [group for group in self.groups.get(sentence, ()) if group.role in ("with", "between", "item")]
        taken = {token for group in partners for token in range(group.first, group.last)}
        others: dict[int, bool] = {}
        for k in range(begin + 1, end):
            reading = self.tags.readings[k]
            if reading is None or self.symbol(k) not in NAMES or self.tags.first[k] in taken:
                continue
            others.setdefault(int(reading.value), self._aside(k, reading))
        self._others[sentence] = list(others.items())
        return self._others[sentence]

    def _aside(self, k: int, reading: Reading) -> bool:
        """Return whether the institution of tag `k` is where something happens, who reports it or under whom it stands."""
        before, after = [self.symbol(j) for j in (k - 1, k - 2)], self.symbol(k + 1)
        return (
            "UNDER" in (*before, after)
            or "IN" in before[: 1 + (before[0] == "THE")]
            or "REPORT" in (*before, after)
            or before[0] in ("OF", "FROM")
            or before in (["THE", "OF"], ["THE", "FROM"])
            or reading.case in ("loc", "abl", "attr")
        )

    def strange(self, k: int) -> bool:
        """Return whether the verb at tag `k` has a subject before it that is no institution found: “the accountant signed”."""
        verb = self.tags.readings[k]
        if verb is None or verb.value == "passive":
            return False
        if self.document.languages[self.tags.first[k]] == "ru":
            after = k + 1
            while self.symbol(after) in ("ADV", "ALSO", "DATE"):
                after += 1
            if self.symbol(after) in ("BODY", "BODYS"):
                return True
        k -= 1
        while self.symbol(k) in ("ADV", "ALSO", "DATE", "HAVE", "PLACE", "IN", "DAT", "LOC"):
            k -= 1
        return self.symbol(k) in ("BODY", "BODYS", "CAP") and self.symbol(k - 1) not in ("TWO", "OUR")

    def acting(self, sentence: int) -> list[int]:
        """Return the institutions of a sentence, those alluded to included, that are not where something happens, who reports it or under whom it stands."""
        begin, end = self.ranges[sentence]
        found: dict[int, bool] = {}
        for k in range(begin + 1, end):
            reading = self.tags.readings[k]
            if reading is not None and self.symbol(k) in NAMES:
                before = [self.symbol(j) for j in (k - 1, k - 2)]
                place = "UNDER" in (*before, self.symbol(k + 1)) or "REPORT" in (*before, self.symbol(k + 1))
                place = place or "IN" in before[: 1 + (before[0] == "THE")] or reading.case in ("loc", "abl", "attr")
                found[int(reading.value)] = found.get(int(reading.value), False) or not place
        return [entity for entity, acts in found.items() if acts]

    def standing(self, sentence: int, at: int) -> list[tuple[int | None, str, int]]:
        """Return what stands for institutions in a sentence before token `at`: (entity, "", token), or (None, kind, token) of a common noun."""
        begin, end = self.ranges[sentence]
        found: list[tuple[int | None, str, int]] = []
        for k in range(begin + 1, end):
            token, reading = self.tags.first[k], self.tags.readings[k]
            if token >= at:
                break
            if reading is not None and self.symbol(k) in NAMES:
                found.append((int(reading.value), "", token))
            elif reading is not None and self.symbol(k) == "BODY" and not reading.plural and self._stands(k):
                found.append((None, reading.value, token))
        return found

    def counted(self, group: Group) -> int:
        """Return how many bodies a group counts: 2 for “the two museums”, 0 where the number is no small one."""
        begin, end = self.ranges[self.document.tokens.sentence[group.first]]
        for k in range(begin + 1, end):
            reading = self.tags.readings[k]
            if group.first <= self.tags.first[k] < group.last and reading is not None:
                if reading.symbol == "COUNT":
                    return int(reading.value) if reading.value.isdigit() else 0
        return 2

    def partner(self, sentence: int, entity: int | str | None) -> bool:
        """Return whether a sentence that was read names an entity as a partner."""
        groups = [group for group in self.groups.get(sentence, ()) if group.role in ("with", "between", "item")]
        return any(member.party == entity for group in groups for member in group.members)

    def unknown(self, sentence: int) -> bool:
        """Return whether a sentence seems to name an institution that nobody found: a capital, then “museum” or the like."""
        known = self._unknown.get(sentence)
        if known is None:
            begin, end = self.ranges[sentence]
            known = self._unknown[sentence] = any(
                self.symbol(k) == "CAP"
                and self.symbol(k + 1) == "BODY"
                and self.symbol(k + 2) not in ("OFFICE", "INST")
                for k in range(begin + 1, end - 1)
            )
        return known

    def year(self, sentence: int) -> str | None:
        """Return the only number of a line that can be a year, where no date was found in it: a cell of a table."""
        if sentence not in self._years:
            tagged = self.symbols(sentence)
            years = [token for symbol, token in tagged if symbol == "Y"]
            alone = len(years) == 1 and all(symbol != "DATE" for symbol, _ in tagged)
            self._years[sentence] = self.document.tokens.fold[years[0]] if alone else None
        return self._years[sentence]

    def named(self, sentence: int) -> list[tuple[int, tuple[int, ...]]]:
        """Return the institutions named in a line outside brackets, each with the dates that follow it."""
        begin, end = self.ranges[sentence]
        found: list[tuple[int, tuple[int, ...]]] = []
        depth = 0
        for k in range(begin + 1, end):
            symbol, reading = self.symbol(k), self.tags.readings[k]
            depth = max(depth + (symbol == "LPAR") - (symbol == "RPAR"), 0)
            if reading is None:
                continue
            if symbol in ("INST", "IMPL") and not depth and int(reading.value) not in [entity for entity, _ in found]:
                if self.symbol(k - 1) in ("INST", "IMPL"):  # one name in another: the parent is no partner of its own
                    if self.document.languages[self.tags.first[k]] == "uz":
                        found[-1] = (int(reading.value), found[-1][1])
                    continue
                found.append((int(reading.value), ()))
            elif symbol == "DATE" and found:
                found[-1] = (found[-1][0], (*found[-1][1], int(reading.value)))
        return found

    def has(self, clause: Clause, wanted: str) -> bool:
        """Return whether a clause holds a tag of this symbol."""
        return wanted in self.said(clause)

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
        inside = [k for k in range(match.begin, match.end) if self.tags.first[k] >= match.first]
        named = next(k for k in inside if self.symbol(k) in (*NAMES, "STATE", "BODY", "OURBODY"))
        before = [self.symbol(k) for k in range(max(named - 3, 0), named)]
        return "REPORT" in before and any(self.symbol(k) == "COMMA" for k in (named + 1, named + 2, named + 3))

    def _loose(self, match: Match) -> bool:
        """Return whether nothing but a comma joins the members of a list."""
        return not any(self.symbol(k) in ("AND", "SEMICOLON") for k in range(match.begin, match.end))

    def _end_of_first(self, match: Match) -> int:
        """Return the token where the first member of a list ends: its comma."""
        inside = [k for k in range(match.begin, match.end) if self.tags.first[k] >= match.first]
        named = next(k for k in inside if self.symbol(k) in (*NAMES, "STATE", "BODY", "OURBODY"))
        return next((self.tags.first[k] for k in inside if k > named and self.symbol(k) == "COMMA"), match.last)

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
                if symbol == "YOUR" and not any(self.symbol(j) in ("BODY", "OURBODY", "YOURBODY") for j in inside if j > k):
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

    def _stands(self, k: int) -> bool:
        """Return whether a noun stands for an institution itself, not before its name («компанией «Билиг»»)."""
        after = k + 1 + (self.symbol(k + 1) == "LQUOTE")
        if self.document.languages[self.tags.first[k]] == "uz" and self.symbol(after) in TRIGGERS:
            return False  # `nashriyot shartnomasi`: what kind of contract it is
        return self.symbol(after) not in NAMES and self.symbol(k + 1) != "OF"

    def _unnamed(self, k: int) -> bool:
        """Return whether a noun belongs to a name that nobody found: `Korning muzeyi`, «Музей Хамзы»."""
        if self.document.languages[self.tags.first[k]] == "ru":
            return self.symbol(k + 1) in ("CAP", "LQUOTE")
        return self.symbol(k - 1) == "CAP"

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
