"""What is wrong with a corpus: syntax, spans and values that break the guidelines, slugs that mean two things, texts that stand in two splits."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.authority.gazetteer import Gazetteer, gazetteer
from pipeline.corpus.corpus import PASSAGES, Corpus, Document
from pipeline.corpus.sentences import Sentence, frame_of, masked
from pipeline.evaluation.gold import Gold, GoldEntity
from pipeline.evaluation.origin import genre_of, prefix_of
from pipeline.finders.edtf import Edtf, EdtfError
from pipeline.text.folding import fold
from pipeline.text.tokens import tokenize

__all__ = ["problems"]

_EDGES = tomllib.loads((Path(__file__).parent / "edges.toml").read_text(encoding="utf-8"))
_HELD_OUT = ("dev", "test")  # splits that nothing is trained on
_CHARACTERS = range(800, 3001)  # of an article
_SHINGLE = 5  # words that two texts have in common in one row count as the same place
_ALIKE = 0.6  # two texts are the same where so much of the shorter one's shingles stand in the other
_LONG = 9  # a sentence of so many words says something that no other article says in the same words
_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_DIGITS = re.compile(r"\d(?:[\d., \u00a0\u202f]*\d)?")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


def problems(corpus: Corpus, *, authorities: Gazetteer | None = None) -> list[str]:
    """Return what is wrong with a corpus, a line each with file and place; [] where all is well."""
    authorities = authorities or gazetteer()
    found = [str(error) for error in corpus.errors]
    articles = [document for document in corpus.documents if document.split != PASSAGES]
    passages = [document for document in corpus.documents if document.split == PASSAGES]
    for document in articles:
        found.extend(
            f"{document.gold.id}: {problem}" for problem in (*_of_form(document.gold), *_of_gold(document.gold))
        )
    found.extend(_of_slugs(articles, authorities))
    for document in passages:
        found.extend(f"{document.gold.id}: {problem}" for problem in (*_of_file(document), *_of_gold(document.gold)))
        found.extend(_of_slugs_inside(document.gold, authorities))
    found.extend(_of_duplicates(corpus.documents))
    found.extend(_of_sentences(corpus))
    return found


def _of_form(gold: Gold) -> Iterator[str]:
    """Say what of an article's name and length is wrong."""
    if prefix_of(gold.id) is None or genre_of(gold.id) is None:
        yield "the file's name tells no language and genre; name it like uzl-41-annual-report.gold"
    if len(gold.text) not in _CHARACTERS:
        yield f"{len(gold.text)} characters; an article has {_CHARACTERS[0]} to {_CHARACTERS[-1]}"


def _of_file(passage: Document) -> Iterator[str]:
    if prefix_of(passage.file) is None or genre_of(passage.file) is not None:
        yield "the file's name tells no language, or tells a genre; name a file of passages like uzl-01.gold"


def _of_gold(gold: Gold) -> Iterator[str]:
    """Say what breaks the guidelines within one article or passage."""
    for layer, spans in (("institutions", gold.institutions), ("dates", gold.dates), ("counts", gold.counts)):
        for span in spans:
            if span.optional:
                continue
            for problem in _of_span(gold.text, span.start, span.end, layer):
                yield f"{span.text!r}: {problem}"
    for date in gold.dates:
        if date.edtf is not None:
            yield from _of_date(date.text, date.edtf)
    for count in gold.counts:
        if count.number is not None:
            yield from _of_number(count.text, count.number)
        if count.from_ is not None and count.from_ == count.to:
            yield f"{count.text!r}: from and to are both {count.to}"
        if not count.optional and count.act != "transferred" and (count.from_ or count.to):
            yield f"{count.text!r}: only what is transferred has from and to; use by"
    named = {mention.entity for mention in gold.institutions}
    for slug in gold.entities:
        if slug not in named:
            yield f"{slug}: listed under institutions, named nowhere in the text"
    for number, agreement in enumerate(gold.agreements, start=1):
        where = f"agreement {number}"
        if len(set(agreement.parties)) < len(agreement.parties):
            yield f"{where}: a party stands twice"
        if agreement.status == "planned" and agreement.signed:
            yield f"{where}: it is planned and has a date of signing"
        for name, value in (("signed", agreement.signed), ("valid", agreement.valid)):
            if value is not None:
                yield from (f"{where}, {name}: {problem}" for problem in _of_edtf(value))
    used = {agreement.trigger for agreement in gold.agreements}
    for trigger in gold.triggers:
        if trigger.id not in used and not trigger.optional:
            yield f'{trigger.text!r}: no agreement has the trigger {trigger.id}; list it, or mark it opt="1"'


