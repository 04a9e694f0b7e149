"""The agenda of a meeting as a paper, the words of an invitation for Digital Post or mail, and a series for a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Participant
from caseworker_app.domain.meeting_series import coming
from caseworker_app.domain.paper_text import words_of
from caseworker_app.domain.paper_values import template_of, values_of
from caseworker_app.domain.papers import AgendaFacts, Followed, InvitationFacts, Paper, PaperJob, Wanted
from caseworker_app.domain.rules.workdays import Holidays
from caseworker_app.domain.template_contracts import CONTRACTS
from caseworker_app.domain.templates import choose, fill
from caseworker_app.domain.week_facts import WeekCalendarFacts, WeekEntry
from caseworker_app.i18n import Translator, load
from caseworker_app.services import meeting_chain, meetings, office, papers, stray_numbers
from caseworker_app.services.meeting_series import SeriesRow
from caseworker_app.services.meetings import MeetingView
from caseworker_app.services.ports import Reader

AHEAD_WEEKS = 52
"""How far a series reaches in a calendar file."""


@cache
def _danish() -> Translator:
    return load("da")


def agenda(reader: Reader, meeting: Id) -> list[PaperJob]:
    """Return the chair's copy of the agenda and one for each participant.

    Everybody's says nothing that was meant for the chair alone. Raises :class:`UserError` for a CPR number in its words.
    """
    view = meetings.view(reader, meeting)
    earlier = tuple(_followed(one.agreement) for one in meeting_chain.earlier(reader, meeting))
    papers.refuse(
        stray_numbers.on_agenda(view, [w for one in earlier for w in (one.what, one.who, one.went)])
    )
    names = papers.recipients(view)
    own = office.own_templates(reader)
    readers: list[tuple[Participant | None, str]] = [(None, ""), *zip(view.participants, names, strict=True)]
    return [
        PaperJob(
            Paper.AGENDA,
            _agenda(reader, view, participant, earlier),
            "agenda-chair.pdf" if participant is None else f"agenda-{number}.pdf",
            name,
            meeting,
            own,
        )
        for number, (participant, name) in enumerate(readers)
    ]


def _agenda(
    reader: Reader, view: MeetingView, participant: Participant | None, earlier: tuple[Followed, ...]
) -> AgendaFacts:
    meeting, case = view.meeting, view.case
    return AgendaFacts(
        sender=papers.sender(reader),
        reader=None if participant is None else papers.copy_reader(reader, view, participant),
        child=case.first_name or case.unborn_of,
        called=papers.called(meeting),
        purpose=meeting.purpose,
        when=meeting.when,
        place=meeting.place,
        chair=meeting.chair,
        participants=papers.present(view, view.participants),
        earlier=earlier,
        points=points(view),
        wanted=wanted(view),
        dated=reader.today,
        unborn=case.unborn,
    )


def points(view: MeetingView) -> tuple[str, ...]:
    """Return the standing points: what is written of the course, or the usual ones of the kind."""
    written = tuple(line.strip() for line in view.meeting.course.splitlines() if line.strip())
    return written if len(written) > 1 else view.meeting.agenda or written


def wanted(view: MeetingView) -> tuple[Wanted, ...]:
    """Return what people want to talk about, each with her name."""
    names = {one.id: one.name for one in view.participants}
    return tuple(Wanted(one.text, names.get(one.participant or b"", ""), one.quiet) for one in view.wanted)


def _followed(agreed: Agreement) -> Followed:
    if agreed.done_on is None:
        went = "Endnu åben"
    elif agreed.dropped:
        went = "Faldt bort"
    else:
        went = f"Gjort den {long_date(agreed.done_on)}"
    return Followed(agreed.what, agreed.who, agreed.due, f"{went}. {agreed.went}" if agreed.went else went)


def message(facts: InvitationFacts, ours: str, own: dict[str, str]) -> str:
    """Return an invitation as plain words to copy into Digital Post or a mail: the letter's own, from its template.

    ``ours`` is the text of the shipped template, ``own`` the municipality's by id.
    """
    name = template_of(facts)
    chosen = choose(ours, own.get(name), CONTRACTS[name], facts.dated)
    return words_of(fill(chosen.template, values_of(facts)))


def calendar(reader: Reader, rows: Iterable[SeriesRow], holidays: Holidays) -> PaperJob:
    """Return series for a calendar, a year ahead on working days: what and where, no child's name and no number.

    Raises :class:`UserError` when nothing lies ahead.
    """
    entries = [entry for row in rows for entry in _entries(reader, row, holidays)]
    if not entries:
        raise UserError("Nothing of the series lies ahead.")
    facts = WeekCalendarFacts(tuple(entries), reader.now.replace(microsecond=0))
    return PaperJob(Paper.WEEK_CALENDAR, facts, "series.ics")


def _entries(reader: Reader, row: SeriesRow, holidays: Holidays) -> Iterable[WeekEntry]:
    from datetime import timedelta

    from caseworker_app.domain.danish import initials
    from caseworker_app.domain.meeting import MEETING_KIND_LABELS

    series, today = row.series, reader.today
    label = MEETING_KIND_LABELS.get(series.kind, "Meeting")
    what = series.title if row.case is None and series.title else _danish().gettext(label)
    who = "" if row.case is None else initials(row.case.child_name or row.case.unborn_of)
    last = None if row.planned is None or row.planned.when is None else row.planned.when.day
    spans = list(coming(series, holidays, today, today + timedelta(weeks=AHEAD_WEEKS), last))
    if row.planned is not None and row.planned.when is not None:
        spans.insert(0, row.planned.when)
    for span in spans:
        uid = f"{series.id.hex()}-{span.day.isoformat()}"
        yield WeekEntry(uid, span.day, what, who, series.place, span.start, span.end)
