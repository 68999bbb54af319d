"""The whole way of an article: true offsets for any text, the same records in many threads, no network, nothing written."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.corpus.corpus import SPLITS
from pipeline.evaluation import read_gold
from pipeline.extraction import Part
from pipeline.ner.engine import Vote
from pipeline.reading import find_sources, read_source
from pipeline.reading.article import Article
from pipeline.records import Record

HOME = Path(__file__).resolve().parent.parent
ARTICLES = [read_source(source) for source in find_sources([HOME / "corpus" / "articles"])]  # type: ignore[arg-type]


def _sampled(folder: Path) -> list[Path]:
    """Return up to 94 articles of each language, always the same: all of `train` would take two minutes."""
    draw = Random(5)
    by_language = [sorted(folder.glob(f"{prefix}-*.gold")) for prefix in ("uzl", "uzc", "rus", "eng")]
    return [file for files in by_language for file in sorted(draw.sample(files, min(94, len(files))))]


GOLD = [read_gold(file) for split in SPLITS for file in _sampled(HOME / "corpus" / split)]


@pytest.fixture(scope="module")
def extractor() -> pipeline.Extractor:
    """The default, with hamkor's own model on Russian."""
    return pipeline.load()


# Pieces of articles in every language and script, and of what damages texts: any order of them is a text.
PIECES = [
    "Ўзбекистон Миллий кутубхонаси", "Алишер Навоий номидаги ", "O‘zbekiston davlat san’at muzeyi", "Санъат музейига ", "Российская государственная библиотека",
    "«Национальной комиссией по делам ЮНЕСКО»", "the British Library", "UNESCO (ICOM)", "Термиз музейи", "музеями Китая, Ирана и Кореи",
    "2014 йил 16–22 сентябрь", "2009-yildan", "в 2019 году", "1941-1945 гг.", "XIX–XX вв.", "August 28", "the 1990s", "2014/15", "..", "XIX asr",
    "2 800 нусха", "свыше 300 тыс. экземпляров", "14,000 exhibits", "ўн икки минг китоб", "100–120 экз.", "7,5 млн", "57 та",
    "ҳамкорлик шартномаси имзоланди", "меморандум", "memorandum of understanding", "подписали соглашение о сотрудничестве", "oʻrtasida", " билан ", " и ", " va ", " and ",
    " ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u00ad", "-\n", "(", ")", ",", ". ", "«", "»", "“", "”", "'", "ʻ", "—", "\f", "\u200b", "\ufeff", "№ 5", "&", "<i>",
    "Ð£Ð·Ð±ÐµÐºÐ¸ÑÑ\x82Ð°Ð½", "Џ", "к у т у б х о н а", "и\u0306", "ﬁ", "\x00", "\ud800", "𝔐", "書籍", "مكتبة", "A" * 50, "9" * 40, "🏛",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60).map("".join)
BOUNDED = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def spans(record: Record) -> Iterator[Any]:
    """Every span of a record that says its own text."""
    for institution in record.institutions:
        yield from institution.mentions
    yield from record.dates
    yield from record.copy_counts
    for agreement in record.agreements:
        yield agreement.trigger


def check(record: Record, text: str) -> None:
    """What holds of every record of every text."""
    for span in spans(record):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert span.text == span.text.strip()
    segments = record.document.segments
    assert [segment.start for segment in segments] == [0, *[segment.end for segment in segments]][: len(segments)]
    assert not segments or segments[-1].end == len(text) == record.document.characters
    known = {institution.id for institution in record.institutions}
    assert len(known) == len(record.institutions)
    assert all(institution.mentions for institution in record.institutions)
    for group in (record.dates, record.copy_counts, record.agreements):
        assert len({finding.id for finding in group}) == len(group)
    for count in record.copy_counts:
        assert count.number_max is None or count.number_max > count.number >= 0
        assert {party for party in (*count.from_, *count.to, *count.by) if not party.startswith("country:")} <= known
    for agreement in record.agreements:
        assert len(set(agreement.parties)) == len(agreement.parties) >= 2
        assert {party for party in agreement.parties if not party.startswith("country:")} <= known
        assert all(0 <= start < end <= len(text) for start, end in agreement.evidence)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.source.rpartition("/")[2])
def test_articles_of_the_corpus(article: Article, extractor: pipeline.Extractor):
    record = extractor.extract_article(article)
    check(record, article.text)
    assert record.dates
    assert record.document.sha256 == article.sha256
    assert Record.model_validate_json(record.to_json()) == record


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_texts_of_the_gold(gold: Any, extractor: pipeline.Extractor):
    check(extractor.extract(gold.text), gold.text)


