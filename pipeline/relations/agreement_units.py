"""What may name an agreement, one unit each: a trigger with its clause, or a line of a list under a heading; and who is named near it, and how.

A unit is asked about whatever the rules made of it: they may have found no parties, or no state. Windows and candidates are bounded, so time is linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.agreement_hearing import Hearing
from pipeline.finders.agreement_model import Clause, Group, Party, Trigger
from pipeline.finders.agreement_tags import NAMES
from pipeline.finders.parts import settings
from pipeline.relations.concepts import Concepts
from pipeline.text.tokens import Gap, Kind

__all__ = ["CANDIDATES", "Occurrence", "Scene", "Unit"]

CANDIDATES = 12  # parties that are weighed for the first pair of a unit
_KNOWN = 9  # of them for standing near, or as what the article is about
_NEAREST = 7  # of them for standing near
_RECENT = 3  # institutions named last before the sentences looked at
_FITTING = 2  # further ones of the kind that a noun of the clause asks for
_OFTEN = 3  # institutions named most
_LOOK = 60  # mentions looked back upon for them
_LISTED = 40  # partners that one sentence may list
_LIST = 60  # lines below a heading
_GAP = 2  # lines of a list that name nobody
_LINE = 40  # tokens of a line
_SENTENCE = 250  # tokens of a sentence that are looked at
_FAR = 150  # tokens from a trigger to a group of its sentence
_OFFSETS = (0, -1, -2, 1)  # sentences looked at
_ABOVE = (1, 2)  # sentences over the heading of a list
_BETWEEN = 2
_BESIDE = 4  # clauses of a sentence on either side
_NO_BREAK = 9  # of parties of another sentence
_LIKE = 4  # tags between “such” and a trigger
_WORD = 7  # code points of a neighbouring word
_STRONG = frozenset("between with both item two mutual genitive behalf owner relative subject".split())
_LEVELS = {"C": 0, "S": 1, "h": 1, "-1": 2, "h-1": 2, "-2": 3, "h-2": 3, "1": 4, "f": 5}
_OPENING = 3  # sentences in which the date of a report stands
_DATELINE = 5  # words beside it on its line


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place (tokens [first, last)) where a candidate is named or meant.

    `where`: C in the unit's clause, S in its sentence, h in the heading, f named before all these, else how many sentences off; `part`: what `Cast` says of it; `role` and `rule`:
    the group of the rules it stands in; `how`: n by name, p by a place, c by a common noun, a by allusion, s a state, g… by what a group resolves;
    `left`, `right`: the words beside it; `ending`: of its last word; `between`: triggers between it and the unit's; `parted`: the strongest break between.
    """

    party: Party
    first: int
    last: int
    where: str
    part: str
    how: str
    role: str
    rule: str
    each: bool
    side: str
    gap: int
    left: str
    right: str
    ending: str
    between: int
    parted: int

    def key(self) -> tuple[int, bool, int]:
        """Return what orders occurrences: the surest place first."""
        return _LEVELS.get(self.where, 3), self.role not in _STRONG, self.gap


@dataclass(frozen=True, slots=True)
class Unit:
    """One trigger with its clause (`line`: a line of a list, whose trigger stands in its `heading`); `clauses`: all of its sentence."""

    line: bool
    clause: Clause
    trigger: Trigger
    sentence: int
    heading: Clause | None
    number: int
    clauses: tuple[Clause, ...]
    language: str

    @property
    def beside(self) -> tuple[Clause, ...]:
        """The clauses of the sentence near this one, itself included."""
        return self.clauses[max(self.number - _BESIDE, 0) : self.number + _BESIDE + 1]

    @property
    def first(self) -> int:
        """The token from which distances are counted."""
        return self.clause.first if self.line else self.trigger.first

    @property
    def last(self) -> int:
        """The token to which distances are counted."""
        return self.clause.first if self.line else self.trigger.last


def _first(group: Group) -> int:
    return group.first


