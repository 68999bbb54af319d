"""Gold in the formats of the tools that annotators know: Label Studio, brat, CoNLL columns, and hamkor's own mark-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.evaluation.formats import brat, conll, label_studio
from pipeline.evaluation.gold import Gold, GoldError, read_gold
from pipeline.evaluation.gold_writer import format_gold

__all__ = ["FORMATS", "gold_files", "read_gold_any", "write"]

_READERS: dict[str, Callable[[Path], list[Gold]]] = {
    ".gold": lambda path: [read_gold(path)],
    ".json": label_studio.read,
    ".ann": brat.read,
    ".conll": conll.read,
    ".iob": conll.read,
    ".iob2": conll.read,
}


def _write_gold(golds: Sequence[Gold], folder: Path) -> list[str]:
    for gold in golds:
        folder.joinpath(f"{gold.id}.gold").write_bytes(format_gold(gold).encode("utf-8"))
    return []


FORMATS: dict[str, Callable[[Sequence[Gold], Path], list[str]]] = {
    "label-studio": label_studio.write,
    "brat": brat.write,
    "conll": conll.write,
    "gold": _write_gold,
}


def gold_files(source: str | Path) -> list[Path]:
    """Return the files with gold that a path names: itself, or those of a folder and the folders in it, by name."""
    path = Path(source)
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in _READERS and file.is_file())


def read_gold_any(path: str | Path) -> list[Gold]:
    """Return the gold of a file, which its ending tells the format of, or of all such files of a folder.

    A Label Studio export has many articles, the others one each; brat's is the NAME.ann beside its NAME.txt. Raises GoldError with file and line
    where a file does not follow its rules, OSError where it cannot be read.
    """
    golds = []
    for file in gold_files(path):
        reader = _READERS.get(".ann" if file.suffix.lower() == ".txt" else file.suffix.lower())
        if reader is None:
            known = ", ".join(_READERS)
            raise GoldError(str(file), 1, f"its ending tells no format of gold; there are {known}")
        golds += reader(file)
    return golds


def write(golds: Sequence[Gold], *, to: str, folder: str | Path) -> list[str]:
    """Write articles to a folder in one of FORMATS; return a line for each thing that the format cannot hold.

    Raises GoldError where two articles have one id, or an id is no name of a file.
    """
    folder = Path(folder)
    seen: set[str] = set()
    for gold in golds:
        if not gold.id or gold.id in seen:
            raise GoldError(gold.id, 1, "two articles have this id; rename one" if gold.id else "an article has no id")
        if gold.id != Path(gold.id).name or "\\" in gold.id or gold.id.startswith("."):
            raise GoldError(gold.id, 1, "this id is no name for a file; rename the article")
        seen.add(gold.id)
    folder.mkdir(parents=True, exist_ok=True)
    return FORMATS[to](golds, folder)
