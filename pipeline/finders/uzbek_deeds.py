"""The verbs of Uzbek sentences that tell what is done with counted things, and which of them governs a count.

Uzbek puts the verb last, so a count belongs to the next verb after it and its clause begins where the verb before ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.clauses import Clause, Deed
from pipeline.finders.parts import settings
from pipeline.finders.things import Thing
from pipeline.languages.lexicon import Reading
from pipeline.languages.morphology import verb_stems
from pipeline.text.tokens import Gap, Kind

__all__ = ["govern_uzbek", "later_gift", "uzbek_deed"]

_FAR = 12  # tokens between the receiver and «oʻtkazdi»
_MOVED = 3  # tokens between the receiver and «oʻtkazildi»
_LINE = 40  # tokens between the beginning of a line and a count in it
_PROMISED = 9  # tokens between a promise and what it is of
_HABIT = 9  # tokens between «har yili» and its verb
_INTENT = 5  # tokens between «yuborish» and what says that it is not done yet
_MOVES = frozenset({"give", "take", "come", "bring"})
_BESIDE = 2  # tokens between a count and the participle that tells of who gave it
_TOLD = frozenset(
    {"give", "take", "come", "bring", "digi", "show", "other", "print"}
)  # verbs that may stand before a colon


def uzbek_deed(cast: Cast, index: int, end: int, actors: Sequence[Actor]) -> Deed | None:
    """Return the Uzbek verb that stands at a token, or None. What is only promised or planned is given to nobody: its value is "other"."""
    deed = _verb(cast, index, end, actors)
    if deed is None:
        return None
    if deed.value == "promise":  # «vaʼda qilgan 70 nusxa yetib keldi»
        return replace(deed, value="give" if deed.relative else "other")
    if (
        deed.value == "none"
        and cast.tokens.fold[index] in settings("uz", "enclosed")
        and _to_reader(cast, index, actors)
    ):
        return replace(deed, value="give")  # «Sizga 150 ta kitob ilova qilinmoqda»
    return replace(deed, value="other", weak=False) if deed.value in _MOVES and _intended(cast, deed, end) else deed


def _to_reader(cast: Cast, index: int, actors: Sequence[Actor]) -> bool:
    """Return whether “to you” stands before a token."""
    readings = [cast.reading("uz", actor.first) for actor in actors if actor.part == "to" and actor.last <= index]
    return any(reading is not None and reading.symbol == "YOURS" for reading in readings)


def _intended(cast: Cast, deed: Deed, end: int) -> bool:
    """Return whether a verb tells what is promised, planned, asked for, not what was done: «bermoqchi», «yuborish koʻzda tutilgan», «berishga vaʼda qilgan»."""
    folds, last = cast.tokens.fold, deed.last
    if folds[last - 1].endswith(settings("uz", "intent_endings")):  # «bermoqchi», «berilsin», «beraman»
        return not any(word in settings("uz", "habitual") for word in folds[max(0, deed.first - _HABIT) : deed.first])
    if folds[last - 1].endswith(settings("uz", "once_done")):  # «vaʼda qilingan 70 nusxa yetib kelgach»
        near = range(max(0, deed.first - _PROMISED), deed.first)
        return any(folds[index].startswith(settings("uz", "promised")) for index in near)
    if not folds[last - 1].endswith(settings("uz", "verbal_nouns")):
        return False
    for index in range(last, min(end, last + _INTENT)):
        if cast.tokens.kind[index] is Kind.SIGN or cast.tokens.gap[index] is Gap.BREAK:
            return False
        if folds[index] in settings("uz", "in_view") or folds[index].startswith(settings("uz", "intended")):
            return True
        if cast.tokens.kind[index] is Kind.NUMBER:
            return False
    return False


def _verb(cast: Cast, index: int, end: int, actors: Sequence[Actor]) -> Deed | None:
    tokens = cast.tokens
    reading = cast.reading("uz", index)
    folded = tokens.fold[index]
    if folded in settings("uz", "needed"):  # «yana 40 ta kitob kerak»; not «yuborishi kerak»
        asked = index > 0 and tokens.fold[index - 1].endswith(settings("uz", "verbal_nouns"))
        return None if asked else Deed(index, index + 1, "other", True)
    if folded in settings("uz", "devoted"):
        return None  # «chinni sanʼatiga bagʻishlangan 120 ta kitob»
    if reading is not None and reading.symbol == "DEED" and (compound := _compound(cast, index, end, reading)):
        return compound
    if reading is not None and reading.symbol == "VERB":
        value, _, voice = reading.value.partition(".")  # a verb of another language has no voice
        last = index + reading.length
        closed = last >= end or tokens.kind[last] is Kind.SIGN
        weak = value == "hold" and folded in settings("uz", "weak") and not closed
        weak = weak or folded.endswith(settings("uz", "verbal_nouns"))
        if value in ("give", "take") and index and tokens.fold[index - 1].startswith(settings("uz", "then_said")):
            return Deed(index, last, "", False, _relative(cast, last - 1, end))  # «joʻnatishga ruxsat olingan»
        if value == "give" and folded.startswith(settings("uz", "sending")) and _burnt(cast, index):
            value = "other"  # «yoqib yuborilgan»
        if (
            value == "hold"
            and index
            and tokens.fold[index - 1] in settings("uz", "disposals")
            and folded.startswith(settings("uz", "staying"))
        ):
            value = "give"  # «mezbonlar ixtiyorida qoldi»
        return Deed(index, last, value, voice == "p", _relative(cast, last - 1, end), weak)
    moved = settings("uz", "moved").index(root) if (root := _moved(folded)) else None
    reach = _MOVED if moved else _FAR  # «muzeyga 90 ta topilmani abadiy saqlashga oʻtkazdi»
    if moved is not None and any(a.part == "to" and index - reach <= a.last <= index for a in actors):
        return Deed(index, index + 1, "give", moved > 0, _relative(cast, index, end))  # «arxivga oʻtkazildi»
    if (
        (reading is None or reading.symbol == "LIGHT")
        and folded not in settings("uz", "no_verbs")
        and len(folded) > 4
        and folded.endswith(settings("uz", "finite_endings"))
    ):
        return Deed(index, index + 1, "", False, _relative(cast, index, end))
    return None


def _moved(folded: str) -> str:
    """Return the verb of moving over from one to another that a folded word is a form of, or ""."""
    roots = verb_stems(folded)
    return next((root for root in settings("uz", "moved") if root in roots), "")


def _compound(cast: Cast, index: int, end: int, reading: Reading) -> Deed | None:
    """Return the Uzbek verb that a noun or converb makes with a light verb behind it: «sovgʻa qildi», «yetkazib berdi», «qabul qilib olindi»."""
    folds, converb = cast.tokens.fold, cast.tokens.fold[index].endswith(settings("uz", "converbs"))
    for at in range(index + 1, min(index + 3, end)):
        light = cast.reading("uz", at)
        if light is None:
            continue
        if light.symbol == "DEED":
            return None
        value, _, voice = light.value.partition(".")
        if light.symbol == "VERB" and not (
            converb or reading.value in ("bring", "give", "take", "promise") or light.value == "bring.a"
        ):
            continue
        if light.symbol not in ("LIGHT", "VERB"):
            continue
        last = at + light.length
        after = cast.reading("uz", last) if last < end and folds[at].endswith(settings("uz", "converbs")) else None
        if after is not None and after.symbol == "VERB" and not after.value.startswith("hold"):  # «qabul qilib olindi»
            value, _, voice = after.value.partition(".")
            last += after.length
        own = value == "come" and (converb or reading.value != "give")  # «olib keldi» has a doer
        passive = (voice or value) == "p" and (not own or folds[last - 1].startswith(settings("uz", "by_many")))
        what = "take" if reading.value == "give" and value == "take" else reading.value
        return Deed(index, last, what, passive, _relative(cast, last - 1, end))
    return None


def _burnt(cast: Cast, index: int) -> bool:
    """Return whether the Uzbek verb of sending at a token only completes one of ruining: «yoqib yubordi»."""
    return index > 0 and cast.tokens.fold[index - 1] in settings("uz", "ruining")


def _relative(cast: Cast, index: int, end: int) -> bool:
    """Return whether the participle at a token stands before its noun, not at the end of its clause."""
    tokens = cast.tokens
    if not tokens.fold[index].endswith(settings("uz", "relative_endings")) or index + 1 >= end:
        return False
    if tokens.kind[index + 1] is Kind.SIGN and tokens.fold[index + 1] not in '«“"„(':
        return False
    return tokens.fold[index + 1] not in settings("uz", "auxiliaries")


def govern_uzbek(
    cast: Cast, thing: Thing, things: Sequence[Thing], deeds: Sequence[Deed], begin: int, end: int
) -> Clause:
    """Return the clause of an Uzbek count in its sentence [begin, end)."""
    tokens = cast.tokens
    start, participle = begin, None
    for deed in deeds:
        if deed.last > thing.opening:
            break
        if deed.relative:
            between = tokens.fold[deed.last : thing.opening]
            told_of = between and cast.named(deed.last)  # «bergan Ulan-Bator kutubxonasi 58 ta kitob oldi»
            if (
                len(between) <= 4
                and not told_of
                and not any(
                    tokens.kind[i] is Kind.SIGN and tokens.fold[i] in ",;" for i in range(deed.last, thing.opening)
                )
            ):
                participle = deed if deed.value not in ("", "none") else None
        elif not (deed.weak and deed.value):
            start, participle = deed.last, None
    near = range(max(start, thing.opening - _LINE), thing.opening + 1)
    broken = [
        i for i in near if tokens.gap[i] is Gap.BREAK or (tokens.fold[i] == "(" and _bracketed_in(cast, i, thing))
    ]
    start = max([start, *broken])
    main: Deed | None = None
    weak: Deed | None = None
    unknown = False
    stop = end
    shut = _shut(cast, thing, end)
    after = [deed for deed in deeds if thing.last <= deed.first < shut and not _bracketed(cast, thing, deed)]
    stop = min(stop, shut)
    beyond = [deed for deed in deeds if deed.first >= shut and tokens.fold[shut] == ";"]
    if after and (of_them := _of_them(cast, thing, things, after[0].first)):
        after, stop = [], of_them
    for number, deed in enumerate(after):
        if deed.relative:
            weak = weak or (deed if deed.value else None)
            if number == 0 and deed.value in _MOVES and not deed.passive and _parted(thing, things, deed, after[1:]):
                main, stop = deed, deed.first  # «50 ta kitob bergan vakillar 58 ta kitob olib ketishdi»
                break
            continue
        if deed.weak:
            weak = weak or deed
            continue
        stop = deed.first
        taking_part = tokens.fold[deed.first].startswith(settings("uz", "taking_part"))
        told = not taking_part or tokens.fold[thing.last] in settings(
            "uz", "with"
        )  # «40 ta idish bilan yarmarkada qatnashdi»
        main = deed if deed.value and told else None
        unknown = main is None
        following = after[number + 1] if number + 1 < len(after) else None
        if deed.value == "hold" and following is not None and following.value == "give" and _gathered(cast, deed):
            main, stop = following, following.first  # «430 ta kitob yigʻib, yubordi»
        elif main is not None and main.value == "hold":
            later = _taken_up(cast, thing, things, [*after[number + 1 :], *beyond], deed.last)
            if later is not None:  # «52 ta xati bor edi, ularni arxivga berdim»
                main, stop = later, later.first
        elif (
            main is not None and main.value in ("take", "bring") and following is not None and following.value == "show"
        ):
            if main.passive and _gathered(cast, main):  # «oyna ortidan olinib, hammaga koʻrsatiladi»
                main, stop = following, following.first
        elif main is None or main.value in ("show", "bring"):  # shown, then given
            later = later_gift(cast, thing, after[number + 1 :], deed.last)
            later = later or _taken_up(cast, thing, things, beyond, deed.last)
            if later is not None:
                main, stop = later, later.first
        break
    if main is None and weak is None and not unknown:
        announced = _announced(cast, thing, deeds) or _nominal(cast, thing, deeds)
        if announced is not None:  # «X saxiylik qildi: 64 ta kitob»
            number = deeds.index(announced)
            return Clause(announced, participle, deeds[number - 1].last if number else begin, stop)
    main = main or weak
    if main is weak and weak is not None and stop == end:
        stop = weak.first
    return Clause(main, participle, start, stop, unknown and main is None)


def _parted(thing: Thing, things: Sequence[Thing], deed: Deed, following: Sequence[Deed]) -> bool:
    """Return whether another count stands between a participle right behind a count and the next verb."""
    verb = next((later.first for later in following if not later.relative), None)
    near = deed.first - thing.last <= _BESIDE
    return near and verb is not None and any(deed.last <= other.first < verb for other in things)


def _taken_up(cast: Cast, thing: Thing, things: Sequence[Thing], deeds: Sequence[Deed], start: int) -> Deed | None:
    """Return the giving of what was said to be there: «52 ta xati bor edi, ularni arxivga berdim»."""
    for deed in deeds:
        if deed.relative:
            continue
        if deed.value not in ("give", "take") or any(start <= other.first < deed.first for other in things):
            return None
        words = settings("uz", "taken_up")
        return deed if any(folded in words for folded in cast.tokens.fold[start : deed.first]) else None
    return None


def _shut(cast: Cast, thing: Thing, end: int) -> int:
    """Return the token before which the verb of a count stands: a semicolon, a line that ended, the bracket in which the count stands."""
    tokens, depth = cast.tokens, 0
    for index in range(thing.last, end):
        if tokens.gap[index] is Gap.BREAK or tokens.fold[index] == ";":
            return index
        depth += (tokens.fold[index] == "(") - (tokens.fold[index] == ")")
        if depth < 0:
            return index
    return end


def _bracketed(cast: Cast, thing: Thing, deed: Deed) -> bool:
    """Return whether a verb stands in brackets that were opened after a count."""
    between = cast.tokens.fold[thing.last : deed.first]
    return between.count("(") > between.count(")")


def _bracketed_in(cast: Cast, index: int, thing: Thing) -> bool:
    """Return whether a count stands in the bracket that opens at a token."""
    return ")" not in cast.tokens.fold[index : thing.opening]


def _gathered(cast: Cast, deed: Deed) -> bool:
    """Return whether an Uzbek verb is a converb, which the next verb goes on with."""
    return cast.tokens.fold[deed.last - 1].endswith(settings("uz", "converbs"))


def _announced(cast: Cast, thing: Thing, deeds: Sequence[Deed]) -> Deed | None:
    """Return the Uzbek verb before the colon after which a count stands without one."""
    before = [deed for deed in deeds if deed.last <= thing.opening and not (deed.relative or deed.weak)]
    line = next(
        (i for i in range(thing.opening, thing.opening - _LINE, -1) if i and cast.tokens.gap[i] is Gap.BREAK), 0
    )
    if before and cast.tokens.fold[before[-1].last] == ":" and before[-1].last < line:
        return None  # the heading of a list
    if not before or cast.tokens.fold[before[-1].last] not in (":", "—", "–") or before[-1].last < line:
        return None
    deed = before[-1]
    return deed if deed.value in _TOLD or (deed.value == "none" and deed.passive) else None


def _nominal(cast: Cast, thing: Thing, deeds: Sequence[Deed]) -> Deed | None:
    """Return the Uzbek verb of which a count is the predicate: «bir yilda qoʻshilgani 2 415 nusxa»."""
    before = [deed for deed in deeds if deed.last <= thing.opening]
    if not before or thing.opening - before[-1].last > _INTENT or before[-1].value in ("", "none"):
        return None
    word = cast.tokens.fold[before[-1].last - 1]
    return before[-1] if word.endswith(settings("uz", "nominal_endings")) else None


def _of_them(cast: Cast, thing: Thing, things: Sequence[Thing], until: int) -> int:
    """Return the comma after which an Uzbek verb tells of some of the things only: «210 000 nusxa, ulardan birortasi ham …», else 0."""
    tokens = cast.tokens
    for index in range(thing.last, min(thing.last + 3, until - 1)):
        if tokens.fold[index] == "," and cast.has("PART", index + 1, index + 2, "uz"):
            return 0 if any(index < other.first < until for other in things) else index
    return 0


def later_gift(cast: Cast, thing: Thing, deeds: Sequence[Deed], start: int) -> Deed | None:
    """Return the giving of what was shown before: «… va ushbu kitoblar … sovgʻa qilindi»."""
    for deed in deeds:
        if deed.value == "give" and not deed.relative:
            language = cast.document.languages[thing.first]
            for index in range(start, deed.first):
                reading = cast.reading(language, index)
                if reading is not None and reading.symbol in ("SAME", "THEM"):
                    return deed
            return None
    return None
