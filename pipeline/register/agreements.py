"""The register of agreements: one row for each, however many articles tell of it.

Two tellings are of one agreement where the parties are the same by their keys, the kind is the same, and no year speaks against it: the year of signing,
else the year from which it holds. A telling without a year joins where there is just one agreement that it can mean. Which rows there are does not hang on the
order of the articles. What the articles do not agree on is not settled but shown: the row has the part that all bear out, `conflicts` has the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.finders.edtf import Edtf, EdtfError
from pipeline.register.sightings import Batch, Sighting

__all__ = ["Party", "Row", "register", "register_of"]

_MARKS = "?~%"


@dataclass(frozen=True, slots=True)
class Party:
    """A party of an agreement: its key (`country:XX` for a state), what it is called, where it sits."""

    key: str
    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement. `status`, `signed`, `valid`: what all sightings bear out, None where nothing is; `conflicts`: for a field its values and the articles of each."""

    id: str
    kind: str
    status: str | None
    parties: tuple[Party, ...]
    signed: str | None
    valid: str | None
    sightings: tuple[Sighting, ...]
    conflicts: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that tell of it, each once."""
        return tuple(dict.fromkeys(sighting.document for sighting in self.sightings))


def register(batch: Batch) -> list[Row]:
    """Return the agreements of a batch, sorted by parties, kind and year."""
    return register_of(batch.sightings(), _parties(batch))


def register_of(sightings: Iterable[Sighting], parties: Mapping[str, Party]) -> list[Row]:
    """Return the agreements that sightings tell of, sorted so; a party that is not in `parties` is called by its key.

    Sightings of other parties or another kind never change a row, so the agreements of some parties may be made anew by themselves.
    """
    groups: dict[tuple[tuple[str, ...], str], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        if len(sighting.parties) > 1:  # two names of one institution, as judged since, are no two parties
            groups[sighting.parties, sighting.kind].append(sighting)
    rows: list[Row] = []
    for (keys, kind), group in sorted(groups.items()):
        named = tuple(parties.get(key) or Party(key, key.removeprefix("country:"), _state(key)) for key in keys)
        made = sorted((_row(kind, named, cluster) for cluster in _clusters(group)), key=_order)
        used: Counter[str] = Counter()
        for row in made:
            used[row.id] += 1
            number = f"/{used[row.id]}" if used[row.id] > 1 else ""
            rows.append(
                Row(row.id + number, kind, row.status, named, row.signed, row.valid, row.sightings, row.conflicts)
            )
    return rows


def _state(key: str) -> str | None:
    return key.removeprefix("country:") if key.startswith("country:") else None


def _parties(batch: Batch) -> dict[str, Party]:
    """Return for each key its most usual name: the English one where there is one, else as most articles write it."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    countries: dict[str, Counter[str]] = defaultdict(Counter)
    for key, _, institution in batch.institutions():
        names[key][institution.names.get("en") or institution.name] += 1
        if institution.country:
            countries[key][institution.country] += 1
    return {key: Party(key, _most(counter) or key, _most(countries[key])) for key, counter in names.items()}


def _most(counter: Counter[str]) -> str | None:
    return min(counter, key=lambda value: (-counter[value], value), default=None)


# -- which sightings are of one agreement ---------------------------------------------------------


