"""Officers named again without their institution stand for it."""

from __future__ import annotations

import pytest

from pipeline.finders.agreement_context import Context
from pipeline.finders.agreement_persons import Persons
from tests.finders.test_agreements import drawn


@pytest.mark.parametrize(
    ("source", "word", "wanted"),
    [
        ("<i a>Balx kutubxonasi</i> mudiri A. Sarvariy keldi. Soʻng janob Sarvariy imzo chekdi.", "Sarvariy", "0"),
        ("<i a>Арк музейи</i> директори Тоҳир Раҳимов сўзлади. Раҳимов ва меҳмон қўл қўйди.", "Раҳимов", "0"),
        (
            "<i a>Balx kutubxonasi</i> mudiri A. Sarvariy keldi. Markaz direktori Sarvariy imzo chekdi.",
            "Sarvariy",
            None,
        ),
        (
            "<i a>Ark muzeyi</i> direktori O. Karimov va <i b>Arxiv</i> boshligʻi B. Karimov keldi. Karimov imzoladi.",
            "Karimov",
            None,
        ),
        ("<i a>Ark muzeyi</i> direktori keldi. Karimov imzoladi.", "Karimov", None),
    ],
)
def test_who_stands_for_whom(source: str, word: str, wanted: str | None) -> None:
    document, mentions, _, _ = drawn(source)
    context = Context(document, [(m.first, m.last, m.entity) for m in mentions], None)
    last = max(k for k in range(len(document.tokens)) if document.tokens.form(k) == word)
    found = Persons(document, context).at(last)
    assert (found.value if found else None) == wanted


def test_a_name_beside_its_post_is_no_second_party() -> None:
    document, mentions, _, _ = drawn("<i a>Ark muzeyi</i> direktori Sobir Karimov imzoladi.")
    context = Context(document, [(m.first, m.last, m.entity) for m in mentions], None)
    persons = Persons(document, context)
    assert all(persons.at(k) is None for k in range(len(document.tokens)))
