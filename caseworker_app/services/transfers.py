"""Carried over to the record system by hand: what waits, what was carried over when, and what has changed since.

Nothing is sent to any other system. The worker copies field by field, or saves a PDF, and says when she has done so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.meeting import Meeting, MeetingState
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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is carried over: whether one is ready for it. ``fixed`` ones never change."""

    cls: type[Entity]
    ready: Callable[[Any], bool]
    fixed: bool = False
    counted: bool = True


KINDS: Final[Mapping[str, Kind]] = {
    "entry": Kind(Entry, lambda one: one.signed, fixed=True),
    "parents_entry": Kind(ParentsEntry, lambda _one: True, fixed=True),
    "follow_up": Kind(FollowUp, lambda one: one.held_on is not None),
    "plan": Kind(Plan, lambda one: one.state is not PlanState.DRAFT),
    "notification": Kind(Notification, lambda _one: True),
    "investigation": Kind(Investigation, lambda one: one.ended_on is not None),
    "network_map": Kind(NetworkMap, lambda one: one.state is not MapState.DRAFT),
    "meeting": Kind(Meeting, lambda one: one.state is MeetingState.HELD),
    "visit": Kind(Visit, lambda one: one.held_on is not None, counted=False),
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
