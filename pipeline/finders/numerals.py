"""Numbers of things in running text: figures in every grouping, with multipliers, in words, as ranges.

Years, dates, prices and the rest are numbers here too: whoever asks judges by what stands around them. What is visibly part of a
code (telephone and law numbers, dates with dots, ISBNs, times) is left out. The words are data: `numbers.toml` of each language.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import compress

from pipeline.languages.lexicon import DataError
from pipeline.resources import language_file
from pipeline.text.document import Document
from pipeline.text.folding import fold, loosen
from pipeline.text.kept import Kept
from pipeline.text.tokens import Gap, Kind, Tokens, tokenize

__all__ = ["Numeral", "find_numerals", "read_numeral"]

_LANGUAGES = ("uz", "ru", "en")
_LARGEST = 100_000_000_000
_LONGEST = 24  # tokens of one number in words
_GROUPS = 6  # of three figures
_DASHES = frozenset("-–—‐‑−‒―")
_CODE = frozenset("-–—‐‑−‒―/\\.,:_№#§@+=*")
_GROUP = frozenset(",.'’٬")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over tokens [first, last). `value_max` is the upper end of a range. `case` is the Uzbek case of its last word
    (`abl`, `dat`, `term`; `circa` for -tacha). `plain`: one run of figures with no grouping and no multiplier."""

    first: int
    last: int
    value: int
    value_max: int | None = None
    case: str = ""
    plain: bool = False
    words: bool = False


_LOOSEST = 2  # letters of a number word that may be read without its dots


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str  # small, hundred, multiplier, fraction, whole, half
    value: float
    case: str = ""
    final: bool = False  # carries a suffix: no further word of the number follows


class _Language:
    """The number words of one language; every form with every suffix, by fold."""

    def __init__(self, language: str) -> None:
        path = language_file(language, "numbers.toml")
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        self.words: dict[str, _Word] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], float]]] = {}
        try:
            self.joins = frozenset(map(fold, data["and"]))
            self.opens = frozenset(map(fold, data["from"]))
            self.closes = frozenset(map(fold, data["to"]))
            self.articles = frozenset(map(fold, data["article"]))
            self.suffixes = {fold(form): case for case, forms in data["suffix"].items() for form in forms}
            self.ordinals = tuple(map(fold, data["ordinal"]))
            for kind in ("small", "hundred", "multiplier", "fraction", "whole"):
                for value, forms in data[kind].items():
                    for form in forms:
                        self._add(form, kind, float(value))
            for form in data["half"]:
                self.words[fold(form)] = _Word("half", 0.5)
            self.halves = [tuple(tokenize(form).fold) for form in data["articled_half"]]
        except KeyError as missing:
            raise DataError(f"{language}/{path.name}: {missing} is missing; every language's numbers need it") from None
        if language == "uz":
            for form, word in list(self.words.items()):
                for suffix, case in self.suffixes.items():
                    self.words.setdefault(form + suffix, _Word(word.kind, word.value, case, True))
            for form, word in list(self.words.items()):  # «турт», «уттиз»: typed without dots
                loose = loosen(form)
                if len(loose) >= _LOOSEST and loose != form:
                    self.words.setdefault(loose, word)
                    self.words.setdefault(loose.replace("u", "o") if "o" in form and "'" in form else loose, word)

    def _add(self, form: str, kind: str, value: float) -> None:
        folds = tuple(tokenize(form).fold)
        if len(folds) > 1:
            self.phrases.setdefault(folds[0], []).append((folds, value))
        else:
            self.words[folds[0]] = _Word(kind, value)


@cache
def _language(language: str) -> _Language:
    return _Language(language)


@cache
def _starting() -> Kept[bool]:
    """Return which folds may begin a number: figures, and words of numbers in any language."""
    words: set[str] = set()
    for language in _LANGUAGES:
        data = _language(language)
        words.update(data.words)
        words.update(data.phrases)
        words.update(data.articles)
    return Kept(lambda folded: folded in words or folded[:1].isdecimal())


def find_numerals(document: Document) -> list[Numeral]:
    """Return the numbers of a document in order, none within another. Linear time."""
    tokens, languages = document.tokens, document.languages
    found: list[Numeral] = []
    done = 0
    for index in compress(range(len(tokens)), map(_starting().__getitem__, tokens.fold)):
        if index < done:
            continue
        numeral, end = _numeral(tokens, index, languages[index])
        if numeral is not None:
            found.append(numeral)
        done = end
    return found


