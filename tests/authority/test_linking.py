"""Which names of an article are one institution, and which is the article's own."""

from __future__ import annotations

import pytest

import pipeline
from pipeline.extraction import Findings
from pipeline.relations.judges import Judges


def groups(found: Findings) -> list[set[str]]:
    """The texts of the mentions of each institution."""
    tokens = found.document.tokens
    made: list[set[str]] = [set() for _ in found.institutions]
    for mention in found.mentions:
        made[mention.entity].add(tokens.slice(mention.first, mention.last))
    return made


def keys(found: Findings) -> list[str | None]:
    return [institution.authority.key if institution.authority else None for institution in found.institutions]


ONE = [  # all that is named is one institution
    "O‘zbekiston Milliy kutubxonasi bugun ochiq. Ўзбекистон Миллий кутубхонаси деган ёзув бор. Национальная библиотека Узбекистана ждёт гостей.",
    "Самарқанд давлат музейига китоб берилди. Самарқанд давлат музейи хурсанд. Самарқанд давлат музейининг боғи бор.",
    "Сотрудники Музея истории Зарафшана приехали. Музею истории Зарафшана подарили карту. В Музее истории Зарафшана рады.",
    "В Галерее искусств Зарафшана тихо. Галереей искусств Зарафшана гордятся. Галерея искусств Зарафшана открыта.",
    "The Karshi Museum of Carpets was opened. The Karshi Museum of Carpets’ hall is big.",
    "В городе открыт Государственный музей природы. Музей природы ждёт детей.",
    "Зарафшон тарих музейи очилди. Zarafshon tarix muzeyi ochildi.",
    "Письмо пришло в Кокандский краеведческий музей. Учёные Кокандского краеведческого музея издали каталог.",
    "The Turkmen Carpet Museum reopened. Guests of the Carpet Museum got maps.",
]


@pytest.mark.parametrize("text", ONE)
def test_one_institution(text: str, extractor: pipeline.Extractor) -> None:
    found = extractor.find(text)
    assert len(found.mentions) >= 2
    assert len(found.institutions) == 1


APART = [  # text, number of institutions
    ("Национальная библиотека Казахстана и Национальная библиотека Кыргызстана подписали договор.", 2),
    ("Музей истории Казахстана в Алматы и Музей истории Кыргызстана дружат.", 2),
    ("Самарқанд давлат музейи ва Бухоро давлат музейи ҳамкор.", 2),
    ("The Zarafat Museum and the Zarafat Library met.", 2),
    ("Самаркандский университет и Бухарский университет объявили приём.", 2),
    ("Qarshi davlat universiteti va Qarshi davlat muzeyi kelishdi.", 2),
    ("The State Museum of Arts of Uzbekistan sent two pictures. The State Museum of Arts (Almaty) sent three.", 2),
    ("Областная библиотека Ферганы, Узбекистан, и Областная библиотека (Омск) обменялись книгами.", 2),
]


@pytest.mark.parametrize(("text", "number"), APART)
def test_institutions_apart(text: str, number: int, extractor: pipeline.Extractor) -> None:
    assert len(extractor.find(text).institutions) == number


