"""Sentences that name agreements, read into clauses: one trigger each, with the groups of parties, the cues and the dates of its territory.

What a word or a phrase means is data (`agreements.toml`); what stands here is how far a trigger reaches. Uzbek puts parties and
dates before the noun and the verb after it, Russian and English put most of them after it: a clause is cut accordingly.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from pipeline.finders.agreement_groups import TRIGGERS
from pipeline.finders.agreement_model import Clause, Cue, Day, Group, Trigger
from pipeline.finders.agreement_triggers import TriggerReader, within
from pipeline.languages.grammar import Match, grammar
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.kept import Kept
from pipeline.text.tokens import Kind

__all__ = ["Reader", "hot_sentences"]

_STOP = 4  # the strength of a full stop within what passes for one sentence
_FORMER = 5  # of what parts off a clause on an older agreement
_PARTING = ("LPAR", "RPAR", "DOT", "SEMICOLON", "COMMA", "OTHERSIGN", "DATE", "BUT", "COLON", "AND")
_REACH = 9  # tags from “under” to the noun of what it stands under
_WHOLE = 6  # letters of a word that is no abbreviation


@cache
def _heat(language: str) -> Kept[int]:
    """Return 0 for a word of a language that says nothing of an agreement, 1 for an agreement's noun, 2 for what may be the first word of one."""
    words = grammar("agreements").lexicon

    def heat(folded: str) -> int:
        reading = words.reading(language, folded)
        return int(reading is not None and reading.symbol in TRIGGERS) or 2 * words.opens(language, folded, TRIGGERS)

    return Kept(heat)


def hot_sentences(document: Document, covered: set[int]) -> list[int]:
    """Return the sentences that hold an agreement's noun outside the `covered` tokens (names of institutions)."""
    words, tokens = grammar("agreements").lexicon, document.tokens
    folds, kinds, languages, sentence = tokens.fold, tokens.kind, document.languages, tokens.sentence
    found: list[int] = []
    done = -1
    for index in document.telling(_heat):
        if kinds[index] is not Kind.WORD or sentence[index] == done:
            continue
        hot = _heat(languages[index])[folds[index]]
        if hot == 2:
            reading = words.phrase(languages[index], folds, kinds, index)
            hot = int(reading is not None and reading.symbol in TRIGGERS)
        if hot and index not in covered:
            done = sentence[index]
            found.append(done)
    return found


@cache
def _former() -> tuple[str, ...]:
    """Return how the folded words begin that speak of an older agreement: «прежнее истекло»."""
    return tuple(fold(word) for word in grammar("agreements").lexicon.settings["former"])


@cache
def _parting() -> re.Pattern[str]:
    """Return a pattern for the signs at which a sentence may part, and for brackets, within which it does not."""
    code = grammar("agreements").code
    return re.compile("[" + "".join(code[symbol] for symbol in _PARTING) + "]")


