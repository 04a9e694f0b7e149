"""Network meetings: planning, inviting, holding. Who is invited and what is written at
them is in :mod:`.participants` and :mod:`.meeting_lines`, and reached from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.agenda import AgendaPoint
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.meeting import (
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
from caseworker_app.services.meeting_states import call_off, hold, plan_again
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

if TYPE_CHECKING:
    from caseworker_app.domain.meeting_kinds import MeetingKinds, MeetingSort

__all__ = [
    "MeetingRow",
    "MeetingView",
    "OpenMeeting",
    "add_agreement",
    "add_point",
    "all_meetings",
    "audience_of",
    "call_off",
    "case_of",
    "change_kind",
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

_SHORT = (
    "place", "chair", "chair_function", "contact_name", "contact_phone", "minutes_taker", "called", "time_agreed",
    "caller_name",
)  # fmt: skip
_LONG = ("purpose", "course", "summary", "tried", "background", "papers", "called_off_why")


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting opened, with everything its page and its papers need."""

    case: Case
    meeting: Meeting
    participants: tuple[Participant, ...]
    points: Mapping[Column, tuple[MeetingPoint, ...]]
    agreements: tuple[Agreement, ...]
    people: tuple[Person, ...]
    wanted: tuple[AgendaPoint, ...] = ()

    @property
    def about_child(self) -> bool:
        """Whether it is about a child; a meeting of the staff has an empty case."""
        return self.case.id != NO_ID

    @property
    def invited_to(self) -> bool:
        """Whether somebody else called it: the invitations are theirs."""
        return self.meeting.caller is not None

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
    case = case_of(reader, found)
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
        tuple(people_of(reader, found.stream)) if case.id != NO_ID else (),
        tuple(_ordered(reader.find(AgendaPoint, where={"meeting": meeting}))),
    )


def case_of(reader: Reader, meeting: Meeting) -> Case:
    """Return whose meeting it is; an empty case without an id for a meeting about no child."""
    found = reader.find(Case, stream=meeting.stream, cancelled=True)
    return found[0] if found else Case(stream=meeting.stream)


def opened(reader: Reader, meeting: Id) -> OpenMeeting:
    """Return a meeting with the fields of all that is edited on its page. Raises ``KeyError`` when there is none."""
    found = view(reader, meeting)
    points = [point for column in found.points.values() for point in column]
    things: list[Entity] = [
        found.meeting, *found.participants, *points, *found.agreements, *found.wanted,
    ]  # fmt: skip
    return OpenMeeting(found, {thing.id: reader.fields(type(thing), thing.id) for thing in things})


def _ordered(things: Iterable[Any]) -> list[Any]:
    return sorted(things, key=lambda thing: (thing.order, thing.id))


def all_meetings(reader: Reader) -> list[MeetingRow]:
    """Return every meeting: the planned ones to come first in their order, then the others, latest first."""
    cases = {case.stream: case for case in reader.find(Case, cancelled=True)}
    rows = [MeetingRow(m, cases.get(m.stream) or Case(stream=m.stream)) for m in reader.find(Meeting)]

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


def plan(writer: Writer, case: Id | None, values: Mapping[str, Any], kind: MeetingSort | None = None) -> Id:
    """Plan a meeting; the worker herself stands as chair, minutes taker and contact until somebody else is written.

    ``kind`` is what the catalogue says of it; without ``case`` it is about no child and lies in the worker's own log.
    """
    worker = office.house(writer).worker
    stream = worker.stream
    if case is not None:
        found = writer.get(Case, case)
        if found is None:
            raise KeyError("no such case")
        stream = found.stream
    checked: dict[str, Any] = {
        "kind": MeetingKind.INVOLVING.value,
        "chair": worker.name,
        "chair_function": worker.title,
        "contact_name": worker.name,
        "contact_phone": worker.phone,
        "minutes_taker": worker.name,
        **_of_kind(kind),
        **values,
    }
    _check(checked)
    meeting = writer.new_id()
    writer.act("Plan a meeting")
    writer.create(Meeting(id=meeting, stream=stream, **checked))
    return meeting


def _of_kind(kind: MeetingSort | None) -> dict[str, Any]:
    """Return what a meeting keeps of its kind, so that it stays what it was when the catalogue changes."""
    if kind is None:
        return {}
    return {
        "kind": kind.id, "called": kind.called, "form": kind.form, "agenda": kind.agenda, "letter": kind.letter,
    }  # fmt: skip


def change_kind(writer: Writer, meeting: Id, kind: MeetingSort) -> None:
    """Make a meeting one of another kind, with its agenda, letter and form of minutes."""
    now = known_meeting(writer, meeting)
    writer.act("Change the kind of meeting")
    for name, value in _of_kind(kind).items():
        if getattr(now, name) != value:
            writer.set(Meeting, meeting, name, value, parents=None)


def edit(writer: Writer, meeting: Id, edits: Mapping[str, Edit], kinds: MeetingKinds | None = None) -> None:
    """Change the plan; with ``kinds`` another kind brings its agenda, its letter and its form of minutes along.

    Raises :class:`InvalidInput` for an end before the start.
    """
    values = {name: e.value for name, e in edits.items()}
    _check(values)
    if kinds is not None and "kind" in values:
        change_kind(writer, meeting, kinds.get(values["kind"]))
    writer.act("Change the meeting")
    apply_edits(writer, Meeting, meeting, {n: Edit(v, edits[n].parents) for n, v in values.items()})


def remove(writer: Writer, cls: type[Entity], thing: Id) -> None:
    """Take back a participant, a point or an agreement."""
    labels: dict[type[Entity], str] = {
        Participant: "Take back an invitation",
        MeetingPoint: "Take back a point",
        Agreement: "Take back an agreement",
        AgendaPoint: "Take back a point of the agenda",
    }
    writer.act(labels[cls])
    writer.cancel(cls, thing)
