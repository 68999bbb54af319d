"""The figures as a whole: they do not depend on the order of anything, they equal those of the other scorer, their intervals and groups are what they say."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from hand import gold_of, record_of
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Extractor
from pipeline.evaluation.figures import evaluate
from pipeline.evaluation.gold import Gold, parse_gold, read_gold
from pipeline.records import Record

HOME = Path(__file__).resolve().parents[2]
SHARED = HOME.parent / "shared"

OTHERS_NAMES = {
    "institutions exact": "institutions.exact", "institutions overlap": "institutions.overlap", "institution linking": "links.b3",
    "institution kind": "institutions.kind", "institution country": "institutions.country", "dates exact": "dates.exact",
    "dates value": "dates.value", "counts number": "counts.number", "counts full": "counts.all", "counts unit": "counts.unit",
    "counts act": "counts.act", "counts from": "counts.from", "counts to": "counts.to", "agreements parties": "agreements.parties",
    "agreements pairs": "agreements.pairs", "agreements full": "agreements.all", "agreement kind": "agreements.kind",
    "agreement status": "agreements.status", "agreement signed": "agreements.signed", "agreement valid": "agreements.valid",
    "offsets true": "records.offsets",
}  # fmt: skip


def spoilt(record: Record, text: str, random: Random) -> Record:
    """A record with a good many mistakes of every sort."""
    row: dict[str, Any] = json.loads(record.to_json())
    parties = [*(institution["id"] for institution in row["institutions"]), "country:UZ", "country:NO"]

    def moved(span: dict[str, Any]) -> None:
        if random.random() < 0.25:
            start = min(max(0, span["start"] + random.randint(-6, 6)), len(text) - 1)
            end = min(max(start + 1, span["end"] + random.randint(-6, 6)), len(text))
            span |= {"start": start, "end": end, "text": text[start:end]}

    for institution in row["institutions"]:
        if random.random() < 0.2:
            institution["authority"] = random.choice([None, "nl-uz", "unesco"])
        if random.random() < 0.2:
            institution |= {"kind": "other", "country": "NO"}
        institution["mentions"] = [mention for mention in institution["mentions"] if random.random() > 0.1]
        for mention in institution["mentions"]:
            moved(mention)
        institution["mentions"].sort(key=lambda mention: (mention["start"], -mention["end"]))
    for layer in ("dates", "copy_counts", "agreements"):
        row[layer] = [thing for thing in row[layer] if random.random() > 0.1]
    for thing in (*row["dates"], *row["copy_counts"]):
        moved(thing)
    for date in row["dates"]:
        if random.random() < 0.2:
            date["edtf"] = random.choice(["2014", "2014-05", "XXXX-05-03", "199X", "2001/2003"])
    for count in row["copy_counts"]:
        for name, values in (("from", [[random.choice(parties)], []]), ("to", [[random.choice(parties)], []]), ("number", [7]), ("unit", ["items"]),
                             ("act", ["other"]), ("bound", [None, "max"])):  # fmt: skip
            if random.random() < 0.15:
                count[name] = random.choice(values)
    for agreement in row["agreements"]:
        for name, values in (("parties", [random.sample(parties, 2)]), ("status", ["ended"]), ("kind", ["other"]), ("valid", [None, "2001/.."]),
                             ("signed", [None, "2001"])):  # fmt: skip
            if random.random() < 0.2:
                agreement[name] = random.choice(values)
    return Record.model_validate(row)


@pytest.fixture(scope="module")
def articles(extractor: Extractor) -> list[tuple[Gold, Record]]:
    files = sorted((HOME / "corpus" / "dev").glob("*.gold"))[::3]
    golds = [read_gold(file) for file in files]
    return [(gold, spoilt(extractor.extract(gold.text, id=gold.id), gold.text, Random(gold.id))) for gold in golds]


# -- the other scorer --------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder with the other scorer is not beside this checkout")
@pytest.mark.parametrize("seed", range(3))
def test_equals_the_other_scorer_to_the_last_digit(seed: int, extractor: Extractor, tmp_path: Path):
    folders = [SHARED / "articles", HOME / "corpus" / "dev"]
    golds = [read_gold(file) for folder in folders for file in sorted(folder.glob("*.gold"))][seed::3]
    for gold in golds:
        source = next(folder for folder in folders if (folder / f"{gold.id}.gold").exists()) / f"{gold.id}.gold"
        (tmp_path / source.name).write_bytes(source.read_bytes())
    records = [
        spoilt(extractor.extract(gold.text, id=gold.id), gold.text, Random(f"{seed} {gold.id}")) for gold in golds
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("".join(record.to_json() + "\n" for record in records), encoding="utf-8")
    command = [sys.executable, SHARED / "tools" / "score.py", "--gold", tmp_path, "--records", file, "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert theirs.pop("absent") == []
    ours = evaluate(zip(golds, records, strict=True), resamples=0).figures
    assert theirs.keys() == OTHERS_NAMES.keys()
    assert sum(value < 1 for value in theirs.values()) > 15  # hardly a figure was left unspoilt
    for name, value in theirs.items():
        assert round(ours[OTHERS_NAMES[name]].value or 0.0, 4) == value, name


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared folder with the other scorer is not beside this checkout")
def test_equals_the_other_scorer_count_by_count(articles: list[tuple[Gold, Record]]):
    scorer = module(SHARED / "tools" / "score.py")
    rows = [(gold.id, scorer.parse((HOME / "corpus" / "dev" / f"{gold.id}.gold").read_text(encoding="utf-8")), json.loads(record.to_json()))
            for gold, record in articles]  # fmt: skip
    tallies, shares, b3 = scorer.score(rows)
    figures = evaluate(articles, resamples=0).figures
    for name, tally in tallies.items():
        figure = figures[OTHERS_NAMES[name]]
        assert (figure.right, figure.wrong, figure.missed) == (tally.tp, tally.fp, tally.fn), name
    for name, share in shares.items():
        figure = figures[OTHERS_NAMES[name]]
        assert (figure.right, figure.right + figure.wrong) == (share.hit, share.all), name
    assert figures["links.b3"].value == pytest.approx(b3, abs=1e-12)


def module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def test_the_figures_of_the_other_scorer_on_a_stored_article():
    """What the other scorer gave for this article, kept for places where it is not at hand."""
    gold = parse_gold(
        """<i id="one">First Museum</i> and <i id="two">Second Library</i> signed a <a id="t1">memorandum</a> in <d v="2014">2014</d>.
