"""Names of a training sentence exchanged for others of the gazetteer: of the same kind, in the same language, script and case.

A model that saw few names learns them by heart; exchanged ones teach it what stands around a name. A share of the gazetteer, chosen by hash, is
never put in, so that names a model has met cannot flatter its figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from random import Random
from zlib import crc32

from pipeline.authority.gazetteer import Authority
from pipeline.corpus.sentences import Name, Sentence
from pipeline.languages.dictionary import in_case, nominative, word_class
from pipeline.languages.lexicon import lexicon
from pipeline.text.transliteration import to_cyrillic

__all__ = ["Exchange", "held_out"]

_SETTINGS = lexicon("ner").settings["exchange"]
_ENDINGS, _POSSESSIVE, _POSSESSIVES = (tuple(_SETTINGS[key]) for key in ("endings", "possessive", "possessives"))
_PLACED = tuple(_SETTINGS["placed"])
_QUOTES = frozenset("".join(lexicon("ner").settings["noise"]["quotes"]))


def held_out(key: str) -> bool:
    """Return whether the names of a gazetteer key are never put into a training sentence."""
    return crc32(key.encode()) % int(_SETTINGS["held_out"]) == 0


class Exchange:
    """Exchanges names. `names`: the institutions that may be put in; those of `held_out` are left out, and names that begin with their place («Тошкентдаги …»)."""

    def __init__(self, names: Iterable[Authority]) -> None:
        self._pool: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for entry in names:
            if held_out(entry.key):
                continue
            for language, name in entry.names.items():
                if not name.split()[0].endswith(_PLACED):
                    self._pool[entry.kind, language].append(name)

    def __call__(self, sentence: Sentence, language: str, script: str, random: Random, *, share: float) -> Sentence:
        """Return the sentence with each of its outermost names exchanged with the probability `share`, but for those in quotation marks. Names inside others are left out.

        `language` and `script` are those of the sentence. A name whose case cannot be told stays.
        """
        pieces: list[str] = []
        names: list[Name] = []
        at = length = 0
        outer = 0  # where the last outermost name ended
        for name in sentence.names:
            if name.start < outer:
                continue
            outer = name.end
            old = sentence.text[name.start : name.end]
            quoted = set(sentence.text[max(name.start - 1, 0) : name.end]) & _QUOTES
            chosen = random.random() < share and not quoted
            new = self._other(old, name.kind, language, script, random) if chosen else None
            if new is None:
                names.append(Name(name.start + length - at, name.end + length - at, name.kind, name.optional))
                continue
            before = sentence.text[at : name.start]
            pieces += before, new
            start = length + len(before)
            length = start + len(new)
            names.append(Name(start, length, name.kind, name.optional))
            at = name.end
        pieces.append(sentence.text[at:])
        return Sentence("".join(pieces), tuple(names), sentence.file, sentence.line)

    def _other(self, old: str, kind: str, language: str, script: str, random: Random) -> str | None:
        """Return another name in the case of the old one, or None."""
        latin = sum(letter.isascii() or letter in "ʻʼ’‘" for letter in old) > len(old) / 2
        if latin != (script == "Latn"):
            if not latin:
                return None
            language = "en"  # a foreign name as it is written at home
        pool = self._pool.get((kind, language))
        if not pool:
            return None
        new = random.choice(pool)
        if language == "uz":
            if script == "Cyrl":
                new = _cyrillic(new)
            return new + _ending(old)
        if language == "ru":
            case = _case(old)
            return None if case is None else in_case(new, case) if case else new
        return new + next((ending for ending in _POSSESSIVES if old.endswith(ending)), "")


@lru_cache(maxsize=1 << 14)
def _cyrillic(name: str) -> str:
    return to_cyrillic(name)


def _ending(old: str) -> str:
    """Return the Uzbek case ending that a name shows after the possessive of its head noun, "" where there is none."""
    for ending in _ENDINGS:
        if old.endswith(ending) and old[: -len(ending)].endswith(_POSSESSIVE):
            return str(ending)
    return ""


@lru_cache(maxsize=1 << 14)
def _case(old: str) -> str | None:
    """Return the case of a Russian name: "" for the nominative, None where it cannot be told."""
    words = old.split()
    head = next((index for index, word in enumerate(words) if word_class(word) in ("GENN", "DATN", None)), 0)
    base = " ".join(nominative(words, head))
    if base == old:
        return ""
    return next((case for case in _SETTINGS["cases"] if in_case(base, case) == old), None)
