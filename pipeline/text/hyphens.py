"""Words that a line end has cut in two: which were one word, and which are true compounds.

«националь-/ными» is joined; «информационно-/библиотечной» keeps its hyphen and loses only the line break. The document
is asked first (does it have the joined or the hyphenated word elsewhere?), then the spelling rules of repair.toml.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import Any

from pipeline.text.evidence import WORD, Edit, Vocabulary, prefixes, table

__all__ = ["hyphens"]

_BREAK = re.compile(r"[-–](?:[ \t]*+[\r\n\f][ \t\r\n\f]*+|[ ])(?=[^\W_])")
_WORD = re.compile(WORD)
_CYRILLIC = re.compile("[\u0400-\u052f]")
_APOSTROPHES = "ʻʼ'‘’`´"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_DOUBLED = 4  # letters of a word that is said twice with an ending between
_LONGEST = 40  # letters of a word's part that are looked at


class _Verdict(Enum):
    JOIN = "the hyphen belongs to the line end"
    KEEP = "the hyphen belongs to the word"
    LEAVE = "two words"


def hyphens(text: str) -> list[Edit]:
    """Return the edits that mend the words broken at line ends."""
    edits: list[Edit] = []
    vocabulary: Vocabulary | None = None
    for match in _BREAK.finditer(text):
        hyphen, after = match.span()
        before = text[hyphen - 1] if hyphen else " "
        if not before.isalnum():
            continue
        gap = text[hyphen + 1 : after]
        if before.isdigit() or text[after].isdigit():
            verdict = _beside_digit(text, match)
        elif text[hyphen] != "-" or ((gap == " " or gap.count("\n") > 1) and not text[after].islower()):
            continue
        else:
            vocabulary = vocabulary or Vocabulary(text)
            verdict = _between_letters(_left(text, hyphen), _right(text, after), vocabulary, flat=gap == " ")
        if verdict is _Verdict.JOIN:
            edits.append((hyphen, after, ""))
        elif verdict is _Verdict.KEEP:
            edits.append((hyphen + 1, after, ""))
    return edits


def _beside_digit(text: str, match: re.Match[str]) -> _Verdict:
    """«7-/июнда», “16-/22”, “2009–/2014”, “COVID-/19”; but nothing across a blank line, and no page number."""
    hyphen, after = match.span()
    gap = match[0][1:]
    if gap == " " or gap.count("\n") > 1 or "\f" in gap:
        return _Verdict.LEAVE
    both = text[hyphen - 1].isdigit() and text[after].isdigit()
    if both:
        return _Verdict.KEEP
    if text[hyphen] != "-" or (text[after].isdigit() and not text[hyphen - 1].isupper()):
        return _Verdict.LEAVE
    if text[after].isalpha() and _right(text, after).casefold() in _rules()["conjunctions"]:
        return _Verdict.LEAVE
    return _Verdict.KEEP


def _between_letters(left: str, right: str, vocabulary: Vocabulary, *, flat: bool) -> _Verdict:
    """Judge a hyphen between letters; `flat` where a space stands for the line break: more evidence is needed."""
    first, second = left.casefold(), right.casefold()
    if second in _rules()["conjunctions"] or (
        second in _rules()["suspending"] and (flat or first in _rules()["suspended"])
    ):
        return _Verdict.LEAVE
    known = _in_document(first, second, vocabulary)
    if flat:
        return known if known and len(left) > 1 else _Verdict.LEAVE
    capitals = sum(map(str.isupper, left)) > 1 and left.isupper()
    if right[0].isupper() and not (capitals and right.isupper() and len(right) > 1):
        return _Verdict.KEEP
    if len(left) == 1 or len(right) == 1 or (capitals and right[0].islower()) or _cyrillic(left) != _cyrillic(right):
        return _Verdict.KEEP
    return known or _by_rules(first.translate(_NO_APOSTROPHES), second.translate(_NO_APOSTROPHES), vocabulary)


def _cyrillic(word: str) -> bool:
    return _CYRILLIC.search(word) is not None


def _in_document(first: str, second: str, vocabulary: Vocabulary) -> _Verdict | None:
    joined, hyphenated = vocabulary.has_form(first, second), vocabulary.has_compound(first, second)
    if joined == hyphenated:
        return None
    return _Verdict.JOIN if joined else _Verdict.KEEP


def _by_rules(first: str, second: str, vocabulary: Vocabulary) -> _Verdict:
    rules = _rules()
    if any(second.startswith(start) for start in rules["pairs"].get(first, ())) or _is_doubled(first, second):
        return _Verdict.KEEP
    if any(first.startswith(one) and second.startswith(two) for one, two in rules["stems"]):
        return _Verdict.KEEP
    if first in rules["joined_firsts"] or second in rules["joined_seconds"]:
        return _Verdict.JOIN
    if second in rules["not_seconds"]:
        return _Verdict.JOIN
    if first in rules["firsts"] or (second in rules["seconds"] and len(first) > 2):
        return _Verdict.KEEP
    if _russian_pair(first, second) or _uzbek_pair(first, second) or _both_words(first, second, vocabulary):
        return _Verdict.KEEP
    return _Verdict.JOIN


def _is_doubled(first: str, second: str) -> bool:
    """«тез-тез», «bosqichma-bosqich»."""
    return first == second or (len(second) >= _DOUBLED and first.startswith(second))


def _russian_pair(first: str, second: str) -> bool:
    """«научно-практических»: a linking vowel after an adjective's stem, then an adjective long enough to be a word."""
    rules = _rules()
    if len(second) < rules["adjective_second"] or not second.endswith(rules["adjective"]):
        return False
    if second.startswith(rules["second_not"]):
        return False
    if first in rules["linking_words"]:
        return True
    if first in rules["nations"]:
        return second.endswith(rules["nation_adjective"])
    if len(first) < rules["adjective_first"] or first in rules["linking_not"]:
        return False
    return first.endswith(rules["linking"])


