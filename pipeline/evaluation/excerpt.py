"""The piece of an article in which a thing is shown: its sentence, or as much of it as can be read at a glance."""

from __future__ import annotations

import re

__all__ = ["excerpt"]

_BREAK = re.compile(r"(?<=[.!?…])[»”\"')]*\s+(?=[^\W\d_]|[«“\"(\d])|\n\s*\n")
_REACH = 160  # characters of a sentence shown on either side


def excerpt(text: str, first: int, last: int) -> tuple[int, int]:
    """Return [start, end) of what is to be shown around [first, last): whole sentences, at most 160 characters more on either side, no word cut."""
    start = max((match.end() for match in _BREAK.finditer(text, max(0, first - 4 * _REACH), first)), default=0)
    following = _BREAK.search(text, last)
    end = following.start() if following else len(text)
    if first - start > _REACH:
        blank = re.compile(r"\s+").search(text, first - _REACH, first)
        start = blank.end() if blank else first - _REACH
    if end - last > _REACH:
        # The last blank within reach.
        piece = text[last : last + _REACH].rsplit(None, 1)
        end = last + (len(piece[0]) if len(piece) > 1 else _REACH)
    return start, end
