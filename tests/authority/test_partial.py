"""Institutions of the gazetteer that an article names in part, and names of the gazetteer that mean another institution."""

from __future__ import annotations

import pytest

import pipeline

PART = [  # text, the keys of its institutions
    ("Books came to Tajikistan. The Asiri Library in Khujand was glad.", ["tj-khujand-library"]),
    ("Из Алматы, из Музея имени Кастеева, пришли картины.", ["kz-kasteev-museum"]),
    ("Панжакентдаги Рўдакий музейи хурсанд.", ["tj-penjikent-museum"]),
    ("Kyrgyzstan reads. The Bayalinov Library got new books.", ["kg-children-library"]),
    # a place alone does, where the gazetteer has one such institution, but not in Uzbek
    ("Новости Узбекистана. Кокандский музей-заповедник открыт.", ["kokand-museum"]),
    ("Туркманистондан хабар. Дошоғуз музейи очилди.", [None]),
    # the town beside the name says another country
    ("From Omsk, from the Pushkin Library, came books to Kazakhstan.", [None]),
    # no country of such an institution is named
    ("Books came to Finland. The Asiri Library was glad.", [None]),
    # a word that is in no such name; a kind that it is not; common nouns alone
    ("Books came to Tajikistan. The Asiri Zarafat Library in Khujand was glad.", [None]),
    ("Books came to Tajikistan. The Asiri Museum in Khujand was glad.", [None]),
]


@pytest.mark.parametrize(("text", "keys"), PART)
def test_part_of_a_name(text: str, keys: list[str | None], extractor: pipeline.Extractor) -> None:
    found = extractor.find(text).institutions
    assert [one.authority.key if one.authority else None for one in found] == keys


ELSEWHERE = [  # text, the countries of its institutions
    ("Uzbekistan writes to the Republican Library for the Blind in Bishkek.", ["KG"]),
    ("Uzbekistan writes to the Republican Library for the Blind in Tashkent.", ["UZ"]),
    ("Uzbekistan writes to the National Library of Uzbekistan in Bishkek.", ["UZ"]),  # it says its own country
]


@pytest.mark.parametrize(("text", "countries"), ELSEWHERE)
def test_a_name_with_another_place_after_it(text: str, countries: list[str], extractor: pipeline.Extractor) -> None:
    assert [one.country for one in extractor.find(text).institutions] == countries


OFFICES = [
    ("Фарғона, Ўзбекистон. Гёте институти китоб берди.", "goethe-uz"),
    ("Берлин, Германия. Гёте-Институт подарил книги.", "goethe-institut"),
]


@pytest.mark.parametrize(("text", "key"), OFFICES)
def test_a_bare_name_means_the_office(text: str, key: str, extractor: pipeline.Extractor) -> None:
    assert [one.key for one in extractor.find(text).institutions] == [key]
