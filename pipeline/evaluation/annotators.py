"""How far two annotators of the same articles agree.

The second annotator's gold is taken for a record and scored against the first's: F1 does not mind which of them is the gold. What either of them marks optional
is left out of both. Beside F1, Cohen's kappa says how much of the agreement is more than chance:

    kappa = (observed - expected) / (1 - expected)        Cohen 1960, A coefficient of agreement for nominal scales

over words (each is inside a span of the layer or outside, for each annotator), and, for details, over the pairs of spans that both have marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pipeline.evaluation.figures import Evaluation, evaluate
from pipeline.evaluation.gold import Gold, GoldCount, GoldDate, GoldMention, GoldTrigger
from pipeline.evaluation.matching import overlaps
from pipeline.records import Record

__all__ = ["AnnotationError", "Kappa", "Reliability", "reliability"]

_WORD = re.compile(r"\w+")
_DETAILS = {"institutions": ("kind", "country"), "dates": ("value",), "counts": ("number", "unit", "act", "bound"),
            "agreements": ("kind", "status")}  # fmt: skip

_S = TypeVar("_S", GoldMention, GoldDate, GoldCount)


class AnnotationError(ValueError):
    """Two annotations that are not of the same text."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa: `value` None where both annotators only ever said one thing, so that there is no chance to correct; observed: plain agreement; size: cases."""

    value: float | None
    observed: float | None
    size: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """`evaluation`: the second annotator against the first. `kappas`: `dates` over words, `counts.unit` over pairs of counts, and so on."""

    evaluation: Evaluation
    kappas: Mapping[str, Kappa]


def reliability(articles: Sequence[tuple[Gold, Gold]], *, resamples: int = 1000) -> Reliability:
    """Return how far two annotations of each article agree. Raises AnnotationError where their texts differ."""
    pairs = []
    words: dict[str, Counter[tuple[bool, bool]]] = {layer: Counter() for layer in _DETAILS}
    for first, second in articles:
        if first.text != second.text:
            at = next((i for i, (a, b) in enumerate(zip(first.text, second.text, strict=False)) if a != b),
                      min(len(first.text), len(second.text)))  # fmt: skip
            line = first.text.count("\n", 0, at) + 1
            raise AnnotationError(
                f"{first.id}, line {line}: the two annotators have different texts, {first.text[at : at + 30]!r} and {second.text[at : at + 30]!r}"
            )
        for layer, cells in words.items():
            cells.update(_words(first.text, _spans(first, layer), _spans(second, layer)))
        pairs.append((_eased(first, second), as_record(_eased(second, first))))
    evaluation = evaluate(pairs, resamples=resamples)
    kappas = {layer: kappa(cells) for layer, cells in words.items()}
    for layer, names in _DETAILS.items():
        for name in names:
            details = [detail for document in evaluation.documents for item in document.items if item.layer == layer
                       if (detail := item.detail(name)) is not None]  # fmt: skip
            kappas[f"{layer}.{name}"] = kappa(Counter((detail.wanted, detail.found) for detail in details))
    return Reliability(evaluation, kappas)


def kappa(cells: Mapping[tuple[Any, Any], int]) -> Kappa:
    """Return Cohen's kappa of how often each pair of labels was given."""
    size = sum(cells.values())
    if not size:
        return Kappa(None, None, 0)
    first: Counter[Any] = Counter()
    second: Counter[Any] = Counter()
    for (one, other), count in cells.items():
        first[one] += count
        second[other] += count
    observed = sum(count for (one, other), count in cells.items() if one == other) / size
    expected = sum(count * second[label] for label, count in first.items()) / size**2
    return Kappa((observed - expected) / (1 - expected) if expected < 1 else None, observed, size)