<i id="one">First Museum</i> gave <c n="12" unit="books" act="transferred" from="one" to="two">12 books</c>; <i id="fair" opt="1">Fair</i> <d v="2015" opt="1">2015</d>.
---
institutions:
  one: {kind: museum, country: UZ}
  two: {kind: library, country: KZ}
agreements:
  - {kind: memorandum, status: signed, parties: [one, two], signed: 2014, trigger: t1}
""",
        file="small.gold",
    )
    record = record_of(
        """<i id="one">First Museum</i> and Second <i id="two">Library</i> signed a <a id="t1">memorandum</a> in <d v="2014">2014</d>.
First Museum gave <c n="12" unit="books" act="transferred" from="two" to="one">12 books</c>; <i id="fair">Fair</i> <d v="1066">2015</d>.""",
        "memorandum planned one+two t1 signed=2014",
        one="museum UZ",
        two="library UZ",
    )
    figures = evaluate([(gold, record)], resamples=0).figures
    stored = {
        "institutions exact": 0.4, "institutions overlap": 0.8, "dates exact": 1.0, "dates value": 1.0, "counts number": 1.0, "counts full": 0.0,
        "agreements parties": 1.0, "agreements pairs": 1.0, "agreements full": 0.0, "institution linking": 1.0, "institution kind": 1.0,
        "institution country": 0.5, "counts unit": 1.0, "counts act": 1.0, "counts from": 0.0, "counts to": 0.0, "agreement kind": 1.0,
        "agreement status": 0.0, "agreement signed": 1.0, "offsets true": 1.0,
    }  # fmt: skip
    assert {name: round(figures[OTHERS_NAMES[name]].value or 0.0, 4) for name in stored} == stored
    assert figures["agreements.valid"].value is None


# -- order -------------------------------------------------------------------------------------------------------------------------


@given(random=st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_no_figure_depends_on_the_order_of_anything(random: Random, articles: list[tuple[Gold, Record]]):
    plain = evaluate(articles[:5], by=("language", "known"), resamples=20, known=lambda name: len(name) % 2 == 0)
    shuffled = [(gold, mixed(record, random)) for gold, record in articles[:5]]
    random.shuffle(shuffled)
    other = evaluate(shuffled, by=("language", "known"), resamples=20, known=lambda name: len(name) % 2 == 0)
    assert other.figures == plain.figures
    assert other.groups == plain.groups
    assert other.documents == plain.documents


def mixed(record: Record, random: Random) -> Record:
    def shuffled(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(things, len(things)))

    institutions = tuple(one.model_copy(update={"mentions": shuffled(one.mentions)}) for one in record.institutions)
    layers = {layer: shuffled(getattr(record, layer)) for layer in ("dates", "copy_counts", "agreements")}
    return record.model_copy(update={"institutions": shuffled(institutions), **layers})


# -- intervals and groups ----------------------------------------------------------------------------------------------------------


def test_the_same_intervals_each_time_and_round_the_figure(articles: list[tuple[Gold, Record]]):
    first, second = evaluate(articles, resamples=200), evaluate(articles, resamples=200)
    assert first.figures == second.figures
    for figure in first.figures.values():
        assert figure.value is not None
        assert figure.low is not None
        assert figure.high is not None
        assert 0 <= figure.low <= figure.value <= figure.high <= 1, figure.name
    assert first.figures["institutions.exact"].low < first.figures["institutions.exact"].high


def test_one_article_has_no_interval():
    one = '<d v="2014">2014</d>'
    assert evaluate([(gold_of(one), record_of(one))]).figures["dates.value"].low is None


def test_an_interval_of_two_articles():
    # one article right, one wrong and missed: a resample has both right (1/4), one (1/2), none (1/4); so 0 and 1 are both within 95 %
    right, wrong = '<d v="2014">2014</d>', '<d v="2015">2014</d>'
    pairs = [(gold_of(right, id="n1"), record_of(right, id="n1")), (gold_of(right, id="n2"), record_of(wrong, id="n2"))]
    figure = evaluate(pairs).figures["dates.value"]
    assert (figure.low, figure.value, figure.high) == (0, 0.5, 1)


def test_groups():
    text = '<i id="aa">Aa</i> <i id="bb">Bb</i> <d v="2014">2014</d>'
    missed = '<i id="aa">Aa</i> Bb 2014'
    pairs = [
        (gold_of(text, id="uzl-1-news"), record_of(text, id="uzl-1-news")),
        (gold_of(text, id="uzc-2-letter"), record_of(missed, id="uzc-2-letter")),
        (gold_of(text, id="rus-3-news"), record_of(missed, id="rus-3-news")),
    ]
    groups = evaluate(
        pairs, by=("language", "script", "genre", "document", "known"), resamples=0, known=lambda name: name == "Bb"
    ).groups
    counted = {
        grouping: {
            group: (figures["dates.value"].right, figures["dates.value"].missed, figures["institutions.overlap"].missed)
            for group, figures in of.items()
        }
        for grouping, of in groups.items()
    }
    assert counted == {
        "language": {"uz": (1, 1, 1), "ru": (0, 1, 1)},
        "script": {"Latn": (1, 0, 0), "Cyrl": (0, 2, 2)},
        "genre": {"news": (1, 1, 1), "letter": (0, 1, 1)},
        "document": {"uzl-1-news": (1, 0, 0), "uzc-2-letter": (0, 1, 1), "rus-3-news": (0, 1, 1)},
        "known": {"known": (0, 0, 2), "unknown": (0, 0, 0)},
    }
