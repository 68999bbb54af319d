"""Which encoding a plain text is in, and the text itself.

The order of evidence: a byte-order mark; valid UTF-8; UTF-16 without a mark; UTF-8 with a few broken bytes; then the
single-byte encodings, of which the one wins that makes the most plausible sequence of letters.

All single-byte candidates explain the same bytes, so their scores can be compared: each is the sum, over neighbouring
pairs of bytes of which one is not ASCII, of the logarithm of how likely the pair of decoded characters is. For two
Cyrillic letters this is counted in the texts of `cyrillic.toml`; the other classes of pairs have fixed scores below.
"""

from __future__ import annotations

import codecs
import math
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import islice

from pipeline.reading.article import ReadingError

UTF_8 = "utf-8"

# The names in a record, and what Python calls them.
_CODECS = {
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
    "cp866": "cp866",
    "windows-1252": "cp1252",
    "windows-1254": "cp1254",
    "iso-8859-5": "iso8859_5",
    "x-mac-cyrillic": "mac_cyrillic",
}
# In natural logarithms: how much rarer the encoding is. Mac and ISO agree with windows-1251 or cp866 on most small
# letters and are seldom met, so they need clear evidence; windows-1252 is what an English text with a quote is in, and
# windows-1254 differs from it in ğ ş ı only.
_PRIOR = {
    "windows-1251": 0.0,
    "windows-1252": -0.5,
    "windows-1254": -1.5,
    "cp866": -2.0,
    "koi8-r": -2.0,
    "iso-8859-5": -10.0,
    "x-mac-cyrillic": -10.0,
}

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What the narrow names mean on the web (WHATWG Encoding Standard, names and labels).
_NOT_FILES = ("utf", "idna", "punycode", "unicode", "raw", "charmap", "undefined", "mbcs", "oem")  # or tried before
_WEB_NAMES = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}

# Scores of pairs, in natural logarithms.
_TWO_SCRIPTS = -12.0  # a Latin letter beside a Cyrillic one
_SMALL_BEFORE_CAPITAL = -5.0
_CAPITAL_AT_START = -1.5
_TWO_CAPITALS = -0.3
_SIGN = -2.5  # punctuation that texts have
_TWO_SIGNS = -5.0
_SMOOTHING = 3.0  # pairs of the same first letter that count as much as what is known of the second letter alone
_ODD_SIGN = -9.0  # box drawing, currency and other signs that texts do not have
_ACCENT_IN_WORD = -4.0  # an accented letter beside a plain Latin one
_ACCENT_AT_EDGE = -6.0
_TWO_ACCENTS = -7.0
_OTHER_CYRILLIC = -7.0  # letters of other Slavic alphabets

_SIGNS = frozenset("№«»“”„‘’‚–—…•·§°©®™€£´\u00a0\u00ad‹›")
_ACCENTED = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßğşıİœšž")
# Uzbek letters that single-byte texts have in another shape: ў is in windows-1251 and cp866.
_FOLDED = str.maketrans("ёўқғҳ", "еукгх")
_LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя")

# Mean score of a pair below which a reading makes no sense. Whole sentences lie above -3.5 (Cyrillic), random bytes and
# two encodings in one file below -5; Latin letters with accents, and single words, have less to go on.
_PLAUSIBLE = -4.8
_PLAUSIBLE_SHORT = -6.0
_SHORT = 60
# An English text with one stray sign is not in cp866: what is taken off where Latin letters are ten times as frequent.
_STRANGER_IN_LATIN = -6.0
_IN_LATIN = {"windows-1252": 0.0, "windows-1254": 0.0, "windows-1251": -1.0}
# How much less plausible the declared encoding may be than the best: some wrong pairs, in a text of some letters.
_TRUST = 10.0
_MAX_RUNS = 20_000  # words with non-ASCII bytes that are looked at
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_ASCII = bytes(range(128))
_ASCII_LETTERS = string.ascii_letters.encode()
_HIGH_RUN = re.compile(rb"[\x00-\x7f]?[\x80-\xff]{1,1000}[\x00-\x7f]?")


