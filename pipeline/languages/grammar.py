"""Rules as data: patterns over the symbols of tokens, each with an example and counter-examples.

A text becomes a string of symbols, one sign a token (`tag`); a rule is a regular expression over symbols:

    [[rule]]
    name = "day-range"
    pattern = "[ DAY:d DASH DAY:d2 MONTH:m YEAR:y YEARWORD? ]"
    set = { approx = "true" }                    # constants for whoever builds the value
    example = ["16–22 сентября 2014 года"]       # must match, each
    not = ["16–22 сентябрьских дня"]             # must not match

`SYMBOL:slot` names what it matches; `[` and `]` bound the span that is reported (the whole match without them); `( ) | ? * +` work as in
regular expressions, `(?! )`, `(?= )`, `(?<! )`, `(?<= )` and the atomic `(?> )` too; `{NAME}` and `{NAME:slot}` is a macro (`[macros]`) of the same file or of `common`; `.` is any one token of the same
sentence; `^` and `$` are the sentence's ends. `glued = true`: no white space inside the span. `stage = 2`: a rule over tags in which the finder has merged what stage 1 found. Signs stand for themselves under these names: DASH COMMA DOT COLON SEMICOLON SLASH LPAR RPAR LQUOTE RQUOTE
QUESTION AMP APPROXSIGN PERCENT NUMSIGN PLUS CURRENCY OTHERSIGN; white space is not seen.
Numbers: N1 (1-12), N2 (13-31), Y (1000-2199, four digits), N3 (the other ones of up to three digits), N4 (other), ROMAN (I to XXI).
A word in an Uzbek case is followed by that case: ABL DAT TERM GEN ACC LOC ATTR, an English word with ’s by GEN. A word without a meaning is W (CAP where
it begins with a capital). A topic may set `marks = ["POSS", "PLUR"]` (possessive and plural follow a word too, before its case) and
`capitals = ["MOD"]` (MODC stands for a MOD that begins with a capital).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from pipeline.languages.demands import Searches, Sentences, demands
from pipeline.languages.lexicon import DataError, Lexicon, Reading, lexicon, reading_of
from pipeline.text.document import Document
from pipeline.text.tokens import Kind

__all__ = ["Grammar", "Match", "Rule", "Tags", "grammar", "roman", "tag"]

_SIGNS = {
    "-": "DASH", "–": "DASH", "—": "DASH", "‐": "DASH", "‑": "DASH", "−": "DASH", "‒": "DASH", "―": "DASH",
    ",": "COMMA", ".": "DOT", ":": "COLON", ";": "SEMICOLON", "/": "SLASH", "(": "LPAR", ")": "RPAR", "[": "LPAR", "]": "RPAR",
    "«": "LQUOTE", "“": "LQUOTE", "„": "LQUOTE", "»": "RQUOTE", "”": "RQUOTE", '"': "RQUOTE",
    "?": "QUESTION", "&": "AMP", "~": "APPROXSIGN", "≈": "APPROXSIGN", "%": "PERCENT", "№": "NUMSIGN", "#": "NUMSIGN", "+": "PLUS",
    "$": "CURRENCY", "€": "CURRENCY", "£": "CURRENCY", "₽": "CURRENCY",
}  # fmt: skip
_BUILT_IN = (
    "EDGE", "W", "CAP", "N1", "N2", "N3", "N4", "Y", "ROMAN", "OTHERSIGN",
    *dict.fromkeys(_SIGNS.values()),
    "ABL", "DAT", "TERM", "GEN", "ACC", "LOC", "ATTR", "POSS", "PLUR",
)  # fmt: skip
_CASES = {name: name.upper() for name in ("abl", "dat", "term", "gen", "acc", "loc", "attr")}
_ROMAN = {
    text: value
    for value, text in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split(), start=1
    )
}
_ELEMENT = re.compile(
    r"\s+|(?P<plain>\((?:\?(?:P<[a-z][a-z0-9]*>|[:=!>]|<[=!]))?|\)(?:[?*+]|\{\d*,?\d*\})?[?+]?|\|)|(?P<open>\[)|(?P<shut>\][?*+]?)"
    r"|(?P<any>\.)(?P<many>(?:[?*+]|\{\d*,?\d*\})?[?+]?)|(?P<anchor>[\^$])"
    r"|(?P<symbol>[A-Z][A-Z0-9]*)(?::(?P<slot>[a-z][a-z0-9]*))?(?P<times>(?:[?*+]|\{\d*,?\d*\})?[?+]?)"
)
_ROMAN_FORM = re.compile("[IVXІХ]+")  # the last two are Cyrillic
_MACRO = re.compile(r"\{([A-Z][A-Z0-9]*)(?::([a-z][a-z0-9]*))?\}")


def roman(folded: str) -> int:
    """Return the value of a folded Roman numeral from I to XXI, 0 where it is none."""
    return _ROMAN.get(folded, 0)


@dataclass(slots=True)
class Tags:
    """A text as a string of symbols. Entry k of `first`, `last` (half-open) is what sign k stands for in tokens; `readings` its meaning."""

    string: str
    first: list[int]
    last: list[int]
    readings: list[Reading | None]
    _sentences: Sentences | None = field(default=None, init=False, repr=False, compare=False)

    def sentences(self, edge: str) -> Sentences:
        """Return the sentences by the signs that they hold; found once."""
        if self._sentences is None:
            self._sentences = Sentences(self.string, edge)
        return self._sentences


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a topic as its file has it."""

    name: str
    source: str
    pattern: str
    values: dict[str, str]
    examples: tuple[str, ...]
    counters: tuple[str, ...]
    glued: bool = False
    stage: int = 1


