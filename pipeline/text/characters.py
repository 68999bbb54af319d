"""Single characters: composed letters, ligatures, what cannot be seen, and the many kinds of space."""

from __future__ import annotations

import re
import unicodedata

from pipeline.text.evidence import Edit

__all__ = ["composition", "controls", "form_feeds", "invisible", "is_odd", "ligatures", "spaces"]

_ODD = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\xa0\u00ac\u00ad\u02d8\u0300-\u036f\u061c\u1680\u180e\u2000-\u2011\u2028-\u202f\u205f-\u206f"
    "\u212a\u212b\u3000\ufb00-\ufb06\ufeff\ufffe\uffff]"
)
_CONTROLS = re.compile("[\x82\x84\x86\x87\x89\x8b\x91-\x97\x99\x9b]")
_MARKS = re.compile("[\u0300-\u036f]+|\u02d8|[\u212a\u212b]")
_BREVE = "\u02d8"  # the spacing breve that some PDF fonts put after the letter
_TAKES_BREVE, _TAKES_MARK = "иИуУ", "иИуУеЕ"
_STRESS = str.maketrans("", "", "\u0300\u0301")
_VOWELS = frozenset("аеиоуыэюяАЕИОУЫЭЮЯ")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ac\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]+"
)
_SOFT = frozenset("\u00ac\u00ad")  # ¬ is how text recognition writes the soft hyphen
_HARD = frozenset("\x02\ufffe")  # how PDF readers write a hyphen at a line end
_JOINER = "\u200d"  # which also makes one picture of two
_BREAK = re.compile(r"[ \t\u00a0]*+(?:\r\n?|\n)?[ \t\u00a0]*+(?=[^\W\d_])")
_SPACES = dict.fromkeys("\t\xa0\u1680\u202f\u205f\u3000", " ")
_SPACES |= {chr(code): " " for code in range(0x2000, 0x200B)}
_SPACES |= dict.fromkeys("\x0b\x85\u2028\u2029", "\n") | {"\u2010": "-", "\u2011": "-"}
_SPACE = re.compile(f"[{''.join(map(re.escape, _SPACES))}]")


def is_odd(text: str) -> bool:
    """Whether the text may have something for the repairs of this module, form feeds apart."""
    return "\t" in text or _ODD.search(text) is not None


def controls(text: str) -> list[Edit]:
    """Return the edits that undo what latin-1 has made of the quotes and dashes of windows-1252."""
    return [(m.start(), m.end(), m[0].encode("latin-1").decode("cp1252")) for m in _CONTROLS.finditer(text)]


def composition(text: str) -> list[Edit]:
    """Return the edits that compose letters and their marks (NFC) and drop stress marks from Cyrillic vowels."""
    edits: list[Edit] = []
    for match in _MARKS.finditer(text):
        start, end = match.span()
        marks = match[0]
        if marks in "\u212a\u212b":
            edits.append((start, end, unicodedata.normalize("NFC", marks)))
            continue
        first = start - 1
        if first > 0 and text[first] == " " and text[first - 1] in _TAKES_MARK and marks in "\u0306\u0308\u02d8":
            first -= 1
        base = text[first:start].rstrip(" ")
        if first < 0 or not base.isalpha() or (marks == _BREVE and base not in _TAKES_BREVE):
            continue
        if base in _VOWELS:
            marks = marks.translate(_STRESS)
        new = unicodedata.normalize("NFC", base + marks.replace(_BREVE, "\u0306"))
        if new != text[first:end]:
            edits.append((first, end, new))
    return edits


def ligatures(text: str) -> list[Edit]:
    """Return the edits that write ligatures as letters."""
    return [(match.start(), match.end(), _LIGATURES[match[0]]) for match in _LIGATURE.finditer(text)]


def invisible(text: str) -> list[Edit]:
    """Return the edits that remove soft hyphens, with the line break after them, and what else has no shape."""
    edits: list[Edit] = []
    for match in _INVISIBLE.finditer(text):
        start, end = match.span()
        found = frozenset(match[0])
        after_letter = start > 0 and text[start - 1].isalpha()
        line_break = _BREAK.match(text, end) if after_letter and found & (_SOFT | _HARD) else None
        if line_break and ("\n" in line_break[0] or "\r" in line_break[0] or line_break.end() == end):
            edits.append((start, line_break.end(), "-\n" if found & _HARD else ""))
        elif "\u00ac" not in found and not (match[0] == _JOINER and start and _is_picture(text[start - 1])):
            edits.append((start, end, ""))
    return edits


def _is_picture(character: str) -> bool:
    return unicodedata.category(character).startswith("S")


def spaces(text: str) -> list[Edit]:
    """Return the edits that make every space a plain one and every line separator a line break; form feeds stay."""
    return [(match.start(), match.end(), _SPACES[match[0]]) for match in _SPACE.finditer(text)]


def form_feeds(text: str) -> list[Edit]:
    """Return the edits that make page ends line breaks."""
    edits: list[Edit] = []
    place = text.find("\f")
    while place >= 0:
        edits.append((place, place + 1, "\n"))
        place = text.find("\f", place + 1)
    return edits
