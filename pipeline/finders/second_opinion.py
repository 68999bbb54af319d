"""What dateparser reads in a span: a judge of dates already found, and a reader of months in languages that hamkor does not know.

It never searches: over running text it makes «с 2007 года» the year 19. It is asked strictly (nothing filled in from today), with
its languages fixed, and imported when first asked.
"""

from __future__ import annotations

import warnings
from datetime import datetime
from functools import lru_cache

from pipeline.languages.lexicon import lexicon

__all__ = ["second_opinion"]


@lru_cache(maxsize=1 << 12)
def second_opinion(text: str, language: str) -> str | None:
    """Return the day, as YYYY-MM-DD, that dateparser reads in all of `text`, or None.

    language: `uz`, `ru`, `en`, or `und` for the other languages of the script that the text is in.
    """
    import dateparser

    cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    languages = lexicon("dates").settings["judges"][language]["Cyrl" if cyrillic else "Latn"]
    settings = {
        "DATE_ORDER": "DMY",
        "PARSERS": ["absolute-time"],
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
    }
    with warnings.catch_warnings():  # it warns of its own regular expressions
        warnings.simplefilter("ignore")
        moment: datetime | None = dateparser.parse(" ".join(text.split()), languages=languages, settings=settings)
    return None if moment is None else f"{moment:%Y-%m-%d}"
