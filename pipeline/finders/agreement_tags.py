"""The sentences that speak of agreements as tags, and what they say by them: who stands in them, in which part, and what is named again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.finders.agreement_model import Clause, Group, Trigger, same_kind
from pipeline.languages.grammar import Grammar, Match, Tags, grammar, tag
from pipeline.languages.lexicon import LANGUAGES, Reading
from pipeline.text.document import Document
from pipeline.text.folding import fold

__all__ = ["NAMES", "TRIGGERS", "SentenceTags"]

TRIGGERS = ("TRIG", "TRIGS", "TRIGAMB", "TRIGWEAK")
_KNOWN_BEFORE = frozenset(  # what a partner known by other words ends in, before `bilan`
    ("PARTIES", "PARTNER", "IT", "WE", "YOUR", "OURBODY", "YOURBODY", "TRIG", "INST", "ALLUDED", "IMPL", "SIGNATURE")
)
NAMES = ("INST", "IMPL", "ALLUDED")  # what stands for an institution: a name, a member of a list, its city or people


@cache
def _again() -> tuple[str, ...]:
    """Return the folded words for “this”, “the said” before an agreement named again."""
    return tuple(fold(word) for word in grammar("agreements").lexicon.settings["again"])


def _token(tagged: tuple[str, int]) -> int:
    return tagged[1]


class SentenceTags:
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
        while self.symbol(k) in ("ADV", "ALSO", "DATE", "HAVE", "IN", "DAT", "LOC"):
            k -= 1
        if self.symbol(k) == "WHICH" or self.document.tokens.fold[self.tags.first[k]] == "that":
            return self.symbol(k - 1 - (self.symbol(k - 1) == "COMMA")) not in (
                *NAMES,
                *TRIGGERS,
                "EDGE",
            )  # “the theatres that signed”
        noun = k
        while self.symbol(k) in ("PLACE", "STATE", "STATEWORD", "OF", "THE", "NAT"):
            k -= 1
        counted = k == noun and self.symbol(k - 1) in ("TWO", "OUR")  # not “two firms of Almaty”
        return self.symbol(k) in ("BODY", "BODYS", "CAP") and not counted

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

    def same(self, clause: Clause, earlier: Trigger) -> bool:
        """Return whether a clause names the agreement of an earlier clause again: `shartnomaga muvofiq …, ushbu shartnomani`."""
        assert clause.trigger is not None
        at = clause.trigger.first
        again = self.document.tokens.fold[at - 1] in _again() if at else False
        return again and earlier.last <= at and same_kind(earlier.kind, clause.trigger.kind)

    def stranger(self, clause: Clause) -> bool:
        """Return whether somebody unknown is the partner that an Uzbek clause names before its agreement: `ota-onalar bilan`."""
        assert clause.trigger is not None
        grouped = {k for group in clause.groups for k in range(group.first, group.last + 1)}
        symbols = self.symbols(clause.sentence)
        return clause.language == "uz" and any(
            symbol in ("BILAN", "BETWEENAFTER")
            and clause.first <= token < clause.trigger.first
            and token not in grouped
            and symbols[max(number - 1, 0)][0] not in _KNOWN_BEFORE
            for number, (symbol, token) in enumerate(symbols)
        )

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

    def span(self, sentence: int) -> str | None:
        """Return the only two years of a line, joined by a dash, where no date was found in it: `2018/2023`."""
        tagged = self.symbols(sentence)
        signs = [symbol for symbol, _ in tagged]
        at = signs.index("Y") if signs.count("Y") == 2 and "DATE" not in signs else -1
        if at < 0 or signs[at : at + 3] != ["Y", "DASH", "Y"]:
            return None
        begin, end = (self.document.tokens.fold[tagged[k][1]] for k in (at, at + 2))
        return f"{begin}/{end}" if begin < end else None

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
