"""How an institution is called in a record: the text's own form without its case, and its names in every language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.authority.linking import Institution
from pipeline.finders.institutions import Name
from pipeline.languages.dictionary import nominative
from pipeline.languages.grammar import grammar
from pipeline.languages.morphology import stems
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.tokens import Kind
from pipeline.text.transliteration import to_cyrillic, to_latin

__all__ = ["base_form", "base_of", "names_of"]

_SPACE = re.compile(r"\s+")
_ENGLISH = re.compile(r"['’ʼ]s?$")


def base_form(document: Document, institution: Institution) -> str:
    """Return the fullest form of the name that the text uses, in its base form: no case suffix, no line break."""
    named = [name for name, _ in institution.mentions if not name.implied]
    if not named:
        entry = institution.authority
        language = document.languages[institution.mentions[0][0].first]
        if entry is not None:
            return entry.names.get(language) or next(iter(entry.names.values()))
        return _plain(document, institution.mentions[0][0])
    sure = [name for name in named if not name.generic and name.rule != "acronym"] or named
    return base_of(document, max(sure, key=lambda name: name.last - name.first))


def names_of(document: Document, institution: Institution, name: str) -> dict[str, str]:
    """Return {"uz-Latn", "uz-Cyrl", "ru", "en"} as far as known: the gazetteer's names, else the text's own; Uzbek always in both scripts."""
    found: dict[str, str] = {}
    entry = institution.authority
    if entry is not None:
        if "uz" in entry.names:
            found["uz-Latn"] = entry.names["uz"]
            found["uz-Cyrl"] = entry.names.get("uz-Cyrl") or _cyrillic(entry.names["uz"])
        for language in ("ru", "en"):
            if language in entry.names:
                found[language] = entry.names[language]
        return found
    language = document.languages[institution.mentions[0][0].first]
    if language == "uz":
        found["uz-Latn"], found["uz-Cyrl"] = to_latin(name), to_cyrillic(name)
    elif language in ("ru", "en"):
        found[language] = name
    return found


@lru_cache(maxsize=1 << 12)
def _cyrillic(name: str) -> str:
    return to_cyrillic(name)


def _plain(document: Document, name: Name) -> str:
    tokens = document.tokens
    return _SPACE.sub(" ", document.text[tokens.start[name.first] : tokens.end[name.last - 1]])


def base_of(document: Document, name: Name) -> str:
    """Return one name of a text in its base form: no case suffix, no line break."""
    language = document.languages[name.first]
    text = _plain(document, name)
    if language == "uz":
        return _without_case(text)
    if language == "ru":
        return _nominative(document, name)
    return _ENGLISH.sub("", text) if language == "en" and text.endswith(("'s", "’s", "ʼs", "s'", "s’")) else text


def _without_case(text: str) -> str:
    """Take an Uzbek case off the last word: «кутубхонасига» -> «кутубхонаси», `UNESCOʼning` -> `UNESCO`."""
    head, space, last = text.rpartition(" ")
    words = grammar("institutions").lexicon
    folded = fold(last)
    reading = words.reading("uz", folded)
    case = reading.case if reading is not None else ""
    if not case and last[:2].isupper():
        case = next((stem.case for stem in stems("uz", folded) if stem.case and not stem.possessive), "")
    if not case:
        return text
    for length in range(1, min(7, len(last))):
        shorter = last[:-length]
        bare = fold(shorter)
        if reading is not None:
            now = words.reading("uz", bare)
            if now is not None and not now.case and now.value == reading.value:
                return head + space + shorter
        elif shorter.isupper():
            return head + space + shorter.rstrip("'’ʼ‘ʻ-")
    return text


def _nominative(document: Document, name: Name) -> str:
    tokens = document.tokens
    indices = range(name.first, name.last)
    words: Sequence[int] = [index for index in indices if tokens.kind[index] is Kind.WORD]
    lexicon = grammar("institutions").lexicon
    head = next(
        (
            at
            for at, index in enumerate(words)
            if (r := lexicon.reading("ru", tokens.fold[index])) is not None and r.symbol == "HEAD"
        ),
        None,
    )
    if head is None:
        return _plain(document, name)
    changed = nominative([tokens.form(index) for index in words[: head + 1]], head)
    pieces: list[str] = []
    at = tokens.start[name.first]
    for index, word in zip(words, changed, strict=False):
        pieces.append(document.text[at : tokens.start[index]])
        pieces.append(word)
        at = tokens.end[index]
    pieces.append(document.text[at : tokens.end[name.last - 1]])
    return _SPACE.sub(" ", "".join(pieces))
