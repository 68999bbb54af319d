"""Which institutions may be called “the museum”, `kutubxona`, «архив»: by the nouns of their names."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.authority.countries import atlas
from pipeline.languages.grammar import grammar
from pipeline.text.document import Document

__all__ = ["Bodies"]


class Bodies:
    """The nouns of the names of a document. `mentions`: first token, last token, entity; sorted."""

    def __init__(self, document: Document, mentions: Sequence[tuple[int, int, int]]) -> None:
        self.document, self.mentions = document, mentions
        self._class: dict[int, str] = {}
        self._heads: dict[int, set[str]] = {}
        self._held: dict[int, set[str]] = {}

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
                elif reading.symbol in ("OF", "FOR"):
                    break
            self._class[number] = found
        return found

    def called(self, number: int, body: str) -> bool:
        """Return whether mention `number` may be called by a noun: an information and library centre is “the library” too."""
        head = self.head(number)
        return head == body or (head == "centre" and self.is_a(self.mentions[number][2], body))

    def entity_is(self, entity: int, body: str) -> bool:
        """Return whether some mention of an entity names it as such an institution."""
        if not self._heads:
            for number, (_, _, named) in enumerate(self.mentions):
                self._heads.setdefault(named, set()).add(self.head(number))
        return body in self._heads.get(entity, ())

    def is_a(self, entity: int, body: str) -> bool:
        """Return whether an entity may be called by a noun: an information and library centre is a library too."""
        if not self._held:
            words, tokens, languages = grammar("agreements").lexicon, self.document.tokens, self.document.languages
            for first, last, named in self.mentions:
                readings = (words.reading(languages[k], tokens.fold[k]) for k in range(first, last))
                bodies = {reading.value for reading in readings if reading is not None and reading.symbol == "BODY"}
                self._held.setdefault(named, set()).update(bodies)
        return self.entity_is(entity, body) or body in self._held.get(entity, ())

    def kind(self, kind: str, parties: Sequence[int | str]) -> str:
        """Return the kind that an agreement has between some parties, where its own words leave that open: between states, with a company."""
        states = all(isinstance(party, str) for party in parties)
        if kind == "convention" or (kind.startswith("deed") and states):
            return "treaty"
        if not kind.startswith("deed"):
            return kind
        company = any(isinstance(party, int) and self.is_a(party, "company") for party in parties)
        return "contract" if kind == "deed" or (kind == "deed of any kind" and company) else "agreement"
