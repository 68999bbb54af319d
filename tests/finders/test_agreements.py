"""Agreements as a table: an article's words with its institutions and dates drawn in, and the agreements that they tell of.

`<i a>…</i>` is a mention of institution a (`<i a implied>`: by its country only), `<d 2014>…</d>` a date. A case says: the article's own
institution ("" for none), the text, and the agreements as `kind status a+b s=signed v=valid`, none for a trap.
"""

from __future__ import annotations

import re
import string
import time
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
    text, at = "", 0
    marks: list[tuple[str, str, int, int]] = []
    stack: list[tuple[str, str, int]] = []
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
        parties = sorted(
            names[party] if isinstance(party, int) else party.removeprefix("country:") for party in found.parties
        )
        line = f"{found.kind} {found.status} {'+'.join(parties)}"
        line += f" s={found.signed}" if found.signed else ""
        line += f" v={found.valid}" if found.valid else ""
        out.append(line)
    return sorted(out)


ENGLISH = [
    # home, text, agreements
    (
        "",
        "The <i a>British Library</i> and the <i b>National Library of Uzbekistan</i> signed a memorandum of understanding on <d 2019-03-05>5 March 2019</d>.",
        ["memorandum signed a+b s=2019-03-05"],
    ),
    (
        "",
        "A cooperation agreement was signed between the <i a>Louvre</i> and the <i b>Savitsky Museum</i> in <d 2018>2018</d>.",
        ["agreement signed a+b s=2018"],
    ),
    (
        "",
        "In <d 2021-06>June 2021</d> the <i a>National Archives</i> entered into a contract with <i b>Zeutschel GmbH</i> for the supply of scanners.",
        ["contract signed a+b s=2021-06"],
    ),
    (
        "a",
        "<i a>Our library</i> in brief. In <d 2016>2016</d> we signed agreements with the <i b>Library of Congress</i>, the <i c>Bavarian State Library</i> and <i d>Leiden University</i>.",
        ["agreement signed a+b s=2016", "agreement signed a+c s=2016", "agreement signed a+d s=2016"],
    ),
    (
        "a",
        "The <i a>Navoi Library</i> has partners abroad: it signed memoranda with the <i b>Shanghai Library</i> (<d 2012/2017>2012–2017</d>), the <i c>National Library of Poland</i> (<d 2014>2014</d>) and the <i d>National Library of Iran</i> (<d 2003/2008>2003–2008</d>).",
        ["memorandum signed a+b v=2012/2017", "memorandum signed a+c s=2014", "memorandum signed a+d v=2003/2008"],
    ),
    (
        "",
        "The <i a>State Museum of Arts</i> and the <i b>Hermitage</i> are to sign a roadmap for joint exhibitions next month.",
        ["roadmap planned a+b"],
    ),
    (
        "",
        "A memorandum between the <i a>Tashkent Botanical Museum</i> and <i b>Kew Gardens</i> is expected to be signed in <d 2025>2025</d>.",
        ["memorandum planned a+b"],
    ),
    (
        "",
        "The agreement between the <i a>Ichan-Qala Museum</i> and the <i b>Topkapi Palace Museum</i>, signed in <d 2011>2011</d>, has been extended until <d ../2026>2026</d>.",
        ["agreement renewed a+b s=2011 v=../2026"],
    ),
    (
        "",
        "The contract on the restoration of carpets between the <i a>Bukhara Museum</i> and the <i b>Rathgen Laboratory</i> expired in <d 2020>2020</d>.",
        ["contract ended a+b v=../2020"],
    ),
    (
        "",
        "A memorandum of cooperation between <i a>ICOM Uzbekistan</i> and <i b>ICOM Kazakhstan</i> has been in force since <d 2017/..>2017</d>.",
        ["memorandum in_force a+b v=2017/.."],
    ),
    (
        "",
        "The <i a>Ministry of Culture</i> signed a programme of cooperation for <d 2024/2026>2024–2026</d> with the <i b>Ministry of Culture of Korea</i> on <d 2023-11-20>20 November 2023</d>.",
        ["programme signed a+b s=2023-11-20 v=2024/2026"],
    ),
    (
        "",
        "The Government of Uzbekistan and the Government of Japan signed an agreement on cultural exchange in <d 2004>2004</d>.",
        ["agreement signed JP+UZ s=2004"],
    ),
    (
        "",
        "The Treaty on Friendship between the Republic of Uzbekistan and the Republic of Kazakhstan was signed on <d 1998-10-31>31 October 1998</d>.",
        ["treaty signed KZ+UZ s=1998-10-31"],
    ),
    (
        "",
        "The trilateral memorandum was signed by the director of the <i a>State Museum of History</i>, the rector of <i b>Samarkand University</i> and the head of the <i c>Usto Workshop</i> on <d 2020-09-01>1 September 2020</d>.",
        ["memorandum signed a+b+c s=2020-09-01"],
    ),
    (
        "",
        "<i a>Samarkand University</i> signed agreements with the <i b>Sorbonne</i> and <i c>Kyoto University</i> in <d 2015>2015</d> and <d 2018>2018</d> respectively.",
        ["agreement signed a+b s=2015", "agreement signed a+c s=2018"],
    ),
    (
        "",
        "The <i a>National Library of Korea</i> and the <i b>National Library of Uzbekistan</i> met in Seoul. The two libraries signed a memorandum of understanding in <d 2007>2007</d>.",
        ["memorandum signed a+b s=2007"],
    ),
    (
        "",
        "Experts of the <i a>Carpet Museum</i> visited the <i b>Azret Sultan Museum</i> on <d 2022-05-12>12 May 2022</d>. At the end of the visit the parties signed a memorandum.",
        ["memorandum signed a+b s=2022-05-12"],
    ),
    (
        "",
        "TASHKENT, <d 2023-04-18>18 April 2023</d> (<i u>UzA</i>) — The <i a>Museum of History</i> and the <i b>National Museum of Korea</i> have signed a memorandum of understanding, the press service said.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "A delegation of the <i a>National Library of China</i> visited the <i b>National Library of Uzbekistan</i>. In <d 2010>2010</d> the two institutions concluded an agreement on book exchange.",
        ["agreement signed a+b s=2010"],
    ),
    (
        "",
        "The <i a>British Council</i> renewed its agreement with the <i b>State Conservatory</i> in <d 2019>2019</d>.",
        ["agreement renewed a+b"],
    ),
    (
        "",
        "Under the <d 2012>2012</d> agreement with the <i b>Smithsonian Institution</i>, the <i a>State Museum of Arts</i> lends paintings every year.",
        ["agreement in_force a+b s=2012"],
    ),
    (
        "",
        "The <i a>Fergana Museum</i>, the <i b>Osh Museum</i> and the <i c>Khujand Museum</i> have concluded a trilateral agreement on a common catalogue.",
        ["agreement signed a+b+c"],
    ),
    ("", "<i a>Nukus Museum</i> inks MoU with <i b>Goethe-Institut</i>", ["memorandum signed a+b"]),
    (
        "a",
        "Annual report of the <i a>Fergana Library</i>. A licence agreement with <i b>Elsevier</i> was signed on <d 2020-02-14>14 February 2020</d> for a term of three years.",
        ["contract signed a+b s=2020-02-14"],
    ),
    (
        "a",
        "The <i a>Kokand Museum</i> and its friends. A draft memorandum has been prepared with the <i b>Ashmolean Museum</i>.",
        ["memorandum planned a+b"],
    ),
    (
        "",
        "The <i a>Academy of Arts</i> is preparing a cooperation agreement with the <i b>Florence Academy</i> and another one with the <i c>Repin Institute</i>.",
        ["agreement planned a+b"],
    ),
    (
        "a",
        "The <i a>National Archives</i> has agreements with the following institutions:\n- <i b>National Archives of Korea</i> (<d 2012>2012</d>);\n- <i c>State Archives of Türkiye</i> (<d 2014/2019>2014–2019</d>);\n- <i d>Federal Archives of Germany</i> (<d 2021>2021</d>).",
        ["agreement in_force a+b s=2012", "agreement in_force a+c v=2014/2019", "agreement in_force a+d s=2021"],
    ),
    (
        "a",
        "The <i a>Regional Library</i> has signed memoranda of cooperation with:\n<d 2015>2015</d> – <i b>National Library of Korea</i>;\n<d 2016>2016</d> – <i c>Gwangju Library</i>;\n<d 2018>2018</d> – <i d>Busan University</i>.",
        ["memorandum signed a+b s=2015", "memorandum signed a+c s=2016", "memorandum signed a+d s=2018"],
    ),
    (
        "",
        "On <d 2022-10-03>3 October 2022</d> <i a>UNESCO</i> and the Government of Uzbekistan signed an agreement on the safeguarding of manuscripts.",
        ["agreement signed UZ+a s=2022-10-03"],
    ),
    (
        "",
        "The memorandum that the <i a>Carpet Museum</i> and the <i b>V&A</i> signed in <d 2014>2014</d> is no longer in force.",
        ["memorandum ended a+b s=2014"],
    ),
    (
        "",
        "Last year the <i a>Tashkent Zoo Museum</i> signed a memorandum of understanding with the <i b>Berlin Museum of Natural History</i>. The memorandum will remain valid until <d ../2030>2030</d>.",
        ["memorandum signed a+b v=../2030"],
    ),
    (
        "",
        "The <i a>House of Photography</i> and the <i b>Multimedia Art Museum</i> signed an agreement in <d 2009>2009</d>. It was extended in <d 2014>2014</d> and again in <d 2019>2019</d>.",
        ["agreement renewed a+b s=2009"],
    ),
    (
        "",
        "A letter of intent was signed by the <i a>Aga Khan Trust</i> and the <i b>Cultural Heritage Agency</i> on <d 2019-11-11>11 November 2019</d>.",
        ["other signed a+b s=2019-11-11"],
    ),
    (
        "",
        "The loan agreement between the <i a>Savitsky Museum</i> and the <i b>Pushkin Museum</i> was concluded on <d 2017-04-07>7 April 2017</d>, and the exhibition opened a week later.",
        ["contract signed a+b s=2017-04-07"],
    ),
    (
        "",
        "The Prime Minister witnessed the signing of a protocol between the <i a>Uzarchive Agency</i> and <i b>Rosarkhiv</i> on <d 2018-10-19>19 October 2018</d>.",
        ["protocol signed a+b s=2018-10-19"],
    ),
    (
        "",
        "The <i a>Museum of Music</i> has been cooperating with the <i b>Grieg Museum</i> since <d 2010/..>2010</d> on the basis of a memorandum signed in <d 2009>2009</d>.",
        ["memorandum signed a+b s=2009"],
    ),
    (
        "",
        "The director of the <i a>State Art Museum</i>, Vasila Fayziyeva, and the president of the <i b>Tretyakov Gallery</i>, Zelfira Tregulova, signed a cooperation agreement on <d 2021-05-20>20 May 2021</d> in Moscow.",
        ["agreement signed a+b s=2021-05-20"],
    ),
    # traps
    (
        "",
        "The <i a>National Library</i> and the <i b>British Council</i> agreed to work together in the field of translation.",
        [],
    ),
    ("", "The <i a>Carpet Museum</i> held a seminar on the <i u>UNESCO</i> Convention of <d 2003>2003</d>.", []),
    ("", "No agreement was reached between the <i a>Louvre</i> and the <i b>Hermitage</i>.", []),
    ("", "The memorandum between the <i a>State Museum</i> and the <i b>Prado</i> was never signed.", []),
    (
        "",
        "Books are exchanged with the <i b>Library of Congress</i> by the <i a>National Library</i> without any agreement.",
        [],
    ),
    ("", "The <i a>Kunstkamera</i> refused to sign the agreement with the <i b>Termez Museum</i>.", []),
    ("", "Reading is a kind of gentlemen's agreement between the <i a>Alisher Navoi Library</i> and the reader.", []),
    (
        "a",
        "The <i a>Samarkand Museum</i> hosted the signing ceremony; details of the agreement were not disclosed.",
        [],
    ),
    (
        "",
        "Access to the hall of the <i a>Beruni Institute</i> is possible by agreement with the <i b>Academy of Sciences</i>.",
        [],
    ),
    (
        "",
        "In <d 2019>2019</d> <i a>TIKA</i> gave the <i b>State Museum</i> 100 books under its programme of support.",
        [],
    ),
    (
        "",
        "The <i a>British Library</i> runs the Endangered Archives Programme, and the <i b>National Archives</i> applied to it in <d 2015>2015</d>.",
        [],
    ),
    ("a", "An employment contract at the <i a>Museum of History</i> is concluded for one year.", []),
    (
        "",
        "The <i a>Ministry of Culture</i> approved the state programme for <d 2021/2023>2021–2023</d>, in which the <i b>Museum of Arts</i> takes part.",
        [],
    ),
    ("", "The talks between the <i a>Getty Museum</i> and the <i b>Bukhara Museum</i> ended without a contract.", []),
    ("", "Neither the <i a>Hermitage</i> nor the <i b>Louvre</i> has a memorandum in its files.", []),
    ("", "The memorandum has not yet been signed, said the <i a>Museum of Arts</i> and the <i b>Tate</i>.", []),
    (
        "",
        "According to the <i a>Ministry of Justice</i>, contracts of the <i b>National Library</i> are registered within ten days.",
        [],
    ),
    ("", "It was a treaty of the soul, wrote the poet whose papers the <i a>Literature Museum</i> keeps.", []),
]


