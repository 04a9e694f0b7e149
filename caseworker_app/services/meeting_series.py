"""Series of meetings: begun, ended, the next one suggested and planned; and time kept free for meetings to be called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Meeting, MeetingState, Participant, TimeSpan
from caseworker_app.domain.meeting_kinds import MeetingKinds, MeetingSort
from caseworker_app.domain.meeting_series import MeetingSeries, coming, free_again, next_time
from caseworker_app.domain.rules.workdays import Holidays
from caseworker_app.services import meetings, office
from caseworker_app.services.calendar import closed_days
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, tidy

WEEKS_SHOWN = 8
"""How far ahead time kept free is shown."""
_CARRIED = (
    "kind", "called", "form", "agenda", "letter", "place", "chair", "chair_function", "contact_name", "contact_phone",
    "minutes_taker", "purpose", "course",
)  # fmt: skip


def holidays() -> Holidays:
    """Return the days on which no meeting is suggested: public holidays, Christmas Eve and New Year's Eve."""
    return closed_days(("christmas_eve", "new_years_eve"))


def begin(writer: Writer, case: Id | None, values: Mapping[str, Any]) -> Id:
    """Begin a series in a case, or about no child. Raises :class:`InvalidInput` without a time or a cadence."""
    stream = office.house(writer).worker.stream
    if case is not None:
        found = writer.get(Case, case)
        if found is None:
            raise KeyError("no such case")
        stream = found.stream
    checked = dict(values)
    for name in ("title", "place"):
        if name in checked:
            checked[name] = tidy(name, str(checked[name]), NAME_LENGTH)
    first, every = checked.get("first"), checked.get("every", 1)
    if not isinstance(first, TimeSpan):
        raise InvalidInput("first", "Write the day and time of the first meeting.")
    if first.minutes <= 0:
        raise InvalidInput("first", "The meeting ends before it begins.", "Write the end after the start.")
    if not isinstance(every, int) or not 1 <= every <= 366:
        raise InvalidInput("every", "Write a number from 1 to {most}.", most=366)
    writer.act("Begin a series of meetings")
    made = writer.new_id()
    writer.create(MeetingSeries(id=made, stream=stream, **checked))
    return made


def end(writer: Writer, series: Id, on: dt.date) -> None:
    """End a series on a day; its meetings stay."""
    known(writer, series)
    writer.act("End a series of meetings")
    writer.set(MeetingSeries, series, "ended_on", on, parents=None)


def known(reader: Reader, series: Id) -> MeetingSeries:
    """Return a series. Raises ``KeyError`` when there is none."""
    found = reader.get(MeetingSeries, series)
    if found is None:
        raise KeyError("no such series")
    return found


