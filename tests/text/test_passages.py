"""Passages by language and script: tables, documents of several languages, properties, hostile input, figures."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.passages import Passage, passages

SENTENCES = [
    (language, script, sentence)
    for language, script, sentence in (
        line.split("\t") for line in (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    )
]


def found(text: str) -> list[tuple[str, str, str]]:
    """Language, script and stripped text of each passage."""
    return [(p.language, p.script, text[p.start : p.end].strip()) for p in passages(text)]


def languages(text: str) -> list[str]:
    return [p.language for p in passages(text)]


@pytest.mark.parametrize(("language", "script", "sentence"), SENTENCES)
def test_a_sentence_by_itself(language: str, script: str, sentence: str) -> None:
    assert passages(sentence) == (Passage(0, len(sentence), language, script),)


def test_the_table_is_large_and_of_all_languages() -> None:
    assert len(SENTENCES) >= 150
    counts = Counter((language, script) for language, script, _ in SENTENCES)
    for kind in (("uz", "Latn"), ("uz", "Cyrl"), ("ru", "Cyrl"), ("en", "Latn"), ("und", "Cyrl"), ("und", "Latn")):
        assert counts[kind] >= 20


@pytest.mark.parametrize(("language", "share"), [("uz", 0.9), ("ru", 0.9), ("en", 0.9), ("und", 0.9)])
def test_first_four_words(language: str, share: float) -> None:
    """What the first four words of the sentences tell, with nothing beside them."""
    fragments = [
        " ".join(s.split()[:4]) for name, script, s in SENTENCES if name == language and script in ("Latn", "Cyrl")
    ]
    right = sum(languages(fragment) == [language] for fragment in fragments)
    assert right / len(fragments) >= share


UZ = "Kutubxona fondi oʻtgan yili ikki mingta yangi kitob bilan boyidi."
UZ_CYRILLIC = "Кутубхона фонди ўтган йили икки мингта янги китоб билан бойиди."
RU = "Фонд библиотеки в прошлом году пополнился двумя тысячами новых книг."
EN = "Last year the library added two thousand new books to its holdings."
KK = "Кітапхана қоры былтыр екі мың жаңа кітаппен толықты."


def test_a_paragraph_of_each_language() -> None:
    text = "\n\n".join([UZ, RU, EN, UZ_CYRILLIC, KK])
    assert found(text) == [
        ("uz", "Latn", UZ),
        ("ru", "Cyrl", RU),
        ("en", "Latn", EN),
        ("uz", "Cyrl", UZ_CYRILLIC),
        ("und", "Cyrl", KK),
    ]


def test_an_uzbek_sentence_in_an_english_paragraph() -> None:
    assert found(f"{EN} {EN} {UZ} {EN}") == [("en", "Latn", f"{EN} {EN}"), ("uz", "Latn", UZ), ("en", "Latn", EN)]


def test_a_russian_sentence_in_an_uzbek_paragraph() -> None:
    assert found(f"{UZ_CYRILLIC} {RU} {UZ_CYRILLIC}")[1] == ("ru", "Cyrl", RU)


def test_abstracts_and_their_labels() -> None:
    text = (
        f"Annotatsiya: {UZ}\nKalit soʻzlar: fond, kitob.\n\n"
        f"Аннотация: {RU}\nКлючевые слова: фонд, книга.\n\n"
        f"Abstract: {EN}\nKeywords: stock, book."
    )
    assert [(language, part.split(":")[0]) for language, _, part in found(text)] == [
        ("uz", "Annotatsiya"),
        ("ru", "Аннотация"),
        ("en", "Abstract"),
    ]


def test_a_list_of_references() -> None:
    lines = [
        "1. Rahimova D. Muzeyshunoslik asoslari: oʻquv qoʻllanma. – Toshkent: Fan, 2012. – 140 b.",
        "2. Петрова Л. История библиотечного дела в Средней Азии. – Москва: Книга, 1989. – 320 с.",
        "3. Brown T. The museum and its visitors. London: Routledge, 2004.",
        "4. Каримов О. Кутубхоналар тарихи ва ҳозирги ҳолати. – Тошкент: Ўқитувчи, 2001. – 90 б.",
    ]
    assert found("\n".join(lines)) == [
        ("uz", "Latn", lines[0]),
        ("ru", "Cyrl", lines[1]),
        ("en", "Latn", lines[2]),
        ("uz", "Cyrl", lines[3]),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            f"{UZ_CYRILLIC} Анжуманда «Библиотека и общество: история и современность» мавзусида маъруза ўқилди.",
            "uz",
        ),
        (f"{UZ} Anjumanda “The Role of Libraries in the Life of the City” mavzusida maʼruza oʻqildi. {UZ}", "uz"),
        (f"{RU} Доклад «Кутубхона ва жамият» прочитала сотрудница музея. {RU}", "ru"),
        (f"{EN} The journal “Oʻzbekiston tarixi va madaniyati” is kept in the reading room. {EN}", "en"),
        (f"{EN} The newspaper «Халқ сўзи» has been digitised. {EN}", "en"),
    ],
)
def test_a_quoted_foreign_title_does_not_split(text: str, language: str) -> None:
    assert languages(text) == [language]


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        ("Итоги 2019 года", "ru"),
        ("ПЛАН РАБОТЫ НА 2020 Г.", "ru"),
        ("в 1941/42 г.", "ru"),
        ("Звіт музею за 2019 рік", "und"),
    ],
)
def test_what_two_languages_share_is_of_the_one_known_here(heading: str, language: str) -> None:
    assert languages(heading) == [language]


@pytest.mark.parametrize(
    ("before", "short", "after", "language"),
    [
        (UZ_CYRILLIC, "А.Р. Каримов, Б.Т. Содиқов, М. Азимова", UZ_CYRILLIC, "uz"),
        (UZ, "UNESCO, ICOM, IFLA", UZ, "uz"),
        (RU, "Ташкент – 2019", RU, "ru"),
        (RU, "Каримов А., Садыков Б., Азимова М., Юсупов Т.", RU, "ru"),
        (RU, "e-mail: fond@example.org, https://example.org/library/books", RU, "ru"),
        (EN, "Karimov A., Sadikov B., Azimova M.", EN, "en"),
        (EN, "Tashkent, 2019", EN, "en"),
        (EN, "***", EN, "en"),
        (RU, "12.05.2019", RU, "ru"),
        (UZ, "IV", UZ, "uz"),
    ],
)
def test_a_short_piece_stays_with_its_neighbours(before: str, short: str, after: str, language: str) -> None:
    assert languages(f"{before}\n\n{short}\n\n{after}") == [language]
    assert languages(f"{before}\n{short}\n{after}") == [language]
    assert languages(f"{short}\n\n{after}") == [language]
    assert languages(f"{before}\n\n{short}") == [language]


def test_an_english_title_between_uzbek_paragraphs_is_no_passage() -> None:
    assert languages(f"{UZ_CYRILLIC}\n\nCentral Asia – 2015\n\n{UZ_CYRILLIC}") == ["uz"]


def test_a_wrapped_text_is_one_passage() -> None:
    for text in (UZ, UZ_CYRILLIC, RU, EN):
        words = " ".join([text] * 6).split()
        wrapped = "\n".join(" ".join(words[i : i + 5]) for i in range(0, len(words), 5))
        assert len(passages(wrapped)) == 1


def test_both_scripts_of_uzbek_are_told_apart() -> None:
    assert [(p.language, p.script) for p in passages(f"{UZ}\n{UZ_CYRILLIC}\n{UZ}")] == [
        ("uz", "Latn"),
        ("uz", "Cyrl"),
        ("uz", "Latn"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("2014", "und", "Zyyy"),
        (" \n\n\t ", "und", "Zyyy"),
        ("– 12 – 14 (3)", "und", "Zyyy"),
        ("ICOM", "und", "Latn"),
        ("\ufdd0\u0301", "und", "Zyyy"),
        ("文化", "und", "Hani"),
        ("ъ", "und", "Cyrl"),
    ],
)
def test_texts_that_say_nothing(text: str, language: str, script: str) -> None:
    assert passages(text) == (Passage(0, len(text), language, script),)


def test_the_empty_text_has_no_passage() -> None:
    assert passages("") == ()


PARTS = st.lists(
    st.one_of(
        st.sampled_from(
            [UZ, UZ_CYRILLIC, RU, EN, KK, "\n", "\n\n", " ", "\t", ". ", "А.", "国家", "مكتبة", "«", "”", "'", "\r\n"]
        ),
        st.text(max_size=12),
    ),
    max_size=12,
)


@given(PARTS)
def test_passages_cover_the_text_in_order(parts: list[str]) -> None:
    text = "".join(parts)
    result = passages(text)
    assert "".join(text[p.start : p.end] for p in result) == text
    assert [p.start for p in result[1:]] == [p.end for p in result[:-1]]
    for p in result:
        assert p.start < p.end
        assert p.language in ("uz", "ru", "en", "und")
        assert len(p.script) == 4
    for one, other in pairwise(result):
        assert (one.language, one.script) != (other.language, other.script)


@given(PARTS)
def test_the_same_text_gives_the_same_passages(parts: list[str]) -> None:
    assert passages("".join(parts)) == passages("".join(parts))


@pytest.mark.parametrize(
    "piece", [".", ").", "a", '"a ', "«a ", "А. ", "\n", "'o ", "ş", "漢", "a\n", "«", "…\n", '."', "\t", "@"]
)
def test_hostile_repetition_is_covered(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    found = passages(text)
    assert (found[0].start, found[-1].end) == (0, len(text))
    assert all(one.end == two.start for one, two in pairwise(found))
