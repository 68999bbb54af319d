"""The command `hamkor extract`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import Engines, Gazetteers, Judged, Paths, Progress, make_extractor, written

__all__ = ["extract"]


def extract(
    paths: Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.jsonl", help="Where the records go; standard output without it."),
    ] = None,
    gazetteer: Gazetteers = [],  # noqa: B006 - typer reads the default, nobody changes it
    ner: Engines = [],  # noqa: B006
    judgements: Judged = [],  # noqa: B006
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

    extractor = make_extractor(gazetteer, ner, judgements)
    limits = Limits(max_bytes=max_bytes)
    failed = done = 0
    used: dict[str, int] = {}
    texts = output.with_suffix(".texts") if output is not None else None
    progress = Progress(quiet=quiet)
    with written(output) as out:
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
