"""Spans from today, working days, classes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.demo.when import Days, grade, shift

TODAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))


def days(today):
    return Days(today, "Europe/Copenhagen")


@pytest.mark.parametrize(
    ("span", "day"),
    [
        ("0d", dt.date(2026, 3, 31)),
        ("-1m", dt.date(2026, 2, 28)),
        ("-1y1m", dt.date(2025, 2, 28)),
        ("+2w3d", dt.date(2026, 4, 17)),
        ("9y4m", dt.date(2035, 7, 31)),
        ("-15m", dt.date(2024, 12, 31)),
    ],
)
def test_a_span_is_counted_in_calendar_months(span, day):
    assert shift(dt.date(2026, 3, 31), span) == day


@pytest.mark.parametrize("span", ["", "-", "3", "m", "1d2w", "in a while"])
def test_what_is_no_span_is_refused(span):
    with pytest.raises(ValueError, match="not a span"):
        shift(dt.date(2026, 3, 31), span)


@given(TODAYS, st.integers(-700, 700))
def test_a_working_day_near_a_day_stays_on_its_side_of_today(today, ahead):
    calendar = days(today)
    day = calendar.near(today + dt.timedelta(days=ahead))
    assert calendar.is_open(day)
    assert (day < today) == (ahead < 0)
    assert abs((day - today).days - ahead) <= 14


@given(TODAYS)
def test_yesterday_was_a_working_day_and_nothing_past_lies_after_it(today):
    calendar = days(today)
    assert calendar.yesterday < today
    assert calendar.past(today + dt.timedelta(days=3)) == calendar.yesterday
    assert calendar.last_moment.date() == calendar.yesterday


@pytest.mark.parametrize("day", [(2026, 11, 21), (2026, 12, 24), (2026, 12, 30), (2026, 4, 3), (2026, 5, 14)])
def test_weekends_and_danish_holidays_are_no_working_days(day):
    assert not days(dt.date(2026, 11, 23)).is_open(dt.date(*day))


def test_a_summer_day_becomes_one_after_the_summer():
    calendar = days(dt.date(2026, 11, 23))
    assert calendar.out_of_summer(dt.date(2026, 7, 15)) >= dt.date(2026, 8, 13)
    assert calendar.out_of_summer(dt.date(2026, 6, 22)) == dt.date(2026, 6, 22)


def test_a_child_goes_to_the_class_of_the_calendar_year():
    born = dt.date(2017, 12, 30)
    assert grade(born, dt.date(2026, 11, 23)) == 3
    assert grade(born, dt.date(2026, 7, 31)) == 2
    assert grade(born, dt.date(2023, 8, 1)) == 0
    assert grade(born, dt.date(2023, 7, 31)) == -1
