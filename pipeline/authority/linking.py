"""From names to institutions: which names of an article stand for one institution, and which institution of the gazetteer it is.

A name that the gazetteer knows for sure links by itself. A short form («Миллий кутубхона», “the Carpet Museum”), an acronym and a name that no
gazetteer knows link by their words: they belong to the institution of the article whose own name holds all of them. What stays open is an
institution of its own, or, where only a capital at a sentence start spoke for it, nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from pipeline.authority.confidence import THRESHOLD, of_institution, of_mention
from pipeline.authority.countries import Place
from pipeline.authority.gazetteer import Gazetteer
from pipeline.authority.home import home_of
from pipeline.authority.homeland import (
    BRANCHES,
    BY_PLACE,
    CENTRES,
    COUNTRY_OFFICES,
    EMBASSIES,
    OFFICES,
    REGION,
    Homeland,
    among,
)
from pipeline.authority.institution import Institution, Mention
from pipeline.authority.introduced import link_acronyms
from pipeline.authority.own_names import OwnNames, stem_of, words_of, words_of_entry
from pipeline.authority.settling import settle_kinds
from pipeline.authority.spelling import odd
from pipeline.finders.institution_hits import SmallLetters
from pipeline.finders.institutions import Name
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["Institution", "Mention", "link"]

_LANGUAGES = ("en", "ru", "uz")
_AWAY = "gazetteer-elsewhere"  # the rule of a gazetteer name that names another institution elsewhere


def link(
    document: Document, names: Sequence[Name], authorities: Gazetteer, places: Sequence[Place | None]
) -> tuple[list[Institution], list[Mention], int | None]:
    """Return the institutions, their mentions in order, and the index of the article's own institution (None where it is not plain)."""
    linker = _Linker(document, names, authorities, places)
    linker.run(names)
    return linker.result()


