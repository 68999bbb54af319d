"""The institutions of a document: of what kind each is, which one the article is about, which one says “we”, which one “the museum” may be.

The words are data (`deeds.toml` of each language): KIND a common noun for an institution, OURS and YOURS pronouns, STORE with the value `person` who
acts for an institution.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from pipeline.authority.countries import Place
from pipeline.finders.aliases import with_aliases
from pipeline.finders.letters import Letter, greeted
from pipeline.finders.parts import PartReader, russian_adjectives, settings
from pipeline.finders.seats import Mention, Seats
from pipeline.finders.spokesmen import quotation, spokesmen
from pipeline.languages.lexicon import lexicon
from pipeline.languages.morphology import stems
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind

__all__ = ["Roster"]

_EARLY = 600  # code points that are the beginning of any article
_OFTEN = 4
_LOOK_BACK = 40  # names
_QUOTED = 2  # sentences between “we” and the name of who says it
_OPENING = 400  # tokens in which a letter greets
_BESIDE = 4  # tokens between a name and the “us” that stands beside it
_DASHES = frozenset("—–")
_OPEN, _SHUT, _EITHER = frozenset("«“„"), frozenset("»”"), '"'
_SPEECH = _DASHES | _OPEN | _SHUT | {_EITHER}
_FAR = 120  # tokens between a pronoun and the name that it takes up, a quotation mark and what is quoted
_NEAR = 3  # sentences back in which a common noun or pronoun may find its institution


class Roster(PartReader):
    """The institutions of a document, ready to be asked which one is meant."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        home: int | None,
        places: Sequence[Place | None] = (),
        countries: Sequence[str | None] = (),
        kinds: Sequence[str | None] = (),
    ) -> None:
        super().__init__(document)
        self.places, self.countries = places, countries
        self.mentions: list[Mention] = []
        for mention in with_aliases(document, mentions):  # of nested ones the outermost
            if not self.mentions or mention.first >= self.mentions[-1].last:
                self.mentions.append(mention)
            elif mention.last - mention.first > self.mentions[-1].last - self.mentions[-1].first:
                self.mentions[-1] = mention
        self.firsts = [mention.first for mention in self.mentions]
        self.lasts = [mention.last for mention in self.mentions]
        self.opened: dict[int, int] = {}  # the token at which each institution is first named
        for mention in self.mentions:
            self.opened.setdefault(mention.entity, mention.first)
        self.kinds: dict[int, set[str]] = {}
        for mention in self.mentions:
            if kind := self._kind(mention.first, mention.last):
                self.kinds.setdefault(mention.entity, set()).add(kind)
        for entity, known in enumerate(kinds):  # «Эрмитаж», “House of Books”: no word of the name tells it
            if known is not None and self._common_kind(known):
                self.kinds.setdefault(entity, {known})
        self._unknown = {entity for entity, known in enumerate(kinds) if known is None and not self.kinds.get(entity)}
        self._by_country: dict[str, list[int]] = {}
        for entity, code in enumerate(countries):
            if code is not None and self.kinds.get(entity):
                self._by_country.setdefault(code, []).append(entity)
        self.of_kind: dict[str, tuple[int, ...]] = {}  # in the order of the text
        for entity, its in self.kinds.items():
            for kind in its:
                self.of_kind[kind] = (*self.of_kind.get(kind, ())[:7], entity)
        self._offices = [entity for entity, known in enumerate(kinds) if known in self.words.settings["offices_of"]]
        self.topic: int | None = None
        own = home if self.kinds.get(home if home is not None else -1) else self._own()
        self._letter = Letter(self, self.mentions)
        if self._letter.writers:
            own = next(filter(self.collecting, self._letter.writers), self._letter.writers[0])
        elif self._letter.reader is not None and (home if own is None else own) == self._letter.reader:
            own = home = None  # whoever writes to it is another
        self.home = own if own is not None else home
        if self.topic is None:
            self.topic = self.home
        self._home_words = {
            word
            for mention in self.mentions
            if mention.entity == self.home
            for word in self.tokens.fold[mention.first : mention.last]
        }
        self.collects = self.home is not None and self.collecting(self.home)
        self.speakers = spokesmen(self, self.mentions, self.kinds, self.of_kind)
        self._seats: Seats | None = None
        self._echoes: list[tuple[int, int]] = []
        self._heard = 0  # the token up to which they are known
        self._beside_us = self._spoken_to()
        if self.home is not None and not self.collecting(self.home) and self._beside_us[self.home] > 0:
            self.home = self._first_named()  # “X and we”: it is not X that speaks
        self.speaker = self.home if self.home is not None else self._first_named()
        if self.speaker is not None and self.speaker == self._letter.reader:
            self.speaker = None
        self.collects = self.home is not None and (self.collecting(self.home) or self.home in self._unknown)
        self.tells = self.home is not None and bool(self.kinds.get(self.home)) and not self.collects
        if self.tells:  # an embassy's article: the museum that it tells of
            named = Counter(mention.entity for mention in self.mentions if self.collecting(mention.entity))
            self.topic = max(named, key=lambda entity: named[entity], default=self.topic)
        self._local = {m.entity for m in self.mentions if any(map(self._is_seat, range(m.first, m.last)))}

    def _is_seat(self, index: int) -> bool:
        """Return whether the gazetteer knows a city or a region at a token."""
        place = self.places[index] if index < len(self.places) else None
        named_after = self.tokens.fold[index + 1 : index + 2] and self.tokens.fold[index + 1] in settings(
            "uz", "dedications"
        )
        return place is not None and place.kind in ("city", "region") and not named_after  # «Navoiy nomidagi»

    def _common_kind(self, kind: str) -> bool:
        """Return whether an institution of this kind owns books, exhibits, papers."""
        return kind in self.words.settings["collecting"]

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

    def _first_named(self) -> int | None:
        """Return the library, museum or archive that an article with “we” and “our” most likely speaks for: the one named most, then first.

        Whoever stands beside “we” and “us” is another.
        """
        points = Counter(mention.entity for mention in self.mentions if self.kinds.get(mention.entity))
        for entity in points:
            points[entity] -= 2 * self._beside_us[entity]
        return max(points, key=lambda entity: points[entity]) if points else None

    def _spoken_to(self) -> Counter[int]:
        """Return how often an institution is named right beside “we” or “us”: “X sent us”, “X and we”, «X подарил нам»."""
        out: Counter[int] = Counter()
        quoted = {entity for _, entity in self.speakers}
        for mention in self.mentions:
            language = self.document.languages[mention.first]
            end = self.tokens.sentences[self.tokens.sentence[mention.last - 1]][1]
            for index in range(mention.last, min(end, mention.last + _BESIDE)):
                reading = self.reading(language, index)
                if reading is not None and reading.symbol == "OURS" and reading.value != "mark":
                    out[mention.entity] += mention.entity not in quoted
                    break
                if self.named(index) or self.tokens.fold[index] in (",", ";", ":", "—", "–", "("):
                    break
        return out

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
        opener = next((mention.entity for mention in self.mentions if self.collecting(mention.entity)), None)
        if opener is not None:
            points[opener] += 1
        for kind, times in common.items():
            named = [entity for entity in points if entity in opening and kind in self.kinds.get(entity, ())]
            if named:
                points[opener if opener in named else max(named, key=lambda entity: points[entity])] += times
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

    def own(self) -> tuple[int, ...]:
        """Return the article's own institution, if any."""
        return () if self.home is None else (self.home,)

    @property
    def reader(self) -> int | None:
        """Whom a letter is for, as its head tells."""
        return self._letter.reader

    def about(self) -> tuple[int, ...]:
        """Return the article's own institution, else the library, museum or archive that it speaks of most from its beginning on."""
        if (self.home is None or self.tells) and self.topic is not None and self.collecting(self.topic):
            return (self.topic,)
        return self.own()

    def speaks(self, index: int = -1, kind: str = "") -> tuple[int, ...]:
        """Return who says “we”, “our museum” at a token: whose director is quoted there, the article's own institution, the one named most."""
        if index >= 0 and not self._letter.writers:
            at = bisect_left(self.speakers, (index, -1))
            here, opening = (self.tokens.sentence[place] for place in (index, quotation(self, index)))
            for token, entity in sorted(
                self.speakers[max(0, at - 2) : at + 2], key=lambda speaker: abs(speaker[0] - index)
            ):
                sentence = self.tokens.sentence[token]
                if (
                    (abs(sentence - here) <= _QUOTED or (token < index and opening - sentence <= _QUOTED))
                    and (token < index or Gap.BREAK not in self.tokens.gap[index + 1 : token])
                    and (not kind or kind in self.kinds.get(entity, ()))
                    and (entity == self.home or not self.collects or self._speech(token, index))
                ):
                    return (entity,)
            if guest := self.visiting(index):
                return guest
        if kind and self.speaker is not None and kind not in self.kinds.get(self.speaker, ()) and self.home is None:
            return self.of_kind.get(kind, ())[:1]
        return () if self.speaker is None else (self.speaker,)

    def addressed(self, index: int) -> tuple[int, ...]:
        """Return who is spoken to: the article's own institution by a guest, else whom a letter is for, which it names first."""
        if self._letter.reader is not None:
            return (self._letter.reader,)
        if self.home is not None and self.speaks(index) != (self.home,):
            return self.own()
        if not self._letter.known:
            return ()
        if self.document.languages[index] == "uz":  # «Qadrli X muzeyi xodimlari!»
            for mention in self.mentions[:_LOOK_BACK]:
                if mention.first < _OPENING and greeted(self, mention.first, "uz"):
                    return (mention.entity,)
        first = next((mention.entity for mention in self.mentions if mention.entity not in self.speaks(index)), None)
        return () if first is None else (first,)

    def visiting(self, index: int) -> tuple[int, ...]:
        """Return which guests speak in the quotation at a token."""
        return ()

    def _speech(self, token: int, index: int) -> bool:
        """Return whether “we” at a token `index` is said by whom token `token` names: within quotation marks that are open there, or behind a dash."""
        tokens, inside = self.tokens, 0
        start = tokens.sentences[tokens.sentence[min(token, index)]][0]
        for at in range(max(start, max(token, index) - _FAR), index):
            if self.named(at):
                continue
            sign = tokens.fold[at]
            if sign in _DASHES:
                return True
            inside = inside + 1 if sign in _OPEN else 0 if sign in _SHUT else inside ^ 1 if sign == _EITHER else inside
        if inside:
            return True
        marks = (tokens.fold[at] for at in range(index, token) if tokens.fold[at] in _SPEECH and not self.named(at))
        return next(marks, "") in (*_SHUT, *_DASHES, _EITHER)  # «… biz yubordik», dedi direktor

    def recent(self, index: int, sentences: int = _NEAR) -> tuple[int, ...]:
        """Return the institutions named in the sentences just before a token, the last one first."""
        here = self.tokens.sentence[min(index, len(self.tokens) - 1)]  # a count may end the text
        number = bisect_left(self.firsts, index)
        spoken = [(mention.first, mention.entity) for mention in self.mentions[max(0, number - _LOOK_BACK) : number]]
        if echoes := self.echoes(index):
            spoken = sorted([*spoken, *echoes])
        out: dict[int, None] = {}
        for token, entity in reversed(spoken):
            if here - self.tokens.sentence[token] > sentences:
                break
            out[entity] = None
        return tuple(out)

    def echoes(self, index: int) -> Sequence[tuple[int, int]]:
        """Return where the people of a place stand for an institution before a token: (token, entity), in order."""
        return ()

    def others(self, index: int, *taken: int) -> tuple[int, ...]:
        """Return whom “they” means beside the article's own institution and some taken ones: the other that was named last, in this sentence or the two before."""
        mine = {self.home, self.speaker, *self.speaks(index), *taken}
        return tuple(entity for entity in self.recent(index, 2) if entity not in mine)[:1]

    def antecedent(self, index: int, language: str) -> tuple[int, ...]:
        """Return what “it”, «она» at a token means: the last subject of its sentence before it, or that of the sentence before.

        None where a person is named in between. A Russian pronoun asks for an institution of its gender.
        """
        here, number = self.tokens.sentence[index], bisect_left(self.firsts, index) - 1
        near: list[Mention] = []
        while number >= 0 and here - self.tokens.sentence[self.firsts[number]] <= 1 and len(near) < _LOOK_BACK:
            near.append(self.mentions[number])
            number -= 1
        if language == "ru":
            fitting = self.of_gender([m.entity for m in near], index)
            near = [m for m in near if m.entity in fitting]
        if not near or index - near[0].last > _FAR or self._person_between(near[0].last, index, language):
            return ()
        for sentence in (here, here - 1):
            subjects = [m for m in near if self.tokens.sentence[m.first] == sentence and self._is_subject(m, language)]
            if subjects:
                return ((subjects[0] if sentence == here else subjects[-1]).entity,)
        return (near[0].entity,)

    def of_gender(self, entities: Sequence[int], index: int) -> tuple[int, ...]:
        """Return those of some institutions whose gender the Russian pronoun at a token has."""
        gender = lexicon("deeds").settings["ru"]["gender"]
        pronouns = gender["pronouns"].items()
        wanted = next((value for value, words in pronouns if self.tokens.fold[index] in map(fold, words)), "")
        if not wanted:
            return tuple(entities)
        return tuple(e for e in entities if wanted in {gender["kinds"].get(k, "m") for k in self.kinds.get(e, ())})

    def _is_subject(self, mention: Mention, language: str) -> bool:
        return self.part(mention.first, mention.last, language)[0] in ("subj", "bare")

    def _person_between(self, first: int, last: int, language: str) -> bool:
        """Return whether a person may be named between two tokens: by an office, or by two capital words in a row."""
        tokens = self.tokens
        for index in range(first, last):
            reading = self.reading(language, index)
            if reading is not None and reading.symbol == "STORE" and reading.value == "person":
                return True
            if (
                index + 1 < last
                and tokens.capital(index)
                and tokens.capital(index + 1)
                and tokens.kind[index + 1] is Kind.WORD
            ):
                return True
        return False

    def meant(self, kind: str, index: int) -> tuple[int, ...]:
        """Return what “the museum” may be: the article's own museum, one named just before, the only one of the text."""
        out = [self.home] if self.home is not None and kind in self.kinds.get(self.home, ()) else []
        out += [entity for entity in self.recent(index) if kind in self.kinds.get(entity, ()) and entity not in out]
        if not out:
            every = self.of_kind.get(kind, ())
            return every if len(every) == 1 else ()
        return tuple(out)

    def country(self, entity: int) -> str | None:
        """Return the country of an institution, if it is known."""
        return self.countries[entity] if entity < len(self.countries) else None

    def last_named(self, kind: str, index: int) -> tuple[int, ...]:
        """Return the institution of a kind that was named last before a token."""
        return tuple(entity for entity in self.recent(index) if kind in self.kinds.get(entity, ()))[:1]

    def _abroad(self, index: int) -> list[int]:
        """Return the institutions of the country of a foreign place at a token: abroad, a city or a people stands for the one partner there."""
        place = self.places[index] if index < len(self.places) else None
        if place is None or place.kind not in ("city", "country", "adjective"):
            return []
        there = self._by_country.get(place.code, []) if place.code else []
        if (
            self.home is None or self.tells
        ):  # nobody's article, or an embassy's: the one of the land that was named before
            there = self._named_before(there, index)
            return there if len(there) == 1 else []
        return [] if self.country(self.home) in (None, place.code) else there

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

    def is_ours(self, index: int, key: str) -> bool:
        """Return whether an Uzbek noun at a token ends in “our” (`our`) or “your” (`your`)."""
        return self._ours(index, "uz", key)

    def _seated(self, folded: str, language: str, index: int, kind: str = "") -> tuple[int, ...]:
        """Return the one institution (of a kind) that sits in a city: of several the one that collects, then the one named just before."""
        if self._seats is None:
            self._seats = Seats(self.document, self.mentions)
        found = self._of_kind(self._seats.at(folded, language), kind) or self._of_kind(self._abroad(index), kind)
        if not found and language == "uz":
            found = [entity for entity in self._seats.hinted(folded) if entity != self.home and self.kinds.get(entity)]
        if len(found) > 1:
            found = [entity for entity in found if self.collecting(entity)] or found
        if len(found) > 1:
            near = [entity for entity in self.recent(index) if entity in found]
            found = near if len(near) < 2 else [entity for entity in self.recent(index, 1) if entity in found]
        return tuple(found) if len(found) == 1 else ()

    def _named_before(self, entities: Sequence[int], index: int) -> list[int]:
        """Return those of some institutions that are named before a token."""
        return [entity for entity in entities if self.opened.get(entity, index) < index]

    def _of_kind(self, entities: Sequence[int], kind: str) -> list[int]:
        """Return those of some institutions that are of a kind; all where none is asked for."""
        return [entity for entity in entities if not kind or kind in self.kinds.get(entity, ())]
