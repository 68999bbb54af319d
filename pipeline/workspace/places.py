"""What a user names -> the files on disk that hold articles: folders, patterns, files, files of paths."""

from __future__ import annotations

import glob
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.reading import SUFFIXES, ReadingError, find_files
from pipeline.reading.article import shown
from pipeline.workspace.containers import kind_of
from pipeline.workspace.feeds import FEEDS, is_feed

__all__ = ["Place", "Places", "place_of", "reopened"]

_HOLDING = frozenset({".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".jsonl", ".ndjson"}) | FEEDS
_ENDINGS, _FEEDS = tuple(_HOLDING), tuple(FEEDS)
_SETTLED = 2.0  # seconds; a file changed just now may change again within the same tick of the file system's clock


@dataclass(frozen=True, slots=True)
class Place:
    """A file. name: of its path, as shown to people. root: what the user named. kind: `file` for an article, else what it holds: `zip`, `tar`,
    `lines`, `feed`. size: in bytes. signature: changes when the file does; '' where it is too young to tell."""

    path: str
    name: str
    root: str
    kind: str
    size: int
    signature: str


class Places:
    """The places of a run: iterate once. Afterwards `roots` has what was looked through, `blind` where it could not be looked."""

    def __init__(self, sources: Sequence[str], lists: Sequence[str] = (), *, settle: bool = False) -> None:
        self.sources = sources
        self.lists = lists
        self.settle = settle
        self.roots: list[str] = []
        self.blind: list[str] = []

    def __iter__(self) -> Iterator[Place | ReadingError]:
        """Yield the files in a stable order, each once, and a ReadingError for what cannot be looked into.

        With `settle` a file that changed in the last two seconds is passed over: somebody may still write it.
        """
        for source in self.sources:
            pattern = glob.has_magic(source) and not os.path.lexists(source)
            root = shown(os.path.abspath(source))
            paths: Iterable[str] = (
                sorted(glob.iglob(os.path.abspath(source), recursive=True)) if pattern else [os.path.abspath(source)]
            )
            named = not pattern and not os.path.isdir(source)
            self.roots.append(root)
            if pattern and not paths:
                yield self._shut(
                    ReadingError(
                        root,
                        "no file fits this pattern; quote it, and mind that it is looked for from the present folder",
                    )
                )
            yield from self._under(paths, root, named=named)
        for name in self.lists:
            root = "-" if name == "-" else shown(os.path.abspath(name))
            self.roots.append(root)
            try:
                yield from self._under(_listed(name), root, named=True)
            except (OSError, UnicodeError) as error:
                yield self._shut(
                    ReadingError(
                        root, f"this file of paths cannot be read ({error}); give a text file with a path in each line"
                    )
                )

    def _under(self, paths: Iterable[str], root: str, *, named: bool) -> Iterator[Place | ReadingError]:
        for found in find_files(paths, suffixes=SUFFIXES | _HOLDING):
            if isinstance(found, ReadingError):
                yield self._shut(found)
            elif found.path is not None:
                try:
                    place = place_of(found.path, root, name=found.name, status=found.status)
                except OSError as error:
                    yield self._shut(
                        ReadingError(found.name, f"cannot be read: {error.strerror or error}; check its rights")
                    )
                    continue
                if place is None:
                    if named:
                        yield ReadingError(
                            found.name,
                            "no archive, feed or list that is known; give ZIP, TAR, JSON Lines, RSS, Atom or a sitemap",
                        )
                elif not (self.settle and not place.signature):
                    yield place

    def _shut(self, error: ReadingError) -> ReadingError:
        self.blind.append(error.source)
        return error


def place_of(path: str, root: str, *, name: str | None = None, status: os.stat_result | None = None) -> Place | None:
    """Return the place of a file; None where it only looks like an archive or feed. name, status: of the path, where they are known. Raises OSError.

    The signature is size, time of the content, time of the last change of any kind, and inode. That second time, which no program can set (on Windows it is the time of making),
    tells a file that got its old time back, as `cp -p`, `rsync -t` and unpacked archives do. A file that changed just now has no signature: it may change
    again within one tick of the file system's clock and would look the same, what git calls "racily clean". A time ahead of our clock counts as just now.
    The file is read after its signature was taken: one that changes in between has other times in the next run.
    """
    kind = "file"
    if path.lower().endswith(_ENDINGS):
        held = kind_of(Path(path)) or ("feed" if path.lower().endswith(_FEEDS) and is_feed(Path(path)) else None)
        if held is None:
            return None
        kind = held
    status = status or os.stat(path)
    signature = ""
    if stat.S_ISREG(status.st_mode) and max(status.st_mtime, status.st_ctime) <= time.time() - _SETTLED:
        signature = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"
    return Place(path, shown(path) if name is None else name, root, kind, status.st_size, signature)


def reopened(containers: dict[str, str]) -> Iterator[Place | ReadingError]:
    """Yield the places of files that were read before (path -> root), and a ReadingError for each that is gone."""
    for path, root in sorted(containers.items()):
        try:
            place = place_of(path, root)
        except (OSError, ValueError) as error:
            yield ReadingError(
                path,
                f"cannot be read any more: {getattr(error, 'strerror', None) or error}; bring it back, or withdraw it with --withdraw-missing",
            )
            continue
        if place is not None:
            yield place


def _listed(name: str) -> Iterator[str]:
    """The paths in a file of paths, divided by line ends or by NUL as `find -print0` does."""
    if name == "-":
        yield from _divided(sys.stdin)
        return
    with open(name, encoding="utf-8", errors="surrogateescape", newline="") as file:
        yield from _divided(file)


def _divided(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for path in line.strip("\r\n").split("\0"):
            if path:
                yield os.path.abspath(path)
