"""Tables of agreements are read row by row: partner, document, dates, state."""

from __future__ import annotations

import pytest

from tests.finders.test_agreements import told

HEAD = "<i a>Vohat kutubxonasi</i>ning hisoboti\n\nBitimlar\nkutubxona bilan tuzgan tomon / hujjat / sana / holati\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "1 / <i b>Gilam muzeyi</i> / hamkorlik shartnomasi / <d 2020-02-11>11.02.2020</d> / amalda\n"
            "2 / <i c>Zarafshon instituti</i> / memorandum / <d 2022-03-04>04.03.2022</d> / amalda\n"
            "3 / <i d>Choʻl arxivi</i> / bitim / <d 2019>2019-y.</d> / uzaytirildi\n",
            [
                "agreement in_force a+b s=2020-02-11",
                "agreement renewed a+d s=2019",
                "memorandum in_force a+c s=2022-03-04",
            ],
        ),
        (
            "1 / <i b>Gilam muzeyi</i> / ijara shartnomasi / <d 2017-09-01>01.09.2017</d> / muddati tugagan\n"
            "2 / <i c>Zarafshon instituti</i> / memorandum / – / loyihasi tayyor\n",
            ["contract ended a+b s=2017-09-01", "memorandum planned a+c"],
        ),
        (
            "1 / <i b>Gilam muzeyi</i> / 12 ta gilam / <d 2020>2020</d>\n2 / <i c>Institut</i> / 3 ta kitob / <d 2021>2021</d>\n",
            [],
        ),
    ],
)
def test_rows_between_slashes(text: str, wanted: list[str]) -> None:
    assert told("a", HEAD + text) == wanted


LIBRARY = "<i a>Oasis Library</i>: a report\n\n"
STACK = "Partner\nDocument\nSince\nUntil\n\n<i b>Silk House</i>\nmemorandum\n<d 2016>2016</d>\n<d 2021>2021</d>\n\n<i c>Salt Museum</i>\nprotocol\n<d 2018-04-02>02.04.2018</d>\nindefinite\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (STACK, ["memorandum signed a+b v=2016/2021", "protocol signed a+c v=2018-04-02/.."]),
        (
            "Agreements in force\n\n" + STACK,
            ["memorandum in_force a+b v=2016/2021", "protocol in_force a+c v=2018-04-02/.."],
        ),
        (
            STACK + "\nThe first line has lapsed; all the rest hold.\n",
            ["memorandum ended a+b v=2016/2021", "protocol in_force a+c v=2018-04-02/.."],
        ),
        (
            "С кем\tЧто за документ\tПодписан\tСрок действия\n"
            "<i b>Дом книги</i>\tсоглашение\t<d 2019-03-04>04.03.2019</d>\t<d 2019/2024>2019–2024</d>\n"
            "<i c>Музей соли</i>\tпрограмма\t<d 2020>2020</d>\tбессрочно\n"
            "<i d>Архив реки</i>\tконтракт\tготовится\t—\n",
            ["agreement signed a+b s=2019-03-04 v=2019/2024", "contract planned a+d", "programme signed a+c s=2020"],
        ),
        (
            "Ҳамкор | Ҳужжат | Имзоланган сана | Ҳолати\n"
            "<i b>Боғ музейи</i> | меморандум | <d 2018-02-03>03.02.2018</d> | <d 2021>2021</d> йилда муддати тугаган\n"
            "<i c>Водий архиви</i>; <i d>Туз уйи</i> | баённома | <d 2020>2020</d> | амалда\n",
            ["memorandum ended a+b s=2018-02-03 v=../2021", "protocol in_force a+c+d s=2020"],
        ),
        (
            "Наша сторона | Партнёр | Вид документа | Подписан | Действует до\n"
            "<i b>Дом книги</i> | <i c>Музей соли</i> | протокол | <d 2019>2019</d> | <d 2023>2023</d>\n"
            "<i d>Архив реки</i> | <i e>Дом песни</i> | договор о сотрудничестве | <d 2020>2020</d> | <d 2025>2025</d>\n",
            ["agreement signed d+e s=2020 v=../2025", "protocol signed b+c s=2019 v=../2023"],
        ),
        (
            "Our library has signed agreements:\n\n№ | Partner | Country | Years\n1 | <i b>Silk House</i> | Iran | <d 2014/2019>2014–2019</d>\n2 | <i c>Salt Museum</i> | Oman | <d 2016>2016</d>\n",
            ["agreement signed a+b v=2014/2019", "agreement signed a+c s=2016"],
        ),
        (
            "Partner\tCopies\tDate\n<i b>Silk House</i>\t12 copies\t<d 2019>2019</d>\n<i c>Salt Museum</i>\t9 copies\t<d 2020>2020</d>\n",
            [],
        ),
        (
            "Партнёр | Дата договора | Срок действия\n"
            "<i b>Дом книги</i> | <d 2019-03-12>12.03.2019</d> | <d 2019/2024>2019–2024</d>\n"
            "<i c>Музей соли</i> | <d 2020>2020</d> | бессрочно\n",
            ["agreement signed a+b s=2019-03-12 v=2019/2024", "agreement signed a+c s=2020"],
        ),
        (
            "Partner\tDocument\tSigned\nUnknown Friends\tmemorandum\t<d 2019>2019</d>\n<i c>Salt Museum</i>\tprotocol\t<d 2020>2020</d>\n",
            ["protocol signed a+c s=2020"],
        ),
        (
            "Partner\tDocument\tSince\n<i b>Silk House</i>\tprotocol\t03.2018\n<i c>Salt Museum</i>\tprotocol\t<d 2020>2020</d>\n",
            ["protocol signed a+b v=2018-03/..", "protocol signed a+c v=2020/.."],
        ),
    ],
)
def test_rows(text: str, wanted: list[str]) -> None:
    assert told("a", LIBRARY + text) == wanted


def test_the_line_over_a_table_says_whose_partners_it_lists() -> None:
    table = "Partner\tDocument\tSigned\n<i a>Oasis Library</i>\tprotocol\t<d 2019>2019</d>\n<i c>Salt Museum</i>\tprotocol\t<d 2020>2020</d>\n"
    assert told("a", f"Documents of the <i d>Silk House</i>\n\n{table}") == [
        "protocol signed a+d s=2019",
        "protocol signed c+d s=2020",
    ]
