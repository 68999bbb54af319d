"""CSV on the Web and Parquet: read back by tools that are not ours, the same rows in both, and what stands in the database."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from csvw import CSVW
from frictionless import Dialect, Resource, Schema
from frictionless.formats import CsvControl
from sqlalchemy import select

from pipeline.exporting import csvw, parquet
from pipeline.exporting.dataset import Dataset
from pipeline.exporting.output import ExportError
from pipeline.exporting.rows import exported_tables
from pipeline.publishing.database import open_database
from pipeline.publishing.facts import plain
from pipeline.publishing.publisher import publish
from pipeline.publishing.schema import metadata
from tests.publishing.stories import HOSTILE, Story, hostile, key_of, rich

EVERYTHING = Story(*rich().happened, {"evil": hostile()})


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tables")
    csvw.write(Dataset(EVERYTHING), folder / "csvw")
    parquet.write(Dataset(EVERYTHING), folder / "parquet")
    return folder / "csvw", folder / "parquet"


def unguarded(value: str) -> str:
    return value[1:] if value[:1] == "'" and csvw.cell(value[1:]) == value else value


def read_csv(folder: Path, name: str) -> list[dict[str, str]]:
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_validator_of_csvw_takes_it(folders: tuple[Path, Path]) -> None:
    group = CSVW(str(folders[0] / csvw.METADATA), validate=True)
    assert group.is_valid, group.warnings
    assert {table.local_name for table in group.tables} == {f"{table.name}.csv" for table in exported_tables()}


def test_the_validator_finds_what_is_wrong(folders: tuple[Path, Path], tmp_path: Path) -> None:
    for file in folders[0].iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "mentions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(lines[0] + lines[1].replace(",1,", ",77,", 1), encoding="utf-8")
    with pytest.raises(ValueError, match="mentions"):
        assert CSVW(str(tmp_path / csvw.METADATA), validate=True).is_valid, "mentions"


def test_frictionless_reads_every_table(folders: tuple[Path, Path]) -> None:
    kinds = {"integer": "integer", "real": "number", "flag": "boolean"}
    for table in exported_tables():
        fields = [{"name": column.name, "type": kinds.get(column.kind, "string")} for column in table.columns]
        schema = Schema.from_descriptor({"fields": fields, "primaryKey": list(table.key)})
        dialect = Dialect(
            controls=[CsvControl(delimiter=",", quote_char='"', double_quote=True, line_terminator="\r\n")]
        )
        resource = Resource(
            path=f"{table.name}.csv", basepath=str(folders[0]), schema=schema, dialect=dialect, encoding="utf-8"
        )
        report = resource.validate()
        assert report.valid, (table.name, report.flatten(["note"])[:3])


def test_csv_parquet_and_database_say_the_same(folders: tuple[Path, Path], tmp_path: Path) -> None:
    with open_database(str(tmp_path / "r.sqlite")) as database:
        publish(EVERYTHING, database, threshold=0.6)
        with database.engine.connect() as connection:
            for table in exported_tables():
                columns = [column.name for column in table.columns]
                mine = pyarrow.parquet.read_table(folders[1] / f"{table.name}.parquet").to_pylist()
                cells = [
                    {name: unguarded(value) for name, value in row.items()} for row in read_csv(folders[0], table.name)
                ]
                assert cells == [{name: text_of(row[name]) for name in columns} for row in mine]
                if table.name in (
                    "documents",
                    "runs",
                    "agreements",
                    "agreement_parties",
                    "agreement_tellings",
                    "agreement_conflicts",
                ):
                    continue  # the database knows history
                one = metadata().tables[table.name]
                query = select(one)
                if "run" in columns and table.name != "institutions":
                    whole = metadata().tables["extractions"]
                    ended = select(whole.c.document, whole.c.run).where(whole.c.until.is_not(None))
                    gone = {tuple(row) for row in connection.execute(ended)}
                else:
                    gone = set()
                stored = [dict(row._mapping) for row in connection.execute(query)]
                stored = [row for row in stored if (row.get("document"), row.get("run")) not in gone]
                if table.name in ("institutions", "names", "identifiers", "sources"):  # of the article that went
                    keep = {tuple(row[key] for key in table.key) for row in mine}
                    stored = [row for row in stored if tuple(row[key] for key in table.key) in keep]
                assert sorted(map(repr, stored)) == sorted(map(repr, mine)), table.name


def text_of(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_types_and_meanings_of_parquet(folders: tuple[Path, Path]) -> None:
    schema = pyarrow.parquet.read_schema(folders[1] / "mentions.parquet")
    assert str(schema.field("confidence").type) == "double"
    assert str(schema.field("evidence").type) == "int64"
    assert not schema.field("link").nullable
    assert schema.field("link").metadata[b"description"]


def test_no_cell_is_a_formula(folders: tuple[Path, Path]) -> None:
    for table in exported_tables():
        for row in read_csv(folders[0], table.name):
            for value in row.values():
                assert value[:1] not in ("=", "+", "@", "\t", "\r"), value
                assert value[:1] != "-" or value[1:2].isdigit() is (csvw.cell(value) == value)
    said = {unguarded(row["text"]) for row in read_csv(folders[0], "evidences")}
    assert set(map(plain, HOSTILE)) <= said


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""), (True, "true"), (False, "false"), (-5, "-5"), (0.5, "0.5"), ("-0499", "-0499"), ("-04XX/-03XX", "-04XX/-03XX"), ("2014", "2014"),
        ("=1+1", "'=1+1"), ("-1+1", "'-1+1"), ("+7", "'+7"), ("@x", "'@x"), ("\tx", "'\tx"), ("\r=x", "'\r=x"), ("'x", "'x"), ("a=b", "a=b"), ("", ""),
    ],
)  # fmt: skip
def test_cells(value: Any, shown: str) -> None:
    assert csvw.cell(value) == shown


def test_spans_are_slices(folders: tuple[Path, Path]) -> None:
    texts = {change.key: change.text for change in EVERYTHING.changes()}
    found = pyarrow.parquet.read_table(folders[1] / "evidences.parquet").to_pylist()
    assert len(found) > 50
    for row in found:
        assert row["text"] == plain(texts[row["document"]][row["start_offset"] : row["end_offset"]])


def test_changes_only(tmp_path: Path) -> None:
    csvw.write(Dataset(EVERYTHING, since=2), tmp_path)
    documents = {(row["key"], row["state"], row["run"]) for row in read_csv(tmp_path, "documents")}
    assert documents == {
        (key_of("gone"), "withdrawn", "3"), (key_of("four"), "present", "3"), (key_of("evil"), "present", "4"),
    }  # fmt: skip
    assert {row["document"] for row in read_csv(tmp_path, "evidences")} == {key_of("four"), key_of("evil")}
    assert "nl-tj+nl-uz/memorandum/2021" in {row["id"] for row in read_csv(tmp_path, "agreements")}
    assert CSVW(str(tmp_path / csvw.METADATA), validate=True).is_valid


def test_confidence(tmp_path: Path) -> None:
    csvw.write(Dataset(EVERYTHING, threshold=1.0), tmp_path)
    assert {row["threshold"] for row in read_csv(tmp_path, "extractions")} == {"1.0"}


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    class Broken(Story):
        def changes(self, *, since: int = 0) -> Any:
            yield from list(super().changes(since=since))[:2]
            raise RuntimeError

    writers: list[Callable[[Dataset, Path], None]] = [csvw.write, parquet.write]
    for write in writers:
        with pytest.raises(RuntimeError):
            write(Dataset(Broken(*EVERYTHING.happened)), tmp_path)
        assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="choose a place"):
        csvw.write(Dataset(EVERYTHING), tmp_path / "file" / "folder")