class Scene:
    """A document as the judge of agreements sees it."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.document, self.tokens, self.reader = hearing.document, hearing.document.tokens, hearing.reader
        self.wanted = frozenset(hearing.wanted)
        self._clauses: dict[int, list[Clause]] = {}
        self._actors: dict[int, list[Actor]] = {}

    @cached_property
    def cast(self) -> Cast:
        """Who takes part in the sentences; made when first asked for."""
        heard = self.hearing
        return Cast(heard.document, heard.mentions, heard.home, heard.places, heard.countries, heard.kinds)

    @cached_property
    def concepts(self) -> Concepts:
        """What the words of the document tell, those of names apart."""
        return Concepts(self.document, ((mention.first, mention.last) for mention in self.cast.mentions))

    @cached_property
    def named(self) -> Counter[int]:
        """How often each institution is named."""
        return Counter(mention.entity for mention in self.cast.mentions)

    @cached_property
    def rank(self) -> dict[int, int]:
        """The place of each institution among those named most."""
        return {entity: rank for rank, (entity, _) in enumerate(self.named.most_common())}

    @cached_property
    def opening(self) -> frozenset[int]:
        """The institutions that the first sentence names."""
        last = self.tokens.sentences[0][1]
        return frozenset(mention.entity for mention in self.cast.mentions if mention.first < last)

    @cached_property
    def home(self) -> int | None:
        """The article's own institution."""
        return self.cast.home if self.cast.home is not None else self.hearing.context.home

    @cached_property
    def dateline(self) -> int | None:
        """The short line at the beginning that has the date of the report, and nothing of agreements; None where more lines are dated so: that is a chronicle."""
        tokens, dated = self.tokens, dict[int, None]()
        for date in self.hearing.dates:
            sentence = tokens.sentence[date.first]
            begin, end = tokens.sentences[sentence]
            beside = sum(
                tokens.kind[k] is Kind.WORD
                for k in (*range(begin, min(date.first, begin + _LINE)), *range(date.last, min(end, date.last + _LINE)))
            )
            if beside <= _DATELINE and (end == len(tokens) or tokens.gap[end] is Gap.BREAK):
                dated[sentence] = None
        first = next(iter(dated), None)
        alone = len(dated) == 1 and first is not None and first < _OPENING and first not in self.wanted
        return first if alone else None

    def language(self, index: int) -> str:
        """Return the language of a token, English where it is none of hamkor's."""
        language = self.document.languages[index]
        return language if language in ("uz", "ru", "en") else "en"

    def clauses(self, sentence: int) -> list[Clause]:
        """Return the clauses of a wanted sentence. Kept."""
        if sentence not in self._clauses:
            self._clauses[sentence] = self.reader.clauses(sentence)
        return self._clauses[sentence]

    def who(self, party: Party) -> str:
        """Return what a party is to the article: K a state, H its own institution, P who speaks in it, O another one."""
        if isinstance(party, str):
            return "K"
        if party in (self.cast.home, self.hearing.context.home):
            return "H"
        return "P" if party == self.cast.speaker else "O"

    def may_be(self, party: Party, body: str) -> bool:
        """Return whether a common noun for an institution ("any": every one of them) may mean a party, by its name or by what is known of it."""
        if isinstance(party, str) or body in ("", "any"):
            return not isinstance(party, str)
        kinds = self.hearing.kinds
        return self.hearing.context.bodies.is_a(party, body) or (party < len(kinds) and kinds[party] == body)

    def names(self, sentence: int) -> int:
        """Return how many institutions a sentence names."""
        return len(self.hearing.context.within(*self.tokens.sentences[sentence]))

    def again(self, unit: Unit, sentence: int) -> str:
        """Return how another sentence may speak of the agreement of a unit: "T" by a trigger of its kind, "t" by one of another kind, "P" by a word for
        papers, "-" not at all; and whether it names an institution that the unit's own sentence does not name ("N")."""
        triggers = [c.trigger for c in self.clauses(sentence) if c.trigger] if sentence in self.wanted else []
        if triggers:
            how = "T" if any(trigger.kind == unit.trigger.kind for trigger in triggers) else "t"
        else:
            how = "P" if "paper" in self.concepts.sentence(sentence)[1] else "-"
        context = self.hearing.context
        own = set(context.within(*self.tokens.sentences[unit.sentence]))
        return how + "N" * (not own.issuperset(context.within(*self.tokens.sentences[sentence])))

    def likewise(self, unit: Unit) -> bool:
        """Return whether the sentence of a unit speaks of papers of one kind up to its trigger: “such agreements”, «бу каби муҳим шартномалар»."""
        tags = self.reader.tags
        heads = (clause.trigger.first for clause in unit.clauses[: unit.number + 1] if clause.trigger is not None)
        before = (range(max(k - _LIKE, 0), k) for k in (bisect_left(tags.first, head) for head in heads))
        return any(
            (reading := tags.readings[k]) is not None and reading.symbol == "SUCH" for near in before for k in near
        )

    def stems(self, first: int, last: int) -> list[str]:
        """Return the first six code points of each word of tokens [first, last)."""
        kinds, folds = self.tokens.kind, self.tokens.fold
        return [folds[k][:6] for k in range(max(first, 0), min(last, len(folds))) if kinds[k] is Kind.WORD]

    def units(self) -> Iterator[Unit]:
        """Yield the units of the document in order."""
        heading: Clause | None = None
        blank = 0
        for sentence in self.hearing.wanted:
            clauses = tuple(self.clauses(sentence))
            begin, end = self.tokens.sentences[sentence]
            if heading is not None and sentence - heading.sentence >= _LIST:
                heading = None
            if clauses[0].trigger is not None:
                for number, clause in enumerate(clauses):
                    assert clause.trigger is not None
                    language = self.language(clause.trigger.first)
                    yield Unit(False, clause, clause.trigger, sentence, heading, number, clauses, language)
                if self._heads(sentence, clauses):
                    heading, blank = clauses[-1], 0
            elif heading is not None and heading.trigger is not None:
                context = self.hearing.context
                short = self.tokens.gap[begin] is Gap.BREAK and end - begin <= _LINE
                listed = (short or context.item(sentence)) and not context.stray(sentence, heading.sentence)
                if context.within(begin, end) and listed:
                    language = self.language(heading.trigger.first)
                    yield Unit(True, clauses[0], heading.trigger, sentence, heading, 0, clauses, language)
                    blank = 0
                else:
                    blank += 1
                    heading = heading if blank <= _GAP else None

    def _heads(self, sentence: int, clauses: tuple[Clause, ...]) -> bool:
        """Return whether a sentence may be the heading of a list: a colon follows it, or lines of names, and then it tells of several."""
        if self.tokens.fold[self.tokens.sentences[sentence][1] - 1] == ":":
            return True
        several = any(clause.trigger is not None and clause.trigger.plural for clause in clauses)
        return several and self.hearing.context.items_follow(sentence)

    def candidates(self, unit: Unit) -> dict[Party, list[Occurrence]]:
        """Return who may be a party of a unit, the likeliest by place first, each with its occurrences, the surest first.

        The first `CANDIDATES` may be of its first pair; the others only join, or share their list.
        """
        found: defaultdict[Party, list[Occurrence]] = defaultdict(list)
        for sentence, where in self._sentences(unit).items():
            for occurrence in self._occurrences(unit, sentence, where):
                found[occurrence.party].append(occurrence)
        for occurrences in found.values():
            occurrences.sort(key=Occurrence.key)
        near = sorted(found, key=lambda party: found[party][0].key())
        others = (self.cast.home, self.hearing.context.home, self.cast.speaker, *[*self.rank][:_OFTEN])
        order = near[:_NEAREST]
        order += [party for party in dict.fromkeys(others) if party is not None and party not in order]
        order = order[:_KNOWN]
        for entity, occurrence in self._before(unit, order):
            found[entity].append(occurrence)
            order.append(entity)
        order += [party for party in near[:_LISTED] if party not in order and found[party][0].where in "CS"]
        return {party: found.get(party, []) for party in order}

    def _before(self, unit: Unit, known: Sequence[Party]) -> Iterator[tuple[int, Occurrence]]:
        """Yield the institutions named last before the sentences looked at: “the two libraries” may mean them."""
        mentions, taken = self.cast.mentions, set(known)
        asked = {m.body for g in unit.clause.groups for m in g.members if m.party is None} - {"", "any"}
        last = bisect_left(self.cast.firsts, self.tokens.sentences[unit.sentence][0])
        left, fitting = _RECENT, _FITTING
        for number in range(last - 1, max(last - _LOOK, 0) - 1, -1):
            mention = mentions[number]
            if mention.entity in taken:
                continue
            if left <= 0:
                if fitting <= 0 or not any(self.may_be(mention.entity, body) for body in asked):
                    continue
                fitting -= 1
            left -= 1
            taken.add(mention.entity)
            begin, _ = self.tokens.sentences[self.tokens.sentence[mention.first]]
            yield (
                mention.entity,
                self._occurrence(unit, mention.entity, mention.first, mention.last, "f", "-", "n", [], begin),
            )

    def _sentences(self, unit: Unit) -> dict[int, str]:
        count = len(self.tokens.sentences)
        offsets = {unit.sentence + k: "S" if k == 0 else str(k) for k in _OFFSETS if 0 <= unit.sentence + k < count}
        if unit.line and unit.heading is not None:
            above = unit.heading.sentence
            offsets[above] = "h"
            offsets.update({above - k: f"h-{k}" for k in _ABOVE if above >= k and above - k not in offsets})
        return offsets

    def _occurrences(self, unit: Unit, sentence: int, where: str) -> Iterator[Occurrence]:
        begin, _ = self.tokens.sentences[sentence]
        groups: list[Group] = []
        if sentence in self.wanted:
            self.clauses(sentence)
            groups = self.reader.groups[sentence]
            low, high = (bisect_left(groups, unit.first + k, key=_first) for k in (-2 * _FAR, 2 * _FAR))
            groups = groups[low:high]
        seen: set[int] = set()
        for actor in self._actors_of(sentence):
            for entity in actor.entities[:1]:
                seen.add(actor.first)
                how = "n" if actor.named else "p" if actor.place else "c"
                yield self._occurrence(unit, entity, actor.first, actor.last, where, actor.part, how, groups, begin)
        for group in groups:
            for member in group.members if abs(group.first - unit.first) <= _FAR else ():
                if member.first in seen:
                    continue
                party = self.hearing.parties.meant(member)
                if party is not None:
                    seen.add(member.first)
                    how = "n" if member.party is not None else f"g{member.whose or '-'}"
                    yield self._occurrence(unit, party, member.first, member.first + 1, where, "-", how, groups, begin)
        if sentence not in self.wanted:
            return
        first, last = self.reader.ranges[sentence]
        tags = self.reader.tags
        low = bisect_left(tags.first, unit.first - _FAR, first + 1, last)
        for k in range(low, bisect_left(tags.first, unit.first + _FAR, low, last)):
            reading, token = tags.readings[k], tags.first[k]
            if reading is None or token in seen or reading.symbol not in (*NAMES, "STATE"):
                continue
            if reading.symbol != "STATE":
                yield self._occurrence(unit, int(reading.value), token, tags.last[k], where, "-", "a", groups, begin)
            elif reading.value and sentence == unit.sentence:
                party = f"country:{reading.value}"
                yield self._occurrence(unit, party, token, tags.last[k], where, "-", "s", groups, begin)

    def _actors_of(self, sentence: int) -> list[Actor]:
        if sentence not in self._actors:
            begin, end = self.tokens.sentences[sentence]
            end = min(end, begin + _SENTENCE)
            self._actors[sentence] = self.cast.actors(begin, end, self.language(begin))
        return self._actors[sentence]

    def _occurrence(
        self,
        unit: Unit,
        party: Party,
        first: int,
        last: int,
        where: str,
        part: str,
        how: str,
        groups: list[Group],
        begin: int,
    ) -> Occurrence:
        tokens, clause = self.tokens, unit.clause
        group = next((group for group in groups if group.first <= first < group.last), None)
        before = first < unit.first
        low, high = min(first, unit.first), max(first, unit.first)
        own = where == "S" or (where == "h" and unit.heading is clause)
        between = sum(
            c.trigger is not None and c.trigger is not unit.trigger and low < c.trigger.first < high
            for c in unit.beside
        )
        low, high = min(last, unit.last), max(first, unit.first)
        parted = max((strength for at, strength in clause.breaks if low <= at < high), default=0) if own else _NO_BREAK
        if where == "S" and clause.first <= first < clause.last:
            where = "C"
        return Occurrence(
            party, first, last, where, part, how,
            group.role if group is not None else "-", group.rule if group is not None else "-", group is not None and group.each,
            "b" if before else "a", unit.first - last if before else first - unit.last,
            self._left(first, begin), self._right(last), tokens.fold[min(last, len(tokens)) - 1][-3:], min(between, _BETWEEN), parted,
        )  # fmt: skip

    def _left(self, first: int, begin: int) -> str:
        """Return the word before a token, over an article or an opening quotation mark."""
        tokens = self.tokens
        if first <= begin:
            return "^"
        word = tokens.fold[first - 1]
        if first - 2 >= begin and (
            (tokens.kind[first - 1] is Kind.SIGN and word not in ",;:(-") or word in settings("en", "articles")
        ):
            word = tokens.fold[first - 2] + "_" * (tokens.kind[first - 1] is Kind.SIGN)
        return word[:_WORD]

    def _right(self, last: int) -> str:
        """Return the word after a token, over a closing quotation mark; "$" at the end of a line."""
        tokens = self.tokens
        if last >= len(tokens) or tokens.gap[last] is Gap.BREAK:
            return "$"
        if tokens.kind[last] is Kind.SIGN and tokens.fold[last] not in ",;:.()-" and last + 1 < len(tokens):
            last += 1
        return tokens.fold[last][:_WORD]
