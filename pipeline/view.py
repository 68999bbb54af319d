"""Findings for human eyes: an article with its findings marked, in the terminal or as one page, and the reasons of each."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extraction import Findings
from pipeline.pages import page
from pipeline.records import CopyCount, Record

__all__ = ["explanation", "terminal", "web_page"]

_STYLES = {
    "institution": "black on bright_cyan",
    "date": "black on bright_yellow",
    "count": "black on bright_green",
    "trigger": "black on bright_magenta",
}
_BOUNDS = {"min": "more than", "max": "up to", "approx": "about"}


_HEADINGS = {"institution": "Institutions", "date": "Dates", "count": "Copy counts", "trigger": "Agreements"}


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    layer: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is said of one thing, and the places where the text says it."""

    layer: str
    title: str
    facts: tuple[str, ...]
    marks: tuple[_Mark, ...]


def _entries(record: Record) -> Iterator[_Entry]:
    """Yield institutions, dates, counts, agreements, each in the order of the record."""
    names = {institution.id: institution.name for institution in record.institutions}

    def who(parties: Sequence[str]) -> str:
        return ", ".join(names.get(party, party.removeprefix("country:")) for party in parties)

    facts: tuple[str, ...]
    for institution in record.institutions:
        facts = (institution.kind, institution.country or "no country", institution.authority or "not in the gazetteer")
        places = tuple(_Mark(place.start, place.end, "institution", place.rule) for place in institution.mentions)
        yield _Entry("institution", institution.name, facts, places)
    for date in record.dates:
        yield _Entry("date", date.edtf, (), (_Mark(date.start, date.end, "date", date.rule),))
    totals = {count.id: _number(count) for count in record.copy_counts}
    for count in record.copy_counts:
        sides = (("from", count.from_), ("to", count.to), ("by", count.by))
        facts = (count.act, *(f"{side} {who(parties)}" for side, parties in sides if parties))
        facts += (f"on {count.date}",) if count.date else ()
        facts += (f"part of the {totals[count.part_of]}",) if count.part_of in totals else ()
        mark = _Mark(count.start, count.end, "count", count.rule)
        yield _Entry("count", _number(count), facts, (mark,))
    for agreement in record.agreements:
        facts = (who(agreement.parties), agreement.status.replace("_", " "))
        facts += tuple(
            f"{name} {value}" for name, value in (("on", agreement.signed), ("valid", agreement.valid)) if value
        )
        trigger = _Mark(agreement.trigger.start, agreement.trigger.end, "trigger", agreement.rule)
        yield _Entry("trigger", agreement.kind, facts, (trigger,))


def _number(count: CopyCount) -> str:
    number = f"{count.number:,}" + (f"–{count.number_max:,}" if count.number_max else "")
    return " ".join(filter(None, (_BOUNDS.get(count.bound or ""), number, count.unit)))


def _marks(entries: Iterable[_Entry]) -> list[_Mark]:
    """Return what to mark, in order, the words of several agreements once; a mark within another stays inside it."""
    marks = {(mark.layer, mark.start, mark.end): mark for entry in entries for mark in entry.marks}
    return sorted(marks.values(), key=lambda mark: (mark.start, -mark.end))


