"""Gold as Label Studio reads and exports it: JSON with one task an article, spans as regions, who gave to whom as relations.

A region has a label (institution, date, count, agreement) and fields of its own (`labelling.xml` beside this file is the configuration to
paste into a project). What is true of an institution wherever it is named (kind, country, names) is said once, at any of its regions. One
agreement is one region; words that name three agreements carry three regions.

Offsets: Label Studio has counted code points since 2021 (its pull request 1559), as gold does; before that it counted UTF-16 units, two for a
character outside the Basic Multilingual Plane. Code points are written. What is read tells by its own excerpts which of the two was
meant; where both readings fit all of them, code points were.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, NoReturn

from pipeline.evaluation.formats.fields import (
    entity_fields,
    institution_of,
    merge,
    read_fields,
    unmentioned,
    write_fields,
)
from pipeline.evaluation.formats.links import Links, joined
from pipeline.evaluation.gold import Entry, Gold, GoldError, make_gold
from pipeline.evaluation.gold_writer import AnySpan, attributes, spans
from pipeline.evaluation.markup import Mark

__all__ = ["labelling", "read", "write"]

_LABELS = {"i": "institution", "d": "date", "c": "count", "a": "agreement"}
_TAGS = {label: tag for tag, label in _LABELS.items()}
_FLAGS = {"opt": "optional", "implied": "implied"}
_AGREEMENT_OPTIONAL = "optional agreement"
_CHOICES = {"kind", "unit", "act", "bound", "agreement", "status"}
_TEXTS = {"id", "country", "names", "v", "n", "from", "to", "by", "signed", "valid", "parties", "trigger"}
_OF_DOCUMENT = "institutions"
_SIDES = ("from", "to", "by")


def labelling() -> str:
    """Return the labelling configuration that a project in Label Studio takes."""
    return files("pipeline.evaluation.formats").joinpath("labelling.xml").read_text(encoding="utf-8")


# Writing


def write(golds: Sequence[Gold], folder: Path) -> list[str]:
    """Write `tasks.json` and `labelling.xml`. Nothing is lost."""
    tasks = [{"data": {"id": gold.id, "text": gold.text}, "annotations": [{"result": _result(gold)}]} for gold in golds]
    folder.joinpath("tasks.json").write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    folder.joinpath("labelling.xml").write_text(labelling(), encoding="utf-8")
    return []


def _result(gold: Gold) -> list[dict[str, Any]]:
    links = Links(gold)
    others = [write_fields([("id", slug), *entity_fields(entity)]) for slug, entity in unmentioned(gold).items()]
    result = [_control(_OF_DOCUMENT, "textarea", {"text": others}, "institutions")] if others else []
    numbers = {id(mention): number for number, mention in enumerate(gold.institutions)}
    pending = dict(gold.entities)
    for tag, span in spans(gold):
        if tag == "a":
            continue
        values = attributes(span)
        region = f"i{numbers[id(span)]}" if tag == "i" else f"{tag}{span.start}-{len(result)}"
        if tag == "i" and values.get("id") in pending:
            entity = pending.pop(values["id"])
            names = [write_fields([pair]) for pair in entity.names.items()]
            result += _region(
                span,
                tag,
                region,
                values | {"kind": entity.kind} | ({"country": entity.country} if entity.country is not None else {}),
                names,
            )
            continue
        sides = {}
        for side in _SIDES:
            target = links.nearest(values[side], span.start) if side in values else None
            if target is not None:
                sides[side] = target
                del values[side]
        result += _region(span, tag, region, values)
        result += [_relation(region, target, side) for side, target in sides.items()]
    return [*result, *_agreements(gold, links)]


def _agreements(gold: Gold, links: Links) -> Iterator[dict[str, Any]]:
    """Yield a region for each agreement, then one for each trigger that has none."""
    used: set[int] = set()
    for number, agreement in enumerate(gold.agreements):
        named = [place for place, trigger in enumerate(gold.triggers) if trigger.id == agreement.trigger]
        place = min(named, key=lambda place: gold.triggers[place].optional)
        trigger = gold.triggers[place]
        used.add(place)
        values = {"agreement": agreement.kind, "status": agreement.status, "trigger": trigger.id}
        values |= {name: value for name in ("signed", "valid") if (value := getattr(agreement, name)) is not None}
        flags = [_AGREEMENT_OPTIONAL] if agreement.optional else []
        if trigger.optional:
            flags.append(_FLAGS["opt"])
        region = f"a{number}"
        yield from _region(trigger, "a", region, values, flags=flags)
        written = links.written_out(agreement.parties)
        if written:
            yield _control("parties", "textarea", _value(trigger) | {"text": list(written)}, region)
        for party in agreement.parties:
            target = links.nearest(party, trigger.start)
            if target is not None:
                yield _relation(region, target, "party")
    for place, trigger in enumerate(gold.triggers):
        if place not in used:
            flags = [_FLAGS["opt"]] if trigger.optional else []
            yield from _region(trigger, "a", f"t{place}", {"trigger": trigger.id}, flags=flags)


def _region(
    span: AnySpan,
    tag: str,
    region: str,
    values: Mapping[str, str],
    names: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> Iterator[dict[str, Any]]:
    """Yield the entries of one region: its label, then each of its fields."""
    place = _value(span)
    yield _control("layer", "labels", place | {"text": span.text, "labels": [_LABELS[tag]]}, region)
    flags = [*flags, *(_FLAGS[name] for name in _FLAGS if tag != "a" and name in values)]
    if flags:
        yield _control("flags", "choices", place | {"choices": flags}, region)
    for name, value in values.items():
        if name in _CHOICES:
            yield _control(name, "choices", place | {"choices": [value]}, region)
        elif name in _TEXTS:
            yield _control(name, "textarea", place | {"text": [value]}, region)
    if names:
        yield _control("names", "textarea", place | {"text": list(names)}, region)


def _value(span: AnySpan) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}


def _control(name: str, kind: str, value: dict[str, Any], region: str) -> dict[str, Any]:
    return {"id": region, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _relation(region: str, mention: int, name: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": region, "to_id": f"i{mention}", "direction": "right", "labels": [name]}


# Reading


@dataclass(slots=True)
class _Region:
    """A region as it was read, its offsets in the units of the file."""

    id: str
    start: int
    end: int
    label: str = ""
    excerpt: str | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        values = self.fields.get(name)
        return None if values is None else "\n".join(values)


def read(path: Path) -> list[Gold]:
    """Return the gold of every annotated task of an export. Raises GoldError with the line of the task or region at fault."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
        data = json.loads(source)
    except UnicodeDecodeError as error:
        raise GoldError(str(path), 1, "not UTF-8; export it from Label Studio as JSON") from error
    except json.JSONDecodeError as error:
        raise GoldError(str(path), error.lineno, f"JSON: {error.msg}") from error
    if not isinstance(data, list):
        raise GoldError(str(path), 1, "a Label Studio export is a list of tasks; export it as JSON")
    golds, at = [], source.index("[") + 1
    for number, task in enumerate(data, start=1):
        while source[at] in " \t\r\n,":
            at += 1
        golds.append(_Task(task, number, path, source, at).gold())
        at = json.JSONDecoder().raw_decode(source, at)[1]
    return golds


