"""Language, script and genre of an article, by its name or by its record."""

from __future__ import annotations

import pytest

from pipeline.evaluation.origin import genre_of, language_of
from pipeline.records import Segment


def segments(*parts: tuple[int, str, str]) -> list[Segment]:
    made, at = [], 0
    for length, language, script in parts:
        made.append(Segment.model_validate({"start": at, "end": at + length, "language": language, "script": script}))
        at += length
    return made


@pytest.mark.parametrize(
    ("id", "parts", "expected"),
    [
        ("uzl-41-annual-report", [(10, "ru", "Cyrl")], ("uz", "Latn")),  # the name settles it
        ("rus-1-news", [], ("ru", "Cyrl")),
        ("000_55e5", [(80, "uz", "Cyrl"), (20, "en", "Latn")], ("uz", "Cyrl")),
        ("000_55e5", [(79, "uz", "Cyrl"), (21, "en", "Latn")], ("mixed", "mixed")),
        ("000_55e5", [(50, "uz", "Cyrl"), (50, "ru", "Cyrl")], ("mixed", "Cyrl")),
        ("000_55e5", [], ("und", "Zyyy")),
    ],
)
def test_language_and_script(id: str, parts: list[tuple[int, str, str]], expected: tuple[str, str]):
    assert language_of(id, segments(*parts)) == expected


@pytest.mark.parametrize(
    ("id", "genre"), [("eng-3-annual-report", "annual-report"), ("eng-3", None), ("eng-3-poem", None), ("mine", None)]
)
def test_genre(id: str, genre: str | None):
    assert genre_of(id) == genre
