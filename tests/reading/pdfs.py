"""PDF files for the tests: any letters, without a font file, by a ToUnicode map over a standard font."""

from __future__ import annotations


def pdf(*pages: str, title: str | None = None) -> bytes:
    """A PDF with these pages, a line of text for each line. An empty page has no text layer."""
    chars = sorted(set("".join(pages)) - {"\n"})
    assert len(chars) < 200
    codes = {char: 33 + index for index, char in enumerate(chars)}
    maps = "\n".join(f"<{code:02x}> <{ord(char):04x}>" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{maps}\nendbfchar\n"
        "endcmap end end"
    )
    widths = " ".join(["600"] * 223)
    kids = " ".join(f"{10 + 2 * index} 0 R" for index in range(len(pages)))
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        3: (
            f"<</Type/Font/Subtype/Type1/BaseFont/Courier/FirstChar 33/LastChar 255/Widths[{widths}]/ToUnicode 4 0 R>>"
        ).encode(),
        4: _stream(cmap.encode("ascii")),
    }
    if title is not None:
        objects[5] = b"<</Title<feff%s>>>" % title.encode("utf-16-be").hex().encode()
    for index, page in enumerate(pages):
        lines = []
        for number, line in enumerate(page.split("\n")):
            code = "".join(f"{codes[char]:02x}" for char in line)
            lines.append(f"BT /F 10 Tf 40 {780 - 14 * number} Td <{code}> Tj ET" if code else "")
        objects[10 + 2 * index] = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000 800]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {11 + 2 * index} 0 R>>"
        ).encode()
        objects[11 + 2 * index] = _stream("\n".join(lines).encode("ascii"))
    return _file(objects)


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _file(objects: dict[int, bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %c \n" % (places.get(number, 0), b"n" if number in places else b"f")
    info = b"/Info 5 0 R" if 5 in objects else b""
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, info, start)
    return bytes(out)
