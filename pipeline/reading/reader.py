"""Bytes, a file, or standard input -> Article: which format it is, and the reader of that format."""

from __future__ import annotations

import os
import re
import stat
import sys
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from pipeline.reading.article import (
    DOCX,
    HTML,
    PDF,
    PLAIN,
    Article,
    Content,
    Limits,
    ReadingError,
    article_of,
    shown,
)
from pipeline.reading.encoding import decode
from pipeline.reading.sources import PLAIN_SUFFIXES, Source

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})

_HTML_START = re.compile(
    rb"\s*(?:<\?xml\b[^<>]{0,300}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SAVE_AS = "save it as DOCX, PDF, HTML or text"
# What the first bytes say of formats that are not read, and what to do with them.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Office file", f"{_SAVE_AS}, without a password"),
    (b"{\\rtf", "an RTF file", _SAVE_AS),
    (b"\x89PNG", "a picture (PNG)", "run OCR on it first"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "run OCR on it first"),
    (b"GIF8", "a picture (GIF)", "run OCR on it first"),
    (b"II*\0", "a picture (TIFF)", "run OCR on it first"),
    (b"MM\0*", "a picture (TIFF)", "run OCR on it first"),
    (b"AT&TFORM", "a DjVu scan", "convert it to PDF with a text layer"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"SQLite format 3\0", "a database", "export the articles as text"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def read_bytes(data: bytes, *, source: str, limits: Limits | None = None) -> Article:
    """The article in `data`.

    source: its name; the suffix tells text from HTML, the first bytes tell everything else.
    Raises ReadingError if the format is not read, a limit is exceeded, or there is no text.
    """
    limits = limits or Limits()
    if len(data) > limits.max_bytes:
        raise _too_large(source, limits)
    if not data:
        raise ReadingError(source, "the file is empty; get it again, or leave it out")
    media_type = _media_type(data, source=source)
    if media_type == PDF:  # each format's reader is imported for the first article in it
        from pipeline.reading.pdf import read_pdf

        content = read_pdf(data, source=source, limits=limits)
    elif media_type == DOCX:
        from pipeline.reading.docx import read_docx

        content = read_docx(data, source=source, limits=limits)
    elif media_type == HTML:
        from pipeline.reading.html import read_html

        content = read_html(data, source=source, limits=limits)
    else:
        content = Content(*decode(data, source=source))
    return article_of(content, data, source=source, media_type=media_type, limits=limits)


def read_path(path: str | os.PathLike[str], *, limits: Limits | None = None) -> Article:
    """The article in a file. Raises ReadingError, also where the file cannot be opened or is no regular file."""
    limits = limits or Limits()
    return read_bytes(file_bytes(path, limits=limits), source=shown(path), limits=limits)


def file_bytes(path: str | os.PathLike[str], *, limits: Limits) -> bytes:
    """The bytes of a regular file, one more than `max_bytes` at most. Raises ReadingError where it cannot be opened or is none."""
    source = shown(path)
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for someone to write to it.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ReadingError(source, "not a regular file; give a file, a folder, or - for standard input")
            return file.read(limits.max_bytes + 1)
    except OSError as error:
        raise ReadingError(source, f"cannot be read: {error.strerror or error}; check its rights") from error
    except ValueError as error:  # a NUL in the name
        raise ReadingError(source, f"cannot be read: {error}; check the path") from error


def read_source(source: Source, *, limits: Limits | None = None, stdin: BinaryIO | None = None) -> Article:
    """The article of a source from `find_sources`; stdin is the stream for `-` (by default the program's own)."""
    limits = limits or Limits()
    if source.path is not None:
        return read_path(source.path, limits=limits)
    try:
        data = (stdin or sys.stdin.buffer).read(limits.max_bytes + 1)
    except OSError as error:
        raise ReadingError(source.name, f"standard input cannot be read: {error.strerror or error}") from error
    return read_bytes(data, source=source.name, limits=limits)


def _too_large(source: str, limits: Limits) -> ReadingError:
    return ReadingError(source, f"larger than the limit of {limits.max_bytes} bytes; split it, or raise max_bytes")


def _media_type(data: bytes, *, source: str) -> str:
    suffix = PurePath(source).suffix.lower()
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head):
        return PDF
    if data.startswith(_ZIP):
        return _zipped(data, source=source)
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise ReadingError(source, "a picture, sound or film; it has no text to read")
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise ReadingError(source, f"{what}, which is not read; {remedy}")
    if suffix in HTML_SUFFIXES:
        return HTML
    if suffix in PLAIN_SUFFIXES:
        return PLAIN
    if _HTML_START.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return HTML
    if suffix in {".pdf", ".docx"}:
        raise ReadingError(source, f"not a {suffix[1:].upper()} file inside; get it again, or name it by what it is")
    return PLAIN


def _zipped(data: bytes, *, source: str) -> str:
    """DOCX, or an error that says what else the archive is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise ReadingError(source, "a broken zip archive or DOCX; get it again") from error
    if "word/document.xml" in names:
        return DOCX
    kinds = {
        "xl/": "a spreadsheet",
        "ppt/": "a presentation",
        "content.xml": "an OpenDocument file",
        "META-INF/container.xml": "an EPUB",
    }
    for start, what in kinds.items():
        if any(name.startswith(start) for name in names):
            raise ReadingError(source, f"{what}, which is not read; {_SAVE_AS}")
    raise ReadingError(source, "a zip archive, not a DOCX; unpack it")
