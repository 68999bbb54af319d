"""What a run finds -> what it has to do: sources that are known and unchanged are only noted, the others become tasks."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.reading import Limits, ReadingError, file_bytes
from pipeline.workspace.containers import Member, members
from pipeline.workspace.feeds import items
from pipeline.workspace.manifest import Known, Manifest, Sighting
from pipeline.workspace.places import Place, place_of
from pipeline.workspace.work import Task

__all__ = ["Flight", "Scan"]

_CHUNK = 512  # files that are looked up at once
_NOTES = 5_000  # sources without an extraction that are noted before they are written


@dataclass(slots=True)
class Flight:
    """An article that is being extracted. sources: where this run has seen it so far. why: `new`, `stale` (the fingerprint changed), `again` (it
    failed, or lost its original). troubled: it failed before, and is in quarantine. finished: it has its outcome, and is to be written."""

    task: Task
    sources: list[Sighting]
    why: str
    troubled: bool = False
    finished: bool = False

    def lighten(self) -> None:
        """Let the bytes go: they are not needed any more."""
        self.task = self.task.lightened()


@dataclass(slots=True)
class Scan:
    """Goes through places once; every source gets one entry: in `flight`, `seen`, `unchanged` or `unread`, or it is only counted, as part of a whole container.

    The owner of the scan takes `seen`, `unchanged` and `unread` over whenever it writes, and takes articles out of `flight` when they are written.
    text_field: of JSON Lines, that holds the text. rehash: read every file, whatever its times say. again: extract what failed before. quiet: do not
    count, only do. full: is called when there is much to be taken over.
    """

    manifest: Manifest
    limits: Limits
    text_field: str = "text"
    rehash: bool = False
    again: bool = False
    quiet: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    whys: Counter[str] = field(default_factory=Counter)
    known_failures: int = 0
    flight: dict[bytes, Flight] = field(default_factory=dict)
    seen: list[tuple[int, Sighting]] = field(default_factory=list)
    unchanged: list[tuple[int, str]] = field(default_factory=list)
    unread: list[tuple[str, str, str, str]] = field(default_factory=list)
    whole: list[tuple[str, str]] = field(default_factory=list)
    told: Callable[[ReadingError], None] = lambda error: None
    full: Callable[[], None] = lambda: None
    _noted: set[str] = field(default_factory=set)

    def tasks(self, places: Iterable[Place | ReadingError]) -> Iterator[Task]:
        """Yield what has to be extracted. Memory is bound by the chunk and by what is in flight."""
        chunk: list[Place] = []
        for place in places:
            if isinstance(place, ReadingError):
                self._fail(place, place.source, place.source)
            elif place.kind == "file":
                chunk.append(place)
                if len(chunk) >= _CHUNK:
                    yield from self._files(chunk)
                    chunk.clear()
            else:
                yield from self._files(chunk)
                chunk.clear()
                yield from self._feed(place) if place.kind == "feed" else self._container(place)
        yield from self._files(chunk)

    def written(self) -> None:
        """`seen`, `unchanged` and `unread` are in the manifest now."""
        self.seen.clear()
        self.unchanged.clear()
        self.unread.clear()
        self._noted.clear()

    def count(self, outcome: str, number: int = 1) -> None:
        """Count sources with an outcome."""
        if not self.quiet:
            self.counts[outcome] += number

    def _files(self, places: list[Place]) -> Iterator[Task]:
        rest = places if self.rehash else self._unknown(places)
        known = self.manifest.named([place.name for place in rest])
        for place in rest:
            name = place.name
            sighting = Sighting(name, name, place.root, place.signature)
            mine = known.get(name, [])
            if self.again and any(
                entry.signature and entry.signature == place.signature and self._settled(entry) for entry in mine
            ):
                continue  # it failed before, and this run has tried it
            try:
                if place.size > self.limits.max_bytes:
                    raise ReadingError(
                        name, f"larger than the limit of {self.limits.max_bytes} bytes; split it, or raise --max-bytes"
                    )
                data = file_bytes(place.path, limits=self.limits)
            except ReadingError as error:
                self._fail(error, name, place.root)
                continue
            yield from self._consider(data, sighting, mine)

    def _unknown(self, places: list[Place]) -> list[Place]:
        """Return the files that are new, or not as they were; the others are noted."""
        known, count, failures = self.manifest.met(
            [(place.name, place.signature) for place in places], failed=not self.again
        )
        self.count("unchanged", count)
        self.known_failures += failures
        return [place for place in places if place.name not in known] if known else places

    def _container(self, place: Place) -> Iterator[Task]:
        path = place.name
        if not (self.again or self.rehash) and self.manifest.whole(path, place.signature):
            self.count("unchanged", self.manifest.see_all(path))
            return
        complete = True
        for member in members(Path(place.path), place.kind, limits=self.limits, field=self.text_field):
            if isinstance(member, ReadingError):
                complete = False
                self._fail(member, path, place.root)
            else:
                yield from self._member(member, place)
        if complete and place.signature:
            self.whole.append((path, place.signature))

    def _feed(self, place: Place) -> Iterator[Task]:
        for item in items(Path(place.path), limits=self.limits):
            if isinstance(item, ReadingError):
                self._fail(item, place.name, place.root)
            elif isinstance(item, Path):
                linked = place_of(str(item), place.root)
                if linked is not None and linked.kind == "file":
                    yield from self._files([linked])
            else:
                yield from self._member(item, place)

    def _member(self, member: Member, place: Place) -> Iterator[Task]:
        sighting = Sighting(member.name, place.name, place.root, place.signature)
        if len(member.data) > self.limits.max_bytes:
            error = ReadingError(
                member.name, f"larger than the limit of {self.limits.max_bytes} bytes; split it, or raise --max-bytes"
            )
            self._fail(error, sighting.container, place.root)
            return
        yield from self._consider(
            member.data, sighting, self.manifest.named([member.name]).get(member.name, []), kind=member.kind
        )

    def _consider(self, data: bytes, sighting: Sighting, mine: list[Known], *, kind: str = "") -> Iterator[Task]:
        """Yield the task of an article, if it has to be extracted. mine: what the source led to before."""
        key = hashlib.sha256(data).digest()
        if key in self.flight:
            sources = self.flight[key].sources
            if all(other.name != sighting.name for other in sources):
                sources.append(sighting)
            return
        before = next((entry for entry in mine if entry.key == key), None)
        known = before or self.manifest.keyed([key]).get(key)
        if known is not None and self._settled(known):
            if not known.seen:
                self._note(known, sighting, "duplicate" if before is None else "unchanged")
            return
        why = "new" if known is None else "again" if known.fresh or known.state == "waiting" else "stale"
        self.whys[why] += 1
        self.flight[key] = Flight(
            Task(key, sighting.name, data, kind), [sighting], why, known is not None and known.error is not None
        )
        yield self.flight[key].task

    def _settled(self, known: Known) -> bool:
        return known.fresh and not (self.again and known.error is not None and not known.seen)

    def _note(self, known: Known, sighting: Sighting, outcome: str) -> None:
        if sighting.name in self._noted:
            return
        self._noted.add(sighting.name)
        if known.signature and known.signature == sighting.signature:
            self.unchanged.append((known.number, sighting.name))
        else:
            self.seen.append((known.number, sighting))
        self.count(outcome)
        self.known_failures += known.error is not None
        self._overflow()

    def _fail(self, error: ReadingError, container: str, root: str) -> None:
        if error.source in self._noted:
            return
        self._noted.add(error.source)
        self.unread.append((error.source, container, root, f"{error.reason}"))
        self.count("failed")
        self.told(error)
        self._overflow()

    def _overflow(self) -> None:
        if len(self._noted) >= _NOTES:
            self.full()
