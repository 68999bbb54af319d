"""Where articles may come from: folders, patterns, lists, archives, JSON Lines, feeds; and what is wrong with them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from pipeline.workspace import Workspace
from tests.workspace.conftest import NEWS, Steady, World


def zipped(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, members: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data.encode())
            archive.addfile(entry, io.BytesIO(data.encode()))
    return path


def sources(world: World) -> set[str]:
    """Names of what stands, without the folder."""
    with Workspace.open(world.folder) as opened:
        found = {name for change in opened.changes() for name in change.sources}
    return {name.removeprefix(f"{world.articles}/") for name in found}


def problems(world: World) -> dict[str, str]:
    with Workspace.open(world.folder) as opened:
        return {Path(trouble.source).name: trouble.error for trouble in opened.troubles()}


class TestPlaces:
    def test_a_pattern(self, news: World):
        news.put("deep/down/x.md", "The British Library lent 7 manuscripts in 2020.")
        assert news.ingest(news.articles / "[01].txt").counts == {"ok": 2}
        assert news.ingest(news.articles / "**" / "*.md").counts == {"ok": 1}
        assert news.ingest(news.articles / "*.none").counts == {"failed": 1}

    @pytest.mark.parametrize("end", ["\n", "\0"])
    def test_a_file_of_paths(self, news: World, tmp_path: Path, end: str):
        listed = tmp_path / "list"
        paths = [str(news.articles / "0.txt"), str(news.articles / "none.txt"), str(news.articles / "2.txt")]
        listed.write_text(end.join(paths) + end)
        assert news.ingest(lists=[str(listed)]).counts == {"ok": 2, "failed": 1}
        assert news.ingest(lists=[str(tmp_path / "nothing")]).counts == {"failed": 1}

    def test_places_that_overlap(self, news: World):
        assert news.ingest(news.articles, news.articles / "0.txt", news.articles).counts == {"ok": 4}
        assert news.ingest(news.articles, news.articles / "0.txt").counts == {"unchanged": 4}

    def test_a_file_still_being_written_waits(self, news: World):
        ahead = int(time.time()) + 3600  # by a clock that is fast
        news.put("new.txt", "The British Library lent 7 manuscripts in 2020.", when=ahead)
        assert news.ingest(settle=True).counts == {"ok": 4}
        news.put("new.txt", "The British Library lent 7 manuscripts in 2020.")
        assert news.ingest(settle=True, idle=False).counts == {"ok": 1, "unchanged": 4}
        assert news.ingest(settle=True, idle=False).run == 0
        with Workspace.open(news.folder) as opened:
            assert len(opened.runs()) == 2

    def test_what_is_too_large(self, news: World, monkeypatch: pytest.MonkeyPatch):
        from pipeline.reading import Limits

        news.setup = Steady(limits=Limits(max_bytes=100))
        zipped(news.articles / "a.zip", {"big.txt": "a" * 200, "small.txt": "The British Library."})
        assert news.ingest().counts == {"ok": 1, "failed": 5}


class TestArchives:
    @pytest.mark.parametrize("make", [zipped, tarred])
    def test_members_are_articles(self, world: World, make):  # type: ignore[no-untyped-def]
        name = "a.zip" if make is zipped else "a.tar.gz"
        make(
            world.articles / name,
            {f"in/{number}.txt": text for number, text in enumerate(NEWS)}
            | {"in/picture.png": "x", "__MACOSX/in/0.txt": "y"},
        )
        assert world.ingest().counts == {"ok": 4}
        assert sources(world) == {f"{name}!/in/{number}.txt" for number in range(4)}
        assert world.ingest().counts == {"unchanged": 4}

    def test_a_member_is_the_same_article_as_a_file(self, news: World):
        zipped(news.articles / "a.zip", {"0.txt": NEWS[0]})
        assert news.ingest().counts == {"ok": 4, "duplicate": 1}

    def test_an_unchanged_archive_is_not_opened(self, world: World, monkeypatch: pytest.MonkeyPatch):
        import os

        path = zipped(world.articles / "a.zip", {"0.txt": NEWS[0], "1.txt": NEWS[1]})
        os.utime(path, (1_600_000_000, 1_600_000_000))
        world.ingest()

        def never(*_: object, **__: object) -> None:
            raise AssertionError("opened")

        monkeypatch.setattr("pipeline.workspace.scan.members", never)
        assert world.ingest(withdraw_missing=True).counts == {"unchanged": 2}
        assert world.plan().counts == {"unchanged": 2}

    def test_a_member_that_left_is_gone(self, world: World):
        path = zipped(world.articles / "a.zip", {"0.txt": NEWS[0], "1.txt": NEWS[1]})
        world.ingest()
        path.unlink()
        zipped(path, {"0.txt": NEWS[0]})
        report = world.ingest(withdraw_missing=True)
        assert (report.counts, report.withdrawn) == ({"unchanged": 1}, 1)

    def test_two_members_of_one_name(self, world: World):
        with (
            pytest.warns(UserWarning, match="Duplicate name"),
            zipfile.ZipFile(world.articles / "a.zip", "w") as archive,
        ):
            archive.writestr("0.txt", NEWS[0])
            archive.writestr("0.txt", NEWS[1])
        assert world.ingest().counts == {"ok": 2}
        assert world.ingest().counts == {"unchanged": 2}

    def test_a_broken_archive_gives_what_can_be_had(self, world: World):
        path = tarred(world.articles / "a.tar.gz", {f"{number}.txt": text * 50 for number, text in enumerate(NEWS)})
        path.write_bytes(path.read_bytes()[:-60])
        zipped(world.articles / "b.zip", {"0.txt": NEWS[0]}).write_bytes(b"PK\x03\x04 and nothing more")
        counts = world.ingest().counts
        assert counts["failed"] == 2 and counts["ok"] >= 1
        assert "broken" in problems(world)["a.tar.gz"]

    def test_a_locked_member(self, world: World):
        path = zipped(world.articles / "a.zip", {"0.txt": NEWS[0], "1.txt": NEWS[1]})
        data = bytearray(path.read_bytes())
        at = data.index(b"PK\x01\x02")
        data[at + 8] |= 1  # the flag that says encrypted
        data[data.index(b"PK\x03\x04") + 6] |= 1
        path.write_bytes(bytes(data))
        assert world.ingest().counts == {"ok": 1, "failed": 1}

    def test_a_bomb(self, world: World, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("pipeline.workspace.containers._FLOOR", 1_000_000)
        zipped(
            world.articles / "a.zip", {f"{number}.txt": f"{NEWS[0]} {number}{' ' * 900_000}" for number in range(20)}
        )
        counts = world.ingest().counts
        assert counts["failed"] == 1 and counts["ok"] + counts.get("duplicate", 0) < 20
        assert "bomb" in problems(world)["a.zip"]

    def test_names_of_members_are_only_names(self, world: World):
        zipped(world.articles / "a.zip", {"../../evil.txt": NEWS[0], "/etc/x.txt": NEWS[1], "a\nb\x1b[2J.txt": NEWS[2]})
        assert world.ingest().counts == {"ok": 3}
        assert not any("\n" in name or "\x1b" in name for name in sources(world))
        assert {path.name for path in world.folder.parent.iterdir()} == {"articles", "workspace"}


class TestLines:
    def write(self, world: World, rows: list[object], name: str = "a.jsonl") -> Path:
        path = world.articles / name
        data = "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows).encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    @pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
    def test_a_row_is_an_article(self, world: World, name: str):
        self.write(
            world, [{"id": "x", "text": NEWS[0]}, {"text": NEWS[1]}, "", {"url": "http://a/b", "text": NEWS[2]}], name
        )
        assert world.ingest().counts == {"ok": 3}
        assert sources(world) == {f"{name}#x", f"{name}#2", f"{name}#http://a/b"}

    def test_another_field(self, world: World):
        self.write(world, [{"body": NEWS[0]}])
        assert world.ingest(field="body").counts == {"ok": 1}

    def test_what_is_no_row(self, world: World):
        self.write(world, ["nonsense", "[1]", {"text": 7}, {"other": "x"}, "[" * 100_000, {"text": NEWS[0]}])
        assert world.ingest().counts == {"ok": 1, "failed": 5}
        assert "--text-field" in problems(world)["a.jsonl#4"]

    def test_rows_may_be_added_before_others(self, world: World):
        self.write(world, [{"text": text} for text in NEWS[1:]])
        world.ingest()
        self.write(world, [{"text": text} for text in NEWS])
        report = world.ingest(withdraw_missing=True)
        assert (len(world.extracted), report.withdrawn, len(world.texts())) == (1, 0, 4)

    def test_half_a_surrogate_pair(self, world: World):
        self.write(world, ['{"text": "The British Library \\ud800 lent 7 manuscripts in 2020."}'])
        assert world.ingest().counts == {"ok": 1}


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>
<item><title>A &amp; B</title><guid>one</guid><pubDate>Thu, 03 Jun 2021 10:00:00 +0500</pubDate><content:encoded><![CDATA[<p>{0}</p>]]></content:encoded><description>short</description></item>
<item><title>Linked</title><link>http://example.org/news/two.html</link></item>
<item><title>Only a link</title><link>http://example.org/none.html</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>A</title><id>urn:1</id><updated>2021-06-03T10:00:00Z</updated><content type="html">&lt;p&gt;{0}&lt;/p&gt;</content></entry>
<entry><title>B</title><id>urn:2</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{1}</p></div></content></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/news/two.html</loc></url><url><loc>https://example.org/gone.html</loc></url></urlset>"""


