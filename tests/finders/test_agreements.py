"""Agreements as a table: an article's words with its institutions and dates drawn in, and the agreements that they tell of.

The table is `agreement_cases.tsv`. `<i a>…</i>` is a mention of institution a (`<i a implied>`: by its country only), `<d 2014>…</d>` a
date. A row says: its group, the article's own institution (`-` for none), the text, and the agreements as `kind status a+b s=signed
v=valid`, none for a trap.
"""

from __future__ import annotations

import re
import string
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.finders.agreements import find_agreements
from pipeline.finders.grids import find_grids
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document, prepare

KINDS = {"memorandum", "agreement", "contract", "protocol", "treaty", "programme", "roadmap", "other"}
STATUS = {"signed", "planned", "in_force", "renewed", "ended"}
TAG = re.compile(r"<(/?)([id])(?: ([^>]*))?>")


@dataclass(frozen=True)
class Mention:
    first: int
    last: int
    entity: int
    implied: bool


@dataclass(frozen=True)
class Date:
    first: int
    last: int
    edtf: str


def drawn(source: str) -> tuple[Document, list[Mention], list[Date], list[str]]:
    """Return the document, mentions, dates and institutions' names of a text with tags."""
    text, at = "", 0
    marks: list[tuple[str, str, int, int]] = []
    stack: list[tuple[str, str, int]] = []
    for tag in TAG.finditer(source):
        text += source[at : tag.start()]
        at = tag.end()
        if tag[1]:
            kind, value, start = stack.pop()
            marks.append((kind, value, start, len(text)))
        else:
            stack.append((tag[2], tag[3], len(text)))
    text += source[at:]
    document = prepare(text)
    tokens = document.tokens
    names: list[str] = []
    mentions, dates = [], []
    for kind, value, start, end in sorted(marks, key=lambda mark: (mark[2], -mark[3])):
        spans = [document.source_span(k, k + 1) for k in range(len(tokens))]
        inside = [k for k, (begin, stop) in enumerate(spans) if begin < end and stop > start]
        first, last = inside[0], inside[-1] + 1
        if kind == "d":
            dates.append(Date(first, last, value))
            continue
        name, _, implied = value.partition(" ")
        if name not in names:
            names.append(name)
        mentions.append(Mention(first, last, names.index(name), bool(implied)))
    return document, mentions, dates, names


def told(home: str, source: str) -> list[str]:
    """Return the agreements found in a drawn text, as the table writes them."""
    document, mentions, dates, names = drawn(source)
    own = names.index(home) if home in names else None
    out = []
    for found in find_agreements(document, mentions, dates, home=own, grids=find_grids(document, mentions, dates)):
        parties = sorted(
            names[party] if isinstance(party, int) else party.removeprefix("country:") for party in found.parties
        )
        line = f"{found.kind} {found.status} {'+'.join(parties)}"
        line += f" s={found.signed}" if found.signed else ""
        line += f" v={found.valid}" if found.valid else ""
        out.append(line)
    return sorted(out)


