"""RSS, Atom and sitemap files on disk -> their items: the content that stands in the file, or the local file that an item links to. Nothing is fetched."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from pipeline.reading import Limits, ReadingError
from pipeline.reading.article import shown
from pipeline.workspace.containers import Member

__all__ = ["FEEDS", "is_feed", "items"]

FEEDS = frozenset({".rss", ".atom", ".xml"})
_ROOT = re.compile(rb"<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.I)
_ENTITIES = re.compile(rb"<!ENTITY", re.I)
_HEAD = 65_536
_ITEMS = frozenset({"item", "entry", "url", "sitemap"})
_CONTENT = ("encoded", "content", "description", "summary")  # the fullest first
_DATES = ("pubDate", "published", "date", "updated", "lastmod")
_ENOUGH = 200  # characters; less is a teaser, and a linked local file has more


def is_feed(path: Path) -> bool:
    """Return whether a file begins as a feed or sitemap does."""
    try:
        with open(path, "rb") as file:
            return _ROOT.search(file.read(4096)) is not None
    except OSError:
        return False


def items(path: Path, *, limits: Limits) -> Iterator[Member | Path | ReadingError]:
    """Yield for each item its content as an HTML page, or the local file that it links to, or a ReadingError where there is neither."""
    used: dict[str, int] = {}
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
            if _ENTITIES.search(head):
                raise ReadingError(shown(path), "the feed declares XML entities, which no feed needs; it is refused")
            file.seek(0)
            opened: list[ElementTree.Element] = []
            for event, element in ElementTree.iterparse(file, events=("start", "end")):
                if event == "start":
                    opened.append(element)
                    continue
                opened.pop()
                if _local(element) in _ITEMS:
                    yield _item(path, element, used, limits)
                    for above in opened:
                        above.clear()  # what was read is not kept
    except ReadingError as error:
        yield error
    except (ElementTree.ParseError, OSError, ValueError) as error:
        yield ReadingError(
            shown(path), f"broken from here on ({error}); what stands before it was read; get the file again"
        )


def _item(path: Path, item: ElementTree.Element, used: dict[str, int], limits: Limits) -> Member | Path | ReadingError:
    parts: dict[str, str] = {}
    links: list[str] = []
    for child in item:
        name = _local(child)
        if (name == "link" and child.get("rel", "alternate") == "alternate") or name == "loc":
            links.append((child.get("href") or child.text or "").strip())
        parts.setdefault(name, _content(child))
    own = parts.get("guid") or parts.get("id") or next(iter(links), "") or parts.get("title") or "item"
    number = used[own] = used.get(own, 0) + 1
    name = f"{shown(path)}#{own if number == 1 else f'{own}~{number}'}"
    content = max((parts.get(part, "") for part in _CONTENT), key=len)
    local = next((file for link in links if (file := _local_file(path, link)) is not None), None)
    if local is not None and len(content) < _ENOUGH:
        return local
    if not content.strip():
        return ReadingError(
            name,
            "no content in the file, and no local file of its link; save the page beside the feed, under the path of its address",
        )
    title = html.escape(parts.get("title", "").strip())
    date = next((day for part in _DATES if (day := _day(parts.get(part, "")))), "")
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    page = f'<html><head><meta charset="utf-8"><title>{title}</title>{meta}</head><body><article><h1>{title}</h1>\n{content}\n</article></body></html>'
    return Member(name, page.encode("utf-8", "replace")[: limits.max_bytes + 1], ".html")


def _content(element: ElementTree.Element) -> str:
    """The HTML or text of an element; children (Atom's xhtml) as they are written."""
    text = element.text or ""
    if element.get("type") == "text":
        text = html.escape(text)
    if len(element):
        text += "".join(ElementTree.tostring(child, encoding="unicode", method="html") for child in element)
    return text


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _local_file(feed: Path, link: str) -> Path | None:
    """The file on disk that a link means: a file: address, a path beside the feed, or an address whose path (with or without the host) is saved beside it."""
    with suppress(ValueError, OSError):
        parts = urlsplit(link)
        inner = PurePosixPath(unquote(parts.path).lstrip("/"))
        if not parts.path or ".." in inner.parts or "\0" in link:
            return None
        if parts.scheme == "file":
            candidates = [Path("/") / inner]
        else:
            candidates = [feed.parent / inner, *([feed.parent / parts.netloc / inner] if parts.netloc else [])]
        return next((path for path in candidates if path.is_file()), None)
    return None


def _day(value: str) -> str:
    """The day of a date as feeds write it (RFC 822 or ISO 8601); empty where it is neither."""
    with suppress(ValueError, TypeError):
        return parsedate_to_datetime(value.strip()).date().isoformat()
    with suppress(ValueError):
        return datetime.fromisoformat(value.strip()).date().isoformat()
    return ""
