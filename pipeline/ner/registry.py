"""Engines by name, as the command line and `pipeline.load(ner=…)` take them."""

from __future__ import annotations

from pathlib import Path

from pipeline.languages.lexicon import DataError
from pipeline.ner.engine import DocumentEngine, Engine
from pipeline.ner.hamkor_engine import HamkorEngine

__all__ = ["engine_of"]

_NAMES = "write hamkor (its own model), hamkor-ru (the same on Russian alone), natasha (Russian), spacy:PIPELINE (installed), spacy:/path/of/pipeline, stanza:LANGUAGE (uz, ru, en) or stanza:/path/of/model.pt"


def engine_of(name: str, *, folder: str | Path | None = None) -> Engine | DocumentEngine:
    """Return the engine of a name: `hamkor`, `hamkor-ru`, `hamkor:/path/of/model`, `natasha`, `spacy:en_core_web_sm`, `spacy:/path`, `stanza:ru`, `stanza:/path/model.pt`. Nothing is fetched.

    `folder` is where Stanza's own models are (`models/downloaded/stanza` without it). Raises DataError that says what is missing and how to get it.
    """
    kind, _, model = name.partition(":")
    if kind == "hamkor":
        return HamkorEngine.load(model or None)
    if name == "hamkor-ru":
        return HamkorEngine.load(languages=frozenset({"ru"}))
    if name == "natasha":  # this and the next ones are imported when asked for: few users do
        from pipeline.ner.natasha_engine import NatashaEngine

        return NatashaEngine.load()
    if not model or kind not in ("spacy", "stanza"):
        raise DataError(f"{name!r} is no NER engine; {_NAMES}")
    if kind == "spacy":
        from pipeline.ner.spacy_engine import SpacyEngine

        return SpacyEngine.load(model)
    from pipeline.ner.stanza_engine import StanzaEngine

    if model.endswith(".pt") or "/" in model or "\\" in model:
        return StanzaEngine.of_file(model)
    return StanzaEngine.of_language(model, folder=folder)
