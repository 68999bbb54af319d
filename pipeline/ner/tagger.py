"""A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over tokens, read with nothing but Python: what hamkor's own model is by default.

A template says what the tagger looks at: columns of a sentence and where, seen from a token: `word[-1]`, `class[0] class[1]`. What it sees there has two
weights, for B and for I (a token in a name, the first and a later one); those for O, outside, are 0, since only differences count.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.languages.lexicon import DataError
from pipeline.ner.clues import Sentence

__all__ = ["COLUMNS", "FILE", "LABELS", "Tagger", "Template", "columns", "seen", "template_of"]

FILE = "tagger.json.gz"
LABELS = "OBI"
_FARTHEST = 2  # tokens that a template may look to either side
_FORMAT = 1
_UNIT = 1000  # weights are kept as whole thousandths
_ITEM = re.compile(r"([a-z]+\d?)\[(-?\d)\]")
_EDGE, _TAB = "|", "\t"
_NEVER = -1e9
_REMEMBERED = 1 << 15  # tokens whose weights are kept

Column = Callable[[str, str, str], str]


class Template(NamedTuple):
    """Columns and where they are looked at, as distances from the token."""

    items: tuple[tuple[str, int], ...]


def _shape(word: str) -> str:
    if not word[:1].isalpha():
        return "1" if word[:1].isdigit() else word if len(word) == 1 else "."
    if word[0].islower():
        return "x"
    return "X" if len(word) == 1 else "XX" if word.isupper() else "Xx"


def _class(symbol: str, word: str) -> str:
    """Return a symbol without the marks of its word, and whether the word has a capital."""
    return symbol.partition(".")[0] + "'" * (word[:1].isalpha() and not word[0].islower())


COLUMNS: dict[str, Column] = {
    "word": lambda word, symbol, rule: word.lower(),
    "shape": lambda word, symbol, rule: _shape(word),
    "symbol": lambda word, symbol, rule: symbol,
    "rule": lambda word, symbol, rule: rule,
    "prefix3": lambda word, symbol, rule: word.lower()[:3],
    "suffix2": lambda word, symbol, rule: word.lower()[-2:],
    "suffix3": lambda word, symbol, rule: word.lower()[-3:],
    "class": lambda word, symbol, rule: _class(symbol, word),
    "mark": lambda word, symbol, rule: rule[:1],
}
"""What a tagger can look at, by name, made of a token's word, symbol and rule. `mark` is B or I where the rules have a name."""


def columns(sentence: Sentence) -> dict[str, list[str]]:
    """Return the columns of a sentence, each with `_FARTHEST` edges on either side, so that every distance has something to look at."""
    edges = [_EDGE] * _FARTHEST
    return {
        name: [*edges, *map(column, sentence.words, sentence.symbols, sentence.rules), *edges]
        for name, column in COLUMNS.items()
    }


def template_of(source: str) -> Template:
    """Return the template that is written so: `word[-1] class[0]`. Raises DataError where it is none."""
    items = tuple((match[1], int(match[2])) for match in _ITEM.finditer(source))
    if source != " ".join(f"{name}[{at}]" for name, at in items) or not items:
        raise DataError(f"{source!r} is no template; write columns and distances, such as word[-1] class[0]")
    for name, at in items:
        if name not in COLUMNS or abs(at) > _FARTHEST:
            raise DataError(f"{source!r}: a column is one of {', '.join(COLUMNS)}, a distance at most {_FARTHEST}")
    return Template(items)


def seen(template: Template, made: Mapping[str, Sequence[str]], length: int) -> Iterator[str]:
    """Return what a template sees at each token of a sentence of so many tokens, as one string."""
    return map(_TAB.join, zip(*_views(template, made, length), strict=True))


def _views(template: Template, made: Mapping[str, Sequence[str]], length: int) -> list[Sequence[str]]:
    """Return each column of a template as it is seen from the tokens of a sentence."""
    return [made[name][_FARTHEST + at : _FARTHEST + at + length] for name, at in template.items]


_Weights = tuple[Template, Mapping[str, tuple[float, float]]]


