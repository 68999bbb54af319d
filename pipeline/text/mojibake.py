"""Text that was decoded with the wrong encoding: «РЈР·Р±РµРє…», «Ð£Ð·…», «Óçáåê», koi8-r taken for windows-1251.

UTF-8 that was read byte by byte gives itself away: its sequences of bytes are next to impossible in real text. One
single-byte encoding taken for another is judged by how often its letters stand in Russian and Uzbek text, and changed
only where that is clearly better.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from pipeline.text.evidence import Edit, has_any, table

__all__ = ["mojibake"]

# What such text has for its most frequent letters, dashes, quotes, ʻ and ʼ; without any of them none is searched.
_SIGNS = {"cp1251": (*"ѕ°µ‚ЃЂјє¶©§", "К»", "В«", "В»", "Рќ"), "cp1252": tuple("ÐÑâÃÊÄÅ")}
_HIGH_SIGNS = "àèîåÀÈÎÅáéïÁÉÏ"
_LEADS = bytes([0xC2, 0xC3, 0xC4, 0xC5, 0xCA, 0xD0, 0xD1, 0xD2, 0xD3])  # Latin, ʻ ʼ, Cyrillic
_TAILS = bytes(range(0x80, 0xC0))
_STRONG = 3  # sequences in a row that no real text has
_BETTER = 0.45  # natural logarithms a letter by which another reading must be likelier
_CERTAIN = 12.0  # … and by which a whole line must be
_LIKELY = -3.45  # … and how likely a letter must be where there is no first reading to compare with
_LETTERS = 10  # of a line before it may be taken for koi8-r
_PLAUSIBLE = re.compile(
    "[\u00a0-\u024f\u02b0-\u02ff\u0401-\u045fҐґҒғҚқҢңҮүҰұҲҳҶҷӘәӢӣӨөӮӯ\u2010-\u2044\u20ac\u20bd\u2116\u2122\ufeff\ufffd\U0001f300-\U0001faff]"
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_HIGH_LATIN = re.compile("[À-ÿ]{3}")
_NO_ASCII = re.compile(r"[^A-Za-z\n\r]+")
_HIGH = "\x80-\x9f¡¢¨¸À-ÿ"
_HIGH_START = re.compile(f"[{_HIGH}]+")
_SWAPPED = re.compile("[А-Я][А-Я][А-Я]")
_NATURAL = re.compile("[а-яёўқғҳ]{3}")
_LOWER_FIRST = re.compile("(?<![А-Яа-яЁё])[а-яё]+[А-ЯЁ]")


def mojibake(text: str) -> list[Edit]:
    """Return the edits that decode anew what was decoded wrongly."""
    if text.isascii():
        return []
    for codec, signs in _SIGNS.items():
        edits = _utf8(text, codec) if has_any(text, signs) else []
        if edits:
            return edits
    return _high_latin(text) or _swapped(text)


# --- UTF-8 read as a single-byte encoding ------------------------------------------------------------------------


def _utf8(text: str, codec: str) -> list[Edit]:
    sequence, run = _patterns(codec)
    edits: list[Edit] = []
    pending: list[Edit] = []
    line_end, trusted = -1, False
    for match in run.finditer(text):
        if match.start() > line_end:
            if trusted:
                edits.extend(pending)
            line_end, pending, trusted = _line_end(text, match.start()), [], False
        decoded = list(_decode(text, match, codec, sequence))
        if decoded and all(_PLAUSIBLE.match(new) for _, _, new in decoded):
            pending.extend(decoded)
            trusted = trusted or _is_strong(text, match, decoded)
    return edits + pending if trusted else edits


def _is_strong(text: str, match: re.Match[str], decoded: list[Edit]) -> bool:
    """Whether a run cannot be real text: long, or with a sequence of three bytes, or symbols inside a Latin word."""
    strict = sum(text[end - 1] != " " for _, end, _ in decoded)
    if strict >= _STRONG or any(end - start > 2 for start, end, _ in decoded):
        return True
    if strict > 1:
        return any(not text[i].isalpha() and text[i] != " " for i in range(match.start(), match.end()))
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return before.isascii() and before.isalpha() and (after.isascii() and after.islower())


def _decode(text: str, match: re.Match[str], codec: str, sequence: re.Pattern[str]) -> Iterator[Edit]:
    encode = _bytes(codec)
    for part in sequence.finditer(text, match.start(), match.end()):
        raw = bytes(0xA0 if character == " " else encode[character] for character in part[0])
        new = raw.decode("utf-8", "ignore")
        if len(new) != 1:
            return
        yield part.start(), part.end(), new


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


@cache
def _bytes(codec: str) -> dict[str, int]:
    """Return the byte of each character of the codec's upper half, as lenient readers decode it."""
    table_: dict[str, int] = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        character = bytes([byte]).decode(codec, "ignore")
        if character:
            table_[character] = byte
    if codec == "cp1251":
        table_["\ufffd"] = 0x98  # the one byte that windows-1251 leaves undefined
    return table_


