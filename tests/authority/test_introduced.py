"""Acronyms that an article brings in itself."""

from __future__ import annotations

import pytest

from pipeline.authority.institution import Institution
from pipeline.authority.introduced import link_acronyms
from pipeline.finders.institutions import Name
from pipeline.text.document import prepare

CASES = [  # an article in which the tokens [first, last) are a name; the acronyms that stand for it
    ("The Karshi Carpet Museum (KCM) is open. Guests of KCM got maps.", (1, 4), ["KCM", "KCM"]),
    ("The Karshi Carpet Museum is open. Guests of KCM got maps.", (1, 4), ["KCM"]),
    ("Зарафшон тарих музейи (ЗТМ) очилди. ЗТМнинг боғи бор.", (0, 3), ["ЗТМ", "ЗТМнинг"]),
    ("Jizzax viloyat axborot-kutubxona markazi ochildi. VAKM boy.", (0, 6), ["VAKM"]),  # its last words alone
    ("Jizzax viloyat axborot-kutubxona markazi ochildi. AKM boy.", (0, 6), []),
    ("The Karshi Carpet Museum got a letter of the KGB.", (1, 4), []),
    ("The Karshi Museum is open. Guests of KM got maps.", (1, 3), []),
    ("The Karshi Carpet Museum (Karshi) is open.", (1, 4), []),
    ("No name, but NATO.", (0, 0), []),
]


@pytest.mark.parametrize(("text", "span", "expected"), CASES)
def test_acronyms(text: str, span: tuple[int, int], expected: list[str]):
    document = prepare(text)
    institution = Institution(None, "museum", "UZ")
    if span[0] < span[1]:
        institution.mentions.append((Name(*span, "test"), "new"))
    given = len(institution.mentions)
    link_acronyms(document, [institution])
    added = institution.mentions[given:]
    assert [document.tokens.slice(name.first, name.last) for name, _ in added] == expected
    assert all((name.kind, name.country, why) == ("museum", "UZ", "introduced in the article") for name, why in added)


def test_an_acronym_of_the_last_words_of_two_names_stands_for_neither():
    text = "Jizzax viloyat axborot-kutubxona markazi va Buxoro viloyat axborot-kutubxona markazi. VAKM boy."
    document = prepare(text)
    institutions = [Institution(None, "library", "UZ"), Institution(None, "library", "UZ")]
    for institution, (first, last) in zip(institutions, ((0, 6), (7, 13)), strict=True):
        institution.mentions.append((Name(first, last, "test"), "new"))
    link_acronyms(document, institutions)
    assert [len(institution.mentions) for institution in institutions] == [1, 1]
