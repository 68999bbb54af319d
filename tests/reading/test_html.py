"""HTML: the article and not the menus, its title and date, its encoding; hostile pages in linear time."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from pipeline.reading import HTML, Limits, ReadingError, read_bytes

from .sentences import ENGLISH, RUSSIAN, UZBEK, typed

MENUS = {
    "ru": ("Главная страница", "Новости дня", "Контакты", "Все права защищены", "Читайте также"),
    "uz": ("Бош саҳифа", "Янгиликлар", "Боғланиш", "Барча ҳуқуқлар ҳимояланган", "Мавзуга доир"),
    "en": ("Home page", "Latest news", "Contact us", "All rights reserved", "Read more"),
}
BODIES = {"ru": RUSSIAN, "uz": UZBEK, "en": ENGLISH}


def page(language: str, *, sentences: tuple[str, ...] | None = None, head: str = "") -> str:
    home, news, contact, rights, more = MENUS[language]
    body = sentences or BODIES[language]
    paragraphs = "".join(f"<p>{sentence.replace('&', '&amp;')}</p>" for sentence in body[1:])
    return f"""<!DOCTYPE html><html><head>{head}<title>{body[0]} | Site</title><style>p {{color: red}}</style>
<script>var text = "<p>script text</p>";</script></head><body>
<header><h1><a href="/">Site</a></h1><nav><ul><li><a href="/">{home}</a></li><li><a href="/n">{news}</a></li></ul></nav>
</header>
<div class="container"><div class="content"><h1>{body[0]}</h1><!-- a comment -->{paragraphs}</div>
<div class="sidebar"><ul><li><a href="/1">{more}</a></li><li><a href="/2">{contact}</a></li></ul></div></div>
<form action="/s"><input value="search"><button>{news}</button></form>
<footer><p>© 2020 {rights}</p></footer></body></html>"""


def read(markup: str | bytes, **options: Any) -> Any:
    return read_bytes(markup.encode() if isinstance(markup, str) else markup, source="a.html", **options)


@pytest.mark.parametrize("language", MENUS)
@pytest.mark.parametrize("finder", [True, False])
def test_the_article_is_read_and_the_menus_are_not(language: str, finder: bool) -> None:
    article = read(page(language), limits=Limits() if finder else Limits(max_elements=0))
    assert article.media_type == HTML
    assert article.title == BODIES[language][0]
    for sentence in BODIES[language]:
        assert article.text.count(sentence) == 1
    for menu in (*MENUS[language], "script text", "a comment", "color", "search"):
        assert menu not in article.text
    lines = article.text.split("\n")
    assert [lines.index(sentence) for sentence in BODIES[language]] == sorted(map(lines.index, BODIES[language]))


@pytest.mark.parametrize("language", MENUS)
def test_short_articles(language: str) -> None:
    article = read(page(language, sentences=BODIES[language][:2]))
    assert article.text == "\n".join(BODIES[language][:2])


@pytest.mark.parametrize("finder", [True, False])
def test_lists_tables_breaks_and_entities(finder: bool) -> None:
    markup = (
        "<html><body><article><p>First line<br>second&nbsp;line &amp; &laquo;more&raquo; &#1047;&#x43D;</p>"
        "<ul><li>200 copies of books</li><li>40 copies of journals</li></ul>"
        "<table><tr><th>Library</th><th>Copies</th></tr><tr><td>Navoi</td><td>120</td></tr></table>"
        "<div>One</div><div>two <b>bold</b>er</div></article></body></html>"
    )
    text = read(markup, limits=Limits() if finder else Limits(max_elements=0)).text.replace("\u00a0", " ")
    lines = [line.removeprefix("- ") for line in text.split("\n")]
    assert lines[:2] == ["First line", "second line & «more» Зн"]
    assert {"200 copies of books", "40 copies of journals", "One", "two bolder"} <= set(lines)
    assert any(line.split() in (["Navoi", "120"], ["Navoi", "|", "120"]) for line in lines)


def test_a_page_inside_a_form_is_read() -> None:
    markup = (
        f"<body><form id=aspnetForm><div>{''.join(f'<p>{s}</p>' for s in RUSSIAN)}<input name=q></div></form></body>"
    )
    assert all(sentence in read(markup).text for sentence in RUSSIAN)


def test_nothing_but_links_is_still_read() -> None:
    text = read("<ul>" + "".join(f"<li><a href=x>{s}</a></li>" for s in ENGLISH) + "</ul>").text
    assert all(sentence in text for sentence in ENGLISH)


@pytest.mark.parametrize(
    ("codec", "meta", "encoding"),
    [
        ("utf-8", '<meta charset="utf-8">', "utf-8"),
        ("utf-8", '<meta charset="windows-1251">', "utf-8"),
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "windows-1251"),
        ("cp1251", '<meta charset="utf-8">', "windows-1251"),
        ("cp1251", "", "windows-1251"),
        ("koi8_r", "<meta charset=koi8-r>", "koi8-r"),
        ("cp866", "", "cp866"),
        ("utf-16", "", "utf-16-le"),
    ],
)
def test_encodings_of_pages(codec: str, meta: str, encoding: str) -> None:
    sentences = tuple(typed(sentence, codec) for sentence in RUSSIAN)
    article = read(typed(page("ru", sentences=sentences, head=meta), codec).replace("©", "").encode(codec))
    assert article.encoding == encoding
    assert all(sentence in article.text for sentence in sentences)


def test_xhtml_with_a_declaration() -> None:
    markup = f'<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{UZBEK[0]}</p></body></html>'
    assert read_bytes(markup.encode(), source="a.xhtml").text == UZBEK[0]


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ('<meta property="article:published_time" content="2019-05-05T10:00:00+05:00">', "", "2019-05-05"),
        ('<meta name="citation_publication_date" content="2018/07/02">', "", "2018-07-02"),
        ('<meta name="DC.date" content="2017-03">', "", "2017-03"),
        ('<meta name="DC.date.issued" content="2016">', "", "2016"),
        ('<meta name="date" content="20150402">', "", "2015-04-02"),
        ("", '<time itemprop="datePublished" datetime="2014-01-31">January</time>', "2014-01-31"),
        ("", '<article><time datetime="2013-01-31T00:00">January</time></article>', "2013-01-31"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2012-12-12"}]}'
            "</script>",
            "",
            "2012-12-12",
        ),
        (
            '<script type="application/ld+json">{"@type": "Organization", "datePublished": "2012-12-12"}</script>',
            "",
            None,
        ),
        ('<script type="application/ld+json">{broken</script>', "", None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", "", None),
        ('<meta name="date" content="05.06.2019">', "", None),
        ('<meta name="date" content="2019-13-01">', "", None),
        ('<meta name="date" content="201905">', "", None),
        ('<meta name="date" content="1970-01-01T00:00:00Z">', "", None),
        ("", '<time datetime="2013-01-31">a clock in the menu</time>', None),
        ("", '<article><time datetime="2013-01-31">a</time><time datetime="2014-01-31">b</time></article>', None),
        ("", "<p>5 May 2019</p>", None),
    ],
)
def test_only_clear_dates(head: str, body: str, date: str | None) -> None:
    assert read(f"<html><head>{head}</head><body><p>{ENGLISH[0]}</p>{body}</body></html>").date == date


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Museums | Site</title>", "<h1>Site news</h1><h1>Museums</h1>", "Museums"),
        ("<title> Museums \n of Osh </title>", "", "Museums of Osh"),
        ('<title>Museums — Site</title><meta property="og:title" content="Museums">', "", "Museums"),
        ("", "<h1>Museums</h1>", "Museums"),
        ("", "<h1>Museums</h1><h1>Libraries</h1>", None),
        ("", "", None),
    ],
)
def test_titles(head: str, body: str, title: str | None) -> None:
    article = read(f"<html><head>{head}</head><body>{body}<p>{ENGLISH[0]}</p></body></html>")
    assert article.title == title


PARAGRAPH = f"<p>{ENGLISH[1]}</p>"
HOSTILE = {
    "deep": ("<div>" * 10_000 + PARAGRAPH + "</div>" * 10_000, True),
    "deep and open": ("<b><i><ul><li>" * 5_000 + PARAGRAPH, True),
    "deep tail": ("<blockquote>" * 3_000 + "</blockquote>" * 3_000 + PARAGRAPH, True),
    "less-than signs": ("<" * 5_000_000, False),
    "open tags": ("<a " * 1_000_000, False),
    "quotes": ("<a \"'" * 400_000, False),
    "equals": ("<p a='" * 500_000, False),
    "open comments": ("<!--" * 1_000_000, False),
    "closed comments": ("<!-- a" * 500_000 + "-->" + PARAGRAPH, True),
    "scripts": ("<script>" * 500_000, False),
    "attributes": ("<p " + " ".join(f"a{i}=1" for i in range(300_000)) + ">" + PARAGRAPH, True),
    "attributes in quotes": ("<p " + " ".join(f"a{i}='>'" for i in range(200_000)) + ">" + PARAGRAPH, True),
    "long attribute": ("<p title='" + "x" * 5_000_000 + "'>" + PARAGRAPH, True),
    "ampersands": ("&" * 3_000_000, False),
    "many paragraphs": (PARAGRAPH * 60_000, True),
    "long text": ("<p>" + (ENGLISH[1] + " ") * 200_000, True),
    "zero page": ("", False),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages(name: str) -> None:
    markup, readable = HOSTILE[name]
    try:
        text = read(markup).text
    except ReadingError as error:
        assert not readable, error
    else:
        assert not readable or ENGLISH[1] in text


def test_entities_are_not_expanded_and_files_not_read(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    markup = (
        f'<!DOCTYPE html [<!ENTITY l0 "lol">{levels}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f"<html><body>{PARAGRAPH}<p>&l11; &x;</p></body></html>"
    )
    text = read(markup).text
    assert ENGLISH[1] in text
    assert "secret words" not in text
    assert len(text) < 1000


@pytest.mark.parametrize("module", ["lxml.html", "trafilatura"])
def test_a_missing_extra_is_named(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ReadingError, match=r"pip install 'hamkor\[html\]'"):
        read(page("en"))


def test_a_failure_of_the_finder_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> str:
        raise builtins.RecursionError("too deep")

    monkeypatch.setattr(trafilatura, "extract", fail)
    assert RUSSIAN[3] in read(page("ru")).text
