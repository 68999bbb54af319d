"""What an evaluation reads: gold files and a file of records, and that they are of the same articles.

Whatever would make a figure mean nothing is a RunError that names file and line: no gold, a record that is not there, a record of another text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from pipeline.evaluation.formats import gold_files, read_gold_any
from pipeline.evaluation.gold import Gold, GoldError
from pipeline.finders.edtf import Edtf, EdtfError
from pipeline.records import Record

__all__ = ["RunError", "read_golds", "read_records", "same_article"]

_SHOWN = 5  # names in a message


class RunError(ValueError):
    """Gold and records that cannot be compared; the message names file and line, and says what to do."""


def read_golds(paths: Iterable[Path]) -> list[Gold]:
    """Return the gold of files and folders: of a folder its *.gold, or, where it has none, every file of gold in it and below, in any format.

    Raises RunError, with file and line, for gold that breaks the guidelines, for one id in two files, and where there is no gold at all.
    """
    golds: list[Gold] = []
    first: dict[str, Path] = {}
    for file in _files(paths):
        try:
            inside = read_gold_any(file)
        except GoldError as error:
            raise RunError(str(error)) from error
        except OSError as error:
            raise RunError(f"{file}: {error.strerror}") from error
        for gold in inside:
            if gold.id in first:
                raise RunError(f"{file}: {gold.id!r} is in {first[gold.id]} too, so that nobody can say which of them a record is of; rename one")  # fmt: skip
            first[gold.id] = file
            _check_values(gold, file)
        golds += inside
    if not golds:
        raise RunError("there is nothing to evaluate; name gold files, or folders that hold them")
    return golds


def _files(paths: Iterable[Path]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise RunError(f"{path}: there is no such file or folder")
        inside = sorted(path.glob("*.gold")) or gold_files(path)
        if not inside:
            raise RunError(f"{path}: there is no gold in this folder; name the one that holds the *.gold")
        found |= dict.fromkeys(inside)
    return list(found)


def _check_values(gold: Gold, file: Path) -> None:
    """Refuse values that no record can have: what is not EDTF is never found right."""
    values = [(f"line {gold.text.count(chr(10), 0, date.start) + 1}", date.edtf) for date in gold.dates if not date.optional]  # fmt: skip
    for number, agreement in enumerate(gold.agreements, start=1):
        values += [(f"agreement {number}", value) for value in (agreement.signed, agreement.valid)]
    for place, value in values:
        try:
            Edtf.parse(value or "XXXX-01")
        except EdtfError as error:
            raise RunError(f"{file}, {place}: {value!r} is no EDTF value of the guidelines: {error}") from error


def read_records(file: Path, golds: Sequence[Gold]) -> tuple[list[Record], int]:
    """Return the record of each gold, in its order, and how many records of other articles the file has besides.

    Raises RunError, with file and line, where a line is no record, a gold has none, or one is of another text.
    """
    wanted = {gold.id: gold for gold in golds}
    found: dict[str, Record] = {}
    lines: dict[str, int] = {}
    failures: dict[str, str] = {}
    others: list[str] = []
    for line, row in _rows(file):
        where = f"{file}, line {line}"
        id = _id(row, where)
        if id in lines:
            raise RunError(f"{where}: the record of {id!r} stands in line {lines[id]} already; leave one of them")
        lines[id] = line
        if id not in wanted:
            others.append(id)
        elif "error" in row:
            failures[id] = f"{where}: the extraction of {id!r} failed ({_reason(row)}); extract it again, or leave out its gold"  # fmt: skip
        else:
            found[id] = _record(row, where)
            problem = same_article(wanted[id], found[id])
            if problem:
                raise RunError(f"{where}: {id!r} {problem}")
    if failures:
        raise RunError(next(iter(failures.values())))
    missing = [id for id in wanted if id not in found]
    if missing and not found:
        raise RunError(
            f"{file}: none of its {len(lines)} records is of an article of the gold: it has {_names(others)}, the gold has {_names(missing)}"
        )
    if missing:
        raise RunError(f"{file}: no record of {_names(missing)}; extract them too, or leave out their gold")
    return [found[gold.id] for gold in golds], len(others)


def same_article(gold: Gold, record: Record) -> str | None:
    """Return what shows that a record is of another text than the gold, None where it is of the same.

    The hash of the source settles it; without it (another encoding, another format) the length and every slice must agree, line ends after the last line apart.
    """
    text, document = gold.text, record.document
    for end in ("", "\n", "\r\n"):
        if document.sha256 == hashlib.sha256((text + end).encode("utf-8", errors="surrogatepass")).hexdigest():
            return None
    body = len(text.rstrip("\r\n"))
    if not body <= document.characters <= len(text) + 2:
        return f"is of a text of {document.characters} characters, the gold of that name has {len(text)}: they are two articles"
    for span in _spans(record):
        if text[span[0] : span[1]] != span[2]:
            return (
                f"says {span[2]!r} at {span[0]}-{span[1]}, where the gold's article has {text[span[0] : span[1]]!r}: "
                "it is of another text; extract the article of the gold"
            )
    return None


def _spans(record: Record) -> Iterator[tuple[int, int, str]]:
    for institution in record.institutions:
        for mention in institution.mentions:
            yield mention.start, mention.end, mention.text
    for span in (*record.dates, *record.copy_counts, *(agreement.trigger for agreement in record.agreements)):
        yield span.start, span.end, span.text


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield line and object of each line that is not empty."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise RunError(f"{file}: {error.strerror}; name the file that `hamkor extract --output` wrote") from error
    rows = 0
    for line, source in enumerate(data.split(b"\n"), start=1):
        if not source.strip():
            continue
        try:
            row = json.loads(source)
        except ValueError as error:
            raise RunError(f"{file}, line {line}: no JSON ({error}); a file of records has one object a line") from error  # fmt: skip
        if not isinstance(row, dict):
            raise RunError(f"{file}, line {line}: no record, but {type(row).__name__}; a file of records has one object a line")  # fmt: skip
        rows += 1
        yield line, row
    if not rows:
        raise RunError(f"{file}: it is empty; there is no record to evaluate")


def _id(row: Mapping[str, object], where: str) -> str:
    document = row.get("document")
    id = document.get("id") if isinstance(document, dict) else None
    if not isinstance(id, str):
        raise RunError(f"{where}: no record: it has no document.id")
    return id


def _record(row: Mapping[str, object], where: str) -> Record:
    try:
        return Record.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RunError(f"{where}: no valid record: {place}: {first['msg']} ({error.error_count()} mistakes)") from error


def _reason(row: Mapping[str, object]) -> str:
    error = row["error"]
    return str(error.get("message", "")) if isinstance(error, dict) else str(error)


def _names(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:_SHOWN])
    return f"{shown} and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else shown
