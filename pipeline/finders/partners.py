"""Who the other party of an Uzbek transfer is where its clause names one only, or none: whom an agreement was made with, who was spoken of just before,
who is spoken to, whose the line of a list is, what a question asked.

The words are data (`deeds.toml`): `away`, `asking`, `containers`, `peopled`, PARCEL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pipeline.finders.actors import Cast
from pipeline.finders.clauses import Deed
from pipeline.finders.parts import settings
from pipeline.text.tokens import Gap

if TYPE_CHECKING:
    from pipeline.finders.parties import Told


__all__ = ["Partners"]

_NEAR = 2  # sentences back in which the other party was named
_LINE = 24  # tokens between a giver and the count in his line
_QUESTION = 16  # tokens between “what did we give” and the count that answers
_ASKED = 4  # tokens between “what” and its verb
_SAID = 2  # sentences between a gift and what is said to be in it
_DOTS = 3  # of a table
_TITLE = 30  # tokens of a heading
_MOVES = frozenset({"give", "take", "come", "bring"})

Pair = tuple[tuple[int, ...], tuple[int, ...]]


class _Transfer(Protocol):
    @property
    def from_(self) -> tuple[int, ...]: ...
    @property
    def to(self) -> tuple[int, ...]: ...


class Partners:
    """Finds the party that an Uzbek clause leaves out."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens

    def fill(self, told: Told, deed: Deed, from_: tuple[int, ...], to: tuple[int, ...]) -> Pair:
        """Return the giver and the receiver, the missing one filled in where only one institution can be meant."""
        if deed.value not in _MOVES or bool(from_) == bool(to):
            return from_, to
        known = (from_ or to)[0]
        if to and self._from_here(told, known):
            return self.cast.own(), to
        if any(not actor.entities for actor in told.parts.get("from" if to else "to", ())):
            return from_, to  # a place or a person that is no institution of the text
        other = (
            self._from_them(told, deed, known)
            or (self._headed(told, known) if to else ())
            or self._donated(told, known)
            or self._agreed(told, known)
        )
        if not other and to and deed.value == "give" and deed.passive:
            other = self._sender(told, known)
        if not other and to:
            other = self._spoken_of(told, deed, known)
        if not other and from_:
            other = self._at(told, deed, known) or self._addressed(told, known)
        return (from_ or other, to or other)

    def carried(self, told: Told, deed: Deed) -> Pair | None:
        """Return the giver and the receiver of what is taken away to another: «2340 hujjatni Markaziy arxivga olib ketishdi»; None where none is named."""
        if deed.value == "bring" and not deed.passive:
            return self._fetched(told)
        if (
            deed.value != "take"
            or deed.passive
            or not self.tokens.fold[deed.last - 1].startswith(settings("uz", "away"))
        ):
            return None
        to = next((a.entities[:1] for a in told.parts.get("to", ()) if a.named and a.entities), ())
        if not to and not any(told.parts.get(part) for part in ("to", "from", "agent")) and self.cast.collects:
            taker = next((a.entities[:1] for a in told.parts.get("subj", ()) if a.entities), ())
            return (
                (self.cast.own(), taker) if taker and taker != self.cast.own() else None
            )  # «mehmonlar 12 ta kitob olib ketishdi»
        if not to:
            return None
        giver = next(
            (a.entities[:1] for part in ("from", "of") for a in told.parts.get(part, ()) if a.entities[:1] != to), ()
        )
        home = self.cast.own() if to != self.cast.own() and self.cast.collects else ()
        return giver or home, to

    def _fetched(self, told: Told) -> Pair | None:
        """Return the parties of what its subject brings from another: «muzey Afrosiyob muzeyidan 45 ta idish olib keldi»."""
        giver = next((a.entities[:1] for a in told.parts.get("from", ()) if a.named and a.entities), ())
        subject = next((a.entities[:1] for a in told.parts.get("subj", ()) if a.named and a.entities), ())
        if not giver or not subject or giver == subject:
            return None
        to = next((a.entities[:1] for a in told.parts.get("to", ()) if a.entities and a.entities[:1] != giver), ())
        return giver, to or subject

    def meant(
        self, told: Told, deed: Deed, from_: tuple[int, ...], to: tuple[int, ...], before: _Transfer | None
    ) -> Pair:
        """Return the giver and the receiver, the missing one where the things are called “your” or are said to be for one: «18 ta buyumingiz», «muzey uchun 12 ta kitob keldi»."""
        if told.back and before is not None and before.to and deed.value == "give" and self._they(told):
            return before.to, to or before.from_  # «Ular ham qarzdor boʻlib qolmay, 35 nusxa katalog berishdi»
        if not from_ and not deed.passive and deed.value in ("give", "bring"):
            from_ = tuple(e for e in self._owner_of(told, deed) or self._dropped(told, deed, to) if e not in to)
        if not from_ and self.cast.is_ours(told.thing.last - 1, "your"):
            from_ = tuple(e for e in self.cast.addressed(told.thing.first) if e not in to)
        if not to and deed.value in ("give", "come", "bring"):
            goal = (e for actor in told.parts.get("for", ()) for e in actor.entities[:1] if e not in from_)
            to = tuple(goal)[:1]
        if not from_ and to not in ((), self.cast.own()) and self.cast.collects and self._lent(told, deed):
            from_ = self.cast.own()  # «hamkorlar vaqtincha olgan 40 hujjat»
        return from_, to

    def _owner_of(self, told: Told, deed: Deed) -> tuple[int, ...]:
        """Return the subject of a participle before the count, which has the genitive: «Luvrning bergan 12 ta kitobi»."""
        if not deed.relative or deed.last > told.thing.opening:
            return ()
        near = (a.entities[:1] for a in told.everyone if a.part == "of" and 0 <= deed.first - a.last <= _ASKED)
        return next((entities for entities in near if entities), ())

    def _dropped(self, told: Told, deed: Deed, to: tuple[int, ...]) -> tuple[int, ...]:
        """Return the only subject of the sentence before, which goes on in one that has none: «Luvr biz bilan ishlaydi. Shu yili 15 ta kitob yubordi»."""
        tokens = self.tokens
        number = tokens.sentence[told.thing.first]
        first = tokens.sentences[number][0]
        if (
            not number
            or tokens.gap[first] is Gap.BREAK
            or any(told.parts.get(part) for part in ("subj", "agent", "from", "of"))
        ):
            return ()
        words = tokens.fold[told.clause.begin : max(told.thing.opening, deed.first)]
        if self._peopled(told, deed) or any(word in settings("uz", "somebody") for word in words):
            return ()
        before = self.cast.actors(max(tokens.sentences[number - 1][0], first - _TITLE), first, "uz")
        subjects = {actor.entities[0] for actor in before if actor.part == "subj" and actor.entities}
        return tuple(subjects) if len(subjects) == 1 and (to or subjects != {*self.cast.own()}) else ()

    def _they(self, told: Told) -> bool:
        """Return whether “they” are the subject."""
        readings = (self.cast.reading("uz", actor.first) for actor in told.parts.get("subj", ())[:1])
        return any(reading is not None and reading.symbol == "THEM" for reading in readings)

    def _lent(self, told: Told, deed: Deed) -> bool:
        """Return whether what somebody took is a loan whose giver no word tells."""
        if deed.value != "take" or deed.passive or told.parts.get("from") or told.parts.get("agent"):
            return False
        near = self.tokens.fold[max(told.clause.begin, deed.first - _ASKED) : deed.first]
        return any(word in settings("uz", "loans") for word in near)

    def lined(self, told: Told) -> tuple[int, ...]:
        """Return the giver whose name in the ablative opens the line or the part of a list in which a count stands without a verb."""
        opening = told.thing.opening
        if dotted := self._dotted(told):
            return dotted
        last = told.thing.last
        if self.tokens.fold[last : last + 1] in (["—"], ["–"]):  # «16 ta hujjat — viloyat arxividan»
            behind = (a for a in told.everyone if a.part == "from" and last < a.first <= last + _ASKED and a.named)
            if giver := next((actor.entities[:1] for actor in behind), ()):
                return giver
        for actor in reversed(told.everyone):
            if actor.last > opening:
                continue
            if opening - actor.last > _LINE or actor.part not in ("from", "agent"):
                return ()
            signs = any(
                self.tokens.gap[i] is Gap.BREAK or self.tokens.fold[i] in (";", "(", "?", "!")
                for i in range(actor.last, opening)
            )
            return () if signs or not actor.named else actor.entities[:1]
        return ()

    def asked(self, told: Told, before: Pair | None) -> Pair | None:
        """Return the parties of what answers a question: «Biz ularga nima yubordik? – 12 ta atlas»; `before` those of the transfer spoken of."""
        folds, opening = self.tokens.fold, told.thing.opening
        for index in range(opening - 1, max(0, opening - _QUESTION), -1):
            if self.tokens.gap[index] is Gap.BREAK:
                return None
            reading = self.cast.reading("uz", index)
            if reading is None or reading.symbol != "VERB":
                continue
            value = reading.value.partition(".")[0]
            if value not in ("give", "take") or not any(
                word in settings("uz", "asking") for word in folds[max(0, index - _ASKED) : index]
            ):
                return None
            first = self.tokens.sentences[self.tokens.sentence[index]][0]
            actors = self.cast.actors(max(first, index - _QUESTION), index, "uz")
            if not folds[index].endswith(settings("uz", "first_person")):
                return None
            mine = self.cast.speaks(index) or self.cast.own()
            others = [
                a.entities[:1] for a in actors if a.part in ("to", "from") and a.entities and a.entities[:1] != mine
            ]
            other = others[0] if others else ()
            if not other and before is not None:
                other = next((party for party in before if party and party != mine), ())
            if not other:
                other = self.cast.others(index)
            return (mine, other) if value == "give" else (other, mine)
        return None

    def stock(self, told: Told) -> bool:
        """Return whether a count tells what there is on a day or in a fund, before a colon or dash: «01.01.2022 holatiga: 148 306 nusxa»."""
        folds, opening = self.tokens.fold, told.thing.opening
        return (
            opening > 1 and folds[opening - 1] in (":", "—", "–", "-") and folds[opening - 2] in settings("uz", "stock")
        )

    def contents(self, told: Told, begin: int) -> bool:
        """Return whether the sentence tells what is in a parcel, a box, a chest of which it was said that it is given or came."""
        deed, folds = told.clause.deed, self.tokens.fold
        if deed is not None and not folds[deed.first].startswith(settings("uz", "lying")):
            return False
        opened = any(word in settings("uz", "inside") for word in folds[begin : min(begin + 3, told.thing.opening)])
        number = self.tokens.sentence[begin]
        if opened and number and self.cast.has("PARCEL", self.tokens.sentences[number - 1][0], begin, "uz"):
            return self._moved_before(begin, begin)
        for index in range(max(begin, told.thing.opening - _LINE), told.thing.opening):
            reading = self.cast.reading("uz", index)
            if reading is None or reading.symbol != "PARCEL":
                continue
            inside = reading.case in ("loc", "abl") or any(
                word in settings("uz", "inside") for word in folds[index + 1 : index + 5]
            )
            return inside and self._moved_before(index, begin)
        return False

    def _moved_before(self, index: int, begin: int) -> bool:
        """Return whether a verb of giving or coming stands in the sentences before or before a token."""
        number = self.tokens.sentence[begin]
        first = max(self.tokens.sentences[max(0, number - _SAID)][0], index - 80)
        for at in range(first, index):
            reading = self.cast.reading("uz", at)
            if reading is not None and reading.symbol in ("VERB", "DEED") and reading.value.partition(".")[0] in _MOVES:
                return True
        return False

    def _agreed(self, told: Told, known: int) -> tuple[int, ...]:
        """Return the other side of what was agreed between two: «X va Y oʻrtasidagi bitim asosida … X 46 ta kitob yubordi»."""
        joined = {e for actor in told.everyone if actor.part == "with" for e in actor.entities}
        others = joined - {known}
        if not others and known in joined:  # «X Y bilan kelishdi: … Yga yuboriladi»
            others = {e for actor in told.everyone if actor.part == "subj" for e in actor.entities} - {known}
        return tuple(others) if len(others) == 1 and (known in joined or known == self.cast.home) else ()

    def _from_them(self, told: Told, deed: Deed, known: int) -> tuple[int, ...]:
        """Return whom “from them” means, which tells no part of a whole here: «ulardan esa 3 ta dastgoh keldi»."""
        opening = told.thing.opening
        if deed.value not in ("take", "come") or self.tokens.fold[told.thing.first].endswith("tasi"):
            return ()
        if not any(word in settings("uz", "from_them") for word in self.tokens.fold[max(0, opening - 4) : opening]):
            return ()
        near = [a.entities for a in told.everyone if a.entities and a.last <= opening and a.entities[0] != known]
        return near[-1][:1] if near else tuple(e for e in self.cast.others(opening) if e != known)

    def _donated(self, told: Told, known: int) -> tuple[int, ...]:
        """Return whose gift the things are called before their number: «jamgʻarma hadyasi – 12 ta kartina – muzeyga yetib keldi»."""
        for actor in told.everyone:
            if not 0 < told.thing.opening - actor.last <= _ASKED or not actor.entities or actor.entities[0] == known:
                continue
            reading = self.cast.reading("uz", actor.last)
            if reading is not None and reading.symbol == "DEED" and reading.value == "give" and reading.possessive:
                return actor.entities[:1]
        return ()

    def _headed(self, told: Told, known: int) -> tuple[int, ...]:
        """Return whom the words before a colon speak of: «muzeyning yordami katta: zaxirasidan 112 ta buyumni bizga berdi»."""
        folds, opening = self.tokens.fold, told.thing.opening
        earlier = [
            a
            for a in told.everyone
            if a.last <= opening and a.part in ("subj", "of") and a.entities[:1] not in ((), (known,))
        ]
        others = {actor.entities[0] for actor in earlier}
        return tuple(others) if len(others) == 1 and ":" in folds[earlier[0].last : opening] else ()

    def _dotted(self, told: Told) -> tuple[int, ...]:
        """Return the giver before the dots of a table: «universitetdan ........ 1208 hujjat»."""
        at = first = told.thing.first
        while at and self.tokens.fold[at - 1] in (".", "…"):
            at -= 1
        if first - at < _DOTS and self.tokens.fold[at] != "…":
            return ()
        near = self.cast.actors(max(0, at - _LINE), at, "uz")
        return near[-1].entities[:1] if near and near[-1].part == "from" and near[-1].last == at else ()

    def _from_here(self, told: Told, known: int) -> bool:
        """Return whether things go abroad from a city in the country of the article's own institution: «Nukusdan 55 ta kitob olib ketishdi»."""
        country, places = self.cast.home_country(), self.cast.places
        if country is None or not self.cast.collects or known >= len(self.cast.countries):
            return False
        if self.cast.countries[known] in (None, country):
            return False
        for actor in told.parts.get("from", ()):
            place = places[actor.first] if actor.place and not actor.entities and actor.first < len(places) else None
            if place is not None and place.code == country:
                return True
        return False

    def _sender(self, told: Told, known: int) -> tuple[int, ...]:
        """Return the institution with whose name an article opens, which tells what it sent: a report, minutes."""
        topic = self.cast.topic
        if topic is None or topic == known or self.cast.home is not None or not self.cast.collecting(topic):
            return ()
        here = {e for actor in told.everyone for e in actor.entities} - {known, topic}
        return () if here or self.cast.opened[topic] >= _TITLE else (topic,)

    def _at(self, told: Told, deed: Deed, known: int) -> tuple[int, ...]:
        """Return where a gift was handed over: «elchi … markazi binosida 250 ta kitob topshirdi»."""
        if deed.value != "give" or deed.passive or told.parts.get("to"):
            return ()
        for actor in told.parts.get("in", ()):
            if actor.entities and actor.entities[0] != known and self.cast.collecting(actor.entities[0]):
                return actor.entities[:1]
        return ()

    def _addressed(self, told: Told, known: int) -> tuple[int, ...]:
        """Return whom a letter is for, where those who write it give."""
        if (known,) != self.cast.speaks(told.thing.first) or told.parts.get("to"):
            return ()
        return tuple(e for e in self.cast.addressed(told.thing.first) if e != known)

    def _spoken_of(self, told: Told, deed: Deed, known: int) -> tuple[int, ...]:
        """Return the only other institution of the sentences just before, where this one has no other and no subject that may be a person."""
        here = {e for actor in told.everyone for e in actor.entities} - {known, *self.cast.own()}
        if here or self._peopled(told, deed):
            return ()
        near = [e for e in self.cast.recent(told.thing.last, _NEAR) if e != known]
        return (near[0],) if len(near) == 1 else ()

    def _peopled(self, told: Told, deed: Deed) -> bool:
        """Return whether somebody that is no institution of the text may be the subject before the count."""
        opening = self.tokens.sentences[self.tokens.sentence[told.thing.first]][0]
        for index in range(told.clause.begin, max(told.thing.opening, deed.first)):
            if told.thing.opening <= index < told.thing.last or self.cast.named(index):
                continue
            reading = self.cast.reading("uz", index)
            if reading is not None and (reading.symbol in ("FOLK", "SIDE") or reading.value == "person"):
                return True
            if self.tokens.capital(index) and index != opening and self.cast.case(index) == "":
                return True
            if index < told.thing.opening and self.tokens.fold[index].endswith(settings("uz", "peopled")):
                return True
        return False
