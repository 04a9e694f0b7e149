"""When a follow-up is due under Herning's rules, kind by kind."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.rules.model import ItemKind
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.rules.schedule import schedule
from tests.domain.rules.given import KINDS, D, herning, one_rule, shipped

ORACLES = json.loads((Path(__file__).parent / "follow_up.json").read_text(encoding="utf-8"))
START = D("2026-01-05")


def dates(kind: str, start: date, until: date, **given: object) -> list[str]:
    return [item.due.isoformat() for item in schedule(herning(), kind, start, until, **given)]


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda oracle: oracle["kind"])
def test_the_dates_are_those_worked_out_by_hand(oracle):
    held = [D(day) for day in oracle["held"]]
    items = schedule(
        shipped(oracle["rules"]), oracle["kind"], D(oracle["start"]), D(oracle["until"]), held=held
    )
    assert [item.due.isoformat() for item in items] == oracle["due"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("own_room", ["2026-01-19", "2026-03-02", "2026-04-13", "2026-05-25"]),
        ("short_term", ["2026-02-02", "2026-03-02", "2026-03-30", "2026-04-27", "2026-05-25"]),
        ("preventive", ["2026-02-02", "2026-04-05"]),
        ("mst", ["2026-02-02", "2026-03-02", "2026-04-05", "2026-06-05"]),
        ("contact_ambulant", ["2026-02-02", "2026-04-05"]),
        ("family_centre", ["2026-02-02", "2026-04-05"]),
        ("private_contact", ["2026-02-02", "2026-04-05"]),
        ("boarding", ["2026-02-02", "2026-04-05"]),
    ],
)  # fmt: skip
def test_the_first_half_year_of_a_kind(kind, expected):
    assert dates(kind, START, D("2026-06-21")) == expected


@pytest.mark.parametrize("kind", ["contact_ambulant", "private_contact", "boarding", "preventive"])
def test_from_the_first_half_year_on_every_three_months_are_counted_from_the_start(kind):
    months = [3, 6, 9, 12, 15, 18, 21, 24]
    expected = [START + timedelta(weeks=4), *(add_months(START, n) for n in months)]
    assert dates(kind, START, D("2028-01-05")) == [day.isoformat() for day in expected]


def test_the_last_day_asked_about_is_included_and_the_day_before_is_not():
    assert dates("institution", START, D("2026-01-19")) == ["2026-01-19"]
    assert dates("institution", START, D("2026-01-18")) == []
    assert dates("institution", START, D("2025-01-01")) == []


def test_every_rules_count_from_the_held_date_and_at_rules_from_the_start():
    late = [START + timedelta(days=30)]
    assert dates("institution", START, D("2026-04-01"), held=late) == ["2026-01-19", "2026-03-18"]
    assert dates("short_term", START, D("2026-04-01"), held=late) == [
        "2026-02-02",
        "2026-03-04",
        "2026-04-01",
    ]
    assert dates("preventive", START, D("2026-04-30"), held=late) == ["2026-02-02", "2026-04-05"]


def test_the_nth_held_date_settles_the_nth_due_date_in_whatever_order_they_are_given():
    held = [D("2026-03-10"), D("2026-01-20")]
    items = schedule(herning(), "foster", START, D("2026-05-01"), held=held)
    assert [(item.due.isoformat(), item.held and item.held.isoformat()) for item in items] == [
        ("2026-01-19", "2026-01-20"),
        ("2026-03-03", "2026-03-10"),
        ("2026-04-21", None),
    ]


def test_a_foster_placement_goes_over_to_three_months_when_six_weeks_would_pass_the_first_year():
    on_the_day = [D("2026-11-24")]  # + 6 W is 5 January, the year's last day
    held = [D("2026-01-19"), D("2026-03-02"), D("2026-04-13"), D("2026-05-25"), D("2026-07-06"), D("2026-08-17"),
            D("2026-09-28"), *on_the_day]  # fmt: skip
    assert dates("foster", START, D("2027-04-05"), held=held)[-2:] == ["2027-01-05", "2027-04-05"]
    held[-1] = D("2026-11-25")
    assert dates("foster", START, D("2027-02-25"), held=held)[-2:] == ["2026-11-09", "2027-02-25"]


def test_a_foster_placement_never_goes_back_to_six_weeks():
    days = [D(day) for day in dates("foster", START, D("2036-01-01"))]
    after = [day for day in days if day > D("2027-01-05")]
    assert all(later == add_months(day, 3) for day, later in pairwise(after))


def test_months_are_clipped_to_the_end_of_the_month_and_do_not_drift_from_the_start():
    assert dates("preventive", D("2026-08-31"), D("2027-08-31")) == [
        "2026-09-28", "2026-11-30", "2027-02-28", "2027-05-31", "2027-08-31",
    ]  # fmt: skip
    assert dates("preventive", D("2023-11-30"), D("2024-02-29"))[-1] == "2024-02-29"


def test_a_year_that_begins_on_29_february_ends_on_28_february():
    start = D("2024-02-29")
    assert dates("foster", start, D("2025-06-30"))[-3:] == ["2025-01-02", "2025-02-13", "2025-05-13"]
    before = [D(day) for day in dates("foster", start, D("2024-11-30"))]
    assert dates("foster", start, D("2025-05-01"), held=[*before, D("2025-01-17")])[-1] == "2025-02-28"
    assert dates("foster", start, D("2025-05-01"), held=[*before, D("2025-01-18")])[-1] == "2025-04-18"


def test_only_the_follow_up_at_six_months_takes_status():
    items = schedule(herning(), "preventive", START, D("2028-01-01"))
    assert [item.due.isoformat() for item in items if item.status] == ["2026-07-05"]
    assert "status" in str(items[2].why)


def test_a_written_status_and_the_end_of_a_course_are_no_follow_ups():
    until = D("2027-12-31")
    centre = schedule(herning(), "family_centre", START, until)
    assert [(item.due.isoformat(), item.kind) for item in centre][-1] == (
        "2026-09-05",
        ItemKind.STATUS_REPORT,
    )
    therapy = schedule(herning(), "mst", START, until)
    assert [(item.due.isoformat(), item.kind) for item in therapy][-1] == ("2026-06-05", ItemKind.COURSE_END)
    assert [item.is_follow_up for item in (*centre, *therapy)] == [True, True, True, False] * 2


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("mst", ["2026-07-05", "2026-10-05", "2027-01-05"]), ("family_centre", ["2026-10-05", "2027-01-05"])],
)
def test_a_course_still_open_after_its_last_date_goes_on_with_the_preventive_dates(kind, expected):
    closed = schedule(herning(), kind, START, D("2027-01-31"))
    going_on = schedule(herning(), kind, START, D("2027-01-31"), continued=True)
    assert going_on[: len(closed)] == closed
    rest = going_on[len(closed) :]
    assert [item.due.isoformat() for item in rest] == expected
    assert {item.rule for item in rest} == {"preventive"}
    assert all("still open" in str(item.why) for item in rest)
    assert [item.status for item in rest] == [item.due == D("2026-07-05") for item in rest]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"mst", "family_centre"}))
def test_a_rule_without_a_last_date_has_nothing_that_takes_over(kind):
    until = D("2029-01-01")
    assert schedule(herning(), kind, START, until, continued=True) == schedule(herning(), kind, START, until)


def test_nothing_falls_due_after_the_end_but_what_was_held_stays():
    held = [D("2026-01-19"), D("2026-02-20")]
    items = schedule(herning(), "institution", START, D("2026-12-31"), held=held, end=D("2026-02-25"))
    assert [(item.due.isoformat(), item.settled) for item in items] == [
        ("2026-01-19", True),
        ("2026-03-02", True),
    ]
    assert schedule(herning(), "institution", START, D("2026-12-31"), end=D("2026-01-19"))[-1].due == D(
        "2026-01-19"
    )
    assert schedule(herning(), "institution", START, D("2026-12-31"), end=START) == ()


def test_a_waived_date_is_settled_and_the_next_is_counted_from_it():
    items = schedule(herning(), "institution", START, D("2026-05-01"), held=[D("2026-03-05")], waived={1})
    assert [(item.due.isoformat(), item.waived, item.held) for item in items] == [
        ("2026-01-19", True, None),
        ("2026-03-02", False, D("2026-03-05")),
        ("2026-04-16", False, None),
    ]


def test_what_is_overdue_stays_until_it_is_held_or_waived():
    items = schedule(herning(), "preventive", START, D("2026-12-31"), held=[D("2026-11-01")])
    assert [item.due.isoformat() for item in items if not item.settled] == [
        "2026-04-05", "2026-07-05", "2026-10-05",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"held": [D("2026-01-04")]}, "held"),
        ({"end": D("2026-01-04")}, "end"),
        ({"kind": "retired"}, "rule"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_and_a_way_out(given, field):
    asked = {"kind": "institution", **given}
    with pytest.raises(InvalidInput) as refused:
        schedule(herning(), asked.pop("kind"), START, D("2026-12-31"), **asked)
    assert refused.value.field == field
    assert refused.value.ways_out


def test_held_on_the_first_day_and_ended_on_the_first_day_are_possible():
    assert schedule(herning(), "institution", START, D("2026-02-28"), held=[START])[1].due == D("2026-02-16")


def test_the_calendar_ends_and_the_dates_with_it():
    items = schedule(herning(), "foster", D("9999-06-01"), date.max)
    assert items[-1].due <= date.max
    assert schedule(herning(), "preventive", D("9999-06-01"), date.max)[-1].due == D("9999-12-01")


def test_the_reason_says_what_the_date_is_counted_from():
    first, second, third = schedule(herning(), "foster", START, D("2026-04-14"), held=[D("2026-01-20")])
    assert str(first.why) == "Local standard: 2 weeks after the start on 2026-01-05"
    assert str(second.why) == "Local standard: 6 weeks after the one held on 2026-01-20"
    assert str(third.why) == "Local standard: 6 weeks after the one due on 2026-03-03"


def test_every_item_carries_rule_source_people_and_outcome():
    for kind in KINDS:
        for item in schedule(herning(), kind, START, D("2027-06-30"), continued=True):
            assert item.rule_set == "herning-2015" and not item.law
            assert item.rule in (kind, "preventive")
            assert "Herningmodellen" in item.source.words and item.source.is_fact
            assert item.participants and item.outcome
            assert str(item.why).startswith("Local standard: ")


def test_at_every_follow_up_the_child_is_talked_with_and_new_goals_are_decided_on():
    for kind in KINDS:
        for item in schedule(herning(), kind, START, D("2027-06-30")):
            asked = {"child_talk", "new_goals_decided", "goals_reviewed"}
            assert asked <= set(item.outcome) if item.is_follow_up else not asked & set(item.outcome)
            assert not item.is_follow_up or "child" in item.participants


def test_who_takes_part_alternates_every_three_months_for_a_contact_person():
    items = schedule(herning(), "contact_ambulant", START, D("2028-01-05"))[1:]
    assert ["parent" in item.participants for item in items] == [True, False] * 4
    assert ["treatment_plan" in item.outcome for item in items] == [True, False] * 4
    assert ["end_in_view" in item.outcome for item in items] == [False, True] * 4


def test_alternation_keeps_its_place_when_two_repetitions_follow_each_other():
    rules = one_rule(
        '[[rules.r.then]]\nevery = "2 M"\nfrom = "start"\nwithin = "5 M"\n'
        '[[rules.r.then]]\nevery = "3 M"\nfrom = "start"\n'
        'turns = [{participants = ["parent"]}, {participants = ["school"]}]\n'
    )
    items = schedule(rules, "r", START, D("2027-01-05"))
    assert [item.due.isoformat() for item in items] == [
        "2026-03-05", "2026-05-05", "2026-07-05", "2026-10-05", "2027-01-05",
    ]  # fmt: skip
    assert [item.participants for item in items[2:]] == [("school",), ("parent",), ("school",)]
