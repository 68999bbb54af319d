"""Names of a gazetteer, found in running text in any case form and either script of Uzbek.

A name is filed word by word. Russian words are filed in every form that their ending allows (`ru/declension.toml`), English ones
also with the `s` of a possessive; Uzbek words are met by taking suffixes off the word of the text. No form is listed by hand.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from pipeline.authority.spelling import SHORT, bare_forms, deletions, near
from pipeline.languages.morphology import base_stem, declined, stems
from pipeline.text.folding import fold, loosen

__all__ = ["NameIndex", "Trie", "building"]

Payload = TypeVar("Payload")
_CLOSING = frozenset({"loc", "dat", "abl", "acc", "term"})  # cases that close a name; a genitive may stand in one
_SINGULAR = tuple(map(fold, ("ый", "ий", "ой", "ая", "яя", "ое", "ее")))  # an adjective of one thing, and of many
_PLURAL = tuple(map(fold, ("ые", "ие", "ых", "их", "ыми", "ими")))


class Trie(Generic[Payload]):
    """One node: the words that may follow, and what is named by the words so far."""

    __slots__ = ("following", "payloads")

    def __init__(self) -> None:
        self.following: dict[int, Trie[Payload]] = _NOTHING
        self.payloads: tuple[Payload, ...] = ()  # most nodes are in the middle of a name


_NOTHING: dict[int, Any] = {}  # what follows at the end of a name, in all of them: nothing is ever put in


def _file(table: dict[str, tuple[int, ...]], form: str, own: tuple[int, ...]) -> None:
    """File the id of a word, `own`, under one of its forms."""
    known = table.get(form)
    table[form] = own if known is None else known + own


@contextmanager
def building() -> Iterator[None]:
    """Keep the garbage collector off while an index is built: it would walk the same growing index again and again, a third of the time.

    What was built stays, so it goes to the oldest generation at once rather than being walked by the first collections after it.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not gc.get_freeze_count():  # else somebody has frozen things of his own, which are to stay so
                gc.freeze()
                gc.unfreeze()
            gc.enable()