def _clusters(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Return the sightings of one set of parties and one kind, sorted into agreements."""
    by_year: dict[int, list[Sighting]] = defaultdict(list)
    free: list[Sighting] = []
    for sighting in sightings:
        year = _year(sighting.signed) or _year(_begin(sighting))
        if year is None:
            free.append(sighting)
        else:
            by_year[year].append(sighting)
    for year in sorted(
        by_year
    ):  # «2009–2014» without a day of signing belongs to the agreement signed in 2008 that holds from 2009
        if all(sighting.signed is None for sighting in by_year[year]):
            fitting = [
                other
                for other in by_year
                if other != year and any(_year(_begin(s)) == year for s in by_year[other] if s.signed is not None)
            ]
            if len(fitting) == 1:
                by_year[fitting[0]] += by_year.pop(year)
    anchored = [part for year in sorted(by_year) for part in _split(by_year[year], lambda s: _year(_begin(s)))]
    ending = [sighting for sighting in free if _year(_end(sighting)) is not None]
    undated = [sighting for sighting in free if _year(_end(sighting)) is None]
    by_end: dict[int | None, list[Sighting]] = defaultdict(list)
    for sighting in ending:
        by_end[_year(_end(sighting))].append(sighting)
    before = [list(part) for part in anchored]  # what the articles with a year say, whoever joins them
    for year_, part in sorted(by_end.items(), key=lambda item: item[0] or 0):
        fitting_ = [at for at, one in enumerate(before) if _may_end(one, year_)]
        if len(fitting_) == 1:
            anchored[fitting_[0]] += part
        else:
            anchored.append(part)
    if undated:
        if len(anchored) == 1:
            anchored[0] += undated
        else:
            anchored.append(undated)
    return anchored


def _split(sightings: Sequence[Sighting], value: Callable[[Sighting], Hashable | None]) -> list[list[Sighting]]:
    """Return the sightings by a value; those without one join where there is just one value, else stand alone."""
    groups: dict[Hashable | None, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        groups[value(sighting)].append(sighting)
    without = groups.pop(None, [])
    parts = list(groups.values())
    if not without:
        return parts
    return [parts[0] + without] if len(parts) == 1 else [*parts, without]


def _may_end(sightings: Iterable[Sighting], year: int | None) -> bool:
    ends = {_year(_end(sighting)) for sighting in sightings} - {None}
    begins = [begin for sighting in sightings if (begin := _year(sighting.signed) or _year(_begin(sighting)))]
    return year is not None and (year in ends if ends else all(begin <= year for begin in begins))


def _value(text: str | None) -> Edtf | None:
    try:
        return Edtf.parse(text) if text else None
    except EdtfError:  # a record may hold what this version does not read: then it says nothing here
        return None


def _begin(sighting: Sighting) -> str | None:
    value = _value(sighting.valid)
    return str(value.begin) if value is not None and value.begin is not None else None


def _end(sighting: Sighting) -> str | None:
    value = _value(sighting.valid)
    return str(value.end) if value is not None and value.interval and value.end is not None else None


def _year(text: str | None) -> int | None:
    """Return the year of a date; None of a decade, a century, a day without a year."""
    value = _value(text)
    point = value.begin if value is not None else None
    return point.year if point is not None and not point.masked else None


# -- what they say together -----------------------------------------------------------------------


def _row(kind: str, parties: tuple[Party, ...], sightings: Sequence[Sighting]) -> Row:
    told = tuple(sorted(sightings, key=lambda s: (s.document, s.trigger.start, s.trigger.end, repr(s))))
    conflicts: dict[str, dict[str, tuple[str, ...]]] = {}
    signed = _agreed(told, lambda s: s.signed, "signed", conflicts)
    begin = _agreed(told, _begin, "valid from", conflicts)
    end = _agreed(told, _end, "valid until", conflicts)
    open_ = any(s.valid and s.valid.endswith("/..") for s in told)
    valid = None
    if "valid until" not in conflicts and "valid from" not in conflicts:
        valid = f"{begin}/{end or '..'}" if begin and (end or open_) else f"../{end}" if end else begin
        valid = (
            valid if _value(valid) is not None else None
        )  # of one article the beginning, of another an end before it
    year = _year(signed) or _year(begin)
    number = str(year) if year is not None else f"..{_year(end)}" if _year(end) is not None else "undated"
    id_ = "/".join(["+".join(party.key for party in parties), kind, number])
    return Row(id_, kind, _status(told, conflicts), parties, signed, valid, told, conflicts)


def _agreed(
    told: Sequence[Sighting],
    value: Callable[[Sighting], str | None],
    name: str,
    conflicts: dict[str, dict[str, tuple[str, ...]]],
) -> str | None:
    """Return the date that all sightings bear out, the most exact one; where they differ the part in which they agree, and a conflict."""
    values: dict[str, list[str]] = defaultdict(list)
    for sighting in told:
        text = value(sighting)
        if text is not None:
            values[text].append(sighting.document)
    plain = {text: text.rstrip(_MARKS) for text in values}
    exact = [text for text in values if not any(_within(plain[other], plain[text]) for other in values)]
    if len({plain[text] for text in exact}) <= 1:
        return min(exact, key=lambda text: (len(text), text), default=None)
    conflicts[name] = {text: tuple(dict.fromkeys(values[text])) for text in sorted(values)}
    parts = [plain[text].split("-") for text in exact]
    common = [piece for piece, *others in zip(*parts, strict=False) if all(other == piece for other in others)]
    return common[0] if common and parts[0][0] == common[0] and len(common[0]) == 4 else None


def _within(narrow: str, wide: str) -> bool:
    """Return whether one date is a part of another: 2014-05 of 2014."""
    return narrow.startswith(wide + "-")


def _status(told: Sequence[Sighting], conflicts: dict[str, dict[str, tuple[str, ...]]]) -> str | None:
    """Return the status of the latest article; None, and a conflict, where the articles differ and their dates do not tell which is the latest."""
    values: dict[str, list[str]] = defaultdict(list)
    for sighting in told:
        values[sighting.status].append(sighting.document)
    if len(values) == 1:
        return told[0].status
    dated = [
        (day, s.status) for s in told if (value := _value(s.date)) is not None and (day := value.lower) is not None
    ]
    if len(dated) == len(told):
        last = max(day for day, _ in dated)
        latest = {status for day, status in dated if day == last}
        if len(latest) == 1:
            return latest.pop()
    conflicts["status"] = {status: tuple(dict.fromkeys(values[status])) for status in sorted(values)}
    return None


def _order(row: Row) -> tuple[object, ...]:
    value = _value(row.signed) or _value(row.valid)
    return (
        value is None,
        value._key() if value is not None else (),
        row.sightings[0].document,
        row.sightings[0].trigger,
    )
