"""What can be seen of one copy count that tells what was done with the things, who gave and who received them: clues, each a short string.

A clue names what it looks at and what it saw there: `part:from:give` (a candidate stands after “from”, the verb is one of giving). Rules have found the
verb, the parts and whom a common noun means; a judge weighs the clues (`count_judge`). Time is linear: windows are bounded, and so are candidates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.counts import Count
from pipeline.finders.parties import Told
from pipeline.finders.parts import settings
from pipeline.relations.concepts import Concepts
from pipeline.relations.count_concepts import Saying
from pipeline.relations.count_lines import STEM, Lines
from pipeline.relations.count_meant import Meant
from pipeline.relations.count_pairs import NOBODY, Standing
from pipeline.relations.ranker import about
from pipeline.text.tokens import Kind

__all__ = ["Clues", "Question"]

_WINDOW = 8  # words on either side of a count
_REACH = 40  # tokens on either side in which a city, a people or a common noun may stand for a candidate
_CLOSE = 5  # tokens before a count, and one less after it, whose words are weighed with the part of a candidate
_CANDIDATES = 12  # institutions that are weighed
_size = partial(about, most=32)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one count. `act`: clues for each act; `parties`: those of each candidate (an entity; None is nobody);
    `standings`: how each stands to the count; `present`: the candidates that the sentence names or means; `before` and `after`: the words next to the count; `said`: the concepts."""

    count: Count
    language: str
    sentence: int
    deed: str
    back: bool
    act: list[str]
    parties: dict[int | None, list[str]]
    standings: dict[int | None, Standing]
    present: frozenset[int]
    before: tuple[str, ...]
    after: tuple[str, ...]
    said: tuple[str, ...]


