"""Names of institutions in a document: gazetteer names first, then what the rules of each language make of head nouns, places and quotes.

The finder reports where names stand and what their words say (kind, country). Which of them name the same institution is for
`pipeline.authority.linking`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pipeline.authority.countries import Place
from pipeline.authority.gazetteer import Gazetteer, Hit
from pipeline.finders.institution_bounds import of_town, short_heading, towns_own
from pipeline.finders.institution_hits import SmallLetters, heeded, shouted
from pipeline.finders.institution_kinds import english_head, settled_kind
from pipeline.finders.institution_neighbours import apart
from pipeline.finders.institution_quotes import recalled
from pipeline.finders.institution_repeats import repeated
from pipeline.finders.institution_words import known_words, sentence_start
from pipeline.languages.grammar import Grammar, Match, Tags, grammar, tag
from pipeline.languages.morphology import declined
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Gap, Kind

__all__ = ["Name", "SmallLetters", "find_names"]

_LONGEST = 16  # tokens of an Uzbek name
_LONG = 3  # tokens that a name has at least whose head its rule calls `long`
_GAZETTEER = 4  # a gazetteer name against rules with the same right edge: a rule that builds on the name is better, a mere run of capitals is not
_WORKS = frozenset(form for word in grammar("institutions").lexicon.settings["works"] for form in declined(word))
_HEADS = frozenset(
    {"HEAD", "HEADC", "HEADS", "HEADSC", "FUND", "BODY", "BODYC", "FOREIGNC", "HOUSEC", "BRAND", "TRADE", "ENDED"}
)
_LEARNED = frozenset(
    {"university", "research", "museum"}
)  # Uzbek kinds that have no field before them as common nouns: «Зоология институти»
_UNITS = frozenset({"UNIT", "UNITC"})
_PARTS = frozenset({"unit", "branch"})  # what they are part of says of what kind they are
_ARTICLE = frozenset({"the"})
_RANKS = frozenset({"national", "state", "republic"})
_WHOLE = frozenset({"national", "state", "central", "international"})  # words of which a country has one
_SURNAMES = tuple(grammar("institutions").lexicon.settings["surname_endings"])
_MANY = tuple(map(fold, grammar("institutions").lexicon.settings["plural_adjectives"]))
_EITHER = (fold("библиотеки"),)  # the genitive of one, the nominative of many
_OPENING, _CLOSING = frozenset('«“„"‘'), frozenset('»”"’')


@dataclass(
    slots=True
)  # not frozen: there are hundreds in an article, and a frozen one takes four times as long to make
class Name:
    """A name of an institution: tokens [first, last); the gazetteer keys that it may have; what its own words say.

    `sure` is False where only a capital at the start of a sentence speaks for it. `generic` names have no word of their own
    («Миллий кутубхона», “Culture Ministry”): they need the article to say which institution they are. `role` is set for an implied
    member of a list ("national-library" of `country`).
    """

    first: int
    last: int
    rule: str
    keys: tuple[str, ...] = ()
    kind: str | None = None
    country: str | None = None
    generic: bool = False
    sure: bool = True
    implied: bool = False
    role: str | None = None
    head: int | None = None  # token of the head noun
    reach: int = (
        0  # where the words end that tell it, where a town after the name is among them: “Savitsky Museum of Nukus”
    )


def find_names(document: Document, authorities: Gazetteer, places: Sequence[Place | None]) -> list[Name]:
    """Return the names of institutions in order, not overlapping. `places` is `atlas.all(document.tokens)`. Pure; linear time."""
    tokens = document.tokens
    rules = grammar("institutions")
    small = SmallLetters(document)
    hits = heeded(authorities.find(tokens, places), authorities, document, places, small)
    known, hot = known_words(document, hits, places, small)
    candidates: list[tuple[int, int, Name]] = []
    for hit in hits:
        candidates.append(
            (2 if hit.how == "context" else _GAZETTEER, hit.last - hit.first, _from_hit(hit, authorities, document))
        )
    for language, sentences in hot.items():
        tags = tag(document, rules, known, sentences=sentences)
        matches: Iterable[Match] = rules.finditer(tags, document, language="common")
        if language != "common":
            matches = chain(matches, rules.finditer(tags, document, language=language))
        if language in ("ru", "uz") and (lowered := _lowered(tags, document, rules)) is not None:
            matches = chain(matches, rules.finditer(lowered, document, language=language))
        for match in matches:
            if "implied" in match.rule.values:
                candidates.extend((1, name.last - name.first, name) for name in _members(match, tags, document))
                continue
            for half in apart(match, tags, tokens.fold) if language == "uz" else (match,):
                name = _from_match(half, tags, document, hits, authorities, language, small, places)
                if name is not None:
                    candidates.append((int(match.rule.values.get("score", "1")), name.last - name.first, name))
    names = _joined(_select(candidates), document)
    for name in names:
        if name.rule.startswith("en-") and name.head is not None and not shouted(document, tokens.sentence[name.first]):
            name.reach, name.last = (
                name.last,
                of_town(document, name.first, name.last, name.head, name.kind, places, small),
            )
    for first, last, number in list(repeated(names, document, places, small)):
        name = names[number]
        names.append(Name(first, last, "repeated", name.keys, name.kind, name.country, generic=True))
    names += recalled(document, names)
    return sorted(names, key=lambda name: name.first)


def _joined(names: list[Name], document: Document) -> list[Name]:
    """Join a parent with what is under it («Вазирлар Маҳкамаси ҳузуридаги «Ўзархив» агентлиги»): the whole is the name of the latter."""
    lexicon_, folds = grammar("institutions").lexicon, document.tokens.fold
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        if before is not None and before.last == name.first - 1:
            reading = lexicon_.reading(document.languages[before.last], folds[before.last])
            if reading is not None and reading.symbol == "UNDER":
                joined[-1] = replace(name, first=before.first, sure=True)
                continue
        joined.append(name)
    return joined


def _lowered(tags: Tags, document: Document, rules: Grammar) -> Tags | None:
    """Return the tags with the capitals of all-capital sentences taken for small letters, but for the first word; None where there is none."""
    edge = rules.code["EDGE"]
    small = {rules.code[name + "C"]: rules.code[name] for name in rules.capitals if name + "C" in rules.code}
    parts: list[str] = []
    found, at = False, 0
    for part in tags.string.split(edge):
        text = document.tokens.slice(tags.first[at], tags.last[at + len(part) - 1]) if part else ""
        if text.isupper() and len(text) > 15:
            found = True
            parts.append(part[0] + "".join(small.get(sign, sign) for sign in part[1:]))
        else:
            parts.append(edge * len(part))
        at += len(part) + 1
    return Tags(edge.join(parts), tags.first, tags.last, tags.readings) if found else None


def _from_hit(hit: Hit, authorities: Gazetteer, document: Document) -> Name:
    """Return the name that a gazetteer hit stands for, with the quotation mark that opens before it where one closes inside it."""
    folds = document.tokens.fold
    kinds = {authorities.authorities[key].kind for key in hit.keys}
    first, last = hit.first, hit.last
    opens = sum(folds[index] in _OPENING for index in range(first, last))
    closes = sum(folds[index] in _CLOSING for index in range(first, last))
    if first and closes and not (opens and '"' not in folds[first:last]) and folds[first - 1] in _OPENING:
        first -= 1
    elif opens and not (closes and '"' not in folds[first:last]) and last < len(folds) and folds[last] in _CLOSING:
        last += 1
    return Name(
        first,
        last,
        f"gazetteer-{hit.how}",
        hit.keys,
        kinds.pop() if len(kinds) == 1 else None,
        generic=hit.how == "context",
        head=hit.first,
    )


def _from_match(
    match: Match,
    tags: Tags,
    document: Document,
    hits: Sequence[Hit],
    authorities: Gazetteer,
    language: str,
    small: SmallLetters,
    places: Sequence[Place | None],
) -> Name | None:
    """Return the name that a rule's match stands for, or None where its words do not bear it out."""
    tokens = document.tokens
    rules = grammar("institutions")
    first, last = match.first, match.last
    if language == "en":
        first = towns_own(document, first, last, places)
    at = bisect_left(tags.first, first)
    while tags.last[at] == first:  # an edge or a mark: no token of its own
        at += 1
    kinds: list[tuple[str, int]] = []
    country: str | None = None
    start = sentence_start(document, first)
    proper, adjectives, named, foreign = 0, 0, False, False
    inherited, authority = False, False  # the country is that of a known body within the name; it is a state's
    keys: tuple[str, ...] = ()
    names, values = rules.names, match.rule.values
    placed = "office" in match.rule.values or values.get("known") in ("abroad", "elsewhere")
    index = at
    while index < len(tags.first) and tags.first[index] < last:
        symbol, reading = names[tags.string[index]], tags.readings[index]
        if reading and (
            symbol in _HEADS or (symbol in _UNITS and reading.value not in _PARTS)
        ):  # a laboratory is no mere unit
            kinds.append((reading.value, tags.first[index]))
        elif symbol in ("COUNTRY", "DEMONYM", "DEMONYMC", "CITY") and reading:
            if country is None or symbol == "COUNTRY" or (inherited and (language == "uz" or placed)):
                country, inherited = reading.value, False
            proper += 1
        elif symbol == "INST" and reading:
            hit = hits[int(reading.value)]
            if "small" in match.rule.values:
                if tokens.upper[hit.first]:
                    return None
                keys = hit.keys
                kinds.append((authorities.authorities[hit.keys[0]].kind, hit.first))
            entry = authorities.authorities[hit.keys[0]]
            if (
                hit.first == first
                and placed
                and match.last > hit.last
                and _at_home(entry.country, tags, hit.last, last)
            ):
                return None  # “Japan Foundation in Tokyo”: no branch
            if hit.first > first and values.get("office") == "true" and entry.country and entry.country == country:
                return None  # «Париждаги Гиме музейи»
            inherited = inherited or country is None
            country = country or entry.country
            authority = authority or entry.kind == "government"
            foreign = foreign or entry.kind in ("international", "foundation", "association", "government")
            proper += 1
            if "dedicated" in match.rule.name or match.rule.values.get("known") == "same":
                keys = hit.keys
            if (
                "dedicated" in match.rule.name
                or "known-of" in match.rule.name
                or match.rule.values.get("office") == "true"
                or "known" in match.rule.values
                or "branch" in match.slots
            ):
                kinds.append((entry.kind, hit.first))
        elif (symbol in ("CAP", "GENNC", "ADJC", "PERSG") and (tags.first[index] > start or symbol == "GENNC")) or (
            symbol == "CAP" and language != "ru" and tokens.fold[tags.first[index]] not in small
        ):
            proper += 1
            adjectives += symbol == "ADJC"
        elif reading and reading.value in _RANKS and (symbol == "MODC" or (symbol == "MOD" and language == "uz")):
            named = True
        elif symbol in ("DED", "LQUOTE", "RQUOTE"):
            proper += 2
        index += 1
    if not kinds and not keys and not {"office", "kind", "kinds", "else"} & match.rule.values.keys():
        return None
    if (language == "uz" and last - first > _LONGEST) or last - first < int(match.rule.values.get("least", "1")):
        return None
    if any(tokens.gap[position] is Gap.BREAK for position in range(first + 1, last)):
        return None
    if "uncapitalised" not in match.rule.values and not any(
        tokens.upper[position] or tokens.kind[position] is Kind.NUMBER for position in range(first, last)
    ):
        return None  # a name shows a capital, or a figure as in «школа № 5»
    if _titled(document, first, last, language):
        return None
    kind, head = (kinds[-1] if language == "uz" else kinds[0]) if kinds else (None, first)
    if language == "en":
        kind, head = english_head(kinds, tokens.fold, first, last)
    if (
        "sort" in match.rule.values
    ):  # the noun before the name says what it is: «газета «Правда»», “the newspaper Pravda”
        sort = tags.readings[match.slots["sort"][0] if "sort" in match.slots else match.begin]
        kind = sort.value if sort else None
        if sort is not None and kind == "publisher" and sort.length == 1 and match.rule.name == "en-apposed":
            return None  # “Rashid Karimov, a publisher”
    if "branch" in match.slots and (unit := tags.readings[match.slots["branch"][0]]) and unit.value != "branch":
        return None
    if "kinds" in values and kind not in values["kinds"].split():
        return None
    if "long" in values and last - first < _LONG and tokens.fold[head].startswith(values["long"]):
        return None
    if "single" in values and tokens.fold[max(first, head - 1)].endswith(_MANY + _EITHER):
        return None  # «библиотеки Ташкента» may be many
    if "impersonal" in values and tokens.fold[last - 1].endswith(_SURNAMES):
        return None
    if "common" in values and any(tokens.fold[position] in _WHOLE for position in range(first, head)):
        return None  # “National Museum in Astana”: its place only says where it stands
    if ("calm" in values or ("short" in values and language == "en")) and shouted(document, tokens.sentence[first]):
        return None  # in a heading a capital says nothing
    if language == "ru" and proper == adjectives and not named and head == last - 1 and last - first > 1:
        if shouted(document, tokens.sentence[first]):
            return None  # «О СУДЬБЕ КНИЖНОГО ФОНДА»
    if language == "en":
        if shouted(document, tokens.sentence[first]) and short_heading(document, first, last, head, places, small):
            return None
    if "own" in values and any(
        tokens.upper[position] and tokens.fold[position] in small for position in range(first, max(head, first + 1))
    ):
        return None
    if values.get("capital") == "true" and not tokens.capital(first):
        return None
    kind = values.get("kind", kind or values.get("else"))
    if (
        kind == "other"
        and language == "ru"
        and len(kinds) > 1
        and kinds[1][1] == kinds[0][1] + 2
        and tokens.fold[kinds[0][1] + 1] == "-"
    ):
        kind = kinds[1][0]  # «Дом-музей» is a museum
    if match.rule.name.startswith("publisher"):  # the place stands before the colon
        country = next(
            (r.value for r in tags.readings[match.begin : match.end] if r is not None and r.symbol == "CITY"), country
        )
    if values.get("office") == "true" and kind not in (
        "embassy",
        "international",
        "office",
        "foundation",
        "other",
        "institute",
        None,
    ):
        return None
    if language == "ru" and proper == 0 and head > first and tokens.fold[head - 1].endswith(_MANY):
        return None  # «Национальные библиотеки»: a class
    if language == "uz" and kind == "office":
        country = None if inherited else country  # an office is not where its body is at home
        kind = "other" if authority else kind
    kind = settled_kind(kind, document, first, last, foreign=foreign)
    named = named or (kind == "government" and last - first > 1)
    return Name(
        first,
        last,
        match.rule.name,
        keys,
        kind,
        country,
        generic=proper == 0 or "short" in values,
        sure=values.get("short") != "true"
        and (
            proper > 0
            or named
            or "numbered" in match.rule.name
            or first != start
            or (language == "uz" and kind in _LEARNED and head > first)
            or (language != "en" and any(tokens.upper[first + 1 : last]))
        ),
        head=head,
    )


