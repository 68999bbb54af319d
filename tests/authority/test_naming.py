"""How an institution is called in a record: without its case, and in every language."""

from __future__ import annotations

import pytest

import pipeline
from pipeline.authority.naming import base_form, names_of


def names(text: str, extractor: pipeline.Extractor) -> list[str]:
    found = extractor.find(text)
    return [base_form(found.document, institution) for institution in found.institutions]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Uzbek: no case; the possessive stays
        ("Бу қўлёзма Зарафат тарих музейига юборилди.", "Зарафат тарих музейи"),
        ("Bu qo‘lyozma Zarafat tarix muzeyidan olindi.", "Zarafat tarix muzeyi"),
        ("Zarafat viloyati hokimligining qarori chiqdi.", "Zarafat viloyati hokimligi"),
        ("Китоблар «Зарафат нур» нашриётидан келди.", "«Зарафат нур» нашриёти"),
        ("Бу ҳақда Зарафат вилоят кутубхонасидаги йиғилишда айтилди.", "Зарафат вилоят кутубхонаси"),
        ("Маъруза ЮНЕСКОнинг йиғилишида тингланди.", "ЮНЕСКО"),
        ("Maqola UNICEFning hisobotida bor.", "UNICEF"),
        ("Maqola UNESCOʼning hisobotida bor.", "UNESCO"),
        ("Мажлисда Миллий кутубхонага меҳмон келди.", "Миллий кутубхона"),
        # Russian: the nominative of the head and of what stands before it
        ("Учёные Зарафатского краеведческого музея издали каталог.", "Зарафатский краеведческий музей"),
        ("Письмо отправили Национальной библиотеке Казахстана.", "Национальная библиотека Казахстана"),
        ("Гостей встретили в Государственном музее природы Зарафата.", "Государственный музей природы Зарафата"),
        (
            "Договор подписан с Институтом востоковедения имени Абу Райхана Беруни.",
            "Институт востоковедения имени Абу Райхана Беруни",
        ),
        ("Выставка открыта при участии Академии художеств Узбекистана.", "Академия художеств Узбекистана"),
        ("О решении Министерства культуры Казахстана сообщила пресса.", "Министерство культуры Казахстана"),
        ("ГОСТИ НАЦИОНАЛЬНОЙ БИБЛИОТЕКИ КАЗАХСТАНА\n\nПриехали гости.", "НАЦИОНАЛЬНАЯ БИБЛИОТЕКА КАЗАХСТАНА"),
        # English: no ’s
        ("They saw the Zarafat Museum’s hall in May.", "Zarafat Museum"),
        ("They saw the Zarafat Museum's hall in May.", "Zarafat Museum"),
        ("The Library of\nCongress sent a parcel to the city.", "Library of Congress"),
    ],
)
def test_base_form(text: str, name: str, extractor: pipeline.Extractor) -> None:
    assert names(text, extractor) == [name]


def test_the_fullest_form(extractor: pipeline.Extractor) -> None:
    text = "Миллий кутубхона очиқ. Алишер Навоий номидаги Ўзбекистон Миллий кутубхонасига келинг. ЎзМК кутади."
    assert names(text, extractor)[0] == "Алишер Навоий номидаги Ўзбекистон Миллий кутубхонаси"


def test_an_implied_member_has_the_name_of_the_gazetteer(extractor: pipeline.Extractor) -> None:
    text = "Издания получили национальные библиотеки Казахстана и Беларуси, а также читатели."
    assert names(text, extractor) == [
        "Национальная библиотека Республики Казахстан",
        "Национальная библиотека Беларуси",
    ]


def all_names(text: str, extractor: pipeline.Extractor) -> dict[str, str]:
    found = extractor.find(text)
    (institution,) = found.institutions
    return names_of(found.document, institution, base_form(found.document, institution))


def test_names_of_a_known_one_are_in_every_language(extractor: pipeline.Extractor) -> None:
    made = all_names("The National Library of Uzbekistan is open today.", extractor)
    assert made["en"] == "National Library of Uzbekistan"
    assert made["ru"] == "Национальная библиотека Узбекистана имени Алишера Навои"
    assert made["uz-Latn"] == "Alisher Navoiy nomidagi Oʻzbekiston Milliy kutubxonasi"
    assert made["uz-Cyrl"] == "Алишер Навоий номидаги Ўзбекистон Миллий кутубхонаси"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Бу қўлёзма Зарафат тарих музейига юборилди.",
            {"uz-Latn": "Zarafat tarix muzeyi", "uz-Cyrl": "Зарафат тарих музейи"},
        ),
        (
            "Bu qo‘lyozma Zarafat shahar muzeyiga yuborildi.",
            {"uz-Latn": "Zarafat shahar muzeyi", "uz-Cyrl": "Зарафат шаҳар музейи"},
        ),
        ("Учёные Зарафатского краеведческого музея издали каталог.", {"ru": "Зарафатский краеведческий музей"}),
        ("They saw the Zarafat Museum’s hall in May.", {"en": "Zarafat Museum"}),
    ],
)
def test_names_of_an_unknown_one(text: str, expected: dict[str, str], extractor: pipeline.Extractor) -> None:
    assert all_names(text, extractor) == expected
