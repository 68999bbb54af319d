"""Paths -> sources: sorted, each file once, and every fault is one error that does not stop the rest."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.reading import ReadingError, Source, find_files, find_sources, read_source

links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights")


def tree(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"text of {name}", encoding="utf-8")


def found(*paths: str | Path) -> tuple[list[str], list[str]]:
    """The names of the sources, and the reasons of the errors."""
    items = list(find_sources(paths))
    return (
        [item.name for item in items if isinstance(item, Source)],
        [item.reason for item in items if isinstance(item, ReadingError)],
    )


def relative(names: list[str], root: Path) -> list[str]:
    return [Path(name).relative_to(root).as_posix() for name in names]


def test_a_folder_in_order(tmp_path: Path) -> None:
    tree(
        tmp_path,
        "b.txt",
        "a.PDF",
        "c/d.html",
        "c/a.md",
        "c/z/q.docx",
        "B.htm",
        ".hidden.txt",
        ".git/x.txt",
        "x.jpg",
        "y",
    )
    names, errors = found(tmp_path)
    assert relative(names, tmp_path) == ["B.htm", "a.PDF", "b.txt", "c/a.md", "c/d.html", "c/z/q.docx"]
    assert errors == []


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    tree(tmp_path, "notes", ".hidden", "x.log")
    names, errors = found(tmp_path / "notes", tmp_path / ".hidden", tmp_path / "x.log")
    assert relative(names, tmp_path) == ["notes", ".hidden", "x.log"]
    assert errors == []
    assert [read_source(item).text for item in find_sources([tmp_path / "notes"]) if isinstance(item, Source)] == [
        "text of notes"
    ]


def test_faults_do_not_stop_the_rest(tmp_path: Path) -> None:
    tree(tmp_path, "good/a.txt", "none/x.jpg")
    (tmp_path / "empty").mkdir()
    names, errors = found(
        tmp_path / "missing", tmp_path / "empty", "no\0name", tmp_path / "none", tmp_path / "good", "y" * 5000
    )
    assert relative(names, tmp_path) == ["good/a.txt"]
    assert len(errors) == 5
    assert sum("no articles" in error for error in errors) == 2


def test_each_file_once(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "b/c.txt")
    names, errors = found(tmp_path / "a.txt", tmp_path, tmp_path / "b", tmp_path / "b" / ".." / "a.txt")
    assert len(names) == 2
    assert errors == []


def test_standard_input_once() -> None:
    assert list(find_sources(["-", "-"])) == [Source(path=None, name="-")]


@links
def test_links_that_go_round(tmp_path: Path) -> None:
    tree(tmp_path, "a/b/x.txt", "z.txt")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    names, errors = found(tmp_path)
    assert relative(names, tmp_path) == ["z.txt", "a/b/x.txt"]
    assert len(errors) == 3
    assert sum("folder above" in error for error in errors) == 1


@links
def test_a_folder_that_two_links_lead_to_is_named_by_its_own_place(tmp_path: Path) -> None:
    tree(tmp_path, "real/x.txt", "q/y.txt")
    (tmp_path / "a").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "q" / "b").symlink_to(tmp_path / "real", target_is_directory=True)
    names, errors = found(tmp_path)
    assert relative(names, tmp_path) == ["q/y.txt", "real/x.txt"]
    assert errors == []


@links
def test_a_web_of_links_ends(tmp_path: Path) -> None:
    for level in range(25):
        tree(tmp_path, f"d{level}/x{level}.txt")
        for name in ("l", "r"):
            (tmp_path / f"d{level}" / name).symlink_to(tmp_path / f"d{level + 1}", target_is_directory=True)
    names, _ = found(tmp_path / "d0")
    assert len(names) == 25


def test_an_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a/x.txt", "b/y.txt")
    scan = os.scandir

    def guarded(path: str | os.PathLike[str]) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    names, errors = found(tmp_path)
    assert relative(names, tmp_path) == ["b/y.txt"]
    assert len(errors) == 1
    assert "Permission denied" in errors[0]


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes")
def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"\xff\xfe.txt"), "wb") as file:
        file.write(b"text")
    (item,) = find_sources([tmp_path])
    assert isinstance(item, Source)
    assert item.name.endswith("\\xff\\xfe.txt")
    assert read_source(item).text == "text"


def test_files_bring_what_the_walk_knows_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("five!")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "B.TXT").write_text("other")
    found = [item for item in find_files([tmp_path, tmp_path / "a.txt"]) if not isinstance(item, ReadingError)]
    assert [item.name for item in found] == [str(tmp_path / name) for name in ("B.TXT", "a.txt")]
    for item in found:
        assert item.path is not None and item.status is not None
        assert item.status.st_mtime_ns == Path(item.path).stat().st_mtime_ns and item.status.st_size == 5
