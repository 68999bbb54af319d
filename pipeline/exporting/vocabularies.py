"""Kinds and countries in other vocabularies: `vocabularies.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["country_item", "kind_in"]


def kind_in(vocabulary: str, kind: str) -> str | None:
    """Return what a kind of institution is called in `schema`, `wikidata` or `marc`; None where it has no name there."""
    name: str | None = _data()["kind"].get(kind, {}).get(vocabulary)
    return name


def country_item(code: str | None) -> str | None:
    """Return the Wikidata item of a country; None where it is not in the table."""
    item: str | None = _data()["country"].get(code)
    return item


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "vocabularies.toml").read_text(encoding="utf-8"))
