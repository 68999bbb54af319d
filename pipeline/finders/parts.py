"""What part an institution's name has in its clause, told by what stands beside it: the Uzbek case or postposition, the Russian case or
preposition, the English preposition. The words are data: `deeds.toml` of each language.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache

from pipeline.languages.lexicon import Reading, lexicon
from pipeline.languages.morphology import stems
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind

__all__ = ["CASES", "PartReader", "russian_adjectives", "settings"]

CASES = {"dat": "to", "abl": "from", "loc": "in", "attr": "in", "gen": "of", "acc": "obj", "term": "to", "": "subj"}
_ENDINGS = (
    ("ning", "gen"),
    ("dagi", "attr"),
    ("dan", "abl"),
    ("ga", "dat"),
    ("ka", "dat"),
    ("qa", "dat"),
    ("da", "loc"),
    ("ni", "acc"),
)
_QUALIFIED = 2  # plain words between an English article and a name
_TOWARDS = ("into", "from", "by", "with", "of")
_QUOTES = ("«", "“", '"', "„")
_RUSSIAN = {"nom": "subj", "dat": "dat", "ins": "agent", "gen": "of", "acc": "obj", "loc": "in", "obl": "oblique"}


@cache
def settings(language: str, key: str) -> tuple[str, ...]:
    """Return a list of a language's `deeds.toml`, folded."""
    return tuple(fold(word) for word in lexicon("deeds").settings.get(language, {}).get(key, ()))


