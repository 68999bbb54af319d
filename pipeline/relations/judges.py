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
from pipeline.relations.home_judge import HomeJudge
from pipeline.relations.ranker import read_rankers
from pipeline.resources import models

__all__ = ["AGREEMENTS", "COUNTS", "FOLDER", "HOME", "Judges", "own_judges", "read_judges"]

FOLDER = "relations"
COUNTS = "counts.json.gz"
AGREEMENTS = "agreements.json.gz"
HOME = "home.json.gz"


@dataclass(frozen=True, slots=True)
class Judges:
    """Who weighs what the rules have read of copy counts, of agreements and of whose article it is."""

    counts: Judge | None = None
    agreements: AgreementJudge | None = None
    home: HomeJudge | None = None


@cache
def own_judges() -> Judges:
    """Return hamkor's own judges, read once. Raises DataError where a file of theirs cannot be read."""
    return read_judges(models() / FOLDER)


def read_judges(folder: Path) -> Judges:
    """Return the judges of a folder. Raises DataError with the remedy where one cannot be read."""
    counts, agreements, home = (read_rankers(folder / file) for file in (COUNTS, AGREEMENTS, HOME))
    return Judges(CountJudge(counts), Agreements(agreements), HomeJudge(home))
