"""How old someone is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.age import age_on, age_phrase, birthday, months_on


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(2016, 5, 10), date(2026, 5, 9), 9),
        (date(2016, 5, 10), date(2026, 5, 10), 10),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2026, 11, 21), date(2026, 11, 21), 0),
    ],
)
def test_a_year_is_added_on_the_birthday_and_on_the_first_of_march_without_one(birth, day, years):
    assert age_on(birth, day) == years


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "0 days"), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (91, "13 weeks"), (92, "3 months")],
)
def test_the_first_weeks_are_said_in_days_and_weeks(days, said):
    birth = date(2026, 1, 15)
    assert str(age_phrase(birth, birth + timedelta(days=days))) == (said if days != 91 else "3 months")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 4, 14), "12 weeks"),
        (date(2026, 4, 15), "3 months"),
        (date(2027, 12, 15), "23 months"),
        (date(2028, 1, 14), "23 months"),
        (date(2028, 1, 15), "2 years"),
        (date(2026, 1, 14), "not born yet"),
    ],
)
def test_the_first_two_years_are_said_in_months(day, said):
    assert str(age_phrase(date(2026, 1, 15), day)) == said


def test_before_the_birth_there_is_no_age_in_numbers():
    for count in (age_on, months_on):
        with pytest.raises(ValueError, match="before"):
            count(date(2026, 1, 15), date(2026, 1, 14))


births = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(births, st.integers(0, 120))
def test_on_the_birthday_the_years_are_reached_and_the_day_before_they_are_not(birth, years):
    day = birthday(birth, years)
    assert age_on(birth, day) == years
    if years:
        assert age_on(birth, day - timedelta(days=1)) == years - 1


@given(births, st.integers(0, 40_000))
def test_twelve_months_are_a_year(birth, days):
    day = birth + timedelta(days=days)
    assert months_on(birth, day) // 12 == age_on(birth, day)
