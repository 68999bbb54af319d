"""Names of the gazetteer that a text does not give letter by letter: carelessly typed, with one word misspelt, without the country that is understood."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from pipeline.authority.countries import Place
from pipeline.authority.names import NameIndex, Trie
from pipeline.authority.spelling import odd
from pipeline.text.tokens import Kind, Tokens

__all__ = ["LooseNames"]

_MOST = 10_000  # steps through names for one name of a text; a hostile text may make many
_Node = Trie[tuple[str, str]]


class LooseNames:
    """Walks an index of names. `silent`: folded words and signs that texts leave out or put in."""

    def __init__(self, index: NameIndex[tuple[str, str]], silent: Container[str]) -> None:
        self._index = index
        self._silent = silent

    def misspelt(
        self, tokens: Tokens, places: Sequence[Place | None], first: int, last: int, small: Container[str]
    ) -> tuple[str, ...]:
        """Return the gazetteer keys whose full name tokens [first, last) are, but for one word that is one letter off («Азрет Султа»).

        `small`: words that the article writes in small letters too, which are no misspelt names.
        """
        wrong = [
            index
            for index in range(first, last)
            if tokens.kind[index] is Kind.WORD
            and places[index] is None
            and odd(tokens.form(index), tokens.fold[index], small)
            and not self._index.ids(tokens.fold[index])
        ]
        if len(wrong) != 1 or sum(tokens.kind[index] is Kind.WORD for index in range(first, last)) < 2:
            return ()
        ends = self._ends(tokens, places, first, last, wrong=wrong[0])
        return tuple(dict.fromkeys(key for node in ends for key, how in node.payloads if how == "name"))

    def of_country(
        self, tokens: Tokens, places: Sequence[Place | None], first: int, last: int, country: str
    ) -> tuple[str, ...]:
        """Return the gazetteer keys whose full name tokens [first, last) are once a country is put in («Маданият вазирлиги» of UZ)."""
        ends = self._ends(tokens, places, first, last, country=self._index.symbol(f"@{country}"))
        return tuple(dict.fromkeys(key for node in ends for key, how in node.payloads if how == "name"))

    def careless(self, tokens: Tokens, places: Sequence[Place | None], first: int, last: int) -> tuple[str, ...]:
        """Return the gazetteer keys whose full name tokens [first, last) are when қ, ғ, ҳ, ў and apostrophes are not looked at («Хоразм хакикати»)."""
        ends = self._ends(tokens, places, first, last, careless=True)
        return tuple(dict.fromkeys(key for node in ends for key, how in node.payloads if how == "name"))

    def _ends(
        self,
        tokens: Tokens,
        places: Sequence[Place | None],
        first: int,
        last: int,
        *,
        wrong: int | None = None,
        country: int | None = None,
        careless: bool = False,
    ) -> Iterator[_Node]:
        """Yield where the words of a name lead: the word at `wrong` read as one that is near it, the symbol `country` put in once, all words read loosely."""
        pending: list[tuple[_Node, int, bool]] = [(self._index.root, first, country is None)]
        for _ in range(_MOST):
            if not pending:
                return
            node, at, complete = pending.pop()
            if not complete and country is not None and (child := node.following.get(country)) is not None:
                pending.append((child, at, True))
            if at == last:
                if complete:
                    yield node
                continue
            place, folded = places[at], tokens.fold[at]
            if tokens.kind[at] is Kind.SIGN or folded in self._silent:
                pending.append((node, at + 1, complete))
            if place is not None and place.kind in ("country", "adjective") and at + place.length <= last:
                child = node.following.get(self._index.symbol(f"@{place.code}"))
                if child is not None:
                    pending.append((child, at + place.length, complete))
            ids = self._index.near(folded) if at == wrong else self._index.ids(folded)
            if careless:
                ids = tuple(dict.fromkeys((*ids, *self._index.loosely(folded))))
            pending.extend((child, at + 1, complete) for word in ids if (child := node.following.get(word)) is not None)
