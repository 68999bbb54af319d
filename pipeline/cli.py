"""The command `hamkor`: its commands in the order in which `--help` shows them."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.commands import corpus, gazetteer, models
from pipeline.commands.agreements import agreements
from pipeline.commands.convert import convert
from pipeline.commands.evaluate import evaluate
from pipeline.commands.export import export, plot
from pipeline.commands.extract import extract
from pipeline.commands.ingest import ingest
from pipeline.commands.publish import ask, publish
from pipeline.commands.retry import retry
from pipeline.commands.review import review_list
from pipeline.commands.show import explain, show
from pipeline.commands.status import status
from pipeline.commands.train import train
from pipeline.commands.transliterate import transliterate
from pipeline.summary import table

__all__ = ["app"]

app = typer.Typer(
    name="hamkor",
    help="""Read what libraries, museums and archives of Central Asia do together out of their articles:
institutions, dates, copy counts and agreements, in Uzbek (Latin and Cyrillic), Russian and English.

Examples:

  hamkor extract articles/ --output records.jsonl    every article of a folder, one JSON record a line

  hamkor show article.txt                            the article with its findings in colour

  hamkor explain article.txt                         which rule or gazetteer name gave each finding

  hamkor evaluate corpus/dev                         precision and recall against gold annotations
""",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        typer.echo(f"hamkor {__version__}")
        raise typer.Exit


for command in (
    extract,
    table,
    show,
    explain,
    ingest,
    status,
    retry,
    publish,
    ask,
    export,
    plot,
    agreements,
    review_list,
    evaluate,
    train,
    transliterate,
):
    app.command()(command)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record, made from the data model that every record is checked against."""
    from pipeline.records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(corpus.app, name="corpus")
app.add_typer(models.app, name="models")
corpus.app.command()(convert)

if __name__ == "__main__":
    app()
