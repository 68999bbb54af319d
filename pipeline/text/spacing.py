"""Words that spaces have fallen into: «коман д и р ов ок», «М у з е й», «2 2 июня 2014 го да».

Where a line has wide gaps they are the word boundaries, and what stands between two of them is one word if it has
letters that cannot stand alone. Elsewhere only a chain of single letters is joined, or a piece whose joined form the
document has elsewhere. Real words of one letter, initials, lists of letters, and abbreviations are no evidence.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from pipeline.text.evidence import Edit, Vocabulary, table

__all__ = ["spacing"]

_TOKEN = re.compile(r"[^ ]+")
_OPENING, _CLOSING = '«“"(„', '»”").,;:!?…'
_PIECE = re.compile(r"[^\W\d_]+[ʻʼ'‘’`]?|[ʻʼ'‘’`]")  # «O ‘ z b e k» has the apostrophe apart
_LONG = 4  # letters that a word of its own may well have
_CHAIN = 4  # single letters in a row that make a word
_CHAIN_LIMIT, _WORD_LIMIT = 14, 25  # letters of a joined word without and with wide gaps as its boundaries
_MEAN = 3.5  # letters of a fragment, on average
_WINDOW = 6  # fragments that a word of the document may be in
_SHORTEST_JOINED = 2
_SHORTEST = 4  # letters of a word that is recognised by the document
_SHORTEST_NAME = 6  # … where a capital stands apart, which may be a sign of its own


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str  # without punctuation around it; empty unless all letters
    number: str
    opens: bool  # has punctuation before it
    closes: bool  # has punctuation after it
    gap: int  # spaces after it


@dataclass(slots=True)
class _Evidence:
    """The document's words, gathered only when a line asks for them."""

    text: str
    _vocabulary: Vocabulary | None = None
    _remainders: Counter[str] = field(default_factory=Counter)

    def knows(self, word: str) -> bool:
        return word in _rules()["common"] or word in self._words()

    def only_split(self, remainder: str) -> bool:
        """Whether the word stands nowhere but after a single capital: «ошкент» in «Т ошкент»."""
        return self._words().count(remainder) <= self._remainders[remainder]

    def _words(self) -> Vocabulary:
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(self.text)
            self._remainders.update(m[1] for m in _rules()["split_capital"].finditer(self.text))
        return self._vocabulary


def spacing(text: str) -> list[Edit]:
    """Return the edits that take spaces out of words."""
    edits: list[Edit] = []
    evidence = _Evidence(text)
    line_end = -1
    for place in _hints(text):
        if place < line_end:
            continue
        line_start = text.rfind("\n", max(line_end, 0), place) + 1 or max(line_end, 0)
        line_end = text.find("\n", place)
        line_end = len(text) if line_end < 0 else line_end
        edits.extend(_line(list(_tokens(text, line_start, line_end)), evidence))
    return edits


def _hints(text: str) -> Iterator[int]:
    """Return where a piece begins that may not stand alone."""
    if _rules()["piece"].match(text):
        yield 0
    for match in _rules()["hint"].finditer(text.replace("\n", " ")):
        yield match.start() + 1


def _line(tokens: list[_Token], evidence: _Evidence) -> list[Edit]:
    wide = any(token.gap > 1 for token in tokens[:-1])
    groups = list(_groups(tokens))
    joined: list[tuple[int, int]] = []
    if wide:
        joined = [(first, last) for first, last in groups if _is_broken(tokens[first:last], spaced=False)]
        if joined:
            joined = [(first, last) for first, last in groups if _is_broken(tokens[first:last], spaced=True)]
    taken = set(joined)
    for group in groups:
        if group not in taken:
            joined.extend(_chains(tokens, *group, evidence) or _known(tokens, *group, evidence))
    if not joined:
        return []
    joined.extend(_numbers(tokens))
    gaps = sorted({index for first, last in joined for index in range(first, last - 1)})
    return [(tokens[index].end, tokens[index + 1].start, "") for index in gaps]


def _groups(tokens: list[_Token]) -> Iterator[tuple[int, int]]:
    """Cut a line into stretches [first, last) of letters with single spaces, where no word is known to end."""
    first = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.word and following and following.word and token.gap == 1 and not (token.closes or following.opens):
            small_to_capital = token.word[-1].islower() and following.word[0].isupper()
            if not small_to_capital:
                continue
        if token.word and index > first:
            yield first, index + 1
        first = index + 1


