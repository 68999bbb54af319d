"""What an HTML page says of itself: its heading, its title, the day it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pipeline.reading.article import one_line

# Names of the meta elements that give the day of publication, clearest first.
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "publication_date",
    "publishdate",
    "pubdate",
    "date",
)
_DATE = re.compile(r"(\d{4})(?:([-/])(\d\d)(?:\2(\d\d))?|(\d\d)(\d\d))?(?:[T ].{0,40})?", re.S)
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|CreativeWork|WebPage)$")
_MAX_JSON = 200_000


def page_heading(tree: Any) -> str | None:
    """The longest h1 that the page's title repeats, or the only one on a page without: a site's name may be an h1."""
    headings = [text for text in (_text(element) for element in tree.iter("h1")) if text]
    named = [name.casefold() for name in _names(tree)]
    repeated = [heading for heading in headings if any(heading.casefold() in name for name in named)]
    if repeated:
        return max(repeated, key=len)
    return headings[0] if len(headings) == 1 and not named else None


def page_title(tree: Any) -> str | None:
    """The page's name as it gives it to others."""
    return next(iter(_names(tree)), None)


def _names(tree: Any) -> list[str]:
    """What the page calls itself: for social networks first (without the site's name), then in `title`."""
    titles = [*_metas(tree).get("og:title", []), *(_text(element) for element in tree.iter("title"))]
    return [title for title in map(one_line, titles) if title]


def page_date(tree: Any) -> str | None:
    """The day of publication as EDTF, where one kind of markup gives exactly one date; else None."""
    metas = _metas(tree)
    levels: list[list[str]] = [metas.get(name, []) for name in _DATE_METAS]
    levels.insert(3, list(_json_dates(tree)))
    marked: list[str] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and (
            (element.get("itemprop") or "").lower() == "datepublished"
            or (element.tag == "time" and element.get("pubdate") is not None)
        ):
            marked.append(element.get("datetime") or element.get("content") or "")
    levels.insert(4, marked)
    levels.append([element.get("datetime") or "" for element in tree.xpath("//article//time[@datetime]")])
    for level in levels:
        dates = {edtf for edtf in map(_edtf, level) if edtf}
        if len(dates) == 1:
            return dates.pop()
        if dates:
            return None
    return None


def _json_dates(tree: Any) -> Iterator[str]:
    """`datePublished` of the articles in JSON-LD (schema.org)."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        content = script.text or ""
        if len(content) > _MAX_JSON:
            continue
        try:
            waiting = [json.loads(content, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                kinds = value.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                published = value.get("datePublished")
                if isinstance(published, str) and any(
                    isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds
                ):
                    yield published
                else:
                    waiting += value.values()


def _edtf(value: str) -> str | None:
    """A date that starts as ISO 8601 does, as EDTF; None for anything else, and for the clock's zero in 1970."""
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day = match[1], match[3] or match[5], match[4] or match[6]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    parts = "-".join(part for part in (year, month, day) if part)
    return None if int(year) < 1800 or parts == "1970-01-01" else parts


def _metas(tree: Any) -> dict[str, list[str]]:
    """Contents of the meta elements by name, property or itemprop, in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _text(element: Any) -> str | None:
    return one_line("".join(element.itertext())[:1000])
