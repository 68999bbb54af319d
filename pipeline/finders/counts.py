"""Copy counts: how many things, of what unit, what was done with them, from whom, to whom, by whom.

A count without a deed is reported as held where a collection or its institution is spoken of, else as `other`. A party is only given where a
word says it; of a transfer with one party the other is the article's own institution, unless the text names another receiver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pipeline.authority.countries import Place
from pipeline.finders.actors import Cast, Mention
from pipeline.finders.acts import ACTS, SENTENCE, Acts
from pipeline.finders.continuity import Continuity
from pipeline.finders.count_dates import Calendar
from pipeline.finders.count_tables import Ledgers
from pipeline.finders.dates import Date
from pipeline.finders.deeds import Deed, find_deeds, govern
from pipeline.finders.english_deeds import against, recast
from pipeline.finders.entries import Entries
from pipeline.finders.gathering import Gatherer
from pipeline.finders.grid_model import TABLE, Grid
from pipeline.finders.listings import Listings
from pipeline.finders.parties import MOVES, Parties, Told
from pipeline.finders.partners import Partners
from pipeline.finders.parts import settings
from pipeline.finders.shares import Shares
from pipeline.finders.things import Thing, find_things
from pipeline.text.document import Document

__all__ = ["Count", "Judge", "find_counts"]

_RETURNED = 2  # sentences between what is lent and its return
_EDITION = 50  # copies: a contract is made in fewer, a book printed in more


@dataclass(frozen=True, slots=True)
class Count:
    """A copy count over tokens [first, last). `item`: the tokens of what the copies are of; `verb`: the token of the deed.

    `from_`, `to` and `by` hold the entities of mentions. `date` (EDTF) is when the things changed hands; `part_of` the index of the count that holds
    this one, where the text says so. `rule` tells how the act and the parties were found, `confidence` (0 to 1) how sure a judge of them is.
    """

    first: int
    last: int
    number: int
    number_max: int | None
    bound: str | None
    unit: str
    item: tuple[int, int] | None
    act: str
    from_: tuple[int, ...] = ()
    to: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    verb: int | None = None
    rule: str = ""
    date: str | None = None
    part_of: int | None = None
    confidence: float = 1.0


class Judge(Protocol):
    """What weighs the rules' reading of the counts of a document: see `pipeline.relations`."""

    def judge(self, cast: Cast, tolds: Sequence[Told], counts: Sequence[Count]) -> list[Count]:
        """Return the counts with the act and the parties that they shall have, one for each; `tolds` is what the rules have read of each."""
        ...


def find_counts(
    document: Document,
    mentions: Sequence[Mention] = (),
    home: int | None = None,
    *,
    places: Sequence[Place | None] = (),
    countries: Sequence[str | None] = (),
    kinds: Sequence[str | None] = (),
    dates: Sequence[Date] = (),
    grids: Sequence[Grid] = (),
    judge: Judge | None = None,
) -> list[Count]:
    """Return the copy counts of a document in order, not overlapping.

    `mentions` are the names of institutions, sorted; `home` is the entity whose article it is, if any. `places` are those of `Atlas.all`, one for each
    token, `countries` those of the entities (ISO 3166-1 alpha-2): by them “was sent to Baku” names the one institution of Azerbaijan. `kinds` are those
    of the entities (`library`, `museum` …) where no word of a name tells it. `dates` are those of the text, for the dates of transfers, `grids` its
    tables. `judge` has the last word on acts and parties. Pure; linear time.
    """
    things = find_things(document)
    if not things:
        return []
    by_sentence: defaultdict[int, list[Thing]] = defaultdict(list)
    for thing in things:
        by_sentence[document.tokens.sentence[thing.first]].append(thing)
    cast = Cast(document, mentions, home, places, countries, kinds)
    teller = _Teller(cast, dates, Ledgers(cast, dates, grids))
    for sentence, group in by_sentence.items():
        begin, end = document.tokens.sentences[sentence]
        while group:
            some = [thing for thing in group if thing.last - group[0].first <= SENTENCE]
            group = group[len(some) :]
            teller.sentence(max(begin, some[0].first - SENTENCE), min(end, some[-1].last + SENTENCE), some)
    return teller.found if judge is None else teller.judged(judge)


