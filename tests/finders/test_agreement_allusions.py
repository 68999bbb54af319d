"""What a city, a people, an adjective or a surname alludes to: the one institution that can be meant, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from pipeline.finders.agreement_allusions import Allusions
from pipeline.finders.agreement_context import Context
from pipeline.text.document import prepare

MARKED = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Mention:
    first: int
    last: int
    entity: int


def alluded(source: str, countries: list[str | None], home: int | None = 0) -> dict[str, int]:
    """Return {word: institution} of a text whose names stand in square brackets, each an institution of its own."""
    text, at, spans = "", 0, []
    for mark in MARKED.finditer(source):
        text += source[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[1])))
        text += mark[1]
        at = mark.end()
    document = prepare(text + source[at:])
    tokens = document.tokens
    mentions = []
    for entity, (start, end) in enumerate(spans):
        inside = [k for k in range(len(tokens)) if start <= tokens.start[k] < end]
        mentions.append(Mention(inside[0], inside[-1] + 1, entity))
    context = Context(document, [(m.first, m.last, m.entity) for m in mentions], home)
    allusions = Allusions(document, mentions, context, countries)
    readings = {tokens.form(k): allusions.at(k) for k in range(len(tokens))}
    return {word: int(reading.value) for word, reading in readings.items() if reading is not None}


@pytest.mark.parametrize(
    ("source", "countries", "expected"),
    [
        ("The [Karshi Library] signed with [Denau Library]. We met. A contract with Denau is ready.", [], {"Denau": 1}),
        ("[Музей Ташкента] и [Бакинский музей]. Договор с бакинским музеем готов.", [], {"бакинским": 1}),
        (
            "Выставку открыл [Музей Ташкента]. Её прислал [Музей Самарканда]. Контракт с самаркандцами уже готов.",
            [],
            {"самаркандцами": 1},
        ),
        ("The [Ayni Museum] and the [Text Laboratory]. The Finns signed.", ["TJ", "FI"], {"Finns": 1}),
        ("«[Музей Ташкента]». [Лувр] ответил. Французы подписали договор.", ["UZ", "FR"], {"Французы": 1}),
        ("[Музей Оша]. Директор [Ферганского музея] Алиев ждал. Договор с Алиевым готов.", [], {}),
    ],
)
def test_one_can_be_meant(source: str, countries: list[str | None], expected: dict[str, int]) -> None:
    found = alluded(source, countries)
    assert expected.items() <= found.items()


@pytest.mark.parametrize(
    ("source", "countries"),
    [
        ("The [Denau Library] and the [Denau Museum] are far. Somebody signed in Denau.", []),
        ("The [Denau Library] lives. A train went from Denau to Termez.", []),
        ("The [Ayni Museum], the [Text Laboratory], the [Data Centre]. Much later, far away and long after. So it was. And so it is. The Finns signed.", ["TJ", "FI", "FI"]),
        ("[Музей Ташкента] принял гостей. В Ташкенте подписали договор.", []),
    ],
)  # fmt: skip
def test_nothing_where_several_or_a_place_is_meant(source: str, countries: list[str | None]) -> None:
    assert alluded(source, countries) == {}


def test_every_reading_is_one_of_the_article() -> None:
    found = alluded(
        "The [Osh Museum] and the [Khiva Archive]. Osh and Khiva signed; the Khiva museum, the Poles, Perm.", []
    )
    assert set(found.values()) <= {0, 1}
