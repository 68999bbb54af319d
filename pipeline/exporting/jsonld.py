"""JSON-LD: institutions and agreements in schema.org, evidence as Web Annotations, how it was made in PROV.

One document whose context stands inside it, so that nothing has to be fetched. `shapes.ttl` (SHACL) says what holds of every export.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.exporting.dataset import Dataset, Described
from pipeline.exporting.output import whole_text
from pipeline.exporting.vocabularies import kind_in
from pipeline.publishing.agreements import Agreed
from pipeline.publishing.facts import Facts
from pipeline.publishing.tables import Row, Value
from pipeline.workspace import Run

__all__ = ["BASE", "CONTEXT", "write"]

BASE = "urn:hamkor:"
"""How an IRI begins, unless the user has a better place."""
CONTEXT = {
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "hamkor": "urn:hamkor:vocabulary:",
    "edtf": {"@id": "http://id.loc.gov/datatypes/edtf/EDTF"},
}
_PLAIN_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")
_AROUND = 32  # characters of a quotation's prefix and suffix
_AUTHORITIES = {
    "wikidata": "http://www.wikidata.org/entity/", "viaf": "http://viaf.org/viaf/", "isni": "https://isni.org/isni/", "ror": "https://ror.org/",
}  # fmt: skip
_Node = dict[str, Any]


def write(dataset: Dataset, output: Path, *, base: str = BASE) -> None:
    """Write the facts into a file, a node a line. Raises ExportError."""
    with whole_text(output) as out:
        out.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [')
        separator = "\n"
        for node in _Graph(base).nodes(dataset):
            out.write(separator + json.dumps(node, ensure_ascii=False))
            separator = ",\n"
        out.write("\n]}\n")


class _Graph:
    """The nodes of a dataset under one base."""

    def __init__(self, base: str) -> None:
        self.base, self.separator = base, ":" if base.startswith("urn:") else "/"

    def iri(self, room: str, *names: Value) -> str:
        """Return an IRI; what an IRI may not hold is percent-encoded."""
        return self.base + self.separator.join([room, *(quote(str(name), safe="") for name in names)])

    def at(self, room: str, *names: Value) -> _Node:
        return {"@id": self.iri(room, *names)}

    def nodes(self, dataset: Dataset) -> Iterator[_Node]:
        tool = self.iri("software", "hamkor")
        yield {"@id": tool, "@type": ["prov:SoftwareAgent", "schema:SoftwareApplication"], "schema:name": "hamkor", "schema:softwareVersion": __version__}  # fmt: skip
        yield from (self._run(run, tool) for run in dataset.runs)
        states: set[str] = set()
        for facts in dataset.articles():
            yield from self._article(facts, states)
        for gone in dataset.withdrawn:
            yield {
                **self.at("article", gone.key), "@type": ["schema:Article", "prov:Entity"], "prov:wasInvalidatedBy": self.at("run", gone.run),
            }  # fmt: skip
        yield from map(self._institution, dataset.institutions())
        for agreement in dataset.agreements():
            states |= {str(party["country"]) for party in agreement.parties if party["country"]}
            yield self._agreement(agreement)
        for code in sorted(states):
            yield {**self.at("country", code), "@type": "schema:Country", "schema:identifier": code}

    def _run(self, run: Run, tool: str) -> _Node:
        ended = {"prov:endedAtTime": _time(run.finished)} if run.finished else {}
        return {
            **self.at("run", run.number), "@type": "prov:Activity", "prov:startedAtTime": _time(run.started), **ended,
            "prov:wasAssociatedWith": {"@id": tool}, "hamkor:version": run.version, "hamkor:fingerprint": run.fingerprint,
        }  # fmt: skip

    # -- one article ----------------------------------------------------------------------------------

    def _article(self, facts: Facts, states: set[str]) -> Iterator[_Node]:
        extraction, rows = facts.extraction, facts.rows
        title = {"schema:name": extraction["title"]} if extraction["title"] else {}
        dated = {"hamkor:date": _edtf(extraction["date"])} if extraction["date"] else {}
        languages = dict.fromkeys(f"{row['language']}-{row['script']}" for row in rows["passages"])
        yield {
            **self.at("article", facts.document), "@type": ["schema:Article", "prov:Entity"], **title, **dated,
            "schema:identifier": f"sha256:{facts.document}", "hamkor:source": list(facts.sources),
            "schema:encodingFormat": extraction["media_type"], "schema:inLanguage": list(languages), "hamkor:characters": extraction["characters"],
        }  # fmt: skip
        words = {row["number"]: row for row in rows["evidences"]}
        appearances = {row["id"]: row["institution"] for row in rows["appearances"]}
        for row in rows["mentions"]:
            named = self.iri("institution", appearances[row["appearance"]])
            sure = {"hamkor:confidence": _double(row["confidence"]), "hamkor:link": row["link"]}
            yield self._annotation(facts, words[row["evidence"]], named, "oa:identifying", sure)
        for row in rows["dates"]:
            body = self.iri("fact", facts.document, facts.run, row["id"])
            yield {"@id": body, "@type": ["hamkor:Date", "prov:Entity"], "hamkor:edtf": _edtf(row["edtf"])}
            yield self._annotation(facts, words[row["evidence"]], body)
        for row in rows["copy_counts"]:
            body = self.iri("fact", facts.document, facts.run, row["id"])
            parties = [one for one in rows["copy_count_parties"] if one["copy_count"] == row["id"]]
            states |= {str(one["country"]) for one in parties if one["country"]}
            yield self._count(facts, row, parties, body)
            yield self._annotation(facts, words[row["evidence"]], body)
        further: dict[Value, list[Value]] = {}
        for row in rows["telling_evidences"]:
            further.setdefault(row["telling"], []).append(row["evidence"])
        for row in rows["tellings"]:
            body = self.iri("fact", facts.document, facts.run, row["id"])
            valid = {"hamkor:valid": _edtf(row["valid"])} if row["valid"] else {}
            signed = {"hamkor:signed": _edtf(row["signed"])} if row["signed"] else {}
            states |= {str(one["country"]) for one in rows["telling_parties"] if one["country"]}
            yield {
                "@id": body, "@type": ["hamkor:Telling", "prov:Entity"], "hamkor:kind": row["kind"], "hamkor:status": row["status"], **signed, **valid,
                "hamkor:party": self._parties(one for one in rows["telling_parties"] if one["telling"] == row["id"]),
                "hamkor:confidence": _double(row["confidence"]),
            }  # fmt: skip
            for number in (row["evidence"], *further.get(row["id"], ())):
                yield self._annotation(facts, words[number], body)

    def _annotation(
        self,
        facts: Facts,
        words: Row,
        body: str,
        motivation: str = "oa:describing",
        more: Mapping[str, Any] | None = None,
    ) -> _Node:
        """Return the evidence of a fact: where its words stand, by position and by quotation, and which run found them by which rule."""
        start, end = int(words["start_offset"] or 0), int(words["end_offset"] or 0)
        quotation: _Node = {"@type": "oa:TextQuoteSelector", "oa:exact": words["text"]}
        if facts.text is not None:
            quotation["oa:prefix"] = facts.text[max(start - _AROUND, 0) : start]
            quotation["oa:suffix"] = facts.text[end : end + _AROUND]
        position = {"@type": "oa:TextPositionSelector", "oa:start": _count(start), "oa:end": _count(end)}
        return {
            **self.at("evidence", facts.document, facts.run, words["number"]), "@type": ["oa:Annotation", "prov:Entity"],
            "oa:motivatedBy": {"@id": motivation}, "oa:hasBody": {"@id": body},
            "oa:hasTarget": {
                "@type": "oa:SpecificResource", "oa:hasSource": self.at("article", facts.document), "oa:hasSelector": [position, quotation],
            },
            "prov:wasGeneratedBy": self.at("run", facts.run), "hamkor:rule": words["rule"], **(more or {}),
        }  # fmt: skip

    def _count(self, facts: Facts, row: Row, parties: list[Row], body: str) -> _Node:
        transferred = row["act"] == "transferred"
        number, most = row["number"], row["number_max"]
        least = number if most is not None or row["bound"] == "min" else None
        most = number if row["bound"] == "max" else most
        exact = number if least is None and most is None else None
        values = {"schema:value": exact, "schema:minValue": least, "schema:maxValue": most}
        quantity = {
            "@type": "schema:QuantitativeValue", "schema:unitText": row["unit"],
            **{name: value for name, value in values.items() if value is not None},
        }  # fmt: skip
        names = {"from": "schema:agent", "to": "schema:recipient", "by": "schema:agent"}
        sides = {
            names[role]: found
            for role in ("from", "to", "by")
            if (found := self._parties(one for one in parties if one["role"] == role))
        }
        optional = {"hamkor:bound": row["bound"], "hamkor:item": row["item"]}
        whole = {"hamkor:partOf": self.at("fact", facts.document, facts.run, row["part_of"])} if row["part_of"] else {}
        dated = {"hamkor:date": _edtf(row["date"])} if row["date"] else {}
        return {
            "@id": body, "@type": ["schema:TransferAction" if transferred else "schema:Action", "hamkor:CopyCount", "prov:Entity"],
            "hamkor:act": row["act"], "schema:object": quantity, **sides, **dated, **whole,
            **{name: value for name, value in optional.items() if value is not None},
        }  # fmt: skip

    # -- across articles ------------------------------------------------------------------------------

    def _institution(self, one: Described) -> _Node:
        names = [{"@value": name, "@language": language} for language, name in one.names.items()]
        same = [
            _AUTHORITIES[scheme] + quote(value) for scheme, value in one.identifiers.items() if scheme in _AUTHORITIES
        ]
        identifiers = [
            {"@type": "schema:PropertyValue", "schema:propertyID": scheme, "schema:value": value}
            for scheme, value in [("hamkor", one.key), *one.identifiers.items()]
        ]
        country = one.row["country"]
        address = {"@type": "schema:PostalAddress", "schema:addressCountry": country}
        return {
            **self.at("institution", one.key), "@type": list(dict.fromkeys(["schema:Organization", f"schema:{kind_in('schema', str(one.row['kind'])) or 'Organization'}"])),
            "schema:name": names or one.name, "schema:identifier": identifiers, "hamkor:kind": one.row["kind"], "hamkor:inGazetteer": one.row["known"],
            **({"schema:address": address} if country else {}), **({"schema:sameAs": [{"@id": iri} for iri in same]} if same else {}),
        }  # fmt: skip

    def _agreement(self, one: Agreed) -> _Node:
        row = one.row
        node: _Node = {
            **self.at("agreement", one.id), "@type": ["schema:CreativeWork", "hamkor:Agreement", "prov:Entity"],
            "schema:name": one.id, "hamkor:kind": row["kind"], "schema:contributor": self._parties(one.parties),
            "prov:wasDerivedFrom": [self.at("fact", telling.document, telling.run, telling.id) for telling in one.tellings],
        }  # fmt: skip
        if row["status"]:
            node["schema:creativeWorkStatus"] = row["status"]
        if row["signed"]:
            node["hamkor:signed"] = _edtf(row["signed"])
            if _PLAIN_DATE.fullmatch(str(row["signed"])):
                node["schema:dateCreated"] = row["signed"]
        if row["valid"]:
            node["hamkor:valid"] = _edtf(row["valid"])
            node["schema:temporalCoverage"] = row["valid"]
        if one.conflicts:
            node["hamkor:conflict"] = [
                {"@type": "hamkor:Conflict", "hamkor:field": conflict["field"], "hamkor:value": conflict["value"], "prov:wasDerivedFrom": self.at("article", conflict["document"])}
                for conflict in one.conflicts
            ]  # fmt: skip
        return node

    def _parties(self, rows: Iterable[Row]) -> list[_Node]:
        return [
            self.at("institution", row["institution"]) if row["institution"] else self.at("country", row["country"]) for row in rows
        ]  # fmt: skip


def _time(value: str) -> _Node:
    return {"@value": value, "@type": "xsd:dateTime"}


def _edtf(value: Value) -> _Node:
    return {"@value": value, "@type": "edtf"}


def _count(value: int) -> _Node:
    return {"@value": str(value), "@type": "xsd:nonNegativeInteger"}


def _double(value: Value) -> _Node:
    return {"@value": str(value), "@type": "xsd:double"}