def _is_broken(tokens: list[_Token], *, spaced: bool) -> bool:
    """Whether the stretch between two wide gaps is one word; `spaced` says that the line has such words for certain."""
    words = [token.word.casefold() for token in tokens]
    if not _may_be_word(words, limit=_WORD_LIMIT):
        return False
    stray = _strays(words)
    if not stray:
        return False
    if any(len(one) >= _LONG and len(two) >= _LONG for one, two in pairwise(words)):
        return False
    if sum(map(len, words)) > _MEAN * len(words):
        return False
    if all(map(_is_single, words)):
        return spaced or len(words) >= _CHAIN
    return spaced or stray > 1 or any(word[0] in _rules()["never_first"] for word in words[1:])


def _chains(tokens: list[_Token], first: int, last: int, evidence: _Evidence) -> list[tuple[int, int]]:
    """Return the runs of single letters in the stretch that make a word."""
    found: list[tuple[int, int]] = []
    start = first
    for index in range(first, last + 1):
        single = index < last and _is_single(tokens[index].word)
        if single and not (index - start > 1 and _falls(tokens[index - 1].word, tokens[index].word)):
            continue
        begin, end = _trimmed(tokens, start, index, evidence, alone=index == last)
        words = [token.word.casefold() for token in tokens[begin:end]]
        if len(words) >= _CHAIN and _may_be_word(words, limit=_CHAIN_LIMIT):
            if _strays(words) > 1 or evidence.knows("".join(words)):
                found.append((begin, end))
        start = index if single else index + 1
    return found


def _falls(before: str, letter: str) -> bool:
    """Whether a small letter follows a capital: «С О Г Л А Ш Е Н И Е о дружбе»."""
    return before.isupper() and letter.islower()


def _trimmed(tokens: list[_Token], start: int, end: int, evidence: _Evidence, *, alone: bool) -> tuple[int, int]:
    """Return a run of single letters without words of one letter at its ends: “a m e m o r a n d u m”; `alone`: nothing stands after it."""
    words = [token.word.casefold() for token in tokens[start:end]]
    whole = "".join(words)
    if not evidence.knows(whole):
        for low, high in ((1, 0), (0, 1), (1, 1)):
            outer = words[:low] + words[len(words) - high :]
            inner = "".join(words[low : len(words) - high])
            if len(inner) >= _SHORTEST and all(word in _rules()["words"] for word in outer) and evidence.knows(inner):
                return start + low, end - high
    if not alone and end > start and tokens[end - 1].word in _rules()["particles"]:
        end -= 1
    return start, end


def _known(tokens: list[_Token], first: int, last: int, evidence: _Evidence) -> list[tuple[int, int]]:
    """Return the stretches whose joined form is a word of the document, around letters that cannot stand alone."""
    found: list[tuple[int, int]] = []
    done = first
    words = [token.word for token in tokens[first:last]]
    if len(words) > _WORD_LIMIT and sum(map(len, words)) < 2 * len(words):
        return found  # a line of nothing but pieces: no word in it is certain
    for index in range(first, last):
        word = words[index - first]
        if index > done and _is_tail(words[index - first - 1], word):
            found.append((index - 1, index + 1))
            done = index + 1
            continue
        if index < done or not (_is_fragment(word) or _is_split_capital(words[index - first : index - first + 2])):
            continue
        windows = [
            (start, end)
            for start in range(max(done, index - _WINDOW + 1), index + 1)
            for end in range(max(index + 1, start + 2), min(last, start + _WINDOW) + 1)
        ]
        for start, end in sorted(windows, key=lambda window: window[0] - window[1]):
            parts = words[start - first : end - first]
            joined = "".join(parts)
            if len(joined) < _SHORTEST or len(joined) > _WORD_LIMIT or not joined[1:].islower():
                continue
            if not _is_fragment(word) and (start < index or len(joined) < _SHORTEST_NAME):
                continue
            if evidence.knows(joined.casefold()) and (_is_fragment(word) or evidence.only_split(parts[1])):
                found.append((start, end))
                done = end
                break
    return found


