"""Where a child stands on the ladder, and what is no move."""

from __future__ import annotations

import dataclasses
import datetime as dt

from caseworker_app.domain.numbers.ladder import moves, standings
from tests.domain.numbers.made import case, stay

TODAY = dt.date(2026, 11, 23)


def test_a_step_set_by_hand_is_where_she_stands_while_nothing_has_begun():
    mine = dataclasses.replace(case("2024-05-01"), step=2)
    (one,) = standings(mine, [], TODAY)
    assert (one.step, one.days.first, one.days.last) == (2, dt.date(2024, 5, 1), TODAY)


def test_a_step_set_by_hand_makes_no_move_before_what_began_first():
    mine = dataclasses.replace(case("2024-05-01"), step=6)
    lived = [
        stay("2024-05-17", "2025-04-16", step=5, case=mine.case),
        stay("2025-04-16", step=6, case=mine.case),
    ]
    found = standings(mine, lived, TODAY)
    assert [one.step for one in found] == [5, 6]
    assert [(move.before, move.after) for move in moves(mine, found)] == [(5, 6)]
