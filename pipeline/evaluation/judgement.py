"""What an evaluation says of each single thing: wanted, found, and how well. Every figure, table, comparison and report is made from it.

A `Document` holds the article's text and its `Item`s. An item stands for one thing that the gold wants, that the record says, or both:

    institutions   one name at one place           details: kind, country (where the gold has one)
    links          a paired name: which institution it was taken for    details: key (see below)
    dates          one calendar expression         details: value
    counts         one number of things            details: number, unit, act, from, to, bound, by
    agreements     one agreement                   details: parties, or kind, status, signed, valid, trigger
    pairs          two parties of an agreement, each pair of a document once; no details

An optional span of the gold that nothing touches makes no item. Details are compared on paired items only, and only where one side has a value;
an agreement that is paired in spite of other parties is judged by its parties alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["LAYERS", "Cause", "Detail", "Document", "Item", "Layer", "Outcome", "Said"]

Layer = Literal["institutions", "links", "dates", "counts", "agreements", "pairs"]
LAYERS: tuple[Layer, ...] = get_args(Layer)

Outcome = Literal[
    "right",  # span and every detail
    "boundary",  # every detail, but other words
    "wrong",  # paired, with a wrong detail
    "missed",  # wanted, not found
    "spurious",  # found, not wanted
    "optional",  # found where the gold allows it: neither wanted nor wrong
]

Cause = Literal[
    "",  # right or optional
    # institutions
    "unknown name", "known name not seen", "member of a list not seen", "inside a longer find", "part of a name", "no institution there",
    "boundary: too short", "boundary: too long", "boundary: shifted", "wrong kind", "wrong country",
    # links
    "two institutions under one key", "one institution under two keys",
    # dates
    "date not seen", "no date there", "wrong year from context", "wrong year", "year not filled in", "year that the text does not say",
    "wrong month", "wrong day", "wrong precision", "wrong mark", "wrong end of an interval",
    # counts
    "count not seen", "no count there", "wrong number", "wrong unit", "wrong act", "wrong bound", "wrong direction",
    "institution of a count missing", "institution of a count wrong",
    # agreements
    "agreement not seen", "no agreement there", "party missing", "party too many", "other parties", "wrong kind of agreement", "wrong status",
    "wrong date of signing", "wrong span of validity", "wrong words",
    "pair not seen", "no such pair",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One side of an item: [start, end) in code points of the document's text, and the words there.

    `value` is the main value as a person reads it: an institution's slug (gold) or key (record), an EDTF value, a number (`100..120`), the parties.
    """

    start: int
    end: int
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail of a pair: what was wanted and found (None: nothing; several parties joined by a comma and a space), and whether it is right."""

    name: str
    wanted: str | None
    found: str | None
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing judged. `wanted` and `found` are None where that side says nothing; at least one of them is there.

    exact: the two spans are the same (agreements: those of the triggers; pairs: True). source: the rule, gazetteer or engine that found it, "" where
    nothing was found. known: whether a gazetteer knows the name (institutions and links, where it was asked); else None. link: only in the layer links, the
    key under which the record has the mention (its authority, else DOCUMENT#ID) and the gold's entity.
    """

    layer: Layer
    outcome: Outcome
    wanted: Said | None
    found: Said | None
    exact: bool = False
    details: tuple[Detail, ...] = ()
    source: str = ""
    known: bool | None = None
    cause: Cause = ""
    link: tuple[str, str] | None = None

    @property
    def place(self) -> Said:
        """Where it stands in the text: the wanted span, else the found one."""
        place = self.wanted or self.found
        assert place is not None
        return place

    @property
    def wrong(self) -> tuple[str, ...]:
        """The names of the details that are wrong."""
        return tuple(detail.name for detail in self.details if not detail.right)

    def detail(self, name: str) -> Detail | None:
        """Return the detail of a name, None where it was not judged."""
        return next((detail for detail in self.details if detail.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article with its items, in the order of the text within each layer.

    language: uz, ru, en, mixed or und; script: ISO 15924, or mixed. genre: None where the file's name does not tell it. spans, true_spans: how many spans
    the record has, and how many of them have the text of their slice.
    """

    id: str
    text: str
    language: str
    script: str
    genre: str | None
    items: tuple[Item, ...]
    spans: int
    true_spans: int