@dataclass(frozen=True, slots=True)
class Slot:
    """Time kept free: used by a meeting, waiting, or ``free`` again for other things."""

    when: TimeSpan
    meeting: Meeting | None
    free: bool


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A running series: whose (``None`` for no child), its next planned meeting, or when one is suggested; its slots."""

    series: MeetingSeries
    case: Case | None
    held: int
    planned: Meeting | None
    suggested: TimeSpan | None
    slots: tuple[Slot, ...] = ()


def running(reader: Reader, closed: Holidays, case: Id | None = None) -> tuple[SeriesRow, ...]:
    """Return the series that are not ended, those to be planned soonest first.

    ``case`` leaves out those of other cases and of the staff, but not time kept free.
    """
    cases = {one.stream: one for one in reader.find(Case, cancelled=True)}
    rows = []
    for series in reader.find(MeetingSeries):
        whose = cases.get(series.stream)
        if series.ended_on is not None and series.ended_on < reader.today:
            continue
        if case is None or series.reserved or (whose is not None and whose.id == case):
            rows.append(_row(reader, series, whose, closed))
    return tuple(sorted(rows, key=_when))


def _when(row: SeriesRow) -> tuple[dt.date, bytes]:
    span = row.planned.when if row.planned is not None else row.suggested
    return (dt.date.max if span is None else span.day, row.series.id)


def _row(reader: Reader, series: MeetingSeries, case: Case | None, closed: Holidays) -> SeriesRow:
    there = _meetings(reader, series.id)
    held = sum(one.state is MeetingState.HELD for one in there)
    if series.reserved:
        return SeriesRow(series, case, held, None, None, _slots(series, there, closed, reader.today))
    ahead = [one for one in there if one.state is MeetingState.PLANNED and _day(one) >= reader.today]
    return SeriesRow(
        series,
        case,
        held,
        min(ahead, default=None, key=_day),
        _suggested(series, there, closed, reader.today),
    )


def _meetings(reader: Reader, series: Id) -> list[Meeting]:
    return [one for one in reader.find(Meeting, where={"series": series}) if one.when is not None]


def _day(meeting: Meeting) -> dt.date:
    return meeting.when.day if meeting.when is not None else dt.date.min


def _suggested(
    series: MeetingSeries, there: list[Meeting], closed: Holidays, today: dt.date
) -> TimeSpan | None:
    last = max(map(_day, there), default=None)
    return next_time(series, closed, today, last)


def _slots(series: MeetingSeries, there: list[Meeting], closed: Holidays, today: dt.date) -> tuple[Slot, ...]:
    taken = {_day(one): one for one in there if one.state is not MeetingState.CALLED_OFF}
    spans = coming(series, closed, today, today + dt.timedelta(weeks=WEEKS_SHOWN))
    return tuple(
        Slot(span, taken.get(span.day), span.day not in taken and free_again(span, today)) for span in spans
    )


def suggested(reader: Reader, series: Id, closed: Holidays) -> TimeSpan | None:
    """Return when the next meeting of a series is suggested: a working day, whatever the worry is."""
    return _suggested(known(reader, series), _meetings(reader, series), closed, reader.today)


def plan_next(
    writer: Writer, series: Id, kinds: MeetingKinds, closed: Holidays, when: TimeSpan | None = None
) -> Id:
    """Plan the next meeting of a series, with the people and words of the last one; return its id.

    ``when`` is the time chosen, else the suggested one. Raises :class:`UserError` when the series has ended.
    """
    found = known(writer, series)
    at = when or suggested(writer, series, closed)
    if at is None:
        raise UserError("The series has ended.", "Begin a new one, or plan a meeting by itself.")
    there = sorted(_meetings(writer, series), key=_day)
    last = there[-1] if there else None
    case = next(iter(writer.find(Case, stream=found.stream, cancelled=True)), None)
    values: dict[str, Any] = {"when": at, "series": series, "place": found.place}
    if last is not None:
        values = {name: getattr(last, name) for name in _CARRIED} | {"when": at, "series": series}
    made = meetings.plan(writer, case.id if case else None, values, kinds.get(found.kind))
    if last is not None:
        carry_people(writer, last.id, made)
    return made


def carry_people(writer: Writer, last: Id, meeting: Id) -> None:
    """Invite whoever was invited to another meeting of the same log; answers and preparations are asked for anew."""
    now = {(one.person, one.name) for one in writer.find(Participant, where={"meeting": meeting})}
    writer.act("Invite to the meeting")
    for one in sorted(writer.find(Participant, where={"meeting": last}), key=lambda p: (p.order, p.id)):
        if (one.person, one.name) not in now:
            fresh = replace(
                one, id=writer.new_id(), meeting=meeting, attendance=Attendance.INVITED, told_on=None, prepared_on=None,
                interpreter_on=None, conflicts=0,
            )  # fmt: skip
            writer.create(fresh)


def use_slot(writer: Writer, series: Id, when: TimeSpan, case: Id, kind: MeetingSort) -> Id:
    """Call a meeting in time that was kept free. Raises :class:`UserError` when that time is taken."""
    found = known(writer, series)
    taken = [one for one in _meetings(writer, series) if one.state is not MeetingState.CALLED_OFF]
    if any(_day(one) == when.day for one in taken):
        raise UserError("That time is taken.", "Choose another time.")
    return meetings.plan(writer, case, {"when": when, "series": series, "place": found.place}, kind)
