"""The plots of a dataset: three drawings (`timeline.svg`, `network.svg`, `copies.svg`), and a page (`index.html`) with them and with their figures as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from pipeline.authority.countries import rows
from pipeline.exporting.copies import DIRECTIONS, by_year, copies
from pipeline.exporting.dataset import Dataset
from pipeline.exporting.graphml import Tie, ties
from pipeline.exporting.network import network, weight
from pipeline.exporting.output import whole_text
from pipeline.exporting.svg import standalone
from pipeline.exporting.timeline import timeline
from pipeline.exporting.transfers import Transfers, party_of
from pipeline.pages import page
from pipeline.publishing.agreements import Agreed
from pipeline.resources import gazetteers

__all__ = ["write"]


def write(dataset: Dataset, output: Path, *, home: str | None = None) -> None:
    """Write drawings and page into a folder. home: the country whose exchange is drawn (ISO 3166-1 alpha-2), without it the one of most institutions.

    Raises ExportError.
    """
    transfers = Transfers()
    count = 0
    for facts in dataset.articles():
        transfers.add(facts)
        count += 1
    institutions, agreements = dataset.institutions(), dataset.agreements()
    names = {one.key: one.name for one in institutions}
    countries = {one.key: str(one.row["country"]) for one in institutions if one.row["country"]}
    sat = Counter(countries.values())
    states = {party_of(row) for one in agreements for row in one.parties if row["country"]}
    states |= {
        party for one in transfers.exchanges() for party in (one.giver, one.receiver) if party.startswith("country:")
    }
    countries |= {key: key.removeprefix("country:") for key in states}
    names |= {key: _country(key.removeprefix("country:")) for key in states}
    home = home or min(sat, key=lambda code: (-sat[code], code), default="UZ")
    figures = by_year(transfers.exchanges(), countries, home)
    tied = ties(agreements, transfers)
    drawings = {
        "timeline": timeline(agreements, names),
        "network": network(tied, names),
        "copies": copies(figures, _country(home)),
    }
    for name, svg in drawings.items():
        with whole_text(output / f"{name}.svg") as out:
            out.write(standalone(svg))
    tables = {
        "agreements_table": _agreements_table(agreements, names),
        "partners_table": _partners_table(tied, names),
        "copies_table": _copies_table(figures),
    }
    summary = f"{count:,} articles, {len(institutions):,} institutions, {len(agreements):,} agreements."
    style = files("pipeline.pages").joinpath("chart.css").read_text(encoding="utf-8")
    with whole_text(output / "index.html") as out:
        out.write(
            page(
                "plots", title="Agreements, partners, copies", summary=summary, chart_style=style, **drawings, **tables
            )
        )


def _country(code: str) -> str:
    """Return the English name of a country; its code where there is none."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["en"] for row in rows(gazetteers() / "countries.csv", required=("code", "en"))}


def _agreements_table(agreements: Sequence[Agreed], names: dict[str, str]) -> str:
    cells = (
        [
            " – ".join(names.get(party_of(party), party_of(party)) for party in one.parties),
            *(str(one.row[name] or "") for name in ("kind", "status", "signed", "valid")),
            str(len({telling.document for telling in one.tellings})),
        ]
        for one in agreements
    )
    return _table("Agreements", ("parties", "kind", "status", "signed", "in force", "articles"), cells)


def _partners_table(tied: dict[tuple[str, str], Tie], names: dict[str, str]) -> str:
    order = sorted(tied.items(), key=lambda item: (-weight(item[1]), item[0]))
    cells = (
        [f"{names.get(a, a)} – {names.get(b, b)}", str(len(tie.agreements)), str(tie.given), str(tie.received)]
        for (a, b), tie in order
    )
    return _table("Partners", ("parties", "agreements", "transfers from the first", "transfers from the second"), cells)


def _copies_table(figures: dict[str, dict[int, dict[str, int]]]) -> str:
    cells = (
        [unit, str(year or "not known"), *(f"{values[direction]:,}" for direction in DIRECTIONS)]
        for unit, years in figures.items()
        for year, values in years.items()
    )
    return _table("What changed hands", ("unit", "year", *DIRECTIONS), cells)


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>'
