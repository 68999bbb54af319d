"""The judges of relations, each of which may be missing: then the rules have the last word. Those that came with hamkor are taught by
`hamkor train --engine relations`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.finders.agreement_hearing import AgreementJudge
from pipeline.finders.counts import Judge
from pipeline.relations.agreement_judge import AgreementJudge as Agreements
from pipeline.relations.count_judge import CountJudge
from pipeline.relations.ranker import read_rankers
from pipeline.resources import models

__all__ = ["AGREEMENTS", "COUNTS", "FOLDER", "Judges", "own_judges", "read_judges"]

FOLDER = "relations"
COUNTS = "counts.json.gz"
AGREEMENTS = "agreements.json.gz"


@dataclass(frozen=True, slots=True)
class Judges:
    """Who weighs what the rules have read of copy counts and of agreements."""

    counts: Judge | None = None
    agreements: AgreementJudge | None = None


@cache
def own_judges() -> Judges:
    """Return hamkor's own judges, read once. Raises DataError where a file of theirs cannot be read."""
    return read_judges(models() / FOLDER)


def read_judges(folder: Path) -> Judges:
    """Return the judges of a folder. Raises DataError with the remedy where one cannot be read."""
    return Judges(CountJudge(read_rankers(folder / COUNTS)), Agreements(read_rankers(folder / AGREEMENTS)))