UZBEK = [
    (
        "",
        "<i a>Oʻzbekiston Milliy kutubxonasi</i> va <i b>Rossiya davlat kutubxonasi</i> oʻrtasida <d 2009-05-14>2009-yil 14-mayda</d> hamkorlik shartnomasi imzolandi.",
        ["agreement signed a+b s=2009-05-14"],
    ),
    (
        "",
        "<d 2018>2018-yilda</d> <i a>Savitskiy muzeyi</i> bilan <i b>Luvr muzeyi</i> oʻzaro anglashuv memorandumini imzoladi.",
        ["memorandum signed a+b s=2018"],
    ),
    (
        "a",
        "<i a>Toshkent davlat universiteti</i> kutubxonasi. Bizning kutubxonamiz <i b>Ankara universiteti</i> bilan memorandum imzolagan.",
        ["memorandum signed a+b"],
    ),
    (
        "a",
        "<i a>Alisher Navoiy nomidagi kutubxona</i> <i b>Shanxay kutubxonasi</i> (<d 2012/2017>2012–2017</d>), <i c>Polsha Milliy kutubxonasi</i> (<d 2014>2014</d>) hamda <i d>Eron Milliy kutubxonasi</i> (<d 2003/2008>2003–2008</d>) bilan hamkorlik shartnomalari imzolagan.",
        ["agreement signed a+b v=2012/2017", "agreement signed a+c s=2014", "agreement signed a+d v=2003/2008"],
    ),
    (
        "a",
        "<i a>Markaz</i> hamkorlari. <d 2008>2008-yilda</d> <i b>Xitoy Milliy kutubxonasi</i> bilan, <d 2011>2011-yilda</d> <i c>Turkiya Milliy kutubxonasi</i> bilan va <d 2013>2013-yilda</d> <i d>Gyote instituti</i> bilan memorandumlar imzolangan.",
        ["memorandum signed a+b s=2008", "memorandum signed a+c s=2011", "memorandum signed a+d s=2013"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> quyidagi tashkilotlar bilan hamkorlik shartnomalarini imzolagan:\n1. <i b>Koreya Milliy kutubxonasi</i> – <d 2015>2015-yil</d>;\n2. <i c>Belarus Milliy kutubxonasi</i> – <d 2012/2017>2012–2017-yillar</d>;\n3. <i d>Leyden universiteti</i> – <d 2019-03-12>2019-yil 12-mart</d>.",
        ["agreement signed a+b s=2015", "agreement signed a+c v=2012/2017", "agreement signed a+d s=2019-03-12"],
    ),
    (
        "a",
        "<i a>Buxoro muzeyi</i> xorijiy hamkorlari bilan imzolagan hujjatlar: <i b>Ermitaj</i> bilan shartnoma (<d 2014>2014-yil</d>), <i c>Koʻnya muzeyi</i> bilan memorandum (<d 2011/2016>2011–2016-yillar</d>).",
        ["contract signed a+b s=2014", "memorandum signed a+c v=2011/2016"],
    ),
    (
        "a",
        "<i a>Samarqand muzeyi</i> rejalari. <d 2025>2025-yilda</d> <i b>Britaniya muzeyi</i> bilan hamkorlik bitimini imzolash rejalashtirilgan.",
        ["agreement planned a+b"],
    ),
    (
        "",
        "<i a>Milliy arxiv</i> va <i b>Koreya Milliy arxivi</i> oʻrtasidagi memorandum <d ../2027>2027-yilgacha</d> uzaytirildi.",
        ["memorandum renewed a+b v=../2027"],
    ),
    (
        "",
        "<i a>Ichan-qalʼa muzeyi</i> bilan <i b>Topkapi saroyi muzeyi</i> oʻrtasida <d 2010>2010-yilda</d> tuzilgan shartnoma oʻz kuchini yoʻqotdi.",
        ["contract ended a+b s=2010"],
    ),
    (
        "",
        "<i a>Fargʻona muzeyi</i> va <i b>Oʻsh muzeyi</i> oʻrtasida imzolangan hamkorlik bitimi bugungi kunda amal qilmoqda.",
        ["agreement in_force a+b"],
    ),
    (
        "",
        "Oʻzbekiston Respublikasi Hukumati va Yaponiya Hukumati oʻrtasida <d 2004>2004-yilda</d> madaniy almashinuv toʻgʻrisida bitim imzolangan.",
        ["agreement signed JP+UZ s=2004"],
    ),
    (
        "",
        "<d 1998-10-31>1998-yil 31-oktabrda</d> Oʻzbekiston bilan Qozogʻiston oʻrtasida abadiy doʻstlik toʻgʻrisidagi shartnoma imzolandi.",
        ["treaty signed KZ+UZ s=1998-10-31"],
    ),
    (
        "",
        "<d 2022-05-12>2022-yil 12-may</d> kuni <i a>Gilam muzeyi</i>da uchrashuv boʻlib oʻtdi, unda <i b>Azret Sulton muzeyi</i> delegatsiyasi qatnashdi. Uchrashuv yakunida tomonlar memorandum imzoladilar.",
        ["memorandum signed a+b s=2022-05-12"],
    ),
    (
        "",
        "<i a>Temuriylar tarixi muzeyi</i> direktori X. Fayziyev va <i b>Topkapi muzeyi</i> direktori I. Kojaman hamkorlik toʻgʻrisidagi bitimga imzo chekdilar.",
        ["agreement signed a+b"],
    ),
    (
        "",
        "<i a>Milliy kutubxona</i>, <i b>Fanlar akademiyasi kutubxonasi</i> va <i c>TATU</i> oʻrtasida uch tomonlama bitim tuzildi.",
        ["agreement signed a+b+c"],
    ),
    (
        "",
        "<i a>Xorazm Maʼmun akademiyasi</i> <i b>Nara universiteti</i> va <i c>Eron akademiyasi</i> bilan anglashuv memorandumi loyihasini tayyorlamoqda.",
        ["memorandum planned a+b+c"],
    ),
    (
        "a",
        "<i a>Andijon markazi</i> haqida. <i b>Andijon davlat universiteti</i> bilan tuzilgan hamkorlik shartnomasi doirasida talabalar amaliyot oʻtaydi.",
        ["agreement signed a+b"],
    ),
    (
        "",
        "<i a>Madaniyat vazirligi</i> va <i b>Koreya Madaniyat vazirligi</i> <d 2024/2026>2024–2026-yillarga</d> moʻljallangan hamkorlik dasturini imzoladi.",
        ["programme signed a+b v=2024/2026"],
    ),
    (
        "",
        "<i a>UNESCO</i> bilan Oʻzbekiston Hukumati oʻrtasida <d 1996>1996-yilda</d> bitim imzolangan.",
        ["agreement signed UZ+a s=1996"],
    ),
    (
        "",
        "<i a>Koreya Milliy kutubxonasi</i> va <i b>Oʻzbekiston Milliy kutubxonasi</i> koʻp yillardan beri hamkor. Ikki kutubxona <d 2007>2007-yilda</d> memorandum imzolagan.",
        ["memorandum signed a+b s=2007"],
    ),
    (
        "a",
        "<i a>Termiz muzeyi</i> xodimlari. <i b>Ermitaj</i> bilan <d 2014-06-03>2014-yil 3-iyunda</d> imzolangan shartnoma muddati <d 2019>2019-yilda</d> tugadi.",
        ["contract ended a+b s=2014-06-03 v=../2019"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> hayoti. <i b>Misr Milliy kutubxonasi</i> bilan hamkorlik memorandumi tayyorlanmoqda.",
        ["memorandum planned a+b"],
    ),
    (
        "a",
        "<i a>Nukus muzeyi</i> <i b>Luvr</i> va <i c>Orse muzeyi</i> bilan mos ravishda <d 2015>2015</d> va <d 2018>2018-yillarda</d> hamkorlik bitimlarini imzolagan.",
        ["agreement signed a+b s=2015", "agreement signed a+c s=2018"],
    ),
    (
        "",
        "<i a>Oʻzarxiv agentligi</i> hamda <i b>Rosarxiv</i> oʻrtasida <d 2018-10-19>2018-yil 19-oktabr</d> kuni bayonnoma imzolandi, hujjat arxivchilar malakasini oshirishni koʻzda tutadi.",
        ["protocol signed a+b s=2018-10-19"],
    ),
    (
        "",
        "Marosimda <i a>Milliy kutubxona</i> bilan <i b>KOICA</i> oʻrtasida <d 2021/2023>2021–2023-yillarga</d> moʻljallangan yoʻl xaritasi imzolandi.",
        ["roadmap signed a+b v=2021/2023"],
    ),
    (
        "a",
        "<i a>Buxoro muzeyi</i> va hamkorlari. <i b>Rim instituti</i> bilan taʼmirlash boʻyicha shartnoma, <i c>Parij instituti</i> bilan esa hamkorlik memorandumi imzolandi.",
        ["contract signed a+b", "memorandum signed a+c"],
    ),
    (
        "",
        "<i a>Madaniyat vazirligi</i> <i b>Vengriya Milliy muzeyi</i> bilan <d 2019>2019-yilda</d> hamkorlik shartnomasini imzolagan, u <d 2024>2024-yilda</d> yana besh yilga uzaytirildi.",
        ["agreement renewed a+b s=2019"],
    ),
    (
        "a",
        "<i a>Kutubxona</i> tarixi. <d 2012/..>2012-yildan</d> beri <i b>EIFL</i> bilan hamkorlik bitimi amal qiladi.",
        ["agreement in_force a+b v=2012/.."],
    ),
    (
        "",
        "<i a>Behzod instituti</i> va <i b>Repin akademiyasi</i> orasida <d 2016>2016</d> yil tuzilgan kelishuv hanuz kuchda.",
        ["agreement in_force a+b s=2016"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> xorijiy hamkorlari: <i b implied>Xitoy</i>, <i c implied>Eron</i> va <i d implied>Koreya</i> milliy kutubxonalari bilan hamkorlik bitimlari imzolangan.",
        ["agreement signed a+b", "agreement signed a+c", "agreement signed a+d"],
    ),
    # traps
    ("", "<i a>Milliy kutubxona</i> bilan <i b>Adliya vazirligi</i> bu masalada kelishib oldi.", []),
    (
        "",
        "Tartib <i a>Tashqi ishlar vazirligi</i> va <i b>Adliya vazirligi</i> bilan kelishilgan holda belgilangan.",
        [],
    ),
    ("", "<i a>Milliy arxiv</i> va <i b>FamilySearch</i> oʻrtasida hech qanday shartnoma tuzilmagan.", []),
    ("", "<i a>Luvr</i> bilan <i b>Savitskiy muzeyi</i> oʻrtasida bitim imzolanmadi.", []),
    ("", "<i a>Milliy kutubxona</i> <d 1970>1970-yilgi</d> <i b>YUNESKO</i> konvensiyasiga asoslanadi.", []),
    ("", "Kelishuvga binoan <i a>Tarix muzeyi</i> <i b>Sanʼat muzeyi</i>ga 20 ta eksponat berdi.", []),
    ("", "<i a>BMT taraqqiyot dasturi</i> <i b>Milliy kutubxona</i>ga 2800 nusxa kitob berdi.", []),
    (
        "",
        "<i a>Milliy kutubxona</i> xodimi bilan mehnat shartnomasi tuziladi, nusxasi <i b>Mehnat vazirligi</i>ga yuboriladi.",
        [],
    ),
    ("a", "<i a>Muzey</i> <i b>Ermitaj</i> bilan hamkorlik qiladi, ammo ular oʻrtasida shartnoma yoʻq.", []),
    ("", "<i a>Prezident maktabi</i> dasturi asosida <i b>Milliy kutubxona</i> toʻgarak ochdi.", []),
    (
        "",
        "<i a>Madaniyat vazirligi</i> <d 2021-05-26>2021-yil 26-maydagi</d> qarorga muvofiq <i b>Milliy kutubxona</i> bilan ish olib boradi.",
        [],
    ),
    (
        "",
        "<i a>Oʻzbekiston tarixi muzeyi</i> va <i b>Amaliy sanʼat muzeyi</i> shartnoma asosida xizmat koʻrsatadi.",
        [],
    ),
    ("a", "<i a>Milliy kutubxona</i> <i b>Kitob palatasi</i> koʻmagida dastur ishlab chiqdi.", []),
    ("", "<i a>Prado</i> muzeyi bilan kelishuv hozircha ogʻzaki, dedi <i b>Sanʼat muzeyi</i> direktori.", []),
    ("", "Tanlov gʻolibi bilan <i a>Madaniyat vazirligi</i> shartnoma tuzadi.", []),
]

CYRILLIC = [
    (
        "",
        "<i a>Ўзбекистон Миллий кутубхонаси</i> ва <i b>Россия давлат кутубхонаси</i> ўртасида <d 2009-05-14>2009 йил 14 майда</d> ҳамкорлик шартномаси имзоланди.",
        ["agreement signed a+b s=2009-05-14"],
    ),
    (
        "a",
        "<i a>Миллий кутубхона</i> <i b>Шанхай кутубхонаси</i> билан <d 2013>2013 йилда</d>, <i c>Польша Миллий кутубхонаси</i> билан <d 2014>2014 йилда</d> меморандумлар имзолаган.",
        ["memorandum signed a+b s=2013", "memorandum signed a+c s=2014"],
    ),
    (
        "",
        "<i a>Бухоро музейи</i> билан <i b>Эрмитаж</i> ўртасида экспонатларни вақтинча фойдаланишга бериш тўғрисида шартнома тузилди.",
        ["contract signed a+b"],
    ),
    (
        "",
        "<d 2017-09-08>2017 йил 8 сентябрда</d> <i a>Маданият вазирлиги</i> ва <i b>Қирғизистон Маданият вазирлиги</i> ўртасида ҳамкорлик дастури имзоланган эди.",
        ["programme signed a+b s=2017-09-08"],
    ),
    (
        "",
        "Ўзбекистон Республикаси ва Хитой Халқ Республикаси ўртасида маданий алмашинув тўғрисида битим имзоланди.",
        ["agreement signed CN+UZ"],
    ),
    (
        "a",
        "<i a>Термиз музейи</i> янгиликлари. <i b>Нара музейи</i> билан англашув меморандуми <d 2026>2026 йилда</d> имзоланиши кўзда тутилган.",
        ["memorandum planned a+b"],
    ),
    (
        "",
        "<i a>Тарих музейи</i> ва <i b>Осака музейи</i> ўртасидаги битимнинг муддати <d ../2028>2028 йилга</d> қадар узайтирилди.",
        ["agreement renewed a+b v=../2028"],
    ),
    (
        "",
        "<i a>Хоразм Маъмун академияси</i> ва <i b>Халле университети</i> уртасида хамкорлик тугрисидаги битим имзоланди.",
        ["agreement signed a+b"],
    ),
    (
        "a",
        "<i a>Архив</i> ҳисоботи. Ҳамкор ташкилотлар: <i b>Корея Миллий архиви</i> (меморандум, <d 2018>2018</d>), <i c>Росархив</i> (баённома, <d 2015>2015</d>).",
        ["memorandum signed a+b s=2018", "protocol signed a+c s=2015"],
    ),
    (
        "a",
        "<i a>Миллий кутубхона</i>да <d 2010/..>2010 йилдан</d> бери <i b>Беларусь Миллий кутубхонаси</i> билан шартнома амалда.",
        ["contract in_force a+b v=2010/.."],
    ),
    (
        "",
        "<i a>Навоий музейи</i> директори А. Каримов ва <i b>Томск музейи</i> директори С. Иванов меморандум имзолашди.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<d 2006-04-20>2006 йил 20 апрель</d> куни Бухорога <i b>Кўня музейи</i> директори келди. Учрашувда <i a>Бухоро музейи</i> билан ушбу музей ўртасида битим имзоланди.",
        ["agreement signed a+b s=2006-04-20"],
    ),
    (
        "",
        "<i a>Андижон кутубхонаси</i> билан <i b>Ўш кутубхонаси</i> ўзаро ҳамкорлик тўғрисида келишув имзолаб, китоб алмаша бошлади.",
        ["agreement signed a+b"],
    ),
    (
        "",
        "<i a>Гилам музейи</i> ва <i b>Азрет Султон музейи</i> ўртасида имзоланган меморандум бекор қилинди.",
        ["memorandum ended a+b"],
    ),
    # traps
    ("", "<i a>Миллий кутубхона</i> <i b>ЮНЕСКО</i> конвенцияси асосида иш юритади.", []),
    ("", "<i a>Эрмитаж</i> билан <i b>Термиз музейи</i> ўртасида шартнома имзоланмаган.", []),
    ("", "<i a>Миллий архив</i> <i b>Адлия вазирлиги</i> билан келишган ҳолда фондни очди.", []),
    (
        "a",
        "<i a>Кутубхона</i>да китобхон билан шартнома тузилмайди, <i b>Маданият вазирлиги</i> низоми амал қилади.",
        [],
    ),
    (
        "",
        "<i a>Грузия Миллий кутубхонаси</i> билан музокаралар бошланди, бироқ <i b>Миллий кутубхона</i> ҳеч қандай ҳужжат имзоламаган.",
        [],
    ),
    ("", "<i a>Давлат музейи</i> ва <i b>Санъат музейи</i> кўргазма дастурини тасдиқлади.", []),
    ("", "Ўзбекистон ва Япония маданият соҳасида ҳамкорлик қилмоқда, дея хабар берди <i a>ЎзА</i>.", []),
]


RUSSIAN = [
    (
        "",
        "<i a>Национальная библиотека Узбекистана</i> и <i b>Российская государственная библиотека</i> подписали договор о сотрудничестве <d 2009-05-14>14 мая 2009 года</d>.",
        ["agreement signed a+b s=2009-05-14"],
    ),
    (
        "",
        "<d 2019-03-12>12 марта 2019 года</d> между <i a>Музеем искусств</i> и <i b>Эрмитажем</i> был подписан меморандум о взаимопонимании.",
        ["memorandum signed a+b s=2019-03-12"],
    ),
    (
        "a",
        "<i a>Национальная библиотека</i> расширяет связи. В <d 2008>2008 году</d> с <i b>Библиотекой Китая</i>, в <d 2011>2011 году</d> с <i c>Библиотекой Турции</i> и в <d 2013>2013 году</d> с <i d>Гёте-Институтом</i> были подписаны меморандумы.",
        ["memorandum signed a+b s=2008", "memorandum signed a+c s=2011", "memorandum signed a+d s=2013"],
    ),
    (
        "a",
        "<i a>Библиотека</i> имеет соглашения с <i b>Шанхайской библиотекой</i> (<d 2012/2017>2012–2017</d>), <i c>Национальной библиотекой Польши</i> (<d 2004/2014>2004–2014</d>) и <i d>Библиотекой Ирана</i> (<d 2008>2008</d>).",
        ["agreement in_force a+b v=2012/2017", "agreement in_force a+c v=2004/2014", "agreement in_force a+d s=2008"],
    ),
    (
        "a",
        "Партнёры <i a>Национального архива</i>:\n<d 2015>2015</d> — <i b>Национальный архив Кореи</i> (меморандум);\n<d 2016>2016</d> — <i c>Росархив</i> (соглашение).",
        ["agreement signed a+c s=2016", "memorandum signed a+b s=2015"],
    ),
    (
        "a",
        "<i a>Музей</i> подписал соглашения о сотрудничестве со следующими учреждениями:\n— <i b>Государственный музей Востока</i> (<d 2015>2015 г.</d>);\n— <i c>Музей Гиме</i> (<d 2016/2021>2016–2021 гг.</d>);\n— <i d>Музей этнографии</i>, <d 2019>2019 г.</d>",
        ["agreement signed a+b s=2015", "agreement signed a+c v=2016/2021", "agreement signed a+d s=2019"],
    ),
    (
        "a",
        "Новости <i a>Государственного музея искусств</i>. С <i b>Третьяковской галереей</i> подписан меморандум, с <i c>Русским музеем</i> — договор о сотрудничестве.",
        ["agreement signed a+c", "memorandum signed a+b"],
    ),
    (
        "",
        "Соглашение между <i a>Агентством «Узархив»</i> и <i b>Росархивом</i>, подписанное в <d 2016-10>октябре 2016 г.</d>, продлено до <d ../2026>2026 года</d>.",
        ["agreement renewed a+b s=2016-10 v=../2026"],
    ),
    (
        "",
        "Срок действия договора между <i a>Домом-музеем Тамары Ханум</i> и <i b>Бахрушинским музеем</i> истёк в <d 2020>2020 году</d>.",
        ["contract ended a+b v=../2020"],
    ),
    (
        "a",
        "<i a>Ферганская библиотека</i>, отчёт. Договор о сотрудничестве № 27 от <d 2019-03-14>14 марта 2019 г.</d> с <i b>Ферганским университетом</i> действует.",
        ["agreement in_force a+b s=2019-03-14"],
    ),
    (
        "",
        "<i a>Академия художеств</i> и <i b>Академия имени Репина</i> планируют подписать соглашение о сотрудничестве весной.",
        ["agreement planned a+b"],
    ),
    (
        "a",
        "<i a>Национальная библиотека</i> готовит меморандум с <i b>Национальной библиотекой Египта</i> и с <i c>Библиотекой имени Якуба Коласа</i>.",
        ["memorandum planned a+b", "memorandum planned a+c"],
    ),
    (
        "",
        "Протокол о намерениях подписали директор <i a>Музея истории Узбекистана</i> Д. Курбанова и директор <i b>Музея антропологии</i> А. Головнёв.",
        ["protocol signed a+b"],
    ),
    (
        "",
        "Между Республикой Узбекистан и Китайской Народной Республикой подписана Программа культурного сотрудничества на <d 2022/2025>2022–2025 годы</d>.",
        ["programme signed CN+UZ v=2022/2025"],
    ),
    (
        "",
        "Правительство Узбекистана и Правительство Японии заключили соглашение о культурном обмене в <d 2004>2004 году</d>.",
        ["agreement signed JP+UZ s=2004"],
    ),
    (
        "",
        "Делегация <i a>Музея ковра</i> посетила <i b>музей «Азрет Султан»</i> <d 2022-05-12>12 мая 2022 года</d>. По итогам встречи стороны подписали меморандум.",
        ["memorandum signed a+b s=2022-05-12"],
    ),
    (
        "",
        "Библиотеки Ташкента и Сеула дружат давно: <i a>Национальная библиотека Узбекистана</i> и <i b>Национальная библиотека Кореи</i> обмениваются книгами. Обе библиотеки подписали меморандум в <d 2007>2007 году</d>.",
        ["memorandum signed a+b s=2007"],
    ),
    (
        "",
        "Контракт на реставрацию рукописей заключён <d 2017-01-30>30 января 2017 года</d> между <i a>Институтом востоковедения</i> и <i b>Центральным институтом патологии книг</i>.",
        ["contract signed a+b s=2017-01-30"],
    ),
    (
        "",
        "Трёхсторонний меморандум между <i a>Музеем Навои</i>, <i b>Педагогическим институтом</i> и <i c>Томской писаницей</i> подписан летом.",
        ["memorandum signed a+b+c"],
    ),
    (
        "a",
        "<i a>Наш музей</i> и <i b>Музей Рериха</i>... Соглашение с <i b>Музеем Рериха</i> вступило в силу <d 2018-03-01>1 марта 2018 г.</d>",
        ["agreement in_force a+b v=2018-03-01/.."],
    ),
    (
        "",
        "В рамках соглашения с <i b>Британской библиотекой</i> <i a>Национальный архив</i> получил сканеры.",
        ["agreement in_force a+b"],
    ),
    (
        "",
        "ДУШАНБЕ, <d 2023-10-17>17 октября 2023 г.</d> — <i a>Национальная библиотека Таджикистана</i> и <i b>Национальная библиотека Узбекистана</i> подписали меморандум.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i a>Университет Васэда</i> и <i b>Самаркандский университет</i> подписали в Токио соглашение, которое предусматривает обмен студентами и планирует открыть кафедру.",
        ["agreement signed a+b"],
    ),
    (
        "a",
        "<i a>Библиотека</i> сообщает. Подписание договора с <i b>ЛитРес</i> намечено на <d 2025-04>апрель 2025 года</d>.",
        ["contract planned a+b"],
    ),
    (
        "",
        "<i a>Национальный архив</i> подписал с <i b>JICA</i> договор на поставку сканеров и с <i c>Ricoh</i> — договор на обслуживание.",
        ["contract signed a+b", "contract signed a+c"],
    ),
    (
        "a",
        "Наша библиотека. Из отчёта <i a>Самаркандской библиотеки</i>: заключены договоры с <i b>СамГУ</i>, <i c>Институтом туризма</i>, <i d>Медицинским институтом</i>.",
        ["contract signed a+b", "contract signed a+c", "contract signed a+d"],
    ),
    (
        "",
        "Меморандум, подписанный <i a>Музеем прикладного искусства</i> и <i b>Музеем Виктории и Альберта</i> в <d 2014>2014 году</d>, утратил силу.",
        ["memorandum ended a+b s=2014"],
    ),
    (
        "",
        "<i a>ИКОМ Узбекистана</i> и <i b>ИКОМ России</i> обменялись письмами, а затем заключили соглашение о партнёрстве (<d 2020>2020</d>).",
        ["agreement signed a+b s=2020"],
    ),
    (
        "",
        "Церемония подписания меморандума между <i a>Музеем Савицкого</i> и <i b>Лувром</i> состоялась <d 2022-11-22>22 ноября 2022 года</d> в Париже.",
        ["memorandum signed a+b s=2022-11-22"],
    ),
    (
        "a",
        "Выставка <i a>Музея истории</i>. Соглашение <d 2010>2010 года</d> с <i b>Галле-Виттенбергским университетом</i> продлено.",
        ["agreement renewed a+b s=2010"],
    ),
    (
        "",
        "<i a>Министерство культуры</i> подписало с <i b>Министерством культуры Индии</i> дорожную карту, рассчитанную на <d 2023/2025>2023–2025 годы</d>.",
        ["roadmap signed a+b v=2023/2025"],
    ),
    # traps
    ("", "<i a>Эрмитаж</i> и <i b>Термезский музей</i> договорились о совместной выставке.", []),
    ("", "По соглашению сторон <i a>Национальная библиотека</i> вернула <i b>Архиву</i> рукописи.", []),
    ("", "Меморандум между <i a>Лувром</i> и <i b>Музеем Савицкого</i> так и не был подписан.", []),
    ("", "С <i a>Библиотекой Японии</i> <i b>Национальная библиотека</i> обменивается книгами без договора.", []),
    ("", "Конвенция <i u>ЮНЕСКО</i> <d 1972>1972 года</d> применяется и <i b>Музеем истории</i>.", []),
    ("", "С согласия <i a>Министерства культуры</i> <i b>музей «Ичан-Кала»</i> закрыт на ремонт.", []),
    ("", "<i a>FamilySearch</i> и <i b>Национальный архив</i> переговоры прекратили, соглашения нет.", []),
    (
        "a",
        "Читатель <i a>Областной библиотеки</i> заключает договор о порядке пользования, форма утверждена <i b>Министерством юстиции</i>.",
        [],
    ),
    (
        "",
        "<i a>Британская библиотека</i> отклонила заявку <i b>Национального архива</i> по программе «Исчезающие архивы».",
        [],
    ),
    (
        "",
        "В соответствии с Договором об образовании СССР <i a>Туркестанская библиотека</i> перешла к <i b>Наркомпросу</i>.",
        [],
    ),
    ("", "<i a>Музей истории</i> отказался подписывать договор с <i b>Домом антиквара</i>.", []),
    ("", "Как сообщает <i a>УзА</i>, в <i b>Посольстве Кореи</i> состоялось подписание соглашения.", []),
    ("", "По согласованию с <i a>Министерством юстиции</i> <i b>Библиотека</i> изменила устав.", []),
    ("", "<i a>Музей</i> и <i b>театр</i> разработали программу мероприятий к юбилею.", []),
    ("", "Проект закона внесён <i a>Министерством культуры</i>; <i b>Академия наук</i> его поддержала.", []),
    (
        "",
        "Протокол заседания Учёного совета <i a>Института истории</i> № 5 от <d 2019-03-12>12.03.2019</d> хранится в <i b>Архиве Академии наук</i>.",
        [],
    ),
]


ENGLISH_PASSAGES = [
    (
        "",
        "The conference “Libraries of the Silk Road” was held in Bukhara on <d 2021-10-14>14 October 2021</d> and brought together 120 guests. Within the conference a memorandum was signed between the <i a>Bukhara Library</i> and the <i b>Khujand Library</i>.",
        ["memorandum signed a+b s=2021-10-14"],
    ),
    (
        "a",
        "Partners of the <i a>Museum of Applied Arts</i>. In <d 2018>2018</d> the museum signed cooperation agreements with the following partners:\n• <i b>Museum of Ethnography</i>, Budapest\n• <i c>Museum of Folk Art</i>, Seoul\n• <i d>Museum of Craft</i>, Kyoto",
        ["agreement signed a+b s=2018", "agreement signed a+c s=2018", "agreement signed a+d s=2018"],
    ),
    (
        "",
        "Two memoranda were signed: the first between the <i a>National Library</i> and <i b>Kyung Hee University</i>, the second between the <i c>Academy of Arts</i> and <i d>Hongik University</i>.",
        ["memorandum signed a+b", "memorandum signed c+d"],
    ),
    (
        "a",
        "Interview with the director of the <i a>Carpet Museum</i>.\n– Whom do you work with?\n– We have a memorandum with the <i b>Museum of Islamic Art</i> in Doha, signed in <d 2019>2019</d>, and we are negotiating an agreement with the <i c>Vitra Museum</i>.",
        ["agreement planned a+c", "memorandum signed a+b s=2019"],
    ),
    (
        "a",
        "News of the <i a>Navoi Library</i>! Today our library and <i b>KOICA</i> signed a memorandum of cooperation for <d 2024/2026>2024–2026</d>! #books",
        ["memorandum signed a+b v=2024/2026"],
    ),
    (
        "",
        "The exhibition was made possible by a loan agreement which the <i a>Savitsky Museum</i> and the <i b>Pushkin Museum</i> had concluded a year earlier.",
        ["contract signed a+b"],
    ),
    (
        "a",
        "The <i a>Samarkand Archive</i> in figures. The agreement with the <i b>Genealogical Society</i> was terminated in <d 2016>2016</d>; that with the <i c>Archive of Kazan</i> continues.",
        ["agreement ended a+b v=../2016"],
    ),
    (
        "",
        "In <d 2014-09>September 2014</d> a delegation of the <i a>National Library of Latvia</i> came to Tashkent. During the visit the guests signed an agreement with the <i b>National Library of Uzbekistan</i>.",
        ["agreement signed a+b s=2014-09"],
    ),
    (
        "",
        "The <i a>National Library of Uzbekistan</i> is bound by agreements to the <i b>National Library of Belarus</i>, the <i c>National Library of Latvia</i> and the <i d>Library of the Academy of Sciences</i>, as the report of the <i m>Ministry of Culture</i> says.",
        [],
    ),
    (
        "a",
        "The <i a>Institute of Oriental Studies</i> carries out the project under a contract with the <i b>Gerda Henkel Foundation</i> dated <d 2020-06-01>1 June 2020</d>.",
        ["contract in_force a+b s=2020-06-01"],
    ),
    (
        "",
        "A five-year cooperation agreement with the <i b>University of Bologna</i> was signed by the rector of <i a>Samarkand State University</i> in <d 2022>2022</d>.",
        ["agreement signed a+b s=2022"],
    ),
    (
        "",
        "The <i a>State Archive of Andijan</i> plans to conclude a contract with <i b>Ricoh</i> in <d 2025>2025</d>; its protocol with the <i c>Archive of Osh</i> was signed on <d 2019-05-02>2 May 2019</d>.",
        ["contract planned a+b", "protocol signed a+c s=2019-05-02"],
    ),
    (
        "",
        "At the <i h>House of Writers</i> a memorandum was signed between the <i a>Writers' Union</i> and the <i b>Publishers Association</i>, with the support of <i k>UNESCO</i>.",
        ["memorandum signed a+b"],
    ),
    (
        "a",
        "History of the <i a>Fundamental Library</i>. From <d 1995/2001>1995 to 2001</d> an exchange agreement with the <i b>Library of Congress</i> was in force.",
        ["agreement ended a+b v=1995/2001"],
    ),
    (
        "a",
        "The <i a>Textile Museum</i> website. Our museum has long-standing ties with the <i b>Musée des Tissus</i>: the partnership agreement was signed in <d 2004>2004</d> and renewed in <d 2014>2014</d>.",
        ["agreement renewed a+b s=2004"],
    ),
    (
        "",
        "<i a>Nukus Museum</i>: cooperation\n\nPartner: <i b>Fondation Bru</i>. Document: memorandum. Date: <d 2017>2017</d>.",
        [],
    ),
    (
        "",
        "Both the <i a>Hermitage</i> and the <i b>Tretyakov Gallery</i> have memoranda of cooperation with the <i c>State Museum of Arts</i>.",
        ["memorandum in_force a+c", "memorandum in_force b+c"],
    ),
    (
        "",
        "The memorandum of understanding signed by <i a>ICCROM</i> with the <i b>Cultural Heritage Agency</i> on <d 2018-02-06>6 February 2018</d> provides for three workshops.",
        ["memorandum signed a+b s=2018-02-06"],
    ),
    (
        "",
        "The <i a>Ministry of Culture</i> announced that the <i b>Institute of Art Studies</i> had concluded an agreement with the <i c>Max Planck Institute</i>.",
        ["agreement signed b+c"],
    ),
    (
        "",
        "<i u>UzDaily</i> reports that the <i a>Islamic Civilization Center</i> and <i b>IRCICA</i> signed a roadmap on <d 2023-07-03>July 3, 2023</d>.",
        ["roadmap signed a+b s=2023-07-03"],
    ),
    (
        "",
        "When the <i a>Osaka Museum</i> proposed a contract, the <i b>Museum of History</i> asked for time to think.",
        [],
    ),
    (
        "",
        "The director of the <i a>Louvre</i> spoke of the agreement of minds between curators and the <i b>Prado</i>.",
        [],
    ),
    ("", "The <i a>Sharjah Museums Authority</i> has yet to sign a memorandum with the <i b>Museum of Arts</i>.", []),
    ("", "A contract for cleaning the halls of the <i a>Museum of Arts</i> was awarded by tender.", []),
]

UZBEK_PASSAGES = [
    (
        "",
        "<d 2021-10-14>2021-yil 14-oktabr</d> kuni Buxoroda xalqaro konferensiya boʻlib oʻtdi. Konferensiya doirasida <i a>Buxoro kutubxonasi</i> bilan <i b>Xoʻjand kutubxonasi</i> oʻrtasida hamkorlik memorandumi imzolandi.",
        ["memorandum signed a+b s=2021-10-14"],
    ),
    (
        "a",
        "<i a>Amaliy sanʼat muzeyi</i> haqida. <d 2018>2018-yilda</d> muzey quyidagi hamkorlar bilan hamkorlik shartnomalarini imzoladi:\n• <i b>Budapesht etnografiya muzeyi</i>\n• <i c>Seul xalq sanʼati muzeyi</i>\n• <i d>Kioto hunarmandchilik muzeyi</i>",
        ["agreement signed a+b s=2018", "agreement signed a+c s=2018", "agreement signed a+d s=2018"],
    ),
    (
        "",
        "Anjumanda ikkita memorandum imzolandi: birinchisi <i a>Milliy kutubxona</i> va <i b>Kyonxi universiteti</i> oʻrtasida, ikkinchisi <i c>Badiiy akademiya</i> va <i d>Xonik universiteti</i> oʻrtasida.",
        ["memorandum signed a+b", "memorandum signed c+d"],
    ),
    (
        "a",
        "<i a>Gilam muzeyi</i> direktori bilan suhbat.\n– Kimlar bilan hamkorlik qilasiz?\n– Dohadagi <i b>Islom sanʼati muzeyi</i> bilan <d 2019>2019-yilda</d> memorandum imzolaganmiz, <i c>Vitra muzeyi</i> bilan bitim tayyorlanmoqda.",
        ["agreement planned a+c", "memorandum signed a+b s=2019"],
    ),
    (
        "a",
        "Yangilik! Bugun <i a>Navoiy kutubxonasi</i> <i b>KOICA</i> bilan <d 2024/2026>2024-2026-yillarga</d> moʻljallangan hamkorlik memorandumini imzoladi!",
        ["memorandum signed a+b v=2024/2026"],
    ),
    (
        "a",
        "<i a>Samarqand arxivi</i> hisoboti. <i b>Qozon arxivi</i> bilan tuzilgan shartnoma <d 2016>2016-yilda</d> bekor qilindi.",
        ["contract ended a+b v=../2016"],
    ),
    (
        "",
        "<d 2014-09>2014-yil sentabr</d> oyida <i a>Latviya Milliy kutubxonasi</i> delegatsiyasi Toshkentga keldi. Tashrif davomida mehmonlar <i b>Oʻzbekiston Milliy kutubxonasi</i> bilan bitim imzoladilar.",
        ["agreement signed a+b s=2014-09"],
    ),
    (
        "a",
        "<i a>Sharqshunoslik instituti</i> loyihani <i b>Gerda Henkel jamgʻarmasi</i> bilan <d 2020-06-01>2020-yil 1-iyunda</d> tuzilgan shartnoma asosida amalga oshirmoqda.",
        ["contract signed a+b s=2020-06-01"],
    ),
    (
        "",
        "<i a>Samarqand davlat universiteti</i> rektori <i b>Boloniya universiteti</i> bilan besh yillik hamkorlik shartnomasini imzoladi.",
        ["agreement signed a+b"],
    ),
    (
        "a",
        "Muzeyimiz <i a>Toʻqimachilik muzeyi</i> nomi bilan mashhur. <i b>Lion muzeyi</i> bilan sheriklik bitimi <d 2004>2004-yilda</d> imzolanib, <d 2014>2014-yilda</d> yangilandi.",
        ["agreement renewed a+b s=2004"],
    ),
    ("", "<i a>Ermitaj</i> ham, <i b>Tretyakov galereyasi</i> ham <i c>Sanʼat muzeyi</i> bilan hamkorlik qiladi.", []),
    (
        "",
        "<i a>Islom sivilizatsiyasi markazi</i> va <i b>IRCICA</i> <d 2023-07-03>2023-yil 3-iyulda</d> yoʻl xaritasini imzolagani haqida <i u>UzA</i> xabar berdi.",
        ["roadmap signed a+b s=2023-07-03"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i>. <d 2011/2016>2011–2016-yillarda</d> <i b>Rossiya davlat kutubxonasi</i> bilan, <d 2012/2017>2012–2017-yillarda</d> <i c>Shanxay kutubxonasi</i> bilan hamkorlik shartnomalari amal qilgan.",
        ["agreement ended a+b v=2011/2016", "agreement ended a+c v=2012/2017"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> hamkorlari:\n<i b>Rossiya davlat kutubxonasi</i> – hamkorlik shartnomasi, <d 2011/2016>2011–2016-yillar</d>\n<i c>Shanxay kutubxonasi</i> – memorandum, <d 2013-05-06>2013-yil 6-may</d>",
        ["agreement signed a+b v=2011/2016", "memorandum signed a+c s=2013-05-06"],
    ),
    (
        "",
        "<i a>Koreya elchixonasi</i>da <i b>Milliy kutubxona</i> va <i c>Seul universiteti</i> oʻrtasida memorandum imzolandi.",
        ["memorandum signed b+c"],
    ),
    (
        "a",
        "Arxivimizda. <i a>Milliy arxiv</i> <d 2012>2012-yil</d> <i b>Koreya arxivi</i>, <d 2015>2015-yil</d> <i c>Rosarxiv</i> va <d 2018>2018-yil</d> <i d>Turkiya arxivi</i> bilan memorandum imzolagan.",
        ["memorandum signed a+b s=2012", "memorandum signed a+c s=2015", "memorandum signed a+d s=2018"],
    ),
    (
        "a",
        "Suhbat. <i a>Adabiyot muzeyi</i> rahbari: «Biz <i b>Pushkin uyi</i> bilan shartnoma tuzganmiz, muddati <d 2027>2027-yilda</d> tugaydi».",
        ["contract signed a+b v=../2027"],
    ),
    (
        "",
        "<i a>Madaniyat vazirligi</i> maʼlum qilishicha, <i b>Sanʼatshunoslik instituti</i> <i c>Maks Plank instituti</i> bilan bitim tuzdi.",
        ["agreement signed b+c"],
    ),
    ("", "<i a>Luvr</i> shartnoma taklif qildi, ammo <i b>Tarix muzeyi</i> rozi boʻlmadi.", []),
    ("", "<i a>Prado</i> va <i b>Sanʼat muzeyi</i> memorandumi hali imzolanmagan.", []),
    ("", "Xodim bilan <i a>Milliy kutubxona</i> mehnat shartnomasini bekor qildi.", []),
    ("", "<i a>Madaniyat vazirligi</i> davlat dasturi doirasida <i b>Milliy kutubxona</i>ni taʼmirladi.", []),
]

RUSSIAN_PASSAGES = [
    (
        "",
        "<d 2021-10-14>14 октября 2021 года</d> в Бухаре прошла конференция «Библиотеки Шёлкового пути». В рамках конференции между <i a>Бухарской библиотекой</i> и <i b>Худжандской библиотекой</i> подписан меморандум.",
        ["memorandum signed a+b s=2021-10-14"],
    ),
    (
        "a",
        "О <i a>Музее прикладного искусства</i>. В <d 2018>2018 году</d> музей заключил соглашения о сотрудничестве со следующими партнёрами:\n• <i b>Музей этнографии</i>, Будапешт\n• <i c>Музей народного искусства</i>, Сеул\n• <i d>Музей ремёсел</i>, Киото",
        ["agreement signed a+b s=2018", "agreement signed a+c s=2018", "agreement signed a+d s=2018"],
    ),
    (
        "",
        "Подписаны два меморандума: между <i a>Национальной библиотекой</i> и <i b>Университетом Кёнхи</i> и между <i c>Академией художеств</i> и <i d>Университетом Хоник</i>.",
        ["memorandum signed a+b", "memorandum signed c+d"],
    ),
    (
        "a",
        "Интервью. Директор <i a>Музея ковра</i> рассказала: «С <i b>Музеем исламского искусства</i> в Дохе у нас меморандум, подписанный в <d 2019>2019 году</d>, а с <i c>Музеем Витра</i> соглашение только готовится».",
        ["agreement planned a+c", "memorandum signed a+b s=2019"],
    ),
    (
        "",
        "Благодаря договору, который <i a>Музей Савицкого</i> и <i b>ГМИИ имени Пушкина</i> заключили годом раньше, выставка открылась в срок.",
        ["contract signed a+b"],
    ),
    (
        "a",
        "<i a>Самаркандский архив</i> в цифрах. Соглашение с <i b>Генеалогическим обществом</i> расторгнуто в <d 2016>2016 году</d>; с <i c>Архивом Казани</i> переговоры не велись.",
        ["agreement ended a+b v=../2016"],
    ),
    (
        "",
        "В <d 2014-09>сентябре 2014 года</d> делегация <i a>Национальной библиотеки Латвии</i> побывала в Ташкенте. В ходе визита гости подписали соглашение с <i b>Национальной библиотекой Узбекистана</i>.",
        ["agreement signed a+b s=2014-09"],
    ),
    (
        "a",
        "<i a>Институт востоковедения</i> ведёт проект по договору с <i b>Фондом Герды Хенкель</i> от <d 2020-06-01>1 июня 2020 года</d>.",
        ["contract in_force a+b s=2020-06-01"],
    ),
    (
        "",
        "Ректор <i a>Самаркандского университета</i> подписал с <i b>Болонским университетом</i> соглашение о сотрудничестве сроком на пять лет.",
        ["agreement signed a+b"],
    ),
    (
        "a",
        "<i a>Андижанский архив</i> планирует в <d 2025>2025 году</d> заключить договор с <i b>Ricoh</i>; протокол с <i c>Ошским архивом</i> подписан <d 2019-05-02>2 мая 2019 года</d>.",
        ["contract planned a+b", "protocol signed a+c s=2019-05-02"],
    ),
    (
        "",
        "В здании <i h>Дома писателей</i> подписан меморандум между <i a>Союзом писателей</i> и <i b>Ассоциацией издателей</i> при поддержке <i k>ЮНЕСКО</i>.",
        ["memorandum signed a+b"],
    ),
    (
        "a",
        "Из истории <i a>Фундаментальной библиотеки</i>. В <d 1995/2001>1995–2001 гг.</d> действовало соглашение об обмене с <i b>Библиотекой Конгресса</i>.",
        ["agreement ended a+b v=1995/2001"],
    ),
    (
        "a",
        "Наш музей. С <i b>Лионским музеем</i> <i a>Музей текстиля</i> связан давно: соглашение о партнёрстве было подписано в <d 2004>2004 году</d> и возобновлено в <d 2014>2014 году</d>.",
        ["agreement renewed a+b s=2004"],
    ),
    (
        "",
        "<i u>УзА</i> сообщает, что <i a>Центр исламской цивилизации</i> и <i b>IRCICA</i> подписали дорожную карту <d 2023-07-03>3 июля 2023 года</d>.",
        ["roadmap signed a+b s=2023-07-03"],
    ),
    (
        "",
        "<i a>Министерство культуры</i> сообщило, что <i b>Институт искусствознания</i> заключил соглашение с <i c>Институтом Макса Планка</i>.",
        ["agreement signed b+c"],
    ),
    (
        "a",
        "Партнёры <i a>Библиотеки</i>\n<i b>Российская государственная библиотека</i> — договор о сотрудничестве, <d 2011/2016>2011–2016 гг.</d>\n<i c>Шанхайская библиотека</i> — меморандум, <d 2013-05-06>6 мая 2013 г.</d>",
        ["agreement signed a+b v=2011/2016", "memorandum signed a+c s=2013-05-06"],
    ),
    (
        "",
        "Меморандум о взаимопонимании <i a>Национальной библиотеки Узбекистана</i> с <i b>Национальной библиотекой Франции</i> был подписан в <d 2005>2005 году</d>.",
        ["memorandum signed a+b s=2005"],
    ),
    (
        "a",
        "У <i a>Литературного музея</i> есть договор с <i b>Пушкинским Домом</i>, действующий до <d ../2027>2027 года</d>.",
        ["contract in_force a+b v=../2027"],
    ),
    ("", "<i a>Лувр</i> предложил заключить договор, но <i b>Музей истории</i> не согласился.", []),
    ("", "Меморандум между <i a>Прадо</i> и <i b>Музеем искусств</i> пока не подписан.", []),
    ("", "Согласно Договору о реституции <d 1921>1921 года</d> <i a>Эрмитаж</i> вернул вещи.", []),
    ("", "Договор аренды помещений <i a>Музея искусств</i> расторгнут.", []),
    ("", "<i a>ЮНЕСКО</i> приняла программу «Память мира», в ней участвует <i b>Институт востоковедения</i>.", []),
]


LISTS = [
    (
        "a",
        "<i a>Milliy kutubxona</i>. <d 2019-05>2019-yil may</d> oyida <i b>Luvr kutubxonasi</i> bilan oʻzaro anglashuv memorandumi, <d 2020-06>2020-yil iyunida</d> esa <i c>Leyden universiteti</i> bilan hamkorlik shartnomasi imzolandi.",
        ["agreement signed a+c s=2020-06", "memorandum signed a+b s=2019-05"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> aloqalari. <d 2015>2015-yilda</d> <i b implied>Qozogʻiston</i>, <d 2016>2016-yilda</d> <i c implied>Tojikiston</i> va <d 2017>2017-yilda</d> <i d implied>Ozarbayjon</i> milliy kutubxonalari bilan memorandumlar imzolandi.",
        ["memorandum signed a+b s=2015", "memorandum signed a+c s=2016", "memorandum signed a+d s=2017"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> hamkorlari\n\n1. <i b>Rossiya davlat kutubxonasi</i> (Moskva). Hamkorlik shartnomasi <d 2009>2009-yilda</d> imzolangan.\n2. <i c>Shanxay kutubxonasi</i>. Memorandum <d 2013>2013-yilda</d> imzolangan, <d ../2018>2018-yilgacha</d> amal qilgan.",
        ["agreement signed a+b s=2009", "memorandum ended a+c s=2013 v=../2018"],
    ),
    (
        "a",
        "<i a>Arxiv</i> hamkorlari\nHamkor Hujjat Yil\n<i b>Koreya Milliy arxivi</i>   memorandum   <d 2018>2018</d>\n<i c>Rosarxiv</i>   bayonnoma   <d 2015>2015</d>",
        ["memorandum signed a+b s=2018", "protocol signed a+c s=2015"],
    ),
    (
        "a",
        "<i a>Muzey</i>ning xorijiy aloqalari. <i b>Ermitaj</i> bilan shartnoma <d 2014>2014-yilda</d> imzolangan, <i c>Luvr</i> bilan esa <d 2019>2019-yilda</d>.",
        ["contract signed a+b s=2014", "contract signed a+c s=2019"],
    ),
    (
        "",
        "<d 2019-05-05>2019-yil 5-may</d> kuni Toshkentda boʻlib oʻtgan uchrashuvda <i a>Milliy kutubxona</i> va <i b>Eron Milliy kutubxonasi</i> tomonidan imzolangan memorandumga koʻra, mutaxassislar almashiladi.",
        ["memorandum signed a+b s=2019-05-05"],
    ),
    (
        "",
        "<i a>Sanʼat muzeyi</i> va <i b>Prado</i> oʻrtasidagi hamkorlik <d 2010-04-12>2010-yil 12-aprelda</d> imzolangan memorandum asosida yoʻlga qoʻyilgan.",
        ["memorandum signed a+b s=2010-04-12"],
    ),
    (
        "",
        "Memorandum <d 2019-05-05>2019-yil 5-mayda</d> <i a>Tarix muzeyi</i> direktori J. Ismoilova va <i b>Osaka muzeyi</i> direktori K. Sudo tomonidan imzolangan.",
        ["memorandum signed a+b s=2019-05-05"],
    ),
    (
        "a",
        "<i a>Milliy arxiv</i>: hamkorlar orasida <i b>Koreya Milliy arxivi</i> (<d 2018>2018-yil</d>, memorandum) va <i c>Rosarxiv</i> (<d 2015>2015-yil</d>, bayonnoma) bor.",
        ["memorandum signed a+b s=2018", "protocol signed a+c s=2015"],
    ),
    (
        "a",
        "Partners of the <i a>National Archives</i>\n\n1. <i b>National Archives of Korea</i>. The memorandum was signed in <d 2012>2012</d>.\n2. <i c>State Archives of Türkiye</i>. The protocol of <d 2014>2014</d> expired in <d 2019>2019</d>.",
        ["memorandum signed a+b s=2012", "protocol ended a+c s=2014 v=../2019"],
    ),
    (
        "a",
        "The <i a>Museum of Arts</i> signed an agreement with the <i b>Tate</i> in <d 2014>2014</d>, with the <i c>Prado</i> in <d 2016>2016</d> and with the <i d>Uffizi</i> in <d 2019>2019</d>.",
        ["agreement signed a+b s=2014", "agreement signed a+c s=2016", "agreement signed a+d s=2019"],
    ),
    (
        "a",
        "In <d 2019-05>May 2019</d> a memorandum was signed by the <i a>National Library</i> with the <i b>Louvre Library</i>, and in <d 2020-06>June 2020</d> an agreement with <i c>Leiden University</i>.",
        ["agreement signed a+c s=2020-06", "memorandum signed a+b s=2019-05"],
    ),
    (
        "a",
        "Foreign partners of the <i a>Library</i>\n<i b>Russian State Library</i> – cooperation agreement, <d 2011/2016>2011–2016</d>\n<i c>Shanghai Library</i> – memorandum, <d 2013-05-06>6 May 2013</d>\n<i d>Goethe-Institut</i> – contract (<d 2019>2019</d>)",
        ["agreement signed a+b v=2011/2016", "contract signed a+d s=2019", "memorandum signed a+c s=2013-05-06"],
    ),
    (
        "a",
        "The <i a>Library</i> cooperates with the <i b>Russian State Library</i> (agreement of <d 2009>2009</d>), the <i c>Shanghai Library</i> (memorandum of <d 2013>2013</d>) and others.",
        ["agreement signed a+b s=2009", "memorandum signed a+c s=2013"],
    ),
    (
        "a",
        "Год за годом. <i a>Музей искусств</i> подписал соглашение с <i b>Галереей Тейт</i> в <d 2014>2014 году</d>, с <i c>Прадо</i> — в <d 2016>2016 году</d>, с <i d>Уффици</i> — в <d 2019>2019 году</d>.",
        ["agreement signed a+b s=2014", "agreement signed a+c s=2016", "agreement signed a+d s=2019"],
    ),
    (
        "a",
        "В <d 2019-05>мае 2019 года</d> <i a>Библиотека</i> подписала меморандум с <i b>Библиотекой Лувра</i>, а в <d 2020-06>июне 2020 года</d> — договор о сотрудничестве с <i c>Лейденским университетом</i>.",
        ["agreement signed a+c s=2020-06", "memorandum signed a+b s=2019-05"],
    ),
    (
        "a",
        "Партнёры <i a>Национального архива</i>\n\n1. <i b>Национальный архив Кореи</i>. Меморандум подписан в <d 2012>2012 году</d>.\n2. <i c>Архив Турции</i>. Протокол действовал до <d ../2019>2019 года</d>.",
        ["memorandum signed a+b s=2012", "protocol ended a+c v=../2019"],
    ),
    (
        "a",
        "<i a>Библиотека</i> сотрудничает с <i b>РГБ</i> (договор <d 2009>2009 года</d>), <i c>Шанхайской библиотекой</i> (меморандум от <d 2013-05-06>6 мая 2013 г.</d>) и другими.",
        ["contract signed a+b s=2009", "memorandum signed a+c s=2013-05-06"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> quyidagi muassasalar bilan hamkorlik shartnomalarini imzolagan.\n<i b>Rossiya davlat kutubxonasi</i> (<d 2011/2016>2011–2016</d>)\n<i c>Shanxay kutubxonasi</i> (<d 2013>2013</d>)\nMinsk – <i d>Belarus Milliy kutubxonasi</i>, <d 2012-10-17>2012-yil 17-oktabr</d>",
        ["agreement signed a+b v=2011/2016", "agreement signed a+c s=2013", "agreement signed a+d s=2012-10-17"],
    ),
    (
        "a",
        "<i a>Музей</i> заключил договоры о сотрудничестве с рядом музеев мира.\n1. <i b>Лувр</i> — <d 2014>2014 г.</d>\n2. <i c>Прадо</i> — <d 2016/2021>2016–2021 гг.</d>",
        ["agreement signed a+b s=2014", "agreement signed a+c v=2016/2021"],
    ),
    (
        "a",
        "The <i a>Library</i> has signed agreements with libraries in three countries:\nRussia: <i b>Russian State Library</i> (<d 2011/2016>2011–2016</d>), <i c>National Library of Russia</i> (<d 2010/2012>2010–2012</d>)\nChina: <i d>Shanghai Library</i> (<d 2013>2013</d>)",
        ["agreement signed a+b v=2011/2016", "agreement signed a+c v=2010/2012", "agreement signed a+d s=2013"],
    ),
    (
        "a",
        "<i a>Milliy kutubxona</i> <i b>Rossiya davlat kutubxonasi</i>, <i c>Shanxay kutubxonasi</i> va <i d>Polsha Milliy kutubxonasi</i> kabi yirik muassasalar bilan hamkorlik shartnomalari imzolagan.",
        ["agreement signed a+b", "agreement signed a+c", "agreement signed a+d"],
    ),
    (
        "a",
        "Bugungi kunda <i a>kutubxona</i> <i b>Rossiya davlat kutubxonasi</i> (<d 2009>2009</d>), <i c>Shanxay kutubxonasi</i> (<d 2012/2017>2012–2017</d>) va boshqa kutubxonalar bilan memorandumlar imzolagan.",
        ["memorandum signed a+b s=2009", "memorandum signed a+c v=2012/2017"],
    ),
    (
        "a",
        "The <i a>Library</i> has signed memoranda with major libraries, including the <i b>Library of Congress</i>, the <i c>Shanghai Library</i> and the <i d>National Library of Poland</i>.",
        ["memorandum signed a+b", "memorandum signed a+c", "memorandum signed a+d"],
    ),
    (
        "a",
        "<i a>Библиотека</i> подписала соглашения с рядом крупных библиотек (<i b>РГБ</i>, <i c>Шанхайская библиотека</i>, <i d>Национальная библиотека Польши</i>).",
        ["agreement signed a+b", "agreement signed a+c", "agreement signed a+d"],
    ),
    (
        "",
        "TOSHKENT, <d 2024-03-12>2024-yil 12-mart</d>. Bugun boʻlib oʻtgan marosimda <i a>Milliy kutubxona</i> va <i b>Seul kutubxonasi</i> oʻrtasida memorandum imzolandi.",
        ["memorandum signed a+b"],
    ),
    (
        "a",
        "<i a>Fargʻona muzeyi</i> <i b>Samarqand muzeyi</i> va <i c>Buxoro muzeyi</i>ga borib, tajriba almashdi; shartnoma haqida gap boʻlmadi.",
        [],
    ),
    (
        "a",
        "The <i a>Library</i> received books from the <i b>Russian State Library</i> (<d 2009>2009</d>) and the <i c>Shanghai Library</i> (<d 2013>2013</d>); no agreement was needed.",
        [],
    ),
    (
        "a",
        "<i a>Музей</i> показал выставки <i b>Прадо</i> (<d 2014>2014</d>) и <i c>Лувра</i> (<d 2016>2016</d>); соглашения не понадобилось.",
        [],
    ),
]


DISCOURSE = [
    (
        "",
        "“We signed a memorandum with the <i b>Louvre</i> in <d 2019>2019</d>,” says Gulnora Rahimova, director of the <i a>Museum of Arts</i>.",
        ["memorandum signed a+b s=2019"],
    ),
    (
        "",
        "A memorandum of cooperation was signed in Tashkent. On behalf of the <i a>National Library</i> the document was signed by U. Teshabaeva, on behalf of the <i b>National Library of Korea</i> by Suh Hye-ran.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "The talks of the <i a>Carpet Museum</i> with the delegation of the <i b>Museum of Islamic Art</i> lasted two days. Following the meeting a memorandum of understanding was signed.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "The agreement of the <i a>Hermitage</i> and the <i b>State Museum of Arts</i>, concluded in <d 2012>2012</d>, is still in force.",
        ["agreement in_force a+b s=2012"],
    ),
    (
        "",
        "The <i a>Hermitage</i>, together with the <i b>State Museum of Arts</i>, signed a cooperation agreement in <d 2012>2012</d>.",
        ["agreement signed a+b s=2012"],
    ),
    (
        "",
        "The parties to the agreement are the <i a>Hermitage</i>, the <i b>Louvre</i> and the <i c>Museum of Arts</i>; it was signed in <d 2021>2021</d>.",
        ["agreement signed a+b+c s=2021"],
    ),
    (
        "",
        "The <i a>Museum of Arts</i> was founded in <d 1918>1918</d>. In <d 2015>2015</d> it signed an agreement with the <i b>Tretyakov Gallery</i>.",
        ["agreement signed a+b s=2015"],
    ),
    (
        "",
        "Following talks between the <i a>Ministry of Culture</i> and the <i b>Embassy of Japan</i>, a protocol was signed on <d 2020-02-03>3 February 2020</d>.",
        ["protocol signed a+b s=2020-02-03"],
    ),
    (
        "",
        "Меморандум о сотрудничестве подписан в Ташкенте. Подписи под документом поставили директор <i a>Национальной библиотеки</i> У. Тешабаева и директор <i b>Национальной библиотеки Кореи</i> Со Хе Ран.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "Документ — меморандум о сотрудничестве — от имени <i a>Национальной библиотеки</i> подписала У. Тешабаева, от имени <i b>Библиотеки Кореи</i> — Со Хе Ран.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "Делегация <i b>Музея исламского искусства</i> встретилась с руководством <i a>Музея ковра</i>. По итогам встречи подписан меморандум о взаимопонимании.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "Соглашение <i a>Эрмитажа</i> и <i b>Музея искусств</i>, заключённое в <d 2012>2012 году</d>, действует.",
        ["agreement in_force a+b s=2012"],
    ),
    (
        "",
        "«Мы подписали меморандум с <i b>Лувром</i> в <d 2019>2019 году</d>», — рассказала директор <i a>Музея искусств</i> Г. Рахимова.",
        ["memorandum signed a+b s=2019"],
    ),
    (
        "",
        "Участниками соглашения стали <i a>Эрмитаж</i>, <i b>Лувр</i> и <i c>Музей искусств</i>, подписано оно в <d 2021>2021 году</d>.",
        ["agreement signed a+b+c s=2021"],
    ),
    (
        "",
        "<i a>Музей искусств</i> основан в <d 1918>1918 году</d>. В <d 2015>2015 году</d> он подписал соглашение с <i b>Третьяковской галереей</i>.",
        ["agreement signed a+b s=2015"],
    ),
    (
        "",
        "Toshkentda hamkorlik toʻgʻrisida memorandum imzolandi. Hujjatga <i a>Milliy kutubxona</i> direktori U. Teshaboyeva va <i b>Koreya Milliy kutubxonasi</i> direktori So Xe Ran imzo chekdi.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i b>Islom sanʼati muzeyi</i> delegatsiyasi <i a>Gilam muzeyi</i> rahbariyati bilan uchrashdi. Uchrashuv yakunida anglashuv memorandumi imzolandi.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i a>Ermitaj</i> va <i b>Sanʼat muzeyi</i> bitimi <d 2012>2012-yilda</d> imzolangan boʻlib, hozir ham kuchda.",
        ["agreement in_force a+b s=2012"],
    ),
    (
        "",
        "«<i b>Luvr</i> bilan <d 2019>2019-yilda</d> memorandum imzoladik», – deydi <i a>Sanʼat muzeyi</i> direktori G. Rahimova.",
        ["memorandum signed a+b s=2019"],
    ),
    (
        "",
        "Memorandumni <i a>Milliy kutubxona</i> nomidan U. Teshaboyeva, <i b>Koreya Milliy kutubxonasi</i> nomidan So Xe Ran imzoladi.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i a>Milliy arxiv</i> bilan <i b>Rosarxiv</i> oʻrtasidagi muzokaralar yakunida <d 2018-10-19>2018-yil 19-oktabrda</d> bayonnoma imzolandi.",
        ["protocol signed a+b s=2018-10-19"],
    ),
    (
        "",
        "The <i a>Ministry of Culture</i> and the <i b>Academy of Arts</i> held a seminar. A brochure on the law of contract was presented.",
        [],
    ),
    (
        "",
        "Experts of <i a>UNESCO</i> met the staff of the <i b>Museum of History</i>. After the meeting a film about a peace treaty was shown.",
        [],
    ),
    (
        "",
        "Сотрудники <i a>Музея истории</i> посетили <i b>Музей искусств</i>. После встречи обсудили соглашение об Арале.",
        [],
    ),
    (
        "",
        "<i a>Tarix muzeyi</i> xodimlari <i b>Sanʼat muzeyi</i>ga bordi. Uchrashuvda shartnoma matni oʻqib berildi.",
        [],
    ),
]


PROSE = [
    (
        "",
        "The <i a>Museum of Applied Arts</i> said it had signed a memorandum with the <i b>Victoria and Albert Museum</i> in <d 2017>2017</d>.",
        ["memorandum signed a+b s=2017"],
    ),
    (
        "",
        "The <i a>State Conservatory</i>, which concluded an agreement with the <i b>Juilliard School</i> in <d 2013>2013</d>, sent ten students to New York.",
        ["agreement signed a+b s=2013"],
    ),
    (
        "",
        "Guests came from the <i b>Grieg Museum</i>, with which the <i a>Museum of Music</i> signed an agreement in <d 2009>2009</d>.",
        ["agreement signed a+b s=2009"],
    ),
    (
        "",
        "One hundred books were handed to the <i a>Navoi Library</i> under a memorandum with <i b>KOICA</i> signed in <d 2016>2016</d>.",
        ["memorandum signed a+b s=2016"],
    ),
    (
        "",
        "<i b>KOICA</i> gave the <i a>Navoi Library</i> 100 books under the agreement of <d 2016>2016</d>.",
        ["agreement in_force a+b s=2016"],
    ),
    (
        "",
        "Having signed a contract with <i b>Zeutschel</i> in <d 2018>2018</d>, the <i a>National Archives</i> bought two scanners.",
        ["contract signed a+b s=2018"],
    ),
    (
        "",
        "The <i a>Institute of Manuscripts</i> has a partner in Germany. Its agreement with <i b>Halle University</i> was signed in <d 2010>2010</d> and expires in <d 2025>2025</d>.",
        ["agreement signed a+b s=2010 v=../2025"],
    ),
    (
        "",
        "Since <d 2012/..>2012</d>, when an agreement was signed with the <i b>Smithsonian</i>, the <i a>Natural History Museum</i> has trained twelve curators there.",
        ["agreement signed a+b"],
    ),
    (
        "",
        "The rector of <i a>Bukhara State University</i> and the vice-rector of <i b>Ankara University</i> put their signatures to a cooperation protocol.",
        ["protocol signed a+b"],
    ),
    (
        "",
        "A cooperation agreement linking the <i a>Osh Museum</i> and the <i b>Andijan Museum</i> came into force on <d 2020-01-01>1 January 2020</d>.",
        ["agreement in_force a+b v=2020-01-01/.."],
    ),
    (
        "",
        "The <i a>Aral Museum</i> and the <i b>Nukus Museum</i> have worked together since <d 2001/..>2001</d>; their agreement was renewed in <d 2021>2021</d>.",
        ["agreement renewed a+b"],
    ),
    ("", "In the hall of the <i h>Writers' House</i> a memorandum with <i b>UNESCO</i> was signed.", []),
    (
        "",
        "<i a>Музей прикладного искусства</i> сообщил, что подписал меморандум с <i b>Музеем Виктории и Альберта</i>.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i a>Консерватория</i>, которая заключила в <d 2013>2013 году</d> соглашение с <i b>Джульярдской школой</i>, отправила в Нью-Йорк студентов.",
        ["agreement signed a+b s=2013"],
    ),
    (
        "",
        "Приехали гости из <i b>Музея Грига</i>, с которым <i a>Музей музыки</i> подписал соглашение в <d 2009>2009 году</d>.",
        ["agreement signed a+b s=2009"],
    ),
    (
        "",
        "Сто книг передано <i a>Библиотеке имени Навои</i> по меморандуму с <i b>KOICA</i>, подписанному в <d 2016>2016 году</d>.",
        ["memorandum signed a+b s=2016"],
    ),
    (
        "",
        "Заключив в <d 2018>2018 году</d> контракт с <i b>Zeutschel</i>, <i a>Национальный архив</i> купил сканеры.",
        ["contract signed a+b s=2018"],
    ),
    (
        "",
        "<i a>Музей Арала</i> и <i b>Музей Нукуса</i> сотрудничают с <d 2001/..>2001 года</d>; их соглашение продлено в <d 2021>2021 году</d>.",
        ["agreement renewed a+b"],
    ),
    (
        "",
        "<i a>Amaliy sanʼat muzeyi</i> <i b>Viktoriya va Albert muzeyi</i> bilan memorandum imzolaganini maʼlum qildi.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<d 2013>2013-yilda</d> <i b>Juilliard maktabi</i> bilan shartnoma tuzgan <i a>Davlat konservatoriyasi</i> Nyu-Yorkka talabalar yubordi.",
        ["contract signed a+b s=2013"],
    ),
    (
        "",
        "<i b>KOICA</i> bilan <d 2016>2016-yilda</d> imzolangan memorandumga muvofiq <i a>Navoiy kutubxonasi</i>ga yuzta kitob topshirildi.",
        ["memorandum signed a+b s=2016"],
    ),
    (
        "",
        "<i a>Orol muzeyi</i> va <i b>Nukus muzeyi</i> <d 2001/..>2001-yildan</d> beri hamkor; ularning bitimi <d 2021>2021-yilda</d> uzaytirildi.",
        ["agreement renewed a+b"],
    ),
]


NEWS = [
    (
        "",
        "The National Library has a new friend: on <d 2023-06-09>9 June 2023</d> its director, Umida Teshabaeva, and Suh Hye-ran, who heads the <i b>National Library of Korea</i>, put their signatures to a memorandum of understanding on digitisation.",
        [],
    ),
    (
        "",
        "During the official visit of the President of the Republic of Korea, more than a dozen documents were signed, among them a memorandum of understanding between the <i a>Art and Culture Development Foundation</i> and the <i b>National Museum of Korea</i>.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "As part of the Days of French Culture, the <i a>State Museum of Arts of Uzbekistan</i> and the <i b>Réunion des musées nationaux</i> reached an arrangement and on <d 2022-11-22>22 November 2022</d> signed a framework agreement valid until <d ../2027>2027</d>.",
        ["agreement signed a+b s=2022-11-22 v=../2027"],
    ),
    (
        "a",
        "About the <i a>Fundamental Library</i>. Today the library maintains exchange agreements with 14 institutions, among them the <i b>Library of Congress</i>, the <i c>British Library</i> and the <i d>Bavarian State Library</i>.",
        ["agreement in_force a+b", "agreement in_force a+c", "agreement in_force a+d"],
    ),
    (
        "",
        "The cooperation agreement between the <i a>Tashkent State University of Oriental Studies</i> and <i b>Peking University</i> dates back to <d 1998>1998</d>.",
        ["agreement signed a+b s=1998"],
    ),
    (
        "",
        "In accordance with the memorandum signed in <d 2018>2018</d> by the <i a>Agency for Cultural Heritage</i> and the <i b>World Monuments Fund</i>, conservation work began in Khiva.",
        ["memorandum signed a+b s=2018"],
    ),
    (
        "",
        "<i a>UNDP</i> and the <i b>Ministry of Culture</i> launch a joint project; a grant contract will be signed with the <i c>Samarkand Museum-Reserve</i> by the end of the year.",
        [],
    ),
    (
        "",
        "It was agreed to draw up a roadmap between the <i a>National Archives of Uzbekistan</i> and the <i b>State Archives of Poland</i>.",
        ["roadmap planned a+b"],
    ),
    (
        "",
        "The <i a>Navoi Museum of Literature</i> donated 40 books to the <i b>Kazan Library</i>. Both sides have long been linked by a partnership agreement, signed as far back as <d 2006>2006</d>.",
        ["agreement signed a+b s=2006"],
    ),
    (
        "",
        "The contract under which the <i a>Hermitage</i> restored the murals of the <i b>Termez Museum</i> ended in <d 2019>2019</d>.",
        ["contract ended a+b v=../2019"],
    ),
    (
        "",
        "The three-year licence contract with <i b>EBSCO</i> was concluded by the <i a>Ministry of Higher Education</i> in <d 2021>2021</d>.",
        ["contract signed a+b s=2021"],
    ),
    (
        "",
        "<i a>Музей истории религии</i> и <i b>Бухарский музей-заповедник</i> объединят усилия: соответствующее соглашение директора двух учреждений подписали <d 2023-09-05>5 сентября 2023 года</d>.",
        ["agreement signed a+b s=2023-09-05"],
    ),
    (
        "",
        "В присутствии послов двух стран <i a>Государственный архив Азербайджана</i> и <i b>Агентство «Узархив»</i> подписали Протокол о сотрудничестве в области архивного дела, рассчитанный на <d 2022/2025>2022–2025 годы</d>.",
        ["protocol signed a+b v=2022/2025"],
    ),
    (
        "",
        "Напомним, что меморандум между <i a>НБУ</i> и <i b>Национальной библиотекой Беларуси</i> был подписан ещё в <d 2012>2012 году</d>, а в <d 2022>2022 году</d> его действие продлили на пять лет.",
        ["memorandum renewed a+b s=2012"],
    ),
    (
        "",
        "Стороны — <i a>Союз музеев России</i> и <i b>Ассоциация музеев Узбекистана</i> — заключили соглашение о партнёрстве.",
        ["agreement signed a+b"],
    ),
    (
        "",
        "По словам ректора, с <i b>Университетом Цукуба</i> <i a>Самаркандский университет</i> связывает договор о сотрудничестве, подписанный в <d 2014>2014 году</d>.",
        ["agreement signed a+b s=2014"],
    ),
    (
        "",
        "На стенде <i a>Российской государственной библиотеки</i> состоялось подписание меморандума о сотрудничестве с <i b>Библиотекой Абая</i>.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "Ведутся переговоры о заключении соглашения между <i a>Музеем Борижара</i> и <i b>Британским музеем</i>.",
        ["agreement planned a+b"],
    ),
    (
        "",
        "В <d 2024>2024 году</d> истекает срок меморандума между <i a>Музеем кино</i> и <i b>Госфильмофондом</i>.",
        ["memorandum in_force a+b v=../2024"],
    ),
    (
        "",
        "<i a>Дом-музей Пушкина</i> получил от <i b>Россотрудничества</i> 100 книг, опись оформлена в тот же день.",
        [],
    ),
    ("", "Уставный договор между <i a>учредителями</i> и редакцией подписан не был.", []),
    (
        "",
        "Prezident tashrifi doirasida <i a>Madaniyat va sanʼatni rivojlantirish jamgʻarmasi</i> hamda <i b>Koreya Milliy muzeyi</i> oʻrtasida anglashuv memorandumi imzolandi.",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i a>Oʻzbekiston Milliy universiteti</i> bilan <i b>Pekin universiteti</i> oʻrtasidagi hamkorlik shartnomasi <d 1998>1998-yilda</d> tuzilgan.",
        ["agreement signed a+b s=1998"],
    ),
    (
        "",
        "<d 2018>2018-yilda</d> <i a>Madaniy meros agentligi</i> va <i b>Jahon yodgorliklari fondi</i> imzolagan memorandumga muvofiq Xivada taʼmirlash ishlari boshlandi.",
        ["memorandum signed a+b s=2018"],
    ),
    (
        "a",
        "<i a>Fundamental kutubxona</i> 14 ta xorijiy muassasa, jumladan, <i b>Kongress kutubxonasi</i>, <i c>Britaniya kutubxonasi</i> va <i d>Bavariya kutubxonasi</i> bilan kitob almashinuvi toʻgʻrisida shartnomalar tuzgan.",
        ["agreement signed a+b", "agreement signed a+c", "agreement signed a+d"],
    ),
    (
        "",
        "<i a>Milliy kutubxona</i> va <i b>Belarus Milliy kutubxonasi</i> oʻrtasidagi memorandum <d 2012>2012-yilda</d> imzolangan edi, <d 2022>2022-yilda</d> uning muddati besh yilga uzaytirildi.",
        ["memorandum renewed a+b s=2012"],
    ),
    (
        "",
        "<i a>Navoiy muzeyi</i> <i b>Qozon kutubxonasi</i>ga 40 ta kitob sovgʻa qildi. Ikki muassasa oʻrtasida <d 2006>2006-yilda</d> sheriklik bitimi imzolangan.",
        ["agreement signed a+b s=2006"],
    ),
    (
        "",
        "<i a>Milliy arxiv</i> bilan <i b>Polsha davlat arxivi</i> oʻrtasida yoʻl xaritasi ishlab chiqilmoqda.",
        ["roadmap planned a+b"],
    ),
    ("", "Ermitaj ustalari <i b>Termiz muzeyi</i> suratlarini shartnoma boʻyicha taʼmirladi.", []),
    (
        "",
        "<i a>Ўзархив агентлиги</i> ва <i b>Озарбайжон Миллий архив бошқармаси</i> ўртасида <d 2022/2025>2022–2025 йилларга</d> мўлжалланган баённома имзоланди.",
        ["protocol signed a+b v=2022/2025"],
    ),
    (
        "",
        "<i a>Санъат музейи</i> директори билан <i b>Третьяков галереяси</i> раҳбари ўзаро ҳамкорлик тўғрисидаги келишувни имзолашди.",
        ["agreement signed a+b"],
    ),
    (
        "",
        "<i a>Самарқанд университети</i> <i b>Цукуба университети</i> билан <d 2014>2014 йилда</d> имзоланган шартнома асосида талабалар алмашади.",
        ["contract signed a+b s=2014"],
    ),
    (
        "",
        "<i a>Кино музейи</i> ва <i b>Госфильмофонд</i> меморандумининг муддати <d 2024>2024 йилда</d> тугайди.",
        ["memorandum in_force a+b v=../2024"],
    ),
    (
        "",
        "<i a>Маданият вазирлиги</i> <i b>Хитой Маданият вазирлиги</i> билан янги дастур лойиҳасини муҳокама қилди.",
        [],
    ),
]


GENRES = [
    (
        "a",
        "Dear Director! The <i a>Karakalpak State Museum</i> proposes that our institution and the <i b>Russian Museum</i> conclude an agreement on joint exhibitions; a draft is attached.",
        ["agreement planned a+b"],
    ),
    (
        "a",
        "<i a>Kokand Museum-Reserve</i>\nCOOPERATION\n1) Agreement with <i b>Kokand Pedagogical Institute</i> (<d 2015/2025>2015–2025</d>)\n2) Memorandum with the <i c>Fergana Museum</i> (<d 2019>2019</d>)\n3) Contract with <i d>Usto Workshop</i> – in preparation",
        ["agreement signed a+b v=2015/2025", "contract planned a+d", "memorandum signed a+c s=2019"],
    ),
    (
        "a",
        "We are happy to announce a new partnership! The <i a>Museum of Toys</i> and <i b>LEGO House</i> have inked an MoU 🎉 See you in <d 2025>2025</d>!",
        ["memorandum signed a+b"],
    ),
    (
        "a",
        "The <i a>National Archives</i> signed cooperation agreements with archives of five countries in <d 2010/2015>2010–2015</d>: with the <i b>National Archives of Korea</i> in <d 2010>2010</d>, the <i c>State Archives of Latvia</i> in <d 2012>2012</d> and the <i d>Federal Archives</i> in <d 2015>2015</d>.",
        ["agreement signed a+b s=2010", "agreement signed a+c s=2012", "agreement signed a+d s=2015"],
    ),
    (
        "",
        "A tripartite agreement was concluded in <d 2020>2020</d> by the <i a>Ministry of Tourism</i>, the <i b>Agency for Cultural Heritage</i> and <i c>UNESCO Office in Tashkent</i>.",
        ["agreement signed a+b+c s=2020"],
    ),
    (
        "",
        "The <i a>Savitsky Museum</i> lent ten canvases to the <i b>Ca' Foscari University</i>; the corresponding loan contract was signed on <d 2024-03-01>1 March 2024</d> and runs until <d ../2024-10>October 2024</d>.",
        ["contract signed a+b s=2024-03-01 v=../2024-10"],
    ),
    (
        "",
        "The treaty between Uzbekistan and Kazakhstan on the protection of cultural property has been in force since <d 2002/..>2002</d>.",
        ["treaty in_force KZ+UZ v=2002/.."],
    ),
    (
        "",
        "The agreement, concluded between the <i a>Tajik Academy of Sciences</i> and <i b>Halle University</i> in <d 2009>2009</d>, lapsed in <d 2014>2014</d> and was not renewed.",
        ["agreement ended a+b s=2009 v=../2014"],
    ),
    (
        "",
        "Cooperation with the <i b>Mevlana Museum</i>, formalised by a protocol in <d 2012>2012</d>, allowed the <i a>Bukhara Museum</i> to restore 30 manuscripts.",
        ["protocol signed a+b s=2012"],
    ),
    (
        "a",
        "Уважаемый коллега! <i a>Каракалпакский музей искусств</i> предлагает заключить с <i b>Русским музеем</i> договор о сотрудничестве. Проект договора прилагается.",
        ["agreement planned a+b"],
    ),
    (
        "a",
        "<i a>Кокандский музей-заповедник</i>\nСотрудничество:\n1) соглашение с <i b>Кокандским пединститутом</i> (<d 2015/2025>2015–2025</d>);\n2) меморандум с <i c>Ферганским музеем</i> (<d 2019>2019</d>);\n3) договор с <i d>мастерской «Усто»</i> — готовится.",
        ["agreement signed a+b v=2015/2025", "contract planned a+d", "memorandum signed a+c s=2019"],
    ),
    (
        "a",
        "Друзья, у нас новость! <i a>Музей игрушки</i> подписал меморандум с <i b>Домом LEGO</i>! До встречи в <d 2025>2025 году</d>!",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i a>Музей Савицкого</i> передал <i b>Университету Ка-Фоскари</i> десять картин; соответствующий договор о временном вывозе подписан <d 2024-03-01>1 марта 2024 года</d> и действует до <d ../2024-10>октября 2024 года</d>.",
        ["contract in_force a+b s=2024-03-01 v=../2024-10"],
    ),
    (
        "",
        "Соглашение между Узбекистаном и Казахстаном о сотрудничестве в области культуры действует с <d 1994/..>1994 года</d>.",
        ["agreement in_force KZ+UZ v=1994/.."],
    ),
    (
        "",
        "Сотрудничество с <i b>Музеем Мевляны</i>, закреплённое протоколом <d 2012>2012 года</d>, позволило <i a>Бухарскому музею</i> отреставрировать 30 рукописей.",
        ["protocol signed a+b s=2012"],
    ),
    (
        "",
        "Среди подписанных документов — соглашение между <i a>Национальным архивом</i> и <i b>Архивом Малайзии</i>, а также меморандум между <i c>Музеем истории</i> и <i d>Национальным музеем Малайзии</i>.",
        ["agreement signed a+b", "memorandum signed c+d"],
    ),
    (
        "",
        "Договорённость о подписании меморандума между <i a>Музеем Ташкента</i> и <i b>Музеем Анкары</i> достигнута в <d 2023>2023 году</d>.",
        ["memorandum planned a+b"],
    ),
    (
        "a",
        "Hurmatli hamkasb! <i a>Qoraqalpogʻiston sanʼat muzeyi</i> <i b>Rus muzeyi</i> bilan hamkorlik shartnomasini tuzishni taklif etadi. Shartnoma loyihasi ilova qilinadi.",
        ["agreement planned a+b"],
    ),
    (
        "a",
        "<i a>Qoʻqon muzey-qoʻriqxonasi</i>\nHAMKORLIK\n1) <i b>Qoʻqon pedagogika instituti</i> bilan bitim (<d 2015/2025>2015–2025</d>);\n2) <i c>Fargʻona muzeyi</i> bilan memorandum (<d 2019>2019</d>);\n3) <i d>Usto ustaxonasi</i> bilan shartnoma – tayyorlanmoqda.",
        ["agreement signed a+b v=2015/2025", "contract planned a+d", "memorandum signed a+c s=2019"],
    ),
    (
        "a",
        "Doʻstlar, yangilik! <i a>Oʻyinchoqlar muzeyi</i> <i b>LEGO uyi</i> bilan memorandum imzoladi! <d 2025>2025-yilda</d> koʻrishguncha!",
        ["memorandum signed a+b"],
    ),
    (
        "",
        "<i a>Savitskiy muzeyi</i> <i b>Ka-Foskari universiteti</i>ga oʻnta rasm berdi; tegishli shartnoma <d 2024-03-01>2024-yil 1-martda</d> imzolangan.",
        ["contract signed a+b s=2024-03-01"],
    ),
    (
        "",
        "Oʻzbekiston va Qozogʻiston oʻrtasidagi madaniyat sohasida hamkorlik toʻgʻrisidagi bitim <d 1994/..>1994-yildan</d> beri amal qiladi.",
        ["agreement in_force KZ+UZ v=1994/.."],
    ),
    (
        "",
        "Imzolangan hujjatlar orasida <i a>Milliy arxiv</i> bilan <i b>Malayziya arxivi</i> oʻrtasidagi bitim, <i c>Tarix muzeyi</i> bilan <i d>Malayziya Milliy muzeyi</i> oʻrtasidagi memorandum bor.",
        ["agreement signed a+b", "memorandum signed c+d"],
    ),
    (
        "",
        "<i b>Mevlono muzeyi</i> bilan <d 2012>2012-yilda</d> imzolangan bayonnoma <i a>Buxoro muzeyi</i>ga 30 ta qoʻlyozmani taʼmirlash imkonini berdi.",
        ["protocol signed a+b s=2012"],
    ),
    (
        "",
        "<i a>Тарих музейи</i> билан <i b>Анқара музейи</i> ўртасида меморандум имзолаш бўйича келишувга эришилди.",
        ["memorandum planned a+b"],
    ),
    (
        "a",
        "<i a>Қўқон музей-қўриқхонаси</i> ҳисоботи. <i b>Фарғона музейи</i> билан <d 2019>2019 йил</d>даги меморандум, <i c>Педагогика институти</i> билан эса <d 2015/2025>2015–2025 йиллар</d>га мўлжалланган битим кучда.",
        ["agreement in_force a+c v=2015/2025", "memorandum in_force a+b s=2019"],
    ),
    (
        "",
        "Ўзбекистон Республикаси Маданият вазирлиги ходими <i a>Тарих музейи</i> билан меҳнат шартномасини тузди.",
        [],
    ),
    ("", "<i a>Museum of Toys</i> tickets: by purchasing one you enter into a contract with <i b>iTicket</i>.", []),
    (
        "",
        "Условия договора-оферты: покупатель и <i a>Музей игрушки</i> несут ответственность по закону, копия хранится в <i b>Минюсте</i>.",
        [],
    ),
    (
        "",
        "Ijara shartnomasi muddati tugagach, <i a>Oʻyinchoqlar muzeyi</i> koʻchadi, <i b>Hokimlik</i> bino beradi.",
        [],
    ),
]


TRAPS = [
    (
        "a",
        "The <i a>Museum of Arts</i> thanks the <i b>Embassy of France</i> for its help in organising the exhibition.",
        [],
    ),
    ("a", "The <i a>Library</i> and the <i b>Academy</i> are in full agreement that reading matters.", []),
    (
        "",
        "Visitors to the <i a>Museum of History</i> sign the guest book; the <i b>Ministry of Culture</i> keeps it.",
        [],
    ),
    (
        "",
        "The <i a>National Archives</i> issued a protocol on the handling of fragile paper, which the <i b>State Library</i> uses too.",
        [],
    ),
    (
        "",
        "Under UNESCO’s Memory of the World programme the <i a>Institute of Manuscripts</i> and the <i b>Beruni Library</i> were trained.",
        [],
    ),
    (
        "",
        "In the treaty of <d 1873>1873</d>, a copy of which the <i a>Khiva Museum</i> shows, the khan ceded his lands.",
        [],
    ),
    ("", "A protocol droid from Star Wars stands in the <i a>Museum of Cinema</i>, lent by <i b>Lucasfilm</i>.", []),
    (
        "",
        "No memorandum has been signed by the <i a>Museum of Arts</i> with the <i b>Louvre</i>, contrary to what was reported.",
        [],
    ),
    ("", "The <i a>Museum of Arts</i> has not concluded any agreement with the <i b>Louvre</i>.", []),
    ("", "The <i a>Ministry</i> recommends that museums conclude contracts with <i b>Uzinfocom</i>.", []),
    (
        "",
        "A general wish to cooperate was voiced by the <i a>Museum of Israel</i> and the <i b>Institute of Archaeology</i>; no document followed.",
        [],
    ),
    (
        "",
        "The collective agreement of the staff of the <i a>State Conservatory</i> was registered by the <i b>Ministry of Labour</i>.",
        [],
    ),
    (
        "",
        "The <i a>Kunsthaus</i> turned down the proposed agreement; the <i b>Museum of Applied Arts</i> was told by letter.",
        [],
    ),
    (
        "",
        "Treaties of friendship are the theme of the poster show that the <i a>Museum of History</i> brought to the <i b>House of Culture</i>.",
        [],
    ),
    (
        "",
        "An agreement in principle is all that the <i a>Tate</i> would offer, the <i b>Museum of Arts</i> regrets.",
        [],
    ),
    ("a", "<i a>Музей искусств</i> благодарит <i b>Посольство Франции</i> за помощь.", []),
    (
        "",
        "<i a>Библиотека</i> и <i b>Академия</i> едины в том, что чтение важно, и никаких договоров для этого не требуется.",
        [],
    ),
    ("", "Посетители <i a>Музея истории</i> подписывают книгу отзывов, её хранит <i b>Архив</i>.", []),
    (
        "",
        "В фонде <i a>Музея Хивы</i> хранится копия мирного договора <d 1873>1873 года</d>, переданная <i b>Архивом</i>.",
        [],
    ),
    ("", "Меморандума с <i b>Лувром</i> <i a>Музей искусств</i> не подписывал, вопреки сообщениям.", []),
    ("", "<i a>Музей искусств</i> не заключал с <i b>Лувром</i> никаких соглашений.", []),
    ("", "<i a>Министерство</i> рекомендует музеям заключать договоры с <i b>Узинфокомом</i>.", []),
    ("", "Коллективный договор работников <i a>Консерватории</i> зарегистрирован <i b>Министерством труда</i>.", []),
    (
        "",
        "<i a>Кунстхаус</i> отклонил проект соглашения, о чём <i b>Музею прикладного искусства</i> сообщили письмом.",
        [],
    ),
    ("", "Программа конференции, в которой участвуют <i a>РГБ</i> и <i b>НБУ</i>, опубликована.", []),
    ("", "<i a>Архив</i> и <i b>Библиотека</i> ведут переписку; договор пока не заключён.", []),
    ("", "Протокол испытаний принтера <i a>Типографии</i> направлен в <i b>Узстандарт</i>.", []),
    ("", "<i a>ИКОМ</i> принял Кодекс этики, <i b>Музей истории</i> ему следует.", []),
    ("", "Подписка на газету <i a>«Зарафшан»</i> продлена до <d ../2026>2026 года</d>, напоминает <i b>Почта</i>.", []),
    ("", "Выставка <i a>Эрмитажа</i> в <i b>Музее искусств</i> продлена до <d ../2025-05>мая 2025 года</d>.", []),
    ("a", "<i a>Sanʼat muzeyi</i> <i b>Fransiya elchixonasi</i>ga yordami uchun minnatdor.", []),
    ("", "<i a>Kutubxona</i> va <i b>Akademiya</i> bu borada bir fikrda, shartnoma tuzish talab etilmaydi.", []),
    (
        "",
        "<i a>Xiva muzeyi</i> fondida <d 1873>1873-yilgi</d> sulh shartnomasining nusxasi bor, uni <i b>Milliy arxiv</i> bergan.",
        [],
    ),
    ("", "<i a>Sanʼat muzeyi</i> <i b>Luvr</i> bilan hech qanday bitim imzolamagan.", []),
    ("", "<i a>Vazirlik</i> muzeylarga <i b>Uzinfokom</i> bilan shartnoma tuzishni tavsiya qildi.", []),
    ("", "<i a>Konservatoriya</i> jamoa shartnomasi <i b>Mehnat vazirligi</i>da roʻyxatdan oʻtdi.", []),
    ("", "<i a>Kunsthaus</i> bitim loyihasini rad etdi, bu haqda <i b>Amaliy sanʼat muzeyi</i>ga xat yuborildi.", []),
    ("", "Konferensiya dasturi <i a>RDK</i> va <i b>Milliy kutubxona</i> saytlarida eʼlon qilindi.", []),
    ("", "<i a>Arxiv</i> bilan <i b>Kutubxona</i> yozishma olib bormoqda; shartnoma hali tuzilmagan.", []),
    ("", "<i a>Ermitaj</i> koʻrgazmasi <i b>Sanʼat muzeyi</i>da <d ../2025>2025-yilgacha</d> uzaytirildi.", []),
    ("", "<i a>Санъат музейи</i> <i b>Лувр</i> билан ҳеч қандай битим имзоламаган.", []),
    (
        "",
        "<i a>Хива музейи</i>да <d 1873>1873 йилги</d> сулҳ шартномасининг нусхаси сақланади, уни <i b>Архив</i> берган.",
        [],
    ),
    ("", "<i a>Вазирлик</i> музейларга <i b>Узинфоком</i> билан шартнома тузишни тавсия этди.", []),
    ("", "<i a>Архив</i> билан <i b>Кутубхона</i> ўртасида шартнома ҳали тузилмаган.", []),
    ("", "Анжуман дастури <i a>Миллий кутубхона</i> ва <i b>Китоб палатаси</i> сайтларида эълон қилинди.", []),
    ("", "<i a>Эрмитаж</i> кўргазмаси <i b>Санъат музейи</i>да <d ../2025>2025 йилгача</d> узайтирилди.", []),
]


TABLES = {
    "en": ENGLISH,
    "uz": UZBEK,
    "uz-cyrl": CYRILLIC,
    "ru": RUSSIAN,
    "en-passage": ENGLISH_PASSAGES,
    "uz-passage": UZBEK_PASSAGES,
    "ru-passage": RUSSIAN_PASSAGES,
    "list": LISTS,
    "discourse": DISCOURSE,
    "prose": PROSE,
    "news": NEWS,
    "genre": GENRES,
    "trap": TRAPS,
}
CASES = [pytest.param(*case, id=f"{name}-{k}") for name, table in TABLES.items() for k, case in enumerate(table)]
KINDS = {"memorandum", "agreement", "contract", "protocol", "treaty", "programme", "roadmap", "other"}
STATUS = {"signed", "planned", "in_force", "renewed", "ended"}


@pytest.mark.parametrize(("home", "source", "expected"), CASES)
def test_table(home: str, source: str, expected: list[str]) -> None:
    assert told(home, source) == sorted(expected)


def test_traps_are_many() -> None:
    traps = sum(not case[2] for table in TABLES.values() for case in table)
    assert traps > 0.3 * sum(map(len, TABLES.values()))


PIECES = st.sampled_from(
    [
        "<i a>Лувр</i>", "<i b>Prado</i>", "<i c>Tate</i>", "<i d implied>Китай</i>", "<d 2015>2015</d>", "<d 2011/2016>2011–2016</d>",
        "<d ../2026>до 2026</d>", "меморандум", "agreements", "shartnoma", "signed", "подписан", "imzolandi", "with", "с", "bilan", "between",
        "между", "oʻrtasida", "and", "и", "va", ",", ";", ":", ".", "\n", "—", "(", ")", "не", "музей", "Uzbekistan", "Япония", "the", "its",
        "respectively", "директор", "doirasida", "продлён", "expired", "«", "»", "№ 5", "и др.",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.sampled_from(["", "a"]))
@settings(deadline=None, max_examples=150)
def test_whatever_the_text(pieces: list[str], home: str) -> None:
    document, mentions, dates, names = drawn(" ".join(pieces))
    own = names.index(home) if home in names else None
    for found in find_agreements(document, mentions, dates, home=own):
        assert found.kind in KINDS
        assert found.status in STATUS
        assert len(set(found.parties)) == len(found.parties) >= 2
        assert all((isinstance(p, int) and p < len(names)) or str(p).startswith("country:") for p in found.parties)
        assert 0 <= found.trigger[0] < found.trigger[1] <= len(document.tokens)
        assert found.trigger in found.evidence
        assert found.status != "planned" or found.signed is None


@given(st.text(alphabet=string.printable + "шартнома договор меморандум №–—«»", max_size=300))
@settings(deadline=None, max_examples=80)
def test_no_institution_no_agreement(text: str) -> None:
    found = find_agreements(prepare(text), [], [], home=None)
    assert all(str(party).startswith("country:") for agreement in found for party in agreement.parties)


def test_time_grows_with_the_text() -> None:
    source = "<i a>Лувр</i> и <i b>Прадо</i> (<d 2015>2015</d>), <i c>Тейт</i> подписали с директором меморандум; " * 40

    def seconds(times: int) -> float:
        document, mentions, _dates, _ = drawn(source)
        text = prepare("\n\n".join([document.text] * times))
        step = len(document.tokens)
        many = [
            Mention(m.first + k * step, m.last + k * step, m.entity, m.implied) for k in range(times) for m in mentions
        ]
        begin = time.perf_counter()
        find_agreements(text, many, [], home=None)
        return time.perf_counter() - begin

    seconds(1)
    assert seconds(8) < 24 * max(seconds(1), 0.01)
