"""Institutions out of other registers, as rows of a gazetteer: a dump of ROR, a result table of Wikidata, a plain CSV file.

ROR (https://ror.readme.io/docs/data-dump, schema 2 and 1): the JSON file of the dump, or the ZIP that holds it.
Wikidata: what the query service gives as JSON or CSV for a query with the variables of `WIKIDATA`; several rows of one item are one institution.
CSV: columns of the gazetteer, or others named by `columns`.

Nothing is guessed: a name without a language is filed where its script allows, an identifier is taken only as the register has it.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.authority.identifiers import IDENTIFIERS
from pipeline.languages.lexicon import DataError
from pipeline.text.transliteration import to_latin

__all__ = ["COLUMNS", "WIKIDATA", "Entry", "read_csv", "read_register", "read_ror", "read_wikidata"]

COLUMNS = (
    "key",
    "kind",
    "country",
    "role",
    "en",
    "ru",
    "uz",
    "en_aliases",
    "ru_aliases",
    "uz_aliases",
    "acronyms",
    "context",
    "earlier",
    "parent",
    "uz_cyrl",
    *IDENTIFIERS,
)
WIKIDATA = """SELECT ?item ?kind ?country ?en ?ru ?uz ?en_alias ?ru_alias ?uz_alias ?isil ?viaf ?isni ?ror WHERE {
  VALUES ?class { wd:Q7075 wd:Q33506 wd:Q166118 }   # library, museum, archive
  ?item wdt:P31/wdt:P279* ?class; wdt:P17 ?state.
  ?state wdt:P297 ?country.
  FILTER(?country = "UZ")
  BIND(STRAFTER(STR(?class), "entity/") AS ?kind)
  OPTIONAL { ?item rdfs:label ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?item rdfs:label ?ru FILTER(LANG(?ru) = "ru") }
  OPTIONAL { ?item rdfs:label ?uz FILTER(LANG(?uz) = "uz") }
  OPTIONAL { ?item skos:altLabel ?en_alias FILTER(LANG(?en_alias) = "en") }
  OPTIONAL { ?item skos:altLabel ?ru_alias FILTER(LANG(?ru_alias) = "ru") }
  OPTIONAL { ?item skos:altLabel ?uz_alias FILTER(LANG(?uz_alias) = "uz") }
  OPTIONAL { ?item wdt:P791 ?isil } OPTIONAL { ?item wdt:P214 ?viaf }
  OPTIONAL { ?item wdt:P213 ?isni } OPTIONAL { ?item wdt:P6782 ?ror }
}"""
"""The query whose result `read_wikidata` reads; change its classes and its country."""

_DATA = tomllib.loads((Path(__file__).parent / "registers.toml").read_text(encoding="utf-8"))
_LANGUAGES = ("en", "ru", "uz")
_LIST = ("en_aliases", "ru_aliases", "uz_aliases", "acronyms", "context", "earlier")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_UZBEK = re.compile(r"[ЎўҚқҒғҲҳ]")


@dataclass(slots=True)
class Entry:
    """One institution of a register. `names`: the main one of each language (en, ru, uz in Latin script); `aliases` the others; `identifiers` by IDENTIFIERS."""

    kind: str
    country: str
    names: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    acronyms: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)  # further columns of the gazetteer: role, parent, …
    key: str = ""

    def add_name(self, name: str, language: str) -> None:
        """File a name: the first of a language is the main one. Uzbek in Cyrillic is transliterated; another language counts as none."""
        name = " ".join(name.replace("|", "/").split())
        if not name:
            return
        if language not in _LANGUAGES:
            language = "uz" if _UZBEK.search(name) else "ru" if _CYRILLIC.search(name) else "en"
        if language == "uz" and _CYRILLIC.search(name):
            name = to_latin(name)
        if self.names.setdefault(language, name) != name and name not in self.aliases.setdefault(language, []):
            self.aliases[language].append(name)

    def row(self) -> dict[str, str]:
        """Return the entry as a row with the columns of a gazetteer."""
        row = dict.fromkeys(COLUMNS, "") | self.cells | self.identifiers
        row |= {"key": self.key, "kind": self.kind, "country": self.country, "acronyms": "|".join(self.acronyms)}
        row["earlier"] = "|".join(self.earlier)
        for language in _LANGUAGES:
            row[language] = self.names.get(language, "")
            row[f"{language}_aliases"] = "|".join(self.aliases.get(language, ()))
        return row


def read_register(path: Path, register: str, *, columns: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """Yield the entries of a file of `register` (ror, wikidata, csv), with keys that are unique among them.

    `columns` says for a CSV file which of its columns stands for which of a gazetteer's. Raises DataError where the file is something else,
    OSError where it cannot be read.
    """
    readers: dict[str, Callable[[Path], Iterator[Entry]]] = {
        "ror": read_ror,
        "wikidata": read_wikidata,
        "csv": partial(read_csv, columns=columns or {}),
    }
    if register not in readers:
        raise DataError(f"{register}: no register that hamkor knows; there are {', '.join(readers)}")
    used: set[str] = set()
    for entry in readers[register](path):
        entry.key = entry.key or _key(entry)
        stem, number = entry.key, 2
        while entry.key in used:
            entry.key, number = f"{stem}-{number}", number + 1
        used.add(entry.key)
        yield entry


def _key(entry: Entry) -> str:
    """Make a key of the English name (else any), small Latin letters and hyphens, and the country."""
    name = next((entry.names[language] for language in _LANGUAGES if entry.names.get(language)), "")
    latin = unicodedata.normalize("NFKD", to_latin(name)).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", latin.replace("'", "")) if word not in ("of", "the", "and")]
    return "-".join([*words, entry.country.lower()] if entry.country else words) or "institution"


def read_ror(path: Path) -> Iterator[Entry]:
    """Yield the active organisations of a ROR dump."""
    data = _json(path)
    if not isinstance(data, list):
        raise DataError(f"{path.name}: no dump of ROR; it is a JSON list of organisations")
    for number, record in enumerate(data, start=1):
        try:
            entry = _ror_entry(record)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise DataError(f"{path.name}: organisation {number} is not as ROR writes it ({error!r})") from error
        if entry is not None:
            yield entry


def _ror_entry(record: dict[str, Any]) -> Entry | None:
    if record.get("status", "active") != "active":
        return None
    kinds = _DATA["ror"]
    kind = next((kinds[type_.lower()] for type_ in record.get("types") or () if type_.lower() in kinds), "other")
    identifiers = {"ror": record["id"].rsplit("/", 1)[-1]}
    if "name" in record:  # schema 1
        entry = Entry(kind, record["country"]["country_code"], identifiers=identifiers)
        entry.add_name(record["name"], "en")
        for label in record.get("labels") or ():
            entry.add_name(label["label"], label["iso639"])
        for alias in record.get("aliases") or ():
            entry.add_name(alias, "")
        entry.acronyms = list(record.get("acronyms") or ())
        external = {name.lower(): ids for name, ids in (record.get("external_ids") or {}).items()}
        for name in ("wikidata", "isni"):
            ids = external.get(name)
            if ids:
                identifiers[name] = _identifier(name, ids.get("preferred") or ids["all"][0])
        return _kind_by_name(entry)
    entry = Entry(kind, record["locations"][0]["geonames_details"]["country_code"], identifiers=identifiers)
    names = sorted(record["names"], key=lambda name: "ror_display" not in name["types"])
    for name in names:
        if "acronym" in name["types"]:
            entry.acronyms.append(name["value"])
        else:
            entry.add_name(name["value"], name.get("lang") or "")
    for ids in record.get("external_ids") or ():
        if ids["type"] in ("wikidata", "isni"):
            identifiers[ids["type"]] = _identifier(ids["type"], ids.get("preferred") or ids["all"][0])
    return _kind_by_name(entry)


def _kind_by_name(entry: Entry) -> Entry:
    """ROR calls a library a facility: the head noun of the name says more."""
    for word in re.findall(r"\w+", " ".join(entry.names.values()).lower()):
        if word in _DATA["heads"]:
            entry.kind = _DATA["heads"][word]
            break
    return entry


def _identifier(name: str, value: str) -> str:
    """Return an identifier without its address and its spaces."""
    value = value.rsplit("/", 1)[-1]
    return value.replace(" ", "") if name == "isni" else value.strip()


def read_wikidata(path: Path) -> Iterator[Entry]:
    """Yield the items of a result of the Wikidata query service, JSON or CSV, with the variables of `WIKIDATA`."""
    items: dict[str, Entry] = {}
    for number, row in enumerate(_wikidata_rows(path), start=1):
        item = row.get("item", "").rsplit("/", 1)[-1]
        if not re.fullmatch(r"Q\d+", item):
            raise DataError(f"{path.name}: row {number} has no item (Q…); the query must give ?item")
        kind = row.get("kind", "")
        kind = _DATA["wikidata"].get(kind.rsplit("/", 1)[-1], kind)
        entry = items.setdefault(item, Entry(kind or "other", row.get("country", ""), identifiers={"wikidata": item}))
        for language in _LANGUAGES:
            entry.add_name(row.get(language, ""), language)
        for language in _LANGUAGES:
            entry.add_name(row.get(f"{language}_alias", ""), language)
        for name in IDENTIFIERS[1:]:
            if row.get(name):
                entry.identifiers.setdefault(name, _identifier(name, row[name]))
    yield from items.values()


def _wikidata_rows(path: Path) -> Iterable[dict[str, str]]:
    if path.suffix.lower() != ".json":
        return _csv_rows(path)
    data = _json(path)
    if isinstance(data, list):  # the service's «simple» JSON
        return [{name: str(value) for name, value in row.items()} for row in data]
    try:
        bindings = data["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in bindings]
    except (KeyError, TypeError) as error:
        raise DataError(f"{path.name}: no result of the Wikidata query service") from error


def read_csv(path: Path, *, columns: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the rows of a CSV file; `columns` maps the name of a gazetteer's column to the file's own. Needs a name in some language."""
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown:
        raise DataError(f"{unknown[0]}: no column of a gazetteer; there are {', '.join(COLUMNS)}")
    for number, cells in enumerate(_csv_rows(path), start=2):
        missing = [name for name in columns.values() if name not in cells]
        if missing:
            raise DataError(f"{path.name}: no column {missing[0]!r}; it has {', '.join(cells)}")
        row = {name: cells.get(columns.get(name, name), "").strip() for name in COLUMNS}
        entry = Entry(row["kind"] or "other", row["country"].upper(), key=row["key"])
        for language in _LANGUAGES:
            entry.add_name(row[language], language)
        if not entry.names:
            raise DataError(f"{path.name}, line {number}: no name; give columns en, ru or uz, or say which they are")
        for language in _LANGUAGES:
            for alias in filter(None, row[f"{language}_aliases"].split("|")):
                entry.add_name(alias, language)
        entry.acronyms = list(filter(None, row["acronyms"].split("|")))
        entry.earlier = list(filter(None, row["earlier"].split("|")))
        entry.identifiers = {name: _identifier(name, row[name]) for name in IDENTIFIERS if row[name]}
        entry.cells = {name: row[name] for name in ("role", "context", "parent", "uz_cyrl") if row[name]}
        yield entry if row["kind"] else _kind_by_name(entry)


def _csv_rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sample = file.read(4096)
            file.seek(0)
            delimiter = max(",;\t", key=sample.partition("\n")[0].count)
            for row in csv.DictReader(file, delimiter=delimiter, restval=""):
                if None in row:
                    raise DataError(
                        f"{path.name}: a row has more cells than the first line; quote cells with {delimiter!r}"
                    )
                yield {name: value or "" for name, value in row.items()}
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name}: not UTF-8; save it as UTF-8") from error


def _json(path: Path) -> Any:
    """Return the data of a JSON file, or of the largest one in a ZIP file."""
    try:
        if not zipfile.is_zipfile(path):
            return json.loads(path.read_text(encoding="utf-8"))
        with zipfile.ZipFile(path) as archive:
            files = [info for info in archive.infolist() if info.filename.endswith(".json")]
            # a dump of ROR holds both schemas: the newer one has v2 in its name
            files.sort(key=lambda info: ("v2" in info.filename, info.file_size))
            if not files:
                raise DataError(f"{path.name}: no JSON file in it")
            return json.loads(archive.read(files[-1]))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: no JSON: {error}") from error
