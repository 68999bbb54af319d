"""Wikidata QuickStatements (version 1), of reviewed facts only (https://www.wikidata.org/wiki/Help:QuickStatements).

An institution with a Wikidata item gets its names as aliases, kind (P31) and country (P17); one without is created. Two institutions with items that have a reviewed
agreement get «partnership with» (P2652), with its years. Every statement names its article where that has an address (P854), and says in its comment where the words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from pipeline.exporting.dataset import Dataset, Described
from pipeline.exporting.output import whole_text
from pipeline.exporting.reviewed import Reviewed
from pipeline.exporting.vocabularies import country_item, kind_in
from pipeline.publishing.agreements import Agreed
from pipeline.publishing.facts import Facts

__all__ = ["write"]

_ITEM = re.compile(r"Q[1-9]\d*")
_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_LANGUAGES = {"en": "en", "ru": "ru", "uz-Latn": "uz", "uz-Cyrl": "uz-cyrl"}  # as Wikidata calls them
_LABEL = 250  # the longest label of Wikidata


def write(dataset: Dataset, output: Path, *, reviewed: Reviewed) -> None:
    """Write the statements into a file, one a line. Raises ExportError."""
    places: dict[str, tuple[str, str]] = {}
    sources: dict[str, tuple[str, ...]] = {}
    for facts in dataset.articles():
        sources[facts.document] = facts.sources
        for key, place in _places(facts):
            if key in reviewed.institutions:
                places.setdefault(key, place)
    institutions = {one.key: one for one in dataset.institutions()}
    with whole_text(output) as out:
        for key, place in sorted(places.items()):
            out.writelines(line + "\n" for line in _institution(institutions[key], *place))
        for agreement in dataset.agreements():
            if agreement.id in reviewed.agreements:
                out.writelines(line + "\n" for line in _agreement(agreement, institutions, sources))


def _places(facts: Facts) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield for each mention whom it names, the reference to its article, and the comment that says where it stands."""
    words = {row["number"]: row for row in facts.rows["evidences"]}
    keys = {row["id"]: str(row["institution"]) for row in facts.rows["appearances"]}
    for row in facts.rows["mentions"]:
        quoted = words[row["evidence"]]
        comment = _comment(
            facts.sources[0], int(quoted["start_offset"] or 0), int(quoted["end_offset"] or 0), str(quoted["text"])
        )
        yield keys[row["appearance"]], (_reference(facts.sources), comment)


def _institution(one: Described, reference: str, comment: str) -> Iterator[str]:
    item = _item(one)
    subject, names = item or "LAST", "A" if item else "L"
    if item is None:
        yield "CREATE"
    for language, name in one.names.items():
        yield f'{subject}\t{names}{_LANGUAGES[language]}\t"{_string(name)[:_LABEL]}"{comment}'
    for prop, value in (("P31", kind_in("wikidata", str(one.row["kind"]))), ("P17", country_item(_code(one)))):
        if value is not None:
            yield f"{subject}\t{prop}\t{value}{reference}{comment}"


def _agreement(one: Agreed, institutions: dict[str, Described], sources: dict[str, tuple[str, ...]]) -> Iterator[str]:
    parties = [institutions.get(str(party["institution"])) for party in one.parties]
    items = [item for party in parties if party is not None and (item := _item(party)) is not None]
    begin, slash, end = str(one.row["valid"] or "").partition("/")
    starts = _time(begin or str(one.row["signed"] or ""))
    ends = _time(end) if slash else None
    qualifiers = "".join(
        f"\t{name}\t{value}" for name, value in (("P580", starts), ("P582", ends)) if value is not None
    )
    telling = next((telling for telling in one.tellings if telling.document in sources), None)
    if telling is None:
        return
    found = sources[telling.document]
    tail = f"{qualifiers}{_reference(found)}{_comment(found[0], telling.start, telling.end, telling.text)}"
    for item, other in permutations(items, 2):
        yield f"{item}\tP2652\t{other}{tail}"


def _item(one: Described) -> str | None:
    item = one.identifiers.get("wikidata", "")
    return item if _ITEM.fullmatch(item) else None


def _code(one: Described) -> str | None:
    return str(one.row["country"]) if one.row["country"] else None


def _time(edtf: str) -> str | None:
    """Return a plain year, month or day as Wikidata writes it, with its precision; None of anything else."""
    match = _DAY.fullmatch(edtf)
    if match is None:
        return None
    year, month, day = match.groups()
    return f"+{year}-{month or '00'}-{day or '00'}T00:00:00Z/{11 if day else 10 if month else 9}"


def _reference(sources: tuple[str, ...]) -> str:
    address = next((source for source in sources if source.startswith(("http://", "https://"))), None)
    return f'\tS854\t"{_string(address)}"' if address else ""


def _comment(source: str, start: int, end: int, text: str) -> str:
    return f"\t/* {_string(source)} {start}-{end}: {_string(text)} */"


def _string(text: str) -> str:
    """Return a text that ends neither its statement nor its comment: one line, without the signs that part columns, statements, strings and comments."""
    return " ".join(text.split()).replace('"', "”").replace("|", "¦").replace("/*", "/ *").replace("*/", "* /")
