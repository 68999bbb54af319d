"""The concepts of each language: the same ones in each, each word read as its own, and sentences with the concepts drawn in."""

from __future__ import annotations

import re
import tomllib

import pytest

from pipeline.languages.lexicon import lexicon
from pipeline.relations.concepts import Concepts
from pipeline.resources import language_file
from pipeline.text.document import prepare
from pipeline.text.tokens import tokenize

LANGUAGES = ("uz", "ru", "en")
DRAWN = re.compile(r"\[([^\]|]+)\|(\w+)\]")
DRAWINGS = {
    "en": """
The embassy [handed|give] the school 40 books.
[Nobody|not_] has [returned|return_] the atlases [yet|notyet].
[They|they] [gave|give] [us|us] 12 maps [for nothing|free].
The [parcel|parcel] [came by post|come] in May.
The [publisher|printer] put 30 albums [at our disposal|give].
[Our|us] [readers|reader] [asked|ask] for a copy.
[Half|part] of the [collection|stock] was [scanned|scan] in the [reading|read] [room|exhibition].
The museum is [taking them out of the crate|unpack].
[If|if_] the [lawyers|staff] [agree|approve], [we|us] [shall|plan] [sign|sign] it.
The [contract|paper] [was never renewed|expire] and [lapsed|expire].
[He|they] [bequeathed|donate] [his|they] library to the university.
The two sides are [negotiating|negotiate] a [memorandum|paper].
[In return|back] [we|us] [sent|send] [them|they] 15 catalogues.
The [fire|destroy] [destroyed|destroy] 200 manuscripts.
The [restorer|restore] [bound|restore] the [torn|damage] volumes.
A year [ago|ago] the archive [bought|buy] 6 photographs.
It must be a [mistake|fail].
[They|they] left Bukhara on Monday.
The [guests|meet] were [thanked|thank] for [their|they] [gift|gift].
The [borrowed|borrow] coins [lie|hold] in a [showcase|exhibition].
""",
    "ru": """
[Посольство|meet] [передало|give] [школе|reader] 40 книг.
[Никто|not_] [ещё не|notyet] [вернул|return_] атласы.
[Нам|us] [подарили|donate] двенадцать карт.
[Посылка|parcel] [пришла|come] по [почте|send] в мае.
[Издательство|printer] [безвозмездно|free] [выделило|give] альбомы.
[Наши|us] [читатели|reader] [просили|ask] [копию|copy].
[Половина|part] [собрания|stock] [оцифрована|scan].
[Если|if_] [юристы|staff] [согласятся|approve], [мы|us] [подпишем|sign] [договор|paper].
[Срок|expire] [соглашения|paper] [истёк|expire], [его|they] [не продлили|expire].
[Он|they] [завещал|donate] свою библиотеку университету.
[Стороны|cooperate] ведут [переговоры|negotiate] о [меморандуме|paper].
[Взамен|back] [мы|us] [отправили|send] [им|they] 15 каталогов.
[Пожар|destroy] [уничтожил|destroy] рукописи.
[Реставратор|restore] [переплёл|restore] [ветхие|damage] тома.
В [прошлом|ago] году архив [купил|buy] 6 [писем|paper].
На снимках [видны|show] ворота города.
[Гости|meet] [поблагодарили|thank] [хозяев|meet] за [подарок|gift].
[Взятые во временное пользование|borrow] монеты [лежат|hold] в [витрине|exhibition].
Книги [списаны|discard] и [сданы|give] в [макулатуру|discard].
[Выставка|exhibition] [открылась|show] в мае.
""",
    "uz": """
[Elchixona|meet] maktabga 40 ta kitob [topshirdi|give].
[Hech|not_] kim atlaslarni [hali|notyet] [qaytarmadi|return_].
[Bizga|us] oʻn ikkita xarita [sovgʻa qilishdi|donate].
[Посылка|parcel] май ойида [почтадан|send] [келди|come].
[Nashriyot|printer] albomlarni [bepul tarqatdi|donate].
[Kitobxonlarimiz|reader] nusxasini [soʻradi|ask].
[Fondning|stock] [yarmi|part] [raqamlashtirildi|scan].
[Agar|if_] [rozi|approve] boʻlishsa, [shartnoma|paper] [imzolaymiz|sign].
[Битим|paper] [муддати тугади|expire], [узайтирилмади|fail].
U kutubxonasini universitetga [vasiyat qildi|donate].
[Tomonlar|cooperate] [memorandum|paper] [loyihasini|draft] [muhokama|negotiate] qilmoqda.
[Evaziga|back] [biz|us] [ularga|they] 15 ta [katalog|describe] [yubordik|send].
[Yongʻin|destroy] qoʻlyozmalarni [yoʻq qildi|destroy].
[Usta|make] [yirtilgan|damage] jildlarni [taʼmirladi|restore].
[Oʻtgan|ago] yili arxiv 6 ta xatni [sotib oldi|buy].
Kutubxona [ham|more] kitob [oldi|receive].
[Меҳмонлар|meet] [совға учун|back] [миннатдорчилик|thank] билдирди.
[Vaqtincha olingan|borrow] tangalar [vitrinada turibdi|show].
[Eskirgan|damage] kitoblar [hisobdan chiqarildi|discard].
[Koʻrgazma|exhibition] may oyida [ochildi|show].
""",
}


