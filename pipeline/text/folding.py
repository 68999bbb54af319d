"""One folded form for every language and script: the key under which words are compared, never shown.

Folding works on one word at a time and looks at no neighbour, so the fold of a word is the same in a gazetteer, in a rule
and in running text. Uzbek Cyrillic and Latin spellings of a word have one fold; so have «сентябрь», `sentabr` and `sentyabr`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache

from pipeline.resources import language_file

__all__ = ["fold", "loosen"]

_DATA = tomllib.loads(language_file("common", "folding.toml").read_text(encoding="utf-8"))
_LETTERS = {ord(letter): folded for letter, folded in _DATA["letters"].items()} | {
    ord(sign): "'" for sign in _DATA["apostrophes"]
}
_LOOSE = {ord(letter): folded for letter, folded in _DATA["loose"].items()}
_MODIFIED = re.compile(r"(?<=[og])'+")
_ASCII = {ord(sign): "'" for sign in _DATA["apostrophes"] if sign.isascii()}
_GLIDE = re.compile(r"(?<=[bcdfghjklmnpqrstvwxz'])y(?=[aou])|y(?=e)")


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return the folded form of one word: lower-case ASCII-like Latin, `o'` and `g'` for ў and ғ, no other apostrophe.

    >>> fold("Сентябрь"), fold("sentyabr"), fold("SENTABR")
    ('sentabr', 'sentabr', 'sentabr')
    >>> fold("Ўзбекистон"), fold("Oʻzbekiston"), fold("O'zbekiston")
    ("o'zbekiston", "o'zbekiston", "o'zbekiston")
    >>> fold("documents"), fold("konstitutsiya"), fold("конституция")
    ('documents', 'konstitusiya', 'konstitusiya')
    """
    text = word.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_LETTERS)
        if not text.isascii():
            text = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
            text = "".join(c for c in text if not unicodedata.combining(c))
    if not (text.isascii() and text.isalnum()):
        text = _MODIFIED.sub("\0", text.translate(_ASCII)).replace("'", "").replace("\0", "'")
    if "y" in text:
        text = _GLIDE.sub("", text)
    if text.endswith("ts") and not word.endswith(("ц", "Ц")):
        return text[:-2].replace("ts", "s") + "ts"  # an English plural: documents, agreements
    return text.replace("ts", "s")


@lru_cache(maxsize=1 << 16)
def loosen(folded: str) -> str:
    """Return the looser key of a fold: Uzbek typed without the dots of қ ғ ҳ ў or without apostrophes meets the right spelling.

    >>> loosen(fold("Узбекистон")) == loosen(fold("Ўзбекистон")) == loosen(fold("Ozbekiston"))
    True
    """
    return folded.replace("'", "").translate(_LOOSE)
