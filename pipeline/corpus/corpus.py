"""The folder of a corpus: `train/`, `dev/`, `test/` with a gold file an article, `passages/` with many gold texts in a file, `sentences/` with tagged sentences.

A file's name tells what it holds: `uzl-41-annual-report.gold` is an annual report in Uzbek, Latin script; `uzl-01.gold` its passages or sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.corpus.passages import read_passages
from pipeline.corpus.sentences import Sentence, read_sentences
from pipeline.evaluation.gold import Gold, GoldError, read_gold

__all__ = ["PASSAGES", "SPLITS", "Corpus", "Document", "read_corpus"]

SPLITS = ("train", "dev", "test")  # of articles
PASSAGES = "passages"


@dataclass(frozen=True, slots=True)
class Document:
    """A gold article or passage, and the split that it is in: one of `SPLITS`, or `PASSAGES`."""

    split: str
    gold: Gold

    @property
    def file(self) -> str:
        """Return the name of its file, without ending."""
        return self.gold.id.partition("/")[0]


@dataclass(slots=True)
class Corpus:
    """Articles in the order of their splits and names, then passages, sentences in the order of their files, and the files or lines that cannot be read."""

    documents: list[Document] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    errors: list[GoldError] = field(default_factory=list)


def read_corpus(folder: Path) -> Corpus:
    """Return a corpus. Raises FileNotFoundError where the folder has none of its parts, OSError where a file cannot be read."""
    corpus = Corpus()
    parts = [folder / name for name in (*SPLITS, PASSAGES, "sentences") if (folder / name).is_dir()]
    if not parts:
        raise FileNotFoundError(
            f"{folder}: no corpus; it has folders train, dev, test with gold articles, passages with gold passages, or sentences with tagged sentences"
        )
    for part in parts:
        for file in sorted(part.glob("*.gold")):
            if part.name == "sentences":
                sentences, errors = read_sentences(file)
                corpus.sentences += sentences
                corpus.errors += errors
            elif part.name == PASSAGES:
                passages, errors = read_passages(file)
                corpus.documents += [Document(PASSAGES, gold) for gold in passages]
                corpus.errors += errors
            else:
                try:
                    corpus.documents.append(Document(part.name, read_gold(file)))
                except GoldError as error:
                    corpus.errors.append(GoldError(file.name, error.line, error.reason))
    return corpus