class Tagger:
    """A trained tagger. `weights`: for each template what it may see, with the weights for B and I; `transitions`: weight of each pair of labels ("OB")."""

    def __init__(
        self, weights: Mapping[str, Mapping[str, tuple[float, float]]], transitions: Mapping[str, float]
    ) -> None:
        self._weights: list[_Weights] = [(template_of(source), table) for source, table in weights.items()]
        here = [(template, table) for template, table in self._weights if len({at for _, at in template.items}) == 1]
        self._single = [([name for name, _ in template.items], template.items[0][1], table) for template, table in here]
        self._columns = sorted({name for template, _ in self._joint_weights() for name, _ in template.items})
        self._token = lru_cache(maxsize=_REMEMBERED)(self._weigh)
        step = {pair: transitions.get(pair, 0.0) for pair in (a + b for a in LABELS for b in LABELS)}
        self._step = {**step, "OI": _NEVER}  # a name begins with its first token

    def _joint_weights(self) -> list[_Weights]:
        """Return the templates that look at several tokens together, with their weights."""
        return [each for each in self._weights if len({at for _, at in each[0].items}) > 1]

    @cached_property
    def _joint(self) -> list[tuple[Template, dict[tuple[str, ...], tuple[float, float]]]]:
        """Those with what they see taken apart, as it is asked for. Made for the first sentence: many texts have none for the tagger."""
        return [
            (template, {tuple(value.split(_TAB)): pair for value, pair in table.items()})
            for template, table in self._joint_weights()
        ]

    @classmethod
    def load(cls, file: Path) -> Tagger:
        """Return the tagger of a file that `save` wrote. Raises DataError with the remedy."""
        try:
            with gzip.open(file, "rt", encoding="utf-8") as source:
                read = json.load(source)
            if read["format"] != _FORMAT:
                raise DataError(f"it has the format {read['format']}, this hamkor reads {_FORMAT}")
            weights = {
                template: {
                    value: (begin / _UNIT, inside / _UNIT)
                    for value, begin, inside in zip(table["seen"], table["B"], table["I"], strict=True)
                }
                for template, table in read["weights"].items()
            }
            return cls(weights, {pair: weight / _UNIT for pair, weight in read["transitions"].items()})
        except (DataError, OSError, EOFError, KeyError, TypeError, ValueError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise DataError(f"{file}: cannot be loaded: {reason}; make it anew with `hamkor train`") from error

    def save(self, file: Path) -> None:
        """Write the tagger to a file; the same tagger gives the same bytes."""
        weights: dict[str, Any] = {}
        for template, table in self._weights:
            rows = sorted((value, round(b * _UNIT), round(i * _UNIT)) for value, (b, i) in table.items())
            kept = [row for row in rows if row[1] or row[2]]
            source = " ".join(f"{name}[{at}]" for name, at in template.items)
            weights[source] = {key: [row[place] for row in kept] for place, key in enumerate(("seen", "B", "I"))}
        steps = {pair: round(weight * _UNIT) for pair, weight in self._step.items() if weight != _NEVER}
        text = json.dumps(
            {"format": _FORMAT, "transitions": steps, "weights": weights}, ensure_ascii=False, separators=(",", ":")
        )
        with file.open("wb") as target, gzip.GzipFile("", "wb", 9, target, mtime=0) as packed:
            packed.write(text.encode())

    def names(self, sentence: Sentence) -> list[tuple[int, int, float]]:
        """Return the names of the likeliest reading of a sentence, as its tokens [first, last), each with its probability; [] where that is what the rules say,
        and are sure of."""
        begin, inside = self._scores(sentence)
        spans = _spans(self._best(begin, inside))
        if not sentence.doubted and spans == _spans([rule[:1] or "O" for rule in sentence.rules]):
            return []
        return self._probabilities(begin, inside, spans)

    def _scores(self, sentence: Sentence) -> tuple[list[float], list[float]]:
        """Return what speaks at each token for B and for I, against O."""
        length = len(sentence.words)
        edges = [self._token(None, "", "")] * _FARTHEST
        tokens = [*edges, *map(self._token, sentence.words, sentence.symbols, sentence.rules), *edges]
        # the vector of a token has what it says of the tokens around it, from the farthest one after it to the farthest one before it
        vectors = [token[0] for token in tokens]
        around = [vectors[at : at + length] for at in range(2 * _FARTHEST + 1)]
        begin = [a[0] + b[1] + c[2] + d[3] + e[4] for a, b, c, d, e in zip(*around, strict=True)]
        inside = [a[5] + b[6] + c[7] + d[8] + e[9] for a, b, c, d, e in zip(*around, strict=True)]
        made = dict(zip(self._columns, zip(*(token[1] for token in tokens), strict=True), strict=True))
        for template, table in self._joint:
            for index, weights in enumerate(map(table.get, zip(*_views(template, made, length), strict=True))):
                if weights is not None:
                    begin[index] += weights[0]
                    inside[index] += weights[1]
        return begin, inside

    def _weigh(self, word: str | None, symbol: str, rule: str) -> tuple[tuple[float, ...], tuple[str, ...]]:
        """Return what a token by itself says for B, then for I, at each distance from which it is looked at, and its columns that templates look at together
        with those of other tokens. None is an edge of a sentence."""
        made = {name: _EDGE if word is None else column(word, symbol, rule) for name, column in COLUMNS.items()}
        begin, inside = [0.0] * (2 * _FARTHEST + 1), [0.0] * (2 * _FARTHEST + 1)
        for names, at, table in self._single:
            weights = table.get(_TAB.join(made[name] for name in names))
            if weights is not None:
                begin[_FARTHEST + at] += weights[0]
                inside[_FARTHEST + at] += weights[1]
        return (*begin, *inside), tuple(made[name] for name in self._columns)

    def _best(self, begin: Sequence[float], inside: Sequence[float]) -> list[str]:
        """Return the labels of the likeliest reading (Viterbi)."""
        step = self._step
        oo, ob, bo, bb, bi, io, ib, ii = (step[pair] for pair in ("OO", "OB", "BO", "BB", "BI", "IO", "IB", "II"))
        at_o, at_b, at_i = 0.0, begin[0], _NEVER
        back: list[tuple[str, str, str]] = []
        for b, i in zip(begin[1:], inside[1:], strict=True):
            to_o = max((at_o + oo, "O"), (at_b + bo, "B"), (at_i + io, "I"))
            to_b = max((at_o + ob, "O"), (at_b + bb, "B"), (at_i + ib, "I"))
            to_i = max((at_b + bi, "B"), (at_i + ii, "I"))
            back.append((to_o[1], to_b[1], to_i[1]))
            at_o, at_b, at_i = to_o[0], to_b[0] + b, to_i[0] + i
        label = max((at_o, "O"), (at_b, "B"), (at_i, "I"))[1]
        labels = [label]
        for came in reversed(back):
            label = came[LABELS.index(label)]
            labels.append(label)
        return labels[::-1]

    def _probabilities(
        self, begin: Sequence[float], inside: Sequence[float], spans: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, float]]:
        """Return the probability of each span: that of all readings in which it is a name, with just these bounds (forward and backward sums, scaled)."""
        factor = {pair: exp(weight) if weight != _NEVER else 0.0 for pair, weight in self._step.items()}
        oo, ob, bo, bb, bi, io, ib, ii = (factor[pair] for pair in ("OO", "OB", "BO", "BB", "BI", "IO", "IB", "II"))
        # each token's three factors are divided by the greatest: no sum can then overflow
        local = []
        for b, i in zip(begin, inside, strict=True):
            top = max(0.0, b, i)
            local.append((exp(-top), exp(b - top), exp(i - top)))
        length = len(local)
        forward = [(local[0][0], local[0][1], 0.0)]
        scale = [1.0]
        for o, b, i in local[1:]:
            fo, fb, fi = forward[-1]
            to = (o * (fo * oo + fb * bo + fi * io), b * (fo * ob + fb * bb + fi * ib), i * (fb * bi + fi * ii))
            total = sum(to)
            forward.append((to[0] / total, to[1] / total, to[2] / total))
            scale.append(total)
        backward = [(1.0, 1.0, 1.0)] * length
        for index in range(length - 1, 0, -1):
            go, gb, gi = (x * y for x, y in zip(local[index], backward[index], strict=True))
            s = scale[index]
            backward[index - 1] = (
                (go * oo + gb * ob) / s,
                (go * bo + gb * bb + gi * bi) / s,
                (go * io + gb * ib + gi * ii) / s,
            )
        total = sum(forward[-1])
        rated = []
        for first, last in spans:
            share, out, again = forward[first][1], bo, bb
            for index in range(first + 1, last):
                share *= (bi if index == first + 1 else ii) * local[index][2] / scale[index]
                out, again = io, ib
            if last < length:
                go, gb = local[last][0] * backward[last][0], local[last][1] * backward[last][1]
                share *= (out * go + again * gb) / scale[last]
            rated.append((first, last, min(share / total, 1.0)))
        return rated


def _spans(labels: Sequence[str]) -> list[tuple[int, int]]:
    """Return the names that labels make, as [first, last)."""
    spans: list[tuple[int, int]] = []
    for index, label in enumerate(labels):
        if label == "I" and spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
        elif label in ("B", "I"):
            spans.append((index, index + 1))
    return spans
