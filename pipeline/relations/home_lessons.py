"""What gold articles teach the judge of whose article it is: the institution of most of what an article tells is its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.evaluation.gold import Gold
from pipeline.extraction import Extractor
from pipeline.relations.home_judge import home_clues
from pipeline.relations.judges import Judges
from pipeline.relations.learning import Lesson
from pipeline.relations.lessons import slugs_of

__all__ = ["home_lessons", "main_party"]

_FEW = 2  # agreements and copy counts that tell nothing yet
_MOST = 0.6  # share of them in which the article's own institution takes part
_NOBODY = 0.5  # share below which there is none


def main_party(gold: Gold) -> tuple[str | None, bool]:
    """Return the slug of the institution that takes part in most agreements and copy counts, None for nobody; and whether that is plain."""
    told = [set(agreement.parties) for agreement in gold.agreements]
    for count in gold.counts:
        told.append({slug for slug in (count.from_, count.to, count.by) if slug is not None})
    told = [parties for parties in told if parties]
    times = Counter(slug for parties in told for slug in sorted(parties))
    if len(told) < _FEW or not times:
        return None, False
    slug, most = times.most_common(1)[0]
    if most >= _MOST * len(told):
        return slug, True
    return None, most < _NOBODY * len(told) and len(told) > _FEW


def home_lessons(golds: Iterable[Gold], extractor: Extractor) -> dict[str, list[Lesson]]:
    """Return the lessons of the judge of whose article it is, in the order of the articles. `extractor` reads them, without a judge."""
    lessons: dict[str, list[Lesson]] = defaultdict(list)
    rules = extractor.judged_by(Judges())
    for gold in golds:
        wanted, plain = main_party(gold)
        if not plain or "/" in gold.id:  # a passage is a piece of somebody's article
            continue
        findings = rules.find(gold.text)
        slugs = slugs_of(gold, findings)
        kinds = [institution.kind for institution in findings.institutions]
        candidates = home_clues(findings.document, findings.mentions, kinds, findings.home)
        right = (
            n for n, entity in enumerate(candidates) if (slugs.get(entity) if entity is not None else "") == wanted
        )
        number = 0 if wanted is None else next(right, None)  # nobody is the first candidate
        if number is not None:
            lessons["home"].append(Lesson([*candidates.values()], number))
    return lessons