def read_numeral(text: str, language: str) -> int | None:
    """Return the value of a text that is one whole number, None where it is none.

    >>> read_numeral("двести сорок тысяч", "ru"), read_numeral("2 800", "uz"), read_numeral("two and a half thousand", "en")
    (240000, 2800, 2500)
    """
    tokens = tokenize(text)
    numeral, _ = _numeral(tokens, 0, language) if len(tokens) else (None, 0)
    return numeral.value if numeral is not None and numeral.last == len(tokens) else None


def _numeral(tokens: Tokens, index: int, language: str) -> tuple[Numeral | None, int]:
    """Return the number that begins at a token, or None; and the token to go on from."""
    data = _language(language if language in _LANGUAGES else "en")
    low = _one(tokens, index, data, language)
    if low is None:
        return None, _skip(tokens, index)
    if low.case != "abl" and (high := _upper(tokens, low, data, language)) is not None:
        return high, high.last
    if _in_code(tokens, low.last):
        return None, _skip(tokens, index)
    if low.case == "abl" and low.last < len(tokens):  # "100 dan 120 gacha"
        high_one = _one(tokens, low.last, data, language)
        if high_one is not None and high_one.case == "term" and (span := _range(low, high_one)) is not None:
            return span, span.last
    return low, low.last


def _in_code(tokens: Tokens, at: int) -> bool:
    """Return whether figures go on after a sign, as in 978-5-17 or 10:30."""
    if at + 1 >= len(tokens) or tokens.gap[at] or tokens.gap[at + 1]:
        return False
    return tokens.fold[at] in _CODE and tokens.kind[at - 1] is Kind.NUMBER and tokens.kind[at + 1] is Kind.NUMBER


def _skip(tokens: Tokens, index: int) -> int:
    """Return the token after a code such as 12.05.2020 or 978-5-17: none of its parts is a number of its own."""
    end = index + 1
    if tokens.kind[index] is not Kind.NUMBER:
        return end
    while end + 1 < len(tokens) and not tokens.gap[end] and tokens.fold[end] in _CODE and not tokens.gap[end + 1]:
        if tokens.kind[end + 1] is not Kind.NUMBER:
            break
        end += 2
    return end


def _upper(tokens: Tokens, low: _One, data: _Language, language: str) -> Numeral | None:
    """Return the range that `low` opens, or None."""
    at = low.last
    if at + 1 >= len(tokens) or tokens.gap[at] is Gap.BREAK:
        return None
    before = low.first and tokens.fold[low.first - 1] in data.opens
    dash = tokens.fold[at] in _DASHES
    if not dash and not (tokens.fold[at] in data.closes and (before or tokens.fold[at] not in data.joins)):
        return None
    if dash and bool(tokens.gap[at]) != bool(tokens.gap[at + 1]) and low.multiplier == 1 and low.words:
        return None
    high = _one(tokens, at + 1, data, language, inside=True)
    if high is None:
        return None
    return _range(low, high)


def _range(low: _One, high: _One) -> Numeral | None:
    """Join two ends; "45–50 thousand" gives its multiplier to both."""
    value = low.value
    if low.multiplier == 1 and high.multiplier > 1 and value < high.value / high.multiplier:
        value *= high.multiplier
    if not value < high.value or value * 1000 < high.value or value != int(value) or high.value != int(high.value):
        return None
    return Numeral(low.first, high.last, int(value), int(high.value), high.case, False, low.words)


@dataclass(frozen=True, slots=True)
class _One(Numeral):
    """A single number with what its range must know."""

    multiplier: int = 1


def _one(tokens: Tokens, index: int, data: _Language, language: str, *, inside: bool = False) -> _One | None:
    """Return the single number at a token, or None."""
    if index >= len(tokens):
        return None
    if tokens.kind[index] is Kind.NUMBER:
        return _figures(tokens, index, data, language, inside=inside)
    if tokens.kind[index] is Kind.WORD:
        return _words(tokens, index, data, language)
    return None


