"""Countries, regions and cities of the gazetteer, found in a text in any case form: what says where an institution sits."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress
from pathlib import Path

from pipeline.authority.names import NameIndex, Trie, building
from pipeline.languages.lexicon import DataError
from pipeline.resources import gazetteers
from pipeline.text.kept import Kept
from pipeline.text.tokens import Gap, Kind, Tokens, tokenize_names

__all__ = ["Atlas", "Place", "atlas"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text: its country (ISO 3166-1 alpha-2), what it is, and how many tokens name it."""

    code: str
    kind: str  # "country", "adjective" (Uzbek, узбекский), "city", "region", "other", "local" (самаркандский)
    length: int = 1
    name: str = ""  # the English name of a place that is no country: one for all languages


class Atlas:
    """All countries and places. `names[code][language]` is a country's name; use `atlas()`: it is made once."""

    def __init__(self, folder: Path) -> None:
        self.names: dict[str, dict[str, str]] = {}
        self.articled: dict[str, str] = {}  # the United States
        self._index: NameIndex[Place] = NameIndex()
        self.levels = Kept(
            self._level
        )  # by each folded word: whether a place's name may begin with it (1), or an adjective (2)
        self._nations: set[int] = set()  # the ids of words with which countries' names and adjectives begin
        self.national = Kept(self._is_national)  # by each folded word: whether it may be such a word
        filed: list[tuple[str, str, Place]] = []
        for row in rows(folder / "countries.csv", required=("code", "en", "ru", "uz")):
            code = row["code"]
            self.names[code] = {language: row[language] for language in ("en", "ru", "uz")}
            if row.get("en_article"):
                self.articled[code] = f"{row['en_article']} {row['en']}"
            for language in ("en", "ru", "uz"):
                for name in (row[language], *split(row.get(f"{language}_aliases"))):
                    filed.append((name, language, Place(code, "country")))
                for name in split(row.get(f"{language}_adjectives")):
                    filed.append((name, language, Place(code, "adjective")))
        late: list[tuple[str, str, Place]] = []  # «уральский» is of the Urals before it is of Уральск
        for row in rows(folder / "places.csv", required=("country", "kind")):
            place = Place(row["country"], row["kind"] or "other", name=row.get("name_en", ""))
            for language in ("en", "ru", "uz"):
                filed.append((row.get(f"name_{language}", ""), language, place))
            aliases = split(row.get("aliases"))
            for known in (row.get("name_ru", ""), *(alias for alias in aliases if not alias.isascii())):
                adjectives = [
                    (name, "ru", Place(row["country"], "local", name=place.name)) for name in local_adjectives(known)
                ]
                (late if known.endswith(_STEMMED) else filed).extend(adjectives)
            for name in aliases:
                for language in ("en", "uz") if name.isascii() else ("ru", "uz"):
                    filed.append((name, language, place))
        filed.extend(late)
        with building():
            self._index_names(filed)

    def _index_names(self, filed: Sequence[tuple[str, str, Place]]) -> None:
        names = tokenize_names([name for name, *_ in filed])
        for (_, language, place), (tokens, first, last) in zip(filed, names, strict=True):
            words = [index for index in range(first, last) if tokens.kind[index] is not Kind.SIGN]
            if words:
                ids = [self._index.word(tokens.form(index), language) for index in words]
                self._index.add(ids, place)
                if place.kind in _NATIONAL:
                    self._nations.add(ids[0])

    def at(self, tokens: Tokens, index: int, *, local: bool = False) -> Place | None:
        """Return the place whose name begins at token `index`, the longest one, countries before cities; None where none does.

        A name begins with a capital; only an adjective may not («казахстанской литературы», `oʻzbek adabiyoti`), where `local` is asked for
        those of cities too («алматинская библиотека»).
        """
        if not self.levels[tokens.fold[index]]:
            return None
        best: Place | None = None
        most, rank = 0, 0  # of the best: its length and the rank of its kind
        folds, kinds, gaps, ids, count = tokens.fold, tokens.kind, tokens.gap, self._index.ids, len(tokens.fold)
        capital, sign = tokens.upper[index], Kind.SIGN
        pending: list[tuple[Trie[Place], int]] = [(self._index.root, index)]
        while pending:
            node, at = pending.pop()
            following = node.following
            if at >= count or not following or (at > index and gaps[at] is Gap.BREAK):
                continue
            if kinds[at] is sign:
                if at > index and folds[at] in "-–—.":
                    pending.append((node, at + 1))
                continue
            length = at + 1 - index
            for key in ids(folds[at]):
                child = following.get(key)
                if child is None:
                    continue
                for place in child.payloads:
                    if not capital and place.kind != "adjective" and not (local and place.kind == "local"):
                        continue
                    if (
                        length == 1
                        and place.kind != "city"  # Ош, Ўш
                        and tokens.end[index] - tokens.start[index] <= _ACRONYM
                        and not tokens.form(index).isupper()
                    ):
                        continue
                    if best is None or (length, _RANK[place.kind]) > (most, rank):
                        best, most, rank = place, length, _RANK[place.kind]
                if child.following:
                    pending.append((child, at + 1))
        return best if best is None or best.length == most else _place(best.code, best.kind, most, best.name)

    def all(self, tokens: Tokens) -> list[Place | None]:
        """Return for each token the place whose name begins there."""
        found: list[Place | None] = [None] * len(tokens)
        levels, word = self.levels, Kind.WORD
        for index in compress(range(len(found)), map(levels.__getitem__, tokens.fold)):
            if tokens.kind[index] is word and (tokens.upper[index] or levels[tokens.fold[index]] == 2):
                found[index] = self.at(tokens, index)
        return found

    def cased(self, folded: str) -> bool:
        """Return whether a word is a place only without its Uzbek case: `Yaponiyaga`."""
        return self._index.cased(folded)

    def _is_national(self, folded: str) -> bool:
        return not self._nations.isdisjoint(self._index.ids(folded))

    def _level(self, folded: str) -> int:
        """Return 1 where a place's name may begin with a folded word, 2 where an adjective may, 0 where none does."""
        following = self._index.root.following
        nodes = [following[key] for key in self._index.ids(folded) if key in following]
        if any(place.kind == "adjective" for node in nodes for place in node.payloads):
            return 2
        return min(len(nodes), 1)


