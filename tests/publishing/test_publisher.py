"""Publishing: whatever happened in a workspace, and however often and in whatever parts it was published, the database says what stands."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from pipeline.publishing.database import Database, DatabaseError, open_database
from pipeline.publishing.facts import plain
from pipeline.publishing.publisher import Published, publish
from pipeline.publishing.questions import ask, questions
from pipeline.workspace import Change, Link, Run
from tests.publishing.answers import SURE, everything, rows, standing, without_runs
from tests.publishing.stories import HOSTILE, Draft, Story, gift, hostile, key_of, rich, telling


class TestOnBoth:
    """SQLite and PostgreSQL."""

    def test_once_and_again(self, database: Database) -> None:
        story = rich()
        done = publish(story, database, threshold=SURE)
        assert (done.written, done.unchanged, done.withdrawn, done.refused) == (8, 0, 0, [])
        before = everything(database)
        assert all(before[name] for name in before if name not in ("identifiers", "duplicates", "telling_evidences"))
        done = publish(story, database, threshold=SURE)
        assert (done.written, done.unchanged, done.withdrawn) == (0, 8, 0)
        assert everything(database) == before

    def test_run_by_run(self, database: Database, fresh: Callable[[], Database]) -> None:
        story = rich()
        publish(story.upto(1), database, threshold=SURE)
        publish(story.upto(2), database, threshold=SURE, since=1)
        done = publish(story, database, threshold=SURE, since=2)
        assert (done.written, done.withdrawn) == (1, 1)
        with fresh() as other:
            publish(story, other, threshold=SURE)
            assert without_runs(standing(database)) == without_runs(standing(other))
        assert rows(database, "SELECT state, run FROM documents WHERE key = :key", key=key_of("gone")) == [
            ("withdrawn", 3)
        ]
        history = rows(
            database, "SELECT run, until FROM extractions WHERE document = :key ORDER BY run", key=key_of("four")
        )
        assert history == [(1, 3), (3, None)]
        planned = "SELECT id, status, run, until FROM agreements WHERE parties = 'nl-tj+nl-uz' ORDER BY run"
        assert rows(database, planned) == [
            ("nl-tj+nl-uz/memorandum/undated", "planned", 1, 3),
            ("nl-tj+nl-uz/memorandum/2021", "signed", 3, None),
        ]
        old = "SELECT count(*) FROM mentions WHERE document = :key AND run = 1"
        assert rows(database, old, key=key_of("gone")) == [(2,)]  # history is kept

    def test_hostile_words_stay_words(self, database: Database) -> None:
        draft = hostile()
        story = Story({"evil": draft})
        done = publish(story, database, threshold=SURE)
        assert (done.written, done.refused) == (1, [])
        said = rows(database, "SELECT start_offset, end_offset, text FROM evidences")
        assert len(said) == 4 * len(HOSTILE)
        for start, end, words in said:
            assert words == plain(draft.text[start:end])
            assert len(words) == end - start
        names = {name for (name,) in rows(database, "SELECT name FROM institutions")}
        assert names == set(map(plain, HOSTILE))
        for words in HOSTILE:  # as a value of a question too
            assert ask(database, "agreements-of", party=plain(words))[1] == []
        assert rows(database, "SELECT count(*) FROM documents") == [(1,)]
        publish(story, database, threshold=SURE)
        assert standing(database)["agreements"]

    def test_evidence_of_every_fact(self, database: Database) -> None:
        publish(rich(), database, threshold=SURE)
        for table in ("mentions", "dates", "copy_counts", "tellings"):
            orphans = rows(database, f"SELECT count(*) FROM {table} t LEFT JOIN evidences e ON e.document = t.document AND e.run = t.run AND e.number = t.evidence WHERE e.text IS NULL OR e.rule = ''")  # fmt: skip
            assert orphans == [(0,)]
        assert rows(database, "SELECT count(*) FROM agreements a WHERE until IS NULL AND NOT EXISTS (SELECT 1 FROM agreement_evidence v WHERE v.agreement = a.id AND v.names_it = 1)") == [(0,)]  # fmt: skip
        assert rows(database, "SELECT count(*) FROM standing_institutions i WHERE NOT EXISTS (SELECT 1 FROM appearances a JOIN mentions m ON m.document = a.document AND m.run = a.run AND m.appearance = a.id WHERE a.institution = i.key)") == [(0,)]  # fmt: skip

    def test_the_database_refuses_what_cannot_be(self, database: Database) -> None:
        publish(rich(), database, threshold=SURE)
        for statement in (
            "INSERT INTO mentions VALUES ('none', 1, 1, 'i1', false, '', 1)",
            "INSERT INTO agreement_parties SELECT agreement, run, 9, institution, 'UZ' FROM agreement_parties WHERE institution IS NOT NULL LIMIT 1",
            "UPDATE documents SET state = 'lost'",
            "DELETE FROM extractions",
        ):
            with pytest.raises(DatabaseError, match="publish again"), database.transaction() as connection:
                connection.execute(text(statement))

    def test_a_shard_is_whole_or_not_there(self, database: Database) -> None:
        class Cut(Story):
            """A workspace that breaks while it is read."""

            def changes(self, *, since: int = 0) -> Iterator[Change]:
                for number, change in enumerate(super().changes(since=since)):
                    if number == 4:  # the second of its shard
                        raise KeyboardInterrupt
                    yield change

        story = rich()
        with pytest.raises(KeyboardInterrupt):
            publish(Cut(*story.happened), database, threshold=SURE, shard=2)
        assert rows(database, "SELECT count(*) FROM extractions") == [(3,)]
        done = publish(story, database, threshold=SURE, shard=3)
        assert (done.unchanged, done.written) == (3, 5)

    def test_two_at_once(self, target: str, fresh: Callable[[], Database]) -> None:
        story = rich()

        def publish_all() -> list[str]:
            with open_database(target) as database:
                return publish(story, database, threshold=SURE, shard=2).refused

        open_database(target).close()
        with ThreadPoolExecutor(3) as pool:
            assert [running.result() for running in [pool.submit(publish_all) for _ in range(3)]] == [[], [], []]
        with open_database(target) as database, fresh() as other:
            publish(story, other, threshold=SURE)
            assert standing(database) == standing(other)


class TestConfidence:
    def test_less_sure_is_left_out(self, fresh: Callable[[], Database]) -> None:
        draft = Draft()
        sure = draft.institution("a")
        half = draft.institution("b", confidence=0.7, mentions=(0.7, 0.5))
        unsure = draft.institution("c", confidence=0.5)
        draft.agreement([sure, half])
        draft.agreement([sure, unsure, half], kind="treaty")
        draft.count("7 books", 7, **{"from": (sure,), "to": (unsure,)})
        story = Story({"one": draft})
        for threshold, institutions, mentions, agreements, parties in (
            (0.4, "abc", 4, 2, 2),
            (0.6, "ab", 2, 1, 1),
            (0.9, "a", 1, 0, 1),
        ):
            with fresh() as database:
                publish(story, database, threshold=threshold)
                assert (
                    "".join(key for (key,) in rows(database, "SELECT key FROM institutions ORDER BY key"))
                    == institutions
                )
                assert rows(database, "SELECT count(*) FROM mentions") == [(mentions,)]
                assert rows(database, "SELECT count(*) FROM agreements") == [(agreements,)]
                assert rows(database, "SELECT count(*) FROM copy_count_parties") == [(parties,)]

    @pytest.mark.parametrize("thresholds", [(0.9, 0.4), (0.4, 0.9), (0.4, 0.9, 0.4)])
    def test_another_confidence_publishes_anew(
        self, thresholds: tuple[float, ...], fresh: Callable[[], Database]
    ) -> None:
        draft = Draft()
        draft.agreement(
            [draft.institution("a"), draft.institution("b", confidence=0.5)], signed="2014", valid="2014/2015"
        )
        draft.institution("d", confidence=0.5)
        story = Story(
            {"one": draft, "two": telling(["a", "c"])}, {"three": telling(["a", "b"], signed="2014", valid="2014/2016")}
        )
        with fresh() as database, fresh() as other:
            for threshold in thresholds:
                publish(story, database, threshold=threshold)
            publish(story, other, threshold=thresholds[-1])
            assert without_runs(standing(database)) == without_runs(standing(other))
            keys = "SELECT key FROM institutions ORDER BY key"
            assert rows(database, keys) == rows(other, keys)  # nobody is left behind who is not sure enough


class TestWrongUse:
    def test_a_gap(self, fresh: Callable[[], Database]) -> None:
        with fresh() as database:
            publish(rich().upto(1), database, threshold=SURE)
            with pytest.raises(DatabaseError, match="give --since 1"):
                publish(rich(), database, threshold=SURE, since=2)
            with pytest.raises(DatabaseError, match=r"confidence of 0\.6"):
                publish(rich(), database, threshold=0.9, since=1)

    def test_another_workspace(self, fresh: Callable[[], Database]) -> None:
        with fresh() as database:
            publish(rich(), database, threshold=SURE)
            with pytest.raises(DatabaseError, match="another workspace"):
                publish(Story({"x": Draft()}, {}, {}, began="2025-01-{:02d}T08:00:00+00:00"), database, threshold=SURE)
            with pytest.raises(DatabaseError, match="holds run 3"):
                publish(rich().upto(2), database, threshold=SURE)

    def test_a_record_of_another_text(self, fresh: Callable[[], Database]) -> None:
        class Damaged(Story):
            def changes(self, *, since: int = 0) -> Iterator[Change]:
                for change in super().changes(since=since):
                    text_ = (
                        (change.text or "").replace("Museum", "Musaum")
                        if change.sources == ("one.txt",)
                        else change.text
                    )
                    yield Change(change.key, change.sources, change.run, change.state, change.record, text_)

        with fresh() as database:
            done = publish(Damaged(*rich().happened), database, threshold=SURE)
            assert len(done.refused) == 1
            assert "one" not in done.refused[0] or "extract it anew" in done.refused[0]
            assert done.written == 7
            assert rows(database, "SELECT count(*) FROM documents WHERE key = :key", key=key_of("one")) == [(0,)]


def test_a_run_that_goes_on_is_not_complete(fresh: Callable[[], Database]) -> None:
    class Running(Story):
        def runs(self) -> list[Run]:
            *done, last = super().runs()
            return [*done, Run(last.number, last.started, None, last.fingerprint, last.version, last.articles)]

    first = {"one": telling(["a", "b"])}
    with fresh() as database:
        publish(Running(first, {"two": telling(["a", "c"])}), database, threshold=SURE)
        story = Story(first, {"two": telling(["a", "c"]), "three": telling(["a", "d"])})
        with pytest.raises(DatabaseError, match="--since 1"):
            publish(story, database, threshold=SURE, since=2)
        done = publish(story, database, threshold=SURE, since=1)
        assert (done.written, done.unchanged) == (1, 1)


def test_an_article_that_a_cut_publication_brought_and_that_went_since(fresh: Callable[[], Database]) -> None:
    with fresh() as database:
        publish(Story({"one": telling(["a", "b"])}), database, threshold=SURE)
        with database.transaction() as connection:  # as if it had been cut off
            connection.execute(text("UPDATE publications SET ended = NULL"))
        done = publish(Story({"one": telling(["a", "b"])}, {"one": None}), database, threshold=SURE)
        assert done.withdrawn == 1
        assert standing(database)["agreements"] == []
        done = publish(
            Story({"one": telling(["a", "b"])}, {"one": None}, {"one": telling(["a", "b"])}), database, threshold=SURE
        )
        assert len(standing(database)["agreements"]) == 1
        assert rows(database, "SELECT run, until FROM extractions ORDER BY run") == [(1, 2), (3, None)]


def test_an_old_article_that_comes_late_describes_nobody_anew(fresh: Callable[[], Database]) -> None:
    class Hidden(Story):
        def changes(self, *, since: int = 0) -> Iterator[Change]:
            return (change for change in super().changes(since=since) if change.run > 1)

    old, new = Draft(), Draft()
    old.institution("a", "Old name")
    new.institution("a", "New name")
    happened = ({"one": old}, {"two": new})
    with fresh() as database:
        publish(Hidden(*happened), database, threshold=SURE)
        publish(Story(*happened), database, threshold=SURE)
        assert rows(database, "SELECT name FROM institutions") == [("New name",)]
        assert rows(database, "SELECT name FROM names") == [("New name",)]


def test_where_an_article_is_found_and_what_says_the_same(fresh: Callable[[], Database]) -> None:
    class Found(Story):
        places: tuple[str, ...] = ("a", "b")
        links: tuple[Link, ...] = (Link("other", "near", 0.95, ("c",)),)

        def changes(self, *, since: int = 0) -> Iterator[Change]:
            for change in super().changes(since=since):
                yield replace(change, sources=self.places, duplicates=self.links)

    story = Found({"one": telling(["a", "b"])})
    with fresh() as database:
        publish(story, database, threshold=SURE)
        assert rows(database, "SELECT source FROM sources ORDER BY source") == [("a",), ("b",)]
        assert rows(database, "SELECT other, kind, similarity FROM duplicates") == [("other", "near", 0.95)]
        story.places, story.links = ("b", "d"), (Link("other", "near", 0.97, ("c",)),)
        assert publish(story, database, threshold=SURE).unchanged == 1
        assert rows(database, "SELECT source FROM sources ORDER BY source") == [("b",), ("d",)]
        assert rows(database, "SELECT other, kind, similarity FROM duplicates") == [("other", "near", 0.97)]


def test_names_are_those_of_the_newest_extraction(fresh: Callable[[], Database]) -> None:
    old, new = Draft(), Draft()
    old.institution("a", "Old name", names={"en": "Old name", "ru": "Старое"}, identifiers={"isil": "UZ-1"})
    new.institution("a", "New name", names={"en": "New name"}, kind="library", identifiers={"wikidata": "Q1"})
    with fresh() as database:
        publish(Story({"one": old}, {"two": new}), database, threshold=SURE)
        assert rows(database, "SELECT name, kind, run FROM institutions") == [("New name", "library", 2)]
        assert rows(database, "SELECT language, name FROM names") == [("en", "New name")]
        assert rows(database, "SELECT scheme, value FROM identifiers") == [("wikidata", "Q1")]
        assert len(rows(database, "SELECT DISTINCT name FROM appearances")) == 2


DRAFTS = st.one_of(
    st.none(),
    st.builds(
        telling,
        st.sampled_from([["a", "b"], ["b", "a"], ["a", "b", "c"], ["a", "country:KZ"]]),
        signed=st.sampled_from([None, "2014", "2014-05", "2015"]),
        valid=st.sampled_from([None, "2014/2016", "2014/..", "../2018"]),
        status=st.sampled_from(["signed", "planned", "ended"]),
        date=st.sampled_from([None, "2014", "2016"]),
    ),
    st.builds(
        gift, st.sampled_from("ab"), st.sampled_from("bc"), st.integers(1, 3), date=st.sampled_from([None, "2014"])
    ),
)
STORIES = st.lists(st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), DRAFTS, max_size=3), min_size=1, max_size=5)


@settings(max_examples=15)
@given(
    happened=STORIES, steps=st.lists(st.integers(1, 5), max_size=3), shard=st.integers(1, 4), cut=st.integers(0, 6), since=st.integers(0, 5)
)  # fmt: skip
def test_however_it_was_published(
    fresh: Callable[[], Database],
    happened: list[dict[str, Draft | None]],
    steps: list[int],
    shard: int,
    cut: int,
    since: int,
) -> None:
    story = Story(*happened)

    class Cut(Story):
        def changes(self, *, since: int = 0) -> Iterator[Change]:
            for number, change in enumerate(super().changes(since=since)):
                if number == cut:
                    raise KeyboardInterrupt
                yield change

    with fresh() as database, fresh() as other:
        for run in sorted({min(step, len(happened)) for step in steps}):  # now and then, once cut off
            with contextlib.suppress(KeyboardInterrupt):
                publish(Cut(*happened[:run]), database, threshold=SURE, shard=shard)
        publish(story, database, threshold=SURE, shard=shard)
        publish(story, other, threshold=SURE)
        assert without_runs(standing(database)) == without_runs(standing(other))
        before = everything(database)
        assert publish(story, database, threshold=SURE) == Published(unchanged=len(before["documents"]) - len([row for row in before["documents"] if "withdrawn" in row]))  # fmt: skip
        assert everything(database) == before
        publish(story, database, threshold=SURE, since=min(since, len(happened)))
        assert everything(database) == before


def test_both_give_the_same_answers(postgresql: str, fresh: Callable[[], Database]) -> None:
    story = rich()
    story.happened.append(
        {"evil": hostile(), "cyrillic": telling(["x-зарафат", "a-b", "a"]), "case": telling(["B", "a", "Ä"])}
    )
    with fresh() as one, open_database(postgresql) as other:
        for run in range(1, 5):
            for database in (one, other):
                publish(story.upto(run), database, threshold=SURE, since=run - 1)
        assert len(questions()) == 10
        for question in questions().values():
            values = {**question.needs}
            if question.name == "evidence-of":
                values["agreement"] = "nl-kz+nl-uz/memorandum/2014"
            mine, theirs = ask(one, question.name, **values), ask(other, question.name, **values)
            assert mine[1], question.name
            assert mine == theirs, question.name
        assert standing(one).keys() == standing(other).keys()
        assert {name: len(content) for name, content in everything(one).items()} == {name: len(content) for name, content in everything(other).items()}  # fmt: skip
