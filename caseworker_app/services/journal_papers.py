"""The journal on paper: the signed entries that were chosen, each with its signature and with what corrects it.

One child's copy is made of that child's entries alone: an entry written once for siblings lies in each child's journal
with the common part and that child's own, so nothing of another's can be on it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import clock, long_date, short_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryDraft
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.text_facts import Part, TextPaperFacts, TextPart
from caseworker_app.i18n import Translator, load
from caseworker_app.services import entries, journal_desk, papers
from caseworker_app.services.journal_desk import LINK_LABELS
from caseworker_app.services.ports import Reader
from caseworker_app.services.statutes import DENMARK
from caseworker_app.services.typed import NAME_LENGTH, tidy


@cache
def _danish() -> Translator:
    return load("da")


@dataclass(frozen=True, slots=True)
class Extract:
    """What of a journal goes on paper: some entries by id (``None`` for all), of a time (days inclusive), for whom."""

    chosen: frozenset[Id] | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    recipient: str = ""

    def has(self, day: dt.date | None) -> bool:
        """Whether a day lies in the time; without a time also what has no day."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


EVERYTHING = Extract()


@dataclass(frozen=True, slots=True)
class Offered:
    """A signed entry that can go on paper."""

    id: Id
    heading: str
    day: dt.date | None
    corrects: Id | None


@dataclass(frozen=True, slots=True)
class Offer:
    """The signed entries of a journal, latest first, and how many are not signed yet."""

    entries: tuple[Offered, ...]
    unsigned: int


def offered(reader: Reader, case: Id) -> Offer:
    """Return what of a case's journal can go on paper. Raises ``KeyError`` when there is no such case."""
    stream = _case(reader, case).stream
    found = [one for one, signed in _read(reader, stream) if signed]
    found.sort(key=lambda one: (one.day or dt.date.min, one.id), reverse=True)
    return Offer(tuple(found), sum(1 for _day in _unsigned(reader, case, stream)))


def job(reader: Reader, case: Id, wanted: Extract = EVERYTHING) -> PaperJob:
    """Return the extract as a paper, oldest first; what is not signed is left out and counted.

    A correction stands at the entry it corrects, also when it was written outside the time. Raises :class:`UserError`
    when nothing that is signed is chosen, ``KeyError`` when there is no such case.
    """
    found = _case(reader, case)
    wanted = replace(wanted, recipient=tidy("recipient", wanted.recipient, NAME_LENGTH))
    signed = [one for one, is_signed in _read(reader, found.stream) if is_signed]
    named = [one for one in signed if wanted.chosen is None or one.id in wanted.chosen]
    shown = [one for one in named if wanted.has(one.day)]
    if not shown:
        raise UserError(
            N_("None of the entries chosen is signed."),
            N_("Choose a longer time, or sign what is to be shown."),
        )
    whole = {one.id: entries.known(reader, one.id) for one in _with_corrections(signed, shown)}
    left_out = sum(1 for day in _unsigned(reader, case, found.stream) if wanted.has(day))
    name = found.child_name or f"Ufødt barn af {found.unborn_of}"
    facts = TextPaperFacts(
        sender=papers.sender(reader),
        title="Journaludskrift",
        heading=f"Journaludskrift for {name}",
        dated=reader.today,
        standing=_standing(reader, wanted, len(shown), len(signed), left_out),
        parts=tuple(_parts(reader, found, whole, shown)),
        number=any(_with_number(entry) for entry in whole.values()),
    )
    return PaperJob(Paper.JOURNAL, facts, "journal.pdf", wanted.recipient, case)


def _case(reader: Reader, case: Id) -> Case:
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return found


def _read(reader: Reader, stream: Id) -> Iterator[tuple[Offered, bool]]:
    names = ("heading", "held_on", "written_on", "corrects", "signed")
    for id_, heading, held, written, corrects, signed in reader.pick(Entry, names, stream=stream):
        yield Offered(id_, heading, held or written, corrects), signed


def _unsigned(reader: Reader, case: Id, stream: Id) -> Iterator[dt.date | None]:
    """Yield the day of each entry that waits for its signature, and of each that is being written."""
    yield from (one.day for one, signed in _read(reader, stream) if not signed)
    drafts: Iterable[EntryDraft] = entries.drafts_of(reader, case)
    yield from (draft.held_on or reader.today for draft in drafts)


def _with_corrections(signed: Sequence[Offered], shown: Sequence[Offered]) -> list[Offered]:
    """Return the entries with all that corrects them, and what corrects that again."""
    later = _corrections(signed)
    found, waiting = {one.id: one for one in shown}, list(shown)
    while waiting:
        for one in later.get(waiting.pop().id, ()):
            if one.id not in found:
                found[one.id] = one
                waiting.append(one)
    return list(found.values())


def _corrections(signed: Iterable[Offered]) -> dict[Id, list[Offered]]:
    later: dict[Id, list[Offered]] = defaultdict(list)
    for one in signed:
        if one.corrects is not None:
            later[one.corrects].append(one)
    return later