def _at_home(country: str | None, tags: Tags, first: int, last: int) -> bool:
    """Return whether a place among tokens [first, last) is in `country`."""
    begin, end = bisect_left(tags.first, first), bisect_left(tags.first, last)
    return country is not None and any(
        reading is not None and reading.symbol in ("CITY", "COUNTRY") and reading.value == country
        for reading in tags.readings[begin:end]
    )


def _members(match: Match, tags: Tags, document: Document) -> list[Name]:
    """Return the implied members of a list («с национальными библиотеками Китая, Ирана»): the countries, each with the role that the list says."""
    if "towns" in match.rule.values:
        return _towns(match, tags)
    role, kind = "", ""
    for slot, (begin, _) in match.slots.items():
        reading = tags.readings[begin]
        if reading is not None and slot.startswith("mod"):
            role = reading.value
            if "many" in match.rule.values and not document.tokens.fold[tags.first[begin]].endswith(_MANY):
                return []
        elif reading is not None:
            kind = reading.value
    if not kind:
        kind = next(
            (
                r.value
                for r in tags.readings[match.begin : match.end]
                if r is not None and r.symbol in ("HEADS", "HEADSG")
            ),
            "",
        )
    if role not in ("national", "state") and kind != "embassy":
        return []
    return _implied(
        match, tags, "COUNTRY", Name(0, 0, match.rule.name, kind=kind, role=f"{role}-{kind}" if role else None)
    )


