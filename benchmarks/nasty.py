"""Hostile files, as many as wanted: what hardship.py gives to a workspace."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator

from articles import made
from docx import Document
from reportlab.pdfgen.canvas import Canvas

__all__ = ["nasty"]


def nasty(count: int, random_: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of hostile files; one in fifty is an honest article."""
    texts = [text for _, text in made(40, seed=random_.randint(1, 10**6))]
    pdf, docx = _pdf(texts[0]), _docx(texts[1])
    encodings = ("utf-8", "cp1251", "koi8_r", "cp866", "utf-16", "utf-16-be", "utf-32", "mac_cyrillic", "cp1254")
    for number in range(count):
        text = random_.choice(texts)
        kind = number % 50
        if kind == 0:
            yield "honest.txt", f"{text}{number}".encode()
        elif number % 1000 in (1, 2, 3):  # one single line of 10 MB: letters, digits, or real sentences
            line = {1: "а" * 5_000_000, 2: "7" * 10_000_000, 3: " ".join(texts * 200).replace("\n", " ")}[number % 1000]
            yield "line.txt", f"{line}{number}".encode()[:10_000_000]
        elif number % 1000 == 4:
            yield "bomb.docx", _bomb(random_)
        elif kind < 10:
            suffix = random_.choice(["txt", "html", "pdf", "docx", "md"])
            yield f"noise.{suffix}", random_.randbytes(random_.choice([1, 2, 3, 7, 100, 5_000, 200_000]))
        elif kind < 18:
            yield "cut.pdf", _hurt(pdf, random_)
        elif kind < 26:
            yield "cut.docx", _hurt(docx, random_)
        elif kind < 34:
            parts = [piece.encode(random_.choice(encodings), "replace") for piece in text.split("\n")]
            yield "mixed.txt", random_.choice([b"\n", b"\r", b"\0", b""]).join(parts)
        elif kind < 40:
            page = f"<html><body>{'<div>' * random_.randint(1, 3_000)}<p>{text}<{random_.choice(['p', '!--', 'script', '![CDATA[', 'a href=' + chr(34)])}"
            yield "open.html", page.encode()
        elif kind < 44:
            piece = random_.choice(
                [
                    "-\n",
                    "«",
                    "к о м ",
                    "2014-",
                    "\u0301",
                    "\u202e",
                    "\ufeff",
                    "of\nA\n",
                    "12 нусха ",
                    "(",
                    "\x00\x1b[2J",
                    "=cmd|' /C calc'!A1 ",
                    "'; DROP TABLE articles; --",
                ]
            )
            yield "again.txt", (piece * random_.randint(1, 20_000)).encode()
        else:
            yield (
                random_.choice([f"twin-{number % 7}.txt", "x" * 200 + ".txt", "имя с пробелом.txt", "%00.txt"]),
                random_.choice([b"", b"\n", text.encode()[: random_.randint(1, 3_000)]]),
            )


def _hurt(data: bytes, random_: random.Random) -> bytes:
    """A file cut off, or with some bytes changed."""
    if random_.random() < 0.5:
        return data[: random_.randint(1, len(data))]
    hurt = bytearray(data)
    for _ in range(random_.choice([1, 5, 50])):
        hurt[random_.randrange(len(hurt))] = random_.randrange(256)
    return bytes(hurt)


def _bomb(random_: random.Random) -> bytes:
    """A document of a few hundred kilobytes that unfolds to as many megabytes; half of them lie about their size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = b"<w:p/>" * random_.choice([10_000_000, 50_000_000])
        archive.writestr(
            "word/document.xml",
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            + body
            + b"</w:document>",
        )
    data = out.getvalue()
    if random_.random() < 0.5:
        at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
        data = data[: at + 24] + (1000).to_bytes(4, "little") + data[at + 28 :]
    return data


def _pdf(text: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, line in enumerate(text.encode("ascii", "ignore").decode().splitlines()[:40]):
        canvas.drawString(50, 800 - 15 * number, line[:90])
    canvas.save()
    return out.getvalue()


def _docx(text: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()
