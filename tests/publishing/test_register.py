"""Agreements in the database: what one more article changes of those that stand, and what stays known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.publishing.database import Database
from pipeline.publishing.publisher import publish
from pipeline.publishing.questions import ask
from tests.publishing.answers import SURE, rows
from tests.publishing.stories import Story, key_of, telling


class TestRegister:
    """What one more article changes of agreements that stand."""

    def versions(self, database: Database) -> list[tuple[Any, ...]]:
        return rows(database, "SELECT id, valid, run, until FROM agreements ORDER BY id, run")

    def test_more_is_said_of_one(self, fresh: Callable[[], Database]) -> None:
        story = Story(
            {"one": telling(["a", "b"], signed="2014")}, {"two": telling(["a", "b"], signed="2014", valid="2014/2016")}
        )
        with fresh() as database:
            for run in (1, 2):
                publish(story.upto(run), database, threshold=SURE)
            id_ = "a+b/memorandum/2014"
            assert self.versions(database) == [(id_, None, 1, 2), (id_, "2014/2016", 2, None)]
            assert len(rows(database, "SELECT * FROM agreement_evidence")) == 2

    def test_nothing_new_is_said(self, fresh: Callable[[], Database]) -> None:
        story = Story({"one": telling(["a", "b"], signed="2014")}, {"two": telling(["a", "b"], signed="2014")})
        with fresh() as database:
            for run in (1, 2):
                publish(story.upto(run), database, threshold=SURE)
            assert self.versions(database) == [("a+b/memorandum/2014", None, 1, None)]
            assert len(rows(database, "SELECT * FROM agreement_evidence")) == 2

    def test_it_is_contradicted(self, fresh: Callable[[], Database]) -> None:
        story = Story({"one": telling(["a", "b"], signed="2014-05")}, {"two": telling(["a", "b"], signed="2014-06")}, {"three": telling(["a", "b"], signed="2014-07")})  # fmt: skip
        with fresh() as database:
            for run in (1, 2, 3):
                publish(story.upto(run), database, threshold=SURE)
            assert [row[2:] for row in self.versions(database)] == [(1, 2), (2, 3), (3, None)]
            assert {row[2] for row in ask(database, "conflicts")[1]} == {"2014-05", "2014-06", "2014-07"}

    def test_a_telling_goes_to_another(self, fresh: Callable[[], Database]) -> None:
        story = Story(
            {"dated": telling(["a", "b"], signed="2014"), "undated": telling(["a", "b"])},
            {"later": telling(["a", "b"], signed="2019")},
        )
        with fresh() as database:
            publish(story.upto(1), database, threshold=SURE)
            assert {row[0] for row in rows(database, "SELECT agreement FROM agreement_evidence")} == {
                "a+b/memorandum/2014"
            }
            publish(story, database, threshold=SURE)
            told = rows(database, "SELECT agreement, document FROM agreement_evidence ORDER BY agreement")
            assert told == [
                ("a+b/memorandum/2014", key_of("dated")), ("a+b/memorandum/2019", key_of("later")), ("a+b/memorandum/undated", key_of("undated")),
            ]  # fmt: skip

    def test_it_is_told_again_with_another_extraction(self, fresh: Callable[[], Database]) -> None:
        story = Story(
            {"one": telling(["a", "b"], signed="2014")},
            {"one": telling(["a", "b"], signed="2014", words="a memorandum")},
        )
        with fresh() as database:
            for run in (1, 2):
                publish(story.upto(run), database, threshold=SURE)
            assert [row[2:] for row in self.versions(database)] == [(1, None)]
            assert rows(database, "SELECT text FROM agreement_evidence") == [("a memorandum",)]
            links = rows(database, "SELECT document_run FROM agreement_tellings ORDER BY document_run")
            assert links == [(1,), (2,)]  # how it was known before stays known
