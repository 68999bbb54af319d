"""Records against gold: precision and recall of each layer, and how often the details of what was found are right.

Found and wanted spans are paired one to one, exact pairs first, then those that overlap most. An optional gold span is
neither wanted nor wrong. Details (kind, unit, status, ...) are judged on paired spans only; `full` means span and all details.
Every figure is summed over all articles before it is divided (micro-average). Linking is B-cubed F1 (Bagga and Baldwin 1998)
over the paired mentions of all articles together, so that one institution must have one key in every article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol, TypeVar

from pipeline.evaluation.gold import Gold, GoldAgreement, GoldCount
from pipeline.records import Agreement, CopyCount, Mention, Record

__all__ = ["Miss", "Scores", "Share", "Tally", "score"]

_DETAILS = ("kind", "status", "signed", "valid")


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


class _Wanted(_Span, Protocol):
    @property
    def optional(self) -> bool: ...


_S = TypeVar("_S", bound=_Span)
_W = TypeVar("_W", bound=_Wanted)


@dataclass(slots=True)
class Tally:
    """How much was found right, found wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count more of each."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float:
        """Return the right share of what was found, 0 where nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Return the found share of what was wanted, 0 where nothing was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(slots=True)
class Share:
    """How often a detail is right."""

    right: int = 0
    all: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.all += 1

    @property
    def value(self) -> float:
        """Return the right share; not a number where there was nothing to judge."""
        return self.right / self.all if self.all else float("nan")


@dataclass(frozen=True, slots=True)
class Miss:
    """One error, for people to read: the article, what is wrong, what was found, what was wanted ("" where there is none)."""

    article: str
    what: str
    found: str
    wanted: str


@dataclass(slots=True)
class Scores:
    """The figures of a set of articles. `linked` holds the found and the wanted key of each paired mention."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    linked: list[tuple[str, str]] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)

    @property
    def linking(self) -> float:
        """Return the B-cubed F1 of the linked mentions, not a number where there is none."""
        if not self.linked:
            return float("nan")
        both = Counter(self.linked)
        found, wanted = Counter(key for key, _ in self.linked), Counter(key for _, key in self.linked)
        precision = sum(count * count / found[pair[0]] for pair, count in both.items())
        recall = sum(count * count / wanted[pair[1]] for pair, count in both.items())
        return 2 * precision * recall / (precision + recall) / len(self.linked)

    def figures(self) -> dict[str, float]:
        """Return every figure by its name: F1 of the layers, shares of the details."""
        figures = {name: tally.f1 for name, tally in self.tallies.items()}
        figures["institution linking"] = self.linking
        return figures | {name: share.value for name, share in self.shares.items()}


def score(articles: Iterable[tuple[Gold, Record | None]]) -> Scores:
    """Return the scores of records against their gold; None stands for an article that has no record: all of it is missed."""
    scores = Scores()
    for gold, record in articles:
        _Article(gold, record, scores).score()
    return scores


def _paired(found: Sequence[_S], wanted: Sequence[_W]) -> tuple[list[tuple[_S, _W, bool]], list[_S], list[_W]]:
    """Return the pairs (with whether they are exact), what was found besides, and what was missed; optional spans cost nothing."""
    candidates = []
    for a, mine in enumerate(found):
        for b, other in enumerate(wanted):
            common = min(mine.end, other.end) - max(mine.start, other.start)
            if common > 0:
                exact = (mine.start, mine.end) == (other.start, other.end)
                share = common / (max(mine.end, other.end) - min(mine.start, other.start))
                candidates.append((exact, not other.optional, share, a, b))
    taken_found: set[int] = set()
    taken_wanted: set[int] = set()
    pairs: list[tuple[_S, _W, bool]] = []
    touching = {a for _, needed, _, a, _ in candidates if not needed}
    for exact, _, _, a, b in sorted(candidates, reverse=True):
        if a in taken_found or b in taken_wanted:
            continue
        taken_found.add(a)
        taken_wanted.add(b)
        pairs.append((found[a], wanted[b], exact))
    spurious = [mine for a, mine in enumerate(found) if a not in taken_found and a not in touching]
    missed = [other for b, other in enumerate(wanted) if b not in taken_wanted and not other.optional]
    return pairs, spurious, missed


