"""Who gave the counted things, who received them, whose they are: from the parts that the institutions have in the clause."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.deeds import Clause, Deed, offered
from pipeline.finders.english_deeds import recipient
from pipeline.finders.givers import Givers
from pipeline.finders.hints import exhibitor, stranger
from pipeline.finders.parts import settings
from pipeline.finders.things import Thing
from pipeline.text.tokens import Kind

__all__ = ["MOVES", "Parties", "Told"]

_TAKEN_UP = 6  # tokens between a name and the “which” that takes it up
_HEADED = 6  # tokens between a director and what he gives
_ELIDED = 12  # tokens between the things of a clause without a verb and its parties
_NEAR = 3  # sentences back in which a receiver that is not named again may have been
MOVES = frozenset({"give", "take", "come", "bring", "enrich"})


@dataclass(slots=True)
class Told:
    """What is known of one count while its parties are gathered."""

    thing: Thing
    clause: Clause
    parts: dict[str, list[Actor]]
    back: bool
    part: bool
    everyone: list[Actor]  # of the sentence
    heading: (
        Actor | None
    )  # a name that opens the sentence as the heading of a list item: “British Library: 340 books received”
    since: int  # the token after the count before that stands before the verb: the subject is sought from here
    window: tuple[int, int]  # the tokens of the clause
    asides: list[tuple[int, int]]  # token ranges within it that tell of something else
    followed: bool  # another count stands behind it in the sentence
    ellipsis: Actor | None  # the subject of a clause whose verb is that of the count before: “and the Embassy 90 books”


class Parties:
    """Finds the parties of counts; remembers the subject of the clause before."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self.subject: tuple[int, ...] = ()
        self.givers = Givers(cast)

    def entities(self, told: Told, *parts: str, other: tuple[int, ...] = ()) -> tuple[int, ...]:
        """Return what stands in the first of some parts that anything stands in."""
        for part in parts:
            for actor in told.parts.get(part, ()):
                for entity in actor.entities:
                    if entity not in other:
                        return (entity,)
        return ()

    def subject_of(self, told: Told, deed: Deed, language: str) -> tuple[int, ...]:
        """Return the subject of an active verb: the nearest that may be one, before the verb rather than after it."""
        if language == "uz":
            if deed.relative and (doer := self._behind(told, deed)):
                return doer
            if stranger(self.cast, told):
                return ()
            if self._by_us(deed):
                we = (a.entities[:1] for a in told.parts.get("subj", ()) if a.entities and self._is_us(a))
                if us := next(we, self.cast.speaks()):
                    return us
            us = tuple(a.entities[0] for a in told.parts.get("to", ()) if a.entities and self._is_us(a))
            if entities := self.entities(told, "subj", other=us):
                return entities
            return self._earlier(told, told.clause.begin) or self._earlier(told, told.thing.opening)
        first = deed.first
        listed = told.ellipsis
        if listed is not None:
            return listed.entities[:1]
        if (antecedent := self._antecedent(told, deed, language)) is not None:
            self.subject = antecedent.entities[:1]
            return self.subject
        parts = ["subj", "bare"] if language == "ru" else ["subj"]
        for part in parts:
            actors = [a for a in told.parts.get(part, []) if a.first >= told.since or a.first >= deed.last]
            before = [a for a in actors if a.last <= first]
            after: list[Actor] = []
            if language == "ru":
                after = [a for a in actors if a.first >= deed.last and self._beside(told.thing, deed, a)]
            for actor in sorted(before, key=lambda a: -a.first) + after:
                if actor.entities and not self._given_to(actor.entities[0], told, deed):
                    self.subject = actor.entities[:1]
                    return self.subject
        if language == "ru" and self.tokens.fold[deed.first].endswith(settings("ru", "infinitive")):
            asked = any(word in settings("ru", "asking") for word in self.tokens.fold[told.clause.begin : deed.first])
            subject = self.entities(told, "dat")
            if asked and deed.value == "give" and subject in ((), self.cast.speaks(deed.first)):
                return self.cast.addressed(deed.first)  # «Просим одолжить нам два документа»
            return subject
        if language == "ru" and self.tokens.fold[deed.last - 1].endswith(settings("ru", "first_person")):
            others = {e for part in ("dat", "to") for a in told.parts.get(part, ()) for e in a.entities}
            return tuple(e for e in self.cast.speaks(deed.first) if e not in others)
        if person := tuple(e for a in told.parts.get("person", ()) if a.last <= first for e in a.entities)[:1]:
            self.subject = person
        taken = {e for part in ("to", "dat") for a in told.parts.get(part, ())[:1] for e in a.entities}
        if self.subject and not taken.isdisjoint(self.subject) and not told.parts.get("subj"):
            return ()  # «Мы подарили им 5 книг, а нам дали 3»
        return (
            self.givers.branch(told, deed, language)
            or self.subject
            or self._earlier(told, min(deed.first, told.thing.opening))
            or self._headed(told, deed, language)
        )

    def _by_us(self, deed: Deed) -> bool:
        """Return whether an Uzbek verb, or the verb that its converb goes on with, has the ending of “we”: «qoʻshib yubordik»."""
        folds, last = self.tokens.fold, deed.last - 1
        if folds[last].endswith(settings("uz", "converbs")) and deed.last < len(folds):
            last = deed.last
        return folds[last].endswith(settings("uz", "first_person"))

    def _behind(self, told: Told, deed: Deed) -> tuple[int, ...]:
        """Return whom an Uzbek participle behind a count tells of: «50 ta kitob bergan Ulan-Bator vakillari»."""
        if deed.passive or deed.first < told.thing.last:
            return ()
        near = (a for a in told.everyone if a.first == deed.last and a.part in ("subj", "to", "from", "of"))
        return next((actor.entities[:1] for actor in near), ())

    def _is_us(self, actor: Actor) -> bool:
        """Return whether an actor is “us”."""
        reading = self.cast.reading("uz", actor.first)
        return reading is not None and reading.symbol == "OURS"

    def _headed(self, told: Told, deed: Deed, language: str) -> tuple[int, ...]:
        """Return the article's own institution where its director acts: «В ответ директор вручила гостям 12 книг»."""
        first = min(deed.first, told.thing.opening)
        words = self.tokens.fold[max(told.clause.begin, first - _HEADED) : first]
        if deed.value != "give" or deed.passive or not any(word in settings(language, "heads_of") for word in words):
            return ()
        return (
            ()
            if any(
                actor.entities[:1] == self.cast.own() for part in ("to", "dat") for actor in told.parts.get(part, ())
            )
            else self.cast.own()
        )

    def elided(
        self, told: Told, since: int, from_: tuple[int, ...], to: tuple[int, ...]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the parties of a clause without a verb: its own, else those of the clause before, which ended at token `since`."""
        mine: dict[str, tuple[int, ...]] = {}
        for actor in told.everyone:
            if since <= actor.first and actor.entities and abs(actor.first - told.thing.first) <= _ELIDED:
                mine.setdefault(actor.part, actor.entities[:1])
        giver = mine.get("from") or mine.get("agent") or (mine.get("subj", ()) if from_ else ())
        if told.part and (own := self.givers.dashed(told)):
            return (own, to) if own != to else (from_, to)  # «… ещё 5 монет — из музея»
        taker = mine.get("to") or mine.get("dat") or ()
        if told.part or not (giver or taker):
            return from_, to
        if giver == to and not taker:
            taker = from_
        if taker == from_ and not giver:
            giver = to
        giver, taker = giver or from_, taker or to
        return (giver, taker) if giver != taker else (from_, to)

    def _given_to(self, entity: int, told: Told, deed: Deed) -> bool:
        """Return whether a pronoun beside the verb makes an institution the receiver: “brought us 5 books”."""
        return entity == self.cast.home and any(
            not actor.named and actor.entities[:1] == (entity,) and 0 <= actor.first - deed.last <= 1
            for part in ("to", "dat")
            for actor in told.parts.get(part, ())
        )

    def _earlier(self, told: Told, until: int) -> tuple[int, ...]:
        """Return the subject of an earlier clause of the sentence, which goes on as that of a clause without its own."""
        taken = {e for part in ("to", "dat", "from") for a in told.parts.get(part, ()) for e in a.entities}
        for actor in reversed(told.everyone):
            if (
                actor.part in ("subj", "person")
                and actor.last <= until
                and actor.entities
                and actor.entities[0] not in taken
            ):
                return actor.entities[:1]
        return ()

    def _antecedent(self, told: Told, deed: Deed, language: str) -> Actor | None:
        """Return the name that a relative pronoun before the verb takes up: “…, which has sent”."""
        folds = self.tokens.fold
        if (
            language == "ru"
            and folds[deed.first - 1] == ","
            and folds[deed.first].endswith(settings("ru", "active_participles"))
        ):
            near = [a for a in told.everyone if a.last == deed.first - 1 and a.entities]
            return near[0] if near else None  # «музей, приславший 5 книг»
        for index in range(deed.first - 1, max(deed.first - 5, 0), -1):
            if folds[index] in settings(language, "relative") and folds[index - 1] == ",":
                if language == "ru" and told.thing.last == index - 1:
                    return None  # «38 книг, которые отдал нам музей»
                named = [a for a in told.everyone if a.last <= index and a.named and index - a.last <= _TAKEN_UP]
                return max(named, key=lambda a: a.first) if named else None
        return None

    def _beside(self, thing: Thing, deed: Deed, actor: Actor) -> bool:
        """Return whether a Russian subject that follows its verb belongs to it: no comma, quote or dash stands between."""
        passed = [i for i in range(deed.last, actor.first) if not thing.opening <= i < thing.last]
        signs = '«“"„.:' if deed.last <= actor.first < thing.opening else '«“"„.'  # «передали: музей — 74 книги»
        return not any(self.tokens.kind[i] is Kind.SIGN and self.tokens.fold[i] not in signs for i in passed)

    def move(
        self, told: Told, deed: Deed, participle: Deed | None, language: str
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the giver and the receiver that the words of a transfer name."""
        value = deed.value
        if told.heading is not None and deed.passive and value in ("take", "come"):
            return told.heading.entities[:1], ()
        receivers = ("dat", "to") if language == "ru" else ("to",)
        if participle is not None and participle is not deed and participle.value in MOVES:
            giver = self.entities(told, "agent", "from", "subj")
            to = self.entities(told, "to", other=giver)
            if deed.value == "take" and not deed.passive and not to:
                to = (
                    self.cast.speaks()
                    if self.tokens.fold[deed.last - 1].endswith(settings("uz", "first_person"))
                    else ()
                )
            return giver, to
        if value in ("give", "bring"):
            if offered(self.cast, deed, language):
                return self.cast.speaks(deed.first), self.cast.addressed(deed.first)
            if deed.passive and language == "en" and recipient(self.cast, told, deed):
                to = self.entities(told, "subj") or self._earlier(told, deed.first)
                return self.entities(told, "agent", "from", other=to), to
            if deed.passive and language == "ru" and (to := self.givers.endowed(told, deed, ())):
                return self.entities(told, "agent", "from", other=to), to
            if deed.passive:
                giver = self.entities(told, "agent", "from", *(("subj",) if language == "uz" else ()))
                giver = giver or self.givers.closed(told, language) or self._owner(told, language)
                if not giver and participle is not None and participle.value == "hold":
                    giver = self.entities(told, "in", other=self.entities(told, *receivers))
                return giver, self.entities(
                    told, *receivers, *(("in",) if language == "uz" else ("oblique",)), other=giver
                )
            giver = self.subject_of(told, deed, language) or self.entities(told, "agent", "from")
            if language == "ru" and (fetched := self.givers.fetched(told, deed, giver)):
                return fetched, giver
            if lender := self.givers.lender(told, language):
                giver = lender
            to = self._nearest(told, receivers, giver)
            if not to and language == "en" and told.ellipsis is None:
                to = tuple(
                    e
                    for part in ("subj", "person")
                    for a in told.parts.get(part, ())
                    if deed.last <= a.first < told.thing.first
                    for e in a.entities[:1]
                    if e not in giver
                )[:1]
            if not to and language == "ru":
                to = self._unmarked(told, deed, giver) or self.givers.endowed(told, deed, giver)
            if not to and language == "uz":
                to = tuple(e for e in exhibitor(self.cast, told) if e not in giver)
            return giver, to
        if value == "take":
            if deed.passive:
                giver = self.entities(told, "from")
                if not giver and (agent := self.entities(told, "agent")):
                    if language != "uz" or agent == self.cast.own():
                        return self.entities(told, "from", other=agent), agent
                    giver = agent
                return giver, self.entities(told, *receivers, "in", other=giver)
            to = self.subject_of(told, deed, language)
            giver = self.entities(told, "from", "agent", "oblique", other=to)
            return giver or self.givers.of_seller(told, deed, language), to
        if value == "come":
            giver = (
                self.entities(told, "from", "agent")
                or self.givers.closed(told, language)
                or self.givers.donor(told, language)
                or self._owner(told, language)
            )
            return giver, self.entities(told, *receivers, "in", other=giver)
        giver = self.entities(told, "agent", "from") if deed.passive else self.subject_of(told, deed, language)
        return giver, self.entities(told, "of", "subj", *receivers, "in", "obj", other=giver)

    def _nearest(self, told: Told, parts: tuple[str, ...], other: tuple[int, ...]) -> tuple[int, ...]:
        """Return what stands nearest to the count in any of some parts."""
        actors = [actor for part in parts for actor in told.parts.get(part, ())]
        for actor in sorted(actors, key=lambda a: abs(a.first - told.thing.first)) if len(parts) > 1 else actors:
            for entity in actor.entities:
                if entity not in other:
                    return (entity,)
        return ()

    def _owner(self, told: Told, language: str) -> tuple[int, ...]:
        """Return whose the things were: an Uzbek genitive right before the count."""
        if language != "uz":
            return ()
        for actor in told.everyone:
            if actor.part == "of" and actor.last == told.thing.opening:
                reading = self.cast.reading("uz", actor.first)
                edition = told.thing.unit == "copies" and reading is not None and reading.symbol == "LAST"
                return () if edition else actor.entities[:1]  # «kitob bosildi, uning ming nusxasi …»
        return ()

    def _unmarked(self, told: Told, deed: Deed, giver: tuple[int, ...]) -> tuple[int, ...]:
        """Return the receiver whose case Russian does not show: it stands between the verb and the count or right after the count."""
        first, last = min(deed.last, told.thing.last), max(deed.first, told.thing.first)
        for part in ("oblique", "bare"):
            for actor in told.parts.get(part, ()):
                if told.ellipsis is not None and actor.first < told.thing.opening:
                    continue
                beside = all(
                    self.tokens.kind[i] is not Kind.SIGN or self.tokens.fold[i] in '«“"„.'
                    for i in range(told.thing.last, actor.first)
                )
                if (first <= actor.first < last or beside) and actor.entities and actor.entities[0] not in giver:
                    return actor.entities[:1]
        return ()

    def complete(
        self, told: Told, deed: Deed, from_: tuple[int, ...], to: tuple[int, ...]
    ) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
        """Put in the article's own institution where the text names the other party only, and no other receiver or giver."""
        aside = [
            actor.entities[0]
            for actor in told.everyone
            if actor.named and actor.entities[0] not in from_ and any(a <= actor.first < b for a, b in told.asides)
        ]
        if from_ and not to and len(aside) == 1 and self.cast.document.languages[told.thing.first] != "uz":
            return from_, (aside[0],), False  # “X, with which Y signed a contract, sends 100 books”
        if not to and (meant := self.givers.meant_for(told, deed, from_)):
            return from_, meant, False
        home = self.receiver(told, from_ or to)
        if not home:
            return from_, to, False
        language = self.cast.document.languages[told.thing.first]
        if (
            not from_
            and language != "uz"
            and to in ((), home)
            and (giver := self.givers.giver(told, deed, home, language))
        ):
            return giver, home, True
        if (
            not from_
            and self.cast.collects
            and language != "uz"
            and deed.passive
            and deed.value in ("give", "take")
            and to in ((), home)
        ):
            partners = {e for actor in told.everyone if actor.part == "with" for e in actor.entities if e not in home}
            others = {e for actor in told.everyone for e in actor.entities if e not in home}
            if len(partners) == 1 and others == partners:  # «Обмен с музеем: отправлено 14 книг, получено 9 книг»
                return (tuple(partners), home, True) if deed.value == "take" or to else (home, tuple(partners), True)
        if not from_ and self.cast.collects and to != home and self.givers.goes_out(told, deed, language):
            return home, to, True  # «В Рим отправлены 6 рукописей»
        unknown = any(not actor.entities for actor in told.parts.get("to", ()))
        if deed.value == "take" and not deed.passive and not to and self.cast.document.languages[deed.first] != "uz":
            first = (actor for actor in told.parts.get("subj", ()) if actor.last <= deed.first)
            unknown = unknown or any(not actor.entities for actor in first)  # “every participant takes home”
        blocked = unknown or self._elsewhere(told, deed)
        if not to and from_ == home and not blocked:
            partner = [e for e in self.cast.recent(told.thing.last, _NEAR) if e not in home and self.cast.collecting(e)]
            return from_, tuple(partner) if len(partner) == 1 else (), True
        if not to and from_ != home and not blocked and (from_ or deed.value in ("take", "come", "enrich")):
            return from_, home, True
        if (
            not to
            and not from_
            and self.cast.collects
            and deed.value in ("give", "bring")
            and not deed.passive
            and not blocked
            and not told.back
        ):
            return from_, home, True  # a person gives
        if to and to != home and not from_ and told.back and deed.value == "take" and not deed.passive:
            return home, to, True  # “In return they get 15 copies”
        sent = (
            deed.value == "give"
            and (deed.passive or (deed.weak and not told.parts.get("subj")))
            and not told.parts.get("from")
            and not told.parts.get("agent")
        )
        here = home == self.cast.own() or any(actor.entities[:1] == home for actor in told.everyone)
        if to and to != home and not from_ and sent and here:
            return home, to, True
        if to == home and not from_ and deed.value in ("give", "come", "bring") and deed.passive:
            partners = {e for actor in told.parts.get("with", ()) for e in actor.entities if e not in home}
            if len(partners) == 1 and not told.parts.get("from"):
                return tuple(partners), to, True
        return from_, to, False

    def _elsewhere(self, told: Told, deed: Deed) -> bool:
        """Return whether an English “to the …” or a Russian plural dative names a receiver that is no institution of the text."""
        folds, first = self.tokens.fold, min(deed.first, told.thing.opening)
        language = self.cast.document.languages[told.thing.first]
        end = min(
            self.tokens.sentences[self.tokens.sentence[told.thing.first]][1], max(deed.last, told.thing.last) + 12
        )
        if language == "en":
            return any(folds[i] == "to" and folds[i + 1] in settings("en", "articles") for i in range(first, end - 1))
        if language == "ru":
            return any(
                folds[i].endswith(settings("ru", "plural_datives")) and len(folds[i]) > 4
                for i in range(first, min(end, deed.last + 3))
            )
        return False

    def receiver(self, told: Told, other: tuple[int, ...]) -> tuple[int, ...]:
        """Return who receives where the text does not say: the article's own institution, else whom it speaks of."""
        return self.cast.own() if self.cast.collects else self._nearby(told, other)

    def _nearby(self, told: Told, other: tuple[int, ...]) -> tuple[int, ...]:
        """Return the one library, museum or archive that the sentence before or this one speaks of beside the other party."""
        topic = self.cast.topic
        givers = {e for actor in told.everyone if actor.part in ("from", "agent") for e in actor.entities}
        if topic is not None and topic not in other and topic not in givers and self.cast.collecting(topic):
            return (topic,)
        near = self.cast.recent(told.thing.last, _NEAR)
        found = [e for e in near if e not in other and e not in givers and self.cast.collecting(e)]
        return tuple(found) if len(found) == 1 else ()

    def doer(self, told: Told, deed: Deed | None, language: str, begin: int, end: int) -> tuple[int, ...]:
        """Return whose count it is: the subject, the agent, the place; the article's own institution where the sentence names no other."""
        if deed is None:
            found = self.entities(told, "in", "of", "subj")
        elif deed.passive:
            found = self.entities(told, "agent", "in", *(("of", "subj") if language == "uz" else ()))
        else:
            found = self.subject_of(told, deed, language) or self.entities(told, "agent", "in", "of")
        if not found:
            named = {entity for actor in told.everyone for entity in actor.entities if entity in self.cast.kinds}
            if len(named) == 1:
                return tuple(named)
        if not found and not any(told.parts.values()):
            return self.cast.about() if language == "uz" else self.cast.own()
        return found
