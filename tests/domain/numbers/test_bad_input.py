"""What is not as it should be: ends missing, placements at once, days without a price, nothing to divide by."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import TalkState
from caseworker_app.domain.intervention import PriceUnit
from caseworker_app.domain.numbers.cost_sheets import cost_sheet, unit_cost_sheet
from caseworker_app.domain.numbers.costs import cost
from caseworker_app.domain.numbers.events import DueFollowUp, Events, HeldFollowUp
from caseworker_app.domain.numbers.figures import half_up
from caseworker_app.domain.numbers.follow_up_sheets import half_year_sheet, in_time_sheet
from caseworker_app.domain.numbers.ladder import moves, strip
from caseworker_app.domain.numbers.placement_sheets import child_year_sheet
from caseworker_app.domain.numbers.report import report
from caseworker_app.domain.numbers.rows import Effort, PlaceRow
from caseworker_app.domain.numbers.span import Span, half_year_of, span, year_of
from tests.domain.numbers.made import TODAY, case, day, priced, some_id, stay

Y2026 = year_of(TODAY)


def years(stays, shown=Y2026, row="all"):
    return child_year_sheet(Events(TODAY, stays=tuple(stays)), shown).cell(row, 0).value


def test_a_placement_without_an_end_counts_to_today_and_not_into_the_future():
    assert years([stay("2026-01-01")]) == Fraction((TODAY - dt.date(2025, 12, 31)).days, 365)
    assert years([stay("2026-12-01", None)]) == 0
    assert years([stay("2026-11-01", "2027-03-31")]) == Fraction(21, 365)


def test_a_day_counts_for_the_highest_step_and_of_two_on_one_step_for_the_later():
    child = {"child": "Emma"}
    home = stay("2025-01-01", "2025-12-31", row=PlaceRow.HOME_BASED, **child)
    secure = stay("2025-07-01", "2025-07-10", row=PlaceRow.SECURE, **child)
    assert years([home, secure], year_of(home.first)) == 1
    assert years([home, secure], year_of(home.first), "secure") == Fraction(10, 365)
    ordinary = stay("2025-01-01", "2025-12-31", **child)
    special = stay("2025-12-01", None, row=PlaceRow.SPECIAL_FOSTER, **child)
    assert years([ordinary, special], year_of(home.first), "special_foster") == Fraction(31, 365)
    assert years([special, ordinary], year_of(home.first), "ordinary_foster") == Fraction(334, 365)


def test_a_child_moved_on_a_day_is_counted_once_on_it():
    first = stay("2025-01-01", "2025-03-31", child="Noah")
    second = stay("2025-03-31", "2025-12-31", child="Noah", row=PlaceRow.NETWORK_FOSTER)
    assert years([first, second], year_of(first.first)) == 1


def test_two_cases_of_one_child_are_one_child():
    twice = [
        stay("2025-01-01", "2025-12-31", child="Ida", case=b"a"),
        stay("2025-01-01", "2025-12-31", child="Ida", case=b"b"),
    ]
    assert years(twice, year_of(day("2025-01-01"))) == 1


def test_the_29th_of_february_is_a_day_like_the_others():
    assert years([stay("2024-02-29", "2024-02-29")], year_of(day("2024-02-29"))) == Fraction(1, 366)
    assert years([stay("2024-01-01", "2024-12-31")], year_of(day("2024-02-29"))) == 1
    assert Span(day("2024-02-29"), day("2024-02-29")).years_before(1).first == day("2023-02-28")
    assert Span(day("2023-03-01"), day("2024-02-29")).years_before(3) == Span(
        day("2020-03-01"), day("2021-02-28")
    )
    assert Span(day("2025-02-28"), day("2025-02-28")).years_before(1).last == day("2024-02-29")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (day("2026-02-01"), day("2026-01-31"), "last"),
        (None, day("2026-01-31"), "first"),
        (day("2026-01-31"), None, "last"),
        (day("1900-01-01"), day("2026-01-31"), "first"),
    ],
)
def test_a_period_reversed_missing_or_endless_is_refused(first, last, field):
    with pytest.raises(InvalidInput) as refused:
        span(first, last)
    assert refused.value.field == field


def test_days_without_a_price_are_told_and_left_out_of_the_price_of_a_child_year():
    half = stay("2025-01-01", "2025-12-31", prices=(priced(100_00, first="2025-01-01", last="2025-01-31"),))
    y2025 = year_of(half.first)
    sheet = cost_sheet(Events(TODAY, stays=(half,)), y2025)
    assert (sheet.cell("all", 0).value, sheet.cell("all", 3).value) == (3100, 334)
    unit = unit_cost_sheet(Events(TODAY, stays=(half,)), y2025)
    assert unit.cell("all", 0).value == 3100 / Fraction(31, 365)


def test_where_no_day_has_a_price_there_is_no_cost_and_not_a_cost_of_nothing():
    events = Events(
        TODAY, stays=(stay("2025-01-01", "2025-12-31", prices=(priced(450_00, PriceUnit.HOUR),)),)
    )
    sheet, unit = cost_sheet(events, year_of(day("2025-01-01"))), unit_cost_sheet(events, Y2026)
    assert sheet.cell("all", 0).value is None
    assert sheet.cell("all", 3).value == 365
    assert unit.cell("all", 0).value is None


def test_a_price_by_the_week_the_month_and_the_course():
    two_weeks = stay("2025-01-01", "2025-01-14", prices=(priced(700_00, PriceUnit.WEEK),))
    assert cost(two_weeks, year_of(two_weeks.first), TODAY).kroner == 1400
    over_february = stay("2024-02-16", "2024-03-15", prices=(priced(2900_00, PriceUnit.MONTH),))
    paid = 2900 * Fraction(14, 29) + 2900 * Fraction(15, 31)
    assert cost(over_february, year_of(over_february.first), TODAY).kroner == paid
    course = stay("2024-11-01", "2025-03-31", row=None, prices=(priced(90_000_00, PriceUnit.COURSE),))
    assert cost(course, year_of(day("2024-01-01")), TODAY).kroner == 90_000
    assert cost(course, year_of(day("2025-01-01")), TODAY).kroner == 0


def test_nothing_to_divide_by_is_a_dash_in_every_sheet():
    for events in (Events(TODAY), Events(TODAY, cases=(case(),))):
        for sheet in report(events, Y2026, Y2026.years_before(1)):
            for line in sheet.lines:
                assert all(cell.value is None or cell.rounded() is not None for cell in line.cells)
        found = {sheet.key: sheet for sheet in report(events, Y2026, Y2026.years_before(1))}
        assert found["child_years"].cell("all", 3).value is None
        assert found["breakdowns"].cell("breakdown_percent", 0).value is None
        assert found["unit_costs"].cell("all", 0).value is None
        assert found["half_years"].columns == ()


def test_a_period_that_lies_ahead_has_nothing_in_it():
    ahead = Span(day("2030-01-01"), day("2030-12-31"))
    found = {sheet.key: sheet for sheet in report(Events(TODAY, (case(),), (stay("2026-01-01"),)), ahead)}
    assert found["child_years"].cell("all", 0).value == 0
    assert found["half_years"].lines == ()


def test_follow_ups_are_counted_by_case_and_half_year_beside_the_rule():
    one, two = stay("2026-01-05", case=b"one"), stay("2026-03-02", case=b"two")
    held = [
        HeldFollowUp(b"one", one.thing, Effort.FOSTER, on, TalkState.HELD)
        for on in (day("2026-02-01"), day("2026-05-01"))
    ]
    held.append(HeldFollowUp(b"two", two.thing, Effort.FOSTER, day("2026-07-01")))
    due = [
        DueFollowUp(b"one", one.thing, Effort.FOSTER, day(on))
        for on in ("2026-01-19", "2026-03-02", "2026-06-30")
    ]
    sheet = half_year_sheet(Events(TODAY, stays=(one, two), held=tuple(held), due=tuple(due)), Y2026)
    first, second = sheet.lines
    assert [cell.value for cell in first.cells] == [1, Fraction(3, 2)]
    assert [cell.value for cell in second.cells] == [Fraction(1, 2), 0]


def test_what_was_held_on_the_day_is_in_time_and_what_is_waived_asks_for_nothing():
    due = [
        DueFollowUp(some_id(), b"", Effort.FOSTER, day("2026-03-01"), held=day("2026-03-01")),
        DueFollowUp(some_id(), b"", Effort.FOSTER, day("2026-03-01"), held=day("2026-03-02")),
        DueFollowUp(some_id(), b"", Effort.PREVENTIVE, day("2026-03-01")),
        DueFollowUp(some_id(), b"", Effort.PREVENTIVE, day("2026-03-01"), waived=True),
    ]
    sheet = in_time_sheet(Events(TODAY, due=tuple(due)), Y2026)
    assert [cell.value for cell in sheet.line("all").cells] == [4, 1, Fraction(100, 3), 1, 1, 1]
    only_waived = in_time_sheet(Events(TODAY, due=tuple(due[3:])), Y2026)
    assert only_waived.cell("all", 2).value is None


def test_a_short_pause_between_two_interventions_is_one_move_and_a_long_one_is_none():
    own = case("2024-01-01", case=b"k")
    high = stay("2024-01-01", "2024-06-30", row=PlaceRow.RESIDENTIAL, case=b"k")
    soon, late = stay("2024-07-20", case=b"k"), stay("2024-12-01", case=b"k")
    assert [(m.before, m.after, m.on) for m in strip(own, [high, soon], TODAY).moves] == [
        (6, 5, day("2024-07-20"))
    ]
    assert moves(own, strip(own, [high, late], TODAY).standings) == ()


def test_a_half_year_and_rounding_half_away_from_nought():
    assert half_year_of(day("2026-06-30")) == Span(day("2026-01-01"), day("2026-06-30"))
    assert [str(half_up(Fraction(n, 2), 0)) for n in (1, 3, -1, -3)] == ["1", "2", "-1", "-2"]
    assert str(half_up(Fraction(5, 1000), 2)) == "0.01"
