"""Dates and times as said and as typed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain import dates
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.typed_dates import parse_date, parse_time

TODAY = date(2026, 11, 21)
ZONE = ZoneInfo("Europe/Copenhagen")


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_a_date_is_said_in_danish():
    assert dates.long_date(TODAY) == "21. november 2026"
    assert dates.short_date(TODAY) == "21-11-2026"
    assert dates.short_date(date(2026, 1, 2)) == "02-01-2026"
    assert dates.full_date(TODAY) == "lørdag den 21. november 2026"
    assert dates.day_and_month(TODAY) == "21. november"
    assert dates.weekday(TODAY) == "lørdag"
    assert dates.week(TODAY) == "uge 47"


def test_a_date_is_said_in_english():
    assert dates.long_date(TODAY, "en") == "21 November 2026"
    assert dates.short_date(TODAY, "en") == "21 Nov 2026"
    assert dates.full_date(TODAY, "en") == "Saturday 21 November 2026"
    assert dates.day_and_month(TODAY, "en") == "21 November"
    assert dates.week(TODAY, "en") == "week 47"


def test_the_first_of_january_can_be_in_the_old_year_s_last_week():
    assert dates.week(date(2027, 1, 1), with_year=True) == "uge 53, 2026"
    assert dates.week(date(2026, 1, 1), with_year=True) == "uge 1, 2026"


def test_a_time_has_a_full_stop_in_danish_and_a_colon_in_english():
    assert (dates.clock(time(9, 5)), dates.clock(time(9, 5), "en")) == ("09.05", "09:05")
    assert dates.at_clock(time(10, 30)) == "kl. 10.30"
    assert dates.at_clock(time(10, 30), "en") == "at 10:30"
    assert dates.clock_span(time(10, 30), time(12)) == "kl. 10.30-12.00"
    assert dates.clock_span(time(10, 30), time(12), "en") == "10:30-12:00"


def test_a_meeting_says_its_day_once_unless_it_passes_midnight():
    start = local(21, 10, 30)
    assert dates.meeting_time(start, local(21, 12)) == "lørdag den 21. november 2026 kl. 10.30-12.00"
    assert dates.meeting_time(start, local(21, 12), "en") == "Saturday 21 November 2026, 10:30-12:00"
    over = dates.meeting_time(
        datetime(2026, 12, 31, 23, tzinfo=ZONE), datetime(2027, 1, 1, 0, 30, tzinfo=ZONE)
    )
    assert over == "torsdag den 31. december 2026 kl. 23.00 til fredag den 1. januar 2027 kl. 00.30"


@pytest.mark.parametrize(
    "typed",
    ["21-11-2026", "21.11.26", "21/11", "21/11-26", "21 11 2026", "21112026", "211126", "2026-11-21",
     " 21. 11. 2026 ", "21. november 2026", "21. nov.", "21 november",
     "den 21. november 2026", "lørdag den 21. november 2026",
     "21.nov 26", "lørdag d. 21.11.", "lørdag, 21/11",
     "i dag", "I DAG", "today", "21 Nov 2026", "Saturday 21 November 2026", "21.11."],
)  # fmt: skip
def test_a_date_is_read_as_people_type_it(typed):
    assert parse_date(typed, TODAY) == TODAY


@pytest.mark.parametrize(
    ("typed", "days"),
    [("i morgen", 1), ("i overmorgen", 2), ("i går", -1), ("yesterday", -1), ("mandag", 2), ("på lørdag", 7),
     ("Sunday", 1), ("friday", 6)],
)  # fmt: skip
def test_words_are_counted_from_today(typed, days):
    assert parse_date(typed, TODAY) == TODAY + timedelta(days=days)


def test_a_weekday_looking_back_is_the_last_one():
    assert parse_date("lørdag", TODAY, lean="back") == date(2026, 11, 14)
    assert parse_date("fredag", TODAY, lean="back") == date(2026, 11, 20)


def test_without_a_year_the_nearest_day_is_meant_or_the_one_leaned_to():
    assert parse_date("5/1", TODAY) == date(2027, 1, 5)
    assert parse_date("5/1", TODAY, lean="back") == date(2026, 1, 5)
    assert parse_date("20/11", TODAY, lean="ahead") == date(2027, 11, 20)
    assert parse_date("21/11", TODAY, lean="ahead") == parse_date("21/11", TODAY, lean="back") == TODAY
    assert parse_date("29/2", date(2027, 12, 1)) == date(2028, 2, 29)


def test_two_digits_of_a_year_reach_twenty_years_ahead():
    assert parse_date("1-1-46", TODAY).year == 2046
    assert parse_date("1-1-47", TODAY).year == 1947


@pytest.mark.parametrize(
    "typed", ["31-11-2026", "29/2", "29-02-2027", "0/1", "1/0", "1/13", "32 januar", "310226"]
)
def test_a_day_in_no_calendar_is_refused(typed):
    with pytest.raises(InvalidInput, match="not in the calendar") as refused:
        parse_date(typed, TODAY, field="held_on")
    assert refused.value.field == "held_on"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "21", "november", "21-11-226", "21//", "x", "21-11-2026 kl. 10", "211", "²¹/11",
     "21-11-2026" * 3000, "🙂", "21. xyz", "lørdag morgen", "2026-1-1"],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(InvalidInput, match="not a date"):
        parse_date(typed, TODAY)


@pytest.mark.parametrize("typed", ["1-1-1849", "1-1-2151", "01010026", "0026-01-01", "1-1-9999"])
def test_a_year_out_of_reach_is_refused(typed):
    with pytest.raises(InvalidInput, match="too far away"):
        parse_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("10.30", (10, 30)), ("10:30", (10, 30)), ("1030", (10, 30)), ("10,30", (10, 30)), ("10 30", (10, 30)),
     ("930", (9, 30)), ("9", (9, 0)), ("09", (9, 0)), ("kl. 9", (9, 0)), ("kl 10.30", (10, 30)),
     ("KL.9.05", (9, 5)), ("0.00", (0, 0)), ("23.59", (23, 59)),
     ("2.30 pm", (14, 30)), ("12 pm", (12, 0)), ("12 a.m.", (0, 0)),
     ("at 9am", (9, 0))],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(typed, moment):
    assert parse_time(typed) == time(*moment)


@pytest.mark.parametrize("typed", ["24", "24.00", "10.60", "99", "13 pm", "0 am", "2500"])
def test_a_time_no_clock_shows_is_refused(typed):
    with pytest.raises(InvalidInput, match="No clock"):
        parse_time(typed)


@pytest.mark.parametrize(
    "typed", ["", "ti", "9.5", "10.30.15", "10.30-12.00", "-1", "12345", "9" * 20_000, "١٠.٣٠", "pm"]
)
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(InvalidInput, match="not a time") as refused:
        parse_time(typed, field="ends")
    assert refused.value.field == "ends"


@given(st.dates(date(1850, 1, 1), date(2150, 12, 31)), st.sampled_from(["da", "en"]))
def test_every_form_of_a_date_is_read_back(day, language):
    for form in (dates.long_date, dates.short_date, dates.full_date):
        assert parse_date(form(day, language), TODAY) == day


@given(st.times(), st.sampled_from(["da", "en"]))
def test_every_time_is_read_back(moment, language):
    assert parse_time(dates.at_clock(moment, language)) == moment.replace(second=0, microsecond=0)


@given(st.dates(date(1900, 6, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_day_without_a_year_is_never_more_than_half_a_year_off(today, day):
    if (day.month, day.day) == (2, 29):
        return
    found = parse_date(f"{day.day}/{day.month}", today)
    assert abs((found - today).days) <= 183


@given(st.text(max_size=25) | st.text("0123456789-./ :", max_size=12))
def test_any_text_is_read_or_refused(text):
    for read in (lambda: parse_date(text, TODAY), lambda: parse_time(text)):
        try:
            read()
        except InvalidInput:
            continue


def test_a_weekday_that_contradicts_the_date_is_refused():
    with pytest.raises(InvalidInput, match="does not fit"):
        parse_date("mandag den 21. november 2026", TODAY)