@cache
def _patterns(codec: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return one sequence of UTF-8 and a run of them."""

    def either(raw: bytes) -> str:
        return "[" + "".join(re.escape(character) for character, byte in _bytes(codec).items() if byte in raw) + "]"

    tail = either(_TAILS)
    two = either(_LEADS) + tail
    three = either(b"\xe2") + either(bytes(range(0x80, 0x85))) + tail
    marks = either(b"\xef") + either(b"\xbb\xbf") + either(b"\xbf\xbd")
    four = either(b"\xf0") + either(b"\x9f") + tail + tail
    strict = f"{four}|{three}|{marks}|{two}"
    # «Р» ends in a no-break space, which many a program has made a plain one.
    spaced = f"{either(bytes([0xD0]))} (?={strict})"
    sequence = f"(?:{strict}|{spaced})"
    return re.compile(sequence), re.compile(f"{sequence}++")


# --- windows-1251 or koi8-r read as latin-1 ----------------------------------------------------------------------


def _high_latin(text: str) -> list[Edit]:
    if not has_any(text, _HIGH_SIGNS) or not _HIGH_LATIN.search(text):
        return []
    encode = _bytes("cp1252")
    edits: list[Edit] = []
    for match in _NO_ASCII.finditer(text):
        start, run = _whole_words(text, match)
        if not _HIGH_LATIN.search(run):
            continue
        raw = bytes(encode.get(character, 0x3F) for character in run)
        readings = [raw.decode(codec, "replace") for codec in ("cp1251", "koi8_r")]
        best = max(readings, key=_score)
        if _score(best) > _LIKELY:
            new = "".join(right if wrong in encode else wrong for wrong, right in zip(run, best, strict=True))
            edits.append((start, start + len(run), new))
    return edits


def _whole_words(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Return the stretch between two ASCII letters without what is joined to them: «café ÓÇÁÅÊ étude»."""
    start, end = match.span()
    if start and text[start - 1].isalpha():
        joined = _HIGH_START.match(text, start, end)
        start = joined.end() if joined else start
    if end < len(text) and text[end].isalpha():
        while end > start and text[end - 1].isalpha():
            end -= 1
    return start, text[start:end]


# --- koi8-r and windows-1251 taken for each other ----------------------------------------------------------------


def _swapped(text: str) -> list[Edit]:
    edits: list[Edit] = []
    line_end = -1
    for hint in _SWAPPED.finditer(text):
        if hint.start() <= line_end:
            continue
        start, line_end = text.rfind("\n", max(line_end, 0), hint.start()) + 1, _line_end(text, hint.start())
        start = max(start, 0)
        line = text[start:line_end]
        if _NATURAL.search(line) or (letters := len(_CYRILLIC.findall(line))) < _LETTERS:
            continue
        best = max((line.translate(swap) for swap in _swaps()), key=_score)
        gain = _score(best) - _score(line)
        if gain > _BETTER and gain * letters > _CERTAIN:
            edits.append((start, line_end, best))
    return edits


@cache
def _swaps() -> tuple[dict[int, int], dict[int, int]]:
    letters = bytes(range(0xC0, 0x100)) + b"\xa3\xb3"
    upper = bytes(byte for byte in range(0x80, 0x100) if byte != 0x98)
    return (
        str.maketrans(letters.decode("cp1251"), letters.decode("koi8_r")),
        str.maketrans(upper.decode("koi8_r"), upper.decode("cp1251")),
    )


def _score(text: str) -> float:
    return _likelihood(text) - _odd_case(text)


def _likelihood(text: str) -> float:
    """Return the mean natural logarithm of how often the text's Cyrillic letters stand in real text."""
    weights = _weights()
    values = [weights.get(letter, weights[""]) for letter in _CYRILLIC.findall(text.lower())]
    return sum(values) / len(values) if values else -math.inf


def _odd_case(text: str) -> float:
    """Return a penalty for words that begin small and go on in capitals."""
    return 1.0 if _LOWER_FIRST.search(text) else 0.0


@cache
def _weights() -> dict[str, float]:
    frequencies: dict[str, int] = table("mojibake")["frequencies"]
    total = sum(frequencies.values())
    weights = {letter: math.log(count / total) for letter, count in frequencies.items()}
    return weights | {"": math.log(1 / total)}
