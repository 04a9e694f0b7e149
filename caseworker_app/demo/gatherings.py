"""A family's meetings as they went: planned, invited to, answered, held or called off, written up and sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.families import CHILD, MeetingStory, values_of
from caseworker_app.demo.telling import Known, edits_of
from caseworker_app.demo.when import shift
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import (
    Attendance,
    Audience,
    Column,
    Meeting,
    MeetingPoint,
    Participant,
    TimeSpan,
)
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import meetings, papers
from caseworker_app.services.ports import Reader, Writer

COURSES: Final = """
Vi begynder med en runde, hvor alle siger, hvem de er. Så taler vi om bekymringer, om det, der fungerer, og om det, \
vi gerne vil se ske. Til sidst laver vi aftaler.
Alle kommer til orde efter tur. Vi skriver op på tavlen i tre kolonner og slutter med at aftale, hvem der gør hvad \
og hvornår. Vi holder en lille pause undervejs.
Vi tager udgangspunkt i det, der allerede fungerer. Derefter ser vi på bekymringerne og bliver enige om de næste \
skridt. Alle får referatet bagefter.
Barnet eller den unge taler først, hvis hun eller han har lyst. Vi bruger almindelige ord, og man må altid spørge. \
Vi slutter til tiden med aftalerne læst højt.
""".strip().splitlines()
"""How a meeting will run, in the words of its invitation."""
_COLUMNS: Final = ((Column.WORRIES, "worries"), (Column.WORKS, "works"), (Column.WISHES, "wishes"))
_ANSWERS: Final = 0.75
"""The part of those invited who answer before the day."""
_MOVED: Final = 0.15
"""The part of meetings that were planned for another day first."""
_CORRECTED: Final = 0.4
"""The part of lines that were put right the next day."""


_RECENT: Final = dt.timedelta(days=60)
"""What lies nearer is not moved out of the summer: the demo must look alive in July too."""
_APPROVING: Final = dt.timedelta(days=10)
"""How long after a meeting its minutes are approved: what was put right is put right by then."""
_WRITING_UP: Final = dt.timedelta(days=14)
"""How long before its case is closed a meeting must have been held."""


@dataclass
class Gathering:
    """One meeting while it is told."""

    known: Known
    story: MeetingStory
    day: dt.date
    planned: dt.date
    meeting: Id = b""
    guests: dict[str, Id] = field(default_factory=dict)
    unfinished: list[tuple[Id, str]] = field(default_factory=list)

    @property
    def ahead(self) -> bool:
        """Whether the meeting is still to come."""
        return self.day >= self.known.days.today

    def hours(self, day: dt.date) -> TimeSpan:
        """Return the meeting's hours on a day."""
        hour, minute = (int(part) for part in self.story.start.split("."))
        start = dt.datetime.combine(day, dt.time(hour, minute))
        return TimeSpan(day, start.time(), (start + dt.timedelta(minutes=self.story.minutes)).time())

    def lay(self, day: dt.date, *acts: Act, earliest: int = 8 * 60 + 10) -> None:
        """Lay acts on a working day."""
        known = self.known
        known.agenda.add(known.days.some_moment(known.days.past(day), known.rng, earliest), *acts)


def gather(known: Known) -> None:
    """Lay the family's meetings on the agenda."""
    for story in known.family.meetings:
        _tell(_gathering(known, story))


def _gathering(known: Known, story: MeetingStory) -> Gathering:
    child, days = known.child(story.child), known.days
    day = known.on(story.at)
    ends = known.on(child.closed) if child.closed else days.today
    if day < days.today - _RECENT and days.out_of_summer(day) < ends - _WRITING_UP:
        day = days.out_of_summer(day)
    lead = dt.timedelta(days=known.rng.randrange(18, 33))
    everybody_known = days.forward(known.opened(child) + dt.timedelta(days=6))
    earliest = days.past(everybody_known + dt.timedelta(days=1))
    soon = days.back(days.yesterday - dt.timedelta(days=known.rng.randrange(6)))
    planned = days.forward(max(min(day - lead, soon), earliest))
    return Gathering(known, story, day, planned)


def _tell(it: Gathering) -> None:
    rng, story = it.known.rng, it.story
    moved = not it.ahead and not story.called_off and rng.random() < _MOVED
    first = it.known.days.back(it.day - dt.timedelta(days=rng.randrange(2, 7))) if moved else it.day
    it.lay(it.planned, _planning(it, first), _inviting(it))
    invited = it.known.days.past(it.planned + dt.timedelta(days=rng.randrange(1, 3)))
    if not it.ahead or it.day - it.known.days.today < dt.timedelta(days=20):
        it.lay(invited, _printing(it, papers.invitations))
    if first != it.day:
        it.lay(invited + dt.timedelta(days=1), _moving(it))
    _tell_answers(it, invited + dt.timedelta(days=1))
    if story.called_off:
        it.lay(it.known.days.back(it.day - dt.timedelta(days=1)), lambda w: meetings.call_off(w, it.meeting))
    elif not it.ahead:
        _tell_day(it)