# --- As it stands on paper -------------------------------------------------------------------------------------


def _standing(reader: Reader, wanted: Extract, shown: int, signed: int, left_out: int) -> str:
    to_whom = f" til {wanted.recipient}" if wanted.recipient else ""
    parts = [f"Kopi{to_whom}, udskrevet den {long_date(reader.today)}."]
    if wanted.since is not None or wanted.until is not None:
        since = "" if wanted.since is None else f" fra den {long_date(wanted.since)}"
        until = "" if wanted.until is None else f" til den {long_date(wanted.until)}"
        parts.append(f"Viser tiden{since}{until}.")
    parts.append(
        "Alle underskrevne notater er med." if shown == signed else f"{shown} af {signed} notater er med."
    )
    if left_out:
        said = "notat er ikke underskrevet og er" if left_out == 1 else "notater er ikke underskrevet og er"
        parts.append(f"{left_out} {said} ikke med.")
    return " ".join(parts)


def _parts(reader: Reader, case: Case, whole: dict[Id, Entry], shown: Sequence[Offered]) -> Iterator[Part]:
    later: dict[Id, list[Entry]] = defaultdict(list)
    for entry in whole.values():
        if entry.corrects is not None:
            later[entry.corrects].append(entry)
    first = sorted((whole[one.id] for one in shown), key=_order)
    for entry in first:
        if entry.corrects not in whole:  # else it stands at the one it corrects
            yield from _of_entry(reader, case, entry)
            yield from _of_corrections(reader, case, entry, later)


def _order(entry: Entry) -> tuple[dt.date, dt.date, Id]:
    return entry.day or dt.date.min, entry.written_on or dt.date.min, entry.id


def _of_corrections(reader: Reader, case: Case, entry: Entry, later: dict[Id, list[Entry]]) -> Iterator[Part]:
    for one in sorted(later.get(entry.id, ()), key=_order):
        day = one.written_on or one.held_on
        dated = "" if day is None else f" den {long_date(day)}"
        yield TextPart(heading=f"Rettet{dated}: {one.heading}", level=3)
        yield from _body(reader, case, one)
        yield from _of_corrections(reader, case, one, later)


def _of_entry(reader: Reader, case: Case, entry: Entry) -> Iterator[Part]:
    day = "" if entry.day is None else f"{short_date(entry.day, 'da')} "
    yield TextPart(heading=f"{day}{entry.heading}", level=2)
    if entry.corrects is not None:
        corrected = reader.get(Entry, entry.corrects)
        when = None if corrected is None else corrected.day
        said = "et tidligere notat" if when is None else f"notatet af den {long_date(when)}"
        yield TextPart(text=f"Retter {said}, som ikke er med her.", muted=True)
    yield from _body(reader, case, entry)


def _body(reader: Reader, case: Case, entry: Entry) -> Iterator[Part]:
    head = "\n".join(line for line in _head(reader, entry) if line)
    if head:
        yield TextPart(text=head, muted=True)
    if entry.text:
        yield TextPart(text=entry.text)
    if entry.own_text:
        yield TextPart(heading=f"Om {case.first_name or 'barnet'} alene", text=entry.own_text, level=3)
    yield TextPart(text=_signature(entry), muted=True)


def _head(reader: Reader, entry: Entry) -> Iterator[str]:
    held = "" if entry.held_on is None else f"Afholdt den {long_date(entry.held_on)}"
    written = "" if entry.written_on is None else f"skrevet den {long_date(entry.written_on)}"
    days = ", ".join(part for part in (held, written) if part)
    yield days[:1].upper() + days[1:]
    yield f"Deltog: {', '.join(entry.participants)}" if entry.participants else ""
    yield f"Oplyst af: {entry.informant}" if entry.informant else ""
    yield f"Emneord: {', '.join(entry.tags)}" if entry.tags else ""
    about = [_link_words(link) for link in journal_desk.links_of(reader, entry.links)]
    yield f"Vedrører: {'; '.join(about)}" if about else ""


def _link_words(link: journal_desk.Link) -> str:
    name = _danish().gettext(LINK_LABELS.get(link.kind, "Something else")).lower()
    words = f"{name}: {link.words}" if link.words else name
    return words if link.day is None else f"{words} ({short_date(link.day, 'da')})"


def _signature(entry: Entry) -> str:
    if entry.signed_at is None:
        return f"Underskrevet af {entry.signed_by}."
    here = entry.signed_at.astimezone(DENMARK)
    return f"Underskrevet af {entry.signed_by}, den {long_date(here.date())} kl. {clock(here.time(), 'da')}."


def _with_number(entry: Entry) -> bool:
    words = (entry.heading, entry.informant, entry.text, entry.own_text, *entry.participants, *entry.tags)
    return any(contains_person_number(text) for text in words)