def words(language: str) -> dict[str, list[str]]:
    data = tomllib.loads(language_file(language, "concepts.toml").read_text(encoding="utf-8"))
    return dict(data["words"]["CONCEPT"])


def said(language: str, text: str) -> list[tuple[str, str]]:
    """Return each word or phrase of a text that says a concept, read in one language."""
    tokens, found, index = tokenize(text), [], 0
    while index < len(tokens):
        concepts = lexicon("concepts")
        reading = concepts.phrase(language, tokens.fold, tokens.kind, index) or concepts.reading(
            language, tokens.fold[index]
        )
        if reading is not None:
            found.append((tokens.slice(index, index + reading.length), reading.value))
        index += reading.length if reading is not None else 1
    return found


def plainest(language: str, entry: str) -> str:
    """Return one text that an entry stands for: the first of its alternatives, nothing in its slot, an Uzbek verb in the past."""
    parts = [part.split("/")[0] for part in entry.strip("=*").split() if part != "_"]
    text = " ".join(part.removesuffix("~") + "di" * (part.endswith("~") and language == "uz") for part in parts)
    return text + "xx" * entry.endswith("*")  # a beginning may be a word of its own that tells something else: меня*


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_each_concept_in_one_order(language: str) -> None:
    meant = lexicon("concepts").settings["concepts"]
    assert list(words(language)) == list(meant)
    assert all(words(language).values())
    assert all(meant.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_read_as_its_own_concept(language: str) -> None:
    wrong = []
    for concept, entries in words(language).items():
        for entry in entries:
            found = said(language, plainest(language, entry))
            if [value for _, value in found] != [concept]:
                wrong.append((concept, entry, found))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_stands_twice(language: str) -> None:
    for concept, entries in words(language).items():
        assert len(entries) == len(set(entries)), concept


@pytest.mark.parametrize(
    ("language", "drawing"),
    [(language, drawing) for language, drawings in DRAWINGS.items() for drawing in drawings.strip().splitlines()],
)
def test_sentences(language: str, drawing: str) -> None:
    assert said(language, DRAWN.sub(r"\1", drawing)) == DRAWN.findall(drawing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_read_by_itself(language: str) -> None:
    alone, one_of_all = (read.languages[language] for read in (lexicon("concepts", only=language), lexicon("concepts")))
    for table in ("stems", "exact", "declined", "prefixes", "verbs", "phrases"):
        assert getattr(alone, table) == getattr(one_of_all, table)


class TestConcepts:
    TEXT = "The museum gave us 12 books in return for the coins. Nobody has thanked them yet."

    def at(self, *named: tuple[int, int]) -> Concepts:
        document = prepare(self.TEXT)
        assert set(document.languages) == {"en"}
        return Concepts(document, named)

    def test_a_sentence(self) -> None:
        assert self.at().sentence(0) == ([2, 3, 6], ["give", "us", "back"])

    def test_each_sentence_by_itself(self) -> None:
        assert self.at().sentence(1)[1] == ["not_", "thank", "they", "notyet"]

    def test_what_is_named_tells_nothing(self) -> None:
        assert self.at((2, 4)).sentence(0) == ([6], ["back"])

    def test_within_and_around(self) -> None:
        concepts = self.at()
        assert concepts.within(3, 6) == ["us"]
        assert concepts.within(4, 4) == []
        assert concepts.around(4, 6, most=1) == (["us"], ["back"])
        assert concepts.around(4, 6, most=4) == (["us", "give"], ["back"])
