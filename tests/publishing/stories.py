"""Articles written for tests with their records, and workspaces in memory: stories of runs in which they come, change and go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.records.model import Record
from pipeline.workspace import Change, Run

HOSTILE = (
    "'; DROP TABLE documents; --",
    '"); DELETE FROM mentions; --',
    "=cmd|'/C calc'!A1",
    "+1+1|x",
    "-2+3",
    "@SUM(1)",
    "\tTAB",
    "<script>alert(1)</script>",
    "]]></data><!-- & &amp; \"quoted\" 'too' -->",
    "nul\x00 bell\x07 escape\x1b unit\x1f record\x1e",
    "half\ud800 pair\udfff \ufffe\uffff",
    "line\r\nbreak\rand\ttab | pipe || */ /* {{title}} ${x} %s %(x)s :day \\",
    "\u202eright to left\u202c \U0001f4da Ўзбекистон Оʻz’",
)
"""Words that have broken databases, spreadsheets, XML and pages before."""


class Draft:
    """An article in the making: what is said, and what its record says of it."""

    def __init__(self, *, title: str | None = None, date: str | None = None, name: str = "") -> None:
        self.text, self.title, self.date, self.name = "", title, date, name
        self.institutions: list[dict[str, Any]] = []
        self.dates: list[dict[str, Any]] = []
        self.counts: list[dict[str, Any]] = []
        self.agreements: list[dict[str, Any]] = []

    def say(self, words: str) -> dict[str, Any]:
        """Add words to the text; return their span."""
        start = len(self.text)
        self.text += words + " "
        return {"start": start, "end": start + len(words), "text": words}

    def institution(
        self, key: str, name: str = "", *, confidence: float = 1.0, mentions: Sequence[float] = (), **more: Any
    ) -> str:
        """Name an institution, once for each confidence of `mentions`; return its id in the record."""
        name = name or f"Museum {key}"
        said = [
            {**self.say(name), "rule": "r", "link": "gazetteer", "confidence": sure}
            for sure in mentions or (confidence,)
        ]
        known = {"authority": None if key.startswith("x-") else key, "kind": "museum", "country": "UZ"}
        id_ = f"i{len(self.institutions) + 1}"
        plain = {"id": id_, "name": name, "names": {"en": name}, **known, "key": key, "identifiers": {}}
        self.institutions.append({**plain, "confidence": confidence, "mentions": said, **more})
        return id_

    def day(self, words: str, edtf: str) -> None:
        self.dates.append({**self.say(words), "id": f"d{len(self.dates) + 1}", "edtf": edtf, "rule": "day"})

    def count(self, words: str, number: int, *, unit: str = "copies", act: str = "transferred", **more: Any) -> str:
        id_ = f"c{len(self.counts) + 1}"
        plain = {
            "number": number,
            "number_max": None,
            "bound": None,
            "unit": unit,
            "item": None,
            "act": act,
            "date": None,
        }
        self.counts.append(
            {**self.say(words), "id": id_, **plain, "from": (), "to": (), "by": (), "rule": "count", **more}
        )
        return id_

    def agreement(self, parties: Sequence[str], *, words: str = "memorandum", **more: Any) -> None:
        plain = {"kind": "memorandum", "status": "signed", "signed": None, "valid": None, "rule": "trigger"}
        id_ = f"a{len(self.agreements) + 1}"
        self.agreements.append({"id": id_, **plain, "parties": parties, "trigger": self.say(words), **more})

    def record(self, key: str) -> Record:
        document = {
            "id": self.name or key[:8], "source": f"{self.name or key[:8]}.txt", "media_type": "text/plain", "encoding": "utf-8", "sha256": key,
            "characters": len(self.text), "title": self.title, "date": self.date,
            "segments": [{"start": 0, "end": len(self.text), "language": "en", "script": "Latn"}],
        }  # fmt: skip
        layers = {
            "institutions": self.institutions,
            "dates": self.dates,
            "copy_counts": self.counts,
            "agreements": self.agreements,
        }
        return Record.model_validate({"document": document, **layers})


def key_of(name: str) -> str:
    """The key of an article by its name in a story."""
    return hashlib.sha256(name.encode()).hexdigest()


class Story:
    """A workspace in memory: in each run articles come, change (a Draft) or go (None), by name."""

    def __init__(self, *happened: Mapping[str, Draft | None], began: str = "2026-01-{:02d}T08:00:00+00:00") -> None:
        self.happened, self.began = list(happened), began

    def runs(self) -> list[Run]:
        return [
            Run(number, self.began.format(number), self.began.format(number), "f" * 64, "0.1.0", len(what))
            for number, what in enumerate(self.happened, start=1)
        ]

    def changes(self, *, since: int = 0) -> Iterator[Change]:
        last: dict[str, tuple[int, Draft | None]] = {}
        stood: dict[str, bool] = {}
        for number, what in enumerate(self.happened, start=1):
            for name, draft in what.items():
                last[name] = (number, draft)
                if number <= since:
                    stood[name] = draft is not None
        for _, key, name in sorted((number, key_of(name), name) for name, (number, _) in last.items()):
            run, draft = last[name]
            if run <= since:
                continue
            if draft is not None:
                state: Any = "changed" if stood.get(name) else "added"
                yield Change(key, (f"{name}.txt",), run, state, draft.record(key), draft.text)
            elif stood.get(name):
                yield Change(key, (f"{name}.txt",), run, "withdrawn", None, None)

    def upto(self, run: int) -> Story:
        """The workspace as it was after a run."""
        return Story(*self.happened[:run], began=self.began)


def telling(parties: Sequence[str], **more: Any) -> Draft:
    """An article that tells of one agreement."""
    date = more.pop("date", None)
    draft = Draft(title="Partners", date=date)
    ids = [one if one.startswith("country:") else draft.institution(one) for one in parties]
    draft.agreement(ids, **more)
    return draft


def gift(giver: str, receiver: str, number: int, **more: Any) -> Draft:
    """An article that tells of one gift."""
    draft = Draft(title="A gift")
    ids = [draft.institution(one) for one in (giver, receiver)]
    draft.count(f"{number} copies", number, **{"from": (ids[0],), "to": (ids[1],), **more})
    return draft


def hostile() -> Draft:
    """An article every word of which is an attack."""
    draft = Draft(title=HOSTILE[0] + HOSTILE[2], name="=evil'--")
    for number, words in enumerate(HOSTILE):
        draft.institution(
            f"x-evil-{number}",
            words,
            names={"en": words, "ru": words[::-1]},
            identifiers={"wikidata": f"Q{number + 1}"},
        )
        draft.day(words, "2014")
        draft.count(words, number, item=words, **{"from": (f"i{number + 1}",), "to": ("i1",)})
    for number, words in enumerate(HOSTILE[1:], start=2):
        draft.agreement(["i1", f"i{number}"], words=words, signed="2014", valid="2014/2016")
    draft.agreement(["i2", "country:KZ"], words="x", kind="treaty")
    return draft


def rich() -> Story:
    """A story that has something for every question: agreements in force and ended, conflicts, gifts told twice, a state, an article that changed, one that went."""
    both = telling(["nl-uz", "nl-kz"], signed="2014-05-03", valid="2014/2016")
    both.day("May 2014", "2014-05")
    state = telling(["nl-uz", "country:KR"], kind="agreement", signed="2019", valid="2019/..")
    parts = Draft(title="Parts", date="2020-01")
    a, b, c = (parts.institution(key) for key in ("nl-uz", "nl-kz", "x-zarafat-uz"))
    whole = parts.count("138 copies", 138, **{"from": (a,), "to": (b,), "date": "2014"})
    parts.count("100 books", 100, unit="books", part_of=whole, **{"from": (a,), "to": (b,), "date": "2014"})
    parts.count("more than 40 books", 40, unit="books", bound="min", **{"from": (a, c), "to": (b,), "date": "2015-03"})
    parts.count("12 exhibits", 12, unit="exhibits", act="exhibited", by=(c,))
    return Story(
        {
            "one": both,
            "two": telling(["nl-kz", "nl-uz"], signed="2014", valid="2014/2018"),
            "three": telling(["nl-uz", "nl-kg"], signed="2010", valid="2010/2012", status="ended"),
            "four": telling(["nl-uz", "nl-tj"], status="planned"),
            "gift": gift("nl-uz", "nl-kz", 500, date="2014"),
            "gone": telling(["nl-uz", "nl-tm"], signed="2001"),
        },
        {
            "five": state,
            "again": gift("nl-uz", "nl-kz", 500, date="2014"),
            "gift": gift("nl-uz", "nl-kz", 500, date="2014", unit="copies", bound="min"),
            "parts": parts,
        },
        {"gone": None, "four": telling(["nl-uz", "nl-tj"], signed="2021")},
    )
