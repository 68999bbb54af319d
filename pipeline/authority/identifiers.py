"""Identifiers of institutions in other registers, and how each is written. An identifier that cannot be is never kept."""

from __future__ import annotations

import re

__all__ = ["IDENTIFIERS", "wrong_with"]

_FORMS = {
    "wikidata": (re.compile(r"Q[1-9]\d*"), "a Wikidata item is Q and a number"),
    "ror": (re.compile(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}"), "a ROR is 0, six letters or digits and two digits"),
    "isil": (
        re.compile(r"(?:[A-Z]{2}|[A-Za-z0-9]{1,4})-[A-Za-z0-9:/-]{1,11}"),
        "an ISIL is a prefix, a hyphen and up to 11 signs",
    ),
    "viaf": (re.compile(r"[1-9]\d{1,21}"), "a VIAF is a number"),
    "isni": (re.compile(r"\d{15}[\dX]"), "an ISNI has 16 digits, the last may be X"),
}
IDENTIFIERS = tuple(_FORMS)
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def wrong_with(name: str, value: str) -> str | None:
    """Return what is wrong with an identifier of the register `name`, None where it may be: its form, and its check digits where it has them."""
    form, told = _FORMS[name]
    if not form.fullmatch(value):
        return told
    if name == "isni" and _isni_check(value[:-1]) != value[-1]:
        return f"its check digit should be {_isni_check(value[:-1])}"
    if name == "ror" and _ror_check(value[1:-2]) != int(value[-2:]):
        return f"its check digits should be {_ror_check(value[1:-2]):02d}"
    return None


def _isni_check(digits: str) -> str:
    """Return the check character of ISO 7064, MOD 11-2, which ISO 27729 prescribes."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)


def _ror_check(letters: str) -> int:
    """Return the two check digits of ISO 7064, MOD 97-10, over Crockford's base 32 (https://ror.readme.io/docs/identifier)."""
    number = 0
    for letter in letters:
        number = number * 32 + _CROCKFORD.index(letter)
    return 98 - (number * 100) % 97
