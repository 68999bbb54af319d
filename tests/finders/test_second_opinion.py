"""dateparser as a judge: strict on its own, and of one mind with the finder on every full day that it can read."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from pipeline.finders.dates import find_dates
from pipeline.finders.second_opinion import second_opinion
from pipeline.text.document import prepare

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("11 июля 2016 г.", "ru", "2016-07-11"),
        ("July 11, 2016", "en", "2016-07-11"),
        ("12-may 2014-yil", "uz", "2014-05-12"),
        ("15 Temmuz 2016", "und", "2016-07-15"),
        ("11 июля", "ru", None),
        ("2016", "en", None),
        ("May 2016", "en", None),
        ("12 copies 2014", "en", None),
    ],
)
def test_day(text: str, language: str, value: str | None) -> None:
    assert second_opinion(text, language) == value


def test_agrees_with_every_full_day_of_the_corpus() -> None:
    judged = 0
    for file in sorted((CORPUS / "dev").glob("*.gold")):
        body = file.read_text(encoding="utf-8").partition("\n---\n")[0]
        document = prepare(html.unescape(re.sub(r"</?[a-z][^<>]*>", "", body)))
        for date in find_dates(document):
            language = document.languages[date.first]
            if not DAY.fullmatch(date.edtf) or language == "und":
                continue
            text = document.tokens.slice(date.first, date.last)
            opinion = second_opinion(text, language)
            if opinion is not None:
                judged += 1
                assert opinion == date.edtf, f"{file.name}: {text!r}"
    assert judged >= 30