class TestFeeds:
    def test_rss(self, world: World):
        world.put("feed.xml", RSS.replace("{0}", NEWS[0]))
        world.put("news/two.html", f"<html><body><p>{NEWS[1]}</p></body></html>")
        assert world.ingest(world.articles / "feed.xml").counts == {"ok": 2, "failed": 1}
        assert sources(world) == {"feed.xml#one", "news/two.html"}
        with Workspace.open(world.folder) as opened:
            first = next(change.record for change in opened.changes() if change.sources[0].endswith("#one"))
        assert first is not None
        assert (first.document.title, first.document.date, first.document.media_type) == (
            "A & B",
            "2021-06-03",
            "text/html",
        )
        assert world.ingest(world.articles / "feed.xml").counts == {"unchanged": 2, "failed": 1}

    def test_atom(self, world: World):
        world.put("feed.atom", ATOM.replace("{0}", NEWS[0]).replace("{1}", NEWS[1]))
        assert world.ingest().counts == {"ok": 2}
        assert sources(world) == {"feed.atom#urn:1", "feed.atom#urn:2"}

    def test_a_sitemap_of_a_mirror(self, world: World):
        world.put("sitemap.xml", SITEMAP)
        world.put("example.org/news/two.html", f"<html><body><p>{NEWS[1]}</p></body></html>")
        assert world.ingest(world.articles / "sitemap.xml").counts == {"ok": 1, "failed": 1}

    def test_other_xml_is_passed_over_in_a_folder(self, news: World):
        path = news.put("data.xml", "<data><item>x</item></data>")
        assert news.ingest().counts == {"ok": 4}
        assert news.ingest(path).counts == {"failed": 1}

    @pytest.mark.parametrize(
        "feed",
        [
            RSS.replace("{0}", NEWS[0])[:-200],
            '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><item><description>&b;</description></item></channel></rss>',
            '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&a;</description></item></channel></rss>',
        ],
    )
    def test_hostile_ones(self, world: World, feed: str):
        world.put("feed.xml", feed)
        assert world.ingest().counts["failed"] >= 1
        assert not any("root:" in text for text in world.texts())

    def test_a_link_does_not_lead_out(self, world: World, tmp_path: Path):
        (tmp_path / "secret.txt").write_text("The British Library lent 7 manuscripts in 2020.")
        world.put("feed.xml", "<rss><channel><item><link>../secret.txt</link></item></channel></rss>")
        assert world.ingest().counts == {"failed": 1}
