"""What single words say about the language of a text, in points: letters, frequent words, suffixes.

Data: identification.toml of each language that the finders read, and other.toml for those that they do not.
"""

from __future__ import annotations

import re
import struct
import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.resources import language_file
from pipeline.text.transliteration import normalise_latin, to_cyrillic

__all__ = ["CYRILLIC", "FIRST", "FOREIGN", "LATIN", "WORDS", "Evidence"]

LATIN, CYRILLIC, FOREIGN, WORDS, FIRST = range(5)  # fields of evidence; from FIRST on: uz, ru, en, the others

_REFORMED = 12  # the most that a word in the 2026 alphabet says for Uzbek
_CACHED_TOKENS, _CACHED_LENGTH = 1 << 16, 48
_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ‘’'`´][^\W\d_]+)*")
_APOSTROPHE = re.compile("[ʻʼ‘’`´]")
_ADDRESS = re.compile(r"@|://|www\.")
_BITS = 32  # of one field of packed evidence
_LONG = 1 << 20  # code points summed at once, so that no field runs over
_Data = dict[str, Any]


def _load(*parts: str) -> _Data:
    return tomllib.loads(language_file(*parts).read_text(encoding="utf-8"))


class _Clues:
    """What the words of some languages look like; `points` gives the evidence of all of them at once, packed."""

    def __init__(self, languages: list[tuple[int, _Data]]) -> None:
        self._words: dict[str, int] = {}
        self._suffixes: dict[str, int] = {}
        self._parts: dict[str, list[tuple[int, int]]] = {}
        self._elided: dict[str, int] = {}
        of_language: list[tuple[int, dict[str, int]]] = []
        for field, data in languages:
            shift = _BITS * field
            for word, points in _pairs(data, "words").items():
                self._words[word] = self._words.get(word, 0) + (points << shift)
            parts = _pairs(data, "letters", "parts")
            for (
                part
            ) in parts:  # a longer part hides the shorter ones within it, so it bears what the best of them bears
                self._parts.setdefault(part, []).append((shift, max(parts[p] for p in parts if p in part)))
            for head in data.get("elisions", ()):
                self._elided[head] = self._elided.get(head, 0) + (data["words"][0]["points"] << shift)
            of_language.append((shift, _pairs(data, "suffixes")))
        # Each suffix bears, for every language, the points of that language's longest suffix within it.
        for suffix in {suffix for _, suffixes in of_language for suffix in suffixes}:
            tails = [suffix[i:] for i in range(len(suffix))]
            self._suffixes[suffix] = sum(
                next((table[t] for t in tails if t in table), 0) << shift for shift, table in of_language
            )
        self._longest = max(map(len, self._suffixes), default=0)
        self._part = re.compile(_any_of(self._parts) or r"(?!)")

    def points(self, word: str) -> int:
        """Return the packed evidence of a small-letter word."""
        packed = self._words.get(word, 0)
        if not packed and len(word) > 4:
            for length in range(min(self._longest, len(word) - 2), 0, -1):
                if packed := self._suffixes.get(word[-length:], 0):
                    break
        if not packed and self._elided and "'" in word:
            packed = self._elided.get(word.partition("'")[0], 0)
        if found := self._part.findall(word):
            best: dict[int, int] = {}
            for shift, points in (pair for part in found for pair in self._parts[part]):
                best[shift] = max(points, best.get(shift, 0))
            packed += sum(points << shift for shift, points in best.items())
        return packed


