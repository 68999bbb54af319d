"""The Russian dictionary (pymorphy3): what part of speech a word may be, and the nominative of a name. Loaded when first asked for."""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import Any

__all__ = ["adjust_case", "in_case", "in_dictionary", "nominative", "word_class"]

_LOCK = threading.Lock()
_PERSONAL = ("Surn", "Name", "Patr", "Init")


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=1 << 16)
def _parse(word: str) -> tuple[Any, ...]:
    with _LOCK:  # the analyzer's caches are not made for several threads at once
        return tuple(_analyzer().parse(word))


@lru_cache(maxsize=1 << 14)
def in_dictionary(word: str) -> bool:
    """Return whether the dictionary has a word, in any of its forms."""
    with _LOCK:
        return bool(_analyzer().word_is_known(word.lower()))


@lru_cache(maxsize=1 << 16)
def word_class(word: str) -> str | None:
    """Return what a Russian word may be within a name, by its likeliest reading; None where it is nothing of these.

    "ADJG": an adjective or participle that may stand in the genitive, "ADJ": one that may not; "GENN": a noun that may stand in the genitive; "DATN": a noun that may stand in the dative only;
    "PERSG": a person's name in the genitive («Анны Ахматовой»).
    """
    parses = [parse for parse in _parse(word.lower()) if parse.score >= 0.05]
    if not parses:
        return None
    best = _likeliest(parses)
    if best.POS == "PRTF" and "past" in best and word[0].islower():
        return None  # «полученных библиотекой»: what was done to it, or what it did
    if best.POS in ("ADJF", "PRTF") and not any(mark in best for mark in _PERSONAL):
        return (
            "ADJG" if any(parse.tag.POS in ("ADJF", "PRTF") and parse.tag.case == "gent" for parse in parses) else "ADJ"
        )
    if best.POS == "NOUN" or (word[0].isupper() and any(parse.tag.POS == "NOUN" for parse in parses)):
        nouns = [parse.tag for parse in parses if parse.tag.POS == "NOUN"]
        genitive = [tag for tag in nouns if tag.case in ("gent", "gen2")]
        if word[0].isupper() and any(any(mark in tag for mark in _PERSONAL) for tag in nouns):
            return "PERSG" if any(any(mark in tag for mark in _PERSONAL) for tag in genitive) else None
        if genitive:
            return "GENN"
        if any(tag.case == "datv" for tag in nouns):
            return "DATN"
    return None


def _likeliest(parses: list[Any]) -> Any:
    """Return the tag of the likeliest reading; of a word that the dictionary does not have («Мервский») an adjective before a noun."""
    if not parses[0].is_known:
        return next((parse.tag for parse in parses if parse.tag.POS == "ADJF"), parses[0].tag)
    return parses[0].tag


def nominative(words: list[str], head: int) -> list[str]:
    """Return a name's words with its head, and the adjectives before it, in the nominative; words after the head stay.

    `head` is the index of the head noun. Capitals stay as they are.
    """
    result = list(words)
    noun = _noun(words[head].lower())
    if noun is None:
        return result
    form, number, gender = noun
    result[head] = adjust_case(words[head], form)
    for index in range(head):
        if not words[index][0].isalpha():
            continue
        changed = _adjective(words[index].lower(), number, gender if number == "sing" else None)
        if changed is not None:
            result[index] = adjust_case(words[index], changed)
    return result


@lru_cache(maxsize=1 << 14)
def _noun(word: str) -> tuple[str, str, str | None] | None:
    """Return the nominative, number and gender of a noun; None where the word is none."""
    noun = _best(word, lambda tag: tag.POS == "NOUN")
    if noun is None:
        return None
    number = noun.tag.number or "sing"
    form = noun.inflect({"nomn", number})
    return None if form is None else (form.word, number, noun.tag.gender)


@lru_cache(maxsize=1 << 14)
def _adjective(word: str, number: str, gender: str | None) -> str | None:
    """Return the nominative of an adjective; None where the word is none."""
    adjective = _best(word, lambda tag: tag.POS in ("ADJF", "PRTF"))
    form = adjective.inflect({"nomn", number, gender} - {None}) if adjective is not None else None
    return None if form is None else str(form.word)


@lru_cache(maxsize=1 << 10)
def in_case(name: str, case: str) -> str:
    """Return a name of nominative words in another case (`gent`, `loct`, …): Соединённые Штаты Америки, Соединённых Штатов Америки.

    Words after the noun stay; a word that the dictionary does not know in the nominative stays too.
    """
    words = name.split(" ")
    for index, word in enumerate(words):
        parse = _best(word, lambda tag: tag.case == "nomn" and tag.POS in ("NOUN", "ADJF", "PRTF"))
        form = parse.inflect({case}) if parse is not None else None
        if form is None:
            break
        words[index] = adjust_case(word, form.word)
        if parse.tag.POS == "NOUN":
            break
    return " ".join(words)


def _best(word: str, wanted: Any) -> Any:
    return next((parse for parse in _parse(word.lower()) if wanted(parse.tag)), None)


def adjust_case(model: str, word: str) -> str:
    """Return `word` with the capitals of `model`: Музея, музей -> Музей; МУЗЕЯ -> МУЗЕЙ."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
