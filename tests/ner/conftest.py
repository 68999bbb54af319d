"""A tiny spaCy model and a tiny Stanza model, trained here in some seconds and saved as any user's model is; and no network for any of these tests."""

from __future__ import annotations

import json
import random
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.text.tokens import tokenize


@dataclass(frozen=True)
class Marked:
    """A sentence and the half-open code points of the names in it."""

    language: str
    text: str
    names: tuple[tuple[int, int], ...]


def marked(line: str) -> Marked:
    language, _, sentence = line.partition("\t")
    text, names = "", []
    for piece in re.split(r"(\{.*?\})", sentence):
        if piece.startswith("{"):
            names.append((len(text), len(text) + len(piece) - 2))
        text += piece.strip("{}")
    return Marked(language[:2], text, tuple(names))


SENTENCES = [
    marked(line)
    for line in Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@contextmanager
def cut_off() -> Iterator[None]:
    """No socket can be made."""

    class Refused(socket.socket):
        def __init__(self, *_: object, **__: object) -> None:
            raise OSError("the tests have no network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", Refused)
        yield


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    with cut_off():
        yield


@pytest.fixture(scope="session")
def sentences() -> list[Marked]:
    return SENTENCES


@pytest.fixture(scope="session")
def spacy_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a spaCy pipeline with a trained `ner`."""
    spacy = pytest.importorskip("spacy")
    from spacy.training import Example

    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("xx")
    width = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 32,
        "depth": 2,
        "embed_size": 500,
    }
    settings = {"window_size": 1, "maxout_pieces": 2, "subword_features": True}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 32,
        "maxout_pieces": 2,
    }
    nlp.add_pipe("ner", config={"model": {**parser, "use_upper": True, "tok2vec": {**width, **settings}}})
    examples = [
        Example.from_dict(
            nlp.make_doc(sentence.text), {"entities": [(start, end, "ORG") for start, end in sentence.names]}
        )
        for sentence in SENTENCES
    ]
    optimizer = nlp.initialize(lambda: examples)
    order = random.Random(1)
    for _ in range(20):
        order.shuffle(examples)
        for batch in spacy.util.minibatch(examples, size=8):
            nlp.update(batch, sgd=optimizer)
    path = tmp_path_factory.mktemp("spacy") / "tiny"
    nlp.to_disk(path)
    return path


@pytest.fixture(scope="session")
def stanza_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The .pt file of a Stanza NER model, trained through Stanza's own preparation and training."""
    pytest.importorskip("stanza")
    import torch
    from stanza.models import ner_tagger
    from stanza.utils.datasets.ner import prepare_ner_file

    torch.set_num_threads(1)  # models this small lose more by threads than they win
    folder = tmp_path_factory.mktemp("stanza")
    bio, data = folder / "sentences.bio", folder / "sentences.json"
    bio.write_text("\n".join(tagged(sentence) for sentence in SENTENCES), encoding="utf-8")
    prepare_ner_file.process_dataset(str(bio), str(data))
    assert len(json.loads(data.read_text(encoding="utf-8"))) == len(SENTENCES)
    words = f"--train_file {data} --eval_file {data} --shorthand xx_tiny --save_dir {folder} --save_name tiny.pt --no_pretrain --cpu"
    sizes = "--hidden_dim 32 --char_hidden_dim 16 --char_emb_dim 16 --word_emb_dim 32 --batch_size 8 --dropout 0.1"
    steps = "--optim adam --lr 0.01 --max_steps 70 --eval_interval 70 --seed 1"
    with cut_off():
        ner_tagger.main(f"{words} {sizes} {steps}".split())
    return folder / "tiny.pt"


def tagged(sentence: Marked) -> str:
    """The sentence in BIO, a token a line."""
    tokens = tokenize(sentence.text)
    lines = []
    for index in range(len(tokens)):
        inside = [start for start, end in sentence.names if start <= tokens.start[index] < end]
        tag = "O" if not inside else "B-ORG" if tokens.start[index] in inside else "I-ORG"
        lines.append(f"{tokens.form(index)}\t{tag}\n")
    return "".join(lines)
