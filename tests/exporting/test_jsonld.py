"""JSON-LD: read by a processor, by an RDF library and held against the published shapes, all without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from pyld import jsonld as processor
from rdflib.namespace import RDF

import pipeline.exporting
from pipeline.exporting import jsonld
from pipeline.exporting.dataset import Dataset
from pipeline.publishing.facts import plain
from tests.publishing.stories import HOSTILE, Draft, Story, hostile, key_of, rich

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
SCHEMA = rdflib.Namespace("https://schema.org/")
SHAPES = Path(pipeline.exporting.__file__).parent / "shapes.ttl"
EVERYTHING = Story(*rich().happened, {"evil": hostile()})


def exported(tmp_path: Path, story: Story, **options: Any) -> dict[str, Any]:
    base = options.pop("base", jsonld.BASE)
    jsonld.write(Dataset(story, **options), tmp_path / "facts.jsonld", base=base)
    whole: dict[str, Any] = json.loads((tmp_path / "facts.jsonld").read_text(encoding="utf-8"))
    return whole


def graph_of(whole: dict[str, Any]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=json.dumps(whole), format="json-ld")


def conforms(graph: rdflib.Graph) -> bool:
    ok, _, _ = pyshacl.validate(graph, shacl_graph=str(SHAPES), abort_on_first=True)
    return bool(ok)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return exported(tmp_path_factory.mktemp("jsonld"), EVERYTHING)


@pytest.fixture(scope="module")
def graph(whole: dict[str, Any]) -> rdflib.Graph:
    return graph_of(whole)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    def refuse(url: str, *_: Any) -> None:
        raise AssertionError(f"{url} was to be fetched")

    before = processor.get_document_loader()
    processor.set_document_loader(refuse)
    yield
    processor.set_document_loader(before)


def test_a_processor_expands_it(whole: dict[str, Any]) -> None:
    nodes = processor.expand(whole)
    assert len(nodes) == len(whole["@graph"])
    assert all(":" in key or key.startswith("@") for node in nodes for key in node)
    again = processor.compact(nodes, jsonld.CONTEXT)
    assert len(again["@graph"]) == len(nodes)


def test_it_conforms_to_the_shapes(graph: rdflib.Graph) -> None:
    ok, _, report = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    assert ok, report
    for kind in (OA.Annotation, PROV.Activity, SCHEMA.Organization, SCHEMA.Country):
        assert list(graph.subjects(RDF.type, kind))


BROKEN = {
    "no quotation": lambda node: node["oa:hasTarget"]["oa:hasSelector"].pop(1) if "oa:hasTarget" in node else None,
    "a span of nothing": lambda node: node["oa:hasTarget"]["oa:hasSelector"][0].update({"oa:end": {"@value": "0", "@type": "xsd:nonNegativeInteger"}}) if "oa:hasTarget" in node else None,
    "no run": lambda node: node.pop("prov:wasGeneratedBy", None),
    "no rule": lambda node: node.pop("hamkor:rule", None),
    "no evidence": lambda node: node.update({"oa:hasBody": {"@id": "urn:x"}}) if "oa:hasBody" in node else None,
    "one party": lambda node: node.update({"schema:contributor": node["schema:contributor"][:1]}) if "schema:contributor" in node else None,
    "no name": lambda node: node.pop("schema:name", None) if "schema:identifier" in node else None,
    "nobody tells it": lambda node: node.pop("prov:wasDerivedFrom", None) if "hamkor:Agreement" in node["@type"] else None,
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_the_shapes_find_what_is_wrong(fault: str, tmp_path: Path) -> None:
    draft = Draft()
    draft.agreement([draft.institution("a"), draft.institution("b")], signed="2014")
    small = exported(tmp_path, Story({"one": draft}))
    assert conforms(graph_of(small))
    for node in small["@graph"]:
        BROKEN[fault](node)
    assert not conforms(graph_of(small))


def test_evidence_is_a_slice(whole: dict[str, Any]) -> None:
    texts = {f"urn:hamkor:article:{change.key}": plain(change.text or "") for change in EVERYTHING.changes()}
    annotations = [node for node in whole["@graph"] if "oa:Annotation" in node["@type"]]
    assert len(annotations) > 50
    for node in annotations:
        target = node["oa:hasTarget"]
        position, quotation = target["oa:hasSelector"]
        start, end = (int(position[name]["@value"]) for name in ("oa:start", "oa:end"))
        text = texts[target["oa:hasSource"]["@id"]]
        assert text[start:end] == quotation["oa:exact"]
        around = quotation["oa:prefix"] + quotation["oa:exact"] + quotation["oa:suffix"]
        assert text[start - len(quotation["oa:prefix"]) : end + len(quotation["oa:suffix"])] == around


def test_hostile_names_are_literals_and_iris(graph: rdflib.Graph) -> None:
    names = {str(name) for name in graph.objects(None, SCHEMA.name)}
    assert set(map(plain, HOSTILE)) <= names
    for node in (*graph.subjects(), *graph.objects()):
        if isinstance(node, rdflib.URIRef):
            assert not set(str(node)) & set(' <>"{}|\\^`\n\r\t'), node


def test_what_is_said_of_an_agreement(graph: rdflib.Graph) -> None:
    one = rdflib.URIRef("urn:hamkor:agreement:country%3AKR%2Bnl-uz%2Fagreement%2F2019")
    assert str(graph.value(one, SCHEMA.temporalCoverage)) == "2019/.."
    assert str(graph.value(one, SCHEMA.dateCreated)) == "2019"
    parties = {str(party) for party in graph.objects(one, SCHEMA.contributor)}
    assert parties == {"urn:hamkor:country:KR", "urn:hamkor:institution:nl-uz"}
    (fact,) = graph.objects(one, PROV.wasDerivedFrom)
    (annotation,) = graph.subjects(OA.hasBody, fact)
    run = graph.value(annotation, PROV.wasGeneratedBy)
    assert str(run) == "urn:hamkor:run:2"


def test_counts(graph: rdflib.Graph) -> None:
    fact = rdflib.URIRef(f"urn:hamkor:fact:{key_of('parts')}:2:c3")
    quantity = graph.value(fact, SCHEMA.object)
    assert graph.value(quantity, SCHEMA.minValue).toPython() == 40
    assert graph.value(quantity, SCHEMA.value) is None
    assert {str(one) for one in graph.objects(fact, SCHEMA.agent)} == {
        "urn:hamkor:institution:nl-uz",
        "urn:hamkor:institution:x-zarafat-uz",
    }
    part = rdflib.URIRef(f"urn:hamkor:fact:{key_of('parts')}:2:c2")
    assert (
        str(graph.value(part, rdflib.URIRef("urn:hamkor:vocabulary:partOf")))
        == f"urn:hamkor:fact:{key_of('parts')}:2:c1"
    )


def test_a_base_of_ones_own(tmp_path: Path) -> None:
    small = exported(tmp_path, rich(), base="https://example.org/registry/")
    assert {"@id": "https://example.org/registry/institution/nl-uz"}.items() <= next(
        node for node in small["@graph"] if node["@id"].endswith("nl-uz")
    ).items()


def test_changes_only(tmp_path: Path) -> None:
    graph = graph_of(exported(tmp_path, rich(), since=2))
    gone = rdflib.URIRef(f"urn:hamkor:article:{key_of('gone')}")
    assert str(graph.value(gone, PROV.wasInvalidatedBy)) == "urn:hamkor:run:3"
    articles = {str(one).rsplit(":", 1)[1] for one in graph.subjects(RDF.type, SCHEMA.Article)}
    assert articles == {key_of("gone"), key_of("four")}
    assert conforms(graph)


def test_identifiers_lead_out(tmp_path: Path) -> None:
    draft = Draft()
    draft.institution("a", identifiers={"wikidata": "Q42", "viaf": "123", "isil": "UZ-1"}, kind="library")
    graph = graph_of(exported(tmp_path, Story({"one": draft})))
    one = rdflib.URIRef("urn:hamkor:institution:a")
    assert {str(iri) for iri in graph.objects(one, SCHEMA.sameAs)} == {
        "http://www.wikidata.org/entity/Q42",
        "http://viaf.org/viaf/123",
    }
    assert SCHEMA.Library in set(graph.objects(one, RDF.type))
