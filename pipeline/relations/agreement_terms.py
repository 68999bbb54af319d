"""What can be seen of the state, the kind and the dates of an agreement whose trigger and parties are known: options, each with its clues."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, pairwise

from pipeline.finders.agreement_model import Clause, Party
from pipeline.relations.agreement_clues import PartyQuestion, size, states
from pipeline.relations.agreement_dates import NearDate, NearDates
from pipeline.relations.agreement_lasting import added, durations, said
from pipeline.text.tokens import Gap, Kind

__all__ = ["KINDS", "STATES", "Option", "Terms"]

STATES = ("signed", "planned", "in_force", "renewed", "ended")
KINDS = ("memorandum", "agreement", "contract", "protocol", "treaty", "programme", "roadmap", "other")
Option = tuple[str | None, list[str]]
"""A value that a date of an agreement may have (None: the text tells none), and the clues for it."""

_BEFORE, _AFTER = 10, 12  # tokens around a trigger that tell its state
_NEXT = 14  # tokens of a sentence beside it
_LATER = (1, 2, 3)
_BACK = 8  # clauses of a sentence before one that may share its verb or its dates
_SHORT = 5  # letters of the longest word that hardly has a meaning of its own
_SENTENCE = 60  # tokens
_MANY = 40  # concepts of a sentence
_OF_PAPERS = frozenset(
    "sign initial negotiate draft approve in_force extend replace expire terminate suspend plan wait notyet refuse fail not_ ask offer promise join".split()
)
_APART = 8  # tokens between two years of a row


class Terms:
    """The state, kind and dates of the agreement that a unit names. `state_clues` hold for each state."""

    def __init__(self, question: PartyQuestion) -> None:
        self.question, self.scene, self.unit = question, question.scene, question.unit
        self.language, self.sort, self.tokens = question.language, question.sort, question.scene.tokens
        self._read = [clue for clue in question.unit_clues if clue.startswith("cues:")]
        self._dates = NearDates(question)
        self._lasting = [*self._durations()]
        self._lasts_for_sure = any(plain for _, plain, _ in self._lasting)
        self.state_clues = list(dict.fromkeys(self._state()))
        self._ruled: dict[str, tuple[str | None, str | None, str]] = {}
        before = self.unit.clauses[max(self.unit.number - _BACK, 0) : self.unit.number]
        self._shared = next((c for c in reversed(before) if c.cues or c.days), None)
        after = self.unit.clauses[self.unit.number + 1 : self.unit.number + 2]
        self._following = after[0] if after else None
        self._told = self._rules_state()

    # the state and the kind

    def ruled(self, state: str) -> list[str]:
        """Return the clues that what the rules say gives to one of `STATES`, beside `state_clues`."""
        if state == self._told:
            return ["ruled", f"ruled:{state}", f"ruled:{state}:{self.language}", f"ruled:{state}:{self.sort}"]
        return [f"unruled:{state}"] if self._told is None else []

    def kind_clues(self, parties: Collection[Party]) -> list[str]:
        """Return the clues for the kind of an agreement of some parties."""
        kind = self.unit.trigger.kind
        clues = ["kind", f"kind:{kind}", f"states:{all(isinstance(party, str) for party in parties)}"]
        for clue in self.question.unit_clues:
            if clue.startswith(("head:", "opens:", "plural:", "left:", "right:", "word:", "rule:")):
                clues += (clue, f"{kind}:{clue}")
        for party in parties:
            clues += (clue for clue in self.question.clues.get(party, ()) if clue.startswith("body:"))
        clues += (clue for clue in self.state_clues if clue.startswith("near:"))
        return clues

    def ruled_kind(self, parties: Sequence[Party]) -> dict[str, list[str]]:
        """Return the clues that what the rules say gives to the one of `KINDS` that they say."""
        trigger, reader = self.unit.trigger, self.scene.reader
        deed = trigger.kind in ("agreement", "deed of cooperation") and reader.deed_after(self.unit.clause)
        kind = "contract" if deed else self.scene.hearing.context.bodies.kind(trigger.kind, parties)
        return {kind: ["ruled", f"ruled:{kind}", f"ruled:{self.language}:{kind}"]}

    def _rules_state(self) -> str | None:
        """Return the state that the rules read in the unit."""
        rules, unit = self.scene.hearing.states, self.unit
        if unit.line:
            return rules.status(unit.clause, unit.heading, None) or "signed"
        return rules.status(unit.clause, self._shared, self._following)

    def _state(self) -> Iterator[str]:
        unit, language, tokens, clause = self.unit, self.language, self.tokens, self.unit.clause
        begin, end = tokens.sentences[unit.sentence]
        yield from ("state", f"language:{language}", f"sort:{self.sort}", f"plural:{unit.trigger.plural}")
        told = states(clause.cues)
        yield from (
            f"cues:{','.join(told)}",
            f"cues:{language}:{','.join(told)}",
            *(f"cue:{s}" for s in told),
            *(f"cue:{s}:{language}" for s in told),
        )
        for cue in clause.cues:
            word = tokens.fold[cue.last - 1]
            side = "b" if cue.first < unit.trigger.first else "a"
            yield from (
                f"cue:{cue.state}:{side}:{language}",
                f"cue:{cue.state}:{size(clause.gap(cue.first, cue.last))}",
            )
            yield from (f"cue-word:{language}:{word[:6]}", f"cue-end:{language}:{word[-4:]}")
        if clause.cues:
            near = min(clause.cues, key=lambda cue: clause.gap(cue.first, cue.last)).state
            yield from (f"nearest:{near}", f"nearest:{near}:{language}", f"final:{clause.cues[-1].state}:{language}")
        yield from (f"beside:{s}" for s in {cue.state for other in unit.beside for cue in other.cues} - set(told))
        if unit.heading is not None:
            yield from (f"heading:{s}:{self.sort}" for s in states(unit.heading.cues))
            first, last = tokens.sentences[unit.heading.sentence]
            if unit.line:
                yield from (f"heading:{language}:{w}" for w in self.scene.stems(max(first, last - _NEXT), last))
        yield from (f"day:{day.role}" for day in clause.days)
        yield f"days:{min(len(clause.days), 2)}"
        yield f"span:{any('/' in self.scene.hearing.dates[day.index].edtf for day in clause.days)}"
        yield from (clue for clue in self.question.unit_clues if clue.startswith(("c:", "cs:", "cf:")))
        yield from self._papers()
        yield from self._words(begin, end)
        yield from self._around()

    def _papers(self) -> Iterator[str]:
        """Yield what is told of papers around the trigger, in its clause and beyond it."""
        unit, concepts = self.unit, self.scene.concepts
        for side, around in zip("ba", concepts.around(unit.first, unit.last, most=_MANY), strict=True):
            told = [concept for concept in around if concept in _OF_PAPERS][:3]
            yield f"cp:{side}:{(told or ['-'])[0]}"
            yield f"cp:{side}:{'|'.join(told[:2])}"
        if not unit.line:
            own = [c for c in concepts.within(unit.clause.first, unit.clause.last) if c in _OF_PAPERS]
            yield f"cpc:{'|'.join(own[:3])}"
            yield from (f"cpc:{c}" for c in own)

    def _words(self, begin: int, end: int) -> Iterator[str]:
        """Yield the words that may tell the state: those around the trigger, the last ones, the short ones with what follows them."""
        unit, language, tokens = self.unit, self.language, self.tokens
        low, high = (begin, begin) if unit.line else (unit.trigger.first, unit.trigger.last)
        first, last = max(begin, low - _BEFORE), min(end, high + _AFTER)
        yield from (f"near:{language}:{w}" for w in self.scene.stems(first, last))
        yield from (f"before:{language}:{w}" for w in self.scene.stems(max(begin, low - 4), low))
        yield from (f"after:{language}:{w}" for w in self.scene.stems(high, min(end, high + 5)))
        words = [k for k in range(max(begin, end - _NEXT), end) if tokens.kind[k] is Kind.WORD][-2:]
        for rank, k in enumerate(words):
            yield from (f"end{rank}:{language}:{tokens.fold[k][-4:]}", f"last{rank}:{language}:{tokens.fold[k][:6]}")
        if language != "en":
            long = [k for k in range(first, last) if tokens.kind[k] is Kind.WORD and len(tokens.fold[k]) > _SHORT]
            yield from (f"suffix:{language}:{tokens.fold[k][-4:]}" for k in long)
        else:
            folds = tokens.fold[max(begin, low - _SENTENCE) : min(end, high + _SENTENCE)]
            yield from (
                f"two:{one[:7]}_{two[:7]}" for one, two in pairwise(folds) if len(one) <= _SHORT and one.isalpha()
            )

    def _around(self) -> Iterator[str]:
        """Yield what the sentences beside a unit say."""
        scene, unit, language, tokens = self.scene, self.unit, self.language, self.tokens
        for offset in (*_LATER, -1):
            sentence = unit.sentence + offset
            if not 0 <= sentence < len(tokens.sentences):
                continue
            begin, end = tokens.sentences[sentence]
            far = "B" if offset > 0 and tokens.gap[begin] is Gap.BREAK else ""
            concepts = scene.concepts.sentence(sentence)[1][:_MANY]
            yield from (f"cn{offset}{far}:{concept}" for concept in sorted(set(concepts)))
            if offset > 0:
                told = [concept for concept in concepts if concept in _OF_PAPERS]
                again = scene.again(unit, sentence)
                yield from (f"ag:{again}:{concept}" for concept in told)
                yield from (f"ag{offset}:{again}:{concept}" for concept in told)
                yield f"ag{offset}:{again}:{'|'.join(told[:2])}"
            if offset < _LATER[-1]:
                yield from (f"next{offset}{far}:{language}:{w}" for w in scene.stems(begin, min(end, begin + _NEXT)))
            if offset > 0 and sentence in scene.wanted:
                for clause in scene.clauses(sentence):
                    yield from self._later(clause, f"{offset}{far}")

    def _later(self, clause: Clause, offset: str) -> Iterator[str]:
        """Yield what the cues of a later clause say."""
        trigger, language, folds = clause.trigger, self.language, self.tokens.fold
        mark = "" if trigger is None else f"T{trigger.kind == self.unit.trigger.kind}"
        for cue in clause.cues:
            yield from (f"later{offset}:{cue.state}{mark}", f"later:{cue.state}{mark}", f"later:{cue.state}")
            if trigger is not None:
                yield f"later:{cue.state}{mark}:{language}:{folds[trigger.first - 1][:5]}"
            else:
                yield f"later:{language}:{folds[cue.first][:6]}:{cue.state}"

    # the dates

    def _rules_dates(self, state: str) -> tuple[str | None, str | None, str]:
        """Return (signed, valid) as the rules read them, were the agreement in a state, and where they read them. Kept."""
        if state not in self._ruled:
            self._ruled[state] = self._read_dates(state)
        return self._ruled[state]

    def _read_dates(self, state: str) -> tuple[str | None, str | None, str]:
        rules, unit = self.scene.hearing.states, self.unit
        clause, shared, following = unit.clause, self._shared, self._following
        if unit.line and unit.heading is not None:
            if not clause.days:
                return *rules.dates_of(unit.heading, state), "heading"
            return *rules.member_days([day.index for day in clause.days], clause), "line"
        signed, valid = rules.dates_of(clause, state)
        source = "own"
        if signed is None and state == "signed" and following is not None and not following.cues:
            (signed, _), source = rules.dates_of(following, "signed"), "following"
        if signed is None and shared is not None and not clause.days:
            (signed, more), source = rules.dates_of(shared, state), "shared"
            valid = valid or more
        if signed is None and state == "signed" and (event := rules.event_day(clause)) is not None:
            signed, source = event, "event"
        return signed, valid, source

    def signed(self, state: str, parties: Collection[Party], used: Collection[int]) -> list[Option]:
        """Return the options for the date of signing. `used`: the dates (by index) at which earlier agreements of the unit were signed."""
        language, dates = self.language, self._dates.weighed(parties)
        ruled, _, source = self._rules_dates(state)
        none = [
            "none", f"none:{state}", f"none:{state}:{language}", f"none:here:{min(self._dates.inside, 3)}:{state}", f"none:near:{min(len(dates), 4)}",
            f"none:{self.sort}:{state}", *(f"none:{state}:{clue}" for clue in self._read), f"none:item:{self._dates.item}:{min(self._dates.inside, 3)}",
        ]  # fmt: skip
        chosen = ("cue", "head:", "language:", "sort:", "plural:", "end:", "right:")
        none += (f"none:{clue}" for clue in self.question.unit_clues if clue.startswith(chosen))
        if ruled is None:
            none += ("unruled", f"unruled:{state}")
        out: list[Option] = [(None, none)]
        for date in dates:
            if date.form == "iv":
                continue
            clues = [
                *date.clues, f"in:{state}", f"in:{state}:{date.where}", f"in:{state}:{date.state}", f"in:{state}:{date.where}:{date.form}",
                f"in:{state}:{date.role}", f"used:{date.index in used}:{date.where}", f"sort:{self.sort}:{date.where}:{self.unit.trigger.plural}",
                *self._dates.of_parties(date, parties),
            ]  # fmt: skip
            if ruled == date.edtf:
                clues += ("ruled", f"ruled:{state}", f"ruled:{source}", f"ruled:{date.where}")
            out.append((date.edtf, clues))
        return out

    def date_indices(self, edtf: str) -> list[int]:
        """Return which dates (by index) near the unit have a value."""
        return [date.index for date in self._dates.seen() if date.edtf == edtf]

    def places(self, *values: str | None) -> list[tuple[int, int]]:
        """Return the tokens of the dates near the unit that make some values, whole or as one end."""
        wanted = {part for value in values if value is not None for part in (value, *value.split("/"))}
        return [(date.first, date.last) for date in self._dates.seen() if date.edtf in wanted]

    def valid(self, state: str, parties: Collection[Party], signed: str | None) -> list[Option]:
        """Return the options for the span in which the agreement holds."""
        language, dates = self.language, self._dates.weighed(parties)
        ruled = self._rules_dates(state)[1]
        spans = any(date.form == "iv" for date in dates)
        none = [
            "none", f"none:{state}", f"none:{state}:{language}", f"none:span:{spans}:{state}", f"none:signed:{signed is not None}:{state}",
            f"none:near:{min(len(dates), 4)}", f"none:{self.sort}:{state}", f"none:lasting:{bool(self._lasting)}", f"none:lasting:{self._lasts_for_sure}:{signed is not None}",
            *(f"none:{state}:{clue}" for clue in self._read), f"none:item:{self._dates.item}:{min(self._dates.inside, 3)}",
        ]  # fmt: skip
        none += (f"none:{clue}" for clue in self.state_clues if clue.startswith(("cue:", "near:")))
        if ruled is None:
            none += ("unruled", f"unruled:{state}")
        out: list[Option] = [(None, none)]
        for value, sort, clues in self._spans(state, parties, signed):
            clues = [*clues, f"{sort}|signed:{signed is not None}"]
            if value == ruled:
                clues += ("ruled", f"ruled:{state}", f"ruled:{sort}")
            out.append((value, clues))
        return out

    def _spans(
        self, state: str, parties: Collection[Party], signed: str | None
    ) -> Iterator[tuple[str, str, list[str]]]:
        """Yield (value, sort, clues) of each span that dates near the unit may make."""
        single: list[NearDate] = []
        for date in self._dates.weighed(parties):
            clues = [
                *date.clues, *self._dates.of_parties(date, parties), f"in:{state}", f"in:{state}:{date.where}", f"in:{state}:{date.state}",
                f"in:{state}:{date.where}:{date.form}", f"in:{state}:{date.role}", f"sort:{self.sort}:{date.where}",
            ]  # fmt: skip
            if date.form == "iv":
                sort = (
                    "since"
                    if date.edtf.endswith("/..")
                    else "until"
                    if date.edtf.startswith("../")
                    else "vague"
                    if "X" in date.edtf
                    else "span"
                )
                yield date.edtf, sort, [sort, *(f"{sort}|{clue}" for clue in clues)]
            elif date.form != "x":
                single.append(date)
                for sort, value in (("to", f"../{date.edtf}"), ("from", f"{date.edtf}/..")):
                    yield (
                        value,
                        sort,
                        [sort, *(f"{sort}|{clue}" for clue in clues), f"{sort}|is-signed:{date.edtf == signed}"],
                    )
        for one, two in combinations(sorted(single, key=lambda date: date.first), 2):
            if one.sentence == two.sentence and two.first - one.last <= _APART and one.edtf < two.edtf:
                party = next(self._dates.of_parties(one, parties))
                yield f"{one.edtf}/{two.edtf}", "ends", [
                    "ends", *(f"ends|1{clue}" for clue in one.clues), *(f"ends|2{clue}" for clue in two.clues), f"ends|apart:{two.first - one.last}",
                    f"ends|in:{state}", f"ends|in:{state}:{one.where}", f"ends|is-signed:{one.edtf == signed}", f"ends|{party}",
                ]  # fmt: skip
        starts = dict.fromkeys([*([signed] if signed else []), *(date.edtf for date in single if date.where in "CS")])
        for years, _, clues in self._lasting:
            for start in starts:
                if (end := added(start, years)) is not None:
                    own = start == signed
                    yield (
                        f"{start}/{end}",
                        "lasts",
                        ["lasts", *clues, f"lasts|signed-then:{own}", f"lasts|in:{state}", f"lasts|in:{state}:{own}"],
                    )

    def _told_by(self, first: int, last: int) -> Iterator[str]:
        """Yield what is told beside a duration."""
        for side, told in zip("lr", self.scene.concepts.around(first, last, most=2), strict=True):
            yield from (f"lasts|c{side}{rank}:{concept}" for rank, concept in enumerate(told))

    def _other_trigger(self, sentence: int, index: int) -> bool:
        """Return whether a token stands nearer to the name of another agreement in a sentence than to this one's."""
        own = abs(index - self.unit.first) if sentence == self.unit.sentence else _SENTENCE
        others = self.scene.clauses(sentence) if sentence in self.scene.wanted else ()
        return any(
            clause.trigger is not None
            and clause.trigger.first != self.unit.trigger.first
            and abs(index - clause.trigger.first) < own
            for clause in others
        )

    def _durations(self) -> Iterator[tuple[int, bool, list[str]]]:
        """Yield the years that an agreement may be said to last, whether its own sentence says plainly that they are its term, and the clues of that."""
        tokens, unit = self.tokens, self.unit
        for offset in (0, 1, -1, 2):
            sentence = unit.sentence + offset
            if not 0 <= sentence < len(tokens.sentences):
                continue
            for first, last, years, form in durations(self.scene.document, *tokens.sentences[sentence]):
                language = self.scene.language(first)
                left = tokens.fold[first - 1][:6] if first else "^"
                right = tokens.fold[last][:6] if last < len(tokens) else "$"
                about = said(self.scene.document, first, last)
                how = self.scene.again(unit, sentence) if offset else ""
                again = [f"lasts|again:{how}", f"lasts|again:{how}:{offset}:{about}"] if offset else []
                other = self._other_trigger(sentence, first)
                yield years, about == "term" and not offset, [
                    f"lasts|said:{about}", f"lasts|said:{about}:{offset}:{other}", f"lasts|said:{about}:{form}:{language}",
                    f"lasts|where:{offset}", f"lasts|{form}:{language}", f"lasts|left:{language}:{left}", f"lasts|right:{language}:{right}",
                    *self._told_by(first, last),
                    *again,
                    f"lasts|suffix:{language}:{tokens.fold[last - 1][-3:]}", f"lasts|side:{first < unit.first}:{size(abs(first - unit.first))}",
                ]  # fmt: skip
