"""Lists of partners under headings: what the heading says of every line, whose the list is, and where the next one begins."""

from __future__ import annotations

import pytest

from pipeline.extraction import Extractor
from pipeline.relations.judges import Judges

ARTICLES = {
    "en": "The Otrar Library has drawn up a list. We at the Otrar Library know our partners well.\n\n{}\n• Louvre, 2014–2019\n• British Museum, 2012–2015\n",
    "ru": "Отрарская библиотека составила список. Мы в Отрарской библиотеке хорошо знаем партнёров.\n\n{}\n• Третьяковская галерея, 2014–2019\n• Библиотека Конгресса, 2012–2015\n",
    "uz": "Oʻtror kutubxonasi roʻyxat tuzdi. Biz Oʻtror kutubxonasida hamkorlarni yaxshi bilamiz.\n\n{}\n• Luvr muzeyi, 2014–2019\n• Tretyakov galereyasi, 2012–2015\n",
}
HEADINGS = [
    ("en", "Memoranda that have lapsed", "ended"),
    ("en", "Expired agreements:", "ended"),
    ("en", "Agreements no longer valid", "ended"),
    ("en", "Terminated contracts", "ended"),
    ("en", "Memoranda in preparation:", "planned"),
    ("en", "Planned agreements", "planned"),
    ("en", "Draft agreements:", "planned"),
    ("en", "Agreements in force", "in_force"),
    ("en", "Renewed agreements", "renewed"),
    ("en", "Signed memoranda", "signed"),
    ("ru", "Соглашения, срок которых вышел:", "ended"),
    ("ru", "Недействующие договоры", "ended"),
    ("ru", "Истёкшие соглашения", "ended"),
    ("ru", "Завершённые договоры", "ended"),
    ("ru", "Соглашения с истёкшим сроком действия", "ended"),
    ("ru", "Планируемые соглашения:", "planned"),
    ("ru", "Готовящиеся соглашения", "planned"),
    ("ru", "Проекты соглашений", "planned"),
    ("ru", "Действующие соглашения:", "in_force"),
    ("ru", "Продлённые договоры:", "renewed"),
    ("ru", "Подписанные меморандумы", "signed"),
    ("uz", "Muddati oʻtgan memorandumlar", "ended"),
    ("uz", "Муддати тугаган шартномалар", "ended"),
    ("uz", "Bekor qilingan shartnomalar", "ended"),
    ("uz", "Tayyorlanayotgan shartnomalar:", "planned"),
    ("uz", "Rejalashtirilgan kelishuvlar:", "planned"),
    ("uz", "Амалдаги шартномалар", "in_force"),
    ("uz", "Uzaytirilgan bitimlar", "renewed"),
    ("uz", "Имзоланган меморандумлар", "signed"),
]


@pytest.mark.parametrize(("language", "heading", "status"), HEADINGS)
def test_heading_tells_the_status(extractor: Extractor, language: str, heading: str, status: str) -> None:
    rules = extractor.judged_by(Judges())
    found = rules.extract(ARTICLES[language].format(heading)).agreements
    assert [(made.status, made.valid) for made in found] == [(status, "2014/2019"), (status, "2012/2015")]


def lists(extractor: Extractor, text: str) -> list[tuple[str, str, list[str], str | None]]:
    """Return (kind, status, first names of the parties, dates) of each agreement that the rules read."""
    record = extractor.judged_by(Judges()).extract(text)
    names = {one.id: one.mentions[0].text for one in record.institutions}
    return [
        (made.kind, made.status, [names[party] for party in made.parties], made.signed or made.valid)
        for made in record.agreements
    ]


def test_a_second_heading_begins_a_list_of_its_own(extractor: Extractor) -> None:
    text = (
        "The Otrar Library is known for its friends. We at the Otrar Library keep a list.\n\nAgreements in force\n• Louvre, 2012 to 2015\n"
        "• British Museum, 2020 to 2025\n\nMemoranda that have lapsed\n• Hermitage, 2014 to 2019\n• Library of Congress, 2011\n"
    )
    assert lists(extractor, text) == [
        ("agreement", "in_force", ["Otrar Library", "Louvre"], "2012/2015"),
        ("agreement", "in_force", ["Otrar Library", "British Museum"], "2020/2025"),
        ("memorandum", "ended", ["Otrar Library", "Hermitage"], "2014/2019"),
        ("memorandum", "ended", ["Otrar Library", "Library of Congress"], "2011"),
    ]


def test_a_heading_tells_whose_its_list_is(extractor: Extractor) -> None:
    text = (
        "Қастеев номидаги санъат музейи томонидан тузилган шартномалар\n• Давлат Третьяков галереяси (2020–2025)\n• Лувр музейи (2018–2023)\n\n"
        "Қорақалпоғистон Республикаси ахборот-кутубхона маркази имзолаган меморандумлар\n• Россия Давлат кутубхонаси (2021–2026)\n"
        "• Япония парламент кутубхонаси (2019)\n"
    )
    assert [(kind, parties[0]) for kind, _, parties, _ in lists(extractor, text)] == [
        ("agreement", "Қастеев номидаги санъат музейи"),
        ("agreement", "Қастеев номидаги санъат музейи"),
        ("memorandum", "Қорақалпоғистон Республикаси ахборот-кутубхона маркази"),
        ("memorandum", "Қорақалпоғистон Республикаси ахборот-кутубхона маркази"),
    ]


def test_a_sentence_below_a_list_is_no_line_of_it(extractor: Extractor) -> None:
    text = (
        "The Otrar Library keeps a list. We at the Otrar Library know our partners.\n\nOur agreements:\n• Louvre, 2012\n• British Museum, 2020\n\n"
        "No agreements were signed with the Hermitage.\n"
    )
    assert [parties[1] for _, _, parties, _ in lists(extractor, text)] == ["Louvre", "British Museum"]
