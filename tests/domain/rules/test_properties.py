"""What holds for every kind, every start, whatever was held: searched for by hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.rules.exceptions import FULL, holding
from caseworker_app.domain.rules.model import ItemKind
from caseworker_app.domain.rules.periods import Period, Unit, add_months
from caseworker_app.domain.rules.schedule import schedule
from tests.domain.rules.given import KINDS, NAMES, PLACEMENTS, herning, interventions, kinds, shipped, starts

FAR = timedelta(days=4 * 365)
ENDLESS = sorted(set(KINDS) - {"mst", "family_centre"})


@given(interventions(), st.booleans())
def test_nothing_is_due_before_the_start_and_numbers_run_without_gaps(given_, continued):
    kind, start, held = given_
    items = schedule(herning(), kind, start, start + FAR, held=held, continued=continued)
    assert all(item.due > start for item in items)
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert [item.due for item in items] == sorted(item.due for item in items)


@given(kinds, starts)
def test_holding_everything_on_time_changes_no_date(kind, start):
    planned = schedule(herning(), kind, start, start + FAR, continued=True)
    held = [item.due for item in planned]
    again = schedule(herning(), kind, start, start + FAR, held=held, continued=True)
    assert [item.due for item in again] == held
    assert all(item.held == item.due for item in again)


@given(kinds, starts, st.integers(0, 900), st.integers(0, 900))
def test_asking_further_ahead_only_adds(kind, start, near, further):
    soon = schedule(herning(), kind, start, start + timedelta(days=near))
    later = schedule(herning(), kind, start, start + timedelta(days=near + further))
    assert later[: len(soon)] == soon
    assert all(item.due > start + timedelta(days=near) for item in later[len(soon) :])


@given(interventions())
def test_the_past_does_not_change_when_one_more_is_held(given_):
    kind, start, held = given_
    before = schedule(herning(), kind, start, start + FAR, held=held)
    after = schedule(herning(), kind, start, start + FAR, held=[*held, *(held[-1:] or [start])])
    settled = [(item.due, item.held) for item in before if item.settled]
    assert [(item.due, item.held) for item in after][: len(settled)] == settled


@given(interventions())
def test_what_is_held_and_what_is_settled_agree_in_number(given_):
    kind, start, held = given_
    items = schedule(herning(), kind, start, date(2060, 1, 1), held=held, continued=True)
    assert sorted(item.held for item in items if item.held) == held


@given(st.sampled_from(ENDLESS), starts)
def test_between_two_full_follow_ups_lies_no_more_than_half_a_year(kind, start):
    items = schedule(herning(), kind, start, start + FAR)
    full = [item for item in items if item.is_follow_up and not item.extra]
    assert full[0] is items[0]
    assert all(item.floor is not None and item.due <= item.floor for item in full)
    halves = [add_months(start, 6 * n) for n in range(8)]
    for begin, end in pairwise(halves):
        assert any(begin <= item.due <= end for item in full), (begin, end)


@given(st.sampled_from(ENDLESS), starts)
def test_more_than_the_floor_is_extra(kind, start):
    items = schedule(herning(), kind, start, start + FAR)
    assert sum(item.extra for item in items) >= len(items) / 2 - 2


@given(interventions(), st.lists(st.sampled_from(sorted(herning().exceptions)), max_size=4))
def test_an_exception_removes_and_moves_nothing_and_eases_only_the_extra_ones(given_, agreed):
    kind, start, held = given_
    local = schedule(herning(), kind, start, start + FAR, held=held)
    light = [item.held for item in local if item.held]
    eased = schedule(herning(), kind, start, start + FAR, held=held, light=light)
    assert [(item.due, item.held) for item in eased] == [(item.due, item.held) for item in local]
    assert all(holding(item, herning(), kind, agreed) == FULL for item in local if not item.extra)
    group = "placement" if kind in PLACEMENTS else "support"
    for name in NAMES[1:]:
        for rule in shipped(name).rules_for(group):
            statutory = schedule(shipped(name), rule.id, start, start + FAR)
            assert statutory
            assert all(holding(item, herning(), kind, agreed) == FULL for item in statutory)


@given(starts)
def test_only_follow_ups_are_ever_extra(start):
    for kind in KINDS:
        for item in schedule(herning(), kind, start, start + FAR, continued=True):
            assert item.is_follow_up or not item.extra
            assert item.is_follow_up == (item.kind is ItemKind.FOLLOW_UP) == (item.floor is not None)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_a_month_away_is_the_same_day_or_the_end_of_a_shorter_month(day, months):
    there = add_months(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day == day.day or (there.day < day.day and (there + timedelta(days=1)).day == 1)


@given(
    st.tuples(st.integers(1, 60), st.sampled_from((Unit.DAYS, Unit.WEEKS, Unit.MONTHS))),
    st.tuples(st.integers(1, 60), st.sampled_from((Unit.DAYS, Unit.WEEKS, Unit.MONTHS))),
    starts,
)
def test_a_period_said_to_end_first_ends_first_wherever_it_begins(one, other, start):
    if Period(*one).always_before(Period(*other)):
        assert Period(*one).after(start) < Period(*other).after(start)
