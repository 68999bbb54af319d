"""Whose article it is, weighed by learned weights: clues of each institution that may say “we”, and of there being none.

The rules (`authority/home.py`) answer only where it is plain; the judge has their answer among its clues. Time is linear: candidates are bounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from pipeline.authority.home import MentionLike, Signs, alone, names_first_line
from pipeline.relations.ranker import Ranker, about
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["RANKERS", "HomeJudge", "home_clues"]

RANKERS = ("home",)
_CANDIDATES = 14  # institutions that are weighed, those named first
_UNBOUND = "international"  # its articles are on the countries
_COLLECTING = frozenset(("library", "museum", "archive"))
_STEM = 7  # code points of a neighbouring word
_HEAD = 3  # tokens between the beginning of a sentence and a name that opens it
_LAST = 2  # sentences at the end in which a signature stands
_QUARTERS = 4
_size = partial(about, most=16)


class _Seen:
    """What an article shows of each institution. `ruled`: the one that the rules say it is."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[MentionLike],
        kinds: Sequence[str | None],
        ruled: int | None,
    ) -> None:
        self.document, self.tokens, self.kinds, self.ruled = document, document.tokens, kinds, ruled
        bound = [m for m in mentions if kinds[m.entity] != _UNBOUND and not m.implied]
        self.entities = list(dict.fromkeys(m.entity for m in bound))[:_CANDIDATES]
        self.times = Counter(m.entity for m in bound)
        self.rank = {entity: rank for rank, (entity, _) in enumerate(self.times.most_common())}
        self.alike = Counter(kinds[entity] for entity in self.entities)
        self.signs = Signs(document, mentions, bound)
        self.frequent = self.signs.nouns.frequent()
        self.we = f"we{min(2, self.signs.we)}"
        self.first: dict[int, MentionLike] = {}
        self.last: dict[int, MentionLike] = {}
        self.opens: Counter[int] = Counter()
        for mention in bound:
            self.first.setdefault(mention.entity, mention)
            self.last[mention.entity] = mention
            begin = self.tokens.sentences[self.tokens.sentence[mention.first]][0]
            lead = range(begin, mention.first) if mention.first - begin <= _HEAD else ()
            if mention.first == begin or (lead and sum(self.tokens.kind[k] is Kind.WORD for k in lead) <= 1):
                self.opens[mention.entity] += 1

    def share(self, times: int) -> int:
        """Return which part of all mentions so many are, in quarters."""
        return round(_QUARTERS * times / max(1, self.times.total()))

    def nobody(self) -> Iterator[str]:
        """Yield the clues for no institution."""
        first = self.kinds[self.entities[0]] if self.entities else None
        yield from (
            "none", f"none:ruled:{self.ruled is None}", f"none:ruled:{self.ruled is None}:{self.we}", f"none:{self.we}",
            f"none:many:{_size(len(self.entities))}", f"none:most:{self.share(max(self.times.values(), default=0))}",
            f"none:own:{bool(self.signs.nouns.own)}:{self.we}", f"none:first:{first}",
        )  # fmt: skip

    def clues(self, entity: int, order: int) -> Iterator[str]:
        """Yield the clues of a candidate, the `order`-th of those that the article names."""
        tokens, kind, rank, we = self.tokens, self.kinds[entity], self.rank[entity], self.we
        first, last, nouns = self.first[entity], self.last[entity], self.signs.nouns
        sentence = tokens.sentence[first.first]
        begin, _ = tokens.sentences[sentence]
        language = self.document.languages[first.first]
        left = tokens.fold[first.first - 1][:_STEM] if first.first > begin else "^"
        right = tokens.fold[first.last][:_STEM] if first.last < len(tokens) else "$"
        ruled, only = entity == self.ruled, self.alike[kind] == 1
        own, bare = kind in nouns.own, _size(nouns.bare[kind]) if kind else 0
        collects, total = kind in _COLLECTING, len(tokens.sentences)
        near = min(sentence, 2)
        yield from (
            f"ruled:{ruled}", f"ruled:{ruled}:{kind}", f"unruled:{self.ruled is None}:{rank == 0}:{we}", f"kind:{kind}", f"kind:{kind}:{we}",
            f"only:{kind}:{only}", f"order:{min(order, 4)}", f"order:{min(order, 4)}:{we}", f"rank:{min(rank, 4)}",
            f"times:{_size(self.times[entity])}", f"share:{self.share(self.times[entity])}", f"share:{self.share(self.times[entity])}:{we}",
            f"sentence:{min(sentence, 4)}", f"alone:{alone(self.document, first)}:{min(sentence, 3)}", f"names:{names_first_line(self.document, first)}",
            f"byline:{first.first in self.signs.byline}", f"addressed:{first.first in self.signs.addressed}", f"own:{own}:{self.alike[kind]}",
            f"own-first:{own}:{order == 0}", f"bare:{bare}:{only}", f"bare-first:{bare}:{order == 0}", f"frequent:{self.frequent[:1] == [kind]}:{only}",
            f"left:{language}:{left}", f"ending:{language}:{tokens.fold[first.last - 1][-3:]}:{near}", f"right:{language}:{right}:{near}",
            f"opens:{min(self.opens[entity], 3)}", f"opens:{min(self.opens[entity], 3)}:{min(rank, 2)}",
            f"signs:{total - tokens.sentence[last.first] <= _LAST}:{alone(self.document, last)}", f"others:{_size(len(self.entities))}:{rank == 0}",
            f"reach:{min(_QUARTERS, (tokens.sentence[last.first] - sentence) * 5 // total)}", f"collects:{collects}:{rank == 0}:{we}",
            f"collects-first:{collects}:{order == 0}:{we}",
        )  # fmt: skip


def home_clues(
    document: Document, mentions: Sequence[MentionLike], kinds: Sequence[str | None], ruled: int | None
) -> dict[int | None, list[str]]:
    """Return the clues of each institution whose article it may be (None: nobody's). `kinds`: of each institution; `ruled`: what the rules say."""
    seen = _Seen(document, mentions, kinds, ruled)
    out: dict[int | None, list[str]] = {None: [*seen.nobody()]}
    out.update((entity, [*seen.clues(entity, order)]) for order, entity in enumerate(seen.entities))
    return out


class HomeJudge:
    """Judges whose article it is. `rankers`: those of `RANKERS`; it holds no state of any document."""

    def __init__(self, rankers: Mapping[str, Ranker]) -> None:
        self._ranker = rankers["home"]

    def home(
        self, document: Document, mentions: Sequence[MentionLike], kinds: Sequence[str | None], ruled: int | None
    ) -> int | None:
        """Return the institution whose article it likeliest is, None for nobody's."""
        candidates = home_clues(document, mentions, kinds, ruled)
        scores = {entity: self._ranker.score(clues) for entity, clues in candidates.items()}
        return max(scores, key=lambda entity: scores[entity])
