"""Votes of NER engines become names of institutions: `Panel` asks the engines, `pipeline.ner.policy` says what a vote is worth.

A vote never overrides the gazetteer; it fills what rules and gazetteer leave open, and an engine that saw what the rules found may mend the bounds of a
rule's name. What an engine loses (a window on which it fails, a span that cuts
a word) is counted in `Panel.lost` and told in the log, once for each engine and reason; everything else goes on.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from pipeline.authority.countries import Place
from pipeline.finders.institutions import Name
from pipeline.languages.lexicon import lexicon
from pipeline.ner.engine import DocumentEngine, Engine, Vote
from pipeline.ner.gate import open_sentences
from pipeline.ner.policy import accepted, confirmed, mended
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Tokens

__all__ = ["Panel", "Window", "windows"]

_LOG = logging.getLogger("hamkor.ner")
_SETTINGS = lexicon("ner").settings
_POSSESSIVES = frozenset(_SETTINGS["possessives"])


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens [first, last) of one language that an engine reads at once. `parted` where a sentence longer than a window had to be cut at its end."""

    first: int
    last: int
    language: str
    parted: bool = False


class Panel:
    """The engines of one extractor. `lost` counts what each could not give: {("spacy:mine", "failed"): 2, ("spacy:mine", "misaligned"): 1}."""

    def __init__(self, engines: Iterable[Engine | DocumentEngine]) -> None:
        self.engines = tuple((engine, Lock()) for engine in engines)
        self.lost: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def add(self, document: Document, names: Sequence[Name], places: Sequence[Place | None]) -> list[Name]:
        """Return the names with those that engines add, in order; of engines that disagree the first one asked has its way.

        `places` is `atlas.all(document.tokens)`. Safe for threads.
        """
        everything = list(names)
        taken = bytearray(len(document.tokens))
        for name in names:
            taken[name.first : name.last] = b"\1" * (name.last - name.first)
        for engine, alone in self.engines:
            saw = isinstance(engine, DocumentEngine)  # what the rules found
            for first, last, score in self._votes(engine, alone, document, names, places):
                changed = None
                if saw:
                    changed = confirmed(document, first, last, score, names=everything) or mended(
                        document, first, last, score, engine=engine.name, names=everything
                    )
                if changed is not None:
                    old, new = changed
                    everything = [name for name in everything if name not in old] + [new]
                    for name in old:
                        taken[name.first : name.last] = bytes(name.last - name.first)
                    taken[new.first : new.last] = b"\1" * (new.last - new.first)
                    continue
                name_ = accepted(document, first, last, score, engine=engine.name, taken=taken, places=places, saw=saw)
                if name_ is not None:
                    everything.append(name_)
                    taken[name_.first : name_.last] = b"\1" * (name_.last - name_.first)
        return sorted(everything, key=lambda name: name.first)

    def _votes(
        self,
        engine: Engine | DocumentEngine,
        alone: Lock,
        document: Document,
        names: Sequence[Name],
        places: Sequence[Place | None],
    ) -> Iterator[tuple[int, int, float]]:
        """Yield the votes of one engine on a document, as tokens [first, last) with scores."""
        if isinstance(engine, DocumentEngine):
            languages = document.languages
            sentences = [
                sentence
                for sentence in open_sentences(document, names, places)
                if languages[sentence[0]] in engine.languages
            ]
            try:
                with alone:
                    votes = list(engine.read(document, names, places, sentences)) if sentences else []
            except Exception as error:  # a model that fails costs its votes and no more
                self._tell(engine.name, "failed", f"its votes on an article are lost: {type(error).__name__}: {error}")
                return
            yield from votes
            return
        for window in windows(document):
            if window.language in engine.languages:
                yield from self._ask(engine, alone, document, window)

    def _ask(self, engine: Engine, alone: Lock, document: Document, window: Window) -> list[tuple[int, int, float]]:
        """Return the votes of one engine on one window, as tokens [first, last) with scores."""
        if window.parted:
            self._tell(engine.name, "parted", "a sentence longer than a window was read in parts")
        offset = document.tokens.start[window.first]
        found: list[tuple[int, int, float]] = []
        try:
            with alone:
                votes = engine.find(_running(document.tokens, window), window.language)
            for vote in votes:
                span = _aligned(document.tokens, window, Vote(vote.start + offset, vote.end + offset, vote.score))
                if span is None:
                    self._tell(
                        engine.name,
                        "misaligned",
                        f"a vote on {vote.start}-{vote.end} of a window is no row of whole words and is lost",
                    )
                else:
                    found.append((*span, float(vote.score)))
        except (
            Exception
        ) as error:  # an engine is foreign code: whatever it raises, it loses this window and nothing else
            self._tell(
                engine.name,
                "failed",
                f"a window of {window.last - window.first} tokens is lost: {type(error).__name__}: {error}",
            )
            return []
        return found

    def _tell(self, engine: str, reason: str, message: str) -> None:
        with self._lock:
            self.lost[engine, reason] += 1
            first = self.lost[engine, reason] == 1
        if first:
            _LOG.warning("%s: %s (told once; all are counted)", engine, message)


