"""The fingerprint of an extraction: one hash of everything that may change a record, so that two runs with the same one need not repeat each other."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__, resources
from pipeline.reading import Limits
from pipeline.records import SCHEMA_VERSION

if TYPE_CHECKING:
    from pipeline.extraction import Extractor

__all__ = ["Setup"]

_ROOMS = ("authority", "finders", "languages", "ner", "reading", "records", "relations", "text")
_LIBRARIES = (
    "charset-normalizer",
    "lxml",
    "lxml_html_clean",
    "pymorphy3",
    "pymorphy3-dicts-ru",
    "pypdfium2",
    "trafilatura",
)
_LARGE = 100_000_000  # bytes; a larger model is told by its size and time
_ENGINE_LIBRARIES = {
    "hamkor": ("spacy",),
    "spacy": ("spacy",),
    "stanza": ("stanza", "torch"),
    "natasha": ("natasha", "slovnet", "navec"),
}


@dataclass(frozen=True, slots=True)
class Setup:
    """How articles are read and extracted: what a worker needs to know to be like any other. Paths must be the same for all of them."""

    gazetteers: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def extractor(self) -> Extractor:
        """Return the extractor. Raises pipeline.DataError."""
        from pipeline.extraction import load

        return load(gazetteer_files=self.gazetteers, ner=self.engines, judgement_files=self.judgements)

    def fingerprint(self) -> str:
        """Return 32 hex digits of the hash of: hamkor's version and code, language data, gazetteers, judgements, engines with their models, limits,
        the version of the record, and the versions of the libraries that read. Raises OSError where a file of the setup cannot be read."""
        hashed = hashlib.sha256()

        def add(*parts: object) -> None:
            for part in parts:
                data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogateescape")
                hashed.update(len(data).to_bytes(8, "little") + data)

        add(
            "hamkor",
            __version__,
            SCHEMA_VERSION,
            sys.version_info[:2],
            unicodedata.unidata_version,
            sorted(asdict(self.limits).items()),
        )
        home = Path(resources.__file__).parent
        for path in (
            home / "extraction.py",
            *(file for room in _ROOMS for file in _data(home / room)),
            *_data(resources.gazetteers()),
            *_data(resources.models() / "relations"),  # asked about every article, engines or not
        ):
            add(path.name, path.read_bytes())
        for kind, files in (("gazetteer", self.gazetteers), ("judgements", self.judgements)):
            for file in files:
                add(kind, Path(file).read_bytes())
        libraries = set(_LIBRARIES)
        for engine in self.engines:
            kind, _, model = engine.partition(":")
            libraries |= {*_ENGINE_LIBRARIES.get(kind, ()), model}  # an installed pipeline of spaCy is a library too
            add("engine", engine)
            for path in _models(kind, model):
                stat = path.stat()
                add(path.name, path.read_bytes() if stat.st_size <= _LARGE else f"{stat.st_size} {stat.st_mtime_ns}")
        for library in sorted(libraries):
            add(library, _version(library))
        return hashed.hexdigest()[:32]


def _data(folder: Path) -> Iterator[Path]:
    """Everything in a folder but what Python and editors leave there, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("."):
            yield path


def _models(kind: str, model: str) -> Iterator[Path]:
    """The files of an engine's model: hamkor's own, or those that the user gave by path."""
    shipped = {
        "hamkor": resources.models() / "institutions",
        "hamkor-ru": resources.models() / "institutions",
        "stanza": resources.models() / "downloaded" / "stanza" / model,
    }
    path = Path(model) if model and Path(model).exists() else shipped.get(kind)
    if path is not None and path.exists():
        yield from [path] if path.is_file() else _data(path)


def _version(library: str) -> str:
    try:
        return version(library)
    except (PackageNotFoundError, ValueError):
        return ""
