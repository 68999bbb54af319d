"""MARC 21 authority records of institutions: ISO 2709, or MARC-in-JSON (https://www.loc.gov/marc/authority/).

The heading (110) is the institution's name, 4XX are its names in other languages, each 670 one article: where it names the institution, with which words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.exporting.dataset import Dataset, Described
from pipeline.exporting.output import whole_file, whole_text
from pipeline.exporting.vocabularies import kind_in
from pipeline.publishing.facts import Facts

__all__ = ["write", "write_json"]

_FIELD, _RECORD, _SUBFIELD = "\x1e", "\x1d", "\x1f"
_SOURCES = 40  # articles in one record
_MOST = 90_000  # bytes of them: a record has at most 99,999
_LONGEST = 300  # characters of a title or a quotation

_Subfields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Marc:
    """One record: control fields (tag, value) and data fields (tag, two indicators, subfields). status: n new, c changed."""

    status: str
    control: list[tuple[str, str]]
    data: list[tuple[str, str, _Subfields]]

    def leader(self, length: int = 0, base: int = 0) -> str:
        """Return the leader of an authority record in UTF-8, complete."""
        return f"{length:05d}{self.status}z  a22{base:05d}n  4500"

    def to_bytes(self) -> bytes:
        """Return the record in ISO 2709: leader, directory, fields."""
        bodies = [(tag, value) for tag, value in self.control]
        for tag, indicators, subfields in self.data:
            bodies.append((tag, indicators + "".join(f"{_SUBFIELD}{code}{value}" for code, value in subfields)))
        directory, body = "", b""
        for tag, value in bodies:
            field = (value + _FIELD).encode("utf-8")
            directory += f"{tag}{len(field):04d}{len(body):05d}"
            body += field
        base = 24 + len(directory) + 1
        length = base + len(body) + 1
        return (self.leader(length, base) + directory + _FIELD).encode("ascii") + body + _RECORD.encode("ascii")

    def to_json(self) -> str:
        """Return the record as MARC-in-JSON, one line."""
        fields: list[dict[str, object]] = [{tag: value} for tag, value in self.control]
        for tag, indicators, subfields in self.data:
            pairs = [{code: value} for code, value in subfields]
            fields.append({tag: {"ind1": indicators[0], "ind2": indicators[1], "subfields": pairs}})
        return json.dumps({"leader": self.leader(), "fields": fields}, ensure_ascii=False)


def write(dataset: Dataset, output: Path) -> None:
    """Write the records into a file of ISO 2709. Raises ExportError."""
    with whole_file(output) as out:
        for record in _records(dataset):
            out.write(record.to_bytes())


def write_json(dataset: Dataset, output: Path) -> None:
    """Write the records into a file that holds a JSON array, a record a line. Raises ExportError."""
    with whole_text(output) as out:
        separator = "[\n"
        for record in _records(dataset):
            out.write(separator + record.to_json())
            separator = ",\n"
        out.write("\n]\n" if separator != "[\n" else "[]\n")


def _records(dataset: Dataset) -> Iterator[_Marc]:
    sources: dict[str, list[_Subfields]] = defaultdict(list)
    for facts in dataset.articles():
        for key, found in _found_in(facts):
            if len(sources[key]) < _SOURCES:
                sources[key].append(found)
    began = {run.number: _time(run.started) for run in dataset.runs}
    for one in dataset.institutions():
        when = began[int(one.row["run"] or 0)]
        yield _record(one, sources[one.key], when, "c" if one.key in dataset.named_before else "n")


def _found_in(facts: Facts) -> Iterator[tuple[str, _Subfields]]:
    """Yield for each institution of an article its 670: the article, the first words that name the institution."""
    words = {row["number"]: row for row in facts.rows["evidences"]}
    keys = {row["id"]: str(row["institution"]) for row in facts.rows["appearances"]}
    seen: set[str] = set()
    extraction = facts.extraction
    for row in facts.rows["mentions"]:
        key = keys[row["appearance"]]
        if key in seen:
            continue
        seen.add(key)
        quoted = words[row["evidence"]]
        title = ", ".join(str(part) for part in (extraction["title"] or extraction["id"], extraction["date"]) if part)
        place = f"(characters {quoted['start_offset']}-{quoted['end_offset']}: {_line(str(quoted['text']))}; rule {quoted['rule']}, run {facts.run})"
        source = facts.sources[0]
        address = [("u", _line(source))] if source.startswith(("http://", "https://")) else []
        shown = _line(title) if address else f"{_line(title)} ({_line(source)})"
        yield key, [("a", shown), ("b", _line(place)), *address]


def _record(one: Described, sources: list[_Subfields], when: datetime, status: str) -> _Marc:
    names = [name for name in dict.fromkeys(map(_line, one.names.values())) if name != _line(one.name)]
    level, references = "a" if one.row["known"] else "c", "a" if names else "n"  # established or provisional
    fixed = f"{when:%y%m%d}nn|aznnnaabn{' ' * 10}|{references} an{level}{' ' * 5}d"
    control = [("001", _line(one.key)), ("003", "hamkor"), ("005", f"{when:%Y%m%d%H%M%S}.0"), ("008", fixed)]
    data: list[tuple[str, str, _Subfields]] = [
        ("024", "7 ", [("a", _line(value)), ("2", _line(scheme))]) for scheme, value in one.identifiers.items()
    ]
    data.append(("040", "  ", [("a", "hamkor"), ("b", "eng"), ("c", "hamkor")]))
    if one.row["country"]:
        data.append(("043", "  ", [("c", str(one.row["country"]).lower())]))
    data.append(("110", "2 ", [("a", _line(one.name))]))
    kind = kind_in("marc", str(one.row["kind"]))
    if kind is not None:
        data.append(("368", "  ", [("a", kind)]))
    data += [("410", "2 ", [("a", name)]) for name in names]
    if not one.row["known"]:
        data.append(
            (
                "667",
                "  ",
                [("a", "No gazetteer of hamkor has this institution; name and country as articles have them.")],
            )
        )
    room = _MOST
    for source in sources:
        room -= sum(len(value.encode("utf-8")) + 2 for _, value in source) + 20
        if room > 0:
            data.append(("670", "  ", source))
    return _Marc(status, control, data)


def _line(text: str) -> str:
    """Return a text in one line, not too long for a field."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
