"""Which institutions of a sentence belong to the clause of a count, and in what parts."""

from __future__ import annotations

from dataclasses import replace

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.deeds import Clause, Deed
from pipeline.finders.parties import Told
from pipeline.finders.parts import settings
from pipeline.finders.things import Thing

__all__ = ["Gatherer"]

_DASHES = frozenset("-–—")
_CLOSING = frozenset('»”)"')
_LISTED = frozenset({"to", "dat", "from"})
_CLOSE = 6  # tokens between a count and its giver in a list
_AFTER = 14  # tokens between the last count of a list and its giver
_HEADING = frozenset("-–—:(")

_AIMED = ("to", "dat")


class Gatherer:
    """Sorts the actors of sentences by their parts."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.tokens = cast.tokens

    def gather(
        self, thing: Thing, number: int, things: list[Thing], clause: Clause, actors: list[Actor], deeds: list[Deed],
        begin: int, end: int, language: str,
    ) -> Told:  # fmt: skip
        """Sort the actors of the clause by their parts, those nearest to the count first."""
        left, right = clause.begin, clause.end
        asides: list[tuple[int, int]] = []
        main = actors
        if language != "uz":
            asides = self._asides(thing, clause, clause.begin, clause.end, language)
            main = [a for a in actors if not any(first <= a.first < last for first, last in asides)]
            left, right = self._bounds(thing, clause, things, main, begin, end, language)
        previous = max((other.last for other in things[:number]), default=left)
        following = min((other.opening for other in things[number + 1 :]), default=right)
        if (
            language != "uz"
            and following < right
            and self.cast.has("PART", max(thing.last, following - 5), following, language)
        ):
            right = following
        inside = [actor for actor in main if left <= actor.first and actor.last <= max(right, thing.opening)]
        if language == "uz":  # what stands before a participle belongs to it: «2005-yilda imzolangan bitim»
            told = [d for d in deeds if d.relative and d is not clause.participle and left <= d.first < thing.opening]
            asides = [(left, max(deed.first for deed in told))] if told else []
            inside = self._unclaimed(inside, deeds, clause, thing)
            local = [a for a in inside if previous <= a.first < thing.opening]
            post = [a for a in inside if thing.last <= a.first < min(following, right)]
            trailing = [part for part in ("to", "from") if self._trailing(things, inside, left, right, part)]
            if trailing:
                local = [
                    a
                    for a in local
                    if a.part not in trailing and (a.part not in ("to", "from") or "to" not in trailing)
                ]
            elif following < right:  # it belongs to the thing that follows it
                post = [a for a in post if a.part not in ("to", "from")]
            shared = [a for a in inside if a.first < thing.opening]
            until = max((other.last for other in things if other.opening < right), default=thing.last)
            late = [a for a in inside if a.first >= thing.last and a not in post]
            late = [
                a for a in late if a.first >= until or a.part not in ("to", "from")
            ]  # it belongs to the thing that follows it
            groups = [local, post, shared, late]
        else:
            if language == "ru" and clause.deed is not None and clause.deed.value == "take":
                inside = [self._from_whom(actor) for actor in inside]
            groups = [sorted(inside, key=lambda a: abs(a.first - thing.first))]
            if (own := self._own_in_list(thing, inside, things, number, language)) is not None:
                groups = [[own], [a for a in groups[0] if a.part != own.part]]
            if language == "ru" and clause.deed is not None:
                groups = self._aimed(thing, groups, things, number)
        parts: dict[str, list[Actor]] = {}
        for group in groups:
            taken = set(parts)
            for actor in reversed(group) if language == "uz" else group:
                if actor.part not in taken:
                    parts.setdefault(actor.part, []).append(actor)
        if language != "uz" and clause.deed is not None and clause.deed.value in ("give", "bring"):
            if not any(parts.get(part) for part in ("to", "dat")):
                further = self._further(thing, actors, deeds, end, language)
                if further is not None:
                    parts["to"] = [further]
        ellipsis = None
        if language != "uz" and clause.deed is not None:
            after = [
                a for a in actors if thing.last < a.first <= thing.last + 2 and self.tokens.fold[thing.last] in _DASHES
            ]
            mine = [a for a in actors if previous <= a.first and a.last <= thing.opening and a.part in ("subj", "bare")]
            if number and clause.deed.last <= things[number - 1].first and not clause.deed.passive:
                while len(mine) > 1 and mine[-2].last == mine[-1].first:
                    mine.pop()  # the parent after its part: «ИРЦ КГМА»
                doing = [a for a in after if language == "en" or a.part in ("subj", "bare")]
                ellipsis = doing[0] if doing else mine[-1] if mine else None
            elif mine and mine[-1].last == thing.opening and self._gapped(clause.deed, mine[-1]):
                ellipsis = mine[-1]
            elif after and clause.deed.first < thing.first and after[0].part in ("subj", "bare"):
                ellipsis = after[0]
        zone = max(begin, previous if previous < thing.opening else begin)
        reach = min(
            following, clause.deed.last if clause.deed is not None and language == "uz" else min(end, thing.last + 6)
        )
        if language == "ru" and clause.deed is not None:
            reach = min(reach, max(clause.end, thing.last))  # «…, а музей выслал взамен 9 книг» tells of another count
        back = self.cast.has(
            "BACK", max(zone, clause.begin) if language == "uz" else zone, max(thing.opening, reach), language
        )
        back = back or (language != "uz" and self._answered(thing, clause.deed, language))
        part = self.cast.has("PART", max(zone, thing.opening - 6), thing.opening, language)
        since = max(
            (other.last for other in things[:number] if clause.deed is not None and other.last <= clause.deed.first),
            default=begin,
        )
        window = min(left, thing.opening), max(right, thing.last)
        return Told(
            thing,
            clause,
            parts,
            back,
            part,
            actors,
            self._heading(thing, actors, begin, parts),
            since,
            window,
            asides,
            number + 1 < len(things),
            ellipsis,
        )

    def _from_whom(self, actor: Actor) -> Actor:
        """Return the Russian actor of «взяли у библиотеки» as the giver."""
        reading, at = self.cast.before(actor.first, "ru")
        whose = reading is not None and self.tokens.fold[at] in settings("ru", "from_whom")
        return replace(actor, part="from") if whose else actor

    def _answered(self, thing: Thing, deed: Deed | None, language: str) -> bool:
        """Return whether a Russian or English verb, or a word right behind the count, says that it is given in return: “replied with”, “got 31 maps back”."""
        folds = self.tokens.fold
        if any(word in settings(language, "back_after") for word in folds[thing.last : thing.last + 1]):
            return True
        if deed is None:
            return False
        words = " ".join(folds[deed.first : deed.last]) + " "
        return words.startswith(settings(language, "answering"))

    def _own_in_list(
        self, thing: Thing, actors: list[Actor], things: list[Thing], number: int, language: str
    ) -> Actor | None:
        """Return the name to which a list gives the thing: “A — 12 books, B — 7 maps”; “lent by A, 27 (on their way) by B”."""
        folds = self.tokens.fold
        if folds[thing.opening - 1] in _DASHES:
            at = thing.opening - 1
            while at and folds[at - 1] in _CLOSING:
                at -= 1
            before = [a for a in actors if a.named and a.last in (at, thing.opening - 1) and a.part in _LISTED]
            if before:
                return before[-1]
        if not number:
            return None
        last = things[number - 1].last
        following = min((other.opening for other in things[number + 1 :]), default=thing.last + _AFTER)
        for part in ("agent", "from", "to") if language == "en" else ("agent", "from"):
            between = [a for a in actors if a.part == part and last <= a.first < thing.opening]
            after = [a for a in actors if a.part == part and thing.last <= a.first < following]
            if between and after and between[0].first - last <= _CLOSE:
                return after[0]
        return None

    def _aimed(self, thing: Thing, groups: list[list[Actor]], things: list[Thing], number: int) -> list[list[Actor]]:
        """Give each count of a Russian list its own receiver: «отправил 38 книг в архив, 12 книг — в музей»."""
        actors = [actor for group in groups for actor in group]
        if (own := self._dashed_to(thing, actors)) is not None:
            return [[own], *([a for a in group if a.part not in _AIMED] for group in groups)]
        later = self._dashed_to(things[number + 1], actors) if number + 1 < len(things) else None
        others = [a for a in actors if a.part in _AIMED and a is not later]
        if later is None or not others:
            return groups
        return [[a for a in group if a is not later] for group in groups]

    def _dashed_to(self, thing: Thing, actors: list[Actor]) -> Actor | None:
        """Return the receiver that only a dash parts from a count: «12 книг — в музей», «музею — 12 книг»."""
        folds = self.tokens.fold
        for actor in actors:
            if actor.part not in _AIMED:
                continue
            behind = folds[thing.last : thing.last + 1] and folds[thing.last] in _DASHES
            if behind and thing.last < actor.first <= thing.last + 2:
                return actor
            if actor.last == thing.opening - 1 and folds[actor.last] in _DASHES:
                return actor
        return None

    def _asides(self, thing: Thing, clause: Clause, left: int, right: int, language: str) -> list[tuple[int, int]]:
        """Return the relative clauses between commas: “X, with which Y signed a contract in 1996, sends 100 books”."""
        folds, relative = self.tokens.fold, settings(language, "relative")
        found: list[tuple[int, int]] = []
        for index in range(left, right):
            if folds[index] not in relative or "," not in folds[max(left, index - 2) : index]:
                continue
            close = next((i for i in range(index, right) if folds[i] == ","), None)
            deeds = () if clause.deed is None else (clause.deed.first,)
            if close is not None and not any(index <= at < close for at in (*deeds, thing.first)):
                found.append((index, close))
        return found

    def _trailing(self, things: list[Thing], actors: list[Actor], left: int, right: int, part: str) -> bool:
        """Return whether each receiver (or giver) of an Uzbek clause follows what it gets: «900 ta kitobni X ga, 65 ta suratni Y ga topshirdi»."""
        mine = [thing for thing in things if left <= thing.opening < right]
        ends = [actor.first for actor in actors if actor.part == part]
        return (
            len(mine) > 1
            and any(end >= mine[-1].last for end in ends)
            and not any(end < mine[0].opening for end in ends)
            and any(end < mine[1].opening for end in ends)
        )

    def _gapped(self, deed: Deed, subject: Actor) -> bool:
        """Return whether a name before a count is the subject of a verb said before: “The library took the books, the museum 20 coins”."""
        folds, first = self.tokens.fold, subject.first
        while first and folds[first - 1] in settings("en", "articles"):
            first -= 1
        return not deed.passive and deed.last < first - 1 and folds[first - 1] == ","

    def _further(self, thing: Thing, actors: list[Actor], deeds: list[Deed], end: int, language: str) -> Actor | None:
        """Return the receiver behind what is told of the things: “gave 20 letters, written in 1890, to the museum”."""
        folds = self.tokens.fold
        for actor in actors:
            if actor.first < thing.last or actor.part not in ("to", "dat", "oblique") or not actor.entities:
                continue
            first = actor.first if language == "ru" else self.cast.before(actor.first, language)[1]
            if folds[first - 1] != "," or first - 1 <= thing.last:
                continue
            passed = [deed for deed in deeds if thing.last <= deed.first < first]
            if any(folds[i] == ";" for i in range(thing.last, first)):
                return None
            if all(deed.passive or self._told(deed, thing, deeds, language) for deed in passed):
                return actor
        return None

    def _told(self, deed: Deed, thing: Thing, deeds: list[Deed], language: str) -> bool:
        """Return whether a verb is a participle or a relative clause that tells of the things."""
        folds, before = self.tokens.fold, deed.first - 1
        if language == "en" and not folds[deed.first].endswith(settings("en", "participle_endings")):
            return False
        joints = (",", "(", *settings(language, "ands"), *settings(language, "relative"))
        return folds[before] in joints or folds[before] in settings(language, "passive")

    def _heading(self, thing: Thing, actors: list[Actor], begin: int, parts: dict[str, list[Actor]]) -> Actor | None:
        """Return the name that heads a list item, where the item names no other party."""
        first = next((actor for actor in actors if actor.named), None)
        if (
            first is None
            or first.first - begin > 3
            or first.last >= thing.opening
            or parts.get("from")
            or parts.get("to")
        ):
            return None
        if first.part not in ("subj", "bare", "none") or self.tokens.fold[first.last] not in _HEADING:
            return None
        return first

    def _unclaimed(self, actors: list[Actor], deeds: list[Deed], clause: Clause, thing: Thing) -> list[Actor]:
        """Leave out what belongs to an Uzbek participle of another noun: «X tuzgan bitim»."""
        out = list(actors)
        for deed in deeds:
            if not deed.relative or deed is clause.participle or not clause.begin <= deed.first < thing.opening:
                continue
            passive = deed.passive or (
                settings("uz", "passive_marks")
                and self.tokens.fold[deed.last - 1].endswith(settings("uz", "passive_marks"))
            )
            for actor in reversed([a for a in out if a.last <= deed.first]):
                if (actor.part == "subj" and not passive) or (actor.part == "agent" and passive):
                    out.remove(actor)
                    break
                if actor.part in ("to", "from", "in") and deed.first - actor.last <= 1:
                    out.remove(actor)
        return out

    def _bounds(
        self,
        thing: Thing,
        clause: Clause,
        things: list[Thing],
        actors: list[Actor],
        begin: int,
        end: int,
        language: str,
    ) -> tuple[int, int]:
        """Return where the clause of a Russian or English count begins and ends."""
        tokens, deed = self.tokens, clause.deed
        if deed is None:
            return begin, end
        joints = settings(language, "ands") + settings(language, "buts") + (",", ";", ":", "—", "–")
        first, last = min(deed.first, thing.opening), max(deed.last, thing.last)
        left, right = clause.begin, clause.end
        for actor in reversed(actors):  # its subject opens the clause
            if left <= actor.first and actor.last <= first and actor.part == "subj":
                if not self._things_between(things, actor.last, first, thing):
                    left = actor.first
                    while left > clause.begin and tokens.fold[left - 1] not in joints:
                        left -= 1
                break
        for index in range(left, first):
            if tokens.fold[index] == ";":
                left = index + 1
        if deed.first >= thing.last:  # the things are the subject: their clause begins behind “…, and”
            for index in range(thing.opening - 1, left, -1):
                if tokens.fold[index - 1] == "," and tokens.fold[index] in joints:
                    left = index + 1
                    break
        for index in range(last, right):
            if tokens.fold[index] == ";":
                right = index
                break
        if (
            right < end and right > last
        ):  # another verb follows: what stands before it belongs to it, from the last joint on
            for index in range(right - 1, last - 1, -1):
                if tokens.fold[index] in joints:
                    right = index
                    break
        return left, right

    def _things_between(self, things: list[Thing], first: int, last: int, thing: Thing) -> bool:
        return any(first <= other.first < last for other in things if other is not thing)