@dataclass(
    slots=True
)  # not frozen: there are hundreds in an article, and a frozen one takes four times as long to make
class Match:
    """A rule that applies: the tokens [first, last) of its span, and for each slot the tags (indices into Tags) that filled it."""

    rule: Rule
    first: int
    last: int
    begin: int  # the whole match in tags, context included
    end: int
    slots: dict[str, tuple[int, int]]


Word = tuple[str, str, Reading | None, str, bool]
"""What a word is by itself: its sign in small letters, with a capital, its reading, its marks; and whether it may begin a phrase."""


class Words(dict[str, Word]):
    """What the folded words of one language are by themselves. Kept, since most words of a text come again."""

    def __init__(self, rules: Grammar, language: str) -> None:
        super().__init__()
        self._rules, self._language = rules, language

    def __missing__(self, folded: str) -> Word:
        if len(self) > 100_000:
            self.clear()
        word = self[folded] = self._rules.word(self._language, folded)
        return word


class Grammar:
    """The rules of one topic, compiled. Use `grammar(topic)`: it is made once."""

    def __init__(self, topic: str) -> None:
        self.lexicon: Lexicon = lexicon(topic)
        self.capitals = frozenset(self.lexicon.settings.get("capitals", ()))
        self.marks = frozenset(self.lexicon.settings.get("marks", ()))
        extra = (
            self.lexicon.symbols
            | {name + "C" for name in self.capitals}
            | set(self.lexicon.settings.get("symbols", ()))
        )
        names = [*_BUILT_IN, *sorted(extra - set(_BUILT_IN))]
        self.code = {name: chr(0xE000 + index) for index, name in enumerate(names)}
        self.names = {sign: name for name, sign in self.code.items()}
        self._words: dict[str, Words] = {}
        self.signs = {sign: self.code[name] for sign, name in _SIGNS.items()}
        self._pieces: dict[str, str] = {}  # elements of patterns, compiled: rules have the same ones again and again
        self.rules = [self._rule(source, entry) for source, entry in self.lexicon.rules]
        sources: dict[str, str] = {}
        for rule in self.rules:
            if rule.name in sources:
                raise DataError(
                    f"{rule.source}: two rules are called {rule.name!r}, the other one in {sources[rule.name]}; give each its own name"
                )
            sources[rule.name] = rule.source
        self._sources = [(rule, self.compile(rule.pattern, rule.source)) for rule in self.rules]
        self._regexes: dict[str, re.Pattern[str]] = {}
        self._chosen: dict[tuple[int, str | None], Searches[tuple[Rule, str]]] = {}

    def sign(self, reading: Reading, capital: bool) -> tuple[str, str]:
        """Return the sign of a reading and the marks (plural, possessive, case) that follow it."""
        symbol = reading.symbol
        marks = ""
        if reading.plural and "PLUR" in self.marks:
            marks += self.code["PLUR"]
        if reading.possessive and "POSS" in self.marks:
            marks += self.code["POSS"]
        if reading.case:
            marks += self.code[_CASES[reading.case]]
        return self.code[symbol + "C" if capital and symbol in self.capitals else symbol], marks

    def words(self, language: str) -> Words:
        """Return what words of a language are by themselves, by their folds."""
        known = self._words.get(language)
        if known is None:
            known = self._words[language] = Words(self, language)
        return known

    def word(self, language: str, folded: str) -> Word:
        """Return what a word is by itself. `words(language)` has it ready where it was asked before."""
        reading = self.lexicon.reading(language, folded)
        opening = self.lexicon.opens(language, folded) or folded in _ROMAN
        if reading is None:
            return self.code["W"], self.code["CAP"], None, "", opening
        low, marks = self.sign(reading, False)
        return low, self.sign(reading, True)[0], reading, marks, opening

    def opening(
        self, document: Document, index: int, end: int, reading: Reading | None, sign: str, marks: str
    ) -> tuple[Reading | None, str, str]:
        """Return reading, sign and marks of a token that may be a Roman numeral or begin a phrase; those given where it is neither."""
        tokens = document.tokens
        folded = tokens.fold[index]
        phrase = self.lexicon.phrase(document.languages[index], tokens.fold, tokens.kind, index)
        if phrase is not None and index + phrase.length <= end:
            return phrase, *self.sign(phrase, tokens.upper[index])
        if folded in _ROMAN and _ROMAN_FORM.fullmatch(tokens.form(index)):  # before the words: «I квартал» is no «и»
            return Reading("ROMAN", str(_ROMAN[folded])), self.code["ROMAN"], ""
        return reading, sign, marks

    def _rule(self, source: str, entry: dict[str, Any]) -> Rule:
        entry = dict(entry)
        name = entry.pop("name", "?")
        try:
            examples, counters = entry.pop("example"), entry.pop("not", ())
            rule = Rule(
                name=name,
                source=source,
                pattern=entry.pop("pattern"),
                values={key: str(value) for key, value in entry.pop("set", {}).items()},
                examples=tuple([examples] if isinstance(examples, str) else examples),
                counters=tuple([counters] if isinstance(counters, str) else counters),
                glued=bool(entry.pop("glued", False)),
                stage=int(entry.pop("stage", 1)),
            )
        except KeyError as missing:
            raise DataError(
                f"{source}: rule {name!r} has no {missing}; every rule needs a pattern and an example"
            ) from None
        if not rule.examples:
            raise DataError(f"{source}: rule {name!r} has no example; every rule needs one")
        if entry:
            raise DataError(f"{source}: rule {name!r} has unknown keys {sorted(entry)}; take them out")
        return rule

    def check(self) -> None:
        """Compile every rule now rather than when a text first needs it. Raises DataError on a pattern that is no regular expression."""
        for rule, source in self._sources:
            self._regex(rule, source)

    def _regex(self, rule: Rule, source: str) -> re.Pattern[str]:
        """Return a rule's pattern compiled: when first needed, for most texts need few of the rules."""
        regex = self._regexes.get(rule.name)
        if regex is None:
            try:
                regex = self._regexes[rule.name] = re.compile(source)
            except re.error as error:
                raise DataError(
                    f"{rule.source}: the pattern of rule {rule.name!r} is no regular expression: {error.msg}"
                ) from None
        return regex

    def compile(self, pattern: str, source: str) -> str:
        """Return a rule's pattern as a regular expression over tag strings. Raises DataError on what it does not know."""
        pattern = self._expand(pattern, source)
        out, at = [], 0
        for element in _ELEMENT.finditer(pattern):
            if element.start() > at:
                break
            at, piece = element.end(), element[0]
            if piece not in self._pieces:
                symbol = element["symbol"]
                if symbol and symbol not in self.code:
                    known = " ".join(sorted(self.code))
                    raise DataError(f"{source}: unknown symbol {symbol} in pattern {pattern!r}; known: {known}")
                self._pieces[piece] = self._compiled(element)
            out.append(self._pieces[piece])
        if at < len(pattern):
            raise DataError(f"{source}: cannot read {pattern[at:]!r} in pattern {pattern!r}")
        return "".join(out)

    def _compiled(self, element: re.Match[str]) -> str:
        """Return one element of a pattern as a piece of a regular expression."""
        if symbol := element["symbol"]:
            sign, slot, times = self.code[symbol], element["slot"], element["times"]
            return f"(?P<{slot}>{sign}{times})" if slot else sign + times
        if element["plain"]:
            return "(?:" if element["plain"] == "(" else element["plain"]
        if element["open"]:
            return "(?P<span>"
        if element["shut"]:
            return ")" + element["shut"][1:]
        if element["any"]:
            return f"[^{self.code['EDGE']}]{element['many']}"
        return self.code["EDGE"] if element["anchor"] else ""

    def _expand(self, pattern: str, source: str) -> str:
        """Put in the topic's macros, which may hold macros."""

        macros = self.lexicon.macros[source.partition("/")[0]]

        def body(match: re.Match[str]) -> str:
            name, slot = match.groups()
            if name not in macros:
                raise DataError(
                    f"{source}: unknown macro {name} in pattern {pattern!r}; known: {' '.join(sorted(macros))}"
                )
            return f"(?P<{slot}>{macros[name]})" if slot else f"({macros[name]})"

        for _ in range(8):
            expanded = _MACRO.sub(body, pattern)
            if expanded == pattern:
                return pattern
            pattern = expanded
        raise DataError(f"{source}: the macros of {pattern!r} go round in a circle; take the circle out")

    def finditer(
        self, tags: Tags, document: Document, *, stage: int = 1, language: str | None = None
    ) -> Iterator[Match]:
        """Yield the matches of every rule of a stage (of one language's file, if given), rule by rule; matches of different rules may overlap."""
        gaps, string, firsts, lasts = document.tokens.gap, tags.string, tags.first, tags.last
        for (rule, source), places in self._searches(stage, language).of(tags.sentences(self.code["EDGE"])):
            pattern = self._regexes.get(rule.name) or self._regex(rule, source)
            groups = pattern.groupindex
            bounds = groups.get("span", 0)
            for place in places:
                for match in pattern.finditer(string, *place):
                    spans = match.regs
                    begin, end = spans[bounds]
                    while begin < end and lasts[begin] <= firsts[begin]:  # edges are no tokens
                        begin += 1
                    while begin < end and lasts[end - 1] <= firsts[end - 1]:  # a case mark shares its word's token
                        end -= 1
                    if begin >= end:
                        continue
                    first, last = firsts[begin], lasts[end - 1]
                    if rule.glued and any(gaps[index] for index in range(first + 1, last)):
                        continue
                    slots = {
                        name: spans[group] for name, group in groups.items() if group != bounds and spans[group][0] >= 0
                    }
                    yield Match(rule, first, last, *spans[0], slots)

    def _searches(self, stage: int, language: str | None) -> Searches[tuple[Rule, str]]:
        """Return the rules of a stage (of one language's file, if given) with what each demands. Kept."""
        chosen = self._chosen.get((stage, language))
        if chosen is None:
            chosen = self._chosen[stage, language] = Searches(
                ((rule, source), demands(source, self.code["EDGE"]))
                for rule, source in self._sources
                if rule.stage == stage and (language is None or rule.source.startswith(language))
            )
        return chosen

    def merge(self, tags: Tags, found: Iterable[tuple[int, int, str, Reading]]) -> Tags:
        """Return `tags` with each [begin, end) of `found` (sorted, apart) as one sign of the given symbol: what the next stage reads."""
        code, done = self.code, 0
        strings: list[str] = []
        first: list[int] = []
        last: list[int] = []
        readings: list[Reading | None] = []
        for begin, end, symbol, reading in found:
            strings += (tags.string[done:begin], code[symbol])
            first += tags.first[done : begin + 1]
            last += (*tags.last[done:begin], tags.last[end - 1])
            readings += (*tags.readings[done:begin], reading)
            done = end
        strings.append(tags.string[done:])
        return Tags(
            "".join(strings), first + tags.first[done:], last + tags.last[done:], readings + tags.readings[done:]
        )


