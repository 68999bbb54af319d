"""Where an institution sits that no gazetteer knows: only what speaks for a country gives one."""

from __future__ import annotations

import pytest

import pipeline

HOME = "Узбекистан ждёт гостей: Узбекистан открыт. "
COUNTRY = [  # text, a word of the name, its country
    # said in the name, right after it, right before it
    ("Гости видели Самаркандский музей зарафатов.", "Самаркандский", "UZ"),
    ("They saw the Zarafat Museum in Geelong.", "Zarafat", "AU"),
    (HOME + "Приехал Музей зарафатов (Уфа).", "зарафатов", "RU"),
    (HOME + "Договор с Музеем «Зарафат» в Бишкеке.", "Зарафат", "KG"),
    ("Сеул шаҳридаги Зарафат музейи келди.", "Зарафат", "KR"),
    ("Uzbekistan and Uzbekistan again. They wrote to the Zarafat Museum, Kars.", "Zarafat", "TR"),
    (HOME + "Договор с Музеем зарафатов (Maison des Zarafats, Лион) цел.", "зарафатов", "FR"),
    (HOME + "Музей «Зарафат» посёлка Зафарабад открыт.", "Зарафат", "UZ"),
    # a conjunction parts a place from the name after it
    ("Узбекистан, Узбекистан. Договоры с Музеем «Авесто» в Бишкеке и с Центром «Зарафат».", "Зарафат", "UZ"),
    # what is local by its words is of the article's country
    ("Uzbekistan waits. Uzbekistan is open. The Zarafat District Library has books.", "Zarafat", "UZ"),
    ("Ўзбекистонда баҳор. Зарафат туман кутубхонаси очилди.", "Зарафат", "UZ"),
    ("Ўзбекистонда баҳор. «Зарафат» жамғармаси ёрдам берди.", "Зарафат", "UZ"),
    # where a thing comes from
    (HOME + "Музей «Зарафат» из Бишкека привёз книги.", "Зарафат", "KG"),
    ("Uzbekistan and Uzbekistan again. The Zarafat Museum from Geelong came.", "Zarafat", "AU"),
    # a town that no gazetteer knows, its country after a comma
    ("Uzbekistan and Uzbekistan again. The Zarafat Museum in Zarafatowa Wola, Poland, wrote.", "Zarafat", "PL"),
    # an English name in whose words nothing speaks against the article's country, and ones in whose words something does
    ("Uzbekistan waits. Uzbekistan is open. They wrote to the Zarafat Library and Archives.", "Zarafat", "UZ"),
    ("Uzbekistan waits. Uzbekistan is open. They wrote to the Zarafat County Library.", "Zarafat", None),
    ("Uzbekistan waits. Uzbekistan is open. They wrote to the Museum of Zarafat.", "Zarafat", None),
    ("Uzbekistan waits. Uzbekistan is open. They wrote to the Zarafat Museum in Pamparampam.", "Zarafat", None),
    # towns by their adjectives
    (HOME + "Приехал Рижский музей зарафатов.", "Рижский", "LV"),
    (HOME + "Приехала Ошская библиотека.", "Ошская", "KG"),
    # a town that leads up to the name: “From Omsk, from its …”, a heading of a town alone
    (HOME + "Из Бишкека, от библиотеки «Зарафат», пришли книги.", "Зарафат", "KG"),
    ("Uzbekistan waits. Uzbekistan is open. Geelong. The Zarafat Museum sent books.", "Zarafat", "AU"),
    # but not one that a conjunction parts from it, that says where another institution sits, or of which somebody is
    ("Uzbekistan waits. Uzbekistan is open. They thank Geelong and the Zarafat Museum.", "Zarafat", "UZ"),
    (
        "Uzbekistan waits. Uzbekistan is open. The Zarafat Museum in Geelong wrote. The Tarakat Museum was glad.",
        "Tarakat",
        "UZ",
    ),
    (
        "Uzbekistan waits. Uzbekistan is open. The people of Geelong have long thanked the Zarafat Museum.",
        "Zarafat",
        "UZ",
    ),
    # a person's name that is a town's too
    ("Ўзбекистонда баҳор. Бишкекдаги Алишер Навоий номидаги зарафат музейи хат ёзди.", "зарафат", "KG"),
    # an article that names two states of the region alike is at home in neither; one that names none has no home there
    ("Uzbekistan waits. Kazakhstan waits. They wrote to the Zarafat Library and Archives.", "Zarafat", None),
    ("Finland waits. Finland is open. They wrote to the Zarafat Library and Archives.", "Zarafat", None),
    # thin evidence: none
    ("Ўзбекистонда баҳор. Глюк номидаги мусиқа музейи хат ёзди.", "Глюк", None),
    ("Ўзбекистонда баҳор. «Terra zarafata» музейи хат ёзди.", "zarafata", None),
    ("The Zarafat Museum is open.", "Zarafat", None),
    # an adjective of a people is no place
    (HOME + "Общество польской культуры «Зарафат» поёт.", "Зарафат", "UZ"),
    (HOME + "Хор Корейской школы «Зарафат» поёт.", "Зарафат", "UZ"),
]


@pytest.mark.parametrize(("text", "word", "country"), COUNTRY)
def test_country(text: str, word: str, country: str | None, extractor: pipeline.Extractor) -> None:
    found = extractor.find(text)
    tokens = found.document.tokens
    countries = [
        found.institutions[mention.entity].country
        for mention in found.mentions
        if word in tokens.slice(mention.first, mention.last)
    ]
    assert countries[:1] == [country]


def test_a_later_mention_may_say_it(extractor: pipeline.Extractor) -> None:
    text = "Узбекистан. Узбекистан. They wrote to the Zarafat Museum. The Zarafat Museum (Geelong) answered."
    assert [one.country for one in extractor.find(text).institutions] == ["AU"]


def test_the_parent_before_the_name(extractor: pipeline.Extractor) -> None:
    text = "Ўзбекистонда баҳор, Ўзбекистонда байрам. Уфа давлат университетининг «Зарафат» музейи очилди."
    assert [one.country for one in extractor.find(text).institutions] == ["RU", "RU"]


@pytest.mark.parametrize("text", ["", "(", "Музей (", "Museum,", "Zarafat Museum in", "Музей города", "«Музей» (" * 50])
def test_hostile_ends(text: str, extractor: pipeline.Extractor) -> None:
    found = extractor.find(text)
    tokens = found.document.tokens
    assert all(0 <= mention.first < mention.last <= len(tokens) for mention in found.mentions)
    assert all(one.country is None or len(one.country) == 2 for one in found.institutions)
