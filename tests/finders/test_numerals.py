"""Numbers in words and figures: against num2words, a table of what articles write, and what is no number."""

from __future__ import annotations

import random

import pytest
from num2words import num2words

from pipeline.finders.numerals import find_numerals, read_numeral
from pipeline.text.document import prepare

RANDOM = random.Random(7)
NUMBERS = [*range(1001), *(RANDOM.randrange(10**digits) for digits in range(4, 10) for _ in range(40))]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_words_as_num2words_has_them(language: str) -> None:
    wrong = [n for n in NUMBERS if read_numeral(num2words(n, lang=language).replace(",", ""), language) != n]
    assert wrong == []


@pytest.mark.parametrize("case", ["genitive", "dative", "instrumental", "prepositional"])
def test_russian_cases(case: str) -> None:
    try:
        words = {
            n: num2words(n, lang="ru", case=case[0] if case != "prepositional" else "p") for n in range(1, 1000, 7)
        }
    except TypeError:
        pytest.skip("this num2words has no cases")
    assert {n: read_numeral(text, "ru") for n, text in words.items()} == {n: n for n in words}


UZBEK = {
    1: "bir", 10: "oʻn", 12: "oʻn ikki", 21: "yigirma bir", 99: "toʻqson toʻqqiz", 100: "yuz", 101: "bir yuz bir", 250: "ikki yuz ellik",
    1000: "ming", 1026: "bir ming yigirma olti", 1500: "bir yarim ming", 2014: "ikki ming oʻn toʻrt", 12000: "oʻn ikki ming",
    300000: "uch yuz ming", 500000: "yarim million", 1500000: "bir yarim million", 2300000: "ikki million uch yuz ming",
}  # fmt: skip


@pytest.mark.parametrize(("value", "words"), UZBEK.items())
def test_uzbek_words_in_both_scripts(value: int, words: str) -> None:
    from pipeline.text.transliteration import to_cyrillic

    assert read_numeral(words, "uz") == value
    assert read_numeral(to_cyrillic(words), "uz") == value
    assert read_numeral(words + "ta", "uz") == value


TABLE = [
    ("2 800", "uz", 2800), ("2,800", "en", 2800), ("2.800", "ru", 2800), ("2\u00a0800", "ru", 2800), ("1 234 567", "ru", 1234567),
    ("300 тыс.", "ru", 300000), ("7,5 млн", "ru", 7500000), ("7,5 млн.", "ru", 7500000), ("412,3 минг", "uz", 412300),
    ("1,200 тыс.", "ru", 1200), ("1,200 thousand", "en", 1200000), ("2 млн 300 тыс.", "ru", 2300000), ("5 тыс. 300", "ru", 5300),
    ("1.5 million", "en", 1500000), ("19k", "en", 19000), ("5 mln", "uz", 5000000), ("130та", "uz", 130), ("130-ta", "uz", 130),
    ("290мингга", "uz", 290000), ("1 300 дан", "uz", 1300), ("5 мингтагача", "uz", 5000), ("бир минг етти юзтаси", "uz", 1700),
    ("полтора миллиона", "ru", 1500000), ("полторы тысячи", "ru", 1500), ("два с половиной миллиона", "ru", 2500000),
    ("полмиллиона", "ru", 500000), ("две сотни", "ru", 200), ("15-ти", "ru", 15), ("пятью тысячами", "ru", 5000),
    ("two and a half thousand", "en", 2500), ("half a million", "en", 500000), ("a hundred", "en", 100), ("twenty-one", "en", 21),
    ("one hundred and twenty", "en", 120), ("турт", "uz", 4), ("уттиз беш", "uz", 35),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "value"), TABLE)
def test_table(text: str, language: str, value: int) -> None:
    assert read_numeral(text, language) == value


RANGES = [
    ("100–120 книг", 100, 120), ("от 45 до 50 тыс. дел", 45000, 50000), ("100–150 минг ҳужжат рақамлаштирилади", 100000, 150000),
    ("from 100 to 120 books were given", 100, 120), ("100 dan 120 gacha kitob berildi", 100, 120), ("between 5 and 7 books are lost", 5, 7),
    ("две-три книги", 2, 3), ("7 000–7 200 ta hujjat skanerlandi", 7000, 7200),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_ranges(text: str, low: int, high: int) -> None:
    found = find_numerals(prepare(text))
    assert [(numeral.value, numeral.value_max) for numeral in found] == [(low, high)]


NO_NUMBERS = [
    "12.05.2020", "978-5-17-123456-7", "10:30", "1980s", "the 21st floor", "several hundred of them", "oʻn uchinchi", "№12/3", "3D", "4,5 %",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_codes_ordinals_and_shares_are_no_numbers(text: str) -> None:
    assert find_numerals(prepare(text)) == []
