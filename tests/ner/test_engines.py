"""Models trained a moment ago, loaded by name as a user's own, without a network."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline
from pipeline.ner.engine import Engine, Vote, weight
from pipeline.ner.registry import engine_of
from tests.ner.conftest import Marked


@pytest.fixture(params=["spacy", "stanza"])
def trained(request: pytest.FixtureRequest) -> Engine:
    return engine_of(f"{request.param}:{request.getfixturevalue(f'{request.param}_model')}")


def test_trained_models_find_what_they_were_taught(trained: Engine, sentences: list[Marked]):
    assert trained.languages == {"uz", "ru", "en"}
    taught = found = right = 0
    for sentence in sentences:
        spans = {(vote.start, vote.end) for vote in trained.find(sentence.text, sentence.language)}
        taught, found, right = (
            taught + len(sentence.names),
            found + len(spans),
            right + len(spans & set(sentence.names)),
        )
    assert right >= 0.8 * taught, f"{right} of {taught}"
    assert right >= 0.8 * found, f"{right} right of {found}"


def test_votes_are_code_points_of_the_text_given(trained: Engine, sentences: list[Marked]):
    first = next(
        sentence for sentence in sentences if sentence.names and trained.find(sentence.text, sentence.language)
    )
    for before in ("", "🙂 🙂🙂\n\n", "  \t ", "e\u0301. "):
        text = before + first.text
        names = {text[vote.start : vote.end] for vote in trained.find(text, first.language)}
        assert first.text[slice(*first.names[0])] in names


@pytest.mark.parametrize("text", ["", " \n ", "…", "«»", "\u200b", "а" * 5000, "🙂" * 300, "\x00 \x1f", "word " * 2000])
def test_any_text_is_read(trained: Engine, text: str):
    for vote in trained.find(text, "ru"):
        assert 0 <= vote.start < vote.end <= len(text)
        assert 0 <= vote.score <= 1


def test_a_trained_model_works_in_the_pipeline(trained: Engine):
    extractor = pipeline.load(ner=[trained])
    text = "Вчера Зарафат показал читателям новые книги. Весной Тулпор провёл конкурс для детей."
    mentions = {
        mention.text: (mention.rule, institution.kind, institution.authority)
        for institution in extractor.extract(text).institutions
        for mention in institution.mentions
    }
    assert mentions == dict.fromkeys(["Зарафат", "Тулпор"], (f"ner:{trained.name}", "other", None))
    assert trained.name in ("spacy:tiny", "stanza:tiny")
    assert extractor.panel is not None
    assert not extractor.panel.lost


def test_the_same_from_many_threads(trained: Engine, sentences: list[Marked]):
    from concurrent.futures import ThreadPoolExecutor

    extractor = pipeline.load(ner=[trained])
    texts = [" ".join(s.text for s in sentences if s.language == language) for language in ("uz", "ru", "en")] * 4
    alone = [extractor.extract(text).to_json() for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: extractor.extract(text).to_json(), texts)) == alone


def test_stanza_models_of_a_language_come_from_a_folder(stanza_model: Path, tmp_path: Path):
    """Stanza's own layout, as `stanza.download` leaves it: resources.json, and the model under its language."""
    ner = tmp_path / "ru" / "ner" / "tiny.pt"
    ner.parent.mkdir(parents=True)
    shutil.copy(stanza_model, ner)
    resources = {"ru": {"lang_name": "Russian", "ner": {"tiny": {}}, "packages": {"default": {"ner": "tiny"}}}}
    (tmp_path / "resources.json").write_text(json.dumps(resources), encoding="utf-8")
    engine = engine_of("stanza:ru", folder=tmp_path)
    assert (engine.name, engine.languages) == ("stanza:ru", {"ru"})
    text = "Вчера Зарафат показал читателям новые книги."
    assert [text[vote.start : vote.end] for vote in engine.find(text, "ru")] == ["Зарафат"]


