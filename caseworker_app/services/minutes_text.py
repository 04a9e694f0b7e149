"""What stands in minutes, as lines of plain Danish: kept when they are sent or signed, and compared later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.dates import clock_span, full_date, long_date
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Column
from caseworker_app.domain.meeting_run import ScaleAnswer
from caseworker_app.services import meetings
from caseworker_app.services.meetings import MeetingView
from caseworker_app.services.ports import Reader

_AWAY = (Attendance.DECLINED, Attendance.ABSENT)
_COLUMNS = {
    Column.WORRIES: "Bekymringer",
    Column.WORKS: "Fungerer",
    Column.WISHES: "Hvad vil vi se ske",
    Column.CHILD: "Barnets egne ord",
}


def text_of(reader: Reader, meeting: Id) -> str:
    """Return the minutes as they stand now: a heading begins with ``# ``, every other line is a statement.

    No number and no address is in it. Raises ``KeyError`` when there is no such meeting.
    """
    view = meetings.view(reader, meeting)
    lines: list[str] = []
    for heading, texts in (*_of_meeting(view), *_of_lines(view), *_of_end(reader, view)):
        said = [" ".join(text.split()) for text in texts if text.strip()]
        if said:
            lines += [f"# {heading}", *said]
    return "\n".join(lines)


def _of_meeting(view: MeetingView) -> Iterator[tuple[str, Iterable[str]]]:
    from caseworker_app.services.papers import recipients

    meeting = view.meeting
    if meeting.when is not None:
        yield "Tid", (f"{full_date(meeting.when.day)} {clock_span(meeting.when.start, meeting.when.end)}",)
    yield "Vi mødtes fordi", (meeting.purpose,)
    named = list(zip(view.participants, recipients(view), strict=True))
    yield "På mødet deltog", (name for one, name in named if one.attendance not in _AWAY)
    yield "Afbud", (name for one, name in named if one.attendance in _AWAY)


def _of_lines(view: MeetingView) -> Iterator[tuple[str, Iterable[str]]]:
    for column, heading in _COLUMNS.items():
        yield heading, (f"{p.text} ({p.said_by})" if p.said_by else p.text for p in view.points[column])
    yield "Aftaler og beslutninger", map(_agreed, view.agreements)


def _of_end(reader: Reader, view: MeetingView) -> Iterator[tuple[str, Iterable[str]]]:
    meeting = view.meeting
    answers = reader.find(ScaleAnswer, where={"meeting": meeting.id})
    if answers:
        given = (f"{one.who}: {one.value}" for one in sorted(answers, key=lambda one: (one.order, one.id)))
        yield "Skala fra 0 til 10", (meeting.scale_question, *given)
    yield "En opgave til familien", (meeting.family_task,)
    yield "Opsummering", meeting.summary.splitlines()


def _agreed(one: Agreement) -> str:
    """Return an agreement as one statement; parts that are not written are left out."""
    parts = (
        one.what.rstrip("."),
        one.reason and f"begrundelse: {one.reason}",
        one.who and f"ansvarlig: {one.who}",
        f"senest {long_date(one.due)}" if one.due else "",
    )
    return "; ".join(part for part in parts if part)