def as_record(gold: Gold) -> Record:
    """Return gold as the record that says the same; optional spans are kept, since a record has none."""
    ids = {slug: f"i{number}" for number, slug in enumerate(gold.entities, start=1)}
    mentions: dict[str, list[dict[str, Any]]] = {slug: [] for slug in gold.entities}
    for mention in gold.institutions:
        if mention.entity in mentions:
            mentions[mention.entity].append({**_place(mention), "implied": mention.implied})

    def parties(names: Iterable[str | None]) -> list[str]:
        return [ids.get(name, name) for name in names if name is not None]

    triggers = {trigger.id: trigger for trigger in gold.triggers}
    return Record.model_validate(
        {
            "document": {
                "id": gold.id, "source": gold.id, "media_type": "text/plain", "encoding": None, "sha256": "", "characters": len(gold.text),
                "title": None, "date": None, "segments": [],
            },
            "institutions": [
                {"id": ids[slug], "name": entity.names.get("en", slug), "names": {}, "kind": entity.kind, "country": entity.country,
                 "authority": slug, "identifiers": {}, "mentions": mentions[slug]}
                for slug, entity in gold.entities.items()
            ],
            "dates": [{**_place(date), "id": f"d{number}", "edtf": date.edtf} for number, date in enumerate(gold.dates, start=1) if date.edtf],
            "copy_counts": [
                {**_place(count), "id": f"c{number}", "number": count.number, "number_max": count.number_max, "bound": count.bound,
                 "unit": count.unit, "item": None, "act": count.act, "from": parties([count.from_]), "to": parties([count.to]),
                 "by": parties([count.by]), "date": None}
                for number, count in enumerate(gold.counts, start=1) if count.number is not None and count.unit and count.act
            ],
            "agreements": [
                {"id": f"a{number}", "kind": agreement.kind, "status": agreement.status, "parties": parties(agreement.parties),
                 "signed": agreement.signed, "valid": agreement.valid, "trigger": _place(triggers[agreement.trigger])}
                for number, agreement in enumerate(gold.agreements, start=1)
            ],
        }
    )  # fmt: skip


def _place(span: GoldMention | GoldDate | GoldCount | GoldTrigger) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _eased(gold: Gold, other: Gold) -> Gold:
    """Return gold in which optional is what either annotator marked so; what only this one marked optional is dropped."""
    loose = [agreement.parties for agreement in other.agreements if agreement.optional]
    return replace(
        gold,
        institutions=_eased_spans(gold.institutions, other.institutions),
        dates=_eased_spans(gold.dates, other.dates),
        counts=_eased_spans(gold.counts, other.counts),
        agreements=tuple(
            replace(agreement, optional=agreement.optional or agreement.parties in loose) for agreement in gold.agreements
        ),
    )  # fmt: skip


def _eased_spans(spans: tuple[_S, ...], others: tuple[_S, ...]) -> tuple[_S, ...]:
    touched: set[int] = set()
    eased: set[int] = set()
    for mine, theirs in overlaps(spans, others):
        touched.add(mine)
        if others[theirs].optional:
            eased.add(mine)
    return tuple(
        replace(span, optional=span.optional or index in eased)
        for index, span in enumerate(spans)
        if index in touched or not span.optional
    )


def _spans(gold: Gold, layer: str) -> Sequence[GoldMention | GoldDate | GoldCount | GoldTrigger]:
    if layer == "agreements":
        return gold.triggers
    spans: Sequence[GoldMention | GoldDate | GoldCount] = getattr(gold, layer)
    return spans


def _words(text: str, first: Sequence[Any], second: Sequence[Any]) -> Iterator[tuple[bool, bool]]:
    """Yield for each word whether each annotator has it in a span; words of an optional span of either are left out."""
    words = [_At(match.start(), match.end()) for match in _WORD.finditer(text)]
    inside: list[set[int]] = []
    left_out: set[int] = set()
    for spans in (first, second):
        marked: set[int] = set()
        for index, place in overlaps(words, spans):
            (left_out if spans[place].optional else marked).add(index)
        inside.append(marked)
    for index in range(len(words)):
        if index not in left_out:
            yield index in inside[0], index in inside[1]


@dataclass(frozen=True, slots=True)
class _At:
    start: int
    end: int
