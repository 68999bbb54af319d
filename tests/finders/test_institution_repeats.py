"""What an article calls a company once it has said what it is: found again, and only that."""

from __future__ import annotations

import pytest

import pipeline


@pytest.fixture(scope="module")
def extractor() -> pipeline.Extractor:
    return pipeline.load(judge=False)


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("Scans came from Kulba Tek LLC. On Friday Kulba Tek sent more.", ["Kulba Tek"]),
        ("The bookshop “Varaq va Qalam” closed. We miss Varaq va Qalam.", []),  # a small word: not surely a name
        ("We wrote to Yorqin Naqsh, a local company. The answer of Yorqin Naqsh was short.", ["Yorqin Naqsh"]),
        ("We wrote to Yorqin Naqsh, a local company. The Yorqin Naqsh Palace is far away.", []),
        ("We wrote to Carpet LLC. Every carpet has a price. Carpet is the word.", []),  # an everyday word
        ("We wrote to the firm Karimov. On Friday Karimov came.", []),  # a person's name
        ("We wrote to Tashkent LLC. In spring Tashkent is green.", []),  # a place
    ],
)
def test_repeated(text: str, again: list[str], extractor: pipeline.Extractor) -> None:
    found = extractor.find(text)
    spans = [found.document.source_span(one.first, one.last) for one in found.mentions if one.rule == "repeated"]
    assert [text[begin:end] for begin, end in spans] == again


def test_one_institution(extractor: pipeline.Extractor) -> None:
    found = extractor.find("Scans came from Kulba Tek LLC. On Friday Kulba Tek sent more.")
    assert len({one.entity for one in found.mentions}) == 1
