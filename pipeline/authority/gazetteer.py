"""The authority file: institutions with their names in every language, and where these names stand in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.authority.countries import Atlas, Place, atlas, rows, split
from pipeline.authority.identifiers import IDENTIFIERS
from pipeline.authority.loose import LooseNames
from pipeline.authority.names import NameIndex, Trie, building
from pipeline.authority.partial import PartNames
from pipeline.languages.dictionary import in_case
from pipeline.languages.lexicon import DataError
from pipeline.languages.morphology import Stem, stems
from pipeline.resources import gazetteers, language_file
from pipeline.text.folding import fold
from pipeline.text.kept import Kept
from pipeline.text.tokens import Gap, Kind, Tokens, tokenize, tokenize_names

__all__ = ["Authority", "Gazetteer", "Hit", "gazetteer", "gazetteer_with"]

_REACH = 8  # a name that begins with a small letter has a capital within so many tokens
_NAME, _ACRONYM = 1, 2  # what may begin with a word
_LANGUAGES = ("en", "ru", "uz")
_OPEN = {"country": "xcountryx", "seat": "xseatx"}  # what stands for a slot while a pattern is taken apart into words
_SLOTS = {word: f"@{slot}" for slot, word in _OPEN.items()}
_SLOT = re.compile(rf"\{{({'|'.join(_OPEN)})\}}(?:ning|dagi)?")
_CASES = {"country": "gent", "seat": "loct"}
_EMBASSY = "{country}-embassy-{seat}"  # the key of the pattern
_YEARS = re.compile(r"\s*\([^)]*\d{4}[^)]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Authority:
    """One institution of the gazetteer. `names` has `en`, `ru`, `uz` (Latin) and, where transliteration would err, `uz-Cyrl`."""

    key: str
    kind: str
    country: str | None
    role: str | None
    names: dict[str, str]
    parent: str | None = None
    identifiers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Institutions that differ by their country, and by that where they sit: key and names with the slots {country} and {seat}."""

    key: str
    kind: str
    role: str | None
    names: dict[str, str]


@dataclass(
    slots=True
)  # not frozen: there are hundreds in an article, and a frozen one takes four times as long to make
class Hit:
    """A gazetteer name in a text: tokens [first, last), the institutions that it may name, and how ("name", "acronym" or "context")."""

    first: int
    last: int
    keys: tuple[str, ...]
    how: str