def decode(data: bytes, *, source: str, declared: str | None = None) -> tuple[str, str]:
    """The text of `data` and the name of its encoding; a byte-order mark is not part of the text.

    declared: the encoding that the document itself names. It decides where the bytes allow it: valid UTF-8 is UTF-8
    whatever is declared, and a Cyrillic text is not taken for Latin letters.
    A text that is UTF-8 except for a few bytes is read as UTF-8 with U+FFFD in their place.
    Raises ReadingError if the bytes are no text, or no known encoding makes sense of them.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, errors="replace")
            if text.count("\ufffd") * 10 <= len(text):
                return text, name
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" not in data:
        try:
            text = data.decode(UTF_8)
        except UnicodeDecodeError:
            pass
        else:
            if _few_controls(data):
                return text, UTF_8
    wide = _utf16(data)
    if wide is not None:
        return wide
    if b"\0" in data or not _few_controls(data):
        raise ReadingError(source, "this is binary data, not text; convert it to text, HTML, PDF or DOCX")
    if _nearly_utf8(data):
        return data.decode(UTF_8, errors="replace"), UTF_8
    known = _declared(data, declared) or _single_byte(data) or _second_opinion(data)
    if known is None:
        raise ReadingError(source, "the encoding is not recognised; save the file as UTF-8")
    return data.decode(_CODECS.get(known, known), errors="replace"), known


def _few_controls(data: bytes) -> bool:
    """Texts have hardly any control characters besides white space; a DOS file ends in ^Z."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls * 100 <= len(data)


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, if one byte order gives the characters that texts are made of."""
    if len(data) < 2 or len(data) % 2:
        return None
    if b"\0" not in data and _few_controls(data):
        return None
    for name in ("utf-16-le", "utf-16-be"):
        try:
            head = data[: 1 << 16].decode(name)
        except UnicodeDecodeError:
            continue
        usual = sum(1 for char in head if char in "\t\n\r" or " " <= char <= "\u02ff" or "\u0400" <= char <= "\u2122")
        letters = sum(1 for char in head if char.isalpha() and (char.isascii() or "Ѐ" <= char <= "ӿ"))
        if usual >= 0.98 * len(head) and letters >= 0.4 * len(head):
            return data.decode(name, errors="replace"), name
    return None


def _nearly_utf8(data: bytes) -> bool:
    """True if at most one in ten of the non-ASCII characters is broken: no other encoding gives so many valid ones."""
    broken = data.decode(UTF_8, errors="replace").count("\ufffd")
    whole = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]{1,3}", data))
    return whole > 0 and broken <= max(0.1 * whole, 1 if whole >= 4 else 0)


def _declared(data: bytes, declared: str | None) -> str | None:
    """The name of the declared encoding, if it can be and is no worse than what the letters say."""
    if not declared:
        return None
    try:
        codec = codecs.lookup(declared.strip())
        codec = codecs.lookup(_WEB_NAMES.get(codec.name, codec.name))
        if not getattr(codec, "_is_text_encoding", True) or codec.name.startswith(_NOT_FILES):
            return None
        data.decode(codec.name)
    except (LookupError, UnicodeError, ValueError):
        return None
    name = next((known for known, python in _CODECS.items() if codecs.lookup(python).name == codec.name), codec.name)
    try:
        ascii_part = bytes(range(32, 127)).decode(codec.name) == bytes(range(32, 127)).decode("ascii")
        table = _table(codec.name) if ascii_part else None
    except UnicodeError:
        table = None
    if table is None:  # a multi-byte encoding: nothing to compare it with
        return name
    pairs = _pairs(data)
    best = _single_byte(data)
    if best is None or _score(table, pairs) >= _score(_table(_CODECS[best]), pairs) - _TRUST:
        return name
    return None


def _single_byte(data: bytes) -> str | None:
    """The most plausible single-byte encoding, or None if none makes sense."""
    pairs = _pairs(data)
    total = sum(pairs.values())
    head = data[: 1 << 16]
    latin = sum(head.count(byte) for byte in _ASCII_LETTERS) > 10 * len(head.translate(None, _ASCII))
    best, best_score, best_mean = "", -math.inf, -math.inf
    for name, codec in _CODECS.items():
        score = _score(_table(codec), pairs)
        weighted = score + _PRIOR[name] + (_IN_LATIN.get(name, _STRANGER_IN_LATIN) if latin else 0.0)
        if weighted > best_score:
            best, best_score, best_mean = name, weighted, score / max(total, 1)
    lenient = total < _SHORT or best in ("windows-1252", "windows-1254")
    return best if best_mean >= (_PLAUSIBLE_SHORT if lenient else _PLAUSIBLE) else None


def _second_opinion(data: bytes) -> str | None:
    """What charset-normalizer says, for encodings and languages that the letter pairs do not know."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 16]).best()
    if best is None or best.encoding.startswith("utf") or best.chaos > 0.1 or best.coherence < 0.3:
        return None
    return str(codecs.lookup(best.encoding).name)


