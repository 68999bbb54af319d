"""Whom a pronoun means in a sentence: “we”, “you”, “it”, “them”, «им», «нас», and what its part is.

The words are data (`deeds.toml` of each language): OURS, YOURS, LAST, THEM, REL.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.finders.parts import settings
from pipeline.finders.sides import Actor, Sides
from pipeline.languages.lexicon import Reading
from pipeline.text.tokens import Gap, Kind

__all__ = ["Pronouns"]

_BEFORE = 3  # tokens of a phrase before its noun
_THITHER = 20  # tokens between a city and “from there”
_TAKEN_UP = 3  # tokens between a name and the “from which” that takes it up
_PRONOUNS = {"dat": "to", "abl": "from", "loc": "in", "acc": "obj", "gen": "of", "agent": "agent"}


class Pronouns(Sides):
    """Finds whom the pronouns of a sentence mean."""

    def _is_me(self, index: int) -> bool:
        """Return whether an English “I” speaks for the article's own institution: it acts, and the text is no letter."""
        if self.tokens.fold[index] not in settings("en", "me") or self._letter.known or not self.collects:
            return False
        return self._acts_soon(index + 1, "en")

    def _them(self, index: int, language: str) -> bool:
        """Return whether a “them” that may be things or a mark is a receiver: «мы им отправили», “gave them 20 books”."""
        after = index + 1
        if after >= len(self.tokens) or self.tokens.gap[after] is Gap.BREAK or self.tokens.capital(after):
            return False
        if language == "en":
            reading = self.reading("en", after)
            counted = reading is None and self.tokens.fold[after] not in (
                *settings("en", "mute"),
                *settings("en", "not_given"),
            )
            return index > 0 and self._verb(index - 1) and counted and self.tokens.kind[after] is not Kind.SIGN
        near = [
            self.reading("ru", at)
            for at in (index - 1, *range(after, min(after + _BEFORE, len(self.tokens))))
            if at >= 0
        ]
        return any(r is not None and r.symbol == "VERB" and r.value.startswith("give") for r in near)

    def _pronoun(self, index: int, language: str, reading: Reading, found: list[Actor]) -> Actor | None:
        """Return the actor that a pronoun stands for; “our” and its like belong to the noun after them."""
        if reading.value == "mark":
            return None
        last, part = index + reading.length, _PRONOUNS.get(reading.value, "subj")
        if language == "en" and reading.length > 1 and index and self._bound(index):
            part = "none"
        elif language == "ru" and part == "from" and reading.length == 1 and reading.symbol in ("OURS", "YOURS"):
            part = self._object(index)
        if reading.symbol == "OURS":
            entities = self.speaks(index)
            if (
                language == "ru"
                and part == "from"
                and index
                and self.tokens.fold[index - 1] in settings("ru", "from_whom")
            ):
                part = "from" if self.taken_near(index) else "in"  # «взял у нас» and «в фонде у нас»
        elif reading.symbol == "YOURS":
            entities = self.addressed(index)
        elif reading.symbol == "REL":
            entities = found[-1].entities if found and index - found[-1].last <= _TAKEN_UP else ()
        elif reading.symbol == "THEM":
            taken = self._subject_before(index, found) if part in ("to", "dat") and language != "uz" else ()
            mine = {*self.own(), *self.speaks(index), *taken}
            near = [actor.entities for actor in found if actor.entities and actor.entities[0] not in mine]
            if language == "uz":  # whose deed the clause before tells
                near = [a.entities for a in found if a.part == "subj" and a.entities and a.entities[0] not in mine]
            entities = near[-1] if near else self.others(index, *taken)
        elif part == "subj" and language == "en" and index and self._acts_at(index - 1, "en"):
            giver = found[-1].entities[:1] if found and found[-1].part == "subj" else ()
            part, entities = "to", tuple(e for e in self.recent(index) if e not in giver)  # “supplied it with”
        elif part == "subj":
            entities = self.antecedent(index, language)
        elif language != "uz" and (there := self._thither(index, language, found)):
            entities = there
        else:
            entities = self.recent(index)
            if language == "ru" and part == "to" and (fitting := self.of_gender(entities, index)) != entities:
                entities = self.antecedent(index, language) or fitting
            if part == "from":
                verb = self.reading("ru", index - 1) if language == "ru" and index else None
                taking = verb is not None and verb.value == "take.a"
                acting = self._subject_before(index, found) if taking else ()
                other = acting[0] if acting else self.home  # «институт вручил музею 5 книг и получил от него 9»
                entities = tuple(e for e in entities if e != other)
            elif part in ("to", "dat"):
                entities = self._not_subject(index, found, entities, language)
        return Actor(index, last, entities[:1], part, named=False)

    def _thither(self, index: int, language: str, found: list[Actor]) -> tuple[int, ...]:
        """Return whom «туда», “from there” means: whose city was named just before in the sentence."""
        near = [a.entities for a in found if a.place and a.entities and index - a.last <= _THITHER]
        return near[-1] if near and self.tokens.fold[index] in settings(language, "thither") else ()

    def _not_subject(self, index: int, found: list[Actor], entities: tuple[int, ...], language: str) -> tuple[int, ...]:
        """Return what “to it” at a token may mean: not the subject before it; in Uzbek, what a pronoun of the sentence meant, if one did."""
        if language != "uz":
            taken = self._subject_before(index, found)
            return tuple(entity for entity in entities if entity not in taken)
        mine = [a for a in found if self.tokens.sentence[a.first] == self.tokens.sentence[index] and a.entities]
        for actor in reversed(mine):
            reading = self.reading("uz", actor.first)
            if reading is not None and reading.symbol == "LAST":
                return actor.entities
        subjects = [a for a in mine if a.part == "subj" and "," not in self.tokens.fold[a.last : index]]
        taken = subjects[-1].entities[:1] if subjects else ()
        return tuple(e for e in entities if e not in taken) or entities

    def _subject_before(self, index: int, found: Sequence[Actor]) -> tuple[int, ...]:
        """Return the subject of the clause of an object at a token: the last one before it, with no comma or an aside between."""
        tokens = self.tokens
        for actor in reversed(found):
            if actor.part == "subj" and tokens.sentence[actor.first] == tokens.sentence[index]:
                between = tokens.fold[actor.last : index]
                return actor.entities[:1] if between.count(",") != 1 and ";" not in between else ()
        return ()

    def _object(self, index: int) -> str:
        """Return the part of a Russian «нас», which is also an object: «у нас», «для нас», «снабдил нас»."""
        word = self.tokens.fold[index - 1] if index else ""
        if word in settings("ru", "sources"):
            return "from"
        before = self.reading("ru", index - 1) if word else None
        return (
            "obj" if before is None or before.symbol != "PREP" else "to" if before.value in ("for", "into") else "none"
        )

    def _bound(self, index: int) -> bool:
        """Return whether a preposition of more than one word goes over into a token: “thanks to it”."""
        before = self.reading("en", index - 1)
        return before is not None and before.symbol == "PREP" and before.length > 1 and before.value == "none"

    def _verb(self, index: int) -> bool:
        """Return whether an English verb of giving stands at a token."""
        reading = self.reading("en", index) if index >= 0 else None
        return reading is not None and reading.symbol == "VERB" and reading.value == "give"
