"""How well mentions are put together into institutions: B-cubed (Bagga and Baldwin 1998) and CEAF with entity similarity (Luo 2005).

A link is the key that the record gives a mention and the entity that the gold gives it; mentions with one key are one cluster, mentions with one entity
another. Both measures are taken over the paired mentions of all documents together, so that one institution must have one key in every document.

B-cubed: precision is the mean over mentions of the share of its key's mentions that have its entity, recall the same with the sides changed.
CEAF-e: keys and entities are matched one to one so that the sum of 2 |K n E| / (|K| + |E|) is greatest; precision divides it by the number of keys,
recall by the number of entities.

`Clusters` computes both for any number of copies of each document, as resampling asks, without counting everything anew: keys and entities that are
joined by links, directly or through others, are a component; one that lies in one document, or holds one key and one entity, has a fixed worth.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain

__all__ = ["ClusterScore", "Clusters"]

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ClusterScore:
    """Precision, recall and F1 of one measure; all None where there is no link."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """The harmonic mean."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class _Worth:
    """What a component adds: mentions, the B-cubed sums, the CEAF-e similarity, and how many keys and entities it has."""

    mentions: float = 0
    precise: float = 0
    recalled: float = 0
    similar: float = 0
    keys: int = 0
    entities: int = 0


class Clusters:
    """The links of some documents, in a fixed order."""

    def __init__(self, documents: Sequence[Sequence[Link]]) -> None:
        self._size = len(documents)
        self._mentions = [0.0] * self._size
        self._precise = [0.0] * self._size
        self._recalled = [0.0] * self._size
        self._present = [0] * self._size  # a bit for each pure component
        self._own: list[_Worth | None] = [None] * self._size
        self._shared: list[list[tuple[int, Counter[Link]]]] = []
        pure = 0
        for component in _components(documents):
            links = Counter(chain.from_iterable(counter.elements() for _, counter in component))
            if len(links) == 1:
                for document, counter in component:
                    count = counter.total()
                    self._mentions[document] += count
                    self._precise[document] += count
                    self._recalled[document] += count
                    self._present[document] |= 1 << pure
                pure += 1
            elif len(component) == 1:
                self._keep(component[0][0], _worth(links))
            else:
                self._shared.append(component)

    def _keep(self, document: int, worth: _Worth) -> None:
        own = self._own[document] or _Worth()
        for name in _Worth.__slots__:
            setattr(own, name, getattr(own, name) + getattr(worth, name))
        self._own[document] = own
        self._mentions[document] += worth.mentions
        self._precise[document] += worth.precise
        self._recalled[document] += worth.recalled

    def scores(self, drawn: Sequence[int] | None = None) -> tuple[ClusterScore, ClusterScore]:
        """Return B-cubed and CEAF-e of the documents at the positions `drawn` (with repetitions), or of all."""
        positions = range(self._size) if drawn is None else drawn
        weights = Counter(positions)
        mentions = sum(map(self._mentions.__getitem__, positions))
        precise = sum(map(self._precise.__getitem__, positions))
        recalled = sum(map(self._recalled.__getitem__, positions))
        present = 0
        for position in weights:
            present |= self._present[position]
        pure = present.bit_count()
        similar, keys, entities = float(pure), pure, pure
        for position in sorted(weights):
            own = self._own[position]
            if own is not None:
                similar, keys, entities = similar + own.similar, keys + own.keys, entities + own.entities
        for component in self._shared:
            links: Counter[Link] = Counter()
            for document, counter in component:
                if weight := weights.get(document):
                    for link, count in counter.items():
                        links[link] += weight * count
            if links:
                worth = _worth(links)
                mentions, precise, recalled = mentions + worth.mentions, precise + worth.precise, recalled + worth.recalled  # fmt: skip
                similar, keys, entities = similar + worth.similar, keys + worth.keys, entities + worth.entities
        if not mentions:
            return ClusterScore(None, None), ClusterScore(None, None)
        return ClusterScore(precise / mentions, recalled / mentions), ClusterScore(similar / keys, similar / entities)


def _worth(links: Mapping[Link, int]) -> _Worth:
    keys: Counter[str] = Counter()
    entities: Counter[str] = Counter()
    for (key, entity), count in links.items():
        keys[key] += count
        entities[entity] += count
    similarity: dict[str, dict[str, float]] = defaultdict(dict)
    by_key = len(keys) <= len(entities)
    precise = recalled = 0.0
    for link in sorted(links):
        key, entity = link
        count = links[link]
        precise += count * count / keys[key]
        recalled += count * count / entities[entity]
        row, column = link if by_key else (entity, key)
        similarity[row][column] = 2 * count / (keys[key] + entities[entity])
    return _Worth(
        sum(links.values()), precise, recalled, _best_sum(list(similarity.values())), len(keys), len(entities)
    )


def _best_sum(rows: Sequence[Mapping[str, float]]) -> float:
    """Return the greatest sum of one value a row at most, no column twice: the assignment problem, by shortest augmenting paths with potentials.

    Each row may also stay alone, at a cost of 1 where a value v costs 1 - v; values lie between 0 and 1. Only columns that a row has are looked at.
    """
    if len(rows) == 1:
        return max(rows[0].values())
    owner: dict[str, int] = {}
    taken: list[str | None] = [None] * len(rows)
    row_potential = [0.0] * len(rows)
    column_potential: dict[str, float] = defaultdict(float)
    for start in range(len(rows)):
        distance: dict[str, float] = {}
        came: dict[str, int] = {}
        settled: dict[str, float] = {}
        heap: list[tuple[float, str]] = []
        row, walked = start, 0.0
        alone, alone_at = 1.0 - row_potential[start], start
        while True:
            base = walked - row_potential[row]
            if base + 1.0 < alone:
                alone, alone_at = base + 1.0, row
            for column, value in rows[row].items():
                length = base + 1.0 - value - column_potential[column]
                if column not in settled and length < distance.get(column, 2.0 * len(rows)):
                    distance[column], came[column] = length, row
                    heappush(heap, (length, column))
            while heap and heap[0][1] in settled:
                heappop(heap)
            if not heap or heap[0][0] >= alone:
                end, total = None, alone
                break
            walked, column = heappop(heap)
            settled[column] = walked
            if column not in owner:
                end, total = column, walked
                break
            row = owner[column]
        row_potential[start] += total
        for column, length in settled.items():
            if column in owner:
                row_potential[owner[column]] += total - length
            column_potential[column] -= total - length
        if end is None:
            end, taken[alone_at] = taken[alone_at], None
            last = alone_at
        else:
            last = came[end]
            taken_before = taken[last]
            owner[end], taken[last] = last, end
            end = taken_before
        while last != start:
            assert end is not None
            last = came[end]
            taken_before = taken[last]
            owner[end], taken[last] = last, end
            end = taken_before
    return sum(rows[row][column] for row, column in enumerate(taken) if column is not None)


def _components(documents: Sequence[Sequence[Link]]) -> Iterable[list[tuple[int, Counter[Link]]]]:
    """Return the components, each with its links in each document that has any."""
    parent: dict[tuple[int, str], tuple[int, str]] = {}

    def root(node: tuple[int, str]) -> tuple[int, str]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for links in documents:
        for key, entity in links:
            parent[root((0, key))] = root((1, entity))
    components: dict[tuple[int, str], dict[int, Counter[Link]]] = defaultdict(lambda: defaultdict(Counter))
    for document, links in enumerate(documents):
        for link in links:
            components[root((0, link[0]))][document][link] += 1
    return [list(component.items()) for component in components.values()]