def _of_span(text: str, start: int, end: int, layer: str) -> Iterator[str]:
    """Say where a span is not made of whole words or holds a word that belongs outside."""
    if (start and text[start - 1].isalnum() and text[start].isalnum()) or (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    ):
        yield "a span is made of whole words"
    words = re.findall(r"[\w’ʻʼ'`]+", text[start:end])
    for word, at in ((words[:1], "first"), (words[-1:], "last")):
        if word and len(words) > 1 and word[0][:1].islower() and fold(word[0]) in _edges(layer, at):
            yield f"{word[0]!r} stays outside"
    span = text[start:end]
    for opening, closing in ("«»", "“”", "()"):
        if span.startswith(opening) and closing not in span and text[end : end + 1] == closing:
            yield f"{opening} is inside and {closing} is not"


def _edges(layer: str, at: str) -> set[str]:
    return {fold(word) for word in _EDGES[layer][at]}


def _of_edtf(value: str) -> Iterator[str]:
    try:
        Edtf.parse(value)
    except EdtfError as error:
        yield f"{value!r}: {error}"


def _of_date(text: str, value: str) -> Iterator[str]:
    yield from (f"{text!r}: {problem}" for problem in _of_edtf(value))
    if "-0" in value[:2]:
        return  # before our era: astronomical years are one off
    for year in _YEAR.findall(text):
        if year[:3] not in value:
            yield f"{text!r}: the year {year} is not in its value {value!r}"


def _of_number(text: str, number: int) -> Iterator[str]:
    """Compare the digits that count: «7,5 млн» and 7500000 both have 75."""
    digits = _DIGITS.findall(text)
    if len(digits) != 1 or not text.startswith(digits[0]):
        return  # in words, of two parts, or a range
    said = re.sub(r"\D", "", digits[0])
    if said.strip("0") != str(number).strip("0"):
        yield f"{text!r}: n is {number}"


def _of_slugs(documents: Iterable[Document], authorities: Gazetteer) -> Iterator[str]:
    """Say where one slug is two things, or two slugs are one."""
    first: dict[str, tuple[str, GoldEntity]] = {}
    names: dict[str, tuple[str, str]] = {}
    for document in documents:
        id = document.gold.id
        for slug, entity in document.gold.entities.items():
            where = f"{id}: {slug}"
            told, other = first.setdefault(slug, (id, entity))
            if (entity.kind, entity.country) != (other.kind, other.country):
                yield f"{where}: {entity.kind}, {entity.country}; in {told} it is {other.kind}, {other.country}"
            yield from (f"{where}: {problem}" for problem in _of_entity(slug, entity, authorities))
            name = entity.names.get("en", "")
            if not name:
                continue
            key = _key(entity)
            told, other_slug = names.setdefault(key, (id, slug))
            if other_slug != slug:
                yield f"{where}: {told} calls {name!r} {other_slug}; one slug for one institution"
            known = _known(name, authorities)
            if known is not None and known != slug and authorities.authorities[known].country == entity.country:
                yield f"{where}: {name!r} is {known} in the gazetteer; use that key"


