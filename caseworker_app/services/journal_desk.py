"""What the journal shows: entries a page at a time, those that wait for a signature above them, one entry whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity, type_named
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryDraft, EntryKind
from caseworker_app.domain.light_text import plain
from caseworker_app.domain.phrases import N_
from caseworker_app.services import entries
from caseworker_app.services.ports import Reader

BEGINNING = 160
"""How many characters of a text stand in the list."""
MOST_WAITING = 200
"""So many unsigned entries stand on top of a journal; nobody has more."""
_DAYS = ("held_on", "written_on")
_READ_FOR_BEGINNING = 600


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line of the list. ``draft`` is the author's own that is not signed; ``corrected`` says that another entry
    corrects it, ``corrects`` that it corrects one; ``common`` that it was written once for siblings."""

    id: Id
    draft: bool
    signed: bool
    kind: EntryKind
    heading: str
    day: dt.date | None
    beginning: str
    corrects: bool = False
    corrected: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a case is not signed yet, and how many entries are."""

    rows: tuple[JournalRow, ...]
    signed: int


@dataclass(frozen=True, slots=True)
class Link:
    """What an entry is about: the kind of thing, its own words and its day."""

    kind: str
    entity: Id
    words: str
    day: dt.date | None

    @property
    def name(self) -> str:
        """As an entry keeps it."""
        return entries.link_to(self.kind, self.entity)


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry whole, with what corrects it and what it corrects."""

    entry: Entry
    case: Case
    corrections: tuple[Entry, ...]
    corrected: Entry | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Linked:
    """How a kind of thing is named in a link: its fields for words and for the day."""

    words: tuple[str, ...]
    days: tuple[str, ...]


LINKED: Mapping[str, _Linked] = {
    "goal": _Linked(("text",), ("start",)),
    "follow_up": _Linked(("place",), ("held_on", "due")),
    "visit": _Linked(("purpose",), ("held_on", "planned_on")),
    "meeting": _Linked(("purpose",), ("when",)),
    "network_map": _Linked(("title",), ("drawn_on",)),
    "document": _Linked(("title", "name", "file_name"), ("dated", "added_on")),
}
"""What an entry can be about, in the order it is offered. A kind the store does not know is not offered."""
NAMED: Mapping[str, _Linked] = {
    **LINKED,
    "entry": _Linked(("heading",), ("held_on", "written_on")),
    "contribution": _Linked(("whom", "profession"), ("received_on", "asked_on")),
}
"""How everything is named that a link can point at, also from elsewhere than an entry."""
LINK_LABELS: Mapping[str, str] = {
    "goal": N_("Goal"),
    "follow_up": N_("Follow-up"),
    "visit": N_("Visit"),
    "meeting": N_("Meeting"),
    "network_map": N_("Network map"),
    "document": N_("Document"),
    "entry": N_("Journal entry"),
    "contribution": N_("Contribution"),
}
MOST_OFFERED = 25
"""So many of a kind are offered, the latest."""


# --- The list --------------------------------------------------------------------------------------------------


def waiting(reader: Reader, case: Case, kind: EntryKind | None = None) -> Waiting:
    """Return what of a case waits for the signature: being written first, then what talks and hearings wrote."""
    drafts = [_of_draft(one) for one in entries.drafts_of(reader, case.id) if kind in (None, one.kind)]
    where = _where(kind, signed=False)
    unsigned = reader.newest(Entry, _DAYS, stream=case.stream, where=where, limit=MOST_WAITING)
    signed = reader.count(Entry, stream=case.stream, where=_where(kind, signed=True))
    return Waiting((*drafts, *(_of_entry(reader, one) for one in unsigned)), signed)


def page(
    reader: Reader, case: Case, offset: int, limit: int, kind: EntryKind | None = None
) -> tuple[JournalRow, ...]:
    """Return some signed entries of a case, the latest first; ``offset`` is how many come before them."""
    where = _where(kind, signed=True)
    found = reader.newest(Entry, _DAYS, stream=case.stream, where=where, limit=limit, offset=offset)
    return tuple(_of_entry(reader, one) for one in found)


def _where(kind: EntryKind | None, *, signed: bool) -> dict[str, object]:
    return {"signed": signed} if kind is None else {"signed": signed, "kind": kind}


def _of_draft(one: EntryDraft) -> JournalRow:
    corrects = one.corrects is not None
    return JournalRow(
        one.id, True, False, one.kind, one.heading, one.held_on, _beginning(one.text), corrects=corrects,
        common=bool(one.siblings),
    )  # fmt: skip


def _of_entry(reader: Reader, one: Entry) -> JournalRow:
    corrected = one.signed and reader.count(Entry, where={"corrects": one.id}) > 0
    return JournalRow(
        one.id, False, one.signed, one.kind, one.heading, one.day, _beginning(one.text or one.own_text),
        corrects=one.corrects is not None, corrected=corrected, common=one.common is not None,
    )  # fmt: skip


def _beginning(text: str) -> str:
    return " ".join(plain(text[:_READ_FOR_BEGINNING]).split())[:BEGINNING]


# --- One entry -------------------------------------------------------------------------------------------------


def view(reader: Reader, entry: Id) -> EntryView:
    """Return an entry. Raises ``KeyError`` when there is none."""
    found = entries.known(reader, entry)
    case = next(iter(reader.find(Case, stream=found.stream, cancelled=True)))
    corrected = None if found.corrects is None else reader.get(Entry, found.corrects)
    return EntryView(
        found, case, entries.corrections_of(reader, entry), corrected, links_of(reader, found.links)
    )


def links_of(reader: Reader, links: tuple[str, ...]) -> tuple[Link, ...]:
    """Return what some links point at, as far as it is there."""
    return tuple(link for name in links if (link := _link(reader, name)) is not None)


def _link(reader: Reader, name: str) -> Link | None:
    kind, _, hexed = name.partition(":")
    declared = type_named(kind)
    if declared is None or len(hexed) != 32:
        return None
    thing = reader.get(declared.cls, bytes.fromhex(hexed))
    return None if thing is None or thing.cancelled else _named(kind, thing)


def linkable(reader: Reader, case: Case) -> tuple[Link, ...]:
    """Return what an entry of a case can be about, kind by kind, the latest of each first."""
    return tuple(link for kind in LINKED for link in _offered(reader, case, kind))


def _offered(reader: Reader, case: Case, kind: str) -> Iterator[Link]:
    declared = type_named(kind)
    if declared is None:
        return
    links = [_named(kind, thing) for thing in reader.find(declared.cls, stream=case.stream)]
    links.sort(key=lambda link: link.day or dt.date.min, reverse=True)
    yield from links[:MOST_OFFERED]


def _named(kind: str, thing: Entity) -> Link:
    of = NAMED.get(kind, _Linked(("title", "name", "text"), ("held_on",)))
    words = next((str(text) for name in of.words if (text := getattr(thing, name, ""))), "")
    day = next((day for name in of.days if (day := _day(getattr(thing, name, None))) is not None), None)
    return Link(kind, thing.id, words, day)


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    day = getattr(value, "day", None)
    return day if isinstance(day, dt.date) else None
