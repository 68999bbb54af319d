"""Where an institution sits that no gazetteer knows: what its name says, what stands beside it, whom it belongs to; the article's own country last.

The article's country is a guess, right for «Туман болалар кутубхонаси» and wrong for “Hoover Library and Archives”; which names it is good for is data
(`languages/common/linking.toml`). Where nothing speaks for a country there is none: a wrong fact is worse than a missing one.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from pipeline.authority.countries import Place
from pipeline.finders.institutions import Name
from pipeline.languages.grammar import grammar
from pipeline.resources import language_file
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind

__all__ = [
    "BRANCHES",
    "BY_PLACE",
    "CENTRES",
    "COLLEGES",
    "COUNTRY_OFFICES",
    "EMBASSIES",
    "INFORMATION",
    "LOCAL",
    "MIDPOINTS",
    "OFFICES",
    "REGION",
    "SHORT_FORMS",
    "Homeland",
    "among",
]

_BEFORE = 3  # tokens before a name within which a place is its own: «Сеул шаҳридаги …», “Azerbaijan’s …”
_BRACKET = 7  # tokens of a bracket after a name in which a place is looked for: «(Maison des Canuts, Лион)»
_TOWN = 3  # words of a town's name at most
_LEAD = 6  # tokens before a name within which a town leads up to it
_HEAD = 4  # tokens of a sentence that only names a town: «4.6. Ош.»


REGION = ("UZ", "KZ", "KG", "TJ", "TM")
"""States whose libraries and museums the articles tell of."""
_HOME = 5.0  # what a vote for a state of the region weighs more: best of 1, 2, 3, 5, 99 on the articles of corpus/dev and corpus/train

_STATE, _TOWNS = (
    1.0,
    0.5,
)  # what the name of a state, and of a town in it, weigh where a mention of an institution weighs 1
_AT_HOME = 3.0  # what a state of the region weighs more: of 2, 3, 5 the best for articles of other states that tell of guests from the region
_CLEAR = (
    4 / 3
)  # how many times as much as the next state the article's own must weigh: where they are nearer each other less than half was right


class Homeland:
    """The countries of one article: of the article itself, and of its institutions."""

    def __init__(self, document: Document, places: Sequence[Place | None], names: Sequence[Name]) -> None:
        self._document = document
        self._places = places
        self._named = {index for name in names for index in range(name.first, name.last)}
        after = (self.after(name) for name in names)
        self._taken = self._named.union(
            index for index in after if index is not None
        )  # places that say where names sit
        self._uzbek = document.languages.count("uz") * 2 > len(document.languages)
        self.article: str | None = None
        self.named: frozenset[str] = frozenset(place.code for place in places if place is not None)

    def settle(self, known: Iterable[str | None]) -> None:
        """Settle which country most of the article is about: what is named, and the language that tells it. `known`: the countries of sure names."""
        votes: defaultdict[str, float] = defaultdict(float)
        for place in self._places:
            if place is not None:
                votes[place.code] += 2 if place.kind == "country" else 1
        for country in known:
            if country:
                votes[country] += 2
        self.named |= votes.keys()
        if self._uzbek:
            votes["UZ"] += 4 + sum(votes.values()) // 4
        for code in REGION:  # whose libraries and museums these articles tell of
            if code in votes:
                votes[code] *= _HOME
        self.article = max(votes, key=votes.__getitem__, default=None)

    def weigh(self, known: Mapping[str, int], own: str | None) -> None:
        """Settle anew which state of the region most of the article is about, once it is known where its institutions sit; none where two are named alike.

        `known`: how many mentions the institutions of each country have; `own`: the country of the article's own institution, which may lie
        elsewhere where nothing is named more. An article on an exchange names more partners than its own, all over the world.
        """
        votes: defaultdict[str, float] = defaultdict(float, known)
        for place in self._places:
            if place is not None:
                votes[place.code] += _STATE if place.kind == "country" else _TOWNS
        if self._uzbek:
            votes["UZ"] += 4 + sum(votes[code] for code in REGION) / 4
        foreign = own is not None and not self._uzbek and known.get(own) == max(known.values())
        for code in {*REGION, own or ""} if foreign else REGION:
            votes[code] *= _AT_HOME
        first, second = max(votes, key=votes.__getitem__), sorted((*(votes[code] for code in REGION), 0.0))[-2]
        plain = first in REGION or first == own
        self.article = first if plain and votes[first] and votes[first] >= _CLEAR * second else None

    def said(self, name: Name) -> str | None:
        """Return the country that a name says, or that is said right beside it; None where none is."""
        of_people = self._of_people(name)
        if name.country and not of_people and "dedicated" not in name.rule:
            return name.country
        after = self.after(name)
        if after is not None and (place := self._places[after]) is not None:
            return place.code
        return self._before(name) or (None if of_people else name.country or self._inside(name))

    def near(self, name: Name) -> str | None:
        """Return the country of a town that leads up to a name: “From Omsk, from its Pushkin Library, came …”, «Душанбе. Центр … прислал»."""
        tokens, places = self._document.tokens, self._places
        sentence = tokens.sentence[name.first]
        begin, _ = tokens.sentences[sentence]
        for index in range(name.first - 1, max(begin, name.first - _LEAD) - 1, -1):
            if tokens.fold[index] == ";" or tokens.fold[index] in _words("parting"):
                break
            if self._leads(index):
                return None if index and tokens.fold[index - 1] in _words("not_led") else places[index].code  # type: ignore[union-attr]
        if not sentence:
            return None
        before, end = tokens.sentences[sentence - 1]
        if end - before > _HEAD:
            return None
        return next((places[index].code for index in range(before, end) if self._leads(index)), None)  # type: ignore[union-attr]

    def _leads(self, index: int) -> bool:
        place = self._places[index]
        return place is not None and place.kind == "city" and index not in self._taken

    def guess(self, names: Sequence[Name]) -> str | None:
        """Return the article's country where the words of an institution's names make it likely, else None."""
        if any(name.kind == "international" or self._elsewhere(name) for name in names):
            return None
        return self.article if any(self._local(name) for name in names) else None

    def _local(self, name: Name) -> bool:
        tokens, language = self._document.tokens, self._document.languages[name.first]
        local, dedicated = _words("local"), False
        scripts = set[bool]()
        words = grammar("institutions").lexicon
        for index in range(name.first, name.last):
            folded = tokens.fold[index]
            if tokens.kind[index] is Kind.NUMBER or among(folded, local):
                return True
            reading = words.reading(language, folded)
            dedicated = dedicated or (reading is not None and reading.symbol == "DED")
            if tokens.kind[index] is Kind.WORD:
                scripts.add("Ѐ" <= tokens.form(index)[0] <= "ӿ")
        if name.kind in _data()["local_kinds"].get(language, ()):
            return True
        return language == "en" or (language in ("ru", "uz") and not dedicated and len(scripts) == 1)

    def _elsewhere(self, name: Name) -> bool:
        """Return whether an English name is of a place that no gazetteer knows: “… of Zwickau”, “… in Krosno”, “Yining County Library”."""
        tokens = self._document.tokens
        language = self._document.languages[name.first]
        if language != "en" or name.kind in _data()["local_kinds"].get(language, ()):
            return False
        if any(tokens.fold[index] in _words("foreign") for index in range(name.first, name.last)):
            return True
        last = name.last - 1
        if (
            last - 1 > name.first
            and tokens.fold[last - 1] == "of"
            and tokens.upper[last]
            and self._places[last] is None
        ):
            return True
        return last + 2 < len(tokens) and tokens.fold[last + 1] in _words("at") and tokens.upper[last + 2]

    def _inside(self, name: Name) -> str | None:
        """Return the country of a town within the name that no rule took for one («Библиотека Каназава»)."""
        places = (self._places[index] for index in range(name.first, name.last))
        return next((place.code for place in places if place is not None and place.kind == "city"), None)

    def _of_people(self, name: Name) -> bool:
        """Return whether a name has an adjective of a country for all evidence, and speaks of a people rather than a place."""
        places = [self._places[index] for index in range(name.first, name.last)]
        if not any(place is not None for place in places) or any(
            place is not None and place.kind != "adjective" for place in places
        ):
            return False
        folds = self._document.tokens.fold
        return name.kind in _data()["people"]["kinds"] or any(
            among(folds[index], _words("people", "words")) for index in range(name.first, name.last)
        )

    def after(self, name: Name) -> int | None:
        """Return the token of the place right after a name: “in Geelong”, «(Уфа)», “, Kars”, «посёлка Зафарабад»."""
        tokens, places, count = self._document.tokens, self._places, len(self._places)
        at = name.last
        if at >= count or tokens.gap[at] is Gap.BREAK:
            return None
        if tokens.fold[at] == "(":
            for index in range(at + 1, min(count, at + _BRACKET)):
                if places[index] is not None and index not in self._named:
                    return index
                if tokens.fold[index] == ")":
                    return None
            return None
        step = tokens.fold[at] in _words("at") or tokens.fold[at] == ","
        at += step
        settled = False
        while at < count and among(tokens.fold[at], _words("settlement")):
            at, settled = at + 1, True
            at += at < count and tokens.fold[at] == "."
        if step and not settled and at < count and places[at] is None:
            at = self._past(at)
        place = places[at] if (step or settled) and at < count else None
        return at if place is not None and place.kind != "adjective" and at not in self._named else None

    def _past(self, at: int) -> int:
        """Return the token after an unknown town and its comma: “in Stalowa Wola, Poland”; `at` itself where none stands there."""
        tokens, comma = self._document.tokens, at
        while comma < min(len(tokens) - 1, at + _TOWN) and tokens.upper[comma]:
            comma += 1
        return comma + 1 if at < comma < len(tokens) - 1 and tokens.fold[comma] == "," else at

    def _before(self, name: Name) -> str | None:
        """Return the country of the place right before a name, where nothing between them parts the two."""
        tokens = self._document.tokens
        for index in range(max(0, name.first - _BEFORE), name.first):
            place = self._places[index]
            if (
                place is not None
                and tokens.sentence[index] == tokens.sentence[name.first]
                and not any(
                    folded in (",", ";", "(", ")") or folded in _words("parting")
                    for folded in tokens.fold[index : name.first]
                )
            ):
                return place.code
        return None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(language_file("common", "linking.toml").read_text(encoding="utf-8"))


@cache
def _words(*path: str) -> frozenset[str]:
    """Return a list of the data file, folded; a word with * stands for its beginning."""
    found: Any = _data()
    for part in path:
        found = found[part]
    return frozenset(fold(word.rstrip("*")) + "*" * word.endswith("*") for word in found)


@lru_cache(maxsize=1 << 14)
def among(folded: str, words: frozenset[str]) -> bool:
    """Return whether a folded word is in a list of the data file."""
    return folded in words or any(folded[:length] + "*" in words for length in range(2, len(folded) + 1))


LOCAL: frozenset[str] = _words("local")
"""Words of names that say a town or a region, not which."""
BRANCHES: frozenset[str] = _words("branches")
"""Words of names that tell a branch from its parent."""
EMBASSIES: tuple[str, ...] = tuple(map(fold, _data()["embassies"]))
"""How the word for an embassy begins, folded."""
CENTRES: tuple[str, ...] = tuple(map(fold, _data()["centres"]))
"""How the words begin that a library has in its full name which an article calls a centre; the last is the centre itself."""
SHORT_FORMS: dict[str, tuple[str, ...]] = {
    fold(word): tuple(map(fold, full)) for word, full in _data()["short"].items()
}
"""Short forms of common nouns within names, folded, with the words that they stand for."""
BY_PLACE: frozenset[str] = frozenset(_data()["by_place"])
"""Languages in which a place and a common noun may stand for the one institution of the place that the gazetteer knows."""
COLLEGES: dict[str, frozenset[str]] = {code: _words("colleges", code) for code in _data()["colleges"]}
"""By country: words of schools that are universities there."""
INFORMATION: frozenset[str] = _words("information")
"""Words of the names of information-library centres."""
MIDPOINTS: frozenset[str] = _words("midpoints")
"""Words for a centre."""
COUNTRY_OFFICES: dict[str, str] = dict(_data()["country_offices"])
"""Patterns of the offices of bodies whose bare name means the office in the article's country, by gazetteer key."""
OFFICES: frozenset[str] = frozenset(_data()["offices"])
"""Gazetteer keys of bodies whose bare name means their office in the country, once an article has named that."""
