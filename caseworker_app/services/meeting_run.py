"""A meeting while it is held, looked at together: only what is said here, and what is written of it.

What the large view is given is made anew from an allow-list, as Familievisning's map is: no number, no address, no card
of the case, nothing of another meeting. So the same view can be shown in both windows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.heads import Field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Meeting, MeetingPoint, Participant
from caseworker_app.domain.meeting_run import HIGHEST, LOWEST, ScaleAnswer
from caseworker_app.domain.order import key_after
from caseworker_app.services import meetings, minutes_signed, papers
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.meeting_lines import known_meeting, last_order
from caseworker_app.services.meetings import MeetingView, OpenMeeting
from caseworker_app.services.ports import Reader, Writer

WRITTEN = ("purpose", "summary", "family_task", "scale_question", "child_column", "warn_minutes")
"""What of the meeting itself is written while it is held."""
_LINES = {MeetingPoint: ("text", "said_by"), Agreement: ("what", "who", "due", "reason")}
_LONG = ("purpose", "summary", "family_task")
_AWAY = (Attendance.DECLINED, Attendance.ABSENT)
_LONGEST_WARNING = 240


@dataclass(frozen=True, slots=True)
class RunModel:
    """The meeting as those who are there see it: ``opened`` holds what is said here and nothing else.

    ``here`` are the participants who are there, ``answers`` those to the scaling question, ``signed`` says that nothing
    can be written in it any more; ``now`` is the store's moment and ``today`` its day.
    """

    opened: OpenMeeting
    here: tuple[Participant, ...]
    answers: tuple[ScaleAnswer, ...]
    signed: bool
    now: dt.datetime
    today: dt.date


def said_here(reader: Reader, meeting: Id) -> RunModel:
    """Return what is said at a meeting. Raises ``KeyError`` when there is none."""
    whole = meetings.view(reader, meeting)
    case, plan = whole.case, whole.meeting
    names = papers.recipients(whole)
    participants = tuple(
        Participant(
            id=one.id,
            stream=one.stream,
            meeting=meeting,
            name=name,
            attendance=one.attendance,
            order=one.order,
        )
        for one, name in zip(whole.participants, names, strict=True)
    )
    view = MeetingView(
        Case(id=case.id, stream=case.stream, child_name=case.first_name or case.unborn_of),
        Meeting(
            id=plan.id, stream=plan.stream, kind=plan.kind, called=plan.called, form=plan.form, when=plan.when,
            course=plan.course, state=plan.state, **{name: getattr(plan, name) for name in WRITTEN},
        ),
        participants,
        {
            column: tuple(
                MeetingPoint(id=p.id, stream=p.stream, meeting=meeting, column=column, order=p.order, **_of(p))
                for p in points
            )
            for column, points in whole.points.items()
        },
        tuple(
            Agreement(id=a.id, stream=a.stream, meeting=meeting, order=a.order, **_of(a)) for a in whole.agreements
        ),
        (),
    )  # fmt: skip
    answers = sorted(
        reader.find(ScaleAnswer, where={"meeting": meeting}), key=lambda one: (one.order, one.id)
    )
    return RunModel(
        OpenMeeting(view, _fields(reader, view)),
        tuple(one for one in participants if one.attendance not in _AWAY),
        tuple(answers),
        minutes_signed.signed(reader, meeting) is not None,
        reader.now,
        reader.today,
    )


def _of(line: MeetingPoint | Agreement) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _LINES[type(line)]}


def _fields(reader: Reader, view: MeetingView) -> Mapping[Id, Mapping[str, Field[Any]]]:
    """Return the fields that are written in the view, with their heads."""
    lines: list[MeetingPoint | Agreement] = [p for points in view.points.values() for p in points]
    lines += view.agreements
    of_meeting = reader.fields(Meeting, view.meeting.id)
    shown = {view.meeting.id: {name: of_meeting[name] for name in WRITTEN}}
    for line in lines:
        fields = reader.fields(type(line), line.id)
        shown[line.id] = {name: fields[name] for name in _LINES[type(line)]}
    return shown


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written of the meeting itself, tidied. Raises :class:`InvalidInput`; asks the store for nothing."""
    tidied = dict(values)
    for name, value in values.items():
        if name not in WRITTEN:
            raise InvalidInput(name, "This is not written while the meeting is held.")
        if type(value) is str:
            tidied[name] = tidy(name, value, TEXT_LENGTH if name in _LONG else NAME_LENGTH)
    warn = tidied.get("warn_minutes")
    if warn is not None and not 0 <= warn <= _LONGEST_WARNING:
        raise InvalidInput("warn_minutes", "Write a number of minutes from 0 to 240.")
    return tidied


def edit(writer: Writer, meeting: Id, edits: Mapping[str, Edit]) -> None:
    """Write in the meeting itself while it is held. Raises :class:`InvalidInput`, and when the minutes are signed."""
    values = checked({name: edit.value for name, edit in edits.items()})
    known_meeting(writer, meeting)
    minutes_signed.refuse_signed(writer, meeting)
    writer.act("Write at the meeting")
    apply_edits(writer, Meeting, meeting, {n: replace(edits[n], value=v) for n, v in values.items()})


def answer(writer: Writer, meeting: Id, participant: Id, value: int) -> Id:
    """Note what a participant answered on the scale; who answers again has the new answer. Raises
    :class:`InvalidInput` for a number that is not on it."""
    found = known_meeting(writer, meeting)
    if not LOWEST <= value <= HIGHEST:
        raise InvalidInput("value", "The scale goes from 0 to 10.")
    minutes_signed.refuse_signed(writer, meeting)
    view = meetings.view(writer, meeting)
    names = dict(zip((p.id for p in view.participants), papers.recipients(view), strict=True))
    if participant not in names:
        raise InvalidInput("who", "Choose somebody who is at the meeting.")
    writer.act("Note an answer on the scale")
    for before in writer.find(ScaleAnswer, where={"meeting": meeting, "participant": participant}):
        writer.set(ScaleAnswer, before.id, "value", value, parents=None)
        return before.id
    made = ScaleAnswer(
        id=writer.new_id(),
        stream=found.stream,
        meeting=meeting,
        who=names[participant],
        participant=participant,
        value=value,
        order=key_after(last_order(writer, ScaleAnswer, meeting)),
    )
    writer.create(made)
    return made.id


def take_back_answer(writer: Writer, answer_id: Id) -> None:
    """Take back an answer on the scale."""
    found = writer.get(ScaleAnswer, answer_id)
    if found is None or found.meeting is None:
        raise KeyError("no such answer")
    minutes_signed.refuse_signed(writer, found.meeting)
    writer.act("Take back an answer on the scale")
    writer.cancel(ScaleAnswer, answer_id)
