"""Two Uzbek names side by side with no sign between them: «Ғузор музейи Вилоят архиви билан …» names two institutions, not one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.languages.grammar import Match, Tags, grammar

__all__ = ["apart"]

_OWN = frozenset(("museum", "library", "archive"))  # kinds that seldom have bodies with names of their own under them
_NAMES = frozenset(("CAP", "CITY", "COUNTRY", "DEMONYMC", "LQUOTE"))
_NOUNS = frozenset(("HEAD", "HEADC"))
_WHOLE = frozenset(("uz-under", "uz-about"))


def apart(match: Match, tags: Tags) -> Iterator[Match]:
    """Yield an Uzbek rule's match, or its two halves where the noun of a museum, a library or an archive ends one name and a capital begins the next.

    Only where the second half has a head noun of its own and lies whole behind the first.
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
                and _NOUNS.intersection(symbols[at + 3 :])
            ):
                yield replace(match, last=tags.last[begin + at], end=begin + at + 2)
                yield replace(match, first=tags.first[begin + at + 2], begin=begin + at + 2)
                return
    yield match
