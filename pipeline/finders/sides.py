"""Those who act for an institution without its name: the people of its city or country, its guests and hosts, its side, the city itself.

The words are data (`deeds.toml` of each language): SIDE, FOLK (guest, host), STORE with the value `person`, KIND, and the table `peoples`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.finders.parts import CASES, settings
from pipeline.finders.seats import CITY
from pipeline.finders.stand_ins import StandIns
from pipeline.finders.uzbek_references import uzbek_guest
from pipeline.finders.uzbek_sides import uzbek_echo, uzbek_side
from pipeline.languages.lexicon import Reading, lexicon
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap

__all__ = ["Actor", "Sides"]

_ECHOES = 40  # peoples that stood for an institution, the last ones
_CAPITAL = 4  # sentences between an institution of the capital and the city that stands for it
_MINISTRY = "government"
_SOON = 4  # tokens between a city and its verb
_ZH, _G = fold("ж"), fold("г")
_AGAIN = 4  # tokens between a city and the name of who is meant by it


@dataclass(frozen=True, slots=True)
class Actor:
    """A participant over tokens [first, last): what it may be, best first (none: no institution of the text), and its part.

    Parts: subj, obj, to, from, in, of, agent, with, person (of whose director ...), none. Russian has more: dat, `oblique` a case that may be
    several of them, `bare` a name without a case. `named`: by its name, not by a common noun or pronoun. `place`: a city stands for it.
    """

    first: int
    last: int
    entities: tuple[int, ...]
    part: str
    named: bool = True
    place: bool = False


class Sides(StandIns):
    """Finds who stands for an institution of the document."""

    def _place(self, index: int, language: str) -> Actor | None:
        """Return the city or person that something goes to or comes from: the institution of the text that sits there."""
        tokens = self.tokens
        if (people := self._people(index, language)) is not None:
            return people
        if not tokens.capital(index) or not tokens.gap[index]:
            return None
        folded, part = tokens.fold[index], ""
        if language == "uz":
            case = self.case(index)
            if case in ("dat", "abl"):
                part = CASES[case]
                folded = folded[: -3 if case == "abl" else -2]
        else:
            before = self.reading(language, index - 1) if index else None
            if before is not None and before.symbol == "PREP" and before.value in ("into", "from"):
                part = "to" if before.value == "into" else "from"
            elif self.is_place(index) and language == "en" and self._given_at(index - 1):
                part = "to"  # “has sent Samarkand 7 maps”
            elif before is None and self.is_place(index) and self._acts_soon(index + 1, language):
                part = "subj"  # “Bukhara lent”
        if not part or len(tokens.form(index)) < CITY - self.is_place(index):
            return None
        if language == "ru" and part == "to" and folded.endswith("e"):
            part = "in"  # «в Самаре»
        whose = self.visitor(index, language) if part == "from" and language != "uz" else ""
        here = folded.startswith(settings(language, "here")) and (language == "uz" or self._at_home(index))
        here = here or self._in_name(folded, language)
        if here and language == "uz" and self.home in self._local and not self._in_name(folded, language):
            if capital := self._of_capital(index):
                return Actor(
                    index, index + 1, capital, part, named=False, place=True
                )  # «Toshkentdan 90 ta kitob keldi»
        nobody = here and self.home is None  # «1976: Toshkentdan Dushanbega 55 ta hujjat»
        entities = self.own() if here and not nobody else self._seated(folded, language, index)
        if whose:  # «гости из Аральска»: not the article's own
            part, here = whose, False
            entities = tuple(e for e in self._seated(folded, language, index) if e != self.home)
        if here and language == "uz" and self.is_place(index) and (place := self.places[index]) is not None:
            if self.home_country() not in (None, place.code):  # a guest's article: its like there
                mine = self.kinds.get(self.home if self.home is not None else -1, set())
                there = self._by_country.get(place.code, [])
                entities = tuple(e for e in self.recent(index) if e in there and mine & self.kinds.get(e, set()))[:1]
        if language != "uz" and not whose and (capital := self.in_capital(index)):
            entities, here = capital, False
        if part == "subj" and not entities:
            return None
        if nobody and here and not (language == "uz" and entities):
            return None
        return Actor(index, index + 1, entities, part, named=False, place=True)

    def _of_capital(self, index: int) -> tuple[int, ...]:
        """Return the one institution of the country, named shortly before, whose name tells no city: it sits in the capital."""
        near = [entity for entity in self.recent(index, _CAPITAL) if self.collecting(entity) and entity != self.home]
        near = [e for e in near if self.country(e) == self.home_country() and e not in self._local]
        return tuple(near) if len(near) == 1 else ()

    def _at_home(self, index: int) -> bool:
        """Return whether a place may be in the country of the article's own institution."""
        place = self.places[index] if index < len(self.places) else None
        return place is None or self.home_country() in (None, place.code)

    def is_place(self, index: int) -> bool:
        """Return whether the gazetteer knows a place at a token."""
        return index < len(self.places) and self.places[index] is not None

    def _people(self, index: int, language: str) -> Actor | None:
        """Return the actor for the people of a city who stand for its institution: «наманганцам», `namanganliklarga`."""
        if self._nation(index, language):
            return Actor(index, index + 1, self._seated("", language, index), "subj", named=False, place=True)
        if language != "uz" and (entities := self._demonym(index, language)):
            return Actor(index, index + 1, entities, self._noun_part(index, index, language), named=False, place=True)
        if language == "uz":
            side = uzbek_side(self, index)
            return None if side is None else Actor(index, side[0], side[1], side[2], named=False)
        if language == "en":
            return None
        folded = self.tokens.fold[index]
        ending = next(
            (e for e in settings(language, "demonyms") if folded.endswith(e) and len(folded) - len(e) > CITY), ""
        )
        stem = folded[: -len(ending)] if ending else ""
        entities = self._seated(stem, language, index) if ending else ()
        if not entities and stem.endswith(_ZH):  # «петербуржцы»
            entities = self._seated(stem.removesuffix(_ZH) + _G, language, index)
        if not entities:
            return None
        preposition, _ = self.before(index, language)
        part = "from" if preposition is not None and preposition.value == "from" else _guest(folded)
        return Actor(index, index + 1, entities, part, named=False)

    def echoes(self, index: int) -> Sequence[tuple[int, int]]:
        """Return where Uzbek words for the people of a place stood last for an institution before a token: (token, entity), in order."""
        while self._heard < index:  # each token once: those before it are known then
            at, self._heard = self._heard, self._heard + 1
            if self.document.languages[at] == "uz" and (found := uzbek_echo(self, at)):
                self._echoes.append((at, found[0]))
        last = bisect_left(self._echoes, (index, -1))
        return self._echoes[max(0, last - _ECHOES) : last]

    def seated(self, folded: str, index: int) -> tuple[int, ...]:
        """Return the one institution that sits in an Uzbek city (a folded word without its case)."""
        return self._seated(folded, "uz", index)

    def of_country(self, code: str) -> list[int]:
        """Return the institutions of a country (ISO 3166-1 alpha-2) whose kind is known, in the order of their numbers."""
        return self._by_country.get(code, [])

    def _nation(self, index: int, language: str) -> bool:
        """Return whether a nation acts for its institution: “the Koreans sent”, «корейцы подарили»."""
        place = self.places[index] if index < len(self.places) else None
        if place is None or place.kind != "adjective" or language == "uz" or not self._acts_soon(index + 1, language):
            return False
        plural = self.tokens.fold[index].endswith(settings(language, "nations"))
        return plural and bool(self._seated("", language, index))

    def _demonym(self, index: int, language: str) -> tuple[int, ...]:
        """Return the institution of a country whose people a word names: «немцы», “the Finns”."""
        folded = self.tokens.fold[index]
        peoples = lexicon("deeds").settings[language]["peoples"]
        endings = settings(language, "people_endings")
        code = next(
            (
                code
                for code, stems in peoples.items()
                for stem in map(fold, stems)
                if folded.startswith(stem) and folded[len(stem) :] in endings
            ),
            "",
        )
        return self._of_country(code, index) if code else ()

    def side(self, index: int, language: str) -> Actor | None:
        """Return the actor for “the Uzbek side”, “our Polish colleagues”, «бишкекской библиотеке», whose place stands at a token."""
        last = index + 1
        after = self.reading(language, last) if last < len(self.tokens) else None
        if after is None or self.named(last) or self.tokens.gap[last] is Gap.BREAK:
            return None
        role = after.symbol in ("SIDE", "KIND", "STORE") or (after.symbol == "FOLK" and after.value != "folk")
        role = role or self.tokens.fold[last] in settings(language, "townsfolk")
        if not role:
            return None
        kind = after.value if after.symbol == "KIND" else self.office(last, language)
        entities = self._located(index, language, kind)
        if after.symbol == "STORE" and kind:  # an ambassador stands for the embassy that was named
            entities = tuple(self._named_before(entities, index))
        last += after.length
        if not entities:
            person = after.symbol in ("SIDE", "FOLK") or (after.symbol, after.value) == ("STORE", "person")
            if not (person and self._elsewhere(index, language)):
                return None
            return Actor(index, last, (), self._noun_part(index, last - 1, language), named=False)
        if after.symbol == "KIND":
            part = self.russian(index, last) if language == "ru" else self.english(index, last)
            return Actor(index, last, entities, part, named=False)
        part = self._noun_part(index, last - 1, language)
        if after.symbol == "STORE" and after.value != "person" and part not in ("from", "to"):
            return None
        return Actor(index, last, entities, part, named=False)

    def _located(self, index: int, language: str, kind: str = "") -> tuple[int, ...]:
        """Return the institution (of a kind) of the place that the word at a token names or is the adjective of; else none."""
        folded = self.tokens.fold[index]
        if language == "ru":
            ending = next((e for e in settings("ru", "local_endings") if folded.endswith(e)), "")
            stem = folded.removesuffix(ending)
            if ending and len(stem) >= CITY - 1:
                if found := self._seated(stem, "ru", index, kind):
                    return found
                return self._of_country(self._code(index), index, kind)
        elif self.tokens.form(index)[-2:-1] in ("'", "’"):
            folded = folded.removesuffix("s")
        if not self.is_place(index):
            return ()
        return self._seated(folded, language, index, kind) or self._of_country(self._code(index), index, kind)

    def office(self, index: int, language: str) -> str:
        """Return the kind of institution that an office alone tells: “ambassador”, «дипломаты»; "" for none."""
        offices = lexicon("deeds").settings[language].get("offices", {}) if language != "uz" else {}
        folded = self.tokens.fold[index]
        return next((str(kind) for kind, words in offices.items() if folded in map(fold, words)), "")

    def _officer(self, index: int, language: str) -> Actor | None:
        """Return the actor for one whose office tells his institution: “the Ambassador”, “the Ambassador of India”, «послу Индии», “the same mission”."""
        kind = self.office(index, language)
        if not kind:
            return None
        tokens, last = self.tokens, index + 1
        at = last + (language == "en" and tokens.fold[last : last + 1] == ["of"])
        at += tokens.fold[at : at + 1] == ["the"]
        part = self._noun_part(index, index, language)
        if language == "ru" and part == "subj":
            cases = lexicon("deeds").settings["ru"]["persons"].items()
            part = next(
                (str(case) for case, ends in cases if tokens.fold[index].endswith(tuple(map(fold, ends)))), part
            )
        if at < len(tokens) and tokens.gap[at] is not Gap.BREAK and (self.named(at) or self._kind_at(at, language)):
            return None  # whose office it is stands after it
        if at < len(tokens) and self._code(at) and (language == "ru" or at > last):
            if kind == _MINISTRY:
                return None
            entities = tuple(self._named_before(self._of_kind(self._by_country.get(self._code(at), ()), kind), index))
            return Actor(index, at + 1, entities if len(entities) == 1 else (), part, named=False)
        ministry = kind == _MINISTRY
        entities = self.ministry(index) if ministry else tuple(self._named_before(self.meant(kind, index), index))
        return Actor(index, last, entities[:1], part, named=False) if entities else None

    def visitor(self, index: int, language: str) -> str:
        """Return the part of the guests, partners, officers who are said to be from the institution or city at a token; "" where none are."""
        preposition, at = self.before(index, language)
        if (
            preposition is None
            or preposition.value != "from"
            or not at
            or self.tokens.gap[at] is Gap.BREAK
            or self.named(at - 1)
        ):
            return ""
        reading = self.reading(language, at - 1)
        if reading is None or (reading.symbol, reading.value) not in (
            ("STORE", "person"),
            ("FOLK", "guest"),
            ("SIDE", "side"),
        ):
            return ""
        part = self._noun_part(at - 1, at - 1, language)
        return "" if part == "none" else part

    def parcel(self, index: int, language: str) -> Actor | None:
        """Return the actor whose gift or parcel is spoken of: “Fergana's parcel”, “your parcel”, «парижский дар», «Ваша посылка»."""
        if index + 1 >= len(self.tokens) or self.tokens.gap[index + 1] is Gap.BREAK:
            return None
        sent, reading = self.reading(language, index + 1), self.reading(language, index)
        if sent is None or sent.symbol not in ("PARCEL", "GIFT") or sent.value == "take":
            return None
        entities: tuple[int, ...] = ()
        if reading is not None and reading.symbol in ("OURS", "YOURS") and reading.value == "mark":
            entities = self.speaks(index) if reading.symbol == "OURS" else self.addressed(index)
        elif self.is_place(index) and (language == "ru" or self._whose(index)):
            entities = self._located(index, language)
        return Actor(index, index + 1, entities, "from", named=False) if entities else None

    def _whose(self, index: int) -> bool:
        """Return whether an English word has the ending of a possessor, or is the adjective of a country."""
        place = self.places[index]
        return self.tokens.form(index)[-2:-1] in ("'", "’") or (place is not None and place.kind == "adjective")

    def _kind_at(self, index: int, language: str) -> bool:
        """Return whether a noun for an institution stands at a token."""
        reading = self.reading(language, index)
        return reading is not None and reading.symbol == "KIND"

    def _elsewhere(self, index: int, language: str) -> bool:
        """Return whether a word tells of a place where no institution of the text sits: «московским коллегам»."""
        folded = self.tokens.fold[index]
        local = language == "ru" and folded.endswith(settings("ru", "local_endings"))
        return local and not self.tokens.capital(index) and not folded.startswith(settings("ru", "not_local"))

    def _code(self, index: int) -> str:
        """Return the country of the nation or country at a token."""
        place = self.places[index] if index < len(self.places) else None
        return place.code if place is not None and place.kind in ("adjective", "country") else ""

    def _of_country(self, code: str, index: int, kind: str = "") -> tuple[int, ...]:
        """Return who acts for a country: the article's own institution, the only one (of a kind) of the country, the one named last."""
        if code and self.home_country() == code and self._of_kind(self.own(), kind):
            return self.own()
        mine = self._of_kind([entity for entity, its in enumerate(self.countries) if its == code and code], kind)
        mine = [entity for entity in mine if self.collecting(entity)] or mine
        if len(mine) > 1:
            near = self.recent(index)
            mine = [entity for entity in near if entity in mine][:1]
        return tuple(mine)

    def _noun_part(self, first: int, noun: int, language: str) -> str:
        """Return the part of a person, a people or a side: by the preposition before token `first`, in Russian by the form of the noun."""
        if language == "en":
            part = self.english(first, noun + 1)
            return "to" if part == "subj" and self._given_at(self._bare(first) - 1) else part
        preposition, at = self.before(first, language)
        if preposition is not None:
            parts = {"from": "from", "into": "to", "for": "to", "with": "with", "none": "none", "place": "from"}
            near = self.tokens.fold[at] in settings("ru", "towards")
            return "to" if near else parts.get(preposition.value, "none")
        folded = self.tokens.fold[noun]
        if folded in settings("ru", "person_subjects"):
            return "subj"
        for part, endings in lexicon("deeds").settings["ru"]["sides"].items():
            if folded.endswith(tuple(map(fold, endings))):
                return str(part)
        return "subj"

    def _bare(self, index: int) -> int:
        """Return where a noun phrase begins, its articles included."""
        while index and self.tokens.fold[index - 1] in settings("en", "articles"):
            index -= 1
        return index

    def _given_to(self, index: int) -> bool:
        """Return whether an English verb of giving stands right before a noun phrase that begins at a token: it tells who receives."""
        start = self._bare(index)
        return self._given_at(start - 1) and self.tokens.gap[start] is not Gap.BREAK

    def _told_again(self, first: int, last: int, language: str) -> bool:
        """Return whether tokens [first, last) are all that parts a city from the name of who is meant: “to Tashkent, to the Navoi Library”."""
        between = self.tokens.fold[first:last]
        if not between or between[0] != "," or len(between) > _AGAIN:
            return False
        reading = self.reading(language, first + 1) if len(between) > 1 else None
        rest = between[1 + (reading is not None and reading.symbol == "PREP") :]
        return all(word in settings(language, "articles") for word in rest)

    def _given_at(self, index: int) -> bool:
        """Return whether an English verb of giving stands at a token: what follows it may be the receiver."""
        reading = self.reading("en", index) if index >= 0 else None
        if reading is None or self.tokens.fold[index] in settings("en", "weak"):
            return False
        return reading.symbol == "VERB" and reading.value == "give"

    def _folk(self, index: int, language: str, reading: Reading, found: Sequence[Actor] = ()) -> Actor:
        """Return the actor for receivers and givers that are no institution; “the guests” act for the one other that is spoken of."""
        acting = {actor.entities[0] for actor in found if actor.part == "subj" and actor.entities}
        if reading.value != "folk" and language != "uz":
            part, host = self._noun_part(index, index, language), reading.value == "host"
            entities = self.host(index, language) if host else self.guests(index, language, acting)
            return Actor(index, index + reading.length, entities, part, named=False)
        if reading.value != "folk":
            hosts = tuple(entity for entity in self.about() if self.collecting(entity) or self.collects)
            other = uzbek_guest(self, index)
            entities = hosts if reading.value == "host" else other if len(other) == 1 else ()
            return Actor(index, index + reading.length, entities, CASES[reading.case], named=False)
        entities = ()
        if language == "uz":
            part = CASES[reading.case]
        else:
            if (
                self.tokens.fold[index] in settings(language, "maybe_guests")
                and not self.collects
                and self.host(index, language)
            ):
                entities = self.guests(index, language, acting)
            preposition, _ = self.before(index, language)
            previous = self.reading(language, index - 1) if index else None
            into = preposition is not None and preposition.value == "into"
            part = "to" if into or (previous is not None and previous.symbol == "VERB") else "none"
            if part == "none" and preposition is None and self._acts_at(index + reading.length, language):
                part = "subj"
        return Actor(index, index + reading.length, entities, part, named=False)

    def _acts_soon(self, index: int, language: str) -> bool:
        """Return whether a verb of moving or holding follows, auxiliaries, pronouns and adverbs passed over: “have meanwhile sent”."""
        passed = settings(language, "passed")
        for at in range(index, min(index + _SOON, len(self.tokens.fold))):
            if self._acts_at(at, language):
                return True
            if self.tokens.fold[at] not in passed:
                return False
        return False

    def _acts_at(self, index: int, language: str) -> bool:
        """Return whether a verb of moving or holding stands at a token."""
        after = self.reading(language, index) if index < len(self.tokens.fold) else None
        return after is not None and after.symbol == "VERB"


def _guest(folded: str) -> str:
    """Return the part that the form of a Russian people tells."""
    return "agent" if folded.endswith("ami") else "dat" if folded.endswith("am") else "subj"
