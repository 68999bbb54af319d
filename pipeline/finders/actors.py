"""Who takes part in a sentence: the institutions that it names, or means by a common noun or a pronoun, each with its part in the clause.

The part is told by the Uzbek case or postposition, the Russian case or preposition, the English preposition. The words are data
(`deeds.toml` of each language): KIND a common noun for an institution, OURS, LAST, STORE what stands for the institution that it belongs to, PREP, POST.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.finders.parts import CASES, PartReader, russian_adjectives, settings
from pipeline.finders.seats import CITY, Mention, Seats
from pipeline.languages.morphology import stems
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["Actor", "Cast", "Mention"]

_EARLY = 600  # code points that are the beginning of any article
_OFTEN = 4
_LOOK_BACK = 40  # names
_QUOTED = 2  # sentences between “we” and the name of who says it
_OPENING = 400  # tokens in which a letter greets
_GREETED = 6  # tokens between “Dear” and the institution greeted
_TAKEN = frozenset({"KIND", "STORE", "FOLK", "OURS", "YOURS", "VERB", "DEED", "LIGHT"})
_PRONOUNS = {"dat": "to", "abl": "from", "loc": "in", "acc": "obj", "gen": "of"}
_NEAR = 3  # sentences back in which a common noun or pronoun may find its institution


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


class Cast(PartReader):
    """The institutions of a document, ready to be asked for the actors of its sentences."""

    def __init__(self, document: Document, mentions: Sequence[Mention], home: int | None) -> None:
        super().__init__(document)
        self.mentions: list[Mention] = []
        for mention in mentions:  # of nested ones the outermost
            if not self.mentions or mention.first >= self.mentions[-1].last:
                self.mentions.append(mention)
            elif mention.last - mention.first > self.mentions[-1].last - self.mentions[-1].first:
                self.mentions[-1] = mention
        self.firsts = [mention.first for mention in self.mentions]
        self.lasts = [mention.last for mention in self.mentions]
        self.kinds: dict[int, set[str]] = {}
        for mention in self.mentions:
            if kind := self._kind(mention.first, mention.last):
                self.kinds.setdefault(mention.entity, set()).add(kind)
        self.of_kind: dict[str, tuple[int, ...]] = {}  # in the order of the text
        for entity, kinds in self.kinds.items():
            for kind in kinds:
                self.of_kind[kind] = (*self.of_kind.get(kind, ())[:7], entity)
        self.topic: int | None = None
        own = home if self.kinds.get(home if home is not None else -1) else self._own()
        self.home = own if own is not None else home
        if self.topic is None:
            self.topic = self.home
        self._home_words = {
            word
            for mention in self.mentions
            if mention.entity == self.home
            for word in self.tokens.fold[mention.first : mention.last]
        }
        self.speakers = self._quoted()
        self._seats: Seats | None = None
        self._letter = any(
            self.tokens.fold[index] in settings(language, "dear")
            for index, language in enumerate(document.languages[:_OPENING])
            if language in ("uz", "ru", "en")
        )
        self.speaker = self.home if self.home is not None else self._first_named()
        self.collects = self.home is not None and self.collecting(self.home)

    def collecting(self, entity: int) -> bool:
        """Return whether an institution is of a kind that owns books, exhibits, papers."""
        return not self.kinds.get(entity, set()).isdisjoint(self.words.settings["collecting"])

    def _kind(self, first: int, last: int) -> str:
        """Return the kind that a name tells: its last noun in Uzbek, its first in Russian, the last before "of" in English."""
        language = self.document.languages[first]
        found = ""
        for index in range(first, last):
            reading = self.reading(language, index)
            if reading is not None and reading.symbol == "KIND":
                if (
                    language == "uz"
                    and index + reading.length < last
                    and self.tokens.fold[index + reading.length] not in ("(", "»", "”", '"', "-")
                ):
                    continue
                before = index - 1
                other = index > first and self.tokens.kind[before] is Kind.WORD
                if language == "ru" and other and not self.tokens.fold[before].endswith(russian_adjectives()):
                    break  # the first noun is another: «Ассоциация музеев»
                if (
                    language == "en"
                    and index + 1 < last
                    and self.tokens.fold[index + 1] not in settings("en", "after_head")
                ):
                    continue
                found = reading.value
                if language != "uz":
                    break
        return found

    def _quoted(self) -> list[tuple[int, int]]:
        """Return where the text names an institution by one who works there (“the director of the museum”): (token, entity), in order."""
        out = []
        for mention in self.mentions:
            language = self.document.languages[mention.first]
            if not self.kinds.get(mention.entity) or self._greeted(mention.first, language):
                continue
            around = (
                range(mention.last, mention.last + 2)
                if language == "uz"
                else range(max(0, mention.first - 3), mention.first)
            )
            for index in around:
                reading = self.reading(language, index) if index < len(self.tokens) else None
                if reading is not None and reading.symbol == "STORE" and reading.value == "person":
                    out.append((mention.first, mention.entity))
                    break
        return out

    def _greeted(self, first: int, language: str) -> bool:
        """Return whether a letter greets those of an institution: “Dear colleagues of the museum”."""
        if language not in ("uz", "ru", "en"):
            return False
        return any(word in settings(language, "dear") for word in self.tokens.fold[max(0, first - _GREETED) : first])

    def _first_named(self) -> int | None:
        """Return the library, museum or archive that an article with “we” and “our” most likely speaks for: the one named most, then first."""
        points = Counter(mention.entity for mention in self.mentions if self.kinds.get(mention.entity))
        return max(points, key=lambda entity: points[entity]) if points else None

    def _own(self) -> int | None:
        """Return the institution that the article speaks of as “the museum”, “our library”: named early, and no other comes near it."""
        tokens, languages = self.tokens, self.document.languages
        common: Counter[str] = Counter()
        number = 0
        for index in range(len(tokens)):
            while number < len(self.mentions) and self.mentions[number].last <= index:
                number += 1
            if tokens.kind[index] is not Kind.WORD or (
                number < len(self.mentions) and self.mentions[number].first <= index
            ):
                continue
            reading = self.words.reading(languages[index], tokens.fold[index])
            if reading is None or reading.symbol != "KIND":
                continue
            ours = languages[index] in ("uz", "ru", "en") and self._ours(index, languages[index])
            if ours or not (reading.plural or reading.possessive):
                common[reading.value] += 3 if ours else 1
        points: Counter[int] = Counter(mention.entity for mention in self.mentions)
        early = max(_EARLY, len(self.document.text) // 5)
        opening = {mention.entity for mention in self.mentions if tokens.start[mention.first] < early}
        for kind, times in common.items():
            named = [entity for entity in points if entity in opening and kind in self.kinds.get(entity, ())]
            if named:
                points[max(named, key=lambda entity: points[entity])] += times
        ranked = sorted(
            ((count, -entity) for entity, count in points.items() if entity in opening and self.kinds.get(entity)),
            reverse=True,
        )
        if ranked:
            self.topic = -ranked[0][1]
        if not ranked or ranked[0][0] < _OFTEN or (len(ranked) > 1 and ranked[0][0] < 1.5 * ranked[1][0]):
            return None
        return -ranked[0][1]

    def has(self, symbol: str, first: int, last: int, language: str) -> bool:
        """Return whether a word of a symbol stands among tokens [first, last)."""
        for index in range(first, last):
            reading = self.reading(language, index)
            if reading is not None and reading.symbol == symbol:
                return True
        return False

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
        after = self.reading(language, actor.last) if actor.last < len(self.tokens.fold) else None
        return language != "uz" and after is not None and after.symbol == "VERB"

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
        tokens, last = self.tokens, index + reading.length
        if reading.symbol == "OURS":
            if reading.value == "mark":
                return None
            return Actor(index, last, self.speaks(index), _PRONOUNS.get(reading.value, "subj"), named=False)
        if reading.symbol == "YOURS":
            if reading.value == "mark":
                return None
            return Actor(index, last, self.addressed(index), _PRONOUNS.get(reading.value, "subj"), named=False)
        if reading.symbol == "LAST":
            part = _PRONOUNS.get(reading.value, "subj")
            entities = self.recent(index)
            if part == "from" and language == "uz":
                entities = tuple(e for e in entities if e != self.home)
            return Actor(index, last, entities[:1], part, named=False)
        if reading.symbol == "FOLK":
            if language == "uz":
                part = CASES[reading.case]
            else:
                preposition, _ = self.before(index, language)
                previous = self.reading(language, index - 1) if index else None
                into = preposition is not None and preposition.value == "into"
                part = "to" if into or (previous is not None and previous.symbol == "VERB") else "none"
            return Actor(index, last, (), part, named=False)
        if reading.symbol not in ("KIND", "STORE") or (reading.symbol == "STORE" and reading.value == "person"):
            return None
        ours, yours, joined = self._ours(index, language), False, ""
        if language == "uz":
            case = reading.case
            if (
                reading.symbol == "KIND"
                and last + 1 < len(tokens)
                and tokens.fold[last] == "-"
                and not tokens.gap[last + 1]
            ):
                case, joined, last = self.case(last + 1), tokens.fold[last + 1][:CITY], last + 2  # «muzey-ustaxonaga»
            if reading.symbol == "STORE" and (reading.plural or not (ours or reading.case)):
                return None
            if reading.plural:
                return Actor(index, last, (), CASES[reading.case], named=False)
            if reading.symbol == "KIND" and reading.possessive and not ours and not self._ours(index, language, "your"):
                return None
            if (
                reading.symbol == "STORE"
                and reading.possessive
                and not ours
                and index
                and self.reading(language, index - 1) is None
            ):
                return None
            part, last = self.uzbek(last, case) if reading.symbol == "KIND" else (CASES[reading.case], last)
            if reading.symbol == "STORE" and part == "subj":
                part = "of"
        elif language == "ru":
            part, yours = self.russian(index, last), self._ours(index, language, symbol="YOURS")
            if tokens.fold[index] in settings("ru", "plural_kinds"):
                return Actor(index, last, (), "to" if part == "bare" else part, named=False)
            if reading.symbol == "STORE":
                preposition, _ = self.before(index, "ru")
                if preposition is None or preposition.value not in ("into", "from"):
                    return None
                part = "from" if preposition.value == "from" else "to"
        else:
            if tokens.fold[index].endswith("s") and not tokens.form(index).endswith(("'s", "’s")):
                part = self.english(index, last)
                return Actor(index, last, (), part, named=False) if part == "to" else None
            yours = self._ours(index, language, symbol="YOURS")
            if not (index and (tokens.fold[index - 1] in settings("en", "articles") or ours or yours)):
                return None
            if last < len(tokens) and (
                tokens.fold[last] == "of"
                or (tokens.fold[last] == "in" and reading.symbol == "KIND" and tokens.capital(last + 1))
            ):
                return None
            part = self.english(index, last)
            if reading.symbol == "STORE" and part == "subj":
                part = "of"
        if reading.symbol == "STORE":
            return Actor(index, last, self.speaks(index) if ours else self.own(), part, named=False)
        if yours:
            return Actor(index, last, self.addressed(index), part, named=False)
        entities = self.speaks(index, reading.value) if ours else self._resolve(reading.value, index)
        if joined:
            entities = tuple(e for e in self.of_kind.get(reading.value, ()) if self._has_word(e, joined)) or entities
        if language == "uz" and reading.possessive and not ours:
            entities = tuple(entity for entity in entities if entity != self.home)
            if not entities:  # “your museum”: whom the letter is for is named first
                entities = tuple(entity for entity in self.of_kind.get(reading.value, ())[:2] if entity != self.home)[
                    :1
                ]
        return Actor(index, last, entities, part, named=False)

    def _place(self, index: int, language: str) -> Actor | None:
        """Return the city or person that something goes to or comes from: the institution of the text that sits there."""
        tokens = self.tokens
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
        if not part or len(tokens.form(index)) < CITY:
            return None
        if language == "ru" and part == "to" and folded.endswith("e"):
            part = "in"  # «в Самаре»
        here = folded.startswith(settings(language, "here")) or self._in_name(folded, language)
        entities = self.own() if here else self._seated(folded, language, index)
        if here and self.home is None:
            return None
        return Actor(index, index + 1, entities, part, named=False, place=True)

    def _seated(self, folded: str, language: str, index: int) -> tuple[int, ...]:
        """Return the one institution that sits in a city: of several the one that collects, then the one named just before."""
        if self._seats is None:
            self._seats = Seats(self.document, self.mentions)
        found = self._seats.at(folded, language)
        if len(found) > 1:
            found = [entity for entity in found if self.collecting(entity)] or found
        if len(found) > 1:
            near = self.recent(index)
            found = [entity for entity in found if entity in near]
        return tuple(found) if len(found) == 1 else ()

    def _has_word(self, entity: int, stem: str) -> bool:
        """Return whether a word of an institution's first name begins with a stem."""
        mention = next(mention for mention in self.mentions if mention.entity == entity)
        return any(word.startswith(stem) for word in self.tokens.fold[mention.first : mention.last])

    def _in_name(self, folded: str, language: str) -> bool:
        """Return whether a place stands in a name of the article's own institution."""
        stem = folded if language != "ru" else folded[:-1]
        return any(token.startswith(stem) for token in self._home_words)

    def _ours(self, index: int, language: str, key: str = "our", symbol: str = "OURS") -> bool:
        if language == "uz":
            folded = self.tokens.fold[index]
            return any(
                s.possessive and folded[len(s.stem) :].startswith(settings("uz", key)) for s in stems("uz", folded)
            )
        before = self.reading(language, index - 1) if index else None
        return before is not None and before.symbol == symbol and before.value == "mark"

    def addressed(self, index: int) -> tuple[int, ...]:
        """Return who is spoken to: the article's own institution by a guest, else whom a letter is for, which it names first."""
        if self.home is not None and self.speaks(index) != (self.home,):
            return self.own()
        if not self._letter:
            return ()
        first = next((mention.entity for mention in self.mentions if mention.entity not in self.speaks(index)), None)
        return () if first is None else (first,)

    def own(self) -> tuple[int, ...]:
        """Return the article's own institution, if any."""
        return () if self.home is None else (self.home,)

    def speaks(self, index: int = -1, kind: str = "") -> tuple[int, ...]:
        """Return who says “we”, “our museum” at a token: whose director is quoted there, the article's own institution, the one named most."""
        if index >= 0:
            at = bisect_left(self.speakers, (index, -1))
            here = self.tokens.sentence[index]
            for token, entity in sorted(
                self.speakers[max(0, at - 2) : at + 2], key=lambda speaker: abs(speaker[0] - index)
            ):
                if abs(self.tokens.sentence[token] - here) <= _QUOTED and (
                    not kind or kind in self.kinds.get(entity, ())
                ):
                    return (entity,)
        if kind and self.speaker is not None and kind not in self.kinds.get(self.speaker, ()) and self.home is None:
            return self.of_kind.get(kind, ())[:1]
        return () if self.speaker is None else (self.speaker,)

    def recent(self, index: int, sentences: int = _NEAR) -> tuple[int, ...]:
        """Return the institutions named in the sentences just before a token, the last one first."""
        out: list[int] = []
        number = bisect_left(self.firsts, index) - 1
        here = self.tokens.sentence[index]
        last = max(-1, number - _LOOK_BACK)
        while number > last and here - self.tokens.sentence[self.firsts[number]] <= sentences:
            if self.mentions[number].entity not in out:
                out.append(self.mentions[number].entity)
            number -= 1
        return tuple(out)

    def _resolve(self, kind: str, index: int) -> tuple[int, ...]:
        """Return what “the museum” may be: the article's own museum, one named just before, the only one of the text."""
        out = [self.home] if self.home is not None and kind in self.kinds.get(self.home, ()) else []
        out += [entity for entity in self.recent(index) if kind in self.kinds.get(entity, ()) and entity not in out]
        if not out:
            every = self.of_kind.get(kind, ())
            return every if len(every) == 1 else ()
        return tuple(out)