class _Teller:
    """Turns things into counts, sentence after sentence; remembers the last transfer for “in return”."""

    def __init__(self, cast: Cast, dates: Sequence[Date], ledgers: Ledgers) -> None:
        self.ledgers = ledgers
        self.calendar = Calendar(cast.document, dates, list(zip(cast.firsts, cast.lasts, strict=True)))
        self.shares = Shares(cast)
        self.cast = cast
        self.tokens = cast.tokens
        self.found: list[Count] = []
        self.told: list[tuple[Told, int, int]] = []  # what each was found in, with its sentence
        self.transfer: Count | None = None
        self.parties = Parties(cast)
        self.acts = Acts(cast, self.parties)
        self.gatherer = Gatherer(cast)
        self.listings = Listings(cast, self.parties)
        self.partners = Partners(cast)
        self.continuity = Continuity(cast)
        self.entries = Entries(cast, self.parties)

    def sentence(self, begin: int, end: int, things: list[Thing]) -> None:
        """Report the counts of one sentence."""
        language = self.cast.document.languages[things[0].first]
        if language not in ("uz", "ru", "en"):
            language = "en"
        actors = self.cast.actors(begin, end, language)
        deeds = find_deeds(self.cast, begin, end, language, things, actors)
        before: Count | None = None
        self.parties.subject = ()
        for number, thing in enumerate(things):
            clause = govern(self.cast, thing, things, deeds, begin, end, language)
            told = self.gatherer.gather(thing, number, things, clause, actors, deeds, begin, end, language)
            entry = self.ledgers.entry(thing)
            if entry is not None:
                before = self._plain(told, "transferred", entry.from_, entry.to, (), None, TABLE)
                self._add(replace(before, date=entry.date), told, begin, end)
                continue
            count = self._count(told, before, language, begin, end)
            if count is None or (language == "uz" and self._private(count, begin, end)):
                continue
            whole = self.shares.whole(told, self.found, begin, language)
            if whole is not None and before is None and count.act == self.found[whole].act:
                count = self._shared(count, self.found[whole])
            elif whole is not None and language != "uz":
                count = self.shares.out_of(count, self.found[whole])
            before = count = replace(count, date=self._date(count, told, begin, end), part_of=whole)
            self._add(count, told, begin, end)

    def _add(self, count: Count, told: Told, begin: int, end: int) -> None:
        self.found.append(count)
        self.told.append((told, begin, end))
        if count.act == "transferred" and (count.from_ or count.to):
            self.transfer = count

    def _date(self, count: Count, told: Told, begin: int, end: int) -> str | None:
        return self.calendar.of(told, begin, end) if count.act == "transferred" else None

    def judged(self, judge: Judge) -> list[Count]:
        """Return what was found as a judge sees it; what it makes a transfer of gets a date, what is none any more has none."""
        made = judge.judge(self.cast, [told for told, _, _ in self.told], self.found)
        return [
            after if after.act == before.act else replace(after, date=self._date(after, *place))
            for before, after, place in zip(self.found, made, self.told, strict=True)
        ]

    def _shared(self, count: Count, whole: Count) -> Count:
        """Give a part, told in a sentence of its own, the giver and the receiver of the whole where it has none by name."""
        guessed = count.rule.endswith("-home")
        from_, to = count.from_ or whole.from_, whole.to if guessed or not count.to else count.to
        return count if set(from_) & set(to) else replace(count, from_=from_, to=to)

    def _count(self, told: Told, before: Count | None, language: str, begin: int, end: int) -> Count | None:
        thing, deed, participle = told.thing, told.clause.deed, told.clause.participle
        value, rule = (deed.value, "verb") if deed is not None else ("", "")
        if (
            participle is not None
            and participle.value in MOVES - {"come"}
            and (value in ("", "hold", "none") or (value == "show" and participle.value != "bring"))
        ) or (participle is not None and not value):
            deed, value, rule = participle, participle.value, "participle"
        if (
            participle is not None
            and participle.value in MOVES
            and ((thing.case == "gen" and value not in MOVES) or (language == "uz" and self.acts.whole(told)))
        ):
            deed, value, rule = participle, participle.value, "participle"
        if language == "uz" and deed is not None and participle is not None and participle.value in MOVES:
            if self.acts.denied(deed, language) or self.acts.meant(deed):  # «berilgan 26 ta kashta hanuz qaytarilmagan»
                deed, value, rule = participle, participle.value, "participle"
        if value == "none":
            return None
        if deed is not None and (undone := self.acts.undone(deed, language, begin, end)):
            return self._plain(told, "other", (), (), (), None, undone)
        if language == "uz" and (count := self._uzbek(told, before, begin)) is not None:
            return count
        if not value or (deed is not None and deed.last <= told.thing.opening):
            listed = self.listings.parties_of(told, begin, begin if before is None else before.last, language)
            if listed is not None:
                return self._plain(told, "transferred", *listed, (), None, "list")
        if self.acts.equated(told, language) or self.acts.answers(told, language, begin):
            return self._plain(told, "held", (), (), self.cast.speaks(thing.first), None, "amount")
        if self.acts.partitive(told, language, begin, told.followed):
            by = self.parties.entities(told, "of", "in")
            return self._plain(told, "held", (), (), by, None, "partitive")
        if (entry := self.entries.read(told, language)) is not None:
            return self._plain(told, entry.act, entry.from_, entry.to, (), None, "entry")
        if before is not None:
            alone = deed is None or deed.last <= before.first  # no verb of its own
            printed = language == "uz" and not value and self.acts.runs(told)
            if not value and (told.part or deed is None) and not printed and not self.acts.gifted(told, language, end):
                from_, to = self.parties.elided(told, before.last, before.from_, before.to)
                return self._plain(told, before.act, from_, to, before.by, before.verb, "part")
            if told.part and deed is not None and deed.first == before.verb and value == "hold":
                return self._plain(told, before.act, before.from_, before.to, before.by, before.verb, "part")
            if told.part and value == "print" and before.act == "held":
                return self._plain(told, before.act, before.from_, before.to, before.by, before.verb, "part")
            if told.part and alone and value and ACTS.get(value) == before.act:
                rule = "part"
        if (
            value in MOVES - {"enrich"}
            and deed is not participle
            and thing.case in ("abl", "dat")
            and deed is not None
            and not deed.passive
            and thing.bound is None
        ):
            value = "hold"  # «… ashyodan foydalanish» is not what is given
        if language == "en" and deed is not None:
            value, deed = recast(self.acts, self.parties, told, value, deed)
        if value in ("hold", "") and language != "uz" and self.acts.packed(told, language, begin):
            giver = self.acts.gifted(told, language, end)
            giver = giver or self.parties.entities(told, "from", "agent", "of") or self.acts.sender(told, language)
            return self._plain(told, "transferred", giver, self.parties.receiver(told, giver), (), None, "parcel")
        if value == "consist":
            value = "show" if self.cast.has("EXHIBITION", thing.last, min(end, thing.last + 8), language) else "hold"
        elif (
            value in ("hold", "give", "")
            and (deed is None or not deed.passive or value == "hold")
            and self.acts.shown(told, language, begin, end)
        ):
            value = "show"
        if value == "hold" and self.acts.stands(told, language):
            value = "show"
        act = ACTS.get(value, "")
        if value in ("hold", "") and (donor := self.acts.gifted(told, language, end)):
            to = self.parties.entities(told, "to", "dat", other=donor) or self.parties.receiver(told, donor)
            return self._plain(told, "transferred", donor, to, (), None, "gift-of")
        gift = self.acts.given(told, language, begin) if value in ("hold", "") else ""
        parcel = value in ("hold", "") and language == "uz" and not gift and self.acts.packed(told, language, begin)
        if parcel:
            giver = self.parties.entities(told, "from", "agent", "of") or self.acts.sender(told, language)
            return self._plain(told, "transferred", giver, self.parties.receiver(told, giver), (), None, "parcel")
        if gift:
            value = "gift"
        if self.acts.only_printed(thing, language) and act != "printed":
            if thing.number < _EDITION:
                return None
            deed, value, act, rule = None, "print", "printed", "edition"
        if thing.small and act not in ("transferred", "printed"):
            return None
        if value == "gift":
            giver = self.parties.entities(told, "from", "agent", "of", "subj")
            if not giver and language == "uz" and self.acts.theirs(told):
                giver = tuple(e for e in self.cast.recent(told.thing.first, 2) if e != self.cast.home)[:1]
            to = self.parties.entities(told, "to", "dat", other=giver) or self.parties.receiver(told, giver)
            return self._plain(told, "transferred", giver, to, (), None, "gift")
        if not act:
            act, rule = self.acts.default(told, language, begin, end)
            if not act:
                return None
        if value in MOVES and deed is not None:
            carried = self.partners.carried(told, deed) if language == "uz" else None
            from_, to = carried or self.parties.move(told, deed, participle, language)
            if language == "uz":
                from_, to = self.partners.meant(told, deed, from_, to, self.transfer)
            verb = told.clause.deed if language == "uz" and deed is participle else None
            if (told.clause.host is not None or (verb is not None and verb.value == "hold")) and not to:
                to = self.parties.entities(told, "subj", "in", "of", other=from_)
            if not from_ and value in ("take", "come"):
                from_ = tuple(e for e in self.acts.gifted(told, language, end) if e not in to)
            from_, to = self._brought_back(deed, language, told, before, from_, to)
            returned = self._returned(told, from_, to, before is not None)
            if returned != (from_, to):
                from_, to = returned
                rule += "-back"
            guessed = False
            if before is not None and not from_ and deed.value == "give" and deed.passive and before.from_ != to:
                if before.rule.startswith("give-passive") and not told.back and not told.parts.get("from"):
                    from_ = before.from_
            if told.part and before is not None and before.act == act:
                to = to or tuple(e for e in before.to if e not in from_)
            else:
                from_, to, guessed = self.parties.complete(told, deed, from_, to)
                if language == "uz":
                    from_, to = self.partners.fill(told, deed, from_, to)
            rule += "-home" if guessed else ""
            if language != "uz" and not (from_ and to):
                from_, to = self.continuity.fill(told, deed, from_, to, self.transfer)
            if language == "en" and not rule.endswith("-back") and against(told, self.tokens):
                from_, to = to, from_  # “In exchange for 15 coins the museum got 20 books”
            return self._plain(
                told, act, from_, to, (), deed.first, f"{value}-{'passive' if deed.passive else 'active'}-{rule}"
            )
        if act == "transferred":
            parts = (
                ("to", "dat", "obj", "from", "subj", "bare")
                if rule == "thanks" and not self.acts.sent(told, language)
                else ("from", "subj")
            )
            giver = self.parties.entities(told, *parts, "agent", "of")
            to = self.parties.entities(told, "to", "dat", other=giver)
            if (
                rule == "thanks"
                and not giver
                and language != "uz"
                and (writer := self.cast.addressed(told.thing.first))
            ):
                giver, to = writer, self.cast.speaks(told.thing.first)
            if rule == "thanks" and not to and giver and giver != self.cast.own() and self.cast.collects:
                to = self.cast.own()
            return self._plain(told, act, giver, to, (), None, rule)
        by = self.parties.doer(told, deed, language, begin, end)
        if before is not None and before.act == act and before.by and not told.parts.get("subj"):
            by = before.by
        return self._plain(told, act, (), (), by, deed.first if deed is not None else None, f"{value or 'none'}-{rule}")

    def _private(self, count: Count, begin: int, end: int) -> bool:
        """Return whether nothing says that a library, a museum or an archive has to do with an Uzbek transfer: «bozordan 10 ta kosa olib kelishdi»."""
        if count.act != "transferred" or count.verb is None or count.from_ or count.to or self.cast.kinds:
            return False
        return not any(self.cast.has(symbol, begin, end, "uz") for symbol in ("KIND", "STORE", "OURS", "EXHIBITION"))

    def _uzbek(self, told: Told, before: Count | None, begin: int) -> Count | None:
        """Return an Uzbek count whose transfer is told outside its clause: by a question, a parcel, the line of a list; else None."""
        if told.clause.deed is None:
            moved = None if self.transfer is None else (self.transfer.from_, self.transfer.to)
            if (pair := self.partners.asked(told, moved)) is not None:
                return self._plain(told, "transferred", *pair, (), None, "answer")
        if self.partners.stock(told):
            by = self.parties.entities(told, "in", "of") or self.cast.about()
            return self._plain(told, "held", (), (), by, None, "stock")
        if self.partners.contents(told, begin):
            if before is not None and before.rule == "contents":
                return self._plain(told, "transferred", before.from_, before.to, (), None, "contents")
            last = self.transfer
            if (
                last is not None
                and self.tokens.sentence[told.thing.first] - self.tokens.sentence[last.first] <= _RETURNED
            ):
                return self._plain(told, "transferred", last.from_, last.to, (), None, "contents")
            giver = self.parties.entities(told, "from", "agent") or self.cast.others(told.thing.first)
            return self._plain(told, "transferred", giver, self.parties.receiver(told, giver), (), None, "contents")
        if (told.clause.deed is None or told.clause.deed.last <= told.thing.opening) and not told.part:
            giver = self.partners.lined(told)
            if giver and (before is None or told.clause.deed is None):
                return self._plain(told, "transferred", giver, self.parties.receiver(told, giver), (), None, "line")
        return None

    def _plain(
        self,
        told: Told,
        act: str,
        from_: tuple[int, ...],
        to: tuple[int, ...],
        by: tuple[int, ...],
        verb: int | None,
        rule: str,
    ) -> Count:
        t = told.thing
        if act != "transferred" or set(from_) & set(to):
            from_, to = () if act != "transferred" else from_, ()
        return Count(t.first, t.last, t.number, t.number_max, t.bound, t.unit, t.item, act, from_, to, by, verb, rule)

    def _brought_back(
        self, deed: Deed, language: str, told: Told, before: Count | None, from_: tuple[int, ...], to: tuple[int, ...]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Turn around the parties of the transfer before where a verb says that what was given then comes back: «Через год все рукописи вернулись»."""
        lent = self.transfer
        if lent is None or not (lent.from_ and lent.to):
            return from_, to
        sentence = self.tokens.sentence
        words = " ".join(self.tokens.fold[deed.first : deed.last + 1]) + " "
        if sentence[told.thing.first] - sentence[lent.first] > _RETURNED:
            return from_, to
        if not words.startswith(settings(language, "returning")):
            return from_, to
        beside = language == "uz" and before is lent and told.thing.opening - lent.last <= 1  # of which it is a part
        open_ = from_ in ((), lent.to if language == "uz" else ()) and to in ((), lent.from_)
        return (lent.to, lent.from_) if beside or open_ else (from_, to)

    def _returned(
        self, told: Told, from_: tuple[int, ...], to: tuple[int, ...], same_sentence: bool
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Fill the parties of what is given in return from the transfer before, and those of that one from this."""
        before = self.transfer
        if before is None:
            return from_, to
        if told.back:
            unknown = any(not a.entities for part in ("to", "dat") for a in told.parts.get(part, ()))
            if not from_ and not to and not unknown:
                return before.to, before.from_
            if (
                self.cast.document.languages[told.thing.first] != "uz"
                and not told.parts.get("from")
                and from_
                and from_ == before.from_
                and to in ((), before.to)
                and before.to
            ):
                return before.to, before.from_  # «Гости привезли 85 книг, наши отдарились: 40 книг»
            if not before.from_ and from_ and to and before.to in ((), from_) and self._last_moved():
                self.found[-1] = self.transfer = replace(before, from_=to, to=from_, rule=before.rule + "-returned")
            elif from_ and to == before.from_ and before.rule.endswith("-home") and self._last_moved():
                self.found[-1] = self.transfer = replace(before, to=from_, rule=before.rule + "-returned")
            elif before.from_ and not before.to and from_ and from_ != before.from_ and to in ((), before.from_):
                self.found[-1] = self.transfer = (
                    replace(before, to=from_, rule=before.rule + "-returned") if self._last_moved() else before
                )
                return from_, before.from_
            if not from_ and to and to == before.from_ and before.to:
                return before.to, to
            if not to and from_ and from_ == before.to and before.from_:
                return from_, before.from_
        elif same_sentence and not from_ and to and to == before.from_ and before.to and not told.parts.get("from"):
            return before.to, to  # «Мы подарили им 5 книг, а нам дали 3»
        elif (
            same_sentence
            and not to
            and from_
            and from_ == before.to
            and before.from_
            and all(a.place for a in told.parts.get("to", ()))
        ):
            return from_, before.from_
        return from_, to

    def _last_moved(self) -> bool:
        return bool(self.found) and self.found[-1] is self.transfer
