"""Two runs on the same gold: how far each figure moved and whether that is more than chance, and which single things were gained and lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.evaluation.figures import Evaluation
from pipeline.evaluation.judgement import Document, Item
from pipeline.evaluation.metrics import METRICS, Metric
from pipeline.evaluation.resampling import centred, draws, interval, significance

__all__ = ["Change", "Comparison", "Difference", "compare"]

_SHOWN_LAYERS = ("institutions", "links", "dates", "counts", "agreements")

_Key = tuple[str, bool, int, int, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How far a figure moved: after minus before, with its 95 % interval, and how likely chance alone moves it so far (p). None: nothing to measure."""

    name: str
    before: float | None
    after: float | None
    change: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was judged otherwise: its item before and after; None where that run did not say it."""

    document: Document
    before: Item | None
    after: Item | None

    @property
    def item(self) -> Item:
        """The one to show: the item after, else the one before."""
        item = self.after or self.before
        assert item is not None
        return item


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences in the order of METRICS; gained: right now, or no longer said in vain; lost: the other way round."""

    differences: Mapping[str, Difference]
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


def compare(before: Evaluation, after: Evaluation, *, resamples: int = 1000) -> Comparison:
    """Return what changed. Both are evaluations of the same documents.

    The bootstrap is paired: a resample draws the same documents for both runs.
    """
    if [document.id for document in before.documents] != [document.id for document in after.documents]:
        raise ValueError("two runs are compared on the same documents")
    moved: dict[str, list[float]] = defaultdict(list)
    size = len(after.documents)
    for drawn in draws(size, resamples if size > 1 else 0):
        old, new = before.sample.values(drawn), after.sample.values(drawn)
        for metric in METRICS:
            one, other = old[metric.name], new[metric.name]
            if one is not None and other is not None:
                moved[metric.name].append(other - one)
    differences = {
        metric.name: _difference(
            metric, before.figures[metric.name].value, after.figures[metric.name].value, moved[metric.name]
        )
        for metric in METRICS
    }
    gained: list[Change] = []
    lost: list[Change] = []
    for earlier, later in zip(before.documents, after.documents, strict=True):
        for change in _changes(earlier, later):
            (gained if _fine(change.after) else lost).append(change)
    return Comparison(differences, tuple(gained), tuple(lost))


def _difference(metric: Metric, before: float | None, after: float | None, moved: list[float]) -> Difference:
    if before is None or after is None:
        return Difference(name=metric.name, before=before, after=after, change=None)
    change = after - before
    if metric.kind == "clusters":
        moved = centred(moved, change)
    bounds = interval(moved, least=-1.0)
    return Difference(name=metric.name, before=before, after=after, change=change, low=bounds and bounds[0], high=bounds and bounds[1],
                      p=significance(moved))  # fmt: skip


def _fine(item: Item | None) -> bool:
    """Return whether nothing is wrong: right, allowed, or, for what nobody wanted, not said."""
    return item is None or item.outcome in ("right", "optional")


def _changes(before: Document, after: Document) -> Iterable[Change]:
    old, new = _keyed(before), _keyed(after)
    for key in sorted(old.keys() | new.keys(), key=lambda key: (key[2], -key[3], key)):
        one, other = old.get(key), new.get(key)
        if key[0] == "links" and (one is None or other is None):
            continue  # the name itself was gained or lost, which its own item says
        if _fine(one) != _fine(other):
            yield Change(after, one, other)


def _keyed(document: Document) -> dict[_Key, Item]:
    """Return the items by what they are about: the wanted span and value, or, where nothing was wanted, the found ones."""
    seen: Counter[_Key] = Counter()
    keyed: dict[_Key, Item] = {}
    for item in document.items:
        if item.layer in _SHOWN_LAYERS:
            place = item.place
            key = (item.layer, item.wanted is not None, place.start, place.end, place.value, 0)
            keyed[(*key[:5], seen[key])] = item
            seen[key] += 1
    return keyed