class Clues:
    """Reads the questions of one document."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens
        self.lines = Lines(cast)
        self.named = Counter(mention.entity for mention in cast.mentions)
        self.places: defaultdict[int, list[int]] = defaultdict(list)  # the numbers of the mentions of each
        for number, mention in enumerate(cast.mentions):
            self.places[mention.entity].append(number)
        self.order = {entity: place for place, (entity, _) in enumerate(self.named.most_common())}
        self._most = [*self.order][:_CANDIDATES]
        self.collecting = [entity for entity in self.named if cast.collecting(entity)]
        self.opening = {mention.entity for mention in cast.mentions if self.tokens.sentence[mention.first] == 0}
        self.meant = Meant(cast)
        self.concepts = Concepts(cast.document, ((m.first, m.last) for m in cast.mentions))

    def question(self, told: Told, count: Count) -> Question:
        """Return what is asked of a count that the rules have read."""
        tokens, language = self.tokens, self.meant.language(count.first)
        sentence = tokens.sentence[count.first]
        begin, end = tokens.sentences[sentence]
        verb = told.clause.deed
        deed = "none" if verb is None else verb.value + ("P" if verb.passive else "A")
        before = self.lines.words(range(max(begin, count.first - _WINDOW), count.first))
        after = self.lines.words(range(count.last, min(end, count.last + _WINDOW)))
        seen = _Seen(self, told, count, language, deed, begin, end)
        saying = seen.saying
        act = [
            *self._act(told, count, language, deed, seen.filled),
            *saying.act(),
            *(f"heading:{language}:{word}" for word in seen.heading),
        ]
        for side, window in (
            ("b", range(max(begin, count.first - 10), count.first)),
            ("a", range(count.last, min(end, count.last + 10))),
        ):
            for index in window:
                if tokens.kind[index] is Kind.WORD:
                    stem, near = tokens.fold[index][:STEM], -3 <= index - count.first < 0 or 0 <= index - count.last < 3
                    act.append(f"word:{language}:{side}:{stem}")
                    if near:
                        act.append(f"near:{language}:{side}:{stem}")
        words = [
            *(f"b:{language}:{word}" for word in dict.fromkeys(before)),
            *(f"a:{language}:{word}" for word in dict.fromkeys(after)),
        ]
        parties: dict[int | None, list[str]] = {
            None: [*seen.nobody(), *saying.nobody(), *(f"no:{word}" for word in words)]
        }
        standings: dict[int | None, Standing] = {None: NOBODY}
        for entity in self._candidates(seen, count):
            standings[entity] = Standing(self.who(entity), seen.where(entity))
            mark = self.who(entity) + seen.side(entity)
            clues = seen.clues(entity)
            clues += [f"heading:{language}:{word}:{mark}" for word in seen.heading]
            clues += [f"word:{word}:{mark}" for word in words]
            clues += saying.candidate(mark)
            parties[entity] = clues
        return Question(
            count,
            language,
            sentence,
            deed,
            told.back,
            list(dict.fromkeys(act)),
            parties,
            standings,
            frozenset(seen.occurrences),
            tuple(before[-4:]),
            tuple(after[:3]),
            tuple(saying.sides),
        )

    def who(self, entity: int) -> str:
        """Return what a candidate is to the article: its own institution ("H"), whom a letter is for ("R"), what nobody's article is about ("T"), another ("O")."""
        cast = self.cast
        if entity in (cast.home, cast.reader):
            return "H" if entity == cast.home else "R"
        return "T" if cast.home is None and entity == cast.topic else "O"

    def _candidates(self, seen: _Seen, count: Count) -> list[int]:
        """Return the institutions that are weighed: those of the sentence, those that the rules found, the article's own, those named last before it and first
        after it, those named most."""
        out = dict.fromkeys((*seen.occurrences, *seen.weak, *count.from_, *count.to, *count.by))
        if self.cast.home is not None:
            out[self.cast.home] = None
        at = bisect_left(self.cast.firsts, count.first)
        for mention in (*reversed(self.cast.mentions[max(0, at - _CANDIDATES) : at]), *self.cast.mentions[at : at + 3]):
            out[mention.entity] = None
        out.update(dict.fromkeys(self._most))
        return [entity for entity in out if entity in self.named][:_CANDIDATES]

    def _act(self, told: Told, count: Count, language: str, deed: str, filled: str) -> list[str]:
        verb, participle = told.clause.deed, told.clause.participle
        side = "" if verb is None else "b" if verb.first < count.first else "a"
        stem, ending = (
            ("", "") if verb is None else (self.tokens.fold[verb.first][:STEM], self.tokens.fold[verb.last - 1][-3:])
        )
        digits = len(str(count.number))
        return [
            "any", f"deed:{deed}", f"deed:{deed}:{language}:{side}", f"participle:{'' if participle is None else participle.value}", f"verb:{language}:{stem}",
            f"ending:{language}:{ending}", f"unit:{count.unit}", f"unit:{count.unit}:{deed}", f"parts:{filled}", f"parts:{deed}:{filled}", f"part:{told.part}",
            f"back:{told.back}", f"bound:{count.bound}", f"digits:{digits}", f"digits:{digits}:{deed}",
        ]  # fmt: skip

    def last_before(self, entity: int, index: int) -> int | None:
        """Return the number of the last mention of an institution that begins before a token, or None."""
        places = self.places[entity]
        at = bisect_left(places, bisect_left(self.cast.firsts, index))
        return places[at - 1] if at else None


