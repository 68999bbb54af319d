"""Uzbek between its alphabets: Cyrillic, the Latin of 1995, and the reformed Latin letters of 1993 and 2026.

Cyrillic to Latin decides each letter by its neighbours in the source and gives zero to three letters for it, in place,
so the aligned form is exact by construction. First every letter whose reading depends on its neighbours is replaced by
a mark (a Unicode noncharacter, one for one), then one table turns letters and marks into Latin. Letters, rules and loan
words are data: languages/uz/transliteration.toml. All Cyrillic (for `to_cyrillic`, all Latin) is taken for Uzbek.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any

from pipeline.resources import language_file
from pipeline.text.aligned import Aligned

__all__ = ["normalise_latin", "to_cyrillic", "to_latin", "to_latin_aligned"]

_Data = dict[str, Any]

_DATA: _Data = tomllib.loads(language_file("uz", "transliteration.toml").read_text(encoding="utf-8"))
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LETTER = "[^\\W\\d_ʻʼʹ]"  # the apostrophes among the Unicode letters are signs here
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_ACCENT = re.compile("[\u0306\u0308]")  # of й ў ё written as two characters


class _Romaniser:
    """Compiled rules of Cyrillic to Latin: `mark` keeps the length of a text, `table` makes Latin of it."""

    def __init__(self, data: _Data) -> None:
        self._spare: Iterator[int] = iter(_NONCHARACTERS)
        self.table: dict[int, str] = {}
        for letter, latin in (data["letters"] | data["neighbours"]).items():
            self.table[ord(letter)] = latin
            self.table[ord(letter.upper())] = latin.capitalize()
        self._dropped = self._mark("")
        letters = [letter for base in data["letters"] for letter in (base, base.upper())]
        pairs = [unicodedata.normalize("NFD", letter) for letter in letters]
        self._composed = {
            pair: letter + self._dropped for pair, letter in zip(pairs, letters, strict=True) if len(pair) > 1
        }
        self.hard = {letter: self._mark(latin) for letter, latin in _both_cases(data["hard"].items())}
        self._compile(data)
        self._loans: re.Pattern[str] | None = None

    def _compile(self, data: _Data) -> None:
        small, capital = set(data["letters"]), {letter.upper() for letter in data["letters"]}
        small |= {mark for letter, mark in self.hard.items() if letter.islower()}
        capital |= {mark for letter, mark in self.hard.items() if letter.isupper()}
        vowels, consonants = set(data["classes"]["vowels"]), set(data["classes"]["consonants"])
        marks: dict[tuple[str, str], str] = {("", ""): self._dropped}
        rules: list[tuple[str, str, str]] = []
        for rule in data["rules"]:
            for letter, latin in _both_cases([(rule["letter"], rule["latin"])]):
                key = (letter, latin) if latin else ("", "")
                mark = marks[key] = marks.get(key) or self._mark(latin)
                rules.append((letter, rule["pattern"].replace("@", letter), mark))
                # A marked letter is still the vowel, consonant, small or capital letter that it was.
                (small if letter.islower() else capital).add(mark)
                for group in (vowels, consonants):
                    if rule["letter"] in group:
                        group.add(mark)
        of_loans = _either_case(vowels | consonants)
        self._loan_letter = re.compile(f"[{''.join(self.hard)}](?<={of_loans}.)")
        named = {"{V}": vowels, "{C}": consonants, "{L}": vowels | consonants | set("ьъ")}
        self._rules: list[tuple[str, re.Pattern[str], str]] = []
        for letter, pattern, mark in rules:
            for name, group in named.items():
                pattern = pattern.replace(name, _either_case(group))
            self._rules.append((letter, re.compile(pattern), mark))
        # A digraph is all capitals before a capital, or after one at the end of a word; an initial is not (Ш. is Sh.).
        title = [chr(code) for code, latin in self.table.items() if latin[:1].isupper() and latin[1:].isalpha()]
        title = [
            letter
            for letter in title
            if self.table[ord(letter)][1] not in "ʻʼ" and letter.lower() not in data["neighbours"]
        ]
        self._capitals = {letter: self._mark(self.table[ord(letter)].upper()) for letter in title}
        lower, upper, wide = (f"[{''.join(sorted(group))}]" for group in (small, capital, title))
        self._capital_digraph = re.compile(f"{wide}(?={upper})|{wide}(?<={upper}{wide})(?!{lower})")
        even = "".join(chr(code) for code, latin in self.table.items() if len(latin) == 1)
        uneven = "".join(chr(code) for code, latin in self.table.items() if len(latin) != 1)
        self._run = re.compile(f"[{uneven}]|[{even}]+")

    def _mark(self, latin: str) -> str:
        code = next(self._spare)
        self.table[code] = latin
        return chr(code)

    def read_hard(self, stems: Iterable[tuple[str, int]]) -> None:
        """Take loan stems, each with the index of a letter that is read hard."""
        parts = [f"(?<=\\b{re.escape(stem[:at])}){stem[at]}(?={re.escape(stem[at + 1 :])})" for stem, at in stems]
        self._loans = re.compile("|".join(parts), re.IGNORECASE)

    def mark(self, text: str) -> str:
        """Return the text with every letter that a rule decides replaced by its mark; same length."""
        if _ACCENT.search(text):
            for pair, composed in self._composed.items():
                text = text.replace(pair, composed)
        loans = self._loans
        if loans is not None:
            match = loans.match
            text = self._loan_letter.sub(lambda m: self.hard[m[0]] if match(m.string, m.start()) else m[0], text)
        for letter, pattern, mark in self._rules:
            if letter in text:
                text = pattern.sub(mark, text)
        return self._capital_digraph.sub(lambda m: self._capitals[m[0]], text)

    def latin(self, text: str) -> str:
        """Return the text in Latin."""
        return self.mark(text).translate(self.table)

    def edits(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the edits of `latin`: for a letter that gives none or several, or for a run that gives one each."""
        for match in self._run.finditer(self.mark(text)):
            yield *match.span(), match[0].translate(self.table)


