"""Where facts come from: a workspace, or a file of records as a workspace of one run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from pipeline import __version__
from pipeline.publishing.facts import FeedError
from pipeline.records.model import Record
from pipeline.summary import SummaryError, read_rows
from pipeline.workspace import Change, Run, Workspace, WorkspaceError

__all__ = ["Feed", "RecordsFile", "open_feed"]


class Feed(Protocol):
    """Articles run by run: what a `Workspace` has."""

    def runs(self) -> list[Run]: ...

    def changes(self, *, since: int = 0) -> Iterator[Change]: ...


class RecordsFile:
    """A file that `hamkor extract` wrote, as a workspace of one run. The texts are not at hand."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def runs(self) -> list[Run]:
        """Return the one run, as old as the file."""
        try:
            written = datetime.fromtimestamp(self.path.stat().st_mtime, UTC).isoformat(timespec="seconds")
        except OSError as error:
            raise FeedError(f"{self.path}: cannot be read: {error.strerror}") from error
        return [Run(1, written, written, "", __version__, sum(1 for _ in self.changes()))]

    def changes(self, *, since: int = 0) -> Iterator[Change]:
        """Yield the articles in their order, each once. Articles that failed are passed over. Raises FeedError where a row is no record."""
        if since:
            return
        seen: set[str] = set()
        try:
            for row in read_rows(self.path):
                if "error" in row:
                    continue
                record = Record.model_validate(row)
                key = record.document.sha256 or hashlib.sha256(record.to_json().encode("utf-8", "replace")).hexdigest()
                if key not in seen:
                    seen.add(key)
                    yield Change(key, (record.document.source,), 1, "added", record, None)
        except SummaryError as error:
            raise FeedError(str(error)) from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise FeedError(
                f"{self.path}: a record is not one of this version: {where}: {first['msg']}; extract it anew"
            ) from error


@contextmanager
def open_feed(path: Path) -> Iterator[Feed]:
    """Give what a path holds: a folder is a workspace, a file has records. Raises FeedError."""
    if not path.is_dir():
        yield RecordsFile(path)
        return
    try:
        workspace = Workspace.open(path)
    except WorkspaceError as error:
        raise FeedError(str(error)) from error
    with workspace:
        yield workspace
