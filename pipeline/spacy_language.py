"""Uzbek for spaCy, which has none: `spacy.blank("uz")` where hamkor is installed, with the tokens that hamkor itself reads."""

from __future__ import annotations

from typing import Any

from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, load_config_from_str, registry

from pipeline.text.tokens import tokenize

__all__ = ["Uzbek", "WordTokenizer", "make_tokenizer"]

_CONFIG = """
[nlp]
lang = "uz"

[nlp.tokenizer]
@tokenizers = "hamkor.WordTokenizer.v1"
"""


class WordTokenizer(DummyTokenizer):  # type: ignore[misc]
    """hamkor's tokens as a spaCy tokenizer, for either script and for mixed text.

    A run of letters with the apostrophes inside it, a run of digits, or one sign: every dash between digits parts alike (`2009–2014`, `1941-1945`),
    brackets and quotation marks stand alone whatever follows them (`ЎзМК(2010)`, `«Зарафат»нинг`), oʻ and gʻ stay in one piece however typed.
    White space beyond one space is a token, as always in spaCy, so that `doc.text` is the text.
    """

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Any:
        """Return the Doc of a text."""
        tokens = tokenize(text, running=False)
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in (*zip(tokens.start, tokens.end, strict=True), (len(text), len(text))):
            blank = text[at:start]
            if blank.startswith(" ") and words:
                spaces[-1] = True
                blank = blank[1:]
            if blank:
                words.append(blank)
                spaces.append(False)
            if end > start:
                words.append(text[start:end])
                spaces.append(False)
            at = end
        return Doc(self.vocab, words=words, spaces=spaces)


@registry.tokenizers("hamkor.WordTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Any:
    """Return what makes the tokenizer of a pipeline: for the config of a pipeline in another language, too."""

    def create(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab)

    return create


class _UzbekDefaults(BaseDefaults):  # type: ignore[misc]
    config = load_config_from_str(_CONFIG)


@registry.languages("uz")
class Uzbek(Language):  # type: ignore[misc]
    """The language "uz", in Latin and in Cyrillic letters."""

    lang = "uz"
    Defaults = _UzbekDefaults
