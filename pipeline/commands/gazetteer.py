"""The commands `hamkor gazetteer …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import wrong

__all__ = ["app"]

app = typer.Typer(help="Look after gazetteers.", no_args_is_help=True)


@app.command("check")
def gazetteer_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="A folder like gazetteers/; the one of hamkor without it.")
    ] = None,
) -> None:
    """Say what is wrong with a folder of gazetteers: duplicates, two institutions of one name, unknown countries, missing languages.

    Exit status: 0 nothing wrong, 1 something is.

    Example:

      hamkor gazetteer check gazetteers/
    """
    from pipeline.authority.check import problems
    from pipeline.resources import gazetteers

    chosen = folder or gazetteers()
    try:
        found = problems(chosen)
    except OSError as error:
        wrong(f"{chosen}: {error.strerror}")
    for line in found:
        typer.echo(line)
    typer.echo(f"{chosen}: {len(found)} problems" if found else f"{chosen}: nothing wrong", err=True)
    raise typer.Exit(1 if found else 0)


@app.command("import")
def import_(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The register: .json, .zip or .csv.", show_default=False)
    ] = None,
    register: Annotated[
        str, typer.Option("--from", metavar="ror|wikidata|csv", help="Which register the file comes from.")
    ] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.csv", help="The gazetteer that is written.")
    ] = None,
    country: Annotated[
        list[str], typer.Option(metavar="CODE", help="Only institutions of this country (ISO 3166-1); repeatable.")
    ] = [],  # noqa: B006 - typer reads the default, nobody changes it
    kind: Annotated[
        list[str], typer.Option(metavar="KIND", help="Only institutions of this kind (library, museum, …); repeatable.")
    ] = [],  # noqa: B006
    column: Annotated[
        list[str],
        typer.Option(
            metavar="NAME=COLUMN", help="For a CSV file: which of its columns is which of a gazetteer's; repeatable."
        ),
    ] = [],  # noqa: B006
    force: Annotated[bool, typer.Option("--force", help="Write over FILE.csv where it is there already.")] = False,
    query: Annotated[
        bool, typer.Option("--query", help="Print the Wikidata query whose result can be imported, and exit.")
    ] = False,
) -> None:
    """Make a gazetteer of your own out of a ROR dump, a Wikidata result or a CSV file. Institutions that hamkor knows already are left out.

    Use it with `hamkor extract --gazetteer FILE.csv`, or name it once in the environment: HAMKOR_GAZETTEERS=FILE.csv

    Examples:

      hamkor gazetteer import ror-data.zip --from ror --country UZ --country KZ --output mine.csv

      hamkor gazetteer import --query > query.rq

      hamkor gazetteer import query.json --from wikidata --output mine.csv

      hamkor gazetteer import partners.csv --column en=Name --column country=Land --output mine.csv
    """
    from pipeline.authority.growth import grow
    from pipeline.authority.registers import WIKIDATA
    from pipeline.languages.lexicon import DataError

    if query:
        typer.echo(WIKIDATA)
        return
    if file is None or output is None:
        wrong("name the FILE of the register and --output FILE.csv; `hamkor gazetteer import --help` shows how")
    if output.exists() and not force:
        wrong(f"{output}: is there already; choose another name, or --force")
    columns = {name: own or name for name, _, own in (pair.partition("=") for pair in column)}
    try:
        growth = grow(file, register, columns=columns, countries=[code.upper() for code in country], kinds=kind)
        if growth.rows:
            growth.write(output)
    except (DataError, OSError) as error:
        wrong(str(error))
    for line in growth.known:
        typer.echo(line)
    typer.echo(
        f"{output}: {len(growth.rows)} institutions written, {len(growth.known)} known already, {growth.others} of other countries or kinds"
        if growth.rows
        else f"nothing written: {len(growth.known)} known already, {growth.others} of other countries or kinds",
        err=True,
    )
