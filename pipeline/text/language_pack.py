"""Uzbek for the `transliterate` library, which has no Uzbek of its own and knows no context.

Call `register()` once; then `transliterate.translit(text, "uz")` is `to_cyrillic(text)` and
`transliterate.translit(text, "uz", reversed=True)` is `to_latin(text)`.
"""

from __future__ import annotations

from transliterate.base import TranslitLanguagePack, registry  # type: ignore[import-untyped]
from transliterate.discover import autodiscover  # type: ignore[import-untyped]

from pipeline.text.transliteration import to_cyrillic, to_latin

__all__ = ["UzbekLanguagePack", "register"]

_SINGLE = "abdfghijklmnopqrstuvxyz"


class UzbekLanguagePack(TranslitLanguagePack):  # type: ignore[misc]
    """Uzbek Latin (source) and Cyrillic (target). `mapping` shows the single letters; `translit` knows the rules."""

    language_code = "uz"
    language_name = "Uzbek"
    character_ranges = ((0x0400, 0x04FF),)
    mapping = (_SINGLE + _SINGLE.upper(), "".join(map(to_cyrillic, _SINGLE + _SINGLE.upper())))
    detectable = False  # by its range alone it would take Russian for Uzbek

    def translit(self, value: str, reversed: bool = False, strict: bool = False, fail_silently: bool = True) -> str:
        """Return the text in the other script. `strict` and `fail_silently` change nothing here."""
        return to_latin(value) if reversed else to_cyrillic(value)


def register() -> None:
    """Make Uzbek known to the library, beside its own languages; any number of calls is as good as one."""
    # The library looks for its own packs only while its registry is empty.
    if not registry.registry:
        autodiscover()
    registry.register(UzbekLanguagePack)
