"""Judges that a corpus teaches: lessons, the command, the card, what is told where nothing can be learnt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.evaluation.gold import parse_gold, read_gold
from pipeline.languages.lexicon import DataError
from pipeline.relations.judges import COUNTS, read_judges
from pipeline.relations.lessons import count_lessons
from pipeline.relations.training import train_relations

ROOT = Path(__file__).resolve().parents[2]

ARTICLE = """The <i id="nl-uz">National Library of Uzbekistan</i> gave the <i id="nl-gb">British Library</i> \
<c n="12" unit="books" act="transferred" from="nl-uz" to="nl-gb">12 books</c>.
It keeps <c n="900" unit="manuscripts" act="held" by="nl-uz">900 manuscripts</c>, and <c n="7" unit="books" act="transferred" opt="1">7 books</c> went out.
---
institutions:
  nl-uz: {kind: library, country: UZ, en: National Library of Uzbekistan}
  nl-gb: {kind: library, country: GB, en: British Library}
"""


def test_lessons_are_what_the_gold_says_of_what_the_rules_found() -> None:
    gold = parse_gold(ARTICLE)
    lessons = count_lessons([gold], pipeline.load(ner=[], judge=False))
    assert {name: len(found) for name, found in lessons.items()} == {"act": 2, "from": 1, "to": 1, "by": 1}
    (giver,), (receiver,) = lessons["from"], lessons["to"]
    assert any(clue.startswith("part:") for clue in giver.candidates[giver.right])
    assert giver.right != receiver.right
    assert all(any(clue.startswith("no:") for clue in lesson.candidates[0]) for lesson in (giver, receiver))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen English articles, some passages, and one article to measure on."""
    folder = tmp_path_factory.mktemp("corpus")
    for part in ("train", "passages", "dev"):
        (folder / part).mkdir()
    for file in sorted((ROOT / "corpus" / "train").glob("eng-6?-*.gold")):
        shutil.copy(file, folder / "train")
    text = (ROOT / "corpus" / "passages" / "eng-01.gold").read_text(encoding="utf-8")
    (folder / "passages" / "eng-01.gold").write_text("\n=====\n".join(text.split("\n=====\n")[:12]), encoding="utf-8")
    shutil.copy(sorted((ROOT / "corpus" / "dev").glob("eng-*.gold"))[0], folder / "dev")
    return folder


def test_the_command_teaches_measures_and_writes_a_card(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "judges"
    words = ["train", str(corpus), "--engine", "relations", "--output", str(output), "--measure-on", "dev"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert "learning act of counts" in result.stderr
    card = (output / "README.md").read_text(encoding="utf-8")
    assert "12 passages" in card
    assert "which nothing was trained on" in card
    assert "| giver |" in card
    judges = read_judges(output)
    assert pipeline.load(ner=[], judge=output).judges.counts is not None
    gold = read_gold(sorted((corpus / "dev").glob("*.gold"))[0])
    rules = pipeline.load(ner=[], judge=False)
    assert len(rules.judged_by(judges).find(gold.text).counts) == len(rules.find(gold.text).counts)


def test_the_same_corpus_gives_the_same_bytes_and_what_is_left_out_teaches_nothing(
    corpus: Path, tmp_path: Path
) -> None:
    for name, without in (("a", ()), ("b", ()), ("c", ("eng-01/*",))):
        train_relations(corpus, tmp_path / name, without=without)
    a, b, c = ((tmp_path / name / COUNTS).read_bytes() for name in "abc")
    assert a == b != c


def test_a_corpus_that_teaches_nothing_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "eng-01-news.gold").write_text("Nothing at all.\n---\n{}\n", encoding="utf-8")
    with pytest.raises(DataError, match="nothing to learn from"):
        train_relations(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    (tmp_path / "train" / "eng-02-news.gold").write_text("<i>open", encoding="utf-8")
    with pytest.raises(DataError, match="hamkor corpus check"):
        train_relations(tmp_path, tmp_path / "out")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--members", "2"], "--members and --steps"),
        (["--steps", "5"], "--members and --steps"),
        (["nowhere"], "no corpus"),
    ],
)
def test_wrong_use_says_what_to_do(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["train", *words, "--engine", "relations", "--output", "out"])
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "out").exists()


def test_judges_that_cannot_be_read_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="hamkor train --engine relations"):
        read_judges(tmp_path)


class TestTheJudgesThatComeWithHamkor:
    def test_they_are_small_and_their_card_names_no_machine(self) -> None:
        folder = ROOT / "models" / "relations"
        judges = read_judges(folder)
        assert judges.counts is not None
        assert sum(file.stat().st_size for file in folder.iterdir()) < 3_000_000
        card = (folder / "README.md").read_text(encoding="utf-8")
        assert "/home/" not in card
        assert "passages" in card

    def test_they_are_asked_by_default(self) -> None:
        assert pipeline.load(ner=[]).judges.counts is not None
        assert pipeline.load(ner=[], judge=False).judges.counts is None
