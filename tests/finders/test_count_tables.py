"""Copy counts in the rows of tables have the giver, the receiver and the date of their row."""

from __future__ import annotations

import pytest

from pipeline.finders.counts import find_counts
from pipeline.finders.dates import find_dates
from pipeline.finders.grid_model import TABLE
from pipeline.finders.grids import find_grids
from tests.finders.test_agreements import drawn


def told(home: str, source: str) -> list[str]:
    """Return the counts of a drawn text: number, giver, receiver, date."""
    document, mentions, _, names = drawn(source)
    own = names.index(home) if home in names else None
    out = []
    found = find_dates(document)
    for count in find_counts(document, mentions, own, dates=found, grids=find_grids(document, mentions, found)):
        from_, to = ("".join(names[entity] for entity in side) or "-" for side in (count.from_, count.to))
        out.append(f"{count.number} {from_}>{to} {count.date}" if count.rule == TABLE else f"{count.number}")
    return out


LIBRARY = "<i a>Oasis Library</i>: a report\n\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "From\tTo\tTitle\tCopies\tDate\n<i b>Silk House</i>\tour library\tOld maps\t12 copies\t5 May 2020\nour library\t<i b>Silk House</i>\tSongs\t7 copies\t6 May 2020\n",
            ["12 b>a 2020-05-05", "7 a>b 2020-05-06"],
        ),
        (
            "Отправитель\nПолучатель\nНазваний\nЭкземпляров\nДата акта\n\n<i b>Дом книги</i>\nОБ\n5 назв.\n50 экз.\n06.02.2018\n\nОБ\n<i c>Музей соли</i>\n6 назв.\n66 экз.\n07.02.2018\n\n<i c>Музей соли</i>\nОБ\n7 назв.\n77 экз.\n08.02.2018\n",
            [
                "5 b>a 2018-02-06",
                "50 b>a 2018-02-06",
                "6 a>c 2018-02-07",
                "66 a>c 2018-02-07",
                "7 c>a 2018-02-08",
                "77 c>a 2018-02-08",
            ],
        ),
        (
            "Kimdan | Qachon | Soni\n<i b>Bogʻ muzeyi</i> | 2022-yil | 90 nusxa\n<i c>Vodiy arxivi</i> | 2021-yil | 75 nusxa\nJami | | 165 nusxa\n",
            ["90 b>a 2022", "75 c>a 2021", "165"],
        ),
        (
            "Партнёр | Получено | Отправлено\n<i b>Дом книги</i> | 40 книг | 25 книг\n<i c>Музей соли</i> | 11 книг | –\nИтого | 51 книга | 25 книг\n",
            ["40 b>a None", "25 a>b None", "11 c>a None", "51 ->a None", "25 a>- None"],
        ),
        (
            "Partner | Document | Note\n<i b>Silk House</i> | protocol | 24 books\n<i c>Salt Museum</i> | protocol | 5 books\n",
            ["24", "5"],
        ),
        (
            "From\tTo\tCopies\n<i b>Silk House</i>\t<i b>Silk House</i>\t12 copies\nour library\t<i b>Silk House</i>\t7 copies\n",
            ["12", "7 a>b None"],
        ),
    ],
)
def test_rows(text: str, wanted: list[str]) -> None:
    found = told("a", LIBRARY + text)
    assert [line if want.find(">") > 0 else line.split()[0] for line, want in zip(found, wanted, strict=True)] == wanted
