"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

__all__ = ["ExportError", "whole_file", "whole_text"]


class ExportError(ValueError):
    """Something that cannot be exported. The text says what, and what to do."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream of bytes; the file appears under its name when the block ends well. Raises ExportError where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise ExportError(f"--output {path}: {error.strerror}; choose a place that can be written to") from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ExportError(f"--output {path}: {error.strerror}; choose a place that can be written to") from error
        raise


@contextmanager
def whole_text(path: Path) -> Iterator[TextIO]:
    """Give a stream of UTF-8 text so; line ends go out as they come in."""
    with whole_file(path) as out:
        text = TextIOWrapper(out, encoding="utf-8", newline="")
        yield text
        text.flush()
        text.detach()