@cache
def _russian_forms() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return the case of each form of a head noun, and of each ending of an adjective (longest first)."""
    data = lexicon("deeds").settings["ru"]
    heads = {fold(form): case for case, forms in data["heads"].items() for form in forms}
    endings = sorted(
        ((fold(form), case) for case, forms in data["cases"].items() for form in forms), key=lambda pair: -len(pair[0])
    )
    return heads, tuple(endings)


@lru_cache(maxsize=1 << 16)
def _opens(language: str, folded: str) -> bool:
    """Return whether a phrase of several words may begin with this word."""
    return lexicon("deeds").opens(language, folded)


@cache
def russian_adjectives() -> tuple[str, ...]:
    """Return the folded endings that show an adjective."""
    return tuple(ending for ending, _ in _russian_forms()[1])


class PartReader:
    """Reads the parts of names; `firsts` and `lasts` are the token ranges of the names of the document, in order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.words = lexicon("deeds")
        self.firsts: list[int] = []
        self.lasts: list[int] = []
        self._readings: dict[
            tuple[str, int], Reading | None
        ] = {}  # a name may look at its neighbours in its own language

    def reading(self, language: str, index: int) -> Reading | None:
        """Return what the word or phrase at a token means for deeds."""
        try:
            return self._readings[language, index]
        except KeyError:
            found = self._readings[language, index] = self._read(language, index)
            return found

    def _read(self, language: str, index: int) -> Reading | None:
        tokens = self.tokens
        folded = tokens.fold[index]
        if _opens(language, folded):
            phrase = self.words.phrase(language, tokens.fold, tokens.kind, index)
            if phrase is not None:
                return phrase
        if tokens.kind[index] is not Kind.WORD:
            return None
        if language == "en" and folded.endswith("s") and tokens.form(index)[-2:-1] in ("'", "’"):
            folded = folded[:-1]
        return self.words.reading(language, folded)

    def part(self, first: int, last: int, language: str) -> tuple[str, int]:
        """Return the part of a name at tokens [first, last), and the token after all that belongs to it."""
        if language == "uz":
            return self.uzbek(last, self.case(last - 1))
        if language == "ru":
            return self.russian(first, last), last
        return self.english(first, last), last

    def case(self, index: int) -> str:
        """Return the Uzbek case that the last word of a name ends in."""
        folded = self.tokens.fold[index]
        for ending, case in _ENDINGS:
            if folded.endswith(ending) and len(folded) > len(ending) + 2:
                return case
        return ""

    def uzbek(self, last: int, case: str) -> tuple[str, int]:
        """Return the part of an Uzbek name that ends before token `last` in `case`, and the token after what belongs to it."""
        tokens = self.tokens
        at = last
        while at < len(tokens) and tokens.fold[at] in ('"', "»", "”"):
            at += 1
        if at < len(tokens) and tokens.fold[at] == "(":  # an acronym, a place
            closing = next((i for i in range(at, min(at + 8, len(tokens))) if tokens.fold[i] == ")"), at)
            at = closing + 1
        if not case and at == last and at < len(tokens) and not self.named(at) and self._inside(at):
            return "none", at + 1  # «vazirlik tizimidagi kutubxonalar»
        if not case and at + 1 < len(tokens) and self._modifies(at):
            return "none", at + 2
        if case in ("", "gen"):
            for index in range(at, min(at + 3, len(tokens))):
                if tokens.kind[index] is not Kind.WORD or tokens.gap[index] is Gap.BREAK or self.named(index):
                    break
                reading = self.reading("uz", index)
                if tokens.fold[index] in settings("uz", "reflexives"):
                    break
                if index == at and not case and self._left(index):
                    return "none", index + 1  # «bilim yurti bitiruvchisi A. Mirzayev»
                if reading is None:
                    continue
                if reading.symbol == "POST" and index == at and (not case or reading.value == "to"):
                    return ("agent" if reading.value == "agent" else reading.value), index + 1
                if reading.value == "place" and reading.case in ("", "acc", "gen"):
                    break  # «X binosini boʻshatdi»
                stored = reading.symbol == "STORE" or (reading.symbol == "KIND" and reading.possessive and not case)
                if stored and (reading.possessive or index > at):
                    if reading.value == "person":
                        if index and tokens.fold[index - 1] in settings("uz", "former"):
                            return "none", index + 1
                        after = tokens.fold[index + 1] if index + 1 < len(tokens) else ""
                        if after in settings("uz", "agents"):
                            return "agent", index + 2
                        return CASES[reading.case], index + 1
                    return ("of" if reading.case in ("", "gen") else CASES[reading.case]), index + 1
                if reading.symbol in ("VERB", "DEED", "POST") and not tokens.fold[index].endswith("lash"):
                    break  # «X kutubxonasining ayirboshlash fondidan» goes on
        return CASES.get(case, "subj"), last

    def _left(self, index: int) -> bool:
        """Return whether an Uzbek word names one who does not act for the institution before it: its graduate, its reader."""
        possessed = (stem.stem for stem in stems("uz", self.tokens.fold[index]) if stem.possessive and not stem.case)
        return any(stem in settings("uz", "leavers") for stem in possessed)

    def _inside(self, index: int) -> bool:
        """Return whether an Uzbek noun says that what follows is within what stands before: `tizimidagi`."""
        folded = self.tokens.fold[index]
        return (
            folded.endswith(settings("uz", "within"))
            and folded not in settings("uz", "reflexives")
            and self.tokens.gap[index] is Gap.SPACE
            and not self.tokens.capital(index)
            and self.reading("uz", index) is None
        )

    def _modifies(self, index: int) -> bool:
        """Return whether an Uzbek name only tells whose noun stands at a token before a postposition: «X muzeyi kelishuviga koʻra»."""
        folds, after = self.tokens.fold, self.reading("uz", index + 1)
        return (
            after is not None
            and after.symbol == "POST"
            and folds[index].endswith(settings("uz", "possessives"))
            and self.tokens.kind[index] is Kind.WORD
            and not self.tokens.capital(index)
            and not self.named(index)
            and self.reading("uz", index) is None
        )

    def named(self, index: int) -> bool:
        """Return whether a token stands in a name."""
        number = bisect_right(self.firsts, index) - 1
        return number >= 0 and index < self.lasts[number]

    def before(self, first: int, language: str) -> tuple[Reading | None, int]:
        """Return the preposition before a name, over articles and what belongs to the institution; and where that begins."""
        tokens = self.tokens
        first = self.apposed(first) if language == "ru" else first
        at, steps, stored = first, 0, False
        articles = settings(language, "articles")
        if language == "en" and self.named(first) and (start := self._qualified(first)) < first:
            reading, begin = self.before(start, language)
            return (reading, begin) if reading is not None and reading.value in _TOWARDS else (None, first)
        while at > 0 and steps < 4 and tokens.gap[at] is not Gap.BREAK:
            if tokens.fold[at - 1] in _QUOTES:
                at -= 1
                continue
            for length in (3, 2, 1):
                if at - length < 0:
                    continue
                reading = self.reading(language, at - length)
                if reading is not None and reading.length == length and reading.symbol == "PREP":
                    if reading.value == "of" and not stored:
                        store = self.reading(language, at - length - 1) if at > length else None
                        if store is not None and store.symbol in ("STORE", "EXHIBITION"):
                            if store.value == "person":
                                return self._of_person(at - length - 1, language)
                            at, stored = at - length - 1, True
                            break
                    return reading, at - length
            else:
                word = tokens.fold[at - 1]
                reading = self.reading(language, at - 1)
                if word == "that" and at < first and tokens.fold[at] == "the":
                    return None, at  # “for that the museum gave”
                if word in articles:
                    at, steps = at - 1, steps + 1
                    continue
                if reading is not None and reading.symbol == "STORE" and language == "ru":
                    if reading.value == "person":
                        return self._of_person(at - 1, language)
                    if word in settings("ru", "stores_in"):
                        return Reading("PREP", "place"), at - 1
                    at, steps, stored = at - 1, steps + 1, True
                    continue
                plain = reading is None and tokens.kind[at - 1] is Kind.WORD
                named = language == "ru" and (self.named(first) or tokens.fold[first] in settings("ru", "appositives"))
                if named and plain and steps < 2 and not tokens.capital(at - 1) and word.endswith(russian_adjectives()):
                    at, steps = at - 1, steps + 1  # «из частного Музея»
                    continue
                if stored and plain and steps < 3:
                    at, steps = at - 1, steps + 1
                    continue
                return (Reading("PREP", "store"), at) if stored else (None, at)
        return None, at

    def _qualified(self, first: int) -> int:
        """Return the article before an English name where plain words stand between: “the tiny Bread Museum”, “the shop Denau”; else `first`."""
        tokens = self.tokens
        for at in range(first - 1, max(first - 1 - _QUALIFIED, 0), -1):
            word = tokens.fold[at]
            plain = tokens.kind[at] is Kind.WORD and tokens.gap[at + 1] is not Gap.BREAK and not tokens.capital(at)
            if (
                not plain
                or self.named(at)
                or self.reading("en", at) is not None
                or word in settings("en", "unqualified")
            ):
                return first
            if tokens.fold[at - 1] in settings("en", "articles") and word not in settings("en", "articles"):
                return at - 1
        return first

    def _of_person(self, index: int, language: str) -> tuple[Reading, int]:
        """Return what stands before the person (token `index`) who acts for the institution, or the part that his case tells."""
        at = index
        while (
            at and self.tokens.gap[at] is not Gap.BREAK and self.tokens.fold[at - 1] in settings(language, "articles")
        ):
            at -= 1
        if at and self.tokens.fold[at - 1] in settings(language, "former"):
            return Reading("PREP", "none"), at - 1
        before = self.reading(language, at - 1) if at and self.tokens.gap[at] is not Gap.BREAK else None
        if before is not None and before.symbol == "PREP" and before.value in ("into", "from", "by", "with", "none"):
            return before, at - 1
        if language == "ru":
            folded = self.tokens.fold[index]
            if folded in settings("ru", "person_subjects"):
                return Reading("PREP", "person"), index
            for part, endings in lexicon("deeds").settings["ru"]["persons"].items():
                if folded.endswith(tuple(map(fold, endings))):
                    return Reading("PREP", part), index
        return Reading("PREP", "person"), index

    def russian(self, first: int, last: int) -> str:
        """Return the part of a Russian name over tokens [first, last)."""
        heads, endings = _russian_forms()
        case = ""
        first = self.apposed(first)
        for index in range(first, last):
            folded = self.tokens.fold[index]
            if folded in heads:
                case = heads[folded]
                break
            if not case and len(folded) > 4:
                case = next((value for ending, value in endings if folded.endswith(ending)), "")
                if case and case not in ("obl", "nom", "acc"):
                    break
        preposition, _ = self.before(first, "ru")
        if preposition is not None:
            value = preposition.value
            if value == "into":
                first_noun = self.tokens.fold[first]
                local = not case and first_noun.endswith("e") and not first_noun.endswith("ie")
                return "in" if local or case in ("loc", "obl", "dat") else "to"
            if value in ("from", "with", "none", "agent", "dat"):
                return value
            if value == "by":
                return "agent"
            if value == "person":
                return "subj"
            if value == "store":
                return "of"
            return "to" if value == "for" else "in" if value == "place" else "none"
        if case in ("", "loc"):  # a name of one noun: «Эрмитажем», «Росархиву»
            folded = self.tokens.fold[first]
            if len(folded) > 5 and not self.tokens.form(first).isupper():
                nouns = lexicon("deeds").settings["ru"]["nouns"]
                case = next(
                    (value for value, endings in nouns.items() if folded.endswith(tuple(map(fold, endings)))), ""
                )
        return _RUSSIAN.get(case, "bare")

    def apposed(self, first: int) -> int:
        """Return where a Russian name in quotes begins with the noun before it: «у ташкентской типографии «Заря»»."""
        at = first - 1 if self.tokens.fold[first] not in _QUOTES else first
        noun = at > 0 and self.tokens.fold[at] in _QUOTES and self.tokens.gap[at] is not Gap.BREAK
        return at - 1 if noun and self.tokens.fold[at - 1] in settings("ru", "appositives") else first

    def _person_at(self, index: int) -> bool:
        """Return whether two capital words in a row that are in no institution's name end at a token."""
        tokens = self.tokens
        return index > 0 and all(
            tokens.kind[i] is Kind.WORD and tokens.capital(i) and not self.named(i) and self.reading("en", i) is None
            for i in (index - 1, index)
        )

    def english(self, first: int, last: int) -> str:
        """Return the part of an English name over tokens [first, last)."""
        form = self.tokens.form(last - 1)
        if form[-2:-1] in ("'", "’") or form[-1:] in ("'", "’"):
            return "of"
        preposition, at = self.before(first, "en")
        if preposition is None:
            return "subj"
        if preposition.value in ("of", "from") and self._person_at(at - 1):
            return "person"  # “Annelie Brandt of the Grassi Museum”
        parts = {
            "into": "to",
            "from": "from",
            "by": "agent",
            "place": "in",
            "of": "of",
            "with": "with",
            "person": "person",
            "store": "of",
        }
        return parts.get(preposition.value, "none")
