"""How sure links are: the table `links.toml`, measured on the corpus."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["THRESHOLD", "LinkKind", "kind_of_link", "of_institution", "of_mention"]


@dataclass(frozen=True, slots=True)
class LinkKind:
    """One way to link a name: how sure it is (0 to 1), and whether it leads to an institution that the article has named otherwise."""

    confidence: float
    within: bool


@cache
def _table() -> tuple[float, dict[str, LinkKind]]:
    data = tomllib.loads((Path(__file__).parent / "links.toml").read_text(encoding="utf-8"))
    return data["threshold"], {
        name: LinkKind(entry["confidence"], entry.get("within", False)) for name, entry in data["link"].items()
    }


THRESHOLD: float = _table()[0]
"""A link less sure than this is not made."""


def kind_of_link(link: str) -> LinkKind:
    """Return what is known of a way to link. Raises KeyError where the table lacks it, which is a mistake in the program."""
    return _table()[1][link]


def of_institution(links: Iterable[str]) -> float:
    """Return how sure it is which institution the mentions with these links name: as sure as the surest that stands by itself."""
    kinds = [kind_of_link(link) for link in links]
    return max((kind.confidence for kind in kinds if not kind.within), default=0.0)


def of_mention(link: str, institution: float) -> float:
    """Return how sure a mention's link is, of an institution that is known so surely."""
    kind = kind_of_link(link)
    return round(kind.confidence * institution, 3) if kind.within else kind.confidence
