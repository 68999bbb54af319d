"""Keys for institutions that no gazetteer knows: made of the name without case, script and signs, and of the country.

«Зарафат музейига», `Zarafat muzeyi` and “Zarafat muzeyining” make one key, `x-zarafat-muzey-uz`; so do the case forms of a Russian name and an English one with ’s.
A name in another language makes another key: that two names are translations of each other is for a gazetteer or a judgement to say.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache, lru_cache

from pipeline.authority.countries import atlas
from pipeline.languages.grammar import grammar
from pipeline.languages.morphology import base_stem, stems
from pipeline.resources import language_file
from pipeline.text.folding import fold, loosen
from pipeline.text.tokens import Kind, tokenize

__all__ = ["MADE", "article_mark", "made_key", "name_words"]

MADE = "x-"
"""How a key begins that hamkor has made: no gazetteer's does."""
_SHORTEST = 4  # letters of what is left of a word without its ending


@lru_cache(maxsize=1 << 14)
def name_words(name: str, language: str, country: str | None = None) -> tuple[str, ...]:
    """Return the words of a name as they stand in its key: folded loosely, without case; the institution's own country and silent words left out."""
    silent, same = _data()
    tokens = tokenize(name)
    indices = [index for index in range(len(tokens)) if tokens.kind[index] is not Kind.SIGN]
    found: list[str] = []
    skip = -1
    for index in indices:
        folded = tokens.fold[index]
        if index < skip or folded in silent:
            continue
        place = atlas().at(tokens, index) if country else None
        if place is not None and place.code == country and place.kind in ("country", "adjective"):
            skip = index + place.length
            continue
        folded = same.get(folded, folded)
        if language == "ru":
            folded = base_stem("ru", folded)
        elif language == "uz" and index == indices[-1]:
            folded = _bare(folded)
        found.append(loosen(folded).replace("sx", "sh").replace("cx", "ch"))
    return tuple(found) or tuple(f"u{ord(char):x}" for char in name if not char.isspace())


def made_key(name: str, language: str, country: str | None, *, mark: str = "") -> str:
    """Return the key of an unknown institution. `name` is its base form; `mark` tells an article whose «Городской архив» is no other's."""
    words = name_words(name, language, country)
    return MADE + "-".join([*words, *([country.lower()] if country else []), *([mark] if mark else [])])


def article_mark(text: str) -> str:
    """Return eight digits (hexadecimal) that tell one article's text from others, the same in every run."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:8]


def _bare(folded: str) -> str:
    """Return the last word of an Uzbek name without case and possessive: «музейига», «музейи», «музей» are one."""
    lexicon = grammar("institutions").lexicon
    reading = lexicon.reading("uz", folded)
    while True:
        shorter = [
            stem.stem
            for stem in stems("uz", folded)
            if len(stem.stem) >= _SHORTEST
            and not stem.plural
            and (stem.case or (stem.possessive and reading is not None))
            and (
                reading is None
                or ((now := lexicon.reading("uz", stem.stem)) is not None and now.value == reading.value)
            )
        ]
        if not shorter:
            return folded
        folded = min(shorter, key=len)


@cache
def _data() -> tuple[frozenset[str], dict[str, str]]:
    data = tomllib.loads(language_file("common", "names.toml").read_text(encoding="utf-8"))
    return frozenset(map(fold, data["silent"])), {
        fold(word): fold(words[0]) for words in data["same"] for word in words
    }
