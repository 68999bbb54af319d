"""How a date stands on the page: alone in its line or cell, off like a column, at the end of a title or of a list's item."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from pipeline.languages.grammar import Match
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["Layout"]

_TITLE_LINES = 4  # lines at the head of a text that may end in the year that it is of
_RANGE_ENDS = re.compile(r"(?:1[89]|20)\d\d\s*[–—-]\s*(?:1[89]|20)\d\d\W{0,2}$")


class Layout:
    """Answers how the spans of matches stand in a document; `number_signs` are the signs that a number of something follows (№)."""

    def __init__(self, document: Document, number_signs: AbstractSet[str]) -> None:
        self._document, self._tokens, self._number_signs = document, document.tokens, number_signs

    def glued(self, match: Match) -> bool:
        """Return whether no space stands within the span."""
        return not any(self._tokens.gap[index] for index in range(match.first + 1, match.last))

    def close(self, match: Match) -> bool:
        """Return whether no space stands before the last two tokens of the span."""
        return not any(self._tokens.gap[index] for index in (match.last - 2, match.last - 1))

    def spaced(self, match: Match) -> bool:
        """Return whether the dash after the span is none that ties a word to a number."""
        tokens = self._tokens
        return any(tokens.gap[index] for index in (match.last, match.last + 1) if index < len(tokens))

    def parted(self, at: int) -> bool:
        """Return whether a tab, or more than two spaces, stands before a token."""
        document, tokens = self._document, self._tokens
        if not 0 < at < len(tokens):
            return False
        if tokens.start[at] - tokens.end[at - 1] > 2:
            return True
        begin, end = document.source_span(at - 1, at)[1], document.source_span(at, at + 1)[0]
        return "\t" in document.source[begin:end]

    def begins_line(self, at: int) -> bool:
        """Return whether a line begins with a token, or the text is at its end."""
        return not 0 < at < len(self._tokens) or self._tokens.gap[at] >= Gap.LINE

    def ends_line(self, match: Match) -> bool:
        """Return whether the line ends after the span, and another one follows."""
        tokens = self._tokens
        return match.last < len(tokens) and "\n" in tokens.text[tokens.end[match.last - 1] : tokens.start[match.last]]

    def in_row(self, match: Match) -> bool:
        """Return whether the signs around the span stand free like those between the cells of a row."""
        tokens = self._tokens
        return bool(tokens.gap[match.first]) and match.last < len(tokens) and bool(tokens.gap[match.last])

    def in_column(self, match: Match) -> bool:
        """Return whether a year and the number before or after its slash stand off like a column, and no № before them."""
        tokens = self._tokens
        first, last = match.first, match.last
        while first > 0 and not tokens.gap[first]:
            first -= 1
        while last < len(tokens) and not tokens.gap[last]:
            last += 1
        before = first > 0 and tokens.start[first] - tokens.end[first - 1] > 2
        after = last < len(tokens) and tokens.start[last] - tokens.end[last - 1] > 2
        return (before or after) and not (first > 0 and tokens.form(first - 1) in self._number_signs)

    def in_cell(self, match: Match) -> bool:
        """Return whether the span fills a cell of a table whose columns are parted by |."""
        tokens, last = self._tokens, match.last
        return tokens.form(match.first - 1) == "|" and (
            last == len(tokens) or tokens.form(last) == "|" or tokens.sentence[last] != tokens.sentence[last - 1]
        )

    def alone(self, match: Match) -> bool:
        """Return whether the span stands alone in its line or its column."""
        return all(self.begins_line(at) or self.parted(at) for at in (match.first, match.last))

    def ends_title(self, match: Match) -> bool:
        """Return whether the span ends one of the first lines of the text."""
        start, end = self._line(match.first)
        text = self._tokens.text
        return text.count("\n", 0, start) < _TITLE_LINES and not text[self._tokens.end[match.last - 1] : end].strip()

    def ends_item(self, match: Match) -> bool:
        """Return whether the span ends an item of a list, and the item before or after ends in a range of years."""
        text = self._tokens.text
        start, end = self._line(match.first)
        rest = text[self._tokens.end[match.last - 1] : end].strip()
        if rest not in ("", ";", ".") or not self._tokens.gap[match.first]:
            return False
        before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
        after = text[end + 1 :].split("\n", 1)[0]
        return any(_RANGE_ENDS.search(line) for line in (before, after))

    def opens_item(self, match: Match) -> bool:
        """Return whether the span stands behind the bullet of an item, and a name with a capital after the comma behind it."""
        tokens, at = self._tokens, match.last + 1
        capital = tokens.capital(at) or (at < len(tokens) and tokens.kind[at] is Kind.SIGN and tokens.capital(at + 1))
        return capital and self.begins_line(match.first - 1)

    def _line(self, index: int) -> tuple[int, int]:
        """Return the span of text [start, end) of the line that a token stands in."""
        text, start = self._tokens.text, self._tokens.start[index]
        end = text.find("\n", start)
        return text.rfind("\n", 0, start) + 1, len(text) if end < 0 else end
