"""What a passage says beyond the sentence: which institution «наш музей», “the agency”, «томонлар» or “its” stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.authority.countries import atlas
from pipeline.finders.agreement_bodies import Bodies
from pipeline.finders.agreement_letters import letter_for
from pipeline.finders.agreement_passages import Passages
from pipeline.finders.parts import PartReader, settings
from pipeline.languages.grammar import grammar
from pipeline.languages.morphology import stems
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.kept import Kept
from pipeline.text.tokens import Kind

__all__ = ["Context"]

_FAR = 200  # mentions back in which “the two museums” were named
_THERE = 5  # sentences back to what “it”, “that house” stands for
_ASIDE = 2  # words that may stand before a comma at the beginning of a sentence
_APPOSED = 4  # tokens from “our” to the comma: “our little family foundation, the …”
_HEAD = 8  # sentences in which a letter tells whom it is for
_WITNESSED = 8  # sentences back in which those were named who sign before others
_BACK = 8  # sentences back in which more than two were

Party = int | str


@cache
def _own_words(language: str) -> Kept[str]:
    """Return for the words of a language by which an article calls an institution its own its kind, "?" where the next word tells it, else ""."""
    words = grammar("agreements").lexicon

    def own(folded: str) -> str:
        reading = words.reading(language, folded)
        if reading is None or reading.symbol not in ("OURBODY", "OUR"):
            return ""
        return reading.value if reading.symbol == "OURBODY" else "?"

    return Kept(own)


@cache
def _adjective_endings() -> tuple[str, ...]:
    """Return the folded endings of Russian adjectives that nouns hardly have."""
    return tuple(fold(ending) for ending in grammar("agreements").lexicon.settings["adjective_endings"])


@cache
def _dative() -> tuple[str, ...]:
    """Return the folded endings of a Russian post in the dative: «директору»."""
    return tuple(fold(ending) for ending in grammar("agreements").lexicon.settings["dative_endings"])


class Context(Passages):
    """The mentions of a document (first token, last token, entity; sorted), the entity that it is about, and the tokens that are `dated`."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[tuple[int, int, int]],
        home: int | None,
        dated: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(document, mentions, dated)
        self.home = home
        self._parts = PartReader(document)
        self._parts.firsts, self._parts.lasts = self.starts, [last for _, last, _ in self.mentions]
        self.bodies = Bodies(document, self.mentions)
        self._base, self._based = home, False
        self._called: dict[str, list[tuple[int, int]]] = {}  # by noun: whom it may stand for
        self._speaks: bool | None = None
        self._ours: tuple[int | None] | None = None
        self._addressee: tuple[int | None] | None = None

    def base(self) -> int | None:
        """Return the article's own institution; where none is given, the first one of the kind that the article calls its own."""
        if self.home is not None or self._based:
            return self._base
        self._based = True
        words, tokens = grammar("agreements").lexicon, self.document.tokens
        for index in self.document.telling(_own_words):
            language = self.document.languages[index]
            body = _own_words(language)[tokens.fold[index]]
            if body == "?":
                after = [words.reading(language, tokens.fold[k]) for k in range(index + 1, min(index + 3, len(tokens)))]
                body = next(
                    (reading.value for reading in after if reading is not None and reading.symbol == "BODY"), ""
                )
            if body:
                found = next((m[2] for number, m in enumerate(self.mentions) if self.bodies.head(number) == body), None)
                if found is not None:
                    self._base = found
                    break
        return self._base

    def body(self, body: str, at: int, excluded: set[Party]) -> Party | None:
        """Return what “the museum” stands for at token `at`: what the sentence before begins with, the article's own, the one named most."""
        sentence = self.document.tokens.sentence[at]
        if sentence and self.same_paragraph(self.document.tokens.sentences[sentence - 1][0], at):
            opening = self.opening(sentence - 1, excluded)
            if isinstance(opening, int) and self.bodies.entity_is(opening, body):
                return opening
        base = self.base()
        if base is not None and base not in excluded and self.bodies.is_a(base, body):
            return base
        if body == "any":
            return None
        end = bisect_left(self.starts, at)
        called = self._called.get(body)
        if called is None:
            called = self._called[body] = self._often(body)
        return next((entity for entity, first in called if first < end and entity not in excluded), None)

    def _often(self, body: str) -> list[tuple[int, int]]:
        """Return the institutions that a noun may stand for, each with the number of the mention that first tells so: those named most from there on first."""
        counts: dict[int, int] = {}
        firsts: dict[int, int] = {}
        for number, (_, _, entity) in enumerate(self.mentions):
            if entity in counts or self.bodies.called(number, body):
                counts[entity] = counts.get(entity, 0) + 1
                firsts.setdefault(entity, number)
        return sorted(firsts.items(), key=lambda one: (-counts[one[0]], one[1]))

    def ours(self, body: str, at: int, excluded: set[Party]) -> Party | None:
        """Return what “our library” stands for: the article's own, or whose officer speaks where that is the other side."""
        base = self.base()
        own = base is not None and base not in excluded and base != self.addressee()
        return base if own else self.speaker(at, excluded)

    def ours_and_other(self, body: str, at: int) -> tuple[Party, ...]:
        """Return what “our museums” stands for in a letter: the article's own and the only other one of the kind named before."""
        end = bisect_left(self.starts, at)
        found = list(
            dict.fromkeys(self.mentions[number][2] for number in range(end) if self.bodies.head(number) == body)
        )
        return tuple(found) if len(found) == 2 else ()

    def several(self, body: str, at: int, wanted: int, states: tuple[Party, ...]) -> tuple[Party, ...]:
        """Return what “the two museums” stands for: the last `wanted` named so before, or `states` for countries.

        More than two stand together in one sentence.
        """
        if body == "state":
            return states
        base = self.base()
        if wanted == 2 and body != "any":
            tokens_of = self.document.tokens.sentence
            sentence = tokens_of[at]
            first = self.document.tokens.sentences[max(sentence - 2, 0)][0]
            near = range(bisect_left(self.starts, first), bisect_left(self.starts, at))
            named = list(dict.fromkeys(self.mentions[k][2] for k in near if self.bodies.head(k) == body))
            if len(named) == 1 and base is not None and named[0] != base and self.bodies.is_a(base, body):
                return base, named[0]
            if len(named) >= 2:
                here = dict.fromkeys(self.mentions[k][2] for k in near if tokens_of[self.starts[k]] == sentence)
                one = [entity for entity in here if entity in named]
                if len(one) == 1 and base is not None and base not in named and self.bodies.is_a(base, body):
                    return base, one[0]  # “friendship with the library: an agreement between the two libraries”
            if len(named) > 2:
                return ()
            every = list(dict.fromkeys(self.mentions[k][2] for k in near))
            if len(named) == 1 and len(every) == 2:
                return every[0], every[1]  # one of them is a centre, a gallery: no other can be meant
            if not named and len(every) == 1 and base is not None and base != every[0] and self.bodies.is_a(base, body):
                return base, every[0]
        if wanted > 2:
            return self._together(body, at, wanted)
        found: list[Party] = []
        last = bisect_left(self.starts, at)
        for number in range(last - 1, max(last - _FAR, 0) - 1, -1):
            entity = self.mentions[number][2]
            if entity not in found and (body == "any" or self.bodies.head(number) == body):
                found.append(entity)
            if len(found) == wanted:
                return tuple(reversed(found))
        return ()

    def _together(self, body: str, at: int, wanted: int) -> tuple[Party, ...]:
        """Return the `wanted` institutions of a kind that one of the last sentences names together, () where it names more."""
        sentences = self.document.tokens.sentences
        sentence = self.document.tokens.sentence[at]
        for back in range(min(sentence, _BACK) + 1):
            first, last = sentences[sentence - back]
            near = range(bisect_left(self.starts, first), bisect_left(self.starts, min(last, at)))
            named = dict.fromkeys(self.mentions[k][2] for k in near if body == "any" or self.bodies.head(k) == body)
            if len(named) >= wanted:
                return tuple(named) if len(named) == wanted else ()
        return ()

    def parties(self, at: int, *, witnessed: bool = False) -> tuple[Party, ...]:
        """Return what “the parties” stands for: the two institutions of this sentence and the last ones, or one of them and the article's own.

        `witnessed`: those whom the sentence before names only look on.
        """
        tokens = self.document.tokens
        sentence = tokens.sentence[at]
        onlookers = self.within(*tokens.sentences[sentence - 1]) if witnessed and sentence else []
        for back in range(_WITNESSED if onlookers else 3):
            if sentence < back:
                break
            found = [p for p in self.within(tokens.sentences[sentence - back][0], at) if p not in onlookers]
            if self.home is not None and len(found) == 1 and self.home not in found and not onlookers:
                found.append(self.home)
            if len(found) == 2:
                return tuple(found)
            if len(found) > 2:
                break
        return ()

    def last_other(self, at: int, body: str = "") -> Party | None:
        """Return what “it” in “with it”, “that house” stands for: the last institution named before (of a kind, where one is), not the article's own."""
        number = bisect_left(self.starts, at) - 1
        tokens = self.document.tokens
        last: int | None = None
        while number >= 0 and tokens.sentence[at] - tokens.sentence[self.starts[number]] <= _THERE:
            entity = self.mentions[number][2]
            if entity != self.home:
                if not body or body == "any" or self.bodies.is_a(entity, body):
                    return entity
                last = entity if last is None else last
            number -= 1
        return last

    def noun_since(self, at: int) -> bool:
        """Return whether a common noun for an institution stands between the last name before token `at` and it."""
        words, tokens = grammar("agreements").lexicon, self.document.tokens
        number = bisect_left(self.starts, at) - 1
        first = self.mentions[number][1] if number >= 0 else at
        readings = (words.reading(self.document.languages[k], tokens.fold[k]) for k in range(first, at))
        return any(reading is not None and reading.symbol in ("BODY", "BODYS") for reading in readings)

    def addressee(self) -> int | None:
        """Return who “you” is: whom the article calls “your museum”, whose director a letter is for."""
        if self._addressee is None:
            mentions, document = self.mentions, self.document
            letter = next((m[2] for m in mentions if letter_for(document, m[0], m[1])), None)
            found = next((m[2] for m in mentions if m[2] != self.home and self._meant_by_you(m[0])), letter)
            self._addressee = (found,)
        return self._addressee[0]

    def _meant_by_you(self, first: int) -> bool:
        """Return whether “your” stands before a name, or a director in the dative, or “to the director of”, at the head of a letter."""
        words, tokens, language = grammar("agreements").lexicon, self.document.tokens, self.document.languages[first]
        for k in range(first - 1, max(first - 5, -1), -1):
            reading = words.reading(language, tokens.fold[k])
            if reading is not None and reading.symbol == "YOUR":
                return first - k <= 2
            if reading is not None and reading.symbol == "OFFICE" and tokens.sentence[first] <= _HEAD:
                to = k > 1 and tokens.fold[k - 2 : k] == ["to", "the"]
                return to or (language == "ru" and tokens.fold[k].endswith(_dative()))
        return False

    def actor(self, first: int, last: int, excluded: set[Party]) -> Party | None:
        """Return the only institution of tokens [first, last) that stands there as a subject; None where others may be it too."""
        found: list[int] = []
        for number in range(bisect_left(self.starts, first), bisect_left(self.starts, last)):
            begin, end, entity = self.mentions[number]
            if entity in excluded or entity in found or self._aside(end):
                continue
            if self.part(begin, end) in ("subj", "person"):
                found.append(entity)
        return found[0] if len(found) == 1 else None

    def _aside(self, index: int) -> bool:
        """Return whether the word at a token makes the Uzbek name before it a mediator or a place: `huzurida`, `koʻmagida`."""
        words, tokens, language = grammar("agreements").lexicon, self.document.tokens, self.document.languages
        if index >= len(tokens) or language[index] != "uz":
            return False
        reading = words.phrase("uz", tokens.fold, tokens.kind, index) or words.reading("uz", tokens.fold[index])
        return reading is not None and reading.symbol == "UNDER"

    def speaks(self) -> bool:
        """Return whether the article speaks in the first person: of us, of our library."""
        if self._speaks is None:
            words = grammar("agreements").lexicon
            said = sum(
                (reading := words.reading(*key)) is not None
                and reading.symbol in ("WE", "US", "OUR", "OURBODY", "WESIGNED", "WESIGN")
                for key in zip(self.document.languages, self.document.tokens.fold, strict=True)
            )
            self._speaks = said > 1
        return self._speaks

    def first_person(self, first: int, last: int) -> bool:
        """Return whether a word of tokens [first, last) is a verb of the first person: `niyatidamiz`, `tuzdik`."""
        tokens, language = self.document.tokens, self.document.languages[first]
        endings = settings(language, "first_person") if language == "uz" else ()
        return bool(endings) and any(tokens.fold[k].endswith(endings) for k in range(first, last))

    def part(self, first: int, last: int) -> str:
        """Return the part that a name has in its clause: subj, of, to, with, …"""
        return self._parts.part(first, last, self.document.languages[first])[0]

    def opening(self, sentence: int, excluded: set[Party], *, anywhere: bool = False) -> Party | None:
        """Return the institution that a sentence begins with (`anywhere`: the first one that it names)."""
        tokens = self.document.tokens
        first, last = tokens.sentences[sentence]
        number = bisect_left(self.starts, first)
        if number >= len(self.mentions) or self.starts[number] >= last:
            return None
        begin, end, entity = self.mentions[number]
        if entity in excluded:
            return None
        if not anywhere:
            lead = [index for index in range(first, begin) if tokens.kind[index] is Kind.WORD]
            aside = begin > first and tokens.fold[begin - 1] == "," and len(lead) <= _ASIDE  # «Во-вторых, Лувр …»
            if not aside and (len(lead) > 1 or (lead and tokens.fold[lead[0]] != "the")):
                return None
            if self.document.languages[begin] == "uz" and self.case(end - 1):
                return None
            if self.document.languages[begin] == "uz" and end < last:
                words = grammar("agreements").lexicon
                reading = words.reading("uz", tokens.fold[end])
                if reading is not None and reading.symbol in ("BILAN", "BYAFTER", "UNDER", "OFFICE", "BETWEENAFTER"):
                    return None
        return entity

    def adjective(self, index: int) -> bool:
        """Return whether a word is an adjective that may stand before a name: «ошским», “Japanese”."""
        tokens, language = self.document.tokens, self.document.languages[index]
        if tokens.kind[index] is not Kind.WORD or language == "uz":
            return False
        place = atlas().at(tokens, index)
        if place is not None:
            return place.kind == "adjective"
        words = grammar("agreements").lexicon
        if language != "ru" or words.reading(language, tokens.fold[index]) is not None:
            return False
        return tokens.fold[index].endswith(_adjective_endings())

    def case(self, index: int, shortest: int = 3) -> str:
        """Return the Uzbek case of a name's last word, "" for none."""
        if self.document.languages[index] != "uz":
            return ""
        form, folded = self.document.tokens.form(index), self.document.tokens.fold[index]
        if form.isupper():
            return ""
        for stem in stems("uz", folded)[1:]:
            if (
                stem.case
                and len(stem.stem) > shortest
                and (stem.case != "attr" or shortest < 3 or folded.endswith("dagi"))
            ):
                return stem.case
        return ""

    def chief(self, at: int, excluded: set[Party]) -> Party | None:
        """Return the institution that the paragraph begins with, where the article's own is not named in it."""
        tokens = self.document.tokens
        sentence = tokens.sentence[at]
        first = sentence
        while first and self.same_paragraph(tokens.sentences[first - 1][0], at):
            first -= 1
        if first == sentence:
            return None
        if self.home is not None and self.home in self.within(tokens.sentences[first][0], at):
            return None
        return self.opening(first, excluded)

    def speaker(self, at: int, excluded: set[Party]) -> Party | None:
        """Return the institution whose officer says “we” at token `at`: a post stands beside its name; else the article's own."""
        words, tokens = grammar("agreements").lexicon, self.document.tokens
        sentence = tokens.sentence[at]
        for near in (sentence, sentence + 1, sentence - 1):
            if not 0 <= near < len(tokens.sentences):
                continue
            first, last = tokens.sentences[near]
            for number in range(bisect_left(self.starts, first), bisect_left(self.starts, last)):
                begin, end, entity = self.mentions[number]
                beside = [end] if self.document.languages[begin] == "uz" else [begin - 1, begin - 2, begin - 3]
                for k in beside:
                    reading = (
                        words.reading(self.document.languages[begin], tokens.fold[k]) if first <= k < last else None
                    )
                    if reading is not None and reading.symbol == "OFFICE" and entity not in excluded:
                        return entity
        for found in (self._called_ours(), self.base()):
            if found is not None:
                return found if found not in excluded else None
        return None

    def _called_ours(self) -> int | None:
        """Return the institution that the article names in apposition to “our”: “our foundation, the Barta Foundation”."""
        if self._ours is None:
            found = next((entity for first, _, entity in self.mentions if self._after_ours(first)), None)
            self._ours = (found,)
        return self._ours[0]

    def _after_ours(self, first: int) -> bool:
        words, tokens, language = grammar("agreements").lexicon, self.document.tokens, self.document.languages[first]
        at = first - 1 - (first > 1 and tokens.fold[first - 1] == "the")
        if language == "uz" or at < 2 or tokens.fold[at] not in (",", "—", "–"):
            return False
        read = [words.reading(language, tokens.fold[k]) for k in range(max(at - _APPOSED, 0), at)]
        noun = read[-1] is not None and read[-1].symbol == "BODY"
        return noun and any(reading is not None and reading.symbol == "OUR" for reading in read)

    def topic(self, at: int, excluded: set[Party]) -> Party | None:
        """Return the institution that the sentence before is about, where it stands in the same paragraph."""
        sentence = self.document.tokens.sentence[at]
        for back in (1, 2):
            if sentence < back or not self.same_paragraph(self.document.tokens.sentences[sentence - back][0], at):
                return None
            first, last = self.document.tokens.sentences[sentence - back]
            if self.home is not None and self.home not in excluded and self.home in self.within(first, last):
                return self.home
            found = self.opening(sentence - back, excluded, anywhere=back == 1)
            if found is not None:
                return found
        return None

    def main_country(self) -> str | None:
        """Return the country that the article names most, as `country:XX`."""
        named = Counter(
            place.code for place in atlas().all(self.document.tokens) if place is not None and place.kind == "country"
        )
        return f"country:{named.most_common(1)[0][0]}" if named else None
