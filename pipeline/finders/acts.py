"""What was done with counted things, beyond what their verb says: shown, printed, given, sent in a parcel, only held.

The words are data (`deeds.toml` of each language): GIFT, PARCEL, EXHIBITION, THANKS, and the lists named here.
"""

from __future__ import annotations

from pipeline.finders.actors import Cast
from pipeline.finders.deeds import Deed
from pipeline.finders.intentions import Intentions
from pipeline.finders.parties import MOVES, Parties, Told
from pipeline.finders.parts import settings
from pipeline.finders.things import Thing
from pipeline.text.tokens import Kind

__all__ = ["ACTS", "SENTENCE", "Acts"]

ACTS = {
    "give": "transferred", "take": "transferred", "come": "transferred", "bring": "transferred", "enrich": "transferred",
    "gift": "transferred", "hold": "held", "consist": "held", "print": "printed", "digi": "digitised", "show": "exhibited", "other": "other",
}  # fmt: skip
_DOABLE = MOVES | {"print", "digi", "show"}  # what one may promise or wish for
_DASHES = frozenset("—–-")
_ANSWER = 3  # tokens of an answer before its number
_YEAR = 4  # digits
_BESIDE = 4  # tokens between a count and the wall or show-case that it is seen on
_EACH = 2  # copies of a contract that each party gets
_SAID = 18  # tokens between a count and the words that call it a gift
_WORK = 4  # tokens between a count and a verb that only says that work was done
_TOPIC = 4  # sentences back in which the text speaks of digitising
_WHOLE = 6  # tokens between “of” and the whole that it takes a part of
_TITLE = 10  # tokens between what is printed and its number of copies
SENTENCE = 250  # tokens; of a longer sentence (a table, a list without stops) only what stands so near


