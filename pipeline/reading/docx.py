"""DOCX -> its text in document order: paragraphs, tables, text boxes, then foot- and endnotes.

The WordprocessingML (ECMA-376 part 1, section 17) is walked directly, so that a table between two paragraphs, a
hyperlink, a content control and a text box stand where they are read. A row of a table is a line, its cells divided by
tabs. Text that is marked as deleted is left out.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipeline.reading.article import Content, Limits, ReadingError, one_line, optional

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_LEFT_OUT = frozenset(
    {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _W + "pPr", _W + "rPr", _FALLBACK}
)
_SIGNS = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "\u2011",
    _W + "softHyphen": "\u00ad",
}
_MAX_PARTS = 10_000
_MAX_TAGS = (
    3_000_000  # a page has a few hundred; a bomb of a few kilobytes has millions, each of which costs time and memory
)
_MAX_TITLE = 500


def read_docx(data: bytes, *, source: str, limits: Limits) -> Content:
    """The text of a Word document. Raises ReadingError for a broken archive, a zip bomb, or XML with a DTD."""
    etree = optional("lxml.etree", extra="docx", source=source)
    parts = _parts(data, source=source, limits=limits)
    if "word/document.xml" not in parts:
        raise ReadingError(source, "a zip archive without word/document.xml; save the document as DOCX again")
    trees = {name: _parse(etree, part, source=source) for name, part in parts.items()}
    styles = _style_names(trees.get("word/styles.xml"))
    lines: list[str] = []
    titles: dict[str, str] = {}
    for kind, line in _blocks(trees["word/document.xml"], styles):
        lines.append(line)
        if kind in {"title", "heading 1"} and line.strip():
            titles.setdefault(kind, line)
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in trees:
            lines += (line for _, line in _blocks(trees[part], styles) if line.strip())
    text = "\n".join(lines).strip("\n")
    title = one_line(titles.get("title") or titles.get("heading 1"))
    title = title or _core_title(trees.get("docProps/core.xml"), text)
    return Content(text=text, title=title if title and len(title) <= _MAX_TITLE else None)


def _parts(data: bytes, *, source: str, limits: Limits) -> dict[str, bytes]:
    """The XML parts that are read. Sizes are checked before anything is unpacked; zipfile holds a part to its size."""
    wanted = ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/endnotes.xml", "docProps/core.xml")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > limits.max_expansion:
                raise ReadingError(
                    source,
                    f"the document unfolds to more than {limits.max_expansion} bytes (a zip bomb?); "
                    "save it without its pictures, or raise max_expansion",
                )
            names = {entry.filename for entry in entries}
            parts = {name: archive.read(name) for name in wanted if name in names}
    except RuntimeError as error:  # zipfile: an encrypted entry, or one of unknown packing
        raise ReadingError(source, "the document is encrypted or packed oddly; save it as DOCX without one") from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError) as error:
        raise ReadingError(source, "the DOCX is broken; get it again, or open it in Word and save it") from error
    if sum(part.count(b"<") for part in parts.values()) > _MAX_TAGS:
        raise ReadingError(source, f"more than {_MAX_TAGS} XML tags (a zip bomb?); split the document")
    return parts


def _parse(etree: Any, part: bytes, *, source: str) -> Any:
    """The tree of one part. Office Open XML has no DTD, so a part that has one is refused, not resolved."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(part.replace(_STRICT, _TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(source, "the DOCX is broken (its XML); open it in Word and save it again") from error
    if tree.getroottree().docinfo.doctype:
        raise ReadingError(source, "the DOCX declares XML entities, which no word processor does; it is refused")
    return tree


def _style_names(tree: Any | None) -> dict[str, str]:
    """Names of the styles by id: the id is in the language of the program that wrote it, the name is not."""
    if tree is None:
        return {}
    names: dict[str, str] = {}
    for style in tree.iter(_W + "style"):
        name = style.find(_W + "name")
        if name is not None:
            names[style.get(_W + "styleId") or ""] = (name.get(_W + "val") or "").lower()
    return names


def _blocks(tree: Any, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(style name, line) of each paragraph outside tables and ("", line) of each row, in document order.

    A row that holds a table, or a paragraph that holds a text box, gives the inner lines in their place.
    """
    pieces: list[str] = []  # of the paragraph or row that is open
    depth = 0  # tables that are open
    style = ""
    waiting = [iter([("start", tree)])]
    while waiting:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            continue
        event, element = step
        tag = element.tag
        if event == "start":
            if tag in _LEFT_OUT or not isinstance(tag, str):
                continue
            if tag == _W + "t":
                pieces.append(element.text or "")
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag == _W + "p" and not depth:
                if any(piece.strip() for piece in pieces):  # a text box inside a paragraph
                    yield style, "".join(pieces)
                pieces, style = [], styles.get(_style_id(element), _style_id(element).lower())
            elif tag == _W + "tbl":
                depth += 1
            elif tag == _W + "tr" and depth > 1 and any(piece.strip() for piece in pieces):
                yield "", _row(pieces)
                pieces = []
            waiting.append(iter([*(("start", child) for child in element), ("end", element)]))
        elif tag == _W + "p":
            if depth:
                pieces.append("\n")
            else:
                yield style, "".join(pieces)
                pieces, style = [], ""
        elif tag == _W + "tc":
            pieces[:] = ["".join(pieces).rstrip("\n"), "\t"]
        elif tag == _W + "tr":
            yield "", _row(pieces)
            pieces = []
        elif tag == _W + "tbl":
            depth -= 1


def _row(pieces: list[str]) -> str:
    return "".join(pieces).strip("\n\t ")


def _style_id(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else str(style.get(_W + "val") or "")


def _core_title(tree: Any | None, text: str) -> str | None:
    """The title in the metadata, if the text begins with it or near it: else it is often a template's or a file's."""
    title = None if tree is None else one_line(tree.findtext(_TITLE))
    return title if title and len(title) > 3 and title.casefold() in " ".join(text[:3000].split()).casefold() else None
