"""What a register adds to the gazetteer: the institutions that are not in it yet, as rows of a file of one's own."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.authority.countries import atlas
from pipeline.authority.gazetteer import Gazetteer, gazetteer
from pipeline.authority.registers import COLUMNS, Entry, read_register
from pipeline.text.tokens import tokenize

__all__ = ["Growth", "grow"]


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows to write, a line for each institution that is known already, and how many were of other countries or kinds."""

    rows: list[dict[str, str]]
    known: list[str]
    others: int

    def write(self, path: Path) -> None:
        """Write the rows as a gazetteer; the file appears when it is whole. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)
        os.replace(part, path)


def grow(
    path: Path,
    register: str,
    *,
    columns: Mapping[str, str] | None = None,
    countries: Sequence[str] = (),
    kinds: Sequence[str] = (),
    authorities: Gazetteer | None = None,
) -> Growth:
    """Return what a file of a register (ror, wikidata, csv) adds: by identifier, or by a sure name and the country, it must not be known.

    Raises DataError where the file is something else, OSError where it cannot be read.
    """
    known_already = authorities or gazetteer()
    by_identifier = {
        (name, value): key
        for key, authority in known_already.authorities.items()
        for name, value in authority.identifiers.items()
    }
    rows: list[dict[str, str]] = []
    known: list[str] = []
    others = 0
    for entry in read_register(path, register, columns=columns):
        if (countries and entry.country not in countries) or (kinds and entry.kind not in kinds):
            others += 1
            continue
        same = next((by_identifier[pair] for pair in entry.identifiers.items() if pair in by_identifier), None)
        same = same or _by_name(entry, known_already)
        if same is not None:
            known.append(f"{next(iter(entry.names.values()))} is {same}")
            continue
        while entry.key in known_already.authorities:
            entry.key += "-new"
        rows.append(entry.row())
    return Growth(rows, known, others)


def _by_name(entry: Entry, authorities: Gazetteer) -> str | None:
    """Return the key of the one institution of the same country that has the entry's main name in some language."""
    for name in entry.names.values():
        tokens = tokenize(name, running=False)
        for hit in authorities.find(tokens, atlas().all(tokens)):
            if (hit.first, hit.last) == (0, len(tokens)) and hit.how == "name":
                same = [key for key in hit.keys if (authorities.authorities[key].country or "") == entry.country]
                if len(same) == 1:
                    return same[0]
    return None
