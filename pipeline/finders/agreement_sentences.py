"""Which sentences the finder of agreements reads, and what is known of their tokens before the rules look at them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Protocol

from pipeline.authority.countries import atlas
from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_persons import persons
from pipeline.finders.agreement_townsfolk import Townsfolk
from pipeline.finders.grid_model import Dated
from pipeline.finders.seats import Mention
from pipeline.languages.lexicon import Reading
from pipeline.text.document import Document

__all__ = ["LATER", "LIST_LINES", "DateLike", "MentionLike", "known_tokens", "wanted_sentences"]

LATER = 2  # how many sentences after a trigger may go on about its agreement
LIST_LINES = 60  # how many lines a list may have below its heading


class MentionLike(Mention, Protocol):
    """What this finder must know of a mention of an institution."""

    @property
    def implied(self) -> bool: ...


class DateLike(Dated, Protocol):
    """What this finder must know of a date."""

    @property
    def edtf(self) -> str: ...


def wanted_sentences(document: Document, context: Context, hot: Sequence[int]) -> list[int]:
    """Return the sentences to read: those with a trigger, the one after each, headings of lists and their lines."""
    tokens, count = document.tokens, len(document.tokens.sentences)
    wanted = set(hot)
    near = {k for sentence in hot for k in range(sentence - 3, sentence + 2) if 0 <= k < count}
    wanted.update(k for sentence in hot for k in range(sentence + 1, min(sentence + LATER, count - 1) + 1))
    for sentence in near:
        colon = tokens.fold[tokens.sentences[sentence][1] - 1] == ":"
        if colon or (sentence in wanted and context.items_follow(sentence)):
            wanted.add(sentence)
            blank = 0
            for k in range(sentence + 1, min(sentence + LIST_LINES, count)):
                blank = 0 if context.within(*tokens.sentences[k]) else blank + 1
                if blank > 2:
                    break
                wanted.add(k)
    return sorted(wanted)


def known_tokens(
    document: Document,
    context: Context,
    mentions: Sequence[MentionLike],
    dates: Sequence[DateLike],
    wanted: Sequence[int],
    countries: Sequence[str | None] = (),
) -> dict[int, Reading]:
    """Return what is known of tokens: mentions (the outer one where they nest), dates, countries and cities, and what alludes to an institution."""
    tokens = document.tokens
    known: dict[int, Reading] = {}
    taken: set[int] = set()
    ranges = tokens.sentences
    inside = set(wanted)

    def put(first: int, last: int, symbol: str, value: str, case: str = "") -> None:
        sentence = tokens.sentence[first]
        last = min(last, ranges[sentence][1])
        if sentence in inside and taken.isdisjoint(range(first, last)):
            known[first] = Reading(symbol, value, case, last - first)
            taken.update(range(first, last))

    for mention in sorted(mentions, key=lambda m: (m.first - m.last, m.first)):
        state = context.bodies.government(mention.first, mention.last)
        if state:
            put(mention.first, mention.last, "STATE", state, context.case(mention.last - 1))
        else:
            symbol = "IMPL" if mention.implied else "INST"
            put(mention.first, mention.last, symbol, str(mention.entity), context.case(mention.last - 1))
    for index, date in enumerate(dates):
        put(date.first, date.last, "DATE", str(index), context.case(date.last - 1, 1))
    places = atlas()
    allusions = Townsfolk(document, mentions, context, countries)
    officers = persons(document, context, wanted)
    for sentence in wanted:
        for index in range(*ranges[sentence]):
            alluded = allusions.at(index) if index not in taken else None
            if alluded is None and officers is not None and index not in taken and document.languages[index] == "uz":
                alluded = officers.at(index)
            if alluded is not None:
                put(index, index + alluded.length, alluded.symbol, alluded.value, alluded.case)
    for mention in mentions:
        before = mention.first - 1
        if before >= 0 and tokens.sentence[before] in inside and context.adjective(before):
            put(before, before + 1, "NAT", "")
    for sentence in wanted:
        first, last = ranges[sentence]
        for index in compress(range(first, last), tokens.upper[first:last]):
            if index + 1 < last and tokens.fold[index + 1] == "." and not tokens.gap[index + 1] and index not in taken:
                if tokens.end[index] - tokens.start[index] == 1 and tokens.form(index).isupper():
                    known[index] = Reading("CAP", "")  # an initial, not the word «с» or «и»
                    continue
            if index not in taken:
                place = places.at(tokens, index)
                if place is not None and place.kind != "adjective":
                    symbol = "STATE" if place.kind == "country" else "PLACE"
                    put(index, index + place.length, symbol, place.code, context.case(index + place.length - 1))
    return known
