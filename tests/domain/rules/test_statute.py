"""Deadlines the law counts from an event, with the certainty the law sheet gives them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.age import birthday
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import Basis, Bound, Certainty, ItemKind
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.rules.schedule import schedule
from caseworker_app.domain.rules.statute import needs_birth, statutory
from caseworker_app.domain.rules.vocabulary import EVENT_LABELS
from caseworker_app.services.calendar import danish_holidays
from tests.domain.rules.given import KINDS, PLACEMENTS, D, laws, shipped

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = D("2026-01-05")


def items(event: str, moment: date = DAY, **given_: object) -> dict[str, DueItem]:
    found = statutory(laws(), event, moment, holidays=danish_holidays, **given_)
    return {item.rule: item for item in found}


@pytest.mark.parametrize(
    ("event", "rule", "due", "place"),
    [
        ("notification_received", "D01", "2026-01-06", "§ 136"),
        ("notification_received", "D02", "2026-01-12", "§ 138"),
        ("need_known", "D05", "2026-05-05", "§ 20, stk. 3"),
        ("support_decided", "D07", "2026-04-05", "§ 91, stk. 1"),
        ("placement_decided", "D08", "2026-04-05", "§ 91, stk. 2"),
        ("forced_placement_decided", "D09", "2026-01-05", "§ 91, stk. 2"),
        ("return_decided", "D13", "2026-07-05", "§ 100, stk. 3"),
        ("contact_suspension_asked", "D16", "2026-03-02", "§ 104, stk. 5"),
        ("expected_birth", "D17", "2025-10-05", "§ 49, stk. 3"),
        ("decision_notified", "D18", "2026-02-02", "§ 67, stk. 1"),
    ],
)
def test_a_deadline_of_the_law_sheet(event, rule, due, place):
    item = items(event)[rule]
    assert (item.due.isoformat(), item.law, item.kind) == (due, True, ItemKind.DEADLINE)
    assert place in item.source.words and item.rule_set == "bl-2024"
    assert item.participants and item.outcome
    assert str(item.why).startswith("Law: ")


def test_what_was_not_read_in_the_law_says_so():
    item = items("complaint_received")["complaint"]
    assert (item.due, item.law) == (D("2026-02-02"), True)
    assert "§ 66" in item.source.words and str(item.why).startswith("Law, not verified: ")


def test_twenty_four_hours_are_real_hours_when_the_clocks_change():
    spring = datetime(2026, 3, 28, 12, 30, tzinfo=COPENHAGEN)
    assert items("notification_received", spring)["D01"].at == datetime(
        2026, 3, 29, 13, 30, tzinfo=COPENHAGEN
    )
    autumn = datetime(2026, 10, 24, 12, 30, tzinfo=COPENHAGEN)
    assert items("notification_received", autumn)["D01"].at == datetime(
        2026, 10, 25, 11, 30, tzinfo=COPENHAGEN
    )


@given(st.integers(0, 3_000_000), st.sampled_from(("Europe/Copenhagen", "UTC", "Asia/Tokyo")))
def test_twenty_four_hours_later_is_the_same_moment_in_every_zone(minutes, zone):
    moment = (datetime(2024, 2, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    item = items("notification_received", moment)["D01"]
    assert item.at is not None
    assert item.at.astimezone(UTC) - moment.astimezone(UTC) == timedelta(hours=24)
    assert item.due == item.at.date()


def test_a_notification_known_by_its_day_alone_is_assessed_on_the_next():
    item = items("notification_received", D("2026-02-28"))["D01"]
    assert (item.due, item.at) == (D("2026-03-01"), None)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(InvalidInput):
        items("notification_received", datetime(2026, 1, 5, 12))  # noqa: DTZ001 - that is the point


def test_six_weekdays_leave_out_sundays_and_holidays_and_count_saturdays():
    assert items("notification_received", D("2026-03-30"))["D02"].due == D("2026-04-09")
    assert items("notification_received", D("2026-12-22"))["D02"].due == D("2026-12-31")


def test_weekdays_without_a_calendar_are_refused():
    with pytest.raises(ValueError, match="holidays"):
        statutory(laws(), "notification_received", DAY)


@pytest.mark.parametrize(
    ("event", "rule"),
    [("notification_in_open_case", "D03"), ("notification_of_abuse", "D04"), ("scoping_started", "D06")],
)
def test_where_the_law_names_no_days_the_item_says_so(event, rule):
    item = items(event)[rule]
    assert (item.due, item.bound) == (DAY, Bound.UNDATED)
    assert "names no number of days" in str(item.why)


def test_support_after_18_is_decided_half_a_year_before_the_birthday():
    item = items("placement_started", birth=D("2010-09-30"))["D14"]
    assert item.due == D("2028-03-30")
    assert str(item.why) == "Law: 6 months before the birthday on 2028-09-30"
    assert items("placement_started", birth=D("2012-02-29"))["D14"].due == D("2029-09-01")


def test_a_placement_in_the_last_half_year_before_18_is_decided_on_at_once():
    item = items("placement_started", birth=D("2008-03-01"))["D14"]
    assert item.due == DAY and "was over" in str(item.why)


def test_who_is_of_age_has_no_deadline_of_a_minor():
    assert "D14" not in items("placement_started", birth=D("2008-01-05"))
    assert "D14" in items("placement_started", birth=D("2008-01-06"))


def test_a_youth_plan_is_considered_at_16_or_with_the_decision_after():
    assert items("support_decided", birth=D("2012-06-01"))["D15"].due == D("2028-06-01")
    assert items("support_decided", birth=D("2009-06-01"))["D15"].due == DAY
    assert items("placement_decided", birth=D("2012-06-01"))["D15"].bound is Bound.CONSIDER


def test_deadlines_that_hang_on_an_age_are_asked_for_and_left_out_without_a_birth():
    assert needs_birth(laws(), "placement_started") and not needs_birth(laws(), "need_known")
    assert "D14" not in items("placement_started")


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)), st.dates(date(2000, 1, 1), date(2035, 1, 1)))
def test_an_age_is_never_due_before_its_event_nor_after_18(day, birth):
    for event in EVENT_LABELS:
        for item in items(event, day, birth=birth).values():
            assert item.due >= day or item.bound is Bound.EARLIEST
            if item.rule in ("D14", "D15"):
                assert day <= item.due < birthday(birth, 18)


def test_an_unknown_event_is_refused():
    with pytest.raises(InvalidInput) as refused:
        statutory(laws(), "full_moon", DAY)
    assert refused.value.field == "event"


def test_the_law_is_that_of_the_event_s_day():
    old, new = (items("support_decided", day) for day in (D("2023-12-31"), D("2024-01-01")))
    assert set(old) == {"OLD1"} and old["OLD1"].due == D("2024-04-30")
    assert "SEL § 140" in old["OLD1"].source.words
    assert set(new) == {"D07"}
    assert items("notification_received", D("2023-12-31"))["D02"].source.words == "SEL § 155 b"


def test_a_youth_placed_under_the_old_law_is_decided_on_under_the_new():
    item = items("placement_started", D("2022-05-01"), birth=D("2008-08-15"))["D14"]
    assert (item.due, item.rule_set) == (D("2026-02-15"), "bl-2024")


def test_the_number_of_a_paragraph_that_is_not_verified_is_never_said_as_fact():
    item = items("notification_received")["D02"]
    assert item.source.place is Certainty.MEDIUM and item.source.is_fact
    assert str(item.source.phrase) == "BL § 138 (the paragraph's number is not verified)"


def test_a_rule_that_is_not_read_in_the_text_is_said_with_its_reserve():
    item = schedule(shipped("sel-2011"), "follow_up", D("2020-01-05"), D("2020-12-31"))[0]
    assert item.source.basis is Basis.BACKGROUND and not item.source.is_fact
    assert str(item.why).startswith("Law, not verified: ")
    assert str(item.source.phrase) == "SEL § 70 (not verified; check the text of the law)"
    scoping = items("scoping_started")["D06"]
    assert scoping.source.certainty is Certainty.MEDIUM
    assert str(scoping.why).startswith("Law, not verified: ")


def test_no_law_of_low_certainty_ships():
    for rules in laws().sets:
        for origin in [*(r.origin for r in rules.rules.values()), *(d.origin for d in rules.deadlines)]:
            assert Certainty.LOW not in (origin.reference.certainty, origin.reference.place)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_follow_up_is_due_three_months_after_the_start(kind):
    law = shipped("bl-2024")
    assert "follow_up" in {rule.id for rule in law.rules_for(kind)}
    items_ = schedule(law, "follow_up", DAY, D("2030-01-01"))
    assert [item.due for item in items_] == [D("2026-04-05")]


@pytest.mark.parametrize(
    ("ended", "due"),
    [
        ("2026-02-10", "2026-02-10"),
        ("2026-04-05", "2026-04-05"),
        ("2026-06-01", "2026-04-05"),
        ("2026-01-05", "2026-01-05"),
        ("2026-01-04", "2026-04-05"),
    ],
)
def test_the_end_of_a_parallel_investigation_brings_the_first_follow_up_forward(ended, due):
    events = {"investigation_ended": D(ended)}
    (item,) = schedule(shipped("bl-2024"), "follow_up", DAY, D("2030-01-01"), events=events)
    assert item.due == D(due)
    assert ("parallel investigation" in str(item.why)) is (D(ended) < D("2026-04-05") and D(ended) >= DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_placements_and_only_they_are_visited_twice_a_year(kind):
    law = shipped("bl-2024")
    rules = {rule.id for rule in law.rules_for(kind)}
    assert ("supervision" in rules) is (kind in PLACEMENTS)
    visits = schedule(law, "supervision", DAY, D("2028-01-05"))
    assert [item.due for item in visits] == [add_months(DAY, 6 * n) for n in (1, 2, 3, 4)]
    assert {item.kind for item in visits} == {ItemKind.SUPERVISION}
    assert str(visits[0].why).startswith("Law: at least 2 times a year; ")
    assert "our own spacing" in str(visits[0].why)


def test_half_yearly_follow_ups_of_the_old_law_end_with_it():
    days = [item.due.isoformat() for item in schedule(laws(), "follow_up", D("2022-06-15"), D("2027-01-01"))]
    assert days == ["2022-09-15", "2023-03-15", "2023-09-15"]
    late = schedule(laws(), "follow_up", D("2023-11-15"), D("2027-01-01"))
    assert [(item.due.isoformat(), item.rule_set) for item in late] == [("2024-02-15", "bl-2024")]


def test_visits_of_an_old_placement_are_counted_from_the_new_law_on():
    visits = schedule(laws(), "supervision", D("2020-03-01"), D("2025-03-01"))
    assert [item.due.isoformat() for item in visits] == ["2024-03-01", "2024-09-01", "2025-03-01"]
