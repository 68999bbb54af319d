"""Page numbers and running heads that the layout has put inside a sentence.

They leave the working text only where the line before them has no end of a sentence and the line after them goes on in
small letters, and where they cannot be a number of the text: the working text would otherwise lose a fact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.text.evidence import Edit, table

__all__ = ["furniture"]

_LONGEST = 90  # characters of a running head
_BLOCK = 8  # lines, empty ones included, that a page break may take
_SENTENCE = 25  # characters that a line of running text has at least
_HEADS = 3  # times that a head which is not in capitals must stand in the text
_YEARS = range(1500, 2101)
_DIGITS = re.compile(r"\d")
_HEAD_MARK = re.compile(r"(?:\d{1,4} ?[|•·] ?\D.{1,80}|\D.{1,80} ?[|•·] ?\d{1,4})")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of the first character that is no space
    end: int
    text: str
    after: int  # where the next line begins


@dataclass(frozen=True, slots=True)
class _Heads:
    """The short lines that stand more than once, and the numbers that stand alone."""

    counts: Counter[str]
    numbers: frozenset[int]


def furniture(text: str) -> list[Edit]:
    """Return the edits that take page numbers and running heads out of sentences."""
    if not _DIGITS.search(text) and text.count("\n") < 2:
        return []
    lines = list(_lines(text))
    heads = _gather(lines)
    edits: list[Edit] = []
    index = 0
    while index < len(lines):
        following = index + 1
        while following < len(lines) and following - index <= _BLOCK and _may_go(lines[following], heads):
            following += 1
        if index + 1 < following < len(lines) and lines[index].text and lines[following].text:
            if _inside_sentence(lines[index], lines[following]) and _is_furniture(lines[index : following + 1], heads, text):
                edits.append((lines[index].after, lines[following].start, ""))
        index = following
    return edits


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for raw in text.replace("\f", "\n").split("\n"):
        stripped = raw.strip()
        first = start + len(raw) - len(raw.lstrip()) if stripped else start
        after = start + len(raw) + 1
        yield _Line(first, first + len(stripped), stripped, min(after, len(text)))
        start = after


def _gather(lines: list[_Line]) -> _Heads:
    counts = Counter(_key(line.text) for line in lines if 3 <= len(line.text) <= _LONGEST)
    numbers = frozenset(int(line.text) for line in lines if line.text.isdecimal() and len(line.text) <= 4)
    return _Heads(Counter({key: count for key, count in counts.items() if count > 1}), numbers)


def _key(line: str) -> str:
    """A head without its page number."""
    return line.strip("0123456789 |•·-–—").casefold()


def _may_go(line: _Line, heads: _Heads) -> bool:
    text = line.text
    if not text:
        return True
    if len(text) > _LONGEST:
        return False
    if text[-1].isdigit() or text[0].isdigit() or text[-1] in "-–—|])":
        if _rules()["number"].fullmatch(text) or _HEAD_MARK.fullmatch(text):
            return True
    return text.isupper() or (heads.counts[_key(text)] >= _HEADS and text[0].isupper())


def _inside_sentence(before: _Line, after: _Line) -> bool:
    broken = _is_broken(before)
    if not (after.text[0].islower() or (broken and after.text[0].isupper() and before.text[-2].isupper())):
        return False
    long_enough = broken or (len(before.text) >= _SENTENCE and not before.text.isupper())
    return long_enough and before.text[-1] not in _rules()["sentence_ends"]


def _is_broken(line: _Line) -> bool:
    return len(line.text) > 2 and line.text[-1] == "-" and line.text[-2].isalpha()


def _is_furniture(block: list[_Line], heads: _Heads, text: str) -> bool:
    """Judge the lines between the first and the last one of the block."""
    inner = block[1:-1]
    shown = [line for line in inner if line.text]
    parted = sum(not line.text for line in inner) > 0 or "\f" in text[block[0].end : block[-1].start]
    numbers = [line.text for line in shown if _rules()["number"].fullmatch(line.text)]
    if not shown or len(numbers) > 1:
        return False
    certain = _is_broken(block[0]) or any(_is_page(number, inner, heads) for number in numbers)
    if numbers and not certain and not _stands_apart(numbers[0], block, text):
        return False
    for line in shown:
        if line.text in numbers or _HEAD_MARK.fullmatch(line.text):
            continue
        repeated = heads.counts[_key(line.text)]
        capitals = line.text.isupper() and len(line.text) > 3
        if not ((capitals and (repeated > 1 or certain)) or (repeated >= _HEADS and (parted or numbers))):
            return False
    return True


def _is_page(number: str, inner: list[_Line], heads: _Heads) -> bool:
    """Whether a number is marked as a page's, or is one of a sequence."""
    if not number.isdecimal():
        match = _rules()["number"].fullmatch(number)
        return match is not None and bool((match["open"] and match["close"]) or match["word"] or match["word_after"] or match["of"])
    value = int(number)
    return value not in _YEARS and any(value + step in heads.numbers for step in (-2, -1, 1, 2))


def _stands_apart(number: str, block: list[_Line], text: str) -> bool:
    """Whether empty lines on both sides, or the end of the page, set the number off."""
    place = next(index for index, line in enumerate(block[1:-1], 1) if line.text == number)
    empty = not block[place - 1].text and not block[place + 1].text
    ends_page = "\f" in text[block[0].end : block[-1].start]
    digits = re.sub(r"\D", "", number)
    return (empty or ends_page) and int(digits) not in _YEARS


@cache
def _rules() -> dict[str, Any]:
    rules = table("page")
    words = "|".join(re.escape(word) for word in sorted(rules["words"], key=len, reverse=True))
    number = (
        r"(?P<open>[-–—~•·|\[(]+ ?)?(?P<word>(?:" + words + r")\.? ?)?\d{1,4}(?P<of> ?(?:/|из|of) ?\d{1,4})?"
        r"(?P<word_after>(?: |-)?(?:" + words + r")\.?)?(?P<close> ?[-–—~•·|\])]+)?"
    )
    return rules | {"number": re.compile(number, re.IGNORECASE)}
