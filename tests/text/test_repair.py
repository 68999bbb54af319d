"""Repairs: what they mend, what they leave alone, and that the mended text still leads back to the source."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.text.repair import repair


def _misread(text: str, written: str, read: str) -> str:
    return text.encode(written).decode(read)


# kind, text as read, repaired text
MENDED = [
    # decoded with the wrong encoding
    ("mojibake", "РњСѓР·РµР№ РёСЃРєСѓСЃСЃС‚РІ", "Музей искусств"),
    ("mojibake", "ÐœÑƒÐ·ÐµÐ¹ Ð¸ Ð°Ñ€Ñ…Ð¸Ð²", "Музей и архив"),
    ("mojibake", "ТљР°СЂС€Рё С€Р°ТіСЂРё", "Қарши шаҳри"),
    ("mojibake", "the cityвЂ™s library", "the city’s library"),
    ("mojibake", "the cityâ€™s library", "the city’s library"),
    ("mojibake", "BuyukoÊ»rta koÊ»cha", "Buyukoʻrta koʻcha"),
    ("mojibake", "Göttingen, KÃ¶ln", "Göttingen, Köln"),
    ("mojibake", "Ìóçåé è àðõèâ, 2014", "Музей и архив, 2014"),
    ("mojibake", "in the city of Áóõàðà, 2014", "in the city of Бухара, 2014"),
    ("mojibake", _misread("Музей и библиотека города", "koi8-r", "cp1251"), "Музей и библиотека города"),
    ("mojibake", _misread("Музей и «Библиотека» города", "cp1251", "koi8-r"), "Музей и «Библиотека» города"),
    ("mojibake", _misread("Китоблар учун кўргазма зали", "cp1251", "cp1252"), "Китоблар учун кўргазма зали"),
    ("mojibake", "the \x93open\x94 shelf", "the “open” shelf"),
    # characters
    ("composition", "музеи\u0306 и архив", "музей и архив"),
    ("composition", "у\u0306қув зали, музеи ̆", "ўқув зали, музей"),
    ("composition", "за\u0301мок", "замок"),
    ("composition", "ko\u0308rgazma", "körgazma"),
    ("ligature", "oﬃce of ﬁne arts", "office of fine arts"),
    ("invisible", "биб\u00adлио\u200bтека\ufeff", "библиотека"),
    ("invisible", "биб\u00ad\nлиотека", "библиотека"),
    ("invisible", "биб¬\nлиотека", "библиотека"),
    ("space", "2\u00a0800 нусха,\u2009да\tва\u2028у", "2 800 нусха, да ва\nу"),
    ("space", "научно\u2011технический", "научно-технический"),
    # words broken at a line end
    ("hyphen", "вечера в читаль-\nном зале", "вечера в читальном зале"),
    ("hyphen", "вечера в читаль-  \r\n  ном зале", "вечера в читальном зале"),
    ("hyphen", "с муни-\n\nципалитетом", "с муниципалитетом"),
    ("hyphen", "совещание о рестав-\nрационно-ремонтных работах", "совещание о реставрационно-ремонтных работах"),
    ("hyphen", "учебно-воспитатель-\nного дела", "учебно-воспитательного дела"),
    ("hyphen", "научно-\nпросветительские вечера", "научно-просветительские вечера"),
    ("hyphen", "историко-\nкраеведческий музей", "историко-краеведческий музей"),
    ("hyphen", "англо-\nрусский словарь", "англо-русский словарь"),
    ("hyphen", "англо-\nязычный читатель", "англоязычный читатель"),
    ("hyphen", "между-\nнародных связей", "международных связей"),
    ("hyphen", "эконо-\nмический вопрос", "экономический вопрос"),
    ("hyphen", "ино-\nстранные гости", "иностранные гости"),
    ("hyphen", "экс-\nпонаты", "экспонаты"),
    ("hyphen", "«МЕЖДУНА-\nРОДНАЯ КНИГА»", "«МЕЖДУНАРОДНАЯ КНИГА»"),
    ("hyphen", "в Санкт-\nПетербурге", "в Санкт-Петербурге"),
    ("hyphen", "САНКТ-\nПЕТЕРБУРГ", "САНКТ-ПЕТЕРБУРГ"),
    ("hyphen", "Ростов-на-\nДону", "Ростов-на-Дону"),
    ("hyphen", "дом-\nмузей поэта", "дом-музей поэта"),
    ("hyphen", "что-\nнибудь", "что-нибудь"),
    ("hyphen", "новые ИКТ-\nтехнологии", "новые ИКТ-технологии"),
    ("hyphen", "web-\nсайт", "web-сайт"),
    ("hyphen", "7-\nиюнда", "7-июнда"),
    ("hyphen", "2014-\nyil", "2014-yil"),
    ("hyphen", "pages 16-\n22 and 2009–\n2014", "pages 16-22 and 2009–2014"),
    ("hyphen", "the Al-\nBiruni institute", "the Al-Biruni institute"),
    ("hyphen", "the House-\nMuseum", "the House-Museum"),
    ("hyphen", "a well-\nknown archive", "a well-known archive"),
    ("hyphen", "museum coopera-\ntion", "museum cooperation"),
    ("hyphen", "under-\nstanding", "understanding"),
    ("hyphen", "ilmiy-\nmaʼrifiy kecha", "ilmiy-maʼrifiy kecha"),
    ("hyphen", "oʻquv-\nuslubiy qoʻllanma", "oʻquv-uslubiy qoʻllanma"),
    ("hyphen", "илмий-\nамалий анжуман", "илмий-амалий анжуман"),
    ("hyphen", "ахборот-\nресурс маркази", "ахборот-ресурс маркази"),
    ("hyphen", "тез-\nтез", "тез-тез"),
    ("hyphen", "kutub-\nxonasida", "kutubxonasida"),
    ("hyphen", "маъна-\nвият кечаси", "маънавият кечаси"),
    ("hyphen", "қўлёз-\nмалар", "қўлёзмалар"),
    ("hyphen", "oʻqi-\ntuvchilar", "oʻqituvchilar"),
    ("hyphen", "2019 йил-\nда", "2019 йилда"),
    ("hyphen", "a thous-\nand books", "a thousand books"),
    ("hyphen", "музея-\nзаповедника", "музея-заповедника"),
    # … as the document itself has it
    ("hyphen", "Книга-\nальбом. Эта книга-альбом стара.", "Книга-альбом. Эта книга-альбом стара."),
    ("hyphen", "Интернет-\nом. Интернетом.", "Интернетом. Интернетом."),
    ("hyphen", "музей-\nгалерея; музей и галерея", "музей-галерея; музей и галерея"),
    ("hyphen", "биб- лиотека, библиотеки", "библиотека, библиотеки"),
    # spaces inside words
    ("spacing", "вы с т ав к а .  Цел ь  этого  соб р ан и я", "выставка .  Цель  этого  собрания"),
    ("spacing", "А р х и в", "Архив"),
    ("spacing", "М У З Е Й ремесел", "МУЗЕЙ ремесел"),
    ("spacing", "k u t u b x o n a", "kutubxona"),
    ("spacing", "O ‘ Q U V   Z A L I", "O‘QUV   ZALI"),
    ("spacing", "1 8 мая 2014 го да", "18 мая 2014 года"),
    ("spacing", "деятел ьность", "деятельность"),
    ("spacing", "signed a m e m o r a n d u m, which", "signed a memorandum, which"),
    ("spacing", "signed an a g r e e m e n t with", "signed an agreement with"),
    ("spacing", "подписали С О Г Л А Ш Е Н И Е о побратимстве", "подписали СОГЛАШЕНИЕ о побратимстве"),
    ("spacing", "подписали д о г о в о р о дружбе", "подписали договор о дружбе"),
    ("spacing", "М У З Е Й и архив", "МУЗЕЙ и архив"),
    ("spacing", "Т ошкентда, Тошкентда", "Тошкентда, Тошкентда"),
    ("spacing", "на р аботе, работе", "на работе, работе"),
    # page ends inside sentences
    (
        "page",
        "сотрудники областной библиотеки\n\n12\n\nоткрыли выставку",
        "сотрудники областной библиотеки\nоткрыли выставку",
    ),
    (
        "page",
        "сотрудники областной библиотеки\n– 12 –\nоткрыли выставку",
        "сотрудники областной библиотеки\nоткрыли выставку",
    ),
    (
        "page",
        "сотрудники областной библиотеки\n12 | Вестник\nоткрыли выставку",
        "сотрудники областной библиотеки\nоткрыли выставку",
    ),
    (
        "page",
        "сотрудники областной библиотеки\n12\n\fоткрыли выставку",
        "сотрудники областной библиотеки\nоткрыли выставку",
    ),
    ("page", "сотрудники областной библиоте-\n12\nки открыли", "сотрудники областной библиотеки открыли"),
    (
        "page",
        "ВЕСТНИК АРХИВА\nПервое.\nсотрудники областной библиотеки\n12\nВЕСТНИК АРХИВА\nоткрыли. Дальше шли по городу они\n13\nи пели",
        "ВЕСТНИК АРХИВА\nПервое.\nсотрудники областной библиотеки\nоткрыли. Дальше шли по городу они\nи пели",
    ),
    # letters of the wrong script
    ("script", "китoб ва aрхив", "китоб ва архив"),
    ("script", "Nаtiоnal library", "National library"),
    ("script", "форум ICОМ", "форум ICOM"),
    ("script", "IКОМ аъзолари", "IKOM аъзолари"),
    ("script", "kитоблар", "китоблар"),
    ("script", "Миллий кутубхона кӯргазмаси", "Миллий кутубхона кўргазмаси"),
    ("script", "Вазирлар Маћкамаси ќарори, бу", "Вазирлар Маҳкамаси қарори, бу"),
]

LEFT_ALONE = [
    "в и с к о у я, а также и т. д., и т п",
    "А. Н. Иванов и А Н Петров",
    "A B C D E F; а б в г д; x y z t",
    "пункт а и б и в, с 5 м до 6 м, в 2019 г  и  2020 г",
    "Group B ring, to bring",
    "The first  column  is  a  b  c",
    "двух-\nи трёхэтажные дома",
    "in pre-\nand post-war years",
    "🙋\u200d♀️ a ➡️ b",
    "қ ғ ҳ ў, a c e o p x y, after ъ and ь",
    "аудио- и видеозаписи",
    "ва ҳоказо -\nдеди у",
    "«Ташкент – город» -\nначало",
    "ХIХ асрда, XX век, IX–X вв.",
    "аъло (Ӯзбекӣ ва тоҷикӣ) кӯча",
    "Қазақ ұлттық кітапханасы",
    "IT-парк, e-mail, DVD-диск",
    "Отчёт был готов.\n12\nкниг было куплено",
    "сотрудники областной библиотеки в декабре купили\n138\nкниг и журналов",
    "сотрудники областной библиотеки\n\n2014\n\nоткрыли выставку",
    "Ключевые слова:\n\n12\n\nмузей",
    "Рё и Сё, «АУЎ», СССР»",
    "créé à l’île, Ærøskøbing, Åsgård, ÄÖÜ",
    "ЎЗБЕКИСТОН МИЛЛИЙ КУТУБХОНАСИ, ГЁТЕ ИНСТИТУТИ",
    "O‘zbekiston, Oʻzbekiston, maʼno, g'oya",
    "a ¬ b",
    "",
    "\n",
]

WORDS = ["музей", "кутубхона", "Oʻzbekiston", "library", "китоб", "XIX", "2014", "в", "и", "a", "н", "ль"]
GLUE = [
    " ",
    "  ",
    "-",
    "-\n",
    "- ",
    "\n",
    "\n\n",
    "\u00ad",
    "\u00ad\n",
    "\u0306",
    "\u0301",
    "\u200b",
    "\u00a0",
    "\t",
    ". ",
    "\f",
    "\r\n",
    "12\n",
    "В",
    "Ў",
    "о",
    "O",
    "¬",
    "’",
]
mixtures = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from(GLUE), st.text("абийльо oac-\n\u0306\u00ad 1Рђ°µÐ", max_size=4)),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(("kind", "source", "expected"), MENDED)
def test_mended(kind: str, source: str, expected: str) -> None:
    result = repair(source)
    assert result.aligned.text == expected
    assert kind in result.counts
    assert repair(expected).aligned.text == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert repair(text).aligned.text == text
    assert not repair(text).repairs


@pytest.mark.parametrize(
    ("source", "word", "slice_"),
    [
        ("в «рестав-\nрации» храма", "реставрации", "рестав-\nрации"),
        ("вечера научно-\nпросветительские тут", "научно-просветительские", "научно-\nпросветительские"),
        ("это вы с т ав к а .  Цел ь  тут", "выставка", "вы с т ав к а"),
        ("РњСѓР·РµР№ С‚СѓС‚", "Музей", "РњСѓР·РµР№"),
        ("in the oﬃce here", "office", "oﬃce"),
        ("\ufeffбиб\u00adлио\u00adтека\u00ad тут", "библиотека", "биб\u00adлио\u00adтека"),
        ("музеи\u0306, музеи\u0306", "музей", "музеи\u0306"),
        ("ў, китoб", "китоб", "китoб"),
        ("сотрудники областной библиоте-\n12\nки открыли", "библиотеки", "библиоте-\n12\nки"),
        ("нацио-\nнальный архив", "архив", "архив"),
    ],
)
def test_a_mended_word_leads_back_to_its_source(source: str, word: str, slice_: str) -> None:
    aligned = repair(source).aligned
    start = aligned.text.index(word)
    assert source[slice(*aligned.span(start, start + len(word)))] == slice_


def test_a_repair_says_what_it_did() -> None:
    source = "Это биб-\nлиотека, и oﬃce."
    result = repair(source)
    assert [(one.kind, one.before, one.after) for one in result.repairs] == [
        ("ligature", "oﬃce.", "office."),
        ("hyphen", "биб-\nлиотека,", "библиотека,"),
    ]
    assert [source[one.start : one.end] for one in result.repairs] == ["oﬃce.", "биб-\nлиотека,"]
    assert result.counts == {"ligature": 1, "hyphen": 1}


def test_long_repairs_are_shown_shortened() -> None:
    long = repair(_misread("Музей истории и культуры города " * 9, "utf-8", "latin-1")).repairs[0]
    assert len(long.before) <= 60
    assert len(long.after) <= 60


@settings(deadline=None, max_examples=400)
@given(mixtures)
def test_spans_are_in_order_and_within_the_source(text: str) -> None:
    aligned = repair(text).aligned
    last = (0, 0)
    for index in range(len(aligned.text)):
        start, end = aligned.span(index, index + 1)
        assert 0 <= start <= end <= len(text)
        assert (start, end) >= last
        assert end >= last[1]
        last = start, end


@settings(deadline=None, max_examples=400)
@given(mixtures)
@example("музей-\x0c1\x0cмузей-\n")
def test_repairing_again_changes_nothing(text: str) -> None:
    once = repair(text).aligned.text
    assert repair(once).aligned.text == once


@settings(deadline=None)
@given(st.text("абвгдезклмно ,.", max_size=200))
def test_without_repairs_the_text_is_its_own_source(text: str) -> None:
    result = repair(text)
    if not result.repairs:
        assert result.aligned.text == text
        assert result.aligned.span(0, len(text)) == (0, len(text))
    else:
        assert result.aligned.text != text


@settings(deadline=None)
@given(mixtures, st.sampled_from(["Кутубхонада", "Namangan", "Самарканд"]), mixtures)
def test_an_untouched_word_is_its_own_slice(before: str, word: str, after: str) -> None:
    text = f"{before}\n\n({word})\n\n{after}"
    aligned = repair(text).aligned
    start = aligned.text.index(f"({word})") + 1
    assert text[slice(*aligned.span(start, start + len(word)))] == word


@pytest.mark.parametrize(
    "piece",
    [
        "к о м а н ", "к о м  ", "ко д го да р ", "Т ошкент ", "-\n", "а-\n", "а-\n\n\n", "\n", " ", "а", "à", "àéî a ",
        "Р ", "РµР°", "АБВГ ", "аa", "и\u0306", "\u0306", "слово\n12\nслово\n", "а\u00ad", "- ", "¬\n", "12\n", "\f", "Ð°", "ӯ ",
    ],
)  # fmt: skip
def test_hostile_text_is_repaired_to_something_stable(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    aligned = repair(text).aligned
    assert repair(aligned.text).aligned.text == aligned.text
    if aligned.text:
        start, end = aligned.span(0, len(aligned.text))
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text", ["к о м а н " * 100_000, "-\n" * 500_000, "а-\n" * 333_333], ids=["spaced", "hyphens", "breaks"]
)
def test_a_hostile_megabyte(text: str) -> None:
    aligned = repair(text).aligned
    assert len(aligned.text) <= len(text)


def test_clean_text_needs_no_repair() -> None:
    text = "Китоблар кўргазмаси очилди, унда шаҳар аҳолиси қатнашди. Выставка открылась в областном музее.\n" * 20_000
    assert not repair(text).repairs
