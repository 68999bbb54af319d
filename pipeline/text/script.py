"""Letters of the wrong script inside a word: Latin «o» in «китoб», Cyrillic «а» in “Nаtional”, Tajik «ӯ» in Uzbek."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.text.evidence import Edit, has_any, table

__all__ = ["look_alikes", "uzbek_letters"]


def _is_cyrillic(character: str) -> bool:
    return "\u0400" <= character <= "\u052f"


_LATIN, _CYRILLIC = "A-Za-z\u00c0-\u024f", "\u0400-\u052f"
# One byte a character, so that places are the text's: Latin letters 1, Cyrillic ones 2. Five times as fast as a
# search for two classes of characters. PT154 is the one codec with the letters of Russian and of Central Asia.
_CLASSES = bytes(
    1 if chr(byte).isascii() and chr(byte).isalpha() else 2 if _is_cyrillic(bytes([byte]).decode("ptcp154")) else 0
    for byte in range(256)
)
_MIXED = re.compile(b"\x01\x02|\x02\x01")
_WORD = re.compile(f"[{_LATIN}{_CYRILLIC}]+")
_NUMERAL = re.compile("[IVXLCDMІХСМ]+(?![A-ZА-Я])")
_NEAR = 40  # characters on either side that may tell which script a doubtful word is in
_LONGEST = 60  # letters of a word


def look_alikes(text: str) -> list[Edit]:
    """Return the edits, one letter for one, that put each mixed word into one script.

    A word goes to the script that has letters in it which the other cannot show; without such letters to that of most
    of its letters, then to that of its neighbours. Where both have such letters nothing is done, nor to Roman numerals.
    """
    if text.isascii():
        return []
    classes = text.encode("ptcp154", "replace").translate(_CLASSES)
    if b"\x01\x02" not in classes and b"\x02\x01" not in classes:
        return []
    edits: list[Edit] = []
    done = 0
    for match in _MIXED.finditer(classes):
        if match.start() < done:
            continue
        start, done = _bounds(text, match.start())
        word = text[start:done]
        new = _one_script(word, text, start, done)
        if new != word:
            edits.append((start, done, new))
    return edits


def uzbek_letters(text: str) -> list[Edit]:
    """Return the edits that give Uzbek words the letters that a font or a keyboard had others for."""
    rules = _rules()
    if text.isascii() or not has_any(text, rules["wrong"]) or not rules["uzbek_word"].search(text):
        return []
    edits: list[Edit] = []
    line_end, uzbek = -1, False
    for match in rules["uzbek_wrong"].finditer(text):
        if match.start() > line_end:
            start = text.rfind("\n", max(line_end, 0), match.start()) + 1
            line_end = text.find("\n", match.start())
            line_end = len(text) if line_end < 0 else line_end
            uzbek = not rules["other_languages"].search(text, start, line_end)
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        if uzbek and re.search(f"[{_CYRILLIC}]", beside):
            edits.append((match.start(), match.end(), rules["uzbek"][match[0]]))
    return edits


def _bounds(text: str, place: int) -> tuple[int, int]:
    start = place
    while start > max(0, place - _LONGEST) and _WORD.match(text[start - 1]):
        start -= 1
    match = _WORD.match(text, place)
    return start, match.end() if match else place + 1


def _one_script(word: str, text: str, start: int, end: int) -> str:
    rules = _rules()
    if _NUMERAL.match(word):
        return word
    latin, cyrillic = _count(word, rules["only_latin"]), _count(word, rules["only_cyrillic"])
    if latin and cyrillic:
        return word
    if not latin and not cyrillic:
        mapping = _by_majority(word) or _by_neighbours(text, start, end)
    else:
        mapping = rules["to_latin"] if latin else rules["to_cyrillic"]
        if (latin or cyrillic) > 1:
            mapping = mapping | (rules["close_to_latin"] if latin else rules["close_to_cyrillic"])
    return word.translate(mapping) if mapping else word


def _by_majority(word: str) -> dict[int, str] | None:
    if word.isupper() and _rules()["not_modern"].search(word):
        return _towards(True)  # «ICОМ»: no Russian or Uzbek acronym has such a letter
    latin = sum(letter.isascii() for letter in word)
    return None if latin * 2 == len(word) else _towards(latin * 2 > len(word))


def _by_neighbours(text: str, start: int, end: int) -> dict[int, str] | None:
    around = text[max(0, start - _NEAR) : start] + " " + text[end : end + _NEAR]
    latin, cyrillic = _count(around, f"[{_LATIN}]"), _count(around, f"[{_CYRILLIC}]")
    if (latin > 0) == (cyrillic > 0):
        return None
    return _towards(latin > 0)


def _towards(latin: bool) -> dict[int, str]:
    mapping: dict[int, str] = _rules()["to_latin" if latin else "to_cyrillic"]
    return mapping


def _count(text: str, letters: str) -> int:
    return len(re.findall(letters, text))


@cache
def _rules() -> dict[str, Any]:
    rules = table("script")
    latin, cyrillic = rules["latin"], rules["cyrillic"]
    close_latin, close_cyrillic = rules["latin_close"], rules["cyrillic_close"]
    return {
        "to_latin": _pairs(cyrillic, latin),
        "to_cyrillic": _pairs(latin, cyrillic),
        "close_to_latin": _pairs(close_cyrillic, close_latin),
        "close_to_cyrillic": _pairs(close_latin, close_cyrillic),
        "not_modern": re.compile(f"[{rules['latin_not_modern']}]"),
        "only_latin": f"(?![{latin}{close_latin}])[{_LATIN}]",
        "only_cyrillic": f"(?![{cyrillic}{close_cyrillic}])[{_CYRILLIC}]",
        "wrong": rules["uzbek_wrong"],
        "uzbek": dict(zip(rules["uzbek_wrong"], rules["uzbek_right"], strict=True)),
        "uzbek_wrong": re.compile(f"[{rules['uzbek_wrong']}]"),
        "uzbek_word": re.compile(rf"\b(?:{'|'.join(rules['uzbek_words'])})\b", re.IGNORECASE),
        "other_languages": re.compile(f"[{rules['other_languages']}]"),
    }


def _pairs(wrong: str, right: str) -> dict[int, str]:
    return {ord(old): new for old, new in zip(wrong, right, strict=True)}
