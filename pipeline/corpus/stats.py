"""What a corpus holds, counted: a row for each split and language, for each genre, for the passages and for the sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.authority.gazetteer import Gazetteer
from pipeline.corpus.corpus import PASSAGES, SPLITS, Corpus
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.origin import PREFIXES, genre_of, prefix_of
from pipeline.text.document import prepare

__all__ = ["Statistics", "statistics"]

_TWINS = {"uzl": "uzc", "uzc": "uzl"}  # a sentence of the one script, transliterated, is one of the other
_ROWS = (*PREFIXES, "other", "all")

Cells = dict[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Four tables: {(split, prefix or "all"): cells}, {genre: {split: articles}}, and of passages and of sentences {prefix or "all": cells}.

    Only wanted spans are counted.
    """

    articles: dict[tuple[str, str], Cells]
    genres: dict[str, Cells]
    passages: dict[str, Cells]
    sentences: dict[str, Cells]


def statistics(corpus: Corpus, authorities: Gazetteer) -> Statistics:
    """Return the counts of a corpus; `known` are the mentions whose institution the gazetteer has, `by gazetteer` those that its names find."""
    articles: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    genres: dict[str, Counter[str]] = defaultdict(Counter)
    passages: dict[str, Counter[str]] = defaultdict(Counter)
    for document in corpus.documents:
        cells = _cells(document.gold, authorities)
        passage = document.split == PASSAGES
        for row in (prefix_of(document.file) or "other", "all"):
            counter = passages[row] if passage else articles[document.split, row]
            counter.update({"passages" if passage else "articles": 1, **cells})
        if not passage:
            genres[genre_of(document.gold.id) or "other"][document.split] += 1
    return Statistics(
        {key: dict(articles[key]) for key in _ordered(articles)},
        {genre: dict(genres[genre]) for genre in sorted(genres)},
        {row: dict(passages[row]) for row in _ROWS if row in passages},
        _sentences(corpus),
    )


def _ordered(articles: dict[tuple[str, str], Counter[str]]) -> list[tuple[str, str]]:
    return [(split, row) for split in SPLITS for row in _ROWS if (split, row) in articles]


def _cells(gold: Gold, authorities: Gazetteer) -> Cells:
    mentions = [mention for mention in gold.institutions if not mention.optional]
    return {
        "characters": len(gold.text),
        "institutions": len(gold.entities),
        "mentions": len(mentions),
        "known": sum(mention.entity in authorities.authorities for mention in mentions),
        "by gazetteer": _by_gazetteer(gold, authorities),
        "dates": sum(not date.optional for date in gold.dates),
        "copy counts": sum(not count.optional for count in gold.counts),
        "agreements": sum(not agreement.optional for agreement in gold.agreements),
    }


def _by_gazetteer(gold: Gold, authorities: Gazetteer) -> int:
    """Return how many wanted mentions the names of the gazetteer find by themselves, the whole span and the right institution (or it among several)."""
    document = prepare(gold.text)
    hits = authorities.find(document.tokens, authorities.atlas.all(document.tokens))
    found = {(*document.source_span(hit.first, hit.last), key) for hit in hits for key in hit.keys}
    return sum(
        (mention.start, mention.end, mention.entity) in found for mention in gold.institutions if not mention.optional
    )


def _sentences(corpus: Corpus) -> dict[str, Cells]:
    """Count the sentences by the prefix of their file; `with the other script` adds those that transliteration makes."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    different: dict[str, set[str]] = defaultdict(set)
    for sentence in corpus.sentences:
        prefix = prefix_of(Path(sentence.file).stem) or "other"
        names = [sentence.text[name.start : name.end] for name in sentence.names if not name.optional]
        for row in (prefix, "all"):
            counts[row].update({"sentences": 1, "without a name": not names, "names": len(names)})
            different[row].update(names)
    for row in counts:
        counts[row]["different names"] = len(different[row])
        counts[row]["with the other script"] = (
            counts[row]["sentences"] + counts.get(_TWINS.get(row, ""), Counter())["sentences"]
        )
    if "all" in counts:
        counts["all"]["with the other script"] = sum(
            cells["with the other script"] for row, cells in counts.items() if row != "all"
        )
    return {row: dict(counts[row]) for row in _ROWS if row in counts}
