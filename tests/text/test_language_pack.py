"""Uzbek in the `transliterate` library."""

from __future__ import annotations

import subprocess
import sys

import pytest
import transliterate
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.language_pack import UzbekLanguagePack, register
from pipeline.text.transliteration import to_cyrillic, to_latin


@pytest.fixture(scope="module", autouse=True)
def _registered() -> None:
    register()
    register()


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Oʻzbekiston Milliy kutubxonasi", "Ўзбекистон Миллий кутубхонаси"),
        ("SHAHAR, sanʼat, Yevropa, konferensiya", "ШАҲАР, санъат, Европа, конференция"),
        ("16-sentabr, budjet, obyekt", "16-сентябрь, бюджет, объект"),
    ],
)
def test_both_ways_through_the_library(latin: str, cyrillic: str) -> None:
    assert transliterate.translit(latin, "uz") == cyrillic
    assert transliterate.translit(cyrillic, "uz", reversed=True) == latin


@given(st.text(alphabet="абвеёцчшъьюяўқғҳАЕШЦЯЎ abehosuyzşö'ʻʼ’.-\n", max_size=40))
def test_the_library_gives_exactly_what_we_give(text: str) -> None:
    assert transliterate.translit(text, "uz") == to_cyrillic(text)
    assert transliterate.translit(text, "uz", reversed=True) == to_latin(text)
    assert transliterate.translit(text, "uz", strict=True) == to_cyrillic(text)


def test_other_languages_of_the_library_stay() -> None:
    assert {"ru", "uk", "ka", "uz"} <= set(transliterate.get_available_language_codes())
    assert transliterate.translit("Москва", "ru", reversed=True) == "Moskva"
    assert transliterate.detect_language("Москва и библиотека") == "ru"


def test_slug() -> None:
    assert transliterate.slugify("Ўзбекистон Миллий кутубхонаси", "uz") == "ozbekiston-milliy-kutubxonasi"


def test_the_mapping_shows_the_single_letters() -> None:
    latin, cyrillic = UzbekLanguagePack.mapping
    assert dict(zip(latin, cyrillic, strict=True))["q"] == "қ"


def test_nothing_is_registered_by_an_import() -> None:
    """In a fresh interpreter: an import leaves the library's registry as it was; registering keeps the others."""
    code = (
        "import pipeline, pipeline.text.language_pack as pack\n"
        "from transliterate.base import registry\n"
        "assert 'uz' not in registry.registry\n"
        "pack.register()\n"
        "assert {'uz', 'ru'} <= set(registry.registry)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
