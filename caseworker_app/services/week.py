"""The worker's week: meetings and what is due, as a sheet to take along and as a file for a calendar.

Both leave the house, so they say initials unless names are chosen; a personal number is never in them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache
from zoneinfo import ZoneInfo

from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import initials
from caseworker_app.domain.dates import day_and_month
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.meeting import MeetingState, kind_name
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.week_facts import WeekCalendarFacts, WeekEntry, WeekSheetFacts
from caseworker_app.i18n import Translator, load
from caseworker_app.services import office
from caseworker_app.services.day import DayWork, Row, day_work
from caseworker_app.services.deadline import WORK_LABELS, Deadline, Lateness
from caseworker_app.services.meetings import MeetingRow, all_meetings
from caseworker_app.services.ports import Access, Reader, Writer
from caseworker_app.services.rule_book import RuleBook

DENMARK = ZoneInfo("Europe/Copenhagen")
_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def _danish() -> Translator:
    return load("da")


def week_of(day: dt.date) -> dt.date:
    """Return the Monday of the week to plan: the running one, from Saturday on the next."""
    return day + dt.timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else monday_of(day)


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the week a day is in."""
    return day - dt.timedelta(days=day.weekday())


def sheet(reader: Reader, book: RuleBook, monday: dt.date, *, named: bool = False) -> PaperJob:
    """Return the sheet of the week that begins on ``monday``; with ``named`` the children's names stand there."""
    entries, overdue = _entries(reader, book, monday, named=named)
    house = office.house(reader)
    days = [monday + dt.timedelta(days=n) for n in range(7)]
    closed = tuple(day for day in days if day.weekday() < 5 and day in book.holidays(day.year))
    facts = WeekSheetFacts(
        house.worker.name, house.office.municipality, monday, entries, overdue, reader.today, closed
    )
    return PaperJob(Paper.WEEKLY_SHEET, facts, f"week-{_number(monday)}.pdf")


def calendar(reader: Reader, book: RuleBook, monday: dt.date, *, named: bool = False) -> PaperJob:
    """Return the week for a calendar: initials and place, or names where they are chosen."""
    entries, _overdue = _entries(reader, book, monday, named=named)
    facts = WeekCalendarFacts(entries, reader.now.replace(microsecond=0))
    return PaperJob(Paper.WEEK_CALENDAR, facts, f"week-{_number(monday)}.ics")


def record_left(writer: Writer, job: PaperJob, how: Access) -> None:
    """Note in the access log that a week left the house on paper or as a file."""
    writer.log_access(how, "worker", office.house(writer).worker.id, job.kind.value)


def _number(monday: dt.date) -> str:
    year, number, _day = monday.isocalendar()
    return f"{year}-{number:02d}"


# --- What is in the week -------------------------------------------------------------------------------------


def _entries(
    reader: Reader, book: RuleBook, monday: dt.date, *, named: bool
) -> tuple[tuple[WeekEntry, ...], tuple[WeekEntry, ...]]:
    """Return what has its day in the week, in its order, and what is overdue and has no day."""
    cases = [case for case in reader.find(Case) if case.active]
    work = day_work(reader, book, cases)
    written = _Writer(reader, named)
    sunday = monday + dt.timedelta(days=6)
    found = [written.meeting(row) for row in _meetings(reader, monday, sunday)]
    overdue = []
    for row in work.rows:
        if row.deadline.lateness is Lateness.OVERDUE and row.deadline.agreed is None:
            overdue.append(written.due(row, row.deadline.due))
        elif monday <= (day := row.deadline.agreed or row.deadline.planned) <= sunday:
            found.append(written.due(row, day))
    found += [entry for entry in _clocks(written, work) if monday <= entry.day <= sunday]
    found.sort(key=lambda one: (one.day, one.start or dt.time.max, one.who, one.uid))
    return tuple(found), tuple(overdue)


