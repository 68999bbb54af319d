"""Gold as CoNLL columns with IOB2 tags: a token a line, a blank line where the article has a line end that no span runs over.

    # id = eng-01-news
    # institution id=norsk kind=library country=NO name.en="Norsk Library"
    # global.columns = FORM INSTITUTION DATE COUNT AGREEMENT MISC
    Norsk	B-institution	O	O	O	institution.id=norsk
    Library	I-institution	O	O	O	SpaceAfter=No
    .	O	O	O	O	SpacesAfter="\\n"

The last column has what stands between two tokens where that is not one blank (as in CoNLL-U), and the values of the spans that begin at a token,
so that text, offsets and values come back exactly. Lost are spans within a span of the same layer, and agreements whose trigger is such a span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from pipeline.evaluation.formats.fields import entity_fields, institution_of, read_fields, write_fields
from pipeline.evaluation.gold import Entry, Gold, GoldError, make_gold
from pipeline.evaluation.gold_writer import AnySpan, attributes, spans
from pipeline.evaluation.markup import Mark

__all__ = ["format_conll", "parse_conll", "read", "write"]

_LAYERS = {"i": "institution", "d": "date", "c": "count", "a": "agreement"}
_TAGS = {layer: tag for tag, layer in _LAYERS.items()}
_COLUMNS = ("FORM", *(layer.upper() for layer in _TAGS), "MISC")
_TOKEN = re.compile(r"\w+(?:['’‘ʻʼ`]\w+)*|[^\w\s]")


# Writing


def write(golds: Sequence[Gold], folder: Path) -> list[str]:
    """Write NAME.conll for each article; return what each loses."""
    lost = []
    for gold in golds:
        content, missing = format_conll(gold)
        folder.joinpath(f"{gold.id}.conll").write_bytes(content.encode("utf-8"))
        lost += [f"{gold.id}: {what}" for what in missing]
    return lost


def format_conll(gold: Gold) -> tuple[str, list[str]]:
    """Return the lines of an article, and what they cannot hold."""
    kept: dict[str, list[AnySpan]] = {tag: [] for tag in _LAYERS}
    lost = []
    for tag, span in spans(gold):
        if kept[tag] and kept[tag][-1].end > span.start:
            lost.append(f"{_LAYERS[tag]} {span.text!r} within {kept[tag][-1].text!r}")
        else:
            kept[tag].append(span)
    triggers = {attributes(span)["id"] for span in kept["a"]}
    header = [f"# id = {gold.id}"]
    header += [
        f"# institution {write_fields([('id', slug), *entity_fields(entity)])}"
        for slug, entity in gold.entities.items()
    ]
    for number, agreement in enumerate(gold.agreements, start=1):
        if agreement.trigger not in triggers:
            lost.append(f"agreement {number}, whose trigger is lost")
            continue
        fields: list[tuple[str, str | None]] = [("kind", agreement.kind), ("status", agreement.status)]
        fields += [("party", party) for party in agreement.parties]
        fields += [("signed", agreement.signed), ("valid", agreement.valid), ("trigger", agreement.trigger)]
        header.append(f"# agreement {write_fields([*fields, ('opt', '1' if agreement.optional else None)])}")
    header.append(f"# global.columns = {' '.join(_COLUMNS)}")
    return "\n".join([*header, *_rows(gold.text, kept), ""]), lost


def _rows(text: str, kept: dict[str, list[AnySpan]]) -> Iterator[str]:
    begins = {(tag, span.start): span for tag, layer in kept.items() for span in layer}
    edges = sorted({edge for layer in kept.values() for span in layer for edge in (span.start, span.end)})
    tokens = list(_tokens(text, edges))
    inside: dict[str, AnySpan | None] = dict.fromkeys(_LAYERS)
    for number, (start, end) in enumerate(tokens):
        tags, misc = [], list[tuple[str, str | None]]()
        if number == 0 and start:
            misc.append(("SpacesBefore", text[:start]))
        for tag, layer in _LAYERS.items():
            span = begins.get((tag, start))
            if span is not None:
                inside[tag] = span
                misc += [(f"{layer}.{name}", value) for name, value in attributes(span).items()]
            around = inside[tag]
            tags.append("O" if around is None or around.end <= start else f"{'B' if span else 'I'}-{layer}")
        last = number + 1 == len(tokens)
        gap = text[end : len(text) if last else tokens[number + 1][0]]
        if gap != " " or last:
            misc.append(("SpacesAfter", gap) if gap else ("SpaceAfter", "No"))
        yield "\t".join([text[start:end], *tags, write_fields(misc) or "_"])
        if "\n" in gap and all(span is None or span.end <= end for span in inside.values()):
            yield ""


def _tokens(text: str, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of words, numbers and signs; where a span begins or ends, so does a token."""
    cuts = iter([*edges, len(text) + 1])
    cut = next(cuts)
    for token in _TOKEN.finditer(text):
        start = token.start()
        while cut < token.end():
            if cut > start:
                yield start, cut
                start = cut
            cut = next(cuts)
        yield start, token.end()


