"""The figures that an evaluation gives, each a sum over items: what is counted, and what the counts come to.

Three sorts of metric. `f1`: right, wrong and missed things; a thing found wrong is both wrong and missed. `share`: of what was paired and has the detail, how
much is right. `clusters`: B-cubed and CEAF-e, which look at all documents together (`pipeline.evaluation.clusters`).

Strict and lenient: `exact` and `strict` ask for the very words, `overlap`, `value`, `number`, `all` and the details for a character in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.evaluation.date_value import credit
from pipeline.evaluation.judgement import Item, Layer

__all__ = ["METRICS", "UNIT", "Counts", "Metric", "counted", "f1", "precision", "recall"]

UNIT = 48
"""A right thing in the counts of `dates.partial`; the others count one."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: its name (`dates.value`), sort, and what it says, in one sentence. `unit` is what one right thing counts."""

    name: str
    kind: Literal["f1", "share", "clusters"]
    about: str
    layer: Layer | None = None
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, wrong and missed, in units of the metric; a share has nothing missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0


METRICS: tuple[Metric, ...] = (
    Metric("institutions.exact", "f1", "Names found with the very words.", "institutions"),
    Metric("institutions.overlap", "f1", "Names found with at least a character in common.", "institutions"),
    Metric("institutions.strict", "f1", "Names found with the very words, kind and country.", "institutions"),
    Metric("institutions.kind", "share", "Paired names whose kind is right.", "institutions"),
    Metric(
        "institutions.country", "share", "Paired names whose country is right, where the gold has one.", "institutions"
    ),
    Metric("links.b3", "clusters", "B-cubed F1: mentions of one institution have one key, in all articles."),
    Metric("links.ceafe", "clusters", "CEAF-e F1: keys and institutions matched one to one."),
    Metric("dates.exact", "f1", "Dates found with the very words.", "dates"),
    Metric("dates.overlap", "f1", "Dates found with at least a character in common.", "dates"),
    Metric("dates.value", "f1", "Dates found with the right EDTF value.", "dates"),
    Metric("dates.strict", "f1", "Dates found with the very words and the right value.", "dates"),
    Metric(
        "dates.partial",
        "f1",
        "Dates found, each counted by how much of its value is right: year, month, day.",
        "dates",
        UNIT,
    ),
    Metric("counts.exact", "f1", "Counts found with the very words.", "counts"),
    Metric("counts.overlap", "f1", "Counts found with at least a character in common.", "counts"),
    Metric("counts.number", "f1", "Counts found with the right number.", "counts"),
    Metric("counts.unit", "share", "Paired counts whose unit is right.", "counts"),
    Metric("counts.act", "share", "Paired counts whose act is right.", "counts"),
    Metric("counts.from", "share", "Paired counts whose giver is right, where there is one.", "counts"),
    Metric("counts.to", "share", "Paired counts whose receiver is right, where there is one.", "counts"),
    Metric("counts.by", "share", "Paired counts whose holder or maker is right, where there is one.", "counts"),
    Metric(
        "counts.bound", "share", "Paired counts whose bound (min, max, approx) is right, where there is one.", "counts"
    ),
    Metric("counts.all", "f1", "Counts found with number, unit, act, giver, receiver and bound right.", "counts"),
    Metric("counts.strict", "f1", "Counts found with the very words and every detail, `by` too.", "counts"),
    Metric("agreements.pairs", "f1", "Pairs of institutions that agree, each once an article.", "pairs"),
    Metric("agreements.parties", "f1", "Agreements found with all their parties and no other.", "agreements"),
    Metric("agreements.kind", "share", "Paired agreements whose kind is right.", "agreements"),
    Metric("agreements.status", "share", "Paired agreements whose status is right.", "agreements"),
    Metric(
        "agreements.signed",
        "share",
        "Paired agreements whose date of signing is right, where there is one.",
        "agreements",
    ),
    Metric(
        "agreements.valid",
        "share",
        "Paired agreements whose span of validity is right, where there is one.",
        "agreements",
    ),
    Metric("agreements.trigger", "share", "Paired agreements found at the words that name them.", "agreements"),
    Metric(
        "agreements.all", "f1", "Agreements found with parties, kind, status, signed and valid right.", "agreements"
    ),
    Metric(
        "agreements.strict", "f1", "Agreements found with all of it, at the very words that name them.", "agreements"
    ),
    Metric("records.offsets", "share", "Spans of the record whose text is the slice of the article."),
)

