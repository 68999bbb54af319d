"""An institution of an article, and a mention of one: what linking finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.authority.gazetteer import Authority
from pipeline.finders.institutions import Name

__all__ = ["Institution", "Mention"]


@dataclass(
    slots=True
)  # not frozen: there are hundreds in an article, and a frozen one takes four times as long to make
class Mention:
    """A mention of institution `entity` (its index): tokens [first, last), the rule that found it, the reason why it links there and how sure that is."""

    first: int
    last: int
    entity: int
    implied: bool
    rule: str
    link: str
    confidence: float = 1.0


@dataclass(slots=True)
class Institution:
    """An institution of the article. `authority` is None where the gazetteer does not know it; `words` are the stems of each of its names.

    `candidates`: the gazetteer keys that it may have where none is sure enough. `key`: its gazetteer key, else one made of its name (`pipeline.authority.identity`).
    """

    authority: Authority | None
    kind: str | None
    country: str | None
    words: list[frozenset[str]] = field(default_factory=list)
    mentions: list[tuple[Name, str]] = field(default_factory=list)
    candidates: tuple[str, ...] = ()
    confidence: float = 0.0
    key: str = ""
