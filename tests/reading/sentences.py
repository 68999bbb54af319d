"""Sentences for the tests of the readers, in the manner of articles on libraries, museums and archives."""

from __future__ import annotations

RUSSIAN = (
    "Навоийская областная библиотека и Дом книги города Ош обменялись делегациями.",
    "18 марта 2016 года стороны подписали меморандум о взаимопонимании сроком на пять лет.",
    "В дар музею передано 340 экземпляров каталогов, изданных в Ташкенте и Алматы.",
    "«Мы ждали этой встречи давно», – призналась хранительница фонда редких изданий.",
    "Архивисты из Душанбе ознакомились с лабораторией реставрации и цехом микрофильмирования.",
    "МЕЖДУНАРОДНОЕ СОТРУДНИЧЕСТВО МУЗЕЕВ",
    "Согласно приказу № 74, филиал перешёл в ведение министерства культуры.",
    "Ежегодно сюда приезжают этнографы, филологи, искусствоведы и просто туристы.",
    "Ещё одно соглашение действует с 2011 года; его продлевали дважды.",
    "Всего поступило 1 250 журналов, 18 карт, 7 атласов – на сумму около 90 тыс. сумов.",
    "Электронная доставка документов, МБА и виртуальная справка доступны круглосуточно.",
    "Щедрый подарок юбиляру сделал художник-график: двенадцать офортов с видами Хивы.",
    "Что увидят посетители?",
    "Заседание комиссии",
    "Фонды",
)

UZBEK = (
    "Қашқадарё вилояти ахборот-кутубхона маркази ҳамда Туркистон шаҳар кутубхонаси ҳамкорлик қилмоқда.",
    "2016 йил 18 мартда томонлар беш йиллик ҳамкорлик битимини тузди.",
    "Музейга Тошкент ва Олматида чоп этилган 340 нусха каталог топширилди.",
    "«Биз бу учрашувни анчадан бери кутгандик», – деди нодир нашрлар фонди сақловчиси.",
    "Душанбелик архивчилар таъмирлаш устахонаси ва микрофильм бўлими билан танишди.",
    "МУЗЕЙЛАРНИНГ ХАЛҚАРО АЛОҚАЛАРИ",
    "74-сонли буйруққа кўра филиал маданият вазирлиги тасарруфига ўтказилди.",
    "Ҳар йили бу ерга элшунослар, тилшунослар, санъатшунослар ва сайёҳлар келади.",
    "Яна бир келишув 2011 йилдан амал қилади, унинг муддати икки марта узайтирилган.",
    "Жами 1 250 та журнал, 18 та харита ва 7 та атлас келиб тушди.",
    "Электрон ҳужжат етказиш хизмати ҳамда онлайн маълумотнома кечаю кундуз ишлайди.",
    "Рассом юбилярга Хива манзаралари туширилган ўн иккита расм ҳадя этди.",
    "Ташриф буюрувчилар нимани кўради?",
    "Ҳайъат мажлиси",
    "Жамғармалар",
)

UZBEK_LATIN = (
    "Qashqadaryo viloyati axborot-kutubxona markazi 2016-yil 18-martda bitim tuzdi.",
    "O‘zbekiston tarixi muzeyiga 340 nusxa katalog topshirildi, g‘oliblarga sovg‘a berildi.",
)

ENGLISH = (
    "The regional library of Navoi and the House of Books of Osh exchanged delegations.",
    "On 18 March 2016 the parties signed a memorandum of understanding for five years.",
    "The museum received 340 copies of catalogues printed in Tashkent and Almaty.",
    "“We had been waiting for this meeting for years,” said the keeper – and smiled.",
)

# қ ғ ҳ have no place in a single-byte encoding: texts of that time have к г х.
TYPED = str.maketrans("қғҳҚҒҲ", "кгхКГХ")
# koi8-r has no ў either, nor some typographic signs.
PLAIN_SIGNS = str.maketrans({"ў": "у", "Ў": "У", "«": '"', "»": '"', "–": "-", "№": "N", "“": '"', "”": '"', "‘": "'"})


def typed(text: str, encoding: str) -> str:
    """`text` as it could be typed in `encoding`."""
    text = text.translate(TYPED)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        keep_u = encoding == "cp866"
        table = {key: value for key, value in PLAIN_SIGNS.items() if not (keep_u and chr(key) in "ўЎ№")}
        text = text.translate(table)
    return text


def phrases(sentences: tuple[str, ...], words: int) -> list[str]:
    """Every run of `words` neighbouring words within a sentence."""
    found: list[str] = []
    for sentence in sentences:
        parts = sentence.split()
        found += [" ".join(parts[at : at + words]) for at in range(len(parts) - words + 1)]
    return found