@lru_cache(maxsize=1 << 12)
def _place(code: str, kind: str, length: int, name: str) -> Place:
    return Place(code, kind, length, name)


_NATIONAL = frozenset(("country", "adjective"))
_ACRONYM = 2  # a name this short (US, UK, РФ) is written in capitals
_STEMMED = "ск"  # Омск, Уральск: the adjective adds an ending alone
_CYRILLIC = re.compile("[а-яё]")
_HUSHED = {"г": "ж", "к": "ч", "х": "ш"}  # Рига, рижский
_KEPT = {"у": "ский", "е": "вский", "ы": "йский", "о": "йский"}  # Чарджоу, Турсунзаде, Мары, Токио
_RANK = {"country": 5, "adjective": 4, "city": 3, "region": 2, "local": 1, "other": 0}


def local_adjectives(name: str) -> list[str]:
    """Return the Russian adjectives that a place's name may make: Полтава gives полтавский, Хива хивский and хивинский, Омск омский, Мары марыйский, Рига
    рижский; [] for names of several words."""
    folded = name.lower()
    if not folded.replace("-", "").isalpha() or len(folded) < 2 or not _CYRILLIC.fullmatch(folded[-1]):
        return []
    if folded.endswith(_STEMMED):
        return [folded + "ий"]
    stem = folded.rstrip("аеёиоуыэюяьй")
    if len(stem) < 2:
        return []
    if stem == folded:
        return [stem + "ский"]
    made = [stem + "ский", stem + "инский"] if len(stem) > 2 else []
    if folded[-1] == "а" and stem[-1] in _HUSHED:
        made.append(stem[:-1] + _HUSHED[stem[-1]] + "ский")
    ending = _KEPT.get(folded[-1])
    return [*made, folded + ending] if ending else made


def rows(path: Path, *, required: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a CSV file. Raises DataError naming file and line where a column is missing or a row has the wrong width."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        missing = [column for column in required if column not in header]
        if missing:
            raise DataError(f"{path.name}: no column {', '.join(missing)}; the first line must name the columns")
        table = []
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                raise DataError(
                    f"{path.name}:{reader.line_num}: {len(row)} cells where the header has {len(header)}; quote cells with commas"
                )
            table.append(dict(zip(header, map(str.strip, row), strict=True)))
    return table


def split(cell: str | None) -> list[str]:
    """Return the parts of a cell that holds a list, `a|b`."""
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


@cache
def atlas() -> Atlas:
    """Return the countries and places that came with hamkor, loaded once."""
    return Atlas(gazetteers())
