"""The roll of a run: who is present, each once, and nothing written."""

from __future__ import annotations

import sqlite3

import pytest

from pipeline.workspace import database
from pipeline.workspace.roll import Roll

FINGERPRINT = 3


@pytest.fixture
def connection() -> sqlite3.Connection:
    """Five hundred files, of which number 7 failed, 8 waits and 9 is stale; and an archive with two articles."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.row_factory = sqlite3.Row
    made.executescript(database.schema())
    for number in range(1, 501):
        state, print_ = {7: "failed", 8: "waiting"}.get(number, "ok"), 2 if number == 9 else FINGERPRINT
        made.execute(
            "INSERT INTO articles (number, key, state, run, fingerprint, error) VALUES (?, ?, ?, 1, ?, ?)",
            (number, bytes([number % 256, number // 256]), state, print_, "by nought" if number == 7 else None),
        )
        made.execute(
            "INSERT INTO sources VALUES (?, ?, ?, 'r', ?, 1)", (f"{number}", number, f"{number}", f"s{number}")
        )
    for number in (1, 2):
        made.execute("INSERT INTO sources VALUES (?, ?, 'a.zip', 'r', 'z', 1)", (f"a.zip!/{number}", number))
    return made


def files(*numbers: int) -> list[tuple[str, str]]:
    return [(f"{number}", f"s{number}") for number in numbers]


def absent(connection: sqlite3.Connection) -> set[str]:
    return {row["name"] for row in connection.execute("SELECT name FROM unseen")}


def test_who_is_as_before_is_entered_once(connection: sqlite3.Connection):
    roll = Roll(connection)
    roll.begin(2)
    everybody = files(*range(1, 501))
    names, count, failures = roll.call(everybody, fingerprint=FINGERPRINT, failed=True)
    assert names == {f"{number}" for number in range(1, 501)} - {"8", "9"}
    assert (count, failures) == (498, 1)
    assert roll.call(everybody, fingerprint=FINGERPRINT, failed=True)[1:] == (0, 0)
    assert absent(connection) == {"8", "9", "a.zip!/1", "a.zip!/2"}


@pytest.mark.parametrize("signature", ["", "s2", "other"])
def test_who_changed_is_not_entered(connection: sqlite3.Connection, signature: str):
    connection.execute("UPDATE sources SET signature = '' WHERE name = '3'")
    roll = Roll(connection)
    assert roll.call([("1", signature), ("3", "")], fingerprint=FINGERPRINT, failed=True) == (set(), 0, 0)


def test_who_failed_is_entered_where_asked(connection: sqlite3.Connection):
    roll = Roll(connection)
    assert roll.call(files(6, 7), fingerprint=FINGERPRINT, failed=False) == ({"6"}, 1, 0)
    assert roll.call(files(6, 7), fingerprint=FINGERPRINT, failed=True) == ({"6", "7"}, 1, 1)


def test_an_archive_is_entered_as_a_whole(connection: sqlite3.Connection):
    roll = Roll(connection)
    roll.begin(2)
    assert [roll.enter_whole("a.zip"), roll.enter_whole("a.zip"), roll.enter_whole("b.zip")] == [2, 0, 0]
    assert not {"a.zip!/1", "a.zip!/2"} & absent(connection)


def test_whom_the_run_wrote_is_not_absent(connection: sqlite3.Connection):
    roll = Roll(connection)
    roll.begin(2)
    connection.execute("UPDATE sources SET seen = 2 WHERE name = '5'")
    assert "5" not in absent(connection) and "6" in absent(connection)
    roll.begin(3)
    assert "5" in absent(connection)


def test_the_manifest_itself_is_not_written(connection: sqlite3.Connection):
    before = list(connection.iterdump())
    roll = Roll(connection)
    roll.begin(2)
    assert roll.call(files(1, 2, 3), fingerprint=FINGERPRINT, failed=True)[1] == 3
    assert roll.enter_whole("a.zip") == 2
    assert list(connection.iterdump()) == before