class _Seen:
    """What the sentence of one count shows of each institution."""

    def __init__(self, clues: Clues, told: Told, count: Count, language: str, deed: str, begin: int, end: int) -> None:
        self.all, self.cast, self.tokens = clues, clues.cast, clues.tokens
        self.told, self.count, self.language, self.deed, self.begin = told, count, language, deed, begin
        verb, participle = told.clause.deed, told.clause.participle
        sentence = self.tokens.sentence[count.first]
        self.saying = Saying(clues.concepts, told, count, sentence, len(self.tokens.sentences), deed)
        self.stem = "" if verb is None else self.tokens.fold[verb.first][:STEM]
        self.ending = "" if verb is None else self.tokens.fold[verb.last - 1][-3:]
        self.participle = "" if participle is None else participle.value
        self.inside = {(actor.first, actor.last): part for part, actors in told.parts.items() for actor in actors}
        self.cells = clues.lines.cells(count.first)
        everyone, first, last = told.everyone, *clues.lines.line(count.first)
        if self.cells:  # a row of a table is a sentence of its own
            begin, end = max(begin, first), min(end, last)
            everyone = [actor for actor in everyone if first <= actor.first < last]
        near = sorted(everyone, key=lambda a: min(abs(a.first - count.first), abs(a.last - count.first)))
        self.occurrences: defaultdict[int, list[tuple[int, Actor]]] = defaultdict(list)
        for rank, actor in enumerate(near):
            for entity in actor.entities[:1]:
                self.occurrences[entity].append((rank, actor))
        self.near = near
        self.filled = ",".join(
            sorted({part for part, actors in told.parts.items() if any(actor.entities for actor in actors)})
        )
        ahead, behind = (
            range(max(begin, count.first - _CLOSE), count.first),
            range(count.last, min(end, count.last + _CLOSE - 1)),
        )
        self.close = [
            f"{side}:{language}:{word}"
            for side, window in (("b", ahead), ("a", behind))
            for word in dict.fromkeys(clues.lines.words(window))
        ]
        self.weak = clues.meant.clues(
            max(begin, count.first - _REACH), min(end, count.last + _REACH), count.first, deed
        )
        self.heading = clues.lines.heading(self.tokens.sentence[count.first])
        self.line: list[int] = []  # whom a line without a verb or the row of a table names, in order
        if verb is None or self.cells:
            row = sorted((a.first, a.entities[0]) for a in everyone if a.entities and first <= a.first < last)
            self.line = list(dict.fromkeys(entity for _, entity in row))
        self.columns: dict[
            int, list[str]
        ] = {}  # the cell of whom the row of a table names: its number and the words over it
        for actor in reversed(self.near if self.cells else []):
            for entity in actor.entities[:1]:
                number = sum(at <= actor.first for at in self.cells)
                self.columns[entity] = [
                    f"{number}/{len(self.cells)}",
                    *(f"{language}:{word}" for word in clues.lines.column(actor.first)),
                ]

    def side(self, entity: int) -> str:
        """Return where the nearest occurrence of a candidate stands: "P" before the count, "p" after it, "a" nowhere in the sentence."""
        found = self.occurrences.get(entity)
        return "a" if not found else "P" if found[0][1].first < self.count.first else "p"

    def where(self, entity: int) -> str:
        """Return the part of the nearest occurrence of a candidate and on which side of the count it stands, "absent" where the sentence has none."""
        found = self.occurrences.get(entity)
        if not found:
            return "absent"
        actor = found[0][1]
        return f"{actor.part}{'b' if actor.first < self.count.first else 'a'}"

    def nobody(self) -> list[str]:
        """Return the clues for no institution."""
        told, deed, language = self.told, self.deed, self.language
        unknown = ",".join(
            sorted({part for part, actors in told.parts.items() if any(not actor.entities for actor in actors)})
        )
        return [
            "no", f"no:deed:{deed}", f"no:deed:{deed}:{self.participle}", f"no:deed:{deed}:{language}", f"no:verb:{language}:{self.stem}",
            f"no:ending:{language}:{self.ending}", f"no:back:{told.back}", f"no:rule:{self.count.rule}", f"no:parts:{self.filled}",
            f"no:parts:{deed}:{self.filled}", f"no:unknown:{unknown}", f"no:named:{_size(len(self.all.named))}", f"no:here:{min(3, len(self.occurrences))}",
            f"no:home:{self.cast.home is not None}",
        ]  # fmt: skip

    def clues(self, entity: int) -> list[str]:
        """Return the clues of a candidate."""
        everything, cast, deed, language = self.all, self.cast, self.deed, self.language
        who = everything.who(entity)
        kind = min(cast.kinds.get(entity, ()), default="")
        size = len(everything.named)
        out = [
            f"who:{who}", f"speaks:{entity == cast.speaker}", f"who:{who}:{deed}", f"who:{who}:{deed}:{language}", f"kind:{kind}",
            f"times:{_size(everything.named[entity])}", f"order:{min(5, everything.order[entity])}", f"named:{_size(size)}:{who}",
            f"opening:{entity in everything.opening}:{who}",
        ]  # fmt: skip
        if size == 2:
            out.append(f"two:{who}:{deed}")
        if len(everything.collecting) == 2 and entity in everything.collecting:
            out.append(f"pair:{who}:{deed}")
        found = self.occurrences.get(entity, ())
        others = ",".join(
            sorted(
                {
                    a.part
                    for a in self.near
                    if a.entities and a.entities[0] != entity and (a.first, a.last) in self.inside
                }
            )
        )
        if found:
            seen: dict[str, None] = {}
            for rank, actor in found:
                seen.update(dict.fromkeys(self._occurrence(rank, actor, who, others)))
            out += seen
        else:
            out += self._absent(entity, who, others)
        weak = self.weak.get(entity, ())
        out += weak
        if self.told.clause.deed is None or self.cells:
            place = self.line.index(entity) if entity in self.line else -1
            columns = "|".join(self.heading[:2])
            out += (f"line:{place}/{len(self.line)}:{who}", f"line:{place}:{language}", f"line:{place}:{columns}")
        if entity in self.columns:
            out += (f"column:{word}" for word in self.columns[entity])
        elif entity == cast.home:
            out += (f"column:home:{word}" for words in self.columns.values() for word in words)
        elif self.cells:
            out.append("column:none")
        return out

    def _occurrence(self, rank: int, actor: Actor, who: str, others: str) -> Iterator[str]:
        """Yield the clues of one place where a candidate stands in the sentence."""
        tokens, told, count, deed, language, part = (
            self.tokens,
            self.told,
            self.count,
            self.deed,
            self.language,
            actor.part,
        )
        verb = told.clause.deed
        side = "b" if actor.first < count.first else "a"
        order = "" if verb is None else "b" if actor.first < verb.first else "a"
        inside = self.inside.get((actor.first, actor.last), "-")
        before = tokens.fold[actor.first - 1] if actor.first > self.begin else "^"
        if language == "en" and before in settings("en", "articles") and actor.first - 2 >= self.begin:
            before = tokens.fold[actor.first - 2]
        yield from (
            f"part:{part}", f"part:{part}:{side}", f"part:{part}:{deed}", f"part:{part}:{side}:{order}:{deed}", f"part:{language}:{part}:{side}:{deed}",
            f"inside:{inside}:{deed}", f"inside:{language}:{inside}:{deed}", f"inside:{inside}:{part}", f"part:{part}:{who}:{deed}",
            f"rank:{min(rank, 4)}:{part}", f"rank:{min(rank, 4)}:{side}", f"rank:{min(rank, 4)}:{deed}:{part}", f"left:{language}:{before}",
            f"left:{language}:{before}:{deed}", f"verb:{language}:{self.stem}:{part}", f"participle:{self.participle}:{part}",
            f"far:{_size(abs(actor.first - count.first))}:{part}", f"named:{actor.named}:{part}", f"others:{part}:{others}", f"rule:{count.rule}:{part}",
        )  # fmt: skip
        if language != "uz":
            yield f"left:{language}:{before}:{part}:{deed}"
        yield from self.saying.occurrence(actor)
        yield from (f"close:{word}:{part}{side}" for word in self.close)
        if actor.last == told.thing.opening:
            yield f"beside:b:{language}:{part}:{deed}"
        if actor.first == count.last:
            yield f"beside:a:{language}:{part}:{deed}"

    def _absent(self, entity: int, who: str, others: str) -> Iterator[str]:
        """Yield the clues of a candidate that the sentence does not name."""
        tokens, deed, language = self.tokens, self.deed, self.language
        yield from (
            f"absent:{who}", f"absent:{who}:{deed}", f"absent:{who}:{deed}:{language}", f"absent:{who}:ending:{language}:{self.ending}",
            f"absent:{who}:others:{others}", f"absent:{who}:{deed}:others:{others}", f"absent:{who}:verb:{language}:{self.stem}",
            f"absent:{who}:meant:{entity in self.weak}",
        )  # fmt: skip
        mentions = self.cast.mentions
        at = bisect_left(self.cast.firsts, self.count.first)
        last = self.all.last_before(entity, self.count.first)
        if last is None:
            yield f"later:{who}"
            return
        back = min(5, tokens.sentence[self.count.first] - tokens.sentence[mentions[last].first])
        between = min(4, len({mention.entity for mention in mentions[last + 1 : min(at, last + 1 + 2 * _CANDIDATES)]}))
        was, _ = self.cast.part(
            mentions[last].first, mentions[last].last, self.all.meant.language(mentions[last].first)
        )
        yield from (f"was:{was}:{back}", f"was:{was}:{back}:{deed}", f"was:{was}:{back}:{who}")
        yield from (f"back:{back}", f"back:{back}:{who}:{deed}", f"between:{between}", f"between:{between}:{who}")
