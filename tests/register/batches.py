"""Records made by hand: articles that tell of agreements, without an extractor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import typer

from pipeline.records.model import Record
from pipeline.register.sightings import Batch


def telling(
    *,
    kind: str = "memorandum",
    status: str = "signed",
    signed: str | None = "2014",
    valid: str | None = None,
    parties: tuple[str, ...] = ("a", "b"),
) -> dict[str, Any]:
    """One agreement as an article tells of it; a party is a key."""
    return {"kind": kind, "status": status, "signed": signed, "valid": valid, "parties": parties}


def article(number: int, tellings: Sequence[dict[str, Any]], date: str | None = None) -> Record:
    """The record of article a0, a1, …"""
    keys = [key for key in "abc" if any(key in one["parties"] for one in tellings)]
    institutions = [institution(f"i{at}", key, 100 * at) for at, key in enumerate(keys, start=1)]
    ids = {one["key"]: one["id"] for one in institutions}
    agreements = [
        {
            **one,
            "id": f"a{at}",
            "parties": [ids.get(key, key) for key in one["parties"]],
            "trigger": {"start": 1000 * at, "end": 1000 * at + 10, "text": "memorandum"},
        }
        for at, one in enumerate(tellings, start=1)
    ]
    return record(f"a{number}", institutions, agreements, date)


def institution(id_: str, key: str, at: int, *, name: str = "", **more: Any) -> dict[str, Any]:
    """An institution of a record that is named once, at code point `at`."""
    name = name or f"Museum {key}"
    mention = {"start": at, "end": at + len(name), "text": name}
    plain = {"id": id_, "name": name, "names": {"en": name}, "kind": "museum", "country": "UZ", "authority": None}
    return {**plain, "key": key, "identifiers": {}, "mentions": [mention], **more}


def record(id_: str, institutions: Sequence[Any], agreements: Sequence[Any] = (), date: str | None = None) -> Record:
    """A record of these institutions and agreements."""
    document = {
        "id": id_, "source": f"{id_}.txt", "media_type": "text/plain", "encoding": None, "sha256": "", "characters": 9_000,
        "title": None, "date": date, "segments": [],
    }  # fmt: skip
    return Record.model_validate(
        {"document": document, "institutions": institutions, "dates": [], "copy_counts": [], "agreements": agreements}
    )


def batch_of(records: Sequence[Record]) -> Batch:
    """The batch of some records, with the keys that stand in them."""
    keys = {(number, one.id): one.key for number, record_ in enumerate(records) for one in record_.institutions}
    return Batch(tuple(records), 0, keys)


def command(function: Callable[..., None]) -> typer.Typer:
    """A program of one command."""
    app = typer.Typer()
    app.command()(function)
    return app
