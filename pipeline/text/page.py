"""Page numbers and running heads that the layout has put inside a sentence.

They leave the working text only where the line before them has no end of a sentence and the line after them goes on in
small letters, and where they cannot be a number of the text: the working text would otherwise lose a fact.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.text.evidence import Edit, table

__all__ = ["furniture"]

_LONGEST = 90  # characters of a running head
_BLOCK = 4  # lines of a page break: a foot, a number, and heads
_SENTENCE = 25  # characters that a line of running text has at least
_HEADS = 3  # times that a head which is not in capitals must stand in the text
_YEARS = range(1500, 2101)
_LINE = re.compile(r"\S[^\n\f]*")
_GOES_ON = re.compile(r"[\n\f][ \t]*+[a-zа-яёўқғҳşçğöü]|-[ \t]*+[\r\n\f]")
_LINE_END = re.compile(r"[\n\f]")
_EDGE = "-–—~•·|[(])"
_HEAD_MARK = re.compile(r"\d{1,4} ?[|•·] ?\D.{1,80}|\D.{1,80} ?[|•·] ?\d{1,4}")


@dataclass(
    slots=True
)  # not frozen: there are hundreds in an article, and a frozen one takes four times as long to make
class _Line:
    """A line that is not empty; `number` where it may be a page's."""

    start: int
    end: int
    text: str
    number: re.Match[str] | None


@dataclass(frozen=True, slots=True)
class _Known:
    """How often each short line stands in the text, and the numbers that stand alone."""

    heads: Counter[str]
    numbers: frozenset[int]

    def repeats(self, line: _Line) -> int:
        return self.heads[_key(line.text)]


def furniture(text: str) -> list[Edit]:
    """Return the edits that take page numbers and running heads out of sentences."""
    if not _has_candidates(text):
        return []
    lines = [_line(match) for match in _LINE.finditer(text)]
    known = _gather(lines)
    edits: list[Edit] = []
    index = 0
    while index + 2 < len(lines):
        last = index + 1
        while last < len(lines) and last - index <= _BLOCK and _may_go(lines[last], known):
            last += 1
        if index + 1 < last < len(lines) and _is_page_break(lines[index : last + 1], known, text):
            line_end = _LINE_END.search(text, lines[index].end)
            edits.append((line_end.end() if line_end else lines[last].start, lines[last].start, ""))
        index = last
    return edits


def _has_candidates(text: str) -> bool:
    """A cheap look for lines that may be numbers or heads, and for what may go on after them."""
    if not _GOES_ON.search(text):
        return False
    lines = text.replace("\f", "\n").split("\n")
    short = [stripped for line in lines if 0 < len(line) <= _LONGEST and (stripped := line.strip())]
    if any(line[-1].isdecimal() or line[0].isdecimal() or line[0] in _EDGE or line.isupper() for line in short):
        return True
    return any(count >= _HEADS for count in Counter(short).values())


def _line(match: re.Match[str]) -> _Line:
    text = match[0].rstrip()
    numeric = len(text) <= 20 and (text[-1].isdecimal() or text[0].isdecimal() or text[0] in _EDGE)
    number = _rules()["number"].fullmatch(text) if numeric else None
    return _Line(match.start(), match.start() + len(text), text, number)


def _gather(lines: list[_Line]) -> _Known:
    heads = Counter(_key(line.text) for line in lines if 3 <= len(line.text) <= _LONGEST)
    numbers = frozenset(int(line.text) for line in lines if line.number and line.text.isdecimal())
    return _Known(heads, numbers)


def _key(line: str) -> str:
    """A head without its page number."""
    return line.strip("0123456789 |•·-–—").casefold()


def _may_go(line: _Line, known: _Known) -> bool:
    text = line.text
    if line.number:
        return True
    if not 3 <= len(text) <= _LONGEST:
        return False
    repeated = text[0].isupper() and known.repeats(line) >= _HEADS
    return repeated or text.isupper() or _HEAD_MARK.fullmatch(text) is not None


def _is_page_break(block: list[_Line], known: _Known, text: str) -> bool:
    """Whether the lines between the first and the last of the block only part the two halves of a sentence."""
    first, last, inner = block[0], block[-1], block[1:-1]
    broken = len(first.text) > 2 and first.text[-1] == "-" and first.text[-2].isalpha()
    both_capitals = broken and first.text[-2].isupper() and last.text[0].isupper()
    if not (last.text[0].islower() or both_capitals) or first.text[-1] in _rules()["sentence_ends"]:
        return False
    if not broken and (len(first.text) < _SENTENCE or first.text.isupper()):
        return False
    numbers = [line for line in inner if line.number]
    if len(numbers) > 1:
        return False
    certain = broken or any(_is_page(line, known) for line in numbers)
    if numbers and not certain and not _stands_apart(numbers[0], block, text):
        return False
    parted = bool(numbers) or text.count("\n", first.end, last.start) > len(inner) + 1
    return all(line.number or _is_head(line, known, certain=certain, parted=parted) for line in inner)


def _is_head(line: _Line, known: _Known, *, certain: bool, parted: bool) -> bool:
    if _HEAD_MARK.fullmatch(line.text):
        return True
    repeats = known.repeats(line)
    if line.text.isupper():
        return len(line.text) > 3 and (repeats > 1 or certain)
    return repeats >= _HEADS and parted


def _is_page(line: _Line, known: _Known) -> bool:
    """Whether a number is marked as a page's, or is one of a sequence."""
    match = line.number
    if match is None:
        return False
    if not line.text.isdecimal():
        return bool((match["open"] and match["close"]) or match["word"] or match["word_after"] or match["of"])
    value = int(line.text)
    return value not in _YEARS and any(value + step in known.numbers for step in (-2, -1, 1, 2))


def _stands_apart(number: _Line, block: list[_Line], text: str) -> bool:
    """Whether empty lines on both sides, or the end of the page, set the number off."""
    place = block.index(number)
    before, after = block[place - 1].end, block[place + 1].start
    empty = text.count("\n", before, number.start) > 1 and text.count("\n", number.end, after) > 1
    value = int(re.sub(r"\D", "", number.text))
    return (empty or "\f" in text[before:after]) and value not in _YEARS


@cache
def _rules() -> dict[str, Any]:
    rules = table("page")
    words = "|".join(re.escape(word) for word in sorted(rules["words"], key=len, reverse=True))
    number = (
        rf"(?P<open>[-–—~•·|\[(]+ ?)?(?P<word>(?:{words})\.? ?)?\d{{1,4}}(?P<of> ?(?:/|из|of) ?\d{{1,4}})?"
        rf"(?P<word_after>(?: |-)?(?:{words})\.?)?(?P<close> ?[-–—~•·|\])]+)?"
    )
    return rules | {"number": re.compile(number, re.IGNORECASE)}