def _any_of(forms: Iterable[str]) -> str:
    """Return a pattern for the longest form, split by first letter, which `re` tests fast."""
    groups: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        groups.setdefault(form[0], []).append(re.escape(form[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items())


def _pairs(data: _Data, key: str, values: str = "") -> dict[str, int]:
    """Return each form with its points; the first entry that names a form counts."""
    pairs: dict[str, int] = {}
    for entry in data.get(key, ()):
        for form in entry[values or key]:
            pairs.setdefault(form, entry["points"])
    return pairs


def _in_both_scripts(uzbek: _Data, *, known: frozenset[str]) -> _Data:
    """Add the Cyrillic forms, with and without the dots of қ ғ ҳ ў, but no undotted form that is a known word."""
    dots = str.maketrans("ўқғҳ", "укгх")
    for key in ("words", "suffixes"):
        for entry in uzbek[key]:
            latin = [normalise_latin(form) for form in entry[key]]
            # A suffix does not begin a word: its first letter is read as after a consonant.
            cyrillic = _cyrillic(latin, first="b" if key == "suffixes" else "")
            careless = [form.translate(dots) for form in cyrillic]
            entry[key] = latin + cyrillic + [form for form in careless if form not in known]
    for entry in uzbek["letters"]:
        cyrillic = _cyrillic([stem for stem in entry["parts"] if len(stem) > 3], first="b")
        entry["parts"] = [*entry["parts"], *cyrillic, *(stem.translate(dots) for stem in cyrillic)]
    return uzbek


def _cyrillic(forms: Sequence[str], *, first: str) -> list[str]:
    """Return the forms in Cyrillic, read as after the letter `first`: all in one go, a line each."""
    if not forms:
        return []
    return [line[len(first) :] for line in to_cyrillic("\n".join(first + form for form in forms)).split("\n")]


class Evidence(dict[str, int]):
    """Token to its evidence: one integer of many fields, so that a plain sum adds all of them at once.

    Fields, lowest first: letters in Latin, in Cyrillic, in another script, number of words, points of each language
    (uz, ru, en, then those of other.toml). At most some 65,000 short tokens are remembered.
    """

    def __init__(self) -> None:
        super().__init__()
        other, russian, english = (
            _load("other.toml"),
            _load("ru", "identification.toml"),
            _load("en", "identification.toml"),
        )
        uzbek = _in_both_scripts(_load("uz", "identification.toml"), known=frozenset(_pairs(russian, "words")))
        rest = list(enumerate([russian, english, *other["languages"]], FIRST + 1))
        self._uzbek = _Clues([(FIRST, uzbek)])
        self._rest = {
            name: _Clues([(i, data) for i, data in rest if name in data["scripts"]]) for name in ("Latn", "Cyrl")
        }
        self._unpack = struct.Struct(f"<{FIRST + 1 + len(rest)}I")
        self.scripts = {name: re.compile(f"[{''.join(ranges)}]") for name, ranges in other["scripts"].items()}

    def __missing__(self, token: str) -> int:
        if len(self) >= _CACHED_TOKENS:
            self.clear()
        packed = 0 if _ADDRESS.search(token) else sum(map(self._of_word, _WORD.findall(token)))
        if len(token) <= _CACHED_LENGTH:
            self[token] = packed
        return packed

    def _of_word(self, word: str) -> int:
        plain = _APOSTROPHE.sub("", word.replace("'", ""))
        if plain.isascii():
            latin, cyrillic = len(plain), 0
        else:
            latin, cyrillic = (len(self.scripts[name].findall(plain)) for name in ("Latn", "Cyrl"))
        packed = latin << (_BITS * LATIN) | cyrillic << (_BITS * CYRILLIC) | 1 << (_BITS * WORDS)
        packed |= len(plain) - latin - cyrillic << (_BITS * FOREIGN)
        # A capital by itself is an initial, not the word that it looks like.
        if (latin or cyrillic) and not (len(word) == 1 and word.isupper()):
            small = word.lower()
            packed += self._uzbek_points(small)
            packed += self._rest["Latn" if latin > cyrillic else "Cyrl"].points(_APOSTROPHE.sub("'", small))
        return packed

    def _uzbek_points(self, small: str) -> int:
        """Letters of the 2026 alphabet are Turkish too: a word with them bears no more than a frequent word."""
        if small.isascii():
            return self._uzbek.points(normalise_latin(small) if "'" in small or "`" in small else small)
        uzbek = normalise_latin(small)
        points = self._uzbek.points(uzbek)
        return min(points, _REFORMED << (_BITS * FIRST)) if len(uzbek) > len(small) else points

    def of(self, text: str, start: int, end: int) -> tuple[int, ...]:
        """Return the fields of text[start:end], summed over its words."""
        if end - start > _LONG:
            parts = [self.of(text, at, min(at + _LONG, end)) for at in range(start, end, _LONG)]
            return tuple(map(sum, zip(*parts, strict=True)))
        packed = sum(map(self.__getitem__, text[start:end].split()))
        return self._unpack.unpack(packed.to_bytes(self._unpack.size, "little"))
