"""Made-up numbers: of the right form, for the right person, and nobody's."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.demo import numbers
from caseworker_app.domain.cpr import NumberKind, parse

YEARS = st.dates(dt.date(1900, 1, 1), dt.date(2057, 12, 31))


@given(YEARS, st.sampled_from("dp"), st.integers())
def test_a_number_says_the_birth_date_and_the_sex_it_was_made_for(born, sex, seed):
    made = numbers.cpr(born, sex, random.Random(seed))
    read = parse(made, dt.date(2058, 1, 1))
    assert read.kind is NumberKind.REPLACEMENT
    assert read.birth_date == born
    assert read.sex_digit == ("odd" if sex == "d" else "even")


@pytest.mark.parametrize("year", [1899, 2058])
def test_a_year_no_seventh_digit_says_is_refused(year):
    with pytest.raises(ValueError, match="seventh digit"):
        numbers.cpr(dt.date(year, 1, 1), "d", random.Random(1))


@given(st.booleans(), st.integers())
def test_a_telephone_has_eight_digits_and_begins_where_no_subscriber_does(office, seed):
    made = numbers.phone(random.Random(seed), office=office)
    assert made[0] == "0"
    assert len(made.replace(" ", "")) == 8
    assert made.replace(" ", "").isdigit()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Anne-Grethe Fjeldsted", "anne.fjeldsted@lyngdal.example"),
        ("Søren Ågård", "soeren.aagaard@lyngdal.example"),
        ("Łukasz Đức", "lukasz.duc@lyngdal.example"),
        ("Bo", "bo@lyngdal.example"),
    ],
)
def test_an_address_is_plain_letters_at_an_example_domain(name, address):
    assert numbers.email(name) == address


def test_a_record_number_says_the_year_the_case_was_opened():
    assert numbers.record(dt.date(2024, 5, 1), random.Random(3)).startswith("2024-")