def tag(
    document: Document,
    rules: Grammar,
    known: Mapping[int, Reading] | None = None,
    *,
    sentences: Iterable[tuple[int, int]] | None = None,
) -> Tags:
    """Return the tokens of a document as the symbols of a grammar, in linear time.

    `known` maps a token to what the caller knows of it and the tokens after it (`length`); it goes before the words of the topic.
    `sentences`: only these token ranges, each one sentence; all of them where it is left out.
    """
    known = known or {}
    code, tokens, text = rules.code, document.tokens, document.tokens.text
    folds, kinds, upper, languages = tokens.fold, tokens.kind, tokens.upper, document.languages
    out: list[str] = []
    first: list[int] = []
    last: list[int] = []
    readings: list[Reading | None] = []
    edge, other, owner = code["EDGE"], code["OTHERSIGN"], code["GEN"]
    signs, word, number = rules.signs, Kind.WORD, Kind.NUMBER
    words = {language: rules.words(language) for language in set(languages)}
    for begin, end in tokens.sentences if sentences is None else sentences:
        out.append(edge)
        first.append(begin)
        last.append(begin)
        readings.append(None)
        index = begin
        while index < end:
            folded, language = folds[index], languages[index]
            after, owned = index + 1, False
            reading = known.get(index)
            if reading is not None:
                sign, marks = rules.sign(reading, upper[index])
                after = index + reading.length
            elif (kind := kinds[index]) is number:
                sign, reading, marks = code[_number(folded)], reading_of("NUMBER", folded), ""
            else:
                if (
                    language == "en"
                    and folded[-1:] == "s"
                    and kind is word
                    and len(folded) > 1
                    and text[tokens.end[index] - 2] in "'’"
                ):
                    owned, folded = True, folded[:-1]
                low, high, reading, marks, opening = words[language][folded]
                if kind is word:
                    sign = high if upper[index] else low
                else:
                    sign, marks = signs.get(folded, other) if reading is None else low, ""
                if opening:
                    reading, sign, marks = rules.opening(document, index, end, reading, sign, marks)
                    if reading is not None:
                        after = index + reading.length
            if after > end:  # a phrase does not go beyond its sentence
                after, reading, sign, marks = index + 1, None, (code["CAP"] if upper[index] else code["W"]), ""
            out.append(sign)
            first.append(index)
            last.append(after)
            readings.append(reading)
            if owned and not marks:
                marks = owner
            if marks:
                for mark in marks:
                    out.append(mark)
                    first.append(after)
                    last.append(after)
                    readings.append(None)
            index = after
        out.append(edge)
        first.append(end)
        last.append(end)
        readings.append(None)
    return Tags("".join(out), first, last, readings)


@lru_cache(maxsize=1 << 14)
def _number(digits: str) -> str:
    if not digits.isascii():
        return "N4"
    value = int(digits) if len(digits) < 5 else 10_000
    if len(digits) <= 2 and 1 <= value <= 31:
        return "N1" if value <= 12 else "N2"
    if len(digits) == 4 and 1000 <= value < 2200:
        return "Y"
    return "N3" if len(digits) <= 3 else "N4"


@cache
def grammar(topic: str) -> Grammar:
    """Return the grammar of a topic, loaded and compiled once. Raises DataError where a data file is wrong."""
    return Grammar(topic)
