"""Public data as `benchmarks/public_sets.py` reads it, in its own notation, with texts made up here; and its figures, counted by hand."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[1] / "benchmarks" / "public_sets.py"


@pytest.fixture(scope="module")
def sets() -> ModuleType:
    spec = spec_from_file_location("public_sets", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["public_sets"] = module
    spec.loader.exec_module(module)
    return module


BOOK = {
    "testset/book_1.txt": "Вчера музей «Лазурит» и мэрия города ждали гостей.",
    "testset/book_1.spans": "1 org_descr 6 5 1 1  # 1 музей\n2 org_name 13 7 2 1  # 2 Лазурит\n3 org_descr 24 5 3 1  # 3 мэрия\n",
    "testset/book_1.objects": "7 Org 1 2 # музей Лазурит\n8 Org 3 # мэрия\n9 LocOrg 3 # мэрия\n",
    "devset/book_2.objects": "",
}


@pytest.mark.parametrize("bare", [False, True])
def test_factrueval(bare: bool, sets: ModuleType, tmp_path: Path):
    for name, text in BOOK.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    folder = tmp_path
    if bare:
        for words in ("init -q", "add .", "-c user.name=n -c user.email=e commit -q -m m"):
            subprocess.run(["git", *words.split()], cwd=tmp_path, check=True)
        folder = tmp_path / ".git"
    (book,) = sets.factrueval(folder)
    assert [book.text[start:end] for start, end in book.names] == ["музей «Лазурит"]


def test_wnut(sets: ModuleType, tmp_path: Path):
    tokens = "At\tO\nSilk\tB-corporation\nThread\tI-corporation\nsang\tO\nOx\tB-group\nElk\tB-group\nLola\tB-person\n\t\nNo\tO\none\tO\n"
    (tmp_path / "emerging.test.annotated").write_text(tokens, encoding="utf-8")
    first, second = sets.wnut(tmp_path)
    assert first.text == "At Silk Thread sang Ox Elk Lola"
    assert {first.text[start:end] for start, end in first.names} == {"Silk Thread", "Ox", "Elk"}
    assert (second.text, second.names) == ("No one", frozenset())


def test_what_is_no_copy(sets: ModuleType, tmp_path: Path):
    for read in (sets.factrueval, sets.wnut):
        with pytest.raises(SystemExit, match="is this a copy of"):
            read(tmp_path)
        with pytest.raises(SystemExit, match="no such folder"):
            read(tmp_path / "nothing")


def test_figures_counted_by_hand(sets: ModuleType):
    texts = [sets.Marked("a", frozenset({(0, 5), (10, 15)})), sets.Marked("b", frozenset({(0, 3)}))]
    found = {"a": [(0, 5), (12, 14), (20, 22)], "b": []}
    made = sets.score(texts, found.__getitem__, resamples=200)
    assert made.exact == pytest.approx(2 * 1 / (3 + 3))
    assert made.overlap == pytest.approx(2 / 3)  # two of three wanted are touched, two of three found touch
    assert 0 == made.exact_bounds[0] <= made.exact <= made.exact_bounds[1] <= 1
    nothing = sets.score([sets.Marked("a", frozenset())], lambda _: [], resamples=0)
    assert (nothing.exact, nothing.overlap) == (0.0, 0.0)
