"""What else is written at the demo's meetings: a scale, the child's words, a task; the minutes approved and sent."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.gatherings import Gathering
from caseworker_app.demo.telling import edits_of
from caseworker_app.domain.meeting import Attendance, Column, Meeting, MinutesForm, form_of
from caseworker_app.domain.minutes import SentHow
from caseworker_app.services import meeting_run, meetings, minutes_versions
from caseworker_app.services.meetings import MeetingView
from caseworker_app.services.ports import Writer

QUESTIONS: Final = (
    "Hvor godt går det derhjemme om morgenen? 0 er det værste, 10 er helt som I ønsker det.",
    "Hvor trygt er det at være i skolen lige nu? 0 er slet ikke, 10 er helt trygt.",
    "Hvor sikre er vi på, at aftalerne bliver holdt? 0 er slet ikke, 10 er helt sikre.",
)
OWN_WORDS: Final = {
    ("yusuf", "-9m"): "Jeg vil gerne skrue i noget, og jeg vil ikke have, at alle spørger på én gang.",
    ("jonas", "-4m"): "Jeg vil gerne vide om søndagen, hvem der henter mig i ugen.",
    ("tobias", "-8m"): "Det er bedst, når I siger det til mig først og ikke til de andre.",
    ("noah", "-11m"): "Jeg kan godt lide, når mor læser. Så falder jeg i søvn.",
}
"""What a child said at a meeting, by the child and when it was: there it has a column of its own."""
TASKS: Final = (
    "Spis aftensmad sammen to gange om ugen, og lad telefonerne ligge i entréen.",
    "Skriv hver søndag tre ting ned, der er gået godt i ugen, og tag sedlen med næste gang.",
    "Gå en tur sammen lørdag formiddag, og lad barnet bestemme vejen.",
)
REMARK: Final = "Jeg sagde, at jeg kan hente om onsdagen, ikke om torsdagen."
_AWAY: Final = (Attendance.DECLINED, Attendance.ABSENT)


def _number(it: Gathering, of: int) -> int:
    """Return a number below ``of`` that follows from the meeting's story, and disturbs no other choice."""
    story = it.story
    return zlib.crc32(f"{story.child} {story.at} {story.start}".encode()) % of


def talk(it: Gathering) -> Act:
    """Write on the day of a meeting what was answered, what the child said, and what the family will try."""

    def write(writer: Writer) -> None:
        view = meetings.view(writer, it.meeting)
        if form_of(view.meeting) is not MinutesForm.COLUMNS:
            return
        at = _number(it, len(QUESTIONS))
        values = {"family_task": TASKS[at]}
        asked = _number(it, 5) < 3
        here = [one for one in view.participants if one.attendance not in _AWAY]
        told = OWN_WORDS.get((it.story.child, it.story.at), "")
        found = values | ({"scale_question": QUESTIONS[at]} if asked else {}) | {"child_column": bool(told)}
        meeting_run.edit(writer, it.meeting, edits_of(writer, Meeting, it.meeting, found))
        if told:
            writer.flush()
            meetings.add_point(writer, it.meeting, Column.CHILD, told)
        for number, one in enumerate(here if asked else ()):
            writer.flush()
            meeting_run.answer(writer, it.meeting, one.id, 3 + (at + 2 * number) % 6)

    return write


def finish(it: Gathering) -> Sequence[Act]:
    """Return the acts that end the minutes: most are approved and sent to all invited, some lie as a draft."""
    kind = _number(it, 6)
    if kind == 0:
        return (_sending(it, draft=True),)
    acts = [_sending(it, draft=False)]
    return (*acts, _remarking(it)) if kind == 1 else acts


def _sending(it: Gathering, *, draft: bool) -> Act:
    def send(writer: Writer) -> None:
        view = meetings.view(writer, it.meeting)
        to = [one.id for one in view.participants[:2] if draft] or [one.id for one in view.participants]
        minutes_versions.send(writer, it.meeting, to, writer.today, SentHow.DIGITAL_POST, draft=draft)

    return send


def _remarking(it: Gathering) -> Act:
    def remark(writer: Writer) -> None:
        name = _parent(meetings.view(writer, it.meeting))
        if name:
            minutes_versions.add(writer, it.meeting, name, writer.today, REMARK)

    return remark


def _parent(view: MeetingView) -> str:
    return next((one.name for one in view.participants if one.audience == "parent"), "")
