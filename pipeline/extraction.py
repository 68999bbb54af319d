"""The way of one article: read, repaired, found, linked, framed, recorded. `load()` makes the extractor once; it is safe for threads."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.authority.capitals import restored
from pipeline.authority.countries import Atlas, atlas
from pipeline.authority.gazetteer import Gazetteer, gazetteer, gazetteer_with
from pipeline.authority.identity import identify
from pipeline.authority.judgements import NONE, Judgements, read_judgements
from pipeline.authority.linking import Institution, Mention, link
from pipeline.authority.names import building
from pipeline.authority.naming import base_form, names_of
from pipeline.finders.agreements import Agreement, find_agreements
from pipeline.finders.counts import Count, find_counts
from pipeline.finders.dates import Date, find_dates
from pipeline.finders.grids import find_grids
from pipeline.finders.institutions import find_names
from pipeline.languages.grammar import grammar
from pipeline.relations.judges import Judges, own_judges, read_judges
from pipeline.resources import gazetteers
from pipeline.text.document import Document, prepare

if TYPE_CHECKING:
    from pipeline.ner.engine import DocumentEngine, Engine
    from pipeline.ner.votes import Panel
    from pipeline.reading import Article
    from pipeline.records import model

__all__ = ["DEFAULT_ENGINES", "PARTS", "Extractor", "Findings", "Part", "load"]

Part = Literal["ner", "gazetteer", "context", "judge"]
"""A part that can be taken out, to see what it is worth: the NER engines; the names of the gazetteer; what an article lends from elsewhere in it, the year of a
date that names none and the institution that the article is about; the judges of relations."""
PARTS: tuple[Part, ...] = get_args(Part)
DEFAULT_ENGINES = ("hamkor-ru",)
"""The NER engines that are asked where nobody says which: hamkor's own model on Russian, where it gains the most."""

_TITLE_LENGTH = 200
_MARKUP = re.compile(r"^[#*_\s]+|[#*_\s]+$")


@dataclass(frozen=True, slots=True)
class Findings:
    """What the finders made of one document, before it becomes a record: for `explain` and for the record alike."""

    document: Document
    institutions: Sequence[Institution]
    mentions: Sequence[Mention]
    home: int | None
    dates: Sequence[Date]
    counts: Sequence[Count]
    agreements: Sequence[Agreement]


class Extractor:
    """Extracts records. Made by `load()`; holds no state of any article, so one extractor serves many threads."""

    def __init__(
        self,
        places: Atlas,
        authorities: Gazetteer,
        panel: Panel | None = None,
        *,
        context: bool = True,
        judgements: Judgements = NONE,
        judges: Judges = Judges(),  # noqa: B008 - frozen
    ) -> None:
        self.places = places
        self.authorities = authorities
        self.panel = panel
        self.context = context
        self.judgements = judgements
        self.judges = judges
        for topic in ("institutions", "dates", "counts", "agreements"):
            grammar(topic)

    def find(self, text: str) -> Findings:
        """Return the findings of a text. Never fails on any string; spans are tokens of `findings.document`."""
        document = restored(prepare(text), self.places, self.authorities)
        places = self.places.all(document.tokens)
        names = find_names(document, self.authorities, places)
        if self.panel is not None:
            names = self.panel.add(document, names, places)
        linked = link(document, names, self.authorities, places)
        institutions, mentions, home = identify(document, *linked, self.authorities, self.judgements)
        kinds = [institution.kind for institution in institutions]
        if self.judges.home is not None:
            home = self.judges.home.home(document, mentions, kinds, home)
        home = home if self.context else None
        dates = find_dates(document, context=self.context)
        grids = find_grids(document, mentions, dates)
        countries = [institution.country for institution in institutions]
        counts = find_counts(
            document,
            mentions,
            home,
            places=places,
            countries=countries,
            kinds=kinds,
            dates=dates,
            grids=grids,
            judge=self.judges.counts,
        )
        agreements = find_agreements(
            document,
            mentions,
            dates,
            home=home,
            countries=countries,
            kinds=kinds,
            places=places,
            grids=grids,
            judge=self.judges.agreements,
        )
        return Findings(document, institutions, mentions, home, dates, counts, agreements)

    def without(self, part: Part) -> Extractor:
        """Return an extractor that lacks one part and shares the others."""
        authorities = Gazetteer([], self.places) if part == "gazetteer" else self.authorities
        panel = None if part == "ner" else self.panel
        context = self.context and part != "context"
        judges = Judges() if part == "judge" else self.judges
        return Extractor(self.places, authorities, panel, context=context, judgements=self.judgements, judges=judges)

    def judged_by(self, judges: Judges) -> Extractor:
        """Return an extractor whose copy counts and agreements other judges weigh."""
        return Extractor(
            self.places, self.authorities, self.panel, context=self.context, judgements=self.judgements, judges=judges
        )

    def extract(self, text: str, *, source: str = "text", id: str | None = None) -> model.Record:
        """Return the record of an article's text. Offsets count code points of `text`."""
        from pipeline.reading import Article

        data = text.encode("utf-8", errors="surrogatepass")
        article = Article(
            id=id or source,
            source=source,
            media_type="text/plain",
            encoding=None,
            sha256=hashlib.sha256(data).hexdigest(),
            text=text,
        )
        return self.extract_article(article)

    def extract_article(self, article: Article) -> model.Record:
        """Return the record of an article that a reader of `pipeline.reading` made."""
        return _record(article, self.find(article.text))