def terminal(text: str, record: Record) -> None:
    """Print the article in colour, then a table of what was found."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    entries = list(_entries(record))
    shown = Text(text)
    for mark in _marks(entries):
        shown.stylize(_STYLES[mark.layer], mark.start, mark.end)
    console.print(shown)
    table = Table("what", "text", "value", title=Text(record.document.title or record.document.id))
    places = [(mark, entry) for entry in entries for mark in entry.marks]
    for mark, entry in sorted(places, key=lambda place: (place[0].start, -place[0].end)):
        said = " · ".join((entry.title, *entry.facts, mark.rule))
        table.add_row(mark.layer, Text(_line(text, mark)), Text(said))
    console.print(table)


def web_page(text: str, record: Record) -> str:
    """Return one self-contained page: the article with its findings marked, and a list of them."""
    entries = list(_entries(record))
    marks = _marks(entries)
    numbers = {(mark.layer, mark.start, mark.end): number for number, mark in enumerate(marks, start=1)}
    languages = {segment.language for segment in record.document.segments} - {"und"}
    return page(
        "view",
        title=html.escape(record.document.title or record.document.id),
        source=html.escape(record.document.source),
        language=f' lang="{languages.pop()}"' if len(languages) == 1 else "",
        boxes="".join(_boxes(entries)),
        article=_marked(text, marks),
        findings="\n".join(_findings(text, entries, numbers)) or "<p>Nothing was found.</p>",
        record=record.model_dump_json(by_alias=True).replace("<", "\\u003c"),
    )


def _line(text: str, mark: _Mark) -> str:
    return " ".join(text[mark.start : mark.end].split())


def _marked(text: str, marks: Sequence[_Mark]) -> str:
    """Return the text as HTML with nested marks; a mark that crosses another is cut at its edge."""
    out: list[str] = []
    open_ends: list[int] = []
    at = 0

    def close_until(position: int) -> None:
        nonlocal at
        while open_ends and open_ends[-1] <= position:
            end = open_ends.pop()
            out.append(html.escape(text[at:end]) + "</mark>")
            at = max(at, end)

    for number, mark in enumerate(marks, start=1):
        close_until(mark.start)
        end = min(mark.end, open_ends[-1]) if open_ends else mark.end
        out.append(html.escape(text[at : mark.start]))
        at = mark.start
        out.append(f'<mark class="{mark.layer}" id="m{number}" tabindex="0" role="link" data-finding="f{number}">')
        open_ends.append(end)
    close_until(len(text))
    out.append(html.escape(text[at:]))
    return "".join(out)


def _boxes(entries: Sequence[_Entry]) -> Iterator[str]:
    for layer, heading in _HEADINGS.items():
        number = sum(entry.layer == layer for entry in entries)
        yield f'<label class="{layer}"><input type="checkbox" checked value="{layer}"> {heading} <span>{number}</span></label>'


def _findings(text: str, entries: Sequence[_Entry], numbers: Mapping[tuple[str, int, int], int]) -> Iterator[str]:
    """Yield a list for each layer; a place is a link to its mark, and the first entry of a mark is what the mark leads to."""
    led_to: set[int] = set()
    for layer, heading in _HEADINGS.items():
        some = [entry for entry in entries if entry.layer == layer]
        if not some:
            continue
        yield f'<section class="{layer}" aria-labelledby="h-{layer}"><h2 id="h-{layer}">{heading}</h2><ol>'
        for entry in some:
            places = []
            for mark in entry.marks:
                number = numbers[(layer, mark.start, mark.end)]
                own = "" if number in led_to else f' id="f{number}"'
                led_to.add(number)
                words, rule = html.escape(_line(text, mark)), html.escape(mark.rule)
                places.append(f'<li><a href="#m{number}"{own}>{words}</a> <span class="rule">{rule}</span></li>')
            facts = html.escape(" · ".join(entry.facts))
            said = f'<span class="facts">{facts}</span>' if facts else ""
            yield f"<li><b>{html.escape(entry.title)}</b> {said}<ul>{''.join(places)}</ul></li>"
        yield "</ol></section>"


def _sure(confidence: float) -> str:
    """Return how sure a judge is, where one was asked."""
    return f"; confidence {confidence:.2f}" if confidence < 1.0 else ""


def explanation(findings: Findings) -> Iterator[str]:
    """Yield one line for each repair, passage and finding: where it stands, what it says, and which rule, name or reason gave it."""
    from pipeline.finders.second_opinion import second_opinion

    document, source = findings.document, findings.document.source

    def at(first: int, last: int) -> str:
        start, end = document.source_span(first, last)
        return f"{start:>7}-{end:<7} {json.dumps(' '.join(source[start:end].split()), ensure_ascii=False)}"

    for repair in document.repairs:
        yield f"repair      {repair.start:>7}-{repair.end:<7} {json.dumps(source[repair.start : repair.end], ensure_ascii=False)}  {repair.kind}"
    for passage in document.passages:
        start, end = document.aligned.span(passage.start, passage.end) if passage.end > passage.start else (0, 0)
        yield f"passage     {start:>7}-{end:<7} {passage.language}-{passage.script}"
    for mention in findings.mentions:
        institution = findings.institutions[mention.entity]
        key = institution.authority.key if institution.authority else "not in the gazetteer"
        home = ", the article's own" if mention.entity == findings.home else ""
        yield (
            f"institution {at(mention.first, mention.last)}  i{mention.entity + 1} {key} ({institution.kind}, {institution.country}{home})"
            f"  rule {mention.rule}; link: {mention.link}"
        )
    for date in findings.dates:
        other = second_opinion(document.tokens.slice(date.first, date.last), document.languages[date.first])
        opinion = f"; dateparser: {other}" if other else ""
        yield f"date        {at(date.first, date.last)}  {date.edtf}  rule {date.rule}{opinion}"
    for count in findings.counts:
        flow = " ".join(
            f"{name} {','.join(f'i{entity + 1}' for entity in entities)}"
            for name, entities in (("from", count.from_), ("to", count.to), ("by", count.by))
            if entities
        )
        yield f"count       {at(count.first, count.last)}  {count.bound or ''} {count.number} {count.unit} {count.act} {flow}  rule {count.rule}{_sure(count.confidence)}".replace(
            "  ", " "
        )
    for agreement in findings.agreements:
        parties = " + ".join(p if isinstance(p, str) else f"i{p + 1}" for p in agreement.parties)
        yield f"agreement   {at(*agreement.trigger)}  {agreement.kind} {agreement.status} {parties} signed {agreement.signed} valid {agreement.valid}  rule {agreement.rule}{_sure(agreement.confidence)}"
        for piece in agreement.evidence:
            yield f"  evidence  {at(*piece)}"
