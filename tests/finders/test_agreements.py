"""Agreements as a table: an article's words with its institutions and dates drawn in, and the agreements that they tell of.

`<i a>…</i>` is a mention of institution a (`<i a implied>`: by its country only), `<d 2014>…</d>` a date. A case says: the article's own
institution ("" for none), the text, and the agreements as `kind status a+b s=signed v=valid`, none for a trap.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.finders.agreements import find_agreements
from pipeline.text.document import Document, prepare

TAG = re.compile(r"<(/?)([id])(?: ([^>]*))?>")


@dataclass(frozen=True)
class Mention:
    first: int
    last: int
    entity: int
    implied: bool


@dataclass(frozen=True)
class Date:
    first: int
    last: int
    edtf: str


def drawn(source: str) -> tuple[Document, list[Mention], list[Date], list[str]]:
    """Return the document, mentions, dates and institutions' names of a text with tags."""
    text, marks, stack, at = "", [], [], 0
    for tag in TAG.finditer(source):
        text += source[at : tag.start()]
        at = tag.end()
        if tag[1]:
            kind, value, start = stack.pop()
            marks.append((kind, value, start, len(text)))
        else:
            stack.append((tag[2], tag[3], len(text)))
    text += source[at:]
    document = prepare(text)
    tokens = document.tokens
    names: list[str] = []
    mentions, dates = [], []
    for kind, value, start, end in sorted(marks, key=lambda mark: (mark[2], -mark[3])):
        spans = [document.source_span(k, k + 1) for k in range(len(tokens))]
        inside = [k for k, (begin, stop) in enumerate(spans) if begin < end and stop > start]
        first, last = inside[0], inside[-1] + 1
        if kind == "d":
            dates.append(Date(first, last, value))
            continue
        name, _, implied = value.partition(" ")
        if name not in names:
            names.append(name)
        mentions.append(Mention(first, last, names.index(name), bool(implied)))
    return document, mentions, dates, names


def told(home: str, source: str) -> list[str]:
    """Return the agreements found in a drawn text, as the table writes them."""
    document, mentions, dates, names = drawn(source)
    own = names.index(home) if home in names else None
    out = []
    for found in find_agreements(document, mentions, dates, home=own):
        parties = sorted(names[party] if isinstance(party, int) else party.removeprefix("country:") for party in found.parties)
        line = f"{found.kind} {found.status} {'+'.join(parties)}"
        line += f" s={found.signed}" if found.signed else ""
        line += f" v={found.valid}" if found.valid else ""
        out.append(line)
    return sorted(out)


