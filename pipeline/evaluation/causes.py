"""The likely cause of an error, from the item alone and from what stands around it: what the error browser groups by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.evaluation.date_value import fault
from pipeline.evaluation.judgement import Cause, Detail, Item, Layer, Said

__all__ = ["with_cause"]

_MISSED: Mapping[Layer, Cause] = {
    "dates": "date not seen", "counts": "count not seen", "agreements": "agreement not seen", "pairs": "pair not seen",
}  # fmt: skip
_SPURIOUS: Mapping[Layer, Cause] = {
    "institutions": "no institution there", "dates": "no date there", "counts": "no count there", "agreements": "no agreement there",
    "pairs": "no such pair",
}  # fmt: skip
# In the order of weight: the first wrong detail names the cause.
_DETAILS: Mapping[Layer, Mapping[str, Cause]] = {
    "institutions": {"kind": "wrong kind", "country": "wrong country"},
    "counts": {"number": "wrong number", "act": "wrong act", "unit": "wrong unit", "bound": "wrong bound"},
    "agreements": {
        "kind": "wrong kind of agreement", "status": "wrong status", "signed": "wrong date of signing", "valid": "wrong span of validity",
        "trigger": "wrong words",
    },
}  # fmt: skip


def with_cause(item: Item, *, nested: bool = False, implied: bool = False) -> Item:
    """Return the item with its likely cause.

    nested: a missed name lies within a longer find, or a spurious one within a wanted name. implied: the gold's span is a member of a list that is named
    by its place only.
    """
    return replace(item, cause=_cause(item, nested, implied))


def _cause(item: Item, nested: bool, implied: bool) -> Cause:
    match item.outcome:
        case "right" | "optional":
            return ""
        case "missed":
            if item.layer != "institutions":
                return _MISSED[item.layer]
            if nested:
                return "inside a longer find"
            if implied:
                return "member of a list not seen"
            return "known name not seen" if item.known else "unknown name"
        case "spurious":
            return "part of a name" if nested and item.layer == "institutions" else _SPURIOUS[item.layer]
        case "boundary":
            assert item.wanted is not None and item.found is not None
            return _boundary(item.wanted, item.found)
        case _:
            return _wrong(item)


def _boundary(wanted: Said, found: Said) -> Cause:
    if wanted.start <= found.start and found.end <= wanted.end:
        return "boundary: too short"
    if found.start <= wanted.start and wanted.end <= found.end:
        return "boundary: too long"
    return "boundary: shifted"


def _wrong(item: Item) -> Cause:
    details = {detail.name: detail for detail in item.details if not detail.right}
    if item.layer == "links":
        return "one institution under two keys"  # where it is the other way round, who makes the item says so
    if item.layer == "dates":
        assert item.wanted is not None and item.found is not None
        return fault(item.wanted.value, item.found.value, item.found.text)
    if "parties" in details:
        return _parties(details["parties"])
    causes = _DETAILS[item.layer]
    if item.layer == "counts" and "number" not in details:
        sides = [details[name] for name in ("from", "to") if name in details]
        if _turned(item, details):
            return "wrong direction"
        sides += [details["by"]] if "by" in details else []
        if sides and not details.keys() & {"act", "unit"}:
            missing = all(side.found is None for side in sides)
            return "institution of a count missing" if missing else "institution of a count wrong"
    return next((cause for name, cause in causes.items() if name in details), "institution of a count wrong")


def _turned(item: Item, wrong: Mapping[str, Detail]) -> bool:
    """Return whether giver and receiver changed places."""
    giver, receiver = item.detail("from"), item.detail("to")
    if not {"from", "to"} & wrong.keys() or giver is None or receiver is None:
        return False
    return (giver.found is not None and giver.found == receiver.wanted) or (
        receiver.found is not None and receiver.found == giver.wanted
    )


def _parties(parties: Detail) -> Cause:
    wanted, found = (set((side or "").split(", ")) for side in (parties.wanted, parties.found))
    if found < wanted:
        return "party missing"
    return "party too many" if wanted < found else "other parties"
