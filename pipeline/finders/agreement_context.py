"""What a passage says beyond the sentence: which institution «наш музей», “the agency”, «томонлар» or “its” stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.authority.countries import atlas
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document
from pipeline.text.tokens import Gap, Kind

__all__ = ["Context"]

Party = int | str


class Context:
    """The mentions of a document (first token, last token, entity; sorted) and the entity that the article is about."""

    def __init__(self, document: Document, mentions: Sequence[tuple[int, int, int]], home: int | None) -> None:
        self.document, self.home = document, home
        outer: list[tuple[int, int, int]] = []
        for mention in sorted(mentions, key=lambda m: (m[0], -m[1])):
            if not outer or mention[0] >= outer[-1][1]:
                outer.append(mention)
        self.mentions = outer
        self.starts = [first for first, _, _ in outer]
        self._class: dict[int, str] = {}
        self._paragraphs: list[int] | None = None

    def within(self, first: int, last: int) -> list[int]:
        """Return the entities mentioned in tokens [first, last), in order, each once."""
        found = self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, last)]
        return list(dict.fromkeys(entity for _, _, entity in found))

    def government(self, first: int, last: int) -> str:
        """Return the country where a mention names a state's government, "" where it names anything else."""
        words, tokens = grammar("agreements").lexicon, self.document.tokens
        language = self.document.languages[first]
        if last - first > 8:
            return ""
        head = last - 1 if language == "uz" else first
        reading = words.reading(language, tokens.fold[head])
        if reading is None or reading.symbol != "GOV":
            return ""
        for index in range(first, last):
            place = atlas().at(tokens, index)
            if place is not None and place.kind == "country":
                return place.code
        return ""

    def head(self, number: int) -> str:
        """Return the class of institution (library, museum, …) that mention `number` names itself, "" where it does not."""
        found = self._class.get(number)
        if found is None:
            first, last, _ = self.mentions[number]
            words, tokens = grammar("agreements").lexicon, self.document.tokens
            found = ""
            for index in range(first, last):
                reading = words.reading(self.document.languages[index], tokens.fold[index])
                if reading is None:
                    continue
                if reading.symbol == "BODY":
                    if self.document.languages[index] == "ru" and found:
                        break
                    found = reading.value
                elif reading.symbol in ("OF", "FOR") and found:
                    break
            self._class[number] = found
        return found

    def entity_is(self, entity: int, body: str) -> bool:
        """Return whether some mention of an entity names it as such an institution."""
        return any(self.head(number) == body for number, mention in enumerate(self.mentions) if mention[2] == entity)

    def body(self, body: str, at: int, excluded: set[Party]) -> Party | None:
        """Return what “the museum” stands for at token `at`: the article's own, else the last one named so."""
        if self.home is not None and self.home not in excluded and self.entity_is(self.home, body):
            return self.home
        if body == "any":
            return None
        for number in range(bisect_left(self.starts, at) - 1, -1, -1):
            entity = self.mentions[number][2]
            if entity not in excluded and self.head(number) == body:
                return entity
        return None

    def ours(self, body: str, at: int, excluded: set[Party]) -> Party | None:
        """Return what “our library” stands for: the article's own."""
        if self.home is not None and self.home not in excluded:
            return self.home
        if self.home is None and body not in ("", "any"):
            return self.body(body, at, excluded)
        return None

    def pair(self, body: str, at: int, last: int, states: tuple[Party, ...]) -> tuple[Party, ...]:
        """Return what “the two museums” stands for: the last two named so before, or `states` for two countries."""
        if body == "":
            return states
        found: list[Party] = []
        for number in range(bisect_left(self.starts, at) - 1, -1, -1):
            entity = self.mentions[number][2]
            if entity not in found and (body == "any" or self.head(number) == body):
                found.append(entity)
            if len(found) == 2:
                break
        return tuple(reversed(found))

    def parties(self, at: int) -> tuple[Party, ...]:
        """Return what “the parties” stands for: the two institutions of this sentence and the last ones, or one of them and the article's own."""
        tokens = self.document.tokens
        sentence = tokens.sentence[at]
        for back in (0, 1, 2):
            if sentence < back:
                break
            found = self.within(tokens.sentences[sentence - back][0], at)
            if self.home is not None and len(found) == 1 and self.home not in found:
                found.append(self.home)
            if len(found) == 2:
                return tuple(found)
            if len(found) > 2:
                break
        return ()

    def last_other(self, at: int) -> Party | None:
        """Return what “it” in “with it” stands for: the last institution named before, not the article's own."""
        number = bisect_left(self.starts, at) - 1
        while number >= 0:
            entity = self.mentions[number][2]
            if entity != self.home:
                return entity if self.same_paragraph(self.starts[number], at) else None
            number -= 1
        return None

    def opening(self, sentence: int, excluded: set[Party], *, anywhere: bool = False) -> Party | None:
        """Return the institution that a sentence begins with (`anywhere`: the first one that it names)."""
        tokens = self.document.tokens
        first, last = tokens.sentences[sentence]
        number = bisect_left(self.starts, first)
        if number >= len(self.mentions) or self.starts[number] >= last:
            return None
        begin, end, entity = self.mentions[number]
        if entity in excluded:
            return None
        if not anywhere:
            lead = [index for index in range(first, begin) if tokens.kind[index] is Kind.WORD]
            if len(lead) > 1 or (lead and tokens.fold[lead[0]] not in ("the",)):
                return None
            if self.document.languages[begin] == "uz" and end < last:
                words = grammar("agreements").lexicon
                reading = words.reading("uz", tokens.fold[end])
                if reading is not None and reading.symbol in ("BILAN", "BYAFTER", "UNDER", "OFFICE", "BETWEENAFTER"):
                    return None
        return entity

    def topic(self, at: int, excluded: set[Party]) -> Party | None:
        """Return the institution that the sentence before is about, where it stands in the same paragraph."""
        sentence = self.document.tokens.sentence[at]
        for back in (1, 2):
            if sentence < back or not self.same_paragraph(self.document.tokens.sentences[sentence - back][0], at):
                return None
            found = self.opening(sentence - back, excluded, anywhere=back == 1)
            if found is not None:
                return found
        return None

    def same_paragraph(self, one: int, two: int) -> bool:
        """Return whether two tokens stand in one paragraph."""
        if self._paragraphs is None:
            count = 0
            self._paragraphs = []
            for gap in self.document.tokens.gap:
                count += gap is Gap.BREAK
                self._paragraphs.append(count)
        return self._paragraphs[one] == self._paragraphs[two]
