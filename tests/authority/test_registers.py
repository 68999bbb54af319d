"""Other registers become rows of a gazetteer: what is kept, what is refused, what is known already."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.authority.check import problems
from pipeline.authority.gazetteer import Gazetteer, gazetteer
from pipeline.authority.growth import grow
from pipeline.authority.identifiers import wrong_with
from pipeline.authority.registers import COLUMNS, Entry, read_csv, read_register, read_ror, read_wikidata
from pipeline.cli import app
from pipeline.extraction import load
from pipeline.languages.lexicon import DataError

ROR_2: list[dict[str, Any]] = [
    {
        "id": "https://ror.org/02mhbdp94",
        "status": "active",
        "types": ["facility"],
        "locations": [{"geonames_details": {"country_code": "UZ"}}],
        "names": [
            {"value": "ZMK", "types": ["acronym"], "lang": None},
            {"value": "Zarkent Mining Library", "types": ["label", "ror_display"], "lang": "en"},
            {"value": "Заркентская горная библиотека", "types": ["label"], "lang": "ru"},
            {"value": "Zarkent konchilik kutubxonasi", "types": ["alias"], "lang": None},
        ],
        "external_ids": [
            {"type": "isni", "preferred": None, "all": ["0000 0001 2103 2683"]},
            {"type": "wikidata", "preferred": "Q99999901", "all": ["Q1", "Q99999901"]},
            {"type": "fundref", "preferred": None, "all": ["1"]},
        ],
    },
    {"id": "https://ror.org/05dxps055", "status": "withdrawn", "types": [], "locations": [], "names": []},
]
ROR_1 = [
    {
        "id": "https://ror.org/05dxps055",
        "status": "active",
        "name": "Zarkent Polytechnic",
        "types": ["Education"],
        "country": {"country_code": "KZ"},
        "aliases": ["Zarkent Poly|technic"],
        "acronyms": ["ZP"],
        "labels": [{"label": "Заркентский политехникум", "iso639": "ru"}],
        "external_ids": {
            "Wikidata": {"preferred": None, "all": ["Q99999902"]},
            "ISNI": {"preferred": "0000 0001 2146 438X"},
        },
    }
]


def write(path: Path, data: object) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


class TestRor:
    def test_schema_2(self, tmp_path: Path):
        (entry,) = read_ror(write(tmp_path / "ror.json", ROR_2))
        assert entry.names == {"en": "Zarkent Mining Library", "ru": "Заркентская горная библиотека"}
        assert entry.aliases == {"en": ["Zarkent konchilik kutubxonasi"]}  # no language said: by its script
        assert (entry.kind, entry.country, entry.acronyms) == (
            "library",
            "UZ",
            ["ZMK"],
        )  # its head noun, not «facility»
        assert entry.identifiers == {"ror": "02mhbdp94", "isni": "0000000121032683", "wikidata": "Q99999901"}

    def test_schema_1(self, tmp_path: Path):
        (entry,) = read_ror(write(tmp_path / "ror.json", ROR_1))
        assert entry.names == {"en": "Zarkent Polytechnic", "ru": "Заркентский политехникум"}
        assert entry.aliases == {"en": ["Zarkent Poly/technic"]}  # the bar parts a list
        assert (entry.kind, entry.country) == ("university", "KZ")
        assert entry.identifiers == {"ror": "05dxps055", "isni": "000000012146438X", "wikidata": "Q99999902"}

    def test_a_zip_with_both_schemas_is_read_once(self, tmp_path: Path):
        path = tmp_path / "dump.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("v1-ror-data.json", json.dumps(ROR_1 * 1))
            archive.writestr("v1-ror-data_schema_v2.json", json.dumps(ROR_2))
        assert [entry.identifiers["ror"] for entry in read_ror(path)] == ["02mhbdp94"]

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ({"names": []}, "no dump of ROR"),
            ([{"id": "x", "status": "active", "names": []}], "organisation 1"),
            ("{", "no JSON"),
            (["a"], "organisation 1"),
        ],
    )
    def test_something_else_is_refused(self, tmp_path: Path, data: object, told: str):
        with pytest.raises(DataError, match=told):
            list(read_ror(write(tmp_path / "ror.json", data)))


class TestWikidata:
    ROWS = (
        "item,kind,country,en,ru,uz,en_alias,isil\n"
        "http://www.wikidata.org/entity/Q99999903,Q33506,UZ,Zarkent Museum,Музей Заркента,Зарқент музейи,Museum in Zarkent,UZ-ZM\n"
        "http://www.wikidata.org/entity/Q99999903,Q33506,UZ,Zarkent Museum,Музей Заркента,Зарқент музейи,Zarkent Mining Museum,UZ-ZM\n"
    )

    def test_rows_of_one_item_are_one_institution(self, tmp_path: Path):
        (entry,) = read_wikidata(write(tmp_path / "query.csv", self.ROWS))
        assert entry.names == {"en": "Zarkent Museum", "ru": "Музей Заркента", "uz": "Zarqent muzeyi"}
        assert entry.aliases == {"en": ["Museum in Zarkent", "Zarkent Mining Museum"]}
        assert (entry.kind, entry.country) == ("museum", "UZ")
        assert entry.identifiers == {"wikidata": "Q99999903", "isil": "UZ-ZM"}

    def test_json_of_the_service(self, tmp_path: Path):
        cells = {
            "item": "http://www.wikidata.org/entity/Q99999904",
            "en": "Zarkent Archive",
            "country": "UZ",
            "kind": "Q166118",
        }
        service = {"results": {"bindings": [{name: {"value": value} for name, value in cells.items()}]}}
        for data in (service, [cells]):
            (entry,) = read_wikidata(write(tmp_path / "query.json", data))
            assert (entry.kind, entry.names, entry.identifiers) == (
                "archive",
                {"en": "Zarkent Archive"},
                {"wikidata": "Q99999904"},
            )

    def test_a_result_without_items_is_refused(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"row 1 has no item"):
            list(read_wikidata(write(tmp_path / "query.csv", "name,country\nX,UZ\n")))
        with pytest.raises(DataError, match="no result of the Wikidata"):
            list(read_wikidata(write(tmp_path / "query.json", {"a": 1})))


class TestCsv:
    def test_own_columns(self, tmp_path: Path):
        path = write(tmp_path / "partners.csv", "Name;Land;Art\nZarkent Museum;uz;museum\nZarkent Library;uz;\n")
        entries = list(read_csv(path, columns={"en": "Name", "country": "Land", "kind": "Art"}))
        assert [(entry.names["en"], entry.country, entry.kind) for entry in entries] == [
            ("Zarkent Museum", "UZ", "museum"),
            ("Zarkent Library", "UZ", "library"),  # no kind said: by its head noun
        ]

    @pytest.mark.parametrize(
        ("text", "columns", "told"),
        [
            ("Name\nX\n", {}, "line 2: no name"),
            ("Name\nX\n", {"en": "Title"}, "no column 'Title'; it has Name"),
            ("Name\nX\n", {"english": "Name"}, "english: no column of a gazetteer"),
            ("en,ru\na,b,c\n", {}, "more cells than the first line"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, tmp_path: Path, text: str, columns: dict[str, str], told: str):
        with pytest.raises(DataError, match=told):
            list(read_csv(write(tmp_path / "partners.csv", text), columns=columns))

    def test_not_utf_8(self, tmp_path: Path):
        path = tmp_path / "partners.csv"
        path.write_bytes("en\nБиблиотека\n".encode("cp1251"))
        with pytest.raises(DataError, match="not UTF-8"):
            list(read_csv(path, columns={}))


def test_keys_are_unique_and_plain(tmp_path: Path):
    text = "en,ru,country\nZarkent Museum of the Arts,,UZ\nZarkent Museum of Arts,,UZ\n,Музей Щёлково,RU\n"
    keys = [entry.key for entry in read_register(write(tmp_path / "a.csv", text), "csv")]
    assert keys == ["zarkent-museum-arts-uz", "zarkent-museum-arts-uz-2", "muzey-shyolkovo-ru"]


def test_uzbek_in_cyrillic_is_filed_in_latin():
    entry = Entry("library", "UZ")
    entry.add_name("Зарқент кутубхонаси", "")
    assert entry.names == {"uz": "Zarqent kutubxonasi"}


class TestGrow:
    def test_what_is_known_is_left_out(self, tmp_path: Path):
        text = (
            "en,country,kind\nState Hermitage Museum,RU,museum\nZarkent Museum,UZ,museum\nBukhara Archive,KG,archive\n"
        )
        growth = grow(write(tmp_path / "a.csv", text), "csv", countries=["UZ", "RU"])
        assert [row["en"] for row in growth.rows] == ["Zarkent Museum"]
        assert growth.known == ["State Hermitage Museum is hermitage"]
        assert growth.others == 1

    def test_one_name_in_two_countries_is_two(self, tmp_path: Path):
        growth = grow(write(tmp_path / "a.csv", "en,country,kind\nState Hermitage Museum,KZ,museum\n"), "csv")
        assert [row["country"] for row in growth.rows] == ["KZ"]

    def test_what_is_written_is_a_gazetteer(self, tmp_path: Path):
        growth = grow(write(tmp_path / "ror.json", ROR_2), "ror")
        target = tmp_path / "mine" / "institutions" / "mine.csv"
        growth.write(target)
        assert target.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)
        known = Gazetteer([target], gazetteer().atlas).authorities["zarkent-mining-library-uz"]
        assert known.identifiers == {"wikidata": "Q99999901", "ror": "02mhbdp94", "isni": "0000000121032683"}
        record = load(gazetteer_files=[target]).extract("В 2019 году Заркентская горная библиотека получила 12 книг.")
        assert [institution.authority for institution in record.institutions] == ["zarkent-mining-library-uz"]


class TestCommand:
    def test_import_says_what_it_did(self, tmp_path: Path):
        source = write(
            tmp_path / "a.csv", "en,country,kind\nState Hermitage Museum,RU,museum\nZarkent Museum,UZ,museum\n"
        )
        arguments = ["gazetteer", "import", str(source), "--output", str(tmp_path / "mine.csv")]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0
        assert result.stdout == "State Hermitage Museum is hermitage\n"
        assert "1 institutions written, 1 known already, 0 of other" in result.stderr
        with (tmp_path / "mine.csv").open(encoding="utf-8", newline="") as file:
            assert [row["key"] for row in csv.DictReader(file)] == ["zarkent-museum-uz"]
        again = CliRunner().invoke(app, arguments)
        assert (again.exit_code, "--force" in again.stderr) == (2, True)

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["a.csv"], "--output"),
            (["nowhere.csv", "--output", "x.csv"], "nowhere.csv"),
            (["nowhere.csv", "--from", "viaf", "--output", "x.csv"], "ror, wikidata, csv"),
        ],
    )
    def test_wrong_use(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str):
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(app, ["gazetteer", "import", *arguments])
        assert (result.exit_code, told in result.stderr) == (2, True)
        assert list(tmp_path.iterdir()) == []

    def test_the_query_is_printed(self):
        result = CliRunner().invoke(app, ["gazetteer", "import", "--query"])
        assert result.exit_code == 0
        assert result.stdout.startswith("SELECT ?item")

    def test_a_gazetteer_named_in_the_environment_is_used(self, tmp_path: Path):
        article = write(tmp_path / "a.txt", "Zarkent Museum received 12 books in 2019.")
        mine = tmp_path / "mine.csv"
        grow(write(tmp_path / "a.csv", "en,country,kind\nZarkent Museum,UZ,museum\n"), "csv").write(mine)
        result = CliRunner().invoke(app, ["extract", str(article)], env={"HAMKOR_GAZETTEERS": str(mine)})
        assert [institution["authority"] for institution in json.loads(result.stdout)["institutions"]] == [
            "zarkent-museum-uz"
        ]


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("wikidata", "Q42", "Q042"),
        ("ror", "02mhbdp94", "02mhbdp95"),
        ("ror", "00f54p054", "00f54p05"),
        ("isni", "000000012146438X", "0000000121464380"),
        ("isni", "0000000121032683", "0000 0001 2103 2683"),
        ("isil", "DE-1", "DE1"),
        ("viaf", "153354908", "Q153354908"),
    ],
)
def test_identifiers_are_checked(name: str, right: str, wrong: str):
    assert wrong_with(name, right) is None
    assert wrong_with(name, wrong)


def test_an_identifier_stands_once(tmp_path: Path):
    folder = tmp_path / "institutions"
    folder.mkdir()
    for name in ("countries.csv", "places.csv"):
        (tmp_path / name).write_text(
            {
                "countries.csv": "code,en,ru,uz\nUZ,Uzbekistan,Узбекистан,Oʻzbekiston\n",
                "places.csv": "country,kind,name_en\n",
            }[name],
            encoding="utf-8",
        )
    (folder / "a.csv").write_text(
        "key,kind,country,en,ru,uz,ror\na,museum,UZ,A,А,A1,02mhbdp94\nb,museum,UZ,B,Б,B1,02mhbdp94\n", encoding="utf-8"
    )
    assert problems(tmp_path) == ["a.csv: b: a has the ror 02mhbdp94 too; one of them is wrong"]
