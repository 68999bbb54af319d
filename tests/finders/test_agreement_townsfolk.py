"""Uzbek words for those of a town or a people stand for the one institution that can be meant."""

from __future__ import annotations

import pytest

from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_townsfolk import Townsfolk
from tests.finders.test_agreements import drawn

TWO = "<i a>Boku muzeyi</i> va <i b>Leyden universiteti kutubxonasi</i> keldi. "


@pytest.mark.parametrize(
    ("rest", "word", "wanted"),
    [
        ("Bokuliklar bilan bitim tuzdik.", "Bokuliklar", ("0", 1)),
        ("Leydenlik sheriklar bilan bitim tuzdik.", "Leydenlik", ("1", 2)),
        ("Bokudagi muzey bilan bitim tuzdik.", "Bokudagi", ("0", 2)),
        ("Bokudagi kutubxona bilan bitim tuzdik.", "Bokudagi", None),
        ("Bokudagi bozorda uchrashdik.", "Bokudagi", None),
        ("Leydenlik bir bola keldi.", "Leydenlik", None),
        ("Nemislar bilan bitim tuzdik.", "Nemislar", None),
        ("Parijliklar bilan bitim tuzdik.", "Parijliklar", None),
    ],
)
def test_who_is_alluded_to(rest: str, word: str, wanted: tuple[str, int] | None) -> None:
    document, mentions, _, _ = drawn(TWO + rest)
    context = Context(document, [(m.first, m.last, m.entity) for m in mentions], None)
    at = next(k for k in range(len(document.tokens)) if document.tokens.form(k) == word)
    found = Townsfolk(document, mentions, context).at(at)
    assert ((found.value, found.length) if found else None) == wanted


def test_a_people_is_the_only_institution_of_its_country() -> None:
    document, mentions, _, _ = drawn(
        "<i a>Muzey</i> va <i b>Leseland jamgʻarmasi</i> keldi. Nemislar bilan bitim tuzdik."
    )
    context = Context(document, [(m.first, m.last, m.entity) for m in mentions], 0)
    at = next(k for k in range(len(document.tokens)) if document.tokens.form(k) == "Nemislar")
    found = Townsfolk(document, mentions, context, ["UZ", "DE"]).at(at)
    assert found is not None
    assert found.value == "1"
    assert Townsfolk(document, mentions, context, ["UZ", "FR"]).at(at) is None
