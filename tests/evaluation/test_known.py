"""Which names the gazetteer knows, in any form."""

from __future__ import annotations

import pytest

from pipeline import Extractor
from pipeline.evaluation.known import known_names


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("National Library of Uzbekistan", True),
        ("Ўзбекистон Миллий кутубхонасига", True),
        ("Национальной библиотекой Узбекистана", True),
        ("UNESCO", True),
        ("UNESCO Office of Wonderland", False),  # a part of it is not enough
        ("Wonderland Museum of Spoons", False),
        ("«»", False),
    ],
)
def test_known(name: str, known: bool, extractor: Extractor):
    assert known_names(extractor.authorities)(name) is known
