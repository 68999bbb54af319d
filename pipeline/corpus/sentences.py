"""Training sentences: one a line, the names of institutions tagged `<i kind="museum">…</i>`, `opt="1"` where either answer is right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol, get_args

from pipeline.evaluation.gold import GoldError
from pipeline.evaluation.markup import read_marks
from pipeline.records.model import InstitutionKind

__all__ = ["Name", "Sentence", "frame_of", "masked", "parse_sentence", "read_sentences"]

_ALLOWED = {"i": frozenset({"kind", "opt"})}
_KINDS = frozenset(get_args(InstitutionKind))
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """An institution's name in a sentence: [start, end) in code points, its kind, and whether it is neither wanted nor wrong."""

    start: int
    end: int
    kind: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its tags, its names in order (outer ones before inner ones), and where it stands."""

    text: str
    names: tuple[Name, ...]
    file: str
    line: int

    @property
    def frame(self) -> str:
        """Return the words of the sentence with each outermost name as `@`, without case or signs: two sentences of one frame differ by names only."""
        return frame_of(masked(self.text, self.names))


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def masked(text: str, names: Iterable[_Span]) -> str:
    """Return a text with each outermost name as `@`. `names` are in order, outer ones before inner ones."""
    pieces: list[str] = []
    at = 0
    for name in names:
        if name.start >= at:
            pieces += text[at : name.start], " @ "
            at = name.end
    pieces.append(text[at:])
    return "".join(pieces)


def frame_of(sentence: str) -> str:
    """Return the words of a masked sentence, without case or signs."""
    return " ".join(re.findall(r"\w+|@", sentence.casefold()))


def parse_sentence(source: str, *, file: str = "sentences", line: int = 1) -> Sentence:
    """Return the sentence of one tagged line. Raises GoldError where it does not follow the rules."""

    def fail(position: int, reason: str) -> NoReturn:
        raise GoldError(file, line, f"at character {position + 1}: {reason}")

    text, marks = read_marks(source, _ALLOWED, fail)
    names = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        kind, found = mark.attributes.get("kind", ""), text[mark.start : mark.end]
        if kind not in _KINDS:
            fail(mark.position, f"kind is {kind!r}; there are {', '.join(sorted(_KINDS))}")
        if not found or found != found.strip():
            fail(mark.position, f"<i> begins or ends with white space, or is empty: {found!r}")
        names.append(Name(mark.start, mark.end, kind, mark.attributes.get("opt") == "1"))
    if not _WORDS.search(text):
        fail(0, "no words; a line is a sentence")
    return Sentence(text, tuple(names), file, line)


def read_sentences(path: Path) -> tuple[list[Sentence], list[GoldError]]:
    """Return the sentences of a file and what is wrong in it, line by line. Raises OSError where it cannot be read."""
    sentences: list[Sentence] = []
    errors: list[GoldError] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return [], [GoldError(path.name, 1, "not UTF-8; save it as UTF-8")]
    for number, line in enumerate(lines, start=1):
        try:
            sentences.append(parse_sentence(line, file=path.name, line=number))
        except GoldError as error:
            errors.append(error)
    return sentences, errors
