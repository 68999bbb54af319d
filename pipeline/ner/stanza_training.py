"""A Stanza NER model of one's own, made by Stanza's own training code from the texts of `pipeline.ner.texts`, cut into hamkor's tokens."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.languages.lexicon import DataError
from pipeline.ner.texts import Recipe, labels_of, texts
from pipeline.text.document import prepare

__all__ = ["FILE", "train_stanza"]

FILE = "institutions.pt"
_SHORTHAND = "xx_institutions"  # of no language: the engine then asks it in every one
_LABEL = "ORG"
_MEASURED = 20  # one sentence of so many is kept apart, for Stanza to choose its best step by


def train_stanza(
    corpus: Path, output: Path, recipe: Recipe, settings: Mapping[str, Any], tell: Callable[[str], None]
) -> None:
    """Train a model and put it in `output`, a folder, as `institutions.pt`, for `--ner stanza:PATH`. No network, no word vectors, no language model.

    `settings` is [stanza] of training.toml: options of stanza.models.ner_tagger. Raises DataError where Stanza is not installed, or as `texts` does.
    """
    try:
        from stanza.models import ner_tagger
    except ImportError:
        raise DataError("Stanza is not installed; pip install 'hamkor[stanza]'") from None
    sentences = list(_sentences(corpus, recipe))
    told = _Told(tell)
    logger = logging.getLogger("stanza")
    logger.addHandler(told)
    others, logger.propagate = [handler for handler in logger.handlers if handler is not told], False
    for handler in others:
        logger.removeHandler(handler)
    try:
        with tempfile.TemporaryDirectory() as folder:
            parts = {
                "train": [sentence for index, sentence in enumerate(sentences) if index % _MEASURED],
                "eval": sentences[::_MEASURED],
            }
            words = ["--no_pretrain", "--cpu", "--shorthand", _SHORTHAND, "--save_dir", folder, "--save_name", FILE]
            for part, given in parts.items():
                file = Path(folder, f"{part}.json")
                file.write_text(json.dumps(given, ensure_ascii=True), encoding="utf-8")
                words += [f"--{part}_file", str(file)]
            for option, value in settings.items():
                words += [f"--{option}", str(value)]
            ner_tagger.main(words)
            output.mkdir(parents=True, exist_ok=True)
            (output / FILE).write_bytes(Path(folder, FILE).read_bytes())
    finally:
        logger.removeHandler(told)
        for handler in others:
            logger.addHandler(handler)


def _sentences(corpus: Path, recipe: Recipe) -> Iterator[list[dict[str, str]]]:
    """Yield the sentences of all texts as Stanza's training takes them: the tokens as they are written, each with its label."""
    for text, _ in texts(corpus, recipe):
        document = prepare(text.text)
        labels = labels_of(document, text.names)
        for first, last in document.tokens.sentences:
            yield [
                {
                    "text": document.tokens.form(index),
                    "ner": f"{labels[index]}-{_LABEL}" if labels[index] in ("B", "I") else "O",
                }
                for index in range(first, last)
            ]


class _Told(logging.Handler):
    """Gives each line of Stanza's log to a function."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        for line in record.getMessage().splitlines():
            if line.strip():
                self._tell(line.rstrip())
