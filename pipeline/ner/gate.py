"""Which sentences an engine need not read: those whose capitals, quotation marks and head nouns rules and gazetteer have all accounted for.

Reading is nearly all the time that a model takes, and most sentences of an article name nothing that is left open.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.authority.countries import Place
from pipeline.finders.institutions import Name
from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import lexicon
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["open_sentences"]

_RULES = grammar("institutions")
_HEADS = frozenset(lexicon("ner").settings["gate"]["heads"])
_OPENING = frozenset(lexicon("ner").settings["opening"]) - {"("}
_GAZETTEER = "gazetteer-"


def open_sentences(document: Document, names: Sequence[Name], places: Sequence[Place | None]) -> list[tuple[int, int]]:
    """Return the sentences (token ranges) in which a name may be missing or too short. `places` is `atlas.all(document.tokens)`.

    A sentence is open where a rule found a name that the gazetteer does not know, and where there is, outside of names and places, a capital that
    is not just the sentence's first letter, an opening quotation mark or a head noun with a capital; one in small letters where the sentence begins so,
    for who types like that has names in small letters.
    """
    tokens, languages = document.tokens, document.languages
    told = bytearray(len(tokens))
    open_ = bytearray(len(tokens.sentences))
    for index, place in enumerate(places):
        if place is not None:
            told[index : index + place.length] = b"\1" * place.length
    for name in names:
        told[name.first : name.last] = b"\1" * (name.last - name.first)
        if not name.implied and not name.rule.startswith(_GAZETTEER):
            open_[tokens.sentence[name.first]] = 1
    words = {language: _RULES.words(language) for language in set(languages)}
    for number, (begin, end) in enumerate(tokens.sentences):
        if open_[number]:
            continue
        first, small = True, False  # no word has come yet; whether the sentence begins with a small letter
        for index in range(begin, end):
            if tokens.kind[index] is not Kind.WORD:
                if tokens.fold[index] in _OPENING and not told[index]:
                    open_[number] = 1
                    break
                continue
            if first:
                small = not tokens.upper[index]
            if not told[index]:
                reading = words[languages[index]][tokens.fold[index]][2]
                capital = tokens.upper[index] and (not first or _acronym(tokens.form(index)))
                head = reading is not None and reading.symbol in _HEADS and (small or tokens.upper[index])
                if head or (capital and reading is None):
                    open_[number] = 1
                    break
            first = False
    return [sentence for sentence, wanted in zip(tokens.sentences, open_, strict=True) if wanted]


def _acronym(form: str) -> bool:
    return len(form) > 1 and form[:2].isupper()
