"""What is done with counted things: the verb that governs a count, and the token range in which its institutions stand.

In Russian and English the verb stands on either side of the count: the nearer one counts, by what separates it from the count. For Uzbek see
`uzbek_deeds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.finders.actors import Actor, Cast
from pipeline.finders.clauses import Clause, Deed
from pipeline.finders.parts import settings
from pipeline.finders.things import Thing
from pipeline.finders.uzbek_deeds import govern_uzbek, later_gift, uzbek_deed
from pipeline.text.tokens import Kind

__all__ = ["Clause", "Deed", "find_deeds", "govern", "offered", "retained"]

_PARTICIPLE_REACH = 6  # tokens between a count and the participle that tells where it came from
_FAR = 8  # the price of a verb beyond a semicolon
_MOVES = ("give", "take", "bring", "come")
_PASSIVE_REACH = 4  # tokens between "were" and its participle
_LET = 10  # tokens between "let" and "have"
_RETAINED = 14  # tokens between "was given" and what is given


def find_deeds(
    cast: Cast, begin: int, end: int, language: str, things: Sequence[Thing], actors: Sequence[Actor]
) -> list[Deed]:
    """Return the verbs among tokens [begin, end), in order; what stands within a count or a name is none."""
    covered = {i for t in things for i in range(t.opening, t.last)} | {
        i for a in actors if a.named for i in range(a.first, a.last)
    }
    deeds: list[Deed] = []
    index = begin
    while index < end:
        if index in covered or cast.tokens.kind[index] is not Kind.WORD:
            index += 1
            continue
        deed = uzbek_deed(cast, index, end, actors) if language == "uz" else _other(cast, index, end, language, covered)
        if deed is None:
            index += 1
            continue
        deeds.append(deed)
        index = deed.last
    return deeds


def _other(cast: Cast, index: int, end: int, language: str, covered: set[int]) -> Deed | None:
    tokens = cast.tokens
    if language == "en" and tokens.fold[index] in settings("en", "letting") and _let(cast, index, end):
        return Deed(index, index + 1, "give", False, False)
    if language == "en" and tokens.fold[index] in settings("en", "making") and _made(cast, index, end):
        return Deed(index, index + 1, "give", False, False)
    reading = cast.reading(language, index)
    if reading is None or reading.symbol != "VERB":
        return None
    last = index + reading.length
    if language == "ru":
        if reading.value == "other.a" and index and tokens.fold[index - 1] in settings("ru", "as_said"):
            return None  # «привезли, как обещали, 15 тюбетеек»
        value, _, voice = reading.value.partition(".")  # a verb of another language has no voice
        return Deed(index, last, value, voice == "p", False, tokens.fold[index] in settings("ru", "weak"))
    folded = tokens.fold[index]
    if folded in settings("en", "promising") and index and tokens.fold[index - 1] in settings("en", "as_said"):
        return None  # “They brought, as promised, 15 caps”
    if reading.length > 1 and reading.value == "hold" and _participle_follows(cast, last, end):
        return None  # “there were transferred 27 items”
    if (
        folded == "own"
        and index
        and (tokens.fold[index - 1] in settings("en", "possessives") or tokens.form(index - 1)[-2:-1] in ("'", "’"))
    ):
        return None
    if folded in settings("en", "let_have") and _let_before(cast, index):
        return None
    if folded in settings("en", "taken"):
        taken = _taken(cast, index, last, covered)
        if taken is not None:
            return taken
    if folded in settings("en", "have"):  # an auxiliary?
        for at in range(index + 1, min(index + 4, end)):
            after = cast.reading("en", at)
            if at in covered or tokens.kind[at] is not Kind.WORD:
                break
            if (
                tokens.fold[at] in settings("en", "passive")
                or (after is not None and after.symbol == "VERB")
                or tokens.fold[at].endswith("ed")
            ):
                return None
            if tokens.fold[at] in settings("en", "articles"):
                break
        return Deed(index, last, "hold", False, False, True)
    if (
        reading.length == 1
        and folded in settings("en", "bare")
        and not (index and tokens.fold[index - 1] in settings("en", "modals"))
    ):
        return None
    if folded in settings("en", "strict_nouns") and last not in covered:
        return None
    noun = (index and tokens.fold[index - 1] in settings("en", "articles")) or (
        index + 1 < end and tokens.fold[index + 1] == "of"
    )
    if noun and folded in settings("en", "nouns"):
        return None
    passive = folded in settings("en", "states") or (
        tokens.fold[last : last + 1] == ["by"] and index - 1 not in covered
    )
    if not passive and folded.endswith(settings("en", "participle_endings")):
        for at in range(index - 1, max(index - 1 - _PASSIVE_REACH, 0), -1):
            if at in covered or tokens.kind[at] is not Kind.WORD:
                break
            if tokens.fold[at] in settings("en", "passive"):
                passive = True
                break
            between = cast.reading("en", at)
            if between is not None and between.symbol == "VERB":
                break
    return Deed(index, last, reading.value, passive, False, folded in settings("en", "weak"))


def _let(cast: Cast, index: int, end: int) -> bool:
    """Return whether “let” at a token opens “let the school have 20 books”."""
    for at in range(index + 1, min(index + _LET, end)):
        if cast.tokens.fold[at] in settings("en", "let_have"):
            return True
        if cast.tokens.kind[at] is Kind.SIGN and cast.tokens.fold[at] in (",", ";", ":"):
            return False
    return False


def _made(cast: Cast, index: int, end: int) -> bool:
    """Return whether “made” at a token opens “made the school a gift of 20 books”."""
    for at in range(index + 2, min(index + _LET, end - 1)):
        gift = cast.reading("en", at)
        if gift is not None and gift.symbol == "GIFT" and gift.length == 1:
            return cast.tokens.fold[at + 1] == "of" and cast.tokens.fold[at - 1] == "a"
        if cast.tokens.kind[at] is Kind.SIGN and cast.tokens.fold[at] in (",", ";", ":"):
            return False
    return False


def _let_before(cast: Cast, index: int) -> bool:
    """Return whether “have” at a token belongs to a “let” before it."""
    for at in range(index - 1, max(index - _LET, -1), -1):
        if cast.tokens.fold[at] in settings("en", "letting"):
            return True
        if cast.tokens.kind[at] is Kind.SIGN and cast.tokens.fold[at] in (",", ";", ":"):
            return False
    return False


def _taken(cast: Cast, index: int, last: int, covered: set[int]) -> Deed | None:
    """Return the deed of “has taken 20 prints”, “were taken over by the school”: there things come to who takes them; else None."""
    folds = cast.tokens.fold
    over = last + (folds[last : last + 1] == ["over"])
    for at in range(index - 1, max(index - _PASSIVE_REACH, 0), -1):
        if at in covered or cast.tokens.kind[at] is not Kind.WORD:
            break
        if folds[at] in settings("en", "passive"):
            return Deed(index, over, "take", True, False) if folds[over : over + 1] == ["by"] else None
        if folds[at] in settings("en", "have"):
            return Deed(index, last, "take", False, False)
    return None


def retained(cast: Cast, thing: Thing, deed: Deed) -> bool:
    """Return whether a count is what the subject of an English passive gets: “was given its first 60 books”, “was supplied by the press with 60 books”."""
    between = cast.tokens.fold[deed.last : thing.opening]
    if not deed.passive or deed.value != "give" or deed.last > thing.opening or len(between) > _RETAINED:
        return False
    if any(word in (";", *settings("en", "buts")) for word in between):
        return False
    if not between or between[-1] == "with":
        return True
    twofold = cast.tokens.fold[deed.first] in settings("en", "ditransitive")
    return twofold and not any(word in settings("en", "whither") for word in between)


def _on_loan(cast: Cast, thing: Thing, deed: Deed, following: Deed) -> bool:
    """Return whether “on loan” behind a count only tells how it moved: “took 80 prints on loan from the archive”."""
    words = " ".join(cast.tokens.fold[following.first : following.last])
    moved = deed.value in ("give", "take", "come", "bring")
    return moved and following.first == thing.last and words in settings("en", "lent_so")


def _fronted(cast: Cast, thing: Thing, deed: Deed) -> bool:
    """Return whether a count is the object of an English verb behind it: “20 books we gave to the school”."""
    folds = cast.tokens.fold
    if folds[thing.last : thing.last + 1] == [] or folds[thing.last] not in settings("en", "fronting"):
        return False
    return all(cast.tokens.kind[at] is Kind.WORD for at in range(thing.last, deed.first))


def _participle_follows(cast: Cast, index: int, end: int) -> bool:
    """Return whether a known English participle is what stands at a token."""
    after = cast.reading("en", index) if index < end else None
    if after is None or after.symbol != "VERB":
        return False
    return cast.tokens.fold[index].endswith(settings("en", "participle_endings"))


def govern(
    cast: Cast, thing: Thing, things: Sequence[Thing], deeds: Sequence[Deed], begin: int, end: int, language: str
) -> Clause:
    """Return the clause of a thing in its sentence [begin, end)."""
    if language == "uz":
        return govern_uzbek(cast, thing, things, deeds, begin, end)
    return _govern(cast, thing, things, deeds, begin, end, language)


def _govern(
    cast: Cast, thing: Thing, things: Sequence[Thing], deeds: Sequence[Deed], begin: int, end: int, language: str
) -> Clause:
    tokens = cast.tokens
    ands = settings(language, "ands") + settings(language, "buts")
    within = {index for other in things for index in range(other.first, other.last)}
    edges = {other.first for other in things} | {other.opening for other in things}

    def cost(first: int, last: int) -> float:
        total = 0.0
        met = min((other.first for other in things if other.first >= first), default=last)
        for index in range(first, last):
            sign = tokens.fold[index]
            if index in within:
                continue
            if sign == ";":
                total += 8
            elif sign in (",", "(", ")", "—", "–", ":") or sign in ands:
                listed = (index > met or first == thing.last) and (
                    index + 1 in edges or (sign == "," and tokens.fold[index + 1] in ands)
                )
                total += 0.1 if listed and sign != ":" else 1.0
        return total

    before = [deed for deed in deeds if deed.last <= thing.opening]
    after = [deed for deed in deeds if deed.first >= thing.last]
    part = next(
        (i for i in range(thing.last, min(end, thing.last + 4)) if tokens.fold[i] in settings(language, "of_which")), 0
    )
    if part and tokens.fold[thing.last] == ",":  # «240 книг, из которых 40 изданы до 1917 года»
        after = []
    behind = " ".join(tokens.fold[thing.last + 1 : thing.last + 5])
    if tokens.fold[thing.last : thing.last + 1] == [","] and behind.startswith(settings(language, "set_against")):
        after = []  # “96 books, against which we dispatched 104 brochures”
    if len(before) > 1 and before[-1].value == before[-2].value == "print" and before[-1].passive:
        before.pop()  # "published the guide with a print run of 500 copies"
    best: tuple[float, Deed] | None = None
    for deed in before[-3:]:
        price = cost(deed.last, thing.opening) + 0.3 * deed.weak + 0.02 * (thing.opening - deed.last)
        if language == "en" and deed.passive and deed.last < thing.opening - 1 and deed.value != "show":
            price += 0 if retained(cast, thing, deed) else 3
        if deed.passive and language == "ru" and (price >= 1 or (_modifies(cast, deed) and _finite(cast, after))):
            price += 1  # «взятые на время три рукописи вернулись»
        if best is None or price <= best[0]:
            best = price, deed
    while len(after) > 1 and _in_aside(cast, after[0], after[1], language):
        del after[0]  # “…, which had lain in boxes, were digitised”
    if len(after) > 1 and not _reduced(cast, after[0], language):
        del after[1:]
    elif len(after) > 1 and (best is None or best[0] >= 1) and _told_of(cast, thing, things, after, language):
        del after[0]  # “700 books printed in the 1920s have been digitised”
    for deed in after[:2]:
        near = deed.first - thing.last <= 1
        price = (
            cost(thing.last, deed.first)
            + 0.3 * deed.weak
            + 0.02 * (deed.first - thing.last)
            + (0.2 if near or deed.passive else 0.6)
        )
        if language == "ru" and deed is after[0] and before and _opens_clause(cast, thing, things, before[-1], deed):
            price = 0.0
        if language == "en" and not deed.passive and deed.value != "come":
            ended = deed.last >= end or tokens.kind[deed.last] is Kind.SIGN
            reduced = near and (ended or tokens.fold[deed.last] in settings("en", "after_participle"))
            if _fronted(cast, thing, deed):
                pass
            elif not reduced:
                price += 1.5
            else:
                deed = replace(deed, passive=True)
        if best is None or price < best[0]:
            best = price, deed
    if best is None or best[0] >= _FAR:
        return Clause(None, None, begin, end)
    deed, host = best[1], None
    if offered(cast, deed, language):
        deed = replace(deed, value="give")
    if deed.value in ("hold", "other", "enrich") and after and after[0] is not deed:
        following = after[0]
        passed = [i for i in range(thing.last, following.first) if tokens.kind[i] is Kind.SIGN and i not in within]
        near = following.first - thing.last <= _PARTICIPLE_REACH and len(passed) <= 1
        reduced = following.last < end and tokens.fold[following.last] in settings("en", "after_participle")
        participle = (
            reduced and not following.passive if language == "en" else _participle(tokens.fold[following.first])
        )
        if near and participle and following.value in ("give", "take"):
            host, deed = deed, replace(following, passive=True)
    if host is None and deed.value == "show":
        later = later_gift(cast, thing, [d for d in after if d.first > deed.first], max(deed.last, thing.last))
        if later is not None:
            deed = later
    first, last = min(deed.first, thing.opening), max(deed.last, thing.last)
    left = max([begin, *(other.last for other in deeds if other.last <= first and other.value)])
    others = [other for other in deeds if other.first >= last and other is not deed]
    if language == "en" and others and deed.last <= thing.opening and _on_loan(cast, thing, deed, others[0]):
        del others[0]
    right = min([end, *(other.first for other in others)])
    if host is not None:
        left = max([begin, *(other.last for other in deeds if other.last <= host.first and other.value)])
    return Clause(deed, None, left, right, False, host)


def _opens_clause(cast: Cast, thing: Thing, things: Sequence[Thing], before: Deed, after: Deed) -> bool:
    """Return whether a Russian count begins a clause of its own: «…, и 20 книг из них музей уступил институту»."""
    folds = cast.tokens.fold
    if before.value not in _MOVES or after.value not in _MOVES or _participle(folds[after.first]):
        return False
    if folds[after.first].endswith(settings("ru", "active_participles")):
        return False
    stops = (",", "(", ")", "—", "–", ":", ";", *settings("ru", "ands"), *settings("ru", "buts"))
    if any(folds[i] in stops for i in range(thing.last, after.first)):
        return False
    if any(thing.last <= other.first < after.first for other in things):
        return False
    return any(folds[i] in stops for i in range(before.last, thing.opening))


def offered(cast: Cast, deed: Deed, language: str) -> bool:
    """Return whether the reader of a letter is asked to take: «Примите в дар 5 книг», “Please accept 5 copies”."""
    folds = cast.tokens.fold
    if language == "uz" or folds[deed.first] not in settings(language, "offering"):
        return False
    return language == "ru" or any(
        word in settings("en", "polite") for word in folds[max(0, deed.first - 2) : deed.first]
    )


def _modifies(cast: Cast, deed: Deed) -> bool:
    """Return whether a Russian full participle only tells where the things are from: «взятые», «изданные», not «присланные»."""
    return deed.value not in ("give", "bring", "come") and _participle(cast.tokens.fold[deed.first])


def _finite(cast: Cast, after: Sequence[Deed]) -> bool:
    """Return whether the first verb after a count is one of moving and no full participle."""
    return (
        bool(after)
        and after[0].value in ("give", "take", "come", "bring")
        and not _participle(cast.tokens.fold[after[0].first])
    )


def _reduced(cast: Cast, deed: Deed, language: str) -> bool:
    """Return whether a verb after a count may be a participle that only tells of the things."""
    folded = cast.tokens.fold[deed.first]
    if language == "ru":
        return _participle(folded)
    return not deed.passive and folded.endswith(settings("en", "participle_endings"))


def _in_aside(cast: Cast, deed: Deed, following: Deed, language: str) -> bool:
    """Return whether a verb stands in a relative clause between commas, and the verb after it outside."""
    folds = cast.tokens.fold
    if "," not in folds[deed.last : following.first]:
        return False
    for index in range(deed.first - 1, max(deed.first - _PASSIVE_REACH, 1), -1):
        if folds[index] in settings(language, "relative"):
            return "," in folds[index - 2 : index]
    return False


def _told_of(cast: Cast, thing: Thing, things: Sequence[Thing], after: Sequence[Deed], language: str) -> bool:
    """Return whether the first of the verbs after a count is a participle that tells of the things, and the second the verb of the clause."""
    folds, first, second = cast.tokens.fold, after[0], after[1]
    if first.value in ("give", "take", "bring", "come"):
        return False  # “30 letters donated by the museum are being restored”
    if any(thing.last <= other.first < second.first for other in things) or ";" in folds[first.last : second.first]:
        return False
    if language == "ru":
        return folds[thing.last : first.first].count(",") == 1 and folds[first.last : second.first].count(",") == 1
    if first.first != thing.last or "," in folds[first.last : second.first] or not second.passive:
        return False
    return not any(word in settings("en", "ands") for word in folds[first.last : second.first])


def _participle(folded: str) -> bool:
    """Return whether a Russian passive form is a full participle: «переданных», «подаренные»."""
    active = folded.endswith(settings("ru", "active_participles"))  # «приславшая»
    return folded.endswith(settings("ru", "participle_endings")) and not active
