"""Who are the guests and who the hosts where people of two institutions meet."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.finders.parts import settings
from pipeline.finders.roster import Roster
from pipeline.finders.seats import Mention
from pipeline.finders.spokesmen import quotation
from pipeline.text.tokens import Kind

__all__ = ["Visits"]

_FAR = 300  # tokens between them at most
_LED = 40  # tokens before a quotation that tell who speaks
_MET = 4  # sentences between the guests and where it is said who they are


class Visits(Roster):
    """Tells whom “the guests”, “the hosts”, «партнёрам» mean."""

    def home_country(self) -> str | None:
        """Return the country of the article's own institution, if it is known."""
        known = self.home is not None and self.home < len(self.countries)
        return self.countries[self.home] if known and self.home is not None else None

    def guests(self, index: int, language: str, acting: set[int]) -> tuple[int, ...]:
        """Return whom “the guests”, «партнёрам» means at a token: the one other institution that is spoken of, not who acts in the clause."""
        host = self.host(index, language)
        mine = {*self.own(), *self.speaks(index), *host} if not acting or acting & {*self.own()} else acting
        if host and host != self.own():
            if self.collects:
                return self.own()
            return tuple(entity for entity in self.met(index) if entity not in host)[:1]
        for sentences in range(_MET + 1):
            others = [
                e for e in self.recent(index, sentences) if e not in mine and e not in acting and self.kinds.get(e)
            ]
            if len(others) > 1:
                here = self.tokens.sentence[min(index, len(self.tokens) - 1)]
                came = {e for at, e in self.speakers if 0 <= here - self.tokens.sentence[at] <= sentences}
                others = [e for e in others if e in came]
                return tuple(others) if len(others) == 1 else ()
            if others:
                return (others[0],)
        return ()

    def visiting(self, index: int) -> tuple[int, ...]:
        """Return which guests speak in the quotation at a token, as the words before it say: “Address of the guest from Kazan”, «Вот что написали сами гости: «…»»."""
        tokens, folds = self.tokens, self.tokens.fold
        opening = quotation(self, index)
        if opening in (0, index):
            return ()
        begin = tokens.sentences[max(0, tokens.sentence[opening - 1] - 1)][0]
        for at in range(opening - 1, max(begin, opening - _LED) - 1, -1):
            language = self.document.languages[at]
            if language not in ("ru", "en") or folds[at] not in settings(language, "visiting"):
                continue
            if at + 2 < opening and folds[at + 1] in settings(language, "coming_from"):
                if at + 2 < len(self.places) and self.places[at + 2] is not None:
                    return self._seated(folds[at + 2], language, at + 2)
            return self.guests(at, language, set())
        return ()

    def host(self, index: int, language: str) -> tuple[int, ...]:
        """Return where people have come to: whither things were carried last, whose city they met in, else the article's own institution."""
        tokens, begin = self.tokens, self._since(index)
        names = [mention for mention in self._names(index) if self.kinds.get(mention.entity)]
        for mention in reversed(names):
            if (
                self.part(mention.first, mention.last, language)[0] != "to"
                or tokens.sentence[mention.first] < tokens.sentence[index] - 1
            ):
                continue
            first = max(begin, tokens.sentences[tokens.sentence[mention.first]][0])
            deeds = [self.reading(language, at) for at in range(first, mention.first) if tokens.kind[at] is Kind.WORD]
            if any(d is not None and d.symbol == "VERB" and d.value.startswith(("bring", "come")) for d in deeds):
                return (mention.entity,)
        if self.collects:
            return self.own()
        met = self.met(index)
        if len(met) != 2:
            return ()
        hosts: set[int] = set()
        for at in range(begin + 1, index):
            place = self.places[at] if at < len(self.places) else None
            if (
                place is not None
                and place.kind != "adjective"
                and not self.named(at)
                and tokens.fold[at - 1] in settings(language, "in_words")
            ):
                code = place.code
                there = {entity for entity in met if code and self.country(entity) == code}
                hosts.update(
                    set(self._seated(tokens.fold[at], language, at)) & {*met} or (there if len(there) == 1 else ())
                )
        if not hosts and self.home is not None and "embassy" in self.kinds.get(self.home, ()):
            # its countrymen are the guests
            hosts = {entity for entity in met if self.country(entity) not in (None, self.home_country())}
        return tuple(hosts) if len(hosts) == 1 else ()

    def met(self, index: int) -> list[int]:
        """Return the libraries, museums, archives named in the sentences before a token, in order."""
        return [
            entity
            for entity in dict.fromkeys(mention.entity for mention in self._names(index))
            if self.collecting(entity)
        ]

    def _since(self, index: int) -> int:
        """Return the token from which on it may be said who meets at a token."""
        tokens = self.tokens
        return max(index - _FAR, tokens.sentences[max(0, tokens.sentence[min(index, len(tokens) - 1)] - _MET)][0])

    def _names(self, index: int) -> list[Mention]:
        """Return the names in the sentences before a token."""
        return self.mentions[bisect_left(self.firsts, self._since(index)) : bisect_left(self.firsts, index)]
