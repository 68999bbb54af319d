"""A timeline of agreements: when each was signed, from when to when it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from pipeline.exporting.svg import WIDTH, drawing, element, short, text, years_axis
from pipeline.exporting.transfers import party_of
from pipeline.publishing.agreements import Agreed

__all__ = ["dated", "timeline"]

MOST = 120
"""Agreements in one drawing: the newest ones."""
_LABELS, _RIGHT, _TOP, _ROW = 420, 24, 34, 20


def dated(agreements: Sequence[Agreed]) -> list[Agreed]:
    """Return the agreements that have a date, the oldest first."""
    return sorted(
        (one for one in agreements if _begin(one) or _end(one)), key=lambda one: (_begin(one) or _end(one), one.id)
    )


def timeline(agreements: Sequence[Agreed], names: Mapping[str, str]) -> str:
    """Return the drawing. `names`: what each party is called."""
    every = dated(agreements)
    shown = every[-MOST:]
    years = [int(day[:4]) for one in shown for day in (_begin(one), _end(one)) if day]
    first, last = (min(years), max(years) + 1) if years else (0, 1)
    left, right = _LABELS, WIDTH - _RIGHT
    bottom = _TOP + _ROW * len(shown)

    def x(day: str) -> float:
        year, month, number = int(day[:4]), int(day[5:7]), int(day[8:10])
        return left + (year + (month - 1) / 12 + (number - 1) / 372 - first) / max(last - first, 1) * (right - left)

    pieces = [years_axis(first, last, left, right, _TOP, bottom)] if shown else []
    for at, one in enumerate(shown):
        y = _TOP + _ROW * at + _ROW / 2
        label = " – ".join(names.get(party_of(party), party_of(party)) for party in one.parties)
        facts = ", ".join(f"{name} {one.row[name]}" for name in ("status", "signed", "valid") if one.row[name])
        inside = element("title", escape(f"{label}: {one.row['kind']}, {facts}"))
        inside += text(short(label, _LABELS - 16), _LABELS - 10, y + 4, text_anchor="end")
        begin, end = one.row["valid_from"], one.row["valid_to"]
        if begin or end:
            start, stop = x(str(begin or _begin(one) or f"{first:04d}-01-01")), x(str(end or f"{last:04d}-01-01"))
            whole = bool(begin and end)
            inside += element(
                "rect", x=start, y=y - 5, width=max(stop - start, 2), height=10, rx=2, class_="bar" if whole else "open"
            )
        if one.row["signed_from"]:
            inside += element("circle", cx=x(str(one.row["signed_from"])), cy=y, r=4, class_="point")
        pieces.append(element("g", inside))
    left_out = len(every) - len(shown)
    note = "A dot: signed. A bar: in force; with a dashed line where its beginning or end is open or not known."
    note += f" {left_out} older ones are not drawn." if left_out else ""
    pieces.append(text(note, 8, bottom + 22, class_="note"))
    about = f"{len(shown)} agreements from {first} to {last}." if shown else "No agreement has a date."
    return drawing("timeline", "Agreements through the years", about, bottom + 34, "".join(pieces))


def _begin(one: Agreed) -> str:
    days = [str(day) for day in (one.row["signed_from"], one.row["valid_from"]) if day]
    return min(days, default="")


def _end(one: Agreed) -> str:
    return str(one.row["valid_to"] or "")
