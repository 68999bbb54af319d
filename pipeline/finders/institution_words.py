"""What is known of the words of a document before the rules for institutions read it: places, known names, word classes, Uzbek cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import compress

from pipeline.authority.countries import Place, atlas
from pipeline.authority.gazetteer import Hit
from pipeline.finders.institution_hits import SmallLetters
from pipeline.finders.institution_slips import ended, slipped
from pipeline.languages.dictionary import word_class
from pipeline.languages.grammar import grammar
from pipeline.languages.lexicon import Reading, lexicon, reading_of
from pipeline.text.document import Document
from pipeline.text.folding import fold
from pipeline.text.kept import Kept
from pipeline.text.tokens import Kind

__all__ = ["known_words", "sentence_start"]

_DASHES = frozenset("-–—")
_HEADING = frozenset(
    "HEAD HEADS HEADSG FUND UNIT LEGAL FIRM FOREIGN HOUSE BODY STAFF PRESSMAN PRESS SHORTLIB PAPER COLLECTIONS COUNCIL HALL FILIAL DAILY BULLETIN NONPROFIT BRAND TRADE".split()
)  # symbols of words that a name is built on
_PEOPLE = frozenset(("TITLE", "STAFF", "PRESSMAN"))
_CENTURIES = frozenset(("18", "19", "20"))
_AFTER_YEAR = frozenset(".)")
_WINDOW = 12  # tokens on either side of a head noun that may belong to its name
_PLACES = {
    "country": "COUNTRY",
    "adjective": "DEMONYM",
    "city": "CITY",
    "region": "CITY",
    "other": "CITY",
    "local": "DEMONYM",
}
_SETTINGS = grammar("institutions").lexicon.settings
_BARRIERS = tuple(_SETTINGS["uz_barrier_suffixes"])
_NO_BARRIERS = frozenset(_SETTINGS["uz_barrier_exceptions"])
_CAPITAL_BARRIERS = tuple(_SETTINGS["uz_capital_barrier_suffixes"])
_CASES: tuple[tuple[str, str], ...] = tuple(_SETTINGS["uz_case_endings"].items())
_PLURAL = tuple(_SETTINGS["uz_plural"])
_NO_BARRIER_SUFFIXES = tuple(_SETTINGS["uz_barrier_exception_suffixes"])
_OPENING_BARRIERS: tuple[tuple[str, int], ...] = tuple(_SETTINGS["uz_opening_barrier_suffixes"].items())
_DWELLERS = tuple(_SETTINGS["uz_dwellers"])
_TRADES = tuple(_SETTINGS["uz_trades"])
_OBJECTS = tuple(_SETTINGS["uz_objects"])
_LOCAL = tuple(map(fold, _SETTINGS["local_adjective_endings"]))
_VERBAL_NOUNS = tuple(_SETTINGS["uz_verbal_nouns"])
_HEADS = 1
_OBJECT = 6  # letters that the first word of a sentence has more than, where its ending is taken for a case
_GOVERNED = frozenset(("acc", "dat", "abl"))
_REACH = 4  # tokens from a governed word to its verbal noun
_BAR = Reading("BAR", "")  # a dash with space on both sides parts names, it does not join them
_DWELLER = Reading("BARRIER", "")  # «тошкентлик» says where somebody is from
_TRADE = Reading("MOD", "general")  # «рассомлик мактаби»
_SINGLE = frozenset((".", "i"))
_PRONOUN = Reading("STARTER", "")  # “I” is no numeral
_INITIAL = Reading("CAP", "")  # a letter with a full stop is no «и» and no «в»


def known_words(
    document: Document, hits: Sequence[Hit], places: Sequence[Place | None], small: SmallLetters | None = None
) -> tuple[dict[int, Reading], dict[str, list[tuple[int, int]]]]:
    """Return what gazetteers and dictionaries know of tokens, before the words of the topic are asked; and the sentences worth reading, by language.

    A sentence is worth reading where it has a head noun or a known name; under "common", where it may be a reference with a publisher.
    """
    tokens, rules, small = document.tokens, grammar("institutions"), small or SmallLetters(document)
    folds, upper, gaps, languages = tokens.fold, tokens.upper, tokens.gap, document.languages
    known: dict[int, Reading] = {}
    references: set[int] = set()
    words = {language: rules.words(language) for language in set(languages)}
    word, last_index, cased = Kind.WORD, len(folds) - 1, atlas().cased
    for index, place in enumerate(places):
        if place is not None and (
            place.kind in ("country", "adjective") or words[languages[index]][folds[index]][2] is None
        ):
            case = ""
            if languages[index] == "uz":
                ending = words["uz"][folds[index + place.length - 1]][2]  # «Поп тумани» is no accusative
                case = ending.case if ending and place.length > 1 else _case(folds[index + place.length - 1])
                if place.length == 1 and case in _GOVERNED | {"loc"} and not cased(folds[index]):
                    case = ""  # «Прага» is no dative
            symbol = _PLACES[place.kind]
            if symbol == "CITY" and languages[index] == "ru" and place.length == 1 and folds[index].endswith(_LOCAL):
                symbol = "DEMONYM"
            dweller = languages[index] == "uz" and place.length == 1 and folds[index].endswith(_DWELLERS)
            known[index] = _DWELLER if dweller else reading_of(symbol, place.code, case, place.length)
    for index in compress(range(len(folds)), map(_MARKS.__getitem__, folds)):
        folded = folds[index]
        if folded == ".":
            before = index - 1
            if (
                index
                and upper[before]
                and tokens.end[before] - tokens.start[before] == 1
                and tokens.kind[before] is word
            ):
                known[before] = _INITIAL
        elif folded == "i":
            if languages[index] == "en" and index < last_index and _pronoun(document, index):
                known[index] = _PRONOUN
        elif folded in _DASHES:
            if gaps[index] and index < last_index and gaps[index + 1]:
                known[index] = _BAR
        elif len(folded) == 4 and folded[:2] in _CENTURIES:
            references.add(tokens.sentence[index])
            if index < last_index and folds[index + 1] in _AFTER_YEAR:  # the title, then place and publisher
                references.update(
                    range(tokens.sentence[index] + 1, min(tokens.sentence[index] + 4, len(tokens.sentences)))
                )
    heads = [
        index
        for index in document.telling(_headings)
        if tokens.kind[index] is word
        and (_headings(languages[index])[folds[index]] == _HEADS or _opens_phrase(document, index))
        and known.get(index) is not _INITIAL
    ]
    for index in heads:
        if languages[index] == "uz" and index not in known and words["uz"][folds[index]][2] is None:
            slip = slipped(folds[index]) or (
                ended(folds[index])
                if upper[index] and index != sentence_start(document, index) and folds[index] not in small
                else None
            )
            if slip is not None:
                known[index] = slip
    for number, hit in enumerate(hits):
        if hit.how == "context":  # a short form does not stand in the way of a full name around it
            continue
        case = _case(tokens.fold[hit.last - 1]) if document.languages[hit.first] == "uz" else ""
        known[hit.first] = reading_of("INST", str(number), case, hit.last - hit.first)
        heads.append(hit.first)
    hot: dict[str, set[int]] = {"uz": set(), "ru": set(), "en": set(), "common": references}
    done = bytearray(len(tokens))
    for head in sorted(heads):
        language = languages[head]
        if language not in hot:
            continue
        hot[language].add(tokens.sentence[head])
        references.discard(tokens.sentence[head])
        if language == "ru":
            _classify(document, known, max(0, head - 7), min(len(tokens), head + _WINDOW), done, small)
        elif language == "uz":
            _classify(document, known, max(0, head - _WINDOW), head, done, small)
    return known, {
        language: [tokens.sentences[number] for number in sorted(numbers)]
        for language, numbers in hot.items()
        if numbers
    }


@cache
def _headings(language: str) -> Kept[int]:
    """Return 1 for the folded words of a language that are head nouns, 2 for those that may begin one of several words, 0 for others."""
    rules = grammar("institutions")
    signs = frozenset(rules.code[name] for name in _HEADING)

    def heads(folded: str) -> int:
        sign, _, reading, _, opening = rules.words(language)[folded]
        if sign in signs or (language == "uz" and reading is None and (slipped(folded) or ended(folded)) is not None):
            return _HEADS
        return 2 * (opening and rules.lexicon.opens(language, folded, _HEADING))

    return Kept(heads)


def _pronoun(document: Document, index: int) -> bool:
    """Return whether an English “I” is no numeral: a word in small letters follows that is no preposition (“To the Archive I gave”, not “Nicholas I in”)."""
    tokens, after = document.tokens, index + 1
    if tokens.kind[after] is not Kind.WORD or tokens.upper[after] or not tokens.upper[index]:
        return False
    return grammar("institutions").words("en")[tokens.fold[after]][2] is None


def _marks(folded: str) -> bool:
    """Return whether a token may be a sign or a word that is looked at, or the year of a reference."""
    return folded in _SINGLE or folded in _DASHES or (len(folded) == 4 and folded[:2] in _CENTURIES)


_MARKS = Kept(_marks)


def _opens_phrase(document: Document, index: int) -> bool:
    """Return whether a head noun of several words begins here (“high commission”)."""
    tokens = document.tokens
    reading = grammar("institutions").lexicon.phrase(document.languages[index], tokens.fold, tokens.kind, index)
    return reading is not None and reading.symbol in _HEADING


def _classify(
    document: Document, known: dict[int, Reading], begin: int, end: int, done: bytearray, small: SmallLetters
) -> None:
    """File the word classes of the words around a head: Russian adjectives and genitives, Uzbek words in a case. `done` marks words seen."""
    tokens, rules = document.tokens, grammar("institutions")
    language, words = "", rules.words("")
    for index in range(begin, end):
        if done[index]:
            continue
        done[index] = 1
        if index in known or tokens.kind[index] is not Kind.WORD:
            continue
        folded = tokens.fold[index]
        if document.languages[index] != language:
            language = document.languages[index]
            words = rules.words(language)
        _, _, reading, _, opening = words[folded]
        if language == "uz" and reading is not None and reading.symbol in _PEOPLE and folded.endswith(_TRADES):
            known[index] = _TRADE
        if reading is not None or (
            opening and rules.lexicon.phrase(language, tokens.fold, tokens.kind, index) is not None
        ):
            continue
        if language == "ru":
            symbol = word_class(tokens.form(index)) if tokens.end[index] - tokens.start[index] > 2 else None
            if symbol:
                known[index] = reading_of(symbol, symbol)
        elif language == "uz" and not tokens.upper[index] and folded.endswith(_VERBAL_NOUNS) and len(folded) > 4:
            known[index] = reading_of("VERBAL", folded)
        elif language == "uz" and (
            _cased(folded) and not _governed(document, index, end)
            if not tokens.upper[index]
            else folded.endswith(_CAPITAL_BARRIERS)
            or _adjunct(document, index, "" if end < len(tokens) and tokens.upper[end] else folded, small)
            or (end < len(tokens) and not tokens.upper[end] and _subject(document, index))
        ):
            known[index] = reading_of("CASED", folded)


def _governed(document: Document, index: int, end: int) -> bool:
    """Return whether a word in a case hangs on a verbal noun before the head at `end`: «таълимни ривожлантириш бошқармаси»."""
    tokens = document.tokens
    if _case(tokens.fold[index]) not in _GOVERNED:
        return False
    for after in range(index + 1, min(end, index + _REACH)):
        if tokens.kind[after] is not Kind.WORD or tokens.upper[after]:
            return False
        if tokens.fold[after].endswith(_VERBAL_NOUNS) and len(tokens.fold[after]) > 4:
            return end - after <= _WINDOW - _REACH
    return False


def _adjunct(document: Document, index: int, word: str, small: SmallLetters) -> bool:
    """Return whether the first word of an Uzbek sentence stands before a name, not in it: «Тадқиқотни Ботаника институти …».

    Its case says so, or that the document writes `word` (the same; "" asks nothing) in small letters elsewhere.
    """
    tokens, folded = document.tokens, document.tokens.fold[index]
    if index + 1 >= len(tokens) or index != sentence_start(document, index):
        return False
    words = grammar("institutions").words("uz")
    if not tokens.upper[index + 1]:
        noun = words[tokens.fold[index + 1]][2]  # «Жараённи туман газетаси»: an object before a common noun
        return (
            len(folded) > _OBJECT
            and folded.endswith(_OBJECTS)
            and not folded.endswith(_NO_BARRIER_SUFFIXES)
            and noun is not None
            and noun.symbol == "AREA"
        )
    if not tokens.form(index).isupper() and _ordinary(folded):
        return True  # «Ҳужжат Навоий музейида»
    following = (words[folded_][2] for folded_ in tokens.fold[index + 1 : index + 1 + _REACH])
    if any(reading is not None and reading.symbol == "DED" for reading in following):
        return False  # «Саида Зуннунова номидаги»
    cased = any(folded.endswith(suffix) and len(folded) >= least for suffix, least in _OPENING_BARRIERS)
    return cased or (len(word) > 3 and word in small)


@lru_cache(maxsize=1 << 14)
def _ordinary(folded: str) -> bool:
    """Return whether an Uzbek word is a common noun of what articles tell of: what is counted, what is signed."""
    counted, signed = lexicon("counts").reading("uz", folded), lexicon("agreements").reading("uz", folded)
    return (counted is not None and counted.symbol in ("UNIT", "OTHER")) or (
        signed is not None and signed.symbol in ("COOP", "DOC")
    )


def _subject(document: Document, index: int) -> bool:
    """Return whether an Uzbek word is the subject of its sentence rather than part of the name after it: «Қўлёзмалар Мир Араб мадрасасида»."""
    tokens = document.tokens
    return (
        tokens.fold[index].endswith(_PLURAL)
        and index == sentence_start(document, index)
        and index + 1 < len(tokens)
        and tokens.upper[index + 1]
        and grammar("institutions").lexicon.reading("uz", tokens.fold[index + 1]) is None
    )


def _case(folded: str) -> str:
    """Return the Uzbek case that a word shows at its end, or ""."""
    return next((case for suffix, case in _CASES if folded.endswith(suffix) and len(folded) > len(suffix) + 2), "")


def _cased(folded: str) -> bool:
    """Return whether a lower-case Uzbek word shows a case or is a verb: no part of a name then."""
    return (
        len(folded) > 4
        and folded.endswith(_BARRIERS)
        and not folded.endswith(_NO_BARRIER_SUFFIXES)
        and folded not in _NO_BARRIERS
    )


def sentence_start(document: Document, index: int) -> int:
    """Return the first word of the sentence that token `index` stands in (after bullets, quotes, numbers)."""
    tokens = document.tokens
    begin, end = tokens.sentences[tokens.sentence[index]]
    while begin < end - 1 and tokens.kind[begin] is not Kind.WORD:
        begin += 1
    return begin
