"""Whose article it is: the institution that says “we”, whose report or history it is, that “the museum” means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.kept import Kept
from pipeline.text.tokens import Gap, Kind

__all__ = ["MentionLike", "Nouns", "Signs", "alone", "home_of", "names_first_line"]

_TITLE = 25  # tokens of a title or letterhead
_HERALDS = ("government", "embassy")  # they tell what others do
_UNBOUND = ("international", "media", "publisher")
_VOTE = "ner:"
_OUR_SUFFIX = "miz"
_HOLDINGS = "foundation"  # «фонд» outside a name is what a library holds
_BARE = 4  # what bare nouns of a kind weigh at most
_OPENING = 200  # tokens before the abstract of a paper, the greeting of a letter
_HEADING = 12  # tokens of a heading after a name
_NAMED = 4  # what it weighs that the heading of the article is the name
_GENITIVE = "ning"
_PAPER = 8  # points that an institution needs of which a paper is
_GREETED = 6  # tokens between “Dear” and the name of whom a letter greets
_FOR_WHOM = 12  # tokens between “To” and the name of whom a letter is for


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


class Signs:
    """What a document shows of whose it is: where authors say where they work (`byline`), where others than its sender stand at the head of a letter
    (`addressed`; both as first tokens of mentions), the `nouns` for institutions, how often it says `we`. `bound`: the mentions of whom it may be."""

    def __init__(self, document: Document, mentions: Sequence[MentionLike], bound: Sequence[MentionLike]) -> None:
        self.addressed = _address(document, bound)
        self.byline = _byline(document, bound)
        self.nouns = Nouns(document, mentions)
        self.we = sum(map(_WE.__contains__, document.tokens.fold))


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
    signs = Signs(document, mentions, bound)
    tokens, byline, nouns = document.tokens, signs.byline, signs.nouns
    bound = [mention for mention in bound if mention.first not in signs.addressed] or bound
    head = next((end for _, end in tokens.sentences if end >= _TITLE), len(tokens))
    score: Counter[int] = Counter()
    titled: list[int] = []
    for mention in bound:
        score[mention.entity] += 2 + mention.link.startswith("short form")
        if mention.first < head and mention.first not in byline and mention.entity not in titled:
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
        score[titled[0]] += 3 if alone(document, first_of[titled[0]]) else 1
        if kinds[titled[0]] not in _HERALDS and names_first_line(document, first_of[titled[0]]):
            score[titled[0]] += _NAMED
    speaks = signs.we >= 2
    if speaks and titled:  # who says «we» is most often who is named first
        score[titled[0]] += 3
    ranked = score.most_common(2)
    margin = 1.5 if byline else 1.0 if speaks else 1.25
    if ranked[0][1] < (_PAPER if byline else 5) or (len(ranked) > 1 and ranked[0][1] < margin * ranked[1][1]):
        return None
    return ranked[0][0]


def alone(document: Document, mention: MentionLike) -> bool:
    """Return whether a name has a line to itself: a letterhead, a heading."""
    tokens = document.tokens
    first, last = tokens.sentences[tokens.sentence[mention.first]]
    return all(mention.first <= k < mention.last or tokens.kind[k] is not Kind.WORD for k in range(first, last))


def names_first_line(document: Document, mention: MentionLike) -> bool:
    """Return whether the first line of the article is about an institution: it begins with its name, which has a genitive or almost nothing after it."""
    tokens, last = document.tokens, mention.last
    end = _line_end(document, mention.first)
    if any(tokens.kind[index] is Kind.WORD for index in range(mention.first)) or end - last > _HEADING:
        return False
    genitive = document.languages[mention.first] == "uz" and tokens.fold[last - 1].endswith(_GENITIVE)
    words = sum(tokens.kind[index] is Kind.WORD for index in range(last, end))
    return end < len(tokens) and (genitive or words <= 1)


def _line_end(document: Document, index: int) -> int:
    """Return the token after the line of a token."""
    gap, end = document.tokens.gap, index + 1
    while end < len(gap) and gap[end] < Gap.LINE:
        end += 1
    return end


def _line_begin(document: Document, index: int) -> int:
    """Return the token that begins the line of a token."""
    gap = document.tokens.gap
    while index and gap[index] < Gap.LINE:
        index -= 1
    return index


def _byline(document: Document, mentions: Sequence[MentionLike]) -> set[int]:
    """Return where the authors of a paper say where they work: names after a comma or a number before its abstract. The paper is not about them."""
    tokens = document.tokens
    end = next(
        (k for k in range(min(len(tokens), _OPENING)) if tokens.fold[k] in _ABSTRACTS and _opens(document, k)), 0
    )
    out = set()
    for mention in mentions:
        before = mention.first - 1
        if mention.first >= end or before < 0:
            continue
        if (
            tokens.fold[before] == ","
            or (tokens.kind[before] is Kind.NUMBER and _opens(document, before))
            or _authored(document, mention.first)
        ):
            out.add(mention.first)
    return out


def _authored(document: Document, index: int) -> bool:
    """Return whether a person with initials or a degree stands on the line of a token or on the one above it: «Ф. Ш. Мухитдинова, профессор …»."""
    tokens = document.tokens
    first, end = _line_begin(document, index), _line_end(document, index)
    below = first and end - first <= _HEADING  # a line for the place where they work
    for begin in (first, _line_begin(document, first - 1)) if below else (first,):
        for at in range(begin, _line_end(document, begin)):
            initial = tokens.capital(at) and len(tokens.form(at)) == 1 and tokens.fold[at + 1 : at + 2] == ["."]
            if initial or tokens.fold[at] in _DEGREES:
                return True
    return False


def _address(document: Document, mentions: Sequence[MentionLike]) -> set[int]:
    """Return where the head of a letter names others than its sender: those above him in the letterhead, and whom it is for, between the date and the
    greeting or after “To”."""
    tokens = document.tokens
    greeting = next(
        (k for k in range(min(len(tokens), _OPENING)) if tokens.fold[k] in _DEAR and _opens(document, k)), 0
    )
    dated = next((k for k in range(greeting) if tokens.kind[k] is Kind.NUMBER), greeting)
    head = [mention for mention in mentions if mention.first < greeting]
    letterhead = [mention for mention in head if mention.first < dated and _alone_on_line(document, mention)]
    below = letterhead if dated < greeting else letterhead[:1]  # without a date nothing tells where the letterhead ends
    sender = below[-1].entity if below else None
    out = set()
    for mention in head:
        before = range(max(0, mention.first - _FOR_WHOM), mention.first)
        told = any(tokens.fold[index] in _TO and _opens(document, index) for index in before)
        if mention.entity != sender and (told or sender is not None):
            out.add(mention.first)
    if tokens.fold[greeting : greeting + 1] and tokens.fold[greeting] in _DEAR:  # «Qadrli X muzeyi jamoasi!»
        end = tokens.sentences[tokens.sentence[greeting]][1]
        out.update(mention.first for mention in mentions if greeting < mention.first < min(end, greeting + _GREETED))
    return out


def _alone_on_line(document: Document, mention: MentionLike) -> bool:
    """Return whether a name has its line to itself, at least from its beginning and at its end."""
    words = range(mention.last, _line_end(document, mention.last - 1))
    return _opens(document, mention.first) and all(document.tokens.kind[k] is not Kind.WORD for k in words)


def _opens(document: Document, index: int) -> bool:
    """Return whether a token is the first word of its line."""
    tokens = document.tokens
    while index and tokens.gap[index] < Gap.LINE:
        if tokens.kind[index - 1] is Kind.WORD:
            return False
        index -= 1
    return True


class Nouns:
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
_ABSTRACTS = frozenset(map(fold, grammar("institutions").lexicon.settings["abstracts"]))
_DEGREES = frozenset(map(fold, grammar("institutions").lexicon.settings["degrees"]))
_TO = frozenset(map(fold, grammar("institutions").lexicon.settings["addressed"]))
_DEAR = frozenset(map(fold, grammar("institutions").lexicon.settings["dear"]))
