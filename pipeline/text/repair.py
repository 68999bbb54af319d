"""Repair of damaged text: wrong encodings, odd characters, words cut or split by the layout, letters of another script.

Each repair is a function from a text to edits, with a test at its start that costs little where there is nothing to
repair. They run in turn until none finds anything more, so that repairing a repaired text changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.text.aligned import Aligned
from pipeline.text.characters import composition, controls, form_feeds, invisible, is_odd, ligatures, spaces
from pipeline.text.evidence import Edit
from pipeline.text.hyphens import hyphens
from pipeline.text.mojibake import mojibake
from pipeline.text.page import furniture
from pipeline.text.script import look_alikes, uzbek_letters
from pipeline.text.spacing import spacing

__all__ = ["Repair", "Repaired", "repair"]

_Find = Callable[[str], list[Edit]]
# In this order: text must be readable before its words can be judged, and whole before its lines can be joined.
_READABLE: tuple[tuple[str, _Find], ...] = (("mojibake", mojibake),)
_CHARACTERS: tuple[tuple[str, _Find], ...] = (
    ("mojibake", controls),
    ("composition", composition),
    ("ligature", ligatures),
    ("invisible", invisible),
    ("space", spaces),
)
_WORDS: tuple[tuple[str, _Find], ...] = (
    ("page", furniture),
    ("space", form_feeds),
    ("hyphen", hyphens),
    ("spacing", spacing),
    ("script", look_alikes),
    ("script", uzbek_letters),
)
_ROUNDS = 12  # repairs uncover others, seldom more than twice
_SPACE = re.compile(r"\s")
_CONTEXT = 40  # characters of the word around a repair that are shown
_SHOWN = 60  # characters of a repair that are shown


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: its kind, the source span of the words it changed, and these words before and after (shortened)."""

    kind: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, aligned to its source, and what was repaired, in the order in which it was done."""

    aligned: Aligned
    repairs: tuple[Repair, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many repairs there were of each kind."""
        return dict(Counter(repair.kind for repair in self.repairs))


def repair(text: str) -> Repaired:
    """Return the text with its damage repaired. Takes any string; offsets in the result lead back to it."""
    aligned = Aligned.identity(text)
    repairs: list[Repair] = []
    whole: dict[
        _Find, str
    ] = {}  # the text in which each repair found nothing to do: it is not asked again about that one
    for _ in range(_ROUNDS):
        before = len(repairs)
        aligned = _apply_all(_READABLE, aligned, repairs, whole)
        if is_odd(aligned.text):
            aligned = _apply_all(_CHARACTERS, aligned, repairs, whole)
        aligned = _apply_all(_WORDS, aligned, repairs, whole)
        if len(repairs) == before:
            break
    return Repaired(aligned, tuple(repairs))


def _apply_all(
    finders: tuple[tuple[str, _Find], ...], aligned: Aligned, repairs: list[Repair], whole: dict[_Find, str]
) -> Aligned:
    for kind, find in finders:
        if whole.get(find) is aligned.text:
            continue
        edits = find(aligned.text)
        if edits:
            repairs.extend(_describe(kind, edits, aligned))
            aligned = aligned.rewrite(edits)
        else:
            whole[find] = aligned.text
    return aligned


def _describe(kind: str, edits: list[Edit], aligned: Aligned) -> Iterator[Repair]:
    """Put the edits within one word together and show the word."""
    text = aligned.text
    first = 0
    for index in range(1, len(edits) + 1):
        if index < len(edits) and not _SPACE.search(text, edits[index - 1][1], edits[index][0]):
            continue
        start, end = _around(text, edits[first][0], edits[index - 1][1])
        before, after = text[start:end], _apply(text, start, end, edits[first:index])
        yield Repair(kind, *aligned.span(start, end), _short(before), _short(after))
        first = index


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span, drawn out to the white space around it."""
    lowest, highest = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    while start > lowest and not text[start - 1].isspace():
        start -= 1
    while end < highest and not text[end].isspace():
        end += 1
    return start, end


def _apply(text: str, start: int, end: int, edits: list[Edit]) -> str:
    parts: list[str] = []
    for first, last, new in edits:
        parts += (text[start:first], new)
        start = last
    return "".join(parts) + text[start:end]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
