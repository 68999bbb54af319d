"""Which names a gazetteer knows: what divides the names of an article into those that were filed and those that had to be found by rule."""

from __future__ import annotations

from functools import lru_cache

from pipeline.authority.gazetteer import Gazetteer
from pipeline.evaluation.judge import Known
from pipeline.text.tokens import Kind, tokenize

__all__ = ["known_names"]


def known_names(authorities: Gazetteer) -> Known:
    """Return the test: one gazetteer name, in any form and script, spans all words of a name as a text writes it."""

    @lru_cache(maxsize=1 << 15)
    def known(name: str) -> bool:
        tokens = tokenize(name, running=False)
        words = [index for index, kind in enumerate(tokens.kind) if kind is not Kind.SIGN]
        hits = authorities.find(tokens, authorities.atlas.all(tokens))
        return bool(words) and any(hit.first <= words[0] and hit.last > words[-1] for hit in hits)

    return known
