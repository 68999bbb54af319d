"""The agreements and institutions of a batch of records, each with where an article tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.authority.judgements import NONE, Judgements
from pipeline.authority.namekeys import name_words
from pipeline.records.model import Agreement, Institution, Record
from pipeline.summary import SummaryError, read_rows

__all__ = ["Batch", "Quote", "Sighting", "institution_key", "read_batch"]

_LANGUAGES = {"uz-Latn": "uz", "uz-Cyrl": "uz", "ru": "ru", "en": "en"}


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of an article: code points [start, end) of its text, and the words. `key` is whom they name."""

    key: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """One agreement as one article tells of it. `parties` are sorted keys; `date` and the rest are EDTF or None."""

    document: str
    source: str
    date: str | None
    kind: str
    status: str
    signed: str | None
    valid: str | None
    parties: tuple[str, ...]
    trigger: Quote
    named: tuple[Quote, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Records, and how many articles of the batch have none. `keys` gives the key of institution `id` of record `number`: (number, id)."""

    records: tuple[Record, ...]
    failed: int
    keys: dict[tuple[int, str], str]

    def sightings(self) -> Iterator[Sighting]:
        """Yield every agreement of every record."""
        for number, record in enumerate(self.records):
            institutions = {institution.id: institution for institution in record.institutions}
            for agreement in record.agreements:
                yield self._sighting(number, record, agreement, institutions)

    def institutions(self) -> Iterator[tuple[str, Record, Institution]]:
        """Yield every institution of every record with its key."""
        for number, record in enumerate(self.records):
            for institution in record.institutions:
                yield self.keys[number, institution.id], record, institution

    def _sighting(
        self, number: int, record: Record, agreement: Agreement, institutions: dict[str, Institution]
    ) -> Sighting:
        trigger = agreement.trigger
        keys: set[str] = set()
        named: list[Quote] = []
        for party in agreement.parties:
            institution = institutions.get(party)
            if institution is None:  # a state
                keys.add(party)
                continue
            key = self.keys[number, party]
            keys.add(key)
            nearest = min(
                institution.mentions,
                key=lambda mention: (max(mention.start - trigger.end, trigger.start - mention.end, 0), mention.start),
                default=None,
            )
            if nearest is not None:
                named.append(Quote(key, nearest.start, nearest.end, nearest.text))
        document = record.document
        return Sighting(
            document.id, document.source, document.date, agreement.kind, agreement.status, agreement.signed, agreement.valid,
            tuple(sorted(keys)), Quote("", trigger.start, trigger.end, trigger.text), tuple(sorted(named)), agreement.rule,
        )  # fmt: skip


def read_batch(files: Iterable[str | Path], *, judgements: Judgements = NONE) -> Batch:
    """Return the batch that files of records hold, in which `judgements` are followed that came after they were made.

    Raises SummaryError naming file and what to do where a file holds something else.
    """
    records: list[Record] = []
    failed = 0
    for file in files:
        for row in read_rows(file):
            if "error" in row:
                failed += 1
                continue
            try:
                records.append(Record.model_validate(row))
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(map(str, first["loc"]))
                raise SummaryError(
                    f"{file}: the record of {row['document'].get('id')} is not one of this version: {where}: {first['msg']}; extract it anew"
                ) from error
    keys = {
        (number, institution.id): institution_key(record, institution, judgements)
        for number, record in enumerate(records)
        for institution in record.institutions
    }
    return Batch(tuple(records), failed, keys)


def institution_key(record: Record, institution: Institution, judgements: Judgements) -> str:
    """Return an institution's key: as recorded, as judged since; of a record without keys one that is good for the article alone."""
    key = institution.key or institution.authority or f"{record.document.id}#{institution.id}"
    if not judgements:
        return key
    for language in dict.fromkeys(_LANGUAGES[name] for name in institution.names) or ("en",):
        judged = judgements.same.get("-".join(name_words(institution.name, language)))
        if judged is not None:
            return judgements.resolve(judged)
    return judgements.resolve(key)