class _Article:
    """The scoring of one article."""

    def __init__(self, gold: Gold, record: Record | None, scores: Scores) -> None:
        self.gold = gold
        self.institutions = record.institutions if record else ()
        self.dates = record.dates if record else ()
        self.counts = record.copy_counts if record else ()
        self.agreements = record.agreements if record else ()
        self.scores = scores
        self.entities: dict[
            str, str
        ] = {}  # of an institution of the record: the gold entity that most of its mentions are paired with

    def score(self) -> None:
        self.score_institutions()
        self.score_dates()
        self.score_counts()
        self.score_agreements()

    def layer(
        self, what: str, found: Sequence[_S], wanted: Sequence[_W]
    ) -> tuple[list[tuple[_S, _W, bool]], list[tuple[_S, _W, bool]], int, int]:
        """Return all pairs, those that are wanted, and how many spans are spurious and missed; notes the errors."""
        pairs, spurious, missed = _paired(found, wanted)
        for span in found:
            self.scores.shares["offsets true"].add(self.gold.text[span.start : span.end] == span.text)
        for span in spurious:
            self.miss(f"{what} spurious", span.text, "")
        for gold in missed:
            self.miss(f"{what} missed", "", gold.text)
        needed = [pair for pair in pairs if not pair[1].optional]
        for mine, other, exact in needed:
            if not exact:
                self.miss(f"{what} boundary", mine.text, other.text)
        return pairs, needed, len(spurious), len(missed)

    def miss(self, what: str, found: object, wanted: object) -> None:
        self.scores.misses.append(Miss(self.gold.id, what, str(found), str(wanted)))

    def tally(self, name: str, right: int, pairs: int, spurious: int, missed: int) -> None:
        """Count pairs of which `right` are right: a wrong one is both wrong and missed."""
        self.scores.tallies[name].add(right, spurious + pairs - right, missed + pairs - right)

    def score_institutions(self) -> None:
        owner: dict[int, int] = {}
        mentions: list[Mention] = []
        for index, institution in enumerate(self.institutions):
            for mention in institution.mentions:
                owner[id(mention)] = index
                mentions.append(mention)
        pairs, needed, spurious, missed = self.layer("institution", mentions, self.gold.institutions)
        self.tally("institutions exact", sum(exact for *_, exact in needed), len(needed), spurious, missed)
        self.tally("institutions overlap", len(needed), len(needed), spurious, missed)
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for mention, gold, _ in pairs:
            institution = self.institutions[owner[id(mention)]]
            if gold.entity is not None:
                votes[institution.id][gold.entity] += 1
            if gold.optional or gold.entity is None:
                continue
            key = institution.authority or f"{self.gold.id}#{institution.id}"
            self.scores.linked.append((key, gold.entity))
            entity = self.gold.entities[gold.entity]
            self.detail("institution kind", institution.kind, entity.kind, mention.text)
            if entity.country is not None:
                self.detail("institution country", institution.country, entity.country, mention.text)
        self.entities = {id_: counter.most_common(1)[0][0] for id_, counter in votes.items()}

    def detail(self, name: str, found: object, wanted: object, where: str) -> None:
        self.scores.shares[name].add(found == wanted)
        if found != wanted:
            self.miss(name, f"{where}: {found}", wanted)

    def score_dates(self) -> None:
        _, needed, spurious, missed = self.layer("date", self.dates, self.gold.dates)
        self.tally("dates exact", sum(exact for *_, exact in needed), len(needed), spurious, missed)
        self.tally(
            "dates value", sum(date.edtf == gold.edtf for date, gold, _ in needed), len(needed), spurious, missed
        )
        for date, gold, _ in needed:
            if date.edtf != gold.edtf:
                self.miss("date value", f"{date.text} = {date.edtf}", gold.edtf)

    def party(self, party: str) -> str:
        """Return the gold entity that an institution of the record stands for."""
        return self.entities.get(party, party if party.startswith("country:") else f"?{party}")

    def score_counts(self) -> None:
        _, needed, spurious, missed = self.layer("count", self.counts, self.gold.counts)
        right = full = 0
        for count, gold, _ in needed:
            number = (count.number, count.number_max) == (gold.number, gold.number_max)
            right += number
            if not number:
                self.miss(
                    "count number",
                    f"{count.text} = {count.number}..{count.number_max}",
                    f"{gold.number}..{gold.number_max}",
                )
            full += self.count_details(count, gold) and number
        self.tally("counts number", right, len(needed), spurious, missed)
        self.tally("counts full", full, len(needed), spurious, missed)

    def count_details(self, count: CopyCount, gold: GoldCount) -> bool:
        """Return whether all details but the number are right."""
        before = len(self.scores.misses)
        self.detail("counts unit", count.unit, gold.unit, count.text)
        self.detail("counts act", count.act, gold.act, count.text)
        for name, parties, wanted in (("from", count.from_, gold.from_), ("to", count.to, gold.to)):
            have, want = {self.party(party) for party in parties}, {wanted} - {None}
            if have or want:
                self.detail(f"counts {name}", sorted(have), sorted(filter(None, want)), count.text)
        if count.bound != gold.bound:
            self.miss("counts bound", f"{count.text}: {count.bound}", gold.bound)
        return len(self.scores.misses) == before

    def score_agreements(self) -> None:
        left = [(agreement, frozenset(map(self.party, agreement.parties))) for agreement in self.agreements]
        needed = [gold for gold in self.gold.agreements if not gold.optional]
        pairs_found = {pair for _, parties in left for pair in combinations(sorted(parties), 2)}
        right = full = 0
        for gold in sorted(self.gold.agreements, key=lambda gold: gold.optional):
            same = [entry for entry in left if entry[1] == frozenset(gold.parties)]
            if not same:
                if not gold.optional:
                    self.miss("agreement missed", "", sorted(gold.parties))
                continue
            best = max(same, key=lambda entry: sum(_detail(entry[0], name) == _detail(gold, name) for name in _DETAILS))
            left.remove(best)
            if not gold.optional:
                right += 1
                full += self.agreement_details(best[0], gold)
        for _, parties in left:
            self.miss("agreement spurious", sorted(parties), "")
        self.scores.tallies["agreements parties"].add(right, len(left), len(needed) - right)
        self.scores.tallies["agreements full"].add(full, len(left) + right - full, len(needed) - full)
        allowed = {pair for gold in self.gold.agreements for pair in combinations(sorted(set(gold.parties)), 2)}
        wanted = {pair for gold in needed for pair in combinations(sorted(set(gold.parties)), 2)}
        self.scores.tallies["agreements pairs"].add(
            len(pairs_found & wanted), len(pairs_found - allowed), len(wanted - pairs_found)
        )

    def agreement_details(self, agreement: Agreement, gold: GoldAgreement) -> bool:
        """Return whether kind, status and dates are right."""
        good = True
        for name in _DETAILS:
            found, wanted = _detail(agreement, name), _detail(gold, name)
            if found or wanted:
                self.detail(f"agreement {name}", found, wanted, agreement.trigger.text)
            good = good and found == wanted
        return good


def _detail(agreement: Agreement | GoldAgreement, name: str) -> str | None:
    value: str | None = getattr(agreement, name)
    return value
