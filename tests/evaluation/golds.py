"""Gold made at random, for the tests of what writes and reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from hypothesis import strategies as st

from pipeline.evaluation.gold import Entry, Gold, make_gold
from pipeline.evaluation.markup import Mark
from pipeline.records import model

# Signs that have a meaning somewhere: in mark-up, JSON, XML, YAML, CoNLL, brat; characters of two UTF-16 units, of no width, of another direction.
_ALPHABET = (
    "аБвўҚ abc XYZ0123456789 <>&\"'\\/|=;:,.#*-_\t\n\r\u00a0\u2028\u0085\ufeff\u200b\u0301ʻ“”«»😀𝔸🇺🇿{}[]%!?T1 A1 R1 — "
)
_TEXTS = st.text(_ALPHABET, min_size=1, max_size=60)
# Names come out of YAML or a person's hands: anything in one string.
NAMES = st.text(_ALPHABET, min_size=0, max_size=20)
_SLUGS = st.sampled_from(["nl-uz", "unesco", "музей", "a b", "i1", "T1", "none", "x|y", "=", "s🏛"])
_VALUES = st.sampled_from(["2014", "2014-09-16/2014-09-22", "../2016", "18XX", "a b", "=|\\", "2014?", "x\ny"])
_LISTS: dict[str, tuple[str, ...]] = {
    "kind": get_args(model.InstitutionKind),
    "unit": get_args(model.Unit),
    "act": get_args(model.Act),
    "bound": get_args(model.Bound),
    "agreement": get_args(model.AgreementKind),
    "status": get_args(model.Status),
}


def _fail(position: int, reason: str) -> Any:
    raise AssertionError(f"the strategy made wrong gold: {reason}")


@st.composite
def golds(draw: Callable[[st.SearchStrategy[Any]], Any], *, flat: bool = False) -> Gold:
    """Any gold: nested, twice the same span, optional with odd values, lists with what stands nowhere. flat: no span within another."""
    text = draw(_TEXTS)
    places: set[tuple[int, int]] = set()
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        piece = text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
        apart = all(other_end <= start or other >= end for other, other_end in places)
        nested = all(
            other_end <= start
            or other >= end
            or (other <= start and end <= other_end)
            or (start <= other and other_end <= end)
            for other, other_end in places
        )
        if start < end and (apart if flat else nested):
            places.add((start, end))
    listed = draw(st.lists(_SLUGS, unique=True, max_size=4))
    institutions = {}
    for slug in listed:
        fields = {"kind": draw(st.sampled_from(_LISTS["kind"])), "country": draw(st.sampled_from(["UZ", "", None]))}
        names = draw(st.dictionaries(NAMES.filter(lambda name: name not in ("kind", "country")), NAMES, max_size=2))
        institutions[slug] = Entry({**names, **{key: value for key, value in fields.items() if value}}, 0)
    parties = st.sampled_from([*listed, "country:UZ", "country:KR"])
    marks: list[Mark] = []
    for start, end in sorted(places):
        for tag in draw(st.lists(st.sampled_from("idca"), min_size=1, max_size=1 if flat else 3)):
            values = draw(_attributes(tag, listed, parties))
            mark = Mark(tag, values, start, end, 0)
            if mark not in marks:
                marks.append(mark)
    triggers = [mark.attributes["id"] for mark in marks if mark.name == "a"]
    agreements = []
    for _ in range(draw(st.integers(0, 3)) if triggers else 0):
        fields: dict[str, Any] = {name: draw(st.sampled_from(_LISTS[name])) for name in ("status",)}
        fields["kind"] = draw(st.sampled_from(_LISTS["agreement"]))
        fields["trigger"] = draw(st.sampled_from(triggers))
        fields["parties"] = draw(st.lists(parties, min_size=2, max_size=4))
        for name in ("signed", "valid"):
            fields |= draw(st.sampled_from([{}, {name: "2008-05"}, {name: "2009/.."}]))
        if draw(st.booleans()):
            fields["opt"] = "1"
            fields["parties"] = fields["parties"][: draw(st.integers(0, 2))]
        agreements.append(Entry(fields, 0))
    return make_gold(text, marks, institutions, agreements, id="eng-00", fail=_fail)


@st.composite
def _attributes(
    draw: Callable[[st.SearchStrategy[Any]], Any], tag: str, listed: list[str], parties: st.SearchStrategy[str]
) -> dict[str, str]:
    optional = draw(st.booleans()) or (tag == "i" and not listed)
    values: dict[str, str] = {"opt": "1"} if optional else {}
    if tag == "i":
        some = _SLUGS if optional else st.sampled_from(listed)
        values |= draw(st.sampled_from([{}, {"implied": "1"}]))
        return values | ({} if optional and draw(st.booleans()) else {"id": draw(some)})
    if tag == "d":
        return values | ({} if optional and draw(st.booleans()) else {"v": draw(_VALUES)})
    if tag == "a":
        return values | {"id": draw(st.sampled_from(["t1", "t2", "t b", "№3"]))}
    number = draw(st.sampled_from(["0", "138", "100..120", "7500000"]))
    if optional:
        return values | draw(st.sampled_from([{}, {"n": number}, {"unit": "odd unit", "from": "who?", "bound": "|"}]))
    values |= {"n": number} | {name: draw(st.sampled_from(_LISTS[name])) for name in ("unit", "act")}
    values |= draw(st.sampled_from([{}, {"bound": "min"}, {"bound": "approx"}]))
    return values | {side: draw(parties) for side in ("from", "to", "by") if draw(st.booleans())}