@BOUNDED
@given(text=TEXTS)
def test_any_text(text: str, extractor: pipeline.Extractor):
    record = extractor.extract(text)
    check(record, text)
    assert extractor.extract(text) == record


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n" * 1000, "\x00", "\ud800", "(" * 2000, "«" * 2000, "2014 " * 2000, "1-" * 2000, "музей " * 2000, "и " * 2000, "a" * 20_000, "Ў" * 20_000, "XIX–" * 1000],
    ids=lambda text: f"{text[:5]!r}*{len(text)}",
)  # fmt: skip
def test_hostile_texts(text: str, extractor: pipeline.Extractor):
    check(extractor.extract(text), text)


def test_many_threads_give_the_same_records(extractor: pipeline.Extractor):
    expected = [extractor.extract_article(article).to_json() for article in ARTICLES]
    fresh = pipeline.load()  # its caches are empty, so the threads fill them together
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert [record.to_json() for record in pool.map(fresh.extract_article, ARTICLES)] == expected


def test_an_article_does_not_change_the_next(extractor: pipeline.Extractor):
    forth = {article.id: extractor.extract_article(article).to_json() for article in ARTICLES}
    back = {article.id: pipeline.load().extract_article(article).to_json() for article in ARTICLES[-3:]}
    assert all(forth[name] == record for name, record in back.items())


def test_no_network_and_nothing_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.chdir(tmp_path)
    written: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event == "open" and arguments[1] is not None and set(arguments[1]) & set("wax+"):
            written.append(str(arguments[0]))

    watching = True
    sys.addaudithook(watch)
    try:
        record = pipeline.load().extract("В 2014 году Российская государственная библиотека передала музею 12 книг.")
    finally:
        watching = False
    assert record.dates
    assert written == []
    assert list(tmp_path.iterdir()) == []


