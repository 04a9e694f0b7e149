"""Which papers a meeting gives, the facts of each, and the log of what left the printer."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from caseworker_app.domain.age import age_on
from caseworker_app.domain.consent import Consent
from caseworker_app.domain.cpr import formatted
from caseworker_app.domain.danish import initials
from caseworker_app.domain.entity import type_of
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.genogram_facts import GenogramFacts
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Column, Meeting, MeetingKind, Participant, kind_name
from caseworker_app.domain.meeting_run import ScaleAnswer
from caseworker_app.domain.minutes import MinutesAddition
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import (
    Added,
    Agreed,
    CalendarFacts,
    InvitationFacts,
    Made,
    MinutesFacts,
    Paper,
    PaperJob,
    Present,
    Scored,
    Sender,
    number_on_copy,
)
from caseworker_app.domain.papers import (
    Reader as CopyReader,
)
from caseworker_app.domain.person import ROLE_LABELS, Person
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan_facts import PlanFacts
from caseworker_app.i18n import Translator, load
from caseworker_app.services import meetings, minutes_signed, office, stray_numbers
from caseworker_app.services.meeting_chain import may_have_background
from caseworker_app.services.paper_subjects import SUBJECTS
from caseworker_app.services.ports import Access, Reader, Writer

_OWN_AGENDA = frozenset({MeetingKind.INVOLVING.value, MeetingKind.NETWORK.value})
"""Kinds whose letter has an agenda of its own in plain words."""


@cache
def _danish() -> Translator:
    return load("da")


def called(meeting: Meeting) -> str:
    """Return what a meeting is called within a Danish sentence: "opfølgningsmøde", "ELEVator-møde"."""
    name = _danish().gettext(kind_name(meeting))
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


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


def function_of(participant: Participant, people: Sequence[Person]) -> str:
    """Return what somebody is to the child, in Danish: the letter's language, whatever the screen's is.

    Empty for the child itself and for somebody typed in without a word about it.
    """
    if participant.function:
        return participant.function
    person = next((p for p in people if p.id == participant.person), None)
    return "" if person is None else _danish().gettext(ROLE_LABELS[person.role]).lower()


def present(view: meetings.MeetingView, chosen: Sequence[Participant]) -> tuple[Present, ...]:
    """Return lines of the list of participants."""
    return tuple(
        Present(p.name, function_of(p, view.people), meetings.is_the_child(p, view.case)) for p in chosen
    )


def recipients(view: meetings.MeetingView) -> tuple[str, ...]:
    """Return what each participant is called in the list of copies and in the print log: two are never called the same.

    People of one name are told apart by what they are to the child, and if that is the same too by a number.
    """
    names = [p.name for p in view.participants]
    said: list[str] = []
    for participant in view.participants:
        name, function = participant.name, function_of(participant, view.people)
        if names.count(name) > 1 and function:
            name = f"{name} ({function})"
        again = 2
        called = name
        while called in said:
            called, again = f"{name}, {again}", again + 1
        said.append(called)
    return tuple(said)


def refuse(stray: tuple[Phrase, ...]) -> None:
    """Refuse a paper in whose words personal numbers stand; ``stray`` says where."""
    if stray:
        raise UserError(
            "A CPR number stands in {words}, and copies go to the family and the network.",
            "Take the number out there. The file's copy of the minutes shows the child's number by itself.",
            words=stray,
        )


def copy_reader(reader: Reader, view: meetings.MeetingView, participant: Participant) -> CopyReader:
    """Return for whom the copy is; the child is written to where she lives, nobody else is."""
    case = view.case
    if meetings.is_the_child(participant, case):
        age = None if case.born is None or case.born > reader.today else age_on(case.born, reader.today)
        lines = case.address.lines() if case.address else ()
        return CopyReader(
            participant.name,
            participant.audience,
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
        raise UserError("The invitation still lacks: {words}.", words=tuple(map(Phrase, view.missing)))
    refuse(stray_numbers.on_invitation(view))
    everybody = present(view, view.participants)
    own = office.own_templates(reader)
    given = reader.find(Consent, stream=view.meeting.stream) if view.meeting.background else []
    return [
        PaperJob(
            Paper.INVITATION,
            InvitationFacts(
                sender=sender(reader),
                reader=copy_reader(reader, view, participant),
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
                unborn=view.case.unborn,
                called=called(view.meeting),
                letter=view.meeting.letter,
                agenda=() if view.meeting.kind in _OWN_AGENDA else view.meeting.agenda,
                background=view.meeting.background
                if may_have_background(participant, view.people, given, reader.today)
                else "",
            ),
            f"invitation-{number}.pdf",
            recipient,
            meeting,
            own,
        )
        for number, (participant, recipient) in enumerate(
            zip(view.participants, recipients(view), strict=True), start=1
        )
    ]


def minutes(reader: Reader, meeting: Id, *, draft: bool = False) -> list[PaperJob]:
    """Return the copy for the file and one per participant, each holding only what its reader may see.

    A ``draft`` says on itself that it is one, for remarks; signed minutes are none.
    """
    view = meetings.view(reader, meeting)
    if view.meeting.when is None:
        raise UserError("The minutes need the day and time of the meeting.")
    refuse(stray_numbers.in_minutes(view))
    copies: list[Participant | None] = [None, *view.participants]
    names = ("", *recipients(view))
    own = office.own_templates(reader)
    return [
        PaperJob(
            Paper.MINUTES,
            _minutes_facts(reader, view, participant, draft=draft),
            "minutes-file.pdf" if participant is None else f"minutes-{number}.pdf",
            names[number],
            meeting,
            own,
        )
        for number, participant in enumerate(copies)
    ]


def _minutes_facts(
    reader: Reader, view: meetings.MeetingView, participant: Participant | None, *, draft: bool
) -> MinutesFacts:
    meeting, case = view.meeting, view.case
    assert meeting.when is not None
    signed = minutes_signed.signed(reader, meeting.id)
    away = (Attendance.DECLINED, Attendance.ABSENT)
    return MinutesFacts(
        sender=sender(reader),
        reader=None if participant is None else copy_reader(reader, view, participant),
        child=case.first_name or case.unborn_of,
        child_full_name=case.child_name or case.unborn_of,
        number=formatted(case.person_number) if number_on_copy(case, participant) else "",
        kind=meeting.kind,
        purpose=meeting.purpose,
        when=meeting.when,
        place=meeting.place,
        came=present(view, [p for p in view.participants if p.attendance not in away]),
        stayed_away=present(view, [p for p in view.participants if p.attendance in away]),
        minutes_taker=meeting.minutes_taker,
        contact_name=meeting.contact_name,
        contact_phone=meeting.contact_phone,
        worries=tuple(_line(p.text, p.said_by) for p in view.points[Column.WORRIES]),
        works=tuple(_line(p.text, p.said_by) for p in view.points[Column.WORKS]),
        wishes=tuple(_line(p.text, p.said_by) for p in view.points[Column.WISHES]),
        agreements=tuple(Agreed(a.what, a.who, a.due, a.reason) for a in view.agreements),
        summary=meeting.summary,
        dated=reader.today,
        unborn=case.unborn,
        child_words=tuple(_line(p.text, p.said_by) for p in view.points[Column.CHILD]),
        family_task=meeting.family_task,
        scale_question=meeting.scale_question,
        scale=_scale(reader, view),
        additions=tuple(Added(a.by, a.on, a.text) for a in minutes_additions(reader, meeting.id)),
        draft=draft and signed is None,
        signed_on=None if signed is None else signed.on,
        signed_by="" if signed is None else signed.by,
    )


def minutes_additions(reader: Reader, meeting: Id) -> list[MinutesAddition]:
    """Return what was added to the minutes after they were signed, by its day."""
    found = reader.find(MinutesAddition, where={"meeting": meeting})
    return sorted(found, key=lambda one: one.on or dt.date.min)


def _scale(reader: Reader, view: meetings.MeetingView) -> tuple[Scored, ...]:
    """Return the answers on the scale, each by the name its participant has on the copies."""
    names = dict(zip((p.id for p in view.participants), recipients(view), strict=True))
    given = reader.find(ScaleAnswer, where={"meeting": view.meeting.id})
    given.sort(key=lambda one: (one.order, one.id))
    return tuple(
        Scored(names.get(one.participant or b"", one.who), one.value)
        for one in given
        if one.value is not None
    )


def _line(text: str, said_by: str) -> str:
    return f"{text} ({said_by})" if said_by else text


def calendar(reader: Reader, meeting: Id) -> PaperJob:
    """Return the meeting for a calendar: initials and place, no name and no number."""
    view = meetings.view(reader, meeting)
    if view.meeting.when is None:
        raise UserError("The meeting has no day and time yet.")
    title = _danish().gettext(kind_name(view.meeting))  # whatever language the screen has
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
    subject = SUBJECTS.get(job.kind, Meeting)
    thing = writer.get(subject, about)
    assert thing is not None, "what is printed is there"
    writer.act("Print" if how is Access.PRINT else "Save a copy", final=True)
    writer.create(
        Print(
            id=writer.new_id(),
            stream=thing.stream,
            about=about,
            document=job.kind.value,
            recipient=job.recipient,
            printed_at=writer.now.replace(microsecond=0),
            sha256=hashlib.sha256(data).hexdigest(),
            saved=how is Access.EXPORT,
        )
    )
    writer.log_access(how, type_of(subject).name, about, job.kind.value)


def record_shown(writer: Writer, job: PaperJob) -> None:
    """Note in the access log that a copy with the cpr. nr. was shown on screen; other copies are not noted."""
    if (
        job.about is not None
        and isinstance(job.facts, MinutesFacts | PlanFacts | GenogramFacts)
        and job.facts.number
    ):
        subject = type_of(SUBJECTS.get(job.kind, Meeting)).name
        writer.log_access(Access.SHOW_NUMBER, subject, job.about, job.kind.value)


def printed(reader: Reader, about: Id) -> list[Print]:
    """Return the copies made of a record, latest first."""
    return list(reversed(reader.find(Print, where={"about": about})))
