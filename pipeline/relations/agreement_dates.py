"""The dates near a unit, with what can be seen of each: how it stands to the trigger, to what is told of the agreement, to the names beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.finders.agreement_model import Party
from pipeline.relations.agreement_clues import PartyQuestion, size
from pipeline.text.tokens import Gap, Kind

__all__ = ["NearDate", "NearDates"]

_OFFSETS = (0, 1, -1, 2, -2, -3)  # sentences whose dates are weighed
_NEAREST = 9
_SENTENCE = 60  # tokens
_FAR = 99
_LISTED = 60  # dates that one sentence may list
_NONE: frozenset[Party] = frozenset()


@dataclass(frozen=True, slots=True)
class NearDate:
    """A date near a unit. `where`: as in `Occurrence`; `form`: iv an interval, x one with unknown digits, else its length; `clues`: whoever the parties are."""

    index: int
    edtf: str
    first: int
    last: int
    sentence: int
    where: str
    form: str
    state: str
    role: str
    clues: list[str]


class NearDates:
    """The dates near one unit. `nearest`: those weighed for any agreement; `inside`: how many of them stand in the unit's sentence;
    `item`: whether that is a line of a list."""

    def __init__(self, question: PartyQuestion) -> None:
        self.question, self.scene, self.unit = question, question.scene, question.unit
        self.language, self.sort, self.tokens = question.language, question.sort, question.scene.tokens
        self.item = self.unit.line or self.scene.hearing.context.item(self.unit.sentence)
        self._places = self._near()
        self._here = sum(sentence == self.unit.sentence for sentence, _ in [*self._places.values()][:_NEAREST])
        self._days = {day.index: day for day in self.unit.clause.days}
        self._every = {day.index: day for clause in self.unit.beside for day in clause.days}
        self._members = self._whose()
        self._kept: dict[int, NearDate] = {}
        self.nearest = [self._date(number) for number in [*self._places][:_NEAREST]]
        self.inside = sum(date.where in "CS" for date in self.nearest)

    def _near(self) -> dict[int, tuple[int, str]]:
        """Return the dates near the unit by index, those of its sentence first: the sentence of each, and where that is."""
        scene, unit = self.scene, self.unit
        sentences = {unit.sentence + k: k for k in _OFFSETS if 0 <= unit.sentence + k < len(self.tokens.sentences)}
        above = unit.heading.sentence if unit.line and unit.heading is not None else None
        if above is not None:
            sentences.setdefault(above, _FAR)
        found = []
        for sentence, offset in sentences.items():
            begin, end = self.tokens.sentences[sentence]
            dates = scene.hearing.dates
            number = bisect_left(dates, begin, key=lambda date: date.first)
            if sentence == scene.dateline and offset:
                continue  # the date of a report is not that of what it tells
            while number < len(dates) and dates[number].first < end:
                found.append((offset != 0, abs(dates[number].first - unit.first), number, sentence))
                number += 1
        days = {day.index for day in unit.clause.days}
        out: dict[int, tuple[int, str]] = {}
        for _, _, number, sentence in sorted(found)[:_LISTED]:
            here = "C" if number in days else "S" if sentence == unit.sentence else str(sentences[sentence])
            out[number] = sentence, "h" if sentence == above else here
        return out

    def _whose(self) -> dict[int, frozenset[Party]]:
        """Return the parties to which the groups of the clause give dates (by index): `A (2009–2014), B (2011)`."""
        found: dict[int, frozenset[Party]] = {}
        for group in self.unit.clause.groups:
            for member in group.members:
                for day in member.days:
                    party = self.scene.hearing.parties.meant(member)
                    found[day] = found.get(day, _NONE) | (_NONE if party is None else {party})
        return found

    def weighed(self, parties: Collection[Party]) -> list[NearDate]:
        """Return the dates that are weighed for an agreement of some parties: those nearest, and those that a list gives to one of them."""
        nearest = {date.index for date in self.nearest}
        own = [
            number
            for number in self._places
            if number not in nearest and not self._members.get(number, _NONE).isdisjoint(parties)
        ]
        return [*self.nearest, *(self._date(number) for number in own)]

    def seen(self) -> Collection[NearDate]:
        """Return the dates that have been weighed so far."""
        return self._kept.values()

    def _date(self, index: int) -> NearDate:
        if index not in self._kept:
            self._kept[index] = self._read(index)
        return self._kept[index]

    def _read(self, index: int) -> NearDate:
        """Return a date near the unit with its clues."""
        sentence, where = self._places[index]
        day, tagged = self._days.get(index), self._every.get(index)
        own, here = index in self._members, self._here
        scene, unit, tokens, language = self.scene, self.unit, self.tokens, self.language
        date = scene.hearing.dates[index]
        begin, end = tokens.sentences[sentence]
        edtf, first, last = date.edtf, date.first, min(date.last, end)
        form = "iv" if "/" in edtf else "x" if "X" in edtf else str(len(edtf))
        role = tagged.role if tagged is not None else "?"
        state, apart = scene.hearing.states.stands_with(day, unit.clause) if day is not None else ("?", _FAR)
        before = first < unit.first
        side, gap = ("b", unit.first - last) if before else ("a", first - unit.last)
        left = tokens.fold[first - 1][:7] if first > begin else "^"
        more = tokens.fold[first - 2][:7] if first - 1 > begin else "^"
        right = tokens.fold[last][:7] if last < end else "$"
        leads = first - begin <= 1
        clues = [
            "date", f"where:{where}", f"where:{where}:{side}:{language}", f"where:{where}:{form}", f"form:{form}", f"far:{where}:{size(gap)}:{side}",
            f"role:{role}", f"role:{role}:{where}", f"state:{state}", f"state:{state}:{language}:{side}", f"state:{state}:{size(apart)}",
            f"left:{language}:{left}", f"left:{language}:{more}_{left}", f"right:{language}:{right}", f"right:{language}:{right}:{form}",
            f"left:{language}:{left}:{form}", f"here:{min(here, 3)}:{where}", f"own:{own}", f"suffix:{language}:{tokens.fold[last - 1][-3:]}",
            f"leads:{leads}:{where}", f"leads:{leads}:{where}:{language}:{form}",
            f"item:{self.item}:{where}:{form}", f"item:{self.item}:{where}:{min(here, 3)}:{side}",
        ]  # fmt: skip
        around = scene.concepts.around(first, last, most=2)
        for name, said in zip("lr", around, strict=True):
            for rank, concept in enumerate(said or ["-"]):
                clues += (f"c{name}{rank}:{concept}:{where}", f"c{name}{rank}:{concept}:{form}", f"c{name}:{concept}")
        if sentence == unit.sentence:
            clues += self._in_sentence(index, where, side, begin, end)
        elif where != "h":
            again = scene.again(unit, sentence)
            clues += (
                f"again:{again}",
                f"again:{again}:{where}",
                f"again:{again}:{form}",
                f"again:{again}:{where}:{min(here, 2)}",
            )
            clues += (f"again:{again}:c:{concept}" for said in around for concept in said)
            words = [k for k in range(begin, min(end, begin + _SENTENCE)) if tokens.kind[k] is Kind.WORD]
            clues += (
                f"alone:{all(first <= k < last for k in words)}:{where}", f"break:{tokens.gap[begin] is Gap.BREAK}:{where}", f"top:{sentence < 2}:{where}",
            )  # fmt: skip
            if sentence in scene.wanted:
                clues += dict.fromkeys(
                    f"said:{c.state}:{where}" for clause in scene.clauses(sentence) for c in clause.cues
                )
            window = scene.stems(max(begin, first - 5), min(end, last + 5))
            clues += dict.fromkeys(f"word:{where}:{language}:{w}" for w in window)
        return NearDate(index, edtf, first, last, sentence, where, form, state, role, clues)

    def _in_sentence(self, index: int, where: str, side: str, begin: int, end: int) -> Iterator[str]:
        """Yield the clues of a date in the unit's own sentence."""
        unit, tokens, language = self.unit, self.tokens, self.language
        dates = self.scene.hearing.dates
        first, last = dates[index].first, dates[index].last
        low, high = min(first, unit.first), max(first, unit.first)
        between = [cue.state for clause in unit.beside for cue in clause.cues if low <= cue.first < high]
        yield from (f"passes:{state}" for state in sorted(set(between)))
        yield f"passes:{min(len(between), 2)}:{side}"
        for k in range(max(begin, first - 4), min(end, last + 4)):
            if tokens.kind[k] is Kind.WORD and not first <= k < last:
                yield f"beside:{language}:{'b' if k < first else 'a'}:{tokens.fold[k][:6]}"
        closer = sum(
            day.index != index and abs(day.first - unit.first) < abs(first - unit.first) for day in unit.clause.days
        )
        yield f"closer:{min(closer, 2)}:{where}"

    def of_parties(self, date: NearDate, parties: Collection[Party]) -> Iterator[str]:
        """Yield the clues of whether the names beside a date are those of the parties."""
        sentence = self.tokens.sentence
        places = [
            (found[0].first, p)
            for p, found in self.question.found.items()
            if found and sentence[found[0].first] == date.sentence
        ]
        left = max(((at, str(p), p) for at, p in places if at < date.first), default=None)
        right = min(((at, str(p), p) for at, p in places if at >= date.last), default=None)
        plural = self.unit.trigger.plural
        if self._members:
            whose = self._members.get(date.index)
            yield f"given:{None if whose is None else not whose.isdisjoint(parties)}:{plural}"
        ours = None if left is None else left[2] in parties
        yield f"party-left:{ours}:{date.where}"
        yield f"party-right:{None if right is None else right[2] in parties}:{date.where}"
        yield f"party-left:{ours}:{left is not None and left[2] == self.scene.home}:{self.sort}:{plural}"
        if left is not None:
            yield f"party-left:{ours}:{min((date.first - left[0]) // 3, 5)}:{plural}"
