"""Who gives, given who receives: clues that see both at once. Two names in one sentence share the parts out between them, and the next count often turns them
around; a clue of one institution alone cannot tell that."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NOBODY", "UNTOLD", "Standing", "pair_clues"]

UNTOLD = "-"
"""The role of an institution where the count before told of no transfer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidate stands to a count. `who`: what it is to the article; `where`: its part and its side of the count, "absent" where the sentence does
    not name it; `last`: its role in the count before ("F", "T", "B", "" for none), `UNTOLD`."""

    who: str
    where: str
    last: str = UNTOLD


NOBODY = Standing("no", "no")


def pair_clues(receiver: Standing, giver: Standing, deed: str) -> list[str]:
    """Return the clues of a giver that come of who receives. `deed`: what the rules read of the verb."""
    pairs = (
        f"pair:{receiver.who}{receiver.where}:{giver.who}{giver.where}",
        f"pair:{receiver.who}:{giver.who}",
        f"pair:{receiver.where}:{giver.where}",
        f"pair:{receiver.who}:{giver.who}{giver.where}",
    )
    turned = f"turn:{receiver.last}:{giver.last}:{receiver.who}:{giver.who}"
    return [*pairs, *(f"{pair}:{deed}" for pair in pairs), turned]
