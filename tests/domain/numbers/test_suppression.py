"""Nothing that leaves the house says anything about one or two children, and nothing of it can be computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.follow_up import TalkState
from caseworker_app.domain.numbers.events import DueFollowUp, Events, HeldFollowUp
from caseworker_app.domain.numbers.figures import FEWEST
from caseworker_app.domain.numbers.placement_sheets import child_year_sheet
from caseworker_app.domain.numbers.report import report
from caseworker_app.domain.numbers.rows import Effort, PlaceRow
from caseworker_app.domain.numbers.span import Span, year_of
from caseworker_app.domain.numbers.suppression import equations, outside
from caseworker_app.i18n import load
from caseworker_app.services.numbers_words import chart_of
from tests.domain.numbers.made import TODAY, case, day, stay

Y2025 = year_of(day("2025-01-01"))
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30))


@st.composite
def caseloads(draw):
    """Up to thirty children with placements, follow-ups and talks."""
    stays, due, held, cases = [], [], [], []
    for number in range(draw(st.integers(0, 30))):
        one = number.to_bytes(2, "big")
        cases.append(case("2020-01-01", case=one))
        first, last = sorted((draw(DAYS), draw(DAYS)))
        placed = stay(first, last, row=draw(st.sampled_from(PlaceRow)), child=one.hex(), case=one)
        stays.append(placed)
        on = draw(DAYS)
        fate = draw(st.integers(0, 3))
        settled = on if fate == 0 else on + dt.timedelta(days=9) if fate == 1 else None
        due.append(DueFollowUp(one, placed.thing, placed.effort, on, settled, waived=fate == 2))
        held.append(
            HeldFollowUp(one, placed.thing, placed.effort, on, draw(st.sampled_from([*TalkState, None])))
        )
    return Events(TODAY, tuple(cases), tuple(stays), tuple(due), tuple(held))


def determined(hidden: set, found: Sequence) -> set:
    """Return the hidden cells that follow from the shown ones by the equations, by elimination."""
    names = sorted({cell for one in found for cell in one.cells if cell in hidden})
    matrix = [
        [Fraction((name == one.whole) - one.parts.count(name)) for name in names]
        for one in found
        if any(cell in hidden for cell in one.cells)
    ]
    row = 0
    for column in range(len(names)):
        pivot = next((n for n in range(row, len(matrix)) if matrix[n][column]), None)
        if pivot is None:
            continue
        matrix[row], matrix[pivot] = matrix[pivot], matrix[row]
        lead = matrix[row][column]
        matrix[row] = [value / lead for value in matrix[row]]
        for other in range(len(matrix)):
            if other != row and matrix[other][column]:
                factor = matrix[other][column]
                matrix[other] = [a - factor * b for a, b in zip(matrix[other], matrix[row], strict=True)]
        row += 1
    return {
        next(name for name, value in zip(names, line, strict=True) if value)
        for line in matrix
        if sum(value != 0 for value in line) == 1
    }


def cells(sheets):
    return {
        (sheet.key, line.key, n): cell
        for sheet in sheets
        for line in sheet.lines
        for n, cell in enumerate(line.cells)
    }


@given(caseloads(), st.booleans())
@settings(max_examples=20)
def test_no_hidden_cell_can_be_computed_from_those_that_are_shown(events, beside):
    sheets = report(events, Y2025, Y2025.years_before(1) if beside else None)
    shown, inside = cells(outside(sheets)), cells(sheets)
    hidden = {cell for cell, figure in shown.items() if figure.hidden}
    assert {cell for cell, figure in inside.items() if figure.few} <= hidden
    assert determined(hidden, list(equations(sheets))) == set()


@given(caseloads())
@settings(max_examples=20)
def test_the_sum_of_hidden_cells_is_never_of_one_or_two_children(events):
    sheets = report(events, Y2025)
    inside, shown = cells(sheets), cells(outside(sheets))
    for one in equations(sheets):
        hidden = [cell for cell in one.parts if shown[cell].hidden]
        if hidden and not shown[one.whole].hidden:
            assert len({part.case for cell in hidden for part in inside[cell].counted}) not in range(
                1, FEWEST
            )


def test_a_total_is_shown_and_two_rows_are_hidden_where_one_row_has_two_children():
    rows = [PlaceRow.ORDINARY_FOSTER] * 5 + [PlaceRow.NETWORK_FOSTER] * 2 + [PlaceRow.SPECIAL_FOSTER] * 4
    events = Events(TODAY, stays=tuple(stay("2025-01-01", "2025-12-31", row=row) for row in rows))
    (sheet,) = outside([child_year_sheet(events, Y2025)])
    hidden = {line.key for line in sheet.lines if line.cells[0].hidden}
    assert hidden == {"network_foster", "special_foster"}
    assert sheet.cell("foster_all", 0).value == 11


def test_a_chart_hides_what_its_table_hides():
    rows = [PlaceRow.HOME_BASED] * 4 + [PlaceRow.ORDINARY_FOSTER] * 5 + [PlaceRow.RESIDENTIAL]
    events = Events(TODAY, stays=tuple(stay("2025-01-01", "2025-12-31", row=row) for row in rows))
    (sheet,) = outside([child_year_sheet(events, Y2025)])
    bars = chart_of(load("da"), sheet, sheet.charts[0]).bars
    assert [(bar.value, bar.said) for bar in bars] == [(None, "under 3"), (5.0, "5,00"), (None, "under 3")]


def test_what_leaves_the_house_names_no_case():
    events = Events(TODAY, stays=tuple(stay("2025-01-01", "2025-12-31") for _ in range(4)))
    for sheet in outside(report(events, Y2025)):
        for line in sheet.lines:
            assert all(cell.counted == () for cell in line.cells)


def test_a_share_that_leaves_out_one_or_two_children_is_hidden_too():
    due = [
        DueFollowUp(
            n.to_bytes(2, "big"), b"", Effort.FOSTER, day("2025-05-01"), day("2025-05-01") if n else None
        )
        for n in range(10)
    ]
    sheets = report(Events(TODAY, due=tuple(due)), Span(day("2025-01-01"), day("2025-12-31")))
    shown = {sheet.key: sheet for sheet in outside(sheets)}["in_time"]
    assert shown.cell("all", 4).hidden
    assert shown.cell("all", 1).hidden
    assert shown.cell("all", 0).value == 10
