"""Which institution it is across articles: a key for each, judgements of people on top, one institution for one key.

What the linker has found within the article is taken as it is. An institution of the gazetteer has its key there; any other one gets a key made of its name
(`pipeline.authority.namekeys`). Names that tell nobody apart («Городской архив», “Regional Museum”) get a key of their article: two towns have two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.authority.confidence import kind_of_link, of_mention
from pipeline.authority.gazetteer import Gazetteer
from pipeline.authority.homeland import LOCAL, among
from pipeline.authority.judgements import Judgements
from pipeline.authority.linking import Institution, Mention
from pipeline.authority.namekeys import article_mark, made_key, name_words
from pipeline.authority.naming import base_form, base_of
from pipeline.authority.spelling import odd
from pipeline.finders.institutions import Name
from pipeline.text.document import Document

__all__ = ["identify"]

_NATIONAL = ("government", "international", "embassy")
_JUDGED = "judgement"
_Identified = tuple[list[Institution], list[Mention], int | None]


def identify(
    document: Document,
    institutions: Sequence[Institution],
    mentions: Sequence[Mention],
    home: int | None,
    authorities: Gazetteer,
    judgements: Judgements,
) -> _Identified:
    """Return what `link` found with keys, judgements followed, and institutions of one key made one. Linear time; indices of institutions may change."""
    for institution in institutions:
        institution.key = institution.authority.key if institution.authority else _made(document, institution)
    if not judgements and len({institution.key for institution in institutions}) == len(institutions):
        return list(institutions), list(mentions), home
    sorting = _Sorting(document, authorities, judgements)
    for institution in institutions:
        sorting.add(institution)
    return sorting.result(institutions[home] if home is not None else None)


def _made(document: Document, institution: Institution) -> str:
    name = base_form(document, institution)
    language = document.languages[institution.mentions[0][0].first]
    names = [name for name, _ in institution.mentions]
    folds = document.tokens.fold
    words = [index for name in names for index in range(name.first, name.last)]
    local = any(among(folds[index], LOCAL) for index in words)
    common = (
        all(name.generic for name in names)
        and (local or institution.kind not in _NATIONAL)
        and not any(odd(document.tokens.form(index), folds[index], ()) for index in words)
    )
    return made_key(name, language, institution.country, mark=article_mark(document.text) if common else "")


class _Sorting:
    """Sorts the mentions of institutions by the keys that they have once judgements are followed."""

    def __init__(self, document: Document, authorities: Gazetteer, judgements: Judgements) -> None:
        self._document = document
        self._authorities = authorities
        self._judgements = judgements
        self._by_key: dict[str, Institution] = {}
        self._now: dict[
            str, Counter[str]
        ] = {}  # where the mentions of the linker's institutions have gone, by their keys

    def add(self, institution: Institution) -> None:
        judged, key = self._judgements, self._judgements.resolve(institution.key)
        gone = self._now.setdefault(institution.key, Counter())
        for name, why in institution.mentions:
            about = self._about(name)
            wanted = judged.same.get(about) if about else None
            if wanted is not None:
                now = self._file(judged.resolve(wanted), institution, name, _JUDGED)
            elif about and key in judged.different.get(about, ()):
                alone = _alone(institution, name)
                now = self._file(_made(self._document, alone), alone, name, _JUDGED)
            else:
                now = self._file(key, institution, name, why if key == institution.key else _JUDGED)
            gone[now] += 1

    def _about(self, name: Name) -> str:
        """Return what judgements on a name are filed under."""
        if not self._judgements or name.implied:
            return ""
        language = self._document.languages[name.first]
        return "-".join(name_words(base_of(self._document, name), language))

    def _file(self, key: str, model: Institution, name: Name, why: str) -> str:
        """File a mention under a key, with an institution like `model` where the key is new; return the key."""
        known = self._by_key.get(key)
        if known is None:
            entry = self._authorities.authorities.get(key)
            country = entry.country if entry else model.country
            candidates = () if entry else model.candidates
            known = Institution(entry, entry.kind if entry else model.kind, country, candidates=candidates, key=key)
            self._by_key[key] = known
        known.confidence = max(known.confidence, model.confidence if why != _JUDGED else kind_of_link(why).confidence)
        known.mentions.append((name, why))
        return key

    def result(self, home: Institution | None) -> _Identified:
        kept = sorted(self._by_key.values(), key=lambda one: min(name.first for name, _ in one.mentions))
        mentions = [
            Mention(name.first, name.last, index, name.implied, name.rule, why, of_mention(why, one.confidence))
            for index, one in enumerate(kept)
            for name, why in one.mentions
        ]
        mentions.sort(key=lambda mention: mention.first)
        key = self._now[home.key].most_common(1)[0][0] if home is not None else None
        return kept, mentions, next((index for index, one in enumerate(kept) if one.key == key), None)


def _alone(institution: Institution, name: Name) -> Institution:
    """Return an institution of its own for one name that a person has taken away from another."""
    country = name.country or (institution.country if institution.authority is None else None)
    return replace(
        institution,
        authority=None,
        kind=name.kind or institution.kind,
        country=country,
        mentions=[(name, _JUDGED)],
        words=[],
        candidates=(),
    )
