"""The piece of an article in which a thing is shown: its sentence, or as much of it as can be read at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["excerpt"]

# Two letters and a full stop are more likely an abbreviation (им. Навои, U.S. Congress) than the end of a sentence.
_BREAK = re.compile(r"(?:(?<=[!?…])|(?<=\w{3}\.)|(?<=[»”\")]\.))[»”\"')]*(?P<gap>\s+)|(?P<line>\n\s*\n)")
_REACH = 160  # characters of a sentence shown on either side


def excerpt(text: str, first: int, last: int) -> tuple[int, int]:
    """Return [start, end) of what is to be shown around [first, last): whole sentences, at most 160 characters more on either side, no word cut."""
    start = max((end for _, end in _breaks(text, max(0, first - 4 * _REACH), first)), default=0)
    end = next((start for start, _ in _breaks(text, last, min(len(text), last + 4 * _REACH))), len(text))
    if first - start > _REACH:
        blank = re.compile(r"\s+").search(text, first - _REACH, first)
        start = blank.end() if blank else first - _REACH
    if end - last > _REACH:
        # The last blank within reach.
        piece = text[last : last + _REACH].rsplit(None, 1)
        end = last + (len(piece[0]) if len(piece) > 1 else _REACH)
    return start, end


def _breaks(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the gaps between sentences within [first, last); no sentence begins with a small letter."""
    for found in _BREAK.finditer(text, first, last):
        gap = "gap" if found["line"] is None else "line"
        if found[gap].count("\n") > 1 or not text[found.end() : found.end() + 1].islower():
            yield found.span(gap)
