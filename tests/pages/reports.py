"""A small evaluation with an error of every sort, in four articles, one of them hostile. Both sides are written as gold."""

from __future__ import annotations

from pipeline.evaluation.annotators import as_record
from pipeline.evaluation.figures import Evaluation, Grouping, evaluate
from pipeline.evaluation.gold import parse_gold

_LISTS = """
---
institutions:
  one: {kind: museum, country: UZ, en: First Museum}
  two: {kind: library, country: KZ}
"""
_WRONG = _LISTS.replace("museum", "archive")
_AGREEMENT = "agreements:\n  - {{kind: {kind}, status: signed, parties: [one, two], signed: 2014, trigger: t1}}\n"

HOSTILE = """Fine </script><script>window.pwned = 1</script><img src=x onerror="window.pwned = 2">{{errors}} & "quoted" text in """


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# id: what is wanted, what is found
ARTICLES = {
    "eng-01-news": (
        '<i id="one">First Museum</i> met the <i id="two">Second Library</i> in <d v="2014-05">May 2014</d>. It gave <c n="12" unit="books" act="transferred" from="one" to="two">12 books</c>.'
        + _LISTS,
        '<i id="one">First Museum</i> met the Second <i id="two">Library</i> in <d v="2015-05">May 2014</d>. It gave <c n="12" unit="books" act="transferred" from="two" to="one">12 books</c>.'
        + _LISTS,
    ),
    "uzc-02-letter": (
        '📚 Биринчи музей ва <i id="two">Иккинчи кутубхона</i> <d v="2014">2014 йил</d> <a id="t1">меморандум</a> имзолади. <i id="one">Музей</i> очиқ.'
        + _LISTS + _AGREEMENT.format(kind="memorandum"),
        '📚 <i id="one">Биринчи музей</i> ва <i id="two">Иккинчи кутубхона</i> <d v="2014">2014</d> йил <a id="t1">меморандум</a> имзолади. <i id="one">Музей</i> очиқ.'
        + _WRONG + _AGREEMENT.format(kind="contract"),
    ),
    "rus-03-post": (
        'Музей <i id="one">«Первый»</i> открыт с <d v="1990/..">1990 года</d>.' + _LISTS,
        'Музей «Первый» открыт с 1990 года.' + _LISTS,
    ),
    "eng-04-trap": (
        _escaped(HOSTILE) + '<d v="2001">2001</d>.' + _LISTS,
        f'<i id="one">{_escaped(HOSTILE).strip()}</i> <d v="2002">2001</d>.' + _LISTS,
    ),
}  # fmt: skip


def small(*, by: tuple[Grouping, ...] = ("language",), resamples: int = 100) -> Evaluation:
    pairs = []
    for id, (wanted, found) in ARTICLES.items():
        gold, other = (parse_gold(source, file=f"{id}.gold") for source in (wanted, found))
        pairs.append((gold, as_record(other)))
    return evaluate(pairs, by=by, resamples=resamples)
