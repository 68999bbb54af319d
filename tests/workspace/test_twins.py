"""Articles that repeat others: recognised, linked, not extracted twice; and sketches, which tell how alike two texts are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.transliteration import to_latin
from pipeline.workspace import Workspace
from pipeline.workspace.sketch import NEAR, sketch_of
from tests.workspace.conftest import NEWS, World

RELEASE = (
    "The National Library of Uzbekistan and the British Library signed a memorandum of cooperation on 3 June 2021 in Tashkent. "
    "The two libraries will exchange catalogues and train young librarians together for five years. "
    "The director of the library thanked all partners and said that readers would have new halls to work in. "
    "Under the memorandum 140 copies of rare books were given to the library in Tashkent in that year. "
    "The guests saw the reading rooms, spoke with readers, and looked at manuscripts that had been restored by the masters of the workshop. "
    "Both sides will meet again to look at what has been done, and at what remains to be done by them."
)
URGED = RELEASE.replace("thanked all partners and said", "warmly thanked all partners and guests and said")


class TestSameText:
    def test_another_encoding_is_a_duplicate(self, world: World):
        world.put("a.txt", NEWS[3].encode("utf-8"))
        world.put("b.txt", NEWS[3].encode("cp1251"))
        assert world.ingest().counts == {"ok": 1, "duplicate": 1}
        assert len(world.extracted) == 1
        assert world.ingest().counts == {"unchanged": 2}
        with Workspace.open(world.folder) as opened:
            (change,) = opened.changes()
        ((link),) = change.duplicates
        assert (link.kind, link.similarity, Path(link.sources[0]).name) == ("same text", 1.0, "b.txt")

    def test_the_same_bytes_in_many_places_are_one_article(self, world: World):
        for number in range(5):
            world.put(f"{number}/a.txt", NEWS[0])
        assert world.ingest().counts == {"ok": 1, "duplicate": 4}
        with Workspace.open(world.folder) as opened:
            (change,) = opened.changes()
        assert len(change.sources) == 5

    def test_a_duplicate_takes_the_place_of_an_original_that_is_withdrawn(self, world: World):
        first = world.put("a.txt", NEWS[3].encode("utf-8"))
        world.put("b.txt", NEWS[3].encode("cp1251"))
        world.ingest()
        first.unlink()
        report = world.ingest(withdraw_missing=True)
        assert (report.withdrawn, report.promoted) == (1, 1)
        assert world.since(1) == {"?": "withdrawn", "b.txt": "added"}
        assert world.states() == {"ok": 1, "withdrawn": 1}

    def test_a_duplicate_of_what_failed_is_tried_itself(self, world: World):
        world.put("a.txt", "FAIL: " + NEWS[3])
        world.put("b.txt", ("FAIL: " + NEWS[3]).encode("cp1251"))
        world.ingest()
        assert len(world.extracted) == 2
        assert world.states() == {"failed": 2}


class TestNear:
    def test_the_same_release_on_two_sites(self, world: World):
        world.put("a.txt", RELEASE)
        world.put("b.txt", URGED)
        assert world.ingest().counts == {"ok": 1, "duplicate": 1}
        with Workspace.open(world.folder) as opened:
            (change,) = opened.changes()
        ((link),) = change.duplicates
        assert link.kind == "near" and NEAR <= link.similarity < 1

    def test_one_that_adds_a_number_is_extracted_and_linked(self, world: World):
        world.put("a.txt", RELEASE)
        world.put("b.txt", RELEASE.replace("140 copies", "141 copies"))
        assert world.ingest().counts == {"ok": 2}
        with Workspace.open(world.folder) as opened:
            found = list(opened.changes())
        assert [[link.kind for link in change.duplicates] for change in found] == [["linked"], ["linked"]]
        assert {change.duplicates[0].key for change in found} == {change.key for change in found}

    def test_one_that_adds_a_name_is_extracted(self, world: World):
        world.put("a.txt", RELEASE)
        world.put("b.txt", RELEASE.replace("The guests", "The guests of the Louvre"))
        assert world.ingest().counts == {"ok": 2}

    def test_all_are_extracted_when_asked(self, world: World):
        world.put("a.txt", RELEASE)
        world.put("b.txt", URGED)
        assert world.ingest(near=False).counts == {"ok": 2}

    def test_in_a_later_run(self, world: World):
        world.put("a.txt", RELEASE)
        world.ingest()
        world.put("b.txt", URGED)
        assert world.ingest().counts == {"duplicate": 1, "unchanged": 1}
        assert world.since(1) == {}

    def test_other_articles_are_not(self, news: World):
        assert news.ingest().counts == {"ok": 4}


class TestSketch:
    @pytest.mark.parametrize(
        ("text", "digest", "band"),
        [(RELEASE, "f60e725e8234d97e", -5240787915332028703), (NEWS[1] * 2, "bce4c9d07b18351d", -7302647963460283533)],
    )
    def test_it_is_what_stands_in_manifests(self, text: str, digest: str, band: int):
        """Workspaces keep sketches: other values for the same text would make old articles and new ones strangers."""
        sketch = sketch_of(text)
        assert sketch is not None
        assert (hashlib.sha256(sketch.bins + sketch.facts).hexdigest()[:16], sketch.bands()[0]) == (digest, band)

    def test_script_and_case_do_not_count(self):
        text = NEWS[1] * 3
        one, other = sketch_of(text), sketch_of(to_latin(text).upper())
        assert one is not None and other is not None
        assert one.similarity(other) == 1.0
        assert one.adds_nothing_to(other)

    @pytest.mark.parametrize("text", ["", "one two three", "а" * 500_000])
    def test_what_has_none(self, text: str):
        assert sketch_of(text) is None

    @given(
        st.lists(st.sampled_from(RELEASE.split()), min_size=12, max_size=60),
        st.lists(st.sampled_from(RELEASE.split()), min_size=12, max_size=60),
    )
    def test_similarity_is_symmetric_and_one_for_oneself(self, left: list[str], right: list[str]):
        one, other = sketch_of(" ".join(left)), sketch_of(" ".join(right))
        if one is None or other is None:
            return
        assert one.similarity(one) == 1.0
        assert one.similarity(other) == other.similarity(one)
        assert one.adds_nothing_to(one)
        assert one.bands() == one.bands() and len(set(one.bands())) == len(one.bands())

    @pytest.mark.parametrize("kept", [1.0, 0.9, 0.5, 0.1])
    def test_it_estimates_the_share_of_common_shingles(self, kept: float):
        words = [f"word{number}" for number in range(1_000)]
        own = [f"other{number}" for number in range(1_000)]
        cut = int(1_000 * kept)
        one, other = sketch_of(" ".join(words)), sketch_of(" ".join(words[:cut] + own[cut:]))
        assert one is not None and other is not None
        common = max(0, cut - 3)
        exact = common / (2 * 997 - common)
        assert one.similarity(other) == pytest.approx(exact, abs=0.19)  # three standard errors
