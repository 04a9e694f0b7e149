"""Working days, and the day something due is planned for."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.rules.workdays import after_hverdage, is_hverdag, is_working_day, planned_for
from caseworker_app.services.calendar import danish_holidays
from tests.domain.rules.given import D

days = st.dates(date(2016, 1, 1), date(2035, 12, 31))


def test_a_due_date_on_a_holiday_is_planned_for_the_last_working_day_before():
    assert planned_for(D("2026-04-05"), danish_holidays) == D("2026-04-01")  # Easter Sunday
    assert planned_for(D("2026-04-04"), danish_holidays) == D("2026-04-01")
    assert planned_for(D("2026-04-07"), danish_holidays) == D("2026-04-07")
    assert planned_for(D("2027-01-01"), danish_holidays) == D("2026-12-31")


def test_store_bededag_moves_the_plan_until_2023_and_not_after():
    assert planned_for(D("2023-05-05"), danish_holidays) == D("2023-05-04")
    assert planned_for(D("2024-04-26"), danish_holidays) == D("2024-04-26")


@given(days)
def test_the_plan_is_a_working_day_and_none_lies_between_it_and_the_due_date(due):
    day = planned_for(due, danish_holidays)
    assert day <= due and is_working_day(day, danish_holidays)
    between = (day + timedelta(n) for n in range(1, (due - day).days + 1))
    assert not any(is_working_day(each, danish_holidays) for each in between)


@given(days, st.integers(1, 20))
def test_so_many_hverdage_after_are_counted_one_by_one(day, count):
    there = after_hverdage(day, count, danish_holidays)
    passed = [day + timedelta(n) for n in range(1, (there - day).days + 1)]
    assert sum(is_hverdag(each, danish_holidays) for each in passed) == count
    assert is_hverdag(there, danish_holidays)


@given(days)
def test_every_working_day_is_a_hverdag(day):
    assert is_hverdag(day, danish_holidays) or not is_working_day(day, danish_holidays)
