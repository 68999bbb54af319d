"""Uzbek transliteration: tables of cases, the examples of the data, and properties."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text import transliteration
from pipeline.text.transliteration import normalise_latin, to_cyrillic, to_latin, to_latin_aligned

VOCABULARY = [
    word
    for line in (Path(__file__).parent / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
]
DATA = transliteration._DATA

# Letters of both scripts, every apostrophe, the reformed letters, accents apart, and noncharacters.
MIXED = st.text(
    alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳАЕЁЦЧШЮЯЎҚҒҲСЪЬәөүїӣ abceghijklmnoqstuxyzABEGHIOSUXYVLC"
    "ʻʼ‘’'`´ʹ′öğşçÖĞŞÇıüß -–.,!\n0123\u0306\u0308\ufdd0\ufdd5\ufdef«»“”",
    max_size=60,
)


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Ўзбекистон Республикаси", "Oʻzbekiston Respublikasi"),
        ("ғоя, қалъа, ҳудуд, чорак", "gʻoya, qalʼa, hudud, chorak"),
        ("етти елкан", "yetti yelkan"),
        ("поезд келди", "poyezd keldi"),
        ("1-етказувчи", "1-yetkazuvchi"),
        ("конвейер", "konveyer"),
        ("объект, субъект, съезд", "obyekt, subyekt, syezd"),
        ("премьера ва интервью", "premyera va intervyu"),
        ("Ильин Нью-Йоркда", "Ilyin Nyu-Yorkda"),
        ("цирк, абзац, кварц, пицца", "sirk, abzas, kvars, pitssa"),
        ("конституция, функция, станция", "konstitutsiya, funksiya, stansiya"),
        ("антициклон ва циклон", "antisiklon va siklon"),
        ("сентябрь, октябрда, ноябрь", "sentabr, oktabrda, noyabr"),
        ("бюджетдан, режиссёрлар, валютаси", "budjetdan, rejissorlar, valutasi"),
        ("бюрократ, плёнка, актёр", "byurokrat, plyonka, aktyor"),
        ("Исҳоқ, асҳоб", "Isʼhoq, asʼhob"),
        ("мўъжиза, эътибор, шеър", "moʻjiza, eʼtibor, sheʼr"),
        ("вымпел, община, борщ", "vimpel, obshina, borsh"),
        ("ХIХ аср, ХХ аср", "XIX asr, XX asr"),
        ("Тоҷикистон, ӯзбек, Әлихан", "Tojikiston, oʻzbek, Alixan"),
        ("и\u0306ил, Туе\u0308, у\u0306збек", "yil, Tuyo, oʻzbek"),
        ("«Central Asia–2015» анжумани", "«Central Asia–2015» anjumani"),
    ],
)
def test_cyrillic_to_latin(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Шаҳар", "Shahar"),
        ("ШАҲАР", "SHAHAR"),
        ("Ш. Раҳимов, А.Ш.Чориев", "Sh. Rahimov, A.Sh.Choriyev"),
        ("Я.Ё.Юсупов", "Ya.Yo.Yusupov"),
        ("АҚШ, АҚШда", "AQSH, AQShda"),
        ("ЮНЕСКО, ИЧЦ", "YUNESKO, ICHS"),
        ("ЕВРОПА, ФЕДЕРАЦИЯ", "YEVROPA, FEDERATSIYA"),
        ("ИСҲОҚ, САНЪАТ, БЮДЖЕТ", "ISʼHOQ, SANʼAT, BUDJET"),
        ("Бюджет, Сентябрь", "Budjet, Sentabr"),
        ("Е. Ц. Щ.", "Ye. S. Sh."),
    ],
)
def test_capitals(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("O'zbekiston, O‘zbekiston, O`zbekiston, Oʼzbekiston, O’zbekiston, O´zbekiston", ", ".join(["Ўзбекистон"] * 6)),
        ("san'at, san’at, san`at, sanʻat", "санъат, санъат, санъат, санъат"),
        ("Özbekiston, şahar, çorak, bağ, ŞAHAR", "Ўзбекистон, шаҳар, чорак, бағ, ШАҲАР"),
        ("Isʼhoq, ISʼHOQ", "Исҳоқ, ИСҲОҚ"),
        ("eʼlon, ekran, aeroport, poeziya, ertaga-erta", "эълон, экран, аэропорт, поэзия, эртага-эрта"),
        ("yer, Yevropa, yeyish, poyezd", "ер, Европа, ейиш, поезд"),
        ("obyekt, pyesa, Vyetnam, intervyu", "объект, пьеса, Вьетнам, интервью"),
        ("yoʻl, yoʻq, oyoq, ayyor, YOʻL", "йўл, йўқ, оёқ, айёр, ЙЎЛ"),
        ("rayon, mayor, Nyu-York", "район, майор, Нью-Йорк"),
        ("konferensiya, stansiya, aksiya, KONFERENSIYA", "конференция, станция, акция, КОНФЕРЕНЦИЯ"),
        ("konferentsiya, stantsiya, funktsional", "конференция, станция, функционал"),
        ("federatsiya, litsey, protsent, meditsina", "федерация, лицей, процент, медицина"),
        ("ketsa, aytsin, davlatsiz, oʻtsak", "кетса, айтсин, давлатсиз, ўтсак"),
        ("pensiya, aksioma, versiya", "пенсия, аксиома, версия"),
        ("sentabr, 16-sentabrda, Sentyabr, oktyabr", "сентябрь, 16-сентябрда, Сентябрь, октябрь"),
        ("aprel, iyun, iyulda, fevralning", "апрель, июнь, июлда, февралнинг"),
        ("muzey, arxiv, universitet, institut", "музей, архив, университет, институт"),
        ("moʻjiza, Noʻmon", "мўъжиза, Нўъмон"),
        ("XIX asr, XX–XXI asrlar, V asr, V. Karimov", "XIX аср, XX–XXI асрлар, V аср, В. Каримов"),
        ("UNESCOʼning, YUNESKO'dan", "УНЕСКОнинг, ЮНЕСКОдан"),
        ("‘blog’, 'bog'", "‘блог’, 'бог'"),
        ("bog', tog’", "боғ, тоғ"),
    ],
)
def test_latin_to_cyrillic(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("O'zbekiston, G‘ijduvon, bo`lim, goʼsht", "Oʻzbekiston, Gʻijduvon, boʻlim, goʻsht"),
        ("ma'no, ma’no, maʻno, ma´no", "maʼno, maʼno, maʼno, maʼno"),
        ("UNESCO'ning, NATO’ga", "UNESCOʼning, NATOʼga"),
        ("OʻZBEKISTON, O'QUV, BO’LIM", "OʻZBEKISTON, OʻQUV, BOʻLIM"),
        ("‘kitob’, ‘blog’ va 'blog'", "‘kitob’, ‘blog’ va 'blog'"),
        ("5' uzunlik, 'oʻquv'", "5' uzunlik, 'oʻquv'"),
        (
            "Özbekiston, ÖZBEKISTON, Şoşiy, ŞOŞ, Çorsu, tōğ, õrta, ḡalaba",
            "Oʻzbekiston, OʻZBEKISTON, Shoshiy, SHOSH, Chorsu, toʻgʻ, oʻrta, gʻalaba",
        ),
        ("Gümüş, İstanbul, Çağrı, Fəridə, Größe", "Gümüş, İstanbul, Çağrı, Fəridə, Größe"),
        ("ўзбек", "ўзбек"),
    ],
)
def test_normalised_latin(text: str, normalised: str) -> None:
    assert normalise_latin(text) == normalised


@pytest.mark.parametrize("rule", DATA["rules"], ids=lambda rule: rule["name"])
def test_every_rule_holds_on_its_examples(rule: dict[str, list[list[str]]]) -> None:
    assert rule["examples"]
    for cyrillic, latin in rule["examples"]:
        assert to_latin(cyrillic) == latin


@pytest.mark.parametrize("rule", DATA["cyrillic_rules"], ids=lambda rule: rule["name"])
def test_every_cyrillic_rule_holds_on_its_examples(rule: dict[str, list[list[str]]]) -> None:
    assert rule["examples"]
    for latin, cyrillic in rule["examples"]:
        assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(("latin", "cyrillic"), DATA["loans"].items())
def test_every_loan_goes_both_ways(latin: str, cyrillic: str) -> None:
    """With a suffix, in three kinds of case."""
    assert to_latin(cyrillic.lower() + "га") == latin + "ga"
    assert to_latin(cyrillic.upper() + "ГА") == (latin + "ga").upper()
    assert to_cyrillic(latin + "ga") == cyrillic.lower() + "га"
    capital = "-".join(part.capitalize() for part in cyrillic.split("-"))
    assert to_cyrillic(latin.capitalize() + "ga") == capital + "га"


@pytest.mark.parametrize(("latin", "cyrillic"), DATA["final"].items())
def test_soft_sign_at_the_end_falls_before_a_suffix(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic
    assert to_cyrillic(latin + "da") == cyrillic.removesuffix("ь") + "да"


def test_a_loan_that_the_rules_cannot_give_does_not_load() -> None:
    data = copy.deepcopy(DATA)
    data["loans"]["byudjet"] = "валюта"
    with pytest.raises(ValueError, match="«валюта» cannot give «byudjet»"):
        transliteration._romaniser(data)


@pytest.mark.parametrize("word", VOCABULARY)
def test_vocabulary_survives_the_way_to_cyrillic_and_back(word: str) -> None:
    cyrillic = to_cyrillic(word)
    assert not any("a" <= c <= "z" or "A" <= c <= "Z" for c in cyrillic)
    assert to_latin(cyrillic) == word


def test_words_are_turned_alike_in_any_company() -> None:
    assert to_cyrillic(" ".join(VOCABULARY)) == " ".join(map(to_cyrillic, VOCABULARY))


def test_vocabulary_is_large() -> None:
    assert len(set(VOCABULARY)) > 600


@given(MIXED)
def test_to_latin_is_idempotent(text: str) -> None:
    once = to_latin(text)
    assert to_latin(once) == once


@given(MIXED)
def test_normalise_latin_is_idempotent(text: str) -> None:
    once = normalise_latin(text)
    assert normalise_latin(once) == once


@given(st.text(max_size=60))
def test_nothing_fails_on_any_text(text: str) -> None:
    assert to_latin_aligned(text).text == to_latin(text)
    to_cyrillic(text)
    normalise_latin(text)


@given(st.text(alphabet=st.characters(blacklist_characters="\x00", max_codepoint=0x2FF), max_size=60))
def test_text_without_cyrillic_is_untouched(text: str) -> None:
    assert to_latin(text) is text


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳАБЕЁЦЧШЮЯЎҚҒҲ \n.,–-«»0123", max_size=60))
def test_no_uzbek_cyrillic_letter_is_left(text: str) -> None:
    assert not any("\u0400" <= c <= "\u04ff" for c in to_latin(text))


@given(MIXED, MIXED)
def test_words_do_not_look_beyond_a_space(left: str, right: str) -> None:
    assert to_latin(left + " " + right) == to_latin(left) + " " + to_latin(right)


@given(MIXED)
def test_alignment_is_letter_by_letter(text: str) -> None:
    aligned = to_latin_aligned(text)
    assert aligned.text == to_latin(text)
    before = 0
    for i, c in enumerate(aligned.text):
        start, end = aligned.span(i, i + 1)
        assert end == start + 1
        assert start >= before
        before = start
        source = text[start:end]
        assert c == source or "\u0400" <= source <= "\u04ff"


@pytest.mark.parametrize(
    ("text", "part", "source"),
    [
        ("Алишер Навоий номидаги Ўзбекистон Миллий кутубхонаси", "Oʻzbekiston Milliy", "Ўзбекистон Миллий"),
        ("16 сентябрь куни, ШАҲАР съезди", "sentabr", "сентябр"),
        ("16 сентябрь куни, ШАҲАР съезди", "SHAHAR syezdi", "ШАҲАР съезди"),
        ("федерация", "tsi", "ци"),
        ("Исҳоқ", "sʼ", "с"),
    ],
)
def test_spans_lead_back_to_the_source(text: str, part: str, source: str) -> None:
    aligned = to_latin_aligned(text)
    start = aligned.text.index(part)
    first, last = aligned.span(start, start + len(part))
    assert text[first:last] == source


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(["ц", "Ш", "ъ", "е", "ё", "oʻ", "'", "‘", "‘o’", "ş", "XX", "ts", "Ye", "ʼ", "\ufdd0"]),
    st.integers(1000, 4000),
)
def test_hostile_repetition(piece: str, count: int) -> None:
    latin = to_latin(piece * count)
    assert to_latin(latin) == latin
    assert normalise_latin(normalise_latin(latin)) == normalise_latin(latin)
