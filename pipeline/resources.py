"""Where the data files stand: language data in the package; gazetteers and models beside it, in a checkout or in an installed wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["gazetteers", "language_file", "languages", "models"]

_PACKAGE = Path(__file__).resolve().parent


def languages() -> Path:
    """Return the folder of language data."""
    return _PACKAGE / "languages"


def language_file(*parts: str) -> Path:
    """Return the path of one language data file, such as `language_file("uz", "dates.toml")`."""
    return languages().joinpath(*parts)


def gazetteers() -> Path:
    """Return the folder of gazetteers that came with this copy of hamkor."""
    return _beside("gazetteers")


def models() -> Path:
    """Return the folder of models that came with this copy of hamkor."""
    return _beside("models")


def _beside(name: str) -> Path:
    """A wheel carries the folder inside the package; a checkout has it at the top level."""
    inside = _PACKAGE / "shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
