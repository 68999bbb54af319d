"""The commands `hamkor export` and `hamkor plot`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.authority.confidence import THRESHOLD
from pipeline.commands.console import Confidence, Judged, Source, judgements_of, wrong

if TYPE_CHECKING:
    from pipeline.authority.judgements import Judgements
    from pipeline.exporting.dataset import Dataset

__all__ = ["export", "plot"]

_FORMATS = ("csvw", "parquet", "jsonld", "quickstatements", "marc", "marcjson", "graphml", "docbin")
_Since = Annotated[int, typer.Option(metavar="RUN", help="Only articles added, changed or withdrawn after this run, and what they tell of.", min=0)]  # fmt: skip


def export(
    source: Source,
    form: Annotated[str, typer.Option("--as", metavar="|".join(_FORMATS), help="The format.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where it goes: a folder for csvw and parquet, else a file.")
    ],
    since: _Since = 0,
    confidence: Confidence = THRESHOLD,
    judgements: Judged = [],  # noqa: B006 - typer reads the default, nobody changes it
    reviewed: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE.csv",
            help="For quickstatements: agreements (id) with a verdict, right or wrong; may be given more than once.",
        ),
    ] = [],  # noqa: B006
    base: Annotated[
        str,
        typer.Option(
            metavar="IRI", help="For jsonld: how the names of things begin, such as https://example.org/registry/."
        ),
    ] = "urn:hamkor:",
) -> None:
    """Write what a workspace or a file of records says in a format of other registries.

    csvw: CSV with metadata (CSV on the Web), a file for each table. parquet: the same tables, typed. jsonld: institutions and agreements in schema.org, evidence as
    Web Annotations, how it was made in PROV; pipeline/exporting/shapes.ttl has SHACL shapes for it. marc, marcjson: MARC 21 authority records of institutions. graphml: who
    works with whom. docbin: texts with spans for spaCy. quickstatements: for Wikidata, of reviewed facts only: institutions that a judgement says "same" of, and
    agreements of --reviewed, for which the CSV of `hamkor agreements` with a column `verdict` will do.

    Exit status: 0 all well, 1 some article could not be exported, 2 wrong use.

    Examples:

      hamkor export workspace/ --as csvw --output tables/

      hamkor export workspace/ --as jsonld --since 12 --output changes.jsonld

      hamkor export records.jsonl --as marc --confidence 0.9 --output institutions.mrc

      hamkor export workspace/ --as quickstatements --judgements judged.csv --reviewed register.csv --output wikidata.txt
    """
    from pipeline.exporting import csvw, docbin, graphml, jsonld, marc, parquet, quickstatements
    from pipeline.exporting.reviewed import read_reviewed
    from pipeline.languages.lexicon import DataError

    if form not in _FORMATS:
        wrong(f"--as {form}: there are {', '.join(_FORMATS)}")
    judged = judgements_of(judgements)
    try:
        seen = read_reviewed(reviewed, judged)
    except (DataError, OSError) as error:
        wrong(f"--reviewed: {error}")
    simple = {
        "csvw": csvw.write, "parquet": parquet.write, "marc": marc.write, "marcjson": marc.write_json, "graphml": graphml.write, "docbin": docbin.write,
    }  # fmt: skip

    def write(dataset: Dataset) -> None:
        if form == "jsonld":
            jsonld.write(dataset, output, base=base)
        elif form == "quickstatements":
            quickstatements.write(dataset, output, reviewed=seen)
        else:
            simple[form](dataset, output)

    _exported(source, write, threshold=confidence, judgements=judged, since=since)


def plot(
    source: Source,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder for drawings and page.")],
    since: _Since = 0,
    confidence: Confidence = THRESHOLD,
    judgements: Judged = [],  # noqa: B006 - typer reads the default, nobody changes it
    home: Annotated[
        str | None,
        typer.Option(
            metavar="XX", help="The country whose exchange is drawn; without it the one of most institutions."
        ),
    ] = None,
) -> None:
    """Draw a workspace: a timeline of agreements, a network of partners, copies by year and direction.

    The folder gets timeline.svg, network.svg and copies.svg, and index.html, one page with all of them and their figures as tables that needs no network.

    Exit status: 0 all well, 1 some article could not be read, 2 wrong use.

    Examples:

      hamkor plot workspace/ --output plots/

      hamkor plot records.jsonl --home KZ --output plots/
    """
    from pipeline.exporting import plots

    if home is not None and not re.fullmatch("[A-Z]{2}", home):
        wrong(f"--home {home}: write a country as ISO 3166 has it, such as UZ")

    def write(dataset: Dataset) -> None:
        plots.write(dataset, output, home=home)

    _exported(source, write, threshold=confidence, judgements=judgements_of(judgements), since=since)


def _exported(
    source: Path, write: Callable[[Dataset], None], *, threshold: float, judgements: Judgements, since: int
) -> None:
    """Write a dataset; end with 1 where an article was refused, with 2 where nothing can be written."""
    from pipeline.exporting.dataset import Dataset
    from pipeline.exporting.output import ExportError
    from pipeline.publishing.facts import FeedError
    from pipeline.publishing.feed import open_feed
    from pipeline.workspace import WorkspaceError

    try:
        with open_feed(source) as feed:
            dataset = Dataset(feed, threshold=threshold, judgements=judgements, since=since)
            write(dataset)
    except (ExportError, FeedError, WorkspaceError) as error:
        wrong(str(error))
    for refused in dataset.refused:
        typer.echo(f"hamkor: not exported: {refused}", err=True)
    raise typer.Exit(1 if dataset.refused else 0)