ENGLISH = [
    # home, text, agreements
    ("", "The <i a>British Library</i> and the <i b>National Library of Uzbekistan</i> signed a memorandum of understanding on <d 2019-03-05>5 March 2019</d>.", ["memorandum signed a+b s=2019-03-05"]),
    ("", "A cooperation agreement was signed between the <i a>Louvre</i> and the <i b>Savitsky Museum</i> in <d 2018>2018</d>.", ["agreement signed a+b s=2018"]),
    ("", "In <d 2021-06>June 2021</d> the <i a>National Archives</i> entered into a contract with <i b>Zeutschel GmbH</i> for the supply of scanners.", ["contract signed a+b s=2021-06"]),
    ("a", "<i a>Our library</i> in brief. In <d 2016>2016</d> we signed agreements with the <i b>Library of Congress</i>, the <i c>Bavarian State Library</i> and <i d>Leiden University</i>.", ["agreement signed a+b s=2016", "agreement signed a+c s=2016", "agreement signed a+d s=2016"]),
    ("a", "The <i a>Navoi Library</i> has partners abroad: it signed memoranda with the <i b>Shanghai Library</i> (<d 2013/2018>2013–2018</d>), the <i c>National Library of Poland</i> (<d 2014>2014</d>) and the <i d>National Library of Iran</i> (<d 2005/2011>2005–2011</d>).", ["memorandum signed a+b v=2013/2018", "memorandum signed a+c s=2014", "memorandum signed a+d v=2005/2011"]),
    ("", "The <i a>State Museum of Arts</i> and the <i b>Hermitage</i> are to sign a roadmap for joint exhibitions next month.", ["roadmap planned a+b"]),
    ("", "A memorandum between the <i a>Tashkent Botanical Museum</i> and <i b>Kew Gardens</i> is expected to be signed in <d 2025>2025</d>.", ["memorandum planned a+b"]),
    ("", "The agreement between the <i a>Ichan-Qala Museum</i> and the <i b>Topkapi Palace Museum</i>, signed in <d 2011>2011</d>, has been extended until <d ../2026>2026</d>.", ["agreement renewed a+b s=2011 v=../2026"]),
    ("", "The contract on the restoration of carpets between the <i a>Bukhara Museum</i> and the <i b>Rathgen Laboratory</i> expired in <d 2020>2020</d>.", ["contract ended a+b v=../2020"]),
    ("", "A memorandum of cooperation between <i a>ICOM Uzbekistan</i> and <i b>ICOM Kazakhstan</i> has been in force since <d 2017/..>2017</d>.", ["memorandum in_force a+b v=2017/.."]),
    ("", "The <i a>Ministry of Culture</i> signed a programme of cooperation for <d 2024/2026>2024–2026</d> with the <i b>Ministry of Culture of Korea</i> on <d 2023-11-20>20 November 2023</d>.", ["programme signed a+b s=2023-11-20 v=2024/2026"]),
    ("", "The Government of Uzbekistan and the Government of Japan signed an agreement on cultural exchange in <d 2004>2004</d>.", ["agreement signed JP+UZ s=2004"]),
    ("", "The Treaty on Friendship between the Republic of Uzbekistan and the Republic of Kazakhstan was signed on <d 1998-10-31>31 October 1998</d>.", ["treaty signed KZ+UZ s=1998-10-31"]),
    ("", "The trilateral memorandum was signed by the director of the <i a>State Museum of History</i>, the rector of <i b>Samarkand University</i> and the head of the <i c>Usto Workshop</i> on <d 2020-09-01>1 September 2020</d>.", ["memorandum signed a+b+c s=2020-09-01"]),
    ("", "<i a>Samarkand University</i> signed agreements with the <i b>Sorbonne</i> and <i c>Kyoto University</i> in <d 2015>2015</d> and <d 2018>2018</d> respectively.", ["agreement signed a+b s=2015", "agreement signed a+c s=2018"]),
    ("", "The <i a>National Library of Korea</i> and the <i b>National Library of Uzbekistan</i> met in Seoul. The two libraries signed a memorandum of understanding in <d 2007>2007</d>.", ["memorandum signed a+b s=2007"]),
    ("", "Experts of the <i a>Carpet Museum</i> visited the <i b>Azret Sultan Museum</i> on <d 2022-05-12>12 May 2022</d>. At the end of the visit the parties signed a memorandum.", ["memorandum signed a+b s=2022-05-12"]),
    ("", "TASHKENT, <d 2023-04-18>18 April 2023</d> (<i u>UzA</i>) — The <i a>Museum of History</i> and the <i b>National Museum of Korea</i> have signed a memorandum of understanding, the press service said.", ["memorandum signed a+b"]),
    ("", "A delegation of the <i a>National Library of China</i> visited the <i b>National Library of Uzbekistan</i>. In <d 2010>2010</d> the two institutions concluded an agreement on book exchange.", ["agreement signed a+b s=2010"]),
    ("", "The <i a>British Council</i> renewed its agreement with the <i b>State Conservatory</i> in <d 2019>2019</d>.", ["agreement renewed a+b"]),
    ("", "Under the <d 2012>2012</d> agreement with the <i b>Smithsonian Institution</i>, the <i a>State Museum of Arts</i> lends paintings every year.", ["agreement in_force a+b s=2012"]),
    ("", "The <i a>Fergana Museum</i>, the <i b>Osh Museum</i> and the <i c>Khujand Museum</i> have concluded a trilateral agreement on a common catalogue.", ["agreement signed a+b+c"]),
    ("", "<i a>Nukus Museum</i> inks MoU with <i b>Goethe-Institut</i>", ["memorandum signed a+b"]),
    ("a", "Annual report of the <i a>Fergana Library</i>. A licence agreement with <i b>Elsevier</i> was signed on <d 2020-02-14>14 February 2020</d> for a term of three years.", ["contract signed a+b s=2020-02-14"]),
    ("a", "The <i a>Kokand Museum</i> and its friends. A draft memorandum has been prepared with the <i b>Ashmolean Museum</i>.", ["memorandum planned a+b"]),
    ("", "The <i a>Academy of Arts</i> is preparing a cooperation agreement with the <i b>Florence Academy</i> and another one with the <i c>Repin Institute</i>.", ["agreement planned a+b"]),
    ("a", "The <i a>National Archives</i> has agreements with the following institutions:\n- <i b>National Archives of Korea</i> (<d 2012>2012</d>);\n- <i c>State Archives of Türkiye</i> (<d 2014/2019>2014–2019</d>);\n- <i d>Federal Archives of Germany</i> (<d 2021>2021</d>).", ["agreement in_force a+b s=2012", "agreement in_force a+c v=2014/2019", "agreement in_force a+d s=2021"]),
    ("a", "The <i a>Regional Library</i> has signed memoranda of cooperation with:\n<d 2015>2015</d> – <i b>National Library of Korea</i>;\n<d 2016>2016</d> – <i c>Gwangju Library</i>;\n<d 2018>2018</d> – <i d>Busan University</i>.", ["memorandum signed a+b s=2015", "memorandum signed a+c s=2016", "memorandum signed a+d s=2018"]),
    ("", "On <d 2022-10-03>3 October 2022</d> <i a>UNESCO</i> and the Government of Uzbekistan signed an agreement on the safeguarding of manuscripts.", ["agreement signed UZ+a s=2022-10-03"]),
    ("", "The memorandum that the <i a>Carpet Museum</i> and the <i b>V&amp;A</i> signed in <d 2014>2014</d> is no longer in force.".replace("&amp;", "&"), ["memorandum ended a+b s=2014"]),
    ("", "Last year the <i a>Tashkent Zoo Museum</i> signed a memorandum of understanding with the <i b>Berlin Museum of Natural History</i>. The memorandum will remain valid until <d ../2030>2030</d>.", ["memorandum signed a+b v=../2030"]),
    ("", "The <i a>House of Photography</i> and the <i b>Multimedia Art Museum</i> signed an agreement in <d 2009>2009</d>. It was extended in <d 2014>2014</d> and again in <d 2019>2019</d>.", ["agreement renewed a+b s=2009"]),
    ("", "A letter of intent was signed by the <i a>Aga Khan Trust</i> and the <i b>Cultural Heritage Agency</i> on <d 2019-11-11>11 November 2019</d>.", ["other signed a+b s=2019-11-11"]),
    ("", "The loan agreement between the <i a>Savitsky Museum</i> and the <i b>Pushkin Museum</i> was concluded on <d 2017-04-07>7 April 2017</d>, and the exhibition opened a week later.", ["contract signed a+b s=2017-04-07"]),
    ("", "The Prime Minister witnessed the signing of a protocol between the <i a>Uzarchive Agency</i> and <i b>Rosarkhiv</i> on <d 2018-10-19>19 October 2018</d>.", ["protocol signed a+b s=2018-10-19"]),
    ("", "The <i a>Museum of Music</i> has been cooperating with the <i b>Grieg Museum</i> since <d 2010/..>2010</d> on the basis of a memorandum signed in <d 2009>2009</d>.", ["memorandum signed a+b s=2009"]),
    ("", "The director of the <i a>State Art Museum</i>, Vasila Fayziyeva, and the president of the <i b>Tretyakov Gallery</i>, Zelfira Tregulova, signed a cooperation agreement on <d 2021-05-20>20 May 2021</d> in Moscow.", ["agreement signed a+b s=2021-05-20"]),
    # traps
    ("", "The <i a>National Library</i> and the <i b>British Council</i> agreed to work together in the field of translation.", []),
    ("", "The <i a>Carpet Museum</i> held a seminar on the <i u>UNESCO</i> Convention of <d 2003>2003</d>.", []),
    ("", "No agreement was reached between the <i a>Louvre</i> and the <i b>Hermitage</i>.", []),
    ("", "The memorandum between the <i a>State Museum</i> and the <i b>Prado</i> was never signed.", []),
    ("", "Books are exchanged with the <i b>Library of Congress</i> by the <i a>National Library</i> without any agreement.", []),
    ("", "The <i a>Kunstkamera</i> refused to sign the agreement with the <i b>Termez Museum</i>.", []),
    ("", "Reading is a kind of gentlemen's agreement between the <i a>Alisher Navoi Library</i> and the reader.", []),
    ("a", "The <i a>Samarkand Museum</i> hosted the signing ceremony; details of the agreement were not disclosed.", []),
    ("", "Access to the hall of the <i a>Beruni Institute</i> is possible by agreement with the <i b>Academy of Sciences</i>.", []),
    ("", "In <d 2019>2019</d> <i a>TIKA</i> gave the <i b>State Museum</i> 100 books under its programme of support.", []),
    ("", "The <i a>British Library</i> runs the Endangered Archives Programme, and the <i b>National Archives</i> applied to it in <d 2015>2015</d>.", []),
    ("a", "An employment contract at the <i a>Museum of History</i> is concluded for one year.", []),
    ("", "The <i a>Ministry of Culture</i> approved the state programme for <d 2021/2023>2021–2023</d>, in which the <i b>Museum of Arts</i> takes part.", []),
    ("", "The talks between the <i a>Getty Museum</i> and the <i b>Bukhara Museum</i> ended without a contract.", []),
    ("", "Neither the <i a>Hermitage</i> nor the <i b>Louvre</i> has a memorandum in its files.", []),
    ("", "The memorandum has not yet been signed, said the <i a>Museum of Arts</i> and the <i b>Tate</i>.", []),
    ("", "According to the <i a>Ministry of Justice</i>, contracts of the <i b>National Library</i> are registered within ten days.", []),
    ("", "It was a treaty of the soul, wrote the poet whose papers the <i a>Literature Museum</i> keeps.", []),
]


def cases(table: list[tuple[str, str, list[str]]], name: str) -> list[object]:
    return [pytest.param(*case, id=f"{name}-{number}") for number, case in enumerate(table)]


@pytest.mark.parametrize(("home", "source", "expected"), cases(ENGLISH, "en"))
def test_agreements(home: str, source: str, expected: list[str]) -> None:
    assert told(home, source) == sorted(expected)
