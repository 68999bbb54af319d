"""Tokens and sentences: what a word is in every language, where a sentence ends, and that no text is too hostile for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.tokens import Gap, Kind, Tokens, tokenize, word_folds


def forms(text: str) -> list[str]:
    tokens = tokenize(text)
    return [tokens.form(index) for index in range(len(tokens))]


def sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    return [tokens.slice(first, last) for first, last in tokens.sentences]


def gaps(text: str) -> list[Gap]:
    return tokenize(text).gap


class TestWords:
    @pytest.mark.parametrize("apostrophe", "ʻʼ‘’'`´ʹ′")
    @pytest.mark.parametrize(
        "word", ["O{}zbekiston", "to{}plam", "ma{}naviyat", "san{}at", "Qozog{}iston", "museum{}s"]
    )
    def test_an_apostrophe_inside_is_part_of_the_word(self, word: str, apostrophe: str) -> None:
        made = word.format(apostrophe)
        assert forms(f"({made}, {made})") == ["(", made, ",", made, ")"]

    @pytest.mark.parametrize("word", ["tog‘", "Bogʻ", "bog'", "tog`", "oʻ"])
    def test_one_that_ends_an_uzbek_word_is_part_of_it(self, word: str) -> None:
        assert forms(f"baland {word} edi") == ["baland", word, "edi"]
        assert forms(f"baland {word}.") == ["baland", word, "."]

    @pytest.mark.parametrize("text", ["«O‘zbekiston»", "‘museum’", "'museum'", "’museum’", "`museum`"])
    def test_a_quotation_mark_is_not(self, text: str) -> None:
        assert forms(text) == [text[0], text[1:-1], text[-1]]

    @pytest.mark.parametrize("apostrophe", "'’")
    def test_the_final_apostrophe_of_an_english_plural(self, apostrophe: str) -> None:
        assert forms(f"the museums{apostrophe} halls") == ["the", f"museums{apostrophe}", "halls"]
        assert forms(f"the museum{apostrophe} halls") == ["the", "museum", apostrophe, "halls"]
        assert forms(f"archives{apostrophe}, halls") == ["archives", apostrophe, ",", "halls"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("музей-заповедник", ["музей", "-", "заповедник"]),
            ("2014-yil", ["2014", "-", "yil"]),
            ("XIX–XX", ["XIX", "–", "XX"]),
            ("18th", ["18", "th"]),
            ("12та", ["12", "та"]),
            ("№5", ["№", "5"]),
            ("14,000.50", ["14", ",", "000", ".", "50"]),
            ("им.А.Навои", ["им", ".", "А", ".", "Навои"]),
            ("e-mail: a_b@c.uz", ["e", "-", "mail", ":", "a", "_", "b", "@", "c", ".", "uz"]),
            ("museum[3]", ["museum", "[", "3", "]"]),
            ("музейи¹ ва архив²", ["музейи", "¹", "ва", "архив", "²"]),
            ("musée d’Art", ["musée", "d’Art"]),
            ("и\u0306ил", ["и\u0306ил"]),
            ("\u0301a", ["\u0301", "a"]),
            ("a\u00a0b\u2009c", ["a", "b", "c"]),
            ("書籍 مكتبة", ["書籍", "مكتبة"]),
        ],
    )
    def test_forms(self, text: str, expected: list[str]) -> None:
        assert forms(text) == expected

    def test_kinds_and_capitals(self) -> None:
        tokens = tokenize("Ўзбекистон 1994 й. ¹ ٣")
        assert tokens.kind == [Kind.WORD, Kind.NUMBER, Kind.WORD, Kind.SIGN, Kind.SIGN, Kind.NUMBER]
        assert [tokens.capital(index) for index in range(6)] == [True, False, False, False, False, False]
        assert tokens.fold == ["o'zbekiston", "1994", "y", ".", "¹", "٣"]

    def test_slice_is_the_text_as_it_stands(self) -> None:
        tokens = tokenize("the  State\nMuseum, and")
        assert tokens.slice(1, 3) == "State\nMuseum"

    @pytest.mark.parametrize("text", ["", " ", "\n\n\t \u00a0"])
    def test_nothing(self, text: str) -> None:
        tokens = tokenize(text)
        assert len(tokens) == 0
        assert tokens.sentences == []


class TestSentences:
    @pytest.mark.parametrize(
        "parts",
        [
            ["Музей очилди.", "Кутубхона ҳам."],
            ["Did it open?", "Yes!", "It did…", "At last."],
            ["«Музей открыт.»", "Так сказал он."],
            ["It opened (in May.)", "Then it closed."],
            ["He said “we agree.”", "They did."],
            ["Bu — kutubxona!..", "Shunday."],
            ["Это было в 1994 году.", "12 книг передано."],
            ["Section one.", "«Шарқ» нашриёти."],
        ],
        ids=lambda parts: parts[0],
    )
    def test_ends(self, parts: list[str]) -> None:
        assert sentences(" ".join(parts)) == parts

    @pytest.mark.parametrize(
        "text",
        [
            "Библиотека им. Алишера Навои открыта.",
            "Письмо А. С. Пушкина и Ш. Рашидова передано.",
            "Ю. Гагарин и Ш. Рашидов, Sh. Rashidov ва Ch. Aytmatov, Oʻ. Azimov, O‘. Umarov, Yu. Qodirov.",
            "В 1941–1945 гг. Музей работал.",
            "Тираж 5 тыс. Экземпляров и 3 млн. Книг нет.",
            "The paper of Dr. Smith and Prof. Lee, St. Petersburg.",
            "Mr. Karimov met Mrs. Lee of Oxford Univ. Press.",
            "The museum had 5.5 million visitors and www.site.Uz open.",
            "проф. Каримов ва акад. Аскаров сўзга чиқди.",
            "He came in Oct. 2014 and Nov. 2015.",
            "Она пришла… и ушла.",
            "The museum (est. 1870) stands.",
            "Это т. е. Музей.",
        ],
    )
    def test_no_end(self, text: str) -> None:
        assert sentences(text) == [text]

    def test_a_small_letter_begins_no_sentence(self) -> None:
        assert sentences("It opened in Tashkent vil. and closed! but opened again.") == [
            "It opened in Tashkent vil. and closed! but opened again."
        ]

    def test_no_end_without_a_gap(self) -> None:
        assert len(sentences("Visit museum.Uz now")) == 1


class TestLines:
    WRAPPED = (
        "The museum and the library of the region have worked together for\n"
        "many years and they have now agreed on a common catalogue of their\n"
        "books, which the State Library of the region will keep for all the\n"
        "readers who come to the halls of the museum or of the library, and\n"
        "for those who do not.\n"
    )

    def test_wrapped_lines_go_on(self) -> None:
        tokens = tokenize(self.WRAPPED)
        assert Gap.BREAK not in tokens.gap[1:]
        assert len(tokens.sentences) == 1

    def test_a_capital_at_the_start_of_a_wrapped_line(self) -> None:
        text = self.WRAPPED.replace("many years and they", "Navoi, where the two")
        assert len(sentences(text)) == 1

    def test_blank_line_ends(self) -> None:
        assert sentences("First heading\n\nThe museum is open") == ["First heading", "The museum is open"]

    def test_heading_line_ends(self) -> None:
        assert sentences("Янгиликлар\nМузей очилди\nКутубхона ёпилди") == [
            "Янгиликлар",
            "Музей очилди",
            "Кутубхона ёпилди",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "Национальная библиотека имени\nАлишера Навои",
            "Алишер Навоий номидаги\nМиллий кутубхона",
            "the National Library of\nUzbekistan",
            "Алишер Навоий номли\nкутубхона",
            "museums, libraries,\nArchives",
            "Toshkent davlat sharqshunoslik\nuniversiteti",
            "музей-\nЗаповедник",
        ],
    )
    def test_a_name_cut_by_a_line_end(self, text: str) -> None:
        assert gaps(text).count(Gap.LINE) == 1
        assert len(sentences(text)) == 1

    @pytest.mark.parametrize("bullet", "•▪●■–—-*")
    def test_list_items_are_sentences(self, bullet: str) -> None:
        text = f"Partners of\n{bullet} Museum One\n{bullet} Museum Two"
        assert sentences(text) == ["Partners of", f"{bullet} Museum One", f"{bullet} Museum Two"]

    def test_a_page_end_cuts_no_sentence(self) -> None:
        line = "Kutubxona fondida saqlanayotgan qo‘lyozmalar va nodir nashrlar"
        assert len(sentences(f"{line}\n\n\nroʻyxati tuzildi.")) == 1

    def test_a_page_end_after_a_full_stop_does(self) -> None:
        line = "Kutubxona fondida saqlanayotgan qo‘lyozmalar va nodir nashrlar bor."
        assert len(sentences(f"{line}\n\n\nroʻyxati tuzildi.")) == 2

    def test_a_short_heading_over_small_letters_ends(self) -> None:
        assert len(sentences("Kirish\n\nkutubxona haqida")) == 2


def check(text: str, tokens: Tokens) -> None:
    """What holds of the tokens of every text."""
    count = len(tokens)
    for column in (tokens.end, tokens.fold, tokens.kind, tokens.gap, tokens.upper, tokens.sentence):
        assert len(column) == count
    covered = 0
    for start, end, gap in zip(tokens.start, tokens.end, tokens.gap, strict=True):
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()  # only white space between tokens
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert covered == 0 or (gap is Gap.NONE) == (start == covered)
        covered = end
    assert not text[covered:].strip()
    edges = [0, *(last for _, last in tokens.sentences)]
    assert [first for first, _ in tokens.sentences] == edges[:-1]
    assert edges[-1] == count
    assert all(first < last for first, last in tokens.sentences)
    assert tokens.sentence == [k for k, (first, last) in enumerate(tokens.sentences) for _ in range(first, last)]


PIECES = [
    "Ўзбекистон", "oʻ", "g'", "s'", "museums’", "А", ".", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\f", "\x1c", "\x85", "\u2028", "\u00a0", "\u3000", "им", "of",
    "2014", "٣", "²", "½", "-", "–", "(", "»", "«", '"', "'", "’", "…", "!", "•", "\u0301", "\u200b", "\ufeff", "\x00", "\ud800", "𝔐", "書", "_", "a" * 200, "A" * 200,
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join))
def test_any_text(text: str) -> None:
    tokens = tokenize(text)
    check(text, tokens)
    assert tokenize(text) == tokens


@given(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
def test_a_blank_line_keeps_texts_apart(one: str, other: str) -> None:
    """What stands behind a blank line and a full stop does not change the tokens before it."""
    before = tokenize(one + ".")
    both = tokenize(f"{one}.\n\n{other}")
    assert both.start[: len(before)] == before.start
    assert both.fold[: len(before)] == before.fold


@given(st.text(alphabet="abgosтсОўʼ'’‘`ʻ- ._/1²\u0301ий\t", max_size=12))
def test_folds_of_words_are_those_of_tokens(text: str) -> None:
    folds = word_folds(text)
    if folds is not None:
        assert folds == tokenize(text, running=False).fold


def test_folds_of_words() -> None:
    assert word_folds(" soha bo‘yicha\tsan'at ") == ["soha", "bo'yicha", "sanat"]
    assert [word_folds(text) for text in ("axborot-resurs", "tog‘", "2 yil", "museums' hall")] == [None] * 4


HOSTILE = {
    "one word": "a", "a word with apostrophes": "a'", "apostrophes": "'", "plural apostrophes": "s' ", "marks": "\u0301", "letters with marks": "a\u0301",
    "digits": "1", "spaces": " ", "line ends": "\n", "blank lines": "A\n\n", "short lines": "A\n", "lines that go on": "A,\nb\n", "open lines": "of\nA\n",
    "quotation marks": "«", "stops": ". ", "stops alone": ".", "initials": "A. ", "brackets": "(", "bullets": "• A\n", "underscores": "_", "mixed": "Ў1'",
    "no-break": "\u00a0",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_long_hostile_texts(piece: str) -> None:
    text = "A " + piece * (500_000 // len(piece))
    tokens = tokenize(text)
    assert tokens.end[-1] == len(text.rstrip())
