"""The commands that show one article to a person: `hamkor show` and `hamkor explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import Engines, File, Gazetteers, Judged, make_extractor, read_article

__all__ = ["explain", "show"]


def show(
    file: File,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE.html", help="Write one self-contained page instead of the terminal view."),
    ] = None,
    gazetteer: Gazetteers = [],  # noqa: B006
    ner: Engines = [],  # noqa: B006
    judgements: Judged = [],  # noqa: B006
) -> None:
    """Show an article with its findings marked: in the terminal in colour, or with --html as one page that works offline.

    Examples:

      hamkor show article.txt

      hamkor show article.pdf --html article.html
    """
    from pipeline.view import terminal, web_page

    article = read_article(file)
    record = make_extractor(gazetteer, ner, judgements).extract_article(article)
    if html is None:
        terminal(article.text, record)
    else:
        html.write_text(web_page(article.text, record), encoding="utf-8")
        typer.echo(f"{html} written", err=True)


def explain(file: File, gazetteer: Gazetteers = [], ner: Engines = [], judgements: Judged = []) -> None:  # noqa: B006
    """Say which rule, gazetteer name or engine gave each finding of an article, what was repaired, and what dateparser makes of full dates.

    Example:

      hamkor explain article.txt
    """
    from pipeline.view import explanation

    article = read_article(file)
    for line in explanation(make_extractor(gazetteer, ner, judgements).find(article.text)):
        typer.echo(line)
