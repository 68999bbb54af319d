"""What an article is: its language, script and genre, from the name of its file where it follows the corpus (`uzl-41-annual-report`), else from its record."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.records import Segment

__all__ = ["GENRES", "PREFIXES", "genre_of", "language_of", "prefix_of"]

_DATA = tomllib.loads((Path(__file__).parent / "origin.toml").read_text(encoding="utf-8"))
PREFIXES: dict[str, tuple[str, str]] = {
    name: (language, script) for name, (language, script) in _DATA["prefixes"].items()
}
GENRES: tuple[str, ...] = tuple(_DATA["genres"])
_MOSTLY = 0.8  # of the characters
_NAME = re.compile(rf"(?P<prefix>{'|'.join(PREFIXES)})-(?P<number>\d+)(?:-(?P<genre>{'|'.join(GENRES)}))?")


def prefix_of(id: str) -> str | None:
    """Return the language and script that a document's id tells (`uzl`, `uzc`, `rus`, `eng`), None where it tells none."""
    match = _NAME.fullmatch(id)
    return match["prefix"] if match else None


def genre_of(id: str) -> str | None:
    """Return the genre that a document's id tells, None where it tells none."""
    match = _NAME.fullmatch(id)
    return match["genre"] if match else None


def language_of(id: str, segments: Iterable[Segment]) -> tuple[str, str]:
    """Return language and script: uz, ru, en, und, or mixed where none has four fifths of the characters; ISO 15924, or mixed likewise.

    segments: of the record, for documents whose id does not tell.
    """
    prefix = prefix_of(id)
    if prefix is not None:
        return PREFIXES[prefix]
    languages: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    for segment in segments:
        languages[segment.language] += segment.end - segment.start
        scripts[segment.script] += segment.end - segment.start
    return _most(languages, "und"), _most(scripts, "Zyyy")


def _most(lengths: Counter[str], none: str) -> str:
    if not lengths.total():
        return none
    name, length = max(lengths.items(), key=lambda entry: (entry[1], entry[0]))
    return name if length >= _MOSTLY * lengths.total() else "mixed"
