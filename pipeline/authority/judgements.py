"""What people have decided about names: this name (or key) is that institution, or is not. It overrides every link, and survives re-runs.

A file of judgements is CSV with the columns verdict, name, key, who, when, note. `verdict` is "same" or "different"; `name` a name as articles write it, in
any script and case form, or the key of a record; `key` the gazetteer's key, or one that hamkor has made (`x-…`). Later files override earlier ones.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.authority.countries import rows
from pipeline.authority.namekeys import MADE, name_words
from pipeline.languages.lexicon import DataError

__all__ = ["COLUMNS", "NONE", "Judgements", "problems", "read_judgements"]

COLUMNS = ("verdict", "name", "key", "who", "when", "note")
_KEY = re.compile(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*")


@dataclass(frozen=True, slots=True)
class Judgements:
    """Judgements by what they are about. `same`: a key for each name (as its words, joined) or key; `different`: the keys that each is not."""

    same: Mapping[str, str]
    different: Mapping[str, frozenset[str]]

    def __bool__(self) -> bool:
        return bool(self.same or self.different)

    def resolve(self, key: str) -> str:
        """Return the key that stands for this one, following judgements on keys."""
        seen = {key}
        while (other := self.same.get(key)) is not None and other not in seen:
            seen.add(other)
            key = other
        return key

    def parts(self, key: str, other: str) -> bool:
        """Return whether a person has said that two keys are different institutions."""
        return other in self.different.get(key, ()) or key in self.different.get(other, ())


NONE = Judgements({}, {})
"""No judgements at all."""


def read_judgements(*files: Path) -> Judgements:
    """Return the judgements of some files, later ones first. Raises DataError naming file and line where one is wrong, OSError where it cannot be read."""
    same: dict[str, str] = {}
    different: dict[str, set[str]] = {}
    for file in files:
        for number, row in _rows(file):
            fault = _fault(row)
            if fault is not None:
                raise DataError(f"{file.name}, line {number}: {fault}")
            for about in _about(row["name"]):
                if row["verdict"] == "same":
                    same[about] = row["key"]
                    different.get(about, set()).discard(row["key"])
                else:
                    different.setdefault(about, set()).add(row["key"])
                    if same.get(about) == row["key"]:
                        del same[about]
    return Judgements(same, {about: frozenset(keys) for about, keys in different.items() if keys})


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows with a verdict, and their lines: what `hamkor review-list` lists has none until somebody judges."""
    try:
        return [(line, row) for line, row in enumerate(rows(file, required=COLUMNS[:3]), start=2) if row["verdict"]]
    except UnicodeDecodeError as error:
        raise DataError(f"{file.name}: not UTF-8; save it as UTF-8") from error


def _about(name: str) -> Iterable[str]:
    """Return what a judgement is filed under: a key as it is, a name as its words in each language that it may be in."""
    if name.startswith(MADE) or (name.isascii() and "-" in name and name == name.lower() and " " not in name):
        return (name,)
    return dict.fromkeys("-".join(name_words(name, language)) for language in ("uz", "ru", "en"))


def _fault(row: Mapping[str, str]) -> str | None:
    if row["verdict"] not in ("same", "different"):
        return f"the verdict is {row['verdict']!r}; write same or different"
    if not row["name"]:
        return "no name; write the name as articles have it, or a key"
    if not any(char.isalnum() for char in row["name"]):
        return f"the name {row['name']!r} has no letter; write the name as articles have it, or a key"
    if not _KEY.fullmatch(row["key"]):
        return f"{row['key']!r} is no key; write a key of the gazetteer, or one of a record (x-…)"
    if row["name"] == row["key"]:
        return "name and key are the same; take the row out"
    return None


def problems(file: Path, keys: Container[str]) -> Iterator[str]:
    """Yield what is wrong with a file of judgements, a line each: bad rows, keys that the gazetteer lacks, rows that contradict each other."""
    try:
        table = _rows(file)
    except (DataError, FileNotFoundError) as error:
        yield str(error) if isinstance(error, DataError) else f"{file.name}: {error}"
        return
    verdicts: dict[tuple[str, str], str] = {}
    same: dict[str, str] = {}
    for number, row in table:
        where = f"{file.name}, line {number}"
        fault = _fault(row)
        if fault is not None:
            yield f"{where}: {fault}"
            continue
        if not row["key"].startswith(MADE) and row["key"] not in keys:
            yield f"{where}: {row['key']} is no key of the gazetteer; add the institution, or mend the key"
        if not row.get("who"):
            yield f"{where}: nobody has judged this; say who"
        if not _is_day(row.get("when", "")):
            yield f"{where}: {row.get('when', '')!r} is no day; write 2026-01-31"
        for about in _about(row["name"]):
            other = verdicts.setdefault((about, row["key"]), row["verdict"])
            if other != row["verdict"]:
                yield f"{where}: {row['name']} is the same as {row['key']} and different from it; keep one of the rows"
                break
            if row["verdict"] == "same" and same.setdefault(about, row["key"]) != row["key"]:
                yield f"{where}: {row['name']} is {same[about]} too; keep one of the rows"
                break
    judged = Judgements(same, {})
    for key in same:
        if judged.resolve(judged.resolve(key)) != judged.resolve(key):
            yield f"{file.name}: {key}: the judgements on it go round in a circle; take one out"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
