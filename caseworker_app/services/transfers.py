"""Carried over to the record system by hand: what waits, what was carried over when, and what has changed since.

Nothing is sent to any other system. The worker copies field by field, or saves a PDF, and says when she has done so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseworker_app.domain.case import Case, CaseState
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.meeting import Meeting, MeetingState, TimeSpan
from caseworker_app.domain.network_map import MapState, NetworkMap
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.plan import Plan, PlanState
from caseworker_app.domain.transfer import Described, Standing, Transfer, TransferState
from caseworker_app.domain.visit import ParentsEntry, Visit
from caseworker_app.services import office
from caseworker_app.services.books import Books
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.transfer_fields import describe

MOST_LISTED: Final = 100
"""So many waiting things are listed; all of them are counted."""
LOOKED_AT: Final = 100
"""So many of the latest transfers are compared with what stands here now; a thing's own page always compares."""
LOOK_BACK: Final = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of thing that is carried over: whether one is ready for it. ``fixed`` ones never change."""

    cls: type[Entity]
    ready: Callable[[Any], bool]
    fixed: bool = False
    counted: bool = True


KINDS: Final[Mapping[str, _Kind]] = {
    "entry": _Kind(Entry, lambda one: one.signed, fixed=True),
    "parents_entry": _Kind(ParentsEntry, lambda _one: True, fixed=True),
    "follow_up": _Kind(FollowUp, lambda one: one.held_on is not None),
    "plan": _Kind(Plan, lambda one: one.state is not PlanState.DRAFT),
    "notification": _Kind(Notification, lambda _one: True),
    "investigation": _Kind(Investigation, lambda one: one.ended_on is not None),
    "network_map": _Kind(NetworkMap, lambda one: one.state is not MapState.DRAFT),
    "meeting": _Kind(Meeting, lambda one: one.state is MeetingState.HELD),
    "visit": _Kind(Visit, lambda one: one.held_on is not None, counted=False),
}
"""A visit is copied from its page; what waits of it are the entries it wrote."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is carried over, by its kind and id."""

    kind: str
    id: Id


@dataclass(frozen=True, slots=True)
class Opened:
    """What the dialog shows: the thing, the child's case, where it stands, the record system's name."""

    described: Described
    case: Case
    standing: Standing
    system: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be carried over, in active cases: how many never were, and those that changed since.

    ``subjects`` are the first ones to take, changed ones first, then the newest; at most :data:`MOST_LISTED`.
    """

    count: int
    changed: int
    subjects: tuple[Subject, ...]
    system: str


def system_of(reader: Reader) -> str:
    """Return what the worker's record system is called."""
    return office.record_system(office.house(reader))


def known(reader: Reader, subject: Subject) -> Entity:
    """Return the thing. Raises ``KeyError`` when there is none."""
    found = reader.get(KINDS[subject.kind].cls, subject.id)
    if found is None:
        raise KeyError("no such thing")
    return found


def opened(reader: Reader, books: Books | None, subject: Subject) -> Opened:
    """Return a thing as it would be carried over now."""
    thing = known(reader, subject)
    described = describe(reader, books, thing)
    case = next(iter(reader.find(Case, stream=thing.stream, cancelled=True)))
    return Opened(described, case, _standing(reader, described), system_of(reader))


def state(reader: Reader, books: Books | None, subject: Subject) -> Standing:
    """Return whether a thing was carried over, when, and whether it has changed since."""
    latest = _latest(reader, subject.id)
    if latest is None:
        return Standing(TransferState.NOT)
    return _compared(describe(reader, books, known(reader, subject)), latest)


def _standing(reader: Reader, described: Described) -> Standing:
    latest = _latest(reader, described.subject)
    return Standing(TransferState.NOT) if latest is None else _compared(described, latest)


def _compared(described: Described, latest: Transfer) -> Standing:
    same = described.digest == latest.digest
    return Standing(TransferState.ON if same else TransferState.CHANGED, latest.transferred_on, latest.system)


def _latest(reader: Reader, subject: Id) -> Transfer | None:
    found = reader.find(Transfer, where={"subject": subject})
    return found[-1] if found else None


def mark(writer: Writer, books: Books | None, subject: Subject, seen: str, on: dt.date | None = None) -> Id:
    """Say that a thing was carried over; ``seen`` is the digest of what was on the screen.

    Raises :class:`UserError` when it has changed since it was looked at, so that nobody says so of what she has not seen,
    and for a day that has not come.
    """
    described = describe(writer, books, known(writer, subject))
    if described.digest != seen:
        raise UserError(
            N_("This has changed while it stood on the screen."),
            N_("Look at it once more, and copy what is new."),
        )
    day = on or writer.today
    if day > writer.today:
        raise UserError(N_("That day has not come yet."), N_("Check the computer's clock if it has."))
    if (latest := _latest(writer, subject.id)) is not None and _compared(
        described, latest
    ).state is TransferState.ON:
        return latest.id
    made = writer.new_id()
    writer.act("Mark as carried over")
    writer.create(
        Transfer(
            id=made,
            stream=described.stream,
            subject_type=subject.kind,
            subject=subject.id,
            transferred_on=day,
            digest=seen,
            system=system_of(writer),
        )
    )
    return made


def take_back(writer: Writer, subject: Subject) -> None:
    """Say that a thing was not carried over after all."""
    writer.act("Take back that it was carried over")
    for one in writer.find(Transfer, where={"subject": subject.id}):
        writer.cancel(Transfer, one.id)


# --- What waits ------------------------------------------------------------------------------------------------


def waiting(reader: Reader, books: Books) -> Waiting:
    """Return what is to be carried over."""
    streams = {case.stream for case in reader.find(Case, where={"state": CaseState.ACTIVE})}
    done = {subject for _id, subject in reader.pick(Transfer, ("subject",))}
    changed = tuple(_changed(reader, books, streams))
    count = 0
    newest: list[tuple[dt.date, Subject]] = []
    for kind, of in KINDS.items():
        if not of.counted:
            continue
        for stream in streams:
            ready = _ready(reader, kind, of, stream, done)
            count += len(ready)
            newest += ready
    newest.sort(key=lambda one: (one[0], one[1].id), reverse=True)
    first = [*changed, *(subject for _day, subject in newest)][:MOST_LISTED]
    return Waiting(count, len(changed), tuple(first), system_of(reader))


_ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "entry": ("signed", "held_on", "written_on"),
    "parents_entry": ("held_on",),
    "follow_up": ("held_on",),
    "plan": ("state", "begun_on"),
    "notification": ("received_at",),
    "investigation": ("ended_on",),
    "network_map": ("state", "drawn_on"),
    "meeting": ("state", "when"),
}


def _ready(
    reader: Reader, kind: str, of: _Kind, stream: Id, done: Collection[Id | None]
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