def _of_slugs_inside(gold: Gold, authorities: Gazetteer) -> Iterator[str]:
    """Say where two slugs of a passage are one institution, or one is another in the gazetteer. A passage shares no slug with other texts but by chance."""
    names: dict[str, str] = {}
    for slug, entity in gold.entities.items():
        where = f"{gold.id}: {slug}"
        yield from (f"{where}: {problem}" for problem in _of_entity(slug, entity, authorities))
        other = names.setdefault(_key(entity), slug)
        if entity.names.get("en") and other != slug:
            yield f"{where}: {entity.names['en']!r} is {other} too; one slug for one institution"


def _of_entity(slug: str, entity: GoldEntity, authorities: Gazetteer) -> Iterator[str]:
    authority = authorities.authorities.get(slug)
    if authority is not None and (entity.kind, entity.country) != (authority.kind, authority.country):
        yield f"{entity.kind}, {entity.country}; in the gazetteer it is {authority.kind}, {authority.country}"
    if not entity.names.get("en"):
        yield "no English name (en)"


def _key(entity: GoldEntity) -> str:
    """Return what two institutions have in common where they are one: the words of the English name, and the country."""
    return f"{_folded(entity.names.get('en', ''))} {entity.country or ''}"


def _folded(name: str) -> str:
    words = tokenize(name).fold
    return " ".join(word for word in words if any(map(str.isalnum, word)) and word not in ("the", "of"))


def _known(name: str, authorities: Gazetteer) -> str | None:
    """Return the key of the one institution that the gazetteer knows by this name."""
    tokens = tokenize(name, running=False)
    hits = authorities.find(tokens, authorities.atlas.all(tokens))
    if len(hits) == 1 and hits[0].how == "name" and (hits[0].first, hits[0].last) == (0, len(tokens)):
        return hits[0].keys[0] if len(hits[0].keys) == 1 else None
    return None


def _of_duplicates(documents: list[Document]) -> Iterator[str]:
    """Say which texts are much the same, and which of two splits have a long sentence in common."""
    where: dict[str, Document] = {}
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    shingles = [_shingles(document.gold.text) for document in documents]
    for index, (document, rows) in enumerate(zip(documents, shingles, strict=True)):
        shared: dict[int, int] = defaultdict(int)
        for row in rows:
            for other in places[row]:
                shared[other] += 1
            places[row].add(index)
        for other, count in shared.items():
            if count > _ALIKE * min(len(rows), len(shingles[other])):
                yield f"{document.gold.id}: much the same as {documents[other].gold.id}"
        for sentence in _END.split(document.gold.text):
            words = re.findall(r"\w+", sentence.casefold())
            if len(words) < _LONG:
                continue
            other_document = where.setdefault(" ".join(words), document)
            if other_document.split != document.split:
                yield f"{document.gold.id}: a sentence of {other_document.gold.id} ({other_document.split}): {sentence.strip()[:60]!r}"


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _of_sentences(corpus: Corpus) -> Iterator[str]:
    """Say which sentences differ by names only, from each other or from the articles of dev and test."""
    first: dict[str, str] = {}
    for document in corpus.documents:
        if document.split in _HELD_OUT:
            for frame in _frames(document.gold):
                first.setdefault(frame, document.gold.id)
    for sentence in corpus.sentences:
        where = f"{sentence.file}, line {sentence.line}"
        yield from (f"{where}: {problem}" for problem in _of_names(sentence))
        frame = sentence.frame
        if not re.search(r"[^\W\d]", frame):
            continue  # a bare name, as in a heading
        other = first.setdefault(frame, where)
        if other != where:
            yield f"{where}: differs from {other} by names only"


def _of_names(sentence: Sentence) -> Iterator[str]:
    for name in sentence.names:
        for problem in _of_span(sentence.text, name.start, name.end, "institutions"):
            yield f"{sentence.text[name.start : name.end]!r}: {problem}"


def _frames(gold: Gold) -> Iterator[str]:
    """Yield the frames of an article's sentences, comparable with `Sentence.frame`."""
    yield from map(frame_of, _END.split(masked(gold.text, gold.institutions)))
