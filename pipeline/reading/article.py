"""What the readers give: an article, or an error that names the source and the remedy."""

from __future__ import annotations

import hashlib
import importlib
import os
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

PLAIN = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one source may cost. A source beyond a limit is refused with a `ReadingError`, never cut short.

    max_bytes: size of the source. max_characters: size of the text taken out of it. max_expansion: bytes that a zipped
    document may unfold to. max_pages: pages of a PDF. max_elements: elements of an HTML page that the article finder
    (trafilatura) is given; its time grows with the square of them, so a larger page is read without it.
    """

    max_bytes: int = 50 * 1024 * 1024
    max_characters: int = 20_000_000
    max_expansion: int = 200 * 1024 * 1024
    max_pages: int = 5_000
    max_elements: int = 20_000


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. Every offset of a record counts code points of `text`.

    id: the source's file name without its last suffix; the caller makes it unique within a batch.
    source: how the source was named (a name that is not UTF-8 is shown with escapes).
    media_type: PLAIN, HTML, PDF or DOCX. encoding: None where the format has its own (PDF, DOCX).
    sha256: of the source's bytes. title: only from markup or metadata. date: EDTF, only from a machine-readable date.
    """

    id: str
    source: str
    media_type: str
    encoding: str | None
    sha256: str
    text: str
    title: str | None = None
    date: str | None = None


class ReadingError(Exception):
    """A source that cannot be read: `source`, and in one line `reason`, what is wrong and what to do."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one format takes out of the bytes."""

    text: str
    encoding: str | None = None
    title: str | None = None
    date: str | None = None


def article_of(content: Content, data: bytes, *, source: str, media_type: str, limits: Limits) -> Article:
    """The article for `content`. Raises ReadingError if there is no text, or too much of it."""
    if not content.text.strip():
        raise ReadingError(source, "there is no text in it; check the file, or leave it out")
    if len(content.text) > limits.max_characters:
        raise ReadingError(
            source,
            f"{len(content.text)} characters of text, more than the limit of {limits.max_characters}; "
            "split the file, or raise max_characters",
        )
    return Article(
        id=article_id(source),
        source=source,
        media_type=media_type,
        encoding=content.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        text=content.text,
        title=one_line(content.title),
        date=content.date,
    )


def article_id(source: str) -> str:
    """The file name without its last suffix; `stdin` for standard input."""
    return "stdin" if source == "-" else PurePath(source).stem or "article"


def shown(path: str | os.PathLike[str]) -> str:
    """A path for people and records: bytes of a name that are not UTF-8 become escapes such as `\\xff`."""
    return os.fspath(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def one_line(text: str | None) -> str | None:
    """`text` with every run of white space as one space, or None if nothing is left."""
    return " ".join((text or "").split()) or None


def optional(module: str, *, extra: str, source: str) -> Any:
    """Import a library that only one format needs. Raises ReadingError naming the extra that brings it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = getattr(error, "name", None) or module
        raise ReadingError(
            source, f"this format needs {missing}, which is not installed; pip install 'hamkor[{extra}]'"
        ) from error
