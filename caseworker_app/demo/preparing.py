"""What leads to the demo's coming meetings: own ways tried, the time agreed, child and parents talked with; and series."""

from __future__ import annotations

import datetime as dt
from typing import Final

from caseworker_app.demo.books import meeting_kinds
from caseworker_app.demo.when import Days
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, Meeting, MeetingKind, MeetingState, Participant, TimeSpan
from caseworker_app.domain.meeting_kinds import Unit
from caseworker_app.services import meeting_chain, meeting_series, meetings
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer

_TRIED: Final = (
    "Vi har talt med forældrene to gange og prøvet faste aftaler om skoledagen i tre uger.",
    "Der er holdt et møde på skolen og lavet en aftale om lektiecafé. Det hjalp lidt, men ikke nok.",
)
_CHILD: Final = ("At der er nogen at være sammen med i frikvartererne", "Om jeg må blive i min klasse")
_PARENT: Final = ("Hvem vi ringer til, når det går galt om aftenen", "Mere ro om morgenen")


def prepare_meetings(writer: Writer, days: Days) -> None:
    """Prepare the coming meetings of the demo, and begin three series."""
    planned = [m for m in writer.find(Meeting, where={"state": MeetingState.PLANNED}) if m.when is not None]
    coming = sorted((m for m in planned if m.when and m.when.day >= days.today), key=_moment)
    for number, meeting in enumerate(coming):
        _prepare(writer, meeting, number, days.past(days.today - dt.timedelta(days=1)))
    _begin_series(writer, days, coming)


def _moment(meeting: Meeting) -> tuple[dt.date, dt.time, str]:
    assert meeting.when is not None
    return meeting.when.day, meeting.when.start, meeting.purpose


def _prepare(writer: Writer, meeting: Meeting, number: int, talked: dt.date) -> None:
    meetings.change_kind(writer, meeting.id, meeting_kinds().get(meeting.kind))
    values = {"tried": _TRIED[number % len(_TRIED)], "time_agreed": "Forældrene og klasselæreren"}
    meetings.edit(
        writer, meeting.id, {n: Edit(words, writer.heads(meeting.id, n)) for n, words in values.items()}
    )
    people = sorted(writer.find(Participant, where={"meeting": meeting.id}), key=lambda p: (p.order, p.id))
    wanted: list[tuple[str, Id | None]] = []
    for audience, wishes in ((Audience.CHILD, _CHILD), (Audience.PARENT, _PARENT)):
        one = next((p for p in people if p.audience is audience), None)
        if one is not None:
            wanted.append((wishes[number % len(wishes)], one.id))
            if number % 2 == 0:
                meeting_chain.prepare(writer, one.id, {"prepared_on": talked})
    meeting_chain.add_wishes(writer, meeting.id, wanted)


def _begin_series(writer: Writer, days: Days, coming: list[Meeting]) -> None:
    monday = days.today - dt.timedelta(days=days.today.weekday())

    def at(day: int, start: dt.time, end: dt.time) -> TimeSpan:
        return TimeSpan(monday + dt.timedelta(days=day), start, end)

    team = {"kind": MeetingKind.TEAM.value, "every": 1, "unit": Unit.WEEKS, "place": "Rådhuset, lokale 2"}
    meeting_series.begin(
        writer, None, team | {"first": at(10, dt.time(9), dt.time(11)), "title": "Familieteam Nord"}
    )
    kept = {"kind": MeetingKind.NETWORK.value, "every": 1, "unit": Unit.WEEKS, "reserved": True}
    meeting_series.begin(
        writer, None, kept | {"first": at(1, dt.time(13), dt.time(15)), "title": "Netværksmøder"}
    )
    for first in coming[:1]:
        assert first.when is not None
        again = TimeSpan(first.when.day + dt.timedelta(days=28), first.when.start, first.when.end)
        monthly = {"kind": MeetingKind.NETWORK.value, "every": 4, "unit": Unit.WEEKS, "place": first.place}
        meeting_series.begin(writer, meetings.case_of(writer, first).id, monthly | {"first": again})
