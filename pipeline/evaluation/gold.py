"""Gold files: an article's own text with tags around what is to be found, a line `---`, then YAML.

    <i id="nl-uz">Ўзбекистон Миллий кутубхонаси</i> … <d v="2014-09-16/2014-09-22">2014 йил 16–22 сентябрь</d> …
    <c n="138" unit="copies" act="transferred" to="nl-uz">138 нусха</c> … <a id="t1">меморандум</a>
    ---
    institutions:
      nl-uz: {kind: library, country: UZ, en: National Library of Uzbekistan}
    agreements:
      - {kind: memorandum, status: signed, parties: [nl-uz, nla-eg], signed: 2008, trigger: t1}

Offsets count code points of the text without tags, half-open. `opt="1"` marks what is neither wanted nor wrong. Tags nest,
never cross; `<`, `>` and `&` of the article are written `&lt;`, `&gt;`, `&amp;`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, get_args

import yaml

from pipeline.evaluation.markup import Fail, Mark, read_marks
from pipeline.records import model

__all__ = [
    "Entry",
    "Gold",
    "GoldAgreement",
    "GoldCount",
    "GoldDate",
    "GoldEntity",
    "GoldError",
    "GoldMention",
    "GoldTrigger",
    "make_gold",
    "parse_gold",
    "read_gold",
]

_TAIL = re.compile(r"\r?\n---\r?\n")
_NUMBER = re.compile(r"(\d+)(?:\.\.(\d+))?")
_ALLOWED = {
    "i": {"id", "opt", "implied"},
    "d": {"v", "opt"},
    "c": {"n", "unit", "act", "bound", "from", "to", "by", "opt"},
    "a": {"id", "opt"},
}
_KINDS = frozenset(get_args(model.InstitutionKind))
_UNITS = frozenset(get_args(model.Unit))
_ACTS = frozenset(get_args(model.Act))
_BOUNDS = frozenset(get_args(model.Bound))
_AGREEMENTS = frozenset(get_args(model.AgreementKind))
_STATUS = frozenset(get_args(model.Status))


class GoldError(ValueError):
    """A gold file that does not follow its rules: `file`, `line` (from 1) and `reason`."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    start: int
    end: int
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention(_Span):
    """A place where an institution is named; `entity` is None only where the mention is optional."""

    entity: str | None
    implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDate(_Span):
    """A date; `edtf` is None only where it is optional."""

    edtf: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCount(_Span):
    """A copy count; number, unit and act are None only where it is optional."""

    number: int | None
    number_max: int | None
    unit: str | None
    act: str | None
    bound: str | None
    from_: str | None
    to: str | None
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTrigger(_Span):
    """The words that name an agreement."""

    id: str


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An institution of the file: its kind, country (None where it has none), and names by language."""

    kind: str
    country: str | None
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GoldAgreement:
    """An agreement; parties are entities or `country:XX`; signed and valid are EDTF or None."""

    kind: str
    status: str
    parties: tuple[str, ...]
    signed: str | None
    valid: str | None
    trigger: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An institution or an agreement before it is checked: its fields as a gold file's lists have them, and its position in the source."""

    fields: Mapping[str, Any]
    position: int


@dataclass(frozen=True, slots=True)
class Gold:
    """One article with what is to be found in it, each layer in the order of the text (outer spans before inner ones)."""

    id: str
    text: str
    institutions: tuple[GoldMention, ...]
    dates: tuple[GoldDate, ...]
    counts: tuple[GoldCount, ...]
    triggers: tuple[GoldTrigger, ...]
    entities: Mapping[str, GoldEntity]
    agreements: tuple[GoldAgreement, ...]


def read_gold(path: str | Path) -> Gold:
    """Return the gold of a file. Raises GoldError where it does not follow the rules, OSError where it cannot be read."""
    path = Path(path)
    data = path.read_bytes()
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldError(str(path), data.count(b"\n", 0, error.start) + 1, "not UTF-8; save it as UTF-8") from error
    return parse_gold(source, file=str(path))


def parse_gold(source: str, *, file: str = "gold") -> Gold:
    """Return the gold that a file's text says. Raises GoldError where it does not follow the rules."""
    return _Parser(source, file).gold()


def make_gold(
    text: str,
    marks: Sequence[Mark],
    institutions: Mapping[str, Entry],
    agreements: Sequence[Entry],
    *,
    id: str,
    fail: Fail,
) -> Gold:
    """Return the gold of an article, checked, in whatever notation its marks and lists were written.

    `fail(position, reason)` raises: it gets the position of the mark or entry that does not follow the rules.
    """
    return _Maker(text, fail).gold(marks, institutions, agreements, id)


