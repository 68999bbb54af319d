"""Remarks below a table give its rows their states, by their places."""

from __future__ import annotations

import pytest

from pipeline.finders.grid_remarks import remarked
from pipeline.finders.grids import find_grids
from tests.finders.test_agreements import drawn

TABLE = "Partner\tSince\n<i a>Silk House</i>\t<d 2014>2014</d>\n<i b>Salt Museum</i>\t<d 2015>2015</d>\n<i c>River Archive</i>\t<d 2016>2016</d>\n\n"


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The second line has lapsed; all the rest hold.", {0: "in_force", 1: "ended", 2: "in_force"}),
        (
            "All three papers were signed here. The first has expired. The others are in effect.",
            {0: "ended", 1: "in_force", 2: "in_force"},
        ),
        ("Все документы, кроме последнего, действуют.", {0: "in_force", 1: "in_force"}),
        ("Третья строка: договор расторгнут.", {2: "ended"}),
        ("Oxirgi qatordagi hujjat kuchini yoʻqotgan.", {2: "ended"}),
        ("Биринчи ҳужжат узайтирилган.", {0: "renewed"}),
        ("The first document has expired but the second is in force.", {}),
        ("The first document is no longer in force.", {0: "ended"}),
        ("The ninth line has lapsed.", {}),
        ("The second floor is closed.", {}),
        ("All the rest hold.", {}),
        ("The first document with the <i d>Louvre</i> has expired.", {}),
        ("Дом открыт для всех. Книги ждут. Мир тоже. Первый документ истёк.", {}),
    ],
)
def test_states_of_rows(text: str, states: dict[int, str]) -> None:
    document, mentions, dates, _ = drawn(TABLE + text)
    (grid,) = find_grids(document, mentions, dates)
    assert remarked(document, grid, [mention.first for mention in mentions]) == states
