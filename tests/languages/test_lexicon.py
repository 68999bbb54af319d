"""Words with a meaning: every form of them is met, and a data file that is wrong says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.languages import lexicon as module
from pipeline.languages.lexicon import DataError, Lexicon, Reading
from pipeline.text.folding import fold
from pipeline.text.tokens import tokenize

Write = Callable[..., Lexicon]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Make the lexicon of a topic from the text of its files: `write(uz="...", ru="...")`."""
    monkeypatch.setattr(module, "language_file", lambda *parts: tmp_path.joinpath(*parts))

    def write(**files: str) -> Lexicon:
        for language, text in files.items():
            (tmp_path / language).mkdir(exist_ok=True)
            (tmp_path / language / "topic.toml").write_text(text, encoding="utf-8")
        return Lexicon("topic")

    return write


def phrase(lexicon: Lexicon, language: str, text: str, index: int = 0) -> Reading | None:
    tokens = tokenize(text)
    return lexicon.phrase(language, tokens.fold, tokens.kind, index)


class TestWords:
    def test_value_and_symbol(self, write: Write) -> None:
        lexicon = write(uz='[words]\nYEARWORD = ["yil"]\n[words.MONTH]\n9 = ["sentabr"]')
        assert lexicon.symbols == {"YEARWORD", "MONTH"}
        assert lexicon.reading("uz", fold("йил")) == Reading("YEARWORD", "yearword")
        assert lexicon.reading("uz", fold("сентябрда")) == Reading("MONTH", "9", "loc")

    def test_uzbek_endings_are_told(self, write: Write) -> None:
        lexicon = write(uz='[words]\nHEAD = ["kutubxona", "vazirlik"]')
        assert lexicon.reading("uz", fold("Кутубхоналаридан")) == Reading("HEAD", "head", "abl", 1, True, True)
        assert lexicon.reading("uz", fold("vazirligining")) == Reading("HEAD", "head", "gen", 1, True, False)

    @pytest.mark.parametrize("form", "музей музея музею музеем музее музеи музеев музеям МУЗЕЯМИ музеях".split())
    def test_russian_forms(self, write: Write, form: str) -> None:
        found = write(ru='[words]\nHEAD = ["музей"]').reading("ru", fold(form))
        assert found is not None
        assert found.symbol == "HEAD"

    def test_paradigm_gives_each_stem_each_ending(self, write: Write) -> None:
        lexicon = write(
            uz='[[paradigm]]\nstems = ["imzola", "imzo chek"]\n[paradigm.endings]\nSIGNED = ["di"]\n"SIGNED.we" = ["dik"]\nNOT = ["madi"]'
        )
        assert lexicon.symbols == {"SIGNED", "NOT"}
        assert lexicon.reading("uz", fold("имзолади")) == Reading("SIGNED", "signed")
        assert lexicon.reading("uz", fold("imzoladik")) == Reading("SIGNED", "we")
        assert lexicon.reading("uz", fold("imzolamadi")) == Reading("NOT", "not")
        assert lexicon.reading("uz", fold("imzolamoqchi")) is None
        found = phrase(lexicon, "uz", "имзо чекмади")
        assert found is not None
        assert (found.symbol, found.length) == ("NOT", 2)
        assert phrase(lexicon, "uz", "imzo chekdilar") is None

    @pytest.mark.parametrize(
        "form", "berdi berishgan бермоқда bermayapmiz берарди bergach berishini berganlaridan".split()
    )
    def test_uzbek_verb_by_its_stem(self, write: Write, form: str) -> None:
        lexicon = write(uz='[words.VERB]\ngive = ["ber~"]')
        assert lexicon.reading("uz", fold(form)) == Reading("VERB", "give")

    @pytest.mark.parametrize("form", "beri berk berilgan bermud berkitdi".split())
    def test_what_is_no_form_of_an_uzbek_verb(self, write: Write, form: str) -> None:
        assert write(uz='[words.VERB]\ngive = ["ber~"]').reading("uz", fold(form)) is None

    def test_uzbek_verb_of_two_words(self, write: Write) -> None:
        lexicon = write(uz='[words.VERB]\ntake = ["olib ket~"]\nbring = ["=olib"]')
        found = phrase(lexicon, "uz", "kitobni olib ketishgan", 1)
        assert found is not None
        assert (found.value, found.length) == ("take", 2)
        assert phrase(lexicon, "uz", "olib keldi") is None

    def test_of_a_verb_and_a_beginning_the_longer(self, write: Write) -> None:
        lexicon = write(uz='[words.VERB]\ncome = ["qayt~"]\ngive = ["qaytar*"]')
        assert [lexicon.reading("uz", word).value for word in ("qaytardi", "qaytdi")] == ["give", "come"]  # type: ignore[union-attr]

    def test_exact(self, write: Write) -> None:
        lexicon = write(uz='[words]\nMAY = ["=may"]')
        assert lexicon.reading("uz", "may") is not None
        assert lexicon.reading("uz", "mayda") is None

    def test_exact_goes_before_the_others(self, write: Write) -> None:
        lexicon = write(uz='[words]\nHEAD = ["arxiv"]\nOTHER = ["=arxivda", "arx*"]')
        assert [r.symbol for r in (lexicon.reading("uz", w) for w in ("arxivda", "arxivga", "arxeolog")) if r] == [
            "OTHER",
            "HEAD",
            "OTHER",
        ]

    def test_beginning(self, write: Write) -> None:
        lexicon = write(ru='[words]\nSIGN = ["подпис*", "подписк*"]')
        assert lexicon.reading("ru", fold("подписали")) is not None
        assert lexicon.reading("ru", fold("подпи")) is None

    def test_languages_are_apart_but_what_is_common_is_for_all(self, write: Write) -> None:
        lexicon = write(common='[words]\nA = ["unesco"]', uz='[words]\nB = ["va"]', ru='[words]\nC = ["и"]')
        assert [lexicon.reading(language, "unesco") is not None for language in ("uz", "ru", "en", "und")] == [True] * 4
        assert [lexicon.reading(language, "va") is not None for language in ("uz", "ru", "und")] == [True, False, False]

    def test_own_words_go_before_common_ones(self, write: Write) -> None:
        lexicon = write(common='[words]\nA = ["=on"]', en='[words]\nB = ["=on"]')
        own, other = lexicon.reading("en", "on"), lexicon.reading("uz", "on")
        assert own is not None
        assert other is not None
        assert (own.symbol, other.symbol) == ("B", "A")

    def test_loose_spelling_only_where_the_topic_asks(self, write: Write) -> None:
        words = '[words]\nDEED = ["hamkorlik", "qo‘lyozma"]'
        assert write(uz=words).reading("uz", fold("хамкорлик")) is None
        loose = write(uz="loose = true\n" + words)
        for word in ("хамкорлик", "ҳамкорлигимиз", "кулёзма", "qolyozmasi"):
            assert loose.reading("uz", fold(word)) is not None

    def test_settings_of_languages_are_joined(self, write: Write) -> None:
        lexicon = write(uz="[table]\na = 1", ru="flag = true\n[table]\nb = 2")
        assert lexicon.settings == {"table": {"a": 1, "b": 2}, "flag": True}


