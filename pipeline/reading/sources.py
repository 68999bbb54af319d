"""Paths -> the sources of articles, in a stable order; what cannot be one is reported and does not stop the rest."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.reading.article import ReadingError, shown

PLAIN_SUFFIXES = frozenset({".txt", ".md"})
SUFFIXES = PLAIN_SUFFIXES | {".html", ".htm", ".xhtml", ".pdf", ".docx"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where one article is. path: None for standard input. name: how records and messages call it."""

    path: Path | None
    name: str


@dataclass(frozen=True, slots=True)
class File:
    """A source as it was found. path: None for standard input. status: of the file that the path leads to."""

    path: str | None
    name: str
    status: os.stat_result | None = None


def find_sources(
    paths: Iterable[str | os.PathLike[str]], *, suffixes: frozenset[str] = SUFFIXES
) -> Iterator[Source | ReadingError]:
    """The sources that `paths` name, as `find_files` finds them."""
    for found in find_files(paths, suffixes=suffixes):
        if isinstance(found, ReadingError):
            yield found
        else:
            yield Source(None if found.path is None else Path(found.path), found.name)


def find_files(
    paths: Iterable[str | os.PathLike[str]], *, suffixes: frozenset[str] = SUFFIXES
) -> Iterator[File | ReadingError]:
    """The files that `paths` name: a file whatever its suffix, a folder's files with a known suffix, `-` for input.

    Folders are read with their subfolders, sorted by name, files before folders and folders before links; hidden names
    are passed over. Each file comes once, however many paths and links lead to it. A missing path, an unreadable
    folder, a link that leads round in a circle or to nothing, and a folder without articles give one ReadingError each.
    """
    seen: set[str] = set()
    for path in paths:
        if os.fspath(path) == "-":
            if "-" not in seen:
                seen.add("-")
                yield File(None, "-")
            continue
        try:
            status = os.stat(path)
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            continue
        if stat.S_ISDIR(status.st_mode):
            found = False
            for item in _folder(str(Path(path)), seen=seen, suffixes=suffixes):
                found = True
                if item is not None:
                    yield item
            if not found:
                known = " ".join(sorted(suffixes))
                yield ReadingError(shown(path), f"no articles in this folder; it needs files that end in {known}")
        elif _first_time(path, seen):
            yield File(os.fspath(path), shown(path), status)


def _folder(root: str, *, seen: set[str], suffixes: frozenset[str]) -> Iterator[File | ReadingError | None]:
    """The files under `root`; None for one that was given before, so that the caller knows there was one."""
    # The real paths above a folder tell a circle from a folder that two links lead to.
    # Links wait until all real folders are read, so that a file is named by its own place.
    waiting: list[tuple[str, frozenset[str]]] = [(root, frozenset())]
    links: list[tuple[str, frozenset[str]]] = []
    visited: set[str] = set()
    endings = tuple(suffixes)
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
        inner: list[tuple[str, frozenset[str]]] = []
        before, real_before = os.path.join(folder, ""), os.path.join(real, "")
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = before + entry.name
            known = entry.name.lower().endswith(endings)
            try:
                status = entry.stat()
            except OSError as error:
                if known:
                    yield _unreadable(path, error)
                continue
            if stat.S_ISDIR(status.st_mode):
                (links if entry.is_symlink() else inner).append((path, above | {real}))
            elif known and stat.S_ISREG(status.st_mode):
                # An entry that is no link is where its folder is: asking the system for each of a million costs most of the time.
                straight = not entry.is_symlink()
                place = real_before + entry.name if straight else path
                yield File(path, shown(path), status) if _first_time(place, seen, real=straight) else None
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
