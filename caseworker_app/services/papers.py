"""Which papers a meeting gives, the facts of each, and the log of what left the printer."""

from __future__ import annotations

import hashlib
from typing import Protocol

from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import initials
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Audience, Column, MeetingKind, Participant
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import (
    Agreed,
    CalendarFacts,
    InvitationFacts,
    Made,
    MinutesFacts,
    Paper,
    PaperJob,
    Present,
    Reader as CopyReader,
    Sender,
    number_on_copy,
)
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.i18n import load
from caseworker_app.services import meetings, office
from caseworker_app.services.ports import Access, Reader, Writer


_TITLES = {
    MeetingKind.INVOLVING: "Inddragende netværksmøde",
    MeetingKind.NETWORK: "Netværksmøde",
}
"""Danish: a calendar entry is read by whoever is invited, whatever language the screen has."""


class PaperMaker(Protocol):
    """Makes papers, in the worker process."""

    def make(self, job: PaperJob) -> Made:
        """Return the paper's bytes. Raises :class:`UserError` when a template cannot be used."""


def sender(reader: Reader) -> Sender:
    """Return whose letters these are."""
    house = office.house(reader)
    of, worker = house.office, house.worker
    return Sender(
        of.municipality,
        of.department,
        of.address,
        of.phone,
        of.email,
        of.logo,
        of.signature_line,
        worker.name,
        worker.title,
        worker.phone,
    )


def _function(participant: Participant, people: dict[Id, Person], child: str) -> str:
    """Return what somebody is, in Danish: the letter's language, whatever the screen's is."""
    if participant.audience is Audience.CHILD:
        return ""
    if participant.function:
        return participant.function
    person = people.get(participant.person or b"")
    return "" if person is None else load("da").gettext(ROLE_LABELS[person.role]).lower()


def _present(view: meetings.MeetingView, chosen: list[Participant]) -> tuple[Present, ...]:
    people = {person.id: person for person in view.people}
    return tuple(
        Present(p.name, _function(p, people, view.case.first_name), p.audience is Audience.CHILD)
        for p in chosen
    )


def _copy_reader(reader: Reader, view: meetings.MeetingView, participant: Participant) -> CopyReader:
    """Return for whom the copy is; a child is written to where she lives."""
    case = view.case
    if participant.audience is Audience.CHILD:
        age = None if case.born is None or case.born > reader.today else age_on(case.born, reader.today)
        lines = case.address.lines() if case.address else ()
        return CopyReader(
            participant.name,
            Audience.CHILD,
            lines,
            age,
            case.interpreter,
            case.language,
            case.support_person,
            case.address_protected,
        )
    person = next((p for p in view.people if p.id == participant.person), None)
    if person is None:
        return CopyReader(participant.name, participant.audience)
    return CopyReader(
        participant.name,
        participant.audience,
        person.address.lines() if person.address else (),
        None,
        person.interpreter,
        person.language,
        person.support_person,
        person.address_protected,
    )


def invitations(reader: Reader, meeting: Id) -> list[PaperJob]:
    """Return one invitation per participant. Raises :class:`UserError` saying what is still missing."""
    view = meetings.view(reader, meeting)
    when = view.meeting.when
    if view.missing or when is None:
        raise UserError("The invitation still lacks: {words}.", words=view.missing)
    everybody = _present(view, list(view.participants))
    own = office.own_templates(reader)
    return [
        PaperJob(
            Paper.INVITATION,
            InvitationFacts(
                sender=sender(reader),
                reader=_copy_reader(reader, view, participant),
                child=view.case.first_name or view.case.unborn_of,
                kind=view.meeting.kind,
                purpose=view.meeting.purpose,
                when=when,
                place=view.meeting.place,
                participants=everybody,
                chair=view.meeting.chair,
                chair_function=view.meeting.chair_function,
                course=view.meeting.course,
                contact_name=view.meeting.contact_name,
                contact_phone=view.meeting.contact_phone,
                dated=reader.today,
            ),
            f"invitation-{number}.pdf",
            participant.name,
            meeting,
            own,
        )
        for number, participant in enumerate(view.participants, start=1)
    ]


