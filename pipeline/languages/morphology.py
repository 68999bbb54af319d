"""Stems of inflected words: Uzbek suffix chains, Russian endings, English plural and possessive, all on folded words.

The tables are data (`suffixes.toml` of each language); what stands here is the one way in which they are used.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.resources import language_file
from pipeline.text.folding import fold, loosen

__all__ = ["Stem", "base_stem", "by_stem", "conjugated", "declined", "stems", "verb_stems"]

_SHORTEST = 2
_VOWELS = "аеёиоуыэюя"
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_SHORT_SYLLABLE = re.compile(
    r"(?:[^aeiou]|qu)*[aeiou][^aeiouwxy]"
)  # stop, ship, quit: such a verb doubles its last letter


class Stem(
    NamedTuple
):  # a tuple, for a gazetteer makes tens of thousands, and a frozen dataclass takes three times as long
    """One way to read a word: its stem and, for Uzbek, its case (`abl`, `dat`, `term`, `gen`, `acc`, `loc`, `attr` or "")."""

    stem: str
    case: str = ""
    possessive: bool = False
    plural: bool = False


@cache
def _suffixes(language: str) -> tuple[dict[str, tuple[str, bool, bool]], int]:
    """Return {folded suffix: (case, possessive, plural)} and the length of the longest."""
    data = tomllib.loads(language_file(language, "suffixes.toml").read_text(encoding="utf-8"))
    table: dict[str, tuple[str, bool, bool]] = {}
    if "endings" in data:
        table = {fold(ending): ("", False, False) for ending in data["endings"]}
    else:
        cases = [("", "")] + [(form, name) for name, forms in data["cases"].items() for form in forms]
        for clitic, plural, possessive, (
            case,
            name,
        ) in product(  # without a clitic first: -gacha is one case, not -ga and -cha
            ["", *data["clitics"]], ["", *data["plural"]], ["", *data["possessive"]], cases
        ):
            suffix = plural + possessive + case + clitic
            if suffix and (suffix not in table or not table[suffix][0]):
                table[suffix] = (name, bool(possessive), bool(plural))
    table.pop("", None)
    return table, max(map(len, table))


@cache
def _mutations(language: str) -> dict[str, str]:
    data = tomllib.loads(language_file(language, "suffixes.toml").read_text(encoding="utf-8"))
    return {fold(bare): fold(stem) for stem, bare in data.get("mutations", {}).items()}


@cache
def _verbal() -> tuple[frozenset[str], int]:
    """Return what may follow an Uzbek verb's stem, folded as after a consonant and as after a vowel, strictly and loosely; the length of the longest."""
    data = tomllib.loads(language_file("uz", "suffixes.toml").read_text(encoding="utf-8"))["verbs"]
    endings = list(data["endings"])
    for heads, tails in (("participles", "of_participles"), ("nouns", "of_nouns")):
        endings += [head + tail for head, tail in product(data[heads], ["", *data[tails]])]
    every = {
        fold(first + "".join(chain))[1:]
        for first in ("b", "a")
        for chain in product(["", *data["together"]], ["", *data["negation"]], endings)
    }
    every |= {loosen(ending) for ending in every}
    return frozenset(every), max(map(len, every))


@lru_cache(maxsize=1 << 16)
def verb_stems(word: str) -> tuple[str, ...]:
    """Return every stem from which a folded Uzbek word may be made as a form of a verb, the longest first.

    >>> verb_stems("topshirishgan")[-1]
    'topshir'
    """
    endings, longest = _verbal()
    cuts = range(1, min(longest, len(word) - _SHORTEST) + 1)
    return tuple(word[:-cut] for cut in cuts if word[-cut:] in endings)


@lru_cache(maxsize=1 << 16)
def stems(language: str, word: str) -> tuple[Stem, ...]:
    """Return every way to read a folded word, the word itself first, then shorter and shorter stems.

    >>> [s.stem for s in stems("uz", "kutubxonasiga")][:4]
    ['kutubxonasiga', 'kutubxonasi', 'kutubxonas', 'kutubxona']
    """
    found = [Stem(word)]
    if language in ("uz", "ru", "en"):
        table, longest = _suffixes(language)
        shortest = _SHORTEST if language == "uz" else 3
        for cut in range(1, min(longest, len(word) - shortest) + 1):
            entry = table.get(word[-cut:])
            if entry is None:
                continue
            case, possessive, plural = entry
            stem = word[:-cut]
            found.append(Stem(stem, case, possessive, plural))
            if language == "uz" and possessive:
                for tail, full in _mutations("uz").items():
                    if stem.endswith(tail):
                        found.append(Stem(stem[: len(stem) - len(tail)] + full, case, possessive, plural))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def by_stem(language: str, word: str) -> dict[str, Stem]:
    """Return the ways to read a folded word by their stems; of two with one stem the first."""
    found: dict[str, Stem] = {}
    for stem in stems(language, word):
        found.setdefault(stem.stem, stem)
    return found


