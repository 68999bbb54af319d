"""HTML -> the article on the page: its text without menus, its title, its date.

trafilatura finds the article; where it finds too little, the page is walked without its menus, forms and scripts. Time
is linear in the page, nothing is fetched, no entity is expanded beyond the names that HTML defines, and nesting deeper
than the parser allows is flattened first.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pipeline.reading.article import Content, Limits, optional
from pipeline.reading.encoding import decode
from pipeline.reading.metadata import page_date, page_heading, page_title

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^<>]{0,500}?\b(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.I
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml\b[^<>]*>")

_DROPPED = frozenset(
    "applet aside audio button canvas datalist dialog embed footer frame frameset head iframe input label map menu nav "
    "noscript object option script select style svg template textarea title video".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure form h1 "
    "h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table tbody tfoot thead tr ul".split()
)
_KEPT = frozenset({"html", "body", "main", "article"})
_MENU_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"})
_MENU_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|footer|social|share|sharing|cookies?|comments?|related|"
    r"banner|adverts?|ads|pagination|widget|subscribe|popup|modal)(?:$|[-_\s])",
    re.I,
)
# From how many characters on the finder's text is kept as it is; a shorter one is compared with the walk's.
_ENOUGH = 400
_SHARE_OF_WALKED = 0.25
_SHARE_OF_FOUND = 0.5
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SCRIPTS = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|template|svg)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>", re.I)
# A start tag as HTML reads it: a quotation mark counts only after an equals sign.
_OPENING = re.compile(r"<(?:!--|([a-z][a-z0-9]*))", re.I)
_START_TAG = re.compile(r"""<[a-z](?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|["'=])*+>""", re.I)
_GIVEN_UP = re.compile(r"Excessive depth|limit exceeded|XML_PARSE_HUGE")
_RAW = frozenset({"script", "style", "textarea"})  # no tags inside
_MAX_TAG = 4_000
_MAX_WORDS_IN_TAG = 300
_MAX_UNCLOSED = 20
_MAX_WALKED = 200_000  # elements; a larger page only has its tags stripped


def read_html(data: bytes, *, source: str, limits: Limits) -> Content:
    """The article on an HTML page. Raises ReadingError where the encoding is unknown or an extra is missing."""
    lxml_html = optional("lxml.html", extra="html", source=source)
    charset = _CHARSET.search(data[:4096])
    page, encoding = decode(data, source=source, declared=charset[1].decode("ascii", "replace") if charset else None)
    page = _XML_DECLARATION.sub("", page)
    tree = _parse(lxml_html, page, error=optional("lxml.etree", extra="html", source=source).LxmlError)
    elements = 0 if tree is None else sum(1 for _ in islice(tree.iter(), _MAX_WALKED + 1))
    if tree is None or elements > _MAX_WALKED:
        return Content(text=_stripped(page), encoding=encoding)
    heading = page_heading(tree)
    title = heading or page_title(tree)
    published = page_date(tree)
    walked = _walk(tree)
    found = _article(tree, source=source) if elements <= limits.max_elements else None
    text = _chosen(found, walked)
    if heading and heading not in _SPACE.sub(" ", text):
        text = f"{heading}\n{text}"
    return Content(text=text, encoding=encoding, title=title, date=published)


def _stripped(page: str) -> str:
    """What is left without tags, for a page that the parser cannot take in."""
    return _lines(html.unescape(_TAG.sub("\n", _SCRIPTS.sub("\n", page))))


def _chosen(found: str | None, walked: str) -> str:
    """The finder's text if it is long enough; of two short texts the shorter, for it has less of the menu."""
    if not found:
        return walked
    if len(found) >= _ENOUGH or len(walked) < _SHARE_OF_FOUND * len(found):
        return found
    return found if _SHARE_OF_WALKED * len(walked) <= len(found) <= len(walked) else walked


def _parse(lxml_html: Any, page: str, *, error: type[Exception]) -> Any | None:
    """The page's tree, or None if the parser makes nothing of it, or gives up on its size or depth."""
    trimmed = _trimmed(page)
    if trimmed is None:
        return None
    for flatten in (False, True):
        parser = lxml_html.HTMLParser(
            encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
        )
        markup = _flat(trimmed) if flatten else trimmed
        try:
            tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
        except error:  # nothing but comments or unclosed tags
            continue
        if not any(_GIVEN_UP.search(entry.message) for entry in parser.error_log):
            return tree
    return None


def _trimmed(page: str) -> str | None:
    """The page with the bare name for each tag of hundreds of attributes: the parser's time is their square.

    None for a page whose tags are left open again and again: it is not HTML that anybody wrote.
    """
    pieces: list[str] = []
    done = at = unclosed = 0
    while opening := _OPENING.search(page, at):
        name = (opening[1] or "").lower()
        if not name:
            at = page.find("-->", opening.end())
        elif tag := _START_TAG.match(page, opening.start()):
            if tag.end() - tag.start() > _MAX_TAG and len(tag[0].split()) > _MAX_WORDS_IN_TAG:
                pieces += page[done : tag.start()], f"<{name}>"
                done = tag.end()
            at = _closing(page, name, tag.end()) if name in _RAW else tag.end()
        else:
            unclosed += 1
            if unclosed > _MAX_UNCLOSED:
                return None
            at = opening.end()
        if at < 0:
            break
    return "".join([*pieces, page[done:]]) if pieces else page


def _closing(page: str, name: str, at: int) -> int:
    """Where `</name` is from `at` on, or -1."""
    closing = re.compile(f"</{name}", re.I).search(page, at)
    return closing.start() if closing else -1


def _flat(page: str) -> str:
    """The page without its nesting: each block becomes a line, every other tag goes, headings and paragraphs stay."""

    def replaced(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in {"p", "h1", "h2", "title"} and not match[1]:
            return "\n</p></h1></h2></title>" + match[0]
        if name in {"h1", "h2", "title"}:
            return match[0]
        if name == "meta":
            return match[0]
        return "\n<br>" if name in _BLOCKS else ""

    return _TAG.sub(replaced, _SCRIPTS.sub("", page))


def _article(tree: Any, *, source: str) -> str | None:
    """The article's text as trafilatura finds it, or None. The tree may be changed."""
    trafilatura = optional("trafilatura", extra="html", source=source)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(
            tree, include_comments=False, include_tables=True, include_links=False, deduplicate=False
        )
    except Exception:  # any failure inside the finder only means that the page is walked instead
        return None
    return _lines("\n".join(map(_table_row, found.split("\n")))) if found else None


def _table_row(line: str) -> str:
    """A table row as trafilatura draws it (`| a | b |`, `|---|---|`), without the outer bars and the rule."""
    stripped = line.strip()
    if len(stripped) < 2 or stripped[0] != "|" or stripped[-1] != "|":
        return line
    return "" if not stripped.strip("|- ") else stripped.strip("| ")


def _lines(text: str) -> str:
    """The lines that have something on them, each without white space at its ends."""
    return "\n".join(line for line in (line.strip() for line in text.splitlines()) if line)


@dataclass(slots=True)
class _Measure:
    """Of one element: characters of text, of text in links, and links."""

    text: int = 0
    linked: int = 0
    links: int = 0


def _walk(tree: Any) -> str:
    """The page's text without menus; with them, if nothing else is on the page."""
    text = _lines("".join(_pieces(tree, _menus(tree))))
    return text or _lines("".join(_pieces(tree, set())))


def _menus(tree: Any) -> set[Any]:
    """Lists and boxes that are links and hardly anything else."""
    found: set[Any] = set()
    open_elements: list[_Measure] = []
    for event, element in _events(tree):
        if event == "start":
            open_elements.append(_Measure(text=len((element.text or "").strip())))
            continue
        measure = open_elements.pop()
        if element.tag == "a":
            measure.linked, measure.links = measure.text, 1
        if (
            element.tag in {"ul", "ol", "div", "td", "table", "section"}
            and measure.links >= 3
            and measure.text - measure.linked <= 3 * measure.links
        ):
            found.add(element)
        if open_elements:
            parent = open_elements[-1]
            parent.text += measure.text + len((element.tail or "").strip())
            parent.linked += measure.linked
            parent.links += measure.links
    return found


def _events(tree: Any) -> Iterator[tuple[str, Any]]:
    """Start and end of every element in document order, without recursion."""
    stack: list[tuple[Any, Any]] = [(tree, iter(tree))]
    yield "start", tree
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif isinstance(child.tag, str):
            yield "start", child
            stack.append((child, iter(child)))


def _pieces(tree: Any, menus: set[Any]) -> Iterator[str]:
    """The text in document order: a line break at each block, a tab between the cells of a table."""
    hidden = 0
    preformatted = 0
    for event, element in _events(tree):
        tag = element.tag
        if event == "start":
            if hidden or element in menus or _is_dropped(element):
                hidden += 1
                continue
            preformatted += tag == "pre"
            if tag in _BLOCKS:
                yield "\n"
            elif tag in {"td", "th"}:
                yield "\t"
            text = element.text
        else:
            if hidden:
                hidden -= 1
            else:
                preformatted -= tag == "pre"
                if tag in _BLOCKS:
                    yield "\n"
            text = element.tail if element is not tree else None
        if text and not hidden:
            yield text if preformatted else _SPACE.sub(" ", text)


def _is_dropped(element: Any) -> bool:
    tag = element.tag
    if tag in _KEPT:
        return False
    if tag in _DROPPED:
        return True
    if tag == "header":
        return not any(parent.tag in {"article", "main"} for parent in element.iterancestors())
    get = element.get
    if get("hidden") is not None or get("aria-hidden") == "true" or (get("role") or "").lower() in _MENU_ROLES:
        return True
    if "display:none" in (get("style") or "")[:500].replace(" ", "").lower():
        return True
    names = f"{(get('class') or '')[:500]} {(get('id') or '')[:100]}"
    return tag in {"div", "ul", "ol", "section", "table", "td"} and _MENU_NAMES.search(names) is not None
