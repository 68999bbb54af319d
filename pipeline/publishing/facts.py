"""What one article says, as rows of tables: only what is sure enough, each fact with the words that bear it out.

Everything that leaves hamkor for another registry goes through here, so that confidence, evidence and characters that others cannot keep are seen to in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.authority.confidence import THRESHOLD
from pipeline.authority.judgements import NONE, Judgements
from pipeline.finders.edtf import Edtf, EdtfError
from pipeline.publishing.tables import Row, Value, tables
from pipeline.records.model import Agreement, CopyCount, Institution, Record
from pipeline.register.sightings import institution_key
from pipeline.workspace.workspace import Change

__all__ = ["Facts", "FeedError", "bounds", "facts", "found_in", "plain"]

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST = 10**12  # beyond it nothing is a number of copies, and sums would leave what a database can count


class FeedError(ValueError):
    """Something that cannot be handed on. The text names the article or the file, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of one article by table, and its text (None where it is not at hand). Offsets count code points of the text.

    `rows` has `institutions`, `names`, `identifiers` as this article's extraction describes them.
    """

    document: str
    run: int
    rows: dict[str, list[Row]]
    text: str | None

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the article was found; one place at least."""
        return tuple(str(row["source"]) for row in self.rows["sources"])

    @property
    def extraction(self) -> Row:
        """The row that speaks of the article as a whole."""
        return self.rows["extractions"][0]


def plain(text: str) -> str:
    """Return a text in which each character that SQL, XML or UTF-8 cannot hold is U+FFFD: NUL, controls, halves of surrogate pairs. As long as before."""
    return _UNFIT.sub("\ufffd", text)


