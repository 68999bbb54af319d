"""Whom Uzbek words mean that name neither an institution nor its place: guests and hosts, neighbours and colleagues, “there”, the first and the second.

Only one institution can be meant, or none is. The words are data (`deeds.toml`): FOLK (guest, host), SIDE, STORE with the value `person`, and the
lists `first_of`, `second_of`, `from_them`, `partners`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.finders.parts import CASES, settings
from pipeline.text.tokens import Gap, Kind

if TYPE_CHECKING:
    from pipeline.finders.sides import Actor, Sides
    from pipeline.languages.lexicon import Reading

__all__ = ["Reference", "uzbek_guest", "uzbek_reference"]

_NEAR = 2  # sentences in which colleagues find their institution
_THERE = {"dat": "to", "abl": "from"}
_PAIR = 2  # institutions of which one is the first and one the second

Meant = tuple[int, ...]
Reference = tuple[int, Meant, str]  # the token after it, the institutions it may mean, its part


def uzbek_reference(sides: Sides, index: int, reading: Reading | None, found: Sequence[Actor]) -> Reference | None:
    """Return whom the word at a token means, which no other rule knows; `found` are the actors of the sentence before it."""
    if reading is None:
        return _ordinal(sides, index)
    if reading.symbol == "LAST" and reading.length > 1:
        there = _there(sides, index, found)
        return None if there is None else (index + reading.length, there, _THERE.get(reading.value, "in"))
    if reading.symbol == "PART":
        them = _them(sides, index, found)
        return (index + 1, them, "from") if them else None
    return _staff(sides, index, reading) or _colleagues(sides, index, reading, found)


def _staff(sides: Sides, index: int, reading: Reading) -> Reference | None:
    """Return whom “our director”, “your team” at a token stands for: who speaks, or is spoken to."""
    folded = sides.tokens.fold[index]
    if (reading.symbol, reading.value) != ("STORE", "person") or not reading.possessive:
        return None
    if any(stem in folded for stem in settings("uz", "partners")):
        return None
    if sides.is_ours(index, "our"):
        meant = tuple(e for e in sides.speaks(index) if e == sides.home or not _named_here(sides, e, index))
    elif sides.is_ours(index, "your"):
        meant = sides.addressed(index)
    else:
        return None
    last = index + reading.length
    if not meant:
        return None
    if last < len(sides.tokens) and sides.tokens.fold[last] in settings("uz", "agents"):
        return last + 1, meant, "agent"
    return last, meant, CASES[reading.case]


def _named_here(sides: Sides, entity: int, index: int) -> bool:
    """Return whether an institution is named in the sentence of a token: who speaks there would not name himself."""
    first, last = (bisect_left(sides.firsts, at) for at in sides.tokens.sentences[sides.tokens.sentence[index]])
    return any(mention.entity == entity for mention in sides.mentions[first:last])


def uzbek_guest(sides: Sides, index: int) -> Meant:
    """Return whom “the guests” means: the one other institution that is spoken of; of several the only one that collects, else the one whose people came last."""
    mine = _mine(sides, index)
    others = [entity for entity in sides.recent(index) if entity not in mine and sides.kinds.get(entity)]
    if len(others) > 1:
        people = [entity for token, entity in sides.echoes(index) if entity in others]
        collecting = [entity for entity in others if sides.collecting(entity)]
        others = people[-1:] or (collecting if len(collecting) == 1 else [])
    return tuple(others)


def _mine(sides: Sides, index: int) -> set[int]:
    """Return who cannot be the other: whom the article is about, else who speaks."""
    return {*(sides.about() or sides.speaks(index))}


def _colleagues(sides: Sides, index: int, reading: Reading, found: Sequence[Actor]) -> Reference | None:
    """Return whom bare “neighbours”, “our colleagues” at a token means and its part: the one other institution of the sentences just before; or None.

    “Its neighbours” are those of the subject before it: «andijonliklar qoʻshnilariga 78 ta kitob berdi».
    """
    tokens = sides.tokens
    if not reading.plural or reading.symbol not in ("SIDE", "STORE"):
        return None
    if not any(stem in tokens.fold[index] for stem in settings("uz", "partners")):
        return None
    if index and tokens.gap[index] is not Gap.BREAK and not _free(sides, index - 1):
        return None
    subjects = [actor.entities[0] for actor in found if actor.part == "subj" and actor.entities]
    its = reading.possessive and not sides.is_ours(index, "our") and subjects
    mine = {subjects[-1]} if its else _mine(sides, index)
    others = [entity for entity in sides.recent(index, _NEAR) if entity not in mine and sides.kinds.get(entity)]
    if len(others) != 1 or not mine:
        return None
    return index + reading.length, tuple(others), CASES[reading.case]


def _free(sides: Sides, index: int) -> bool:
    """Return whether the word at a token cannot tell whose colleagues follow."""
    tokens, folded = sides.tokens, sides.tokens.fold[index]
    if tokens.kind[index] is not Kind.WORD:
        return folded not in ("-", ")", '"', "»", "”")
    if sides.named(index) or tokens.capital(index) or sides.is_place(index) or sides.reading("uz", index) is not None:
        return folded in settings("uz", "ands")
    return not folded.endswith((*settings("uz", "demonym_adjectives"), *settings("uz", "tells_whose")))


def _there(sides: Sides, index: int, found: Sequence[Actor]) -> Meant | None:
    """Return whom “(to) there” at a token means: the place or the side that its sentence named last; None where it named none."""
    sentence, mine = sides.tokens.sentence[index], _mine(sides, index)
    near = [
        actor
        for actor in found
        if sides.tokens.sentence[actor.first] == sentence
        and (actor.place or actor.part in ("from", "to", "in"))
        and mine.isdisjoint(actor.entities[:1])
    ]
    return near[-1].entities[:1] if near else None


def _ordinal(sides: Sides, index: int) -> Reference | None:
    """Return whom “the first”, “the latter” at a token means and its part: of the two institutions of the sentence before; None where they are not two."""
    folded = sides.tokens.fold[index]
    for place, key in enumerate(("first_of", "second_of")):
        for stem in settings("uz", key):
            if folded.startswith(stem) and folded.removeprefix(stem) in settings("uz", "case_endings"):
                pair = _pair(sides, index)
                if len(pair) != _PAIR:
                    return None
                return index + 1, (pair[place],), CASES[sides.case(index)]
    return None


def _pair(sides: Sides, index: int) -> list[int]:
    """Return the institutions of the last sentence or two before the sentence of a token that name any, in order."""
    here = sides.tokens.sentence[index]
    first, last = bisect_left(sides.firsts, sides.tokens.sentences[here][0]), bisect_left(sides.firsts, index)
    own = list(dict.fromkeys(mention.entity for mention in sides.mentions[first:last]))
    if len(own) == _PAIR:  # «X bilan Y boʻlib oldi: birinchisiga 12 ta, ikkinchisiga 9 ta»
        return own
    out: list[int] = []
    for sentence in range(here - 1, max(-1, here - 1 - _PAIR), -1):
        first, last = (bisect_left(sides.firsts, token) for token in sides.tokens.sentences[sentence])
        named = list(dict.fromkeys(mention.entity for mention in sides.mentions[first:last]))
        out = [*named, *(entity for entity in out if entity not in named)]
        if len(out) >= _PAIR:
            break
    return out


def _them(sides: Sides, index: int, found: Sequence[Actor]) -> Meant:
    """Return whom “from them” before a receiver means: «улардан бизга 12 та каталог келди»; nobody where it tells of a part of things."""
    tokens = sides.tokens
    after = sides.reading("uz", index + 1) if index + 1 < len(tokens) else None
    if tokens.fold[index] not in settings("uz", "from_them") or after is None or after.symbol != "OURS":
        return ()
    if after.value != "dat":
        return ()
    mine = _mine(sides, index)
    near = [actor.entities for actor in found if actor.entities and actor.entities[0] not in mine]
    return near[-1][:1] if near else tuple(sides.others(index))
