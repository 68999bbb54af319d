"""Whom a letter is for is told by a line at its head that ends in the dative."""

from __future__ import annotations

import pytest

from pipeline.finders.agreement_letters import letter_for
from tests.finders.test_agreements import drawn


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<i a>Oʻzbekiston tarixi davlat muzeyi</i> direksiyasiga\n\nAssalomu alaykum!", True),
        ("<i a>Миллий кутубхона</i> раҳбариятига\n\nМуҳтарам ҳамкасблар!", True),
        ("<i a>Milliy kutubxona</i> direktori B. Umarovga\n\nHurmatli direktor!", True),
        ("<i a>Milliy kutubxona</i> direktori\n\nHurmatli direktor!", False),
        ("<i a>Milliy kutubxona</i> jamoasiga 40 ta kitob berildi.\n\nRahmat!", False),
        ("The <i a>National Library</i>\n\nDear colleagues", False),
        ("<i a>Milliy kutubxona</i> rahbariyatiga", False),
    ],
)
def test_whom_a_letter_is_for(source: str, wanted: bool) -> None:
    document, mentions, _, _ = drawn(source)
    assert letter_for(document, mentions[0].first, mentions[0].last) is wanted
