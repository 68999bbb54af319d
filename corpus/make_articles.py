"""Write corpus/articles/ from the gold files of corpus/dev/: the plain texts, and some of them as HTML, DOCX, PDF and windows-1251.

    python corpus/make_articles.py

Needs python-docx and reportlab (the extra `test`).
"""

from __future__ import annotations

import html
from datetime import datetime
from pathlib import Path

from pipeline.evaluation import read_gold

CORPUS = Path(__file__).resolve().parent
ARTICLES = CORPUS / "articles"
GENRES = ("01", "03", "05", "07", "13", "19")
PAGE = "uzl-09-digitisation"
WORD = "rus-09-digitisation"
PRINTED = "eng-09-digitisation"
WINDOWS = "rus-15-pdf"

SITE = """<!doctype html>
<html lang="uz">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>nav a {{ margin-right: 1rem; }}</style>
</head>
<body>
<header><a href="/">Bosh sahifa</a>
<nav><ul><li><a href="/yangiliklar">Yangiliklar</a></li><li><a href="/fondlar">Fondlar</a></li><li><a href="/aloqa">Aloqa</a></li></ul></nav>
</header>
<main>
<article>
<h1>{title}</h1>
{paragraphs}
</article>
</main>
<aside><h2>Mashhur sahifalar</h2><ul><li><a href="/1">Ish vaqti</a></li><li><a href="/2">Elektron katalog</a></li><li><a href="/3">Savol-javob</a></li></ul></aside>
<footer><p>Barcha huquqlar himoyalangan</p></footer>
<script>document.title = document.title;</script>
</body>
</html>
"""


def text_of(name: str) -> str:
    """Return the article of a gold file."""
    return read_gold(CORPUS / "dev" / f"{name}.gold").text


def plain_names() -> list[str]:
    """Return the gold files whose articles stand here as plain UTF-8 text."""
    names = [file.stem for file in sorted((CORPUS / "dev").glob("*.gold"))]
    return [name for name in names if name.split("-")[1] in GENRES]


def paragraphs(text: str) -> list[str]:
    """Return the lines of an article that have something on them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def write_html(name: str) -> None:
    """Write an article as the page of a site, with menus round it."""
    title, *rest = paragraphs(text_of(name))
    body = "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in rest)
    (ARTICLES / f"{name}.html").write_text(
        SITE.format(title=html.escape(title), paragraphs=body), encoding="utf-8", newline="\n"
    )


def write_docx(name: str) -> None:
    """Write an article as a Word document: a heading, then its paragraphs."""
    import docx

    document = docx.Document()
    document.core_properties.author = "hamkor"
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
    title, *rest = paragraphs(text_of(name))
    document.add_heading(title, level=1)
    for line in rest:
        document.add_paragraph(line)
    document.save(str(ARTICLES / f"{name}.docx"))


def write_pdf(name: str) -> None:
    """Write an English article as a PDF, set by the page's width (its font has no Cyrillic)."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    title, *rest = paragraphs(text_of(name))
    styles = getSampleStyleSheet()
    story = [Paragraph(html.escape(title), styles["Title"])]
    for line in rest:
        story += [Paragraph(html.escape(line), styles["BodyText"]), Spacer(1, 6)]
    SimpleDocTemplate(str(ARTICLES / f"{name}.pdf"), pagesize=A4, title=title, author="hamkor", invariant=1).build(
        story
    )


def main() -> None:
    """Write all articles anew."""
    ARTICLES.mkdir(exist_ok=True)
    for name in plain_names():
        (ARTICLES / f"{name}.txt").write_text(text_of(name) + "\n", encoding="utf-8", newline="\n")
    (ARTICLES / f"{WINDOWS}.txt").write_bytes((text_of(WINDOWS) + "\n").encode("cp1251"))
    write_html(PAGE)
    write_docx(WORD)
    write_pdf(PRINTED)


if __name__ == "__main__":
    main()
