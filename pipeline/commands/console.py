"""What the commands share: their arguments, how they end on wrong use, how they write files and tell of progress."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from pipeline.authority.judgements import Judgements
    from pipeline.extraction import Extractor
    from pipeline.reading import Article

__all__ = [
    "Confidence",
    "Engines",
    "File",
    "Gazetteers",
    "Judged",
    "Paths",
    "Progress",
    "Records",
    "Source",
    "engines_of",
    "judgements_of",
    "make_extractor",
    "read_article",
    "written",
    "wrong",
]

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.", show_default=False)
]
Gazetteers = Annotated[
    list[Path],
    typer.Option(
        "--gazetteer",
        metavar="FILE.csv",
        envvar="HAMKOR_GAZETTEERS",
        help="A gazetteer of your own beside the one of hamkor; may be given more than once.",
    ),
]
Engines = Annotated[
    list[str],
    typer.Option(
        "--ner",
        metavar="ENGINE",
        help="An NER engine that votes on further institutions: hamkor (its own model), hamkor-ru (the same on Russian alone, asked where this option is not given), natasha (Russian), spacy:PIPELINE, stanza:LANGUAGE, or a path after the colon; none for rules alone. May be given more than once.",
    ),
]
Judged = Annotated[
    list[Path],
    typer.Option(
        "--judgements",
        metavar="FILE.csv",
        envvar="HAMKOR_JUDGEMENTS",
        help="What people have decided about names, over the judgements of hamkor; may be given more than once.",
    ),
]
Records = Annotated[
    list[Path], typer.Argument(metavar="RECORDS.jsonl…", help="What `hamkor extract` wrote.", show_default=False)
]
Source = Annotated[
    Path,
    typer.Argument(
        metavar="WORKSPACE", help="A folder of `hamkor ingest`, or a file of `hamkor extract`.", show_default=False
    ),
]
Confidence = Annotated[
    float,
    typer.Option(
        help="What is less sure is left out: mentions, institutions, and what would hang on them.", min=0.0, max=1.0
    ),
]
File = Annotated[str, typer.Argument(metavar="FILE", help="An article, or - for standard input.", show_default=False)]


def engines_of(named: Sequence[str]) -> list[str]:
    """Return the engines that `--ner` names: those that are asked by default where it is not given, none after `--ner none`."""
    from pipeline.extraction import DEFAULT_ENGINES

    if "none" in named and len(named) > 1:
        wrong("--ner none: no other engine can be asked beside it; leave one of them")
    return [] if "none" in named else list(named or DEFAULT_ENGINES)


def make_extractor(gazetteers: list[Path], engines: list[str], judgements: Sequence[Path] = ()) -> Extractor:
    """Return the extractor; a gazetteer, an engine or a file of judgements that cannot be used is wrong use."""
    from pipeline.extraction import load
    from pipeline.languages.lexicon import DataError

    try:
        return load(gazetteer_files=gazetteers, ner=engines_of(engines), judgement_files=judgements)
    except (DataError, OSError) as error:
        wrong(str(error))


def judgements_of(files: Sequence[Path]) -> Judgements:
    """Return the judgements of hamkor and of the files; one that cannot be used is wrong use."""
    from pipeline.authority.judgements import read_judgements
    from pipeline.languages.lexicon import DataError
    from pipeline.resources import gazetteers

    try:
        return read_judgements(gazetteers() / "judgements.csv", *files)
    except (DataError, OSError) as error:
        wrong(str(error))


def read_article(file: str) -> Article:
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


def wrong(message: str) -> NoReturn:
    """Say in one line what was wrong in the call, and end with 2."""
    typer.echo(f"hamkor: {message}", err=True)
    raise typer.Exit(2)


@contextmanager
def written(output: Path | None) -> Iterator[TextIO]:
    """Give a stream for the rows; a file appears under its name only when it is whole."""
    if output is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.", suffix=".part")
    except OSError as error:
        wrong(f"--output {output}: {error.strerror}; choose a place that can be written to")
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


class Progress:
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
