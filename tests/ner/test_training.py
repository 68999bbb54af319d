"""hamkor's own model: exchanged names and noise keep their spans; a tiny model is trained from a few sentences, loaded and asked; the card."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from random import Random
from typing import Any

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
from pipeline.ner.clues import Sentence, clues
from pipeline.ner.engine import DocumentEngine
from pipeline.ner.exchange import Exchange, held_out
from pipeline.ner.hamkor_engine import HamkorEngine
from pipeline.ner.noise import noisy
from pipeline.ner.tagger import FILE
from pipeline.ner.training import KINDS, Kind, engine_name, train
from pipeline.ner.votes import Panel
from pipeline.text.document import prepare
from tests.ner.conftest import cut_off

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


TAUGHT = {
    "texts.copies": 2,
    "texts.hide": 0.7,
    "tagger.c1": 0.0,
    "tagger.c2": 0.1,
    "tagger.least": 1,
    "tagger.steps": 40,
}
PIPELINES = {
    "texts.copies": 1,
    "texts.hide": 0.7,
    "spacy.members": 2,
    "components.ner.model.tok2vec.embed.rows": [300] * 6,
    "components.ner.model.tok2vec.encode.depth": 1,
    "training.batcher.size": 200,
    "training.dropout": 0.1,
    "training.optimizer.use_averages": False,  # so few steps have no average worth the name
    "training.max_steps": 60,
}
STANZA = {
    "texts.copies": 0,
    "stanza.hidden_dim": 32,
    "stanza.char_hidden_dim": 16,
    "stanza.char_emb_dim": 16,
    "stanza.word_emb_dim": 32,
    "stanza.batch_size": 8,
    "stanza.dropout": 0.1,
    "stanza.word_dropout": 0.01,
    "stanza.lr": 0.01,
    "stanza.max_steps": 60,
    "stanza.eval_interval": 60,
}
SETTINGS: dict[str, dict[str, Any]] = {"hamkor": TAUGHT, "spacy": PIPELINES, "stanza": STANZA}


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


def made(kind: Kind, corpus: Path, output: Path) -> Path:
    """A tiny model, trained by the real code, without a network."""
    with cut_off():
        train(corpus, output, kind=kind, changed=SETTINGS[kind])
    return output


@pytest.fixture(scope="module")
def model(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pycrfsuite")
    return made("hamkor", corpus, tmp_path_factory.mktemp("made") / "tagger")


@pytest.fixture(scope="module")
def pipelines(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("spacy")
    return made("spacy", corpus, tmp_path_factory.mktemp("made") / "spacy")


@pytest.fixture(scope="module")
def stanza(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch = pytest.importorskip("torch")
    pytest.importorskip("stanza")
    torch.set_num_threads(1)  # models this small lose more by threads than they win
    return made("stanza", corpus, tmp_path_factory.mktemp("made") / "stanza")


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
            assert name.split()[0][-1] in "аяоегй" or name.split()[0].endswith(("ва", "ца", "реи")), name  # «Галереи»


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


@pytest.mark.parametrize("kind", KINDS)
def test_a_trained_model_is_loaded_and_finds_what_the_rules_miss(kind: Kind, request: pytest.FixtureRequest):
    folder: Path = request.getfixturevalue({"hamkor": "model", "spacy": "pipelines", "stanza": "stanza"}[kind])
    extractor = pipeline.load(ner=[engine_name(kind, folder)])
    assert extractor.panel is not None
    ((engine, _),) = extractor.panel.engines
    found = right = wanted = 0
    for sentence in dict.fromkeys(sentence for _, sentence in SENTENCES):
        document = prepare(sentence.text)
        tokens, places = document.tokens, extractor.places.all(document.tokens)
        if isinstance(engine, DocumentEngine):
            spans = [(a, b) for a, b, _ in engine.read(document, [], places, tokens.sentences)]
            votes = {(tokens.start[a], tokens.end[b - 1]) for a, b in spans}
        else:
            votes = {(vote.start, vote.end) for vote in engine.find(sentence.text, document.languages[0])}
        names = {(name.start, name.end) for name in sentence.names if name.end in tokens.end}  # whole words
        found, right, wanted = found + len(votes), right + len(votes & names), wanted + len(names)
    assert right >= 0.8 * wanted, f"{right} of {wanted}"
    assert right >= 0.8 * found, f"{right} of {found} found"
    text = "On Friday the Willow Lane Museum showed its coins."
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


def test_the_same_corpus_gives_the_same_model(corpus: Path, model: Path, pipelines: Path, tmp_path: Path):
    assert (made("hamkor", corpus, tmp_path / "a") / FILE).read_bytes() == (model / FILE).read_bytes()
    again = made("spacy", corpus, tmp_path / "b")
    for number in "12":
        file = f"{number}/ner/model"
        assert (again / file).read_bytes() == (pipelines / file).read_bytes()
    assert (again / "1/ner/model").read_bytes() != (again / "2/ner/model").read_bytes()


def test_members_of_two_kinds_vote_together(model: Path, pipelines: Path, tmp_path: Path):
    text = "On Friday the Willow Lane Museum showed its coins."
    document = prepare(text)

    def score(folder: Path) -> dict[str, float]:
        votes = HamkorEngine.load(folder).read(document, [], [None] * len(document.tokens), document.tokens.sentences)
        return {document.tokens.slice(first, last): score for first, last, score in votes}

    both = tmp_path / "both"
    shutil.copytree(pipelines, both)
    shutil.copy(model / FILE, both)
    alone, others, together = score(model), score(pipelines), score(both)
    assert together == {
        name: pytest.approx((alone.get(name, 0) + others.get(name, 0)) / 2) for name in alone.keys() | others.keys()
    }
    assert "Willow Lane Museum" in together


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_trains_measures_and_writes_a_card(
    kind: Kind, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from pipeline.ner import training

    def trained(_: Path, output: Path, *, changed: dict[str, Any], **__: object) -> None:
        asked.update(changed)
        shutil.copytree(done, output)

    done = made(kind, corpus, tmp_path / "done") if kind == "hamkor" else tmp_path / "done"
    if kind != "hamkor":
        done.mkdir()
        monkeypatch.setattr(training, "engine_name", lambda *_: "hamkor")
    asked: dict[str, Any] = {}
    monkeypatch.setattr(training, "train", trained)
    words = ["train", str(corpus), "--engine", kind, "--output", str(tmp_path / "model"), "--measure-on", "dev"]
    result = CliRunner().invoke(app, [*words, "--steps", "7", "--without", "eng-9*"])
    assert result.exit_code == 0, result.output
    step = {"hamkor": "tagger.steps", "spacy": "training.max_steps", "stanza": "stanza.max_steps"}[kind]
    assert asked == {step: 7, "texts.without": ["eng-9*"]}
    assert re.search(r"^all +exact +[\d.]+ -> +[\d.]+", result.stderr, re.MULTILINE)
    written = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert f"{sum(len(lines) * 12 for lines in TAGGED.values())} sentences" in written
    assert "Left out: eng-9*." in written
    assert re.search(r"^\| all \| \d+ \| [\d.]+ → [\d.]+ \| [\d.]+ → [\d.]+ \|$", written, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--engine", "flair"], "hamkor, spacy, stanza"),
        (["--engine", "stanza"], "--output"),
        (["--members", "3"], "--engine spacy"),
        (["no/such/corpus", "--output", "x"], "no/such/corpus"),
        (["{empty}", "--output", "x"], "nothing to train on"),
        (["{broken}", "--output", "x"], "hamkor corpus check"),
    ],
)
def test_wrong_use_says_what_to_do(words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("pycrfsuite")
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "broken"):
        (tmp_path / name / "dev").mkdir(parents=True)
    (tmp_path / "empty" / "dev" / "eng-01-news.gold").write_text("Snow.\n---\ninstitutions: {}\n", encoding="utf-8")
    (tmp_path / "broken" / "dev" / "eng-01-news.gold").write_text("<i>Snow", encoding="utf-8")
    result = CliRunner().invoke(app, ["train", *(word.format(empty="empty", broken="broken") for word in words)])
    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("kind", "package", "extra"), [("hamkor", "pycrfsuite", "train"), ("spacy", "spacy", "spacy"), ("stanza", "stanza", "stanza")])  # fmt: skip
def test_what_trains_is_not_installed(kind: Kind, package: str, extra: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # fmt: skip
    for module in (package, *(name for name in sys.modules if name.startswith(f"{package}."))):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(pipeline.DataError, match=rf"hamkor\[{extra}\]"):
        train(corpus, tmp_path / "model", kind=kind, changed=SETTINGS[kind])
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("name", ["tagger.colour", "corpora", "training.max_steps", "texts.file"])
def test_a_setting_that_is_not_known(name: str, corpus: Path, tmp_path: Path):
    with pytest.raises(pipeline.DataError, match=name):
        train(corpus, tmp_path / "model", changed={name: 1})


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path,
        lambda path: (path / "1").mkdir() or (path / "1" / "meta.json").write_text("{"),
        lambda path: (path / FILE).write_bytes(b"no model"),
    ],
)
def test_a_model_that_cannot_be_loaded_says_what_to_do(make, tmp_path: Path):  # type: ignore[no-untyped-def]
    make(tmp_path)
    with pytest.raises(pipeline.DataError, match="hamkor train"):
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


def test_a_word_that_folds_to_nothing_is_read_too():
    from spacy.vocab import Vocab

    from pipeline.ner.examples import doc_of

    sentence = Sentence(0, 2, ["", "muzey"], [True, False], ["W", "HEAD"], ["", ""])
    assert [token.tag_ for token in doc_of(Vocab(), sentence)] == ["W", "HEAD"]
