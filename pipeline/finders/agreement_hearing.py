"""What a judge of agreements is given: all that the rules have read of a document, and what they made of it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.authority.countries import Place
from pipeline.finders.agreement_clauses import Reader
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_model import Agreement
from pipeline.finders.agreement_parties import Parties
from pipeline.finders.agreement_sentences import DateLike, MentionLike
from pipeline.finders.agreement_states import States
from pipeline.text.document import Document

__all__ = ["AgreementJudge", "Hearing"]


@dataclass(frozen=True, slots=True)
class Hearing:
    """The rules' reading of one document. `wanted`: the sentences that were read; `places`: one for each token; `countries` and `kinds`: of the entities;
    `tables`: the sentences of tables whose rows tell of agreements, and of no others."""

    document: Document
    mentions: Sequence[MentionLike]
    dates: Sequence[DateLike]
    home: int | None
    reader: Reader
    context: Context
    parties: Parties
    states: States
    wanted: Sequence[int]
    places: Sequence[Place | None] = ()
    countries: Sequence[str | None] = ()
    kinds: Sequence[str | None] = ()
    tables: Container[int] = ()


class AgreementJudge(Protocol):
    """What weighs the rules' reading of the agreements of a document: see `pipeline.relations`."""

    def agreements(self, hearing: Hearing, ruled: Sequence[Agreement]) -> list[Agreement]:
        """Return the agreements that a document shall have, in the order of their triggers; `ruled` are those that the rules found."""
        ...
