"""Tokens and sentences of a text. A token is a run of letters (apostrophes inside it belong to it), a run of digits, or one other sign.

White space is never a token: how a token stands off from the one before it is its `gap`. Every span that hamkor
reports starts at the start of a token and ends at the end of one, so a span is made of whole words by construction.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import accumulate, compress
from operator import sub

from pipeline.resources import language_file
from pipeline.text.folding import fold
from pipeline.text.kept import Kept

__all__ = ["Gap", "Kind", "Tokens", "tokenize", "tokenize_names", "word_folds"]

_DATA = tomllib.loads(language_file("common", "tokens.toml").read_text(encoding="utf-8"))
_APOSTROPHE = "[" + "".join(re.escape(a) for a in _DATA["apostrophes"]) + "]"
_LETTER = r"[^\W\d_²³¹⁰-⁹₀-₉½-¾]"  # a raised figure is the mark of a footnote
_LETTERS = rf"{_LETTER}+(?:[\u0300-\u036f]+{_LETTER}*)*"
_TOKEN = re.compile(
    rf"\s*(?:{_LETTERS}(?:{_APOSTROPHE}{_LETTERS})*(?:(?<=[oOgG])[ʻ‘`'](?![\w]))?|(?<=s)['’](?=\s\w)|\d+|\S)"
)
_ABBREVIATIONS = frozenset(fold(word) for word in _DATA["abbreviations"])
_INITIALS = frozenset(fold(word) for word in _DATA["initials"])
_STOPS = frozenset(_DATA["sentence_ends"])
_CLOSERS = frozenset(_DATA["closers"])
_OPEN = frozenset(fold(word) for word in _DATA["open_words"])
_LONGEST = 40  # characters of the longest word that a line may end in and go on
_FULL_LINE = 160  # a line this long is a paragraph, not a heading
_AFTER_PLURAL = frozenset("'’")
_BULLETS = frozenset(_DATA["bullets"])


class Kind(IntEnum):
    """What a token is made of."""

    WORD = 0
    NUMBER = 1
    SIGN = 2


class Gap(IntEnum):
    """What stands between a token and the one before it."""

    NONE = 0
    SPACE = 1
    LINE = 2  # a line break inside running text (wrapped lines)
    BREAK = 3  # a blank line, or a line break that ends a heading, a list item, an address line


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry a token. `start` and `end` are half-open code points of the text."""

    text: str
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    fold: list[str] = field(default_factory=list)
    kind: list[Kind] = field(default_factory=list)
    gap: list[Gap] = field(default_factory=list)
    upper: list[bool] = field(default_factory=list)  # whether the token begins with a capital letter
    sentence: list[int] = field(default_factory=list)  # index of the sentence that the token stands in
    sentences: list[tuple[int, int]] = field(default_factory=list)  # half-open token ranges

    def __len__(self) -> int:
        return len(self.start)

    def form(self, index: int) -> str:
        """Return token `index` as the text has it."""
        return self.text[self.start[index] : self.end[index]]

    def slice(self, first: int, last: int) -> str:
        """Return the text from token `first` to token `last` (half-open) as it stands."""
        return self.text[self.start[first] : self.end[last - 1]]

    def capital(self, index: int) -> bool:
        """Return whether the token begins with a capital letter; behind the last token none does."""
        return index < len(self.upper) and self.upper[index]


def tokenize(text: str, *, running: bool = True) -> Tokens:
    """Return the tokens of `text`, in linear time. A name is no running text: with `running=False` it is not looked at for lines and sentences."""
    return _tokens(text, running, frozenset())


def _tokens(text: str, running: bool, known: Container[int]) -> Tokens:
    """Return the tokens of `text`. `known`: where tokens begin whose gaps the caller sets himself."""
    stripped = text.rstrip()  # white space at the end would be tried again and again
    pieces: list[str] = _TOKEN.findall(stripped)  # each with the white space before it
    if not pieces:
        return Tokens(text)
    forms = list(map(str.lstrip, pieces))
    if running and not _AFTER_PLURAL.isdisjoint(forms):
        pieces, forms = _with_apostrophes(pieces, forms, text[len(stripped) :])
    lengths = list(map(len, forms))
    blanks = list(map(sub, map(len, pieces), lengths))
    end = list(accumulate(map(len, pieces)))
    start = list(map(sub, end, lengths))
    kinds, folds, capitals = zip(*map(_FORMS.__getitem__, forms), strict=True)
    none, space = Gap.NONE, Gap.SPACE
    gap = [space if blank else none for blank in blanks]
    width = _line_width(text) if running else 0
    for index in [k for k, blank in enumerate(blanks) if blank and (blank > 1 or pieces[k][0] != " ")]:
        if start[index] in known:
            continue
        gap[index] = _gap(text, end[index - 1] if index else 0, start[index], width)
    gap[0] = Gap.BREAK
    tokens = Tokens(text, start, end, list(folds), list(kinds), gap, list(capitals))
    if running:
        _divide(tokens)
    return tokens


def word_folds(text: str) -> list[str] | None:
    """Return the folds of a text that is nothing but words and blanks, as `tokenize` has them, without its lists; None where there is more in it."""
    words = text.split()
    for word in words:
        if not word.isalpha():
            token = _TOKEN.match(word)
            if token is None or token.end() < len(word) or not (word[0].isalpha() and word[-1].isalpha()):
                return None
    return list(map(fold, words))


def tokenize_names(names: Sequence[str]) -> Iterator[tuple[Tokens, int, int]]:
    """Yield for each name the tokens of all of them and where its own stand, [first, last): thousands of names in one go."""
    ends = list(accumulate((len(name) + 2 for name in names), initial=0))
    tokens = _tokens("\n\n".join(names), False, frozenset(ends))
    gap, index = tokens.gap, 0
    for at in ends[1:]:
        first = index
        index = bisect_left(tokens.end, at - 1, first)
        if first < index:
            gap[first] = Gap.BREAK
        yield tokens, first, index


