"""The tables: what is described is what the migrations make, on either database; a database of another making is left alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, inspect, text

from pipeline.publishing.database import HEAD, Database, DatabaseError, open_database
from pipeline.publishing.publisher import publish
from pipeline.publishing.questions import QuestionError, ask, questions
from pipeline.publishing.schema import VERSION_TABLE, metadata
from pipeline.publishing.tables import table, tables
from tests.publishing.stories import rich

VIEWS = {
    "standing_extractions", "standing_institutions", "agreements_in_force", "agreement_pairs", "agreement_evidence", "copy_transfers", "copies_exchanged", "partners",
}  # fmt: skip


def test_tables_lead_to_tables() -> None:
    before: set[str] = set()
    for one in tables():
        columns = {column.name: column for column in one.columns}
        assert len(columns) == len(one.columns)
        assert set(one.key) <= set(columns)
        assert not any(columns[name].optional for name in one.key)
        assert set(one.indices) <= set(columns)
        for names, target in one.references.items():
            assert target in before
            assert len(names) == len(table(target).key)
            kinds = [column.kind for key in table(target).key for column in table(target).columns if column.name == key]
            assert [columns[name].kind for name in names] == kinds
        before.add(one.name)
    with pytest.raises(KeyError):
        table("none")


def test_migrations_make_what_is_described(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata()) == []
        inspector = inspect(connection)
        assert set(inspector.get_view_names()) == VIEWS
        for one in metadata().tables.values():
            assert inspector.get_pk_constraint(one.name)["constrained_columns"] == [
                column.name for column in one.primary_key
            ]
            named = {constraint["name"] for constraint in inspector.get_check_constraints(one.name)}
            assert named == {c.name for c in one.constraints if isinstance(c, CheckConstraint)}
            foreign = {tuple(key["constrained_columns"]) for key in inspector.get_foreign_keys(one.name)}
            assert foreign == set(table(one.name).references)


def test_a_database_of_an_earlier_version(target: str) -> None:
    with open_database(target) as database:
        publish(rich(), database, threshold=0.6)
        wanted = ask(database, "partners-of", party="nl-uz")
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "pipeline.publishing:migrations")
        with database.transaction() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0001")
            assert inspect(connection).get_view_names() == []
    with open_database(target) as database:  # opened again, it is brought to this version, with all that it holds
        assert ask(database, "partners-of", party="nl-uz") == wanted
        with database.transaction() as connection:
            assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == HEAD
            config.attributes["connection"] = connection
            command.downgrade(config, "base")
            assert set(inspect(connection).get_table_names()) == {VERSION_TABLE}


def test_a_newer_database_is_left_alone(target: str) -> None:
    with open_database(target) as database, database.transaction() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="update hamkor"):
        open_database(target)


def test_tables_of_others_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE documents (title TEXT)"))
    with pytest.raises(DatabaseError, match="documents that is not of hamkor"):
        open_database(str(path))
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == ["documents"]


def test_it_shares_a_database(tmp_path: Path) -> None:
    path = tmp_path / "shared.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
    with open_database(str(path)) as database:
        publish(rich(), database, threshold=0.6)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 0


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("mysql://x/y", "SQLite and PostgreSQL"),
        ("://", "no URL"),
        ("postgresql://hamkor:secret@127.0.0.1:1/none", "see that it is there"),
        ("postgres://hamkor:secret@127.0.0.1:1/none", "see that it is there"),
        (f"{__file__}/registry.sqlite", "choose a place"),
    ],
)
def test_what_cannot_be_opened(target: str, told: str) -> None:
    with pytest.raises(DatabaseError, match=told) as caught:
        open_database(target)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("no database at all, but long enough to be taken for one" * 40, encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"x\.sqlite"):
        open_database(str(tmp_path / "x.sqlite"))


@pytest.mark.parametrize(("module", "target", "told"), [("sqlalchemy", "x.sqlite", r"hamkor\[sql\]"), ("alembic", "x.sqlite", r"hamkor\[sql\]"), ("psycopg", "postgresql://x/y", r"hamkor\[postgresql\]")])  # fmt: skip
def test_an_extra_that_is_missing(
    module: str, target: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DatabaseError, match=f"pip install '{told}'"):
        open_database(target)


class TestQuestions:
    def test_each_has_an_example(self) -> None:
        for question in questions().values():
            assert set(question.needs) == {part.split()[0].rstrip(")") for part in question.sql.split(":")[1:]}

    @pytest.mark.parametrize(("day", "wanted"), [
        ("2009-12-31", []),
        ("2010-01-01", ["nl-kg"]),
        ("2012-12-31", ["nl-kg"]),
        ("2013-01-01", []),
        ("2014-05-02", []),
        ("2014-05-03", ["nl-kz"]),
        ("2020-06-01", ["country:KR", "nl-kz"]),
        ("2022-01-01", ["country:KR", "nl-kz", "nl-tj"]),
    ])  # fmt: skip
    def test_in_force(self, day: str, wanted: list[str], fresh: Callable[[], Database]) -> None:
        with fresh() as database:
            publish(rich(), database, threshold=0.6)
            columns, rows = ask(database, "agreements-in-force", day=day)
        assert columns == ("id", "kind", "status", "in_force_from", "in_force_to", "basis")
        found = [str(row[0]).split("/")[0].split("+") for row in rows]
        assert sorted(next(one for one in pair if one != "nl-uz") for pair in found) == wanted

    def test_copies(self, fresh: Callable[[], Database]) -> None:
        with fresh() as database:
            publish(rich(), database, threshold=0.6)
            _, rows = ask(database, "copies-of", party="nl-kz")
        assert rows == [  # 500 told twice, once as a bound; 138 whose part is not added; 40 books of two givers
            ("nl-uz", "nl-kz", 2014, "copies", 1138, 3, 1, 0),
            ("nl-uz", "nl-kz", 2015, "books", 40, 1, 1, 1),
            ("x-zarafat-uz", "nl-kz", 2015, "books", 40, 1, 1, 1),
        ]

    @pytest.mark.parametrize(("name", "values", "told"), [
        ("none", {}, "there are agreements-in-force"),
        ("agreements-in-force", {}, "needs day=2014-05-01"),
        ("conflicts", {"day": "x"}, "needs no value"),
    ])  # fmt: skip
    def test_wrong_ones(self, name: str, values: dict[str, str], told: str, fresh: Callable[[], Database]) -> None:
        with fresh() as database, pytest.raises(QuestionError, match=told):
            ask(database, name, **values)
