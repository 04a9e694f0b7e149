"""A meeting as a calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from caseworker_app.documents.calendar import calendar_ics, meeting_ics
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.papers import CalendarFacts

ZONE = "Europe/Copenhagen"
HERE = ZoneInfo(ZONE)
STAMP = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
START = datetime(2026, 11, 21, 10, 30, tzinfo=HERE)
END = datetime(2026, 11, 21, 12, 0, tzinfo=HERE)


def ics(
    start=START, end=END, *, zone=ZONE, title="Netværksmøde E.H.", place="Skolen", description="", stamp=STAMP
):
    return meeting_ics("a1b2c3", start, end, zone, title, place, description, stamp=stamp)


def event(data: bytes):
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    return found


def moments(data: bytes):
    """The two moments as a calendar program has them from the file and its own time zone rules, in UTC."""
    calendar = Calendar.from_ical(data)
    (rules,) = calendar.walk("VTIMEZONE")
    zone = rules.to_tz()

    def read(at):
        return at.astimezone(UTC) if at.tzname() == "UTC" else at.replace(tzinfo=zone).astimezone(UTC)

    (found,) = calendar.walk("VEVENT")
    return read(found["DTSTART"].dt), read(found["DTEND"].dt)


def test_a_meeting_is_read_back_as_it_was_written():
    description = "Linje 1; med komma, og\nlinje 2 \\ æøå 🙂 " + "lang " * 60
    found = event(ics(place="Højbo Skole, lokale 3", description=description))
    assert (found["SUMMARY"], found["LOCATION"], found["DESCRIPTION"]) == (
        "Netværksmøde E.H.", "Højbo Skole, lokale 3", description)  # fmt: skip
    assert (found["UID"], found["DTSTAMP"].dt, found["CLASS"]) == ("a1b2c3", STAMP, "PRIVATE")
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (START, END)


def test_times_are_local_with_the_zone_s_rules_in_the_file():
    text = ics().decode()
    assert "DTSTART;TZID=Europe/Copenhagen:20261121T103000\r\n" in text
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\n") and all(
        len(line.encode()) <= 75 for line in text.split("\r\n")
    )


def test_the_same_facts_make_the_same_bytes():
    assert ics() == ics() == ics(START.astimezone(UTC), END.astimezone(UTC)) != ics(place="Hallen")
    assert ics() == ics(START.replace(tzinfo=None), END.replace(tzinfo=None))


def test_a_meeting_may_pass_midnight():
    start = datetime(2026, 12, 31, 23, 0, tzinfo=HERE)
    assert moments(ics(start, start + timedelta(hours=2))) == (
        datetime(2026, 12, 31, 22, tzinfo=UTC), datetime(2027, 1, 1, 0, tzinfo=UTC))  # fmt: skip


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), 1),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 1),
        (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), 0.25),
        (datetime(2026, 10, 24, 23, 15, tzinfo=UTC), 3),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), 1),
    ],
)
def test_a_meeting_keeps_its_moment_when_the_clocks_change(start, hours):
    end = start + timedelta(hours=hours)
    assert moments(ics(start, end)) == (start, end)


@given(st.integers(0, 20_000_000), st.integers(1, 600))
def test_every_meeting_keeps_its_moment(after_2020, minutes):
    start = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=after_2020)
    end = start + timedelta(minutes=minutes)
    assert moments(ics(start, end)) == (start, end)


def test_another_zone_has_its_own_rules():
    start = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    data = ics(start, start + timedelta(hours=1), zone="Atlantic/Faroe")
    assert b"DTSTART;TZID=Atlantic/Faroe:20260701T090000" in data
    assert moments(data)[0] == start


def test_a_meeting_without_place_has_no_place():
    assert "LOCATION" not in event(ics(place=""))


@pytest.mark.parametrize("minutes", [0, -1, -1440])
def test_a_meeting_that_does_not_end_after_it_starts_is_refused(minutes):
    with pytest.raises(ValueError, match="ends before it starts"):
        ics(START, START + timedelta(minutes=minutes))


@pytest.mark.parametrize("field", ["title", "place", "description"])
def test_a_cpr_number_is_refused_wherever_it_stands(field):
    with pytest.raises(ValueError, match="CPR") as refused:
        ics(**{field: "Om 731206-4123"})
    assert "4123" not in str(refused.value)


def test_a_stamp_without_a_zone_and_an_unknown_zone_are_refused():
    with pytest.raises(ValueError, match="stamp"):
        ics(stamp=STAMP.replace(tzinfo=None))
    with pytest.raises(ZoneInfoNotFoundError):
        ics(zone="Europe/Herning")


def test_the_facts_of_a_meeting_make_its_file():
    when = TimeSpan(date(2026, 11, 21), time(10, 30), time(12))
    facts = CalendarFacts(uid="a1b2c3", when=when, place="Skolen", title="Netværksmøde E.H.", stamp=STAMP)
    assert calendar_ics(facts) == ics()
