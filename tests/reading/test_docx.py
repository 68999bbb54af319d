"""DOCX: everything that is read, in its order; broken and hostile archives are refused."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.reading import DOCX, Limits, ReadingError, read_bytes

from .sentences import RUSSIAN, UZBEK

docx = pytest.importorskip("docx")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(fill: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def archive(body: str, **parts: str) -> bytes:
    """A DOCX with this body in its document part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def text_of(data: bytes) -> str:
    return read_bytes(data, source="a.docx").text


def reason(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, source="a.docx", limits=limits)
    assert "\n" not in caught.value.reason
    return caught.value.reason


def test_paragraphs_tables_and_headings_in_order() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Музейлар", level=1)
        document.add_paragraph(UZBEK[0])
        table = document.add_table(rows=2, cols=2)
        for cell, value in zip(
            (*table.rows[0].cells, *table.rows[1].cells), ("Kim", "Nusxa", "Navoiy", "340"), strict=True
        ):
            cell.text = value
        document.add_paragraph(RUSSIAN[0]).add_run(" Ещё.").bold = True

    article = read_bytes(written(fill), source="x/maqola.docx")
    assert article.text == f"Музейлар\n{UZBEK[0]}\nKim\tNusxa\nNavoiy\t340\n{RUSSIAN[0]} Ещё."
    assert (article.id, article.media_type, article.encoding, article.title) == ("maqola", DOCX, None, "Музейлар")


def test_a_title_style_goes_before_a_heading() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Аннотация", level=1)
        document.add_heading("Кутубхоналар", level=0)
        document.add_paragraph(UZBEK[0])

    assert read_bytes(written(fill), source="a.docx").title == "Кутубхоналар"


@pytest.mark.parametrize(("title", "found"), [("Меморандум", True), ("Шаблон статьи", False)])
def test_metadata_title_counts_if_the_text_has_it(title: str, found: bool) -> None:
    def fill(document: Any) -> None:
        document.core_properties.title = title
        document.add_paragraph("Меморандум")
        document.add_paragraph(RUSSIAN[1])

    assert read_bytes(written(fill), source="a.docx").title == (title if found else None)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><w:r><w:t>b</w:t></w:r></w:p>", "ab"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
        ("<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>", "a\u2011b"),
        (
            "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
            "new",
        ),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>", "7"),
        (f"<w:sdt><w:sdtContent>{paragraph('in a control')}</w:sdtContent></w:sdt>", "in a control"),
        (
            f"<w:tbl><w:tr><w:tc>{paragraph('a')}{paragraph('b')}</w:tc><w:tc>{paragraph('c')}</w:tc></w:tr></w:tbl>",
            "a\nb\tc",
        ),
        (f"{paragraph('one')}<w:p/>{paragraph('two')}", "one\n\ntwo"),
        (
            f"<w:tbl><w:tr><w:tc>{paragraph('out')}<w:tbl><w:tr><w:tc>{paragraph('in')}</w:tc></w:tr></w:tbl></w:tc>"
            f"<w:tc>{paragraph('last')}</w:tc></w:tr></w:tbl>",
            "out\nin\nlast",
        ),
    ],
)
def test_markup(body: str, text: str) -> None:
    assert text_of(archive(body)) == text


def test_footnotes_come_at_the_end() -> None:
    notes = "".join(f"<w:footnote>{paragraph(note)}</w:footnote>" for note in ("", "a note"))
    notes = f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'
    assert text_of(archive(paragraph("body"), footnotes=notes)) == "body\na note"


def test_deep_nesting_is_no_recursion() -> None:
    body = "<w:sdt><w:sdtContent>" * 100 + paragraph("deep") + "</w:sdtContent></w:sdt>" * 100
    assert text_of(archive(body)) == "deep"
    too_deep = "<w:x>" * 50_000 + "</w:x>" * 50_000
    assert "broken" in reason(archive(too_deep))


def test_external_entities_and_laughs_are_refused(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    for doctype, use in (
        (f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>', "&e;"),
        (f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>', "&l11;"),
    ):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            file.writestr(
                "word/document.xml",
                f'{doctype}<w:document xmlns:w="{W}"><w:body>{paragraph("text " + use)}</w:body></w:document>',
            )
        assert "entities" in reason(buffer.getvalue()) or "broken" in reason(buffer.getvalue())


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", paragraph("text"))
        file.writestr("word/media/image.bin", b"\0" * 30_000_000)
    assert "unfolds" in reason(buffer.getvalue(), Limits(max_expansion=20_000_000))


def test_a_bomb_of_tags_is_refused_before_it_becomes_a_tree() -> None:
    data = archive("<w:p/>" * 3_000_001)
    assert len(data) < 100_000
    assert "XML tags" in reason(data)


def test_a_size_that_lies_is_found_out() -> None:
    data = bytearray(archive(paragraph("x" * 100_000)))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert "broken" in reason(bytes(data))


def test_every_cut_and_every_flipped_byte_is_read_or_refused() -> None:
    data = written(lambda document: document.add_paragraph(RUSSIAN[0]))
    for at in range(4, len(data), 211):
        flipped = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        for hostile in (data[:at], flipped):
            try:
                assert read_bytes(hostile, source="a.docx").text
            except ReadingError as error:
                assert error.reason


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (["xl/workbook.xml"], "spreadsheet"),
        (["ppt/presentation.xml"], "presentation"),
        (["mimetype", "content.xml"], "OpenDocument"),
        (["META-INF/container.xml"], "EPUB"),
        (["a.txt"], "zip archive"),
    ],
)
def test_other_archives_are_named(names: list[str], word: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    assert word in reason(buffer.getvalue())


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.etree", None)
    assert "pip install 'hamkor[docx]'" in reason(archive(paragraph("text")))
