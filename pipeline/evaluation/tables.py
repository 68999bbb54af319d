"""An evaluation in plain text: tables in columns of one width, and each thing gained or lost in its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.evaluation.annotators import Reliability
from pipeline.evaluation.comparison import Change, Comparison, Difference
from pipeline.evaluation.excerpt import excerpt
from pipeline.evaluation.figures import Evaluation, Figure
from pipeline.evaluation.judgement import Item
from pipeline.evaluation.metrics import METRICS

__all__ = ["comparison_lines", "evaluation_lines", "group_lines", "in_sentence", "reliability_lines", "worth_lines"]

_MAIN = ("institutions.exact", "institutions.overlap", "links.b3", "dates.value", "counts.number", "counts.all", "agreements.pairs",
         "agreements.all")  # fmt: skip
_KINDS = {metric.name: metric.kind for metric in METRICS}
_LAYERS = ("institutions", "dates", "counts", "agreements")


def evaluation_lines(evaluation: Evaluation) -> list[str]:
    """Return every figure with its interval, a line each."""
    rows = [["", "F1", "95 % interval", "precision", "recall", "macro", "right", "wrong", "missed"]]
    for figure in evaluation.figures.values():
        if figure.value is not None:
            rows.append(
                [figure.name, _share(figure.value), _interval(figure.low, figure.high), _share(figure.precision), _share(figure.recall),
                 _share(figure.macro), *_made_of(figure)]
            )  # fmt: skip
    unmeasured = [name for name, figure in evaluation.figures.items() if figure.value is None]
    lines = [f"{len(evaluation.documents)} articles", *_columns(rows)]
    return [*lines, f"nothing to measure: {', '.join(unmeasured)}"] if unmeasured else lines


def group_lines(name: str, groups: Mapping[str, Mapping[str, Figure]]) -> list[str]:
    """Return the main figures of each group of one grouping, a line each."""
    rows = [[f"by {name}", *_MAIN]]
    rows += [[group, *(_share(figures[metric].value) for metric in _MAIN)] for group, figures in groups.items()]
    return _columns(rows)


def comparison_lines(comparison: Comparison) -> list[str]:
    """Return what moved, and each thing gained and lost in its sentence."""
    lines = _difference_lines(comparison.differences.values(), "before", "after")
    for sign, title, changes in (("+", "gained", comparison.gained), ("-", "lost", comparison.lost)):
        lines += ["", f"{len(changes)} {title}"]
        for change in changes:
            lines += _change_lines(sign, change)
    return lines


def worth_lines(worth: Mapping[str, Mapping[str, Difference]]) -> list[str]:
    """Return what each part adds to each figure: the whole less the whole without it."""
    lines: list[str] = []
    for part, differences in worth.items():
        lines += ["", f"what {part} is worth", *_difference_lines(differences.values(), "without", "with")]
    return lines[1:]


def reliability_lines(reliability: Reliability) -> list[str]:
    """Return the agreement of two annotators, a line for each layer, and one for each detail."""
    figures, kappas = reliability.evaluation.figures, reliability.kappas
    rows = [["", "exact F1", "95 % interval", "overlap F1", "95 % interval", "kappa of words"]]
    for layer in _LAYERS:
        exact, lenient = ("parties", "pairs") if layer == "agreements" else ("exact", "overlap")
        one, other = figures[f"{layer}.{exact}"], figures[f"{layer}.{lenient}"]
        rows.append([layer, _share(one.value), _interval(one.low, one.high), _share(other.value), _interval(other.low, other.high),
                     _kappa(kappas[layer].value)])  # fmt: skip
    lines = [f"{len(reliability.evaluation.documents)} articles", *_columns(rows), ""]
    rows = [["of what both marked", "agreed", "kappa", "cases"]]
    for name, kappa in kappas.items():
        if "." in name:
            rows.append([name, _share(kappa.observed), _kappa(kappa.value), str(kappa.size)])
    lines += [*_columns(rows), ""]
    rows = [["whole", "F1", "95 % interval"]]
    for name in ("dates.strict", "counts.strict", "agreements.all", "links.b3"):
        rows.append([name, _share(figures[name].value), _interval(figures[name].low, figures[name].high)])
    return [*lines, *_columns(rows)]


def in_sentence(text: str, item: Item) -> str:
    """Return the sentence of an item on one line: the gold's words in [[ ]], the found ones in {{ }}."""
    sides = [
        (said, marks) for said, marks in ((item.wanted, ("[[", "]]")), (item.found, ("{{", "}}"))) if said is not None
    ]
    first, last = min(said.start for said, _ in sides), max(said.end for said, _ in sides)
    start, end = excerpt(text, first, last)
    inserts: dict[int, list[str]] = {}
    for said, (opening, closing) in sides:
        inserts.setdefault(said.start, []).append(opening)
        inserts.setdefault(said.end, []).insert(0, closing)
    pieces, at = [], start
    for place in sorted(inserts):
        pieces += [text[at:place], *inserts[place]]
        at = place
    return " ".join("".join([*pieces, text[at:end]]).split())


def _change_lines(sign: str, change: Change) -> Iterator[str]:
    item, before, after = change.item, _told(change.before), _told(change.after)
    yield f"{sign} {change.document.id}, {item.layer}: {before} -> {after}"
    yield f"    {in_sentence(change.document.text, item)}"


def _told(item: Item | None) -> str:
    if item is None:
        return "not said"
    details = "; ".join(
        f"{detail.name} {detail.found} for {detail.wanted}" for detail in item.details if not detail.right
    )
    return f"{item.outcome} ({details or item.cause})" if item.cause else item.outcome


def _difference_lines(differences: Iterable[Difference], before: str, after: str) -> list[str]:
    rows = [["", before, after, "change", "95 % interval", "p"]]
    unchanged = []
    for one in differences:
        if one.change == 0 and not one.low and not one.high:
            unchanged.append(one.name)
        elif one.before is not None or one.after is not None:
            change = "-" if one.change is None else f"{100 * one.change:+.2f}"
            bounds = "-" if one.low is None or one.high is None else f"{100 * one.low:+.2f} to {100 * one.high:+.2f}"
            rows.append([one.name, _share(one.before), _share(one.after), change, bounds, "-" if one.p is None else f"{one.p:.3f}"])  # fmt: skip
    return [*_columns(rows), *([f"unchanged: {', '.join(unchanged)}"] if unchanged else [])]


def _made_of(figure: Figure) -> list[str]:
    """Return the cells of what a figure is made of: a share misses nothing, clusters are neither right nor wrong one by one."""
    kind = _KINDS[figure.name]
    wrong = "-" if kind == "clusters" else _number(figure.wrong)
    return [_number(figure.right), wrong, _number(figure.missed) if kind == "f1" else "-"]


def _kappa(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.2f}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"


def _interval(low: float | None, high: float | None) -> str:
    return "-" if low is None or high is None else f"{100 * low:.1f} to {100 * high:.1f}"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.rjust(width) if at else cell.ljust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]  # fmt: skip
