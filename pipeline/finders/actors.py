"""Who takes part in a sentence: the institutions that it names, or means by a common noun or a pronoun, each with its part in the clause.

The part is told by the Uzbek case or postposition, the Russian case or preposition, the English preposition. The words are data
(`deeds.toml` of each language): KIND a common noun for an institution, OURS, LAST, STORE what stands for the institution that it belongs to, PREP, POST.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from pipeline.finders.parts import CASES, russian_adjectives, settings
from pipeline.finders.pronouns import Pronouns
from pipeline.finders.seats import CITY, Mention
from pipeline.finders.sides import Actor
from pipeline.finders.uzbek_references import uzbek_reference
from pipeline.finders.uzbek_sides import uzbek_envoy
from pipeline.languages.lexicon import Reading
from pipeline.text.tokens import Gap, Kind

__all__ = ["Actor", "Cast", "Mention"]

_TAKEN = frozenset({"KIND", "STORE", "FOLK", "OURS", "YOURS", "LAST", "THEM", "REL", "VERB", "DEED", "LIGHT"})
_BEFORE = 3  # tokens of a phrase before its noun
_STEM = 5  # code points of an adjective that are its stem at least
_SAID = 2  # sentences between an officer and “her library”


class Cast(Pronouns):
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
                if part == "from" and language != "uz" and (whose := self.visitor(index, language)):
                    part = whose  # «гостям из Музея X»
                    if found and not found[-1].entities and found[-1].last >= self.before(index, language)[1]:
                        found.pop()
                if part == "subj" and language == "en" and self._given_to(index):
                    part = "to"  # “lent the Museum X 9 carpets”
                if found and found[-1].place:
                    if tokens.fold[index - 1] == "(" and found[-1].last == index - 1:
                        part = found[-1].part  # «из Ташкента (Музей литературы)»
                    elif part == found[-1].part and self._told_again(found[-1].last, index, language):
                        found.pop()
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
        if language != "uz":
            if (side := self.side(index, language)) is not None:
                given = language == "en" and side.part == "subj" and self._given_to(index)
                return replace(side, part="to") if given else side  # “handed the guests 15 books”
            if (officer := self._officer(index, language)) is not None:
                return officer
            if self.tokens.fold[index] in settings(language, "given_them") and self._them(index, language):
                return self._pronoun(index, language, Reading("THEM", "dat"), found)
            if (parcel := self.parcel(index, language)) is not None:
                return parcel
            if language == "en" and self._house(index):
                return Actor(index, index + 1, self.own(), self.english(index, index + 1), named=False)
        reading = self.reading(language, index)
        if language == "uz" and (meant := uzbek_reference(self, index, reading, found)) is not None:
            return Actor(index, *meant, named=False)
        if reading is None and language == "en" and self._is_me(index):
            return Actor(index, index + 1, self.own(), "subj", named=False)
        if language == "uz" and (reading is None or reading.symbol not in _TAKEN):
            folded = self.tokens.fold[index]
            if folded.endswith(settings("uz", "own_endings")) and not folded.startswith(settings("uz", "not_own")):
                part = "to" if folded.endswith("ga") else "from"  # «xonamizga»
                return Actor(index, index + 1, self.speaks(index), part, named=False)
        if reading is None:
            return self._place(index, language)
        if reading.symbol in ("OURS", "YOURS", "LAST", "THEM", "REL"):
            return self._pronoun(index, language, reading, found)
        if reading.symbol == "FOLK":
            return self._folk(index, language, reading, found)
        if reading.symbol == "SIDE" and language != "uz" and self.tokens.fold[index] in settings(language, "alone"):
            return self._folk(index, language, Reading("FOLK", "guest", length=reading.length), found)
        if reading.symbol == "KIND":
            return self._kind_noun(index, language, reading, found)
        if language == "uz" and reading.symbol == "STORE" and (envoy := uzbek_envoy(self, index)) is not None:
            return Actor(index, envoy[0], envoy[1], envoy[2], named=False)
        if reading.symbol == "STORE" and reading.value != "person":
            return self._store(index, language, reading)
        return None

    def _kind_noun(self, index: int, language: str, reading: Reading, found: list[Actor]) -> Actor | None:
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
            start = self._phrase(index)
            part = self.russian(start, last)
            if tokens.fold[index] in settings("ru", "plural_kinds"):
                return Actor(index, last, (), "to" if part == "bare" else part, named=False)
        else:
            part = self.english(index, last)
            if part == "subj" and self._given_to(index):
                part = "to"  # “lent the library 9 carpets”
            if tokens.fold[index].endswith("s") and not tokens.form(index).endswith(("'s", "’s")):
                before = self.reading("en", index - 1) if index else None
                given = tokens.fold[index - 1] in (*settings("en", "articles"), *settings("en", "many")) and self._verb(
                    index - 2
                )
                if part == "to" or given or (before is not None and before.symbol == "VERB"):
                    return Actor(index, last, (), "to", named=False)
                return None
            marked = index and (tokens.fold[index - 1] in settings("en", "articles") or ours or yours)
            if not marked and (told := self._told(index, last, reading.value)) is not None:
                return told
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
        if (
            language != "uz" and not ours and self._pointed(index, language)
        ):  # “that museum”: not the article's own, if another was named last
            entities = self.last_named(reading.value, index) or entities
        elif language == "ru" and not ours and start < index:
            entities = self._described(start, index, reading.value, entities)
        if language == "en" and index and tokens.fold[index - 1] in settings("en", "theirs"):
            hers = self._hers(index, reading.value) if tokens.fold[index - 1] in settings("en", "hers") else ()
            taken = {self.home, *(a.entities[0] for a in found if a.part == "subj" and a.entities)}
            entities = hers or tuple(e for e in self.meant(reading.value, index) if e not in taken)  # “to their museum”
        if joined:
            entities = tuple(e for e in self.of_kind.get(reading.value, ()) if self._has_word(e, joined)) or entities
        if language == "uz" and reading.possessive and not ours:
            entities = tuple(entity for entity in entities if entity != self.home)
            spoken_to = self.addressed(index) if self._ours(index, language, "your") else ()
            if spoken_to and reading.value in self.kinds.get(spoken_to[0], ()):
                entities = spoken_to
            if not entities:  # “your museum”: whom the letter is for is named first
                others = [entity for entity in self.of_kind.get(reading.value, ())[:2] if entity != self.home]
                entities = tuple(others[:1])
        return Actor(index, last, entities, part, named=False)

    def _phrase(self, index: int) -> int:
        """Return the token at which the phrase of a Russian noun begins: its adjectives and pronouns stand before it."""
        at = index
        while at and index - at < _BEFORE and self.tokens.gap[at] is not Gap.BREAK and not self.named(at - 1):
            word, reading = self.tokens.fold[at - 1], self.reading("ru", at - 1)
            mark = reading is not None and reading.symbol in ("OURS", "YOURS") and reading.value == "mark"
            plain = reading is None and len(word) > _BEFORE + 1 and not self.tokens.capital(at - 1)
            if not (mark or word in settings("ru", "pointing") or (plain and word.endswith(russian_adjectives()))):
                break
            at -= 1
        return at

    def _told(self, index: int, last: int, kind: str) -> Actor | None:
        """Return the actor for an English noun with adjectives, “the city museum”: the one whose name has them, else the only one of its kind if it is the article's own."""
        tokens, start = self.tokens, index
        while start and index - start < _BEFORE - 1 and self._plain(start - 1):
            start -= 1
        if start in (0, index) or tokens.fold[start - 1] not in settings("en", "articles"):
            return None
        if last < len(tokens) and tokens.fold[last] in ("of", "in"):
            return None
        mine = self.of_kind.get(kind, ())
        told = [e for e in mine if all(self._has_word(e, tokens.fold[at][:_STEM]) for at in range(start, index))]
        entities = tuple(told) if len(told) == 1 else self.own() if mine == self.own() else ()
        return Actor(index, last, entities, self.english(start, last), named=False) if entities else None

    def _plain(self, index: int) -> bool:
        """Return whether an English word that is no verb, preposition or name stands at a token, with a small letter."""
        tokens = self.tokens
        return (
            tokens.kind[index] is Kind.WORD
            and tokens.gap[index + 1] is not Gap.BREAK
            and not tokens.capital(index)
            and ((reading := self.reading("en", index)) is None or reading.symbol == "FOLK")
            and tokens.fold[index]
            not in (*settings("en", "articles"), *settings("en", "many"), *settings("en", "ands"))
        )

    def _hers(self, index: int, kind: str) -> tuple[int, ...]:
        """Return the institution of a kind whose officer “her library” speaks of: the last one named by an office before a token."""
        tokens = self.tokens
        begin = tokens.sentences[max(0, tokens.sentence[index] - _SAID)][0]
        officers = [(at, entity) for at, entity in self.speakers if begin <= at < index]
        for at in range(begin, index):
            bare = tokens.fold[at] in settings("en", "heads_of") and tokens.fold[at - 1] in settings("en", "articles")
            if bare and at and tokens.fold[at + 1] not in ("of", "general") and self.home is not None:
                officers.append((at, self.home))
        entity = max(officers)[1] if officers else None
        return () if entity is None or kind not in self.kinds.get(entity, ()) else (entity,)

    def _house(self, index: int) -> bool:
        """Return whether “the house” stands for the article's own institution."""
        tokens = self.tokens
        if not (
            self.collects
            and index
            and tokens.fold[index] in settings("en", "houses")
            and tokens.fold[index - 1] == "the"
        ):
            return False
        return index + 1 == len(tokens) or tokens.fold[index + 1] not in ("of", "in", "at", "where", "which")

    def _pointed(self, index: int, language: str) -> bool:
        """Return whether a noun is pointed at: “that museum”, «та же библиотека»."""
        before = self.tokens.fold[max(0, index - 2) : index]
        return any(word in settings(language, "pointing") for word in before)

    def _described(self, start: int, index: int, kind: str, meant: tuple[int, ...]) -> tuple[int, ...]:
        """Return whom a Russian noun with adjectives means: whose name has them, else the article's own institution; «научный архив» is no other's."""
        words = [
            self.tokens.fold[at] for at in range(start, index) if self.tokens.fold[at].endswith(russian_adjectives())
        ]
        stems = [word[: max(_STEM, len(word) - 3)] for word in words]
        told = [e for e in self.of_kind.get(kind, ()) if any(self._has_word(e, stem) for stem in stems)]
        if len(told) == 1:
            return tuple(told)
        return tuple(e for e in meant if e == self.home) if not told else tuple(e for e in meant if e in told)

    def _levelled(self, index: int, reading: Reading) -> Actor | None:
        """Return the actor for an Uzbek noun after one that tells its rank: «viloyat kutubxonasi», «universitet muzeyi»."""
        word = self.tokens.fold[index - 1] if index else ""
        called_so = word in settings("uz", "branches") or (index > 0 and self._called_after(index - 1))
        if word not in settings("uz", "levels") and not called_so:
            return None
        part, last = self.uzbek(index + reading.length, reading.case)
        called = [
            e for e in self.of_kind.get(reading.value, ()) if self._has_word(e, word)
        ]  # «sanʼat muzeyi», «viloyat markazi»
        if len(called) == 1:
            return Actor(index - 1, last, tuple(called), part, named=False)
        if called_so:
            return None
        return Actor(index - 1, last, self.meant(reading.value, index), part, named=False)

    def _called_after(self, index: int) -> bool:
        """Return whether the word at a token may be that after which an institution is called for short: «Grabar markazi»."""
        tokens = self.tokens
        free = tokens.kind[index] is Kind.WORD and not self.named(index) and tokens.gap[index + 1] is Gap.SPACE
        return free and tokens.capital(index) and len(tokens.fold[index]) >= CITY and self.case(index) == ""

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
            lies = self.tokens.fold[index] in settings("ru", "stores_in")  # «в фонде»
            part = "from" if preposition.value == "from" else "in" if lies else "to"
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
