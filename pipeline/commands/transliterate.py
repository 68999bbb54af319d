"""The command `hamkor transliterate`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.console import read_article, wrong

__all__ = ["transliterate"]


def transliterate(
    to: Annotated[str, typer.Option("--to", metavar="latin|cyrillic", help="The script to write in.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text, or - for standard input.")] = "-",
) -> None:
    """Transliterate Uzbek text, Cyrillic to Latin by the official rules or back.

    Examples:

      hamkor transliterate --to latin maqola.txt

      echo "Oʻzbekiston Milliy kutubxonasi" | hamkor transliterate --to cyrillic
    """
    from pipeline.text.transliteration import to_cyrillic, to_latin

    ways = {"latin": to_latin, "cyrillic": to_cyrillic}
    if to not in ways:
        wrong(f"--to {to}: there is only latin and cyrillic")
    typer.echo(ways[to](read_article(file).text), nl=False)
