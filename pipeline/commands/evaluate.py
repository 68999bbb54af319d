"""The command `hamkor evaluate`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.console import Engines, Gazetteers, Progress, engines_of, make_extractor, written, wrong

if TYPE_CHECKING:
    from pipeline.evaluation.annotators import Reliability
    from pipeline.evaluation.comparison import Change, Comparison, Difference
    from pipeline.evaluation.figures import Evaluation, Figure, Grouping
    from pipeline.evaluation.gold import Gold
    from pipeline.extraction import Extractor, Part
    from pipeline.records import Record

__all__ = ["evaluate"]


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD…",
            help="Gold files, or folders of them: our own, Label Studio, brat, CoNLL.",
            show_default=False,
        ),
    ],
    records: Annotated[
        Path | None,
        typer.Option(
            "--records",
            metavar="FILE.jsonl",
            help="The records to judge; without it the gold's articles are extracted first.",
        ),
    ] = None,
    by: Annotated[
        list[str],
        typer.Option(
            "--by",
            metavar="GROUP",
            help="language, script, genre, document or known (whether the gazetteer knows the name); may be given more than once.",
        ),
    ] = [],  # noqa: B006 - typer reads the default, nobody changes it
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="OTHER.jsonl",
            help="Records of an earlier run: what was gained and lost since, and whether it is more than chance.",
        ),
    ] = None,
    fail_under: Annotated[
        list[str],
        typer.Option(
            "--fail-under",
            metavar="NAME=VALUE",
            help="Exit with 1 where a figure is lower, such as dates.value=0.97; may be given more than once.",
        ),
    ] = [],  # noqa: B006
    ablate: Annotated[
        str,
        typer.Option(
            "--ablate",
            metavar="PARTS",
            help="ner, gazetteer, context, judge, with commas between: extract without each of them, and say what it is worth.",
        ),
    ] = "",
    iaa: Annotated[bool, typer.Option("--iaa", help="Two folders, two annotators: how far they agree.")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE.html", help="A page with the figures and every error in its sentence."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.jsonl", help="Where the extracted records go, for another time."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object with everything, instead of tables.")
    ] = False,
    resamples: Annotated[
        int, typer.Option(help="Bootstrap samples that the intervals are made of; 0 for no intervals.", min=0)
    ] = 1000,
    gazetteer: Gazetteers = [],  # noqa: B006
    ner: Engines = [],  # noqa: B006
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Measure records against gold: institutions, dates, copy counts, agreements, each figure with its 95 % interval over articles.

    A figure is the F1 of what was found and wanted, or the right share of a detail. Optional spans of the gold are neither wanted nor wrong. Where there is nothing
    to measure, there is no figure. Records that are missing or of another text, and gold that breaks its rules, end it with a message that names file and line.

    Exit status: 0 all well, 1 a figure is lower than --fail-under says, 2 wrong use or wrong input.

    Examples:

      hamkor evaluate corpus/dev --by language

      hamkor evaluate corpus/dev --records new.jsonl --against old.jsonl

      hamkor evaluate corpus/test --fail-under dates.value=0.97 --fail-under counts.all=0.9

      hamkor evaluate corpus/dev --report errors.html

      hamkor evaluate corpus/dev --ablate gazetteer,context

      hamkor evaluate --iaa first-annotator/ second-annotator/
    """  # fmt: skip
    from pipeline.evaluation.runs import RunError

    floors, groupings, parts = _floors(fail_under), _groupings(by), _parts(ablate, engines_of(ner))
    try:
        if iaa:
            if records or against or by or fail_under or ablate or report:
                wrong("--iaa compares two folders of gold and nothing else; leave the other options")
            _show_reliability(_reliability(gold, resamples), as_json)
            return
        golds = _golds(gold)
        if records is not None and (parts or ner or output):
            wrong("--ablate, --ner and --output are about extracting; leave --records, or leave them")
        extractor = None if records is not None else make_extractor(gazetteer, ner)
        rows = _read(records, golds) if records is not None else _extracted(_present(extractor), golds, output, quiet)
        judge = _Judge(golds, groupings, resamples, extractor, gazetteer)
        evaluation = judge.evaluation(rows)
        comparison = judge.comparison(_read(against, golds), evaluation) if against is not None else None
        worth: dict[str, Mapping[str, Difference]] = {
            part: judge.comparison(
                _extracted(_present(extractor).without(part), golds, None, quiet), evaluation
            ).differences
            for part in parts
        }
    except RunError as error:
        wrong(str(error))
    if report is not None:
        _write_report(report, evaluation, comparison)
    broken = _below(evaluation.figures, floors)
    if as_json:
        typer.echo(json.dumps(_plain(evaluation, comparison, worth, broken), ensure_ascii=False))
    else:
        _print(evaluation, comparison, worth)
    for line in broken:
        typer.echo(f"TOO LOW: {line}", err=True)
    raise typer.Exit(1 if broken else 0)


