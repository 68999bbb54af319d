"""What an article is: its language, script and genre, from the name of its file where it follows the corpus (`uzl-41-annual-report`), else from its record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.records import Segment

__all__ = ["genre_of", "language_of"]

_NAME = re.compile(r"(?P<language>uzl|uzc|rus|eng|mix)-\d+-(?P<genre>[a-z]+(?:-[a-z]+)*)")
_LANGUAGES = {"uzl": ("uz", "Latn"), "uzc": ("uz", "Cyrl"), "rus": ("ru", "Cyrl"), "eng": ("en", "Latn"), "mix": ("mixed", "mixed")}  # fmt: skip
_MOSTLY = 0.8


def language_of(name: str, segments: Iterable[Segment]) -> tuple[str, str]:
    """Return language and script: uz, ru, en, und, or mixed where none has four fifths of the characters; ISO 15924, or mixed likewise.

    name: of the file, without its suffix. segments: of the record, for files with other names.
    """
    match = _NAME.fullmatch(name)
    if match is not None:
        return _LANGUAGES[match["language"]]
    languages: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    for segment in segments:
        languages[segment.language] += segment.end - segment.start
        scripts[segment.script] += segment.end - segment.start
    return _most(languages, "und"), _most(scripts, "Zyyy")


def genre_of(name: str) -> str | None:
    """Return the genre that the name of a file tells, or None."""
    match = _NAME.fullmatch(name)
    return match["genre"] if match else None


def _most(lengths: Counter[str], none: str) -> str:
    if not lengths.total():
        return none
    name, length = max(lengths.items(), key=lambda entry: (entry[1], entry[0]))
    return name if length >= _MOSTLY * lengths.total() else "mixed"
