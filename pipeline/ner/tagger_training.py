"""The weights of a tagger, found by CRFsuite (Okazaki 2007): L-BFGS on the likelihood of the labels, with penalties on absolute values and on squares."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.languages.lexicon import DataError
from pipeline.ner.tagger import LABELS, Tagger, columns, seen, template_of
from pipeline.ner.texts import Taught

__all__ = ["suite", "train_tagger"]


def suite() -> Any:
    """Return the module of CRFsuite. Raises DataError where it is not installed."""
    try:
        return import_module("pycrfsuite")
    except ImportError:
        raise DataError("python-crfsuite is not installed; pip install 'hamkor[train]'") from None


def train_tagger(sentences: Iterable[Taught], settings: Mapping[str, Any]) -> Tagger:
    """Return the tagger that sentences teach. `settings` is [tagger] of training.toml. The same input gives the same tagger.

    A token on which either answer is right has the label of the rules. Raises DataError where CRFsuite is not installed or there is nothing to learn.
    """
    crfsuite = suite()
    templates = [template_of(source) for source in settings["templates"]]
    trainer = crfsuite.Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": settings["c1"],
            "c2": settings["c2"],
            "max_iterations": settings["steps"],
            "feature.minfreq": settings["least"],
            "feature.possible_transitions": True,
        }
    )
    for sentence in sentences:
        made, length = columns(sentence.read), len(sentence.labels)
        views = [
            [f"{number} {value}" for value in seen(template, made, length)] for number, template in enumerate(templates)
        ]
        rules = sentence.read.rules
        trainer.append(
            [list(view) for view in zip(*views, strict=True)],
            [label or rule[:1] or "O" for label, rule in zip(sentence.labels, rules, strict=True)],
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "model")
        trainer.train(str(file))
        tagger = crfsuite.Tagger()
        tagger.open(str(file))
        info = tagger.info()
    if not set("OB") <= set(info.labels):
        raise DataError("there is nothing to train on: no sentence has a name in it and a word outside of it")
    tables: list[dict[str, dict[str, float]]] = [defaultdict(dict) for _ in templates]
    for (attribute, label), weight in info.state_features.items():
        number, _, value = attribute.partition(" ")
        tables[int(number)][value][label] = weight
    weights = {
        source: {
            value: (found.get("B", 0.0) - found.get("O", 0.0), found.get("I", 0.0) - found.get("O", 0.0))
            for value, found in table.items()
        }
        for source, table in zip(settings["templates"], tables, strict=True)
    }
    assert set(info.labels) <= set(LABELS)
    return Tagger(weights, {a + b: weight for (a, b), weight in info.transitions.items()})
