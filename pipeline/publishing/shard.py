"""The writing of one shard: some articles of one run, inside one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, Select, and_, case, delete, exists, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.publishing.agreements import Agreed, Telling, agreed, link_of, telling_of
from pipeline.publishing.facts import Facts, FeedError, facts, found_in
from pipeline.publishing.schema import metadata
from pipeline.publishing.tables import Row, tables
from pipeline.workspace import Change

if TYPE_CHECKING:
    from pipeline.publishing.publisher import Published

__all__ = ["ShardWriter"]

_DETAILS = (
    "telling_evidences", "telling_parties", "tellings", "copy_count_parties", "copy_counts", "dates", "mentions", "appearances", "evidences", "passages",
)  # fmt: skip
"""The tables of facts of an article, each before those that it leads to."""
_FOUND = ("sources", "duplicates")
_DESCRIPTIONS = ("institutions", "names", "identifiers")
_PART = 400  # values in one statement: SQLite and PostgreSQL bound them

_Group = tuple[str, str]
"""Parties (keys joined by +) and kind: what the register sorts tellings by."""


class ShardWriter:
    """Writes changes of one run. `publication`: its number; `threshold`: what is less sure is left out."""

    def __init__(self, connection: Connection, *, run: int, publication: int, threshold: float) -> None:
        self.connection, self.run, self.publication, self.threshold = connection, run, publication, threshold
        self.tables = metadata().tables
        self.groups: set[_Group] = set()

    def write(self, changes: Sequence[Change], done: Published) -> None:
        """Write the changes, and count what became of each. All of them are of this writer's run."""
        keys = [change.key for change in changes]
        standing = self._standing(keys)
        documents = self.tables["documents"]
        present = {row.key for row in self._among(select(documents.c.key), documents.c.key, keys)}
        gone = [change for change in changes if change.record is None and change.key in present]
        fresh: list[Facts] = []
        seen: list[Change] = []
        for change in changes:
            if change.record is None:
                continue
            seen.append(change)
            if standing.get(change.key) == (change.run, self.threshold):
                done.unchanged += 1
                continue
            try:
                fresh.append(facts(change, threshold=self.threshold))
            except FeedError as error:
                done.refused.append(str(error))
                if change.key not in present:
                    seen.pop()
        self._documents(seen, gone)
        freed = self._close([one.document for one in fresh], [change.key for change in gone])
        self._insert(fresh)
        self._register()
        self._forget(freed)
        done.written += len(fresh)
        done.withdrawn += len(gone)

    # -- articles -------------------------------------------------------------------------------------

    def _standing(self, keys: Sequence[str]) -> dict[str, tuple[int, float]]:
        """Return run and threshold of the extractions that stand."""
        table = self.tables["extractions"]
        query = select(table.c.document, table.c.run, table.c.threshold).where(table.c.until.is_(None))
        return {row.document: (row.run, row.threshold) for row in self._among(query, table.c.document, keys)}

    def _documents(self, seen: Sequence[Change], gone: Sequence[Change]) -> None:
        rows: list[Row] = [
            {"key": change.key, "state": state, "run": change.run, "publication": self.publication}
            for changes, state in ((seen, "present"), (gone, "withdrawn"))
            for change in changes
        ]
        self._upsert("documents", rows)
        for name in _FOUND:
            self._replace(
                name, [change.key for change in seen], [row for change in seen for row in found_in(change)[name]]
            )

    def _replace(self, name: str, keys: Sequence[str], rows: list[Row]) -> None:
        """Make the rows of some articles in a table these; one that is there already is not touched."""
        table = self.tables[name]
        wanted = {tuple(row.values()): row for row in rows}
        for row in self._among(select(*(table.c[column.name] for column in table.c)), table.c.document, keys):
            if wanted.pop(tuple(row), None) is None:
                key = [table.c[column.name] == row._mapping[column.name] for column in table.primary_key]
                self.connection.execute(delete(table).where(*key))
        self._add(name, list(wanted.values()))

    def _close(self, fresh: Sequence[str], gone: Sequence[str]) -> list[str]:
        """End what stood of these articles: an older extraction gets its `until`, one of this run (published with another confidence) loses its facts.

        Return the institutions that were among those.
        """
        table, tellings, appearances = (self.tables[name] for name in ("extractions", "tellings", "appearances"))
        joined = and_(tellings.c.document == table.c.document, tellings.c.run == table.c.run)
        query = select(tellings.c.parties, tellings.c.kind).distinct().join(table, joined)
        told = self._among(query.where(table.c.until.is_(None)), table.c.document, [*fresh, *gone])
        self.groups |= {(row.parties, row.kind) for row in told}
        mine = select(table.c.document).where(table.c.run == self.run)
        again = [row.document for row in self._among(mine, table.c.document, fresh)]
        query = select(appearances.c.institution).distinct().where(appearances.c.run == self.run)
        freed = {row.institution for row in self._among(query, appearances.c.document, again)}
        for part in _parts(again):
            links = self.tables["agreement_tellings"]
            self.connection.execute(delete(links).where(links.c.document.in_(part), links.c.document_run == self.run))
            for name in _DETAILS:
                details = self.tables[name]
                self.connection.execute(delete(details).where(details.c.document.in_(part), details.c.run == self.run))
        for keys, before in ((fresh, table.c.run < self.run), (gone, table.c.run <= self.run)):
            for part in _parts(keys):
                ended = update(table).where(table.c.document.in_(part), before, table.c.until.is_(None))
                self.connection.execute(ended.values(until=self.run))
        return sorted(freed)

    def _insert(self, fresh: Sequence[Facts]) -> None:
        """Write the facts of the articles."""
        self._upsert("extractions", [one.extraction for one in fresh])
        self._institutions(fresh)
        for table in tables():
            if table.name not in ("extractions", *_DESCRIPTIONS, *_FOUND):
                self._add(table.name, [row for one in fresh for row in one.rows[table.name]])
        self.groups |= {(str(row["parties"]), str(row["kind"])) for one in fresh for row in one.rows["tellings"]}

    # -- institutions ---------------------------------------------------------------------------------

    def _institutions(self, fresh: Sequence[Facts]) -> None:
        """Write the institutions as the newest extraction describes them; of two of a run that of the article whose key sorts last."""
        newest: dict[str, Row] = {}
        for one in sorted(fresh, key=lambda one: one.document):
            newest.update({str(row["key"]): row for row in one.rows["institutions"]})
        self._upsert("institutions", list(newest.values()), newer=True)
        table = self.tables["institutions"]
        query = select(table.c.key, table.c.document, table.c.run)
        described = {
            row.key: row.document
            for row in self._among(query, table.c.key, list(newest))
            if (row.document, row.run) == (newest[row.key]["document"], self.run)
        }
        for name in _DESCRIPTIONS[1:]:
            self._remove(name, "institution", sorted(described))
            rows = [
                row for one in fresh for row in one.rows[name] if described.get(str(row["institution"])) == one.document
            ]
            self._add(name, rows)

    def _forget(self, keys: Sequence[str]) -> None:
        """Take out those of some institutions that nothing speaks of any more: they were not sure enough."""
        table = self.tables["institutions"]
        used = [self.tables[name].c.institution for name in ("appearances", "agreement_parties", "copy_count_parties")]
        unused = [~exists().where(column == table.c.key) for column in used]
        gone = [row.key for row in self._among(select(table.c.key).where(*unused), table.c.key, keys)]
        for name in reversed(_DESCRIPTIONS):
            self._remove(name, "key" if name == "institutions" else "institution", gone)

    # -- agreements -----------------------------------------------------------------------------------

    def _register(self) -> None:
        """Make the agreements of the parties and kinds anew that something was told of, or no longer is."""
        standing = self._tellings()
        table = self.tables["agreements"]
        present: dict[_Group, dict[str, Row]] = defaultdict(dict)
        newest: dict[_Group, int] = defaultdict(lambda: self.run)
        for row in self._among(select(table), table.c.parties, sorted({parties for parties, _ in self.groups})):
            group = (row.parties, row.kind)
            newest[group] = max(newest[group], row.run, row.until or 0)
            if row.until is None:
                present[group][row.id] = dict(row._mapping)
        for group in sorted(self.groups):
            run = newest[group]
            for one in agreed(standing[group]):
                before = present[group].pop(one.id, None)
                if before is not None and self._same(one, before):
                    self._link(one, int(before["run"] or 0))
                    continue
                if before is not None:
                    self._end_agreement(before, run)
                for name, rows in one.rows(run).items():
                    self._add(name, rows)
            for before in present[group].values():
                self._end_agreement(before, run)

    def _tellings(self) -> dict[_Group, list[Telling]]:
        """Return what the articles that stand tell of the parties and kinds in question."""
        table, words, whole = (self.tables[name] for name in ("tellings", "evidences", "extractions"))
        evidence = and_(
            words.c.document == table.c.document, words.c.run == table.c.run, words.c.number == table.c.evidence
        )
        extraction = and_(whole.c.document == table.c.document, whole.c.run == table.c.run, whole.c.until.is_(None))
        columns = (words.c.start_offset, words.c.end_offset, words.c.text, words.c.rule, whole.c.date)
        query = select(table, *columns).join(words, evidence).join(whole, extraction)
        found: dict[_Group, list[Telling]] = defaultdict(list)
        for row in self._among(query, table.c.parties, sorted({parties for parties, _ in self.groups})):
            found[row.parties, row.kind].append(telling_of(dict(row._mapping)))
        return found

    def _same(self, one: Agreed, before: Row) -> bool:
        """Return whether an agreement stands as it is now said, conflicts included."""
        if any(before[name] != value for name, value in one.row.items()):
            return False
        table = self.tables["agreement_conflicts"]
        query = select(table.c.field, table.c.value, table.c.document)
        rows = self.connection.execute(query.where(table.c.agreement == one.id, table.c.run == before["run"]))
        return {tuple(row) for row in rows} == {tuple(row.values()) for row in one.conflicts}

    def _link(self, one: Agreed, run: int) -> None:
        """Lead from an agreement that stands to just the tellings that bear it out now; those of extractions that ended stay as its history."""
        table, whole = self.tables["agreement_tellings"], self.tables["extractions"]
        ends = and_(whole.c.document == table.c.document, whole.c.run == table.c.document_run, whole.c.until.is_(None))
        mine = and_(table.c.agreement == one.id, table.c.run == run)
        columns = (table.c.document, table.c.document_run, table.c.telling)
        wanted = {tuple(link.values()): link for link in map(link_of, one.tellings)}
        for row in self.connection.execute(select(*columns).join(whole, ends).where(mine)):
            if wanted.pop(tuple(row), None) is None:
                which = [column == value for column, value in zip(columns, row, strict=True)]
                self.connection.execute(delete(table).where(mine, *which))
        self._add("agreement_tellings", [{"agreement": one.id, "run": run, **link} for link in wanted.values()])

    def _end_agreement(self, before: Row, run: int) -> None:
        """Close an agreement that is no longer said so; one of this very run goes without a trace, as it was never said."""
        id_, since = before["id"], before["run"]
        table = self.tables["agreements"]
        if since != run:
            self.connection.execute(update(table).where(table.c.id == id_, table.c.run == since).values(until=run))
            return
        for name in ("agreement_conflicts", "agreement_tellings", "agreement_parties"):
            one = self.tables[name]
            self.connection.execute(delete(one).where(one.c.agreement == id_, one.c.run == since))
        self.connection.execute(delete(table).where(table.c.id == id_, table.c.run == since))

    # -- statements -----------------------------------------------------------------------------------

    def _among(self, query: Select[Any], column: Column[Any], values: Sequence[str]) -> Iterator[Any]:
        """Yield the rows of a query in which a column has one of some values, however many they are."""
        for part in _parts(values):
            yield from self.connection.execute(query.where(column.in_(part))).all()

    def _remove(self, name: str, column: str, values: Sequence[str]) -> None:
        table = self.tables[name]
        for part in _parts(values):
            self.connection.execute(delete(table).where(table.c[column].in_(part)))

    def _add(self, name: str, rows: Sequence[Row]) -> None:
        if rows:
            self.connection.execute(insert(self.tables[name]), rows)

    def _upsert(self, name: str, rows: Sequence[Row], *, newer: bool = False) -> None:
        """Write rows over those of the same key; with `newer` only where (run, document) is not less than what is there."""
        if not rows:
            return
        table = self.tables[name]
        dialect: Any = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table)
        new, key = statement.excluded, [column.name for column in table.primary_key]
        values: dict[str, Any] = {column.name: new[column.name] for column in table.c if column.name not in key}
        if name == "documents":  # of two that publish at once neither shall think that the other's articles are gone
            later = new.publication > table.c.publication
            values["publication"] = case((later, new.publication), else_=table.c.publication)
        when = None
        if newer:
            later = and_(new.run == table.c.run, new.document >= table.c.document)
            when = or_(new.run > table.c.run, later)
        self.connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values, where=when), rows)


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _PART] for at in range(0, len(values), _PART))
