"""The mentions of a document by sentence and paragraph: who is named where, and which sentences are lines of a list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["Passages"]

_OPENING = frozenset("«“„‘\"'([")


class Passages:
    """The outermost mentions of a document (first token, last token, entity; sorted), and the tokens that are `dated`."""

    def __init__(
        self, document: Document, mentions: Sequence[tuple[int, int, int]], dated: frozenset[int] = frozenset()
    ) -> None:
        self.document, self.dated = document, dated
        self.mentions: list[tuple[int, int, int]] = []
        for mention in sorted(mentions, key=lambda m: (m[0], -m[1])):
            if not self.mentions or mention[0] >= self.mentions[-1][1]:
                self.mentions.append(mention)
        self.starts = [first for first, _, _ in self.mentions]
        self._paragraphs: list[int] | None = None  # of each sentence
        self._items: dict[int, bool] = {}

    def within(self, first: int, last: int) -> list[int]:
        """Return the entities mentioned in tokens [first, last), in order, each once."""
        found = self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, last)]
        return list(dict.fromkeys(entity for _, _, entity in found))

    def before(self, at: int, most: int) -> list[tuple[int, int, int]]:
        """Return the last mentions (at most `most`) before token `at`, in order."""
        end = bisect_left(self.starts, at)
        return self.mentions[max(end - most, 0) : end]

    def around(self, sentence: int, back: int) -> list[int]:
        """Return the entities named in the last of the `back` sentences before one that names any, and in the one before that; in order.

        They stand in its paragraph, or in the one before where the sentence begins its own.
        """
        sentences = self.document.tokens.sentences
        found: list[int] = []
        for number in range(sentence - 1, max(sentence - 1 - back, -1), -1):
            here = self.within(*sentences[number])
            if len({*here, *found}) > 2 and found:
                break
            found = [*here, *(entity for entity in found if entity not in here)]
            if len(found) >= 2:
                break
        return found

    def items_follow(self, sentence: int) -> bool:
        """Return whether two lines of a list follow a sentence, at most one other line (a table's head) before them."""
        tokens = self.document.tokens
        lines = []
        for k in range(sentence + 1, min(sentence + 9, len(tokens.sentences))):
            if Kind.WORD in tokens.kind[slice(*tokens.sentences[k])]:  # not a bare “1.”
                lines.append(self.item(k))
        return lines[:2] == [True, True] or lines[1:3] == [True, True]

    def listed(self, sentence: int) -> set[int]:
        """Return the institutions that the lines of a list below a sentence begin with."""
        tokens, found, others = self.document.tokens, set(), 0
        for k in range(sentence + 1, len(tokens.sentences)):
            if self.item(k):
                found.add(self.within(*tokens.sentences[k])[0])
                others = 0
            elif Kind.WORD in tokens.kind[slice(*tokens.sentences[k])]:
                others += 1
            if others > 1:
                break
        return found

    def marked(self, sentence: int) -> bool:
        """Return whether a sentence begins with the mark of a list's line: a bullet, a dash, a number with its sign."""
        tokens = self.document.tokens
        if sentence >= len(tokens.sentences):
            return False
        first, last = tokens.sentences[sentence]
        if sentence and Kind.WORD not in tokens.kind[slice(*tokens.sentences[sentence - 1])]:
            return True  # the mark passes for a sentence of its own: “1.”
        numbered = tokens.kind[first] is Kind.NUMBER and first + 1 < last and tokens.fold[first + 1] in (".", ")")
        return numbered or (tokens.kind[first] is Kind.SIGN and tokens.fold[first] not in _OPENING)

    def stray(self, sentence: int, heading: int) -> bool:
        """Return whether a sentence is no line of the list under a heading: that one's lines bear marks, and it does not."""
        return self.marked(heading + 1) and not self.marked(sentence)

    def item(self, sentence: int) -> bool:
        """Return whether a sentence looks like a line of a list: short, and a name or a date stands at its head. Kept."""
        item = self._items.get(sentence)
        if item is None:
            item = self._items[sentence] = sentence < len(self.document.tokens.sentences) and self._item(sentence)
        return item

    def _item(self, sentence: int) -> bool:
        tokens = self.document.tokens
        first, last = tokens.sentences[sentence]
        number = bisect_left(self.starts, first)
        if last - first > 50 or number >= len(self.starts) or self.starts[number] >= last:
            return False
        lead = [k for k in range(first, self.starts[number]) if tokens.kind[k] is Kind.WORD and k not in self.dated]
        covered = {k for begin, end, _ in self.mentions[number : number + 8] for k in range(begin, end)}
        rest = [
            k for k in range(first, last) if tokens.kind[k] is Kind.WORD and k not in covered and k not in self.dated
        ]
        if len(rest) > 9:
            return False
        numbered = bool(first) and tokens.kind[tokens.sentences[tokens.sentence[first] - 1][0]] is Kind.NUMBER
        return len(lead) <= 4 and (tokens.gap[first] is Gap.BREAK or numbered or self.bare(first, last))

    def bare(self, first: int, last: int) -> bool:
        """Return whether tokens [first, last) are a name and hardly anything else: a number before it, a city in brackets after it."""
        number = bisect_left(self.starts, first)
        begin, end, _ = self.mentions[number]
        tokens = self.document.tokens
        before = [k for k in range(first, begin) if tokens.kind[k] is Kind.WORD]
        after = [k for k in range(end, last) if tokens.kind[k] is Kind.WORD]
        return not before and len(after) <= 2 and all(tokens.capital(k) for k in after)

    def same_paragraph(self, one: int, two: int) -> bool:
        """Return whether two tokens stand in one paragraph."""
        if self._paragraphs is None:
            gaps = self.document.tokens.gap  # a paragraph begins with a sentence
            self._paragraphs = list(accumulate(gaps[first] is Gap.BREAK for first, _ in self.document.tokens.sentences))
        sentence = self.document.tokens.sentence
        return self._paragraphs[sentence[one]] == self._paragraphs[sentence[two]]
