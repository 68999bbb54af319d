"""Public data with organisations marked by others, read from a copy of its repository: factRuEval-2016 (Russian news) and WNUT-17 (English posts).

Their guidelines are not hamkor's. factRuEval marks every organisation, firms, parties, newspapers and clubs among them; its mentions are put together
here from the spans of a name and of what it is («мэрия Москвы» without a name of its own is left out). WNUT-17 marks firms and groups (bands, teams);
a museum is a location there. So the figures compare programs with each other, and say little about any of them.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation.resampling import draws, interval

__all__ = ["Marked", "Score", "factrueval", "score", "wnut"]

Spans = frozenset[tuple[int, int]]
_GROUPS = ("corporation", "group")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and where its organisations stand, in code points."""

    text: str
    names: Spans


@dataclass(frozen=True, slots=True)
class Score:
    """F1 of exact spans and of spans with a character in common, each with its 95 % interval over texts."""

    exact: float
    exact_bounds: tuple[float, float]
    overlap: float
    overlap_bounds: tuple[float, float]


def _reader(copy: Path) -> tuple[list[str], Callable[[str], str]]:
    """Return the names of files and what reads one, in a folder of files or in a git directory without any."""
    if not copy.is_dir():
        raise SystemExit(f"{copy}: no such folder; give a copy of the repository, or its git directory")
    if not (copy / "HEAD").is_file():
        return [str(file.relative_to(copy)) for file in sorted(copy.rglob("*"))], lambda name: (copy / name).read_text(
            encoding="utf-8"
        )

    def git(*words: str) -> str:
        done = subprocess.run(["git", "--git-dir", str(copy), *words], capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace")

    return git("ls-tree", "-r", "--name-only", "HEAD").splitlines(), lambda name: git("show", f"HEAD:{name}")


def factrueval(copy: Path) -> list[Marked]:
    """Return the test part of factRuEval-2016: mentions of organisations that have a name, from the first to the last span of name and descriptor."""
    names, read = _reader(copy)
    texts = []
    for name in names:
        if not (name.startswith("testset/book_") and name.endswith(".objects")):
            continue
        spans = {}
        for line in read(name.replace(".objects", ".spans")).splitlines():
            id, kind, start, length = line.split()[:4]
            spans[id] = (kind, int(start), int(start) + int(length))
        marked = set()
        for line in read(name).splitlines():
            _, kind, *ids = line.partition("#")[0].split()
            parts = [spans[id] for id in ids if spans[id][0] in ("org_name", "org_descr")]
            if kind == "Org" and any(part[0] == "org_name" for part in parts):
                marked.add((min(part[1] for part in parts), max(part[2] for part in parts)))
        texts.append(Marked(read(name.replace(".objects", ".txt")), frozenset(marked)))
    if not texts:
        raise SystemExit(f"{copy}: no testset/book_*.objects; is this a copy of dialogue-evaluation/factRuEval-2016?")
    return texts


def wnut(copy: Path) -> list[Marked]:
    """Return the test part of WNUT-17, each post with single spaces between its tokens: firms and groups."""
    names, read = _reader(copy)
    wanted = "emerging.test.annotated"
    if wanted not in names:
        raise SystemExit(f"{copy}: no {wanted}; is this a copy of leondz/emerging_entities_17?")
    return [
        _post(block.splitlines()) for block in read(wanted).replace("\n\t\n", "\n\n").split("\n\n") if block.strip()
    ]


def _post(lines: Iterable[str]) -> Marked:
    text, marked = "", []
    for line in lines:
        token, _, tag = line.partition("\t")
        if not token.strip():
            continue
        start = len(text) + bool(text)
        text += " " * bool(text) + token
        place, _, kind = tag.strip().partition("-")
        if kind in _GROUPS:
            if place == "I" and marked and marked[-1][1] == start - 1:
                marked[-1] = (marked[-1][0], len(text))
            else:
                marked.append((start, len(text)))
    return Marked(text, frozenset(marked))


def score(texts: Iterable[Marked], find: Callable[[str], Iterable[tuple[int, int]]], *, resamples: int) -> Score:
    """Return what a program that finds spans in texts is worth."""
    rows = [tuple(_counts(text.names, frozenset(find(text.text)))) for text in texts]

    def values(drawn: Iterable[int]) -> tuple[float, float]:
        wanted, found, right, met, hit = map(sum, zip(*(rows[at] for at in drawn), strict=True))
        precision, recall = hit / found if found else 0.0, met / wanted if wanted else 0.0
        both = precision + recall
        return (2 * right / (wanted + found) if wanted + found else 0.0), (
            2 * precision * recall / both if both else 0.0
        )

    exact, overlap = values(range(len(rows)))
    spread = [values(drawn) for drawn in draws(len(rows), resamples)] or [(exact, overlap)]
    bounds = [interval([value[place] for value in spread]) or (0.0, 0.0) for place in (0, 1)]
    return Score(exact, bounds[0], overlap, bounds[1])


def _counts(names: Spans, found: Spans) -> Iterator[int]:
    """Yield how many are wanted, found, right, wanted and touched, found and touching."""
    yield from (len(names), len(found), len(names & found))
    yield sum(any(a < d and c < b for c, d in found) for a, b in names)
    yield sum(any(a < d and c < b for c, d in names) for a, b in found)
