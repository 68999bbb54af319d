"""Gold and records written by hand in one line each, for the cases whose figures are counted by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.evaluation.annotators import as_record
from pipeline.evaluation.gold import Gold, parse_gold
from pipeline.records import Record

_ID = re.compile(r'(?:id|from|to|by)="([a-z-]+)"')
_PARTY = re.compile(r"[a-z][a-z-]*")


def gold_of(body: str, *agreements: str, id: str = "case", **entities: str) -> Gold:
    """The gold of a marked text; every institution is a library in Uzbekistan where `entities` (`nl="museum KZ"`) says nothing else.

    An agreement is written `kind status party+party t1`, with ` signed=…`, ` valid=…` or ` opt` after it.
    """
    slugs = dict.fromkeys(_ID.findall(body.replace("<a id", "<a #")))
    rows = [_agreement(agreement) for agreement in agreements]
    for agreement in agreements:
        slugs |= dict.fromkeys(_PARTY.findall(agreement.split()[2].replace("country:", "=").split("=")[0]))
    lists = ["institutions:"]
    for slug in slugs:
        kind, _, country = entities.get(slug.replace("-", "_"), "library UZ").partition(" ")
        lists.append(f"  {slug}: {{kind: {kind}{f', country: {country}' if country else ''}}}")
    return parse_gold("\n".join([body, "---", *lists, "agreements:", *rows, ""]), file=f"{id}.gold")


def record_of(body: str, *agreements: str, id: str = "case", authorities: Mapping[str, str | None] | None = None, **entities: str) -> Record:  # fmt: skip
    """The record that says what a marked text says. `authorities`: the keys of its institutions where they are not the slugs; None for an unknown one."""
    record = as_record(gold_of(body, *agreements, id=id, **entities))
    keys = authorities or {}
    institutions = tuple(
        institution.model_copy(update={"authority": keys.get(institution.authority or "", institution.authority)})
        for institution in record.institutions
    )
    return record.model_copy(update={"institutions": institutions})


def _agreement(line: str) -> str:
    kind, status, parties, trigger, *more = line.split()
    fields = [
        f"kind: {kind}",
        f"status: {status}",
        f"parties: [{', '.join(parties.split('+'))}]",
        f"trigger: {trigger}",
    ]
    fields += ["opt: 1" if word == "opt" else word.replace("=", ": ", 1) for word in more]
    return f"  - {{{', '.join(fields)}}}"