@lru_cache(maxsize=1 << 14)
def base_stem(language: str, word: str) -> str:
    """Return the stem under which a folded base form is filed: without its own ending in Russian, the word itself elsewhere."""
    if language != "ru":
        return word
    table, longest = _suffixes("ru")
    for cut in range(min(longest, len(word) - 3), 0, -1):
        if word[-cut:] in table:
            return word[:-cut]
    return word


@cache
def _english_verbs() -> tuple[dict[str, list[str]], frozenset[str]]:
    """Return {verb: its forms that no rule makes} and the verbs that double their last letter though they have more than one syllable."""
    data = tomllib.loads(language_file("en", "suffixes.toml").read_text(encoding="utf-8"))["verbs"]
    return dict(data["irregular"]), frozenset(data["doubled"])


@lru_cache(maxsize=1 << 12)
def conjugated(verb: str) -> tuple[str, ...]:
    """Return every form of an English verb, given by its base form, that itself first.

    >>> conjugated("carry"), conjugated("take")
    (('carry', 'carries', 'carrying', 'carried'), ('take', 'takes', 'taking', 'took', 'taken'))
    """
    irregular, doubled = _english_verbs()
    stem = verb
    if verb.endswith("ie"):
        continuous = verb[:-2] + "ying"
    elif verb.endswith("e") and len(verb) > 2 and not verb.endswith(("ee", "oe", "ye")):
        stem, continuous = verb[:-1], verb[:-1] + "ing"
    else:
        if verb in doubled or _SHORT_SYLLABLE.fullmatch(verb):
            stem = verb + verb[-1]
        continuous = stem + "ing"
    past = (verb[:-1] + "ied",) if _CONSONANT_Y.search(verb) else ((verb + "d") if verb.endswith("e") else stem + "ed",)
    if _CONSONANT_Y.search(verb):
        present = verb[:-1] + "ies"
    else:
        present = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return tuple(dict.fromkeys((verb, present, continuous, *irregular.get(verb, past))))


@cache
def _declension() -> dict[str, list[str]]:
    data = tomllib.loads(language_file("ru", "declension.toml").read_text(encoding="utf-8"))
    return dict(data["endings"])


@lru_cache(maxsize=1 << 14)
def declined(word: str) -> frozenset[str]:
    """Return the folded case forms of a Russian word, made by its ending (музей: музея, музею, …), with е where the word has ё."""
    word = word.lower()
    if "ё" in word:
        return _declined(word) | _declined(word.replace("ё", "е"))
    return _declined(word)


def _declined(word: str) -> frozenset[str]:
    table = _declension()
    for length in (2, 1):
        ending = word[-length:]
        if ending in table and len(word) > length + 1:
            return _folds(word[:-length], ending)
    if word[-1:] in _VOWELS or len(word) < 3 or not word.isalpha():
        return frozenset({fold(word)})
    return _folds(word, "")


_TAIL = re.compile("[абвгдежзиклмнопруфхчыэ][ёйстцшщъьюя]*\\Z")


def _folds(stem: str, ending: str) -> frozenset[str]:
    """Return the folds of stem + ending and of the stem with each ending that may stand for this one. A gazetteer declines thousands of words: each is folded once.

    Folding looks at a letter and its neighbours, and only at those of «й», «т» and «с» (and what has them in its fold), whose own fold may change.
    So from the last other letter of the stem on, the folds are those of every word that goes on so, and what stands before is the same in all forms.
    """
    tail = _TAIL.search(stem)
    if tail is None:
        return frozenset(map(fold, [stem + ending, *(stem + other for other in _declension()[ending])]))
    tails = _tails(tail[0], ending)
    whole = fold(stem + ending)
    head = whole[: len(whole) - len(tails[0])]
    return frozenset([head + each for each in tails])


@lru_cache(maxsize=1 << 12)
def _tails(tail: str, ending: str) -> tuple[str, ...]:
    """Return the folds of the end of a stem with an ending, and with each that may stand for it."""
    return tuple([fold(tail + other) for other in (ending, *_declension()[ending])])
