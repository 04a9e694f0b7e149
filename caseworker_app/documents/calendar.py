"""A meeting, or a worker's week, as an .ics file (RFC 5545) for whatever calendar there is.

The file travels by mail and lies on telephones: a meeting's names no child, a week's only where that was
chosen; none holds a CPR number. The same facts make the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.dates import clock
from caseworker_app.domain.papers import CalendarFacts
from caseworker_app.domain.week_facts import WeekCalendarFacts, WeekEntry

_PRODUCT: Final = "-//Taet paa//Netvaerksmoede//DA"
_COPENHAGEN: Final = "Europe/Copenhagen"


def meeting_ics(
    uid: str,
    start: datetime,
    end: datetime,
    zone: str,
    title: str,
    place: str,
    description: str,
    *,
    stamp: datetime,
) -> bytes:
    """Return the calendar file of one meeting.

    ``start`` and ``end`` are aware moments, or naive ones: then they are local time in ``zone`` (an IANA
    name). ``stamp`` is when the file was made, aware. Raises ``ValueError`` when the meeting does not end
    after it starts, when a text holds what may be a CPR number, or for a naive ``stamp``;
    ``ZoneInfoNotFoundError`` for an unknown zone.
    """
    if any(contains_person_number(text) for text in (uid, title, place, description)):
        raise ValueError("a calendar must not hold a CPR number")
    if stamp.tzinfo is None:
        raise ValueError("the stamp needs a zone")
    local = ZoneInfo(zone)
    begins, ends = (_moment(at, local) for at in (start, end))
    if ends.astimezone(UTC) <= begins.astimezone(UTC):
        raise ValueError("the meeting ends before it starts")
    event = _event(uid, begins, ends, title, place, description, stamp)
    return _calendar([event], _timezone(zone, begins.year, ends.year))


def _event(
    uid: str,
    begins: date,
    ends: date,
    title: str,
    place: str,
    description: str,
    stamp: datetime,
) -> Event:
    """One event: at its hours, or the whole day where the two are dates."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    for name, text in (("location", place), ("description", description)):
        if text:
            event.add(name, text)
    return event


def _calendar(events: Iterable[Event], zone: Timezone) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(zone)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def week_ics(facts: WeekCalendarFacts) -> bytes:
    """Return the calendar file of a week: meetings at their hours, what is due on its whole day, taking no time.

    Raises ``ValueError`` when a text holds what may be a CPR number, or for a naive stamp.
    """
    if facts.stamp.tzinfo is None:
        raise ValueError("the stamp needs a zone")
    local = ZoneInfo(facts.zone)
    events = [_week_event(entry, local, facts.stamp) for entry in facts.entries]
    years = [entry.day.year for entry in facts.entries] or [facts.stamp.year]
    return _calendar(events, _timezone(facts.zone, min(years), max(years)))


def _week_event(entry: WeekEntry, local: ZoneInfo, stamp: datetime) -> Event:
    title = f"{entry.what} {entry.who}".strip()
    if any(contains_person_number(text) for text in (entry.uid, title, entry.where, entry.why)):
        raise ValueError("a calendar must not hold a CPR number")
    if entry.start is not None and entry.end is not None and entry.start < entry.end:
        begins = _moment(datetime.combine(entry.day, entry.start), local)
        ends = _moment(datetime.combine(entry.day, entry.end), local)
        return _event(entry.uid, begins, ends, title, entry.where, entry.why, stamp)
    if entry.start is not None:
        title = f"{title} (kl. {clock(entry.start)})"
    event = _event(entry.uid, entry.day, entry.day + timedelta(days=1), title, entry.where, entry.why, stamp)
    event.add("transp", "TRANSPARENT")
    return event


def calendar_ics(facts: CalendarFacts) -> bytes:
    """Return the calendar file of the facts of a meeting; raises as :func:`meeting_ics`."""
    when = facts.when
    start, end = datetime.combine(when.day, when.start), datetime.combine(when.ends_on, when.end)
    return meeting_ics(facts.uid, start, end, facts.zone, facts.title, facts.place, "", stamp=facts.stamp)


def _moment(at: datetime, local: ZoneInfo) -> datetime:
    """The moment in the zone; in UTC where the clock shows that time twice and the second is meant.

    A local time in a calendar means the first of the two (RFC 5545, 3.3.5).
    """
    there = (at.replace(tzinfo=local) if at.tzinfo is None else at.astimezone(local)).replace(microsecond=0)
    first = there.replace(fold=0)
    return there.astimezone(UTC) if first.utcoffset() != there.utcoffset() else there


def _timezone(zone: str, first: int, last: int) -> Timezone:
    """The zone's rules: Denmark's for good (summer time as in the EU since 1996), another's for the years
    needed."""
    if zone != _COPENHAGEN:
        return Timezone.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last + 1, 1, 1))
    rules = Timezone()
    rules.add("tzid", zone)
    # The last Sunday of March and October at 1.00 UTC: 2.00 and 3.00 by the clock that is then left.
    for part, name, since, month, before, after in (
        (TimezoneDaylight(), "CEST", "1996-03-31T02:00", 3, 1, 2),
        (TimezoneStandard(), "CET", "1996-10-27T03:00", 10, 2, 1),
    ):
        part.add("dtstart", datetime.fromisoformat(since))
        part.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        rules.add_component(part)
    return rules
