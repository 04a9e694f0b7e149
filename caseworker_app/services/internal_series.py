"""The agenda that hangs on an internal meeting: made once for a meeting in the plan, with its cases and
their sheets."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.internal_sheet import InternalAgenda, InternalCase, chair_in_turn
from caseworker_app.domain.meeting import Meeting, Participant
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import first_papers, internal_meetings, internal_sheets, office, papers
from caseworker_app.services.books import Books
from caseworker_app.services.internal_meetings import AgendaView, Brought
from caseworker_app.services.meeting_lines import known_meeting
from caseworker_app.services.ports import Reader, Writer


@dataclass(frozen=True, slots=True)
class Hung:
    """What stands on an internal meeting: its agenda, ``None`` until one is made, and the cases that are on no meeting."""

    agenda: AgendaView | None
    waiting: tuple[Brought, ...]


def hung(reader: Reader, meeting: Id) -> Hung:
    """Return the agenda of a meeting and the cases that could be put on it."""
    found = agenda_of(reader, meeting)
    return Hung(None if found is None else internal_meetings.agenda_view(reader, found.id), waiting(reader))


def agenda_of(reader: Reader, meeting: Id) -> InternalAgenda | None:
    """Return the agenda that hangs on a meeting; of two made apart the first."""
    return min(reader.find(InternalAgenda, where={"meeting": meeting}), key=lambda one: one.id, default=None)


def hang(writer: Writer, meeting: Id) -> Id:
    """Make the agenda of a meeting; return its id, that of the one there is already where there is one.

    Time and place are the meeting's. A chair who was written for the meeting leads it, else whoever's turn it is, and the
    meeting's plan says so too; who takes turns is as the last time, the first time everybody who is invited. Raises
    :class:`InvalidInput` for a meeting without day and time.
    """
    found, there = known_meeting(writer, meeting), agenda_of(writer, meeting)
    if there is not None:
        return there.id
    before = internal_meetings.latest(writer)
    members = before[0].members if before else ()
    if not members:
        invited = sorted(writer.find(Participant, where={"meeting": meeting}), key=lambda p: (p.order, p.id))
        members = tuple(dict.fromkeys(one.name for one in invited))[: internal_meetings.MOST_MEMBERS]
    turn = chair_in_turn(members, [one.chair for one in before if one.chair])
    written = found.chair if found.chair != office.house(writer).worker.name else ""
    chair = written or turn or found.chair
    made = internal_meetings.plan(writer, {"meeting": meeting, "members": members, "chair": chair})
    if chair != found.chair:
        writer.set(Meeting, meeting, "chair", chair, parents=None)
        writer.set(Meeting, meeting, "chair_function", "", parents=None)
    return made


def put_on(writer: Writer, sheet: Id, meeting: Id) -> Id:
    """Put a case on a meeting, in one act; its agenda is made where there is none. Return the agenda's id."""
    internal_meetings.known(writer, sheet)
    agenda = hang(writer, meeting)
    writer.act("Put the case on an internal meeting")
    writer.set(InternalCase, sheet, "agenda", agenda, parents=None)
    return agenda


def take_off(writer: Writer, sheet: Id) -> None:
    """Take a case off the meeting; it stays brought, and waits for another one."""
    internal_meetings.known(writer, sheet)
    writer.act("Take the case off the internal meeting")
    writer.set(InternalCase, sheet, "agenda", None, parents=None)


def waiting(reader: Reader) -> tuple[Brought, ...]:
    """Return the cases that are brought, not discussed, and on no meeting that is there."""
    there = {one.id for one in reader.find(InternalAgenda)}
    found = [
        one
        for one in reader.find(InternalCase, where={"discussed_on": None})
        if one.agenda is None or one.agenda not in there
    ]
    cases = [Brought(one, internal_meetings.case_of(reader, one)) for one in found]
    return tuple(one for one in cases if one.case.active)


def without_agenda(reader: Reader) -> tuple[Meeting, ...]:
    """Return the internal meetings that come and have no agenda yet."""
    taken = {one.meeting for one in reader.find(InternalAgenda)}
    return tuple(one for one in internal_meetings.in_series(reader) if one.id not in taken)


def papers_of(reader: Reader, books: Books, meeting: Id) -> list[PaperJob]:
    """Return the agenda and the sheet of each case on it, as they are printed for the meeting.

    Raises :class:`UserError` without an agenda, and as :func:`internal_sheets.job` for a sheet that may not be printed.
    """
    found = agenda_of(reader, meeting)
    if found is None:
        raise UserError(
            "The meeting has no agenda yet.", "Make the agenda first; the cases' sheets follow with it."
        )
    shown = internal_meetings.agenda_view(reader, found.id)
    sheets = [internal_sheets.job(reader, books, one.sheet.id) for one in shown.brought]
    return [first_papers.agenda_job(reader, found.id), *sheets]


def printed(reader: Reader, meeting: Id) -> tuple[Print, ...]:
    """Return the copies made of a meeting's agenda and of the sheets on it."""
    found = agenda_of(reader, meeting)
    if found is None:
        return ()
    sheets = reader.find(InternalCase, where={"agenda": found.id})
    return tuple(one for about in (found, *sheets) for one in papers.printed(reader, about.id))
