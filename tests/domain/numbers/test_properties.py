"""What must hold of the numbers whatever happened: parts add up, a moved boundary moves exactly its days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.intervention import PriceUnit
from caseworker_app.domain.numbers.child_years import of_days, pieces, placed_days
from caseworker_app.domain.numbers.costs import cost
from caseworker_app.domain.numbers.events import Events
from caseworker_app.domain.numbers.ladder import strips
from caseworker_app.domain.numbers.ladder_sheets import ladder_sheet, move_sheet
from caseworker_app.domain.numbers.placement_sheets import child_year_sheet
from caseworker_app.domain.numbers.rows import ROWS_OF, PlaceGroup, PlaceRow
from caseworker_app.domain.numbers.span import Span, year_of
from tests.domain.numbers.made import TODAY, case, priced, stay

DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2008, 1, 1), dt.date(2026, 11, 21))


@st.composite
def spans(draw):
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Span(first, last)


@st.composite
def stays(draw, children=4):
    """Placements of a few children, some at once, some without an end."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        first, last = sorted((draw(DAYS), draw(DAYS)))
        row = draw(st.sampled_from(PlaceRow))
        child = f"child-{draw(st.integers(1, children))}"
        found.append(stay(first, draw(st.sampled_from([last, None])), row=row, child=child))
        assert number < 8
    return tuple(found)


@given(st.integers(1990, 2025))
def test_a_whole_year_is_one_child_year_leap_year_or_not(year):
    assert of_days(year_of(dt.date(year, 1, 1))) == 1


@given(spans())
def test_half_the_days_of_a_year_are_half_a_child_year_whatever_period_is_shown(shown):
    half = stay("2016-01-01", "2016-07-01")  # 183 of 366 days
    around = Span(min(shown.first, half.first), max(shown.last, half.last))
    sheet = child_year_sheet(Events(TODAY, stays=(half,)), around)
    assert sheet.cell("all", 0).value == Fraction(1, 2)


@given(stays(), spans())
def test_the_rows_add_up_to_their_groups_and_the_groups_to_all(found, shown):
    sheet = child_year_sheet(Events(TODAY, stays=found), shown)
    for column in (0, 2):
        whole = sum(sheet.cell(group.value, column).value for group in PlaceGroup)
        assert whole == sheet.cell("all", column).value
        for group, rows in ROWS_OF.items():
            if len(rows) > 1:
                parts = sum(sheet.cell(row.value, column).value for row in rows)
                assert parts == sheet.cell(group.value, column).value


@given(stays(), spans())
def test_what_each_case_adds_is_the_figure(found, shown):
    sheet = child_year_sheet(Events(TODAY, stays=found), shown)
    for line in sheet.lines:
        assert sum((one.amount for one in line.cells[0].counted), Fraction(0)) == line.cells[0].value


@given(stays(), spans(), st.data())
def test_two_halves_of_a_period_are_the_period(found, shown, data):
    cut = data.draw(st.dates(shown.first, shown.last))
    parts = [shown.common(shown.first, cut), shown.common(cut + DAY, shown.last)]
    events = Events(TODAY, stays=found)
    whole = child_year_sheet(events, shown).cell("all", 0).value
    assert whole == sum(child_year_sheet(events, part).cell("all", 0).value for part in parts if part)


@given(spans(), spans(), st.integers(1, 400))
def test_moving_the_last_day_moves_exactly_the_days(days, shown, later):
    short = stay(days.first, days.last)
    long = replace(short, last=min(days.last + later * DAY, TODAY))
    added = shown.common(short.last + DAY, long.last) if long.last > short.last else None
    before, after = (placed_days(pieces([one], TODAY), shown) for one in (short, long))
    assert after - before == (added.days if added is not None else 0)


@given(stays(children=1), spans())
def test_a_day_counts_once_for_a_child_however_many_placements_run(found, shown):
    placed = set()
    for one in found:
        days = one.days_in(shown, TODAY)
        if days is not None:
            placed |= {days.first + n * DAY for n in range(days.days)}
    assert placed_days(pieces(found, TODAY), shown) == len(placed)


@given(spans(), st.integers(0, 10**7))
def test_the_days_of_a_whole_year_by_the_month_cost_twelve_months(shown, oere):
    year = year_of(shown.first)
    one = stay(year.first, year.last, prices=(priced(oere, PriceUnit.MONTH),))
    assert cost(one, year, dt.date(2027, 1, 1)).kroner * 100 == 12 * oere


@given(stays(), spans())
@settings(max_examples=60)
def test_every_open_case_stands_somewhere_on_the_ladder_sheet_once(found, shown):
    cases = tuple(case("2008-01-01", case=one.encode()) for one in sorted({s.child for s in found}))
    events = Events(TODAY, cases, found)
    strips_ = strips(events)
    sheet = ladder_sheet(events, strips_, shown)
    for column in range(len(sheet.columns)):
        standing = sum(line.cells[column].value for line in sheet.lines[:-1])
        assert standing == sheet.cell("all", column).value
    moves = move_sheet(events, strips_, shown)
    assert moves.cell("up", 0).value + moves.cell("down", 0).value == moves.cell("all", 0).value