class _Maker:
    """The checks that every notation shares."""

    def __init__(self, text: str, fail: Fail) -> None:
        self.text = text
        self.fail = fail
        self.entities: dict[str, GoldEntity] = {}

    def gold(
        self, marks: Sequence[Mark], institutions: Mapping[str, Entry], agreements: Sequence[Entry], id: str
    ) -> Gold:
        self.entities = {slug: self.entity(slug, entry) for slug, entry in institutions.items()}
        made = tuple(self.agreement(number, entry) for number, entry in enumerate(agreements, start=1))
        self.check_nesting(marks)
        layers: dict[str, list[Any]] = {name: [] for name in _ALLOWED}
        for mark in marks:
            layers[mark.name].append(self.span(mark))
        for layer in layers.values():
            # The last key orders spans that stand in one place, so that gold does not depend on the notation it came in.
            layer.sort(key=lambda span: (span.start, -span.end, repr(span)))
        triggers = {trigger.id for trigger in layers["a"]}
        for number, (agreement, entry) in enumerate(zip(made, agreements, strict=True), start=1):
            if agreement.trigger not in triggers:
                self.fail(entry.position, f"agreement {number}: no <a id={agreement.trigger!r}> in the text")
        return Gold(
            id=id,
            text=self.text,
            institutions=tuple(layers["i"]),
            dates=tuple(layers["d"]),
            counts=tuple(layers["c"]),
            triggers=tuple(layers["a"]),
            entities=self.entities,
            agreements=made,
        )

    def check_nesting(self, marks: Sequence[Mark]) -> None:
        around: list[Mark] = []
        for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
            while around and around[-1].end <= mark.start:
                around.pop()
            if around and around[-1].end < mark.end:
                one, other = (self.text[span.start : span.end] for span in (around[-1], mark))
                self.fail(mark.position, f"{one!r} and {other!r} cross; spans nest, they never cross")
            around.append(mark)

    def span(self, mark: Mark) -> _Span:
        """Return the typed span of a tag, checked."""
        found, attributes = self.text[mark.start : mark.end], mark.attributes
        for flag in ("opt", "implied"):
            if attributes.get(flag, "1") != "1":
                self.fail(mark.position, f'{found!r}: {flag} is {attributes[flag]!r}; write {flag}="1", or leave it')
        optional = attributes.get("opt") == "1"
        if not found or found != found.strip():
            self.fail(mark.position, f"<{mark.name}> begins or ends with white space, or is empty: {found!r}")
        if mark.name == "i":
            entity = attributes.get("id")
            if not optional and entity not in self.entities:
                self.fail(mark.position, f"{found!r}: {entity!r} is not listed under institutions")
            return GoldMention(
                start=mark.start,
                end=mark.end,
                text=found,
                optional=optional,
                entity=entity,
                implied=attributes.get("implied") == "1",
            )
        if mark.name == "d":
            if not optional and not attributes.get("v"):
                self.fail(mark.position, f"{found!r}: a date needs its value, v")
            return GoldDate(start=mark.start, end=mark.end, text=found, optional=optional, edtf=attributes.get("v"))
        if mark.name == "a":
            if "id" not in attributes:
                self.fail(mark.position, f"{found!r}: a trigger needs an id")
            return GoldTrigger(start=mark.start, end=mark.end, text=found, optional=optional, id=attributes["id"])
        return self.count(mark, found, optional)

    def count(self, mark: Mark, found: str, optional: bool) -> GoldCount:
        attributes = mark.attributes
        number = _NUMBER.fullmatch(attributes.get("n", ""))
        if not optional:
            if number is None:
                self.fail(
                    mark.position,
                    f"{found!r}: n is {attributes.get('n')!r}, neither a number nor a range such as 100..120",
                )
            for name, allowed in (("unit", _UNITS), ("act", _ACTS)):
                if attributes.get(name) not in allowed:
                    self.fail(
                        mark.position,
                        f"{found!r}: {name} is {attributes.get(name)!r}; there are {', '.join(sorted(allowed))}",
                    )
            if attributes.get("bound") not in {None, *_BOUNDS}:
                self.fail(
                    mark.position,
                    f"{found!r}: bound is {attributes['bound']!r}; there are {', '.join(sorted(_BOUNDS))}",
                )
            for name in ("from", "to", "by"):
                self.party(attributes.get(name), mark.position, found)
        return GoldCount(
            start=mark.start,
            end=mark.end,
            text=found,
            optional=optional,
            number=int(number[1]) if number else None,
            number_max=int(number[2]) if number and number[2] else None,
            unit=attributes.get("unit"),
            act=attributes.get("act"),
            bound=attributes.get("bound"),
            from_=attributes.get("from"),
            to=attributes.get("to"),
            by=attributes.get("by"),
        )

    def party(self, party: str | None, position: int, where: str) -> None:
        if party is not None and party not in self.entities and not re.fullmatch(r"country:[A-Z]{2}", party):
            self.fail(position, f"{where!r}: {party!r} is neither listed under institutions nor country:XX")

    def entity(self, slug: str, entry: Entry) -> GoldEntity:
        names = dict(entry.fields)
        kind, country = names.pop("kind", None), names.pop("country", None)
        if kind not in _KINDS:
            self.fail(entry.position, f"institution {slug}: kind is {kind!r}; there are {', '.join(sorted(_KINDS))}")
        if not all(isinstance(value, str) for value in (country or "", *names.values())):
            self.fail(entry.position, f"institution {slug}: a country and a name are one text each")
        return GoldEntity(kind, country or None, names)

    def agreement(self, number: int, entry: Entry) -> GoldAgreement:
        where, fields = f"agreement {number}", entry.fields
        optional = fields.get("opt") is not None
        if fields.get("opt", "1") not in ("1", "true"):
            self.fail(entry.position, f"{where}: opt is {fields['opt']!r}; write opt: 1, or leave it")
        for name, allowed in (("kind", _AGREEMENTS), ("status", _STATUS)):
            if fields.get(name) not in allowed:
                self.fail(
                    entry.position, f"{where}: {name} is {fields.get(name)!r}; there are {', '.join(sorted(allowed))}"
                )
        parties = tuple(fields.get("parties") or ())
        if isinstance(fields.get("parties"), str) or not all(isinstance(party, str) for party in parties):
            self.fail(entry.position, f"{where}: parties is a list such as [nl-uz, nla-eg]")
        if not all(isinstance(fields.get(name) or "", str) for name in ("signed", "valid", "trigger")):
            self.fail(entry.position, f"{where}: signed, valid and trigger are one text each")
        if len(parties) < 2 and not optional:
            self.fail(entry.position, f"{where}: it takes two parties")
        for party in parties:
            self.party(party, entry.position, where)
        return GoldAgreement(
            fields["kind"],
            fields["status"],
            parties,
            fields.get("signed"),
            fields.get("valid"),
            fields.get("trigger", ""),
            optional,
        )


