"""Institutions that a count or an agreement speaks of, as lines drawn to the places where they are named.

Gold names them by slug; annotation tools draw lines between spans. A slug that is named nowhere, and a state (`country:UZ`), is written out.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.evaluation.gold import Gold

__all__ = ["Links", "joined"]


class Links:
    """Where each institution of an article is named."""

    def __init__(self, gold: Gold) -> None:
        self._places: dict[str, list[tuple[bool, int, int]]] = {}
        for number, mention in enumerate(gold.institutions):
            if mention.entity is not None:
                self._places.setdefault(mention.entity, []).append((mention.optional, mention.start, number))

    def nearest(self, party: str, at: int) -> int | None:
        """Return the number of the mention of a party that is nearest to an offset, wanted ones before optional ones; None where there is none."""
        places = self._places.get(party, ())
        return min(places, key=lambda place: (place[0], abs(place[1] - at)))[2] if places else None

    def written_out(self, parties: Sequence[str]) -> Sequence[str]:
        """Return the first parties up to the last that no line can reach, so that `joined` gives back all of them in their order."""
        if len(set(parties)) < len(parties):
            return parties
        return parties[
            : max((number for number, party in enumerate(parties, start=1) if party not in self._places), default=0)
        ]


def joined(written: Sequence[str], drawn: Sequence[str]) -> list[str]:
    """Return the parties: those written out, then those that only lines lead to."""
    return [*written, *(party for party in dict.fromkeys(drawn) if party not in written)]
