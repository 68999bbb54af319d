"""Rows of a table that the layout has run together: «2 / Institute / memorandum / 04.03.2022 / in force»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_model import Clause, Party
from pipeline.text.document import Document
from pipeline.text.tokens import Gap

__all__ = ["rows"]

_CELLS = frozenset(("/", "|", "¦", "\t"))  # what parts the cells of a row


def rows(document: Document, reader: Reader, context: Context, clauses: Sequence[Clause]) -> list[tuple[Clause, Party]]:
    """Return the rows of a sentence that is a table: each one's clause and its partner; [] where it is none.

    A row is a line of cells with one institution and one agreement; a table has two of them.
    """
    whole = clauses[0].sentence
    first, last = document.tokens.sentences[whole]
    gaps, folds = document.tokens.gap, document.tokens.fold
    starts = [first, *(k for k in range(first + 1, last) if gaps[k] >= Gap.LINE), last]
    if len(starts) < 3:
        return []
    cues = [cue for clause in clauses for cue in clause.cues]
    days = [day for clause in clauses for day in clause.days]
    found: list[tuple[Clause, Party]] = []
    for begin, end in zip(starts, starts[1:], strict=False):
        here = context.within(begin, end)
        triggers = [clause for clause in clauses if clause.trigger is not None and begin <= clause.trigger.first < end]
        if len(here) != 1 or len(triggers) != 1 or sum(folded in _CELLS for folded in folds[begin:end]) < 2:
            continue
        row = replace(
            triggers[0],
            first=begin,
            last=end,
            groups=[],
            cues=[cue for cue in cues if begin <= cue.first < end],
            days=[day for day in days if begin <= day.first < end],
        )
        found.append((row, here[0]))
    return found if len(found) > 1 else []
