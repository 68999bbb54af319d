"""Passages of one language and one script.

The text is cut at line ends and sentence ends. The words of each piece bear points for languages (letters first, then
frequent words and suffixes: see identification.py). Then the way of most points through the pieces is taken, where
changing the language costs points, more within a line than at an empty line: a piece with little evidence of its own
(a heading, a list of names) thus stays with its neighbours, and a clear one makes a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.text.identification import FIRST, WORDS, Evidence

__all__ = ["Passage", "passages"]

UNDETERMINED = "und"
NO_SCRIPT = "Zyyy"

# What a change of language costs, in points of evidence (a frequent word bears 12), by what stands between the pieces.
_PARAGRAPH, _LINE, _SENTENCE = 9, 13, 20
_CONTRARY_LETTER = 0.6  # a letter in a script that the language is not written in
_UNKNOWN_WORD = 0.5  # how much each word speaks for a language that is not known here
_QUOTED = 0.75  # how much of the evidence within quotation marks is left out where languages mix


@dataclass(frozen=True, slots=True)
class Passage:
    """A half-open span of code points in one language ("uz", "ru", "en" or "und") and one script (ISO 15924)."""

    start: int
    end: int
    language: str
    script: str


_LINE_END = re.compile(r"[\n\t]\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"»”’)\].!?…]{0,8}\s+(?=[^\W\d_]|[«“\"])")
_QUOTATION = re.compile(r"«[^»\n]{2,400}»|“[^”\n]{2,400}”|„[^“”\n]{2,400}[“”]|\"[^\"\n]{2,400}\"")

_EVIDENCE = Evidence()
_STATES: tuple[tuple[str, str], ...] = (  # in the order of `_scores`; the first is taken where nothing speaks for any
    (UNDETERMINED, ""),
    ("uz", "Latn"),
    ("uz", "Cyrl"),
    ("ru", "Cyrl"),
    ("en", "Latn"),
)


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    change: float  # what a change of language before this piece costs
    fields: tuple[int, ...]


def passages(text: str) -> tuple[Passage, ...]:
    """Return the passages of a text, in order, without gap or overlap; () for the empty text. Linear time.

    >>> [(p.language, p.script) for p in passages("Китоб фондга топширилди.\\n\\nThe book was given to the library.")]
    [('uz', 'Cyrl'), ('en', 'Latn')]
    """
    if not text:
        return ()
    pieces = _pieces(text)
    found: list[Passage] = []
    for piece, state in zip(pieces, _states(pieces), strict=True):
        language, script = _STATES[state]
        script = script or _script(text, piece) or (found[-1].script if found else "")
        if found and found[-1].language == language and script in (found[-1].script, ""):
            found[-1] = Passage(found[-1].start, piece.end, language, script or found[-1].script)
        elif found and not found[-1].script and found[-1].language == language:
            found[-1] = Passage(found[-1].start, piece.end, language, script)
        else:
            found.append(Passage(piece.start, piece.end, language, script))
    return tuple(p if p.script else Passage(p.start, p.end, p.language, NO_SCRIPT) for p in found)


def _pieces(text: str) -> list[_Piece]:
    """Cut the text into lines, and a line in which languages may mix into its sentences."""
    pieces: list[_Piece] = []
    for start, end, change in _lines(text):
        fields = _EVIDENCE.of(text, start, end)
        if _plain(fields):
            pieces.append(_Piece(start, end, change, fields))
            continue
        for match in _SENTENCE_END.finditer(text, start, end):
            if not (text[match.end()].islower() or _initial(text, match.start())):
                pieces.append(_Piece(start, match.end(), change, _fields(text, start, match.end())))
                start, change = match.end(), _SENTENCE
        pieces.append(_Piece(start, end, change, _fields(text, start, end)))
    return pieces


def _lines(text: str) -> Iterator[tuple[int, int, float]]:
    """Yield each line (a sentence wrapped over lines is one) and what a change of language before it costs."""
    start, change = 0, 0.0
    for match in _LINE_END.finditer(text):
        at, end = match.span()
        if at == start or end == len(text):
            continue
        blank = text.count("\n", at, end) > 1
        if blank or not (text[end].islower() and _goes_on(text[max(start, at - 3) : at], text[end])):
            yield start, end, change
            start, change = end, _PARAGRAPH if blank else _LINE
    yield start, len(text), change


def _plain(fields: tuple[int, ...]) -> bool:
    """Tell whether a line is so clearly of one language that none of its sentences can be of another."""
    latin, cyrillic, foreign, _, uzbek, russian, english = fields[: FIRST + 3]
    first, second, _ = sorted((uzbek, russian, english), reverse=True)
    contrary = min(latin, cyrillic) + foreign
    return second <= 20 + first // 32 and 2 * max(fields[FIRST + 3 :]) <= first and 8 * contrary <= latin + cyrillic


def _initial(text: str, at: int) -> bool:
    """Tell whether the full stop at `at` stands after a single letter (A. Navoiy, 2010 г.)."""
    return text[at - 1].isalpha() and not text[at - 2 : at - 1].isalnum()


def _goes_on(before: str, following: str) -> bool:
    """Tell whether a line that begins with a small letter may be the same sentence: not where the script changes."""
    last = before.rstrip(" -\u00ad\u00a0\r")[-1:]
    return not last.isalpha() or (last < "\u0400") == (following < "\u0400")


def _fields(text: str, start: int, end: int) -> tuple[int, ...]:
    """Return the evidence of text[start:end]; what stands in quotation marks counts less where languages mix."""
    fields = _EVIDENCE.of(text, start, end)
    points = sorted(fields[FIRST:])
    if points[-2] < 20 or not _QUOTATION.search(text, start, end):
        return fields
    columns = zip(*(_EVIDENCE.of(text, *match.span()) for match in _QUOTATION.finditer(text, start, end)), strict=True)
    quoted = [sum(column) for column in columns]
    if quoted[WORDS] == fields[WORDS]:
        return fields
    return tuple(a - int(_QUOTED * b) for a, b in zip(fields, quoted, strict=True))


def _script(text: str, piece: _Piece) -> str:
    """Return the script of most letters; the first of the data where two have as many, "" where there is no letter."""
    latin, cyrillic, foreign = piece.fields[:WORDS]
    if not foreign:
        return "Latn" if latin >= cyrillic and latin else "Cyrl" if cyrillic else ""
    part = text[piece.start : piece.end]
    counts = {name: len(letters.findall(part)) for name, letters in _EVIDENCE.scripts.items()}
    most = max(counts.values())
    return next(name for name, count in counts.items() if count == most) if most else ""


def _scores(fields: tuple[int, ...]) -> tuple[float, float, float, float, float]:
    """Return the points of each state for one piece."""
    latin, cyrillic, foreign, words, uzbek, russian, english = fields[: FIRST + 3]
    against_latin = _CONTRARY_LETTER * (cyrillic + foreign)
    against_cyrillic = _CONTRARY_LETTER * (latin + foreign)
    other = max(fields[FIRST + 3 :])
    unknown = other + _UNKNOWN_WORD * words + foreign
    known = uzbek - against_latin, uzbek - against_cyrillic, russian - against_cyrillic, english - against_latin
    if (
        0 < other <= (most := max(known))
    ):  # «Итоги 2019 года»: where nothing speaks against a language known here, it is that one
        unknown = min(unknown, most - _UNKNOWN_WORD)
    return unknown, *known


def _states(pieces: list[_Piece]) -> list[int]:
    """Return the state of each piece on the way of most points (Viterbi; all changes at a place cost the same)."""
    count = len(_STATES)
    total = list(_scores(pieces[0].fields))
    back: list[list[int]] = []
    for piece in pieces[1:]:
        best = max(range(count), key=total.__getitem__)
        changed = total[best] - piece.change
        scores = _scores(piece.fields)
        origin = [state if total[state] >= changed else best for state in range(count)]
        total = [
            total[origin[state]] - (piece.change if origin[state] != state else 0.0) + scores[state]
            for state in range(count)
        ]
        back.append(origin)
    state = max(range(count), key=total.__getitem__)
    states = [state]
    for origin in reversed(back):
        state = origin[state]
        states.append(state)
    return states[::-1]