def load(
    *,
    gazetteer_files: Iterable[str | Path] = (),
    ner: Iterable[str | Engine | DocumentEngine] = DEFAULT_ENGINES,
    judgement_files: Iterable[str | Path] = (),
    judge: bool | str | Path = True,
) -> Extractor:
    """Return an extractor with the gazetteer that came with hamkor, and the user's own gazetteer files beside it.

    `judgement_files` say what people have decided about names (`pipeline.authority.judgements`), over what came with hamkor.

    `ner` names the engines that vote on further institutions (`spacy:en_core_web_sm`, `stanza:/path/model.pt`: see `pipeline.ner.registry`), or gives
    them; without it hamkor's own model is asked on Russian, with `ner=[]` none. Neither spaCy nor Stanza is imported unless an engine needs it. `judge=False`
    gives the rules the last word on who gives, receives and agrees; the folder of judges of one's own is asked in place of hamkor's. No network, nothing written. Raises `pipeline.DataError` where a gazetteer, a file of
    judgements, an engine or a judge cannot be used.
    """
    own = [Path(file) for file in gazetteer_files]
    with building():
        judgements = read_judgements(gazetteers() / "judgements.csv", *map(Path, judgement_files))
        names = gazetteer_with(*own) if own else gazetteer()
        judges = own_judges() if judge is True else read_judges(Path(judge)) if judge else Judges()
        return Extractor(atlas(), names, _panel(ner), judgements=judgements, judges=judges)


def _panel(ner: Iterable[str | Engine | DocumentEngine]) -> Panel | None:
    engines = [ner] if isinstance(ner, str) else list(ner)
    if not engines:
        return None
    from pipeline.ner.registry import engine_of
    from pipeline.ner.votes import Panel

    return Panel([engine_of(engine) if isinstance(engine, str) else engine for engine in engines])


def _record(article: Article, findings: Findings) -> model.Record:
    from pipeline.records import model  # here, as `Article` above: whoever only loads and finds needs no pydantic

    document, text = findings.document, article.text

    def span(first: int, last: int) -> dict[str, object]:
        start, end = document.source_span(first, last)
        return {"start": start, "end": end, "text": text[start:end]}

    def parties(entities: Iterable[int | str]) -> tuple[str, ...]:
        return tuple(entity if isinstance(entity, str) else f"i{entity + 1}" for entity in entities)

    def item(count: Count) -> str | None:
        return " ".join(document.tokens.slice(*count.item).split()) if count.item is not None else None

    by_entity: dict[int, list[Mention]] = {}
    for mention in findings.mentions:
        by_entity.setdefault(mention.entity, []).append(mention)
    institutions: list[dict[str, object]] = []
    for index, institution in enumerate(findings.institutions):
        entry, name = institution.authority, base_form(document, institution)
        institutions.append(
            {
                "id": f"i{index + 1}",
                "name": name,
                "names": names_of(document, institution, name),
                "kind": institution.kind or "other",
                "country": institution.country,
                "authority": entry.key if entry else None,
                "key": institution.key,
                "confidence": institution.confidence,
                "candidates": institution.candidates,
                "identifiers": dict(entry.identifiers) if entry else {},
                "mentions": [
                    {
                        **span(m.first, m.last),
                        "implied": m.implied,
                        "rule": m.rule,
                        "link": m.link,
                        "confidence": m.confidence,
                    }
                    for m in by_entity.get(index, ())
                ],
            }
        )
    dates = [
        {**span(d.first, d.last), "id": f"d{k}", "edtf": d.edtf, "rule": d.rule}
        for k, d in enumerate(findings.dates, start=1)
    ]
    counts = [
        {
            **span(c.first, c.last), "id": f"c{k}", "number": c.number, "number_max": c.number_max, "bound": c.bound, "unit": c.unit,
            "item": item(c), "act": c.act, "from": parties(c.from_), "to": parties(c.to), "by": parties(c.by), "date": c.date,
            "part_of": f"c{c.part_of + 1}" if c.part_of is not None else None, "rule": c.rule, "confidence": c.confidence,
        }
        for k, c in enumerate(findings.counts, start=1)
    ]  # fmt: skip
    agreements = [
        {
            "id": f"a{k}", "kind": a.kind, "status": a.status, "parties": parties(a.parties), "signed": a.signed, "valid": a.valid,
            "trigger": span(*a.trigger), "rule": a.rule, "confidence": a.confidence,
            "evidence": [document.source_span(*piece) for piece in a.evidence],
        }
        for k, a in enumerate(findings.agreements, start=1)
    ]  # fmt: skip
    return model.Record.model_validate(
        {
            "document": _document_info(article, document),
            "institutions": institutions,
            "dates": dates,
            "copy_counts": counts,
            "agreements": agreements,
        }
    )


def _document_info(article: Article, document: Document) -> dict[str, object]:
    passages = [passage for passage in document.passages if passage.end > passage.start]
    starts = [document.aligned.span(passage.start, passage.end)[0] for passage in passages]
    starts[:1] = [0] if starts else []  # what repair took out between two passages belongs to the first
    ends = [*starts[1:], len(article.text)] if starts else []
    return {
        "id": article.id,
        "source": article.source,
        "media_type": article.media_type,
        "encoding": article.encoding,
        "sha256": article.sha256,
        "characters": len(article.text),
        "title": article.title or _title(article.text),
        "date": article.date,
        "segments": [
            {"start": start, "end": end, "language": passage.language, "script": passage.script}
            for start, end, passage in zip(starts, ends, passages, strict=True)
        ],
        "repairs": dict(Counter(repair.kind for repair in document.repairs)),
    }


def _title(text: str) -> str | None:
    """Return the first line where it reads like a title: short, followed by more, no full stop at its end."""
    lines = (line for line in text[:5_000].splitlines() if line.strip())
    line = _MARKUP.sub("", next(lines, ""))
    if not line or len(line) > _TITLE_LENGTH or line.endswith((".", ",", ";", ":", "-")) or next(lines, None) is None:
        return None
    return line
