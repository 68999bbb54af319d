"""What hamkor's own judge of agreements says: sentences that are in no article, and traps."""

from __future__ import annotations

import pytest

import pipeline

LIBRARIES = "Национальная библиотека Узбекистана открыла выставку."


@pytest.fixture(scope="module")
def judged() -> pipeline.Extractor:
    return pipeline.load(ner=[])


def told(extractor: pipeline.Extractor, text: str) -> list[str]:
    findings = extractor.find(text)
    document = findings.document
    first = {
        mention.entity: document.tokens.slice(mention.first, mention.last) for mention in reversed(findings.mentions)
    }
    out = []
    for agreement in findings.agreements:
        parties = sorted(first[party] if isinstance(party, int) else party for party in agreement.parties)
        dates = "".join(
            f" {name}={value}" for name, value in (("s", agreement.signed), ("v", agreement.valid)) if value
        )
        out.append(f"{agreement.kind} {agreement.status} {' + '.join(parties)}{dates}")
    return out


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Termez Archaeological Museum is glad to report news. Our museum and the Hermitage put a memorandum to paper on 12 March 2021.",
            ["memorandum signed Hermitage + Termez Archaeological Museum s=2021-03-12"],
        ),
        (
            "A memorandum between the British Library and the National Library of Kazakhstan is to be signed in autumn.",
            ["memorandum planned British Library + National Library of Kazakhstan"],
        ),
        (
            "On 7 May 2018 the Hermitage and the Louvre concluded a cooperation agreement for five years.",
            ["agreement signed Hermitage + Louvre s=2018-05-07 v=2018-05-07/2023-05-07"],
        ),
        (
            f"{LIBRARIES} В тот же день с Российской государственной библиотекой был подписан меморандум.",
            ["memorandum signed Национальная библиотека Узбекистана + Российской государственной библиотекой"],
        ),
        (
            "Соглашение Британской библиотеки с Национальной библиотекой Казахстана, подписанное 4 июня 2015 года, продлено до 2030 года.",
            ["agreement renewed Британской библиотеки + Национальной библиотекой Казахстана s=2015-06-04 v=../2030"],
        ),
        (
            "Oʻzbekiston Milliy kutubxonasi bilan Qozogʻiston Milliy kutubxonasi oʻrtasida 2017-yilda tuzilgan shartnoma hozir ham amal qiladi.",
            ["agreement in_force Oʻzbekiston Milliy kutubxonasi + Qozogʻiston Milliy kutubxonasi s=2017"],
        ),
        (
            "Savitskiy muzeyi va Ermitaj hamkorlik shartnomasini imzolash niyatida.",
            ["agreement planned Ermitaj + Savitskiy muzeyi"],
        ),
        (
            "Ўзбекистон Миллий кутубхонаси меҳмонларни кутиб олди. Учрашув сўнгида Россия Давлат кутубхонаси билан меморандум имзоланди.",
            ["memorandum signed Ўзбекистон Миллий кутубхонаси + Россия Давлат кутубхонаси"],
        ),
        ("The Hermitage has no agreement with the Savitsky Museum.", []),
        ("The contract which the Louvre had offered the Savitsky Museum was never signed.", []),
        ("Меморандум между Лувром и Эрмитажем так и не был подписан.", []),
        ("The Louvre's director, by agreement with his doctor, did not visit the Savitsky Museum in May 2019.", []),
        ("Uzbekistan joined the UNESCO Convention of 1970, the Louvre reminds the Savitsky Museum.", []),
    ],
)
def test_own_judge(judged: pipeline.Extractor, text: str, wanted: list[str]) -> None:
    assert told(judged, text) == wanted
