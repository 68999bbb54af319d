"""MARC, GraphML and QuickStatements: each read back by a tool that is not ours, or by a grammar of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import networkx
import pymarc
import pytest

from pipeline.authority.judgements import read_judgements
from pipeline.exporting import graphml, marc, quickstatements
from pipeline.exporting.dataset import Dataset
from pipeline.exporting.reviewed import Reviewed, read_reviewed
from pipeline.exporting.transfers import Transfers
from pipeline.exporting.vocabularies import country_item, kind_in
from pipeline.languages.lexicon import DataError
from pipeline.publishing.database import open_database
from pipeline.publishing.facts import plain
from pipeline.publishing.publisher import publish
from pipeline.records.model import Institution
from tests.publishing.stories import HOSTILE, Draft, Story, hostile, rich

EVERYTHING = Story(*rich().happened, {"evil": hostile()})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("marc")
    marc.write(Dataset(EVERYTHING), folder / "i.mrc")
    marc.write_json(Dataset(EVERYTHING), folder / "i.json")
    return folder / "i.mrc", folder / "i.json"


class TestMarc:
    def test_pymarc_reads_both_alike(self, files: tuple[Path, Path]) -> None:
        with open(files[0], "rb") as file:
            binary = list(pymarc.MARCReader(file, to_unicode=True, force_utf8=False, permissive=False))
        plain_json = pymarc.parse_json_to_array(files[1].read_text(encoding="utf-8"))
        keys = {one.key for one in described()}
        assert {record["001"].data for record in binary} == {" ".join(key.split()) for key in keys}
        assert len(binary) == len(plain_json) == len(keys)
        for one, other in zip(binary, plain_json, strict=True):
            assert [str(field) for field in one.fields] == [str(field) for field in other.fields]
            assert str(one.leader)[5:12] == str(other.leader)[5:12] == "nz  a22"
            assert len(one["008"].data) == 40
            assert one["110"]["a"]
            assert one.get_fields("670")

    def test_a_record(self, files: tuple[Path, Path]) -> None:
        with open(files[0], "rb") as file:
            record = next(one for one in pymarc.MARCReader(file) if one["001"].data == "nl-kg")
        assert record["110"].value() == "Museum nl-kg"
        assert record["368"]["a"] == "Museums"
        assert record["043"]["c"] == "uz"
        assert record["008"].data[33] == "a"
        assert record["670"]["a"] == "Partners (three.txt)"
        assert record["670"]["b"] == "(characters 13-25: Museum nl-kg; rule r, run 1)"
        assert record["005"].data == "20260101080000.0"

    def test_lengths_count_bytes(self, files: tuple[Path, Path]) -> None:
        content = files[0].read_bytes()
        at = 0
        while at < len(content):
            length = int(content[at : at + 5])
            assert content[at + length - 1] == 0x1D
            at += length
        assert at == len(content)
        assert content.count(b"\x1d") == len(described())  # no word of an article ends a record

    def test_a_record_is_never_too_long(self, tmp_path: Path) -> None:
        what = {}
        for number in range(60):
            draft = Draft(title="Ў" * 4000)
            draft.institution("a", "Қ" * 5000)
            what[f"article {number}" + "ғ" * 200] = draft
        marc.write(Dataset(Story(what)), tmp_path / "long.mrc")
        with open(tmp_path / "long.mrc", "rb") as file:
            (record,) = pymarc.MARCReader(file)
        assert 5 < len(record.get_fields("670")) <= 40
        assert (tmp_path / "long.mrc").stat().st_size < 100_000

    def test_changed_or_new(self, tmp_path: Path) -> None:
        marc.write(Dataset(EVERYTHING, since=2), tmp_path / "i.mrc")
        with open(tmp_path / "i.mrc", "rb") as file:
            status = {record["001"].data: str(record.leader)[5] for record in pymarc.MARCReader(file)}
        assert (status["nl-uz"], status["nl-tj"], status["x-evil-3"]) == ("c", "n", "n")
        assert "nl-kz" not in status


def described() -> list[Any]:
    dataset = Dataset(EVERYTHING)
    list(dataset.articles())
    return dataset.institutions()


class TestGraphml:
    def test_networkx_reads_it(self, tmp_path: Path) -> None:
        graphml.write(Dataset(EVERYTHING), tmp_path / "g.graphml")
        graph = networkx.read_graphml(tmp_path / "g.graphml")
        assert graph.nodes["nl-uz"] == {"label": "Museum nl-uz", "kind": "museum", "country": "UZ", "known": True}
        assert graph.nodes["country:KR"]["kind"] == "state"
        edge = graph.edges["nl-kz", "nl-uz"]
        assert (edge["agreements"], edge["given"], edge["received"]) == (1, 0, 4)
        assert (edge["first_year"], edge["evidence"]) == (2014, "nl-kz+nl-uz/memorandum/2014")
        assert {graph.nodes[f"x-evil-{number}"]["label"] for number in range(len(HOSTILE))} == {plain(words).replace("\r\n", "\n").replace("\r", "\n") for words in HOSTILE}  # fmt: skip

    def test_changes_only(self, tmp_path: Path) -> None:
        graphml.write(Dataset(rich(), since=2), tmp_path / "g.graphml")
        assert set(networkx.read_graphml(tmp_path / "g.graphml").edges()) == {("nl-tj", "nl-uz")}


def test_transfers_are_those_of_the_database(tmp_path: Path) -> None:
    gathered = Transfers()
    for facts in Dataset(EVERYTHING).articles():
        gathered.add(facts)
    with open_database(str(tmp_path / "r.sqlite")) as database:
        publish(EVERYTHING, database, threshold=0.6)
        with database.engine.connect() as connection:
            query = (
                "SELECT giver, receiver, coalesce(year, 0), unit, shared, copies, counts, inexact FROM copies_exchanged"
            )
            stored = sorted(tuple(row) for row in connection.exec_driver_sql(query))
    mine = [
        (e.giver, e.receiver, e.year, e.unit, int(e.shared), e.copies, e.counts, e.inexact)
        for e in gathered.exchanges()
    ]
    assert sorted(mine) == stored
    assert ("nl-uz", "nl-kz", 2014, "copies", 0, 1138, 3, 1) in mine


class TestQuickStatements:
    LINE = re.compile(
        r"CREATE|(LAST|Q\d+)\t("
        r'[LA](en|ru|uz|uz-cyrl)\t"[^"\t]+"|P31\tQ\d+|P17\tQ\d+|P2652\tQ\d+(\tP58[02]\t\+\d{4}-\d\d-\d\dT00:00:00Z/(9|10|11))*'
        r')(\tS854\t"https?://[^"\t]+")?\t/\* [^\t]* \*/'
    )

    def lines(self, story: Story, tmp_path: Path, reviewed: Reviewed) -> list[str]:
        quickstatements.write(Dataset(story), tmp_path / "w.txt", reviewed=reviewed)
        found = (tmp_path / "w.txt").read_text(encoding="utf-8").split("\n")[:-1]
        for line in found:
            assert self.LINE.fullmatch(line), line
            assert line.count("*/") == line.count("/*") == (line != "CREATE")
        return found

    def test_nothing_is_reviewed(self, tmp_path: Path) -> None:
        assert self.lines(EVERYTHING, tmp_path, Reviewed(frozenset(), frozenset())) == []

    def test_a_judged_institution(self, tmp_path: Path) -> None:
        file = tmp_path / "judged.csv"
        file.write_text("verdict,name,key,who,when,note\nsame,Museum Q,x-q-uz,me,2026-01-31,\ndifferent,Museum R,x-r-uz,me,2026-01-31,\n", encoding="utf-8")  # fmt: skip
        reviewed = read_reviewed([], read_judgements(file))
        draft = Draft()
        draft.institution("x-q-uz", "Museum Q", names={"en": "Museum Q", "uz-Latn": "Q muzeyi", "uz-Cyrl": "Қ музейи"})
        draft.institution("x-r-uz", "Museum R")
        assert self.lines(Story({"one": draft}), tmp_path, reviewed) == [
            "CREATE",
            'LAST\tLen\t"Museum Q"\t/* one.txt 0-8: Museum Q */',
            'LAST\tLuz\t"Q muzeyi"\t/* one.txt 0-8: Museum Q */',
            'LAST\tLuz-cyrl\t"Қ музейи"\t/* one.txt 0-8: Museum Q */',
            "LAST\tP31\tQ33506\t/* one.txt 0-8: Museum Q */",
            "LAST\tP17\tQ265\t/* one.txt 0-8: Museum Q */",
        ]

    def test_a_judged_agreement(self, tmp_path: Path) -> None:
        draft = Draft()
        ids = [draft.institution(key, identifiers={"wikidata": item}) for key, item in (("a", "Q1"), ("b", "Q2"))]
        draft.agreement(ids, signed="2014-05-03", valid="2014/2016")
        draft.agreement(ids, kind="treaty", signed="2015?")
        draft.agreement(ids, kind="protocol", signed="2016")
        file = tmp_path / "register.csv"
        file.write_text(
            "id,verdict\na+b/memorandum/2014,right\na+b/treaty/2015,right\na+b/protocol/2016,wrong\n", encoding="utf-8"
        )
        said = self.lines(Story({"http://example.org/x": draft}), tmp_path, read_reviewed([file], read_judgements()))
        source = 'S854\t"http://example.org/x.txt"\t/* http://example.org/x.txt'
        assert said == [
            f"Q1\tP2652\tQ2\tP580\t+2014-00-00T00:00:00Z/9\tP582\t+2016-00-00T00:00:00Z/9\t{source} 18-28: memorandum */",
            f"Q2\tP2652\tQ1\tP580\t+2014-00-00T00:00:00Z/9\tP582\t+2016-00-00T00:00:00Z/9\t{source} 18-28: memorandum */",
            f"Q1\tP2652\tQ2\t{source} 29-39: memorandum */",  # what is uncertain is no date there
            f"Q2\tP2652\tQ1\t{source} 29-39: memorandum */",
        ]

    def test_hostile_words_end_no_statement(self, tmp_path: Path) -> None:
        keys = frozenset(f"x-evil-{number}" for number in range(len(HOSTILE)))
        dataset = Dataset(EVERYTHING)
        list(dataset.articles())
        agreements = frozenset(one.id for one in dataset.agreements())
        found = self.lines(EVERYTHING, tmp_path, Reviewed(keys, agreements))
        assert len(found) > 3 * len(HOSTILE)

    @pytest.mark.parametrize("content", ["id\nx\n", "id,verdict\nx,maybe\n", "id,verdict\nx\n"])
    def test_a_file_that_is_none(self, content: str, tmp_path: Path) -> None:
        (tmp_path / "r.csv").write_text(content, encoding="utf-8")
        with pytest.raises(DataError, match=r"r\.csv"):
            read_reviewed([tmp_path / "r.csv"], read_judgements())

    def test_a_later_file_overrides(self, tmp_path: Path) -> None:
        for name, verdict in (("a", "right"), ("b", "wrong")):
            (tmp_path / f"{name}.csv").write_text(f"id,verdict\nx,{verdict}\ny,\n", encoding="utf-8")
        both = [tmp_path / "a.csv", tmp_path / "b.csv"]
        assert read_reviewed(both, read_judgements()).agreements == frozenset()
        assert read_reviewed(both[::-1], read_judgements()).agreements == {"x"}


def test_every_kind_has_a_class() -> None:
    kinds = Institution.model_json_schema()["properties"]["kind"]["enum"]
    assert all(kind_in("schema", kind) for kind in kinds)
    assert {kind for kind in kinds if kind_in("wikidata", kind) is None} == {"media", "other"}
    assert kind_in("marc", "library") == "Libraries"
    assert (country_item("UZ"), country_item("XX"), country_item(None)) == ("Q265", None, None)


def test_json_of_no_institutions(tmp_path: Path) -> None:
    marc.write_json(Dataset(Story({"one": Draft()})), tmp_path / "i.json")
    assert json.loads((tmp_path / "i.json").read_text(encoding="utf-8")) == []
