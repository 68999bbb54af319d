"""Any bytes -> the right reader, or one line that says what is wrong and what to do."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.reading import HTML, PDF, PLAIN, Limits, ReadingError, Source, read_bytes, read_path, read_source

from .pdfs import pdf
from .sentences import UZBEK


def test_plain_text_is_kept_to_the_character() -> None:
    text = "\n\n ЎЗБЕК\u00a0тили\r\nва\tмузей\u00ad \n"
    article = read_bytes(text.encode("utf-8-sig"), source="folder/004_4c.v2.txt")
    assert article.text == text
    assert (article.id, article.source, article.media_type, article.encoding) == (
        "004_4c.v2",
        "folder/004_4c.v2.txt",
        PLAIN,
        "utf-8",
    )
    assert article.sha256 == hashlib.sha256(text.encode("utf-8-sig")).hexdigest()
    assert article.title is None
    assert article.date is None


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", b"<html><body><p>kept as it is</p></body></html>", PLAIN),
        ("a.md", b"# Title\n\n<b>text</b>", PLAIN),
        ("a", b"<!DOCTYPE html>\n<html><body><p>text of a page</p></body></html>", HTML),
        ("a.php", b"\xef\xbb\xbf  <html><body><p>text of a page</p></body></html>", HTML),
        ("a.HTM", b"<p>text of a page</p>", HTML),
        ("a.log", b"text < html", PLAIN),
        ("a.txt", pdf("text of a page"), PDF),
        ("a", b"\n" + pdf("text of a page"), PDF),
        ("a.txt", b"%PDF files are described here", PLAIN),
        ("-", b"BM and MZ and GIF are words", PLAIN),
    ],
)
def test_the_format_is_seen(name: str, data: bytes, media_type: str) -> None:
    assert read_bytes(data, source=name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "DOCX"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"\x1f\x8b\x08" + bytes(50), "unpack"),
        (b"PK\x03\x04 broken", "broken"),
        (b"\x7fELF" + bytes(50), "program"),
        (b"MZ\x90\x00\x03" + bytes(50), "binary"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "picture"),
        (b"AT&TFORM\x00\x00", "DjVu"),
        (b"", "empty"),
        (b" \r\n\t ", "no text"),
        (b"\xef\xbb\xbf", "no text"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, word: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, source="x.txt")
    assert word in caught.value.reason
    assert str(caught.value) == f"x.txt: {caught.value.reason}"


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"<?xml", b"{\\rtf", b"RIFF"]),
    st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a", "-"]),
)
def test_any_bytes_are_an_article_or_one_error(data: bytes, start: bytes, name: str) -> None:
    try:
        article = read_bytes(start + data, source=name)
    except ReadingError as error:
        assert error.source == name
        assert "\n" not in error.reason
    else:
        assert article.text.strip()


def test_limits() -> None:
    with pytest.raises(ReadingError, match="max_bytes"):
        read_bytes(b"12345", source="a.txt", limits=Limits(max_bytes=4))
    with pytest.raises(ReadingError, match="max_characters"):
        read_bytes(b"12345", source="a.txt", limits=Limits(max_characters=4))


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(UZBEK[0].encode())
    assert read_path(file).text == UZBEK[0]
    assert read_path(str(file)).id == "a"
    with pytest.raises(ReadingError, match="max_bytes"):
        read_path(file, limits=Limits(max_bytes=10))


@pytest.mark.parametrize("name", ["missing.txt", "no\0name.txt", "x" * 5000])
def test_paths_that_cannot_be_opened(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="cannot be read"):
        read_path(os.path.join(tmp_path, name))


def test_what_is_no_regular_file_does_not_hang(tmp_path: Path) -> None:
    with pytest.raises(ReadingError):
        read_path(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ReadingError, match="not a regular file"):
            read_path(tmp_path / "pipe")


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes")
def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), b"\xea\xe8\xf2.txt")
    with open(name, "wb") as file:
        file.write(b"text")
    article = read_path(os.fsdecode(name))
    assert article.text == "text"
    assert article.id == "\\xea\\xe8\\xf2"
    assert article.source.encode("utf-8")


def test_standard_input() -> None:
    article = read_source(Source(path=None, name="-"), stdin=io.BytesIO(UZBEK[0].encode()))
    assert (article.id, article.source, article.text) == ("stdin", "-", UZBEK[0])
    with pytest.raises(ReadingError, match="max_bytes"):
        read_source(Source(path=None, name="-"), stdin=io.BytesIO(b"12345"), limits=Limits(max_bytes=3))


def test_importing_the_readers_imports_no_format_library() -> None:
    code = (
        "import sys, pipeline.reading as r; r.read_bytes(b'text', source='a.txt');"
        "print([m for m in ('lxml', 'trafilatura', 'pypdfium2', 'docx', 'charset_normalizer') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