class _Task:
    """The state of reading one task that begins at `at` of the source."""

    def __init__(self, task: Any, number: int, path: Path, source: str, at: int) -> None:
        self.source, self.path, self.at = source, path, at
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict) or "annotations" not in task:
            self.fail(
                at, f"task {number} has no data and annotations; export from Label Studio as JSON, not as JSON-MIN"
            )
        self.task = task
        text = task["data"].get("text")
        if not isinstance(text, str):
            self.fail(at, f"task {number} has no text in data.text")
        self.text: str = text
        self.id = str(task["data"].get("id") or f"{path.stem}-{task.get('id', number)}")
        self.regions: dict[str, _Region] = {}
        self.relations: list[tuple[str, str, str]] = []
        self.others: list[str] = []

    def fail(self, position: int, reason: str) -> NoReturn:
        raise GoldError(str(self.path), self.source.count("\n", 0, position) + 1, reason)

    def where(self, region: str) -> int:
        """Return where a region stands in the file."""
        return max(self.source.find(json.dumps(region, ensure_ascii=False), self.at), self.at)

    def gold(self) -> Gold:
        for entry in self.annotation():
            self.entry(entry)
        self.to_code_points()
        institutions: dict[str, dict[str, str]] = {}
        positions: dict[str, int] = {}
        for line in self.others:
            self.institution(line, institutions, positions)
        marks: list[Mark] = []
        for region in self.regions.values():
            if region.label == "institution":
                self.merge(region.one("id"), self.entry_of(region), region, institutions, positions)
        triggers: dict[tuple[int, int, str, str | None], Mark] = {}
        agreements = []
        for region in self.regions.values():
            if not region.label:
                self.fail(self.where(region.id), f"region {region.id} of {self.id} has fields but no label")
            mark = self.mark(region)
            if region.label != "agreement":
                marks.append(mark)
                continue
            triggers.setdefault((mark.start, mark.end, mark.attributes["id"], mark.attributes.get("opt")), mark)
            if region.fields.keys() & {"agreement", "status", "signed", "valid", "parties"}:
                agreements.append(self.agreement(region, mark.attributes["id"]))
        entries = {slug: Entry(entry, positions[slug]) for slug, entry in institutions.items()}
        return make_gold(self.text, [*marks, *triggers.values()], entries, agreements, id=self.id, fail=self.fail)

    def annotation(self) -> list[dict[str, Any]]:
        """Return the entries of the one annotation that counts."""
        done = [one for one in self.task["annotations"] or () if isinstance(one, dict) and not one.get("was_cancelled")]
        if len(done) > 1:
            done = [one for one in done if one.get("ground_truth")] or done
        if not done:
            self.fail(self.at, f"{self.id} has no annotation; export annotated tasks only")
        if len(done) > 1:
            self.fail(
                self.at,
                f"{self.id} has {len(done)} annotations; mark one as the ground truth, or export one annotator at a time",
            )
        result = done[0].get("result")
        if not isinstance(result, list) or not all(isinstance(entry, dict) for entry in result):
            self.fail(self.at, f"{self.id}: its annotation has no list of results")
        return result

    def entry(self, entry: dict[str, Any]) -> None:
        if entry.get("type") == "relation":
            ends = (str(entry.get("from_id")), str(entry.get("to_id")))
            if entry.get("direction") == "left":
                ends = ends[::-1]
            labels = entry.get("labels") or [""]
            self.relations.append((*ends, str(labels[0])))
            return
        name, value, id = str(entry.get("from_name")), entry.get("value"), str(entry.get("id"))
        if not isinstance(value, dict):
            self.fail(self.where(id), f"region {id} of {self.id} has no value")
        if name == _OF_DOCUMENT:
            self.others += _strings(value.get("text"))
            return
        start, end = value.get("start"), value.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            self.fail(self.where(id), f"region {id} of {self.id} has no start and end; label text, not the whole task")
        region = self.regions.setdefault(id, _Region(id, start, end))
        if name == "layer":
            labels = _strings(value.get("labels"))
            if len(labels) != 1 or labels[0] not in _TAGS:
                self.fail(
                    self.where(id), f"region {id} of {self.id} is labelled {labels}; it takes one of {', '.join(_TAGS)}"
                )
            region.label = labels[0]
            region.excerpt = value["text"] if isinstance(value.get("text"), str) else None
        elif name in _CHOICES or name == "flags":
            region.fields[name] = _strings(value.get("choices"))
        elif name in _TEXTS:
            region.fields[name] = _strings(value.get("text"))
        else:
            self.fail(
                self.where(id), f"region {id} of {self.id}: {name!r} is no control of hamkor's labelling configuration"
            )

    def to_code_points(self) -> None:
        """Turn the regions' offsets into code points of the text, and check each against the excerpt that came with it."""
        wide = list(accumulate((1 + (sign > "\uffff") for sign in self.text), initial=0))
        as_points = {region.id: (region.start, region.end) for region in self.regions.values()}
        as_units = {id: (bisect_left(wide, start), bisect_left(wide, end)) for id, (start, end) in as_points.items()}
        wrong = [region for region in self.regions.values() if not self.fits(region, as_points[region.id])]
        places = as_units if wrong and all(self.fits(region, as_units[region.id]) for region in wrong) else as_points
        for region in self.regions.values():
            region.start, region.end = places[region.id]
            if not self.fits(region, places[region.id]):
                found = self.text[max(region.start, 0) : max(region.end, 0)]
                self.fail(
                    self.where(region.id),
                    f"region {region.id} of {self.id} says {region.excerpt!r}, the text has {found!r} there; was the text changed?",
                )

    def fits(self, region: _Region, place: tuple[int, int]) -> bool:
        """Return whether a place is in the text and has the words of the region's excerpt, where it has one."""
        start, end = place
        inside = 0 <= start < end <= len(self.text)
        return inside and (region.excerpt is None or _same(self.text[start:end], region.excerpt))

    def entry_of(self, region: _Region) -> dict[str, str]:
        """Return what a region says of its institution."""
        entry = {name: value for name in ("kind", "country") if (value := region.one(name)) is not None}
        try:
            return entry | {name: value for line in region.fields.get("names", ()) for name, value in read_fields(line)}
        except ValueError as error:
            self.fail(self.where(region.id), f"region {region.id} of {self.id}, names: {error}")

    def institution(self, line: str, institutions: dict[str, dict[str, str]], positions: dict[str, int]) -> None:
        """Read one line of the institutions that stand nowhere in the text."""
        try:
            fields = dict(read_fields(line))
        except ValueError as error:
            self.fail(self.where(_OF_DOCUMENT), f"{self.id}, institutions: {error}")
        if "id" not in fields:
            self.fail(self.where(_OF_DOCUMENT), f"{self.id}, institutions: {line!r} has no id")
        institutions[fields["id"]] = institution_of(fields)
        positions[fields["id"]] = self.where(_OF_DOCUMENT)

    def merge(
        self,
        slug: str | None,
        entry: Mapping[str, str],
        region: _Region,
        institutions: dict[str, dict[str, str]],
        positions: dict[str, int],
    ) -> None:
        if not entry:
            return
        if slug is None:
            self.fail(
                self.where(region.id), f"region {region.id} of {self.id} says what its institution is, but has no id"
            )
        positions.setdefault(slug, self.where(region.id))
        clash = merge(institutions, slug, entry)
        if clash is not None:
            self.fail(
                self.where(region.id),
                f"{self.id}: {slug} has the {clash} {institutions[slug][clash]!r} at one place and {entry[clash]!r} at another",
            )

    def mark(self, region: _Region) -> Mark:
        """Return the mark of a region with the attributes that a tag of a gold file has."""
        tag, values = _TAGS[region.label], {}
        flags = region.fields.get("flags", ())
        values = {name: "1" for name, flag in _FLAGS.items() if flag in flags}
        if tag == "a":
            values["id"] = region.one("trigger") or f"t{region.start}-{region.end}"
        names = {"i": ("id",), "d": ("v",), "c": ("n", "unit", "act", "bound", *_SIDES), "a": ()}[tag]
        values |= {name: value for name in names if (value := region.one(name)) is not None}
        if tag == "c":
            for side in _SIDES:
                drawn = self.targets(region, side)
                if len({*drawn, *({values[side]} if side in values else ())}) > 1:
                    self.fail(
                        self.where(region.id),
                        f"region {region.id} of {self.id} has more than one {side}: {', '.join(drawn)}",
                    )
                if drawn:
                    values[side] = drawn[0]
        return Mark(tag, values, region.start, region.end, self.where(region.id))

    def agreement(self, region: _Region, trigger: str) -> Entry:
        fields: dict[str, Any] = {"kind": region.one("agreement"), "trigger": trigger}
        fields |= {name: value for name in ("status", "signed", "valid") if (value := region.one(name)) is not None}
        fields["parties"] = joined(region.fields.get("parties", ()), self.targets(region, "party"))
        if _AGREEMENT_OPTIONAL in region.fields.get("flags", ()):
            fields["opt"] = "1"
        return Entry(fields, self.where(region.id))

    def targets(self, region: _Region, name: str) -> list[str]:
        """Return the slugs of the institutions that relations of a name lead to from a region."""
        slugs = []
        for from_id, to_id, label in self.relations:
            if from_id != region.id or label != name:
                continue
            target = self.regions.get(to_id)
            slug = target.one("id") if target is not None and target.label == "institution" else None
            if slug is None:
                self.fail(
                    self.where(region.id),
                    f"{self.id}: {name} of region {from_id} leads to {to_id}, which is no institution with an id",
                )
            slugs.append(slug)
        return slugs


def _strings(value: Any) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _same(found: str, excerpt: str) -> bool:
    """Return whether an excerpt is of a slice; Label Studio writes line breaks in it as blanks, or as a backslash and an n."""
    return "".join(found.split()) == "".join(excerpt.replace("\\n", " ").split())