class _Judge:
    """What all evaluations of one call share."""

    def __init__(self, golds: Sequence[Gold], by: Sequence[Grouping], resamples: int, extractor: Extractor | None, gazetteers: list[Path]) -> None:  # fmt: skip
        from pipeline.evaluation.known import known_names

        self.golds = golds
        self.by = by
        self.resamples = resamples
        self.known = known_names((extractor or make_extractor(gazetteers, [])).authorities)

    def evaluation(self, records: Sequence[Record]) -> Evaluation:
        from pipeline.evaluation.figures import evaluate

        pairs = zip(self.golds, records, strict=True)
        return evaluate(pairs, by=self.by, resamples=self.resamples, known=self.known)

    def comparison(self, before: Sequence[Record], after: Evaluation) -> Comparison:
        from pipeline.evaluation.comparison import compare
        from pipeline.evaluation.figures import evaluate

        old = evaluate(zip(self.golds, before, strict=True), resamples=0, known=self.known)
        return compare(old, after, resamples=self.resamples)


def _present(extractor: Extractor | None) -> Extractor:
    if extractor is None:
        wrong("--ablate extracts the articles itself; leave --records")
    return extractor


def _golds(paths: Sequence[Path]) -> list[Gold]:
    from pipeline.evaluation.runs import read_golds

    return read_golds(paths)


def _read(file: Path, golds: Sequence[Gold]) -> list[Record]:
    from pipeline.evaluation.runs import read_records

    records, others = read_records(file, golds)
    if others:
        typer.echo(f"{file}: {others} records have no gold here and are left out", err=True)
    return records


def _extracted(extractor: Extractor, golds: Sequence[Gold], output: Path | None, quiet: bool) -> list[Record]:
    progress, records = Progress(quiet=quiet), []
    for count, gold in enumerate(golds, start=1):
        records.append(extractor.extract(gold.text, source=gold.id, id=gold.id))
        progress.step(count, gold.id)
    progress.end(len(records), 0)
    if output is not None:
        with written(output) as out:
            out.writelines(record.to_json() + "\n" for record in records)
    return records


def _reliability(paths: Sequence[Path], resamples: int) -> Reliability:
    from pipeline.evaluation.annotators import AnnotationError, reliability
    from pipeline.evaluation.runs import RunError

    if len(paths) != 2:
        wrong(f"--iaa takes two folders, one for each annotator; there are {len(paths)}")
    first, second = ({gold.id: gold for gold in _golds([path])} for path in paths)
    alone = sorted(first.keys() ^ second.keys())
    if alone:
        raise RunError(f"only one annotator has {', '.join(alone[:5])}; both must have annotated the same articles")
    try:
        return reliability([(first[id], second[id]) for id in sorted(first)], resamples=resamples)
    except AnnotationError as error:
        raise RunError(str(error)) from error


def _floors(options: Sequence[str]) -> dict[str, float]:
    from pipeline.evaluation.metrics import METRICS

    names = [metric.name for metric in METRICS]
    floors: dict[str, float] = {}
    for option in options:
        name, _, number = option.partition("=")
        if name not in names:
            wrong(f"--fail-under {option}: there is no figure {name!r}; there are {', '.join(names)}")
        try:
            floors[name] = float(number)
        except ValueError:
            wrong(f"--fail-under {option}: write NAME=VALUE with a value from 0 to 1, such as {name}=0.97")
        if not 0 <= floors[name] <= 1:
            wrong(f"--fail-under {option}: a figure lies between 0 and 1; write {name}=0.97 for 97 %")
    return floors


