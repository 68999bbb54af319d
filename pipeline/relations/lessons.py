"""What gold articles teach a judge: the questions that the rules' reading of them asks, with the answers that the gold gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluation.gold import Gold, GoldCount
from pipeline.evaluation.matching import paired
from pipeline.extraction import Extractor, Findings
from pipeline.finders.actors import Cast
from pipeline.finders.counts import Count
from pipeline.finders.grid_model import TABLE
from pipeline.finders.parties import Told
from pipeline.relations.count_clues import Clues, Question
from pipeline.relations.count_judge import ACTS, ROLES, Answer, Memory
from pipeline.relations.judges import Judges
from pipeline.relations.learning import Lesson

__all__ = ["count_lessons", "entities_of"]


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int


class _Asker:
    """Stands where a judge would, changes nothing, and keeps the questions."""

    def __init__(self) -> None:
        self.questions: list[Question] = []

    def judge(self, cast: Cast, tolds: Sequence[Told], counts: Sequence[Count]) -> list[Count]:
        clues = Clues(cast)
        self.questions = [clues.question(told, count) for told, count in zip(tolds, counts, strict=True)]
        return list(counts)


def count_lessons(golds: Iterable[Gold], extractor: Extractor) -> dict[str, list[Lesson]]:
    """Return the lessons of each ranker of the judge of counts, in the order of the articles. `extractor` reads them, without a judge of its own."""
    lessons: dict[str, list[Lesson]] = defaultdict(list)
    for gold in golds:
        asker = _Asker()
        findings = extractor.judged_by(Judges(counts=asker, home=extractor.judges.home)).find(gold.text)
        for name, lesson in _of_article(gold, findings, asker.questions):
            lessons[name].append(lesson)
    return lessons


def _of_article(gold: Gold, findings: Findings, questions: Sequence[Question]) -> Iterator[tuple[str, Lesson]]:
    """Yield the lessons of one article. What was asked before is remembered as the gold has it."""
    entities: defaultdict[str | None, list[int | None]] = defaultdict(list, {None: [None]})
    for entity, slug in slugs_of(gold, findings).items():
        entities[slug].append(entity)
    wanted = _wanted(gold, findings)
    memory = Memory()
    for number, question in enumerate(questions):
        count = wanted.get(number)
        if count is None or count.optional or count.act not in ACTS:
            ruled = question.count
            from_, to, by = (side[0] if side else None for side in (ruled.from_, ruled.to, ruled.by))
            memory.add(question, Answer(ruled.act, from_, to, by))
            continue
        if question.count.rule == TABLE:
            from_, to = (_meant(question, entities[slug]) for slug in (count.from_, count.to))
            memory.add(question, Answer(count.act, from_, to))
            continue  # no judge is asked
        seen = memory.act(question)
        yield "act", Lesson([[f"{act} {clue}" for clue in seen] for act in ACTS], ACTS.index(count.act))
        parties = memory.parties(question)
        candidates = list(parties)
        named = dict(zip(ROLES, (count.from_, count.to, count.by), strict=True))
        right = {role: _meant(question, entities[slug]) for role, slug in named.items()}
        for role in ("from", "to") if count.act == "transferred" else ("by",):
            if right[role] in candidates:
                given = (
                    memory.givers(question, right["to"]) if role == "from" and right["to"] in candidates else parties
                )
                yield role, Lesson([given[entity] for entity in candidates], candidates.index(right[role]))
        memory.add(question, Answer(count.act, right["from"], right["to"], right["by"]))


def _meant(question: Question, entities: Sequence[int | None]) -> int | None:
    """Return which of the entities that are one institution of the gold a count means: one that its sentence names, else a candidate, else -1."""
    candidates = [entity for entity in entities if entity in question.parties]
    return next((entity for entity in candidates if entity in question.present), candidates[0] if candidates else -1)


def entities_of(gold: Gold, findings: Findings) -> dict[str, int]:
    """Return which institution of the findings each slug of the gold is: the first whose mentions are mostly its."""
    out: dict[str, int] = {}
    for entity, slug in slugs_of(gold, findings).items():
        out.setdefault(slug, entity)
    return out


def slugs_of(gold: Gold, findings: Findings) -> dict[int, str]:
    """Return which slug of the gold each institution of the findings is: that of most of its mentions. More than one may be the same."""
    found = [_place(findings, mention.first, mention.last) for mention in findings.mentions]
    votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for pair in paired(found, gold.institutions, [mention.optional for mention in gold.institutions]).pairs:
        slug = gold.institutions[pair.wanted].entity
        if slug is not None:
            votes[findings.mentions[pair.found].entity][slug] += 1
    return {entity: slugs.most_common(1)[0][0] for entity, slugs in sorted(votes.items())}


def _wanted(gold: Gold, findings: Findings) -> dict[int, GoldCount]:
    """Return the count of the gold that each count of the findings is, by its number."""
    found = [_place(findings, count.first, count.last) for count in findings.counts]
    pairs = paired(found, gold.counts, [count.optional for count in gold.counts]).pairs
    return {pair.found: gold.counts[pair.wanted] for pair in pairs}


def _place(findings: Findings, first: int, last: int) -> _Place:
    return _Place(*findings.document.source_span(first, last))