class TestShortForms:
    def test_by_the_name_before(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find(
            "Национальная библиотека Казахстана отметила юбилей. В залах Национальной библиотеки прошёл концерт."
        )
        assert keys(found) == ["nl-kz"]
        assert [mention.link for mention in found.mentions] == ["gazetteer", "short form"]

    def test_of_the_article_s_country_where_two_fit(self, extractor: pipeline.Extractor) -> None:
        text = (
            "Ўзбекистон Миллий кутубхонаси ва Қозоғистон Миллий кутубхонаси ҳамкорлиги давом этади. Ўзбекистонда бу йил кўп тадбир бўлади. "
            "Миллий кутубхонага ўқувчилар келди."
        )
        found = extractor.find(text)
        assert {"Ўзбекистон Миллий кутубхонаси", "Миллий кутубхонага"} in groups(found)

    def test_without_a_full_name_the_country_s_own(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find(
            "Toshkentda bahor. Bugun Milliy kutubxona o‘quvchilarga yangi zalini ochdi, unda yuzta joy bor."
        )
        assert keys(found) == ["nl-uz"]

    def test_a_common_noun_is_none(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find("The British Museum opened a hall. The museum is happy, and museum staff too.")
        assert groups(found) == [{"British Museum"}]


class TestAcronyms:
    def test_in_brackets_after_the_name(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find("Халқаро Зарафат маркази (ХЗМ) очилди. ХЗМнинг биноси янги. ХЗМга меҳмон келди.")
        assert groups(found) == [{"Халқаро Зарафат маркази", "ХЗМ", "ХЗМнинг", "ХЗМга"}]

    def test_two_of_them(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find("The Zarafat Museum (ZM) and the Zarafat Library (ZL) met. Then ZM gave books to ZL.")
        assert groups(found) == [{"Zarafat Museum", "ZM"}, {"Zarafat Library", "ZL"}]

    def test_of_the_first_letters(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find("The Karshi Library Association was set up. Now KLA has forty members.")
        assert groups(found) == [{"Karshi Library Association", "KLA"}]

    def test_known_ones_are_the_same_as_the_name(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find("The International Council of Museums met. ICOM elected a president, and ИКОМ рад.")
        assert keys(found) == ["icom"]

    def test_not_what_is_no_institution(self, extractor: pipeline.Extractor) -> None:
        assert extractor.find("The PDF and DVD of the NGO are on the WWW (XML).").institutions == []


class TestHomonyms:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("Министерство культуры Узбекистана сообщило об этом. Министерство культуры ждёт писем.", "mincult-uz"),
            ("Министерство культуры Казахстана сообщило об этом. Министерство культуры ждёт писем.", "kz-mincult"),
        ],
    )
    def test_by_the_country_of_the_article(self, text: str, key: str, extractor: pipeline.Extractor) -> None:
        assert keys(extractor.find(text)) == [key]

    def test_two_ministries(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find("Министерство культуры Узбекистана и Министерство культуры Казахстана договорились.")
        assert keys(found) == ["mincult-uz", "kz-mincult"]


class TestImplied:
    def test_members_of_a_list_are_the_national_libraries(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find("Обмен ведётся с национальными библиотеками таких стран, как Китай, Иран и Корея.")
        assert [institution.country for institution in found.institutions] == ["CN", "IR", "KR"]
        assert all(mention.implied for mention in found.mentions)
        assert None not in keys(found)

    def test_they_are_the_ones_named_in_full(self, extractor: pipeline.Extractor) -> None:
        found = extractor.find(
            "Национальная библиотека Казахстана прислала каталог. Обмен ведётся с национальными библиотеками Казахстана и Кыргызстана."
        )
        assert {"Национальная библиотека Казахстана", "Казахстана"} in groups(found)


class TestHome:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            (
                "Бухоро вилоят кутубхонаси янгиликлари\n\nКутубхонамиз бу йил юз ёшга тўлди. Бухоро вилоят кутубхонаси Самарқанд давлат университети "
                "билан ҳамкор.",
                "Бухоро вилоят кутубхонаси",
            ),
            (
                "Музей Зарафата и его друзья\n\nМузей Зарафата принял гостей из столицы, которые остались довольны. Наш музей дружит с Эрмитажем. Музей Зарафата ждёт "
                "всех, кто любит историю.",
                "Музей Зарафата",
            ),
            (
                "The British Museum in 2020\n\nThe British Museum lent books to Leiden University. Visitors of the British Museum liked it.",
                "British Museum",
            ),
        ],
    )
    def test_the_article_s_own(self, text: str, key: str, extractor: pipeline.Extractor) -> None:
        found = extractor.find(text)
        assert found.home is not None
        assert key in groups(found)[found.home]

    @pytest.mark.parametrize(
        "text",
        ["", "Погода хорошая.", "Посетители видели ЮНЕСКО и ИКОМ.", "The British Museum and the Louvre met."],
    )
    def test_not_plain(self, text: str, extractor: pipeline.Extractor) -> None:
        assert extractor.judged_by(Judges()).find(text).home is None  # the rules; a judge weighs what they leave open


def test_mentions_are_in_order_and_institutions_by_first_mention(extractor: pipeline.Extractor) -> None:
    found = extractor.find("ICOM, the British Museum, UNESCO, the British Museum, the Zarafat Museum (ZM), ICOM, ZM.")
    firsts = [mention.first for mention in found.mentions]
    assert firsts == sorted(firsts)
    assert (
        list(dict.fromkeys(mention.entity for mention in found.mentions))
        == list(range(len(found.institutions)))
        == [0, 1, 2, 3]
    )
