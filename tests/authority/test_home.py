"""Whose article it is: names drawn into a text as `<kind>…</kind>` (one institution a name), and which of them is the article's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from pipeline.authority.home import home_of
from pipeline.text.document import prepare

TAG = re.compile(r"<(/?)([a-z]+)>")


@dataclass(frozen=True)
class Mention:
    first: int
    last: int
    entity: int
    implied: bool = False
    link: str = "gazetteer"
    rule: str = "gazetteer-name"


def own(source: str) -> str | None:
    """Return the name of the article's own institution in a drawn text."""
    text, at, start = "", 0, 0
    spans: list[tuple[int, int, str]] = []
    for tag in TAG.finditer(source):
        text += source[at : tag.start()]
        at = tag.end()
        if tag[1]:
            spans.append((start, len(text), tag[2]))
        start = len(text)
    document = prepare(text + source[at:])
    places = [document.source_span(k, k + 1) for k in range(len(document.tokens))]
    names: list[str] = []
    kinds: list[str | None] = []
    mentions = []
    for begin, end, kind in spans:
        name = text[begin:end]
        if name not in names:
            names.append(name)
            kinds.append(kind)
        inside = [k for k, (first, last) in enumerate(places) if first < end and last > begin]
        mentions.append(Mention(inside[0], inside[-1] + 1, names.index(name)))
    found = home_of(document, mentions, kinds)
    return None if found is None else names[found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # where the author of a paper works, who has initials or a degree: on the line itself, or on the one above a short one
        (
            "КНИЖНЫЕ СВЯЗИ ГОРОДА\n\nА. Б. Рахимова, доцент <university>Термезского университета</university>\n\nАннотация. Речь о книгах, которые <museum>Музей Термеза</museum> собирал.",
            None,
        ),
        (
            "КНИЖНЫЕ СВЯЗИ ГОРОДА\n\n<university>Термезский университет</university>\n\nАннотация. Речь о книгах, которые <museum>Музей Термеза</museum> собирал.",
            "Термезский университет",
        ),
        (
            "<library>Зомин маркази</library>\n\nҲисобот <library>Жиззах маркази</library> талабига кўра тузилди ва <government>ҳокимликка</government> берилди.",
            "Зомин маркази",
        ),
        (
            "<museum>Сирдарё адабиёт музейи</museum> танлов эълон қилади. Танлов <government>ҳокимлик</government> ва <university>Гулистон университети</university> билан ўтади. Музейда кўрик бўлади, музей очиқ.",
            "Сирдарё адабиёт музейи",
        ),
        (
            "Сегодня в <library>Шымкентской библиотеке</library> шумно. <library>Страсбургская библиотека</library> прислала нам книги. Мы рады. <library>Страсбургская библиотека</library> щедра, нам повезло.",
            "Шымкентской библиотеке",
        ),
        (
            "<museum>The Apple Museum</museum> opened. Our museum thanks <museum>the Esik Museum</museum> and <museum>the Esik Museum</museum>.",
            "The Apple Museum",
        ),
        ("<museum>The Louvre</museum> and <museum>the Prado</museum> exchanged pictures.", None),
        ("<international>UNESCO</international> met. <international>UNESCO</international> left.", None),
        ("Nobody is named here.", None),
        (  # the heading is its name
            "<library>Навоий марказининг</library> 2022 йилдаги фаолияти\n\nЙил тинч ўтди. <library>Палата</library> ва <library>Астана кутубхонаси</library> китоб берди. <library>Астана кутубхонаси</library> яна берди.",
            "Навоий марказининг",
        ),
        (  # a headline that tells a deed is no name
            "<museum>Lyon muzeyi</museum> Xivaga suzana yubordi\n\n<museum>Xiva muzeyi</museum> buni kutgan edi.",
            None,
        ),
        (  # where an author works is not what the paper is about
            "ARCHIVES OF THE SOUTH\n\nO. Choriyeva,\n<university>Termez University</university>\n\nAbstract. The paper reads the files of <museum>the Termez Museum</museum>.\n\nIn May it wrote.",
            None,
        ),
        (
            "A. Adams, <university>Osh University</university>\n\nAbstract. <library>The Osh Library</library> is studied.\n\n<library>The Osh Library</library> opened. <library>The Osh Library</library> grew. <library>The Osh Library</library> closed.",
            "The Osh Library",
        ),
        (  # the last of a letterhead writes, not the ministry above it, nor whom the letter is for
            "<government>MINISTRY OF CULTURE</government>\n<museum>KHIVA MUSEUM</museum>\n\nNo. 12\n\nTo: <museum>Lyon Museum</museum>\n\nDear colleagues,\n\nWe thank <museum>Lyon Museum</museum>.",
            "KHIVA MUSEUM",
        ),
        (  # whose director it is for does not write it
            "<museum>Xiva muzeyi</museum>\n\n<museum>Lyon muzeyi</museum> direktori\nK. Moro xonimga\n\nHurmatli xonim!\n\nBiz <museum>Lyon muzeyi</museum> bilan doʻstmiz. Bizga yozing.",
            "Xiva muzeyi",
        ),
        (  # whom a letter greets does not write it
            "Qadrli <museum>Lyon muzeyi</museum> jamoasi!\n\nBiz, <museum>Xiva muzeyi</museum>, sizga yozyapmiz. Biz xursandmiz.",
            "Xiva muzeyi",
        ),
    ],
)
def test_own(source: str, expected: str | None) -> None:
    assert own(source) == expected
