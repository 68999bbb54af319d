"""Models of hamkor's own made from a corpus and the gazetteers alone: one file of settings (`training.toml`), fixed seeds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline import __version__
from pipeline.languages.lexicon import DataError
from pipeline.ner import tagger
from pipeline.ner.texts import Recipe, forget, settings, taught

__all__ = ["KINDS", "Kind", "engine_name", "train"]

Kind = Literal["hamkor", "spacy", "stanza"]
"""What is trained: the tagger that comes with hamkor; spaCy pipelines that read the same and take its place; a Stanza model, which reads plain words."""
KINDS: tuple[Kind, ...] = get_args(Kind)

_NETWORK = Path(__file__).with_name("spacy.cfg")


def engine_name(kind: Kind, output: Path) -> str:
    """Return the name of the engine that reads a trained model: what `--ner` and `load(ner=…)` take."""
    if kind == "stanza":
        from pipeline.ner.stanza_training import FILE

        return f"stanza:{output / FILE}"
    return f"hamkor:{output}"


def train(
    corpus: Path,
    output: Path,
    *,
    kind: Kind = "hamkor",
    changed: Mapping[str, Any] | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> None:
    """Train a model and put it in the folder `output`, which is made anew when all is done.

    `changed`: other settings than those of training.toml, by dotted name ("tagger.steps"); for spaCy those of spacy.cfg too ("training.max_steps").
    The same input gives the same model on the same machine. `tell` is given the lines of progress. Raises FileNotFoundError where there is no corpus,
    DataError where it cannot be read as a whole, where a setting is not known, and where what trains is not installed.
    """
    own = {
        name: value for name, value in (changed or {}).items() if name.partition(".")[0] in ("texts", *KINDS, "tagger")
    }
    read = settings(own)
    recipe = Recipe.of(read["texts"])
    others = {name: value for name, value in (changed or {}).items() if name not in own}
    if others and kind != "spacy":
        raise DataError(f"{next(iter(others))!r} is a setting of spaCy alone")
    forget()
    try:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder, "model")
            made.mkdir()
            if kind == "stanza":
                from pipeline.ner.stanza_training import train_stanza

                train_stanza(corpus, made, recipe, read["stanza"], tell)
            elif kind == "spacy":
                _train_spacy(corpus, made, recipe, read["spacy"]["members"], others, tell)
            else:
                from pipeline.ner.tagger_training import suite, train_tagger

                suite()  # before all the work
                tell("making examples, names exchanged and with noise")
                sentences = taught(corpus, recipe)
                tell(f"training on {len(sentences):,} sentences")
                train_tagger(sentences, read["tagger"]).save(made / tagger.FILE)
            if output.exists():
                shutil.rmtree(output)
            shutil.copytree(made, output)
    finally:
        forget()


def _train_spacy(
    corpus: Path, made: Path, recipe: Recipe, members: int, changed: Mapping[str, Any], tell: Callable[[str], None]
) -> None:
    """Train spaCy pipelines, each from another seed, in folders of that number."""
    try:
        import spacy
        from spacy.training.initialize import init_nlp
        from spacy.training.loop import train as train_pipeline
        from spacy.util import fix_random_seed, load_config

        from pipeline.ner import examples  # files the reader that the configuration names
    except ImportError:
        raise DataError("spaCy is not installed; pip install 'hamkor[spacy]'") from None
    texts = {f"corpora.train.{name}": getattr(recipe, name) for name in recipe.__slots__}
    texts |= {name: list(value) for name, value in texts.items() if isinstance(value, tuple)}
    assert examples.LABEL
    for seed in range(1, members + 1):
        tell(f"member {seed} of {members}: training")
        overrides = {"paths.corpus": str(corpus), **texts, "system.seed": seed, **changed}
        fix_random_seed(seed)
        steps = made / "steps"
        steps.mkdir()
        told = _Told(tell)
        train_pipeline(init_nlp(load_config(_NETWORK, overrides=overrides)), steps, stdout=told, stderr=told)
        nlp = spacy.load(steps / "model-last")
        nlp.config["paths"]["corpus"] = "corpus"
        nlp.meta.update(name=f"institutions_{seed}", version=__version__, description="Names of institutions: a member of hamkor's own model", license="Apache-2.0")  # fmt: skip
        nlp.to_disk(made / str(seed), exclude=["vocab"])
        shutil.rmtree(steps)


class _Told(StringIO):
    """A stream that gives each whole line to a function."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell, self._rest = tell, ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            if line.strip():
                self._tell(line.rstrip())
        return len(text)