class Gazetteer:
    """Institutions and the index of their names. Use `gazetteer()` for the one that came with hamkor."""

    def __init__(self, files: Sequence[Path], places: Atlas, *, patterns: Path | None = None) -> None:
        data = tomllib.loads(language_file("common", "names.toml").read_text(encoding="utf-8"))
        self._silent = frozenset(fold(word) for word in data["silent"])
        self._same = {fold(word): fold(words[0]) for words in data["same"] for word in words}
        self._joints = frozenset(data["joints"])
        self.atlas = places
        self.authorities: dict[str, Authority] = {}
        self.roles: dict[tuple[str, str], str] = {}
        self._patterns: dict[str, _Pattern] = {}
        self._index: NameIndex[tuple[str, str]] = NameIndex(single=True)
        self._acronyms: dict[str, list[tuple[str, str, bool]]] = {}
        self._joined: list[str] = []  # acronyms of several parts («ИФЛА/РАС»)
        self._begins = Kept(self._beginning)
        self.loose = LooseNames(self._index, self._joints | self._silent)
        self.partial = PartNames(self._index)
        self._keys = Kept(lambda folded: self._index.ids(self._same.get(folded, folded)))
        self._country_keys: dict[str, int] = {}
        self._country_slot, self._seat_slot = (self._index.symbol(_SLOTS[_OPEN[slot]]) for slot in ("country", "seat"))
        self._cold: set[tuple[str, str]] = set()  # pairs of words with which no name begins
        self._filed: list[tuple[str, str, str, str]] = []  # name, language, key, how: until they are all read
        self._plain = Kept(self._is_plain)  # by each folded word: whether names have it as it stands
        with building():
            for path in files:
                for row in rows(path, required=("key", "kind", "country", "en", "ru", "uz")):
                    self._add(path.name, row)
            for row in rows(patterns, required=("key", "kind", "role", *_LANGUAGES)) if patterns else ():
                self._add_pattern(row)
            self._index_names()

    def _add(self, source: str, row: dict[str, str]) -> None:
        key, country, role = row["key"], row["country"] or None, row.get("role") or None
        if key in self.authorities:
            raise DataError(f"{source}: the key {key!r} stands twice; merge the two rows")
        names = {language: row[language] for language in _LANGUAGES if row[language]}
        if row.get("uz_cyrl"):
            names["uz-Cyrl"] = row["uz_cyrl"]
        identifiers = {name: row[name] for name in IDENTIFIERS if row.get(name)}
        self.authorities[key] = Authority(
            key, row["kind"], country, role, names, row.get("parent") or None, identifiers
        )
        if role and country:
            self.roles.setdefault((role, country), key)
        for language in _LANGUAGES:
            for name in (row[language], *split(row.get(f"{language}_aliases"))):
                self._file(name, language, key, "name")
        self._file(row.get("uz_cyrl") or "", "uz", key, "name")
        for name in split(row.get("earlier")):
            self._file_any(_YEARS.sub("", name), key, "name")
        for name in split(row.get("context")):
            if name.isupper() and " " not in name:
                self._acronym(name, key, "context")
            else:
                self._file_any(name, key, "context")
        for name in split(row.get("acronyms")):
            if " " in name:
                self._file_any(name, key, "name")
            else:
                self._acronym(name, key, "acronym")

    def _add_pattern(self, row: dict[str, str]) -> None:
        """File the names of a kind of institution that every country may have, its country and seat left open."""
        pattern = _Pattern(row["key"], row["kind"], row["role"] or None, {name: row[name] for name in _LANGUAGES})
        self._patterns[pattern.key] = pattern
        for language in _LANGUAGES:
            for name in (row[language], *split(row[f"{language}_aliases"])):
                self._file(_SLOT.sub(lambda slot: f" {_OPEN[slot[1]]} ", name), language, pattern.key, "pattern")

    def _acronym(self, name: str, key: str, how: str) -> None:
        tokens = tokenize(name, running=False)
        folded = "".join(tokens.fold)
        if len(tokens) > 1:
            self._joined.append(folded)
        self._acronyms.setdefault(folded, []).append((key, how, name.isupper()))

    def _file_any(self, name: str, key: str, how: str) -> None:
        """File a name whose language is not said: by its script, Cyrillic as Russian and Uzbek."""
        languages = ("ru", "uz") if re.search(r"[а-яёўқғҳ]", name.lower()) else ("en", "uz")
        for language in languages:
            self._file(name, language, key, how)

    def _file(self, name: str, language: str, key: str, how: str) -> None:
        if name:
            self._filed.append((name, language, key, how))

    def _index_names(self) -> None:
        """Index the names that were filed, with their countries made one (`Republic of Uzbekistan` = `Uzbekistan` = `Uzbek`), in the usual word orders."""
        filed, self._filed = self._filed, []
        names = tokenize_names([name for name, *_ in filed])
        known: dict[str, dict[str, int]] = {language: {} for language in _LANGUAGES}  # ids of elements that came before
        for (_, language, key, how), (tokens, first, last) in zip(filed, names, strict=True):
            elements = self._elements(tokens, first, last)
            if not elements:
                continue
            ids = known[language]
            for element in elements:
                if element not in ids:
                    ids[element] = self._id(element, language)
            payload, path = (key, how), list(map(ids.__getitem__, elements))
            self._index.add(path, payload)
            if how == "name":
                self.partial.add(path, key)
            if language == "en" and len(elements) > 3 and elements[-2] == "of" and elements[-1].startswith("@"):
                self._index.add([path[-1], *path[:-2]], payload)
            if language == "ru" and len(elements) > 2 and elements[0].startswith("@") and how == "name":
                self._index.add([*path[1:], path[0]], payload)

    def _id(self, element: str, language: str) -> int:
        return self._index.symbol(element) if element.startswith(("@", ",")) else self._index.word(element, language)

    def _elements(self, tokens: Tokens, index: int, last: int) -> list[str]:
        """Return the words of a name, tokens [index, last), countries as `@UZ`; words that texts leave out (`the`) are dropped."""
        kinds, folds, sign, found = tokens.kind, tokens.fold, Kind.SIGN, list[str]()
        silent, same, opens, text, plain = self._silent, self._same, self.atlas.national, tokens.text, self._plain
        start, end = tokens.start, tokens.end
        while index < last:
            folded = folds[index]
            if plain[folded] and kinds[index] is not sign:  # most words
                found.append(text[start[index] : end[index]])
                index += 1
                continue
            if (kinds[index] is sign and folded not in same) or folded in silent:
                if folded == "," and found:
                    found.append(",")
                index += 1
                continue
            if folded in _SLOTS:
                found.append(_SLOTS[folded])
                index += 1
                continue
            place = self.atlas.at(tokens, index) if opens[folded] else None
            if place is not None and place.kind in ("country", "adjective"):
                found.append(f"@{place.code}")
                index += place.length
                continue
            found.append(same.get(folded) or text[start[index] : end[index]])
            index += 1
        return found

    def _is_plain(self, folded: str) -> bool:
        special = folded in self._silent or folded in _SLOTS or self.atlas.national[folded]
        return not (special or self._same.get(folded))

    def find(self, tokens: Tokens, places: Sequence[Place | None]) -> list[Hit]:
        """Return the longest names in order, not overlapping. `places` is `Atlas.all(tokens)`."""
        hits: list[Hit] = []
        done, upper, word, begins = 0, tokens.upper, Kind.WORD, self._begins
        for index in [
            index
            for index, (begun, place) in enumerate(zip(map(begins.__getitem__, tokens.fold), places, strict=True))
            if (begun or place is not None) and tokens.kind[index] is word
        ]:
            if index < done or not (
                upper[index] or (begins[tokens.fold[index]] & _NAME and True in upper[index + 1 : index + _REACH])
            ):
                continue
            hit = self._at(tokens, places, index)
            if hit is not None:
                hits.append(hit)
                done = hit.last
        return hits

    def _beginning(self, folded: str) -> int:
        """Return what may begin with a folded word: _NAME, _ACRONYM (the word is one, perhaps with a suffix, or its first part), both."""
        following = self._index.root.following
        name = any(key in following for key in self._keys[folded])
        acronym = len(folded) > 1 and (
            any(stem.stem.rstrip("'") in self._acronyms for stem in _suffixed(folded))
            or any(joined.startswith(folded) for joined in self._joined)
        )
        return _NAME * name + _ACRONYM * acronym

    def _at(self, tokens: Tokens, places: Sequence[Place | None], index: int) -> Hit | None:
        begins = self._begins[tokens.fold[index]]
        name = self._name(tokens, places, index) if begins & _NAME or places[index] is not None else None
        if not begins & _ACRONYM:
            return name
        acronym = self._acronym_at(tokens, index)
        if name is None or (acronym is not None and acronym.last > name.last):
            return acronym
        return name

    def _name(self, tokens: Tokens, places: Sequence[Place | None], index: int) -> Hit | None:
        folds, kinds, gaps, keys = tokens.fold, tokens.kind, tokens.gap, self._keys
        count, sign = len(folds), Kind.SIGN
        pair = None
        if index + 1 < count and places[index] is None and places[index + 1] is None and kinds[index + 1] is not sign:
            pair = folds[index], folds[index + 1]
            if pair in self._cold:
                return None
        best = farthest = index
        joints, silent, broken = self._joints, self._silent, Gap.BREAK
        found: list[tuple[str, str, tuple[str, ...]]] = []
        pending: list[tuple[Trie[tuple[str, str]], int, tuple[str, ...]]] = [(self._index.root, index, ())]
        while pending:
            node, at, codes = pending.pop()
            following = node.following
            if not following:
                continue
            if at > farthest:  # where the text ends here, another text may go on
                farthest = at
            if at >= count or (at > index and gaps[at] is broken):
                continue
            folded = folds[at]
            if at > index and (
                (kinds[at] is sign and folded in joints and (folded != "." or self._inner(tokens, at)))
                or folded in silent
            ):
                pending.append((node, at + 1, codes))
                if kinds[at] is sign:
                    continue
            elif folded == ",":
                child = following.get(self._index.symbol(","))
                if child is not None:
                    pending.append((child, at + 1, codes))
                continue
            place = places[at]
            if place is not None:
                for symbol, filled in self._slots(place, codes):
                    child = following.get(symbol)
                    if child is not None:
                        best = self._take(child, at + place.length, best, found, filled)
                        pending.append((child, at + place.length, filled))
            for key in keys[folded]:
                child = following.get(key)
                if child is not None:
                    if child.payloads:
                        best = self._take(child, at + 1, best, found, codes)
                    if child.following:
                        pending.append((child, at + 1, codes))
        if not found and pair is not None and farthest <= index + 1 and gaps[index + 1] is not Gap.BREAK:
            if len(self._cold) > 200_000:
                self._cold.clear()
            self._cold.add(pair)
        if not found:
            return None
        sure = [key for key, how, _ in found if how == "name"]
        if not sure and not self.atlas.cased(folds[best - 1]):  # `JICA Yaponiyaga`: JICA, to Japan
            sure = [self._made(key, codes) for key, how, codes in found if how == "pattern"]
        if not sure and any(how == "pattern" for _, how, _ in found):
            return None
        if True not in tokens.upper[index:best]:  # a name in running text shows a capital
            return None
        for at in range(index, best - 1):
            if gaps[at + 1] and kinds[at] is Kind.WORD and self._index.cased(folds[at]):
                return None
        return Hit(index, best, tuple(dict.fromkeys(sure or [key for key, *_ in found])), "name" if sure else "context")

    def _slots(self, place: Place, codes: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the symbols that a place may stand for in a name, with the countries that fill the slots of a pattern then."""
        if place.kind in ("country", "adjective"):
            yield self._country_key(place.code), codes
            yield self._country_slot, (place.code, *codes[1:])
        if place.kind in ("country", "city"):
            yield self._seat_slot, (codes[0] if codes else "", place.code)

    def _made(self, key: str, codes: tuple[str, ...]) -> str:
        """Return the key of the institution that a pattern names: the listed one with its role in the country, else one that is made now."""
        pattern, country = self._patterns[key], codes[0] or codes[1]
        listed = self.roles.get((pattern.role, country)) if pattern.role else None
        key = listed or key.format(**{slot: code.lower() for slot, code in zip(_OPEN, codes, strict=False)})
        if key not in self.authorities:
            names = {language: self._called(name, language, codes) for language, name in pattern.names.items()}
            self.authorities[key] = Authority(key, pattern.kind, country, pattern.role, names)
        return key

    def embassy(self, country: str, seat: str) -> str | None:
        """Return the key of a country's embassy in another, None where the gazetteer has no pattern for embassies."""
        return self._made(_EMBASSY, (country, seat)) if _EMBASSY in self._patterns and country != seat else None

    def office(self, pattern: str, seat: str) -> str | None:
        """Return the key of a body's office in a country, None where the gazetteer has no such pattern."""
        return self._made(pattern, ("", seat)) if pattern in self._patterns else None

    def _called(self, name: str, language: str, codes: tuple[str, ...]) -> str:
        """Return a pattern's name with its countries, in Russian in the case that their places ask for."""
        filled = {slot: code for slot, code in zip(_OPEN, codes, strict=False) if code}
        places = {slot: self.atlas.names[code][language] for slot, code in filled.items()}
        if language == "en":
            places |= {slot: self.atlas.articled.get(code, places[slot]) for slot, code in filled.items()}
        if language == "ru":
            places = {slot: in_case(place, _CASES[slot]) for slot, place in places.items()}
        return name.format(**places)

    def _country_key(self, code: str) -> int:
        """Return the id that stands for a country in names."""
        key = self._country_keys.get(code)
        if key is None:
            key = self._country_keys[code] = self._index.symbol(f"@{code}")
        return key

    @staticmethod
    def _take(
        child: Trie[tuple[str, str]],
        end: int,
        best: int,
        found: list[tuple[str, str, tuple[str, ...]]],
        codes: tuple[str, ...],
    ) -> int:
        if child.payloads and end >= best:
            if end > best:
                found.clear()
            found.extend((key, how, codes) for key, how in child.payloads)
            return end
        return best

    @staticmethod
    def _inner(tokens: Tokens, index: int) -> bool:
        """Return whether a full stop may stand within a name: after an initial, after «им», in an address (`Gazeta.uz`)."""
        if tokens.end[index - 1] - tokens.start[index - 1] <= 3:
            return True
        return not tokens.gap[index] and index + 1 < len(tokens) and not tokens.gap[index + 1]

    def _acronym_at(self, tokens: Tokens, index: int) -> Hit | None:
        """Return the acronym at `index`: capitals as they stand, Uzbek suffixes after them («БМТнинг», `UNESCOʼning`)."""
        if not tokens.upper[index]:
            return None
        form = tokens.form(index)
        last = index + 1
        folded = tokens.fold[index]
        while (
            last + 1 < len(tokens) and tokens.fold[last] in "/-" and not tokens.gap[last] and not tokens.gap[last + 1]
        ):
            joined = "".join(tokens.fold[index : last + 2])
            if joined not in self._acronyms:
                break
            folded, last = joined, last + 2
        for stem in _suffixed(folded) if form[-2:-1] in ("'", "’", "ʼ") else stems("uz", folded):
            if stem.possessive and not stem.case:
                continue
            bare = stem.stem.rstrip("'")  # `UNESCOʼning`: the apostrophe after an o is no part of the acronym
            for key, how, capitals in self._acronyms.get(bare, ()):
                length = len(form) - (len(folded) - len(stem.stem)) if last == index + 1 else len(form)
                head = form[: max(length, 2)]
                if (
                    capitals
                    and not head.isupper()
                    and not (len(head) >= 5 and (head.istitle() or 2 * sum(map(str.isupper, head)) > len(head)))
                ):
                    continue
                if not capitals and not any(c.isupper() for c in head[:1]):
                    continue
                keys = tuple(dict.fromkeys(other for other, its, _ in self._acronyms[bare] if its == how))
                return Hit(index, last, keys or (key,), how)
        return None


def _suffixed(folded: str) -> tuple[Stem, ...]:
    """Return the ways to read an acronym with a suffix of Uzbek, or with the s of an English possessive."""
    return (*stems("uz", folded), *([Stem(folded[:-1])] if folded.endswith("s") else ()))


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that came with hamkor, loaded once. Raises DataError where a file is wrong."""
    return gazetteer_with()


def gazetteer_with(*own: Path) -> Gazetteer:
    """Return the gazetteer that came with hamkor and a user's own files beside it, loaded anew. Raises DataError where a file is wrong."""
    folder = gazetteers()
    return Gazetteer(
        [*sorted((folder / "institutions").glob("*.csv")), *own], atlas(), patterns=folder / "patterns.csv"
    )
