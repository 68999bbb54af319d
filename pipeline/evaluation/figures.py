"""Records against gold: every figure, with its interval, over all articles and by group.

`evaluate` judges each article (`pipeline.evaluation.judge`), sums its items (`metrics`), and says how sure each sum is (`resampling`). Documents are put in the order
of their ids first, so that no figure depends on the order in which they come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.evaluation.clusters import Clusters
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.judge import Known, Link, judged
from pipeline.evaluation.judgement import LAYERS, Cause, Detail, Document, Item
from pipeline.evaluation.metrics import METRICS, Counts, Metric, counted, f1, precision, recall
from pipeline.evaluation.origin import genre_of, language_of
from pipeline.evaluation.resampling import Packed, centred, draws, interval
from pipeline.records import Record

__all__ = ["GROUPINGS", "Evaluation", "Figure", "Grouping", "Sample", "evaluate"]

Grouping = Literal["language", "script", "genre", "document", "known"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

_COUNTED = [metric for metric in METRICS if metric.kind != "clusters"]
_CLUSTERS = [metric for metric in METRICS if metric.kind == "clusters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. All shares lie between 0 and 1; None where there was nothing to measure.

    value: F1, or the share. right, wrong, missed: what it was made of (mentions for clusters, where only `right`, the number of linked mentions, is set).
    low, high: the 95 % interval over documents, None where it was not asked for or fewer than two documents speak of it. macro: the mean of the documents'
    own values, over those that have one.
    """

    name: str
    value: float | None
    precision: float | None
    recall: float | None
    right: float
    wrong: float
    missed: float
    low: float | None = None
    high: float | None = None
    macro: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What the records of some documents are worth. `figures` in the order of METRICS; `groups`: grouping, then group, then figures."""

    documents: tuple[Document, ...]
    figures: Mapping[str, Figure]
    groups: Mapping[Grouping, Mapping[str, Mapping[str, Figure]]]
    sample: Sample


class Sample:
    """The counts and links of some documents, from which the figures of any resample are made."""

    def __init__(self, documents: Sequence[Document], keep: Callable[[Item], bool] | None = None) -> None:
        self.size = len(documents)
        kept = [[item for item in document.items if keep is None or keep(item)] for document in documents]
        self._counts = [_with_offsets(counted(items), document, keep) for items, document in zip(kept, documents, strict=True)]  # fmt: skip
        self._links = [list(_links(items)) for items in kept]
        self._packed = Packed([list(_flat(counts)) for counts in self._counts])
        self._clusters = Clusters(self._links)

    def values(self, drawn: Sequence[int] | None = None) -> dict[str, float | None]:
        """Return the value of each metric on the documents at the positions `drawn`, with repetitions, or on all."""
        sums = self.counts(drawn)
        values = {metric.name: _value(metric, sums[metric.name]) for metric in _COUNTED}
        values |= {metric.name: score.f1 for metric, score in zip(_CLUSTERS, self._clusters.scores(drawn), strict=True)}
        return values

    def counts(self, drawn: Sequence[int] | None = None) -> dict[str, Counts]:
        """Return the sums of each metric that counts."""
        total = self._packed.total(range(self.size) if drawn is None else drawn)
        return {metric.name: Counts(*total[3 * place : 3 * place + 3]) for place, metric in enumerate(_COUNTED)}

    def figures(self, *, resamples: int) -> dict[str, Figure]:
        """Return every figure, with its interval where `resamples` is not 0."""
        spread: dict[str, list[float]] = defaultdict(list)
        for drawn in draws(self.size, resamples if self.size > 1 else 0):
            for name, value in self.values(drawn).items():
                if value is not None:
                    spread[name].append(value)
        own = self._macro()
        sums = self.counts()
        clusters = dict(zip(_CLUSTERS, self._clusters.scores(), strict=True))
        figures = {}
        for metric in METRICS:
            values, linked = own[metric.name], sum(map(len, self._links))
            if metric.kind == "clusters":
                score = clusters[metric]
                value, both = score.f1, (score.precision, score.recall)
                made = (float(linked), 0.0, 0.0)
            else:
                counts = sums[metric.name]
                both = (precision(counts), recall(counts)) if metric.kind == "f1" else (None, None)
                value = _value(metric, counts)
                made = (counts.right / metric.unit, counts.wrong / metric.unit, counts.missed / metric.unit)
            spread_out = spread[metric.name] if value is not None and len(values) > 1 else []
            if metric.kind == "clusters":
                spread_out = centred(spread_out, value or 0.0)
            bounds = interval(spread_out)
            figures[metric.name] = Figure(
                name=metric.name, value=value, precision=both[0], recall=both[1], right=made[0], wrong=made[1], missed=made[2],
                low=bounds and bounds[0], high=bounds and bounds[1], macro=sum(values) / len(values) if values else None,
            )  # fmt: skip
        return figures

    def _macro(self) -> dict[str, list[float]]:
        """Return the documents' own values of each metric."""
        own: dict[str, list[float]] = defaultdict(list)
        for counts, links in zip(self._counts, self._links, strict=True):
            for metric in _COUNTED:
                value = _value(metric, counts.get(metric.name, Counts()))
                if value is not None:
                    own[metric.name].append(value)
            for metric, score in zip(_CLUSTERS, Clusters([links]).scores(), strict=True):
                if score.f1 is not None:
                    own[metric.name].append(score.f1)
        return own


