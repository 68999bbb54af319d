"""hamkor's own model: exchanged names and noise keep their spans; a tiny model is trained from a few sentences, loaded and asked; the card."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import pipeline
from pipeline.authority.gazetteer import gazetteer
from pipeline.cli import app
from pipeline.corpus.sentences import parse_sentence
from pipeline.evaluation.origin import PREFIXES
from pipeline.finders.institutions import find_names
from pipeline.ner.clues import clues
from pipeline.ner.exchange import Exchange, held_out
from pipeline.ner.noise import noisy
from pipeline.ner.votes import Panel
from pipeline.text.document import prepare

TAGGED = {
    "uzl": [
        'Kecha <i kind="library">Samarqand viloyat kutubxonasiga</i> 40 ta kitob berildi.',
        'Yozda <i kind="museum">Nurli Bogʻ muzeyi</i>ning eshigi ochildi.',
        "Bolalar choy ichib, uzoq suhbatlashdi.",
    ],
    "uzc": [
        'Кеча <i kind="library">Самарқанд вилоят кутубхонасидан</i> икки меҳмон келди.',
        'Кўргазмани <i kind="museum">Нурли Боғ музейи</i> очди.',
        "Қор эрта тонгда эриди.",
    ],
    "rus": [
        'Вчера в <i kind="museum">Музее истории города</i> открылась выставка.',
        'Книги передали <i kind="library">Областной детской библиотеке</i>.',
        "К вечеру снег растаял.",
    ],
    "eng": [
        'On Friday the <i kind="museum">Willow Lane Museum</i> showed its coins.',
        'The <i kind="library">Harbour Street Library</i>\'s roof was mended.',
        "By evening the snow was gone.",
    ],
}
SENTENCES = [
    (prefix, parse_sentence(line, file=f"{prefix}-01.gold")) for prefix, lines in TAGGED.items() for line in lines
]


SMALL = {
    "corpora.train.copies": 1,
    "components.ner.model.tok2vec.embed.rows": [300] * 6,
    "components.ner.model.tok2vec.encode.depth": 1,
    "training.batcher.size": 200,
    "training.dropout": 0.1,
    "training.optimizer.use_averages": False,  # so few steps have no average worth the name
    "training.max_steps": 100,
}


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    return Exchange(gazetteer().authorities.values())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of a few sentences, many times over, and one article to measure on."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "sentences").mkdir()
    (folder / "dev").mkdir()
    for prefix, lines in TAGGED.items():
        (folder / "sentences" / f"{prefix}-01.gold").write_text("\n".join(lines * 12), encoding="utf-8")
    article = Path(__file__).parents[2] / "corpus" / "dev"
    for file in sorted(article.glob("*-trap.gold"))[:1]:
        (folder / "dev" / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def model(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("spacy")
    from pipeline.ner.training import train

    output = tmp_path_factory.mktemp("made") / "model"
    train(corpus, output, settings=SMALL, members=2)
    return output


@given(st.sampled_from(SENTENCES), st.integers(0, 10_000))
def test_noise_keeps_the_spans(sentence, seed):  # type: ignore[no-untyped-def]
    _, sentence = sentence
    changed = noisy(sentence, Random(seed))
    assert changed == noisy(sentence, Random(seed))
    assert len(changed.names) == len(sentence.names)
    for before, after in zip(sentence.names, changed.names, strict=True):
        was, now = sentence.text[before.start : before.end], changed.text[after.start : after.end]
        assert letters(now) == letters(was) or abs(len(now) - len(was)) <= 3
        assert now == now.strip() != ""
    outside = "".join(letters(piece) for piece in pieces(sentence))
    assert abs(len("".join(letters(piece) for piece in pieces(changed))) - len(outside)) <= 4


def letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def pieces(sentence) -> list[str]:  # type: ignore[no-untyped-def]
    """What stands before, between and after the names."""
    ends = [0, *(name.end for name in sentence.names)]
    starts = [*(name.start for name in sentence.names), len(sentence.text)]
    return [sentence.text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(st.sampled_from(SENTENCES), st.integers(0, 10_000))
def test_exchanged_names_stand_where_the_old_ones_stood(exchange, sentence, seed):  # type: ignore[no-untyped-def]
    prefix, sentence = sentence
    changed = exchange(sentence, *PREFIXES[prefix], Random(seed), share=1.0)
    assert changed == exchange(sentence, *PREFIXES[prefix], Random(seed), share=1.0)
    assert pieces(changed) == pieces(sentence)
    assert [name.kind for name in changed.names] == [name.kind for name in sentence.names]
    assert exchange(sentence, *PREFIXES[prefix], Random(seed), share=0.0) == sentence


@pytest.mark.parametrize(
    ("prefix", "line", "endings"),
    [
        ("uzl", '<i kind="library">Samarqand viloyat kutubxonasiga</i> bordik.', ("ga",)),
        ("uzc", '<i kind="library">Самарқанд вилоят кутубхонасидан</i> келди.', ("дан",)),
        ("uzc", '<i kind="library">Самарқанд вилоят кутубхонаси</i> очилди.', ("а", "и", "й", "т", "р", "к", "н", "С")),
        ("eng", '<i kind="museum">Willow Lane Museum\'s</i> coins', ("'s",)),
        ("rus", '<i kind="museum">Музея истории города</i>', ("",)),
    ],
)
def test_exchanged_names_are_in_the_case_of_the_old_ones(
    exchange: Exchange, prefix: str, line: str, endings: tuple[str, ...]
):
    sentence = parse_sentence(line)
    for seed in range(20):
        changed = exchange(sentence, *PREFIXES[prefix], Random(seed), share=1.0)
        name = changed.text[changed.names[0].start : changed.names[0].end]
        assert name != sentence.text[sentence.names[0].start : sentence.names[0].end]
        assert name.endswith(endings)
        if prefix == "rus":
            assert name.split()[0][-1] in "аяоегй" or name.split()[0].endswith(("ва", "ца")), name


def test_a_share_of_the_gazetteer_is_held_out(exchange: Exchange):
    keys = gazetteer().authorities
    assert 0.05 < sum(map(held_out, keys)) / len(keys) < 0.15
    out = {name for key, entry in keys.items() if held_out(key) for name in entry.names.values()}
    kept = {name for key, entry in keys.items() if not held_out(key) for name in entry.names.values()}
    sentence = parse_sentence('<i kind="library">Harbour Street Library</i>')
    names = {exchange(sentence, "en", "Latn", Random(seed), share=1.0).text for seed in range(500)}
    assert len(names) > 50
    assert not names & (out - kept)


def test_clues_are_the_same_in_both_scripts():
    read = []
    extractor = pipeline.load()
    for text in ("Самарқанд вилоят кутубхонасига китоб берилди.", "Samarqand viloyat kutubxonasiga kitob berildi."):
        document = prepare(text)
        places = extractor.places.all(document.tokens)
        (sentence,) = clues(document, find_names(document, extractor.authorities, places), places)
        read.append((sentence.words, sentence.symbols, sentence.rules))
        assert len(sentence.words) == len(sentence.symbols) == len(sentence.rules) == len(sentence.spaces) == 6
    assert read[0] == read[1]


def test_a_trained_model_is_loaded_and_finds_what_the_rules_miss(model: Path):
    extractor = pipeline.load(ner=[f"hamkor:{model}"])
    assert extractor.panel is not None
    (engine, _), *_ = extractor.panel.engines
    text = "On Friday the Willow Lane Museum showed its coins."
    document = prepare(text)
    places = extractor.places.all(document.tokens)
    votes = engine.read(document, [], places, document.tokens.sentences)  # type: ignore[union-attr]
    assert {document.tokens.slice(first, last) for first, last, _ in votes} == {"Willow Lane Museum"}
    assert all(0 < score <= 1 for _, _, score in votes)
    record = extractor.extract(text)
    assert record == extractor.extract(text)
    assert not extractor.panel.lost
    for institution in record.institutions:
        for mention in institution.mentions:
            assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("text", ["", " \n ", "…", "«»", "\u200b", "а" * 5000, "🙂" * 300, "\x00 \x1f", "Word " * 3000])
def test_any_text_is_read_by_the_model(model: Path, text: str):
    extractor = pipeline.load(ner=[f"hamkor:{model}"])
    extractor.extract(text)
    assert extractor.panel is not None
    assert not extractor.panel.lost


def test_a_model_that_fails_costs_its_votes_only():
    class Failing:
        name = "failing"
        languages = frozenset({"uz", "ru", "en"})

        def read(self, *_: object) -> list[tuple[int, int, float]]:
            raise RuntimeError("no")

    plain = pipeline.load()
    panel = Panel([Failing()])
    mine = pipeline.Extractor(plain.places, plain.authorities, panel)
    text = "The State Museum of Arts and the Willow Lane Circle opened in 1918."
    assert mine.extract(text) == plain.extract(text)
    assert panel.lost == {("failing", "failed"): 1}


def test_the_same_corpus_gives_the_same_model(corpus: Path, model: Path, tmp_path: Path):
    from pipeline.ner.training import train

    train(corpus, tmp_path / "again", settings=SMALL, members=1)
    assert (tmp_path / "again" / "1" / "ner" / "model").read_bytes() == (model / "1" / "ner" / "model").read_bytes()
    assert (model / "1" / "ner" / "model").read_bytes() != (model / "2" / "ner" / "model").read_bytes()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path, "hamkor train"),
        (lambda path: (path / "1").mkdir() or (path / "1" / "meta.json").write_text("{"), "hamkor train"),
    ],
)
def test_a_model_that_cannot_be_loaded_says_what_to_do(make, told: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    make(tmp_path)
    with pytest.raises(pipeline.DataError, match=told):
        pipeline.load(ner=[f"hamkor:{tmp_path}"])


SHIPPED = Path(__file__).parents[2] / "models" / "institutions"


@pytest.mark.skipif(not SHIPPED.is_dir(), reason="no model comes with this copy")
class TestShipped:
    def test_the_card_says_what_the_model_is(self):
        card = (SHIPPED / "README.md").read_text(encoding="utf-8")
        for heading in ("## Data", "## Settings", "## Figures", "## Limits"):
            assert heading in card
        rows = re.findall(
            r"^\| ([\w:, ]+) \| ([\d,]+) \| ([\d.]+) → ([\d.]+) \| ([\d.]+) → ([\d.]+) \|$", card, re.MULTILINE
        )
        assert [row[0] for row in rows[:5]] == [
            "all",
            "Uzbek, Latin script",
            "Uzbek, Cyrillic script",
            "Russian",
            "English",
        ]
        for _, names, *figures in rows:
            assert int(names.replace(",", "")) > 0
            assert all(0 < float(figure) <= 100 for figure in figures)

    def test_it_is_small_and_names_no_machine(self):
        files = [file for file in SHIPPED.rglob("*") if file.is_file()]
        assert sum(file.stat().st_size for file in files) < 15_000_000
        for file in files:
            if file.suffix in (".cfg", ".json", ".md"):
                assert "/work" not in file.read_text(encoding="utf-8")
                assert "/tmp" not in file.read_text(encoding="utf-8").replace("--output /tmp", "")

    def test_it_is_loaded_by_name(self):
        pytest.importorskip("spacy")
        result = CliRunner().invoke(app, ["explain", "-", "--ner", "hamkor"], input="В марте открылся «Дом книги».")
        assert result.exit_code == 0
