"""Network meetings: planning, inviting, holding, agreeing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import (
    Agreement,
    Attendance,
    Audience,
    Column,
    Meeting,
    MeetingKind,
    MeetingPoint,
    MeetingState,
    Participant,
    TimeSpan,
)
from caseworker_app.domain.order import key_after
from caseworker_app.domain.person import PARENTS, ROLE_LABELS, Person
from caseworker_app.services import office
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, people_of, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer

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
            (not self.meeting.purpose, "why you meet"),
            (self.meeting.when is None, "day and time"),
            (not self.meeting.place, "the place"),
            (not self.participants, "at least one participant"),
        )
        return tuple(word for missing, word in lacking if missing)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list across cases."""

    meeting: Meeting
    case: Case


def view(reader: Reader, meeting: Id) -> MeetingView:
    """Return a meeting. Raises ``KeyError`` when there is none."""
    found = _known(reader, meeting)
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


def _known(reader: Reader, meeting: Id) -> Meeting:
    found = reader.get(Meeting, meeting)
    if found is None:
        raise KeyError("no such meeting")
    return found


def stream_of(reader: Reader, meeting: Id) -> Id:
    """Return the case's log that holds a meeting."""
    return _known(reader, meeting).stream


def _check(values: dict[str, Any]) -> None:
    for name in _SHORT:
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    for name in _LONG:
        if name in values:
            values[name] = tidy(name, str(values[name]), TEXT_LENGTH)
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
        "kind": MeetingKind.INVOLVING,
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


def audience_of(person: Person) -> Audience:
    """Return how a letter speaks to a person of the case."""
    if person.role in PARENTS or person.has_custody:
        return Audience.PARENT
    return Audience.NETWORK if person.private else Audience.PROFESSIONAL


def role_words(person: Person) -> tuple[str, bool]:
    """Return what a person is to the child, and whether the words are a msgid (``True``) or the user's own."""
    own = person.role_words if person.private else (person.function or person.role_words)
    return (own, False) if own else (ROLE_LABELS[person.role], True)


def invite_child(writer: Writer, meeting: Id) -> Id:
    """Invite the child itself. Raises :class:`InvalidInput` for a child not born yet."""
    found = _known(writer, meeting)
    case = writer.find(Case, stream=found.stream)[0]
    if case.unborn:
        raise InvalidInput("name", "The child is not born yet.")
    return _invite(writer, found, case.child_name, "", Audience.CHILD, None)


def invite(writer: Writer, meeting: Id, people: Iterable[Id]) -> list[Id]:
    """Invite people of the case, each once; return the new participants."""
    found = _known(writer, meeting)
    invited = {p.person for p in writer.find(Participant, where={"meeting": meeting})}
    last = _last_order(writer, Participant, meeting)
    made = []
    writer.act("Invite to the meeting")
    for one in people:
        person = writer.get(Person, one)
        if person is None or one in invited:
            continue
        last = key_after(last)
        words, is_msgid = role_words(person)
        participant = Participant(
            id=writer.new_id(),
            stream=found.stream,
            meeting=meeting,
            person=one,
            name=person.name,
            function="" if is_msgid else words,
            audience=audience_of(person),
            order=last,
        )
        writer.create(participant)
        made.append(participant.id)
    return made


def invite_name(writer: Writer, meeting: Id, name: str, function: str, audience: Audience) -> Id:
    """Invite somebody who is not on the case, by name as typed."""
    clean = tidy("name", name, NAME_LENGTH)
    if not clean:
        raise InvalidInput("name", "Write the name of whom you invite.")
    return _invite(
        writer, _known(writer, meeting), clean, tidy("function", function, NAME_LENGTH), audience, None
    )


def _invite(
    writer: Writer, meeting: Meeting, name: str, function: str, audience: Audience, person: Id | None
) -> Id:
    participant = Participant(
        id=writer.new_id(),
        stream=meeting.stream,
        meeting=meeting.id,
        person=person,
        name=name,
        function=function,
        audience=audience,
        order=key_after(_last_order(writer, Participant, meeting.id)),
    )
    writer.act("Invite to the meeting")
    writer.create(participant)
    return participant.id


def _last_order(reader: Reader, cls: type[Any], meeting: Id) -> str:
    return max(
        (thing.order for thing in reader.find(cls, where={"meeting": meeting}, cancelled=True)), default=""
    )


