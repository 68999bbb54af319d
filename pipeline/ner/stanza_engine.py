"""Stanza as an NER engine, from files alone: Stanza's own models in a folder, or one model that was trained elsewhere.

Stanza gets the tokens of `pipeline.text.tokens` and cuts none itself, so that what it finds stands on them by construction.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from pipeline.languages.lexicon import DataError
from pipeline.ner.engine import ALL_LANGUAGES, Vote, weight
from pipeline.resources import models
from pipeline.text.tokens import tokenize

__all__ = ["StanzaEngine", "default_folder", "fetch"]


def default_folder() -> Path:
    """Return the folder that Stanza's own models are looked for in."""
    return models() / "downloaded" / "stanza"


def fetch(language: str, folder: Path) -> None:
    """Fetch Stanza's own NER models for a language into `folder`. Raises DataError where there are none, OSError where the network or the disk fails."""
    if language not in ALL_LANGUAGES:
        raise DataError(f"{language!r}: hamkor reads uz, ru and en; name one of them")
    try:
        import stanza
        from stanza.resources.common import UnknownLanguageError
    except ImportError:
        raise DataError("Stanza is not installed; pip install 'hamkor[stanza]'") from None
    try:
        stanza.download(language, model_dir=str(folder), processors="tokenize,ner")
    except UnknownLanguageError:
        raise DataError(f"Stanza has no models for {language!r}") from None
    if not any((folder / language / "ner").glob("*.pt")):
        raise DataError(f"Stanza has no NER model for {language!r}")


class StanzaEngine:
    """A Stanza pipeline with an NER processor that votes."""

    def __init__(self, nlp: Any, *, name: str, languages: frozenset[str]) -> None:
        self.name = f"stanza:{name}"
        self.languages = languages
        self._nlp = nlp

    @classmethod
    def of_language(cls, language: str, *, folder: str | Path | None = None) -> StanzaEngine:
        """Return the engine of Stanza's own models for a language, from `folder` as `stanza.download` makes it. Raises DataError with the remedy."""
        if language not in ALL_LANGUAGES:
            raise DataError(
                f"stanza:{language}: hamkor reads uz, ru and en; for a model of your own give the path of its .pt file"
            )
        home = Path(folder) if folder is not None else default_folder()
        remedy = f"hamkor models download {language}" + ("" if folder is None else f" --folder {home}")
        if not (home / "resources.json").is_file() or not any((home / language / "ner").glob("*.pt")):
            raise DataError(
                f"stanza:{language}: no models in {home}; fetch them once, where there is a network: {remedy}"
            )
        nlp = _pipeline(f"stanza:{language}", remedy, lang=language, dir=str(home), processors="tokenize,ner")
        return cls(nlp, name=language, languages=frozenset({language}))

    @classmethod
    def of_file(cls, path: str | Path) -> StanzaEngine:
        """Return the engine of one trained NER model, and of `pretrain.pt` beside it where the model was trained on word vectors.

        The language is the one that its shorthand begins with (`ru_mine`); any other one (`xx_mine`) is asked in every language.
        Raises DataError with the remedy.
        """
        file = Path(path)
        if not file.is_file():
            raise DataError(
                f"stanza:{path}: there is no such file; give the .pt file that stanza.models.ner_tagger has saved"
            )
        vectors = file.with_name("pretrain.pt")
        remedy = "give the .pt file that stanza.models.ner_tagger has saved, with its word vectors beside it as pretrain.pt if it has any"
        with tempfile.TemporaryDirectory() as empty:
            Path(empty, "resources.json").write_text("{}", encoding="utf-8")
            nlp = _pipeline(
                f"stanza:{file.name}",
                remedy,
                lang="xx",
                dir=empty,
                processors={"tokenize": "local", "ner": "local"},
                allow_unknown_language=True,
                ner_model_path=str(file),
                ner_pretrain_path=str(vectors) if vectors.is_file() else "",
            )
        own = (
            frozenset({str(nlp.processors["ner"].trainers[0].args.get("shorthand", "")).partition("_")[0]})
            & ALL_LANGUAGES
        )
        return cls(nlp, name=file.stem, languages=own or ALL_LANGUAGES)

    def find(self, text: str, language: str) -> list[Vote]:
        """Return the votes on a text. Raises ValueError where Stanza gives other tokens back than it got."""
        tokens = tokenize(text)
        if not len(tokens):
            return []
        document = self._nlp([[tokens.form(index) for index in range(*sentence)] for sentence in tokens.sentences])
        if [len(sentence.tokens) for sentence in document.sentences] != [
            last - first for first, last in tokens.sentences
        ]:
            raise ValueError("Stanza has changed the tokens that it was given")
        return [
            Vote(
                tokens.start[begin + entity.tokens[0].id[0] - 1],
                tokens.end[begin + entity.tokens[-1].id[-1] - 1],
                share,
            )
            for (begin, _), sentence in zip(tokens.sentences, document.sentences, strict=True)
            for entity in sentence.ents
            if (share := weight(entity.type))
        ]


def _pipeline(name: str, remedy: str, **settings: Any) -> Any:
    """Return a Stanza pipeline that never asks a network."""
    try:
        import stanza
    except ImportError:
        raise DataError(f"{name}: Stanza is not installed; pip install 'hamkor[stanza]'") from None
    try:
        return stanza.Pipeline(tokenize_pretokenized=True, download_method=None, logging_level="ERROR", **settings)
    except Exception as error:  # Stanza raises many kinds where a file is missing or is not what it should be
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DataError(f"{name}: cannot be loaded: {reason}; {remedy}") from error
