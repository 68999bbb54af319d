"""A corpus: a folder of gold articles in splits, of gold passages, and of sentences for training. Read, checked, counted."""

from pipeline.corpus.check import problems
from pipeline.corpus.corpus import Corpus, Document, read_corpus
from pipeline.corpus.passages import read_passages
from pipeline.corpus.sentences import Name, Sentence, parse_sentence
from pipeline.corpus.stats import statistics

__all__ = [
    "Corpus",
    "Document",
    "Name",
    "Sentence",
    "parse_sentence",
    "problems",
    "read_corpus",
    "read_passages",
    "statistics",
]
