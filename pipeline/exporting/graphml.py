"""GraphML: who works with whom, for Gephi, yEd, networkx (http://graphml.graphdrawing.org/specification.html)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.exporting.dataset import Dataset
from pipeline.exporting.output import whole_text
from pipeline.exporting.transfers import Transfers, party_of
from pipeline.publishing.agreements import Agreed
from pipeline.publishing.tables import Value

__all__ = ["Tie", "ties", "write"]

_KEYS = {
    "node": {"label": "string", "kind": "string", "country": "string", "known": "boolean"},
    "edge": {
        "agreements": "int", "given": "int", "received": "int", "first_year": "int", "last_year": "int", "evidence": "string",
    },
}  # fmt: skip


@dataclass(slots=True)
class Tie:
    """What two parties have to do with each other. given: how often the first gave the second something."""

    agreements: list[Agreed] = field(default_factory=list)
    given: int = 0
    received: int = 0

    @property
    def years(self) -> list[int]:
        """The years of the agreements, sorted: of signing, else of the beginning."""
        days = (one.row["signed_from"] or one.row["valid_from"] for one in self.agreements)
        return sorted(int(str(day)[:4]) for day in days if day)


def ties(agreements: list[Agreed], transfers: Transfers) -> dict[tuple[str, str], Tie]:
    """Return the ties by their two parties, in order."""
    found: dict[tuple[str, str], Tie] = defaultdict(Tie)
    for one in agreements:
        for first, second in combinations(sorted({party_of(party) for party in one.parties}), 2):
            found[first, second].agreements.append(one)
    for exchange in transfers.exchanges():
        if exchange.giver < exchange.receiver:
            found[exchange.giver, exchange.receiver].given += exchange.counts
        elif exchange.receiver < exchange.giver:
            found[exchange.receiver, exchange.giver].received += exchange.counts
    return dict(sorted(found.items()))


def write(dataset: Dataset, output: Path) -> None:
    """Write the graph: a node for each party that has a partner, an edge for each two that work together. Raises ExportError."""
    transfers = Transfers()
    for facts in dataset.articles():
        transfers.add(facts)
    found = ties(dataset.agreements(), transfers)
    described = {one.key: one for one in dataset.institutions()}
    with whole_text(output) as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for kind, keys in _KEYS.items():
            for name, type_ in keys.items():
                out.write(f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n')
        out.write('<graph edgedefault="undirected">\n')
        for key in sorted({key for pair in found for key in pair}):
            one = described.get(key)
            if one is None:  # a state
                values: dict[str, Value] = {"label": key, "kind": "state", "country": key.removeprefix("country:")}
            else:
                values = {"label": one.name, **{name: one.row[name] for name in ("kind", "country", "known")}}
            out.write(f"<node id={quoteattr(key)}>{_data('node', values)}</node>\n")
        for number, ((first, second), tie) in enumerate(found.items()):
            years = tie.years
            values = {
                "agreements": len(tie.agreements), "given": tie.given, "received": tie.received,
                "first_year": years[0] if years else None, "last_year": years[-1] if years else None,
                "evidence": " | ".join(one.id for one in tie.agreements) or None,
            }  # fmt: skip
            ends = f"source={quoteattr(first)} target={quoteattr(second)}"
            out.write(f'<edge id="e{number}" {ends}>{_data("edge", values)}</edge>\n')
        out.write("</graph>\n</graphml>\n")


def _data(kind: str, values: dict[str, Value]) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{str(value).lower() if isinstance(value, bool) else escape(str(value))}</data>'
        for name, value in values.items()
        if value is not None
    )