def windows(document: Document) -> Iterator[Window]:
    """Yield the windows of a document, in order: whole sentences of one language, together no longer than a window. Every token is in exactly one.

    Only a sentence that is longer than a window is cut, between words. Passages of no known language ("und") have windows too.
    """
    starts, ends = document.tokens.start, document.tokens.end
    open_: Window | None = None
    for piece in _pieces(document):
        if (
            open_ is not None
            and not open_.parted
            and open_.language == piece.language
            and ends[piece.last - 1] - starts[open_.first] <= _SETTINGS["window"]
        ):
            open_ = Window(open_.first, piece.last, piece.language, piece.parted)
            continue
        if open_ is not None:
            yield open_
        open_ = piece
    if open_ is not None:
        yield open_


def _pieces(document: Document) -> Iterator[Window]:
    """Yield the sentences of a document; those in two languages or longer than a window in parts."""
    tokens, languages, limit = document.tokens, document.languages, _SETTINGS["window"]
    for begin, end in tokens.sentences:
        while begin < end:
            stop = begin + 1
            while stop < end and languages[stop] == languages[begin]:
                stop += 1
            while tokens.end[stop - 1] - tokens.start[begin] > limit and stop - begin > 1:
                widest = max(bisect_right(tokens.end, tokens.start[begin] + limit, begin, stop), begin + 1)
                cut = next(
                    (
                        cut
                        for cut in range(widest, begin + (widest - begin) // 2, -1)
                        if tokens.gap[cut] is not Gap.NONE
                    ),
                    widest,
                )
                yield Window(begin, cut, languages[begin], parted=True)
                begin = cut
            yield Window(begin, stop, languages[begin])
            begin = stop


def _running(tokens: Tokens, window: Window) -> str:
    """Return the text of a window, with spaces for the line breaks that only wrap it: models take a line break for an end."""
    parts: list[str] = []
    at = tokens.start[window.first]
    for index in range(window.first + 1, window.last):
        if tokens.gap[index] is Gap.LINE:
            before, start = tokens.end[index - 1], tokens.start[index]
            parts += (tokens.text[at:before], " " * (start - before))
            at = start
    parts.append(tokens.text[at : tokens.end[window.last - 1]])
    return "".join(parts)


def _aligned(tokens: Tokens, window: Window, vote: Vote) -> tuple[int, int] | None:
    """Return the tokens [first, last) that a vote covers, or None where it is empty, leaves the window or cuts a word.

    White space at its edges is passed over. A vote that ends before an English ’s takes it in, since the word has it.
    """
    start, end = vote.start, vote.end
    if not tokens.start[window.first] <= start < end <= tokens.end[window.last - 1]:
        return None
    text = tokens.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    first = bisect_left(tokens.start, start, window.first, window.last)
    last = bisect_left(tokens.end, end, window.first, window.last) + 1
    if start >= end or first >= window.last or tokens.start[first] != start or last <= first:
        return None
    rest = tokens.text[end : tokens.end[last - 1]]
    return (first, last) if not rest or rest in _POSSESSIVES else None