def _uzbek_pair(first: str, second: str) -> bool:
    """«ilmiy-maʼrifiy», «ахборот-ресурс»."""
    rules = _rules()
    if len(second) < 4 or second.startswith(rules["uzbek_suffixes"]):
        return False
    adjectives = len(first) > 3 and len(second) > 4 and first.endswith(rules["uzbek_ends"])
    return first in rules["uzbek_firsts"] or (adjectives and rules["uzbek_second"].search(second) is not None)


def _both_words(first: str, second: str, vocabulary: Vocabulary) -> bool:
    """The text has both parts as words of their own, or the first part in other compounds: «музей-галерея»."""
    if len(first) < 4 or len(second) < 5 or second.startswith(_rules()["uzbek_suffixes"]):
        return False
    return (first in vocabulary or vocabulary.has_first(first)) and second in vocabulary


@cache
def _rules() -> dict[str, Any]:
    rules = table("hyphens")
    pairs: dict[str, list[str]] = {}
    for pair in rules["pairs"]:
        first, second = pair.split(" ", 1)
        pairs.setdefault(first, []).append(second)
    rules["stems"] = [tuple(stem.split(" ")) for stem in rules["stems"]]
    whole = ("conjunctions", "firsts", "seconds", "not_seconds", "joined_firsts", "joined_seconds", "uzbek_firsts")
    for name in (*whole, "linking_not", "linking_words", "nations", "suspending", "suspended"):
        rules[name] = frozenset(rules[name])
    for name in ("linking", "second_not", "uzbek_ends", "uzbek_suffixes"):
        rules[name] = prefixes(rules[name])
    adjectives = prefixes(stem + ending for stem in rules["adjective_stem"] for ending in rules["adjective"])
    nations = prefixes(rules["nation_second"] + ending for ending in rules["adjective"])
    return rules | {
        "pairs": pairs,
        "adjective": adjectives,
        "nation_adjective": nations,
        "uzbek_second": re.compile(rules["uzbek_second"] + "$"),
    }


def _left(text: str, end: int) -> str:
    start, lowest = end, max(0, end - _LONGEST)
    while start > lowest and (text[start - 1].isalpha() or (text[start - 1] in _APOSTROPHES and start < end)):
        start -= 1
    return text[start:end].lstrip(_APOSTROPHES)


def _right(text: str, start: int) -> str:
    match = _WORD.match(text, start, start + _LONGEST)
    return match[0] if match else text[start]
