"""What parties gave each other, across articles: as the view `copies_exchanged` of the database has it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from pipeline.publishing.facts import Facts
from pipeline.publishing.tables import Row, Value

__all__ = ["Exchange", "Transfers"]


@dataclass(frozen=True, slots=True, order=True)
class Exchange:
    """What one party (key, or country:XX) gave another in a year (0: not known): `copies` things of a unit in `counts` numbers, `inexact` of which are bounds,
    ranges or approximations. shared: several givers or receivers share the numbers, which say nothing of each alone."""

    giver: str
    receiver: str
    year: int
    unit: str
    shared: bool
    copies: int
    counts: int
    inexact: int


class Transfers:
    """Gathers transfers article by article. What several articles tell alike is counted once; a count that is part of another is left out."""

    def __init__(self) -> None:
        self._times: dict[tuple[Value, ...], int] = defaultdict(int)

    def add(self, facts: Facts) -> None:
        """Take in the transfers of one article."""
        told: Counter[tuple[Value, ...]] = Counter()
        sides: dict[tuple[Value, Value], list[str]] = defaultdict(list)
        for row in facts.rows["copy_count_parties"]:
            sides[row["copy_count"], row["role"]].append(party_of(row))
        for row in facts.rows["copy_counts"]:
            givers, receivers = sides[row["id"], "from"], sides[row["id"], "to"]
            if row["act"] != "transferred" or row["part_of"] is not None:
                continue
            shared = len(givers) + len(receivers) > 2
            value = (row["date"], row["number"], row["number_max"], row["bound"])
            for giver in givers:
                told.update((giver, receiver, _year(row), row["unit"], shared, *value) for receiver in receivers)
        for key, times in told.items():
            self._times[key] = max(self._times[key], times)

    def exchanges(self) -> list[Exchange]:
        """Return what was exchanged, sorted."""
        sums: dict[tuple[Value, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
        for (giver, receiver, year, unit, shared, _, number, most, bound), times in self._times.items():
            total = sums[giver, receiver, year, unit, shared]
            exact = bound is None and most is None
            for at, value in enumerate((int(number or 0) * times, times, 0 if exact else times)):
                total[at] += value
        return sorted(
            Exchange(str(giver), str(receiver), int(year or 0), str(unit), bool(shared), *figures)
            for (giver, receiver, year, unit, shared), figures in sums.items()
        )


def party_of(row: Row) -> str:
    """Return the key of a party: an institution's, or country:XX."""
    return str(row["institution"] or f"country:{row['country']}")


def _year(row: Row) -> int:
    years = {str(row[name])[:4] for name in ("earliest", "latest") if row[name] is not None}
    both = row["earliest"] is not None and row["latest"] is not None
    return int(years.pop()) if both and len(years) == 1 else 0
