"""What the words of tables mean: the heads of columns, what a cell says of an agreement's state, whom it means by “our library”.

The words are data (`languages/common/grids.toml`), each with examples and counter-examples.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.languages.lexicon import DataError
from pipeline.resources import language_file
from pipeline.text.folding import fold
from pipeline.text.kept import Kept
from pipeline.text.tokens import tokenize

__all__ = ["GridWords", "grid_words", "words_of"]

_LANGUAGES = ("ru", "uz", "en")
_SOURCE = "languages/common/grids.toml"
_SIGNS = frozenset("№#")  # signs that are words of a head


def words_of(folds: Iterable[str]) -> str:
    """Return the words among folds, each followed by a space: what stands in brackets, and signs, left out.

    >>> words_of(["kol", "-", "vo", "(", "ekz", ".", ")"])
    'kol vo '
    """
    out, depth = [], 0
    for folded in folds:
        if folded in "()":
            depth = max(depth + (1 if folded == "(" else -1), 0)
        elif not depth and (folded[0].isalnum() or folded in _SIGNS):
            out.append(folded)
    return "".join(f"{folded} " for folded in out)


def _word(word: str, source: str) -> str:
    """Return the regular expression of one word of a phrase: `a/b`, `a~`, `a?`."""
    missing, word = word.endswith("?"), word.removesuffix("?")
    forms = []
    for form in word.split("/"):
        folded = form if form in _SIGNS else fold(form.removesuffix("~"))
        if not folded:
            raise DataError(f"{source}: an empty word in {word!r}; take it out")
        forms.append(re.escape(folded) + r"[^ ]*" * form.endswith("~"))
    return f"(?:(?:{'|'.join(forms)}) ){'?' * missing}"


def _phrases(phrases: Sequence[str], source: str) -> str:
    return "|".join("".join(_word(word, source) for word in phrase.split()) for phrase in phrases)


def _openings(phrase: str) -> Iterator[str]:
    """Yield the words that a phrase may begin with: each up to the first that may not be missing."""
    for word in phrase.split():
        yield word.removesuffix("?")
        if not word.endswith("?"):
            return


def _anywhere(phrases: Sequence[str], source: str) -> re.Pattern[str]:
    """Return a pattern that is found wherever one of some phrases stands among words."""
    return re.compile(rf"(?:^|(?<= ))(?:{_phrases(phrases, source)})")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A meaning with its pattern and what the data file gives to test it by."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    others: tuple[str, ...]


def _entry(name: str, data: dict[str, Any], phrases: Sequence[str], *, anywhere: bool = False) -> _Entry:
    source = f"{_SOURCE}: {name}"
    if not data.get("example") or not data.get("not"):
        raise DataError(f"{source} has no example or no counter-example (`not`); give both")
    pattern = _anywhere(phrases, source) if anywhere else re.compile(_phrases(phrases, source))
    return _Entry(name, pattern, tuple(data["example"]), tuple(data["not"]))


class GridWords:
    """The words of tables, ready to be asked. Raises DataError where the data file is wrong."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.columns = [
            _entry(each["meaning"], each, [phrase for language in _LANGUAGES for phrase in each[language]])
            for each in data["column"]
        ]
        self.stating = [_entry(each["state"], each, each["words"], anywhere=True) for each in data["state"]]
        self.own, self.endless = (_entry(name, data[name], data[name]["words"]) for name in ("own", "endless"))
        remarks = data["remarks"]
        self.places = [_anywhere(words, f"{_SOURCE}: remarks") for words in remarks["places"]]
        """What names the first row of a table, the second …"""
        self.remarks = {
            name: _anywhere(remarks[name], f"{_SOURCE}: remarks") for name in ("last", "all", "but", "rest", "rows")
        }
        """What a remark says of rows, by the names of the data."""
        phrases = [phrase for each in data["column"] for name in _LANGUAGES for phrase in each[name]]
        firsts = sorted({word for phrase in phrases for word in _openings(phrase)})
        opening = re.compile(_phrases(firsts, _SOURCE))
        self.opens: Kept[bool] = Kept(lambda folded: opening.fullmatch(f"{folded} ") is not None)
        """Whether a word may be the first of a column's head."""
        self._heads: Kept[str] = Kept(self._head)
        self._own: Kept[bool] = Kept(lambda words: self.own.pattern.fullmatch(words) is not None)

    def head(self, words: str) -> str:
        """Return what a column of this head holds, "" where that is not known. `words` are those of `words_of`."""
        return self._heads[words]

    def state(self, words: str) -> str | None:
        """Return the state that words tell of an agreement, the first in the order of the data; None where they tell none."""
        return next((entry.name for entry in self.stating if entry.pattern.search(words)), None)

    def states(self, words: str) -> list[str]:
        """Return all states that words tell of, but “signed” beside another; “not in force” is not “in force” too."""
        found = []
        for entry in self.stating:
            rest = entry.pattern.sub("", words)
            if rest != words:
                found.append(entry.name)
                words = rest
        return [name for name in found if name != "signed"] or found

    def is_own(self, words: str) -> bool:
        """Return whether words mean the article's own institution: “our library”, «марказга»."""
        return bool(words) and self._own[words]

    def is_endless(self, words: str) -> bool:
        """Return whether words say that a term has no end."""
        return bool(words) and self.endless.pattern.fullmatch(words) is not None

    def _head(self, words: str) -> str:
        return next((entry.name for entry in self.columns if words and entry.pattern.fullmatch(words)), "")


def words_in(text: str) -> str:
    """Return the words of a text as `words_of` gives them.

    >>> words_in("Кол-во (экз.)")
    'kol vo '
    """
    return words_of(tokenize(text).fold)


@cache
def grid_words() -> GridWords:
    """Return the words of tables, read once."""
    path = language_file("common", "grids.toml")
    try:
        return GridWords(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, re.error, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: no table of words ({error!r}); mend the file") from None
