"""The agreements of many articles as rows: the register (`pipeline/register/`) over what the articles tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.publishing.facts import Facts, bounds
from pipeline.publishing.tables import Row
from pipeline.register.agreements import register_of
from pipeline.register.sightings import Quote, Sighting

__all__ = ["Agreed", "Telling", "agreed", "tellings_of"]


@dataclass(frozen=True, slots=True, order=True)
class Telling:
    """One agreement as one article tells of it. document, run, id: of the row; date: of the article, EDTF; parties: sorted keys; start, end: of the trigger."""

    document: str
    run: int
    id: str
    date: str | None
    kind: str
    status: str
    signed: str | None
    valid: str | None
    parties: tuple[str, ...]
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement: its rows in the tables, all but the run. `tellings` bear it out."""

    row: Row
    parties: tuple[Row, ...]
    conflicts: tuple[Row, ...]
    tellings: tuple[Telling, ...]

    @property
    def id(self) -> str:
        """The same for the same agreement, as long as no article says more of it."""
        return str(self.row["id"])

    @property
    def run(self) -> int:
        """The newest run that bears it out."""
        return max(telling.run for telling in self.tellings)

    def rows(self, run: int) -> dict[str, list[Row]]:
        """Return its rows by table, as of a run."""
        own: Row = {"agreement": self.id, "run": run}
        return {
            "agreements": [{**self.row, "run": run, "until": None}],
            "agreement_parties": [{**own, **party} for party in self.parties],
            "agreement_tellings": [{**own, **link_of(telling)} for telling in self.tellings],
            "agreement_conflicts": [{**own, **conflict} for conflict in self.conflicts],
        }


def link_of(telling: Telling) -> Row:
    """Return what leads from an agreement to a telling."""
    return {"document": telling.document, "document_run": telling.run, "telling": telling.id}


def tellings_of(facts: Facts) -> list[Telling]:
    """Return what one article tells."""
    words = {row["number"]: row for row in facts.rows["evidences"]}
    date = facts.extraction["date"]
    return [telling_of({**words[row["evidence"]], **row, "date": date}) for row in facts.rows["tellings"]]


def telling_of(row: Row) -> Telling:
    """Return the telling of a row of `tellings`, joined with its evidence and the date of its article."""

    def word(name: str) -> str | None:
        value = row[name]
        return None if value is None else str(value)

    return Telling(
        str(row["document"]), int(row["run"] or 0), str(row["id"]), word("date"), str(row["kind"]), str(row["status"]), word("signed"), word("valid"),
        tuple(str(row["parties"]).split("+")), int(row["start_offset"] or 0), int(row["end_offset"] or 0), str(row["text"]), str(row["rule"]),
    )  # fmt: skip


def agreed(tellings: Iterable[Telling]) -> list[Agreed]:
    """Return the agreements that articles tell of, sorted by parties, kind and year; the order of the tellings does not matter."""
    sources: dict[Sighting, list[Telling]] = defaultdict(list)
    for telling in sorted(tellings):
        trigger = Quote("", telling.start, telling.end, telling.text)
        sighting = Sighting(
            telling.document, "", telling.date, telling.kind, telling.status, telling.signed, telling.valid, telling.parties, trigger, (), telling.rule
        )  # fmt: skip
        sources[sighting].append(telling)
    found: list[Agreed] = []
    for one in register_of(sources, {}):
        signed_from, signed_to = bounds(one.signed)
        valid_from, valid_to = bounds(one.valid)
        row: Row = {
            "id": one.id, "parties": "+".join(party.key for party in one.parties), "kind": one.kind, "status": one.status,
            "signed": one.signed, "signed_from": signed_from, "signed_to": signed_to,
            "valid": one.valid, "valid_from": valid_from, "valid_to": valid_to,
        }  # fmt: skip
        parties: tuple[Row, ...] = tuple(
            {"position": position, "institution": None if party.country else party.key, "country": party.country}
            for position, party in enumerate(one.parties, start=1)
        )
        conflicts: tuple[Row, ...] = tuple(
            {"field": field, "value": value, "document": document}
            for field, values in one.conflicts.items()
            for value, documents in values.items()
            for document in documents
        )
        found.append(Agreed(row, parties, conflicts, tuple(t for sighting in one.sightings for t in sources[sighting])))
    return found