def _figures(tokens: Tokens, index: int, data: _Language, language: str, *, inside: bool) -> _One | None:
    folds, gaps, kinds, count = tokens.fold, tokens.gap, tokens.kind, len(tokens)
    if not inside and index and not gaps[index]:
        before = folds[index - 1]
        if kinds[index - 1] is Kind.WORD or (before in _CODE and index > 1 and not gaps[index - 1]) or before in "№#§":
            return None
    digits = folds[index]
    if not digits.isascii() or len(digits) > 9:
        return None
    at, groups, decimals, separator = index + 1, [digits], "", ""
    if len(digits) <= 3 and digits[0] != "0":
        while at < count and len(groups) < _GROUPS and kinds[at] is Kind.NUMBER and len(folds[at]) == 3:
            if gaps[at] is not Gap.SPACE and not (gaps[at] is Gap.LINE and separator):
                break
            if tokens.start[at] - tokens.end[at - 1] > 2:
                break
            groups.append(folds[at])
            separator, at = " ", at + 1
        while (
            at + 1 < count
            and len(groups) < _GROUPS
            and separator != " "
            and folds[at] in _GROUP
            and not gaps[at]
            and not gaps[at + 1]
        ):
            if kinds[at + 1] is not Kind.NUMBER or len(folds[at + 1]) != 3 or (separator and separator != folds[at]):
                break
            groups.append(folds[at + 1])
            separator, at = folds[at], at + 2
    if at + 1 < count and folds[at] in ",." and not gaps[at] and not gaps[at + 1] and kinds[at + 1] is Kind.NUMBER:
        if (
            separator == folds[at]
            or len(folds[at + 1]) > 3
            or (
                at + 3 < count
                and folds[at + 2] == "."
                and not gaps[at + 2]
                and not gaps[at + 3]
                and kinds[at + 3] is Kind.NUMBER
            )
        ):
            return None
        decimals, at = folds[at + 1], at + 2
    plain = len(groups) == 1 and not decimals
    value = float("".join(groups) + ("." + decimals if decimals else ""))
    multiplier, after = _multiplier(tokens, at, data)
    if multiplier > 1 and separator in (",", ".") and len(groups) == 2 and not decimals and language != "en":
        value = float(groups[0] + "." + groups[1])  # "1,200 тыс."
    if multiplier == 1 and decimals:
        return None
    value *= multiplier
    first_multiplier = multiplier
    while (
        multiplier >= 1000 and after < count and kinds[after] is Kind.NUMBER and len(folds[after]) <= 3
    ):  # "2 млн 300 тыс."
        smaller, end = _multiplier(tokens, after + 1, data)
        if smaller == 1 and multiplier == 1000 and len(folds[after]) == 3:  # "5 тыс. 300"
            end = after + 1
        elif not 1 < smaller < multiplier:
            break
        value += float(folds[after]) * smaller
        multiplier, after = smaller, end
    at = after
    case = ""
    if first_multiplier > 1:
        word = data.words.get(folds[at - 1])
        case = word.case if word else ""
        final = bool(word and word.final)
        plain = False
    else:
        final = False
    if not final:
        at, case = _suffix(tokens, at, data, case)
    value = round(value, 3)
    if value > _LARGEST or value != int(value):
        return None
    if at < count and not gaps[at] and kinds[at] is Kind.WORD:
        glued = folds[at]
        if len(glued) <= 2 or glued in data.ordinals:  # 1980s, 21st, 3D
            return None
    return _One(index, at, int(value), None, case, plain and at == index + 1, False, first_multiplier)


def _multiplier(tokens: Tokens, at: int, data: _Language) -> tuple[int, int]:
    """Return the multiplier at a token and the token after it (1 and the same token where there is none)."""
    if at >= len(tokens) or tokens.gap[at] is Gap.BREAK:
        return 1, at
    glued_dash = tokens.fold[at] in _DASHES and not tokens.gap[at] and at + 1 < len(tokens) and not tokens.gap[at + 1]
    place = at + 1 if glued_dash else at
    word = data.words.get(tokens.fold[place])
    if word is None or word.kind != "multiplier":
        return 1, at
    if tokens.end[place] - tokens.start[place] == 1 and tokens.gap[place]:
        return 1, at  # "5 m", "10 k" are no multipliers
    after = place + 1
    short = tokens.end[place] - tokens.start[place] <= 4
    if short and after < len(tokens) and tokens.fold[after] == "." and not tokens.gap[after]:
        after += 1
    return int(word.value), after


