"""Findings for human eyes: an article with its findings marked, in the terminal or as one page, and the reasons of each."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from pipeline.extraction import Findings
from pipeline.records import Record

__all__ = ["explanation", "terminal", "web_page"]

_STYLES = {
    "institution": "black on bright_cyan",
    "date": "black on bright_yellow",
    "count": "black on bright_green",
    "trigger": "black on bright_magenta",
}


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    layer: str
    label: str


def _marks(record: Record) -> list[_Mark]:
    """Return what to mark, in order; a mark within another stays inside it."""
    marks = []
    for institution in record.institutions:
        for mention in institution.mentions:
            label = f"{institution.id} {institution.name} · {institution.kind} · {institution.country or '–'} · {institution.authority or 'not in the gazetteer'} · {mention.rule}"
            marks.append(_Mark(mention.start, mention.end, "institution", label))
    marks += [_Mark(date.start, date.end, "date", f"{date.edtf} · {date.rule}") for date in record.dates]
    for count in record.copy_counts:
        number = f"{count.number}" + (f"–{count.number_max}" if count.number_max else "")
        flow = " ".join(
            f"{name} {', '.join(ids)}"
            for name, ids in (("from", count.from_), ("to", count.to), ("by", count.by))
            if ids
        )
        marks.append(
            _Mark(
                count.start,
                count.end,
                "count",
                f"{count.bound or ''} {number} {count.unit} {count.act} {flow} · {count.rule}".strip(),
            )
        )
    triggers: dict[tuple[int, int], list[str]] = {}
    for agreement in record.agreements:
        line = f"{agreement.kind} {agreement.status} {' + '.join(agreement.parties)} signed {agreement.signed or '–'} valid {agreement.valid or '–'}"
        triggers.setdefault((agreement.trigger.start, agreement.trigger.end), []).append(line)
    marks += [_Mark(start, end, "trigger", "; ".join(lines)) for (start, end), lines in triggers.items()]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def terminal(text: str, record: Record) -> None:
    """Print the article in colour, then a table of what was found."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    shown = Text(text)
    for mark in _marks(record):
        shown.stylize(_STYLES[mark.layer], mark.start, mark.end)
    console.print(shown)
    table = Table("what", "text", "value", title=record.document.title or record.document.id)
    for mark in _marks(record):
        table.add_row(mark.layer, Text(" ".join(text[mark.start : mark.end].split())), Text(mark.label), style=None)
    console.print(table)


def web_page(text: str, record: Record) -> str:
    """Return one self-contained page: the article with its findings marked, a list of them, no script from anywhere else."""
    template = files("pipeline").joinpath("view.html").read_text(encoding="utf-8")
    title = html.escape(record.document.title or record.document.id)
    data = record.model_dump_json(by_alias=True).replace("<", "\\u003c")
    return (
        template.replace("{{title}}", title)
        .replace("{{rows}}", "\n".join(_rows(text, record)))
        .replace("{{article}}", _marked(text, _marks(record)))
        .replace("{{record}}", data)
    )


def _marked(text: str, marks: list[_Mark]) -> str:
    """Return the text as HTML with nested marks; a mark that crosses another is cut at its edge."""
    out: list[str] = []
    open_marks: list[_Mark] = []
    at = 0

    def close_until(position: int) -> None:
        nonlocal at
        while open_marks and open_marks[-1].end <= position:
            mark = open_marks.pop()
            out.append(html.escape(text[at : mark.end]) + "</mark>")
            at = max(at, mark.end)

    for number, mark in enumerate(marks):
        close_until(mark.start)
        end = min(mark.end, open_marks[-1].end) if open_marks else mark.end
        if end <= mark.start:
            continue
        out.append(html.escape(text[at : mark.start]))
        at = mark.start
        out.append(
            f'<mark class="{mark.layer}" id="m{number}" tabindex="0" title="{html.escape(mark.label, quote=True)}">'
        )
        open_marks.append(_Mark(mark.start, end, mark.layer, mark.label))
    close_until(len(text))
    out.append(html.escape(text[at:]))
    return "".join(out)


def _rows(text: str, record: Record) -> Iterator[str]:
    for number, mark in enumerate(_marks(record)):
        words = html.escape(" ".join(text[mark.start : mark.end].split()))
        yield f'<tr class="{mark.layer}"><td>{mark.layer}</td><td><a href="#m{number}">{words}</a></td><td>{html.escape(mark.label)}</td></tr>'


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
        yield f"count       {at(count.first, count.last)}  {count.bound or ''} {count.number} {count.unit} {count.act} {flow}  rule {count.rule}".replace(
            "  ", " "
        )
    for agreement in findings.agreements:
        parties = " + ".join(p if isinstance(p, str) else f"i{p + 1}" for p in agreement.parties)
        yield f"agreement   {at(*agreement.trigger)}  {agreement.kind} {agreement.status} {parties} signed {agreement.signed} valid {agreement.valid}  rule {agreement.rule}"
        for piece in agreement.evidence:
            yield f"  evidence  {at(*piece)}"
