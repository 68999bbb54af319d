"""Where an English article names a company, a publisher or a newspaper again, alone, once it has said what it is: “NovaPrint LLC … with NovaPrint”;

and a university or a publisher without its noun: “Khazar University … books from Khazar”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.authority.countries import Place
from pipeline.finders.institution_hits import SmallLetters
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

if TYPE_CHECKING:
    from pipeline.finders.institutions import Name

__all__ = ["repeated"]

_GRAMMAR = grammar("institutions")
_TELLING = frozenset(rule.name for rule in _GRAMMAR.rules if "again" in rule.values)
_FORMS = frozenset(("LEGAL", "FIRM"))
_SURNAMES = tuple(_GRAMMAR.lexicon.settings["surname_endings"])
_LEAST = 4  # letters of a name of one word
_NOUNLESS = frozenset(("university", "publisher"))  # kinds that are called without their noun; “Savitsky” is a person
_HEADED = frozenset(("en-head-last", "en-libraries", "gazetteer-name"))
_BEFORE = frozenset(("STARTER", "OF", "FOR", "AND", "IN"))  # what may stand before a name without its noun
_OWN = 2  # words of a name before its noun


def repeated(
    names: Sequence[Name], document: Document, places: Sequence[Place | None], small: SmallLetters
) -> Iterator[tuple[int, int, int]]:
    """Yield tokens [first, last) that name an institution again, and which of `names` (not overlapping) it is. Linear time.

    Only what a rule sets apart from other words (a legal form, a noun of its kind, quotation marks) is looked for again, and what stands
    before the noun of a university or a publisher.
    """
    tokens = document.tokens
    cores: dict[tuple[str, ...], int] = {}
    lengths: dict[str, set[int]] = {}  # of the names that begin with a word
    nounless: set[tuple[str, ...]] = set()
    for number, name in enumerate(names):
        if document.languages[name.first] != "en":
            continue
        bare = name.rule not in _TELLING
        core = _before_noun(document, name, places) if bare else _core(document, name.first, name.last)
        if core is not None and _telling(document, *core, places, small):
            folds = tuple(tokens.fold[core[0] : core[1]])
            if bare and folds not in cores:
                nounless.add(folds)
            cores.setdefault(folds, number)
            lengths.setdefault(folds[0], set()).add(len(folds))
    if not cores:
        return
    taken = bytearray(len(tokens))
    for name in names:
        taken[name.first : name.last] = b"\1" * (name.last - name.first)
    found: list[tuple[int, int, int]] = []
    people: set[tuple[str, ...]] = set()
    for index, folded in enumerate(tokens.fold):
        for length in sorted(lengths.get(folded, ()), reverse=True):
            last = index + length
            folds = tuple(tokens.fold[index:last])
            named = cores.get(folds)
            if named is None or any(taken[index:last]):
                continue
            if not _alone(document, index, last):
                people.add(folds)
            elif folds not in nounless or _led(document, index, last):
                taken[index:last] = b"\1" * length
                found.append((index, last, named))
                break
    for first, last, named in found:  # what also stands beside another capital may be somebody's name
        folds = tuple(tokens.fold[first:last])
        if folds not in nounless or folds not in people:
            yield first, last, named


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


def _before_noun(document: Document, name: Name, places: Sequence[Place | None]) -> tuple[int, int] | None:
    """Return the words before the noun of a university or a publisher, or None where they are many or one of them is no name."""
    if name.rule not in _HEADED:
        return None
    tokens, words = document.tokens, _GRAMMAR.words("en")
    for index in range(name.first, min(name.last, name.first + _OWN + 1)):
        reading = words[tokens.fold[index]][2]
        if reading is not None:
            noun = reading.symbol == "HEAD" and reading.value in _NOUNLESS
            return (name.first, index) if noun and index > name.first else None
        if tokens.kind[index] is not Kind.WORD or places[index] is not None:
            return None
    return None


def _led(document: Document, first: int, last: int) -> bool:
    """Return whether words stand where a party stands: at the start of a sentence or behind a preposition, with no quotation mark or genitive about them."""
    tokens, words = document.tokens, _GRAMMAR.words("en")
    form = tokens.form(last - 1)
    if form.endswith(("'s", "’s")) or (
        last < len(tokens) and tokens.gap[last] is not Gap.BREAK and tokens.fold[last] in "-–—"
    ):
        return False
    if first == tokens.sentences[tokens.sentence[first]][0] or tokens.fold[first - 1] in ",;:":
        return True
    reading = words[tokens.fold[first - 1]][2]
    return reading is not None and reading.symbol in _BEFORE


def _telling(document: Document, first: int, last: int, places: Sequence[Place | None], small: SmallLetters) -> bool:
    """Return whether words are nobody's name but the institution's: capitals, one of them no place and no word of the language, no surname."""
    tokens, words = document.tokens, _GRAMMAR.words("en")
    if not all(tokens.upper[index] or tokens.kind[index] is not Kind.WORD for index in range(first, last)):
        return False
    short = last == first + 1 and len(tokens.fold[first]) < _LEAST - tokens.form(first).isupper()
    if tokens.fold[last - 1].endswith(_SURNAMES) or short:
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
