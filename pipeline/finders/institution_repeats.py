"""Where an English article names a company, a publisher or a newspaper again, alone, once it has said what it is: “NovaPrint LLC … with NovaPrint”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.authority.countries import Place
from pipeline.finders.institution_hits import SmallLetters
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["repeated"]

_GRAMMAR = grammar("institutions")
_TELLING = frozenset(rule.name for rule in _GRAMMAR.rules if "again" in rule.values)
_FORMS = frozenset(("LEGAL", "FIRM"))
_SURNAMES = tuple(_GRAMMAR.lexicon.settings["surname_endings"])
_LEAST = 4  # letters of a name of one word


def repeated(
    names: Sequence[tuple[int, int, str]], document: Document, places: Sequence[Place | None], small: SmallLetters
) -> Iterator[tuple[int, int, int]]:
    """Yield tokens [first, last) that name an institution again, and which of `names` (first, last, rule; not overlapping) it is. Linear time.

    Only what a rule sets apart from other words (a legal form, a noun of its kind, quotation marks) is looked for again.
    """
    tokens = document.tokens
    cores: dict[tuple[str, ...], int] = {}
    lengths: dict[str, set[int]] = {}  # of the names that begin with a word
    for number, (first, last, rule) in enumerate(names):
        if rule in _TELLING and document.languages[first] == "en" and (core := _core(document, first, last)):
            if _telling(document, *core, places, small):
                folds = tuple(tokens.fold[core[0] : core[1]])
                cores.setdefault(folds, number)
                lengths.setdefault(folds[0], set()).add(len(folds))
    if not cores:
        return
    taken = bytearray(len(tokens))
    for first, last, _ in names:
        taken[first:last] = b"\1" * (last - first)
    for index, folded in enumerate(tokens.fold):
        for length in sorted(lengths.get(folded, ()), reverse=True):
            last = index + length
            named = cores.get(tuple(tokens.fold[index:last]))
            if named is not None and not any(taken[index:last]) and _alone(document, index, last):
                taken[index:last] = b"\1" * length
                yield index, last, named
                break


def _core(document: Document, first: int, last: int) -> tuple[int, int] | None:
    """Return a name without its legal form and quotation marks, or None where nothing is left."""
    tokens, words = document.tokens, _GRAMMAR.words("en")

    def formal(index: int) -> bool:
        reading = words[tokens.fold[index]][2]
        return tokens.kind[index] is Kind.SIGN or (reading is not None and reading.symbol in _FORMS)

    while first < last and formal(first):
        first += 1
    while first < last and formal(last - 1):
        last -= 1
    return (first, last) if first < last else None


def _telling(document: Document, first: int, last: int, places: Sequence[Place | None], small: SmallLetters) -> bool:
    """Return whether words are nobody's name but the institution's: capitals, one of them no place and no word of the language, no surname."""
    tokens, words = document.tokens, _GRAMMAR.words("en")
    if not all(tokens.upper[index] or tokens.kind[index] is not Kind.WORD for index in range(first, last)):
        return False
    if tokens.fold[last - 1].endswith(_SURNAMES) or (last == first + 1 and len(tokens.fold[first]) < _LEAST):
        return False
    return any(
        tokens.kind[index] is Kind.WORD
        and places[index] is None
        and words[tokens.fold[index]][2] is None
        and tokens.fold[index] not in small
        for index in range(first, last)
    )


def _alone(document: Document, first: int, last: int) -> bool:
    """Return whether tokens [first, last) are written as a name that no capital before or behind makes longer."""
    tokens, words = document.tokens, _GRAMMAR.words("en")
    if document.languages[first] != "en" or not all(
        tokens.upper[index] or tokens.kind[index] is not Kind.WORD for index in range(first, last)
    ):
        return False
    begin, end = tokens.sentences[tokens.sentence[first]]
    if last < end and tokens.upper[last]:
        return False
    return first == begin or not tokens.upper[first - 1] or words[tokens.fold[first - 1]][2] is not None