class _Linker:
    def __init__(
        self, document: Document, names: Sequence[Name], authorities: Gazetteer, places: Sequence[Place | None]
    ) -> None:
        self.document = document
        self.authorities = authorities
        self.places = places
        self.homeland = Homeland(document, places, names)
        self.institutions: list[Institution] = []
        self.by_key: dict[str, Institution] = {}
        self.names = OwnNames()
        self.offices: dict[str, list[str]] = {}  # keys of what has been named, by parent
        self.small = SmallLetters(document)
        self._words_of: dict[tuple[int, int], frozenset[str]] = {}

    # -- linking ----------------------------------------------------------------------------------

    def run(self, names: Sequence[Name]) -> None:
        """Link in the order of certainty: gazetteer names, then full names of their own, then short forms, then acronyms."""
        later: list[Name] = []
        known = self.authorities.authorities
        self.homeland.settle(known[n.keys[0]].country for n in names if not n.generic and len(n.keys) == 1)
        for name in names:
            found = self._key(name)
            if found is not None:
                self._mention(self._known(found[0]), name, found[1])
            else:
                later.append(replace(name, rule=_AWAY, keys=(), country=None) if self._elsewhere(name) else name)
        full: list[Name] = []
        short: list[Name] = []
        for name in later:
            whole = not name.generic and not name.implied and "context" not in name.rule
            (full if whole else short).append(name)
        for name in sorted(full, key=lambda name: -len(self._words(name))):
            self._link_full(name)
        for name in short:
            self._link_short(name)
        link_acronyms(self.document, self.institutions)

    def _key(self, name: Name) -> tuple[str, str] | None:
        """Return the one gazetteer key that a name has for sure, or by the role that a list gives its member; and how it was found."""
        if name.implied and name.role and name.country:
            key = self.authorities.roles.get((name.role, name.country))
            return (key, "gazetteer role") if key else None
        if name.generic or not name.keys or self._elsewhere(name):
            return None
        if len(name.keys) == 1:
            office = self._office(name.keys[0])
            if office is not None:
                return office, "office named before"
            branch = self._branch(name.keys[0])
            if branch is not None:
                return branch, "office in the article's country"
            return name.keys[0], "gazetteer acronym" if name.rule == "gazetteer-acronym" else "gazetteer"
        countries = {key: self.authorities.authorities[key].country for key in name.keys}
        wanted = name.country or self._country_near(name) or self.homeland.article
        fitting = [key for key, country in countries.items() if country == wanted]
        return (fitting[0], "gazetteer by country") if len(fitting) == 1 else None

    def _elsewhere(self, name: Name) -> bool:
        """Return whether a gazetteer name that says no place is another institution's, of the place after it: “Republican Library for the Blind in Bishkek”."""
        after = self.homeland.after(name) if len(name.keys) == 1 and name.rule == "gazetteer-name" else None
        place = self.places[after] if after is not None else None
        country = self.authorities.authorities[name.keys[0]].country if place is not None else None
        return (
            place is not None
            and country not in (None, place.code)
            and not any(self.places[index] is not None for index in range(name.first, name.last))
        )

    def _office(self, key: str) -> str | None:
        """Return the office of an international body that the article has named before, where the bare name means the office then («БМТ тараққиёт дастури»)."""
        if key not in OFFICES:
            return None
        named = self.offices.get(key, ())
        return named[0] if len(named) == 1 else None

    def _branch(self, key: str) -> str | None:
        """Return the office in the article's country that a bare name means of a body which is at work abroad only through its offices («Гёте институти»)."""
        pattern, home = COUNTRY_OFFICES.get(key), self.homeland.article
        return self.authorities.office(pattern, home) if pattern is not None and home in REGION else None

    def _country_near(self, name: Name) -> str | None:
        """Return the country named right before or after a name («музей в Казахстане», `Qozogʻistonning …`)."""
        for index in range(max(0, name.first - 3), name.first):
            place = self.places[index]
            if place is not None and index + place.length >= name.first - 1:
                return place.code
        for index in range(name.last, min(len(self.places), name.last + 3)):
            place = self.places[index]
            if place is not None:
                return place.code
        return None

    def _known(self, key: str) -> Institution:
        """Return the institution of a gazetteer key, made when first named."""
        known = self.by_key.get(key)
        if known is None:
            entry = self.authorities.authorities[key]
            known = self.by_key[key] = Institution(entry, entry.kind, entry.country)
            self.institutions.append(known)
            if entry.parent:
                self.offices.setdefault(entry.parent, []).append(key)
            for language in _LANGUAGES:
                if language in entry.names:
                    self.names.file(known, words_of_entry(entry.names[language], language))
        return known

    def _mention(self, institution: Institution, name: Name, why: str) -> None:
        institution.mentions.append((name, why))
        self.names.file(institution, self._words(name))

    def _link_full(self, name: Name) -> None:
        """A name that the gazetteer does not know: the institution whose name holds its words, else a new one."""
        words = self._words(name)
        known = self._holder(name, words)
        if known is not None:
            self._mention(known, name, "same words")
            return
        found = None if name.rule == _AWAY else self._of_country(name, words) or self._near(name, words)
        found = found or self._part(name)
        if found is not None:
            self._mention(found[0], name, found[1])
            return
        made = Institution(
            None,
            name.kind,
            self.homeland.said(name) if name.kind != "international" else name.country,
            candidates=name.keys,
        )
        self.institutions.append(made)
        self._mention(made, name, "new")

    def _of_country(self, name: Name, words: frozenset[str]) -> tuple[Institution, str] | None:
        """Return the institution of the article's own country that a name without a country means: its ministry, its embassies."""
        home = self.homeland.article
        if home is None:
            return None
        said = self.homeland.said(name)
        if name.kind == "embassy" and said is not None and len(words) == 2 and f"@{said}" in words:
            (noun,) = words - {f"@{said}"}
            key = self.authorities.embassy(said, home) if noun.startswith(EMBASSIES) else None
            return (self._known(key), "embassy in the article's country") if key else None
        if said not in (None, home):
            return None
        keys = self.authorities.loose.of_country(self.document.tokens, self.places, name.first, name.last, home)
        return (self._known(keys[0]), "of the article's country") if len(keys) == 1 else None

    def _part(self, name: Name) -> tuple[Institution, str] | None:
        """Return the institution of the gazetteer that a name names in part, where one alone of its kind sits in the country said, or in one that the article names."""
        if name.kind is None:
            return None
        tokens, language = self.document.tokens, self.document.languages[name.first]
        known = self.authorities.authorities
        by_place = language in BY_PLACE
        found = self.authorities.partial.find(tokens, self.places, name.first, name.last, language, by_place=by_place)
        keys = [key for key in found if known[key].kind == name.kind]
        said = self.homeland.said(name) or self.homeland.near(name)
        if said is not None:
            keys = [key for key in keys if known[key].country == said]
        elif len(keys) > 1:
            keys = [key for key in keys if known[key].country == self.homeland.article]
        else:
            keys = [key for key in keys if known[key].country in self.homeland.named]
        return (self._known(keys[0]), "part of a gazetteer name") if len(keys) == 1 else None

    def _near(self, name: Name, words: frozenset[str]) -> tuple[Institution, str] | None:
        """Return the institution whose name this is but for one misspelt word: in the gazetteer, or in the article."""
        tokens, loose = self.document.tokens, self.authorities.loose
        keys = loose.careless(tokens, self.places, name.first, name.last)
        if len(keys) == 1:
            return self._known(keys[0]), "careless gazetteer name"
        keys = loose.misspelt(tokens, self.places, name.first, name.last, self.small)
        fitting = [
            key for key in keys if name.kind is None or _compatible(name.kind, self.authorities.authorities[key].kind)
        ]
        if len(fitting) == 1:
            return self._known(fitting[0]), "misspelt gazetteer name"
        if len(words) < 2:
            return None
        language = self.document.languages[name.first]
        found: dict[int, Institution] = {}
        for index in range(name.first, name.last):
            if tokens.kind[index] is not Kind.WORD or not odd(tokens.form(index), tokens.fold[index], self.small):
                continue
            for institution in self.names.misspelt(words, stem_of(tokens.fold[index], language)):
                if not name.kind or not institution.kind or _compatible(name.kind, institution.kind):
                    found[id(institution)] = institution
        return (next(iter(found.values())), "misspelt") if len(found) == 1 else None

    def _link_short(self, name: Name) -> None:
        words = self._words(name)
        known = self._holder(name, words)
        if known is not None:
            self._mention(known, name, "short form")
            return
        home = [key for key in name.keys if self.authorities.authorities[key].country in (None, self.homeland.article)]
        if len(home) == 1 and name.sure:
            self._mention(self._known(home[0]), name, "short form of the country's own")
            return
        found = self._of_country(name, words) if name.sure else None
        if found is not None:
            self._mention(found[0], name, found[1])
        elif name.sure and (not name.keys or name.rule != "gazetteer-context" or name.kind == "embassy"):
            made = Institution(None, name.kind, self.homeland.said(name), candidates=name.keys)
            self.institutions.append(made)
            self._mention(made, name, "new")

    def _holder(self, name: Name, words: frozenset[str]) -> Institution | None:
        """Return the institution one of whose names holds all the words of this one, if not in another country than the place after it says: the
        article's own country first, then the one named most."""
        if not words:
            return None
        language = self.document.languages[name.first]
        after = self.homeland.after(name) if language != "uz" else None  # there it goes with what follows
        place = self.places[after] if after is not None else None
        country = place.code if place is not None else name.country
        fitting = [
            institution
            for institution in self.names.sharing(words)
            if (
                not name.kind
                or not institution.kind
                or _compatible(name.kind, institution.kind)
                or _centre(name.kind, words, institution)
            )
            and (not country or not institution.country or country == institution.country)
            and any(
                words <= other and not any(among(word, BRANCHES) for word in other - words)
                for other in institution.words
            )
        ]
        if not fitting:
            return None
        by_key = [
            institution
            for institution in fitting
            if institution.authority is not None and institution.authority.key in name.keys
        ]
        fitting = by_key or fitting

        def preference(institution: Institution) -> tuple[bool, bool, int]:
            exact = any(words == other for other in institution.words)
            own = institution.country == self.homeland.article or (
                institution.country is None and institution.authority is None
            )
            return (exact, own, len(institution.mentions))

        return max(fitting, key=preference)

    def _words(self, name: Name) -> frozenset[str]:
        """Return the content words of a name. Kept: linking asks for them more than once."""
        key = (name.first, name.last)
        words = self._words_of.get(key)
        if words is None:
            words = self._words_of[key] = words_of(self.document, self.places, name)
        return words

    # -- the result -------------------------------------------------------------------------------

    def result(self) -> tuple[list[Institution], list[Mention], int | None]:
        kept = [institution for institution in self.institutions if institution.mentions]
        kept.sort(key=lambda institution: min(name.first for name, _ in institution.mentions))
        for institution in kept:
            institution.confidence = of_institution(why for _, why in institution.mentions)
            if institution.authority is not None and institution.confidence < THRESHOLD:
                institution.candidates = (institution.authority.key,)
                institution.authority = None
        mentions = [
            Mention(name.first, name.last, index, name.implied, name.rule, why, of_mention(why, institution.confidence))
            for index, institution in enumerate(kept)
            for name, why in institution.mentions
        ]
        mentions.sort(key=lambda mention: mention.first)
        home = home_of(self.document, mentions, [institution.kind for institution in kept])
        self._find_countries(kept, home)
        settle_kinds(self.document, self.places, kept)
        return kept, mentions, home

    def _find_countries(self, institutions: Sequence[Institution], home: int | None) -> None:
        """Give a country to the unknown institutions that have none yet: said at a later mention, of the parent before the name, the article's own."""
        ends = {name.last: institution for institution in institutions for name, _ in institution.mentions}
        open_ = [one for one in institutions if one.authority is None and one.country is None]
        for institution in open_:
            names = [name for name, _ in institution.mentions if not name.implied]
            said = (self.homeland.said(name) for name in names if name.kind != "international")
            parents = (
                ends[name.first].country
                for name in names
                if name.first in ends and self.document.languages[name.first] == "uz"
            )
            led = map(self.homeland.near, names)
            institution.country = next(filter(None, chain(said, parents, led)), None)
        known = Counter[str]()
        for institution in institutions:
            if institution.country is not None and institution.kind != "international":
                known[institution.country] += len(institution.mentions)
        self.homeland.weigh(known, institutions[home].country if home is not None else None)
        for institution in open_:
            if institution.country is None:
                institution.country = self.homeland.guess([name for name, _ in institution.mentions])


def _compatible(kind: str, other: str) -> bool:
    return (
        kind == other
        or {kind, other} <= {"research", "university", "institute", "other", "school"}
        or {kind, other} <= {"government", "international", "association", "foundation", "other"}
    )


def _centre(kind: str, words: frozenset[str], institution: Institution) -> bool:
    """Return whether a library is one that is called a centre, as this name says: «Фарғона вилоят ахборот-кутубхона маркази», «Фарғона маркази»."""
    return (
        kind == "other"
        and institution.kind == "library"
        and any(word.startswith(CENTRES[-1]) for word in words)
        and any(
            all(any(word.startswith(centre) for word in other) for centre in CENTRES) for other in institution.words
        )
    )
