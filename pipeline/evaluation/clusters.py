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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain
from operator import add, mul, truediv

__all__ = ["ClusterScore", "Clusters"]

Link = tuple[str, str]
_Component = dict[int, Counter[Link]]


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
    """What links add: mentions, the B-cubed sums, the CEAF-e similarity, and how many keys and entities they have."""

    mentions: float = 0
    precise: float = 0
    recalled: float = 0
    similar: float = 0
    keys: int = 0
    entities: int = 0

    def add(self, other: _Worth) -> None:
        self.mentions += other.mentions
        self.precise += other.precise
        self.recalled += other.recalled
        self.similar += other.similar
        self.keys += other.keys
        self.entities += other.entities


class Clusters:
    """The links of some documents, in a fixed order."""

    def __init__(self, documents: Sequence[Sequence[Link]]) -> None:
        self._size = len(documents)
        self._present = [0] * self._size  # a bit for each pure component, one key and one entity
        self._pure = [0] * self._size  # mentions in pure components
        self._own: list[_Worth | None] = [None] * self._size  # what lies in one document only
        shared: list[_Component] = []
        pure = 0
        for component in _components(documents):
            links = set(chain.from_iterable(component.values()))
            if len(links) == 1:
                for document, counter in component.items():
                    self._pure[document] += counter.total()
                    self._present[document] |= 1 << pure
                pure += 1
            elif len(component) == 1:
                [(document, _)] = component.items()
                own = self._own[document] = self._own[document] or _Worth()
                own.add(_Shared([component]).worth({document: 1}))
            else:
                shared.append(component)
        self._shared = _Shared(shared)

    def scores(self, drawn: Sequence[int] | None = None) -> tuple[ClusterScore, ClusterScore]:
        """Return B-cubed and CEAF-e of the documents at the positions `drawn` (with repetitions), or of all."""
        positions = range(self._size) if drawn is None else drawn
        weights = dict(sorted(Counter(positions).items()))
        worth = self._shared.worth(weights)
        present = 0
        for position, times in weights.items():
            present |= self._present[position]
            own = self._own[position]
            if own is not None:
                # Copies of a document make its clusters larger, not more: what counts mentions grows, what counts clusters does not.
                copies = _Worth(times * own.mentions, times * own.precise, times * own.recalled, own.similar, own.keys, own.entities)  # fmt: skip
                worth.add(copies)
        clusters, mentions = present.bit_count(), sum(map(self._pure.__getitem__, positions))
        worth.add(_Worth(mentions, mentions, mentions, clusters, clusters, clusters))
        if not worth.mentions:
            return ClusterScore(None, None), ClusterScore(None, None)
        return (
            ClusterScore(worth.precise / worth.mentions, worth.recalled / worth.mentions),
            ClusterScore(worth.similar / worth.keys, worth.similar / worth.entities),
        )


class _Shared:
    """Components whose worth depends on which documents are there."""

    def __init__(self, components: Sequence[_Component]) -> None:
        self._links = [sorted(set(chain.from_iterable(component.values()))) for component in components]
        self._stars = [min(len({key for key, _ in links}), len({entity for _, entity in links})) == 1 for links in self._links]  # fmt: skip
        links = list(chain.from_iterable(self._links))
        keys = {key: number for number, key in enumerate(dict.fromkeys(key for key, _ in links))}
        entities = {entity: number for number, entity in enumerate(dict.fromkeys(entity for _, entity in links))}
        places = {link: number for number, link in enumerate(links)}
        self._key = [keys[key] for key, _ in links]
        self._entity = [entities[entity] for _, entity in links]
        self._sizes = len(links), len(keys), len(entities)
        self._counts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for component in components:
            for document, counter in component.items():
                self._counts[document] += [(places[link], count) for link, count in counter.items()]

    def worth(self, weights: Mapping[int, int]) -> _Worth:
        """Return what the components are worth in so many copies of each document."""
        links, keys, entities = ([0] * size for size in self._sizes)
        key_of, entity_of = self._key, self._entity
        for document, weight in weights.items():
            for link, count in self._counts.get(document, ()):
                count *= weight
                links[link] += count
                keys[key_of[link]] += count
                entities[entity_of[link]] += count
        of_key = [keys[number] or 1 for number in key_of]
        of_entity = [entities[number] or 1 for number in entity_of]
        squares = list(map(mul, links, links))
        similarities = list(map(truediv, links, map(add, of_key, of_entity)))
        similar, first = 0.0, 0
        for component, star in zip(self._links, self._stars, strict=True):
            values = similarities[first : first + len(component)]
            similar += 2 * (max(values) if star else _similarity(component, values))
            first += len(component)
        return _Worth(
            sum(links), sum(map(truediv, squares, of_key)), sum(map(truediv, squares, of_entity)), similar, sum(map(bool, keys)),
            sum(map(bool, entities)),
        )  # fmt: skip


def _similarity(links: Sequence[Link], values: Sequence[float]) -> float:
    """Return the greatest sum of similarities of keys and entities matched one to one; the links that are not there have 0."""
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    columns: dict[str, dict[str, float]] = defaultdict(dict)
    for (key, entity), value in zip(links, values, strict=True):
        if value:
            rows[key][entity] = value
            columns[entity][key] = value
    fewer = rows if len(rows) <= len(columns) else columns
    return _best_sum(list(fewer.values()))


def _best_sum(rows: Sequence[Mapping[str, float]]) -> float:
    """Return the greatest sum of one value a row at most, no column twice: the assignment problem, by shortest augmenting paths with potentials.

    Each row may also stay alone, at a cost of 1 where a value v costs 1 - v; values lie between 0 and 1. Only columns that a row has are looked at.
    """
    if len(rows) <= 1:
        return max(rows[0].values()) if rows else 0.0
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


def _components(documents: Sequence[Sequence[Link]]) -> list[_Component]:
    """Return the components."""
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
    components: dict[tuple[int, str], _Component] = defaultdict(lambda: defaultdict(Counter))
    for document, links in enumerate(documents):
        for link in links:
            components[root((0, link[0]))][document][link] += 1
    return list(components.values())