# Reading


@dataclass(slots=True)
class _State:
    """What was read of one article; a position is a line's number."""

    id: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gap: str | None = None  # what the file says to stand after the last token; None where it says nothing
    marks: list[Mark] = field(default_factory=list)
    open: dict[str, Mark] = field(default_factory=dict)
    institutions: dict[str, Entry] = field(default_factory=dict)
    agreements: list[Entry] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


def read(path: Path) -> list[Gold]:
    """Return the gold of a file of columns. Raises GoldError with the line at fault, OSError where it cannot be read."""
    data = path.read_bytes()
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GoldError(str(path), data.count(b"\n", 0, error.start) + 1, "not UTF-8; save it as UTF-8") from error
    return [parse_conll(source, file=str(path))]


def parse_conll(source: str, *, file: str) -> Gold:
    """Return the gold that the lines of one article say. Raises GoldError where they do not follow the rules above."""
    return _Reader(file).gold(source)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.columns: tuple[str, ...] = _COLUMNS
        self.state = _State(Path(file).stem)

    def fail(self, position: int, reason: str) -> NoReturn:
        raise GoldError(self.file, position, reason)

    def gold(self, source: str) -> Gold:
        for number, line in enumerate(source.split("\n"), start=1):
            line = line.rstrip("\r")
            if line.startswith("# "):
                self.comment(number, line[2:])
            elif line.strip():
                self.row(number, line.split("\t") if "\t" in line else line.split())
        state = self.state
        if not state.pieces:
            self.fail(1, "there is no token in it")
        state.add(state.gap or "")
        for tag in tuple(state.open):
            self.close(tag)
        return make_gold(
            "".join(state.pieces), state.marks, state.institutions, state.agreements, id=state.id, fail=self.fail
        )

    def comment(self, number: int, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "global.columns":
            self.columns = tuple(rest.lstrip("= ").split())
            unknown = set(self.columns) - set(_COLUMNS)
            if unknown or self.columns[:1] != ("FORM",):
                self.fail(
                    number,
                    f"the columns are {', '.join(_COLUMNS)}, FORM first; not {', '.join(sorted(unknown) or self.columns[:1])}",
                )
        elif word == "id":
            if self.state.pieces:
                self.fail(number, "a second article begins here; write each into a file of its own")
            self.state.id = rest.lstrip("= ")
        elif word in ("institution", "agreement"):
            fields = self.fields(number, rest)
            said = dict(fields)
            if word == "agreement":
                parties = [value for name, value in fields if name == "party"]
                self.state.agreements.append(Entry({**said, "parties": parties}, number))
            elif "id" in said:
                self.state.institutions[said["id"]] = Entry(institution_of(said), number)
            else:
                self.fail(number, "an institution needs its id")

    def fields(self, number: int, line: str) -> list[tuple[str, str]]:
        try:
            return read_fields(line)
        except ValueError as error:
            self.fail(number, str(error))

    def row(self, number: int, cells: list[str]) -> None:
        if len(cells) != len(self.columns):
            self.fail(
                number,
                f"{len(cells)} columns, there should be {len(self.columns)}: {' '.join(self.columns)} (parted by tabs)",
            )
        row = dict(zip(self.columns, cells, strict=True))
        misc: dict[str, str] = dict(self.fields(number, row["MISC"])) if row.get("MISC", "_") != "_" else {}
        state = self.state
        state.add(misc.get("SpacesBefore", "") if not state.pieces else " " if state.gap is None else state.gap)
        for layer, tag in _TAGS.items():
            self.tag(number, tag, layer, row.get(layer.upper(), "O"), misc)
        state.add(row["FORM"])
        for tag, mark in state.open.items():
            state.open[tag] = Mark(mark.name, mark.attributes, mark.start, state.length, mark.position)
        state.gap = "" if misc.get("SpaceAfter") == "No" else misc.get("SpacesAfter")

    def tag(self, number: int, tag: str, layer: str, said: str, misc: dict[str, str]) -> None:
        """Begin, go on with or end the span of a layer."""
        open = self.state.open
        if said == f"I-{layer}":
            if tag not in open:
                self.fail(number, f"{said} where no {layer} is open; in IOB2 a span begins with B-{layer}")
            return
        if tag in open:
            self.close(tag)
        if said == f"B-{layer}":
            values = {name.partition(".")[2]: value for name, value in misc.items() if name.startswith(f"{layer}.")}
            if not values:
                self.fail(
                    number,
                    f"the {layer} says nothing of its value; hamkor judges values, so the last column needs {layer}.{'v' if tag == 'd' else 'id'}=… and so on",
                )
            open[tag] = Mark(tag, values, self.state.length, self.state.length, number)
        elif said != "O":
            self.fail(number, f"{said!r} is no tag of this column; there are O, B-{layer}, I-{layer}")

    def close(self, tag: str) -> None:
        self.state.marks.append(self.state.open.pop(tag))
