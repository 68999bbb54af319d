"""Tables in a text: which tokens are heads of columns, rows and cells, and what each column holds.

Three layouts are read: cells parted by tabs, bars, slashes or two and more spaces; one cell a line, a head of K lines and then K lines for each row; and heads
that go on in the next line. Only what is certain is a table: the heads of at least two columns are known, one of them of parties, and what stands below
fits them: numbers where counts stand, dates where dates stand, names where parties stand. Any other list is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.finders.grid_lines import GridLines
from pipeline.finders.grid_model import Cell, Dated, Grid, Row
from pipeline.finders.grid_words import GridWords, grid_words, words_of
from pipeline.finders.seats import Mention
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["Cell", "Grid", "Row", "bare_date", "find_grids"]

PARTIES = frozenset(("giver", "receiver", "partner", "own"))
DATES = frozenset(("date", "signed", "since", "until", "term"))
COUNTS = frozenset(("count", "received", "sent"))
_EITHER = frozenset(("from", "to"))  # a party, or an end of a time
_HEAD = 8  # tokens of a head
_COLUMNS = 12
_TITLE = 9  # tokens of a line over some of the rows
_LONGEST = {"number": 3, "count": 18, "received": 18, "sent": 18, "kind": 22} | dict.fromkeys(DATES, 16)
_CELL = 34  # tokens of any other cell
_JOINED = 3  # lines of one head
_SHORT = 3  # words of a short form
_YEARS = range(1800, 2101)


def find_grids(document: Document, mentions: Sequence[Mention], dates: Sequence[Dated]) -> list[Grid]:
    """Return the tables of a document in order, not overlapping. `mentions` and `dates` are sorted. Pure; linear time."""
    words = grid_words()
    tokens = document.tokens
    candidates = document.telling(lambda _: words.opens)
    if len(candidates) < 2:
        return []
    starts = [index for index, gap in enumerate(tokens.gap) if gap >= Gap.LINE]
    page = _Page(document, mentions, dates, starts, words)
    opening = sorted({bisect_right(starts, index) - 1 for index in candidates if page.opens_cell(index)})
    found: list[Grid] = []
    done = -1
    for line in opening:
        if line <= done:
            continue
        made = page.across(line) or page.down(line)
        if made is not None:
            grid, done = made
            found.append(grid)
    return found


class _Page(GridLines):
    """Reads tables off the lines of a document."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        dates: Sequence[Dated],
        starts: Sequence[int],
        words: GridWords,
    ) -> None:
        super().__init__(document, starts)
        self.words = words
        self.mentions, self.dates = mentions, dates
        self.at, self.dated = [m.first for m in mentions], [d.first for d in dates]

    def _words(self, *ranges: tuple[int, int]) -> str:
        return "".join(words_of(self.tokens.fold[first:last]) for first, last in ranges)

    def _head(self, *ranges: tuple[int, int]) -> str:
        """Return what a column of this head holds; "" for none."""
        if any(last - first > _HEAD for first, last in ranges):
            return ""
        return self.words.head(self._words(*ranges))

    def across(self, line: int) -> tuple[Grid, int] | None:
        """Return the table whose heads stand side by side on a line, and its last line."""
        cells = self.cells(line)
        if not 1 < len(cells) <= _COLUMNS:
            return None
        columns = [self._head(cell) for cell in cells]
        wrapped = None if self._next_fits(line + 1, columns) else self.wrapped(line, cells)
        if wrapped is not None:
            longer = [
                self._head(*parts) or column
                for parts, column in zip(self._joined(cells, wrapped), columns, strict=True)
            ]
            made = self._table(line, line + 1, longer, self._rows(line + 2, longer)) if _useful(longer) else None
            if made is not None:
                return made
        return self._table(line, line, columns, self._rows(line + 1, columns)) if _useful(columns) else None

    def _joined(
        self, cells: Sequence[tuple[int, int]], wrapped: dict[int, tuple[int, int]]
    ) -> Iterator[list[tuple[int, int]]]:
        for number, cell in enumerate(cells):
            yield [cell, *([wrapped[number]] if number in wrapped else [])]

    def _rows(self, line: int, columns: Sequence[str]) -> tuple[list[Row], int]:
        """Return the rows side by side from a line on, and the last line of them."""
        rows: list[Row] = []
        title: tuple[int, int] | None = None
        end = line - 1
        while line < len(self.starts):
            cells = self.cells(line)
            if not cells:
                line += 1
                continue
            row = self._fitting(cells, columns, title, least=1 if rows else 2)
            if row is None:
                if self._titles(line) and self._next_fits(line + 1, columns):
                    title = self.bounds(line)
                    line += 1
                    continue
                break
            wrapped = self.wrapped(line, cells) if len(cells) == len(columns) else None
            if wrapped is not None and len(wrapped) < len(cells) and not self._next_fits(line + 1, columns, least=1):
                cut = tuple(
                    Cell(cell.first, cell.last, whole=False) if number in wrapped else cell
                    for number, cell in enumerate(row.cells)
                )
                row = Row(cut, title)
                line += 1
            rows.append(row)
            end = line
            line += 1
        return rows, end

    def _next_fits(self, line: int, columns: Sequence[str], *, least: int = 2) -> bool:
        return line < len(self.starts) and self._fitting(self.cells(line), columns, None, least=least) is not None

    def _titles(self, line: int) -> bool:
        """Return whether a line may be a title over rows: short, no name of an institution, no sentence."""
        first, last = self.bounds(line)
        one = len(self.cells(line)) == 1 and last - first <= _TITLE and self.tokens.fold[last - 1] not in ".;,"
        return one and not self._entities(first, last)

    def down(self, line: int) -> tuple[Grid, int] | None:
        """Return the table whose heads stand one below the other from a line on, and its last line."""
        for joined in (True, False):
            heads = self._heads(line, joined)
            if len(heads) == _COLUMNS:
                return None
            known = max((number for number, (column, _) in enumerate(heads, 1) if column), default=0)
            for number in sorted({len(heads), known}, reverse=True):
                columns = [column for column, _ in heads[:number]]
                if not _useful(columns):
                    break
                last = heads[number - 1][1]
                made = self._table(line, last, columns, self._stacked(last + 1, columns))
                if made is not None:
                    return made
        return None

    def _heads(self, line: int, joined: bool) -> list[tuple[str, int]]:
        """Return the heads of columns that stand one a line: what each column holds, and its last line. `joined`: a head may go on in the next line."""
        heads: list[tuple[str, int]] = []
        begin = line
        apart = line + 1 < len(self.starts) and self.blank(line + 1)  # an empty line between any two lines
        while line < len(self.starts) and len(heads) < _COLUMNS and (line == begin or self.blank(line) == apart):
            for length in range(_JOINED if joined else 1, 0, -1):
                ranges = self._lines(line, length)
                column = self._head(*ranges) if len(ranges) == length else ""
                if column:
                    break
            if not column:
                first, last = self.bounds(line)
                short = last - first <= _HEAD and len(self.cells(line)) == 1
                if not heads or not short or self._typed(first, last) or sum(not known for known, _ in heads) > 1:
                    break
                length = 1
            heads.append((column, line + length - 1))
            line += length
        return heads

    def _lines(self, line: int, length: int) -> list[tuple[int, int]]:
        """Return the tokens of some lines in a row, as far as no empty line parts them."""
        found = []
        for number in range(line, min(line + length, len(self.starts))):
            if number > line and self.blank(number):
                break
            found.append(self.bounds(number))
        return found

    def _typed(self, first: int, last: int) -> bool:
        """Return whether tokens hold an institution, a date or a number: no head does."""
        numbered = any(self.tokens.kind[index] is Kind.NUMBER for index in range(first, last))
        return numbered or bool(self._entities(first, last)) or self._has_date(first, last)

    def _stacked(self, line: int, columns: Sequence[str]) -> tuple[list[Row], int]:
        """Return the rows that stand a cell a line from a line on, and the last line of them."""
        rows: list[Row] = []
        title: tuple[int, int] | None = None
        end, count = line - 1, len(columns)
        spaced = line + 1 < len(self.starts) and self.blank(line + 1)
        while line + count <= len(self.starts):
            row = self._block(line, columns, spaced, title)
            if row is None:
                below = self._block(line + 1, columns, spaced, title) if self._titles(line) else None
                if below is None:
                    break
                title = self.bounds(line)
                line += 1
                continue
            rows.append(row)
            end = line + count - 1
            line += count
        return rows, end

    def _block(self, line: int, columns: Sequence[str], spaced: bool, title: tuple[int, int] | None) -> Row | None:
        """Return the row of the lines from a line on, a cell each; None where they are none."""
        lines = range(line, line + len(columns))
        if lines.stop > len(self.starts) or (not spaced and any(self.blank(number) for number in lines[1:])):
            return None
        set_off = spaced is False and self.blank(line) and (lines.stop == len(self.starts) or self.blank(lines.stop))
        cells = [self.bounds(number) for number in lines]
        return self._fitting(cells, columns, title, least=1 if set_off else 2)

    def _fitting(
        self,
        cells: Sequence[tuple[int, int]],
        columns: Sequence[str],
        title: tuple[int, int] | None,
        *,
        least: int = 2,
    ) -> Row | None:
        """Return the row of some cells; None where they do not fit what the columns hold, or fewer than `least` of them are told by it."""
        if len(cells) == len(columns) + 1 and "number" not in columns and self._numbers(*cells[0]):
            cells = cells[1:]  # rows are numbered, though no head says so
        if len(cells) != len(columns):
            return None
        made = [self._cell(first, last) for first, last in cells]
        told = 0
        for column, cell in zip(columns, made, strict=True):
            fits = self._fits(column, cell)
            if fits is None:
                return None
            told += fits
        return Row(tuple(made), title) if told >= least else None

    def _numbers(self, first: int, last: int) -> bool:
        return first < last <= first + 2 and self.tokens.kind[first] is Kind.NUMBER

    def _cell(self, first: int, last: int) -> Cell:
        if words_of(self.tokens.fold[first:last]) == "":
            return Cell(first, first)  # a dash
        entities = self._entities(first, last)
        return Cell(first, last, entities, not entities and self.words.is_own(self._words((first, last))))

    def _fits(self, column: str, cell: Cell) -> bool | None:
        """Return whether a cell is told by its column: True where it holds what it must, False where it may, None where it cannot stand there."""
        first, last = cell.first, cell.last
        if first == last:
            return False
        kinds = self.tokens.kind[first:last]
        if last - first > _LONGEST.get(column, _CELL):
            return None
        if column in _EITHER:
            column = "date" if self._has_date(first, last) else "giver"
        if column == "number":
            return False if kinds[0] is Kind.NUMBER else None
        if column in PARTIES or column == "kind":
            named = bool(cell.entities) or cell.own
            return None if Kind.WORD not in kinds else named if column != "kind" else False
        if column in COUNTS:
            return None if Kind.NUMBER not in kinds[:3] else True
        if column in DATES:
            dated = self._has_date(first, last)
            return True if dated else None if cell.entities else False
        return False

    def _has_date(self, first: int, last: int) -> bool:
        """Return whether tokens hold a date, or are one that only a table makes sure of."""
        at = bisect_left(self.dated, first)
        dated = at < len(self.dates) and self.dates[at].last <= last
        return dated or bare_date(self.tokens.fold[first:last]) is not None

    def _entities(self, first: int, last: int) -> tuple[int, ...]:
        """Return the institutions named among tokens [first, last), but not those inside another's name."""
        inside = [m for m in self.mentions[bisect_left(self.at, first) : bisect_left(self.at, last)] if m.last <= last]
        found: list[int] = []
        end = first
        for mention in sorted(inside, key=lambda m: (m.first, -m.last)):
            if mention.first >= end:
                end = mention.last
                if mention.entity not in found:
                    found.append(mention.entity)
        return tuple(found)

    def _table(
        self, line: int, heads: int, columns: Sequence[str], read: tuple[list[Row], int]
    ) -> tuple[Grid, int] | None:
        """Return the table of the heads that stand from line `line` to line `heads` and of rows with their last line; None where that is not certain."""
        rows, end = read
        known = sum(bool(column) for column in columns)
        if not rows or (len(rows) == 1 and known < 3):
            return None
        meanings = self._resolved(columns, rows)
        named = any(
            cell.entities
            for row in rows
            for meaning, cell in zip(meanings, row.cells, strict=True)
            if meaning in PARTIES
        )
        if not named:
            return None
        return Grid(self.starts[line], self.bounds(end)[1], meanings, tuple(self._reporting(meanings, rows))), end

    def _reporting(self, columns: Sequence[str], rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows; where one short form without a name, “OblLibrary”, gives or receives in most of them, it means the article's own institution."""
        sides = [number for number, column in enumerate(columns) if column in ("giver", "receiver")]
        if len(sides) < 2 or any(row.cells[number].own for row in rows for number in sides):
            return rows
        times: Counter[str | tuple[int, ...]] = Counter()
        for row in rows:
            times.update({self._party(row.cells[number]) for number in sides})
        (often, most), (_, second) = [*times.most_common(2), ("", 0)][:2]
        certain = most > max(second, 1) and 2 * most > len(rows)
        if not certain or not isinstance(often, str) or not 0 < len(often.split()) <= _SHORT:
            return rows
        return [
            replace(row, cells=tuple(
                replace(cell, own=True) if number in sides and self._party(cell) == often else cell
                for number, cell in enumerate(row.cells)
            ))
            for row in rows
        ]  # fmt: skip

    def _party(self, cell: Cell) -> str | tuple[int, ...]:
        """Return whom a cell of a party names, or its words where it names nobody."""
        return cell.entities or self._words((cell.first, cell.last))

    def _resolved(self, columns: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
        """Return what columns hold where a head alone does not tell: `From` is a giver, or the beginning of a time; `Kind` that of a document or of things."""
        meanings = list(columns)
        for number, column in enumerate(columns):
            if column in _EITHER:
                cells = [row.cells[number] for row in rows if row.cells[number].first < row.cells[number].last]
                timed = any(self._has_date(cell.first, cell.last) for cell in cells)
                meanings[number] = {("from", True): "since", ("to", True): "until", ("from", False): "giver"}.get(
                    (column, timed), "receiver"
                )
        if "partner" not in meanings and ("giver" in meanings or "receiver" in meanings):
            meanings = ["thing" if column == "kind" else column for column in meanings]
        return tuple(meanings)


def bare_date(folds: Sequence[str]) -> str | None:
    """Return the date (EDTF) of a cell that is a number in running text, but a year or a month where a date must stand: `2018`, `03.2018`.

    >>> bare_date(["2018"]), bare_date(["03", ".", "2018"]), bare_date(["13", ".", "2018"]), bare_date(["112"])
    ('2018', '2018-03', None, None)
    """
    *before, year = folds or [""]
    if len(year) != 4 or not (year.isascii() and year.isdecimal()) or int(year) not in _YEARS:
        return None
    if not before:
        return year
    month = before[0] if len(before) == 2 and before[1] == "." and before[0].isdecimal() else "0"
    return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else None


def _useful(columns: Sequence[str]) -> bool:
    """Return whether heads are those of a table that tells something: at least two are known, one of parties."""
    known = [column for column in columns if column]
    return len(known) > 1 and 2 * len(known) >= len(columns) and any(c in PARTIES or c in _EITHER for c in known)