def evaluate(
    articles: Iterable[tuple[Gold, Record]],
    *,
    by: Sequence[Grouping] = (),
    resamples: int = 1000,
    known: Known | None = None,
) -> Evaluation:
    """Return the evaluation of records against the gold of their articles.

    by: the groups whose figures are wanted besides. resamples: how many bootstrap samples the intervals are made of; 0 for none. known: whether a
    gazetteer knows a name; without it the group "known" is empty. Ids are different; offsets of gold and record count characters of the same text
    (`pipeline.evaluation.runs` sees to both).
    """
    documents = _judged(sorted(articles, key=lambda article: article[0].id), known)
    whole = Sample(documents)
    groups = {grouping: _grouped(documents, grouping, resamples) for grouping in by}
    return Evaluation(documents=documents, figures=whole.figures(resamples=resamples), groups=groups, sample=whole)


def _judged(articles: Sequence[tuple[Gold, Record]], known: Known | None) -> tuple[Document, ...]:
    results = [judged(gold, record, known=known) for gold, record in articles]
    links = Counter(link for _, linked in results for _, link in linked)
    entity_of, key_of = _majority(links), _majority({(entity, key): count for (key, entity), count in links.items()})
    documents = []
    for (gold, record), (items, linked) in zip(articles, results, strict=True):
        everything = [*items, *(_link_item(item, link, entity_of, key_of) for item, link in linked)]
        everything.sort(
            key=lambda item: (LAYERS.index(item.layer), item.place.start, -item.place.end, item.place.value)
        )
        language, script = language_of(gold.id, record.document.segments)
        spans = [*(mention for institution in record.institutions for mention in institution.mentions), *record.dates, *record.copy_counts]  # fmt: skip
        documents.append(
            Document(
                id=gold.id, text=gold.text, language=language, script=script, genre=genre_of(gold.id), items=tuple(everything), spans=len(spans),
                true_spans=sum(gold.text[span.start : span.end] == span.text for span in spans),
            )
        )  # fmt: skip
    return tuple(documents)


def _majority(links: Mapping[Link, int]) -> dict[str, str]:
    """Return for each first part the second part that it has most often, of several the first in the alphabet."""
    best: dict[str, tuple[int, str]] = {}
    for (one, other), count in sorted(links.items()):
        if one not in best or count > best[one][0]:
            best[one] = (count, other)
    return {one: other for one, (_, other) in best.items()}


def _link_item(item: Item, link: Link, entity_of: Mapping[str, str], key_of: Mapping[str, str]) -> Item:
    """Return the item that says whether a mention was taken for its institution: its key stands for it, and it has this key mostly."""
    key, entity = link
    assert item.wanted is not None and item.found is not None
    cause: Cause = ""
    if entity_of[key] != entity:
        cause = "two institutions under one key"
    elif key_of[entity] != key:
        cause = "one institution under two keys"
    stands_for = f"{key} = {entity_of[key]}" if entity_of[key] != entity else key
    return Item(
        layer="links", outcome="wrong" if cause else "right", wanted=item.wanted, found=item.found, exact=item.exact, source=item.source,
        details=(Detail("key", f"{entity} = {key_of[entity]}", stands_for, not cause),), known=item.known, cause=cause, link=link,
    )  # fmt: skip


def _links(items: Iterable[Item]) -> Iterator[Link]:
    return (item.link for item in items if item.link is not None)


def _with_offsets(counts: dict[str, Counts], document: Document, keep: object) -> dict[str, Counts]:
    """Add the spans whose text is true; they belong to no group of items."""
    if keep is None and document.spans:
        counts["records.offsets"] = Counts(document.true_spans, document.spans - document.true_spans)
    return counts


def _flat(counts: Mapping[str, Counts]) -> Iterator[int]:
    for metric in _COUNTED:
        one = counts.get(metric.name, Counts())
        yield from (one.right, one.wrong, one.missed)


def _value(metric: Metric, counts: Counts) -> float | None:
    return f1(counts) if metric.kind == "f1" else precision(counts)


def _grouped(documents: Sequence[Document], grouping: Grouping, resamples: int) -> dict[str, dict[str, Figure]]:
    if grouping == "known":
        return {
            name: Sample(documents, lambda item, known=known: item.known is known).figures(resamples=resamples)  # type: ignore[misc]
            for name, known in (("known", True), ("unknown", False))
        }
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        name = {"language": document.language, "script": document.script, "genre": document.genre or "other", "document": document.id}[grouping]  # fmt: skip
        groups[name].append(document)
    return {name: Sample(group).figures(resamples=resamples) for name, group in sorted(groups.items())}
