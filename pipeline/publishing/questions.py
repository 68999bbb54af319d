"""Questions that people ask of the database: `questions.toml`, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.publishing.tables import Value

if TYPE_CHECKING:
    from pipeline.publishing.database import Database

__all__ = ["Question", "QuestionError", "ask", "questions"]


class QuestionError(ValueError):
    """A question that there is not, or that lacks a value. The text says which there are."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `needs`: the values that it takes, each with an example."""

    name: str
    about: str
    needs: Mapping[str, str]
    sql: str


@cache
def questions() -> Mapping[str, Question]:
    """Return all questions by name."""
    data = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
    return {
        entry["name"]: Question(entry["name"], entry["about"], entry.get("needs", {}), entry["sql"])
        for entry in data["question"]
    }


def ask(database: Database, name: str, **values: str) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """Return the columns and the rows of an answer. Values are bound, never put into the SQL. Raises QuestionError."""
    from sqlalchemy import text

    question = questions().get(name)
    if question is None:
        raise QuestionError(f"there is no question {name}; there are {', '.join(questions())}")
    if set(values) != set(question.needs):
        needs = " ".join(f"{need}={example}" for need, example in question.needs.items()) or "no value"
        raise QuestionError(f"{name} needs {needs}")
    with database.engine.connect() as connection:
        result = connection.execute(text(question.sql), values)
        return tuple(result.keys()), [tuple(row) for row in result]