def _both_cases(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for letter, latin in pairs:
        yield letter, latin
        yield letter.upper(), latin.capitalize()


def _either_case(letters: set[str]) -> str:
    return "[" + "".join(sorted(letters | {letter.upper() for letter in letters})) + "]"


def _hard_letters(romaniser: _Romaniser, latin: str, cyrillic: str) -> tuple[int, ...]:
    """Return where letters must be read hard for the stem to give this Latin; ValueError where none do."""
    stem = cyrillic.lower()
    places = [i for i, letter in enumerate(stem) if letter in romaniser.hard and i > 0]
    for size in range(len(places) + 1):
        for chosen in combinations(places, size):
            marked = list(romaniser.mark(stem + "а"))
            for i in chosen:
                marked[i] = romaniser.hard[stem[i]]
            if "".join(marked).translate(romaniser.table) == latin + "a":
                return chosen
    raise ValueError(f"transliteration.toml: loan «{cyrillic}» cannot give «{latin}»; correct one of the two spellings")


def _romaniser(data: _Data) -> _Romaniser:
    romaniser = _Romaniser(data)
    romaniser.read_hard(
        [
            (cyrillic.lower(), at)
            for latin, cyrillic in data["loans"].items()
            for at in _hard_letters(romaniser, latin, cyrillic)
        ]
    )
    return romaniser


_ROMANISER = _romaniser(_DATA)


def to_latin(text: str) -> str:
    """Return the text with Uzbek Cyrillic in the 1995 Latin alphabet (ʻ U+02BB, ʼ U+02BC); anything else is untouched.

    >>> to_latin("Ўзбекистон Миллий кутубхонаси, ШАҲАР, санъат, федерация, конференция")
    'Oʻzbekiston Milliy kutubxonasi, SHAHAR, sanʼat, federatsiya, konferensiya'
    """
    if not _CYRILLIC.search(text):
        return text
    return "".join(piece if foreign else _ROMANISER.latin(piece) for foreign, piece in _pieces(text))


def to_latin_aligned(text: str) -> Aligned:
    """Return `to_latin(text)` aligned with `text`: what one letter gave comes from that letter."""
    edits: list[tuple[int, int, str]] = []
    if _CYRILLIC.search(text):
        at = 0
        for foreign, piece in _pieces(text):
            if not foreign:
                edits.extend((at + start, at + end, latin) for start, end, latin in _ROMANISER.edits(piece))
            at += len(piece)
    return Aligned.identity(text).rewrite(edits)


_MARKS = re.compile(f"([{chr(_NONCHARACTERS[0])}-{chr(_NONCHARACTERS[-1])}]+)")


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Noncharacters of the text itself (never in honest text) are kept apart from the marks."""
    for i, piece in enumerate(_MARKS.split(text)):
        yield i % 2 == 1, piece


# --- Latin

_TURNED: str = _DATA["apostrophes"]["turned"]
_TUTUQ: str = _DATA["apostrophes"]["tutuq"]
_VARIANTS: str = _DATA["apostrophes"]["variants"]
_ANY = f"[{re.escape(_VARIANTS)}]"
# After o and g it is part of the letter, but not in UNESCO'ning (a name and its suffix), nor in dog's.
_OF_LETTER = re.compile(rf"{_ANY}(?<=[oOgG].)(?![sS]\b)(?!(?<=[A-Z][OG].)[a-z])")
_BETWEEN = re.compile(rf"{_ANY}(?<={_LETTER}.)(?={_LETTER})(?!(?<=[oOgG]{_TURNED}))")
_OPENING, _CLOSING = (f"[{re.escape(_DATA['apostrophes'][key])}]" for key in ("opening_quotes", "closing_quotes"))
_QUOTED = re.compile(rf"(?<!\w){_OPENING}(?=\w)[^\n]{{0,200}}?[oOgG](?P<close>{_CLOSING})(?!\w)")
_REFORM: dict[str, str] = _DATA["reform"]["letters"]
_REFORM_LETTERS = "".join(letter + letter.upper() for letter in _REFORM)
_REFORM_LETTER = re.compile(f"[{_REFORM_LETTERS}]")
_REFORM_WORD = re.compile(rf"(?<!{_LETTER}){_LETTER}*?[{_REFORM_LETTERS}]{_LETTER}*")
_FOREIGN = re.compile(f"[{_DATA['reform']['foreign']}]")


def normalise_latin(text: str) -> str:
    """Return Uzbek Latin text in the 1995 letters: apostrophes as ʻ (oʻ gʻ) and ʼ (tutuq), ö ğ ş ç as oʻ gʻ sh ch.

    A quotation mark is left alone, and so is a word with letters of another alphabet (Gümüş, İstanbul).

    >>> normalise_latin("O'zbekiston san’ati, Özbekiston şahri, ‘blog’")
    'Oʻzbekiston sanʼati, Oʻzbekiston shahri, ‘blog’'
    """
    if _REFORM_LETTER.search(text):
        text = _REFORM_WORD.sub(_reformed, text)
    if not any(sign in text for sign in _VARIANTS):
        return text
    if any(sign in text for sign in _DATA["apostrophes"]["opening_quotes"]):
        closing = [m.start("close") for m in _QUOTED.finditer(text)]
        if closing:
            edges = [0, *(edge for at in closing for edge in (at, at + 1)), len(text)]
            parts = [text[a:b] for a, b in pairwise(edges)]
            return "".join(part if i % 2 else _unified(part) for i, part in enumerate(parts))
    return _unified(text)


def _unified(text: str) -> str:
    return _BETWEEN.sub(_TUTUQ, _OF_LETTER.sub(_TURNED, text))


def _reformed(match: re.Match[str]) -> str:
    word = match[0]
    if _FOREIGN.search(word):
        return word
    capitals = len(word) > 1 and word.isupper()
    parts: list[str] = []
    for letter in word:
        latin = _REFORM.get(letter.lower())
        if latin is None:
            parts.append(letter)
        elif letter.islower():
            parts.append(latin)
        else:
            parts.append(latin.upper() if capitals else latin.capitalize())
    return "".join(parts)


# --- Latin to Cyrillic

_CONSONANTS = "".join(c + c.upper() for key in ("consonants", "latin_consonants") for c in _DATA["classes"][key])
_LOANS: dict[str, str] = _DATA["loans"]
_FINAL: dict[str, str] = _DATA["final"]


def _alternatives(words: Iterable[str]) -> str:
    """Return one pattern for the words, the longest first, split by first letter, which `re` tests fast."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"[{c}{c.upper()}](?i:{'|'.join(rest)})" for c, rest in sorted(groups.items()))


def _single_letters(data: _Data) -> dict[int, str]:
    table = {latin: letter for letter, latin in reversed(data["letters"].items()) if len(latin) == 1} | data["extra"]
    return {ord(c): r for latin, letter in table.items() for c, r in ((latin, letter), (latin.upper(), letter.upper()))}


_KEPT = {ord(letter): chr(mark) for letter, mark in zip(_DATA["roman"]["letters"], _NONCHARACTERS, strict=False)}
_SINGLE = _single_letters(_DATA) | {ord(mark): chr(letter) for letter, mark in _KEPT.items()}
_LATIN = re.compile("[A-Za-z]")
_ROMAN = re.compile(rf"[{_DATA['roman']['letters']}]+(?!\w)")
_NUMERAL = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_NUMBERED = re.compile(rf"[ -](?:{'|'.join(_DATA['roman']['before'])})")
_LOAN = re.compile(rf"\b(?:(?P<final>{_alternatives(_FINAL)})(?![\w{_TURNED}{_TUTUQ}])|(?:{_alternatives(_LOANS)}))")
_CYRILLIC_RULES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(rule["pattern"]), rule["cyrillic"]) for rule in _DATA["cyrillic_rules"]
]
_SOFT_E = re.compile(f"[yY](?<=[{_CONSONANTS}].)(?=[eE])")
_OPEN_E = re.compile(f"[eE](?<![{_CONSONANTS}yYьЬъЪ{_TUTUQ}].)")
_SEPARATOR = re.compile(rf"{_TUTUQ}(?<=[^\W\d_][^\W\d_].)(?<=[A-ZА-ЯЎҚҒҲЁ][A-ZА-ЯЎҚҒҲЁ].)(?=[a-zа-яўқғҳё])")
_SIGN = re.compile(rf"{_TUTUQ}(?<={_LETTER}.)")


