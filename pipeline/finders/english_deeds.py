"""What an English verb means in its sentence where its word alone would mislead: “From Osh we had 96 books”, “I took 30 files to Andijan”.

The words are data: `have`, `carries`, `amounting`, `for_others` of `en/deeds.toml`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.finders.deeds import Deed, retained
from pipeline.finders.parts import settings

if TYPE_CHECKING:
    from pipeline.finders.actors import Cast
    from pipeline.finders.acts import Acts
    from pipeline.finders.parties import Parties, Told
    from pipeline.text.tokens import Tokens

__all__ = ["against", "recast", "recipient"]


def recast(acts: Acts, parties: Parties, told: Told, value: str, deed: Deed) -> tuple[str, Deed]:
    """Return what is done with an English count, and its verb with that meaning."""
    first = acts.tokens.fold[deed.first]
    if value == "hold" and acts.had_from(told, deed):
        value, deed = "take", replace(deed, value="take")  # “From Osh we had 96 books”
    if value in ("hold", "take") and first in settings("en", "for_others") and _for_another(parties, told, deed):
        value, deed = "give", replace(deed, value="give")  # “The school collected 90 books for us”
    if value in ("take", "come") and acts.carried(told, deed):
        value, deed = "bring", replace(deed, value="bring")  # “I took 30 files to Andijan”
    if value == "print" and told.thing.unit != "copies" and first in settings("en", "amounting"):
        value, deed = "hold", replace(deed, value="hold", passive=False)  # “the inventory ran to 900 pieces”
    if value == "come" and acts.amounts(told, deed):
        value, deed = "hold", replace(deed, value="hold", passive=False)
    return value, deed


def recipient(cast: Cast, told: Told, deed: Deed) -> bool:
    """Return whether the subject of an English passive is the receiver: “was presented with 60 books”, “was given by us 60 books”."""
    fronted = (a for a in told.parts.get("to", ()) if a.entities and 0 < deed.first - a.last <= 2)
    if not told.parts.get("subj") and any(fronted):
        return False  # “to Tokyo were sent 11 books”
    return retained(cast, told.thing, deed)


def against(told: Told, tokens: Tokens) -> bool:
    """Return whether English things are what is given for others: “in exchange for 15 coins”."""
    first = told.thing.opening
    return " ".join(tokens.fold[max(0, first - 3) : first]) in settings("en", "against")


def _for_another(parties: Parties, told: Told, deed: Deed) -> bool:
    """Return whether the subject of a verb of gathering gathers for another institution."""
    if deed.passive or told.parts.get("from"):
        return False
    target = parties.givers.meant_for(told, replace(deed, value="give"), ())
    target = target or tuple(
        actor.entities[0]
        for actor in told.parts.get("to", ())
        if actor.entities and told.thing.last < actor.first + 1 <= told.thing.last + 2
    )
    return bool(target) and parties.subject_of(told, deed, "en") not in ((), target[:1])
