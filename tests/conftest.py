"""What all tests share: the extractor (made once), the articles and the gold of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

import pipeline

# A slow or busy machine is no reason to fail.
settings.register_profile("hamkor", deadline=None)
settings.load_profile("hamkor")

HOME = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def extractor() -> pipeline.Extractor:
    """Rules and gazetteer alone: what the tests of finders and of linking are about."""
    return pipeline.load(ner=[])


@pytest.fixture(scope="session")
def articles() -> Path:
    return HOME / "corpus" / "articles"
