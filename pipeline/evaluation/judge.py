"""One record against the gold of its article: every thing judged, layer by layer (`judgement.Item`).

The rules are those of the guidelines. An optional span is neither wanted nor wrong. An institution of the record stands for the entity of the gold that
most of its paired mentions have; parties, givers and receivers are compared as entities. What the record lists in some order is brought into the order of
its ids first, so that no figure depends on it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Protocol, TypeVar

from pipeline.evaluation.causes import with_cause
from pipeline.evaluation.gold import Gold, GoldAgreement, GoldCount, GoldMention, GoldTrigger
from pipeline.evaluation.judgement import Detail, Item, Layer, Outcome, Said
from pipeline.evaluation.matching import Pairing, Span, overlaps, paired
from pipeline.records import Agreement, CopyCount, Institution, Mention, Record

__all__ = ["Known", "Link", "judged"]

Known = Callable[[str], bool]
"""Whether a gazetteer knows a name, as the text writes it."""

Link = tuple[str, str]
"""The key under which the record has a mention (its authority, else DOCUMENT#ID), and the entity of the gold."""

_FIELDS = ("kind", "status", "signed", "valid")
_NUMBER = re.compile(r"\d+")


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_I = TypeVar("_I", bound=_Identified)


def judged(gold: Gold, record: Record, *, known: Known | None = None) -> tuple[list[Item], list[tuple[Item, Link]]]:
    """Return the items of a document, and the link of each of its paired mentions that is wanted.

    Items of the layer "links" are not among them: whether a link is right, all documents together say.
    """
    judge = _Judge(gold, record, known)
    judge.institutions()
    judge.dates()
    judge.counts()
    judge.agreements()
    return judge.items, judge.links


def _ordered(things: Iterable[_I]) -> list[_I]:
    """Return them by the number in their id, which is how records list them."""

    def key(thing: _I) -> tuple[int, str]:
        number = _NUMBER.search(thing.id)
        return (int(number[0]) if number else -1, thing.id)

    return sorted(things, key=key)


class _Judge:
    """The items of one document while they are made; `entities`: the gold entity that each institution of the record stands for."""

    def __init__(self, gold: Gold, record: Record, known: Known | None) -> None:
        self.gold = gold
        self.record = record
        self.known = known
        self.items: list[Item] = []
        self.links: list[tuple[Item, Link]] = []
        self.entities: dict[str, str] = {}

    def add(self, item: Item, *, nested: bool = False, implied: bool = False) -> None:
        self.items.append(with_cause(item, nested=nested, implied=implied))

    def pair(self, layer: Layer, wanted: Said, found: Said, details: Sequence[Detail], source: str, *, exact: bool, optional: bool,
             known: bool | None = None) -> None:  # fmt: skip
        """Add the item of a pair."""
        outcome: Outcome = "right" if exact else "boundary"
        if optional:
            outcome, details = "optional", ()
        elif not all(detail.right for detail in details):
            outcome = "wrong"
        self.add(
            Item(layer=layer, outcome=outcome, wanted=wanted, found=found, exact=exact, details=tuple(details), source=source, known=known)
        )  # fmt: skip

    def knows(self, name: str) -> bool | None:
        return None if self.known is None else self.known(name)

    def institutions(self) -> None:
        found: list[tuple[Institution, Mention]] = [
            (institution, mention)
            for institution in _ordered(self.record.institutions)
            for mention in sorted(institution.mentions, key=lambda mention: (mention.start, -mention.end))
        ]
        mentions = [mention for _, mention in found]
        wanted = self.gold.institutions
        pairing = paired(mentions, wanted, [gold.optional for gold in wanted])
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for pair in pairing.pairs:
            (institution, mention), gold = found[pair.found], wanted[pair.wanted]
            if gold.entity is not None:
                votes[institution.id][gold.entity] += 1
            self.pair(
                "institutions", _said(gold, gold.entity or ""), _said(mention, institution.authority or institution.id),
                self.institution_details(institution, gold), mention.rule, exact=pair.exact, optional=gold.optional, known=self.knows(gold.text),
            )  # fmt: skip
            if not gold.optional and gold.entity is not None:
                key = institution.authority or f"{self.gold.id}#{institution.id}"
                self.links.append((self.items[-1], (key, gold.entity)))
        self.entities = {id_: counter.most_common(1)[0][0] for id_, counter in votes.items()}
        self.rest("institutions", pairing, mentions, wanted,
                  [institution.authority or institution.id for institution, _ in found], [gold.entity or "" for gold in wanted],
                  [mention.rule for mention in mentions])  # fmt: skip

    def institution_details(self, institution: Institution, gold: GoldMention) -> list[Detail]:
        entity = self.gold.entities.get(gold.entity or "")
        if entity is None:
            return []
        details = [Detail("kind", entity.kind, institution.kind, institution.kind == entity.kind)]
        if entity.country is not None:
            details.append(
                Detail("country", entity.country, institution.country, institution.country == entity.country)
            )
        return details

    def rest(self, layer: Layer, pairing: Pairing, found: Sequence[_Text], wanted: Sequence[_Text], found_values: Sequence[str],
             wanted_values: Sequence[str], sources: Sequence[str]) -> None:  # fmt: skip
        """Add the items of what is not paired."""
        names = layer == "institutions"
        touched: set[int] = set()
        touching: set[int] = set()
        if names and (pairing.missed or pairing.spurious):
            for mine, other in overlaps(found, wanted):
                touching.add(mine)
                touched.add(other)
        for mine in sorted((*pairing.spurious, *pairing.tolerated)):
            said = _said(found[mine], found_values[mine])
            outcome: Outcome = "optional" if mine in pairing.tolerated else "spurious"
            self.add(
                Item(layer=layer, outcome=outcome, wanted=None, found=said, source=sources[mine],
                     known=self.knows(said.text) if names else None),
                nested=mine in touching,
            )  # fmt: skip
        for other in pairing.missed:
            said = _said(wanted[other], wanted_values[other])
            self.add(
                Item(layer=layer, outcome="missed", wanted=said, found=None, known=self.knows(said.text) if names else None),
                nested=other in touched,
                implied=getattr(wanted[other], "implied", False),
            )  # fmt: skip

    def dates(self) -> None:
        found, wanted = _ordered(self.record.dates), self.gold.dates
        pairing = paired(found, wanted, [gold.optional for gold in wanted])
        for pair in pairing.pairs:
            mine, gold = found[pair.found], wanted[pair.wanted]
            value = Detail("value", gold.edtf, mine.edtf, mine.edtf == gold.edtf)
            self.pair("dates", _said(gold, gold.edtf or ""), _said(mine, mine.edtf), [value], mine.rule, exact=pair.exact,
                      optional=gold.optional)  # fmt: skip
        self.rest("dates", pairing, found, wanted, [mine.edtf for mine in found], [gold.edtf or "" for gold in wanted],
                  [mine.rule for mine in found])  # fmt: skip

    def party(self, party: str) -> str:
        """Return the gold entity that an institution of the record stands for; `?i3` where it is none."""
        return self.entities.get(party, party if party.startswith("country:") else f"?{party}")

    def counts(self) -> None:
        found, wanted = _ordered(self.record.copy_counts), self.gold.counts
        pairing = paired(found, wanted, [gold.optional for gold in wanted])
        values = [_number(mine.number, mine.number_max) for mine in found]
        golds = [_number(gold.number, gold.number_max) for gold in wanted]
        for pair in pairing.pairs:
            mine, gold = found[pair.found], wanted[pair.wanted]
            self.pair("counts", _said(gold, golds[pair.wanted]), _said(mine, values[pair.found]), self.count_details(mine, gold), mine.rule,
                      exact=pair.exact, optional=gold.optional)  # fmt: skip
        self.rest("counts", pairing, found, wanted, values, golds, [mine.rule for mine in found])

    def count_details(self, count: CopyCount, gold: GoldCount) -> list[Detail]:
        wanted, found = _number(gold.number, gold.number_max), _number(count.number, count.number_max)
        details = [
            Detail("number", wanted, found, wanted == found),
            Detail("unit", gold.unit, count.unit, count.unit == gold.unit),
            Detail("act", gold.act, count.act, count.act == gold.act),
        ]
        for name, parties, want in (("from", count.from_, gold.from_), ("to", count.to, gold.to), ("by", count.by, gold.by)):  # fmt: skip
            have = {self.party(party) for party in parties}
            if have or want is not None:
                details.append(Detail(name, want, _joined(have), have == ({want} - {None})))
        if count.bound is not None or gold.bound is not None:
            details.append(Detail("bound", gold.bound, count.bound, count.bound == gold.bound))
        return details

    def agreements(self) -> None:
        """Pair agreements by their parties, of several with the same those that agree most; the rest by common parties and place."""
        left = [(agreement, frozenset(map(self.party, agreement.parties))) for agreement in _ordered(self.record.agreements)]  # fmt: skip
        self.pairs(left)
        open_: list[tuple[GoldAgreement, frozenset[str]]] = []
        for gold in sorted(self.gold.agreements, key=lambda gold: gold.optional):
            wanted = frozenset(gold.parties)
            same = [entry for entry in left if entry[1] == wanted]
            if not same:
                open_ += [] if gold.optional else [(gold, wanted)]
                continue
            best = max(same, key=lambda entry: sum(getattr(entry[0], name) == getattr(gold, name) for name in _FIELDS))
            left.remove(best)
            self.agreement(gold, wanted, *best, self.agreement_details(best[0], gold))
        for gold, wanted in open_:
            near = [entry for entry in left if self.near(entry, gold, wanted) > (1, 0)]
            if not near:
                self.add(
                    Item(layer="agreements", outcome="missed", wanted=self.said_agreement(gold, wanted), found=None)
                )
                continue
            best = max(near, key=lambda entry: self.near(entry, gold, wanted))
            left.remove(best)
            self.agreement(gold, wanted, *best, [Detail("parties", _joined(wanted), _joined(best[1]), False)])
        for agreement, parties in left:
            said = _said(agreement.trigger, _joined(parties) or "")
            self.add(Item(layer="agreements", outcome="spurious", wanted=None, found=said, source=agreement.rule))

    def near(self, entry: tuple[Agreement, frozenset[str]], gold: GoldAgreement, wanted: frozenset[str]) -> tuple[int, int]:  # fmt: skip
        """Return how many parties two agreements share, and whether they stand at the same words."""
        return len(entry[1] & wanted), int(_touch(entry[0].trigger, self.trigger(gold)))

    def trigger(self, gold: GoldAgreement) -> GoldTrigger:
        return next(trigger for trigger in self.gold.triggers if trigger.id == gold.trigger)

    def said_agreement(self, gold: GoldAgreement, parties: frozenset[str]) -> Said:
        trigger = self.trigger(gold)
        return _said(trigger, _joined(parties) or "")

    def agreement(self, gold: GoldAgreement, wanted: frozenset[str], agreement: Agreement, found: frozenset[str],
                  details: Sequence[Detail]) -> None:  # fmt: skip
        want, have = self.said_agreement(gold, wanted), _said(agreement.trigger, _joined(found) or "")
        self.pair("agreements", want, have, details, agreement.rule, exact=(want.start, want.end) == (have.start, have.end),
                  optional=gold.optional)  # fmt: skip

    def agreement_details(self, agreement: Agreement, gold: GoldAgreement) -> list[Detail]:
        details = []
        for name in _FIELDS:
            wanted, found = getattr(gold, name), getattr(agreement, name)
            if wanted or found:
                details.append(Detail(name, wanted, found, wanted == found))
        triggers = [trigger for trigger in self.gold.triggers if trigger.id == gold.trigger]
        touching = any(_touch(trigger, agreement.trigger) for trigger in triggers)
        return [*details, Detail("trigger", triggers[0].text, agreement.trigger.text, touching)]

    def pairs(self, agreements: Sequence[tuple[Agreement, frozenset[str]]]) -> None:
        """Add an item for each two parties that agree, once in a document, at the first agreement that has them."""
        found: dict[tuple[str, str], Said] = {}
        sources: dict[tuple[str, str], str] = {}
        for agreement, parties in agreements:
            for two in combinations(sorted(parties), 2):
                found.setdefault(two, _said(agreement.trigger, " + ".join(two)))
                sources.setdefault(two, agreement.rule)
        wanted: dict[tuple[str, str], Said] = {}
        allowed: set[tuple[str, str]] = set()
        for gold in self.gold.agreements:
            said = self.said_agreement(gold, frozenset(gold.parties))
            for two in combinations(sorted(set(gold.parties)), 2):
                allowed.add(two)
                if not gold.optional:
                    wanted.setdefault(two, Said(said.start, said.end, said.text, " + ".join(two)))
        for two in sorted(found.keys() | wanted.keys()):
            have, want = found.get(two), wanted.get(two)
            outcome: Outcome = "right" if have and want else "missed" if want else "optional" if two in allowed else "spurious"  # fmt: skip
            self.add(
                Item(layer="pairs", outcome=outcome, wanted=want, found=have, exact=True, source=sources.get(two, ""))
            )


class _Text(Span, Protocol):
    @property
    def text(self) -> str: ...


def _said(span: _Text, value: str) -> Said:
    return Said(span.start, span.end, span.text, value)


def _number(number: int | None, number_max: int | None) -> str:
    return "" if number is None else str(number) if number_max is None else f"{number}..{number_max}"


def _joined(parties: Iterable[str]) -> str | None:
    return ", ".join(sorted(parties)) or None


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