_Test = Callable[[Item], bool]


def _without(*names: str) -> _Test:
    """Return a test: every judged detail but these is right."""
    return lambda item: all(detail.right or detail.name in names for detail in item.details)


def _detail(name: str) -> _Test:
    def right(item: Item) -> bool:
        detail = item.detail(name)
        return detail is None or detail.right

    return right


_RIGHT: Mapping[str, _Test] = {
    "institutions.exact": lambda item: item.exact,
    "institutions.overlap": lambda item: True,
    "institutions.strict": lambda item: item.exact and not item.wrong,
    "dates.exact": lambda item: item.exact,
    "dates.overlap": lambda item: True,
    "dates.value": lambda item: not item.wrong,
    "dates.strict": lambda item: item.exact and not item.wrong,
    "counts.exact": lambda item: item.exact,
    "counts.overlap": lambda item: True,
    "counts.number": _detail("number"),
    "counts.all": _without("by"),
    "counts.strict": lambda item: item.exact and not item.wrong,
    "agreements.pairs": lambda item: True,
    "agreements.parties": _detail("parties"),
    "agreements.all": _without("trigger"),
    "agreements.strict": lambda item: item.exact and not item.wrong,
}
_F1 = {
    layer: [metric for metric in METRICS if metric.kind == "f1" and metric.layer == layer]
    for layer in ("institutions", "dates", "counts", "agreements", "pairs")
}
_SHARES = {(metric.layer, metric.name.partition(".")[2]): metric.name for metric in METRICS if metric.kind == "share"}


def counted(items: Iterable[Item]) -> dict[str, Counts]:
    """Return what the items come to, for each `f1` and `share` metric that they speak of (`records.offsets` is not in items)."""
    sums: dict[str, list[int]] = {}

    def add(name: str, right: int, wrong: int, missed: int) -> None:
        counts = sums.setdefault(name, [0, 0, 0])
        counts[0] += right
        counts[1] += wrong
        counts[2] += missed

    for item in items:
        if item.outcome == "optional" or item.layer == "links":
            continue
        for metric in _F1[item.layer]:
            right = 0
            if item.wanted is not None and item.found is not None:
                if metric.unit == UNIT:
                    right = int(UNIT * credit(item.wanted.value, item.found.value))
                else:
                    right = int(_RIGHT[metric.name](item))
            add(
                metric.name,
                right,
                metric.unit - right if item.found is not None else 0,
                metric.unit - right if item.wanted is not None else 0,
            )
        for detail in item.details:
            name = _SHARES.get((item.layer, detail.name))
            if name is not None:
                add(name, int(detail.right), int(not detail.right), 0)
    return {name: Counts(*counts) for name, counts in sums.items()}


def precision(counts: Counts) -> float | None:
    """Return the right share of what was found; None where nothing was."""
    found = counts.right + counts.wrong
    return counts.right / found if found else None


def recall(counts: Counts) -> float | None:
    """Return the found share of what was wanted; None where nothing was."""
    wanted = counts.right + counts.missed
    return counts.right / wanted if wanted else None


def f1(counts: Counts) -> float | None:
    """Return the harmonic mean of both, 2 right / (2 right + wrong + missed); None where nothing was wanted and nothing found."""
    everything = 2 * counts.right + counts.wrong + counts.missed
    return 2 * counts.right / everything if everything else None
