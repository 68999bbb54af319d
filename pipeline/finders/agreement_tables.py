"""Agreements in the rows of tables: a partner in each, and what the other columns tell of the agreement with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_groups import TRIGGERS
from pipeline.finders.agreement_model import Clause, Cue, Day, Party, Sides, Trigger
from pipeline.finders.agreement_sentences import DateLike
from pipeline.finders.agreement_states import States
from pipeline.finders.grid_model import TABLE
from pipeline.finders.grid_remarks import remarked
from pipeline.finders.grid_words import grid_words, words_of
from pipeline.finders.grids import Cell, Grid, Row, bare_date
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document

__all__ = ["AgreementTables", "Tabled", "sentences_of"]

_TELLING = (
    "status",
    "note",
    "until",
    "term",
    "signed",
    "date",
    "since",
    "kind",
)  # columns that may tell a state, the surest first
_BARE = "deed of any kind"  # of which nothing more is said
_HEADING = 3  # sentences before a table that may name what it lists
_TITLE = 14  # tokens of the line over a table
_Told = TypeVar("_Told", Cue, Day)


@dataclass(frozen=True, slots=True)
class Tabled:
    """An agreement as a row tells it."""

    clause: Clause
    sides: Sides
    kind: str
    status: str
    signed: str | None
    valid: str | None


class AgreementTables:
    """Reads the tables of one document whose rows name partners."""

    def __init__(
        self,
        document: Document,
        reader: Reader,
        context: Context,
        states: States,
        dates: Sequence[DateLike],
        grids: Sequence[Grid],
    ) -> None:
        self.document, self.reader, self.context, self.states, self.dates = document, reader, context, states, dates
        self._dated = [date.first for date in dates]
        self._read: dict[int, list[Clause]] = {}
        self.told: list[Tabled] = []
        """The agreements of all tables, in the order of the text."""
        self.sentences: set[int] = set()
        """The sentences of tables that tell of agreements."""
        for grid in grids:
            found = self._grid(grid)
            if found:
                self.told += found
                self.sentences.update(sentences_of(document, grid))

    def run_in(self, clauses: Sequence[Clause], heading: Clause, own: Party) -> list[Tabled]:
        """Return what a table tells that the layout has run into one line: partner, document, years, partner, …; [] where it is none."""
        days = [day for clause in clauses for day in clause.days]
        status = self.states.status(heading, None, None) or "signed"
        begin = clauses[0].first
        found: list[Tabled] = []
        for number, clause in enumerate(clauses):
            trigger = clause.trigger
            here = [] if trigger is None else self.context.within(begin, trigger.first)
            if trigger is None or len(here) != 1:
                return []
            following = clauses[number + 1].trigger if number + 1 < len(clauses) else None
            end = clauses[-1].last if following is None else following.first
            begin = trigger.last
            indices = [day.index for day in days if trigger.last <= day.first < end]
            told = self.states.member_days(indices, clause) if indices else self.states.dates_of(heading, status)
            found.append(Tabled(clause, Sides((own, here[0]), (), own, True), trigger.kind, status, *told))
        return found

    def _grid(self, grid: Grid) -> list[Tabled]:
        """Return the agreements of a table; [] where it tells of none, or not whose partners these are."""
        partners = {entity for row in grid.rows if (cell := grid.cell(row, "partner")) for entity in cell.entities}
        title = self._title(grid)
        own = self._own(partners, title)
        trigger = None if "kind" in grid.columns else self._headed(grid) or self._heading(grid)
        states = remarked(self.document, grid, self.context.starts)
        found = [self._row(grid, row, own, trigger, title, states.get(number)) for number, row in enumerate(grid.rows)]
        return [tabled for tabled in found if tabled is not None]

    def _title(self, grid: Grid) -> tuple[int, int]:
        """Return the tokens of the short sentence over a table; none where it is a long one."""
        sentence = self.document.tokens.sentence[grid.first] - 1
        if sentence < 0:
            return grid.first, grid.first
        first, last = self.document.tokens.sentences[sentence]
        return (first, last) if last - first <= _TITLE else (last, last)

    def _own(self, partners: set[int], title: tuple[int, int]) -> Party | None:
        """Return whose partners a table lists: the article's own institution, or the one that the line over it names alone."""
        base = self.context.base()
        if base is not None and base not in partners:
            return base
        named = [party for party in self.context.within(*title) if party not in partners]
        return named[0] if len(named) == 1 else None

    def _clauses(self, first: int, last: int) -> list[Clause]:
        """Return the clauses of the sentences that tokens [first, last) stand in."""
        sentence, found = self.document.tokens.sentence, list[Clause]()
        for number in range(sentence[first], sentence[last - 1] + 1):
            if number not in self._read:
                self._read[number] = self.reader.clauses(number) if number in self.reader.ranges else []
            found += self._read[number]
        return found

    def _headed(self, grid: Grid) -> Trigger | None:
        """Return the document that a head names: «Дата договора»."""
        trigger = self._worded(grid.first, grid.rows[0].first)
        return replace(trigger, kind=_BARE) if trigger is not None and trigger.kind == "deed" else trigger

    def _heading(self, grid: Grid) -> Trigger | None:
        """Return what a table lists, as the sentences before it name it last."""
        sentence = self.document.tokens.sentence[grid.first]
        for number in range(sentence - 1, max(-1, sentence - 1 - _HEADING), -1):
            first, last = self.document.tokens.sentences[number]
            triggers = [clause.trigger for clause in self._clauses(first, last) if clause.trigger is not None]
            if triggers:
                return None if triggers[-1].denied else triggers[-1]
        return None

    def _row(
        self,
        grid: Grid,
        row: Row,
        own: Party | None,
        heading: Trigger | None,
        title: tuple[int, int],
        remark: str | None,
    ) -> Tabled | None:
        """Return the agreement of a row; None where it names no other party, no document or no owner."""
        partner, ours, kind = grid.cell(row, "partner"), grid.cell(row, "own"), grid.cell(row, "kind")
        if ours is not None and ours.entities:
            own = ours.entities[0]
        trigger = heading if kind is None else self._trigger(kind)
        if partner is None or not partner.whole or own is None or trigger is None:
            return None
        joint = ";" in self.document.tokens.fold[partner.first : partner.last]
        parties = [entity for entity in partner.entities if entity != own][: None if joint else 1]
        if not parties:
            return None
        clauses = self._clauses(row.first, row.last)
        cues = [cue for clause in clauses for cue in clause.cues if row.first <= cue.first < row.last]
        days = [day for clause in clauses for day in clause.days if row.first <= day.first < row.last]
        clause = Clause(
            replace(trigger, rule=TABLE),
            row.first,
            row.last,
            self.document.languages[row.first],
            cues=_ordered(cues),
            days=_ordered(days),
            sentence=self.document.tokens.sentence[row.first],
        )
        status, told = self._status(grid, row, title, remark)
        signed, valid = self._times(grid, row)
        if status == "planned":
            signed = valid = None
        elif told is not None:
            signed, valid = self._later(told, status, days, signed, valid)
        return Tabled(clause, Sides((own, *parties), (), own, True), trigger.kind, status, signed, valid)

    def _trigger(self, cell: Cell) -> Trigger | None:
        """Return the document that a cell names: as the rules read it, else by its one word, which needs nothing beside it in a cell."""
        for clause in self._clauses(cell.first, cell.last):
            trigger = clause.trigger
            if trigger is not None and cell.first <= trigger.first < cell.last:
                return None if trigger.denied else trigger
        return self._worded(cell.first, cell.last)

    def _worded(self, first: int, last: int) -> Trigger | None:
        """Return the document whose noun stands among tokens [first, last)."""
        words, tokens = grammar("agreements").lexicon, self.document.tokens
        heads: list[tuple[int, str]] = []
        for index in range(first, last):
            for language in dict.fromkeys((self.document.languages[index], "uz", "ru", "en")):
                reading = words.reading(language, tokens.fold[index])
                if reading is not None and reading.symbol in TRIGGERS:
                    heads.append((index, reading.value))
                    break
        if not heads:
            return None
        at, kind = heads[-1] if self.document.languages[first] == "uz" else heads[0]
        return Trigger(at, at + 1, kind, False)

    def _words(self, first: int, last: int) -> str:
        return words_of(self.document.tokens.fold[first:last])

    def _status(self, grid: Grid, row: Row, title: tuple[int, int], remark: str | None) -> tuple[str, Cell | None]:
        """Return the state that a row tells, and the cell that does; else that of a remark, of the line over it or over the table; else `signed`."""
        words = grid_words()
        for column in _TELLING:
            cell = grid.cell(row, column)
            state = None if cell is None else words.state(self._words(cell.first, cell.last))
            if state is not None:
                return state, cell
        if remark is not None:
            return remark, None
        for first, last in (row.title or (0, 0), title):
            states = words.states(self._words(first, last))
            if len(states) == 1:
                return states[0], None
        return "signed", None

    def _inside(self, cell: Cell | None) -> list[str]:
        """Return the dates (EDTF) in a cell; a bare year too."""
        if cell is None:
            return []
        inside = self.dates[bisect_left(self._dated, cell.first) : bisect_left(self._dated, cell.last)]
        bare = None if inside else bare_date(self.document.tokens.fold[cell.first : cell.last])
        if bare is not None:
            return [bare]
        return [date.edtf for date in inside]

    def _times(self, grid: Grid, row: Row) -> tuple[str | None, str | None]:
        """Return (signed, valid) as the columns of dates give them."""
        times = {
            column: dates[0]
            for column in ("signed", "date", "term", "since", "until")
            if (dates := self._inside(grid.cell(row, column)))
        }
        signed: str | None = None
        valid: str | None = None
        for column in ("signed", "date"):
            day = times.get(column)
            if day is not None and "/" in day:
                valid = valid or day
            elif day is not None:
                signed = signed or day
        term = times.get("term")
        if term is not None and "/" in term:
            valid = term
        elif term is not None and signed is None:
            signed = term  # «Срок: 2016»: the year of the agreement alone
        elif term is not None:
            valid = f"../{term}"
        since, until = times.get("since"), times.get("until")
        if since is not None:
            valid = f"{since.split('/')[0]}/{until.split('/')[-1] if until else '..'}"
        elif until is not None:
            valid = f"../{until.split('/')[-1]}"
        return signed, valid

    def _later(
        self, cell: Cell, status: str, days: Sequence[Day], signed: str | None, valid: str | None
    ) -> tuple[str | None, str | None]:
        """Return (signed, valid) with what the cell of a state says beside it: “lapsed in 2021”, “extended to 2027”."""
        dates = [date for date in self._inside(cell) if date != signed]
        if valid is not None or not dates:
            return signed, valid
        until = {self.dates[day.index].edtf for day in days if day.role == "until"}
        last = dates[-1]
        if last.startswith("../"):
            return signed, last
        ends = "/" not in last and (status == "ended" or (status == "renewed" and last in until))
        return signed, f"../{last}" if ends else None


def sentences_of(document: Document, grid: Grid) -> range:
    """Return the sentences of a table."""
    return range(document.tokens.sentence[grid.first], document.tokens.sentence[grid.last - 1] + 1)


def _ordered(parts: Sequence[_Told]) -> list[_Told]:
    return sorted(set(parts), key=lambda part: part.first)
