"""Words with a meaning for one topic (dates, counts, ...): read from data files, found in any inflected form, in either script.

A topic is a TOML file of the same name in each language's folder (`common` holds for all). It has `[words.SYMBOL]` tables or lists:

    [words]
    YEARWORD = ["yil", "y"]                # every inflected form of these words
    [words.MONTH]
    9 = ["sentabr", "=may", "октябр*"]     # with a value; `=word`: this form only; `word*`: whatever begins so
    [words.VERB]
    give = ["ber~", "olib ket~"]           # every form of an Uzbek verb, given by its stem
    [words.NOW]
    now = ["hozirgi kunga qadar"]          # several words: one after the other, each in any form (exactly so after a `=`)
    [[paradigm]]                           # verbs of one sense whose endings tell more than their stems: each stem with each ending
    stems = ["imzola", "imzo chek"]
    endings = { SIGNED = ["di", "gan"], "SIGNED.we" = ["dik"], NEGSIGN = ["madi"] }

A phrase may name several words for one place: `book/map collection`. In English `word~` is every form of a verb, in a phrase too: `take~ _ out of`
holds for `taking them out of`. A `_` inside a phrase is one word of the list `slot` of the same file (`the`, `our`, `them`), or none. A topic with `alike = [["qil", "et", "ayla"], …]` reads an Uzbek verb
that is the first of a list, `rasm qil~`, as each verb of that list. With `without_yo = true` a Russian word written with ё is read with е too.

A word that stands under two symbols of one language and topic is an error when the topic is loaded. A topic that sets `loose = true`
also reads Uzbek typed without the dots of қ ғ ҳ ў, where a word means nothing as it stands.
"""

from __future__ import annotations

import tomllib
from collections.abc import Container
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

from pipeline.languages.morphology import Stem, base_stem, by_stem, conjugated, declined, stems, verb_stems
from pipeline.resources import language_file
from pipeline.text.folding import fold, loosen
from pipeline.text.tokens import Kind, tokenize, word_folds

__all__ = ["LANGUAGES", "DataError", "Lexicon", "Reading", "lexicon", "reading_of"]

LANGUAGES = ("common", "uz", "ru", "en")
_LONGEST_PHRASE = 8
_SLOT = "_"


class DataError(ValueError):
    """A language data file or gazetteer that cannot be used. The text names the file, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word or phrase means for a topic: its symbol, the value it is filed under, its Uzbek endings, its length in tokens."""

    symbol: str
    value: str
    case: str = ""
    length: int = 1
    possessive: bool = False
    plural: bool = False


@lru_cache(maxsize=1 << 15)
def reading_of(symbol: str, value: str, case: str = "", length: int = 1) -> Reading:
    """Return a reading that is kept: a text has the same ones again and again."""
    return Reading(symbol, value, case, length)


_Phrase = tuple[
    tuple[str, ...], str, Reading
]  # its words, how it is written (`=`: exactly, `~`: ends in a verb's stem), what it means