def to_cyrillic(text: str) -> str:
    """Return Uzbek Latin text, with any apostrophe and in any of its Latin alphabets, in Uzbek Cyrillic.

    Every Latin letter is turned, since a foreign word cannot be told from an Uzbek one; only Roman numerals stay.

    >>> to_cyrillic("O'zbekiston Milliy kutubxonasi, sanʼat, konferensiya, XX asr, 16-sentabr")
    'Ўзбекистон Миллий кутубхонаси, санъат, конференция, XX аср, 16-сентябрь'
    """
    text = normalise_latin(text)
    if not _LATIN.search(text):
        return text
    return "".join(
        piece if foreign else _words_in_cyrillic(_ROMAN.sub(_kept, piece)) for foreign, piece in _pieces(text)
    )


def _kept(match: re.Match[str]) -> str:
    """Put marks for the letters of a Roman numeral: of two letters or more, or before a word that is numbered."""
    numeral, (start, end), text = match[0], match.span(), match.string
    if (start and text[start - 1].isalnum()) or not _NUMERAL.fullmatch(numeral):
        return numeral
    return numeral.translate(_KEPT) if end - start > 1 or _NUMBERED.match(text, end) else numeral


def _words_in_cyrillic(text: str) -> str:
    """No rule looks beyond a space, so each different word is done once."""
    words = text.split(" ")
    different = list(dict.fromkeys(words))
    cyrillic = dict(zip(different, _cyrillic(" ".join(different)).split(" "), strict=True))
    return " ".join([cyrillic[word] for word in words])


