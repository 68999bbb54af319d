"""Who takes part in a sentence: the institutions that it names, or means by a common noun or a pronoun, each with its part in the clause.

The part is told by the Uzbek case or postposition, the Russian case or preposition, the English preposition. The words are data
(`deeds.toml` of each language): KIND a common noun for an institution, OURS, LAST, STORE what stands for the institution that it belongs to, PREP, POST.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.finders.parts import CASES, settings
from pipeline.finders.roster import Roster
from pipeline.finders.seats import CITY, Mention
from pipeline.languages.lexicon import Reading
from pipeline.text.tokens import Gap, Kind

__all__ = ["Actor", "Cast", "Mention"]

_TAKEN = frozenset({"KIND", "STORE", "FOLK", "OURS", "YOURS", "LAST", "THEM", "VERB", "DEED", "LIGHT"})
_PRONOUNS = {"dat": "to", "abl": "from", "loc": "in", "acc": "obj", "gen": "of", "agent": "agent"}


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


class Cast(Roster):
    """The institutions of a document, ready to be asked for the actors of its sentences."""

    def actors(self, begin: int, end: int, language: str) -> list[Actor]:
        """Return the actors among tokens [begin, end), in order."""
        tokens = self.tokens
        found: list[Actor] = []
        number = bisect_left(self.firsts, begin)
        index = begin
        while index < end:
            if number < len(self.mentions) and self.firsts[number] <= index:
                mention = self.mentions[number]
                number += 1
                last = min(mention.last, end)
                if last <= index:
                    continue
                repeats = found and found[-1].entities[:1] == (mention.entity,) and tokens.fold[index - 1] == "("
                part, last = ("none", last) if repeats else self.part(index, last, language)
                if found and found[-1].place and tokens.fold[index - 1] == "(" and found[-1].last == index - 1:
                    part = found[-1].part  # «из Ташкента (Музей литературы)»
                found.append(Actor(index, last, (mention.entity,), part))
                index = last
                continue
            if tokens.kind[index] is Kind.WORD:
                actor = self._common(index, language, found)
                if actor is not None and not (number < len(self.mentions) and self.firsts[number] < actor.last):
                    found.append(actor)
                    index = actor.last
                    continue
            index += 1
        return self._joined(found, language)

    def _people(self, index: int, language: str) -> Actor | None:
        """Return the actor for the people of a city who stand for its institution: «наманганцам», `namanganliklarga`."""
        if self._nation(index, language):
            return Actor(index, index + 1, self._seated("", language, index), "subj", named=False, place=True)
        if language == "en":
            return None
        folded = self.tokens.fold[index]
        ending = next(
            (e for e in settings(language, "demonyms") if folded.endswith(e) and len(folded) - len(e) > CITY), ""
        )
        if not ending and language == "uz":
            return self._guests(index)
        if not ending:
            return None
        entities = self._seated(folded[: -len(ending)], language, index)
        if not entities:
            return None
        if language == "uz":
            part = CASES[self.case(index)]
        else:
            preposition, _ = self.before(index, language)
            part = "from" if preposition is not None and preposition.value == "from" else _guest(folded, language)
        return Actor(index, index + 1, entities, part, named=False)

    def _guests(self, index: int) -> Actor | None:
        """Return the actor for those who come from a city: «turkistonlik hamkasblar», «Minsk kutubxonachilari»."""
        folded = self.tokens.fold[index]
        ending = next((e for e in settings("uz", "demonym_adjectives") if folded.endswith(e)), "")
        after = self.reading("uz", index + 1) if index + 1 < len(self.tokens) else None
        if after is None or (after.symbol, after.value) not in (("STORE", "person"), ("FOLK", "guest")):
            return None
        place = self.places[index] if index < len(self.places) else None
        if not ending and not (place is not None and place.kind == "city" and after.possessive):
            return None
        entities = self._seated(folded.removesuffix(ending), "uz", index)
        return Actor(index, index + 2, entities, CASES[after.case], named=False) if entities else None

    def _is_place(self, index: int) -> bool:
        """Return whether the gazetteer knows a place at a token."""
        return index < len(self.places) and self.places[index] is not None

    def _nation(self, index: int, language: str) -> bool:
        """Return whether a nation acts for its institution: “the Koreans sent”, «корейцы подарили»."""
        place = self.places[index] if index < len(self.places) else None
        if place is None or place.kind != "adjective" or language == "uz" or not self._acts_at(index + 1, language):
            return False
        plural = self.tokens.fold[index].endswith(settings(language, "nations"))
        return plural and bool(self._seated("", language, index))

    def _joined(self, found: list[Actor], language: str) -> list[Actor]:
        """Give the members of «X ва Y томонидан», “from X and Y” one part."""
        joints = [self._joint(one, two, language) for one, two in pairwise(found)]
        for number in range(len(joints) - 2, -1, -1):  # a comma joins where an "and" closes the list
            if joints[number] == "comma" and joints[number + 1] in ("and", "list"):
                joints[number] = "list"
        order = range(len(joints) - 1, -1, -1) if language == "uz" else range(len(joints))
        for number in order:
            if joints[number] not in ("and", "list"):
                continue
            one, two = found[number], found[number + 1]
            if language == "uz" and one.part == "subj":
                found[number] = replace(one, part=two.part)
            elif two.part == "subj" and self._acts(two, language):
                continue  # “to the museum, and the museum gave …”
            elif language != "uz" and two.part in ("subj", "oblique", "bare", "agent", "of") and one.part != "none":
                found[number + 1] = replace(two, part=one.part)
        return found

    def _acts(self, actor: Actor, language: str) -> bool:
        """Return whether a verb follows a Russian or English actor."""
        return language != "uz" and self._acts_at(actor.last, language)

    def _acts_at(self, index: int, language: str) -> bool:
        """Return whether a verb of moving or holding stands at a token."""
        after = self.reading(language, index) if index < len(self.tokens.fold) else None
        return after is not None and after.symbol == "VERB"

    def _joint(self, one: Actor, two: Actor, language: str) -> str:
        """Return what joins two neighbours: "and", "comma" or ""."""
        between = self.tokens.fold[one.last : two.first]
        if between and between[-1] in settings(language, "articles"):
            between = between[:-1]
        if len(between) == 2 and between[0] == ",":
            between = between[1:]
        if len(between) != 1:
            return ""
        return "and" if between[0] in settings(language, "ands") else "comma" if between[0] == "," else ""

    def _common(self, index: int, language: str, found: list[Actor]) -> Actor | None:
        """Return the actor that a common noun or a pronoun stands for, or None."""
        reading = self.reading(language, index)
        if language == "uz" and (reading is None or reading.symbol not in _TAKEN):
            folded = self.tokens.fold[index]
            if folded.endswith(settings("uz", "own_endings")) and not folded.startswith(settings("uz", "not_own")):
                part = "to" if folded.endswith("ga") else "from"  # «xonamizga»
                return Actor(index, index + 1, self.speaks(index), part, named=False)
        if reading is None:
            return self._place(index, language)
        if reading.symbol in ("OURS", "YOURS", "LAST", "THEM"):
            return self._pronoun(index, language, reading, found)
        if reading.symbol == "FOLK":
            return self._folk(index, language, reading)
        if reading.symbol == "KIND":
            return self._kind_noun(index, language, reading)
        if reading.symbol == "STORE" and reading.value != "person":
            return self._store(index, language, reading)
        return None

    def _pronoun(self, index: int, language: str, reading: Reading, found: list[Actor]) -> Actor | None:
        """Return the actor that a pronoun stands for; “our” and its like belong to the noun after them."""
        if reading.value == "mark":
            return None
        last, part = index + reading.length, _PRONOUNS.get(reading.value, "subj")
        if reading.symbol == "OURS":
            entities = self.speaks(index)
        elif reading.symbol == "YOURS":
            entities = self.addressed(index)
        elif reading.symbol == "THEM":
            mine = {*self.own(), *self.speaks(index)}
            near = [actor.entities for actor in found if actor.entities and actor.entities[0] not in mine]
            entities = near[-1] if near and language != "uz" else self.others(index)
        elif part == "subj" and language == "en" and index and self._acts_at(index - 1, "en"):
            giver = found[-1].entities[:1] if found and found[-1].part == "subj" else ()
            part, entities = "to", tuple(e for e in self.recent(index) if e not in giver)  # “supplied it with”
        elif part == "subj":
            entities = self.antecedent(index, language)
        else:
            entities = self.recent(index)
            if language == "ru" and part == "to" and (fitting := self.of_gender(entities, index)) != entities:
                entities = self.antecedent(index, language) or fitting
            if part == "from" and language == "uz":
                entities = tuple(e for e in entities if e != self.home)
            elif part == "to" and language == "uz":
                entities = self._not_subject(index, found, entities)
        return Actor(index, last, entities[:1], part, named=False)

    def _not_subject(self, index: int, found: list[Actor], entities: tuple[int, ...]) -> tuple[int, ...]:
        """Return what “to it” at a token may mean: not the subject before it; what a pronoun of the sentence meant, if one did."""
        mine = [a for a in found if self.tokens.sentence[a.first] == self.tokens.sentence[index] and a.entities]
        for actor in reversed(mine):
            reading = self.reading("uz", actor.first)
            if reading is not None and reading.symbol == "LAST":
                return actor.entities
        subjects = [a for a in mine if a.part == "subj" and "," not in self.tokens.fold[a.last : index]]
        taken = subjects[-1].entities[:1] if subjects else ()
        return tuple(e for e in entities if e not in taken) or entities

    def _folk(self, index: int, language: str, reading: Reading) -> Actor:
        """Return the actor for receivers and givers that are no institution; “the guests” act for the one other that is spoken of."""
        if reading.value != "folk":
            part = CASES[reading.case] if language == "uz" else _guest(self.tokens.fold[index], language)
            if language == "en":
                part = self.english(index, index + 1)
            mine = {*self.own(), *self.speaks(index)}
            other = tuple(entity for entity in self.recent(index) if entity not in mine)
            entities = self.own() if reading.value == "host" else other if len(other) == 1 else ()
            return Actor(index, index + reading.length, entities, part, named=False)
        if language == "uz":
            part = CASES[reading.case]
        else:
            preposition, _ = self.before(index, language)
            previous = self.reading(language, index - 1) if index else None
            into = preposition is not None and preposition.value == "into"
            part = "to" if into or (previous is not None and previous.symbol == "VERB") else "none"
            if part == "none" and preposition is None and self._acts_at(index + reading.length, language):
                part = "subj"
        return Actor(index, index + reading.length, (), part, named=False)

    def _kind_noun(self, index: int, language: str, reading: Reading) -> Actor | None:
        """Return the actor that “the museum”, «кутубхонамиз», «ваш архив» stands for."""
        tokens, last = self.tokens, index + reading.length
        ours, yours, joined = self._ours(index, language), self._ours(index, language, symbol="YOURS"), ""
        if language == "uz":
            yours, case = False, reading.case
            if last + 1 < len(tokens) and tokens.fold[last] == "-" and not tokens.gap[last + 1]:
                case, joined, last = self.case(last + 1), tokens.fold[last + 1][:CITY], last + 2  # «muzey-ustaxonaga»
            if reading.plural:
                return Actor(index, last, (), CASES[reading.case], named=False)
            if reading.possessive and not ours and not self._ours(index, language, "your"):
                meant = self._levelled(index, reading)
                return meant or (Actor(index, last, (), "to", named=False) if case == "dat" else None)
            part, last = self.uzbek(last, case)
        elif language == "ru":
            part = self.russian(index, last)
            if tokens.fold[index] in settings("ru", "plural_kinds"):
                return Actor(index, last, (), "to" if part == "bare" else part, named=False)
        else:
            part = self.english(index, last)
            if tokens.fold[index].endswith("s") and not tokens.form(index).endswith(("'s", "’s")):
                before = self.reading("en", index - 1) if index else None
                given = tokens.fold[index - 1] in (*settings("en", "articles"), *settings("en", "many")) and self._verb(
                    index - 2
                )
                if part == "to" or given or (before is not None and before.symbol == "VERB"):
                    return Actor(index, last, (), "to", named=False)
                return None
            marked = index and (tokens.fold[index - 1] in settings("en", "articles") or ours or yours)
            if not marked and not (index and tokens.fold[index - 1] in settings("en", "bare_after")):
                return None
            if last < len(tokens) and (
                tokens.fold[last] == "of" or (tokens.fold[last] == "in" and tokens.capital(last + 1))
            ):
                start = (
                    last + 2 if tokens.fold[last] == "of" and tokens.fold[last + 1 : last + 2] == ["the"] else last + 1
                )
                if tokens.fold[last] == "of" and (owner := self._owned(start, index)):
                    return Actor(index, last, owner, part, named=False)
                return self._at_place(index, last, reading.value, part)
        if yours:
            return Actor(index, last, self.addressed(index), part, named=False)
        if language == "ru" and not ours and (owner := self._owned(last, index)):
            return Actor(index, last, owner, part, named=False)
        entities = self.speaks(index, reading.value) if ours else self.meant(reading.value, index)
        if joined:
            entities = tuple(e for e in self.of_kind.get(reading.value, ()) if self._has_word(e, joined)) or entities
        if language == "uz" and reading.possessive and not ours:
            entities = tuple(entity for entity in entities if entity != self.home)
            if not entities:  # “your museum”: whom the letter is for is named first
                others = [entity for entity in self.of_kind.get(reading.value, ())[:2] if entity != self.home]
                entities = tuple(others[:1])
        return Actor(index, last, entities, part, named=False)

    def _verb(self, index: int) -> bool:
        """Return whether an English verb of giving stands at a token."""
        reading = self.reading("en", index) if index >= 0 else None
        return reading is not None and reading.symbol == "VERB" and reading.value == "give"

    def _levelled(self, index: int, reading: Reading) -> Actor | None:
        """Return the actor for an Uzbek noun after one that tells its rank: «viloyat kutubxonasi», «universitet muzeyi»."""
        if not index or self.tokens.fold[index - 1] not in settings("uz", "levels"):
            return None
        part, last = self.uzbek(index + reading.length, reading.case)
        return Actor(index - 1, last, self.meant(reading.value, index), part, named=False)

    def _owned(self, first: int, index: int) -> tuple[int, ...]:
        """Return the institution whose name begins at a token: “the library of the university” stands for it."""
        number = bisect_left(self.firsts, first)
        if number == len(self.firsts) or self.firsts[number] != first or self.tokens.gap[first] is Gap.BREAK:
            return ()
        if self.document.languages[index] == "ru" and self.russian(first, self.lasts[number]) not in ("of", "oblique"):
            return ()
        return (self.mentions[number].entity,)

    def _at_place(self, index: int, last: int, kind: str, part: str) -> Actor | None:
        """Return the actor for “the museum in Moynaq”: the one of its kind that sits there."""
        tokens = self.tokens
        if tokens.fold[last] != "in" or last + 1 >= len(tokens):
            return None
        seated = self._seated(tokens.fold[last + 1], "en", index)
        if not seated or kind not in self.kinds.get(seated[0], ()):
            return None
        return Actor(index, last + 2, seated, part, named=False)

    def _store(self, index: int, language: str, reading: Reading) -> Actor | None:
        """Return the actor for a collection, a fund, a hall: the institution that it belongs to."""
        last, ours = index + reading.length, self._ours(index, language)
        if language == "uz":
            if reading.plural or not (ours or reading.case):
                return None
            if reading.possessive and not ours and index and self.reading(language, index - 1) is None:
                return None
            if not ours and index and self.tokens.fold[index - 1] in settings("uz", "that"):
                return Actor(index, last, (), CASES[reading.case], named=False)  # «oʻsha toʻplamdan»
            part = CASES[reading.case]
        elif language == "ru":
            if self.tokens.fold[index] in settings("ru", "plural_kinds"):
                return Actor(index, last, (), self.russian(index, last), named=False)
            preposition, _ = self.before(index, "ru")
            if preposition is None or preposition.value not in ("into", "from"):
                return None
            part = "from" if preposition.value == "from" else "to"
        else:
            if self.tokens.fold[index].endswith("s") and not self.tokens.form(index).endswith(("'s", "’s")):
                part = self.english(index, last)
                return Actor(index, last, (), part, named=False) if part == "to" else None
            yours = self._ours(index, language, symbol="YOURS")
            if not (index and (self.tokens.fold[index - 1] in settings("en", "articles") or ours or yours)):
                return None
            if last < len(self.tokens) and self.tokens.fold[last] == "of":
                return None
            part = self.english(index, last)
        if part == "subj":
            part = "of"
        return Actor(index, last, self.speaks(index) if ours else self.own(), part, named=False)

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
            elif before is None and self._is_place(index) and self._acts_at(index + 1, language):
                part = "subj"  # “Bukhara lent”
        if not part or len(tokens.form(index)) < CITY:
            return None
        if language == "ru" and part == "to" and folded.endswith("e"):
            part = "in"  # «в Самаре»
        here = folded.startswith(settings(language, "here")) or self._in_name(folded, language)
        entities = self.own() if here else self._seated(folded, language, index)
        if part == "subj" and not entities:
            return None
        if here and self.home is None:
            return None
        return Actor(index, index + 1, entities, part, named=False, place=True)


def _guest(folded: str, language: str) -> str:
    """Return the part that the form of “the guests” tells."""
    if language != "ru":
        return "subj"
    return "agent" if folded.endswith("ami") else "dat" if folded.endswith("am") else "subj"
