"""What Uzbek words beside a count hint of its parties: a subject that is no institution of the text, an exhibition that things are lent for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.finders.parts import settings

if TYPE_CHECKING:
    from pipeline.finders.actors import Cast
    from pipeline.finders.parties import Told

__all__ = ["exhibitor", "stranger"]

_SHOW = 12  # tokens between a museum and its exhibition


def stranger(cast: Cast, told: Told) -> bool:
    """Return whether an Uzbek clause has a subject of its own that is no institution of the text: «…, Asaxiy Books esa 40 nusxa»."""
    deed = told.clause.deed
    if deed is not None and cast.tokens.fold[deed.last - 1].endswith(settings("uz", "i_did")):
        return True  # «yuz nusxasini arxivga hadya etdim»
    if _somebody(cast, told):
        return True
    for index in range(told.since + 1, told.thing.opening):
        if cast.tokens.fold[index] not in settings("uz", "whereas"):
            continue
        first = index
        while first > told.since and _unknown_name(cast, first - 1):
            first -= 1
        return first < index and cast.tokens.fold[first - 1] == ","
    return False


def _somebody(cast: Cast, told: Told) -> bool:
    """Return whether people who act for no institution are the nearest subject: «X muzeyiga bir tadbirkor 100 ta kitob berdi»."""
    nearest = next(iter(told.parts.get("subj", ())), None)
    if nearest is None or nearest.entities or nearest.named or nearest.last > told.thing.opening:
        return False
    reading = cast.reading("uz", nearest.first)
    after = cast.reading("uz", nearest.last)
    following = cast.tokens.fold[nearest.last]
    modifies = after is not None and after.symbol in ("POST", "STORE", "KIND")  # «bolalar boʻlimi uchun»
    followed = modifies or following in settings("uz", "purpose") or following.endswith(settings("uz", "possessives"))
    return (
        reading is not None
        and (reading.symbol, reading.value) == ("FOLK", "folk")
        and not followed
        and not reading.possessive
    )


def _unknown_name(cast: Cast, index: int) -> bool:
    """Return whether an Uzbek word is a capital one without a case that is in no institution's name."""
    plain = cast.reading("uz", index) is None and cast.case(index) == ""
    return plain and cast.tokens.capital(index) and not cast.named(index)


def exhibitor(cast: Cast, told: Told) -> tuple[int, ...]:
    """Return where the exhibition is for which things are lent: «Ermitajda ochiladigan koʻrgazma uchun 45 ta eksponat berildi»."""
    for actor in told.everyone:
        if actor.part != "in" or not actor.entities or actor.last > told.thing.opening:
            continue
        for index in range(actor.last, min(actor.last + _SHOW, told.thing.opening)):
            reading = cast.reading("uz", index)
            if reading is not None and reading.symbol == "EXHIBITION":
                goal = cast.tokens.fold[index + 1] in settings("uz", "purpose") or reading.case == "dat"
                return actor.entities[:1] if goal else ()
    return ()
