"""Capitals put back in texts that were typed without them."""

import pytest

from pipeline.authority.capitals import careless, restored
from pipeline.authority.countries import atlas
from pipeline.authority.gazetteer import gazetteer
from pipeline.extraction import load
from pipeline.text.document import prepare

CARELESS = [
    ("кеча урганч давлат университети кутубхонасига бордик. роса зўр бўлди", "урганч давлат университети кутубхонасига"),
    ("kecha toshkent viloyat axborot-kutubxona markaziga bordik. juda zo'r", "toshkent viloyat axborot-kutubxona markaziga"),
    ("вчера ездили в бухарский государственный музей с классом. всем понравилось", "бухарский государственный музей"),
    ("yesterday we went to the goethe institute with friends. they gave us tea", "goethe institute"),
]  # fmt: skip
CAREFUL = [
    "Кеча урганч давлат университети ҳақида эшитдик. Роса зўр бўлди. Яна борамиз дедик.",
    "Мы были там вчера всем классом. Нам понравилось в музее. - книги; - журналы и газеты.",
]


@pytest.mark.parametrize(("text", "name"), CARELESS)
def test_a_known_name_is_found_without_its_capitals(text: str, name: str) -> None:
    record = load().extract(text)
    mentions = [mention for institution in record.institutions for mention in institution.mentions]
    assert name in [mention.text for mention in mentions]
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@pytest.mark.parametrize("text", CAREFUL)
def test_a_text_typed_with_care_stays_as_it_is(text: str) -> None:
    document = prepare(text)
    assert not careless(document)
    assert restored(document, atlas(), gazetteer()) is document


@pytest.mark.parametrize("text", ["", "a", "...", "\n\n- one\n- two", "fan va oila", "\ud800 кеча борганмиз у ерга"])
def test_only_known_names_of_several_words_and_places_get_a_capital(text: str) -> None:
    document = prepare(text)
    after = restored(document, atlas(), gazetteer())
    assert after.tokens.upper == document.tokens.upper
    assert after.text == document.text


def test_a_single_word_that_is_also_a_name_stays_small() -> None:
    document = prepare("кеча фан ҳақида гапирдик роса узоқ. кейин тошкент ҳақида гапирдик роса узоқ.")
    assert careless(document)
    tokens = restored(document, atlas(), gazetteer()).tokens
    assert [tokens.form(index) for index in range(len(tokens)) if tokens.upper[index]] == ["тошкент"]
