"""Paths -> the sources of articles, in a stable order; what cannot be one is reported and does not stop the rest."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.reading.article import ReadingError, shown

PLAIN_SUFFIXES = frozenset({".txt", ".md"})
SUFFIXES = PLAIN_SUFFIXES | {".html", ".htm", ".xhtml", ".pdf", ".docx"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where one article is. path: None for standard input. name: how records and messages call it."""

    path: Path | None
    name: str


def find_sources(
    paths: Iterable[str | os.PathLike[str]], *, suffixes: frozenset[str] = SUFFIXES
) -> Iterator[Source | ReadingError]:
    """The sources that `paths` name: a file whatever its suffix, a folder's files with a known suffix, `-` for input.

    Folders are read with their subfolders, sorted by name, files before folders and folders before links; hidden names
    are passed over. Each file comes once, however many paths and links lead to it. A missing path, an unreadable
    folder, a link that leads round in a circle or to nothing, and a folder without articles give one ReadingError each.
    """
    seen: set[str] = set()
    for path in paths:
        if os.fspath(path) == "-":
            if "-" not in seen:
                seen.add("-")
                yield Source(path=None, name="-")
            continue
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            continue
        if stat.S_ISDIR(mode):
            found = False
            for item in _folder(Path(path), seen=seen, suffixes=suffixes):
                found = True
                if item is not None:
                    yield item
            if not found:
                known = " ".join(sorted(suffixes))
                yield ReadingError(shown(path), f"no articles in this folder; it needs files that end in {known}")
        elif _first_time(path, seen):
            yield Source(path=Path(path), name=shown(path))


def _folder(root: Path, *, seen: set[str], suffixes: frozenset[str]) -> Iterator[Source | ReadingError | None]:
    """The sources under `root`; None for one that was given before, so that the caller knows there was one."""
    # The real paths above a folder tell a circle from a folder that two links lead to.
    # Links wait until all real folders are read, so that a file is named by its own place.
    waiting: list[tuple[Path, frozenset[str]]] = [(root, frozenset())]
    links: list[tuple[Path, frozenset[str]]] = []
    visited: set[str] = set()
    while waiting or links:
        folder, above = waiting.pop() if waiting else links.pop(0)
        real = os.path.realpath(folder)
        if real in above:
            yield ReadingError(shown(folder), "this link leads back to a folder above it; it is passed over")
            continue
        if real in visited:
            continue
        visited.add(real)
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(folder, error)
            continue
        inner: list[tuple[Path, frozenset[str]]] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            known = PurePath(entry.name).suffix.lower() in suffixes
            try:
                mode = entry.stat().st_mode
            except OSError as error:
                if known:
                    yield _unreadable(path, error)
                continue
            if stat.S_ISDIR(mode):
                (links if entry.is_symlink() else inner).append((path, above | {real}))
            elif known and stat.S_ISREG(mode):
                # An entry that is no link is where its folder is: asking the system for each of a million costs most of the time.
                straight = not entry.is_symlink()
                place = os.path.join(real, entry.name) if straight else path
                yield Source(path=path, name=shown(path)) if _first_time(place, seen, real=straight) else None
        waiting += reversed(inner)


def _first_time(path: str | os.PathLike[str], seen: set[str], *, real: bool = False) -> bool:
    place = os.fspath(path) if real else os.path.realpath(path)
    if place in seen:
        return False
    seen.add(place)
    return True


def _unreadable(path: str | os.PathLike[str], error: Exception) -> ReadingError:
    reason = getattr(error, "strerror", None) or str(error)
    return ReadingError(shown(path), f"cannot be read: {reason}; check the path and its rights")
