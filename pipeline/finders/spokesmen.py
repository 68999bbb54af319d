"""Where a text names an institution by one who works there and may say “we” for it: “the director of the museum”, “the gallery's director”.

The words are data (`deeds.toml` of each language): STORE with the value `person`, KIND, `articles`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.finders.letters import greeted
from pipeline.finders.parts import PartReader, settings
from pipeline.finders.seats import Mention
from pipeline.languages.lexicon import Reading
from pipeline.text.tokens import Gap, Kind

__all__ = ["quotation", "spokesmen"]

_QUOTES = frozenset("«“„”»")
_CLOSING = frozenset("”»")
_SPOKEN = 90  # tokens of a quotation


def spokesmen(
    words: PartReader, mentions: Sequence[Mention], kinds: Mapping[int, set[str]], of_kind: Mapping[str, Sequence[int]]
) -> list[tuple[int, int]]:
    """Return the tokens at which one stands who works for an institution, with its entity, in order.

    `kinds` are those of each entity, `of_kind` the entities of each kind: “the gallery's director” speaks for the only gallery. Linear time.
    """
    return sorted({*_of_names(words, mentions, kinds), *_of_nouns(words, of_kind)})


def quotation(words: PartReader, index: int) -> int:
    """Return the mark that opens the quotation in which a token stands, the token itself where it stands in none."""
    folds = words.tokens.fold
    marks = (at for at in range(index, max(-1, index - _SPOKEN), -1) if folds[at] in _QUOTES and not words.named(at))
    at = next(marks, index)
    return index if folds[at] in _CLOSING else at


def _of_names(words: PartReader, mentions: Sequence[Mention], kinds: Mapping[int, set[str]]) -> list[tuple[int, int]]:
    out = []
    for mention in mentions:
        language = words.document.languages[mention.first]
        if not kinds.get(mention.entity) or greeted(words, mention.first, language):
            continue
        around = range(max(0, mention.first - 3), mention.first)
        if language == "uz":
            around = range(mention.last, min(mention.last + 2, len(words.tokens)))
        office = next((index for index in around if _is_office(words.reading(language, index))), None)
        if (office is not None and not _receives(words, office, language)) or _person_from(
            words, mention.first, language
        ):
            out.append((mention.first, mention.entity))
    return out


def _person_from(words: PartReader, first: int, language: str) -> bool:
    """Return whether a person by two names is said to be of the institution whose name begins at a token: «Регула Амштуц из библиотеки»."""
    tokens, at = words.tokens, first - 1
    if language == "en" and at > 0 and tokens.fold[at] in settings("en", "articles"):
        at -= 1
    if language not in ("ru", "en") or at < 2 or tokens.fold[at] not in settings(language, "coming_from"):
        return False
    return all(
        tokens.kind[index] is Kind.WORD
        and tokens.capital(index)
        and not words.named(index)
        and words.reading(language, index) is None
        for index in (at - 1, at - 2)
    )


def _of_nouns(words: PartReader, of_kind: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    tokens, out = words.tokens, []
    for index in range(1, len(tokens) - 1):
        language = words.document.languages[index]
        if language not in ("ru", "en") or tokens.kind[index] is not Kind.WORD:
            continue
        if not _is_office(words.reading(language, index)) or words.named(index):
            continue
        noun = index + 1 if language == "ru" else index - 1
        kind = words.reading(language, noun)
        if kind is None or kind.symbol != "KIND" or words.named(noun):
            continue
        only = of_kind.get(kind.value, ())
        if len(only) == 1 and (language == "ru" or tokens.form(noun)[-2:-1] in ("'", "’")):
            out.append((noun, only[0]))
    return out


def _is_office(reading: Reading | None) -> bool:
    return reading is not None and reading.symbol == "STORE" and reading.value == "person"


def _receives(words: PartReader, index: int, language: str) -> bool:
    """Return whether a letter is for the person at a token: “To the Director of …” at the beginning of a line."""
    if language != "en":
        return False
    start = index - 1 if index and words.tokens.fold[index - 1] in settings("en", "articles") else index
    return start > 0 and words.tokens.fold[start - 1] == "to" and words.tokens.gap[start - 1] is Gap.BREAK
