"""Copy counts: how many things, of what unit, what was done with them, from whom, to whom, by whom.

A count without a deed is reported as held where a collection or its institution is spoken of, else as `other`. A party is only given where a
word says it; of a transfer with one party the other is the article's own institution, unless the text names another receiver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.finders.actors import Actor, Cast, Mention, settings
from pipeline.finders.deeds import Clause, Deed, find_deeds, govern
from pipeline.finders.things import Thing, find_things
from pipeline.text.document import Document

__all__ = ["Count", "find_counts"]

_ACTS = {
    "give": "transferred", "take": "transferred", "come": "transferred", "bring": "transferred", "enrich": "transferred",
    "hold": "held", "consist": "held", "print": "printed", "digi": "digitised", "show": "exhibited", "other": "other",
}  # fmt: skip
_MOVES = frozenset({"give", "take", "come", "bring", "enrich"})


@dataclass(frozen=True, slots=True)
class Count:
    """A copy count over tokens [first, last). `item`: the tokens of what the copies are of; `verb`: the token of the deed.

    `from_`, `to` and `by` hold the entities of mentions. `rule` tells how the act and the parties were found.
    """

    first: int
    last: int
    number: int
    number_max: int | None
    bound: str | None
    unit: str
    item: tuple[int, int] | None
    act: str
    from_: tuple[int, ...] = ()
    to: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    verb: int | None = None
    rule: str = ""


def find_counts(document: Document, mentions: Sequence[Mention] = (), *, home: int | None = None) -> list[Count]:
    """Return the copy counts of a document in order, not overlapping.

    `mentions` are the names of institutions, sorted; `home` is the entity whose article it is, if any. Pure; linear time.
    """
    things = find_things(document)
    if not things:
        return []
    by_sentence: defaultdict[int, list[Thing]] = defaultdict(list)
    for thing in things:
        by_sentence[document.tokens.sentence[thing.first]].append(thing)
    teller = _Teller(Cast(document, mentions, home))
    for sentence, group in by_sentence.items():
        teller.sentence(*document.tokens.sentences[sentence], group)
    return teller.found


@dataclass(slots=True)
class _Told:
    """What is known of one count while its parties are gathered."""

    thing: Thing
    clause: Clause
    parts: dict[str, list[Actor]]
    back: bool
    part: bool


class _Teller:
    """Turns things into counts, sentence after sentence; remembers the last transfer for “in return”."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self.found: list[Count] = []
        self.transfer: Count | None = None

    def sentence(self, begin: int, end: int, things: list[Thing]) -> None:
        """Report the counts of one sentence."""
        language = self.cast.document.languages[things[0].first]
        if language not in ("uz", "ru", "en"):
            language = "en"
        actors = self.cast.actors(begin, end, language)
        deeds = find_deeds(self.cast, begin, end, language, things, actors)
        before: Count | None = None
        for number, thing in enumerate(things):
            clause = govern(self.cast, thing, things, deeds, begin, end, language)
            told = self._gather(thing, number, things, clause, actors, deeds, begin, end, language)
            count = self._count(told, before, language, begin, end)
            if count is None:
                continue
            self.found.append(count)
            before = count
            if count.act == "transferred" and (count.from_ or count.to):
                self.transfer = count

    def _has(self, symbol: str, first: int, last: int, language: str) -> bool:
        for index in range(first, last):
            reading = self.cast.reading(language, index)
            if reading is not None and reading.symbol == symbol:
                return True
        return False

    def _gather(
        self, thing: Thing, number: int, things: list[Thing], clause: Clause, actors: list[Actor], deeds: list[Deed],
        begin: int, end: int, language: str,
    ) -> _Told:  # fmt: skip
        """Sort the actors of the clause by their parts, those nearest to the count first."""
        left, right = clause.begin, clause.end
        if language != "uz":
            left, right = self._bounds(thing, clause, things, actors, begin, end, language)
        previous = max((other.last for other in things[:number]), default=left)
        following = min((other.opening for other in things[number + 1 :]), default=right)
        inside = [actor for actor in actors if left <= actor.first and actor.last <= max(right, thing.opening)]
        if language == "uz":
            inside = self._unclaimed(inside, deeds, clause, thing)
            shared_until = min((other.opening for other in things if other.opening >= left), default=thing.opening)
            local = [a for a in inside if previous <= a.first < thing.opening]
            post = [a for a in inside if thing.last <= a.first < min(following, right)]
            shared = [a for a in inside if a.first < shared_until]
            late = [a for a in inside if a.first >= thing.last and a not in post]
            groups = [local, post, shared, late]
        else:
            groups = [sorted(inside, key=lambda a: abs(a.first - thing.first))]
        parts: dict[str, list[Actor]] = {}
        for group in groups:
            taken = set(parts)
            for actor in reversed(group) if language == "uz" else group:
                if actor.part not in taken:
                    parts.setdefault(actor.part, []).append(actor)
        zone = max(begin, previous if previous < thing.opening else begin)
        back = self._has("BACK", max(zone, clause.begin if language == "uz" else zone), max(thing.opening, min(clause.deed.last if clause.deed else 0, following)), language)
        part = self._has("PART", max(zone, thing.opening - 6), thing.opening, language)
        return _Told(thing, clause, parts, back, part)

    def _unclaimed(self, actors: list[Actor], deeds: list[Deed], clause: Clause, thing: Thing) -> list[Actor]:
        """Leave out what belongs to an Uzbek participle of another noun: «X tuzgan bitim»."""
        out = list(actors)
        for deed in deeds:
            if not deed.relative or deed is clause.participle or not clause.begin <= deed.first < thing.opening:
                continue
            passive = deed.passive or settings("uz", "passive_marks") and self.tokens.fold[deed.last - 1].endswith(settings("uz", "passive_marks"))
            for actor in reversed([a for a in out if a.last <= deed.first]):
                if (actor.part == "subj" and not passive) or (actor.part == "agent" and passive):
                    out.remove(actor)
                    break
                if actor.part in ("to", "from", "in") and deed.first - actor.last <= 1:
                    out.remove(actor)
        return out

    def _bounds(
        self, thing: Thing, clause: Clause, things: list[Thing], actors: list[Actor], begin: int, end: int, language: str
    ) -> tuple[int, int]:
        """Return where the clause of a Russian or English count begins and ends."""
        tokens, deed = self.tokens, clause.deed
        if deed is None:
            return begin, end
        joints = settings(language, "ands") + settings(language, "buts") + (",", ";", ":", "—", "–")
        first, last = min(deed.first, thing.opening), max(deed.last, thing.last)
        left, right = clause.begin, clause.end
        for actor in reversed(actors):  # its subject opens the clause
            if left <= actor.first and actor.last <= first and actor.part == "subj":
                if not self._things_between(things, actor.last, first, thing):
                    left = actor.first
                    while left > clause.begin and tokens.fold[left - 1] not in joints:
                        left -= 1
                break
        for index in range(left, first):
            if tokens.fold[index] == ";":
                left = index + 1
        for index in range(last, right):
            if tokens.fold[index] == ";":
                right = index
                break
        if right < end and right > last:  # another verb follows: what stands before it belongs to it, from the last joint on
            for index in range(right - 1, last - 1, -1):
                if tokens.fold[index] in joints:
                    right = index
                    break
        return left, right

    def _things_between(self, things: list[Thing], first: int, last: int, thing: Thing) -> bool:
        return any(first <= other.first < last for other in things if other is not thing)

    def _count(self, told: _Told, before: Count | None, language: str, begin: int, end: int) -> Count | None:
        thing, deed, participle = told.thing, told.clause.deed, told.clause.participle
        value, rule = (deed.value, "verb") if deed is not None else ("", "")
        if participle is not None and value not in _MOVES and participle.value in _MOVES and not (value == "show" and participle.value == "bring"):
            deed, value, rule = participle, participle.value, "participle"
        elif participle is not None and not value:
            deed, value, rule = participle, participle.value, "participle"
        if value == "none":
            return None
        if before is not None and (told.part and (deed is None or not thing.last <= deed.first) or not value):
            if not value or _ACTS[value] == before.act or told.part and deed is not None and deed.last <= before.first:
                value, rule = value, "part"
                if not value:
                    return self._plain(told, before.act, before.from_, before.to, before.by, before.verb, "part")
        if value == "consist":
            value = "show" if self._has("EXHIBITION", thing.last, min(end, thing.last + 8), language) else "hold"
        act = _ACTS.get(value, "")
        if self._only_printed(thing, language) and act != "printed":
            return None
        if thing.small and act not in ("transferred", "printed"):
            return None
        if not act:
            act, rule = self._default(told, language, begin, end)
            if not act:
                return None
        if value in _MOVES and deed is not None:
            from_, to = self._move(told, deed, participle, language)
            if told.back and self.transfer is not None:
                rule += "-back"
                if not from_ and not to:
                    from_, to = self.transfer.to, self.transfer.from_
                elif not from_ and to == self.transfer.from_:
                    from_ = self.transfer.to
                elif not to and from_ == self.transfer.to:
                    to = self.transfer.from_
            from_, to, guessed = self._complete(told, deed, from_, to)
            rule += "-home" if guessed else ""
            return self._plain(told, act, from_, to, (), deed.first, f"{value}-{'passive' if deed.passive else 'active'}-{rule}")
        by = self._doer(told, deed)
        return self._plain(told, act, (), (), by, deed.first if deed is not None else None, f"{value or 'none'}-{rule}")

    def _plain(
        self, told: _Told, act: str, from_: tuple[int, ...], to: tuple[int, ...], by: tuple[int, ...], verb: int | None, rule: str
    ) -> Count:
        t = told.thing
        return Count(t.first, t.last, t.number, t.number_max, t.bound, t.unit, t.item, act, from_, to, by, verb, rule)

    def _only_printed(self, thing: Thing, language: str) -> bool:
        """Return whether it says in how many copies something is made («икки нусхада», “in two copies”)."""
        if thing.unit != "copies" or language == "uz" and thing.case != "loc":
            return False
        return language == "uz" or bool(thing.opening) and self.tokens.fold[thing.opening - 1] in settings(language, "in_words")

    def _default(self, told: _Told, language: str, begin: int, end: int) -> tuple[str, str]:
        """Return the act of a count that no verb governs."""
        if self._has("STORE", begin, end, language) or self._has("KIND", begin, end, language) or told.parts:
            return "held", "store"
        return "", ""

    def _entities(self, told: _Told, *parts: str, other: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Return what stands in the first of some parts that anything stands in."""
        for part in parts:
            for actor in told.parts.get(part, ()):
                for entity in actor.entities:
                    if entity not in other:
                        return (entity,)
        return ()

    def _move(self, told: _Told, deed: Deed, participle: Deed | None, language: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the giver and the receiver that the words of a transfer name."""
        subject = "oblique" if False else "subj"
        value = deed.value
        if participle is not None and participle is not deed and participle.value in _MOVES:
            giver = self._entities(told, "agent", "from") or self._entities(told, subject)
            to = self._entities(told, "to", other=giver)
            return giver, to
        if value in ("give", "bring"):
            if deed.passive:
                giver = self._entities(told, "agent", "from", *(("subj",) if participle is not None or language == "uz" else ()))
                return giver, self._entities(told, "to", "oblique", *(("in",) if language == "uz" else ()), other=giver)
            subjects = told.parts.get("subj", [])
            after = [a for a in subjects if deed.last <= a.first and a.last <= told.thing.opening] if language == "en" else []
            giver = tuple(e for a in subjects if a not in after for e in a.entities[:1])[:1] or self._entities(told, "person", "agent", "from")
            to = self._entities(told, "to", other=giver) or tuple(e for a in after for e in a.entities[:1])[:1]
            return giver, to or self._entities(told, "oblique", other=giver)
        if value == "take":
            if deed.passive:
                giver = self._entities(told, "from")
                if not giver and (agent := self._entities(told, "agent")):
                    if language != "uz" or agent == self.cast._home():
                        return self._entities(told, "from", other=agent), agent
                    giver = agent
                return giver, self._entities(told, "to", "in", other=giver)
            to = self._entities(told, "subj", "person")
            return self._entities(told, "from", "agent", "oblique", other=to), to
        if value == "come":
            giver = self._entities(told, "from", "agent")
            return giver, self._entities(told, "to", "in", other=giver)
        giver = self._entities(told, "agent", "from") if deed.passive else self._entities(told, "subj", "agent", "from")
        return giver, self._entities(told, "of", "subj", "to", "in", "obj", other=giver)

    def _complete(
        self, told: _Told, deed: Deed, from_: tuple[int, ...], to: tuple[int, ...]
    ) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
        """Put in the article's own institution as the receiver where the text names no other."""
        home = self.cast._home()
        named = any(not actor.entities for actor in told.parts.get("to", ()))
        if home and not to and from_ != home and not named and (from_ or deed.value in ("take", "come", "enrich")):
            return from_, home, True
        return from_, to, False

    def _doer(self, told: _Told, deed: Deed | None) -> tuple[int, ...]:
        """Return whose count it is: the subject, the agent, the place."""
        if deed is not None and deed.passive:
            return self._entities(told, "agent", "in", "of", "subj", "from")
        return self._entities(told, "subj", "agent", "in", "person", "of")
