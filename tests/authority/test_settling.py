"""What kind of institution a name means: by its words, by the article, by its country."""

from __future__ import annotations

import pytest

import pipeline

CENTRES = "Uzbekistan: the Khorezm Regional Information-Library Center sent books to "
KINDS = [  # text, a word of the name, its kind
    # what the article calls a centre
    (CENTRES + "the Sokh District Center.", "Sokh", "library"),
    (CENTRES + "Bukhara Center.", "Bukhara", "library"),
    (CENTRES + "Bukhara Zarafat Center.", "Zarafat", "other"),
    (CENTRES + "the Turin Center.", "Turin", "other"),
    ("Uzbekistan: books went to the Sokh District Center.", "Sokh", "other"),
    # colleges
    ("The Zarafat College in Ohio wrote.", "Zarafat", "university"),
    ("The Zarafat College in Tashkent wrote.", "Zarafat", "school"),
    # academies, centres, gardens, studios by their words
    ("The Tbilisi Academy of Arts sent casts.", "Tbilisi", "university"),
    ("The Zarafat Academy of Sciences sent casts.", "Zarafat", "research"),
    ("Тошкентдаги «Зарафат» студияси ёзди.", "Зарафат", "company"),
    ("Ошский ботанический сад прислал семена.", "Ошский", "research"),
    ("Туринский центр археологических исследований прислал книги.", "Туринский", "research"),
    ("Туринский центр прислал книги.", "Туринский", "other"),
    ("The National Book Chamber of Belarus printed it.", "Belarus", "library"),
]


@pytest.mark.parametrize(("text", "word", "kind"), KINDS)
def test_kind(text: str, word: str, kind: str, extractor: pipeline.Extractor) -> None:
    found = extractor.find(text)
    tokens = found.document.tokens
    kinds = [
        found.institutions[mention.entity].kind
        for mention in found.mentions
        if word in tokens.slice(mention.first, mention.last)
    ]
    assert kinds[:1] == [kind]