class _Words:
    """The words of one language for one topic."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.stems: dict[str, Reading] = {}
        self.exact: dict[str, Reading] = {}
        self.declined: dict[str, Reading] = {}
        self.prefixes: dict[str, Reading] = {}
        self.verbs: dict[str, Reading] = {}
        self.phrases: dict[str, list[_Phrase]] = {}
        self.openings: dict[str, dict[str, list[tuple[int, _Phrase]]]] = {}
        self.meanings: dict[tuple[str, ...], tuple[str, str]] = {}  # of each phrase: its symbol, its value
        self.slot: frozenset[str] = frozenset()
        self.alike: dict[str, list[str]] = {}
        self.without_yo = False
        self.pairs: dict[tuple[str, str], list[tuple[int, _Phrase]]] = {}
        self.shortest_prefix, self.longest_prefix = 99, 0
        self.cache: dict[str, Reading | None] = {}
        self.shadow: _Words | None = None

    def loosen(self) -> None:
        """Make these words known by their looser keys too."""
        shadow = _Words(self.language)
        shadow.slot = frozenset(map(loosen, self.slot))
        for mine, theirs in (
            (shadow.exact, self.exact),
            (shadow.stems, self.stems),
            (shadow.prefixes, self.prefixes),
            (shadow.verbs, self.verbs),
        ):
            for key, reading in theirs.items():
                mine.setdefault(loosen(key), reading)
        for entries in self.phrases.values():
            for words, how, reading in entries:
                looser = tuple(map(loosen, words))
                shadow.phrases.setdefault(looser[0], []).append((looser, how, reading))
        shadow.shortest_prefix, shadow.longest_prefix = self.shortest_prefix, self.longest_prefix
        self.shadow = shadow

    def add(self, word: str, symbol: str, value: str, source: str) -> None:
        if "~" in word or "/" in word or _SLOT in word:
            self._add_each(word, symbol, value, source)
        else:
            self._add(word, symbol, value, source)
        if self.without_yo and "ё" in word:
            self.add(word.replace("ё", "е"), symbol, value, source)

    def add_forms(self, stems: list[str], endings: list[str], symbol: str, value: str, source: str) -> None:
        """Add each stem with each ending, in this form only."""
        reading = reading_of(symbol, value)
        for stem, ending in product(stems, endings):
            form = stem + ending
            if form.isalpha() and not self.without_yo:  # what `add` makes of one word: there are thousands
                known = self.exact.setdefault(fold(form), reading)
                if known is reading or known == reading:
                    continue
            self.add(f"={form}", symbol, value, source)

    def _add_each(self, word: str, symbol: str, value: str, source: str) -> None:
        """Add what an entry stands for: one of each `a/b`, English verbs in all their forms, Uzbek ones with those alike, with and without its slot."""
        parts = word.removeprefix("=").split()
        if not parts or _SLOT in (parts[0], parts[-1]):
            raise DataError(f"{source}: {word!r} has nothing on one side of its {_SLOT}; take it out there")
        forms = [form.strip("=*~") for part in parts if part != _SLOT for form in part.split("/")]
        if not all(forms) or _SLOT in forms:
            raise DataError(f"{source}: an empty word in {word!r} under {symbol}; take it out")
        choices = [(_SLOT, "") if part == _SLOT else self._forms(part.split("/")) for part in parts]
        verb = "~" if word.endswith("~") and self.language != "en" else ""
        exactly = "=" if word.startswith("=") or (self.language == "en" and len(parts) == 1) else ""
        plain = all(form.isalpha() or form in (_SLOT, "") for forms in choices for form in forms)
        if len(parts) == 1 or not plain:
            for chosen in product(*choices):
                self._add(exactly + " ".join(filter(None, chosen)) + verb, symbol, value, source)
            return
        folded = [[fold(form) for form in forms] for forms in choices]  # once, not in each of the phrases
        for chosen in product(*folded):
            self._add_phrase([form for form in chosen if form], exactly or verb, word, symbol, value, source)

    def _forms(self, parts: list[str]) -> tuple[str, ...]:
        found: list[str] = []
        for part in parts:
            verb = part.removesuffix("~")
            if verb == part:
                found.append(part)
            else:
                found += conjugated(verb) if self.language == "en" else self.alike.get(verb, (verb,))
        return tuple(found)

    def _add_phrase(self, folds: list[str], how: str, word: str, symbol: str, value: str, source: str) -> None:
        key = tuple(folds) if how or self.language != "ru" else tuple([base_stem("ru", folded) for folded in folds])
        entry = key, how, reading_of(symbol, value, length=len(key))
        entries = self.phrases.setdefault(key[0], [])
        known_as = self.meanings.get(key)
        if known_as is None:
            self.meanings[key] = symbol, value
        elif known_as != (symbol, value):
            raise DataError(f"{source}: {word!r} stands under {' '.join(known_as)} and {symbol} {value}; keep one")
        elif entry in entries:
            return
        entries.append(entry)

    def _add(self, word: str, symbol: str, value: str, source: str) -> None:
        bare = word if word.isalpha() else word.lstrip("=").rstrip("*~")
        if bare.isalpha():  # one word, as most are
            folded = fold(bare)
        else:
            if bare.replace(" ", "").replace(_SLOT, "").isalpha():
                folds = [*map(fold, bare.split())]
            elif words := word_folds(bare):  # `o‘rtoq`, `soha bo‘yicha`
                folds, bare = words, bare.strip()
            else:
                tokens = tokenize(bare, running="s'" in bare or "s’" in bare)
                folds, bare = tokens.fold, tokens.form(0) if len(tokens) else ""
            if not folds:
                raise DataError(f"{source}: an empty word under {symbol}; take it out")
            if len(folds) > 1:
                how = "=" if word.startswith("=") else "~" if word.endswith("~") else ""
                self._add_phrase(folds, how, word, symbol, value, source)
                return
            folded = folds[0]
        reading = reading_of(symbol, value)
        if word.endswith("*"):
            table, key_ = self.prefixes, folded
            self.shortest_prefix = min(self.shortest_prefix, len(folded))
            self.longest_prefix = max(self.longest_prefix, len(folded))
        elif word.endswith("~"):
            table, key_ = self.verbs, folded
        elif word.startswith("="):
            table, key_ = self.exact, folded
        else:
            table, key_ = self.stems, base_stem(self.language, folded)
        if self.language == "ru" and table is self.stems:
            for form in declined(bare):
                self.declined.setdefault(form, reading)
        known = table.setdefault(key_, reading)
        if known is not reading and known != reading:
            raise DataError(
                f"{source}: {word!r} stands under {known.symbol} {known.value} and {symbol} {value}; keep one"
            )

    def reading(self, folded: str) -> Reading | None:
        """Return what one folded word means, or None. Results are kept: most words of a text come again."""
        try:
            return self.cache[folded]
        except KeyError:
            found = self._read(folded)
            if len(self.cache) > 100_000:
                self.cache.clear()
            self.cache[folded] = found
            return found

    def phrase(self, folds: list[str], index: int) -> Reading | None:
        """Return the longest phrase of several words that begins at `index`, or None."""
        folded = folds[index]
        openings = self.openings.get(folded)
        if openings is None:
            openings = self._openings(folded)
        if not openings or index + 1 >= len(folds):
            return None
        pair = folded, folds[index + 1]
        found = self.pairs.get(pair)
        if found is None:
            found = self._pairs(*pair)
        for _, (key, how, reading) in found:
            end = index + len(key)
            if end > len(folds):
                continue
            if how:
                final = how == "~" and key[-1] in verb_stems(folds[end - 1])
                if (final or folds[end - 1] == key[-1]) and self._fits(key[:-1], folds[index : end - 1]):
                    return reading
                continue
            last: Stem | None = None
            for word, text in zip(key, folds[index:end], strict=True):
                if word == _SLOT:
                    if text not in self.slot:
                        last = None
                        break
                    continue
                last = by_stem(self.language, text).get(word)
                if last is None:
                    break
            if last is not None:
                if not (last.case or last.possessive or last.plural):
                    return reading
                return Reading(reading.symbol, reading.value, last.case, reading.length, last.possessive, last.plural)
        return None

    def _fits(self, key: tuple[str, ...], folds: list[str]) -> bool:
        if not self.slot or _SLOT not in key:
            return tuple(folds) == key
        return all(text == word or (word == _SLOT and text in self.slot) for word, text in zip(key, folds, strict=True))

    def may_open(self, folded: str) -> bool:
        """Return whether a phrase of several words may begin with this word."""
        openings = self.openings.get(folded)
        return bool(self._openings(folded) if openings is None else openings)

    def phrase_begins(self, folded: str, second: str = "") -> bool:
        """Return whether a phrase may begin with these two words."""
        found = self.pairs.get((folded, second))
        return bool(self._pairs(folded, second) if found is None else found)

    def _openings(self, folded: str) -> dict[str, list[tuple[int, _Phrase]]]:
        """Return the phrases that begin with a word, by their second words ("" for a verb), each with its rank: the longest first. Kept."""
        if len(self.openings) > 100_000:
            self.openings.clear()
        entries = [entry for stem in stems(self.language, folded) for entry in self.phrases.get(stem.stem, ())]
        openings: dict[str, list[tuple[int, _Phrase]]] = {}
        for rank, phrase in enumerate(sorted(entries, key=lambda entry: -len(entry[0]))):
            words, how, _ = phrase
            openings.setdefault("" if how == "~" and len(words) == 2 else words[1], []).append((rank, phrase))
        self.openings[folded] = openings
        return openings

    def _pairs(self, folded: str, second: str) -> list[tuple[int, _Phrase]]:
        """Return the phrases that begin with two words, the longest first. Kept."""
        if len(self.pairs) > 100_000:
            self.pairs.clear()
        openings = self.openings.get(folded) or self._openings(folded)
        seconds = by_stem(self.language, second)
        slot = (_SLOT,) if second in self.slot else ()
        found = [entry for word in ("", *slot, *seconds) if word in openings for entry in openings[word]]
        found.sort(key=_rank)
        self.pairs[folded, second] = found
        return found

    def _read(self, folded: str) -> Reading | None:
        if folded in self.exact:
            return self.exact[folded]
        if folded in self.declined:
            return self.declined[folded]
        for stem in stems(self.language, folded):
            known = self.stems.get(stem.stem)
            if known is not None:
                if stem.case or stem.possessive or stem.plural:
                    return Reading(known.symbol, known.value, stem.case, 1, stem.possessive, stem.plural)
                return known
        root = next((root for root in verb_stems(folded) if root in self.verbs), "") if self.verbs else ""
        longest = min(len(folded), self.longest_prefix)  # a “word” of a million letters costs no more than another
        for length in range(longest, max(self.shortest_prefix, len(root) + 1) - 1, -1):  # the longer of verb and prefix
            known = self.prefixes.get(folded[:length])
            if known is not None:
                return known
        if root:
            return self.verbs[root]
        return self.shadow.reading(loosen(folded)) if self.shadow is not None else None


def _rank(entry: tuple[int, _Phrase]) -> int:
    return entry[0]


class Lexicon:
    """All words of one topic, or with `only` those of one language and what is common. Use `lexicon(topic)`: it is made once."""

    def __init__(self, topic: str, *, only: str | None = None) -> None:
        self.topic = topic
        languages = LANGUAGES if only is None else (LANGUAGES[0], only)
        self.languages = {language: _Words(language) for language in languages}
        self.symbols: set[str] = set()
        self.rules: list[tuple[str, dict[str, Any]]] = []
        self.settings: dict[str, Any] = {}
        self.macros: dict[str, dict[str, str]] = {}  # of each language, those of `common` included
        for language in languages:
            path = language_file(language, f"{topic}.toml")
            if path.exists():
                source = f"{language}/{path.name}"
                try:
                    data = tomllib.loads(path.read_text(encoding="utf-8"))
                except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                    raise DataError(f"{source}: no TOML file in UTF-8: {error}") from None
                self._load(language, source, data)
        for language in languages[1:]:  # what is common holds in each language
            common, own = self.languages["common"], self.languages[language]
            for mine, theirs in ((own.exact, common.exact), (own.stems, common.stems), (own.prefixes, common.prefixes)):
                for key, reading in theirs.items():
                    mine.setdefault(key, reading)
            for key, phrases in common.phrases.items():
                own.phrases.setdefault(key, []).extend(phrases)
            own.shortest_prefix = min(own.shortest_prefix, common.shortest_prefix)
            own.longest_prefix = max(own.longest_prefix, common.longest_prefix)
        if self.settings.get("loose") and "uz" in self.languages:
            self.languages["uz"].loosen()

    def _load(self, language: str, source: str, data: dict[str, Any]) -> None:
        words = self.languages[language]
        words.slot = frozenset(map(fold, data.pop("slot", [])))
        words.without_yo = data.pop("without_yo", False)
        words.alike = {verbs[0]: verbs for verbs in data.pop("alike", [])}
        for symbol, entry in data.pop("words", {}).items():
            self.symbols.add(symbol)
            groups = entry if isinstance(entry, dict) else {symbol.lower(): entry}
            for value, forms in groups.items():
                for form in forms:
                    words.add(form, symbol, str(value), source)
        for paradigm in data.pop("paradigm", []):
            for target, endings in paradigm["endings"].items():
                symbol, _, value = target.partition(".")
                self.symbols.add(symbol)
                words.add_forms(paradigm["stems"], endings, symbol, value or symbol.lower(), source)
        self.macros[language] = {**self.macros.get("common", {}), **data.pop("macros", {})}
        for rule in data.pop("rule", []):
            self.rules.append((source, rule))
        for key, value in data.items():
            if isinstance(value, dict) and isinstance(self.settings.get(key), dict):
                self.settings[key].update(value)
            else:
                self.settings[key] = value

    def reading(self, language: str, folded: str) -> Reading | None:
        """Return what the folded word means in `language` (`uz`, `ru`, `en`; anything else: what is common to all)."""
        words = self.languages.get(language) or self.languages["common"]
        return words.reading(folded)

    def opens(self, language: str, folded: str, symbols: Container[str] | None = None) -> bool:
        """Return whether a phrase of several words (one that stands for one of `symbols`) begins with this word."""
        words = self.languages.get(language) or self.languages["common"]
        for known, key in ((words, folded), (words.shadow, loosen(folded))):
            if known is not None and known.phrases:
                for stem in stems(words.language, key):
                    entries = known.phrases.get(stem.stem, ())
                    if entries and (symbols is None or any(reading.symbol in symbols for _, _, reading in entries)):
                        return True
        return False

    def phrase(self, language: str, folds: list[str], kinds: list[Kind], index: int) -> Reading | None:
        """Return the longest phrase of several tokens that begins at token `index`, or None."""
        words = self.languages.get(language) or self.languages["common"]
        found = words.phrase(folds, index)
        if found is None and words.shadow is not None and words.shadow.may_open(loosen(folds[index])):
            if words.shadow.phrase_begins(*map(loosen, folds[index : index + 2])):
                found = words.shadow.phrase([loosen(folded) for folded in folds[index : index + _LONGEST_PHRASE]], 0)
        return found


@cache
def lexicon(topic: str, *, only: str | None = None) -> Lexicon:
    """Return the lexicon of a topic (with `only` that of one of its languages), loaded once. Raises DataError where a data file is wrong."""
    return Lexicon(topic, only=only)
