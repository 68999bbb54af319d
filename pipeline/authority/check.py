"""What is wrong with a folder of gazetteers: for whoever edits one, before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pipeline.authority.countries import rows, split
from pipeline.authority.identifiers import IDENTIFIERS, wrong_with
from pipeline.authority.judgements import problems as judgement_problems
from pipeline.languages.lexicon import DataError
from pipeline.records.model import InstitutionKind
from pipeline.text.tokens import tokenize

__all__ = ["problems"]

Row = dict[str, str]

_LANGUAGES = ("en", "ru", "uz")
_KINDS = frozenset(get_args(InstitutionKind))
_PLACES = frozenset({"city", "region", "other"})
_CODE = re.compile(r"[A-Z]{2}")
_SLOT = re.compile(r"\{(?:country|seat)\}")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the gazetteers in `folder` (countries.csv, places.csv, institutions/*.csv, patterns.csv, judgements.csv), a line each; [] where all is well.

    Says the file, the row by its key or name, and what to mend. A file that cannot be read is a line too; raises nothing but OSError.
    """
    found: list[str] = []
    countries = _read(folder / "countries.csv", ("code", *_LANGUAGES), found)
    places = _read(folder / "places.csv", ("country", "kind", "name_en"), found)
    codes = {row["code"] for row in countries}
    found.extend(_of_countries(countries))
    found.extend(_of_places(places, codes))
    institutions = [
        (path.name, row)
        for path in sorted((folder / "institutions").glob("*.csv"))
        for row in _read(path, ("key", "kind", "country", *_LANGUAGES), found)
    ]
    if not institutions:
        found.append("institutions: no rows; there must be a file institutions/*.csv with some")
    found.extend(_of_institutions(institutions, codes))
    if (folder / "patterns.csv").exists():
        found.extend(_of_patterns(_read(folder / "patterns.csv", ("key", "kind", "role", *_LANGUAGES), found)))
    if (folder / "judgements.csv").exists():
        found.extend(judgement_problems(folder / "judgements.csv", {row["key"] for _, row in institutions}))
    return found


def _read(path: Path, required: tuple[str, ...], found: list[str]) -> list[Row]:
    try:
        return rows(path, required=required)
    except (DataError, FileNotFoundError, UnicodeDecodeError) as error:
        found.append(str(error) if isinstance(error, DataError) else f"{path.name}: {error}")
        return []


def _of_countries(countries: list[Row]) -> Iterator[str]:
    codes: set[str] = set()
    names: dict[tuple[str, str], str] = {}
    for row in countries:
        code, where = row["code"], f"countries.csv: {row['code'] or row['en']}"
        if not _CODE.fullmatch(code):
            yield f"{where}: the code must be two capital letters (ISO 3166-1)"
        if code in codes:
            yield f"{where}: the code stands twice; merge the two rows"
        codes.add(code)
        for language in _LANGUAGES:
            yield from _named(row[language], language, code, where, names)


def _of_places(places: list[Row], codes: set[str]) -> Iterator[str]:
    seen: set[tuple[str, ...]] = set()
    for row in places:
        where = f"places.csv: {row['name_en'] or row.get('name_ru', '')}"
        if row["country"] not in codes:
            yield f"{where}: unknown country {row['country']!r}; add it to countries.csv or mend the code"
        if row["kind"] and row["kind"] not in _PLACES:
            yield f"{where}: unknown kind {row['kind']!r}; known: {' '.join(sorted(_PLACES))}"
        for language in _LANGUAGES:
            if not row.get(f"name_{language}"):
                yield f"{where}: no name in {language!r}"
        key = (_key_of(row["name_en"]), row["country"], row["kind"])
        if key in seen:
            yield f"{where}: stands twice; merge the two rows"
        seen.add(key)


def _of_institutions(institutions: list[tuple[str, Row]], codes: set[str]) -> Iterator[str]:
    files: dict[str, str] = {}
    roles: dict[tuple[str, str], str] = {}
    names: dict[tuple[str, str], str] = {}
    identified: dict[tuple[str, str], str] = {}
    keys = {row["key"] for _, row in institutions}
    for file, row in institutions:
        key, country, role, parent = row["key"], row["country"], row.get("role", ""), row.get("parent", "")
        where = f"{file}: {key or row['en']}"
        if not _KEY.fullmatch(key):
            yield f"{where}: a key is small Latin letters, digits and single hyphens"
        if key in files:
            yield f"{where}: the key stands in {files[key]} too; merge the two rows"
            continue
        files[key] = file
        if row["kind"] not in _KINDS:
            yield f"{where}: unknown kind {row['kind']!r}; known: {' '.join(sorted(_KINDS))}"
        if country and country not in codes:
            yield f"{where}: unknown country {country!r}; add it to countries.csv or mend the code"
        if role and not country:
            yield f"{where}: a role ({role}) without a country; give the country or take out the role"
        elif role and roles.setdefault((role, country), key) != key:
            yield f"{where}: {roles[role, country]} is the {role} of {country} too; only one can be"
        if parent and (parent not in keys or parent == key):
            yield f"{where}: the parent {parent!r} is no other key; add it or mend the name"
        for name in IDENTIFIERS:
            if row.get(name):
                fault = wrong_with(name, row[name])
                if fault is not None:
                    yield f"{where}: {row[name]!r} is no {name}: {fault}"
                if identified.setdefault((name, row[name]), key) != key:
                    yield f"{where}: {identified[name, row[name]]} has the {name} {row[name]} too; one of them is wrong"
        for language in _LANGUAGES:
            yield from _named(row[language], language, key, where, names)


def _of_patterns(patterns: list[Row]) -> Iterator[str]:
    keys: set[str] = set()
    for row in patterns:
        where = f"patterns.csv: {row['key']}"
        if row["key"] in keys:
            yield f"{where}: the key stands twice; merge the two rows"
        keys.add(row["key"])
        if not _KEY.fullmatch(_SLOT.sub("xx", row["key"])) or not _SLOT.search(row["key"]):
            yield f"{where}: a key is small Latin letters, digits and single hyphens, with {{country}} or {{seat}} in it"
        if row["kind"] not in _KINDS:
            yield f"{where}: unknown kind {row['kind']!r}; known: {' '.join(sorted(_KINDS))}"
        slots = set(_SLOT.findall(row["key"]))
        for language in _LANGUAGES:
            names = (row[language], *split(row.get(f"{language}_aliases")))
            if not row[language]:
                yield f"{where}: no name in {language!r}"
            for name in names:
                if name and set(_SLOT.findall(name)) != slots:
                    yield f"{where}: {name!r} must have the slots of the key: {' '.join(sorted(slots))}"


def _named(name: str, language: str, key: str, where: str, names: dict[tuple[str, str], str]) -> Iterator[str]:
    """Say where a full name is missing, or where another key has it."""
    if not name:
        yield f"{where}: no name in {language!r}; a plain translation will do"
        return
    other = names.setdefault((language, _key_of(name)), key)
    if other != key:
        yield f"{where}: {other} is called {name!r} too; tell the two apart, or merge the rows"


def _key_of(name: str) -> str:
    """Return a name as it is compared: folded, without signs."""
    tokens = tokenize(name)
    return " ".join(word for word in tokens.fold if word.isalnum() or "'" in word)