class _Parser:
    """The state of one reading: the file's text and where its YAML begins."""

    def __init__(self, source: str, file: str) -> None:
        self.source = source
        self.file = file
        tail = _TAIL.search(source)
        if tail is None:
            self.fail(len(source), "there is no line `---` between the article and its lists")
        self.body, self.tail, self.tail_at = source[: tail.start()], source[tail.end() :], tail.end()

    def gold(self) -> Gold:
        text, marks = read_marks(self.body, _ALLOWED, self.fail)
        institutions, agreements = self.lists()
        return make_gold(text, marks, institutions, agreements, id=Path(self.file).stem, fail=self.fail)

    def fail(self, position: int, reason: str) -> NoReturn:
        raise GoldError(self.file, self.source.count("\n", 0, position) + 1, reason)

    def lists(self) -> tuple[dict[str, Entry], list[Entry]]:
        """Return the institutions and agreements of the YAML part; every value in it is read as a string."""
        # The loader in C where PyYAML has it: reading gold is most of the time of an evaluation otherwise.
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(self.tail)
        try:
            node = loader.get_single_node()
            data = (loader.construct_document(node) if node is not None else None) or {}
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line if error.problem_mark else 0
            raise GoldError(
                self.file, self.source.count("\n", 0, self.tail_at) + line + 1, f"YAML: {error.problem}"
            ) from error
        if not isinstance(data, dict) or data.keys() - {"institutions", "agreements"}:
            self.fail(self.tail_at, "after the `---` there are `institutions:` and `agreements:`, and nothing else")
        institutions, agreements = data.get("institutions") or {}, data.get("agreements") or []
        if not isinstance(institutions, dict) or not all(
            isinstance(entry or {}, dict) for entry in institutions.values()
        ):
            self.fail(self.tail_at, "institutions: is a list of lines such as `nl-uz: {kind: library, country: UZ}`")
        if not isinstance(agreements, list) or not all(isinstance(entry, dict) for entry in agreements):
            self.fail(self.tail_at, "agreements: is a list of lines such as `- {kind: memorandum, status: signed, …}`")
        lists = {key.value: value.value for key, value in node.value} if node is not None and data else {}
        at = {key.value: self.tail_at + key.start_mark.index for key, _ in lists.get("institutions", ()) or ()}
        places = [self.tail_at + entry.start_mark.index for entry in lists.get("agreements", ()) or ()]
        return (
            {slug: Entry(entry or {}, at[slug]) for slug, entry in institutions.items()},
            [Entry(entry, place) for entry, place in zip(agreements, places, strict=True)],
        )