class TestPhrases:
    DATA = '[words]\nNOW = ["hozirgi kun", "=shu kungacha", "hozirgi kun qadar bor"]'

    def test_each_word_in_any_form(self, write: Write) -> None:
        found = phrase(write(uz=self.DATA), "uz", "ҳозирги кунга келиб")
        assert found == Reading("NOW", "now", "dat", 2)

    def test_exactly_so(self, write: Write) -> None:
        lexicon = write(uz=self.DATA)
        assert phrase(lexicon, "uz", "шу кунгача") is not None
        assert phrase(lexicon, "uz", "шу кунда") is None

    def test_the_longest(self, write: Write) -> None:
        found = phrase(write(uz=self.DATA), "uz", "hozirgi kunga qadar bor edi")
        assert found is not None
        assert found.length == 4

    def test_not_beyond_the_text(self, write: Write) -> None:
        assert phrase(write(uz=self.DATA), "uz", "hozirgi") is None

    def test_signs_are_tokens(self, write: Write) -> None:
        lexicon = write(uz='[words]\nHEAD = ["axborot-resurs markaz"]', ru='[words]\nHEAD = ["и т. д."]')
        found = phrase(lexicon, "uz", "axborot-resurs markazining")
        assert found == Reading("HEAD", "head", "gen", 4, True)
        assert phrase(lexicon, "ru", "и т. д.") is not None
        assert phrase(lexicon, "ru", "и т, д.") is None

    def test_opens(self, write: Write) -> None:
        lexicon = write(uz=self.DATA)
        assert lexicon.opens("uz", "hozirgi")
        assert not lexicon.opens("uz", "kun")
        assert not lexicon.opens("ru", "hozirgi")

    def test_loose_phrase(self, write: Write) -> None:
        lexicon = write(uz='loose = true\n[words]\nHEAD = ["o‘quv zali"]')
        assert phrase(lexicon, "uz", "укув залида") is not None


