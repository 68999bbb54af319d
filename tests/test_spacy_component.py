"""hamkor inside spaCy: the component, the language "uz", and that spaCy finds both by their entry points."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import pipeline

spacy = pytest.importorskip("spacy")

from spacy.tokens import Doc, DocBin, Span  # noqa: E402

from pipeline.spacy_component import Hamkor  # noqa: E402
from pipeline.spacy_language import Uzbek, WordTokenizer  # noqa: E402

HOME = Path(__file__).resolve().parent.parent
TEXT = (
    "Музейда янги китоблар\n\nЎзбекистон давлат санъат музейи ва Давлат Эрмитажи 2024 йил 12 мартда ҳамкорлик тўғрисида меморандум имзолади. "
    "Давлат Эрмитажи Ўзбекистон давлат санъат музейига 120 нусха китоб топширди."
)
LAYERS = ("institutions", "dates", "copy_counts", "agreements")


@pytest.fixture(scope="module")
def nlp() -> Any:
    made = Uzbek()
    made.add_pipe("hamkor")
    return made


@pytest.fixture(scope="module")
def doc(nlp: Any) -> Doc:
    return nlp(TEXT)


def test_layers_are_the_record(doc: Doc, extractor: pipeline.Extractor):
    record = json.loads(extractor.extract(TEXT).to_json())
    mentions = [
        (m["start"], m["end"], "INSTITUTION", i["id"], i["authority"] or "")
        for i in record["institutions"]
        for m in i["mentions"]
    ]
    expected = {
        "institutions": sorted(mentions),
        "dates": [(d["start"], d["end"], "DATE", d["id"], "") for d in record["dates"]],
        "copy_counts": [(c["start"], c["end"], "COPY_COUNT", c["id"], "") for c in record["copy_counts"]],
        "agreements": [
            (a["trigger"]["start"], a["trigger"]["end"], "AGREEMENT", a["id"], "") for a in record["agreements"]
        ],
    }
    for layer in LAYERS:
        assert expected[layer], layer
        spans = [(s.start_char, s.end_char, s.label_, s.id_, s.kb_id_) for s in doc.spans[layer]]
        assert spans == expected[layer]
        assert doc.spans[layer].attrs["alignment"] == ["exact"] * len(spans)
        for span, value in zip(doc.spans[layer], doc.spans[layer].attrs["values"], strict=True):
            assert span.text == value["text"] == TEXT[value["start"] : value["end"]]
            assert span.id_ == value["id"]
    (date,) = doc.spans["dates"].attrs["values"]
    assert date["edtf"] == "2024-03-12"
    (count,) = doc.spans["copy_counts"].attrs["values"]
    assert (count["number"], count["from"], count["to"]) == (120, ["i2"], ["i1"])
    (agreement,) = doc.spans["agreements"].attrs["values"]
    assert agreement["parties"] == ["i1", "i2"]
    assert "hermitage" in {span.kb_id_ for span in doc.spans["institutions"]}
    assert not doc.user_data


def test_values_are_plain_json_and_survive_saving(doc: Doc, nlp: Any):
    for layer in LAYERS:
        assert json.loads(json.dumps(doc.spans[layer].attrs)) == doc.spans[layer].attrs
    (again,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab)
    (other,) = [Doc(nlp.vocab).from_bytes(doc.to_bytes())]
    for copy in (again, other):
        for layer in LAYERS:
            assert [(s.start_char, s.end_char, s.label_) for s in copy.spans[layer]] == [
                (s.start_char, s.end_char, s.label_) for s in doc.spans[layer]
            ]
            assert copy.spans[layer].attrs == doc.spans[layer].attrs


def test_two_values_on_one_span_are_kept_apart(nlp: Any):
    text = "Эрмитаж 2014–2016 йилларда 50 нусха китоб берди, музейда 50 нусха китоб бор."
    doc = nlp(text)
    for layer in LAYERS:
        assert len(doc.spans[layer]) == len(doc.spans[layer].attrs["values"])


def test_entities_are_filled_where_nothing_stands():
    nlp = Uzbek()
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "PER", "pattern": "Давлат Эрмитажи 2024"}]
    )  # wrong on purpose: what stands is not touched
    nlp.add_pipe("hamkor")
    ents = [(ent.text, ent.label_) for ent in nlp(TEXT).ents]
    assert ("Давлат Эрмитажи 2024", "PER") in ents
    assert ("120 нусха", "COPY_COUNT") in ents
    assert ("Ўзбекистон давлат санъат музейи", "INSTITUTION") in ents
    assert not [text for text, label in ents if label == "DATE"]
    assert len(nlp(TEXT).spans["dates"]) == 1


def test_entities_can_be_left_alone():
    nlp = Uzbek()
    nlp.add_pipe("hamkor", config={"set_ents": False})
    doc = nlp(TEXT)
    assert not doc.ents
    assert doc.spans["dates"]


@pytest.mark.parametrize("language", ["xx", "en", "ru"])
def test_other_tokens_expand_and_say_so(language: str, extractor: pipeline.Extractor):
    nlp = spacy.blank(language)
    nlp.add_pipe("hamkor")
    text = "Ўзбекистон Миллий кутубхонаси(2009–2014 йиллар)да 1941-1945 йилларда чоп этилган 12та китоб бор. Музей: «Давлат Эрмитажи»нинг 5 нусхаси."
    doc = nlp(text)
    record = extractor.extract(text)
    assert [value["text"] for value in doc.spans["dates"].attrs["values"]] == [date.text for date in record.dates]
    seen = set()
    for layer in LAYERS:
        group = doc.spans[layer]
        for span, value, alignment in zip(group, group.attrs["values"], group.attrs["alignment"], strict=True):
            assert text[value["start"] : value["end"]] == value["text"]
            fits = (span.start_char, span.end_char) == (value["start"], value["end"])
            assert (alignment == "exact") == fits
            assert span.start_char <= value["start"] < value["end"] <= span.end_char
            seen.add(alignment)
    if language == "xx":
        assert seen == {"exact", "expanded"}


@pytest.mark.parametrize("text", ["", " ", "\n\n \t", "🙂", "—", "Музей " * 500])
def test_any_text(text: str, nlp: Any):
    doc = nlp(text)
    assert doc.text == text
    assert set(LAYERS) <= set(doc.spans)


def test_many_texts_through_a_pipe(nlp: Any):
    docs = list(nlp.pipe([TEXT, "", TEXT]))
    assert [len(doc.spans["dates"]) for doc in docs] == [1, 0, 1]


# -- the language


TOKENS = [
    ("ЎзМК(2010)да", ["ЎзМК", "(", "2010", ")", "да"]),
    ("2009–2014, 1941-1945, 1998—1999, 7−9", "2009 – 2014 , 1941 - 1945 , 1998 — 1999 , 7 − 9".split()),
    ('«Зарафат»нинг "Nur"ga', ["«", "Зарафат", "»", "нинг", '"', "Nur", '"', "ga"]),
    ("Oʻzbekiston O‘zbek o'g'il sanʼat maʼno", "Oʻzbekiston O‘zbek o'g'il sanʼat maʼno".split()),
    ("2014-yil 16–22-sentabr", ["2014", "-", "yil", "16", "–", "22", "-", "sentabr"]),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_tokens(text: str, tokens: list[str]):
    assert [token.text for token in Uzbek()(text)] == tokens


@pytest.mark.parametrize("text", [TEXT, "", " а", "а  б", "а \n б\t ", "\n\nа\n", "  ", "е\u0301ж 🙂x\u200by"])
def test_the_text_is_kept(text: str):
    doc = Uzbek()(text)
    assert doc.text == text
    assert all(token.text for token in doc)


def test_a_pipeline_is_saved_and_loaded(tmp_path: Path, nlp: Any):
    nlp.to_disk(tmp_path / "made")
    again = spacy.load(tmp_path / "made")
    assert isinstance(again, Uzbek)
    assert isinstance(again.tokenizer, WordTokenizer)
    assert isinstance(again.get_pipe("hamkor"), Hamkor)
    doc = again(TEXT)
    assert [span.id_ for span in doc.spans["dates"]] == ["d1"]


def test_a_model_can_be_trained_on_the_language():
    from spacy.training import Example

    nlp = Uzbek()
    nlp.add_pipe("ner")
    example = Example.from_dict(nlp.make_doc("Kecha Zarafat ochildi."), {"entities": [(6, 13, "ORG")]})
    nlp.initialize(lambda: [example])
    assert nlp.update([example])["ner"] > 0
    assert isinstance(example.reference[1:2], Span)


def test_spacy_finds_all_by_entry_points(tmp_path: Path):
    """In a fresh process that knows of hamkor only what pyproject.toml declares."""
    declared = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    info = tmp_path / "hamkor-0.dist-info"
    info.mkdir()
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
        for group, points in declared.items()
    ]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hamkor\nVersion: 0\n", encoding="utf-8")
    script = (
        "import spacy; nlp = spacy.blank('uz'); nlp.add_pipe('hamkor');"
        "print([token.text for token in nlp('1941-1945(a)')], type(nlp.tokenizer).__name__);"
        "other = spacy.blank('xx', config={'nlp': {'tokenizer': {'@tokenizers': 'hamkor.WordTokenizer.v1'}}});"
        "print(len(other('«a»b')))"
    )
    paths = os.pathsep.join([str(tmp_path), str(HOME)])
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["['1941', '-', '1945', '(', 'a', ')'] WordTokenizer", "4"]