def _numbers(tokens: list[_Token]) -> Iterator[tuple[int, int]]:
    """«2 2 июня», «2 0 1 4»: digits that stand alone in a line with split words."""
    first = 0
    for index in range(len(tokens) + 1):
        if index < len(tokens) and len(tokens[index].number) == 1 and (index == first or tokens[index - 1].gap == 1):
            continue
        following = tokens[index].word if index < len(tokens) else ""
        count = index - first
        if count == 4 or (count == 2 and _rules()["months"].match(following)):
            yield first, index
        first = index + 1 if index < len(tokens) and len(tokens[index].number) != 1 else index


def _may_be_word(words: list[str], *, limit: int) -> bool:
    joined = "".join(words)
    if not _SHORTEST_JOINED <= len(joined) <= limit:
        return False
    vowels = [place for place, letter in enumerate(joined) if letter in _rules()["vowels"]]
    if not 0 < len(vowels) < len(joined) or (len(joined) == _CHAIN and set(vowels) <= {0, _CHAIN - 1}):
        return False
    return not (all(map(_is_single, words)) and _is_list(joined))


def _is_list(letters: str) -> bool:
    """«а б в г», “a c e o p”: letters in the order of an alphabet."""
    places = [[alphabet.find(letter) for letter in letters] for alphabet in _rules()["alphabets"]]
    return any(-1 not in place and all(one < two for one, two in pairwise(place)) for place in places)


def _is_single(word: str) -> bool:
    return len(word) == 1 or (len(word) == 2 and not word[1].isalpha())


def _strays(words: list[str]) -> int:
    """Return how many pieces cannot be words, abbreviations such as «и т д» apart."""
    stray = sum(map(_is_stray, words))
    return sum(map(_is_stray, _rules()["abbreviation"].sub("", " ".join(words)).split())) if stray else 0


def _is_stray(word: str) -> bool:
    """Whether the piece cannot be a word."""
    rules = _rules()
    return (len(word) == 1 and word.isalpha() and word not in rules["words"]) or word[0] in rules["never_first"]


def _is_fragment(word: str) -> bool:
    return word.islower() and (_is_stray(word) or word in _rules()["fragments"])


def _is_tail(before: str, word: str) -> bool:
    """«деятел ьность»: a letter that begins no word, after a consonant."""
    rules = _rules()
    joins = word[0] in rules["never_first"] and len(before) > 1
    return joins and before[-1] in rules["consonants"]


def _is_split_capital(words: list[str]) -> bool:
    """«Т ошкент»."""
    if len(words) < 2 or len(words[0]) > 1 or not words[0].isupper():
        return False
    return _is_stray(words[0].casefold()) and words[1].islower()


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text, start, end):
        token = match[0]
        bare = token.strip(_OPENING + _CLOSING)
        gap = 0
        after = match.end()
        while after + gap < end and gap < 2 and text[after + gap] == " ":
            gap += 1
        opens, closes = token[0] in _OPENING, token[-1] in _CLOSING
        word, number = bare if _PIECE.fullmatch(bare) else "", bare if bare.isdecimal() else ""
        yield _Token(match.start(), match.end(), word, number, opens, closes, gap)


@cache
def _rules() -> dict[str, Any]:
    rules = table("spacing")
    words = frozenset(rules["words"])
    letters = sorted({letter for alphabet in rules["alphabets"] for letter in alphabet})
    stray = "".join(letter for letter in letters if letter not in words)
    never = "".join(rules["never_first"])
    pieces = "|".join(rules["fragments"])
    piece = rf"(?:[{never}]|[{stray}](?=[\s.,;:!?»]|$)|[{stray.upper()}] |(?:{pieces})(?=[\s.,;:!?»]|$))"
    abbreviations = "|".join(sorted(rules["abbreviations"], key=len, reverse=True))
    for name in ("common", "fragments", "particles"):
        rules[name] = frozenset(rules[name])
    return rules | {
        "words": words,
        "consonants": frozenset(letters).difference(rules["vowels"], rules["never_first"], string.ascii_lowercase),
        "piece": re.compile(piece),
        "hint": re.compile(rf" {piece}"),
        "abbreviation": re.compile(rf"(?<!\S)(?:{abbreviations})(?!\S)"),
        "months": re.compile(rules["months"]),
        "split_capital": re.compile(rf"\b[{stray.upper()}] ([а-яёўқғҳa-z]+)"),
    }
