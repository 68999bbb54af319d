"""Training sentences as careless people type them: other apostrophes and quotation marks or none, no full stops, no capitals, all capitals, slips of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random

from pipeline.corpus.sentences import Sentence
from pipeline.languages.lexicon import lexicon

__all__ = ["noisy"]

_SETTINGS = lexicon("ner").settings["noise"]
_APOSTROPHES = tuple(_SETTINGS["apostrophes"])
_QUOTES = tuple(_SETTINGS["quotes"])
_Edit = tuple[int, int, str]


def noisy(sentence: Sentence, random: Random) -> Sentence:
    """Return the sentence with one kind of noise, its names where they then stand. The same for the same state of `random`."""
    edits = list(random.choice(_KINDS)(sentence, random))
    changed = _edited(sentence, edits)
    for name in changed.names:
        found = changed.text[name.start : name.end]
        if not found or found != found.strip():
            return sentence
    return changed


def _edited(sentence: Sentence, edits: Iterable[_Edit]) -> Sentence:
    """Return the sentence after edits (start, end, new text), in order and not overlapping; an end of a name that is cut off moves inwards."""
    moved = list(range(len(sentence.text) + 1))  # where each place between two characters comes to stand
    pieces: list[str] = []
    at = length = 0
    for start, end, new in [*edits, (len(sentence.text), len(sentence.text), "")]:
        for place in range(at, start + 1):
            moved[place] = length + place - at
        pieces += sentence.text[at:start], new
        length += start - at
        for place in range(start + 1, end + 1):
            moved[place] = length + min(place - start, len(new)) if place < end else length + len(new)
        length += len(new)
        at = end
    names = tuple(replace(name, start=moved[name.start], end=moved[name.end]) for name in sentence.names)
    return replace(sentence, text="".join(pieces), names=names)


def _apostrophes(sentence: Sentence, random: Random) -> Iterator[_Edit]:
    typed = random.choice(_APOSTROPHES)
    text = sentence.text
    for at, sign in enumerate(text):
        if sign in _APOSTROPHES[:-1] and 0 < at < len(text) - 1 and text[at - 1].isalpha() and text[at + 1].isalpha():
            yield at, at + 1, typed


def _quotes(sentence: Sentence, random: Random) -> Iterator[_Edit]:
    opening, closing = random.choice(_QUOTES) or ("", "")
    opened = False
    for at, sign in enumerate(sentence.text):
        if sign in "«“„" or (sign == '"' and not opened):
            yield at, at + 1, closing if sign == "“" and opened else opening
            opened = not (sign == "“" and opened)
        elif sign in '»”"':
            yield at, at + 1, closing
            opened = False


def _stops(sentence: Sentence, random: Random) -> Iterator[_Edit]:
    for at, sign in enumerate(sentence.text):
        if sign == "." and random.random() < 0.5:
            yield at, at + 1, ""


def _small(sentence: Sentence, random: Random) -> Iterator[_Edit]:
    """Small letters: everywhere, or here and there."""
    share = random.choice((1.0, 0.5, 0.2))
    for at, letter in enumerate(sentence.text):
        if letter.isupper() and len(letter.lower()) == 1 and random.random() < share:
            yield at, at + 1, letter.lower()


def _capitals(sentence: Sentence, random: Random) -> Iterator[_Edit]:
    """Capitals: the whole sentence like a heading, or every word like a title."""
    whole = random.random() < 0.5
    for at, letter in enumerate(sentence.text):
        if letter.islower() and len(letter.upper()) == 1 and (whole or not at or sentence.text[at - 1] == " "):
            yield at, at + 1, letter.upper()


def _slips(sentence: Sentence, random: Random) -> Iterator[_Edit]:
    """Letters lost, doubled or turned round."""
    text, at = sentence.text, 1
    while at < len(text) - 2:
        if text[at - 1 : at + 3].isalpha() and text[at : at + 2].islower() and random.random() < 0.03:
            yield at, at + 2, random.choice((text[at], text[at] * 2 + text[at + 1], text[at + 1] + text[at]))
            at += 2
        at += 1


_KINDS: tuple[Callable[[Sentence, Random], Iterator[_Edit]], ...] = (
    _apostrophes,
    _quotes,
    _stops,
    _small,
    _capitals,
    _slips,
)
