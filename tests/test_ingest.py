"""The commands `hamkor ingest`, `status` and `retry` as a user meets them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.workspace import Workspace
from tests.workspace.fakes import Fake

HOME = Path(__file__).resolve().parent.parent


def hamkor(*arguments: str | Path | int) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that extract nothing, and so begin at once."""
    monkeypatch.setattr("pipeline.commands.ingest.make_setup", lambda *_: Fake())
    monkeypatch.setattr("pipeline.commands.retry.make_setup", lambda *_: Fake())


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The British Library lent {number + 2} manuscripts in 2020.")
    return folder


def status(folder: Path) -> dict[str, Any]:
    return dict(json.loads(hamkor("status", folder, "--json").stdout))


class TestIngest:
    def test_it_says_what_it_did(self, quick: None, articles: Path, tmp_path: Path):
        folder = tmp_path / "workspace"
        result = hamkor("ingest", articles, "--into", folder, "--workers", 1)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "run 1: 3 ok" in result.stderr
        assert "3 unchanged" in hamkor("ingest", articles, "--into", folder).stderr
        found = status(folder)
        assert found["articles"] == {"ok": 3}
        assert [run["outcomes"] for run in found["runs"]] == [{"ok": 3}, {"unchanged": 3}]

    def test_failures_are_told(self, quick: None, articles: Path, tmp_path: Path):
        folder = tmp_path / "workspace"
        (articles / "bad.txt").write_text("FAIL")
        (articles / "hang.txt").write_text("HANG")
        result = hamkor("ingest", articles, "--into", folder, "--workers", 2, "--timeout", 1, "--quiet")
        assert result.exit_code == 1
        assert "ZeroDivisionError" in result.stderr and "took longer than 1 s" in result.stderr
        shown = hamkor("status", folder)
        assert shown.exit_code == 1
        assert "timed out" in shown.stdout and "bad.txt" in shown.stdout
        again = hamkor("ingest", articles, "--into", folder)
        assert again.exit_code == 0
        assert "2 failed in an earlier run" in again.stderr
        (articles / "bad.txt").write_text("mended")
        assert hamkor("retry", folder, "--timeout", 1, "--workers", 1).exit_code == 1
        (articles / "hang.txt").write_text("mended too")
        assert hamkor("retry", folder, "--workers", 1).exit_code == 0
        assert hamkor("status", folder).exit_code == 0

    def test_json_logs(self, quick: None, articles: Path, tmp_path: Path):
        (articles / "bad.txt").write_text("FAIL")
        result = hamkor("ingest", articles, "--into", tmp_path / "workspace", "--json-logs", "--workers", 1)
        events = [json.loads(line) for line in result.stderr.splitlines()]
        assert [event["event"] for event in events] == ["started", "failed", "finished"]
        assert (events[-1]["ok"], events[-1]["failed"]) == (3, 1)

    def test_dry_run(self, quick: None, articles: Path, tmp_path: Path):
        folder = tmp_path / "workspace"
        result = hamkor("ingest", articles, "--into", folder, "--dry-run")
        assert json.loads(result.stdout) == {"extract": {"new": 3}, "no extraction": {}, "failed before": 0}
        assert not folder.exists()

    def test_what_is_gone(self, quick: None, articles: Path, tmp_path: Path):
        folder = tmp_path / "workspace"
        hamkor("ingest", articles, "--into", folder, "--workers", 1)
        (articles / "0.txt").unlink()
        assert "--withdraw-missing" in hamkor("ingest", articles, "--into", folder).stderr
        assert "1 withdrawn" in hamkor("ingest", articles, "--into", folder, "--withdraw-missing").stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["-"],
            ["x", "--workers", "-1"],
            ["x", "--gazetteer", "none.csv"],
            ["x", "--judgements", "none.csv"],
            ["x", "--timeout", "0"],
        ],
    )
    def test_wrong_use(self, tmp_path: Path, arguments: list[str]):
        result = hamkor("ingest", *arguments, "--into", tmp_path / "workspace")
        assert result.exit_code == 2
        assert not (tmp_path / "workspace").exists()

    def test_a_gazetteer_that_cannot_be_used_is_wrong_use(self, articles: Path, tmp_path: Path):
        own = tmp_path / "own.csv"
        own.write_text("nonsense\n1\n")
        result = hamkor("ingest", articles, "--into", tmp_path / "workspace", "--gazetteer", own, "--workers", 1)
        assert result.exit_code == 2
        assert "own.csv" in result.stderr

    def test_a_folder_that_is_no_workspace(self, articles: Path):
        for command in ("status", "retry"):
            result = hamkor(command, articles)
            assert result.exit_code == 1
            assert "hamkor ingest" in result.stderr

    def test_as_a_program_with_real_workers(self, articles: Path, tmp_path: Path):
        folder = tmp_path / "workspace"
        call = [sys.executable, "-m", "pipeline.cli", "ingest", str(articles), "--into", str(folder), "--workers", "1"]
        done = subprocess.run(call, cwd=HOME, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "")
        with Workspace.open(folder) as opened:
            found = list(opened.changes())
        assert [change.record.copy_counts[0].unit for change in found if change.record] == ["manuscripts"] * 3


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")
class TestWatch:
    def test_new_files_are_taken_in_until_it_is_stopped(self, articles: Path, tmp_path: Path):
        folder = tmp_path / "workspace"
        script = tmp_path / "watch.py"
        script.write_text(
            "from pipeline.cli import app\nimport pipeline.commands.ingest as command\nfrom tests.workspace.fakes import Fake\n"
            "command.make_setup = lambda *_: Fake()\nif __name__ == '__main__':\n    app()\n"
        )
        call = [
            sys.executable,
            script,
            "ingest",
            articles,
            "--into",
            folder,
            "--watch",
            "--every",
            "0.2",
            "--workers",
            "1",
        ]
        process = subprocess.Popen(
            list(map(str, call)), cwd=HOME, env={**os.environ, "PYTHONPATH": str(HOME)}, stderr=subprocess.PIPE
        )
        try:
            old = time.time() - 60
            for number in range(3):
                os.utime(articles / f"{number}.txt", (old, old))
            self.until(folder, 3)
            (articles / "later.txt").write_text("A later one.")
            os.utime(articles / "later.txt", (old, old))
            self.until(folder, 4)
        finally:
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=60)
        assert process.returncode == 0
        assert b"stopped" in told

    def until(self, folder: Path, articles: int) -> None:
        for _ in range(1200):
            if (folder / "manifest.sqlite").exists():
                with Workspace.open(folder) as opened:
                    if opened.states().get("ok") == articles:
                        return
            time.sleep(0.1)
        raise AssertionError(f"{articles} articles never stood")