def _with_apostrophes(pieces: list[str], forms: list[str], tail: str) -> tuple[list[str], list[str]]:
    """Give the apostrophe of "the museums' halls" to the word before it. `forms`: the pieces without white space; `tail`: white space at the end."""
    joined: tuple[list[str], list[str]] = [], []
    for index, (piece, form) in enumerate(zip(pieces, forms, strict=True)):
        last = index + 1 == len(pieces)
        if (
            form in _AFTER_PLURAL
            and piece == form
            and joined[1]
            and (tail if last else pieces[index + 1] != forms[index + 1])
        ):
            kind, folded, _ = _FORMS[joined[1][-1]]
            if kind is Kind.WORD and folded.endswith("s"):
                joined[0][-1] += form
                joined[1][-1] += form
                continue
        joined[0].append(piece)
        joined[1].append(form)
    return joined


def _form(form: str) -> tuple[Kind, str, bool]:
    """Return kind, fold and whether there is a capital, of one form."""
    first = form[0]
    if first.isalpha():
        word = (
            form[:-1] if form[-1] in "'’" and form[-2] not in "oOgG" else form
        )  # the apostrophe of a plural is no letter's
        return Kind.WORD, fold(word), first.isupper()
    return (Kind.NUMBER if first.isdecimal() else Kind.SIGN), form, False


_FORMS = Kept(_form)


def _gap(text: str, before: int, start: int, width: int) -> Gap:
    """Return the gap that the white space [before, start) makes."""
    lines = text.count("\n", before, start)
    if not lines:
        return Gap.SPACE
    if lines > 1:
        return Gap.LINE if _runs_on(text, before, start) else Gap.BREAK
    return _line_gap(text, before, start, width)


def _line_width(text: str) -> int:
    """Return the width that lines are wrapped at, or 0 where line breaks end paragraphs.

    A text is wrapped when most line breaks fall where the line is nearly full and the next goes on in lower case.
    """
    lines = [line for line in text[:60_000].split("\n") if line.strip()]
    if len(lines) < 4:
        return 0
    lengths = sorted(len(line.rstrip()) for line in lines)
    goes_on = sum(1 for line in lines[1:] if line.lstrip()[:1].islower())
    if goes_on < 0.2 * len(lines):
        return 0
    return lengths[int(0.6 * (len(lengths) - 1))]


def _runs_on(text: str, before: int, start: int) -> bool:
    """Return whether a paragraph is only cut by a page: a long line that ends in the middle of a sentence."""
    last = text[before - 1]
    if not (last.isalnum() or last in ",-"):
        return False
    line = before - (text.rfind("\n", 0, before) + 1)
    return line >= _FULL_LINE or (line >= 40 and text[start].islower())


def _line_gap(text: str, before: int, start: int, width: int) -> Gap:
    """Return LINE where the line break only wraps the text, BREAK where it ends something."""
    first = text[start]
    if first in _BULLETS:
        return Gap.BREAK
    last = text[before - 1]
    if first.islower() or last in ",-–—(«“" or _last_word(text, before) in _OPEN:
        return Gap.LINE
    if width and first in '«“"' and last.islower():
        return Gap.LINE
    if not width or last in ".!?:;":
        return Gap.BREAK if not width or last in ":;" else Gap.LINE
    line = before - (text.rfind("\n", 0, before) + 1)
    return Gap.LINE if line >= (0.5 if last.islower() else 0.7) * width else Gap.BREAK


def _last_word(text: str, end: int) -> str:
    """Return the fold of the word that ends a line, "" where it is too long for one."""
    piece = text[max(end - _LONGEST, 0) : end]
    start = max(piece.rfind(" "), piece.rfind("\n")) + 1
    return fold(piece[start:]) if start or len(piece) < _LONGEST else ""


def _divide(tokens: Tokens) -> None:
    """Fill `sentence` and `sentences`: a sentence begins after a break, and where the signs after a stop are past."""
    folds, gaps, kinds = tokens.fold, tokens.gap, tokens.kind
    broken, signs, count = Gap.BREAK, Kind.SIGN, len(folds)
    begins = {index for index, gap in enumerate(gaps) if gap is broken}
    begins.discard(0)
    for stop in compress(range(count), map(_STOPS.__contains__, folds)):
        if folds[stop] == "." and _abbreviates(tokens, stop):
            continue
        for index in range(stop + 1, count):
            if gaps[index]:
                if _opens(tokens, index):
                    begins.add(index)
                break
            if kinds[index] is not signs or folds[index] in _STOPS or folds[index] not in _CLOSERS:
                break
    begin = 0
    for number, end in enumerate([*sorted(begins), count] if count else ()):
        tokens.sentences.append((begin, end))
        tokens.sentence += [number] * (end - begin)
        begin = end


def _opens(tokens: Tokens, index: int) -> bool:
    """Return whether a sentence may begin here: not with a small letter."""
    return not tokens.text[tokens.start[index]].islower()


def _abbreviates(tokens: Tokens, index: int) -> bool:
    """Return whether the full stop at `index` ends an abbreviation or an initial rather than a sentence."""
    if not index or tokens.gap[index] or tokens.kind[index - 1] is not Kind.WORD:
        return False
    word = tokens.fold[index - 1]
    if word in _ABBREVIATIONS:
        return True
    length = tokens.end[index - 1] - tokens.start[index - 1]
    return (length == 1 or word in _INITIALS) and tokens.capital(index - 1)