def _cyrillic(text: str) -> str:
    text = _LOAN.sub(_loan, text)
    for pattern, letter in _CYRILLIC_RULES:
        text = pattern.sub(_capital_like(letter), text)
    text = _replaced(text, _DATA["digraphs"])
    text = _OPEN_E.sub(_capital_like("э"), _SOFT_E.sub(_capital_like("ь"), text))
    text = _replaced(text, _DATA["glides"])
    if _TUTUQ in text:
        text = _SIGN.sub(_separating_sign, _SEPARATOR.sub("", text))
    return text.translate(_SINGLE)


def _capital_like(letter: str) -> Callable[[re.Match[str]], str]:
    """A replacement that is a capital where the first letter of the match is one."""
    capital = letter.upper()
    return lambda match: capital if match[0][0].isupper() else letter


def _loan(match: re.Match[str]) -> str:
    word = match[0]
    cyrillic = (_FINAL if match["final"] else _LOANS)[word.lower()]
    if word.isupper():
        return cyrillic.upper()
    if word[0].isupper():
        return "-".join(part.capitalize() for part in cyrillic.split("-"))
    return cyrillic.lower()


def _replaced(text: str, letters: dict[str, str]) -> str:
    for latin, letter in letters.items():
        text = text.replace(latin, letter).replace(latin.capitalize(), letter.capitalize())
        text = text.replace(latin.upper(), letter.upper()).replace(latin[0] + latin[1:].upper(), letter)
    return text


def _separating_sign(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1], match.string[match.end() : match.end() + 1]
    return "Ъ" if before.isupper() and not after.islower() else "ъ"
