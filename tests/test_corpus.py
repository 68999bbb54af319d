"""The articles for `make run` are the texts of the gold, in every form that hamkor reads."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.reading import DOCX, HTML, PDF, PLAIN, read_path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_articles", CORPUS / "make_articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_plain_articles_equal_their_gold(maker: ModuleType):
    names = maker.plain_names()
    assert len(names) == 24
    for name in names:
        article = read_path(CORPUS / "articles" / f"{name}.txt")
        assert (article.media_type, article.encoding) == (PLAIN, "utf-8")
        assert article.text == maker.text_of(name) + "\n"


def test_no_article_is_without_gold(maker: ModuleType):
    expected = {f"{name}.txt" for name in (*maker.plain_names(), maker.WINDOWS)}
    expected |= {f"{maker.PAGE}.html", f"{maker.WORD}.docx", f"{maker.PRINTED}.pdf"}
    assert {file.name for file in (CORPUS / "articles").iterdir()} == expected


def test_windows_1251(maker: ModuleType):
    article = read_path(CORPUS / "articles" / f"{maker.WINDOWS}.txt")
    assert article.encoding == "windows-1251"
    assert article.text == maker.text_of(maker.WINDOWS) + "\n"


@pytest.mark.parametrize(
    ("constant", "suffix", "media_type"), [("PAGE", "html", HTML), ("WORD", "docx", DOCX), ("PRINTED", "pdf", PDF)]
)
def test_other_forms_hold_the_same_words(maker: ModuleType, constant: str, suffix: str, media_type: str):
    name = getattr(maker, constant)
    article = read_path(CORPUS / "articles" / f"{name}.{suffix}")
    assert article.media_type == media_type
    assert article.text.split() == maker.text_of(name).split()


def test_the_page_has_menus_that_are_not_read(maker: ModuleType):
    file = CORPUS / "articles" / f"{maker.PAGE}.html"
    assert "Elektron katalog" in file.read_text(encoding="utf-8")
    assert "Elektron katalog" not in read_path(file).text


def test_dev_and_test_share_no_article():
    dev = {file.stem for file in (CORPUS / "dev").glob("*.gold")}
    held_out = {file.stem for file in (CORPUS / "test").glob("*.gold")}
    assert dev
    assert held_out
    assert not dev & held_out
