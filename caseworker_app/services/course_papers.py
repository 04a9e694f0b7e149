"""The papers of a course at the Familiecentral: an invitation a family, the programme, and the text to send.

Danish, whatever language the screen has. A family's invitation names nobody but that family.
"""

from __future__ import annotations

from caseworker_app.domain.dates import clock_span, full_date, short_date
from caseworker_app.domain.family_course import CourseFamily, CourseSession, FamilyState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.text_facts import Part, TablePart, TextPaperFacts, TextPart
from caseworker_app.services import office, papers
from caseworker_app.services.family_courses import CourseView, view
from caseworker_app.services.ports import Reader

_DUTY = (
    "Når I siger ja til forløbet, har I pligt til at komme hver gang. Er I syge, eller kan I ikke komme, så ring eller "
    "skriv til os, inden vi begynder."
)


def invitations(reader: Reader, course: Id) -> list[PaperJob]:
    """Return an invitation for each family that has not declined or left."""
    seen = view(reader, course)
    return [
        _invitation(reader, seen, family)
        for family in seen.families
        if family.state in (FamilyState.INVITED, FamilyState.ACCEPTED)
    ]


def _invitation(reader: Reader, seen: CourseView, family: CourseFamily) -> PaperJob:
    course = seen.course
    place = f" Vi mødes her: {course.place}." if course.place else ""
    led = f" {course.leaders} tager imod jer." if course.leaders else ""
    parts: list[Part] = [
        TextPart(text=f"Kære {family.name}"),
        TextPart(text=f"I inviteres til Familiecentralen: et forløb for forældre med små børn.{place}{led}"),
        _times(seen.sessions),
        TextPart(text=_DUTY),
        TextPart(text="Vi glæder os til at se jer. Tag gerne barnet med."),
    ]
    facts = TextPaperFacts(
        papers.sender(reader), "Invitation", "Invitation til Familiecentralen", reader.today, tuple(parts)
    )
    return PaperJob(Paper.COURSE_INVITATION, facts, "course-invitation.pdf", family.name, course.id)


def programme(reader: Reader, course: Id) -> PaperJob:
    """Return the programme, which names no family."""
    seen = view(reader, course)
    parts: list[Part] = [_times(seen.sessions)]
    if seen.course.place:
        parts.insert(0, TextPart(text=seen.course.place))
    parts.append(TextPart(text=_DUTY))
    heading = f"Program: {seen.course.name}"
    facts = TextPaperFacts(papers.sender(reader), "Program", heading, reader.today, tuple(parts))
    return PaperJob(Paper.COURSE_PROGRAMME, facts, "course-programme.pdf", "", course)


def _times(sessions: tuple[CourseSession, ...]) -> Part:
    rows = tuple(
        (full_date(one.when.day), clock_span(one.when.start, one.when.end), one.topic)
        for one in sessions
        if one.when is not None
    )
    if not rows:
        return TextPart("Tider", "Tiderne er ikke lagt endnu; I får besked.", muted=True)
    return TablePart(("Dag", "Tid", "Emne"), rows, (0.36, 0.22, 0.42), heading="Tider og emner")


def text(reader: Reader, course: Id) -> str:
    """Return the invitation as a text message: no name, no reason."""
    seen = view(reader, course)
    sender = office.house(reader).worker.name or "sundhedsplejen"
    first = seen.next(reader.today) or (seen.sessions[0] if seen.sessions else None)
    if first is None or first.when is None:
        return f"Hej. I er inviteret til Familiecentralen. Tiderne kommer senere. Venlig hilsen {sender}"
    when = f"{short_date(first.when.day)} kl. {first.when.start:%H.%M}"
    place = f", {seen.course.place}" if seen.course.place else ""
    count = sum(one.when is not None for one in seen.sessions)
    return (
        f"Hej. I er inviteret til Familiecentralen: {count} gange, næste gang {when}{place}. Siger I ja, skal I komme "
        f"hver gang. Svar gerne på denne besked. Venlig hilsen {sender}"
    )
