"""Those who act in Uzbek for an institution without its name: the people of a city or a country, colleagues, guests and sides from there, the city itself.

«Bokuliklar», «nemislar», «tojik birodarlar», «Lyon muzeychilari», «Koreya tomoni», «Bremen … joʻnatgan». The words are data (`deeds.toml`): SIDE, FOLK
(guest, host), STORE with the value `person`, and the lists `demonyms`, `demonym_adjectives`, `side_adjectives`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.authority.countries import Place, atlas
from pipeline.finders.parts import CASES, settings
from pipeline.languages.morphology import stems
from pipeline.text.tokens import Gap, Kind, tokenize

if TYPE_CHECKING:
    from pipeline.finders.sides import Sides
    from pipeline.languages.lexicon import Reading

__all__ = ["UzbekSide", "uzbek_echo", "uzbek_envoy", "uzbek_side"]

_SHORTEST = 3  # letters of a people or a city
_MANY = 200  # institutions of one country that are looked at
UzbekSide = tuple[int, tuple[int, ...], str]  # the token after it, the institutions it may mean, its part


def uzbek_side(sides: Sides, index: int) -> UzbekSide | None:
    """Return who acts at a token for an institution of the text, or None."""
    tokens, folded = sides.tokens, sides.tokens.fold[index]
    if tokens.kind[index] is not Kind.WORD or sides.named(index):
        return None
    for ending in settings("uz", "demonyms"):  # «bokuliklarga»
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST:
            found = _meant(sides, folded.removesuffix(ending), index)
            return (index + 1, found, CASES[sides.case(index)]) if found else None
    place = sides.places[index] if index < len(sides.places) else None
    if (people := _people(folded)) is not None:
        found = _of_code(sides, people, index)
        return (index + 1, found, CASES[sides.case(index)]) if found else None
    return _with_noun(sides, index, place) or _city(sides, index, place)


def uzbek_echo(sides: Sides, index: int) -> tuple[int, ...]:
    """Return the institution that the people of a place at a token stand for: «ўшликлар», «хитойлик мехмонлар»; a city alone is none."""
    folded = sides.tokens.fold[index]
    people = folded.endswith((*settings("uz", "demonyms"), *settings("uz", "demonym_adjectives")))
    if not people and (sides.is_place(index) or _people(folded) is None):
        return ()
    side = uzbek_side(sides, index)
    return () if side is None else side[1][:1]


def _city(sides: Sides, index: int, place: Place | None) -> UzbekSide | None:
    """Return the actor of a city that does what its institution does: «Bremen Toshkentga 1300 ta kitob joʻnatgan», «Leyden tomonidan»."""
    tokens, after = sides.tokens, index + 1
    if place is None or place.kind != "city" or place.length > 1 or sides.case(index) or after >= len(tokens):
        return None
    if not tokens.capital(index) or tokens.gap[after] is Gap.BREAK:
        return None
    found = _seated(sides, tokens.fold[index], place, index)
    if found and tokens.fold[after] in settings("uz", "agents"):
        return after + 1, found, "agent"
    first = tokens.sentences[tokens.sentence[index]][0]
    begins = index == first or tokens.fold[index - 1] in (
        ",",
        ";",
        ":",
        *settings("uz", "ands"),
        *settings("uz", "that_opens"),
    )
    following = tokens.fold[after]
    alone = (
        tokens.kind[after] is Kind.NUMBER
        or sides.case(after) in ("dat", "abl", "gen", "acc")
        or following in settings("uz", "whereas")
    )
    owns = tokens.fold[after].endswith(settings("uz", "possessives")) and sides.case(after) == ""
    return (after, found, "subj") if found and begins and alone and not owns else None


def uzbek_envoy(sides: Sides, index: int) -> UzbekSide | None:
    """Return the actor of an envoy without his country, «muhtaram elchi»: the only embassy that was named before."""
    reading = sides.reading("uz", index)
    if (
        reading is None
        or reading.possessive
        or not any(stem.stem in settings("uz", "envoys") for stem in stems("uz", sides.tokens.fold[index]))
    ):
        return None
    known = [entity for entity in sides.of_kind.get("embassy", ()) if sides.opened.get(entity, index) < index]
    title = sides.reading("uz", index + 1) if index + 1 < len(sides.tokens) else None
    last = (
        index
        + 1
        + (title is not None and title.symbol == "FOLK" and sides.tokens.fold[index + 1] in settings("uz", "titles"))
    )
    return (last, (known[0],), CASES[reading.case]) if len(known) == 1 else None


def _with_noun(sides: Sides, index: int, place: Place | None) -> UzbekSide | None:
    """Return the actor of a place and a noun for those who are there: «turkistonlik hamkasblar», «hind tomoni», «Minsk kutubxonachilari»."""
    tokens, folded = sides.tokens, sides.tokens.fold[index]
    at = (
        index
        + 1
        + (
            place is not None
            and index + 1 < len(tokens)
            and tokens.fold[index + 1] in settings("uz", "side_adjectives")
        )
    )
    after = sides.reading("uz", at) if at < len(tokens) and tokens.gap[at] is not Gap.BREAK else None
    if after is None or sides.named(at) or not _acts(after):
        return None
    ending = next((e for e in settings("uz", "demonym_adjectives") if folded.endswith(e)), "")
    if ending:
        found = _meant(sides, folded.removesuffix(ending), index)
    elif place is None and tokens.capital(index) and after.possessive and after.value == "person":
        found = sides.seated(folded, index)  # «Sulaymoniya vakili»
    elif place is None or not (place.kind == "adjective" or after.possessive):
        return None
    else:
        found = _seated(sides, folded if place.kind == "city" else "", place, index)
    last = at + after.length
    if not found:
        return None
    if last < len(tokens) and tokens.fold[last] in settings("uz", "agents"):
        return last + 1, found, "agent"
    return last, found, CASES[after.case]


def _acts(reading: Reading) -> bool:
    """Return whether a noun names those who act for an institution."""
    return reading.symbol == "SIDE" or (reading.symbol, reading.value) in (("STORE", "person"), ("FOLK", "guest"))


def _meant(sides: Sides, stem: str, index: int) -> tuple[int, ...]:
    """Return the institution of the city or country whose name a folded word is."""
    place = _place(stem)
    return _seated(sides, stem, place, index)


def _seated(sides: Sides, stem: str, place: Place | None, index: int) -> tuple[int, ...]:
    """Return the institution that sits in a city, else who acts for a country; one that was named before: an envoy may come before his embassy."""
    if stem and (found := sides.seated(stem, index)) and sides.opened.get(found[0], index) < index:
        return found
    return () if place is None else _of_code(sides, place.code, index, city=place.kind == "city")


def _of_code(sides: Sides, code: str, index: int, *, city: bool = False) -> tuple[int, ...]:
    """Return who acts for a country: the only institution of it, of several the one named last, the article's own where none is near."""
    if city and code == sides.home_country():
        return ()  # another city of the same country
    mine = sides.of_country(code)[:_MANY]
    mine = [entity for entity in mine if sides.opened.get(entity, index) < index]
    if len(mine) > 1:
        near = [entity for entity in sides.recent(index, 1) if entity in mine and entity != sides.home]
        if not near and sides.home in mine and sides.home_country() == code:
            return sides.own()
        collecting = [entity for entity in near if sides.collecting(entity)]
        mine = (collecting or near or [entity for entity in sides.recent(index) if entity in mine])[:1]
    return tuple(mine)


@lru_cache(maxsize=1 << 16)
def _people(folded: str) -> str | None:
    """Return the country of a people in the plural, «nemislarga»."""
    if settings("uz", "plural")[0] not in folded:
        return None
    for stem in stems("uz", folded):
        place = _place(stem.stem) if stem.plural else None
        if place is not None and place.kind == "adjective":
            return place.code
    return None


@lru_cache(maxsize=1 << 12)
def _place(folded: str) -> Place | None:
    """Return the city, country or people whose name a folded word without endings is."""
    if len(folded) < _SHORTEST:
        return None
    return atlas().at(tokenize(folded.capitalize()), 0)
