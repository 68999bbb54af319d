"""Two Uzbek nouns side by side with no sign between them: «Ғузор музейи Вилоят архиви билан …» names two institutions, not one, and in
«Ғузор музейи шаҳар архивига …» what follows the name is a common noun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.languages.grammar import Match, Tags, grammar

__all__ = ["apart"]

_OWN = frozenset(("museum", "library", "archive"))  # kinds that seldom have bodies with names of their own under them
_NAMES = frozenset(("CAP", "CITY", "COUNTRY", "DEMONYMC", "LQUOTE", "INST"))
_CAPITALS = _NAMES | {"HEADC", "BODYC", "MODC", "AREAC", "HOUSEC", "ROMAN"}
_NOUNS = frozenset(("HEAD", "HEADC"))
_SMALL = frozenset(("HEAD", "BODY", "HOUSE"))
_ENDS = _SMALL | {"HEADC", "BODYC", "HOUSEC"}
_OBJECTS = frozenset(("DAT", "ABL"))  # what is given to or taken from
_WHOLE = frozenset(("uz-under", "uz-about"))
_SETTINGS = grammar("institutions").lexicon.settings
_CASES = tuple(_SETTINGS["uz_case_endings"])
_OURS = tuple(_SETTINGS["uz_ours"])


def apart(match: Match, tags: Tags, folds: Sequence[str]) -> Iterator[Match]:
    """Yield an Uzbek rule's match, or its parts where the noun of a museum, a library or an archive ends one name and another begins.

    Two halves where a capital begins the second and it has a head noun of its own; the first alone where a common noun follows: one in small
    letters with words before it that stands in the dative or ablative («туман архивига»), or “ours” («музейимизга»). `folds` are the folded tokens.
    """
    names = grammar("institutions").names
    begin, end = match.begin, match.end
    while begin < end and tags.first[begin] < match.first:
        begin += 1
    while end > begin and tags.last[end - 1] > match.last:
        end -= 1
    symbols = [names[sign] for sign in tags.string[begin:end]]
    if match.rule.name not in _WHOLE:
        for at in range(1, len(symbols) - 2):
            reading = tags.readings[begin + at]
            if (
                symbols[at] in _NOUNS
                and symbols[at + 1] == "POSS"
                and symbols[at + 2] in _NAMES
                and reading is not None
                and reading.value in _OWN
                and _ENDS.intersection(symbols[at + 3 :])
            ):
                yield replace(match, last=tags.last[begin + at], end=begin + at + 2)
                yield replace(match, first=tags.first[begin + at + 2], begin=begin + at + 2)
                return
        cut = _before_common(symbols, tags, begin, folds)
        if cut is not None:
            yield replace(match, last=tags.last[begin + cut], end=begin + cut + 1)
            return
    yield match


def _before_common(symbols: Sequence[str], tags: Tags, begin: int, folds: Sequence[str]) -> int | None:
    """Return the place among `symbols` where the name ends that a common noun follows; None where the match is one name."""
    last = max((at for at, symbol in enumerate(symbols) if symbol in _ENDS), default=0)
    ours = last > 0 and _ours(folds[tags.last[begin + last] - 1])
    if not ours and not (symbols[last] in _SMALL and _OBJECTS.intersection(symbols[last:])):
        return None
    words = grammar("institutions").words("uz")
    for at in range(last - 1, -1, -1):
        if symbols[at] == "INST":
            noun = words[folds[tags.last[begin + at] - 1]][2]
        elif symbols[at] == "POSS" and symbols[at - 1] in _ENDS:
            noun = tags.readings[begin + at - 1]
        elif symbols[at] in _CAPITALS:
            return None
        else:
            continue
        if ours or (noun is not None and noun.value in _OWN and last - at > 1):
            return at
    return None


def _ours(folded: str) -> bool:
    """Return whether an Uzbek noun says whose it is: «музейимизга»."""
    ending = next((case for case in _CASES if folded.endswith(case)), "")
    return folded.removesuffix(ending).endswith(_OURS)
