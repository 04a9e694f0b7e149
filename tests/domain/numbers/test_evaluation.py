"""The tables of the evaluation of 2017, rebuilt from placements, prices, breakdowns and complaints constructed here.

What the printed tables say wrong about themselves is left out; ``evaluation.json`` lists it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from caseworker_app.domain.numbers.case_sheets import complaint_sheet
from caseworker_app.domain.numbers.cost_sheets import cost_sheet, unit_cost_sheet
from caseworker_app.domain.numbers.events import Events, Happened, Stay
from caseworker_app.domain.numbers.placement_sheets import breakdown_sheet, child_year_sheet
from caseworker_app.domain.numbers.rows import ROWS_OF, PlaceGroup, PlaceRow
from caseworker_app.domain.numbers.span import Span, year_of
from tests.domain.numbers.made import TODAY, case, days_of, placed, priced, some_id, stay

ORACLE = json.loads((Path(__file__).parent / "evaluation.json").read_text("utf-8"))
WHERE = ("sverigesdistrikter", "oevrige")
Y2013, Y2015 = year_of(dt.date(2013, 5, 1)), year_of(dt.date(2015, 5, 1))


def caseload(where: str) -> Events:
    """Return placements with the printed child-years of 2013 and 2015, home-based ones by their group."""
    stays: list[Stay] = []
    for year in (2013, 2015):
        printed = ORACLE["child_years"][where][str(year)]
        for row in PlaceRow:
            value = printed["home_based_all" if row is PlaceRow.HOME_BASED else row.value]
            stays += placed(days_of(value, year), year, row)
    return Events(TODAY, stays=tuple(stays))


@pytest.mark.parametrize("where", WHERE)
def test_the_tables_on_placements_come_out_as_they_are_printed(where):
    sheet, printed = child_year_sheet(caseload(where), Y2015, Y2013), ORACLE["child_years"][where]
    columns = ("2013", "2015", "change", "change_percent", "share_2013", "share_2015", "points")
    checked = 0
    for column, name in enumerate(columns):
        for key, value in printed[name].items():
            got = sheet.cell(key, column).rounded()
            assert got == Decimal(value), (name, key)
            assert got.as_tuple().exponent == Decimal(value).as_tuple().exponent, (name, key)
            checked += 1
    assert checked == 58


@pytest.mark.parametrize("where", WHERE)
def test_institutions_foster_families_and_home_based_placements_are_all_placements(where):
    sheet = child_year_sheet(caseload(where), Y2015, Y2013)
    for column in (0, 1, 2):
        groups = [sheet.cell(group.value, column).value for group in PlaceGroup]
        assert sum(groups) == sheet.cell("all", column).value
        for group, rows in ROWS_OF.items():
            if len(rows) > 1:
                parts = [sheet.cell(row.value, column).value for row in rows]
                assert sum(parts) == sheet.cell(group.value, column).value
    printed = ORACLE["child_years"][where]
    for year in ("2013", "2015"):
        parts = [Fraction(printed[year][group.value]) for group in PlaceGroup]
        assert sum(parts) == Fraction(printed[year]["all"])


@pytest.mark.parametrize("printed", ORACLE["breakdowns"], ids=lambda one: f"{one['where']}-{one['year']}")
def test_breakdowns_in_percent_of_child_years_come_out_as_they_are_printed(printed):
    year = printed["year"]
    stays = list(placed(days_of(printed["child_years"], year), year, PlaceRow.ORDINARY_FOSTER))
    ended = [dt.date(year, 6, 30)] * printed["number"]
    stays = stays[len(ended) :] + [
        half
        for last in ended
        for half in (
            stay(dt.date(year, 1, 1), last, broken=True),
            stay(last + dt.timedelta(days=1), dt.date(year, 12, 31)),
        )
    ]
    sheet = breakdown_sheet(Events(TODAY, stays=tuple(stays)), year_of(dt.date(year, 1, 1)))
    assert sheet.cell("breakdowns", 0).rounded() == printed["number"]
    assert str(sheet.cell("breakdown_percent", 0).rounded()) == printed["percent"]


@pytest.mark.parametrize(
    "printed", ORACLE["complaints"], ids=lambda one: f"{one['number']}-of-{one['cases']}"
)
def test_complaints_in_percent_of_all_cases_come_out_as_they_are_printed(printed):
    cases = tuple(case() for _ in range(printed["cases"]))
    came = tuple(Happened(one.case, some_id(), dt.date(2015, 3, 2)) for one in cases[: printed["number"]])
    sheet = complaint_sheet(Events(TODAY, cases, complaints=came), Y2015)
    assert sheet.cell("complaints", 0).rounded() == printed["number"]
    assert str(sheet.cell("complaint_percent", 0).rounded()) == printed["percent"]


def paid(where: str) -> Events:
    """Return placements of 2013 and 2015 whose days cost what the accounts say."""
    stays: list[Stay] = []
    for year in (2013, 2015):
        years, kroner = ORACLE["child_years"][where][str(year)], ORACLE["costs"][where][str(year)]
        for group, rows in ROWS_OF.items():
            days = {row: days_of(years[group.value if len(rows) == 1 else row.value], year) for row in rows}
            oere = kroner[group.value] * 1000 * 100
            whole, rest = divmod(oere, sum(days.values()))
            for row, number in days.items():
                stays += placed(number, year, row, prices=(priced(whole),))
            # the øre that do not divide by the days are one child's own day more
            first = next(n for n, one in enumerate(stays) if one.row in rows and one.first.year == year)
            stays[first] = _dearer(stays[first], rest)
    return Events(TODAY, stays=tuple(stays))


def _dearer(one: Stay, oere: int) -> Stay:
    begun = one.first.isoformat()
    after = (one.first + dt.timedelta(days=1)).isoformat()
    day_price = one.prices[0].oere
    return dataclasses.replace(
        one, prices=(priced(day_price + oere, first=begun, last=begun), priced(day_price, first=after))
    )


@pytest.mark.parametrize("where", WHERE)
def test_the_accounts_come_out_as_they_are_printed(where):
    sheet, printed = cost_sheet(paid(where), Y2015, Y2013), ORACLE["costs"][where]
    for column, name in enumerate(("2013", "2015", "change")):
        for key, thousands in printed[name].items():
            assert sheet.cell(key, column).rounded() == thousands * 1000, (name, key)
    assert sheet.cell("all", 3).rounded() == int(printed["change_percent"]["all"])
    assert all(line.cells[-1].value == 0 for line in sheet.lines)


@pytest.mark.parametrize("where", WHERE)
def test_a_child_year_of_2015_costs_what_is_printed_within_two_in_ten_thousand(where):
    """A printed child-year has two figures after the comma, a placement whole days: half a day is allowed besides."""
    sheet = unit_cost_sheet(paid(where), Y2015, Y2013)
    for key, printed in ORACLE["unit_costs_2015"][where].items():
        value = sheet.cell(key, 1).value
        assert value is not None
        half_a_day = Fraction(1, 2) / days_of(ORACLE["child_years"][where]["2015"][key], 2015)
        assert abs(value - printed) / printed <= Fraction(2, 10_000) + half_a_day, key


def test_ten_and_twenty_percent_more_stand_beside_the_cost():
    sheet = cost_sheet(paid("oevrige"), Y2015)
    value, ten, twenty = (sheet.cell("all", column).value for column in range(3))
    assert (ten / value, twenty / value) == (Fraction(11, 10), Fraction(12, 10))


def test_six_months_of_a_year_count_half_a_child_year_in_whatever_period_they_are_shown():
    events = Events(TODAY, stays=(stay("2015-01-01", "2015-06-30"),))
    shown = [
        Span(dt.date(2015, 1, 1), dt.date(2015, 6, 30)),
        Y2015,
        Span(dt.date(2010, 1, 1), dt.date(2019, 12, 31)),
    ]
    assert {str(child_year_sheet(events, span).cell("all", 0).rounded()) for span in shown} == {"0.50"}