def edit_participant(writer: Writer, participant: Id, edits: Mapping[str, Edit]) -> None:
    """Change a participant; only a professional's copy of the minutes may carry the cpr. nr."""
    now = writer.get(Participant, participant)
    if now is None:
        raise KeyError("no such participant")
    audience = edits["audience"].value if "audience" in edits else now.audience
    number = edits["number_on_minutes"].value if "number_on_minutes" in edits else now.number_on_minutes
    if number and audience is not Audience.PROFESSIONAL:
        raise InvalidInput(
            "number_on_minutes", "The CPR number never stands on a copy to the family or the network."
        )
    writer.act("Change a participant")
    apply_edits(writer, Participant, participant, edits)


def set_attendance(writer: Writer, participant: Id, attendance: Attendance) -> None:
    """Note an answer, or who came."""
    writer.act("Note who came" if attendance in (Attendance.CAME, Attendance.ABSENT) else "Note an answer")
    writer.set(Participant, participant, "attendance", attendance, parents=None)


def add_point(writer: Writer, meeting: Id, column: Column, text: str, said_by: str = "") -> Id:
    """Write a line in a column. Raises :class:`InvalidInput` for an empty one."""
    found = _known(writer, meeting)
    clean = tidy("text", text, TEXT_LENGTH)
    if not clean:
        raise InvalidInput("text", "Write something first.")
    point = MeetingPoint(
        id=writer.new_id(),
        stream=found.stream,
        meeting=meeting,
        column=column,
        text=clean,
        said_by=tidy("said_by", said_by, NAME_LENGTH),
        order=key_after(_last_order(writer, MeetingPoint, meeting)),
    )
    writer.act("Write a point")
    writer.create(point)
    return point.id


def edit_point(writer: Writer, point: Id, edits: Mapping[str, Edit]) -> None:
    """Change a line; emptied, it is taken back."""
    _edit_line(writer, MeetingPoint, point, edits, "text", "Change a point")


def add_agreement(writer: Writer, meeting: Id, values: Mapping[str, Any]) -> Id:
    """Write an agreement: what, who, when. Raises :class:`InvalidInput` when it says nothing."""
    found = _known(writer, meeting)
    checked: dict[str, Any] = {
        name: tidy(name, v, TEXT_LENGTH) if isinstance(v, str) else v for name, v in values.items()
    }
    if not checked.get("what"):
        raise InvalidInput("what", "Write what was agreed.")
    agreement = Agreement(
        id=writer.new_id(),
        stream=found.stream,
        meeting=meeting,
        order=key_after(_last_order(writer, Agreement, meeting)),
        **checked,
    )
    writer.act("Write an agreement")
    writer.create(agreement)
    return agreement.id


def edit_agreement(writer: Writer, agreement: Id, edits: Mapping[str, Edit]) -> None:
    """Change an agreement; with ``what`` emptied it is taken back."""
    _edit_line(writer, Agreement, agreement, edits, "what", "Change an agreement")


def _edit_line(
    writer: Writer, cls: type[Entity], line: Id, edits: Mapping[str, Edit], main: str, label: str
) -> None:
    checked = {
        name: Edit(tidy(name, e.value, TEXT_LENGTH) if isinstance(e.value, str) else e.value, e.parents)
        for name, e in edits.items()
    }
    writer.act(label)
    if main in checked and not checked[main].value:
        writer.cancel(cls, line)
    else:
        apply_edits(writer, cls, line, checked)


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
    found = _known(writer, meeting)
    if found.when is None:
        raise InvalidInput("when", "Write when the meeting was held first.")
    writer.act("The meeting was held")
    writer.set(Meeting, meeting, "state", MeetingState.HELD, parents=None)
    for participant in writer.find(Participant, where={"meeting": meeting}):
        if participant.attendance in (Attendance.INVITED, Attendance.ACCEPTED):
            writer.set(Participant, participant.id, "attendance", Attendance.CAME, parents=None)
        elif participant.attendance is Attendance.DECLINED:
            writer.set(Participant, participant.id, "attendance", Attendance.ABSENT, parents=None)


def call_off(writer: Writer, meeting: Id) -> None:
    """Call a meeting off; it stays in the list."""
    _known(writer, meeting)
    writer.act("Call the meeting off")
    writer.set(Meeting, meeting, "state", MeetingState.CALLED_OFF, parents=None)