def _suffix(tokens: Tokens, at: int, data: _Language, case: str) -> tuple[int, str]:
    """Pass what is glued to a figure or stands after it: «130та», «130-та», «1 300 дан»."""
    for _ in range(2):
        if at >= len(tokens) or tokens.gap[at] is Gap.BREAK:
            break
        place = at
        if tokens.fold[at] in _DASHES and not tokens.gap[at] and at + 1 < len(tokens) and not tokens.gap[at + 1]:
            place = at + 1
        found = data.suffixes.get(tokens.fold[place])
        if found is None or (tokens.gap[place] and len(tokens.fold[place]) < 2):
            break
        if data is _language("ru") and tokens.gap[place]:
            break
        at, case = place + 1, found or case
    return at, case


def _words(tokens: Tokens, index: int, data: _Language, language: str) -> _One | None:
    """Return the number in words at a token, or None."""
    folds, gaps, count = tokens.fold, tokens.gap, len(tokens)
    total, group, smallest, at, case, read = 0.0, 0.0, float("inf"), index, "", False
    largest = 1
    stop = min(count, index + _LONGEST)
    while at < stop:
        if at > index and gaps[at] is Gap.BREAK:
            break
        folded = folds[at]
        hyphen = folded in _DASHES and read and not gaps[at] and at + 1 < stop and not gaps[at + 1]
        joined = folded in data.joins and read and (group >= 100 or group == 0)
        step = at + 1 if (hyphen or joined) and at + 1 < stop else at
        half = next((h for h in data.halves if read and tuple(folds[at : at + len(h)]) == h), None)
        if half:
            if group:
                group += 0.5
            else:
                total += smallest / 2 if smallest < float("inf") else 0.5
            at += len(half)
            continue
        folded = folds[step]
        if folded in data.articles and not read and step + 1 < count:
            after = data.words.get(folds[step + 1])
            if (
                after is not None
                and after.kind in ("hundred", "multiplier")
                and after.value % 100 == 0
                and folds[step + 1] not in ("k", "m")
            ):
                group, read, at = 1.0, True, step + 1
                continue
        phrase = next((p for p in data.phrases.get(folded, ()) if tuple(folds[step : step + len(p[0])]) == p[0]), None)
        if phrase and not read:
            group, read, at = phrase[1], True, step + len(phrase[0])
            continue
        word = data.words.get(folded)
        if word is None or (hyphen and word.kind not in ("small", "hundred")):
            break
        value = word.value
        if word.kind == "half":
            if at == index or group:
                group += 0.5
            else:
                total += smallest / 2
            at, read = step + 1, True
            continue
        if word.kind == "whole" and read:
            break
        if word.kind in ("fraction", "whole"):
            if read:
                break
            group = value
        elif word.kind == "small":
            if (
                (joined and group == 0 and not total)
                or not _fits(group, value, language)
                or (hyphen and group % 100 < 20)
            ):
                break
            group += value
        elif word.kind == "hundred":
            if value == 100 and language != "ru":
                if language == "en" and not read:
                    return None  # "several hundred"
                if hyphen or group != int(group) or group > 20 or (joined and group == 0 and not total):
                    break
                group = max(group, 1) * 100
            elif group:
                break
            else:
                group = value
        else:
            if value >= smallest or (not read and language == "en") or tokens.end[step] - tokens.start[step] == 1:
                break
            total += (group or 1) * value
            smallest, group = value, 0.0
            largest = max(largest, int(value))
        at, read = step + 1, True
        if word.final:
            case = word.case
            break
    value = total + group
    if not read or value != int(value) or value > _LARGEST:
        return None
    if case == "" and at < count and folds[at] in data.suffixes and language == "uz" and gaps[at] is not Gap.BREAK:
        at, case = at + 1, data.suffixes[folds[at]]
    if at < count and language == "uz" and folds[at] != folds[at - 1]:
        for ending in data.ordinals:
            base = data.words.get(folds[at].removesuffix(ending)) if folds[at].endswith(ending) else None
            if base is not None:
                return None  # o‘n uchinchi
    return _One(index, at, int(value), None, case, False, True, largest)


def _fits(group: float, value: float, language: str) -> bool:
    """Return whether units or tens may follow what the group holds: 20 + 5, 100 + 12, not 5 + 6."""
    if group != int(group):
        return False
    rest = int(group) % 100
    if not group:
        return True
    if value >= 10:
        return rest == 0
    return value > 0 and group % 10 == 0 and (rest == 0 or rest >= 20 or language == "uz")
