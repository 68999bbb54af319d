"""The tags of gold: a text with `<i …>…</i>` in it, taken apart. Tags nest, they never cross; `<`, `>`, `&` are written `&lt;`, `&gt;`, `&amp;`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import NoReturn

__all__ = ["Fail", "Mark", "read_marks"]

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-z]+)(?P<attributes>(?:\s+[a-z]+=\"[^\"<>]*\")*)\s*>")
_ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")
_ESCAPES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPE = re.compile("|".join(_ESCAPES))
_BARE = re.compile(r"[<>]|&(?!lt;|gt;|amp;)")

Fail = Callable[[int, str], NoReturn]


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag with what it encloses: [start, end) in code points of the text without tags; `position`: where the tag opens in the source."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int
    position: int


def read_marks(source: str, allowed: Mapping[str, Set[str]], fail: Fail) -> tuple[str, list[Mark]]:
    """Return the text without tags, and its marks in the order in which they close.

    `allowed` has the attributes of each tag; `fail(position, reason)` raises where the source has something else.
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    opened: list[tuple[str, dict[str, str], int, int]] = []
    length = at = 0
    for tag in _TAG.finditer(source):
        pieces.append(_plain(source, at, tag.start(), fail))
        length += len(pieces[-1])
        at = tag.end()
        name, attributes = tag["name"], dict(_ATTRIBUTE.findall(tag["attributes"]))
        if name not in allowed:
            fail(tag.start(), f"unknown tag <{name}>; known: {', '.join(allowed)}")
        if not tag["closing"]:
            unknown = attributes.keys() - allowed[name]
            if unknown:
                fail(tag.start(), f"<{name}> has no attribute {', '.join(sorted(unknown))}")
            opened.append((name, attributes, length, tag.start()))
            continue
        if not opened or opened[-1][0] != name:
            fail(tag.start(), f"</{name}> does not close what is open; tags nest, they never cross")
        name, attributes, start, position = opened.pop()
        marks.append(Mark(name, attributes, start, length, position))
    if opened:
        fail(opened[-1][3], f"<{opened[-1][0]}> is never closed")
    pieces.append(_plain(source, at, len(source), fail))
    return "".join(pieces), marks


def _plain(source: str, start: int, end: int, fail: Fail) -> str:
    """Return a piece of the source without its escapes."""
    bare = _BARE.search(source, start, end)
    if bare is not None:
        fail(
            bare.start(),
            f"{source[bare.start() : bare.start() + 20]!r} is no tag of a gold file; write &lt; &gt; &amp; for the signs",
        )
    return _ESCAPE.sub(lambda match: _ESCAPES[match.group()], source[start:end])