def _below(figures: Mapping[str, Figure], floors: Mapping[str, float]) -> list[str]:
    """Return what is lower than its floor, a line each; what could not be measured is."""
    lines = []
    for name, floor in floors.items():
        value = figures[name].value
        if value is None:
            lines.append(f"{name} cannot be measured here, where at least {floor} is asked for")
        elif value < floor:
            lines.append(f"{name} is {value:.4f}, where at least {floor} is asked for")
    return lines


def _groupings(options: Sequence[str]) -> list[Grouping]:
    from pipeline.evaluation.figures import GROUPINGS

    chosen = [grouping for grouping in GROUPINGS if grouping in options]
    unknown = sorted(set(options) - set(GROUPINGS))
    if unknown:
        wrong(f"--by {', '.join(unknown)}: there are {', '.join(GROUPINGS)}")
    return chosen


def _parts(option: str, engines: Sequence[str]) -> list[Part]:
    """Return the parts to leave out, in their own order."""
    if not option:
        return []
    from pipeline.extraction import PARTS

    named = [part.strip() for part in option.split(",") if part.strip()]
    unknown = sorted(set(named) - set(PARTS))
    if unknown:
        wrong(f"--ablate {', '.join(unknown)}: there are {', '.join(PARTS)}")
    if "ner" in named and not engines:
        wrong("--ablate ner: no engine is asked, so that there is none to leave out; leave --ner none")
    return [part for part in PARTS if part in named]


def _write_report(file: Path, evaluation: Evaluation, comparison: Comparison | None) -> None:
    from pipeline.evaluation.report import report

    with written(file) as out:
        out.write(report(evaluation, comparison=comparison))


def _print(evaluation: Evaluation, comparison: Comparison | None, worth: Mapping[str, Mapping[str, Difference]]) -> None:  # fmt: skip
    from pipeline.evaluation.tables import comparison_lines, evaluation_lines, group_lines, worth_lines

    blocks = [evaluation_lines(evaluation)]
    blocks += [group_lines(name, groups) for name, groups in evaluation.groups.items()]
    blocks += [comparison_lines(comparison)] if comparison is not None else []
    blocks += [worth_lines(worth)] if worth else []
    typer.echo("\n\n".join("\n".join(lines) for lines in blocks))


def _show_reliability(reliability: Reliability, as_json: bool) -> None:
    from pipeline.evaluation.tables import reliability_lines

    if not as_json:
        typer.echo("\n".join(reliability_lines(reliability)))
        return
    figures = {name: asdict(figure) for name, figure in reliability.evaluation.figures.items()}
    kappas = {name: asdict(kappa) for name, kappa in reliability.kappas.items()}
    documents = len(reliability.evaluation.documents)
    typer.echo(json.dumps({"documents": documents, "figures": figures, "kappa": kappas}, ensure_ascii=False))


def _plain(evaluation: Evaluation, comparison: Comparison | None, worth: Mapping[str, Mapping[str, Difference]],
           broken: Sequence[str]) -> dict[str, Any]:  # fmt: skip
    """Return everything as plain data."""
    plain: dict[str, Any] = {
        "documents": len(evaluation.documents),
        "figures": {name: asdict(figure) for name, figure in evaluation.figures.items()},
        "groups": {
            grouping: {
                group: {name: asdict(figure) for name, figure in figures.items()} for group, figures in groups.items()
            }
            for grouping, groups in evaluation.groups.items()
        },
        "too_low": list(broken),
    }
    if comparison is not None:
        plain["against"] = {
            "differences": {name: asdict(difference) for name, difference in comparison.differences.items()},
            "gained": [_change(change) for change in comparison.gained],
            "lost": [_change(change) for change in comparison.lost],
        }
    if worth:
        plain["ablation"] = {
            part: {name: asdict(difference) for name, difference in differences.items()}
            for part, differences in worth.items()
        }
    return plain


def _change(change: Change) -> dict[str, Any]:
    from pipeline.evaluation.tables import in_sentence

    return {
        "document": change.document.id,
        "layer": change.item.layer,
        "before": asdict(change.before) if change.before else None,
        "after": asdict(change.after) if change.after else None,
        "sentence": in_sentence(change.document.text, change.item),
    }
