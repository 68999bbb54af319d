"""Gold written down: the file's text that `parse_gold` reads back as the same gold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from pipeline.evaluation.gold import Gold, GoldCount, GoldDate, GoldError, GoldMention, GoldTrigger

__all__ = ["AnySpan", "attributes", "format_gold", "quoted", "spans"]

AnySpan = GoldMention | GoldDate | GoldCount | GoldTrigger

_NO_VALUE = re.compile(r'["<>]')
_PLAIN = re.compile(r"[^\W_](?:[\w '’‘ʻʼ./()&+-]*[\w.)])?")
_TAIL = re.compile(r"\r?\n---\r?\n")


def format_gold(gold: Gold) -> str:
    """Return the text of a gold file, inverse of `parse_gold`. Raises GoldError for what the notation cannot hold."""
    body = _tagged(gold)
    # The reader takes one carriage return before the line of dashes for a part of it.
    line = "\r\n---\n" if body.endswith("\r") else "\n---\n"
    tail = _TAIL.search(body + line)
    assert tail is not None
    if tail.start() != len(body):
        at = body.count("\n", 0, tail.start()) + 2
        raise GoldError(gold.id, at, "a line of the article is `---`, which ends the article of a gold file; change it")
    return body + line + "".join(_lists(gold))


def spans(gold: Gold) -> list[tuple[str, AnySpan]]:
    """Return all spans with the names of their tags (i, d, c, a), in the order of the text, outer spans before inner ones."""
    layers: tuple[tuple[str, tuple[AnySpan, ...]], ...] = (
        ("i", gold.institutions),
        ("c", gold.counts),
        ("a", gold.triggers),
        ("d", gold.dates),
    )
    every = [(name, span) for name, layer in layers for span in layer]
    return sorted(every, key=lambda pair: (pair[1].start, -pair[1].end))


def attributes(span: AnySpan) -> dict[str, str]:
    """Return the attributes that the tag of a span has in a gold file."""
    values: dict[str, str | None]
    if isinstance(span, GoldMention):
        values = {"id": span.entity, "implied": "1" if span.implied else None}
    elif isinstance(span, GoldDate):
        values = {"v": span.edtf}
    elif isinstance(span, GoldTrigger):
        values = {"id": span.id}
    else:
        number = None if span.number is None else f"{span.number}"
        if number is not None and span.number_max is not None:
            number += f"..{span.number_max}"
        values = {"n": number, "unit": span.unit, "act": span.act, "bound": span.bound}
        values |= {"from": span.from_, "to": span.to, "by": span.by}
    values["opt"] = "1" if span.optional else None
    return {name: value for name, value in values.items() if value is not None}


def quoted(text: str, *, plain: re.Pattern[str] = _PLAIN) -> str:
    """Return a text as it may stand within one line: itself where it is plain, else in double quotes as JSON (and YAML) reads them."""
    if plain.fullmatch(text):
        return text
    return "".join(
        sign if sign.isprintable() or ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}"
        for sign in json.dumps(text, ensure_ascii=False)
    )


def _tagged(gold: Gold) -> str:
    pieces: list[str] = []
    open_spans: list[tuple[str, AnySpan]] = []
    at = 0

    def text_until(position: int) -> None:
        nonlocal at
        pieces.append(_escaped(gold.text[at:position]))
        at = position

    def close_until(position: int) -> None:
        while open_spans and open_spans[-1][1].end <= position:
            name, span = open_spans.pop()
            text_until(span.end)
            pieces.append(f"</{name}>")

    for name, span in spans(gold):
        close_until(span.start)
        text_until(span.start)
        values = attributes(span)
        bad = next((value for value in values.values() if _NO_VALUE.search(value)), None)
        if bad is not None:
            line = gold.text.count("\n", 0, span.start) + 1
            raise GoldError(gold.id, line, f'{span.text!r}: the value {bad!r} holds one of " < >, which no tag can')
        said = "".join(f' {key}="{value}"' for key, value in values.items())
        pieces.append(f"<{name}{said}>")
        open_spans.append((name, span))
    close_until(len(gold.text))
    text_until(len(gold.text))
    return "".join(pieces)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lists(gold: Gold) -> Iterable[str]:
    if gold.entities:
        yield "institutions:\n"
    for slug, entity in gold.entities.items():
        fields = {"kind": entity.kind, "country": entity.country, **entity.names}
        yield f"  {quoted(slug)}: {{{_flow(fields)}}}\n"
    if gold.agreements:
        yield "agreements:\n"
    for agreement in gold.agreements:
        parties = ", ".join(map(quoted, agreement.parties))
        dates = {"signed": agreement.signed, "valid": agreement.valid, "trigger": agreement.trigger}
        dates["opt"] = "1" if agreement.optional else None
        kind = _flow({"kind": agreement.kind, "status": agreement.status})
        yield f"  - {{{kind}, parties: [{parties}], {_flow(dates)}}}\n"


def _flow(fields: dict[str, str | None]) -> str:
    return ", ".join(f"{quoted(name)}: {quoted(value)}" for name, value in fields.items() if value is not None)
