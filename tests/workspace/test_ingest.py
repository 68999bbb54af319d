"""A run after the other: what is done, what is left, what stands after it."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from pipeline.workspace import Workspace, WorkspaceError
from pipeline.workspace.fingerprint import Setup
from pipeline.workspace.places import place_of
from tests.workspace.conftest import NEWS, Steady, World


def rows(world: World, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(world.folder / "manifest.sqlite") as connection:
        return sorted(tuple(row) for row in connection.execute(f"SELECT * FROM {table}"))


class TestFirstRun:
    def test_every_article_has_one_outcome(self, news: World):
        news.put("empty.txt", b"")
        news.put("broken.pdf", b"%PDF-1.7 nothing")
        news.put("fails.txt", "FAIL")
        news.put("copy.txt", NEWS[0])
        report = news.ingest()
        assert report.counts == {"ok": 4, "failed": 3, "duplicate": 1}
        assert report.run == 1
        assert news.states() == {"failed": 3, "ok": 4}

    def test_what_stands_is_whole(self, news: World):
        news.ingest()
        with Workspace.open(news.folder) as opened:
            found = list(opened.changes())
        assert [change.key for change in found] == sorted(change.key for change in found)
        assert {change.state for change in found} == {"added"}
        for change in found:
            assert change.record is not None and change.text is not None
            assert change.record.document.sha256 == change.key
            assert change.record.document.characters == len(change.text)
            assert change.record.document.id.endswith(change.key[:12])
            assert change.sources == (change.record.document.source,)
            spans = [mention for institution in change.record.institutions for mention in institution.mentions]
            assert spans and all(change.text[span.start : span.end] == span.text for span in spans)

    def test_runs_tell_how_they_were_made(self, news: World):
        news.ingest()
        with Workspace.open(news.folder) as opened:
            (run,) = opened.runs()
        assert (run.number, run.articles, run.totals) == (1, 4, {"ok": 4})
        assert run.started <= (run.finished or "")
        assert run.fingerprint == news.setup.fingerprint()

    def test_failures_are_kept_with_their_errors(self, news: World):
        path = news.put("fails.txt", "FAIL")
        news.ingest()
        with Workspace.open(news.folder) as opened:
            (trouble,) = opened.troubles()
        assert trouble.source == str(path)
        assert "ZeroDivisionError: by nought" in trouble.error and "conftest.py" in trouble.error
        (kept,) = news.folder.glob("quarantine/*/*.bin")
        assert kept.read_bytes() == b"FAIL"
        assert json.loads(kept.with_suffix(".json").read_text())["source"] == str(path)
        events = [json.loads(line) for line in (news.folder / "logs" / "run-000001.jsonl").read_text().splitlines()]
        assert [event["event"] for event in events] == ["started", "failed", "finished"]


class TestSecondRun:
    def test_nothing_is_done_twice(self, news: World):
        news.ingest()
        report = news.ingest()
        assert (report.counts, news.extracted) == ({"unchanged": 4}, [])
        assert news.since(1) == {}

    def test_a_touched_file_is_unchanged(self, news: World):
        news.ingest()
        news.put("0.txt", NEWS[0], when=1_700_000_000)
        assert (news.ingest().counts, news.extracted) == ({"unchanged": 4}, [])

    def test_a_new_file_is_added(self, news: World):
        news.ingest()
        news.put("new.txt", "The British Library lent 7 manuscripts in 2020.")
        assert news.ingest().counts == {"ok": 1, "unchanged": 4}
        assert news.since(1) == {"new.txt": "added"}
        assert len(news.since(0)) == 5

    def test_a_file_with_other_content_replaces_what_it_was(self, news: World):
        news.ingest()
        news.put("0.txt", "The British Library lent 7 manuscripts in 2020.", when=1_700_000_000)
        report = news.ingest()
        assert (report.counts, report.withdrawn) == ({"ok": 1, "unchanged": 3}, 1)
        assert sorted(news.since(1).values()) == ["added", "withdrawn"]
        assert len(news.texts()) == 4

    def test_a_file_that_cannot_be_read_any_more_keeps_what_it_was(self, news: World):
        news.ingest()
        news.put("0.txt", b"", when=1_700_000_000)
        assert news.ingest().counts == {"failed": 1, "unchanged": 3}
        assert NEWS[0] in news.texts()
        news.put("0.txt", "The British Library lent 7 manuscripts in 2020.", when=1_700_000_001)
        news.ingest()
        assert NEWS[0] not in news.texts()

    def test_a_file_changed_within_the_clocks_tick_is_read_again(self, news: World):
        news.later = 0.0
        path = news.articles / "0.txt"
        path.write_text("The British Library lent 7 manuscripts in 2020.")
        status = path.stat()
        news.ingest()
        path.write_text("The British Library lent 8 manuscripts in 2020.")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert news.ingest().counts == {"ok": 1, "unchanged": 3}

    def test_a_file_that_got_its_old_time_back_is_read_again(self, news: World):
        news.put("0.txt", "The British Library lent 7 manuscripts in 2020.")
        before = (news.articles / "0.txt").stat()
        news.ingest()
        after = news.put("0.txt", "The British Library lent 8 manuscripts in 2020.").stat()
        assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)
        assert news.ingest().counts == {"ok": 1, "unchanged": 3}

    def test_no_file_is_opened_and_no_row_written_for_what_is_unchanged(
        self, news: World, monkeypatch: pytest.MonkeyPatch
    ):
        def never(*_: object, **__: object) -> None:
            raise AssertionError("opened")

        news.put("fails.txt", "FAIL")
        news.ingest()
        before = rows(news, "sources"), rows(news, "articles")
        monkeypatch.setattr("pipeline.workspace.scan.file_bytes", never)
        report = news.ingest(news.articles, news.articles / "0.txt", news.articles / "fails.txt")
        assert (report.counts, report.known_failures, report.vanished) == ({"unchanged": 5}, 1, ())
        assert (rows(news, "sources"), rows(news, "articles")) == before

    def test_bytes_are_hashed_whatever_times_say_when_asked(self, news: World):
        news.ingest()
        path = news.put("0.txt", "The British Library lent 7 manuscripts in 2020.")
        forged = place_of(str(path), str(news.articles))
        assert forged is not None and forged.signature
        with sqlite3.connect(news.folder / "manifest.sqlite") as connection:
            connection.execute("UPDATE sources SET signature = ? WHERE name = ?", (forged.signature, str(path)))
        assert news.ingest().counts == {"unchanged": 4}
        assert news.plan(rehash=True).whys == {"new": 1}
        assert news.ingest(news.articles, path, rehash=True).counts == {"ok": 1, "unchanged": 3}
        assert news.extracted == ["0.txt"]
        assert news.ingest(rehash=True).counts == {"unchanged": 4}

    def test_a_run_that_meets_some_and_misses_some(self, news: World):
        news.put("moved.txt", "The British Library lent 7 manuscripts in 2020.")
        news.ingest()
        (news.articles / "moved.txt").rename(news.articles / "again.txt")
        (news.articles / "1.txt").unlink()
        report = news.ingest()
        assert (report.counts, report.vanished) == (
            {"duplicate": 1, "unchanged": 3},
            (str(news.articles / "1.txt"),),
        )
        assert {name for name, *_ in rows(news, "sources")} == {
            str(news.articles / name) for name in ("0.txt", "1.txt", "2.txt", "3.txt", "again.txt")
        }

    def test_what_failed_is_not_tried_again_by_itself(self, news: World):
        news.put("fails.txt", "FAIL")
        news.ingest()
        report = news.ingest()
        assert (report.counts, report.known_failures, news.extracted) == ({"unchanged": 5}, 1, [])


class TestStaleness:
    def test_another_fingerprint_makes_all_stale(self, news: World, tmp_path: Path):
        own = tmp_path / "judgements.csv"
        own.write_text("name,country,authority,by,date,note\n")
        news.ingest()
        news.setup = Steady(judgements=(str(own),))
        assert news.plan().whys == {"stale": 4}
        report = news.ingest()
        assert (report.counts, report.whys) == ({"ok": 4}, {"stale": 4})

    def test_a_record_that_came_out_the_same_is_no_change(self, news: World, monkeypatch: pytest.MonkeyPatch):
        news.ingest()
        monkeypatch.setattr("pipeline.workspace.fingerprint.__version__", "99")
        news.ingest()
        assert len(news.extracted) == 4
        assert news.since(1) == {}
        assert len(news.texts()) == 4
        news.ingest()
        assert len(list(news.folder.glob("records/*/*.jsonl"))) == 1  # the second shard had nothing that stands

    def test_a_record_that_came_out_otherwise_is_a_change(self, news: World, monkeypatch: pytest.MonkeyPatch):
        news.ingest()
        monkeypatch.setattr("pipeline.workspace.fingerprint.__version__", "99")
        real = news.extractor.extract_article

        class Other:
            def extract_article(self, article: object) -> object:
                record = real(article)  # type: ignore[arg-type]
                return record.model_copy(update={"dates": ()})

        news.extractor = Other()  # type: ignore[assignment]
        news.ingest()
        assert set(news.since(1).values()) == {"changed"} and len(news.since(1)) == 4
        assert set(news.since(0).values()) == {"added"}

    def test_a_failure_keeps_the_older_record(self, news: World, monkeypatch: pytest.MonkeyPatch):
        news.ingest()
        monkeypatch.setattr("pipeline.workspace.fingerprint.__version__", "99")
        monkeypatch.setattr(news, "extractor", None)  # every extraction fails
        assert news.ingest().counts == {"failed": 4}
        assert len(news.texts()) == 4
        assert news.states() == {"ok": 4}
        with Workspace.open(news.folder) as opened:
            assert len(list(opened.troubles())) == 4

    def test_the_fingerprint_knows_options_and_files(self, tmp_path: Path):
        own = tmp_path / "own.csv"
        own.write_text("a")
        first = Setup(gazetteers=(str(own),)).fingerprint()
        own.write_text("b")
        prints = {first, Setup(gazetteers=(str(own),)).fingerprint(), Setup().fingerprint(), Setup(engines=("hamkor",)).fingerprint(), Setup(judgements=(str(own),)).fingerprint()}  # fmt: skip
        assert len(prints) == 5


class TestDryRun:
    def test_it_says_what_would_be_done_and_does_nothing(self, news: World):
        news.put("copy.txt", NEWS[0])
        report = news.plan()
        assert (report.whys, report.counts) == ({"new": 4}, {"duplicate": 1})
        assert not news.folder.exists()
        news.ingest()
        before = (news.folder / "manifest.sqlite").read_bytes()
        news.put("new.txt", "The British Library lent 7 manuscripts in 2020.")
        report = news.plan()
        assert (report.whys, report.counts) == ({"new": 1}, {"unchanged": 5})
        assert (news.folder / "manifest.sqlite").read_bytes() == before


class TestVanished:
    def test_what_is_gone_is_told_and_stands(self, news: World):
        news.ingest()
        (news.articles / "0.txt").unlink()
        report = news.ingest()
        assert [Path(name).name for name in report.vanished] == ["0.txt"]
        assert len(news.texts()) == 4

    def test_it_is_withdrawn_when_asked(self, news: World):
        news.ingest()
        (news.articles / "0.txt").unlink()
        report = news.ingest(withdraw_missing=True)
        assert report.withdrawn == 1
        assert list(news.since(1).values()) == ["withdrawn"]
        assert len(news.since(0)) == 3
        assert news.since(2) == {}

    def test_it_comes_back(self, news: World):
        news.ingest()
        (news.articles / "0.txt").unlink()
        news.ingest(withdraw_missing=True)
        news.put("0.txt", NEWS[0])
        assert news.ingest().counts == {"ok": 1, "unchanged": 3}
        assert news.since(2) == {"0.txt": "added"}
        assert news.since(1) == {"0.txt": "changed"}

    def test_only_under_the_places_looked_through(self, news: World):
        other = news.put("../other/x.txt", "The British Library lent 7 manuscripts in 2020.")
        news.ingest(news.articles, other.parent)
        other.unlink()
        (news.articles / "0.txt").unlink()
        assert news.ingest(withdraw_missing=True).withdrawn == 1
        assert len(news.texts()) == 4

    def test_a_part_of_a_folder(self, news: World):
        news.put("deep/x.txt", "The British Library lent 7 manuscripts in 2020.")
        news.ingest()
        (news.articles / "deep" / "x.txt").unlink()
        (news.articles / "0.txt").unlink()
        news.put("deep/y.txt", "The British Library lent 9 manuscripts in 2020.")
        report = news.ingest(news.articles / "deep", withdraw_missing=True)
        assert [Path(name).name for name in report.vanished] == ["x.txt"]

    def test_a_folder_that_is_empty_all_of_a_sudden_withdraws_nothing(self, news: World):
        news.ingest()
        for path in news.articles.iterdir():
            path.unlink()
        assert news.ingest(withdraw_missing=True).counts == {"failed": 1}
        assert len(news.texts()) == 4

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the root user may read anything")
    def test_a_folder_that_cannot_be_looked_into(self, news: World):
        news.put("deep/x.txt", "The British Library lent 7 manuscripts in 2020.")
        news.ingest()
        (news.articles / "deep").chmod(0)
        try:
            assert news.ingest(withdraw_missing=True).vanished == ()
        finally:
            (news.articles / "deep").chmod(0o755)

    def test_a_renamed_file_is_the_same_article(self, news: World):
        news.ingest()
        (news.articles / "0.txt").rename(news.articles / "zero.txt")
        report = news.ingest(withdraw_missing=True)
        assert (report.counts, report.vanished, report.withdrawn, news.extracted) == (
            {"duplicate": 1, "unchanged": 3},
            (),
            0,
            [],
        )
        with Workspace.open(news.folder) as opened:
            names = {Path(name).name for change in opened.changes() for name in change.sources}
        assert names == {"zero.txt", "1.txt", "2.txt", "3.txt"}


class TestRetry:
    def test_what_failed_is_tried_again(self, news: World, monkeypatch: pytest.MonkeyPatch):
        news.put("fails.txt", "The British Library lent 7 manuscripts in 2020.")
        monkeypatch.setattr(news, "extractor", None)
        assert news.ingest().counts == {"failed": 5}
        monkeypatch.undo()
        report = news.retry()
        assert (report.counts, report.whys) == ({"ok": 5}, {"again": 5})
        assert news.states() == {"ok": 5}
        assert not list(news.folder.glob("quarantine/*/*"))

    def test_what_could_not_be_read_is_tried_again(self, news: World, tmp_path: Path):
        missing = tmp_path / "later.txt"
        assert news.ingest(news.articles, missing).counts == {"failed": 1, "ok": 4}
        missing.write_text("The British Library lent 7 manuscripts in 2020.")
        assert news.retry().counts == {"ok": 1}
        assert news.states() == {"ok": 5}

    def test_it_fails_again(self, news: World):
        news.put("fails.txt", "FAIL")
        news.ingest()
        assert news.retry().counts == {"failed": 1}
        assert news.states() == {"failed": 1, "ok": 4}

    def test_there_is_nothing_to_retry_without_a_workspace(self, news: World):
        with pytest.raises(WorkspaceError, match="no workspace"):
            news.retry()


class TestWorkspace:
    def test_a_folder_that_is_none(self, tmp_path: Path):
        with pytest.raises(WorkspaceError, match=r"hamkor ingest"):
            Workspace.open(tmp_path)
        (tmp_path / "manifest.sqlite").write_bytes(b"nonsense" * 1000)
        with pytest.raises(WorkspaceError, match=r"not a manifest"):
            Workspace.open(tmp_path)

    def test_a_folder_with_other_things_is_not_made_one(self, news: World):
        news.folder.mkdir()
        (news.folder / "thesis.docx").write_bytes(b"x")
        with pytest.raises(WorkspaceError, match=r"not empty"):
            news.ingest()

    def test_another_format(self, news: World):
        news.ingest()
        connection = sqlite3.connect(news.folder / "manifest.sqlite")
        connection.execute("PRAGMA user_version = 7")
        connection.close()
        with pytest.raises(WorkspaceError, match=r"format 7"):
            Workspace.open(news.folder)

    def test_an_empty_one(self, tmp_path: Path):
        with Workspace.open(tmp_path / "new", create=True) as opened:
            assert (opened.runs(), list(opened.changes()), opened.states()) == ([], [], {})

    def test_a_damaged_shard_is_named(self, news: World):
        news.ingest()
        (shard,) = news.folder.glob("records/*/*.jsonl")
        shard.unlink()
        with Workspace.open(news.folder) as opened, pytest.raises(WorkspaceError, match=shard.name):
            list(opened.changes())

    def test_many_pages_of_changes(self, news: World, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("pipeline.workspace.workspace._PAGE", 2)
        news.put("5.txt", "The British Library lent 7 manuscripts in 2020.")
        news.ingest()
        assert len(news.texts()) == 5

    def test_readers_see_a_run_only_when_it_commits(self, news: World):
        news.ingest()
        seen: list[int] = []

        def look(event: dict[str, object]) -> None:
            with Workspace.open(news.folder) as opened:
                seen.append(len(list(opened.changes())))

        news.put("5.txt", "The British Library lent 7 manuscripts in 2020.")
        news.ingest(told=look)
        assert seen[0] == 4 and seen[-1] == 5
