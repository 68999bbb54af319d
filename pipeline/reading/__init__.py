"""Bytes -> Article: plain text in any usual encoding, HTML, PDF, DOCX; and the sources that paths name."""

from pipeline.reading.article import DOCX, HTML, PDF, PLAIN, Article, Limits, ReadingError
from pipeline.reading.reader import file_bytes, read_bytes, read_path, read_source
from pipeline.reading.sources import SUFFIXES, File, Source, find_files, find_sources

__all__ = [
    "DOCX",
    "HTML",
    "PDF",
    "PLAIN",
    "SUFFIXES",
    "Article",
    "File",
    "Limits",
    "ReadingError",
    "Source",
    "file_bytes",
    "find_files",
    "find_sources",
    "read_bytes",
    "read_path",
    "read_source",
]
