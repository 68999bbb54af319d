"""hamkor for those who live in spaCy: `nlp.add_pipe("hamkor")` puts its findings into `doc.spans` and `doc.ents`.

Groups: "institutions", "dates", "copy_counts", "agreements". Of each span `label_` is the layer, `id_` the id in the record (`i1`, `d1` …) and, for
an institution, `kb_id_` its key in the gazetteer. `attrs` of a group holds two lists parallel to its spans: "values" (what the record says of each,
plain JSON, with its true `start`, `end` and `text`) and "alignment" ("exact", or "expanded" where the tokens of this pipeline did not fit and the span
was widened to whole tokens). Values are never on `span._`: spaCy keeps those by offsets, so two spans with the same ones would share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup
from spacy.util import filter_spans

from pipeline.extraction import Extractor, load
from pipeline.records import Record

__all__ = ["Hamkor", "make_hamkor"]

_LABELS = {"institutions": "INSTITUTION", "dates": "DATE", "copy_counts": "COPY_COUNT", "agreements": "AGREEMENT"}


class Hamkor:
    """The component. One extractor serves it; it keeps nothing of any Doc."""

    def __init__(self, extractor: Extractor, *, set_ents: bool = True) -> None:
        self.extractor = extractor
        self.set_ents = set_ents

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc.spans` and, with `set_ents`, `doc.ents` where nothing stands yet: of two that overlap the longer one."""
        layers = _layers(self.extractor.extract(doc.text))
        for layer, label in _LABELS.items():
            spans: list[Any] = []
            values: list[dict[str, Any]] = []
            alignment: list[str] = []
            for identifier, key, value in layers[layer]:
                place = {"label": label, "kb_id": key, "span_id": identifier}
                span = doc.char_span(value["start"], value["end"], **place)
                alignment.append("exact" if span is not None else "expanded")
                if span is None:
                    span = doc.char_span(value["start"], value["end"], alignment_mode="expand", **place)
                spans.append(span)
                values.append(value)
            doc.spans[layer] = SpanGroup(doc, name=layer, spans=spans, attrs={"values": values, "alignment": alignment})
        if self.set_ents:
            taken = {index for span in doc.ents for index in range(span.start, span.end)}
            new = filter_spans(
                span
                for layer in _LABELS
                for span in doc.spans[layer]
                if not any(index in taken for index in range(span.start, span.end))
            )
            doc.set_ents(new, default="unmodified")
        return doc


@Language.factory(
    "hamkor",
    assigns=["doc.spans", "doc.ents"],
    default_config={"gazetteer_files": [], "ner": ["hamkor-ru"], "set_ents": True},
)  # type: ignore[untyped-decorator]
def make_hamkor(nlp: Language, name: str, gazetteer_files: Iterable[str], ner: Iterable[str], set_ents: bool) -> Hamkor:
    """Make the component: gazetteer files and NER engines as `pipeline.load` takes them; `set_ents=False` leaves `doc.ents` alone."""
    return Hamkor(load(gazetteer_files=gazetteer_files, ner=ner), set_ents=set_ents)


def _layers(record: Record) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """Return for each layer its spans in order: id in the record, key in the gazetteer or "", value as plain JSON with start, end, text."""
    plain = record.model_dump(mode="json", by_alias=True)

    def mentions() -> Iterator[tuple[str, str, dict[str, Any]]]:
        for institution in plain["institutions"]:
            own = {key: value for key, value in institution.items() if key != "mentions"}
            for mention in institution["mentions"]:
                yield institution["id"], institution["authority"] or "", {**own, **mention}

    return {
        "institutions": sorted(mentions(), key=lambda entry: (entry[2]["start"], entry[2]["end"])),
        "dates": [(date["id"], "", date) for date in plain["dates"]],
        "copy_counts": [(count["id"], "", count) for count in plain["copy_counts"]],
        "agreements": [
            (
                agreement["id"],
                "",
                {**{key: value for key, value in agreement.items() if key != "trigger"}, **agreement["trigger"]},
            )
            for agreement in plain["agreements"]
        ],
    }
