"""Encodings: what is read is what was written, from two words to pages, and what is no text is refused."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import ReadingError
from pipeline.reading.encoding import decode

from .sentences import ENGLISH, RUSSIAN, UZBEK, UZBEK_LATIN, phrases, typed

CODECS = {"windows-1251": "cp1251", "koi8-r": "koi8_r", "cp866": "cp866"}
LANGUAGES = {"ru": RUSSIAN, "uz": UZBEK}


def has_cyrillic(text: str) -> bool:
    return any("а" <= char.lower() <= "я" for char in text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", CODECS)
def test_whole_sentences_are_read_in_every_encoding(language: str, encoding: str) -> None:
    codec = CODECS[encoding]
    for sentence in LANGUAGES[language]:
        text = typed(sentence, codec)
        assert decode(text.encode(codec), source="a.txt") == (text, encoding)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", CODECS)
@pytest.mark.parametrize(("words", "least"), [(1, 0.93), (2, 0.97), (3, 1.0), (5, 1.0)])
def test_short_strings(language: str, encoding: str, words: int, least: float) -> None:
    codec = CODECS[encoding]
    texts = [text for text in (typed(run, codec) for run in phrases(LANGUAGES[language], words)) if has_cyrillic(text)]
    assert len(texts) > 60
    wrong: list[str] = []
    for text in texts:
        try:
            read, _ = decode(text.encode(codec), source="a.txt")
        except ReadingError:
            read = ""
        if read != text:
            wrong.append(text)
    assert len(wrong) <= (1 - least) * len(texts), wrong


@pytest.mark.parametrize("encoding", CODECS)
def test_capital_letters_and_pages(encoding: str) -> None:
    codec = CODECS[encoding]
    for sentences in LANGUAGES.values():
        page = "\r\n".join(typed(sentence, codec) for sentence in sentences)
        for text in (page, page.upper(), page * 50, "PDF, ISO 9001 & IFLA\n" * 200 + page):
            assert decode(text.encode(codec), source="a.txt") == (text, encoding)


def test_capital_headlines_of_three_words() -> None:
    for encoding, codec in CODECS.items():
        for run in phrases(RUSSIAN, 3):
            text = typed(run.upper(), codec)
            if sum(char.isalpha() for char in text) > 8:
                assert decode(text.encode(codec), source="a.txt") == (text, encoding)


@pytest.mark.parametrize("sentences", [RUSSIAN, UZBEK, UZBEK_LATIN, ENGLISH])
@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_unicode_with_and_without_mark(sentences: tuple[str, ...], mark: bool, encoding: str) -> None:
    marks = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    for text in (*sentences, "\n\n".join(sentences) * 40, sentences[0].split()[0]):
        data = (marks[encoding] if mark else b"") + text.encode(encoding)
        assert decode(data, source="a.txt") == (text, encoding)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("The café of the Musée", "cp1252"),
        ("“Ten” copies – or more… for £5", "cp1252"),
        ("O‘zbekiston va Qozog‘iston kutubxonalari", "cp1252"),
        ("Müller and José signed", "cp1252"),
        ("Beş yıllık kütüphane işbirliği anlaşması imzalandı", "cp1254"),
        ("Order № 5 of the museum", "cp1251"),
        ("The book «Музей и время» was given to Osh", "cp1251"),
        ("Kitob (Китоб) 40 nusxada bosildi", "cp866"),
    ],
)
def test_single_byte_signs_in_latin_text(text: str, codec: str) -> None:
    assert decode(text.encode(codec), source="a.txt")[0] == text


def test_every_character_is_kept() -> None:
    text = "\ufeffa\r\nb\rc\u2028d\u00a0e\u00ade\u0301\x0c\tЎ\u02bb  \n"
    assert decode(text.encode("utf-8-sig"), source="a.txt")[0] == text
    assert decode(text.encode(), source="a.txt")[0] == text[1:]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_read_back(text: str) -> None:
    read, encoding = decode(text.encode("utf-8-sig"), source="a.txt")
    assert (read, encoding) == (text, "utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data, source="a.txt")
    except ReadingError as error:
        assert "\n" not in str(error)
    else:
        assert codecs.lookup({"x-mac-cyrillic": "mac_cyrillic"}.get(encoding, encoding))
        assert len(text) <= len(data)


@pytest.mark.parametrize("sentences", [RUSSIAN, UZBEK])
def test_utf8_with_broken_bytes(sentences: tuple[str, ...]) -> None:
    data = "\n".join(sentences).encode()
    middle = data[:201] + b"\xff" + data[201:]
    text, encoding = decode(middle, source="a.txt")
    assert encoding == "utf-8"
    assert 1 <= text.count("\ufffd") <= 3
    cut = next(data[:end] for end in range(400, 410) if 0x80 <= data[end] < 0xC0)
    assert decode(cut, source="a.txt") == (cut[:-1].decode() + "\ufffd", "utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03" * 50,
        b"text \x00 and a zero",
        bytes(range(1, 32)) * 4,
        random.Random(7).randbytes(4000),
        bytes(random.Random(8).choices(range(32, 256), k=4000)),
        " ".join(RUSSIAN).encode() + typed(" ".join(RUSSIAN), "cp1251").encode("cp1251"),
    ],
    ids=["zeros", "one zero", "controls", "random", "random without controls", "two encodings"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        decode(data, source="folder/x.txt")
    assert str(caught.value).startswith("folder/x.txt: ")
    assert "UTF-8" in caught.value.reason or "convert" in caught.value.reason


@pytest.mark.parametrize(
    ("declared", "codec", "encoding"),
    [
        ("windows-1251", "cp1251", "windows-1251"),
        ("KOI8-R", "koi8_r", "koi8-r"),
        ("iso-8859-1", "cp1251", "windows-1251"),
        ("utf-8", "cp1251", "windows-1251"),
        ("koi8-r", "cp1251", "windows-1251"),
        ("windows-1251", "utf-8", "utf-8"),
        ("no-such-thing", "cp866", "cp866"),
        ("rot13", "cp866", "cp866"),
        ("unicode_escape", "cp866", "cp866"),
        ("base64", "cp866", "cp866"),
    ],
)
def test_a_declaration_counts_unless_the_letters_contradict(declared: str, codec: str, encoding: str) -> None:
    text = typed(RUSSIAN[1], codec)
    assert decode(text.encode(codec), source="a.html", declared=declared) == (text, encoding)


def test_a_declaration_decides_what_is_too_short_to_tell() -> None:
    assert decode("чоп".encode("cp1251"), source="a.html", declared="windows-1251")[0] == "чоп"
    assert decode("図書館".encode("shift_jis"), source="a.html", declared="shift_jis") == ("図書館", "shift_jis")


def test_large_files_are_read() -> None:
    text = typed("\n".join(RUSSIAN) + "\n", "cp1251") * 10_000
    assert decode(text.encode("cp1251"), source="a.txt")[0] == text
    assert decode(b"\xe0" * 5_000_000 + b"\n", source="a.txt", declared="cp1251")[0] == "а" * 5_000_000 + "\n"
