"""The judges of relations made from a corpus: rules read its articles, the gold says what is right, weights are learnt. One file of settings, fixed seeds."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pipeline.corpus.corpus import read_corpus
from pipeline.evaluation.gold import Gold
from pipeline.extraction import Extractor, load
from pipeline.languages.lexicon import DataError
from pipeline.relations.agreement_judge import RANKERS as OF_AGREEMENTS
from pipeline.relations.agreement_lessons import agreement_lessons
from pipeline.relations.count_judge import RANKERS as OF_COUNTS
from pipeline.relations.home_judge import RANKERS as OF_HOME
from pipeline.relations.home_judge import HomeJudge
from pipeline.relations.home_lessons import home_lessons
from pipeline.relations.judges import AGREEMENTS, COUNTS, HOME, Judges
from pipeline.relations.learning import Lesson, Settings, learn
from pipeline.relations.lessons import count_lessons
from pipeline.relations.ranker import Ranker, write_rankers

__all__ = ["settings", "train_relations"]

_SETTINGS = Path(__file__).with_name("training.toml")


@dataclass(frozen=True, slots=True)
class _Course:
    """What one judge is taught: a section of training.toml, the rankers that it needs, where they are put, what they judge."""

    section: str
    lessons: Callable[[Iterable[Gold], Extractor], dict[str, list[Lesson]]]
    rankers: tuple[str, ...]
    file: str
    judged: str


_COURSES = (  # the others are taught with what the first has learnt
    _Course("home", home_lessons, OF_HOME, HOME, "articles of an institution"),
    _Course("counts", count_lessons, tuple(OF_COUNTS), COUNTS, "copy counts that are given, received and held"),
    _Course(
        "agreements", agreement_lessons, OF_AGREEMENTS, AGREEMENTS, "agreements of two parties and of more, with dates"
    ),
)


def settings() -> dict[str, Any]:
    """Return what training.toml says."""
    return tomllib.loads(_SETTINGS.read_text(encoding="utf-8"))


def train_relations(
    corpus: Path,
    output: Path,
    *,
    without: tuple[str, ...] = (),
    changed: Mapping[str, Any] | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Teach the judges and put their weights in the folder `output`; what else is there stays.

    `without`: patterns of ids of articles and passages that are left out. `changed`: other settings than those of training.toml, by name. The same input
    gives the same files. `tell` is given the lines of progress. Raises FileNotFoundError where there is no corpus, DataError where it cannot be read as a
    whole or teaches nothing.
    """
    read = settings()
    golds = _golds(corpus, tuple(read["parts"]), without)
    tell(f"reading {len(golds):,} articles and passages")
    extractor = load(judge=False)
    made: dict[str, dict[str, Ranker]] = {}
    for course in _COURSES:
        lessons = course.lessons(golds, extractor)
        if not all(lessons.get(name) for name in course.rankers):
            raise DataError(
                f"{corpus}: no {course.judged} in {', '.join(read['parts'])}; there is nothing to learn from"
            )
        made[course.file] = {}
        for name in sorted(lessons):
            tell(f"learning {name} of {course.section} from {len(lessons[name]):,} lessons")
            made[course.file][name] = learn(lessons[name], Settings(**{**read[course.section], **(changed or {})}))
        if course.file == HOME:
            extractor = extractor.judged_by(Judges(home=HomeJudge(made[HOME])))
    output.mkdir(parents=True, exist_ok=True)
    for file, rankers in made.items():
        write_rankers(output / file, rankers)


def _golds(corpus: Path, parts: tuple[str, ...], without: tuple[str, ...]) -> list[Gold]:
    """Return the gold of some parts of a corpus, in the order of their names."""
    read = read_corpus(corpus)
    if read.errors:
        raise DataError(f"{corpus}: {read.errors[0]}; `hamkor corpus check` tells all that is wrong")
    golds = [document.gold for document in read.documents if document.split in parts]
    return [gold for gold in golds if not any(fnmatchcase(gold.id, pattern) for pattern in without)]
