"""Files of passages: what `read_passages` reads, and what it says of a passage that it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus import read_passages

HELD = '<i id="zarkent-library">Zarkent Library</i> has <c n="12" unit="books" act="held" by="zarkent-library">12 books</c>.'
LISTS = "---\ninstitutions:\n  zarkent-library: {kind: library, country: UZ, en: Zarkent Library}\n"
GOOD = f"{HELD}\n{LISTS}"
BROKEN = f"First line.\nThe second has <d>2014</d>.\n{LISTS}"


def file_of(tmp_path: Path, *passages: str, name: str = "eng-01.gold", between: str = "=====\n") -> Path:
    file = tmp_path / name
    file.write_bytes(between.join(passages).encode())
    return file


def test_each_passage_is_gold_with_the_number_that_it_has_in_its_file(tmp_path: Path):
    golds, errors = read_passages(file_of(tmp_path, GOOD, f"Nothing.\n{LISTS}", GOOD))
    assert errors == []
    assert [(gold.id, gold.text) for gold in golds] == [
        ("eng-01/1", "Zarkent Library has 12 books."),
        ("eng-01/2", "Nothing."),
        ("eng-01/3", "Zarkent Library has 12 books."),
    ]
    assert [(count.text, count.by) for count in golds[2].counts] == [("12 books", "zarkent-library")]


def test_one_passage_needs_no_separator(tmp_path: Path):
    (gold,), errors = read_passages(file_of(tmp_path, GOOD))
    assert (gold.id, errors) == ("eng-01/1", [])


@pytest.mark.parametrize("between", ["=====\n", "===== \t\n"])
def test_lines_may_end_as_on_windows(tmp_path: Path, between: str):
    passages, between = [GOOD.replace("\n", "\r\n")] * 2, between.replace("\n", "\r\n")
    golds, errors = read_passages(file_of(tmp_path, *passages, between=between))
    assert ([gold.id for gold in golds], errors) == (["eng-01/1", "eng-01/2"], [])


def test_signs_of_equality_within_a_line_separate_nothing(tmp_path: Path):
    (gold,), errors = read_passages(file_of(tmp_path, f"=======\n2 ===== 2\n{GOOD}"))
    assert (gold.text.splitlines()[:2], errors) == (["=======", "2 ===== 2"], [])


def test_a_broken_passage_is_told_with_its_line_in_the_file_and_the_others_are_read(tmp_path: Path):
    file = file_of(tmp_path, GOOD, BROKEN, GOOD)
    golds, (error,) = read_passages(file)
    assert [gold.id for gold in golds] == ["eng-01/1", "eng-01/3"]
    assert "<d>2014</d>" in file.read_text(encoding="utf-8").splitlines()[error.line - 1]
    assert str(error).startswith(f"eng-01.gold, line {error.line}: passage 2: '2014': a date needs its value, v")
    assert str(error).endswith("mend the passage, or take it out")


@pytest.mark.parametrize(
    ("passages", "line", "told"),
    [
        (("", GOOD), 1, "passage 1 is empty"),
        ((GOOD, "\n", GOOD), 6, "passage 2 is empty"),
        ((GOOD, ""), 6, "passage 2 is empty"),
        (("",), 1, "passage 1 is empty"),
        ((GOOD, "No lists.\n", GOOD), 7, "passage 2: there is no line `---`"),
        ((GOOD, GOOD.replace("kind: library", "kind: libary")), 9, "passage 2: institution zarkent-library: kind is"),
        ((GOOD, GOOD.replace("institutions:", "institution:")), 8, "passage 2: after the `---` there are"),
        ((GOOD, GOOD.replace("{kind", "}{kind")), 9, "passage 2: YAML: "),
    ],
)
def test_errors(tmp_path: Path, passages: tuple[str, ...], line: int, told: str):
    golds, errors = read_passages(file_of(tmp_path, *passages))
    assert len(golds) == len(passages) - 1
    assert [(error.file, error.line) for error in errors] == [("eng-01.gold", line)]
    assert told in errors[0].reason


def test_a_file_in_another_encoding(tmp_path: Path):
    file = tmp_path / "rus-01.gold"
    file.write_bytes(b"ok\n" + "Музей".encode("cp1251"))
    assert [str(error) for error in read_passages(file)[1]] == ["rus-01.gold, line 2: not UTF-8; save it as UTF-8"]


def test_no_file(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read_passages(tmp_path / "eng-01.gold")


@given(st.lists(st.sampled_from([GOOD, BROKEN, "", "\n", "No lists.\n"]), min_size=1, max_size=8))
def test_every_passage_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, passages: list[str]):
    file = file_of(tmp_path_factory.mktemp("passages"), *passages)
    golds, errors = read_passages(file)
    numbers = [number for number, passage in enumerate(passages, start=1) if passage == GOOD]
    assert [gold.id for gold in golds] == [f"eng-01/{number}" for number in numbers]
    assert len(golds) + len(errors) == len(passages)
    assert all(1 <= error.line <= file.read_text(encoding="utf-8").count("\n") + 1 for error in errors)