@lru_cache(maxsize=1 << 14)
def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day that a value may mean, as ISO 8601; None where it is open, not known or before our era."""
    try:
        value = Edtf.parse(edtf) if edtf else None
    except EdtfError:
        return None, None
    if value is None:
        return None, None
    first, last = (
        f"{day[0]:04d}-{day[1]:02d}-{day[2]:02d}" if day is not None and 1 <= day[0] <= 9999 else None
        for day in (value.lower, value.upper)
    )
    return first, last


def found_in(change: Change) -> dict[str, list[Row]]:
    """Return the rows of a standing article that no extraction makes: where it was found, which others say the same."""
    places = change.sources or ((change.record.document.source,) if change.record is not None else ())
    links = {link.key: link for link in change.duplicates}.values()
    return {
        "sources": [{"document": change.key, "source": source} for source in dict.fromkeys(map(plain, places))],
        "duplicates": [
            {"document": change.key, "other": link.key, "kind": link.kind, "similarity": link.similarity}
            for link in links
        ],
    }


def facts(change: Change, *, threshold: float = THRESHOLD, judgements: Judgements = NONE) -> Facts:
    """Return what a standing article says. What is less sure than `threshold` (0 to 1) is left out, and with it what would hang on it:

    a mention by its own confidence; an institution with its own, or where no mention is left; of a count the giver or receiver that is left out, all of them where
    the count says that they are not sure; an agreement with its own confidence, or one of whose parties is left out. Raises FeedError where the record is not one of this text, ValueError where the article is withdrawn.
    """
    if change.record is None:
        raise ValueError(f"{change.key} is withdrawn: it says nothing")
    return _Making(change, change.record, threshold, judgements).made()


class _Making:
    """The rows of one article, in the making."""

    def __init__(self, change: Change, record: Record, threshold: float, judgements: Judgements) -> None:
        self.change, self.record, self.threshold, self.judgements = change, record, threshold, judgements
        self.rows: dict[str, list[Row]] = {table.name: [] for table in tables()}
        self.keys: dict[str, str] = {}  # of the institutions that are sure enough, by their id in the record
        self.sure: dict[str, float] = {}

    def made(self) -> Facts:
        change, document = self.change, self.record.document
        if change.text is not None and len(change.text) != document.characters:
            raise FeedError(
                f"{document.source}: its record is of {document.characters} characters, its text has {len(change.text)}; extract it anew"
            )
        self._add(
            "extractions", until=None, id=plain(document.id), source=plain(document.source), media_type=plain(document.media_type),
            encoding=document.encoding and plain(document.encoding), characters=document.characters,
            title=document.title and plain(document.title), date=document.date and plain(document.date),
            schema_version=self.record.schema_version, threshold=self.threshold,
        )  # fmt: skip
        for part in document.segments:
            self._add(
                "passages", start_offset=part.start, end_offset=part.end, language=part.language, script=plain(part.script)
            )  # fmt: skip
        for institution in self.record.institutions:
            self._institution(institution)
        for date in self.record.dates:
            first, last = bounds(date.edtf)
            evidence = self._evidence(date.start, date.end, date.text, date.rule)
            self._add("dates", id=plain(date.id), evidence=evidence, edtf=plain(date.edtf), earliest=first, latest=last)
        for count in self.record.copy_counts:
            self._count(count)
        for agreement in self.record.agreements:
            self._agreement(agreement)
        text = plain(change.text) if change.text is not None else None
        return Facts(change.key, change.run, {**self.rows, **found_in(change)}, text)

    def _add(self, table: str, **values: Value) -> None:
        self.rows[table].append({"document": self.change.key, "run": self.change.run, **values})

    def _evidence(self, start: int, end: int, text: str, rule: str) -> int:
        """Add the words that bear something out; return the number of the evidence."""
        whole = self.change.text
        if whole is not None and whole[start:end] != text:
            raise FeedError(
                f"{self.record.document.source}: characters {start} to {end} of its text are not the words of its record; extract it anew"
            )
        number = len(self.rows["evidences"]) + 1
        words: Row = {"start_offset": start, "end_offset": end, "text": plain(text), "rule": plain(rule)}
        self._add("evidences", number=number, **words)
        return number

    def _institution(self, institution: Institution) -> None:
        mentions = [mention for mention in institution.mentions if mention.confidence >= self.threshold]
        if institution.confidence < self.threshold or not mentions:
            return
        key = plain(institution_key(self.record, institution, self.judgements))
        self.keys[institution.id], self.sure[institution.id] = key, institution.confidence
        if all(row["key"] != key for row in self.rows["institutions"]):
            names = {language: plain(name) for language, name in institution.names.items()}
            described: Row = {"name": names.get("en") or plain(institution.name), "kind": institution.kind}
            known = institution.authority is not None
            self._add("institutions", key=key, country=institution.country, known=known, **described)
            self.rows["names"] += [
                {"institution": key, "language": language, "name": name} for language, name in names.items()
            ]
            self.rows["identifiers"] += [
                {"institution": key, "scheme": plain(scheme), "value": plain(value)}
                for scheme, value in institution.identifiers.items()
            ]
        shown: Row = {"name": plain(institution.name), "confidence": institution.confidence}
        self._add("appearances", id=institution.id, institution=key, **shown)
        for mention in mentions:
            evidence = self._evidence(mention.start, mention.end, mention.text, mention.rule)
            link: Row = {"implied": mention.implied, "link": plain(mention.link), "confidence": mention.confidence}
            self._add("mentions", evidence=evidence, appearance=institution.id, **link)

    def _count(self, count: CopyCount) -> None:
        if max(count.number, count.number_max or 0) > _MOST:
            return  # no number of things
        first, last = bounds(count.date)
        evidence = self._evidence(count.start, count.end, count.text, count.rule)
        self._add(
            "copy_counts", id=plain(count.id), evidence=evidence, number=count.number, number_max=count.number_max,
            bound=count.bound, unit=count.unit, item=count.item and plain(count.item), act=count.act,
            date=count.date and plain(count.date), earliest=first, latest=last, part_of=count.part_of,
        )  # fmt: skip
        sure = count.confidence >= self.threshold
        for role, parties in (("from", count.from_), ("to", count.to), ("by", count.by)) if sure else ():
            for position, party in enumerate(self._parties(parties), start=1):
                self._add("copy_count_parties", copy_count=plain(count.id), role=role, position=position, **party)

    def _agreement(self, agreement: Agreement) -> None:
        parties = self._parties(agreement.parties)
        if agreement.confidence < self.threshold or len(parties) != len({*agreement.parties}) or len(parties) < 2:
            return  # without a party that is not sure it would be another agreement
        trigger, id_ = agreement.trigger, plain(agreement.id)
        evidence = self._evidence(trigger.start, trigger.end, trigger.text, agreement.rule)
        sure = min(agreement.confidence, *(self.sure[party] for party in agreement.parties if party in self.sure), 1.0)
        keys = "+".join(sorted(_key(party) for party in parties))
        self._add(
            "tellings", id=id_, parties=keys, evidence=evidence, kind=agreement.kind, status=agreement.status,
            signed=agreement.signed and plain(agreement.signed), valid=agreement.valid and plain(agreement.valid), confidence=sure,
        )  # fmt: skip
        for position, party in enumerate(parties, start=1):
            self._add("telling_parties", telling=id_, position=position, **party)
        if self.change.text is None:
            return  # a record has no words for the further evidence, and what cannot be quoted is not evidence
        for start, end in agreement.evidence:
            if (start, end) != (trigger.start, trigger.end):
                number = self._evidence(start, end, self.change.text[start:end], agreement.rule)
                self._add("telling_evidences", telling=id_, evidence=number)

    def _parties(self, parties: Iterable[str]) -> list[dict[str, str | None]]:
        """Return the parties that are sure enough, each once, as an institution or a state."""
        found: list[dict[str, str | None]] = []
        for party in dict.fromkeys(parties):
            if party.startswith("country:"):
                found.append({"institution": None, "country": party.removeprefix("country:")})
            elif party in self.keys and all(one["institution"] != self.keys[party] for one in found):
                found.append({"institution": self.keys[party], "country": None})
        return found


def _key(party: dict[str, str | None]) -> str:
    return party["institution"] or f"country:{party['country']}"
