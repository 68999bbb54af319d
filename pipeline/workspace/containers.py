"""Archives and lists on disk -> the articles in them, one after the other, none kept: ZIP, TAR, JSON Lines. Nothing is unpacked to disk.

A member that cannot be read is reported and does not stop the rest. What breaks in the middle gives what came before it, then an error.
"""

from __future__ import annotations

import gzip
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, cast

from pipeline.reading import SUFFIXES, Limits, ReadingError
from pipeline.reading.article import shown

__all__ = ["Member", "kind_of", "members"]

_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_IDS = ("id", "url", "uri", "source")
_RATIO = 300  # text packs 3 to 20 times; an archive that unfolds further, and beyond the floor, is a bomb
_FLOOR = 1024**3
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    RuntimeError,  # what zipfile says of a password, and of a compression that it does not know
)


@dataclass(frozen=True, slots=True)
class Member:
    """An article inside a file. kind: a suffix that tells its format where the name does not."""

    name: str
    data: bytes
    kind: str = ""


def kind_of(path: Path) -> str | None:
    """Return `zip`, `tar` or `lines` for a file that holds articles, by its name; None for any other."""
    name = path.name.lower()
    if name.endswith(".zip"):
        return "zip"
    if name.endswith(_TARS):
        return "tar"
    return "lines" if name.endswith(_LINES) else None


def members(path: Path, kind: str, *, limits: Limits, field: str = "text") -> Iterator[Member | ReadingError]:
    """Yield the articles in an archive or list, and a ReadingError for each that cannot be had. field: of JSON Lines, that holds the text."""
    names = _Names()
    try:
        if kind == "zip":
            yield from _zip(path, limits, names)
        elif kind == "tar":
            yield from _tar(path, limits, names)
        else:
            yield from _lines(path, limits, names, field)
    except _BROKEN as error:
        yield ReadingError(
            shown(path), f"broken from here on ({error}); what stands before it was read; get the file again"
        )


class _Names:
    """Makes names unique within one file. Keeps hashes only."""

    def __init__(self) -> None:
        self.used: dict[int, int] = {}

    def unique(self, name: str) -> str:
        count = self.used[hash(name)] = self.used.get(hash(name), 0) + 1
        return name if count == 1 else f"{name}~{count}"


class _Budget:
    """How many bytes an archive may still unfold to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left = max(_FLOOR, path.stat().st_size * _RATIO)

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise ValueError(f"it unfolds to more than {_RATIO} times its size: a zip bomb?")


def _wanted(name: str) -> bool:
    path = PurePath(name)
    return path.suffix.lower() in SUFFIXES and not any(
        part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in path.parts
    )


def _too_large(name: str, limits: Limits) -> ReadingError:
    return ReadingError(name, f"larger than the limit of {limits.max_bytes} bytes; split it, or raise max_bytes")


def _zip(path: Path, limits: Limits, names: _Names) -> Iterator[Member | ReadingError]:
    budget = _Budget(path)
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or not _wanted(entry.filename):
                continue
            name = names.unique(f"{shown(path)}!/{_printable(entry.filename)}")
            if entry.file_size > limits.max_bytes:
                yield _too_large(name, limits)
                continue
            budget.take(entry.file_size)
            try:
                with archive.open(entry) as file:
                    data = file.read(limits.max_bytes + 1)
            except _BROKEN as error:
                yield ReadingError(name, f"cannot be unpacked ({error}); get the archive again, without a password")
                continue
            yield Member(name, data)


def _tar(path: Path, limits: Limits, names: _Names) -> Iterator[Member | ReadingError]:
    budget = _Budget(path)
    with tarfile.open(path, mode="r|*") as archive:
        for entry in archive:
            archive.members = []  # type: ignore[attr-defined]  # tarfile keeps what it has seen: 100,000 members would stay
            budget.take(entry.size)
            if not entry.isfile() or not _wanted(entry.name):
                continue
            name = names.unique(f"{shown(path)}!/{_printable(entry.name)}")
            if entry.size > limits.max_bytes:
                yield _too_large(name, limits)
                continue
            file = archive.extractfile(entry)
            if file is not None:
                yield Member(name, file.read())


def _lines(path: Path, limits: Limits, names: _Names, field: str) -> Iterator[Member | ReadingError]:
    longest = 6 * limits.max_bytes  # a character may be written as \\uXXXX
    budget = _Budget(path)
    with _unpacked(path) as file:
        number = 0
        while line := file.readline(longest + 1):
            number += 1
            budget.take(len(line))
            if not line.strip():
                continue
            place = f"{shown(path)}#{number}"
            if len(line) > longest:
                yield _too_large(place, limits)
                while line and not line.endswith(b"\n"):
                    line = file.readline(longest)
                    budget.take(len(line))
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                yield ReadingError(place, f"no JSON in UTF-8 ({str(error)[:100]}); mend the line")
                continue
            text = row.get(field) if isinstance(row, dict) else None
            if not isinstance(text, str):
                yield ReadingError(
                    place, f"no field {field!r} with a text; name the field that has it with --text-field"
                )
                continue
            own = next((row[key] for key in _IDS if isinstance(row.get(key), (str, int)) and row[key] != ""), number)
            yield Member(names.unique(f"{shown(path)}#{_printable(str(own)[:300])}"), text.encode("utf-8", "replace"))


def _unpacked(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix.lower() == ".gz" else open(path, "rb")


def _printable(name: str) -> str:
    """A name from inside a file, in one line that can be stored and shown."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)
