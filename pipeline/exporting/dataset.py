"""What is exported: the articles of a feed, the institutions that they name, the agreements that they tell of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.authority.confidence import THRESHOLD
from pipeline.authority.judgements import NONE, Judgements
from pipeline.publishing.agreements import Agreed, Telling, agreed, tellings_of
from pipeline.publishing.facts import Facts, FeedError, facts
from pipeline.publishing.feed import Feed
from pipeline.publishing.tables import Row
from pipeline.workspace import Change, Run

__all__ = ["Dataset", "Described", "Withdrawn"]


@dataclass(frozen=True, slots=True)
class Described:
    """An institution as the newest of the exported articles describes it; `names` by language, `identifiers` by scheme."""

    row: Row
    names: dict[str, str]
    identifiers: dict[str, str]

    @property
    def key(self) -> str:
        return str(self.row["key"])

    @property
    def name(self) -> str:
        return str(self.row["name"])


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An article that no longer stands, and since which run."""

    key: str
    run: int
    sources: tuple[str, ...]


class Dataset:
    """The facts of a feed, read in one pass: go through `articles` first, then ask for the rest.

    since: only articles that came or changed after this run, the institutions that they name and the agreements that one of them tells of;
    and the articles withdrawn since. `named_before`: the institutions that articles of that run or before name. Memory grows with the institutions and agreements, not with the articles.
    """

    def __init__(
        self, feed: Feed, *, threshold: float = THRESHOLD, judgements: Judgements = NONE, since: int = 0
    ) -> None:
        self.feed, self.threshold, self.judgements, self.since = feed, threshold, judgements, since
        self.runs: list[Run] = feed.runs()
        self.withdrawn: list[Withdrawn] = []
        self.refused: list[str] = []
        self.named_before: set[str] = set()
        self._tellings: list[Telling] = []
        self._institutions: dict[str, tuple[tuple[int, str], Described]] = {}

    def articles(self) -> Iterator[Facts]:
        """Yield the articles. One that cannot be handed on is passed over and goes into `refused`."""
        if self.since:
            for change in self.feed.changes(since=self.since):
                if change.record is None:
                    self.withdrawn.append(Withdrawn(change.key, change.run, change.sources))
        for change in self.feed.changes():
            one = self._facts(change)
            if one is None:
                continue
            self._tellings += tellings_of(one)
            if one.run > self.since:
                self._describe(one)
                yield one
            else:
                self.named_before.update(str(row["key"]) for row in one.rows["institutions"])

    def institutions(self) -> list[Described]:
        """Return the institutions, by key."""
        return [described for _, (_, described) in sorted(self._institutions.items())]

    def agreements(self) -> list[Agreed]:
        """Return the agreements, by parties, kind and year: all that all articles say of each."""
        return [one for one in agreed(self._tellings) if one.run > self.since]

    def _facts(self, change: Change) -> Facts | None:
        try:
            return facts(change, threshold=self.threshold, judgements=self.judgements)
        except FeedError as error:
            self.refused.append(str(error))
            return None

    def _describe(self, one: Facts) -> None:
        for row in one.rows["institutions"]:
            key, place = str(row["key"]), (one.run, one.document)
            if key not in self._institutions or self._institutions[key][0] < place:
                names, identifiers = (
                    {str(other[of]): str(other[value]) for other in one.rows[table] if other["institution"] == key}
                    for table, of, value in (("names", "language", "name"), ("identifiers", "scheme", "value"))
                )
                self._institutions[key] = (place, Described(row, names, identifiers))