def minutes(reader: Reader, meeting: Id) -> list[PaperJob]:
    """Return the copy for the file and one per participant, each holding only what its reader may see."""
    view = meetings.view(reader, meeting)
    if view.meeting.when is None:
        raise UserError("The minutes need the day and time of the meeting.")
    copies: list[Participant | None] = [None, *view.participants]
    own = office.own_templates(reader)
    return [
        PaperJob(
            Paper.MINUTES,
            _minutes_facts(reader, view, participant),
            "minutes-file.pdf" if participant is None else f"minutes-{number}.pdf",
            "" if participant is None else participant.name,
            meeting,
            own,
        )
        for number, participant in enumerate(copies)
    ]


def _minutes_facts(
    reader: Reader, view: meetings.MeetingView, participant: Participant | None
) -> MinutesFacts:
    meeting, case = view.meeting, view.case
    assert meeting.when is not None
    away = (Attendance.DECLINED, Attendance.ABSENT)
    return MinutesFacts(
        sender=sender(reader),
        reader=None if participant is None else _copy_reader(reader, view, participant),
        child=case.first_name or case.unborn_of,
        child_full_name=case.child_name or case.unborn_of,
        number=_formatted(case) if number_on_copy(case, participant) else "",
        kind=meeting.kind,
        purpose=meeting.purpose,
        when=meeting.when,
        place=meeting.place,
        came=_present(view, [p for p in view.participants if p.attendance not in away]),
        stayed_away=_present(view, [p for p in view.participants if p.attendance in away]),
        minutes_taker=meeting.minutes_taker,
        contact_name=meeting.contact_name,
        contact_phone=meeting.contact_phone,
        worries=tuple(_line(p.text, p.said_by) for p in view.points[Column.WORRIES]),
        works=tuple(_line(p.text, p.said_by) for p in view.points[Column.WORKS]),
        wishes=tuple(_line(p.text, p.said_by) for p in view.points[Column.WISHES]),
        agreements=tuple(Agreed(a.what, a.who, a.due, a.reason) for a in view.agreements),
        summary=meeting.summary,
        dated=reader.today,
    )


def _formatted(case: Case) -> str:
    return f"{case.person_number[:6]}-{case.person_number[6:]}"


def _line(text: str, said_by: str) -> str:
    return f"{text} ({said_by})" if said_by else text


def calendar(reader: Reader, meeting: Id) -> PaperJob:
    """Return the meeting for a calendar: initials and place, no name and no number."""
    view = meetings.view(reader, meeting)
    if view.meeting.when is None:
        raise UserError("The meeting has no day and time yet.")
    title = _TITLES[view.meeting.kind]
    name = initials(view.case.child_name or view.case.unborn_of)
    facts = CalendarFacts(
        uid=meeting.hex(),
        when=view.meeting.when,
        place=view.meeting.place,
        title=f"{title} {name}".strip(),
        stamp=reader.now.replace(microsecond=0),
    )
    return PaperJob(Paper.CALENDAR, facts, "meeting.ics", "", meeting)


def record_print(writer: Writer, job: PaperJob, data: bytes, how: Access = Access.PRINT) -> None:
    """Write that a copy left the house: in the case's log for everyone, and in the access log."""
    about = job.about
    if about is None:
        return
    stream = meetings.stream_of(writer, about)
    writer.act("Print" if how is Access.PRINT else "Save a copy", final=True)
    writer.create(
        Print(
            id=writer.new_id(),
            stream=stream,
            about=about,
            document=job.kind.value,
            recipient=job.recipient,
            printed_at=writer.now.replace(microsecond=0),
            sha256=hashlib.sha256(data).hexdigest(),
        )
    )
    writer.log_access(how, "meeting", about, job.kind.value)


def printed(reader: Reader, about: Id) -> list[Print]:
    """Return the copies made of a record, latest first."""
    return list(reversed(reader.find(Print, where={"about": about})))
