"""Rules as data: what a pattern means, what it reports, and that a rule that cannot work is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import grammar as module
from pipeline.languages import lexicon as lexicon_module
from pipeline.languages.grammar import Grammar, grammar, roman, tag
from pipeline.languages.lexicon import DataError, Lexicon, Reading
from pipeline.text.aligned import Aligned
from pipeline.text.document import Document
from pipeline.text.tokens import tokenize

WORDS = """
[words]
YEARWORD = ["yil", "год", "year"]
HEAD = ["museum", "muzey", "музей"]
MONTH = ["may", "mart"]
TILL = ["hozirgi kun"]
"""
Make = Callable[..., Grammar]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Make a grammar from the rules' text in the file of one language."""
    monkeypatch.setattr(lexicon_module, "language_file", lambda *parts: tmp_path.joinpath(*parts))
    monkeypatch.setattr(module, "lexicon", Lexicon)

    def make(rules: str, language: str = "common", settings: str = "") -> Grammar:
        files = {"common": settings + WORDS}
        files[language] = files.get(language, "") + rules
        for name, text in files.items():
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "topic.toml").write_text(text, encoding="utf-8")
        return Grammar("topic")

    return make


def rule(pattern: str, extra: str = "", name: str = "r") -> str:
    return f"[[rule]]\nname = {name!r}\npattern = {pattern!r}\nexample = ['x']\n{extra}\n"


def document(text: str, language: str = "uz") -> Document:
    tokens = tokenize(text)
    return Document(text, Aligned.identity(text), (), (), tokens, [language] * len(tokens))


def found(rules: Grammar, text: str, language: str = "uz", **options: object) -> list[str]:
    made = document(text, language)
    return [made.tokens.slice(m.first, m.last) for m in rules.finditer(tag(made, rules), made, **options)]  # type: ignore[arg-type]


def symbols(rules: Grammar, text: str, language: str = "uz", known: dict[int, Reading] | None = None) -> str:
    names = {code: name for name, code in rules.code.items()}
    return " ".join(names[sign] for sign in tag(document(text, language), rules, known).string)


