"""What a person has reviewed: institutions by judgements, agreements by a file of verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.authority.countries import rows
from pipeline.authority.judgements import Judgements
from pipeline.languages.lexicon import DataError

__all__ = ["Reviewed", "read_reviewed"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Keys of institutions that a person has judged, ids of agreements that a person has called right."""

    institutions: frozenset[str]
    agreements: frozenset[str]


def read_reviewed(files: Iterable[Path], judgements: Judgements) -> Reviewed:
    """Return what is reviewed: each institution that a judgement says "same" of, each agreement whose `verdict` in one of the files is "right".

    A file is CSV with the columns id and verdict (right, wrong or empty), such as the register of `hamkor agreements --format csv` with a column added. Later files
    override earlier ones. Raises DataError naming file and line, OSError.
    """
    institutions = frozenset(judgements.resolve(key) for key in judgements.same.values())
    agreements: set[str] = set()
    for file in files:
        try:
            table = rows(file, required=("id", "verdict"))
        except UnicodeDecodeError as error:
            raise DataError(f"{file.name}: not UTF-8; save it as UTF-8") from error
        for number, row in enumerate(table, start=2):
            if row["verdict"] not in ("right", "wrong", ""):
                raise DataError(f"{file.name}, line {number}: the verdict is {row['verdict']!r}; write right or wrong")
            if row["verdict"] == "right":
                agreements.add(row["id"])
            elif row["verdict"] == "wrong":
                agreements.discard(row["id"])
    return Reviewed(institutions, frozenset(agreements))
