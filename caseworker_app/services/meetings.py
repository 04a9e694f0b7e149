"""Network meetings: planning, inviting, holding. Who is invited and what is written at
them is in :mod:`.participants` and :mod:`.meeting_lines`, and reached from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import (
    Attendance,
    Column,
    Meeting,
    MeetingKind,
    MeetingPoint,
    MeetingState,
    Participant,
    TimeSpan,
)
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_
from caseworker_app.services import office
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, people_of, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.meeting_lines import (
    add_agreement,
    add_point,
    edit_agreement,
    edit_point,
    known_meeting,
)
from caseworker_app.services.participants import (
    audience_of,
    edit_participant,
    invite,
    invite_child,
    invite_name,
    is_the_child,
    move,
    role_words,
    set_attendance,
)
from caseworker_app.services.ports import Reader, Writer

__all__ = [
    "MeetingRow",
    "MeetingView",
    "OpenMeeting",
    "add_agreement",
    "add_point",
    "all_meetings",
    "audience_of",
    "call_off",
    "edit",
    "edit_agreement",
    "edit_participant",
    "edit_point",
    "hold",
    "invite",
    "invite_child",
    "invite_name",
    "is_the_child",
    "move",
    "opened",
    "plan",
    "plan_again",
    "remove",
    "role_words",
    "set_attendance",
    "stream_of",
    "view",
]

_SHORT = ("place", "chair", "chair_function", "contact_name", "contact_phone", "minutes_taker")
_LONG = ("purpose", "course", "summary")


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting opened, with everything its page and its papers need."""

    case: Case
    meeting: Meeting
    participants: tuple[Participant, ...]
    points: Mapping[Column, tuple[MeetingPoint, ...]]
    agreements: tuple[Agreement, ...]
    people: tuple[Person, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """What an invitation still lacks, as msgids; empty when it can be printed."""
        lacking = (
            (not self.meeting.purpose, N_("why you meet")),
            (self.meeting.when is None, N_("day and time")),
            (not self.meeting.place, N_("the place")),
            (not self.participants, N_("at least one participant")),
        )
        return tuple(word for missing, word in lacking if missing)


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """A meeting as its editors need it: the view, and every field of its things with the heads to be handed back."""

    view: MeetingView
    fields: Mapping[Id, Mapping[str, Field[Any]]]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list across cases."""

    meeting: Meeting
    case: Case


def view(reader: Reader, meeting: Id) -> MeetingView:
    """Return a meeting. Raises ``KeyError`` when there is none."""
    found = known_meeting(reader, meeting)
    case = next(iter(reader.find(Case, stream=found.stream, cancelled=True)))
    points: dict[Column, tuple[MeetingPoint, ...]] = {}
    everything = _ordered(reader.find(MeetingPoint, where={"meeting": meeting}))
    for column in Column:
        points[column] = tuple(point for point in everything if point.column is column)
    return MeetingView(
        case,
        found,
        tuple(_ordered(reader.find(Participant, where={"meeting": meeting}))),
        points,
        tuple(_ordered(reader.find(Agreement, where={"meeting": meeting}))),
        tuple(people_of(reader, found.stream)),
    )


def opened(reader: Reader, meeting: Id) -> OpenMeeting:
    """Return a meeting with the fields of all that is edited on its page. Raises ``KeyError`` when there is none."""
    found = view(reader, meeting)
    points = [point for column in found.points.values() for point in column]
    things: list[Entity] = [found.meeting, *found.participants, *points, *found.agreements]
    return OpenMeeting(found, {thing.id: reader.fields(type(thing), thing.id) for thing in things})


def _ordered(things: Iterable[Any]) -> list[Any]:
    return sorted(things, key=lambda thing: (thing.order, thing.id))


def all_meetings(reader: Reader) -> list[MeetingRow]:
    """Return every meeting: the planned ones to come first in their order, then the others, latest first."""
    cases = {case.stream: case for case in reader.find(Case, cancelled=True)}
    rows = [MeetingRow(m, cases[m.stream]) for m in reader.find(Meeting) if m.stream in cases]

    def when(row: MeetingRow) -> tuple[bool, float]:
        span = row.meeting.when
        ahead = row.meeting.state is MeetingState.PLANNED and (span is None or span.day >= reader.today)
        moment = (
            0.0 if span is None else span.day.toordinal() + span.start.hour / 24 + span.start.minute / 1440
        )
        return (not ahead, moment if ahead else -moment)

    return sorted(rows, key=when)


def stream_of(reader: Reader, meeting: Id) -> Id:
    """Return the case's log that holds a meeting."""
    return known_meeting(reader, meeting).stream


def _check(values: dict[str, Any]) -> None:
    for name in _SHORT:
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    for name in _LONG:
        if name in values:
            values[name] = tidy(name, str(values[name]), TEXT_LENGTH)
    if "kind" in values:
        values["kind"] = str(values["kind"])
    when = values.get("when")
    if isinstance(when, TimeSpan) and when.minutes <= 0:
        raise InvalidInput("when", "The meeting ends before it begins.", "Write the end after the start.")


def plan(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Plan a meeting; the worker herself stands as chair, minutes taker and contact until somebody else is written."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    worker = office.house(writer).worker
    checked: dict[str, Any] = {
        "kind": MeetingKind.INVOLVING.value,
        "chair": worker.name,
        "chair_function": worker.title,
        "contact_name": worker.name,
        "contact_phone": worker.phone,
        "minutes_taker": worker.name,
        **values,
    }
    _check(checked)
    meeting = writer.new_id()
    writer.act("Plan a meeting")
    writer.create(Meeting(id=meeting, stream=found.stream, **checked))
    return meeting


def edit(writer: Writer, meeting: Id, edits: Mapping[str, Edit]) -> None:
    """Change the plan. Raises :class:`InvalidInput` for an end before the start."""
    values = {name: e.value for name, e in edits.items()}
    _check(values)
    writer.act("Change the meeting")
    apply_edits(writer, Meeting, meeting, {n: Edit(v, edits[n].parents) for n, v in values.items()})


def remove(writer: Writer, cls: type[Entity], thing: Id) -> None:
    """Take back a participant, a point or an agreement."""
    labels: dict[type[Entity], str] = {
        Participant: "Take back an invitation",
        MeetingPoint: "Take back a point",
        Agreement: "Take back an agreement",
    }
    writer.act(labels[cls])
    writer.cancel(cls, thing)


def hold(writer: Writer, meeting: Id) -> None:
    """Say that the meeting was held; whoever was not said to stay away came."""
    found = known_meeting(writer, meeting)
    if found.when is None:
        raise InvalidInput("when", "Write when the meeting was held first.")
    if found.when.day > writer.today:
        raise InvalidInput(
            "when", "The day of the meeting has not come yet.", "Change the day if it was moved."
        )
    writer.act("The meeting was held")
    writer.set(Meeting, meeting, "state", MeetingState.HELD, parents=None)
    for participant in writer.find(Participant, where={"meeting": meeting}):
        if participant.attendance in (Attendance.INVITED, Attendance.ACCEPTED):
            writer.set(Participant, participant.id, "attendance", Attendance.CAME, parents=None)
        elif participant.attendance is Attendance.DECLINED:
            writer.set(Participant, participant.id, "attendance", Attendance.ABSENT, parents=None)


def call_off(writer: Writer, meeting: Id) -> None:
    """Call a meeting off; it stays in the list."""
    known_meeting(writer, meeting)
    writer.act("Call the meeting off")
    writer.set(Meeting, meeting, "state", MeetingState.CALLED_OFF, parents=None)


def plan_again(writer: Writer, meeting: Id) -> None:
    """Take a held or called-off meeting back among the planned ones."""
    known_meeting(writer, meeting)
    writer.act("Plan the meeting again")
    writer.set(Meeting, meeting, "state", MeetingState.PLANNED, parents=None)
