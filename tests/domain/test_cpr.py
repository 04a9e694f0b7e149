"""Danish personal identifiers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.cpr import (
    EVEN_DIGIT,
    ODD_DIGIT,
    NumberKind,
    contains_person_number,
    mask,
    parse,
)
from caseworker_app.domain.errors import InvalidInput

TODAY = date(2026, 11, 21)


def replacement(born: date, seventh: int, rest: int = 123) -> str:
    """A replacement number: fictional people only."""
    return f"{born.day + 60:02d}{born:%m%y}{seventh}{rest:03d}"


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("731206-4123", date(2006, 12, 13)),
        ("7312064123", date(2006, 12, 13)),
        (" 73 12 06 - 4123 ", date(2006, 12, 13)),
        ("731206–4123", date(2006, 12, 13)),
        ("731206\u00a04123", date(2006, 12, 13)),
        ("890220-4001", date(2020, 2, 29)),
        ("910137-4001", date(1937, 1, 31)),
    ],
)
def test_a_replacement_number_gives_the_birth_date_however_it_is_typed(typed, born):
    number = parse(typed, TODAY)
    assert (number.kind, number.birth_date) == (NumberKind.REPLACEMENT, born)
    assert not number.checksum_warning


@pytest.mark.parametrize(
    ("seventh", "year", "century"),
    [(s, y, 1900) for s in "0123" for y in (0, 36, 37, 57, 58, 99)]
    + [(s, y, 2000) for s in "49" for y in (0, 26)]
    + [(s, y, 1900) for s in "49" for y in (37, 58, 99)]
    + [(s, y, 2000) for s in "5678" for y in (0, 26)]
    + [(s, y, 1800) for s in "5678" for y in (58, 99)],
)
def test_the_seventh_digit_says_the_century(seventh, year, century):
    assert parse(f"6101{year:02d}{seventh}001", TODAY).birth_date == date(century + year, 1, 1)


@pytest.mark.parametrize(("typed", "year"), [("010136-4001", 2036), ("610157-5001", 2057)])
def test_the_last_year_of_a_century_is_of_the_century(typed, year):
    assert parse(typed, date(2060, 1, 1)).birth_date.year == year


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("3101057JC9", date(2005, 1, 31)),
        ("310105-7jc9", date(2005, 1, 31)),
        ("3101051JC8", date(1905, 1, 31)),
        ("0506990AB1", date(1999, 6, 5)),
        ("0506995AB1", date(1899, 6, 5)),
        ("0506206AB2", date(2020, 6, 5)),
    ],
)
def test_a_health_number_with_letters_has_a_century_of_its_own(typed, born):
    number = parse(typed, TODAY)
    assert (number.kind, number.birth_date, number.checksum_warning) == (NumberKind.ECPR, born, False)
    assert number.normalised == typed.replace("-", "").upper()


@pytest.mark.parametrize(
    "typed",
    ["", " ", "-", "731206-412", "731206-41234", "73-1206-4123", "731206--4123", "731206-••••", "7312O6-4123",
     "٧٣١٢٠٦٤١٢٣", "731206ß4123", "0101017ßß9", "😀" * 10, "7" * 20_000, "7312064A23", "731206412A"],
)  # fmt: skip
def test_what_has_another_form_is_refused_in_words(typed):
    with pytest.raises(InvalidInput) as refused:
        parse(typed, TODAY, field="cpr")
    assert refused.value.field == "cpr"
    assert refused.value.message == "This is not a personal identification number."
    assert refused.value.ways_out and not refused.value.values


@pytest.mark.parametrize(
    "typed",
    ["9202064123", "6002064123", "0002064123", "3202064123", "9002214123", "6113064123", "6100064123",
     "7101017JC9", "8902003001"],
)  # fmt: skip
def test_a_date_that_is_in_no_calendar_is_refused(typed):
    with pytest.raises(InvalidInput, match="not a date in the calendar"):
        parse(typed, TODAY)


def test_a_birth_date_in_the_future_is_refused_and_today_is_not():
    assert parse("811126-4123", TODAY).birth_date == TODAY
    with pytest.raises(InvalidInput, match="future"):
        parse("821126-4123", TODAY)
    with pytest.raises(InvalidInput, match="future"):
        parse("2211266AB1", TODAY)


def test_a_health_number_of_an_unknown_century_is_refused():
    with pytest.raises(InvalidInput, match="0, 1, 5, 6 or 7"):
        parse("3101053JC9", TODAY)


def test_a_number_that_misses_modulus_eleven_is_taken_with_a_hint():
    # 1 January: the official list of numbers without a check digit holds such days only.
    takes = [parse(f"010165{serial:04d}", TODAY) for serial in range(100)]
    assert sum(not number.checksum_warning for number in takes) in (8, 9, 10)
    assert all(number.kind is NumberKind.CPR for number in takes)


def test_the_last_digit_is_odd_or_even_and_claims_no_more():
    assert (parse("731206-4123", TODAY).sex_digit, parse("731206-4122", TODAY).sex_digit) == ("odd", "even")
    assert parse("731206-4123", TODAY).sex_digit_note == ODD_DIGIT
    assert parse("3101057JC8", TODAY).sex_digit_note == EVEN_DIGIT


def test_the_masked_number_shows_the_date_and_nothing_else():
    assert parse("731206-4123", TODAY).masked == "731206-••••"
    assert mask("731206-••••") == "731206-••••"
    assert mask("not known") == mask("") == mask("٧٣١٢٠٦٤١٢٣") == "••••"


def test_neither_the_number_nor_the_birth_date_is_in_what_a_log_would_show():
    number = parse("731206-4123", TODAY)
    assert "7312" not in repr(number) and "2006" not in repr(number)
    with pytest.raises(InvalidInput) as refused:
        parse("993306-4123", TODAY)
    assert "4123" not in f"{refused.value!r} {refused.value}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Møde om 731206-4123", True),
        ("731206 4123.pdf", True),
        ("(7312064123)", True),
        ("3101057JC9", True),
        ("Netværksmøde E.H.", False),
        ("Tlf. 45 12 34 56 78", False),
        ("+4512345678", False),
        ("2026-11-21 10.30", False),
        ("27.24.00-G01-123-26", False),
        ("123456789012345", False),
    ],
)
def test_a_number_inside_a_text_is_seen(text, found):
    assert contains_person_number(text) is found


births = st.dates(date(1900, 1, 1), TODAY)


@given(births, st.integers(0, 999))
def test_every_birth_date_has_a_number_that_gives_it_back(born, rest):
    seventh = 0 if born.year < 2000 else 4 if born.year <= 2036 else 5
    number = parse(replacement(born, seventh, rest), TODAY)
    assert number.birth_date == born
    assert parse(number.formatted, TODAY) == parse(number.normalised.lower(), TODAY) == number
    assert contains_person_number(f"x {number.formatted} y")
    assert number.masked == f"{number.normalised[:6]}-••••"


@given(st.text(max_size=30) | st.text("0123456789-AZß", min_size=9, max_size=12))
def test_any_text_is_a_number_or_is_refused(text):
    try:
        number = parse(text, TODAY)
    except InvalidInput:
        return
    assert len(number.normalised) == 10
    assert number.birth_date <= TODAY
