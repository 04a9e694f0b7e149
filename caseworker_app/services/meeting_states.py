"""Where a meeting stands: held, called off, or planned again."""

from __future__ import annotations

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Meeting, MeetingState, Participant
from caseworker_app.services.cases import TEXT_LENGTH, tidy
from caseworker_app.services.meeting_lines import known_meeting
from caseworker_app.services.ports import Writer


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


def call_off(writer: Writer, meeting: Id, why: str = "") -> None:
    """Call a meeting off; it stays in the list, and who is told of it is noted one by one."""
    known_meeting(writer, meeting)
    values = {"called_off_why": tidy("called_off_why", why, TEXT_LENGTH), "called_off_on": writer.today}
    writer.act("Call the meeting off")
    writer.set(Meeting, meeting, "state", MeetingState.CALLED_OFF, parents=None)
    for name, value in values.items():
        writer.set(Meeting, meeting, name, value, parents=None)


def plan_again(writer: Writer, meeting: Id) -> None:
    """Take a held or called-off meeting back among the planned ones."""
    known_meeting(writer, meeting)
    writer.act("Plan the meeting again")
    writer.set(Meeting, meeting, "state", MeetingState.PLANNED, parents=None)