def rows() -> list[tuple[str, str, str, list[str]]]:
    """The table's rows: group, own institution, text, agreements."""
    found = []
    for line in (Path(__file__).parent / "agreement_cases.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group, home, source, *expected = line.split("\t")
            found.append(
                (group, home.strip("-"), source.replace("\\n", "\n"), expected[0].split("; ") if expected else [])
            )
    return found


ROWS = rows()
RULES = {rule.name for rule in grammar("agreements").rules}


@pytest.mark.parametrize(
    ("group", "home", "source", "expected"), ROWS, ids=[f"{row[0]}-{k}" for k, row in enumerate(ROWS)]
)
def test_table(group: str, home: str, source: str, expected: list[str]) -> None:
    assert told(home, source) == sorted(expected)


def tongue(source: str) -> str:
    """The language of a row, Uzbek with its script: most of its words' passages."""
    document = drawn(source)[0]
    language = Counter(document.languages).most_common(1)[0][0]
    cyrillic = sum("а" <= letter.lower() <= "ё" for letter in document.text) * 2 > len(document.text) / 2
    return f"uz-{'Cyrl' if cyrillic else 'Latn'}" if language == "uz" else language


def test_traps_are_many() -> None:
    told_of = Counter(tongue(row[2]) for row in ROWS if row[3])
    traps = Counter(tongue(row[2]) for row in ROWS if not row[3])
    assert len(ROWS) > 550
    assert 3 * traps.total() >= len(ROWS)
    for language in ("uz-Latn", "uz-Cyrl", "ru", "en"):
        assert told_of[language] >= 50, language
        assert traps[language] >= 25, language


PIECES = st.sampled_from(
    [
        "<i a>Лувр</i>", "<i b>Prado</i>", "<i c>Tate</i>", "<i d implied>Китай</i>", "<d 2015>2015</d>", "<d 2011/2016>2011–2016</d>",
        "<d ../2026>до 2026</d>", "меморандум", "agreements", "shartnoma", "signed", "подписан", "imzolandi", "with", "с", "bilan", "between",
        "между", "oʻrtasida", "and", "и", "va", ",", ";", ":", ".", "\n", "—", "(", ")", "не", "музей", "Uzbekistan", "Япония", "the", "its",
        "respectively", "директор", "doirasida", "продлён", "expired", "«", "»", "№ 5", "и др.",
    ]
)  # fmt: skip


FRAMES = [
    "<i a>Лувр</i> и <i b>Prado</i> {} подписали {} меморандум {} в <d 2015>2015</d> {}",
    "{} between <i a>Louvre</i> and <i c>Tate</i> {} agreements {} were signed {}",
    "<i a>Luvr</i> {} <i b>Prado</i> bilan {} shartnoma {} imzoladi {}",
    "{} {} {} {}",
]


@given(
    st.sampled_from(FRAMES), st.lists(st.lists(PIECES, max_size=12), min_size=4, max_size=4), st.sampled_from(["", "a"])
)
@settings(deadline=None, max_examples=200)
def test_whatever_the_text(frame: str, pieces: list[list[str]], home: str) -> None:
    document, mentions, dates, names = drawn(frame.format(*map(" ".join, pieces)))
    own = names.index(home) if home in names else None
    for found in find_agreements(document, mentions, dates, home=own, grids=find_grids(document, mentions, dates)):
        assert found.kind in KINDS
        assert found.status in STATUS
        assert len(set(found.parties)) == len(found.parties) >= 2
        assert all((isinstance(p, int) and p < len(names)) or str(p).startswith("country:") for p in found.parties)
        assert 0 <= found.trigger[0] < found.trigger[1] <= len(document.tokens)
        assert found.trigger in found.evidence
        assert found.rule in RULES
        assert all(0 <= first < last <= len(document.tokens) for first, last in found.evidence)
        assert found.status != "planned" or found.signed is None


@given(st.text(alphabet=string.printable + "шартнома договор меморандум №–—«»", max_size=300))
@settings(deadline=None, max_examples=80)
def test_no_institution_no_agreement(text: str) -> None:
    found = find_agreements(prepare(text), [], [], home=None)
    assert all(str(party).startswith("country:") for agreement in found for party in agreement.parties)


def test_time_grows_with_the_text() -> None:
    source = "<i a>Лувр</i> и <i b>Прадо</i> (<d 2015>2015</d>), <i c>Тейт</i> подписали с директором меморандум; " * 40

    def seconds(times: int) -> float:
        document, mentions, _dates, _ = drawn(source)
        text = prepare("\n\n".join([document.text] * times))
        step = len(document.tokens)
        many = [
            Mention(m.first + k * step, m.last + k * step, m.entity, m.implied) for k in range(times) for m in mentions
        ]
        begin = time.perf_counter()
        find_agreements(text, many, [], home=None)
        return time.perf_counter() - begin

    seconds(1)
    assert seconds(8) < 24 * max(seconds(1), 0.01)