class NameIndex(Generic[Payload]):
    """Names as sequences of words, each word met in any of its forms; with `single` not in the plural of an adjective, for each name is of one thing."""

    def __init__(self, *, single: bool = False) -> None:
        self._single = single
        self.root: Trie[Payload] = Trie()
        self._ids: dict[str, dict[str, int]] = {"en": {}, "ru": {}, "uz": {}}  # of each language: the ids of its words
        self._words = 0
        self._forms: dict[str, tuple[int, ...]] = {}
        self._uzbek: dict[str, tuple[int, ...]] = {}
        self._bare: dict[str, tuple[int, ...]] = {}  # «кутубхона» of «Миллий кутубхонаси»
        self._loose: dict[str, tuple[int, ...]] = {}
        self._symbols: dict[str, int] = {}
        self._cache: dict[str, tuple[int, ...]] = {}
        self._cased: dict[str, bool] = {}
        self._variants: dict[str, list[tuple[str, int]]] | None = (
            None  # what is left of each word with a letter out: made when first asked
        )

    def symbol(self, name: str) -> int:
        """Return the id of a pseudo-word such as `@UZ` that stands for a country in whatever form."""
        return self._symbols.setdefault(name, -1 - len(self._symbols))

    def word(self, word: str, language: str) -> int:
        """Return the id of a word of a name, filing the forms in which a text may have it."""
        folded = fold(word)
        ids = self._ids[language]
        known = ids.get(folded)
        if known is not None:
            return known
        key = ids[folded] = self._words
        own = (key,)  # one for all forms: most are those of one word only
        self._words += 1
        self._cache.clear()
        self._cased.clear()
        if language == "uz":
            for stem in stems("uz", folded):
                if not stem.case and (stem.stem == folded or (stem.possessive and len(stem.stem) >= 4)):
                    _file(self._bare if stem.possessive else self._uzbek, stem.stem, own)
                    if len(stem.stem) >= 5:
                        _file(self._loose, loosen(stem.stem), own)
        elif language == "ru":
            one = self._single and folded.endswith(_SINGULAR)
            for form in declined(word):
                if (
                    one and form != folded and form.endswith(_PLURAL)
                ):  # «национальные библиотеки» are not the one library
                    continue
                _file(self._forms, form, own)
        else:
            for form in (folded, folded + "s"):
                _file(self._forms, form, own)
        return key

    def add(self, key: list[int], payload: Payload) -> None:
        """File a payload under a sequence of word ids."""
        node = self.root
        for word in key:
            child = node.following.get(word)
            if child is None:
                child = Trie()
                if node.following:
                    node.following[word] = child
                else:
                    node.following = {word: child}
            node = child
        if payload not in node.payloads:
            node.payloads += (payload,)

    def ids(self, folded: str) -> tuple[int, ...]:
        """Return the ids of the name words that a folded word of a text may be."""
        try:
            return self._cache[folded]
        except KeyError:
            pass
        found = dict.fromkeys(self._forms.get(folded, ()))
        for stem in stems("uz", folded):
            if stem.plural:  # «Латвия … кутубхоналари» is not the one library
                continue
            for key in self._uzbek.get(stem.stem, ()):
                found[key] = None
            if stem.case and not stem.possessive:  # «Эрмитаж музейга»: to the museum, not «Эрмитаж музейи»
                continue
            for key in self._bare.get(stem.stem, ()):
                found[key] = None
        if not found:
            found = dict.fromkeys(self.loosely(folded))
        if len(self._cache) > 200_000:
            self._cache.clear()
        result = self._cache[folded] = tuple(found)
        return result

    def loosely(self, folded: str) -> tuple[int, ...]:
        """Return the ids of the Uzbek name words that a folded word of a text may be when it is typed carelessly (`pipeline.text.folding.loosen`)."""
        if len(folded) < SHORT:
            return ()
        found: dict[int, None] = {}
        for stem in stems("uz", folded):
            if len(stem.stem) >= SHORT and not stem.plural:
                found.update(dict.fromkeys(self._loose.get(loosen(stem.stem), ())))
        return tuple(found)

    def near(self, folded: str) -> tuple[int, ...]:
        """Return the ids of the name words that a folded word of a text is one letter away from (`pipeline.authority.spelling`)."""
        if self._variants is None:
            variants: dict[str, list[tuple[str, int]]] = {}
            for language, ids in self._ids.items():
                for word, key in ids.items():
                    for form in {word, base_stem("ru", word) if language == "ru" else word}:
                        for variant in deletions(form) if len(form) >= SHORT else ():
                            variants.setdefault(variant, []).append((form, key))
            self._variants = variants  # when it is whole: other threads may ask meanwhile
        found: dict[int, None] = {}
        for form in bare_forms(folded):
            for variant in deletions(form):
                for other, key in self._variants.get(variant, ()):
                    if near(form, other):
                        found[key] = None
        return tuple(found)

    def cased(self, folded: str) -> bool:
        """Return whether a word of a text is a word of a name only without its Uzbek case: then the name ends with it («Buxoroda muzey» is no name)."""
        try:
            return self._cased[folded]
        except KeyError:
            pass
        if len(self._cased) > 200_000:
            self._cased.clear()
        closes = self._cased[folded] = self._closes(folded)
        return closes

    def _closes(self, folded: str) -> bool:
        if folded in self._forms:
            return False
        readings = [stem for stem in stems("uz", folded) if stem.stem in self._uzbek or stem.stem in self._bare]
        return bool(readings) and all(stem.case in _CLOSING for stem in readings)

    def __iter__(self) -> Iterator[Payload]:
        """Yield every payload filed."""
        pending = [self.root]
        while pending:
            node = pending.pop()
            yield from node.payloads
            pending.extend(node.following.values())