class TestSymbols:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ""),
            ("va Bahor", "EDGE W CAP EDGE"),
            ("Bir. Ikki", "EDGE CAP DOT EDGE EDGE CAP EDGE"),
            ("1 12 13 31 32 999 1000 2199 2200 12345 0 007", "EDGE N1 N1 N2 N2 N3 N3 Y Y N4 N4 N3 N3 EDGE"),
            ("XIX xix I", "EDGE ROMAN W ROMAN EDGE"),
            ("2014-yilda", "EDGE Y DASH YEARWORD LOC EDGE"),
            ("yilgacha", "EDGE YEARWORD TERM EDGE"),
            ("- – — , .", "EDGE DASH DASH DASH COMMA DOT EDGE"),
            ("hozirgi kunga", "EDGE TILL DAT EDGE"),
            ("hozirgi. Kunga", "EDGE W DOT EDGE EDGE CAP EDGE"),
        ],
    )
    def test_tokens(self, make: Make, text: str, expected: str) -> None:
        assert symbols(make(""), text) == expected

    def test_every_sign_has_a_name(self, make: Make) -> None:
        assert (
            symbols(make(""), ', : ; / ( ) [ ] « » “ ” " & % № + $ @ ?').split()[1:-1]
            == (
                "COMMA COLON SEMICOLON SLASH LPAR RPAR LPAR RPAR LQUOTE RQUOTE LQUOTE RQUOTE RQUOTE AMP PERCENT NUMSIGN PLUS CURRENCY OTHERSIGN QUESTION"
            ).split()
        )

    def test_marks_and_capitals(self, make: Make) -> None:
        rules = make("", settings='marks = ["POSS", "PLUR"]\ncapitals = ["HEAD"]\n')
        assert symbols(rules, "muzeylarida Muzeyi") == "EDGE HEAD PLUR POSS LOC HEADC POSS EDGE"
        assert symbols(make(""), "Muzeylarida") == "EDGE HEAD LOC EDGE"

    @pytest.mark.parametrize("text", ["the museum’s hall", "the museum's hall"])
    def test_english_possessive(self, make: Make, text: str) -> None:
        assert symbols(make(""), text, "en") == "EDGE W HEAD GEN W EDGE"

    def test_what_is_known_goes_before_the_words(self, make: Make) -> None:
        known = {0: Reading("MONTH", "5", "dat", 2)}
        assert symbols(make(""), "muzey muzey muzey", known=known) == "EDGE MONTH DAT HEAD EDGE"

    def test_what_is_known_does_not_go_beyond_its_sentence(self, make: Make) -> None:
        known = {1: Reading("MONTH", "5", "", 9)}
        assert symbols(make(""), "Muzey bor. Muzey", known=known) == "EDGE HEAD W DOT EDGE EDGE HEAD EDGE"

    def test_only_the_sentences_asked_for(self, make: Make) -> None:
        made, rules = document("Bir. Ikki. Uch."), make("")
        tags = tag(made, rules, sentences=[made.tokens.sentences[1]])
        assert tags.first == [2, 2, 3, 4]
        assert len(tags.string) == 4

    def test_roman(self) -> None:
        assert [roman(word) for word in ("i", "iv", "xix", "xxi", "xxii", "m", "")] == [1, 4, 19, 21, 0, 0, 0]


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "text", "expected"),
        [
            ("Y YEARWORD", "2014 yil", ["2014 yil"]),
            ("[ Y ] YEARWORD", "2014 yil 2015", ["2014"]),
            ("[ Y DASH? Y ] YEARWORD?", "2014-2015 yil", ["2014-2015"]),
            ("(N1|N2) MONTH", "5 may 25 may 55 may", ["5 may", "25 may"]),
            ("MONTH{2,}", "may mart may va may", ["may mart may"]),
            ("MONTH .{1,2}? MONTH", "may va mart va may", ["may va mart"]),
            ("^ Y", "2014 va 2015", ["2014"]),
            ("Y $", "2014 va 2015", ["2015"]),
            ("Y (?!YEARWORD)", "2014 yil 2015", ["2015"]),
            ("(?<!DASH) Y (?=DASH)", "2014-2015-2016", ["2014"]),
            ("Y . Y", "2014. 2015", []),
            ("[ Y (DASH Y)* ]", "2014-2015-2016 2017", ["2014-2015-2016", "2017"]),
            ("Y LOC", "2014 da", []),
            ("YEARWORD LOC", "yilda", ["yilda"]),
            ("[ YEARWORD ] ABL", "yildan", ["yildan"]),
        ],
    )
    def test_matches(self, make: Make, pattern: str, text: str, expected: list[str]) -> None:
        assert found(make(rule(pattern)), text) == expected

    def test_a_match_ends_with_its_sentence(self, make: Make) -> None:
        rules = make(rule("MONTH W* MONTH"))
        assert found(rules, "may va mart") == ["may va mart"]
        assert found(rules, "may va! Va mart") == []

    def test_slots(self, make: Make) -> None:
        rules = make(rule("[ Y:from DASH Y:to ] YEARWORD"))
        made = document("u 2014-2015 yil")
        tags = tag(made, rules)
        (match,) = rules.finditer(tags, made)
        assert {name: made.tokens.form(tags.first[begin]) for name, (begin, _) in match.slots.items()} == {
            "from": "2014",
            "to": "2015",
        }
        assert (match.first, match.last) == (1, 4)

    def test_values(self, make: Make) -> None:
        assert make(rule("Y", "set = { a = 1, b = 'x' }")).rules[0].values == {"a": "1", "b": "x"}

    def test_macros(self, make: Make) -> None:
        rules = make("[macros]\nYEARS = '(Y DASH Y)'\nTWO = '({YEARS} COMMA {YEARS:last})'\n" + rule("[ {TWO:all} ]"))
        made = document("2014-2015, 2016-2017")
        (match,) = rules.finditer(tag(made, rules), made)
        assert set(match.slots) == {"all", "last"}

    def test_glued(self, make: Make) -> None:
        rules = make(rule("Y DASH Y", "glued = true"))
        assert found(rules, "2014-2015") == ["2014-2015"]
        assert found(rules, "2014 - 2015") == []

    def test_stage_and_language(self, make: Make) -> None:
        rules = make(rule("Y") + rule("MONTH", "stage = 2", "second"), "uz")
        assert found(rules, "2014 may") == ["2014"]
        assert found(rules, "2014 may", stage=2) == ["may"]
        made = document("2014 may")
        tags = tag(made, rules)
        assert len(list(rules.finditer(tags, made, language="uz"))) == 1
        assert list(rules.finditer(tags, made, language="ru")) == []

    def test_merge(self, make: Make) -> None:
        rules = make(rule("Y YEARWORD") + rule("MONTH MONTH", "stage = 2", "second"))
        made = document("u 2014 yilda may bor")
        tags = tag(made, rules)
        merged = rules.merge(tags, [(2, 5, "MONTH", Reading("MONTH", "x"))])
        assert made.tokens.slice(merged.first[2], merged.last[2]) == "2014 yilda"
        assert [made.tokens.slice(m.first, m.last) for m in rules.finditer(merged, made, stage=2)] == ["2014 yilda may"]

    def test_an_edge_alone_is_no_match(self, make: Make) -> None:
        assert found(make(rule("^")), "2014") == []


