"""What becomes of votes: windows, alignment, engines that fail, and the policy."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.corpus import read_corpus
from pipeline.finders.institutions import Name, find_names
from pipeline.languages.lexicon import lexicon
from pipeline.ner.engine import Vote
from pipeline.ner.gate import open_sentences
from pipeline.ner.policy import confirmed, mended
from pipeline.ner.votes import Panel, windows
from pipeline.text.document import Document, prepare

LIMIT = lexicon("ner").settings["window"]


@dataclass
class Scripted:
    """An engine that votes as it is told: on every occurrence of the words, or by a function."""

    says: Callable[[str], Sequence[Any]] | Sequence[str]
    score: float = 1.0
    name: str = "scripted"
    languages: frozenset[str] = frozenset({"uz", "ru", "en"})
    asked: list[tuple[str, str]] = field(default_factory=list)

    def find(self, text: str, language: str) -> Sequence[Vote]:
        self.asked.append((text, language))
        if callable(self.says):
            return self.says(text)
        votes = []
        for words in self.says:
            at = text.find(words)
            while at >= 0:
                votes.append(Vote(at, at + len(words), self.score))
                at = text.find(words, at + 1)
        return votes


def with_engine(extractor: pipeline.Extractor, *engines: Scripted) -> pipeline.Extractor:
    return pipeline.Extractor(extractor.places, extractor.authorities, Panel(engines))


def voted(extractor: pipeline.Extractor, text: str, *engines: Scripted) -> list[tuple[str, str, str]]:
    """Text, kind and rule of what the engines added."""
    record = with_engine(extractor, *engines).extract(text)
    return [
        (mention.text, institution.kind, mention.rule.removeprefix("ner:"))
        for institution in record.institutions
        for mention in institution.mentions
        if mention.rule.startswith("ner:")
    ]


# -- the policy: text, what the engine votes for, its score, what becomes a name and of which kind
POLICY = [
    ("Вчера Зарафат показал новые книги.", "Зарафат", 1.0, [("Зарафат", "other")]),
    ("Kecha Zarafat yangi kitoblarni koʻrsatdi.", "Zarafat", 1.0, [("Zarafat", "other")]),
    ("Кеча Зарафат янги китобларни кўрсатди.", "Зарафат", 1.0, [("Зарафат", "other")]),
    ("They met at Silk Thread in spring.", "Silk Thread", 1.0, [("Silk Thread", "other")]),
    # the score: lower with a head noun
    ("They met at Silk Thread in spring.", "Silk Thread", 0.6, [("Silk Thread", "other")]),
    ("They met at Silk Thread in spring.", "Silk Thread", 0.59, []),
    ("They met at Silk Thread in spring.", "Silk Thread", math.nan, []),
    ("They saw Zarafat house museum there.", "Zarafat house museum", 0.5, [("Zarafat house museum", "museum")]),
    ("They saw Zarafat house museum there.", "Zarafat house museum", 0.4, []),
    # the edges: articles, marks, an English ’s
    ("They met at the Silk Thread in spring.", "the Silk Thread", 1.0, [("Silk Thread", "other")]),
    ("Вчера «Зарафат» показал книги.", "«Зарафат»", 1.0, [("Зарафат", "other")]),
    ("Вчера «Зарафат» показал книги.", "«Зарафат", 1.0, [("Зарафат", "other")]),
    ("Вчера «Зарафат» показал книги.", "Зарафат»", 1.0, [("Зарафат", "other")]),
    ('Вчера "Зарафат" показал книги.', '"Зарафат', 1.0, [("Зарафат", "other")]),
    ("Вчера Тулпор «Зарафат» показал книги.", "Тулпор «Зарафат»", 1.0, [("Тулпор «Зарафат»", "other")]),
    ("Вчера Тулпор «Зарафат» показал книги.", "Тулпор «Зарафат", 1.0, [("Тулпор «Зарафат»", "other")]),
    ("They met at Silk Thread, in spring.", "Silk Thread,", 1.0, [("Silk Thread", "other")]),
    ("They met at Silk Thread’s in spring.", "Silk Thread", 1.0, [("Silk Thread’s", "other")]),
    (" Вчера Зарафат показал.", " Зарафат ", 1.0, [("Зарафат", "other")]),
    # no whole words
    ("Вчера Зарафат показал новые книги.", "Зара", 1.0, []),
    ("Вчера Зарафат показал новые книги.", "рафат показал", 1.0, []),
    # no capital, no word, nothing of its own
    ("Вчера зарафат показал новые книги.", "зарафат", 1.0, []),
    ("Вчера новые Зарафат показал.", "новые Зарафат", 1.0, []),
    ("Осталось 2019 (новых) книг.", "2019", 1.0, []),
    ("Осталось ... новых книг.", "...", 1.0, []),
    ("Они приехали в Ташкент весной.", "Ташкент", 1.0, []),
    ("They came from Uzbekistan in spring.", "Uzbekistan", 1.0, []),
    ("Вчера Библиотека показала новые книги.", "Библиотека", 1.0, []),
    # not over a sentence end, a heading or without measure
    ("Так сказал Зарафат. Тулпор молчал.", "Зарафат. Тулпор", 1.0, []),
    ("Музей и Зарафат\n\nТулпор открылся весной.", "Зарафат\n\nТулпор", 1.0, []),
    ("Там были " + "Лазурит " * 30 + "и другие.", ("Лазурит " * 30).strip(), 1.0, []),
    # rules and the gazetteer are never overridden
    ("The State Hermitage Museum opened a hall.", "Hermitage", 1.0, []),
    ("The State Hermitage Museum opened a hall.", "Museum opened a hall", 1.0, []),
    ("The State Hermitage Museum opened a hall.", "The State Hermitage Museum opened a hall", 1.0, []),
]


@pytest.mark.parametrize(("text", "words", "score", "names"), POLICY)
def test_policy(text: str, words: str, score: float, names: list[tuple[str, str]], extractor: pipeline.Extractor):
    without = extractor.extract(text)
    assert [(name, kind) for name, kind, _ in voted(extractor, text, Scripted([words], score))] == names
    if not names:
        assert with_engine(extractor, Scripted([words], score)).extract(text) == without


def test_a_name_voted_for_twice_is_one_institution(extractor: pipeline.Extractor):
    text = "Вчера Зарафат показал новые книги. Весной «Зарафат» переехал."
    (institution,) = with_engine(extractor, Scripted(["Зарафат"])).extract(text).institutions
    assert [mention.text for mention in institution.mentions] == ["Зарафат", "Зарафат"]


def test_votes_do_not_overlap_each_other(extractor: pipeline.Extractor):
    first, second = Scripted(["Silk Thread"], name="a"), Scripted(["Silk Thread Hill", "Blue Dome"], name="b")
    text = "They met at Silk Thread Hill and at Blue Dome in spring."
    assert voted(extractor, text, first, second) == [("Silk Thread", "other", "a"), ("Blue Dome", "other", "b")]


def test_engines_are_asked_in_their_languages_only(extractor: pipeline.Extractor):
    russian, uzbek = Scripted([], languages=frozenset({"ru"})), Scripted([], languages=frozenset({"uz"}))
    text = "Вчера Зарафат показал читателям новые книги из своего собрания.\n\nKecha Zarafat oʻquvchilarga yangi kitoblarni koʻrsatdi."
    with_engine(extractor, russian, uzbek).extract(text)
    assert {language for _, language in russian.asked} == {"ru"}
    assert {language for _, language in uzbek.asked} == {"uz"}
    assert "Kecha" not in "".join(asked for asked, _ in russian.asked)
    assert "Kecha Zarafat" in "".join(asked for asked, _ in uzbek.asked)


def test_a_wrapped_line_is_no_end(extractor: pipeline.Extractor):
    text = "They met in spring at Silk\nThread and spoke of many\nbooks and of old pictures\nthat nobody had yet seen\nin the house by the river."
    engine = Scripted(["Silk Thread"])
    assert voted(extractor, text, engine) == [("Silk\nThread", "other", "scripted")]


# -- windows


def spans(document: Document) -> list[tuple[int, int]]:
    return [(window.first, window.last) for window in windows(document)]


def whole(document: Document) -> bool:
    """Whether windows hold every token once, in order, each in one language."""
    held = spans(document)
    joined = [0, *(last for _, last in held)]
    one = all(len(set(document.languages[first:last])) == 1 for first, last in held)
    return one and [first for first, _ in held] == joined[:-1] and joined[-1] == len(document.tokens)


@given(
    st.lists(
        st.sampled_from(
            ["Зарафат показал книги.", "Kecha kitob keldi!", "books ", "\n\n", "а" * 3000, ", ", "«", "х" * 5000, " 🙂"]
        ),
        max_size=40,
    )
)
def test_windows_hold_every_token_once(pieces: list[str]):
    document = prepare("".join(pieces))
    assert whole(document)
    tokens = document.tokens
    for first, last in spans(document):
        assert last - first == 1 or tokens.end[last - 1] - tokens.start[first] <= LIMIT


def test_windows_end_where_sentences_end():
    document = prepare("Вчера Зарафат показал читателям новые книги. " * 1000)
    held = list(windows(document))
    assert len(held) > 10
    assert whole(document)
    ends = {last for _, last in document.tokens.sentences}
    assert all(window.last in ends and not window.parted for window in held)
    assert document.tokens.end[held[0].last - 1] > LIMIT - 100


def test_a_name_late_in_a_long_text_is_found(extractor: pipeline.Extractor):
    text = "Вчера читатели видели новые книги. " * 2000 + "Потом Зарафат показал рукописи."
    assert voted(extractor, text, Scripted(["Зарафат"])) == [("Зарафат", "other", "scripted")]


def test_a_sentence_longer_than_a_window_is_read_in_parts_and_told(
    extractor: pipeline.Extractor, caplog: pytest.LogCaptureFixture
):
    text = "Там были " + "старые книги, новые книги, " * 1000 + "а потом Зарафат показал рукописи."
    engine = Scripted(["Зарафат"])
    mine = with_engine(extractor, engine)
    with caplog.at_level(logging.WARNING, "hamkor.ner"):
        rules = [mention.rule for institution in mine.extract(text).institutions for mention in institution.mentions]
    assert rules == ["ner:scripted"]
    assert mine.panel is not None
    assert mine.panel.lost["scripted", "parted"] == len(engine.asked) - 1 > 3
    assert sum("longer than a window" in record.message for record in caplog.records) == 1
    assert " ".join(asked for asked, _ in engine.asked) == text
    assert all(len(asked) <= LIMIT for asked, _ in engine.asked)


def test_windows_take_linear_time():
    def seconds(size: int) -> float:
        document = prepare("книга, " * size)
        begun = time.perf_counter()
        assert whole(document)
        return time.perf_counter() - begun

    seconds(1000)
    assert min(seconds(80_000) for _ in range(2)) < 40 * max(min(seconds(10_000) for _ in range(3)), 0.005)


# -- engines that do wrong


def failing(text: str) -> Sequence[Vote]:
    if "Тулпор" in text:
        raise RuntimeError("out of memory")
    return [Vote(text.index("Зарафат"), text.index("Зарафат") + 7, 1.0)] if "Зарафат" in text else []


def test_an_engine_that_fails_on_a_window_loses_that_window(
    extractor: pipeline.Extractor, caplog: pytest.LogCaptureFixture
):
    filler = "Читатели видели новые книги. " * 200
    text = f"Вчера Зарафат показал книги. {filler}Потом Тулпор и Зарафат молчали. {filler}Снова Зарафат показал книги. {filler}Тулпор молчал."
    mine = with_engine(extractor, Scripted(failing))
    with caplog.at_level(logging.WARNING, "hamkor.ner"):
        record = mine.extract(text)
    assert [mention.start for institution in record.institutions for mention in institution.mentions] == [
        text.index("Зарафат"),
        text.rindex("Зарафат"),
    ]
    assert mine.panel is not None
    assert mine.panel.lost == {("scripted", "failed"): 2}
    assert [
        record.message
        for record in caplog.records
        if "out of memory" in record.message and "RuntimeError" in record.message
    ]
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    "votes",
    [
        [Vote(-5, 7, 1.0)],
        [Vote(6, 6, 1.0)],
        [Vote(13, 6, 1.0)],
        [Vote(6, 10_000, 1.0)],
        [Vote(7, 13, 1.0)],
        [Vote(6, 12, 1.0)],
        [Vote(5, 6, 1.0)],
    ],
)
def test_a_misaligned_vote_is_lost_alone(votes: list[Vote], extractor: pipeline.Extractor):
    text = "Вчера Зарафат и Тулпор показали книги."
    good = Vote(16, 22, 1.0)
    mine = with_engine(extractor, Scripted(lambda _: [*votes, good]))
    (institution,) = mine.extract(text).institutions
    assert [mention.text for mention in institution.mentions] == ["Тулпор"]
    assert mine.panel is not None
    assert mine.panel.lost == {("scripted", "misaligned"): 1}


@pytest.mark.parametrize("rubbish", [None, [None], ["Зарафат"], [(6, 13)], [Vote("6", "13", 1.0)], [Vote(6, 13, None)]])  # type: ignore[arg-type]
def test_rubbish_is_a_failure_and_no_crash(rubbish: Any, extractor: pipeline.Extractor):
    text = "Вчера Зарафат и Тулпор показали книги."
    mine = with_engine(extractor, Scripted(lambda _: rubbish))
    assert mine.extract(text) == extractor.extract(text)
    assert mine.panel is not None
    assert mine.panel.lost == {("scripted", "failed"): 1}


@given(
    st.text(alphabet="Зараф «»\"'’\nThe. ,музейАB🙂-(5", max_size=80),
    st.lists(st.tuples(st.integers(-2, 90), st.integers(-2, 90)), max_size=8),
)
def test_whatever_engines_say_records_stay_whole(text: str, places: list[tuple[int, int]]):
    extractor = pipeline.load()
    mine = with_engine(extractor, Scripted(lambda _: [Vote(start, end, 1.0) for start, end in places]))
    plain = {
        (m.start, m.end)
        for i in extractor.extract(text).institutions
        for m in i.mentions
        if not m.implied and m.rule != "acronym"
    }
    record = mine.extract(text)
    taken: set[int] = set()
    for institution in record.institutions:
        for mention in institution.mentions:
            assert text[mention.start : mention.end] == mention.text
            if mention.rule.startswith("ner:"):
                assert not taken & set(range(mention.start, mention.end))
                taken |= set(range(mention.start, mention.end))
    assert all(not taken & set(range(*span)) for span in plain)


def test_load_takes_engines_and_names():
    engine = Scripted(["Зарафат"])
    assert pipeline.load(ner=[engine]).panel is not None
    assert pipeline.load(ner=[]).panel is None
    default = pipeline.load().panel
    assert default is not None
    assert [(engine.name, engine.languages) for engine, _ in default.engines] == [("hamkor", {"ru"})]
    every = pipeline.load(ner=["hamkor"]).panel
    assert every is not None
    assert [(engine.name, engine.languages) for engine, _ in every.engines] == [("hamkor", {"uz", "ru", "en"})]
    for wrong in ("spacy", ["stanza"]):
        with pytest.raises(pipeline.DataError, match="no NER engine"):
            pipeline.load(ner=wrong)


MENDABLE = "Вчера Библиотека Канадзава Умимираи открыла выставку."


@pytest.mark.parametrize(
    ("names", "vote", "text"),
    [
        ([(1, 3, "ru-capital-head")], (1, 4, 1.0), "Библиотека Канадзава Умимираи"),
        ([(1, 4, "ru-capital-head")], (1, 3, 1.0), "Библиотека Канадзава"),
        ([(1, 2, "ru-one"), (3, 4, "ru-two")], (1, 4, 1.0), "Библиотека Канадзава Умимираи"),
        ([(1, 3, "gazetteer-context")], (1, 4, 1.0), "Библиотека Канадзава Умимираи"),
        ([(1, 3, "ru-capital-head")], (1, 4, 0.1), None),
        ([(1, 4, "ru-capital-head")], (1, 4, 1.0), None),
        ([(1, 3, "gazetteer-name")], (1, 4, 1.0), None),
        ([(1, 3, "gazetteer-acronym")], (1, 4, 1.0), None),
        ([(1, 2, "ru-one"), (3, 4, "gazetteer-name")], (1, 4, 1.0), None),
        ([(1, 3, "ner:other")], (1, 4, 1.0), None),
        ([], (1, 4, 1.0), None),
        ([(1, 3, "ru-capital-head")], (2, 6, 1.0), "Канадзава Умимираи открыла выставку"),
        ([(1, 3, "ru-capital-head")], (0, 200, 1.0), None),
    ],
)
def test_votes_mend_the_bounds_of_what_a_rule_found(
    names: list[tuple[int, int, str]], vote: tuple[int, int, float], text: str | None
):
    document = prepare(MENDABLE)
    old = [Name(first, last, rule, kind="library", country="JP") for first, last, rule in names]
    changed = mended(document, *vote, engine="mine", names=old)
    if text is None:
        assert changed is None
        return
    assert changed is not None
    replaced, new = changed
    assert replaced == old
    assert document.tokens.slice(new.first, new.last) == text
    assert new.rule == "ner:mine"
    assert new.kind == "library"


def test_an_implied_name_is_never_mended():
    document = prepare(MENDABLE)
    names = [Name(1, 3, "ru-list", implied=True)]
    assert mended(document, 1, 4, 1.0, engine="mine", names=names) is None


@pytest.mark.parametrize(
    ("name", "vote", "sure"),
    [
        (Name(1, 3, "ru-adjective-head", sure=False, kind="library"), (1, 3, 0.9), True),
        (Name(1, 3, "ru-adjective-head", sure=False, kind="library"), (1, 3, 0.8), False),
        (Name(1, 3, "ru-adjective-head", sure=False, kind="library"), (1, 4, 1.0), False),
        (Name(1, 3, "ru-adjective-head", sure=True, kind="library"), (1, 3, 1.0), False),
        (Name(1, 3, "ru-list", sure=False, implied=True), (1, 3, 1.0), False),
        (Name(1, 2, "ru-adjective-head", sure=False), (1, 2, 1.0), False),
    ],
)
def test_a_vote_makes_sure_what_a_rule_was_not_sure_of(name: Name, vote: tuple[int, int, float], sure: bool):
    changed = confirmed(prepare(MENDABLE), *vote, names=[name])
    assert (changed is not None) is sure
    if changed is not None:
        assert changed == ([name], replace(name, sure=True))


@dataclass
class Reading:
    """An engine that reads tokens: votes on every run of these words."""

    says: str
    score: float = 1.0
    name: str = "reading"
    languages: frozenset[str] = frozenset({"uz", "ru", "en"})
    asked: list[str] = field(default_factory=list)

    def read(self, document: Document, names: Any, places: Any, sentences: Any) -> list[tuple[int, int, float]]:
        self.asked += [document.tokens.slice(first, last) for first, last in sentences]
        wanted = prepare(self.says).tokens.fold
        folds = document.tokens.fold
        return [
            (at, at + len(wanted), self.score)
            for first, last in sentences
            for at in range(first, last - len(wanted) + 1)
            if folds[at : at + len(wanted)] == wanted
        ]


def test_an_engine_that_reads_tokens_adds_names(extractor: pipeline.Extractor):
    engine = Reading("Зарафат Тулпор")
    mine = pipeline.Extractor(extractor.places, extractor.authorities, Panel([engine]))
    text = "Снег растаял к вечеру. Вчера Зарафат Тулпор показал новые книги."
    (institution,) = mine.extract(text).institutions
    assert [(mention.text, mention.rule) for mention in institution.mentions] == [("Зарафат Тулпор", "ner:reading")]
    assert engine.asked == ["Вчера Зарафат Тулпор показал новые книги."], "the gate shuts out what names nothing"


@pytest.mark.parametrize(
    ("text", "says", "score", "added"),
    [
        ("Вчера Зарафат показал новые книги.", "Зарафат", 0.71, ["Зарафат"]),
        ("Вчера Зарафат показал новые книги.", "Зарафат", 0.69, []),
        # it has seen what words are of the trade
        ("Гости пришли в Новую Библиотеку Ташкента.", "Новую Библиотеку Ташкента", 0.71, ["Новую Библиотеку Ташкента"]),
        # small letters: a higher threshold, and a head noun
        ("вчера зарафат музей открылся.", "зарафат музей", 0.85, ["зарафат музей"]),
        ("вчера зарафат музей открылся.", "зарафат музей", 0.7, []),
        ("вчера зарафат открылся.", "зарафат", 0.95, []),
        # a country and a law are no institutions
        ("Вчера с Китайской Народной Республикой говорили.", "Китайской Народной Республикой", 0.99, []),
        ("Вчера говорили с Самаркандом.", "Самаркандом", 0.99, []),
        ("Guests from Tashkent Region came.", "Tashkent Region", 0.99, []),
        ("Вчера с «Самаркандом» говорили.", "Самаркандом", 0.99, ["Самаркандом"]),
        ("Принят Закон Республики Узбекистан № 5.", "Закон Республики Узбекистан", 0.99, []),
        ("Kecha Qonunga muvofiq soʻradi.", "Qonunga muvofiq", 0.99, []),
    ],
)
def test_an_engine_that_saw_what_the_rules_found_has_thresholds_of_its_own(
    text: str, says: str, score: float, added: list[str], extractor: pipeline.Extractor
):
    document = prepare(text)
    places = extractor.places.all(document.tokens)
    names = Panel([Reading(says, score)]).add(document, [], places)
    assert [document.tokens.slice(name.first, name.last) for name in names] == added


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("К вечеру снег растаял, и дети пошли гулять.", False),
        ("By evening the snow was gone in Tashkent.", False),
        ("Kechqurun qor erib ketdi.", False),
        ("Вчера Тулпор провёл конкурс.", True),
        ("KLMN helped.", True),
        ("Они открыли «тулпор» весной.", True),
        ("They met in the library.", False),
        ("they met in the library.", True),
        ("They met in the Library.", True),
        ("вчера открылась библиотека.", True),
        ("UNESCO.", False),
    ],
)
def test_the_gate(text: str, wanted: bool, extractor: pipeline.Extractor):
    document = prepare(text)
    places = extractor.places.all(document.tokens)
    names = find_names(document, extractor.authorities, places)
    assert bool(open_sentences(document, names, places)) is wanted


def test_the_gate_loses_little(extractor: pipeline.Extractor):
    """Of the names in the training sentences that rules and gazetteer miss, nearly all stand in sentences that the gate lets through."""
    lost = missed = 0
    for sentence in read_corpus(Path(__file__).parents[2] / "corpus").sentences[::7]:
        document = prepare(sentence.text)
        places = extractor.places.all(document.tokens)
        names = find_names(document, extractor.authorities, places)
        found = {document.source_span(name.first, name.last) for name in names}
        if all((name.start, name.end) in found or name.optional for name in sentence.names):
            continue
        missed += 1
        lost += not open_sentences(document, names, places)
    assert missed > 20
    assert lost <= 0.15 * missed, f"{lost} of {missed}"
