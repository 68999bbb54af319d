"""Gold as brat keeps it: the article in NAME.txt, what is said of it in NAME.ann beside it, the types in annotation.conf.

    T1	Institution 0 13	Norsk Library          a span, in code points of the text; one that runs over a line end has a piece for each line
    A1	Kind T1 library                        a value out of a closed list
    #1	AnnotatorNotes T1	id=norsk name.en="Norsk Library"      any other value, as name=value
    R1	To Arg1:T2 Arg2:T1                     the institution of a count that is nearest
    E1	Agreement:T4 Party:T1 Party2:T3        an agreement; words that name several agreements carry several events

What is true of an institution wherever it is named is said once, at any of its mentions; an institution that is named nowhere has a note with
the target `*`. The notation (nlplab's brat, its page “standoff format”) is line by line, so a span with a gap of words in it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, get_args

from pipeline.evaluation.formats.fields import (
    entity_fields,
    institution_of,
    merge,
    read_fields,
    unmentioned,
    write_fields,
)
from pipeline.evaluation.formats.links import Links, joined
from pipeline.evaluation.gold import Entry, Gold, GoldError, make_gold
from pipeline.evaluation.gold_writer import AnySpan, attributes, spans
from pipeline.evaluation.markup import Mark
from pipeline.records import model

__all__ = ["configuration", "read", "write"]

_TYPES = {"i": "Institution", "d": "Date", "c": "Count", "a": "Agreement"}
_TAGS = {type: tag for tag, type in _TYPES.items()}
_SIDES = {"from": "From", "to": "To", "by": "By"}
_FLAGS = {"opt": "Optional", "implied": "Implied"}
_CLOSED: dict[str, dict[str, tuple[str, ...]]] = {
    "Institution": {"Kind": get_args(model.InstitutionKind)},
    "Count": {"Unit": get_args(model.Unit), "Act": get_args(model.Act), "Bound": get_args(model.Bound)},
    "Event": {"AgreementKind": get_args(model.AgreementKind), "Status": get_args(model.Status)},
}
_FIELD_OF = {"AgreementKind": "kind"} | {name: name.lower() for name in ("Kind", "Unit", "Act", "Bound", "Status")}


def configuration() -> str:
    """Return the annotation.conf that brat needs beside the articles."""
    lines = ["[entities]", *(type for type in _TYPES.values() if type != "Agreement"), "", "[relations]"]
    lines += [f"{name}\tArg1:Count, Arg2:Institution" for name in _SIDES.values()]
    lines += ["", "[events]", "Agreement\tParty*:Institution", "", "[attributes]"]
    lines += ["Optional\tArg:<ANY>", "Implied\tArg:Institution"]
    for type, closed in _CLOSED.items():
        of = "Agreement" if type == "Event" else type
        lines += [f"{name}\tArg:{of}, Value:{'|'.join(values)}" for name, values in closed.items()]
    return "\n".join([*lines, ""])


# Writing


def write(golds: Sequence[Gold], folder: Path) -> list[str]:
    """Write NAME.txt and NAME.ann for each article, and annotation.conf. Nothing is lost."""
    for gold in golds:
        folder.joinpath(f"{gold.id}.txt").write_bytes(gold.text.encode("utf-8"))
        folder.joinpath(f"{gold.id}.ann").write_bytes(_Writer(gold).lines().encode("utf-8"))
    folder.joinpath("annotation.conf").write_text(configuration(), encoding="utf-8")
    return []


class _Writer:
    """The lines of one article, each kind with numbers of its own."""

    def __init__(self, gold: Gold) -> None:
        self.gold = gold
        self.out: list[str] = []
        self.numbers: dict[str, int] = {}

    def add(self, kind: str, rest: str) -> str:
        self.numbers[kind] = number = self.numbers.get(kind, 0) + 1
        self.out.append(f"{kind}{number}\t{rest}\n")
        return f"{kind}{number}"

    def lines(self) -> str:
        gold, links = self.gold, Links(self.gold)
        every = spans(gold)
        names = {id(span): f"T{number}" for number, (_, span) in enumerate(every, start=1)}
        mentions = [names[id(mention)] for mention in gold.institutions]
        pending = dict(gold.entities)
        for tag, span in every:
            self.add("T", f"{_TYPES[tag]} {_pieces(gold.text, span)}")
        for tag, span in every:
            values = attributes(span)
            notes: list[tuple[str, str | None]] = []
            if tag == "i" and values.get("id") in pending:
                entity = dict(entity_fields(pending.pop(values["id"])))
                values["kind"] = entity.pop("kind") or ""
                notes = list(entity.items())
            for side, relation in _SIDES.items():
                target = links.nearest(values[side], span.start) if side in values else None
                if target is not None:
                    self.add("R", f"{relation} Arg1:{names[id(span)]} Arg2:{mentions[target]}")
                    del values[side]
            self.describe(names[id(span)], _TYPES[tag], values, notes)
        for agreement in gold.agreements:
            named = [trigger for trigger in gold.triggers if trigger.id == agreement.trigger]
            trigger = min(named, key=lambda trigger: trigger.optional)
            targets = [links.nearest(party, trigger.start) for party in agreement.parties]
            reached = [mentions[target] for target in targets if target is not None]
            roles = "".join(
                f" Party{number if number > 1 else ''}:{name}" for number, name in enumerate(reached, start=1)
            )
            event = self.add("E", f"Agreement:{names[id(trigger)]}{roles}")
            values = {"kind": agreement.kind, "status": agreement.status} | ({"opt": "1"} if agreement.optional else {})
            written = [("party", party) for party in links.written_out(agreement.parties)]
            self.describe(event, "Event", values, [*written, ("signed", agreement.signed), ("valid", agreement.valid)])
        for slug, other in unmentioned(gold).items():
            self.add("#", f"AnnotatorNotes *\t{write_fields([('id', slug), *entity_fields(other)])}")
        return "".join(self.out)

    def describe(self, name: str, type: str, values: dict[str, str], notes: Sequence[tuple[str, str | None]]) -> None:
        """Add the attributes of a span or an event, and a note with what no attribute holds."""
        for flag, attribute in _FLAGS.items():
            if values.pop(flag, None) is not None:
                self.add("A", f"{attribute} {name}")
        for attribute, allowed in _CLOSED.get(type, {}).items():
            if values.get(_FIELD_OF[attribute]) in allowed:
                self.add("A", f"{attribute} {name} {values.pop(_FIELD_OF[attribute])}")
        line = write_fields([*values.items(), *notes])
        if line:
            self.add("#", f"AnnotatorNotes {name}\t{line}")


def _pieces(text: str, span: AnySpan) -> str:
    """Return offsets and words of a span, a piece for each line that it runs over."""
    pieces = [
        (span.start + piece.start(), span.start + piece.end()) for piece in re.finditer(r"\S(?:[^\n]*\S)?", span.text)
    ]
    places = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{places}\t{' '.join(text[start:end] for start, end in pieces)}"


# Reading


@dataclass(slots=True)
class _Thing:
    """A span or an event as it was read."""

    position: int
    type: str
    start: int = 0
    end: int = 0
    trigger: str = ""
    parties: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    drawn: dict[str, list[str]] = field(default_factory=dict)


def read(path: Path) -> list[Gold]:
    """Return the gold of NAME.ann, whose article is NAME.txt beside it. Raises GoldError with the line at fault, OSError."""
    return [_Reader(path.with_suffix(".ann"), _text(path.with_suffix(".ann")), _text(path.with_suffix(".txt"))).gold()]


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldError(str(path), data.count(b"\n", 0, error.start) + 1, "not UTF-8; save it as UTF-8") from error


class _Reader:
    """The state of reading one article; a position is a line's number."""

    def __init__(self, path: Path, lines: str, text: str) -> None:
        self.path, self.text = path, text
        self.things: dict[str, _Thing] = {}
        self.institutions: dict[str, dict[str, str]] = {}
        self.positions: dict[str, int] = {}
        rows = [(number, line.rstrip("\r")) for number, line in enumerate(lines.split("\n"), start=1)]
        # Attributes, relations and notes may stand before what they speak of; events speak of spans.
        for kinds in ("T", "E", "ARM#*"):
            for number, line in rows:
                if line.strip() and line[0] in kinds:
                    self.line(number, line)
                elif line.strip() and line[0] not in "TEARM#*":
                    self.fail(number, f"{line[:30]!r} is no line of brat; they begin with T, A, M, R, E or #")

    def fail(self, position: int, reason: str) -> NoReturn:
        raise GoldError(str(self.path), position, reason)

    def line(self, number: int, line: str) -> None:
        name, _, rest = line.partition("\t")
        if name[0] == "T":
            self.span(number, name, rest)
        elif name[0] == "E":
            self.event(number, name, rest)
        elif name[0] in "AM":
            words = rest.split()
            if len(words) not in (2, 3):
                self.fail(number, f"{line!r} is no attribute; it is written as A1, a tab, name, target and value")
            thing = self.thing(number, words[1])
            if words[0] in _FLAGS.values():
                thing.values["opt" if words[0] == "Optional" else "implied"] = "1"
            elif words[0] in _FIELD_OF and len(words) == 3:
                thing.values[_FIELD_OF[words[0]]] = words[2]
            else:
                self.fail(
                    number,
                    f"there is no attribute {' '.join(words[::2])!r}; known are {', '.join([*_FLAGS.values(), *_FIELD_OF])}",
                )
        elif name[0] == "R":
            self.relation(number, rest)
        elif name[0] == "#":
            self.note(number, rest)
        else:
            self.fail(number, f"{line!r}: hamkor has no use for a relation without an id")

    def thing(self, number: int, name: str) -> _Thing:
        if name not in self.things:
            self.fail(number, f"there is no {name}")
        return self.things[name]

    def span(self, number: int, name: str, rest: str) -> None:
        head, _, words = rest.partition("\t")
        match = re.fullmatch(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)", head)
        if match is None:
            self.fail(number, f"{head!r} is no span; it is written as type, start and end")
        if match[1] not in _TAGS:
            self.fail(number, f"unknown type {match[1]}; known are {', '.join(_TAGS)}")
        pieces = [tuple(map(int, piece.split())) for piece in match[2].split(";")]
        for (_, end), (start, _) in zip(pieces, pieces[1:], strict=False):
            if self.text[end:start].strip() or start < end:
                self.fail(
                    number, f"{name} has a gap in it ({self.text[end:start].strip()!r}); spans of gold are one piece"
                )
        found = " ".join(self.text[start:end] for start, end in pieces)
        if found.split() != words.split():
            self.fail(
                number,
                f"{name} says {words!r}, the text has {found!r} there; was the text changed, or are the offsets bytes?",
            )
        self.things[name] = _Thing(number, match[1], pieces[0][0], pieces[-1][1])

    def event(self, number: int, name: str, rest: str) -> None:
        (type, _, trigger), *roles = (part.partition(":") for part in rest.split()) if rest.strip() else [("", "", "")]
        if type != "Agreement" or self.thing(number, trigger).type != "Agreement":
            self.fail(number, f"{rest!r} is no event of hamkor; it is written as Agreement:T3 Party:T1 Party2:T2")
        wrong = [role for role, _, _ in roles if not re.fullmatch(r"Party\d*", role)]
        if wrong:
            self.fail(number, f"an agreement has the role Party, not {wrong[0]}")
        self.things[name] = _Thing(number, "Event", trigger=trigger, parties=tuple(target for _, _, target in roles))

    def relation(self, number: int, rest: str) -> None:
        match = re.fullmatch(r"(\S+) \S+?:(\S+) \S+?:(\S+)", rest.strip())
        side = next((side for side, name in _SIDES.items() if match is not None and name == match[1]), None)
        if match is None or side is None:
            self.fail(
                number,
                f"{rest!r} is no relation of hamkor; there are {', '.join(_SIDES.values())}, from a count to an institution",
            )
        if self.thing(number, match[2]).type != "Count" or self.thing(number, match[3]).type != "Institution":
            self.fail(number, f"{match[1]} leads from a count to an institution")
        self.things[match[2]].drawn.setdefault(side, []).append(match[3])

    def note(self, number: int, rest: str) -> None:
        head, _, line = rest.partition("\t")
        target = head.split()[-1] if head.split() else ""
        try:
            fields = read_fields(line)
        except ValueError as error:
            self.fail(number, f"the note of {target}: {error}")
        if target == "*":
            slug = dict(fields).get("id")
            if slug is None:
                self.fail(number, "a note on an institution that is named nowhere needs its id")
            self.say(number, slug, institution_of(dict(fields)))
            return
        thing = self.thing(number, target)
        thing.written += [value for name, value in fields if name == "party"]
        thing.values |= {name: value for name, value in fields if name != "party"}

    def say(self, number: int, slug: str, entry: Mapping[str, str]) -> None:
        """Take down what is said of an institution."""
        self.positions.setdefault(slug, number)
        clash = merge(self.institutions, slug, entry)
        if clash is not None:
            said = self.institutions[slug][clash]
            self.fail(
                number, f"{slug} has the {clash} {entry[clash]!r} here and {said!r} in line {self.positions[slug]}"
            )

    def gold(self) -> Gold:
        marks = []
        for name, thing in self.things.items():
            if thing.type == "Institution":
                entry = institution_of(thing.values)
                if entry and "id" not in thing.values:
                    self.fail(
                        thing.position, f"{name} says what its institution is, but no id; write id=… into its note"
                    )
                if entry:
                    self.say(thing.position, thing.values["id"], entry)
            if thing.type in _TAGS:
                marks.append(self.mark(name, thing))
        agreements = [self.agreement(thing) for thing in self.things.values() if thing.type == "Event"]
        entries = {slug: Entry(entry, self.positions[slug]) for slug, entry in self.institutions.items()}
        return make_gold(self.text, marks, entries, agreements, id=self.path.stem, fail=self.fail)

    def mark(self, name: str, thing: _Thing) -> Mark:
        """Return the mark of a span with the attributes that a tag of a gold file has."""
        of_institution = {"kind", "country", *(key for key in thing.values if key.startswith("name."))}
        values = {key: value for key, value in thing.values.items() if key not in of_institution}
        if thing.type == "Agreement":
            values.setdefault("id", name)
        for side, targets in thing.drawn.items():
            parties = {self.slug(thing.position, target) for target in targets} | (
                {values[side]} if side in values else set()
            )
            if len(parties) > 1:
                self.fail(thing.position, f"{name} has more than one {side}: {', '.join(sorted(parties))}")
            values[side] = parties.pop()
        return Mark(_TAGS[thing.type], values, thing.start, thing.end, thing.position)

    def agreement(self, thing: _Thing) -> Entry:
        fields: dict[str, Any] = dict(thing.values)
        fields["trigger"] = self.things[thing.trigger].values.get("id", thing.trigger)
        fields["parties"] = joined(thing.written, [self.slug(thing.position, party) for party in thing.parties])
        return Entry(fields, thing.position)

    def slug(self, number: int, target: str) -> str:
        slug = self.thing(number, target).values.get("id")
        if slug is None or self.things[target].type != "Institution":
            self.fail(number, f"{target} is no institution with an id; write id=… into its note")
        return slug