def run(code: str) -> Any:
    """Run Python in a process of its own, return what it prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(done.stdout)


def test_importing_costs_nothing():
    loaded = run(
        "import sys; before = set(sys.modules); import pipeline, json; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    assert not [name for name in loaded if name.startswith("pipeline.")]
    assert not {"pydantic", "rich", "typer", "spacy", "torch", "stanza"} & set(loaded)


def test_extracting_loads_no_model_and_no_reader_of_a_format():
    loaded = run(
        "import sys, json, pipeline; pipeline.load().extract('The museum in 2014.'); print(json.dumps(sorted(sys.modules)))"
    )
    assert not {"torch", "stanza", "spacy", "trafilatura", "lxml", "pypdfium2", "requests"} & set(loaded)


class TestOwnGazetteer:
    HEADER = (
        Path(HOME / "gazetteers" / "institutions" / "international.csv").read_text(encoding="utf-8").splitlines()[0]
    )

    def test_its_institutions_are_known(self, tmp_path: Path, extractor: pipeline.Extractor):
        text = "In 2020 Zarafat received 12 books."
        assert not extractor.extract(text).institutions
        columns = self.HEADER.split(",")
        cells = {"key": "zarafat", "kind": "museum", "country": "UZ", "en": "Zarafat", "name_en": "Zarafat"}
        own = tmp_path / "own.csv"
        own.write_text(f"{self.HEADER}\n{','.join(cells.get(column, '') for column in columns)}\n", encoding="utf-8")
        (found,) = pipeline.load(gazetteer_files=[own]).extract(text).institutions
        assert (found.authority, found.kind, found.country) == ("zarafat", "museum", "UZ")

    def test_an_unusable_one_says_what_is_wrong(self, tmp_path: Path):
        own = tmp_path / "own.csv"
        own.write_text("a,b\n1,2\n", encoding="utf-8")
        with pytest.raises(pipeline.DataError, match=r"own\.csv"):
            pipeline.load(gazetteer_files=[own])


@pytest.mark.parametrize(
    ("part", "authority", "dates"),
    [
        (None, "nl-uz", ["2014-05-16", "2014-05-18"]),
        ("ner", "nl-uz", ["2014-05-16", "2014-05-18"]),
        ("gazetteer", None, ["2014-05-16", "2014-05-18"]),
        ("context", "nl-uz", ["2014-05-16", "XXXX-05-18"]),
    ],
)
def test_a_part_that_is_taken_out(
    part: Part | None, authority: str | None, dates: list[str], extractor: pipeline.Extractor
):
    text = "Oʻzbekiston Milliy kutubxonasi 2014-yil 16-mayda ochildi. 18-mayda mehmonlar keldi."
    record = (extractor if part is None else extractor.without(part)).extract(text)
    assert [institution.authority for institution in record.institutions] == [authority]
    assert [date.edtf for date in record.dates] == dates


def test_engines_that_are_taken_out(extractor: pipeline.Extractor):
    class Engine:
        name = "told"
        languages = frozenset({"en"})

        def find(self, text: str, language: str) -> list[Vote]:
            start = text.find("Zorvik")
            return [Vote(start, start + len("Zorvik"), 1.0)] if start >= 0 else []

    asked = pipeline.load(ner=[Engine()])
    text = "The delegation of Zorvik visited the city of Tashkent in May."
    rules = [[mention.rule for institution in each.extract(text).institutions for mention in institution.mentions]
             for each in (asked, asked.without("context"), asked.without("ner"))]  # fmt: skip
    assert rules == [["ner:told"], ["ner:told"], []]


@pytest.mark.parametrize(
    "text",
    [
        "In 2014 they sent 5 copies",  # the count ends the text
        "Do colleagues abroad help you?\n\n— They do. The Gorky Institute of World Literature in Moscow asked us for copies of Borodin's wartime notebooks, and we sent seventeen manuscripts in scanned form; they, in return, presented fifty books of their own editions. With the State Museum of Leo Tolstoy we signed an agreement on cooperation in 2017; it was renewed in Mayашҳур созгар Усмон Зуфаров авлодлари 2021 йил 19 июнь куни Тошкент мусиқа чолғулари музейига отадан қолган 27 та экспонатни топширди. Улар орасида 1920–1930-й",
        "азара 1950-х годов. газета ургут тонги написала про нас на первой полосе\n\nИз музея литературы им.Навои звонили просят обратно 3 рукописи, отдадим 5 мая 2021. всего у нас по книге поступлений 5230 ед.хр. ,это без подсобного фонда. план посещений 8000чел., на сегодня 2114\n\nкасса открыта с10 до17 выходной понидельник\n зав.музеем Ф.Эргашев moved to the\nLibrary of Balkh University, which took in\nabout ",
        "1-12; faks 2005-16. E-pochta: qoidalar@example.uz. Shakl № 1-K, 3 varaqda, 2-ilova.Абая (18 240 экз.);\nII место — Карабулакская сельская библиотека-филиал № 6 и Библиотека Дворца культуры горняков г. Кентау;\nIII место — Модельная библиотека «Мактаарал».\n\nСпециальный приз Общественного фонда «Алтын сандық» — 250 книг — достался Железнодорожной библиотеке станции",
        "THE PEOPLE WHO RUN THE LIBRARY ON THE GROUND FLOOR\n\nPresent: 22 residents, the librarian, the plumber. Duration: 2 hours 35 minutes.\n\nItem 1. Noise. Flat 9 coқамлаштирилган. Корея киноархиви Сеулдаги лабораториясида 40 та фильмни рақамлаштириб берди, ўзимизда эса 115 та фильмга ишлов берилди.\n\nТузилган ҳужжатлар (қавсларда имзолаш санаси):\n— Корея киноархиви билан келишув (09.04.2021);\n— Россия Давлат фильмофонди билан лицензия шартномаси ",  # a line of a list has no trigger of its own
        "The British Library sent 5 books to the museum in",  # the preposition ends the text
        "qo‘lida 26 qo‘lyozma yangi hayot topdi. Bu haqda «Buxo-\nronoma» gazetasi ham yozgan.\n\n   J a m g‘ a r m a. Bugun muzey-qo‘riqxona zaxirasida 136 mingga\nMUZEY VA ZAMON                                              43\nyaqin ",  # so does the bound
        "подписали соглашение о сотрудничестве-\n",  # so does a hyphen behind the agreement
        "Hurmatli hamkasblar!\n\nSiz va jamoangizga rahmat: hamkorlik bitimi 2019-yil 5-mayda imzolandi.",  # two pronouns open the sentence
    ],
)
def test_texts_that_stopped_it_once(text: str, extractor: pipeline.Extractor):
    for count in extractor.extract(text).copy_counts:
        assert text[count.start : count.end] == count.text


def test_any_piece_of_an_article_can_be_read(extractor: pipeline.Extractor):
    rest = Random(7)
    texts = [gold.text for gold in GOLD]
    for _ in range(300):
        pieces = []
        for _ in range(rest.choice((1, 1, 2))):
            text = rest.choice(texts)
            start = rest.randrange(len(text))
            pieces.append(text[start : start + rest.randrange(1, 500)])
        piece = "".join(pieces)
        record = extractor.extract(piece)
        spans = [mention for institution in record.institutions for mention in institution.mentions]
        for span in (
            *spans,
            *record.dates,
            *record.copy_counts,
            *(agreement.trigger for agreement in record.agreements),
        ):
            assert piece[span.start : span.end] == span.text
