"""What a person should look at in a batch: names that are not linked and may be, links that are not sure, keys that may be one.

Each doubt is a row that can be judged where it stands: whoever writes «same» or «different» into its first column has a line of a judgements file.
Doubts that have been judged are not raised again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.authority.gazetteer import Gazetteer
from pipeline.authority.judgements import COLUMNS, Judgements
from pipeline.authority.namekeys import MADE, name_words
from pipeline.authority.spelling import near
from pipeline.records.model import Institution, Record
from pipeline.register.sightings import Batch

__all__ = ["REVIEW_COLUMNS", "Doubt", "doubts"]

REVIEW_COLUMNS = (*COLUMNS, "reason", "confidence", "document", "start", "end", "text")
"""Those of a file of judgements, then why the row is there and where the name stands: code points of the article's text, and its words."""
_LIKE = 0.6  # words that a name must share with a gazetteer name, of all that either has, to be a guess
_COMMON = 400  # a word of more gazetteer names than this («library») finds none by itself
_LANGUAGES = {"uz-Latn": "uz", "uz-Cyrl": "uz", "ru": "ru", "en": "en"}


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """One thing to judge: is `name` (a name, or a key) the institution of `key`? With why it is asked, and one place where it is named."""

    reason: str
    name: str
    key: str
    confidence: float
    document: str
    start: int
    end: int
    text: str

    def cells(self) -> tuple[str, ...]:
        """Return the cells under REVIEW_COLUMNS, the verdict left to the reader."""
        place = (self.document, str(self.start), str(self.end), " ".join(self.text.split()))
        return ("", self.name, self.key, "", "", "", self.reason, f"{self.confidence:.2f}", *place)


def doubts(batch: Batch, authorities: Gazetteer, judgements: Judgements, *, below: float) -> list[Doubt]:
    """Return what a person should look at, sorted by reason and name; `below`: links less sure than this are doubtful. About linear in the batch."""
    found = [*_of_links(batch, authorities, below), *_of_keys(batch)]
    return [doubt for doubt in sorted(dict.fromkeys(found)) if not _judged(doubt, judgements)]


def _judged(doubt: Doubt, judgements: Judgements) -> bool:
    abouts = {doubt.name, *("-".join(name_words(doubt.name, language)) for language in ("uz", "ru", "en"))}
    return any(
        about in judgements.same or doubt.key in judgements.different.get(about, ()) for about in abouts
    ) or judgements.parts(doubt.name, doubt.key)


def _doubt(reason: str, name: str, key: str, confidence: float, record: Record, institution: Institution) -> Doubt:
    mention = institution.mentions[0] if institution.mentions else None
    start, end, text = (mention.start, mention.end, mention.text) if mention else (0, 0, "")
    return Doubt(reason, name, key, confidence, record.document.id, start, end, text)


def _of_links(batch: Batch, authorities: Gazetteer, below: float) -> Iterator[Doubt]:
    """Yield names that fit several institutions, names that are like one of the gazetteer, and links that are not sure."""
    guesses: _Guesses | None = None
    for key, record, institution in batch.institutions():
        if institution.authority is not None:
            if institution.confidence < below:
                yield _doubt("unsure", institution.name, key, institution.confidence, record, institution)
            yield from _unsure_mentions(key, record, institution, below)
            continue
        if not key.startswith(MADE):
            continue
        if institution.candidates:
            for candidate in institution.candidates:
                share = 1 / len(institution.candidates)
                yield _doubt("ambiguous", institution.name, candidate, share, record, institution)
            continue
        guesses = guesses or _Guesses(authorities)
        guess = guesses.best(institution)
        if guess is not None:
            yield _doubt("unlinked", institution.name, guess[0], guess[1], record, institution)


def _unsure_mentions(key: str, record: Record, institution: Institution, below: float) -> Iterator[Doubt]:
    for mention in institution.mentions:
        if mention.confidence < below <= institution.confidence:
            alone = _only(institution, (mention,))
            yield _doubt("unsure", " ".join(mention.text.split()), key, mention.confidence, record, alone)


def _only(institution: Institution, mentions: tuple[object, ...]) -> Institution:
    """Return an institution with some of its mentions."""
    return institution.model_copy(update={"mentions": mentions})


class _Guesses:
    """The gazetteer's names by their words."""

    def __init__(self, authorities: Gazetteer) -> None:
        self._authorities = authorities
        self._names: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        for key, entry in authorities.authorities.items():
            for language in ("en", "ru", "uz"):
                words = frozenset(name_words(entry.names.get(language, ""), language, entry.country))
                for word in words:
                    self._names[word].append((words, key))

    def best(self, institution: Institution) -> tuple[str, float] | None:
        """Return the one key whose name is most like an institution's, and how like (0 to 1); None where none or several are."""
        scores: dict[str, float] = {}
        for language in dict.fromkeys(_LANGUAGES[name] for name in institution.names):
            words = frozenset(name_words(institution.name, language, institution.country))
            for word in words:
                filed = self._names.get(word, ())
                for other, key in filed if len(filed) <= _COMMON else ():
                    country = self._authorities.authorities[key].country
                    if institution.country in (None, country) or country is None:
                        scores[key] = max(scores.get(key, 0.0), len(words & other) / len(words | other))
        top = max(scores.values(), default=0.0)
        best = [key for key, score in scores.items() if score == top]
        return (best[0], round(top, 2)) if len(best) == 1 and top >= _LIKE else None


def _of_keys(batch: Batch) -> Iterator[Doubt]:
    """Yield pairs of made keys that may be one institution: one name in two countries, names that differ by a word or a letter."""
    first: dict[str, tuple[Record, Institution]] = {}
    for key, record, institution in batch.institutions():
        if key.startswith(MADE) and key not in first:
            first[key] = (record, institution)
    words = {key: _words_of(key, institution) for key, (_, institution) in first.items()}
    by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_most: dict[tuple[str | None, frozenset[str]], list[str]] = defaultdict(list)
    for key, (_, institution) in sorted(first.items()):
        by_words[words[key]].append(key)
        bag = frozenset(words[key])
        if len(bag) > 1:
            by_most[institution.country, bag].append(key)
            for word in bag:
                by_most[institution.country, bag - {word}].append(key)
    for keys in by_words.values():
        for key, other in _pairs(keys):
            if first[key][1].country != first[other][1].country:
                yield _doubt("two countries", key, other, 0.5, *first[key])
    for keys in by_most.values():
        for key, other in _pairs(keys):
            if words[key] != words[other] and _alike(frozenset(words[key]), frozenset(words[other])):
                yield _doubt("much alike", key, other, 0.5, *first[key])


_MANY = 50  # keys that share a name but for one word: beyond it the shared words say nothing


def _pairs(keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    if len(keys) > _MANY:
        return ()
    return dict.fromkeys((a, b) for a in sorted(set(keys)) for b in sorted(set(keys)) if a < b)


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether two names differ by one word that only one of them has (of three or more), or by one letter."""
    mine, theirs = words - others, others - words
    if len(mine) + len(theirs) == 1:
        return len(words & others) > 1
    return len(mine) == len(theirs) == 1 and near(*mine, *theirs)


def _words_of(key: str, institution: Institution) -> tuple[str, ...]:
    """Return the words of a made key, without country and mark."""
    pieces = key.removeprefix(MADE).split("-")
    country = institution.country.lower() if institution.country else ""
    return tuple(pieces[: pieces.index(country)] if country and country in pieces[1:] else pieces)