def _pairs(data: bytes) -> Counter[tuple[int, int]]:
    """How often each pair of neighbouring bytes with a non-ASCII one occurs, in the first words that have one."""
    runs = islice(_HIGH_RUN.finditer(data), _MAX_RUNS)
    sample = b"\n" + b"\n".join(match.group() for match in runs) + b"\n"
    pairs = Counter(zip(sample, sample[1:], strict=False))
    return Counter({pair: count for pair, count in pairs.items() if max(pair) > 127})


@cache
def _table(codec: str) -> str:
    """The 256 characters of a single-byte codec, U+FFFD where it has none. Raises UnicodeError for another codec."""
    table = bytes(range(256)).decode(codec, errors="replace")
    if len(table) != 256:
        raise UnicodeError(codec)
    return table


def _score(table: str, pairs: Counter[tuple[int, int]]) -> float:
    return sum(count * _pair_score(table[first], table[second]) for (first, second), count in pairs.items())


@cache
def _pair_score(first: str, second: str) -> float:
    """Logarithm of how likely `second` follows `first`; other than for Cyrillic letters, a fixed score of the class."""
    left, right = _kind(first), _kind(second)
    kinds = {left, right}
    if "odd" in kinds:
        return _ODD_SIGN
    if kinds == {"sign"}:
        return _TWO_SIGNS
    if "cyrillic" in kinds or "other" in kinds:
        if kinds & {"latin", "accented"}:
            return _TWO_SCRIPTS
        if "other" in kinds:
            return _OTHER_CYRILLIC
        score = _bigrams()[_letter(first), _letter(second)]
        if left == right:
            if second.isupper():
                score += _TWO_CAPITALS if first.isupper() else _SMALL_BEFORE_CAPITAL
        elif right == "cyrillic" and second.isupper():
            score += _CAPITAL_AT_START
        return score + (_SIGN if "sign" in kinds else 0.0)
    if kinds == {"accented"}:
        return _TWO_ACCENTS
    if "accented" in kinds:
        if "latin" not in kinds:
            return _ACCENT_AT_EDGE
        return _ACCENT_IN_WORD + (_SMALL_BEFORE_CAPITAL if first.islower() and second.isupper() else 0.0)
    return _SIGN


@cache
def _kind(char: str) -> str:
    """cyrillic (Russian, Uzbek), other (another Cyrillic alphabet), latin, accented, sign, odd or plain (the rest)."""
    if char.isascii():
        return "latin" if char.isalpha() else "plain"
    if _letter(char) in _LETTERS:
        return "cyrillic"
    if "\u0400" <= char <= "\u052f":
        return "other"
    if char in _ACCENTED or char.lower() in _ACCENTED:
        return "accented"
    return "sign" if char in _SIGNS else "odd"


def _letter(char: str) -> str:
    folded = char.lower().translate(_FOLDED)
    return folded if folded in _LETTERS else "#"


@cache
def _bigrams() -> dict[tuple[str, str], float]:
    """log P(second | first) over the letters and # (no letter): counted pairs, smoothed by how frequent `second` is."""
    data = tomllib.loads(files("pipeline.reading").joinpath("cyrillic.toml").read_text(encoding="utf-8"))
    texts: Iterable[str] = data["texts"].values()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        letters = "".join(map(_letter, f" {text} "))
        pairs.update(zip(letters, letters[1:], strict=False))
    alphabet = sorted(_LETTERS | {"#"})
    single = {char: sum(pairs[first, char] for first in alphabet) + 1 for char in alphabet}
    everything = sum(single.values())
    result: dict[tuple[str, str], float] = {}
    for first in alphabet:
        for second in alphabet:
            expected = _SMOOTHING * single[second] / everything
            result[first, second] = math.log((pairs[first, second] + expected) / (single[first] + _SMOOTHING))
    return result
