"""What `hamkor corpus check` finds, and what it leaves alone; what `hamkor corpus stats` counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.authority.gazetteer import gazetteer
from pipeline.cli import app
from pipeline.corpus import parse_sentence, problems, read_corpus, statistics
from pipeline.evaluation import GoldError

ROOT = Path(__file__).resolve().parents[2]
FILLER = " ".join(f"Sentence number {number} says nothing of note about week {number * 7}." for number in range(1, 20))


def article(body: str, *, institutions: str = "", agreements: str = "", filler: str = FILLER) -> str:
    return f"{body}\n\n{filler}\n---\ninstitutions:\n{institutions}agreements:\n{agreements}"


def passages(*bodies: str) -> str:
    """The text of a file of passages."""
    return "=====\n".join(article(body, filler="") for body in bodies)


def corpus(tmp_path: Path, **files: str) -> Path:
    """A corpus of files, each `split__name` (hyphens as single underscores) with its text."""
    for name, text in files.items():
        split, _, stem = name.partition("__")
        folder = tmp_path / split
        folder.mkdir(exist_ok=True)
        (folder / f"{stem.replace('_', '-')}.gold").write_text(text, encoding="utf-8")
    return tmp_path


LIBRARY = "  zarkent-library: {kind: library, country: UZ, en: Zarkent Library}\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<d v="2014">2014</d> saw the opening', None),
        ('<d v="2014">in 2014</d> it opened', "'in' stays outside"),
        ('<d v="2014-05">май ойида 2014</d>', None),
        ('2014 йил <d v="2014-05-03">3 май куни</d>', "'куни' stays outside"),
        ('<d v="2014-02-30">30 February 2014</d>', "'2014-02-30'"),
        ('<d v="2014">1995</d>', "the year 1995 is not in its value '2014'"),
        ('<d v="199X">the1990s</d>', None),
        ('in 2<d v="2014">014</d>', "a span is made of whole words"),
        ('<c n="12" unit="books" act="held">12 books</c>', None),
        ('<c n="21" unit="books" act="held">12 books</c>', "n is 21"),
        ('<c n="7500000" unit="books" act="held">7,5 млн книг</c>', None),
        ('<c n="1200000" unit="books" act="held">1 mln 200 ming kitob</c>', None),
        ('<c n="12" bound="min" unit="books" act="held">over 12 books</c>', "'over' stays outside"),
        ('<c n="12" unit="books" act="held" to="country:UZ">12 books</c>', "only what is transferred"),
        (
            '<c n="12" unit="books" act="transferred" from="country:UZ" to="country:UZ">12 books</c>',
            "from and to are both",
        ),
        ('the <a id="t1" opt="1">memorandum</a>', None),
        ('the <a id="t1">memorandum</a>', "no agreement has the trigger t1"),
    ],
)
def test_one_article(tmp_path: Path, body: str, told: str | None):
    found = problems(read_corpus(corpus(tmp_path, dev__eng_01_news=article(body))))
    assert (found == []) if told is None else (len(found) == 1 and told in found[0] and "eng-01-news" in found[0])


@pytest.mark.parametrize(
    ("body", "institutions", "agreements", "told"),
    [
        ('the <i id="zarkent-library">Zarkent Library</i>', LIBRARY, "", None),
        ('<i id="zarkent-library">the Zarkent Library</i>', LIBRARY, "", "'the' stays outside"),
        ("no library here", LIBRARY, "", "named nowhere"),
        ('at <i id="x">Zarkent Library</i>', "  x: {kind: library, country: UZ}\n", "", "no English name"),
        (
            'the <i id="ermitaj">Hermitage</i>',
            "  ermitaj: {kind: museum, country: RU, en: State Hermitage Museum}\n",
            "",
            "is hermitage in the gazetteer; use that key",
        ),
        (
            'the <i id="hermitage">Hermitage</i>',
            "  hermitage: {kind: museum, country: UZ, en: State Hermitage Museum}\n",
            "",
            "museum, UZ; in the gazetteer it is museum, RU",
        ),
        (
            'the <i id="zarkent-library">Zarkent Library</i> plans a <a id="t1">treaty</a>',
            LIBRARY,
            "  - {kind: treaty, status: planned, signed: 2014, parties: [zarkent-library, country:UZ], trigger: t1}\n",
            "planned and has a date of signing",
        ),
        (
            'the <i id="zarkent-library">Zarkent Library</i> has a <a id="t1">treaty</a>',
            LIBRARY,
            "  - {kind: treaty, status: signed, signed: 2014-13, parties: [zarkent-library, country:UZ], trigger: t1}\n",
            "signed: '2014-13'",
        ),
    ],
)
def test_institutions_and_agreements(tmp_path: Path, body: str, institutions: str, agreements: str, told: str | None):
    text = article(body, institutions=institutions, agreements=agreements)
    found = problems(read_corpus(corpus(tmp_path, dev__eng_01_news=text)))
    assert (found == []) if told is None else (len(found) == 1 and told in found[0])


def test_the_name_and_the_length_of_a_file(tmp_path: Path):
    files = corpus(tmp_path, dev__news=article("Nothing."), dev__eng_01_trap=article("Short.", filler=""))
    assert [line.split(":")[0] for line in problems(read_corpus(files))] == ["eng-01-trap", "news"]


def test_one_slug_for_one_institution(tmp_path: Path):
    one = article('the <i id="zarkent-library">Zarkent Library</i>', institutions=LIBRARY)
    other = article(
        'the <i id="library-of-zarkent">Library</i> of <i id="zarkent-library" opt="1">Zarkent</i>',
        institutions="  library-of-zarkent: {kind: library, country: UZ, en: The Library of Zarkent}\n  zarkent-library: {kind: museum, country: UZ, en: Zarkent Library}\n",
        filler=FILLER.replace("says", "told"),
    )
    found = problems(read_corpus(corpus(tmp_path, dev__eng_01_news=one, dev__eng_02_news=other)))
    assert found == ["eng-02-news: zarkent-library: museum, UZ; in eng-01-news it is library, UZ"]


def test_an_apostrophe_tells_two_names_apart(tmp_path: Path):
    files = {
        f"dev__eng_0{number}_news": article(
            f'“<i id="{slug}">{name}</i>”',
            institutions=f"  {slug}: {{kind: publisher, country: UZ, en: {name} Press}}\n",
            filler=FILLER.replace("says", verb),
        )
        for number, slug, name, verb in ((1, "gulom", "Gʻulom", "says"), (2, "oltin-qalam", "Oltin-oʻlka", "told"))
    }
    assert problems(read_corpus(corpus(tmp_path, **files))) == []
    again = (
        files["dev__eng_01_news"]
        .replace("gulom", "g")
        .replace("Gʻulom Press", "The G‘ulom Press")
        .replace("week", "day")
    )
    found = problems(read_corpus(corpus(tmp_path, **files, dev__eng_03_news=again.replace("note", "weight"))))
    assert found == ["eng-03-news: g: eng-01-news calls 'The G‘ulom Press' gulom; one slug for one institution"]


def test_articles_of_two_splits_share_nothing(tmp_path: Path):
    same = "The director thanked everybody who had carried the crates up the stairs."
    files = corpus(
        tmp_path,
        train__eng_01_news=article(same, filler=FILLER),
        test__eng_41_news=article(same, filler=FILLER.replace("says nothing of note about", "has little to tell on")),
    )
    (found,) = problems(read_corpus(files))
    assert "eng-41-news: a sentence of eng-01-news (train)" in found
    (tmp_path / "test" / "eng-41-news.gold").write_text(article("Quite another beginning."), encoding="utf-8")
    assert any("much the same as eng-01-news" in line for line in problems(read_corpus(tmp_path)))


NAMED = 'the <i id="{slug}">Zarkent Library</i>'


@pytest.mark.parametrize(
    ("body", "institutions", "told"),
    [
        ("Short, and it names nobody.", "", None),
        (NAMED.format(slug="zarkent-library"), LIBRARY, None),
        (NAMED.format(slug="x"), "  x: {kind: library, country: UZ, en: State Hermitage Museum}\n", None),
        ('<d v="2014">in 2014</d> it opened', "", "'in' stays outside"),
        ('<d v="2014-13">2014</d> saw it', "", "'2014-13'"),
        ('<d v="2014">1995</d> saw it', "", "the year 1995 is not in its value '2014'"),
        ('<c n="21" unit="books" act="held">12 books</c>', "", "n is 21"),
        ("no library here", LIBRARY, "named nowhere"),
        ('the <a id="t1">memorandum</a>', "", "no agreement has the trigger t1"),
        (NAMED.format(slug="x"), "  x: {kind: library, country: UZ}\n", "no English name"),
        (
            'the <i id="hermitage">Hermitage</i>',
            "  hermitage: {kind: museum, country: UZ, en: State Hermitage Museum}\n",
            "museum, UZ; in the gazetteer it is museum, RU",
        ),
        (
            NAMED.format(slug="zarkent-library") + ' and <i id="zarkent">it</i>',
            LIBRARY + "  zarkent: {kind: library, country: UZ, en: The Zarkent Library}\n",
            "zarkent-library too; one slug for one institution",
        ),
    ],
)
def test_one_passage(tmp_path: Path, body: str, institutions: str, told: str | None):
    text = passages("Another one.") + "=====\n" + article(body, institutions=institutions, filler="")
    found = problems(read_corpus(corpus(tmp_path, passages__eng_01=text)))
    assert (found == []) if told is None else (len(found) == 1 and told in found[0] and "eng-01/2" in found[0])


def test_passages_may_give_a_slug_to_different_institutions(tmp_path: Path):
    one = article(NAMED.format(slug="zl"), institutions="  zl: {kind: library, country: UZ, en: Zarkent Library}\n")
    other = one.replace("kind: library", "kind: museum").replace(FILLER, "")
    files = corpus(tmp_path, dev__eng_01_news=one, passages__eng_01=f"{other}=====\n{other.replace('the', 'a')}")
    assert problems(read_corpus(files)) == []


def test_a_file_of_passages_is_named_by_its_language(tmp_path: Path):
    files = corpus(tmp_path, passages__english=passages("One."), passages__eng_01_news=passages("Two."))
    assert [line.split(":")[0] for line in problems(read_corpus(files))] == ["eng-01-news/1", "english/1"]


def test_a_passage_that_cannot_be_read_is_told_with_its_line(tmp_path: Path):
    files = corpus(tmp_path, passages__eng_01=passages("One.", "Two in <d>2014</d>.", "Three."))
    read = read_corpus(files)
    assert [(document.split, document.file, document.gold.id) for document in read.documents] == [
        ("passages", "eng-01", "eng-01/1"),
        ("passages", "eng-01", "eng-01/3"),
    ]
    (found,) = problems(read)
    assert found.startswith("eng-01.gold, line 8: passage 2: '2014': a date needs its value")


@pytest.mark.parametrize("split", ["dev", "test", "train"])
def test_passages_repeat_nothing_of_the_articles(tmp_path: Path, split: str):
    same = "The director thanked everybody who had carried the crates up the stairs."
    files = corpus(
        tmp_path,
        **{f"{split}__eng_41_news": article(same)},
        passages__eng_01=passages(
            "Nobody came that day, and the gate stayed shut.", f"{same} It was late, and the lamps burnt."
        ),
    )
    (found,) = problems(read_corpus(files))
    assert found.startswith(f"eng-01/2: a sentence of eng-41-news ({split}): 'The director thanked")


def test_passages_repeat_no_passage(tmp_path: Path):
    same = "The director thanked everybody who had carried the crates up the stairs."
    files = corpus(tmp_path, passages__eng_01=passages(same), passages__eng_02=passages(f"Quite. {same}"))
    assert problems(read_corpus(files)) == ["eng-02/1: much the same as eng-01/1"]


def test_training_sentences_may_be_like_passages(tmp_path: Path):
    """They are both for training: only what is held out must be kept apart from them."""
    text = article(NAMED.format(slug="zarkent-library") + " opened today.", institutions=LIBRARY, filler="")
    line = 'The <i kind="museum">Zarkent Museum</i> opened today.\n'
    assert problems(read_corpus(corpus(tmp_path, passages__eng_01=text, sentences__eng_01=line))) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('The <i kind="museum">Zarkent Museum</i> opened.', None),
        ("Nobody came to the museum.", None),
        ('The <i kind="muesum">Zarkent Museum</i> opened.', "kind is 'muesum'"),
        ('The <i id="x">Zarkent Museum</i> opened.', "no attribute id"),
        ('The <i kind="museum">Zarkent Museum opened.', "never closed"),
        ('<i kind="museum">The Zarkent Museum</i> opened.', None),  # a capital may belong to the name
        ('<i kind="museum">the Zarkent Museum</i> opened.', "'the' stays outside"),
        ('Zar<i kind="museum">kent Museum</i> opened.', "whole words"),
        ("***", "no words"),
    ],
)
def test_sentences(tmp_path: Path, line: str, told: str | None):
    found = problems(read_corpus(corpus(tmp_path, sentences__eng_01=line + "\n")))
    assert (
        (found == []) if told is None else (len(found) == 1 and told in found[0] and "eng-01.gold, line 1" in found[0])
    )


def test_sentences_that_differ_by_names_only(tmp_path: Path):
    lines = 'The <i kind="museum">Zarkent Museum</i> opened today.\nThe <i kind="library">«Bilim» Library</i> opened — today!\n'
    held_out = article('The <i id="zarkent-library">Zarkent Library</i> opened today.', institutions=LIBRARY)
    files = corpus(tmp_path, sentences__eng_01=lines, dev__eng_01_news=held_out)
    assert [line.split(": ")[1] for line in problems(read_corpus(files))] == [
        "differs from eng-01-news by names only",
        "differs from eng-01-news by names only",
    ]


@given(st.text(max_size=60))
def test_a_line_is_a_sentence_or_an_error(line: str):
    try:
        sentence = parse_sentence(line)
    except GoldError as error:
        assert error.line == 1
    else:
        assert all(sentence.text[name.start : name.end].strip() for name in sentence.names)


def test_statistics(tmp_path: Path):
    text = article(
        'the <i id="hermitage">Hermitage</i> and the <i id="zarkent-library">Zarkent Library</i>, <d v="2014">2014</d>, <d v="2015" opt="1">then</d>',
        institutions=LIBRARY + "  hermitage: {kind: museum, country: RU, en: State Hermitage Museum}\n",
    )
    lines = 'The <i kind="museum">Zarkent Museum</i> opened.\nNobody came.\n'
    files = corpus(tmp_path, dev__eng_01_news=text, sentences__uzl_01=lines)
    figures = statistics(read_corpus(files), gazetteer())
    cells = figures.articles["dev", "eng"]
    assert {name: cells[name] for name in ("articles", "mentions", "known", "by gazetteer", "dates")} == {
        "articles": 1,
        "mentions": 2,
        "known": 1,
        "by gazetteer": 1,
        "dates": 1,
    }
    assert figures.articles["dev", "all"] == cells
    assert figures.genres == {"news": {"dev": 1}}
    assert figures.sentences["uzl"] == {
        "sentences": 2,
        "without a name": 1,
        "names": 1,
        "different names": 1,
        "with the other script": 2,
    }


def test_statistics_of_passages_stand_apart(tmp_path: Path):
    one = '<c n="12" unit="books" act="held">12 books</c>, <d v="2014">2014</d>'
    files = corpus(
        tmp_path,
        dev__eng_01_news=article("Nothing."),
        passages__uzl_01=passages(one, one),
        passages__rus_01=passages(one),
    )
    figures = statistics(read_corpus(files), gazetteer())
    assert list(figures.articles) == [("dev", "eng"), ("dev", "all")]
    assert figures.genres == {"news": {"dev": 1}}
    names = ("passages", "dates", "copy counts", "agreements")
    assert {row: [cells[name] for name in names] for row, cells in figures.passages.items()} == {
        "uzl": [2, 2, 2, 0],
        "rus": [1, 1, 1, 0],
        "all": [3, 3, 3, 0],
    }


class TestCommands:
    def test_check_ends_with_1_where_something_is_wrong(self, tmp_path: Path):
        folder = corpus(tmp_path, dev__eng_01_news=article("Nothing wrong."))
        result = CliRunner().invoke(app, ["corpus", "check", str(folder)])
        assert (result.exit_code, result.stderr.strip().endswith("nothing wrong")) == (0, True)
        (folder / "dev" / "eng-02-news.gold").write_text("no lists", encoding="utf-8")
        result = CliRunner().invoke(app, ["corpus", "check", str(folder)])
        assert (result.exit_code, "eng-02-news.gold, line 1" in result.stdout) == (1, True)

    def test_no_corpus_is_wrong_use(self, tmp_path: Path):
        result = CliRunner().invoke(app, ["corpus", "stats", str(tmp_path)])
        assert (result.exit_code, "no corpus" in result.stderr) == (2, True)

    def test_stats_prints_passages_in_a_table_of_their_own(self, tmp_path: Path):
        folder = corpus(tmp_path, passages__eng_01=passages("One.", "Two."))
        result = CliRunner().invoke(app, ["corpus", "stats", str(folder)])
        assert result.exit_code == 0
        assert [line.split()[:2] for line in result.stdout.splitlines() if line] == [
            ["passages", "passages"],
            ["eng", "2"],
            ["all", "2"],
        ]

    def test_stats_prints_a_row_a_language(self, tmp_path: Path):
        folder = corpus(tmp_path, dev__eng_01_news=article("Nothing."))
        result = CliRunner().invoke(app, ["corpus", "stats", str(folder)])
        assert result.exit_code == 0
        assert [line.split()[:3] for line in result.stdout.splitlines()[1:3]] == [
            ["dev", "eng", "1"],
            ["dev", "all", "1"],
        ]


class TestOurs:
    """The corpus that comes with hamkor."""

    def test_nothing_is_wrong_with_it(self):
        assert problems(read_corpus(ROOT / "corpus")) == []

    def test_it_holds_what_it_should(self):
        figures = statistics(read_corpus(ROOT / "corpus"), gazetteer())
        articles = {
            split: {prefix: figures.articles[split, prefix]["articles"] for prefix in ("uzl", "uzc", "rus", "eng")}
            for split in ("train", "dev", "test")
        }
        assert articles == {
            "train": {"uzl": 327, "uzc": 312, "rus": 535, "eng": 621},
            "dev": {"uzl": 10, "uzc": 10, "rus": 10, "eng": 10},
            "test": {"uzl": 10, "uzc": 10, "rus": 10, "eng": 10},
        }
        assert {row: cells["passages"] for row, cells in figures.passages.items()} == {
            "uzl": 244,
            "uzc": 209,
            "rus": 340,
            "eng": 209,
            "all": 1002,
        }
        assert all(
            figures.sentences[prefix]["with the other script"] >= 1500 for prefix in ("uzl", "uzc", "rus", "eng")
        )
        assert len(figures.genres) == 17
