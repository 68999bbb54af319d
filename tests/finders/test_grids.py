"""Tables in texts: which layouts are read, how their rows are cut, and which lists are no tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.finders.grids import Grid, find_grids
from tests.finders.test_agreements import drawn

ROWS = """<i a>Vodiy kutubxonasi</i>|<i b>Bogʻ muzeyi</i>|40 nusxa|<d 2020-02-01>01.02.2020</d>
<i b>Bogʻ muzeyi</i>|<i a>Vodiy kutubxonasi</i>|25 nusxa|<d 2020-03-05>05.03.2020</d>"""
LEDGER = ("giver", "receiver", "count", "date")
PARTNERS = ("partner", "kind", "since", "until")


def read(source: str) -> tuple[list[Grid], list[list[list[str]]]]:
    """Return the tables of a drawn text, and the words of their cells."""
    document, mentions, dates, _ = drawn(source)
    grids = find_grids(document, mentions, dates)
    words = [
        [[document.tokens.slice(c.first, c.last) if c.first < c.last else "" for c in row.cells] for row in grid.rows]
        for grid in grids
    ]
    return grids, words


@pytest.mark.parametrize("parting", ["\t", " | ", "   ", " / "])
@pytest.mark.parametrize(
    "heads",
    [
        "Kimdan|Kimga|Soni|Sana",
        "Кимдан|Кимга|Миқдори|Сана",
        "Отправитель|Получатель|Экз.|Дата акта",
        "From|To|Copies|Date",
    ],
)
def test_cells_beside_each_other(heads: str, parting: str) -> None:
    grids, words = read(f"Hisobot\n\n{heads}\n{ROWS}\n\nIzoh yoʻq.".replace("|", parting))
    assert [grid.columns for grid in grids] == [LEDGER]
    assert words == [
        [
            ["Vodiy kutubxonasi", "Bogʻ muzeyi", "40 nusxa", "01.02.2020"],
            ["Bogʻ muzeyi", "Vodiy kutubxonasi", "25 nusxa", "05.03.2020"],
        ]
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("below", ["\n", "\n\n"])
def test_a_cell_a_line(between: str, below: str) -> None:
    lines = [row.replace("|", "\n") for row in ROWS.split("\n")]
    heads = "Кто передал\nКому\nНазваний\nКогда"
    grids, words = read(f"Обмен\n\n{heads}{below}{between.join(lines)}\n\nНа этом обмен года закончился.")
    assert [grid.columns for grid in grids] == [LEDGER]
    assert [row[2] for row in words[0]] == ["40 nusxa", "25 nusxa"]


def test_a_bar_table_with_edges_and_a_rule() -> None:
    grids, words = read(
        "| № | Партнёр | Срок |\n|---|---|---|\n| 1 | <i a>Дом книги</i> | <d 2014/2019>2014–2019</d> |\n| 2 | <i b>Музей соли</i> | – |\n"
    )
    assert [grid.columns for grid in grids] == [("number", "partner", "term")]
    assert words == [[["1", "Дом книги", "2014–2019"], ["2", "Музей соли", ""]]]


def test_empty_cells_between_tabs_keep_their_place() -> None:
    grids, words = read(
        "Partner\tKind\tSince\tUntil\n<i a>Silk House</i>\tprotocol\t<d 2019>2019</d>\t<d 2021>2021</d>\n<i b>Salt Museum</i>\tprotocol\t\t<d 2022>2022</d>\n"
    )
    assert [grid.columns for grid in grids] == [PARTNERS]
    assert words[0][1] == ["Salt Museum", "protocol", "", "2022"]


def test_rows_are_numbered_though_no_head_says_so() -> None:
    _, words = read(
        "С кем / Документ / Дата\n1 / <i a>Дом книги</i> / договор / <d 2020>2020</d>\n2 / <i b>Музей соли</i> / договор / <d 2021>2021</d>\n"
    )
    assert [row[0] for row in words[0]] == ["Дом книги", "Музей соли"]


def test_heads_that_wrap() -> None:
    beside = "Партнёр        Вид         Дата\n               документа   подписания\n<i a>Дом книги</i>      меморандум  <d 2019-05-02>02.05.2019</d>\n<i b>Музей соли</i>     протокол    <d 2020-06-03>03.06.2020</d>\n"
    below = "Партнёр\nВид\nдокумента\nДата\nподписания\n\n<i a>Дом книги</i>\nмеморандум\n<d 2019-05-02>02.05.2019</d>\n\n<i b>Музей соли</i>\nпротокол\n<d 2020-06-03>03.06.2020</d>\n"
    for source in (beside, below):
        grids, words = read(source)
        assert [grid.columns for grid in grids] == [("partner", "kind", "signed")]
        assert [row[1] for row in words[0]] == ["меморандум", "протокол"]


def test_a_cell_that_wraps_is_not_whole() -> None:
    grids, _ = read(
        "Partner              Document     Since\n<i a>Silk House</i> of the    protocol     <d 2019>2019</d>\nnorthern valleys\n<i b>Salt Museum</i>          agreement    <d 2020>2020</d>\n"
    )
    assert [[cell.whole for cell in row.cells] for row in grids[0].rows] == [[False, True, True], [True] * 3]


def test_a_title_over_rows() -> None:
    grids, _ = read(
        "Hamkor\nBoshlanishi\nTugashi\n\n<i a>Bogʻ muzeyi</i>\n<d 2021>2021</d>\n<d 2025>2025</d>\n\nMUDDATI TUGAGAN\n\n<i b>Vodiy arxivi</i>\n<d 2011>2011</d>\n<d 2015>2015</d>\n"
    )
    assert [row.title is None for row in grids[0].rows] == [True, False]


def test_from_and_to_are_times_where_dates_stand_below() -> None:
    grids, _ = read(
        "Партнёр\nДокумент\nС\nПо\n\n<i a>Дом книги</i>\nпротокол\n<d 2012>2012</d>\n<d 2014>2014</d>\n\n<i b>Музей соли</i>\nдоговор\n<d 2015>2015</d>\nбессрочно\n"
    )
    assert [grid.columns for grid in grids] == [PARTNERS]


def test_a_short_form_in_most_rows_is_the_reporting_institution() -> None:
    grids, _ = read(
        "Кимдан\nКимга\nМиқдори\n\n<i a>Боғ музейи</i>\nВАКМ\n12 нусха\n\nВАКМ\n<i b>Водий архиви</i>\n30 нусха\n\n<i c>Туз уйи</i>\nВАКМ\n8 нусха\n"
    )
    assert [[cell.own for cell in row.cells[:2]] for row in grids[0].rows] == [
        [False, True],
        [True, False],
        [False, True],
    ]


def test_common_nouns_mean_the_articles_own() -> None:
    grids, _ = read(
        "From\tTo\tCopies\n<i a>Silk House</i>\tour library\t12 copies\nthe Centre\t<i a>Silk House</i>\t9 copies\n"
    )
    assert [[cell.own for cell in row.cells] for row in grids[0].rows] == [[False, True, False], [True, False, False]]


@pytest.mark.parametrize(
    "source",
    [
        "Books\tPhotographs\n<i a>Silk House</i>\t412\n<i b>Salt Museum</i>\t96\n",  # no party among the heads
        "Партнёр\n<i a>Дом книги</i>\n<i b>Музей соли</i>\n",  # one head
        "Партнёр | Количество\n<i a>Дом книги</i> | много\n<i b>Музей соли</i> | мало\n",  # no numbers where counts stand
        "Kimdan | Kimga | Sana\nkecha | bugun | ertaga\nboshqa | kun | yoʻq\n",  # nobody is named
        "From: <i a>Silk House</i>\nTo: <i b>Salt Museum</i>\nDate: <d 2020-05-05>5 May 2020</d>\n",  # a letter's head
        "From\n<i a>Silk House</i>\nTo\n<i b>Salt Museum</i>\nDate\n<d 2020-05-05>5 May 2020</d>\n",
        "Наши партнёры\n• <i a>Дом книги</i> — <d 2014/2019>2014–2019</d>\n• <i b>Музей соли</i> — <d 2016>2016</d>\n",
        "Партнёр. Дата. <i a>Дом книги</i> получил 5 книг в <d 2014>2014</d> году.",
        "Kimdan\tKimga\tSana\n" + "Matn davom etadi va bu yerda hech qanday jadval yoʻq.\n" * 3,
    ],
)
def test_no_table(source: str) -> None:
    assert read(source)[0] == []


PIECES = st.sampled_from(
    [
        "Kimdan",
        "Кому",
        "Партнёр",
        "Date",
        "Soni",
        "Документ",
        "\n",
        "\n\n",
        "\t",
        " | ",
        "   ",
        " / ",
        "5 nusxa",
        "2019",
        "—",
        "<i a>Bogʻ</i>",
        "<d 2019>2019-yil</d>",
        "matn",
        "|",
        "№",
        "(",
        ")",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=80))
def test_rows_are_in_order_and_cells_in_rows(pieces: list[str]) -> None:
    end = 0
    for grid in read(" ".join(pieces).replace(" \n ", "\n"))[0]:
        assert end <= grid.first < grid.last
        end = grid.last
        place = grid.first
        for row in grid.rows:
            assert len(row.cells) == len(grid.columns)
            for cell in row.cells:
                assert place <= cell.first <= cell.last <= grid.last
                place = cell.last
