"""An evaluation as one page for a person: the figures with their intervals drawn, and every error in its sentence, by likely cause.

The page (`pipeline/pages/report.*`) needs nothing else: it works from a disk, offline, without a mouse, on a phone. All text of articles is escaped.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from pipeline.evaluation.comparison import Change, Comparison, Difference
from pipeline.evaluation.excerpt import excerpt
from pipeline.evaluation.figures import Evaluation, Figure
from pipeline.evaluation.judgement import Document, Item, Said
from pipeline.evaluation.metrics import METRICS, Metric
from pipeline.pages import page

__all__ = ["report"]

_HEADLINES = ("institutions.overlap", "links.b3", "dates.value", "counts.all", "agreements.all")
_LAYERS = {
    "institutions": "institution",
    "links": "link",
    "dates": "date",
    "counts": "count",
    "agreements": "agreement",
}  # pairs are not listed: their errors are those of the agreements
_OUTCOMES = {
    "missed": ("○", "missed"),
    "spurious": ("✕", "spurious"),
    "boundary": ("↔", "wrong boundary"),
    "wrong": ("≠", "wrong value"),
}
_LANGUAGES = {"uz": "Uzbek", "ru": "Russian", "en": "English", "mixed": "mixed", "und": "unknown"}
_ENDS = ".!?…"  # where a sentence ends ("" is in it too: where there is nothing)
_NEAR = 300  # what was wanted and what was found, if further apart, stand in two excerpts

_Error = tuple[Document, Item]


def report(evaluation: Evaluation, *, title: str = "Evaluation", comparison: Comparison | None = None) -> str:
    """Return the page as HTML."""
    errors = [
        (document, item)
        for document in evaluation.documents
        for item in document.items
        if item.layer in _LAYERS and item.outcome in _OUTCOMES
    ]
    sections = [("figures", "Figures"), *((f"by-{name}", f"By {name}") for name in evaluation.groups)]
    sections += [("changes", "Changes")] if comparison is not None else []
    sections += [("errors", f"Errors ({len(errors)})")]
    characters = sum(len(document.text) for document in evaluation.documents)
    return page(
        "report",
        title=escape(title),
        summary=f"{len(evaluation.documents):,} articles, {characters:,} characters, {len(errors):,} errors. Intervals: 95 %, bootstrap over articles.",
        sections="".join(f'<a href="#{name}">{escape(text)}</a>' for name, text in sections),
        figures=_figures(evaluation.figures),
        groups="\n".join(_groups(name, groups) for name, groups in evaluation.groups.items()),
        changes=_changes(comparison) if comparison is not None else "",
        overview=_overview(errors),
        filters="".join(_filters(errors)),
        count=f"All {len(errors)} errors",
        articles=_articles(errors),
        errors="\n".join(_by_cause(errors)) if errors else '<p class="empty">There is no error.</p>',
    )


# Figures


def _figures(figures: Mapping[str, Figure]) -> str:
    measured = [figure for figure in figures.values() if figure.value is not None]
    unmeasured = [name for name, figure in figures.items() if figure.value is None]
    low = _floor(measured)
    tiles = "".join(_tile(figures[name]) for name in _HEADLINES if name in figures)
    metrics = {metric.name: metric for metric in METRICS}
    rows = "".join(_row(figure, metrics[figure.name], low) for figure in measured)
    axis = f'<span class="axis" aria-hidden="true"><span>{low}</span><span>{(low + 100) // 2 if low % 20 == 0 else ""}</span><span>100</span></span>'
    head = f'<th scope="col">Figure</th><th scope="col">Value</th><th scope="col" class="plot"><span class="unseen">95 % interval</span>{axis}</th>'
    head += "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Interval", "Precision", "Recall", "Macro", "Right", "Wrong", "Missed")
    )
    nothing = f'<p class="empty">Nothing to measure: {escape(", ".join(unmeasured))}.</p>' if unmeasured else ""
    return (
        f'<section id="figures" aria-labelledby="figures-title"><h2 id="figures-title">Figures</h2><ul class="tiles">{tiles}</ul>'
        f'<div class="scroll" role="region" aria-label="All figures" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{nothing}</section>"
    )


def _tile(figure: Figure) -> str:
    interval = f'<span class="interval">95 %: {_interval(figure)}</span>' if figure.low is not None else ""
    return f"<li>{escape(figure.name)}<b>{_share(figure.value)}</b>{interval}</li>"


def _row(figure: Figure, metric: Metric, low: int) -> str:
    # A share misses nothing, and clusters are not right or wrong one by one.
    kind = metric.kind
    cells = [_interval(figure), *map(_share, (figure.precision, figure.recall, figure.macro))]
    cells += [_number(figure.right), "–" if kind == "clusters" else _number(figure.wrong)]
    cells += [_number(figure.missed) if kind == "f1" else "–"]
    said = "".join(f'<td class="ends">{cell}</td>' for cell in cells)
    return (
        f'<tr><th scope="row">{escape(figure.name)}<span class="about">{escape(metric.about)}</span></th><td class="value">{_share(figure.value)}</td>'
        f'<td class="plot">{_plot(figure, low)}</td>{said}</tr>'
    )


def _groups(name: str, groups: Mapping[str, Mapping[str, Figure]]) -> str:
    """Return the table of one grouping: a line for each group, a column for each headline figure, a plot in each cell."""
    columns = [column for column in _HEADLINES if any(figures[column].value is not None for figures in groups.values())]
    low = _floor(figures[column] for figures in groups.values() for column in columns)
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(_LANGUAGES.get(group, group) if name == "language" else group)}</th>'
        + "".join(_cell(figures[column], low) for column in columns)
        + "</tr>"
        for group, figures in groups.items()
    )
    return (
        f'<section id="by-{escape(name)}" aria-labelledby="by-{escape(name)}-title"><h2 id="by-{escape(name)}-title">By {escape(name)}</h2>'
        f'<div class="scroll groups" role="region" aria-label="Figures by {escape(name)}" tabindex="0"><table><thead><tr><th scope="col">{escape(name)}</th>{head}</tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="empty">The plots run from {low} to 100.</p></section>'
    )


def _cell(figure: Figure, low: int) -> str:
    if figure.value is None:
        return "<td>–</td>"
    interval = f"<small>{_interval(figure)}</small>" if figure.low is not None else ""
    return f'<td class="value">{_share(figure.value)}{_plot(figure, low)}{interval}</td>'


def _floor(figures: Iterable[Figure]) -> int:
    """Return where the axis of some figures begins: the tens below the lowest, 90 at most."""
    lowest = min((figure.value if figure.low is None else figure.low for figure in figures if figure.value is not None), default=0.0)  # fmt: skip
    return max(0, min(90, math.floor(lowest * 10) * 10))


def _plot(figure: Figure, low: int) -> str:
    """Return a figure as a point on a line from `low` to 100, its interval as a bar."""
    if figure.value is None:
        return ""
    ends = None if figure.low is None or figure.high is None else (100 * figure.low, 100 * figure.high)
    return _drawn(100 * figure.value, ends, (low, 100))


def _drawn(value: float, ends: tuple[float, float] | None, axis: tuple[float, float]) -> str:
    def at(number: float) -> str:
        return f"{100 * (number - axis[0]) / (axis[1] - axis[0]):.2f}%"

    rules = "".join(
        f'<line class="{"zero" if mark == 0 and axis[0] < 0 else "rule"}" x1="{at(mark)}" x2="{at(mark)}" y1="0" y2="100%"/>'
        for mark in {axis[0], sum(axis) / 2, axis[1]}
    )
    bar = f'<line class="range" x1="{at(ends[0])}" x2="{at(ends[1])}" y1="50%" y2="50%"/>' if ends else ""
    # The table says the same in numbers.
    return f'<svg class="interval" aria-hidden="true">{rules}{bar}<circle class="point" cx="{at(value)}" cy="50%" r="3.5"/></svg>'


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _interval(figure: Figure) -> str:
    return "–" if figure.low is None or figure.high is None else f"{100 * figure.low:.1f}–{100 * figure.high:.1f}"


# Changes


def _changes(comparison: Comparison) -> str:
    moved = [one for one in comparison.differences.values() if one.change is not None and round(one.change, 5)]  # fmt: skip
    reach = max((abs(100 * end) for one in moved for end in (one.change, one.low, one.high) if end is not None), default=1.0)  # fmt: skip
    axis = (-math.ceil(reach), math.ceil(reach))
    head = f'<th scope="col">Figure</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Change</th><th scope="col" class="plot"><span class="unseen">95 % interval</span><span class="axis" aria-hidden="true"><span>{axis[0]}</span><span>0</span><span>+{axis[1]}</span></span></th><th scope="col">Interval</th><th scope="col">p</th>'
    rows = "".join(_difference(one, axis) for one in moved)
    table = (
        f'<div class="scroll" role="region" aria-label="Changes" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        if moved
        else '<p class="empty">No figure has changed.</p>'
    )
    lists = "".join(
        f'<section aria-labelledby="{name}"><h3 id="{name}">{len(changes)} {name}</h3>{"".join(_change(change) for change in changes)}</section>'
        for name, changes in (("gained", comparison.gained), ("lost", comparison.lost))
    )
    return f'<section id="changes" aria-labelledby="changes-title"><h2 id="changes-title">Changes</h2>{table}{lists}</section>'


def _difference(one: Difference, axis: tuple[float, float]) -> str:
    change = 100 * (one.change or 0.0)
    ends = None if one.low is None or one.high is None else (100 * one.low, 100 * one.high)
    interval = f"{ends[0]:+.1f} to {ends[1]:+.1f}" if ends else "–"
    p = "–" if one.p is None else f"{one.p:.3f}"
    return (
        f'<tr><th scope="row">{escape(one.name)}</th><td>{_share(one.before)}</td><td>{_share(one.after)}</td><td class="value">{change:+.2f}</td>'
        f'<td class="plot">{_drawn(change, ends, axis)}</td><td class="ends">{interval}</td><td>{p}</td></tr>'
    )


def _change(change: Change) -> str:
    told = f"<dt>before</dt><dd>{_told(change.before)}</dd><dt>after</dt><dd>{_told(change.after)}</dd>"
    return (
        f'<article class="error"><h4><span class="outcome">{_LAYERS.get(change.item.layer, change.item.layer)}</span> <span>{escape(change.document.id)}</span></h4>'
        f"{_sentence(change.document, change.item)}<dl>{told}</dl></article>"
    )


def _told(item: Item | None) -> str:
    if item is None:
        return "nothing said"
    outcome = _OUTCOMES.get(item.outcome, ("", item.outcome))[1]
    return f"{outcome}{f' ({escape(item.cause)})' if item.cause else ''}{f', by {escape(item.source)}' if item.source else ''}"


# Errors


def _values(error: _Error) -> dict[str, str]:
    """Return what an error can be filtered by."""
    document, item = error
    return {
        "layer": item.layer,
        "language": document.language,
        "outcome": item.outcome,
        "cause": item.cause,
        "source": item.source,
        "genre": document.genre or "other",
        "article": document.id,
    }


def _filters(errors: Sequence[_Error]) -> Iterator[str]:
    names = {"layer": "Layer", "language": "Language", "outcome": "Kind of error", "cause": "Likely cause", "source": "Rule or engine",
             "genre": "Genre", "article": "Article"}  # fmt: skip
    shown = {"language": _LANGUAGES, "outcome": {name: label for name, (_, label) in _OUTCOMES.items()}}
    for name, label in names.items():
        counts = Counter(_values(error)[name] for error in errors)
        if name == "source":
            del counts[""]
        order = sorted(counts) if name == "article" else [value for value, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]  # fmt: skip
        options = "".join(
            f'<option value="{escape(value)}">{escape(shown.get(name, {}).get(value, value))} ({counts[value]})</option>'
            for value in order
        )
        yield f'<label>{label} <select name="{name}"><option value="">all</option>{options}</select></label>\n'


def _overview(errors: Sequence[_Error]) -> str:
    counts = Counter(item.cause for _, item in errors)
    most = max(counts.values(), default=1)
    bars = "".join(
        f'<li><button type="button" data-cause="{escape(cause)}" aria-pressed="false"><span>{escape(cause)}</span>'
        f'<span class="number">{count}</span><span class="bar" style="width:{100 * count / most:.1f}%"></span></button></li>'
        for cause, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return f'<ul class="causes" aria-label="Likely causes">{bars}</ul>' if errors else ""


def _by_cause(errors: Sequence[_Error]) -> Iterator[str]:
    groups: dict[str, list[tuple[int, _Error]]] = {}
    for number, error in enumerate(errors, start=1):
        groups.setdefault(error[1].cause, []).append((number, error))
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    for place, (cause, members) in enumerate(ordered, start=1):
        yield f'<section class="cause" aria-labelledby="c{place}"><h3 id="c{place}">{escape(cause)} <span class="number">{len(members)}</span></h3>'
        for number, error in members:
            yield _error(number, error)
        yield "</section>"


def _error(number: int, error: _Error) -> str:
    document, item = error
    sign, outcome = _OUTCOMES[item.outcome]
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in _values(error).items())
    language = _LANGUAGES.get(document.language, document.language)
    return (
        f'<article class="error" id="e{number}" tabindex="-1" aria-labelledby="t{number}" {data}>'
        f'<h4 id="t{number}"><a href="#e{number}">e{number}</a> <span class="outcome"><span aria-hidden="true">{sign}</span> {_LAYERS[item.layer]}, {outcome}</span>'
        f" <span>{escape(document.id)}</span> <span>{escape(language)}</span></h4>{_sentence(document, item)}<dl>{''.join(_facts(item))}</dl>"
        f'<details data-start="{item.place.start}" data-end="{item.place.end}"><summary>More of the article</summary></details></article>'
    )


def _articles(errors: Sequence[_Error]) -> str:
    """Return the articles that have errors as JSON which no sign in them can end; the script shows more of one when asked."""
    texts = {document.id: document.text for document, _ in errors}
    return json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")


def _facts(item: Item) -> Iterator[str]:
    """Yield what was wanted and found, each detail that is wrong, and what is to blame."""
    if item.wanted is None or item.found is None:
        for name, said in (("wanted", item.wanted), ("found", item.found)):
            value = "nothing" if said is None else _quoted(said)
            yield f"<dt>{name}</dt><dd>{value}</dd>"
    elif not item.exact and item.layer != "links":
        yield f"<dt>words</dt><dd>{_quoted(item.found, value=False)} instead of {_quoted(item.wanted, value=False)}</dd>"
    for detail in item.details:
        if not detail.right:
            wanted, found = (escape("nothing" if side is None else side) for side in (detail.wanted, detail.found))
            yield f"<dt>{escape(detail.name)}</dt><dd><b>{found}</b> instead of <b>{wanted}</b></dd>"
    if item.source:
        yield f"<dt>found by</dt><dd>{escape(item.source)}</dd>"
    yield f"<dt>likely cause</dt><dd>{escape(item.cause)}</dd>"


def _quoted(said: Said, *, value: bool = True) -> str:
    words = f"“{escape(' '.join(said.text.split()))}”"
    return f"{words}, <b>{escape(said.value)}</b>" if value and said.value else words


def _sentence(document: Document, item: Item) -> str:
    """Return the sentence with both sides marked; two sentences where they stand far apart."""
    sides = [(name, said) for name, said in (("gold", item.wanted), ("found", item.found)) if said is not None]
    sides.sort(key=lambda side: (side[1].start, -side[1].end))
    if len(sides) == 2 and sides[1][1].start - sides[0][1].end > _NEAR:
        pieces = [_marked(document.text, [side]) for side in sides]
    else:
        pieces = [_marked(document.text, sides)]
    language = f' lang="{document.language}"' if document.language in ("uz", "ru", "en") else ""
    return "".join(f'<p class="sentence prose"{language}>{piece}</p>' for piece in pieces)


def _marked(text: str, sides: Sequence[tuple[str, Said]]) -> str:
    """Return an excerpt with the spans of both sides marked; where they overlap in part, the parts are marked one by one."""
    start, end = excerpt(text, min(said.start for _, said in sides), max(said.end for _, said in sides))
    edges = sorted({start, end, *(edge for _, said in sides for edge in (said.start, said.end))})
    gap = text[len(text[:start].rstrip()) : start]
    whole = "\n" in gap or text[:start].rstrip()[-1:] in _ENDS
    out, before = ["" if whole else "…"], set[str]()
    same = len(sides) == 2 and len({(said.start, said.end) for _, said in sides}) == 1
    for first, last in zip(edges, edges[1:], strict=False):
        inside = [name for name, said in sides if said.start <= first and last <= said.end]
        words = escape(text[first:last])
        if inside:
            labels = ["same"] if same else [name for name in inside if name not in before]
            said = "".join(f'<span class="side {name}">{"gold = found" if same else name}:</span>' for name in labels)
            words = f'<mark class="{" ".join([*inside, *(["same"] if same else [])])}">{said}{words}</mark>'
        out.append(words)
        before = set(inside)
    rest = text[end:]
    whole = not rest.strip() or "\n" in rest[: len(rest) - len(rest.lstrip())] or text[end - 1] in _ENDS
    out.append("" if whole else "…")
    return "".join(out)
