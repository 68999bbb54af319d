"""A table that the layout has run together is read row by row."""

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
def test_rows(text: str, wanted: list[str]) -> None:
    assert told("a", HEAD + text) == wanted