def _planning(it: Gathering, day: dt.date) -> Act:
    values: dict[str, Any] = {
        "course": it.known.rng.choice(COURSES),
        **values_of(Meeting, it.story.plain),
        "when": it.hours(day),
    }

    def plan(writer: Writer) -> None:
        it.meeting = meetings.plan(writer, it.known.cases[it.story.child], values)

    return plan


def _inviting(it: Gathering) -> Act:
    def invite(writer: Writer) -> None:
        if CHILD in it.story.invited:
            it.guests[CHILD] = meetings.invite_child(writer, it.meeting)
            writer.flush()
        keys = [key for key in it.story.invited if key != CHILD]
        cards = [it.known.cards[key, it.story.child] for key in keys]
        it.guests |= dict(zip(keys, meetings.invite(writer, it.meeting, cards), strict=True))
        for name, function, audience in it.story.typed:
            writer.flush()
            it.guests[name] = meetings.invite_name(writer, it.meeting, name, function, Audience(audience))

    return invite


def _printing(it: Gathering, make: Callable[[Reader, Id], Sequence[PaperJob]]) -> Act:
    """Log a copy for each reader. The hash is of the copy's name: nothing left a printer here."""

    def log(writer: Writer) -> None:
        for job in make(writer, it.meeting):
            papers.record_print(writer, job, f"{job.file_name} {job.recipient}".encode())
            writer.flush()

    return log


def _moving(it: Gathering) -> Act:
    def move(writer: Writer) -> None:
        found = {"when": it.hours(it.day)}
        meetings.edit(writer, it.meeting, edits_of(writer, Meeting, it.meeting, found))

    return move


def _tell_answers(it: Gathering, earliest: dt.date) -> None:
    """Lay the answers of those who answered; those who cannot come do not all say so."""
    rng = it.known.rng
    until = min(it.day - dt.timedelta(days=1), it.known.days.yesterday)
    room = (until - earliest).days
    names = [name for name in it.story.invited if name != CHILD] + [name for name, *_ in it.story.typed]
    for name in names:
        if room < 1 or rng.random() > _ANSWERS:
            continue
        answer = Attendance.DECLINED if name in it.story.absent else Attendance.ACCEPTED
        day = it.known.days.forward(earliest + dt.timedelta(days=rng.randrange(room)))
        if day < it.day:
            it.lay(day, _answering(it, name, answer))


def _answering(it: Gathering, name: str, attendance: Attendance) -> Act:
    return lambda writer: meetings.set_attendance(writer, it.guests[name], attendance)


def _tell_day(it: Gathering) -> None:
    """Lay the meeting itself, what was put right the day after, and the copies that were sent."""
    hours, rng = it.hours(it.day), it.known.rng
    ended = hours.end.hour * 60 + hours.end.minute + 10
    if ended < 15 * 60:
        it.lay(it.day, _holding(it), earliest=ended)
        after = it.day + dt.timedelta(days=1)
    else:
        after = it.known.days.forward(it.day + dt.timedelta(days=1))
        it.lay(after, _holding(it))
    from caseworker_app.demo import talking

    mended = it.known.days.past(after + dt.timedelta(days=1))
    it.lay(mended, _correcting(it), talking.talk(it))
    if it.story.number_to:
        it.lay(mended, *(_numbering(it, name) for name in it.story.number_to))
    it.lay(after + dt.timedelta(days=rng.randrange(2, 6)), _printing(it, papers.minutes))
    approved = it.known.days.forward(max(after + _APPROVING, mended + dt.timedelta(days=1)))
    if approved < it.known.days.yesterday:
        it.lay(approved, *talking.finish(it))


def _holding(it: Gathering) -> Act:
    corrected = it.known.rng.random() < _CORRECTED

    def hold(writer: Writer) -> None:
        for name in it.story.absent:
            meetings.set_attendance(writer, it.guests[name], Attendance.ABSENT)
            writer.flush()
        for column, words in _COLUMNS:
            for text, *said_by in getattr(it.story, words):
                written = text.rstrip(".") if corrected else text
                point = meetings.add_point(writer, it.meeting, column, written, *said_by)
                writer.flush()
                if written != text:
                    it.unfinished.append((point, text))
        for what, who, due, *reason in it.story.agreements:
            values = {"what": what, "who": who, "due": _due(it, due), "reason": "".join(reason)}
            meetings.add_agreement(writer, it.meeting, values)
            writer.flush()
        meetings.hold(writer, it.meeting)

    return hold


def _due(it: Gathering, span: str) -> dt.date:
    return it.known.days.forward(shift(it.day, span))


def _correcting(it: Gathering) -> Act:
    """Put right what was written in haste, and write the summary."""

    def correct(writer: Writer) -> None:
        for point, text in it.unfinished:
            meetings.edit_point(writer, point, edits_of(writer, MeetingPoint, point, {"text": text}))
            writer.flush()
        if it.story.summary:
            summary = {"summary": it.story.summary}
            meetings.edit(writer, it.meeting, edits_of(writer, Meeting, it.meeting, summary))

    return correct


def _numbering(it: Gathering, name: str) -> Act:
    def number(writer: Writer) -> None:
        guest = it.guests[name]
        chosen = edits_of(writer, Participant, guest, {"number_on_minutes": True})
        meetings.edit_participant(writer, guest, chosen)

    return number