class Acts:
    """Judges what the words around a count say was done."""

    def __init__(self, cast: Cast, parties: Parties) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self.parties = parties
        self.intentions = Intentions(cast)

    def had_from(self, told: Told, deed: Deed) -> bool:
        """Return whether an English “had” says that something came from an institution."""
        if self.tokens.fold[deed.first] not in settings("en", "have"):
            return False
        return any(
            actor.entities
            and (actor.last <= deed.first or actor.first >= told.thing.last or actor.first - deed.last <= 1)
            for actor in told.parts.get("from", ())
        )

    def carried(self, told: Told, deed: Deed) -> bool:
        """Return whether an English “took” says where the things were taken to: “I took 30 files to Andijan”."""
        if self.tokens.fold[deed.first] not in settings("en", "carries") or deed.last - deed.first > 1:
            return False
        return any(actor.entities and actor.first > deed.first for actor in told.parts.get("to", ()))

    def only_printed(self, thing: Thing, language: str) -> bool:
        """Return whether it says in how many copies something is made («икки нусхада», “in two copies”)."""
        if language == "uz" and thing.unit == "copies" and thing.case == "abl" and thing.number <= _EACH:
            return True  # «tomonlarga bir nusxadan berildi»
        if thing.unit != "copies" or (language == "uz" and thing.case != "loc"):
            return False
        return language == "uz" or (
            bool(thing.opening) and self.tokens.fold[thing.opening - 1] in settings(language, "in_words")
        )

    def equated(self, told: Told, language: str) -> bool:
        """Return whether a Russian count is what something amounts to: «Наше собрание – это 720 тысяч томов»."""
        opening = told.thing.opening
        return (
            language == "ru"
            and opening > 1
            and self.tokens.fold[opening - 1] in settings("ru", "equating")
            and self.tokens.fold[opening - 2] in _DASHES
        )

    def answers(self, told: Told, language: str, begin: int) -> bool:
        """Return whether a Russian or English count begins the answer to the question how many things there are: «Сколько у вас книг? – 230»."""
        number = self.tokens.sentence[begin]
        if language == "uz" or not number or told.thing.opening - begin > _ANSWER:
            return False
        first, last = self.tokens.sentences[number - 1]
        folds = self.tokens.fold[first:last]
        if folds[-1] != "?" or not any(phrase in f" {' '.join(folds)} " for phrase in settings(language, "how_many")):
            return False
        readings = (self.cast.reading(language, index) for index in range(first, last))
        return not any(r is not None and r.symbol == "VERB" and r.value.partition(".")[0] != "hold" for r in readings)

    def undone(self, deed: Deed, language: str, begin: int, end: int) -> str:
        """Return why the deed was not done, as the name of a rule: it is denied, or only intended; else an empty string."""
        if self.denied(deed, language):
            return "denied"  # «11 книг не вернулось»: the books are there
        return "intended" if deed.value in _DOABLE and self.intentions.open(deed, language, begin, end) else ""

    def meant(self, deed: Deed) -> bool:
        """Return whether an Uzbek verb only tells what shall be done with what was moved: «olgan 31 ta kitobni qaytaramiz»."""
        return deed.value == "other" and self.tokens.fold[deed.last - 1].endswith(settings("uz", "intent_endings"))

    def denied(self, deed: Deed, language: str) -> bool:
        """Return whether the verb says that it was not done."""
        folds = self.tokens.fold
        if language == "uz":
            return folds[deed.last - 1].endswith(settings("uz", "negative_endings"))
        return any(
            folds[index] in settings(language, "negations")
            for index in range(max(0, deed.first - (1 if language == "ru" else 3)), deed.first)
        )

    def shown(self, told: Told, language: str, begin: int, end: int) -> bool:
        """Return whether an exhibition is what has, offers or is made of the things."""
        deed, first = told.clause.deed, told.thing.opening
        if language == "uz":
            return (
                deed is not None
                and deed.value == "hold"
                and self.cast.has("EXHIBITION", max(begin, told.clause.begin, first - 6), first, language)
            )
        if deed is not None and deed.value == "give":
            if any(told.parts.get(part) for part in ("to", "dat", "oblique")):
                return False
            if self.tokens.fold[deed.first] in settings(language, "shows_too") and self.cast.has(
                "EXHIBITION", min(deed.first, first), min(end, max(deed.last, told.thing.last) + 5), language
            ):
                return True
        until = first if deed is None else min(deed.first, first)
        start = max(begin, until - 12)
        for index in range(until - 1, start - 1, -1):
            reading = self.cast.reading(language, index)
            if reading is not None and reading.symbol == "EXHIBITION":
                return True
            verb = (
                reading is not None
                and reading.symbol == "VERB"
                and self.tokens.fold[index] not in settings(language, "bare")
            )
            if verb or self.tokens.fold[index] == ";":
                return False
        return False

    def whole(self, told: Told) -> bool:
        """Return whether a count is the whole of which another, right behind it, is a part: «olgan 40 hujjatning 38 tasi», «berilgan 22 jild kitobning 20 jildi»."""
        last = told.thing.last if told.thing.item is None else told.thing.item[1]
        if not told.followed or last >= len(self.tokens) or self.cast.case(last - 1) not in ("gen", "abl"):
            return False
        return self.tokens.kind[last] is Kind.NUMBER or self.tokens.fold[last].endswith(settings("uz", "counted"))

    def gifted(self, told: Told, language: str, end: int) -> tuple[int, ...]:
        """Return whose gift the things are called: “40 books, a gift of the embassy”, «20 картин — дар музея»."""
        last = told.thing.last
        if language == "uz":
            return self._whose_gift(told, end)
        for actor in told.everyone:
            if not last < actor.first <= last + _SAID or not actor.entities:
                continue
            first = actor.first if language == "ru" else self.cast.before(actor.first, language)[1]
            if self.cast.has("GIFT", max(last, first - 1), first, language) and (
                actor.part in ("of", "from") or language == "ru"
            ):
                joined = self.tokens.fold[last : first - 1]
                return actor.entities[:1] if any(sign in joined for sign in (",", "—", "–", "(")) else ()
        return ()

    def _whose_gift(self, told: Told, end: int) -> tuple[int, ...]:
        """Return whose gift an Uzbek clause without a verb calls the things: «20 tasi – elchixonaning sovgʻasi»."""
        for actor in told.everyone:
            if not told.thing.last <= actor.first <= told.thing.last + 3 or not actor.entities or actor.last >= end:
                continue
            reading = self.cast.reading("uz", actor.last)
            if reading is None or reading.symbol != "DEED" or reading.value != "give" or not reading.possessive:
                continue
            if actor.last + 1 >= end or self.tokens.kind[actor.last + 1] is Kind.SIGN:
                return actor.entities[:1]
        return ()

    def packed(self, told: Told, language: str, begin: int) -> bool:
        """Return whether the sentence tells what is in the parcel that the sentence before speaks of."""
        sentence = self.tokens.sentence[told.thing.first]
        if not sentence or begin >= len(self.tokens.fold):
            return False
        opened = any(word in settings(language, "contents") for word in self.tokens.fold[begin : begin + 2])
        counted = settings(language, "counting")
        if not opened and not any(
            self.tokens.fold[i] in counted for i in range(max(begin, told.thing.opening - _WORK), told.thing.opening)
        ):
            return False
        first, last = self.tokens.sentences[sentence - 1]
        return self.cast.has("PARCEL", max(first, last - SENTENCE), last, language)

    def sender(self, told: Told, language: str) -> tuple[int, ...]:
        """Return who sent the parcel that the sentence before speaks of: “your parcel”, “a box from X”."""
        sentence = self.tokens.sentence[told.thing.first]
        first, last = self.tokens.sentences[max(0, sentence - 1)]
        for index in range(max(first, last - SENTENCE), last):
            reading = self.cast.reading(language, index)
            if reading is not None and reading.symbol == "YOURS":
                return self.cast.addressed(index)
        near = self.cast.actors(max(first, last - SENTENCE), last, language)
        own = self.cast.own()
        return next(
            (a.entities[:1] for a in near if a.part in ("from", "of") and a.entities and a.entities[:1] != own), ()
        )

    def theirs(self, told: Told) -> bool:
        """Return whether an Uzbek count is called “their gift”: «ularning sovgʻasi – 16 ta kitob»."""
        near = self.tokens.fold[max(0, told.thing.opening - 4) : told.thing.opening]
        return any(word in settings("uz", "theirs") for word in near)

    def runs(self, told: Told) -> bool:
        """Return whether a number of copies is called a print run: «umumiy adad 300 nusxa»."""
        near = range(max(0, told.thing.opening - 5), told.thing.opening)
        words = [reading for index in near if (reading := self.cast.reading("uz", index)) is not None]
        return told.thing.unit == "copies" and any(word.symbol == "GIFT" and word.value == "print" for word in words)

    def amounts(self, told: Told, deed: Deed) -> bool:
        """Return whether an English verb of coming only tells how many there are: “the stock came to some 5,000 copies”."""
        return self.tokens.fold[deed.last : deed.last + 1] == ["to"] and told.thing.opening - deed.last in (1, 2)

    def stands(self, told: Told, language: str) -> bool:
        """Return whether the things stand in a hall where people see them."""
        deed, folds = told.clause.deed, self.tokens.fold
        if self._seen(told, language):
            return True
        if deed is None or not any(
            word in settings(language, "standing")
            for word in (folds[deed.first], " ".join(folds[deed.first : deed.last]))
        ):
            return False
        first, last = min(deed.first, told.thing.opening), max(deed.last, told.thing.last)
        return any(folds[i] in settings(language, "halls") for i in range(max(0, first - 5), min(len(folds), last + 5)))

    def _seen(self, told: Told, language: str) -> bool:
        """Return whether a show-case, a stand or a wall is named right beside a count: «На стенах 93 работы», “80 maps on its walls”."""
        folds, thing = self.tokens.fold, told.thing
        first, last = self.tokens.sentences[self.tokens.sentence[thing.first]]
        before = folds[max(first, thing.opening - _BESIDE) : thing.opening]
        after = folds[thing.last : min(last, thing.last + _BESIDE)]
        for words in (before, after):
            text = f" {' '.join(words)} "
            if any(f" {place} " in text for place in settings(language, "on_show")):
                return True
        return False

    def given(self, told: Told, language: str, begin: int) -> str:
        """Return the deed of a noun that is said to hold the things: “the gift includes”, «совғалар орасида»."""
        deed, first = told.clause.deed, told.thing.opening
        until = first if deed is None or language == "uz" else min(deed.first, first)
        for index in range(until - 1, max(begin, until - 10) - 1, -1):
            reading = self.cast.reading(language, index)
            if reading is not None and reading.symbol == "PARCEL":
                return "give"
            if (
                language == "uz"
                and reading is not None
                and self.tokens.fold[index + 1].startswith(settings("uz", "registers"))
            ):
                continue  # «kirim daftarida»
            if reading is not None and (reading.symbol == "GIFT" or (reading.symbol == "DEED" and index >= until - 4)):
                return reading.value if reading.value in MOVES else ""
            if (reading is not None and reading.symbol == "VERB") or self.tokens.fold[index] in ";,.":
                return ""
        return ""

    def default(self, told: Told, language: str, begin: int, end: int) -> tuple[str, str]:
        """Return the act of a count that no known verb governs."""
        thanks = language != "uz" and self.cast.has("THANKS", begin, told.thing.opening, language)
        if not thanks and self.parties.entities(told, "to", "dat") and self.parties.entities(told, "from", "subj"):
            return "transferred", "parties"
        if self.cast.has("THANKS", begin, end, language) or self.sent(told, language):
            return "transferred", "thanks"
        if told.thing.unit == "copies" and any(
            self.tokens.fold[index] in settings(language, "publishers") for index in range(begin, told.thing.opening)
        ):
            return "printed", "publisher"
        if told.thing.unit == "copies" and self._imprint(told, language, begin, end):
            return "printed", "imprint"
        reached = told.thing.last < end and self.tokens.fold[told.thing.last] in settings(language, "reached")
        if reached and told.thing.case == "dat":
            return "held", "reached"  # «fond 2600 eksponatga yetgan»
        if told.thing.unit == "copies" and self._titled(told, language, begin):
            return "printed", "title"
        for index in range(max(begin, told.thing.opening - 4), min(end, told.thing.last + 4)):
            reading = self.cast.reading(language, index)
            if (
                reading is not None
                and reading.symbol in ("GIFT", "DEED")
                and ACTS.get(reading.value, "other") != "other"
            ):
                return ACTS[reading.value], "noun"
            if reading is not None and (reading.symbol, reading.value) == ("GIFT", "other"):
                return "other", "noun"  # «chiqim – 980 nusxa»
        if self.cast.has("EXHIBITION", begin, end, language):
            return "exhibited", "exhibition"
        if self._seen(told, language):
            return "exhibited", "seen"
        spoken = (
            self.cast.kinds
            or self.cast.has("STORE", begin, end, language)
            or self.cast.has("KIND", begin, end, language)
        )
        if not spoken and not told.parts:
            return "", ""
        if self._vague(told, language, begin, end):
            return "digitised", "vague"
        if told.clause.unknown or self.strange(told, language, begin, end):
            return "other", "unknown"
        return "held", "store"

    def _vague(self, told: Told, language: str, begin: int, end: int) -> bool:
        """Return whether a verb that only says that work was done stands beside the count where the text speaks of digitising."""
        if language == "uz":
            return False
        vague = settings(language, "vague")
        first, last = max(begin, told.thing.opening - _WORK), min(end, told.thing.last + _WORK)
        if not any(self.tokens.fold[index] in vague for index in range(first, last)):
            return False
        sentence = self.tokens.sentence[told.thing.first]
        start = max(self.tokens.sentences[max(0, sentence - _TOPIC)][0], begin - SENTENCE)
        stems = settings(language, "digital")
        return any(self.tokens.fold[index].startswith(stems) for index in range(start, last))

    def partitive(self, told: Told, language: str, begin: int, following: bool) -> bool:
        """Return whether a count is the whole of which the next one is a part: “Of its 900 maps the museum has scanned 80”."""
        if language == "uz" or not following or told.thing.case in ("dat",):
            return False
        at = told.thing.opening
        for _ in range(_WHOLE):
            at -= 1
            if at < begin:
                return False
            part = self.cast.reading(language, at)
            if part is not None and part.symbol == "PART":
                return False
            if self.tokens.fold[at] in settings(language, "of_whole"):
                opens = at == begin or self.tokens.fold[at - 1] in (",", ";", ":", "—", "–", "out")
                return opens and not any(
                    a.part == "from" and a.first < told.thing.opening for a in told.parts.get("from", ())
                )
        return False

    def _titled(self, told: Told, language: str, begin: int) -> bool:
        """Return whether what is printed is named before the copies and no verb stands between: “Catalogue: 2,500 copies”."""
        if language == "uz":  # «muallif monografiyasi (300 nusxa)»
            opening = told.thing.opening
            return (
                opening - begin > 1
                and self.tokens.fold[opening - 1] == "("
                and self.tokens.fold[opening - 2] in settings("uz", "publications")
            )
        for index in range(told.thing.opening - 1, max(begin, told.thing.opening - _TITLE) - 1, -1):
            if self.tokens.fold[index] in settings(language, "publications"):
                return True
            if self.tokens.fold[index] == ";" or self.cast.has("VERB", index, index + 1, language):
                return False
        return False

    def _imprint(self, told: Told, language: str, begin: int, end: int) -> bool:
        """Return whether a number of copies stands among commas beside a publisher or right after a year: “Press, 2024, 700 copies”."""
        folds, first, last = self.tokens.fold, told.thing.opening, told.thing.last
        if first <= begin or folds[first - 1] != ",":
            return False
        year = first - 2 > begin and len(folds[first - 2]) == _YEAR and folds[first - 2].isdecimal()
        if year and folds[first - 3] in (",", ":", "("):
            return True
        after = last < end and folds[last] == ","
        return after and any(folds[i] in settings(language, "publishers") for i in range(last, min(end, last + _SAID)))

    def sent(self, told: Told, language: str) -> bool:
        """Return whether “from X” stands right beside a count that no verb governs."""
        thing = told.thing
        for actor in told.parts.get("from", ()):
            if language == "uz" and actor.last == thing.opening and actor.entities:
                return True
            if language != "uz" and thing.last < actor.first <= thing.last + 3:
                return any(
                    word in settings(language, "from_words") for word in self.tokens.fold[thing.last : actor.first]
                )
        return False

    def strange(self, told: Told, language: str, begin: int, end: int) -> bool:
        """Return whether a word beside the count looks like a verb that is not known."""
        endings = settings(language, "verb_endings")
        if not endings:
            return False
        thing = told.thing
        around = [*range(max(begin, thing.opening - 2), thing.opening), *range(thing.last, min(end, thing.last + 1))]
        return any(len(self.tokens.fold[i]) > 4 and self.tokens.fold[i].endswith(endings) for i in around)
