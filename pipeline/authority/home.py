"""Whose article it is: the institution that says “we”, whose report or history it is, that “the museum” means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.kept import Kept
from pipeline.text.tokens import Kind

__all__ = ["home_of"]

_TITLE = 25  # tokens of a title or letterhead
_UNBOUND = ("international", "media", "publisher")
_VOTE = "ner:"
_OUR_SUFFIX = "miz"
_HOLDINGS = "foundation"  # «фонд» outside a name is what a library holds
_BARE = 4  # what bare nouns of a kind weigh at most


class MentionLike(Protocol):
    """What must be known of a mention: its tokens [first, last), its institution, whether a list only implies it, why it links there, what found it."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def entity(self) -> int: ...
    @property
    def implied(self) -> bool: ...
    @property
    def link(self) -> str: ...
    @property
    def rule(self) -> str: ...


def home_of(document: Document, mentions: Sequence[MentionLike], kinds: Sequence[str | None]) -> int | None:
    """Return the article's own institution, None where it is not plain. `mentions` are sorted; `kinds`: the kind of each institution.

    It is the one that the title or letterhead names, that the article calls «our library» or just “the library”, that it names most.
    """
    bound = [
        mention
        for mention in mentions
        if kinds[mention.entity] not in _UNBOUND
        and not mention.implied
        and not (mention.rule.startswith(_VOTE) and kinds[mention.entity] == "other")  # a model does not say what it is
    ]
    if not bound:
        return None
    tokens = document.tokens
    head = next((end for _, end in tokens.sentences if end >= _TITLE), len(tokens))
    nouns = _Nouns(document, mentions)
    score: Counter[int] = Counter()
    titled: list[int] = []
    for mention in bound:
        score[mention.entity] += 2 + mention.link.startswith("short form")
        if mention.first < head and mention.entity not in titled:
            titled.append(mention.entity)
            score[mention.entity] += 3
    named: set[str | None] = set()
    for entity in score:  # in the order of their first mentions
        if kinds[entity] in nouns.own:
            score[entity] += 4 if kinds[entity] in named else 6
        named.add(kinds[entity])
    first_of = {entity: next(m for m in bound if m.entity == entity) for entity in titled}
    for kind in nouns.frequent():  # “the museum” is most often the first one that the article names
        meant = next((e for e in titled if kind == kinds[e] or kind in nouns.within(first_of[e])), None)
        if meant is not None:
            score[meant] += min(2 * nouns.bare[kind], _BARE)
    if titled:
        score[titled[0]] += 3 if _alone(document, first_of[titled[0]]) else 1
    speaks = sum(map(_WE.__contains__, tokens.fold)) >= 2
    if speaks and titled:  # who says «we» is most often who is named first
        score[titled[0]] += 3
    ranked = score.most_common(2)
    margin = 1.0 if speaks else 1.25
    if ranked[0][1] < 5 or (len(ranked) > 1 and ranked[0][1] < margin * ranked[1][1]):
        return None
    return ranked[0][0]


def _alone(document: Document, mention: MentionLike) -> bool:
    """Return whether a name has a line to itself: a letterhead, a heading."""
    tokens = document.tokens
    first, last = tokens.sentences[tokens.sentence[mention.first]]
    return all(mention.first <= k < mention.last or tokens.kind[k] is not Kind.WORD for k in range(first, last))


class _Nouns:
    """Nouns for institutions outside names: kinds that the article calls its `own`, and how often a kind stands `bare`."""

    def __init__(self, document: Document, mentions: Sequence[MentionLike]) -> None:
        self.document = document
        self.own: set[str] = set()
        self.bare: Counter[str] = Counter()
        named = {k for mention in mentions for k in range(mention.first, mention.last)}
        folds, languages = document.tokens.fold, document.languages
        for index in document.telling(_kinds_of):
            kind = self.kind(index)
            if kind != _HOLDINGS and index not in named:
                self.bare[kind] += 1
                if _OUR_SUFFIX in folds[index] and languages[index] == "uz":
                    self.own.add(kind)
        if not _OURS.isdisjoint(folds):
            for index in [index for index, folded in enumerate(folds) if folded in _OURS]:
                following = (self.kind(at) for at in range(index + 1, min(index + 3, len(folds))))
                self.own.add(next(filter(None, following), ""))
        self.own.discard("")

    def frequent(self) -> list[str]:
        """Return the kinds whose nouns stand bare about as often as those of any kind."""
        most = max(self.bare.values(), default=0)
        return [kind for kind, count in self.bare.items() if 2 * count > most]

    def within(self, mention: MentionLike) -> set[str]:
        """Return the kinds of the nouns of a name."""
        return {self.kind(k) for k in range(mention.first, mention.last)} - {""}

    def kind(self, index: int) -> str:
        """Return the kind of institution that a token is the noun of, "" for none."""
        return _kinds_of(self.document.languages[index])[self.document.tokens.fold[index]]


@cache
def _kinds_of(language: str) -> Kept[str]:
    """Return the kinds of institution that the folded words of a language are nouns of, "" for none."""
    words = grammar("institutions").lexicon

    def kind(folded: str) -> str:
        reading = words.reading(language, folded)
        return reading.value if reading is not None and reading.symbol in ("HEAD", "BODY") else ""

    return Kept(kind)


_WE = frozenset(grammar("institutions").lexicon.settings["we"])
_OURS = frozenset(grammar("institutions").lexicon.settings["ours"])