def _implied(match: Match, tags: Tags, symbol: str, name: Name) -> list[Name]:
    """Return a list's implied members: the countries or towns (`symbol`) that its span names, else as `name` is."""
    return [
        replace(name, first=tags.first[at], last=tags.last[at], country=reading.value, implied=True)
        for at in range(match.begin, match.end)
        if (reading := tags.readings[at]) is not None
        and reading.symbol == symbol
        and match.first <= tags.first[at] < match.last
    ]


def _towns(match: Match, tags: Tags) -> list[Name]:
    """Return the implied members of a list of towns: each but the last in «Бухоро, Хива ва Термиз музейлари»."""
    kind = next(r.value for r in tags.readings[match.begin : match.end] if r is not None and r.symbol == "HEADS")
    return _implied(match, tags, "CITY", Name(0, 0, match.rule.name, kind=kind, generic=True, sure=False))


def _titled(document: Document, first: int, last: int, language: str) -> bool:
    """Return whether a name is the whole of a title in quotation marks, of a book or an exhibition: «Книга «Музей моего детства»»."""
    tokens, words = document.tokens, grammar("institutions").words(language)
    if (
        first < 2
        or last >= len(tokens)
        or tokens.fold[first - 1] not in _OPENING | _ARTICLE
        or tokens.fold[last] not in _CLOSING
    ):
        return False
    beside = last + 1 if language == "uz" else first - 2 - (tokens.fold[first - 1] in _ARTICLE)
    if not 0 <= beside < len(tokens):
        return False
    reading = words[tokens.fold[beside]][2]
    return tokens.fold[beside] in _WORKS if language == "ru" else reading is not None and reading.symbol == "EVENT"


def _select(candidates: list[tuple[int, int, Name]]) -> list[Name]:
    """Return the best names that do not overlap: a longer one before a shorter one that it holds; of two with one right edge the better rule's."""
    best: dict[int, tuple[int, int, Name]] = {}
    short = {(name.first, name.last): name.keys for _, _, name in candidates if name.rule == "gazetteer-context"}
    for score, length, name in candidates:
        other = best.get(name.last)
        if (
            name.generic and not name.keys and (name.first, name.last) in short
        ):  # a rule that finds what the gazetteer knows as a short form
            name = replace(name, keys=short[name.first, name.last])
        if other is None or (score, length) > (other[0], other[1]):
            best[name.last] = (score, length, name)
    ordered = sorted(best.values(), key=lambda entry: (-entry[1], -entry[0], entry[2].first))
    taken: list[Name] = []
    used: set[int] = set()
    for _, _, name in ordered:
        if not any(index in used for index in range(name.first, name.last)):
            taken.append(name)
            used.update(range(name.first, name.last))
    return sorted(taken, key=lambda name: name.first)
