"""PDF: the text layer in the letters it has; what cannot be read says why and what to do."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.reading import PDF, Limits, ReadingError, read_bytes

from .pdfs import pdf
from .sentences import RUSSIAN, UZBEK, UZBEK_LATIN


def reason(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, source="a.pdf", limits=limits)
    assert "\n" not in caught.value.reason
    return caught.value.reason


@pytest.mark.parametrize("sentences", [RUSSIAN, UZBEK, UZBEK_LATIN])
def test_pages_and_lines(sentences: tuple[str, ...]) -> None:
    first, second = "\n".join(sentences[:8]), "\n".join(sentences[-2:])
    article = read_bytes(pdf(first, second), source="folder/a.b.pdf")
    assert article.text == f"{first}\n\n{second}"
    assert (article.id, article.media_type, article.encoding) == ("a.b", PDF, None)


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    assert read_bytes(pdf("Milliy kutub-\nxona va muzey"), source="a.pdf").text == "Milliy kutub-\nxona va muzey"


def test_files_of_a_pdf_library() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    sheet.drawString(50, 700, "The National Museum received 12 copies.")
    sheet.showPage()
    sheet.drawString(50, 700, "Second page")
    sheet.save()
    article = read_bytes(buffer.getvalue(), source="a.pdf")
    assert article.text == "The National Museum received 12 copies.\n\nSecond page"
    assert article.title is None


@pytest.mark.parametrize(
    ("title", "found"),
    [("МУЗЕЙЛАРНИНГ ХАЛҚАРО АЛОҚАЛАРИ", True), ("Microsoft Word - maqola.doc", False), ("", False), (None, False)],
)
def test_a_title_counts_if_the_page_has_it(title: str | None, found: bool) -> None:
    article = read_bytes(pdf("\n".join(UZBEK[:8]), title=title), source="a.pdf")
    assert article.title == (title if found else None)


def test_protected() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, encrypt="secret")
    sheet.drawString(50, 700, "text")
    sheet.save()
    assert "password" in reason(buffer.getvalue())


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\nnothing", "broken"),
        (pdf("text here")[:60], "broken"),
        (pdf("", ""), "OCR"),
        (b"no header at all", "not a PDF"),
        (b"", "empty"),
    ],
    ids=["rubbish", "cut", "scan", "no header", "empty"],
)
def test_what_cannot_be_read(data: bytes, word: str) -> None:
    assert word in reason(data)


def test_no_pages() -> None:
    assert any(word in reason(pdf()) for word in ("no pages", "broken"))


def test_every_cut_of_a_file_is_read_or_refused() -> None:
    data = pdf("\n".join(RUSSIAN[:5]))
    for end in range(10, len(data), 97):
        try:
            assert read_bytes(data[:end], source="a.pdf").text
        except ReadingError as error:
            assert error.reason


def test_limits() -> None:
    data = pdf("one page", "two page")
    assert "max_pages" in reason(data, Limits(max_pages=1))
    assert "max_characters" in reason(data, Limits(max_characters=10))


def test_threads_do_not_meet_in_the_library() -> None:
    files = [pdf("\n".join(sentences[:8])) for sentences in (RUSSIAN, UZBEK, UZBEK_LATIN)] * 10
    expected = [read_bytes(data, source="a.pdf").text for data in files]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda data: read_bytes(data, source="a.pdf").text, files)) == expected


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "pip install 'hamkor[pdf]'" in reason(pdf("text"))
