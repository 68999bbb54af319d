"""What is done with one article, wherever it is done: bytes in, an outcome out, nothing written. Doing it twice is the same as doing it once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from pipeline.reading import Article, Limits, ReadingError, read_bytes
from pipeline.workspace.shards import text_line
from pipeline.workspace.sketch import Sketch, sketch_of

if TYPE_CHECKING:
    from pipeline.extraction import Extractor

__all__ = ["Outcome", "Survey", "Task", "died", "extracted", "failed", "read", "survey_of", "timed_out"]

_MARK = 12  # hex digits of the key in a document's id: two articles of one name are told apart by them


@dataclass(frozen=True, slots=True)
class Task:
    """An article to be extracted. key: sha256 of data. name: of its source. kind: a suffix such as `.html` where the name has none that tells."""

    key: bytes
    name: str
    data: bytes
    kind: str = ""

    def __reduce__(
        self,
    ) -> tuple[
        type[Task], tuple[Any, ...]
    ]:  # frozen dataclasses look up their fields for each object that goes through a pipe
        return Task, (self.key, self.name, self.data, self.kind)

    def lightened(self) -> Task:
        """Return the task without its bytes."""
        return Task(self.key, self.name, b"", self.kind)


@dataclass(frozen=True, slots=True)
class Survey:
    """What tells whether an article repeats another. text_hash: sha256 of its text, 16 bytes of it. bands: of the sketch, worked out by the worker
    because the parent, of which there is one, needs them several times."""

    key: bytes
    text_hash: bytes
    sketch: Sketch | None
    bands: tuple[int, ...] = ()

    def __reduce__(self) -> tuple[type[Survey], tuple[Any, ...]]:
        return Survey, (self.key, self.text_hash, self.sketch, self.bands)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article. record, text: lines of the shards; record_hash: 16 bytes. `skipped`: it repeats another. seconds: of work, not of waiting."""

    key: bytes
    name: str
    state: Literal["ok", "skipped", "failed", "timed out"]
    seconds: float = 0.0
    record: bytes | None = None
    text: bytes | None = None
    record_hash: bytes | None = None
    survey: Survey | None = None
    error_type: str | None = None
    error: str | None = None

    def __reduce__(self) -> tuple[type[Outcome], tuple[Any, ...]]:
        return Outcome, (
            self.key, self.name, self.state, self.seconds, self.record, self.text, self.record_hash, self.survey, self.error_type, self.error,
        )  # fmt: skip


def read(task: Task, limits: Limits) -> Article:
    """Return the article of a task. Raises ReadingError, or whatever a library did not foresee."""
    suffixed = PurePath(task.name).suffix.lower() == task.kind or not task.kind
    article = read_bytes(task.data, source=task.name if suffixed else f"{task.name}{task.kind}", limits=limits)
    name = article.id if suffixed else PurePath(task.name).name or "article"
    return replace(article, source=task.name, id=f"{name}-{task.key.hex()[:_MARK]}")


def survey_of(key: bytes, article: Article) -> Survey:
    """Return the survey of an article that was read."""
    sketch = sketch_of(article.text)
    text_hash = _digest(article.text.encode("utf-8", "surrogatepass"))
    return Survey(key, text_hash, sketch, tuple(sketch.bands()) if sketch else ())


def extracted(task: Task, article: Article, survey: Survey, extractor: Extractor, *, seconds: float = 0.0) -> Outcome:
    """Return the outcome `ok` of an article. Raises whatever goes wrong inside: see `failed`."""
    record = extractor.extract_article(article).to_json().encode("utf-8")
    text = text_line(task.key.hex(), article.text)
    return Outcome(task.key, task.name, "ok", seconds, record, text, _digest(record), survey)


def failed(task: Task, error: BaseException, *, seconds: float = 0.0) -> Outcome:
    """Return the outcome of an article that raised: what is wrong with the article, or what is wrong with hamkor and where."""
    if isinstance(error, ReadingError):
        return Outcome(task.key, task.name, "failed", seconds, error_type="reading", error=error.reason)
    if isinstance(error, MemoryError):
        reason = "needs more memory than --memory allows; split it, or raise the limit and run `hamkor retry`"
        return Outcome(task.key, task.name, "failed", seconds, error_type="memory", error=reason)
    place = _place(error)
    reason = f"{type(error).__name__}: {str(error)[:500]} (in {place}); please report it with the article, which is in quarantine/"
    return Outcome(task.key, task.name, "failed", seconds, error_type="internal", error=reason)


def timed_out(task: Task, limit: float) -> Outcome:
    """Return the outcome of an article that took longer than it may."""
    reason = f"took longer than {limit:g} s; split it, or raise --timeout and run `hamkor retry`"
    return Outcome(task.key, task.name, "timed out", limit, error_type="timeout", error=reason)


def died(task: Task, how: str) -> Outcome:
    """Return the outcome of an article at which a worker ended twice."""
    reason = f"the worker ended at it twice ({how}); please report it with the article, which is in quarantine/"
    return Outcome(task.key, task.name, "failed", error_type="crash", error=reason)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "an unknown place"
    path = PurePath(trace.tb_frame.f_code.co_filename)
    return f"{'/'.join(path.parts[-2:])}:{trace.tb_lineno}"


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:16]
