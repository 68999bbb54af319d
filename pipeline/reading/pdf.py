"""PDF -> the text layer of its pages, in their order, with an empty line between two pages."""

from __future__ import annotations

from threading import Lock
from typing import Any

from pipeline.reading.article import Content, Limits, ReadingError, one_line, optional

# PDFium keeps state in globals and is not safe to call from two threads.
_PDFIUM = Lock()

# PDFium writes U+FFFE (or U+0002) where a hyphen stood at the end of a line, and leaves the line break out.
_SIGNS = str.maketrans({"\ufffe": "-\n", "\x02": "-\n", "\x00": None})


def read_pdf(data: bytes, *, source: str, limits: Limits) -> Content:
    """The text layer of a PDF. Raises ReadingError for an encrypted, broken, empty, scanned or too long one."""
    pdfium = optional("pypdfium2", extra="pdf", source=source)
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD:
                raise ReadingError(
                    source, "the PDF is protected by a password; save a copy without it (for example qpdf --decrypt)"
                ) from error
            raise ReadingError(
                source, "the PDF is broken; get it again, or repair it (for example qpdf or mutool clean)"
            ) from error
        try:
            count = len(document)
            if count == 0:
                raise ReadingError(source, "the PDF has no pages; get it again")
            if count > limits.max_pages:
                raise ReadingError(
                    source, f"{count} pages, more than the limit of {limits.max_pages}; split it, or raise max_pages"
                )
            pages, broken = _pages(pdfium, document, source=source, limits=limits)
            title = _title(document, pages)
        finally:
            document.close()
    text = "\n\n".join(page for page in pages if page)
    if not text:
        if broken == count:
            raise ReadingError(source, "no page of the PDF can be read; get it again")
        raise ReadingError(
            source,
            "the PDF has no text layer (a scan?); run OCR first, for example ocrmypdf -l uzb+uzb_cyrl+rus+eng",
        )
    return Content(text=text, title=title)


def _pages(pdfium: Any, document: Any, *, source: str, limits: Limits) -> tuple[list[str], int]:
    """The text of each page ("" for one that PDFium cannot load), and how many could not be loaded."""
    pages: list[str] = []
    characters = 0
    broken = 0
    for index in range(len(document)):
        try:
            page = document[index]
            try:
                layer = page.get_textpage()
                try:
                    text = layer.get_text_range()
                finally:
                    layer.close()
            finally:
                page.close()
        except pdfium.PdfiumError:
            text = ""
            broken += 1
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SIGNS).strip()
        characters += len(text)
        if characters > limits.max_characters:
            raise ReadingError(
                source,
                f"more text than the limit of {limits.max_characters} characters; split it, or raise max_characters",
            )
        pages.append(text)
    return pages, broken


def _title(document: Any, pages: list[str]) -> str | None:
    """The title in the metadata, if the first two pages have it: else it is often a file's name or a template's."""
    title = one_line(document.get_metadata_dict().get("Title"))
    opening = " ".join(" ".join(pages[:2]).split()).casefold()
    return title if title and len(title) > 3 and title.casefold() in opening else None
