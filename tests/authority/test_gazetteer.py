"""The gazetteer in running text: names in any case form, language and script; and what makes a file unusable."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.authority.countries import Atlas, atlas
from pipeline.authority.gazetteer import Gazetteer, Hit, gazetteer
from pipeline.languages.lexicon import DataError
from pipeline.resources import gazetteers
from pipeline.text.tokens import Kind, tokenize

FILES = sorted((gazetteers() / "institutions").glob("*.csv"))
HEADER = (
    "key,kind,country,role,en,ru,uz,en_aliases,ru_aliases,uz_aliases,acronyms,context,earlier,parent,uz_cyrl,wikidata"
)


def hits(text: str, names: Gazetteer | None = None) -> list[tuple[str, str, str]]:
    """Each hit as its text, its keys, how."""
    tokens = tokenize(text)
    found = (names or gazetteer()).find(tokens, atlas().all(tokens))
    return [(tokens.slice(hit.first, hit.last), " ".join(hit.keys), hit.how) for hit in found]


def made(tmp_path: Path, *rows: str, header: str = HEADER) -> Gazetteer:
    """A gazetteer of a few rows; missing cells at the end are empty."""
    width = header.count(",") + 1
    lines = [row + "," * (width - 1 - row.count(",")) for row in rows]
    file = tmp_path / "own.csv"
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return Gazetteer([file], atlas())


class TestForms:
    @pytest.mark.parametrize(
        "name",
        [
            "Oʻzbekiston Milliy kutubxonasi", "O‘zbekiston Milliy kutubxonasiga", "O'zbekiston milliy kutubxonasining", "O`zbekiston Milliy kutubxonasidagi",
            "Ўзбекистон Миллий кутубхонаси", "Ўзбекистон Миллий кутубхонасидан", "ЎЗБЕКИСТОН МИЛЛИЙ КУТУБХОНАСИ", "Ўзбекистон Республикаси Миллий кутубхонасини",
            "Узбекистон Миллий кутубхонаси", "Алишер Навоий номидаги Ўзбекистон Миллий кутубхонасига", "Alisher Navoiy nomidagi O‘zbekiston Milliy kutubxonasida",
            "Национальная библиотека Узбекистана", "Национальной библиотекой Узбекистана", "Национальную библиотеку Республики Узбекистан",
            "Национальной библиотеке Узбекистана имени Алишера Навои", "Национальной библиотеки Узбекистана им. Алишера Навои", "Узбекской национальной библиотеке",
            "National Library of Uzbekistan", "National Library of Uzbekistan’s", "National Library of the Republic of Uzbekistan", "Uzbekistan National Library",
            "NATIONAL LIBRARY OF UZBEKISTAN", "National Library of\nUzbekistan", "National  Library of Uzbekistan", "Alisher Navoi National Library",
        ],
    )  # fmt: skip
    def test_one_library(self, name: str) -> None:
        assert hits(name) == [(name, "nl-uz", "name")]
        assert hits(f"va {name}, 2014") == [(name, "nl-uz", "name")]

    @pytest.mark.parametrize(
        "text",
        [
            "national library of uzbekistan",  # no capital at all
            "Library of\n\nCongress",  # two paragraphs
            "Латвия миллий кутубхоналари",
            "национальные библиотеки Казахстана",
            "Национальными библиотеками Казахстана",
            "Ўзбекистон кутубхонаси",
            "the National Museum",
            "",
        ],
    )
    def test_no_library(self, text: str) -> None:
        assert [hit for hit in hits(text) if hit[2] != "context"] == []

    @pytest.mark.parametrize("text", ["Buxoroda muzey", "Термизга музейи", "Samarqanddan davlat universiteti"])
    def test_a_case_closes_a_name(self, text: str) -> None:
        assert hits(text) == []

    def test_but_a_genitive_does_not(self) -> None:
        assert hits("Oʻzbekistonning Milliy kutubxonasi")[0][1] == "nl-uz"

    @pytest.mark.parametrize(
        "before",
        [
            "the Library of",
            "the Library of\n\nAnd",
            "library of congress",
            "the Library of, the Congress",
            "Library us",
        ],
    )
    def test_what_was_read_before_changes_nothing(self, before: str) -> None:
        names = Gazetteer([file for file in FILES if file.stem == "national"], atlas())
        hits(before, names)
        assert hits("the Library of Congress", names) == [("Library of Congress", "library-of-congress", "name")]

    def test_the_longest_name(self) -> None:
        text = "Oʻzbekiston Respublikasi Fanlar akademiyasi Asosiy kutubxonasi"
        assert hits(text) == [(text, "fundamental-library-as-uz", "name")]

    def test_names_in_order(self) -> None:
        text = "The British Library, Эрмитаж ва Oʻzbekiston Milliy kutubxonasi"
        assert [name for name, *_ in hits(text)] == ["British Library", "Эрмитаж", "Oʻzbekiston Milliy kutubxonasi"]

    def test_initials_and_quotation_marks_inside(self) -> None:
        assert hits("Национальная библиотека имени А. Навои")[0][1] == "nl-uz"
        assert hits("Национальная библиотека им.А.Навои")[0][1] == "nl-uz"

    def test_names_with_a_comma(self) -> None:
        name = "Central State Archive of Film, Photo Documents and Sound Recordings of the Republic of Kazakhstan"
        assert [found for found, *_ in hits(f"The {name}, and more")] == [name]

    def test_names_with_a_sign(self) -> None:
        assert hits("Bill & Melinda Gates Foundation")[0][0] == "Bill & Melinda Gates Foundation"
        assert hits("Bill and Melinda Gates Foundation")[0][1] == "gates-foundation"
        assert hits("Gazeta.uz reports")[0][0] == "Gazeta.uz"

    def test_earlier_names_mean_the_institution_of_today(self) -> None:
        assert hits("Государственная публичная библиотека имени Алишера Навои")[0][1] == "nl-uz"


class TestAcronyms:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("UNESCO", "unesco"), ("Unesco", "unesco"), ("UNESCOning", "unesco"), ("UNESCOʼning", "unesco"), ("UNESCO’ga", "unesco"), ("UNESCO's", "unesco"),
            ("ЮНЕСКО", "unesco"), ("ЮНЕСКОнинг", "unesco"), ("ЮНЕСКОга", "unesco"), ("IFLA’s", "ifla"), ("IFLAda", "ifla"), ("ИФЛА", "ifla"),
            ("БМТнинг", "un"), ("BMTdan", "un"), ("ООН", "un"), ("ICOM", "icom"), ("ИКОМга", "icom"), ("ИФЛА/РАС", "ifla-pac"),
        ],
    )  # fmt: skip
    def test_with_suffixes(self, text: str, key: str) -> None:
        assert hits(f"Bu {text} haqida") == [(text, key, "acronym")]

    @pytest.mark.parametrize("text", ["unesco", "un", "icom", "Bmt", "UNESCOLOGY", "ОООН"])
    def test_none(self, text: str) -> None:
        assert hits(f"va {text} bor") == []

    def test_two_with_a_slash(self) -> None:
        assert [key for _, key, _ in hits("ЮНЕСКО/ИКОМ")] == ["unesco", "icom"]


class TestOwnFiles:
    def test_context_names_only_hint(self, tmp_path: Path) -> None:
        names = made(
            tmp_path, "zarafat-uz,museum,UZ,,Zarafat Museum,Музей Зарафат,Zarafat muzeyi,,,,ZM,Main Museum|ZMU"
        )
        assert hits("the Main Museum", names) == [("Main Museum", "zarafat-uz", "context")]
        assert hits("ZMU and ZM", names) == [("ZMU", "zarafat-uz", "context"), ("ZM", "zarafat-uz", "acronym")]

    def test_one_name_of_two(self, tmp_path: Path) -> None:
        names = made(
            tmp_path,
            "a-kz,museum,KZ,,Museum of Zarafat,Музей Зарафат,Zarafat muzeyi",
            "a-kg,museum,KG,,Museum of Zarafat,Музей Зарафатов,Zarafatlar muzeyi",
        )
        assert hits("Museum of Zarafat", names) == [("Museum of Zarafat", "a-kz a-kg", "name")]

    def test_a_full_name_goes_before_a_hint(self, tmp_path: Path) -> None:
        names = made(
            tmp_path,
            "a-kz,museum,KZ,,Zarafat House,Дом Зарафат,Zarafat uyi",
            "a-kg,museum,KG,,Beta House,Дом Бета,Beta uyi,,,,,Zarafat House",
        )
        assert hits("Zarafat House", names) == [("Zarafat House", "a-kz", "name")]

    def test_cyrillic_form_of_its_own(self, tmp_path: Path) -> None:
        names = made(tmp_path, "a,museum,UZ,,Zarafat,Музей Зарафат,Zarafat muzeyi,,,,,,,,Жарафат музейи")
        assert hits("Жарафат музейида", names)[0][1] == "a"
        assert names.authorities["a"].names["uz-Cyrl"] == "Жарафат музейи"

    def test_a_year_at_an_earlier_name_is_no_part_of_it(self, tmp_path: Path) -> None:
        names = made(tmp_path, "a,museum,UZ,,Zarafat,Зарафат,Zarafat,,,,,,Old Zarafat House (1920–1991)")
        assert hits("the Old Zarafat House", names)[0][0] == "Old Zarafat House"

    def test_roles(self) -> None:
        assert gazetteer().roles["national-library", "KZ"] == "nl-kz"

    @pytest.mark.parametrize(
        ("rows", "reason"),
        [
            (["a,museum,UZ,,A,A,A", "a,museum,UZ,,B,B,B"], "'a' stands twice"),
            (["a,museum,UZ,,A,A,A," + "," * 20], "cells where the header has"),
        ],
    )
    def test_unusable(self, tmp_path: Path, rows: list[str], reason: str) -> None:
        with pytest.raises(DataError, match=reason) as error:
            made(tmp_path, *rows)
        assert "own.csv" in str(error.value)

    def test_a_missing_column(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match=r"own\.csv: no column kind, uz"):
            made(tmp_path, "a,UZ,A,A", header="key,country,en,ru")

    def test_columns_in_any_order_and_a_byte_order_mark(self, tmp_path: Path) -> None:
        file = tmp_path / "own.csv"
        file.write_text(
            "﻿uz,ru,en,country,kind,key\nZarafat muzeyi,Музей Зарафат,Zarafat Museum,UZ,museum,z\n", encoding="utf-8"
        )
        assert hits("Zarafat Museum", Gazetteer([file], atlas()))[0][1] == "z"


class TestShipped:
    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
    def test_every_file_loads_alone(self, file: Path) -> None:
        assert Gazetteer([file], atlas()).authorities

    def test_loading_is_quick(self) -> None:
        start = time.perf_counter()
        Gazetteer(FILES, Atlas(gazetteers()))
        assert time.perf_counter() - start < 30

    @pytest.mark.parametrize("language", ["en", "ru", "uz", "uz-Cyrl"])
    def test_every_full_name_is_found_as_a_whole(self, language: str) -> None:
        names, missed = gazetteer(), []
        for key, entry in names.authorities.items():
            name = entry.names.get(language)
            if name is None:
                continue
            tokens = tokenize(name)
            words = [
                index for index in range(len(tokens)) if tokens.kind[index] is Kind.WORD and tokens.fold[index] != "the"
            ]
            found = names.find(tokens, atlas().all(tokens))
            if not (
                len(found) == 1 and key in found[0].keys and found[0].first <= words[0] and found[0].last > words[-1]
            ):
                missed.append(name)
        assert missed in ([], ["24.kg"])  # a name that begins with a figure is not looked for

    def test_hits_do_not_overlap_in_a_text_of_all_names(self) -> None:
        text = ", ".join(name for entry in gazetteer().authorities.values() for name in entry.names.values())
        tokens = tokenize(text)
        found: list[Hit] = gazetteer().find(tokens, atlas().all(tokens))
        assert len(found) > 5000
        assert all(one.first < one.last <= other.first for one, other in zip(found, found[1:], strict=False))


class TestPatterns:
    """Ministries, embassies and the like are named by their country: a pattern finds and keys those that no row lists."""

    @pytest.mark.parametrize(
        ("text", "keys"),
        [
            ("the Embassy of Hungary in Kazakhstan", ["hu-embassy-kz"]),
            ("the Embassy of the United States of America to Tajikistan", ["us-embassy-tj"]),
            ("Посольством Японии в Астане", ["jp-embassy-kz"]),  # a city stands for its country
            ("Yaponiyaning Qirgʻizistondagi elchixonasiga", ["jp-embassy-kg"]),
            ("Япониянинг Қирғизистондаги элчихонасига", ["jp-embassy-kg"]),
            ("Генеральное консульство России в Гамбурге", ["ru-consulate-de"]),
            ("Ministry of Culture and Tourism of Türkiye", ["culture-ministry-tr"]),
            ("Министерства культуры Монголии", ["culture-ministry-mn"]),
            ("Moʻgʻuliston Madaniyat vazirligi", ["culture-ministry-mn"]),
            ("МИД Монголии", ["foreign-ministry-mn"]),
            ("ICOM Mongolia", ["icom-mn"]),
            # what a row lists keeps its key, in a role or by its name
            ("Ministry of Culture and Tourism of Kazakhstan", ["kz-mincult"]),
            ("the Embassy of Japan in Uzbekistan", ["jp-embassy-uz"]),
            # no country, no institution; a country and a city are none either
            ("the Ministry of Culture and Tourism", []),
            ("Embassy of the arts in Kazakhstan", []),
            ("Посольство в Казахстане", []),
            ("JICA Yaponiyaga", []),  # to Japan, not JICA Japan
            ("JICA Yaponiya", ["jica-jp"]),
        ],
    )
    def test_one_key_in_every_language(self, text: str, keys: list[str]):
        assert [key for _, key, how in hits(text) if how == "name"] == keys

    def test_the_names_that_it_makes(self):
        hits("Embassy of the United States in Mongolia")
        made = gazetteer().authorities["us-embassy-mn"]
        assert made.names == {
            "en": "Embassy of the United States in Mongolia",
            "ru": "Посольство США в Монголии",
            "uz": "AQSHning Moʻgʻulistondagi elchixonasi",
        }
        assert (made.kind, made.country) == ("embassy", "US")
