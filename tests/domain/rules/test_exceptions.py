"""Agreed exceptions: how the extra follow-ups may be held, and the floor that stays."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.rules.exceptions import FULL, Holding, breaks_floor, exceptions_for, holding
from caseworker_app.domain.rules.model import Talk
from caseworker_app.domain.rules.schedule import schedule
from tests.domain.rules.given import D, herning, local, shipped

START = D("2026-01-05")
UNTIL = D("2027-12-31")


def extra_of(kind: str):
    return next(item for item in schedule(herning(), kind, START, UNTIL) if item.extra)


@pytest.mark.parametrize(
    ("kind", "agreed", "ways", "talk"),
    [
        ("foster", "childhood_placement", ("in_person", "mail", "phone"), Talk.OPTIONAL),
        ("foster", "far_away", ("in_person", "phone"), Talk.BY_PHONE),
        ("own_room", "far_away", ("in_person", "phone"), Talk.BY_PHONE),
        ("boarding", "boarding_school", ("in_person", "phone"), Talk.BY_PHONE),
    ],
)
def test_an_extra_follow_up_may_be_held_as_the_exception_says(kind, agreed, ways, talk):
    allowed = holding(extra_of(kind), herning(), kind, [agreed])
    assert allowed == Holding(ways, talk, (agreed,))
    assert allowed.permits("phone") and not allowed.permits("video")


def test_without_an_agreement_and_for_another_kind_a_follow_up_is_full():
    assert holding(extra_of("foster"), herning(), "foster", []) == FULL
    assert holding(extra_of("foster"), herning(), "foster", ["boarding_school", "nobody_knows"]) == FULL
    assert not FULL.permits("phone") and FULL.is_full


def test_the_most_lenient_of_two_agreements_counts():
    allowed = holding(
        extra_of("foster"), herning(), "foster", ["far_away", "childhood_placement", "far_away"]
    )
    assert allowed == Holding(
        ("in_person", "phone", "mail"), Talk.OPTIONAL, ("far_away", "childhood_placement")
    )


@pytest.mark.parametrize(
    ("talk", "talked", "missed"),
    [
        (Talk.REQUIRED, None, True), (Talk.REQUIRED, "phone", True), (Talk.REQUIRED, "in_person", False),
        (Talk.BY_PHONE, None, True), (Talk.BY_PHONE, "phone", False),
        (Talk.OPTIONAL, None, False), (Talk.OPTIONAL, "phone", False),
    ],
)  # fmt: skip
def test_a_talk_left_out_where_it_may_be_is_no_missed_talk(talk, talked, missed):
    assert Holding(("in_person", "phone"), talk, ("x",)).misses_talk(talked) is missed


def test_the_quarterly_pattern_is_one_extra_and_one_full():
    items = schedule(herning(), "foster", START, D("2028-12-31"))
    later = [item for item in items if item.due > D("2027-01-05")]
    assert [item.extra for item in later[:8]] == [True, False] * 4


def test_the_first_follow_up_and_the_status_are_never_extra():
    for kind in herning().rules:
        items = schedule(herning(), kind, START, UNTIL)
        assert not items[0].extra
        assert not any(item.extra and item.status for item in items)


def test_the_half_year_counts_from_the_last_full_one_and_not_from_a_light_one():
    held = [item.due for item in schedule(herning(), "foster", START, D("2027-03-31"))]
    light = {held[-1]}
    items = schedule(herning(), "foster", START, D("2027-12-31"), held=held, light=light)
    last = items[len(held) - 1]
    assert last.extra and last.held == D("2027-03-21")
    assert items[len(held)].floor == D("2027-06-21") and not items[len(held)].extra


def test_a_light_follow_up_held_so_late_that_half_a_year_passes_is_noticed():
    held = [item.due for item in schedule(herning(), "foster", START, D("2027-01-31"))]

    def held_lightly(on: date) -> bool:
        after = schedule(herning(), "foster", START, UNTIL, held=[*held, on], light={on})
        return breaks_floor(after)

    assert not held_lightly(D("2027-03-21"))
    assert held_lightly(D("2027-03-22"))


def test_the_law_has_no_floor_and_nothing_extra():
    items = schedule(shipped("sel-2011"), "follow_up", START, UNTIL)
    assert not any(item.extra or item.floor for item in items)
    assert not breaks_floor(items)
    assert not breaks_floor([])


def test_a_municipality_adds_a_kind_of_exception_of_its_own():
    rules = local(
        """
[rules.foster]
title = {da = "Plejefamilie"}
source = "Os"
[[rules.foster.then]]
every = "3 M"
from = "held"
[exceptions.on_a_ship]
title = {da = "På et skoleskib"}
source = "Os"
applies_to = ["foster"]
ways = ["video", "phone"]
talk = "by_phone"
condition = {da = "Den unge er til søs."}
""",
        top='floor = "6 M"',
    )
    item = next(item for item in schedule(rules, "foster", START, UNTIL) if item.extra)
    assert holding(item, rules, "foster", ["on_a_ship"]).ways == ("in_person", "video", "phone")


def test_only_fitting_exceptions_are_offered():
    assert {kind.id for kind in exceptions_for(herning(), "foster")} == {"childhood_placement", "far_away"}
    assert {kind.id for kind in exceptions_for(herning(), "boarding")} == {"boarding_school"}
    assert exceptions_for(herning(), "preventive") == ()
