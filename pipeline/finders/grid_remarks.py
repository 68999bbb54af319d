"""What the remarks below a table say of its rows: “The second line has lapsed; all the rest hold”."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.finders.grid_model import Grid
from pipeline.finders.grid_words import grid_words, words_of
from pipeline.text.document import Document

__all__ = ["remarked"]

_BELOW = 3  # sentences below a table that may speak of its rows
_LONGEST = 18  # tokens of a remark


def remarked(document: Document, grid: Grid, named: Sequence[int]) -> dict[int, str]:
    """Return the states that the sentences below a table give to its rows, by the number of the row. `named`: the first tokens of institutions' names, sorted.

    A remark speaks of lines, papers or agreements, names no institution, and calls its rows by their places: the first, the last, all but the last, the rest.
    """
    words, told = grid_words(), dict[int, str]()
    rows = range(len(grid.rows))
    spoken, mentioned = False, set[int]()
    for first, last in _remarks(document, grid):
        said = words_of(document.tokens.fold[first:last])
        spoken = spoken or words.remarks["rows"].search(said) is not None
        says = {name for name, pattern in words.remarks.items() if pattern.search(said)}
        meant = {number for number, pattern in enumerate(words.places) if number in rows and pattern.search(said)}
        meant |= {rows[-1]} if "last" in says else set()
        states = words.states(said)
        if (
            not spoken
            or len(states) != 1
            or states == ["signed"]
            or last - first > _LONGEST
            or _holds(named, first, last)
        ):
            continue
        if "rest" in says:
            which = set(rows) - mentioned if mentioned and not meant else set()
        elif "all" in says:
            which = set(rows) - meant if not meant or "but" in says else set()
        else:
            which = meant
        mentioned |= which
        told |= dict.fromkeys(which - set(told), states[0])
    return told


def _remarks(document: Document, grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the tokens of what may be a remark below a table: the sentences there, parted at semicolons."""
    tokens = document.tokens
    below = tokens.sentence[grid.last - 1] + 1
    for begin, end in tokens.sentences[below : below + _BELOW]:
        for index in range(begin, end):
            if tokens.fold[index] == ";":
                yield begin, index
                begin = index + 1
        if begin < end:
            yield begin, end


def _holds(named: Sequence[int], first: int, last: int) -> bool:
    """Return whether an institution is named among tokens [first, last)."""
    at = bisect_left(named, first)
    return at < len(named) and named[at] < last