class TestShorthand:
    """One entry for many phrases."""

    @pytest.mark.parametrize(
        "text", ["take out of the box", "takes them out of box", "taken out of a crate", "taking it out of the crate"]
    )
    def test_english_verb_slot_and_alternatives(self, write: Write, text: str) -> None:
        lexicon = write(en='slot = ["the", "a", "it", "them"]\n[words.DEED]\nunpack = ["take~ _ out of _ box/crate"]')
        found = phrase(lexicon, "en", text)
        assert found == Reading("DEED", "unpack", length=len(text.split()))

    @pytest.mark.parametrize(
        "text",
        [
            "take two out of the box",
            "take the them out of the box",
            "take out the box",
            "took out of the bag",
            "taker out of the box",
        ],
    )
    def test_what_it_does_not_stand_for(self, write: Write, text: str) -> None:
        lexicon = write(en='slot = ["the", "a", "it", "them"]\n[words.DEED]\nunpack = ["take~ _ out of _ box/crate"]')
        assert phrase(lexicon, "en", text) is None

    def test_the_longest_goes_before_a_slot(self, write: Write) -> None:
        lexicon = write(en='slot = ["the"]\n[words.DEED]\ngo = ["go~ to _ museum"]\ngive = ["go~ to the museum shop"]')
        assert [
            r.value for text in ("went to the museum", "went to the museum shop") if (r := phrase(lexicon, "en", text))
        ] == ["go", "give"]

    def test_a_slot_is_of_its_language(self, write: Write) -> None:
        lexicon = write(en='slot = ["the"]\n[words]\nA = ["in _ box"]', ru='[words]\nA = ["в _ ящик"]')
        assert phrase(lexicon, "en", "in the box") is not None
        assert phrase(lexicon, "ru", "в ящике") is not None
        assert phrase(lexicon, "ru", "в the ящик") is None

    @pytest.mark.parametrize(
        ("word", "meant"), [("stopped", True), ("carries", True), ("given", True), ("gived", False), ("carrying", True)]
    )
    def test_english_verb_by_its_base_form(self, write: Write, word: str, meant: bool) -> None:
        lexicon = write(en='[words.DEED]\none = ["stop~", "carry~", "give~"]')
        assert (lexicon.reading("en", fold(word)) is not None) is meant

    def test_uzbek_verbs_that_are_alike(self, write: Write) -> None:
        lexicon = write(
            uz='alike = [["qil", "et", "ayla"]]\n[words.DEED]\ndonate = ["hadya qil~"]\nlend = ["ijara et~"]'
        )
        for text in ("hadya qildi", "ҳадя этган", "hadya aylamoqda"):
            found = phrase(lexicon, "uz", text)
            assert found == Reading("DEED", "donate", length=2)
        assert phrase(lexicon, "uz", "ijara etdi") is not None
        assert phrase(lexicon, "uz", "ijara qildi") is None  # only the first of the list stands for all

    def test_exactly_one_of_several(self, write: Write) -> None:
        lexicon = write(uz='[words]\nA = ["=bera/topa olmadik"]')
        assert phrase(lexicon, "uz", "topa olmadik") is not None
        assert phrase(lexicon, "uz", "topa olmadikmi") is None

    @pytest.mark.parametrize("form", ["все", "истекли"])
    def test_what_is_written_with_yo_is_read_without_where_the_topic_asks(self, write: Write, form: str) -> None:
        data = '[words]\nA = ["=всё", "истёк*"]'
        assert write(ru=data).reading("ru", fold(form)) is None
        assert write(ru="without_yo = true\n" + data).reading("ru", fold(form)) is not None

    @pytest.mark.parametrize("entry", ["_ box", "take _", "take~ _/the box", "a//b c", "~", "take ~"])
    def test_a_place_without_a_word_is_an_error(self, write: Write, entry: str) -> None:
        with pytest.raises(DataError, match=r"en/topic\.toml"):
            write(en=f'[words]\nA = ["{entry}"]')


class TestDataErrors:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ('[words]\nA = ["yil"]\nB = ["yil"]', "two|stands under A"),
            ('[words.A]\n1 = ["yil"]\n2 = ["йил"]', "stands under A 1 and A 2"),
            ('[words]\nA = ["ikki yil"]\nB = ["ikki yil"]', "stands under A a and B b"),
            ('[words]\nA = ["=bir"]\nB = ["=bir"]', "stands under A"),
            ('[words.A]\n1 = ["ikki yil"]\n2 = ["ikki/uch yil"]', "stands under A 1 and A 2"),
            ('[words]\nA = ["ma*"]\nB = ["ma*"]', "stands under A"),
            ('[words]\nA = [""]', "empty word"),
            ('[words]\nA = ["="]\nB = ["*"]', "empty word"),
            ("[words\nA = 1", "TOML"),
        ],
    )
    def test_the_file_is_named(self, write: Write, text: str, reason: str) -> None:
        with pytest.raises(DataError, match=reason) as error:
            write(uz=text)
        assert "uz/topic.toml" in str(error.value)

    def test_a_word_twice_with_one_meaning_is_no_error(self, write: Write) -> None:
        assert write(uz='[words]\nA = ["yil", "йил"]').reading("uz", "yil") == Reading("A", "a")

    def test_no_utf_8(self, write: Write, tmp_path: Path) -> None:
        (tmp_path / "ru").mkdir()
        (tmp_path / "ru" / "topic.toml").write_bytes('[words]\nA = ["год"]'.encode("cp1251"))
        with pytest.raises(DataError, match=r"ru/topic\.toml.*UTF-8"):
            write()
