"""Names that a text gives its institutions for itself; each case with the words that then stand for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.finders.aliases import with_aliases
from pipeline.text.document import prepare
from tests.finders.test_actors import covered
from tests.finders.test_counts import Mention


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("Фонд Мурас, именуемый далее «Даритель», дал книги. Они от Дарителя.", ["Фонд Мурас"], {"Даритель": 0, "Дарителя": 0}),
        ("Sorel Trust (hereinafter the Lender) sent books. Books of the Lender came.", ["Sorel Trust"], {"Lender": 0}),
        ("Oqtosh kutubxonasi (keyingi oʻrinlarda – Oluvchi) kitob oldi. Oluvchiga rahmat.", ["Oqtosh kutubxonasi"], {"Oluvchi": 0, "Oluvchiga": 0}),
        ("Отправитель: Музей Нарына\nОтправитель сдал 5 книг.", ["Музей Нарына"], {"Отправитель": 0}),
        ("Osh House (hereinafter the Library) has books. Librarians work there, the Library's own.", ["Osh House"], {"Library": 0, "Library's": 0}),
        # what is told next is no other name
        ("Фонд Мурас, далее Музейщик дал книги. Музейщик рад.", ["Фонд Мурас"], {}),
        ("Фонд Мурас (далее – Архив Оша). Архивы рады.", ["Фонд Мурас", "Архив Оша"], {}),
        # a small letter, a word before it is brought in, one that two share, one that none has brought in
        ("Фонд Мурас (далее – Фондодержатель) дал книги. Любой фондодержатель рад.", ["Фонд Мурас"], {"Фондодержатель": 0}),
        ("Даритель рад. Фонд Мурас (далее – Даритель).", ["Фонд Мурас"], {"Даритель": 0}),
        ("Музей Оша (далее – Музейщик) и Музей Нарына (далее – Музейщик). Музейщик рад.", ["Музей Оша", "Музей Нарына"], {}),
        ("Фонд Мурас дал книги. Даритель рад.", ["Фонд Мурас"], {}),
    ],
)  # fmt: skip
def test_aliases(text: str, names: list[str], wanted: dict[str, int]) -> None:
    document = prepare(text)
    mentions = [
        Mention(*covered(document, text.index(name), text.index(name) + len(name)), number)
        for number, name in enumerate(names)
    ]
    found = with_aliases(document, mentions)
    assert [m for m in found if isinstance(m, Mention)] == mentions
    aliases = [m for m in found if not isinstance(m, Mention)]
    assert {document.tokens.form(m.first): m.entity for m in aliases} == wanted
    assert all(m.first >= mentions[0].last for m in aliases) or text.startswith("Отправитель")


@given(st.text(alphabet="далее hereinafter:«»() Фонд\n–", max_size=60))
def test_any_text(text: str) -> None:
    document = prepare(text)
    mentions = [Mention(0, 1, 0)] if len(document.tokens) else []
    found = with_aliases(document, mentions)
    assert all(one.first < two.first for one, two in zip(found, found[1:], strict=False))
