"""The command `hamkor`. Only this room talks to a person."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from pipeline import __version__
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
""",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.", show_default=False)
]
_Gazetteers = Annotated[
    list[Path],
    typer.Option(
        "--gazetteer",
        metavar="FILE.csv",
        help="A gazetteer of your own beside the one of hamkor; may be given more than once.",
    ),
]
_Engines = Annotated[
    list[str],
    typer.Option(
        "--ner",
        metavar="ENGINE",
        help="An NER engine that votes on further institutions: spacy:PIPELINE, stanza:LANGUAGE, or a path after the colon; may be given more than once.",
    ),
]
_File = Annotated[str, typer.Argument(metavar="FILE", help="An article, or - for standard input.", show_default=False)]


@app.callback(invoke_without_command=True)
def _main(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        typer.echo(f"hamkor {__version__}")
        raise typer.Exit


@app.command()
def extract(
    paths: _Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.jsonl", help="Where the records go; standard output without it."),
    ] = None,
    gazetteer: _Gazetteers = [],  # noqa: B006 - typer reads the default, nobody changes it
    ner: _Engines = [],  # noqa: B006
    max_bytes: Annotated[int, typer.Option(help="Refuse a larger source.", min=1)] = 50 * 1024 * 1024,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Extract records from articles: text, HTML, PDF, DOCX; one JSON object a line.

    An article that cannot be read becomes a row with an `error` that says why; the others go on. A file is written
    under another name and renamed at the end, so what you see under --output is always whole. For HTML, PDF and DOCX the
    text that was taken out is kept beside it (FILE.texts/ID.txt), since offsets count into that text.

    Exit status: 0 all well, 1 some article failed, 2 wrong use.

    Examples:

      hamkor extract report.pdf

      hamkor extract articles/ more.html --output records.jsonl

      cat article.txt | hamkor extract - > record.jsonl
    """
    from pipeline.reading import PLAIN, Limits, ReadingError, find_sources, read_source
    from pipeline.records import Failure, FailureRow

    extractor = _extractor(gazetteer, ner)
    limits = Limits(max_bytes=max_bytes)
    failed = done = 0
    used: dict[str, int] = {}
    texts = output.with_suffix(".texts") if output is not None else None
    progress = _Progress(quiet=quiet)
    with _written(output) as out:
        for source in find_sources(paths):
            name = source.source if isinstance(source, ReadingError) else source.name
            try:
                if isinstance(source, ReadingError):
                    raise source
                article = read_source(source, limits=limits)
                record = extractor.extract_article(article)
                unique = _unique(article.id, used)
                if unique != article.id:
                    record = record.model_copy(update={"document": record.document.model_copy(update={"id": unique})})
                if texts is not None and article.media_type != PLAIN:
                    texts.mkdir(parents=True, exist_ok=True)
                    (texts / f"{_safe(unique)}.txt").write_text(
                        article.text, encoding="utf-8", errors="surrogatepass", newline=""
                    )
                row = record.to_json()
                done += 1
            except ReadingError as error:
                failed += 1
                row = FailureRow(
                    document={"id": _unique(_stem(name), used), "source": error.source},
                    error=Failure(type="reading", message=error.reason),
                ).to_json()
                progress.say(f"failed: {error}")
            except Exception as error:  # one bad article must not lose a batch: the row says what happened
                failed += 1
                message = f"{type(error).__name__}: {error}; please report it with the article"
                row = FailureRow(
                    document={"id": _unique(_stem(name), used), "source": name},
                    error=Failure(type="internal", message=message),
                ).to_json()
                progress.say(f"failed: {name}: {message}")
            out.write(row + "\n")
            progress.step(done + failed, name)
    progress.end(done, failed)
    raise typer.Exit(1 if failed else 0)


app.command()(table)


@app.command()
def show(
    file: _File,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE.html", help="Write one self-contained page instead of the terminal view."),
    ] = None,
    gazetteer: _Gazetteers = [],  # noqa: B006
    ner: _Engines = [],  # noqa: B006
) -> None:
    """Show an article with its findings marked: in the terminal in colour, or with --html as one page that works offline.

    Examples:

      hamkor show article.txt

      hamkor show article.pdf --html article.html
    """
    from pipeline.view import terminal, web_page

    article = _read(file)
    record = _extractor(gazetteer, ner).extract_article(article)
    if html is None:
        terminal(article.text, record)
    else:
        html.write_text(web_page(article.text, record), encoding="utf-8")
        typer.echo(f"{html} written", err=True)


@app.command()
def explain(file: _File, gazetteer: _Gazetteers = [], ner: _Engines = []) -> None:  # noqa: B006
    """Say which rule, gazetteer name or engine gave each finding of an article, what was repaired, and what dateparser makes of full dates.

    Example:

      hamkor explain article.txt
    """
    from pipeline.view import explanation

    article = _read(file)
    for line in explanation(_extractor(gazetteer, ner).find(article.text)):
        typer.echo(line)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record, made from the data model that every record is checked against."""
    from pipeline.records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command()
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
        _wrong(f"--to {to}: there is only latin and cyrillic")
    typer.echo(ways[to](_read(file).text), nl=False)


gazetteer_app = typer.Typer(help="Look after gazetteers.", no_args_is_help=True)
app.add_typer(gazetteer_app, name="gazetteer")


@gazetteer_app.command("check")
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
        _wrong(f"{chosen}: {error.strerror}")
    for line in found:
        typer.echo(line)
    typer.echo(f"{chosen}: {len(found)} problems" if found else f"{chosen}: nothing wrong", err=True)
    raise typer.Exit(1 if found else 0)


def _extractor(gazetteers: list[Path], engines: list[str]):  # type: ignore[no-untyped-def]
    """Return the extractor; a gazetteer or an engine that cannot be used is wrong use."""
    from pipeline.extraction import load
    from pipeline.languages.lexicon import DataError

    try:
        return load(gazetteer_files=gazetteers, ner=engines)
    except (DataError, OSError) as error:
        _wrong(str(error))


def _read(file: str):  # type: ignore[no-untyped-def]
    """Return the one article that a command is about; exit with 1 and one line where it cannot be read."""
    from pipeline.reading import ReadingError, find_sources, read_source

    try:
        source = next(find_sources([file]))
        if isinstance(source, ReadingError):
            raise source
        return read_source(source)
    except ReadingError as error:
        typer.echo(f"hamkor: {error}", err=True)
        raise typer.Exit(1) from None


def _wrong(message: str) -> None:
    typer.echo(f"hamkor: {message}", err=True)
    raise typer.Exit(2)


def _unique(name: str, used: dict[str, int]) -> str:
    """Return the id, with a number after it where the batch has it already."""
    used[name] = used.get(name, 0) + 1
    while used[name] > 1:
        numbered = f"{name}-{used[name]}"
        if numbered not in used:
            used[numbered] = 1
            return numbered
        used[name] += 1
    return name


def _stem(name: str) -> str:
    return Path(name).stem or name


def _safe(name: str) -> str:
    return name.replace("/", "_").replace("\0", "_") or "_"


@contextmanager
def _written(output: Path | None) -> Iterator[TextIO]:
    """Give a stream for the rows; a file appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".part")
    except OSError as error:
        _wrong(f"--output {output}: {error.strerror}; choose a place that can be written to")
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, output)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _Progress:
    """Progress on standard error: one line that is written over on a terminal, a line now and then in a log."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.live = sys.stderr.isatty()
        self.begun = self.told = time.monotonic()

    def step(self, count: int, name: str) -> None:
        now = time.monotonic()
        if self.quiet or now - self.told < (0.1 if self.live else 10):
            return
        self.told = now
        rate = count / max(now - self.begun, 1e-9)
        line = f"{count} articles, {rate:.0f} a second, last {name[-50:]}"
        print(f"\r\x1b[K{line}" if self.live else line, end="" if self.live else "\n", file=sys.stderr, flush=True)

    def say(self, message: str) -> None:
        print(f"\r\x1b[K{message}" if self.live else message, file=sys.stderr, flush=True)

    def end(self, done: int, failed: int) -> None:
        if not self.quiet:
            seconds = time.monotonic() - self.begun
            self.say(f"{done} articles extracted, {failed} failed, {seconds:.1f} s")


if __name__ == "__main__":
    app()
