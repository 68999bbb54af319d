"""What hamkor's own model reads of a sentence: each word folded but with its capitals, its symbol in the grammar of institutions, and what the rules say of it.

One form for all languages and both scripts: a model taught on «Ўзбекистон» knows `Oʻzbekiston`. The model sees what rules and gazetteer found, so it
learns where they are right, where they stop too early, and what they miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.authority.countries import Place
from pipeline.authority.gazetteer import Hit
from pipeline.finders.institution_words import known_words
from pipeline.finders.institutions import Name
from pipeline.languages.grammar import grammar, tag
from pipeline.text.document import Document
from pipeline.text.tokens import Gap

__all__ = ["Sentence", "clues"]

_GAZETTEER = "gazetteer-"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens [first, last) of a document as a model reads them; the lists have an entry for each token. `doubted`: a rule is not sure of a name in it."""

    first: int
    last: int
    words: list[str]
    spaces: list[bool]
    symbols: list[str]
    rules: list[str]
    doubted: bool = False


def clues(
    document: Document,
    names: Sequence[Name],
    places: Sequence[Place | None],
    *,
    sentences: Sequence[tuple[int, int]] | None = None,
) -> list[Sentence]:
    """Return the clues of sentences (token ranges; all of them without `sentences`), in order.

    `names` is what rules and gazetteer found, `places` is `atlas.all(document.tokens)`. Implied names are no clue: nothing in the text names them.
    """
    tokens, rules = document.tokens, grammar("institutions")
    wanted = tokens.sentences if sentences is None else sentences
    stated = [name for name in names if not name.implied]
    hits = [
        Hit(name.first, name.last, name.keys, name.rule.removeprefix(_GAZETTEER))
        for name in stated
        if name.rule.startswith(_GAZETTEER)
    ]
    known, _ = known_words(document, hits, places)
    said = [""] * len(tokens)
    for name in stated:
        for index in range(name.first, name.last):
            said[index] = ("B-" if index == name.first else "I-") + name.rule
    doubted = {tokens.sentence[name.first] for name in stated if not name.sure}
    symbols = [""] * len(tokens)
    tags = tag(document, rules, known, sentences=wanted)
    for sign, first, last in zip(tags.string, tags.first, tags.last, strict=True):
        if first == last:  # an edge, or a mark of the word before it: plural, possessive, case
            if sign != rules.code["EDGE"]:
                symbols[first - 1] += "." + rules.names[sign]
            continue
        for index in range(first, last):
            symbols[index] = rules.names[sign]
    return [
        Sentence(
            first,
            last,
            [_word(tokens.form(index), tokens.fold[index], tokens.upper[index]) for index in range(first, last)],
            [index + 1 < last and tokens.gap[index + 1] is not Gap.NONE for index in range(first, last)],
            symbols[first:last],
            said[first:last],
            tokens.sentence[first] in doubted,
        )
        for first, last in wanted
    ]


def _word(form: str, folded: str, upper: bool) -> str:
    """Return a folded word with the capitals of the text."""
    if not upper:
        return folded
    return folded.upper() if len(form) > 1 and form.isupper() else folded[:1].upper() + folded[1:]