def _meetings(reader: Reader, first: dt.date, last: dt.date) -> Iterator[MeetingRow]:
    for row in all_meetings(reader):
        when = row.meeting.when
        if row.meeting.state is MeetingState.PLANNED and when is not None and first <= when.day <= last:
            yield row


def _clocks(written: _Writer, work: DayWork) -> Iterator[WeekEntry]:
    for clock in work.clocks:
        at = clock.deadline.at
        if at is not None:
            local = at.astimezone(DENMARK)
            yield written.clock(clock.deadline, local)


class _Writer:
    """Writes entries in Danish; names of the case's people become initials unless ``named``."""

    def __init__(self, reader: Reader, named: bool) -> None:
        self._reader, self._named = reader, named

    def meeting(self, row: MeetingRow) -> WeekEntry:
        """Return a meeting with its hours."""
        meeting, case = row.meeting, row.case
        assert meeting.when is not None
        what = _danish().gettext(kind_name(meeting))
        place = self._place(meeting.place, case)
        when = meeting.when
        return WeekEntry(meeting.id.hex(), when.day, what, self._who(case), place, when.start, when.end)

    def due(self, row: Row, day: dt.date) -> WeekEntry:
        """Return something due on the day it is to be done."""
        deadline = row.deadline
        place = self._place(self._agreed_place(deadline), deadline.case)
        return WeekEntry(
            _uid(deadline),
            day,
            _what(deadline),
            self._who(deadline.case),
            place,
            why=self._why(deadline, day),
        )

    def clock(self, deadline: Deadline, local: dt.datetime) -> WeekEntry:
        """Return a deadline in hours at its moment."""
        day, at = local.date(), local.time().replace(microsecond=0)
        who, reason = self._who(deadline.case), self._why(deadline, local.date())
        return WeekEntry(_uid(deadline), day, _what(deadline), who, start=at, why=reason)

    def _who(self, case: Case) -> str:
        name = case.child_name or case.unborn_of
        return name if self._named else initials(name)

    def _why(self, deadline: Deadline, day: dt.date) -> str:
        words = _danish().gettext(N_("law") if deadline.law else N_("local standard"))
        due = _danish().gettext(N_("deadline {day}"), day=day_and_month(deadline.due))
        return words if deadline.due == day else f"{words}, {due}"

    def _agreed_place(self, deadline: Deadline) -> str:
        if deadline.agreed is None:
            return ""
        held = [f for f in self._reader.find(FollowUp, where={"intervention": deadline.subject}) if f.held_on]
        latest = max(held, key=lambda f: (f.held_on or dt.date.min, f.id), default=None)
        return "" if latest is None else latest.next_place

    def _place(self, place: str, case: Case) -> str:
        """Return the place; without ``named`` no name in it, and nothing of a protected home."""
        if self._named or not place:
            return place
        if case.address_protected and case.address is not None and case.address.street:
            street = case.address.street.casefold()
            place = "" if street in place.casefold() else place
        names = [case.child_name, case.called, case.unborn_of]
        names += [person.name for person in self._reader.find(Person, stream=case.stream)]
        return without_names(place, names)


def without_names(text: str, names: Iterable[str]) -> str:
    """Return a text with every name in it as initials: "Hjemme hos L.".

    A name with its genitive ``s`` counts; words shorter than two letters are no names.
    """
    parts = {part.casefold() for name in names for part in _WORD.findall(name)}
    parts |= {f"{part}s" for part in parts}

    def shorter(found: re.Match[str]) -> str:
        word = found[0]
        return f"{word[0]}." if word[0].isupper() and word.casefold() in parts else word

    return _WORD.sub(shorter, text)


def _what(deadline: Deadline) -> str:
    label = WORK_LABELS.get(deadline.work)
    if label is not None:
        return _danish().gettext(label)
    title = deadline.title
    return _danish().say(title) if isinstance(title, Phrase) else title.say("da")


def _uid(deadline: Deadline) -> str:
    """Return an identity that stays as long as it is the same thing due on the same day."""
    return deadline.name.replace(":", "-")