class Reader(TriggerReader):
    """Reads the wanted sentences of a document into clauses."""

    def clauses(self, sentence: int) -> list[Clause]:
        """Return the clauses of a sentence, one a trigger; one without a trigger where it has none."""
        matches = self.matches[sentence]
        first, last = self.document.tokens.sentences[sentence]
        cues = self._cues(matches)
        groups = self.read_groups(matches)
        triggers = self.read_triggers(matches, cues, groups)
        self.groups[sentence] = groups
        days = self._days(sentence, matches)
        breaks = self._breaks(sentence, groups, days)
        whole = Clause(None, first, last, self.document.languages[first], groups, cues, days, breaks, sentence)
        begin, end = self.ranges[sentence]
        whole.respectively = self.tags.string.find(self.rules.code["RESPECTIVELY"], begin + 1, end) >= 0
        if not triggers:
            return [whole]
        cuts = [first]
        for one, two in pairwise(triggers):
            cuts.append(self._cut(one, two, breaks, cues, groups))
        cuts.append(last)
        stops = [at for at, strength in breaks if strength == _STOP]
        cuts[0] = max((at for at in stops if at < triggers[0].first), default=first)
        verbs = [cue.first for cue in cues if cue.first >= triggers[-1].first]
        ends = [at for at in stops if at >= triggers[-1].last and any(v < at for v in verbs)]
        ends += [at for at, strength in breaks if strength == _FORMER and at >= triggers[-1].last]
        cuts[-1] = min(ends, default=last)
        out = []
        for trigger, (begin, end) in zip(triggers, pairwise(cuts), strict=True):
            out.append(
                Clause(
                    trigger,
                    begin,
                    end,
                    self.document.languages[trigger.first],
                    within(groups, begin, end),
                    within(cues, begin, end),
                    within(days, begin, end),
                    breaks[bisect_left(breaks, (begin,)) : bisect_left(breaks, (end,))],
                    sentence,
                    whole.respectively,
                )
            )
        return out

    def _cues(self, matches: Iterable[Match]) -> list[Cue]:
        found = [match for match in matches if match.rule.values.get("is") == "cue" and self._under(match)]
        taken: set[int] = set()
        cues = []
        for match in sorted(found, key=lambda match: (match.first - match.last, match.first)):
            span = range(match.first, match.last)
            if taken.isdisjoint(span):
                taken.update(span)
                state = match.rule.values["cue"]
                if state == "initialled":
                    state = self._initialled(match.first)
                cues.append(Cue(state, match.first, match.last, match.begin, match.end))
        return sorted(cues, key=lambda cue: cue.first)

    def _initialled(self, token: int) -> str:
        """Return what initialling means: a signing, unless the sentence speaks of the signature that is to follow."""
        said = {symbol for symbol, _ in self.symbols(self.document.tokens.sentence[token])}
        return "signed" if said.isdisjoint(("PLAN", "PREP", "YET", "SIGNING", "SIGNATURE")) else "prepared"

    def _under(self, match: Match) -> bool:
        """Return whether “under”, `doirasida` speaks of an agreement, not of a visit: its noun stands after it, in Uzbek before it."""
        if match.rule.name != "standing":
            return True
        if self.document.languages[match.first] == "uz":
            return any(self.symbol(k) in TRIGGERS for k in range(max(match.begin - 4, 0), match.begin))
        if self.symbol(match.end) == "WHICH":  # “the agreement under which”
            return any(self.symbol(k) in TRIGGERS for k in range(max(match.begin - _REACH, 0), match.begin))
        for k in range(match.end, min(match.end + _REACH, len(self.tags.string))):
            if self.symbol(k) in (*TRIGGERS, "COLON", "SEMICOLON", "EVENT", "EDGE"):
                return self.symbol(k) in TRIGGERS
        return False

    def _days(self, sentence: int, matches: Iterable[Match]) -> list[Day]:
        roles: dict[int, str] = {}
        for match in matches:
            if match.rule.values.get("is") == "date":
                roles.setdefault(match.first, match.rule.values["date"])
        begin, end = self.ranges[sentence]
        days, sign = [], self.rules.code["DATE"]
        k = self.tags.string.find(sign, begin + 1, end)
        while k >= 0:
            reading = self.tags.readings[k]
            if reading is not None:
                role = roles.get(self.tags.first[k], "")
                days.append(Day(int(reading.value), self.tags.first[k], self.tags.last[k], role, k))
            k = self.tags.string.find(sign, k + 1, end)
        return days

    def _breaks(self, sentence: int, groups: Sequence[Group], days: Sequence[Day]) -> list[tuple[int, int]]:
        """Return (token, strength) of each place that parts clauses: 4 full stop, 3 semicolon, 2 comma and conjunction, 1 comma or "and"."""
        begin, end = self.ranges[sentence]
        joined = {k for group in groups if len(group.members) > 1 for k in range(group.first + 1, group.last)}
        out: list[tuple[int, int]] = []
        depth = 0
        for sign in _parting().finditer(self.tags.string, begin + 1, end - 1):
            k = sign.start()
            symbol, token = self.symbol(k), self.tags.first[k]
            depth = max(depth + (symbol == "LPAR") - (symbol == "RPAR"), 0)
            if depth:
                continue
            after = self.symbol(k + 1)
            strength = 0
            if symbol == "DOT" and self._stops(k):
                strength = _STOP
            elif symbol in ("SEMICOLON", "COMMA") and self.document.tokens.fold[self.tags.first[k + 1]].startswith(
                _former()
            ):
                strength = _FORMER
            elif symbol == "SEMICOLON" or (symbol == "OTHERSIGN" and self._capital(k + 1)):
                strength = 3
            elif symbol == "DATE" and self.document.tokens.fold[self.tags.last[k] - 1] == "." and self._capital(k + 1):
                token, strength = self.tags.last[k] - 1, 2
            elif (
                symbol == "DOT"
                and self._capital(k + 1)
                and (self.symbol(k - 1) == "DATE" or self.symbol(k - 2) == "AND")
            ):
                strength = 3
            elif symbol == "COMMA":
                strength = 2 if after in ("AND", "BUT", "ALSO") else 1
            elif symbol in ("BUT", "COLON"):
                strength = 2
            elif symbol == "AND":
                strength = 1
            if strength and token not in joined:
                out.append((token, strength))
        return out

    def _stops(self, k: int) -> bool:
        """Return whether a dot ends a sentence that goes on for careless typing («тугади. қўқон …», «берди.Чирчиқ …»): no short form before it."""
        tokens = self.document.tokens
        before = tokens.form(self.tags.last[k - 1] - 1) if self.symbol(k - 1) != "EDGE" else ""
        return len(before) >= _WHOLE and before.isalpha() and before.islower() and self.symbol(k + 1) != "EDGE"

    def _capital(self, k: int) -> bool:
        return self.symbol(k) != "EDGE" and self.document.tokens.capital(self.tags.first[k])

    def _bracket(self, token: int) -> int:
        """Return the token after brackets that open at `token` (`bitim (2001)`), `token` itself where none do."""
        folds = self.document.tokens.fold[token : token + _REACH]
        return token + folds.index(")") + 1 if folds[:1] == ["("] and ")" in folds else token

    def _cut(
        self,
        one: Trigger,
        two: Trigger,
        breaks: Sequence[tuple[int, int]],
        cues: Sequence[Cue],
        groups: Sequence[Group],
    ) -> int:
        """Return the token where the territory of `one` ends and that of `two` begins."""
        inside = breaks[bisect_left(breaks, (one.last,)) : bisect_left(breaks, (two.first,))]
        if self.document.languages[two.first] == "uz":
            verb = next(iter(within(cues, one.last, two.first)), None)
            if verb is not None and not within(groups, one.last, verb.first):
                later = [at for at, _ in inside if at >= verb.last]
                return later[0] if later else verb.last
            return inside[0][0] if inside else self._bracket(one.last)
        if not inside:
            return two.first
        strongest = max(strength for _, strength in inside)
        return max(at for at, strength in inside if strength == strongest)