class TestDataErrors:
    @pytest.mark.parametrize(
        ("rules", "reason"),
        [
            ("[[rule]]\nname = 'r'\npattern = 'Y'", "'r' has no 'example'"),
            ("[[rule]]\nname = 'r'\npattern = 'Y'\nexample = []", "'r' has no example"),
            ("[[rule]]\nname = 'r'\nexample = ['x']", "'r' has no 'pattern'"),
            (rule("YER"), "unknown symbol YER"),
            (rule("{WHAT}"), "unknown macro WHAT"),
            ("[macros]\nA = '{B}'\nB = '{A}'\n" + rule("{A}"), "circle"),
            (rule("Y & Y"), "cannot read '& Y'"),
            (rule("y"), "cannot read 'y'"),
            (rule("[ Y"), "'r' is no regular expression"),
            (rule("(Y"), "'r' is no regular expression"),
            (rule("Y)"), "'r' is no regular expression"),
            (rule("(?<=Y*) Y"), "'r' is no regular expression"),
            (rule("Y:a Y:a"), "'r' is no regular expression"),
            (rule("Y", "colour = 'red'"), "unknown keys.*colour"),
            (rule("Y") + rule("N1"), "called 'r'"),
        ],
    )
    def test_the_file_is_named(self, make: Make, rules: str, reason: str) -> None:
        with pytest.raises(DataError, match=reason) as error:
            make(rules, "uz").check()
        assert "uz/topic.toml" in str(error.value)

    def test_one_example_may_stand_without_a_list(self, make: Make) -> None:
        made = make("[[rule]]\nname = 'r'\npattern = 'Y'\nexample = '2014'\nnot = 'may'")
        assert (made.rules[0].examples, made.rules[0].counters) == (("2014",), ("may",))


PIECES = [
    "2014",
    "yil",
    "may",
    "Muzey",
    "XIX",
    "12",
    "-",
    ".",
    "?",
    " ",
    "\n\n",
    "(",
    "»",
    "hozirgi kunga",
    "ў",
    "’s",
    "museum's",
    "٣",
    "𝔐",
]


@pytest.mark.parametrize("topic", ["institutions", "dates", "agreements"])
@given(
    text=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map(" ".join),
    language=st.sampled_from(["uz", "ru", "en", "und"]),
)
def test_tags_of_any_text(topic: str, text: str, language: str) -> None:
    rules, made = grammar(topic), document(text, language)
    tags = tag(made, rules)
    assert len(tags.string) == len(tags.first) == len(tags.last) == len(tags.readings)
    covered = [index for first, last in zip(tags.first, tags.last, strict=True) for index in range(first, last)]
    assert covered == list(range(len(made.tokens)))
    for match in rules.finditer(tags, made):
        assert 0 <= match.first < match.last <= len(made.tokens)
        assert made.tokens.sentence[match.first] == made.tokens.sentence[match.last - 1]
