"""hamkor: what libraries, museums and archives of Central Asia do together, read from their articles.

>>> import pipeline
>>> extractor = pipeline.load()
>>> record = extractor.extract("The National Library of Uzbekistan sent 1,460 copies to the Russian State Library in 2014.")
>>> [(count.number, count.unit) for count in record.copy_counts]
[(1460, 'copies')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.extraction import Extractor as Extractor
    from pipeline.extraction import load as load
    from pipeline.languages.lexicon import DataError as DataError
    from pipeline.reading import ReadingError as ReadingError
    from pipeline.records import Record as Record

__version__ = "0.1.0"
__all__ = ["DataError", "Extractor", "ReadingError", "Record", "__version__", "load"]

_HOMES = {
    "DataError": "pipeline.languages.lexicon",
    "Extractor": "pipeline.extraction",
    "ReadingError": "pipeline.reading",
    "Record": "pipeline.records",
    "load": "pipeline.extraction",
}


def __getattr__(name: str) -> Any:
    """Import the public names when first asked for: `import pipeline` itself costs nothing."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
