"""What waits to be carried over to the record system: of the last weeks, and what is older."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseworker_app.domain.case import Case, CaseState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.transfer import Transfer, TransferState
from caseworker_app.services.books import Books
from caseworker_app.services.ports import Reader
from caseworker_app.services.transfers import KINDS, Kind, Subject, state, system_of

MOST_LISTED: Final = 100
"""So many waiting things are listed; all of them are counted."""
LOOKED_AT: Final = 100
"""So many of the latest transfers are compared with what stands here now; a thing's own page always compares."""
RECENT: Final = dt.timedelta(weeks=4)
"""What is newer than this is counted by itself on I dag; the rest is older."""
MOST_RECENT: Final = 100
"""So many entries of a case from the last weeks are read."""
_ENTRY_DAYS: Final = ("held_on", "written_on")
LOOK_BACK: Final = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be carried over, in active cases: of the last weeks how many never were, and those that changed since.

    ``subjects`` are the first ones to take, changed ones first, then the newest; at most :data:`MOST_LISTED`. ``older`` is
    how many are from before, which nobody may ever want to carry over: :func:`older_ones` returns them.
    """

    count: int
    changed: int
    subjects: tuple[Subject, ...]
    system: str
    older: int = 0


def waiting(reader: Reader, books: Books) -> Waiting:
    """Return what is to be carried over."""
    streams = {case.stream for case in reader.find(Case, where={"state": CaseState.ACTIVE})}
    since = reader.today - RECENT
    done = {subject for _id, subject in reader.pick(Transfer, ("subject",))}
    changed = tuple(_changed(reader, books, streams))
    newest = list(_recent_entries(reader, streams, done))
    older = _signed(reader, streams) - len(newest)
    for day, subject in _others(reader, streams, done):
        if day >= since:
            newest.append((day, subject))
        else:
            older += 1
    newest.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    first = [*changed, *(subject for _day, subject in newest)][:MOST_LISTED]
    return Waiting(len(newest), len(changed), tuple(first), system_of(reader), max(0, older))


def older_ones(reader: Reader) -> tuple[Subject, ...]:
    """Return what is older than :data:`RECENT` and was never carried over, the newest first; at most
    :data:`MOST_LISTED`."""
    streams = {case.stream for case in reader.find(Case, where={"state": CaseState.ACTIVE})}
    until = reader.today - RECENT
    done = {subject for _id, subject in reader.pick(Transfer, ("subject",))}
    found = [one for one in _others(reader, streams, done) if one[0] < until]
    for stream in streams:
        found += [one for one in _ready(reader, "entry", KINDS["entry"], stream, done) if one[0] < until]
    found.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    return tuple(subject for _day, subject in found[:MOST_LISTED])


def _recent_entries(
    reader: Reader, streams: Collection[Id], done: Collection[Id | None]
) -> Iterator[tuple[dt.date, Subject]]:
    """Yield the entries of the last weeks that wait: the index of each case is asked, the texts of old ones never read."""
    since = reader.today - RECENT
    for stream in streams:
        found = reader.newest(
            Entry, _ENTRY_DAYS, stream=stream, where={"signed": True}, since=since, limit=MOST_RECENT
        )
        for one in found:
            if one.id not in done:
                yield one.held_on or one.written_on or since, Subject("entry", one.id)


def _signed(reader: Reader, streams: Collection[Id]) -> int:
    """Return how many signed entries of some cases were never carried over, without reading them."""
    total = sum(reader.count(Entry, stream=stream, where={"signed": True}) for stream in streams)
    carried = {
        subject
        for stream in streams
        for _id, subject in reader.pick(
            Transfer, ("subject",), stream=stream, where={"subject_type": "entry"}
        )
    }
    return total - len(carried)


def _others(
    reader: Reader, streams: Collection[Id], done: Collection[Id | None]
) -> Iterator[tuple[dt.date, Subject]]:
    """Yield what waits of everything but the entries."""
    for kind, of in KINDS.items():
        if of.counted and kind != "entry":
            for stream in streams:
                yield from _ready(reader, kind, of, stream, done)


_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "entry": ("signed", "held_on", "written_on"),
    "parents_entry": ("held_on",),
    "follow_up": ("held_on",),
    "plan": ("state", "ready_on", "begun_on"),
    "notification": ("received_at",),
    "investigation": ("ended_on",),
    "network_map": ("state", "drawn_on"),
    "meeting": ("state", "when"),
}


def _ready(
    reader: Reader, kind: str, of: Kind, stream: Id, done: Collection[Id | None]
) -> list[tuple[dt.date, Subject]]:
    """Return what of a kind in a case is ready and was never carried over, with its day."""
    names = _ASKED[kind]
    found = []
    for one, *values in reader.pick(of.cls, names, stream=stream):
        if one in done:
            continue
        said = of.cls(**dict(zip(names, values, strict=True)))
        if of.ready(said):
            found.append((_day(values), Subject(kind, one)))
    return found


def _day(values: list[Any]) -> dt.date:
    for value in values:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if isinstance(value, TimeSpan):
            return value.day
    return dt.date.min


def _changed(reader: Reader, books: Books, streams: Collection[Id]) -> Iterator[Subject]:
    """Yield what was carried over lately and says something else now."""
    met: set[Id] = set()
    latest = reader.newest(Transfer, ("transferred_on",), since=reader.today - LOOK_BACK, limit=LOOKED_AT)
    for one in latest:
        kind = KINDS.get(one.subject_type)
        if (
            kind is None
            or kind.fixed
            or one.subject is None
            or one.subject in met
            or one.stream not in streams
        ):
            continue
        met.add(one.subject)
        thing = reader.get(kind.cls, one.subject)
        if thing is None or thing.cancelled:
            continue
        subject = Subject(one.subject_type, one.subject)
        if state(reader, books, subject).state is TransferState.CHANGED:
            yield subject