def test_scores_of_span_categorizers_are_kept():
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import Span, SpanGroup

    from pipeline.ner.spacy_engine import SpacyEngine

    @spacy.Language.component("tests_scored")
    def scored(doc):  # type: ignore[no-untyped-def]
        spans = [Span(doc, 0, 1, "ORG"), Span(doc, 1, 2, "PERSON"), Span(doc, 2, 3, "fac")]
        doc.spans["sc"] = SpanGroup(doc, spans=spans, attrs={"scores": [0.75, 0.9, 0.5]})
        doc.spans["others"] = SpanGroup(doc, spans=[Span(doc, 0, 2, "ORG")])
        return doc

    nlp = spacy.blank("ru")
    nlp.add_pipe("tests_scored")
    engine = SpacyEngine(nlp, name="scored")
    assert engine.languages == {"ru"}
    assert engine.find("Зарафат Тулпор Лазурит", "ru") == [Vote(0, 7, 0.75), Vote(15, 22, 0.25)]


@pytest.mark.parametrize(("label", "share"), [("ORG", 1.0), ("org", 1.0), ("FAC", 0.5), ("PERSON", 0.0), ("", 0.0)])
def test_labels(label: str, share: float):
    assert weight(label) == share


def blank(tmp_path: Path, language: str, *pipes: str) -> str:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank(language)
    for pipe in pipes:
        nlp.add_pipe(pipe)
    nlp.to_disk(tmp_path / "made")
    return f"spacy:{tmp_path / 'made'}"


def broken(tmp_path: Path) -> str:
    (tmp_path / "model.pt").write_bytes(b"no model at all")
    return f"stanza:{tmp_path / 'model.pt'}"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (lambda _: "", "spacy:PIPELINE"),
        (lambda _: "flair:ru", "spacy:PIPELINE"),
        (lambda _: "en_core_web_sm", "spacy:PIPELINE"),
        (lambda _: "spacy:", "spacy:PIPELINE"),
        (lambda _: "spacy:no_such_pipeline", "python -m spacy download"),
        (lambda path: f"spacy:{path}", "path of its folder"),
        (lambda path: blank(path, "xx"), "finds no entities"),
        (lambda path: blank(path, "xx", "sentencizer", "senter"), "finds no entities"),
        (lambda path: blank(path, "de", "entity_ruler"), "reads uz, ru, en"),
        (lambda _: "stanza:de", "uz, ru and en"),
        (lambda _: "stanza:ru", "hamkor models download ru"),
        (lambda path: f"stanza:{path}/missing.pt", "no such file"),
        (broken, "stanza.models.ner_tagger"),
    ],
)
def test_what_cannot_be_loaded_says_what_to_do(name: Callable[[Path], str], told: str, tmp_path: Path):
    with pytest.raises(pipeline.DataError) as caught:
        engine_of(name(tmp_path))
    assert told in str(caught.value)


@pytest.mark.parametrize(("package", "name"), [("spacy", "spacy:any"), ("stanza", "stanza:model.pt")])
def test_without_the_package(package: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.chdir(tmp_path)
    Path("model.pt").touch()
    with pytest.raises(pipeline.DataError, match=rf"pip install 'hamkor\[{package}\]'"):
        engine_of(name)


def test_natasha_reads_russian():
    pytest.importorskip("natasha")
    engine = engine_of("natasha")
    assert (engine.name, engine.languages) == ("natasha", {"ru"})
    text = "Директор Эрмитажа Михаил Пиотровский и представители ЮНЕСКО подписали договор в Ташкенте."
    assert {text[vote.start : vote.end] for vote in engine.find(text, "ru")} >= {"ЮНЕСКО"}  # type: ignore[union-attr]
    assert engine.find("", "ru") == []  # type: ignore[union-attr]


def test_without_natasha(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "natasha", None)
    with pytest.raises(pipeline.DataError, match=r"pip install 'hamkor\[ru\]'"):
        engine_of("natasha")


@pytest.mark.parametrize(("how", "loaded"), [("", "['pipeline.ner']"), ("ner=[]", "[]")])
def test_what_is_not_asked_for_costs_nothing(how: str, loaded: str):
    """The default imports neither spaCy nor Stanza nor torch nor what trains; without an engine nothing of this room is imported."""
    script = (
        f"import sys, pipeline; pipeline.load({how}).extract('The State Museum of Arts opened in 1918.');"
        "foreign = {'spacy', 'stanza', 'torch', 'thinc', 'numpy', 'natasha', 'pycrfsuite', 'pipeline.ner', 'pipeline.ner.texts'};"
        "print(sorted(foreign & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == loaded


def test_there_is_no_network_here():
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
