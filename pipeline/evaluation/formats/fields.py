"""Fields in one line of free text (`id=nl-uz name.en="National Library"`): what a note, a remark or a last column says of a span.

A value is bare where it has no white space, `|` or quotation mark, else in double quotes as JSON writes them. Fields are parted by blanks or `|`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from pipeline.evaluation.gold import Gold, GoldEntity
from pipeline.evaluation.gold_writer import quoted

__all__ = ["entity_fields", "institution_of", "merge", "read_fields", "unmentioned", "write_fields"]

_BARE = re.compile(r'[^\s"|=]+')
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_FIELD = re.compile(rf'(?<![^\s|])(?P<name>{_QUOTED}|[^\s"|=]+)=(?P<value>{_QUOTED}|[^\s"|]*)(?=$|[\s|])')


def write_fields(fields: Iterable[tuple[str, str | None]]) -> str:
    """Return the line of the fields that have a value."""
    return " ".join(
        f"{quoted(name, plain=_BARE)}={quoted(value, plain=_BARE)}" for name, value in fields if value is not None
    )


def read_fields(line: str) -> list[tuple[str, str]]:
    """Return the fields of a line; a name may come more than once. Raises ValueError where the line is something else."""
    fields: list[tuple[str, str]] = []
    at = 0
    for field in _FIELD.finditer(line):
        _only_gap(line[at : field.start()])
        at = field.end()
        try:
            name, value = (json.loads(part) if part.startswith('"') else part for part in field.group("name", "value"))
        except json.JSONDecodeError as error:
            raise ValueError(f"{field.group()!r}: {error.msg}") from error
        fields.append((name, value))
    _only_gap(line[at:])
    return fields


def _only_gap(piece: str) -> None:
    if piece.replace("|", " ").strip():
        raise ValueError(f"{piece.strip()[:30]!r} is not name=value (a value with blanks stands in double quotes)")


def entity_fields(entity: GoldEntity) -> list[tuple[str, str | None]]:
    """Return what is to be said of an institution, once in a file."""
    return [
        ("kind", entity.kind),
        ("country", entity.country),
        *((f"name.{key}", name) for key, name in entity.names.items()),
    ]


def institution_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the entry of an institution that the fields of `entity_fields` say; empty where they say nothing."""
    entry = {name: fields[name] for name in ("kind", "country") if name in fields}
    return entry | {name.removeprefix("name."): value for name, value in fields.items() if name.startswith("name.")}


def unmentioned(gold: Gold) -> dict[str, GoldEntity]:
    """Return the institutions that are listed but stand nowhere in the text."""
    mentioned = {mention.entity for mention in gold.institutions}
    return {slug: entity for slug, entity in gold.entities.items() if slug not in mentioned}


def merge(institutions: dict[str, dict[str, str]], slug: str, entry: Mapping[str, str]) -> str | None:
    """Add what is said of an institution to what was said of it before; return the name of a field that is contradicted, or None."""
    known = institutions.setdefault(slug, {})
    known.update({name: value for name, value in entry.items() if name not in known})
    return next((name for name, value in entry.items() if known[name] != value), None)
