"""Rules change; what was due before does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.rules.periods import Period, Unit
from caseworker_app.domain.rules.preview import Running, preview
from caseworker_app.domain.rules.schedule import RhythmDecision, schedule
from caseworker_app.domain.rules.timeline import RuleSetTimeline
from tests.domain.rules.given import D, edited, herning, interventions, laws, one_rule, shipped

START = D("2026-01-05")
SIX_TO_EIGHT = ('every = "6 W"', 'every = "8 W"')
SIX_TO_THREE = ('every = "6 W"', 'every = "3 W"')
QUARTER_TO_MONTHS = ('every = "3 M"', 'every = "2 M"')


def timeline(*sets) -> RuleSetTimeline:
    return RuleSetTimeline.of(*sets)


def shown(items) -> list[tuple[str, str]]:
    return [(item.due.isoformat(), item.rule_set) for item in items]


def test_a_wider_rhythm_counts_from_the_day_it_came_into_force():
    rules = timeline(herning(), edited("2026-07-01", SIX_TO_EIGHT))
    assert shown(schedule(rules, "institution", START, D("2026-10-01"))) == [
        ("2026-01-19", "herning-2015"),
        ("2026-03-02", "herning-2015"),
        ("2026-04-13", "herning-2015"),
        ("2026-05-25", "herning-2015"),
        ("2026-07-20", "own"),
        ("2026-09-14", "own"),
    ]


def test_a_closer_rhythm_makes_nothing_due_before_it_was_made():
    rules = timeline(herning(), edited("2026-07-01", SIX_TO_THREE))
    items = schedule(rules, "institution", START, D("2026-08-15"))
    assert shown(items)[3:] == [
        ("2026-05-25", "herning-2015"), ("2026-07-01", "own"), ("2026-07-22", "own"), ("2026-08-12", "own"),
    ]  # fmt: skip
    assert "the rule changed on 2026-07-01" in str(items[4].why)


def test_dates_counted_from_the_start_go_on_from_the_start_under_the_new_rule():
    rules = timeline(herning(), edited("2026-11-01", QUARTER_TO_MONTHS))
    items = schedule(rules, "preventive", START, D("2027-04-01"))
    assert shown(items)[3:] == [
        ("2026-10-05", "herning-2015"), ("2026-11-05", "own"), ("2027-01-05", "own"), ("2027-03-05", "own"),
    ]  # fmt: skip


def test_a_first_date_missed_by_the_change_is_due_on_the_day_of_the_change():
    sooner = edited("2026-01-26", ('after = "4 W"', 'after = "2 W"'))
    items = schedule(timeline(herning(), sooner), "preventive", START, D("2026-05-01"))
    assert shown(items) == [("2026-01-26", "own"), ("2026-04-05", "own")]


def test_an_intervention_begun_after_the_change_knows_only_the_new_rule():
    rules = timeline(herning(), edited("2026-01-05", SIX_TO_EIGHT))
    new = edited("2026-01-05", SIX_TO_EIGHT)
    assert schedule(rules, "foster", START, D("2027-06-01")) == schedule(
        new, "foster", START, D("2027-06-01")
    )


def test_one_begun_before_the_first_rules_is_counted_from_when_they_came():
    rules = timeline(
        one_rule(
            '[[rules.r.at]]\nafter = "2 W"\n[[rules.r.then]]\nevery = "6 W"\nfrom = "held"',
            valid_from="2026-06-01",
        )
    )
    assert [item.due.isoformat() for item in schedule(rules, "r", START, D("2026-08-01"))] == [
        "2026-06-01",
        "2026-07-13",
    ]


def test_a_rule_that_a_later_version_lacks_goes_on_as_it_was():
    other = one_rule('[[rules.r.then]]\nevery = "1 M"\nfrom = "start"', valid_from="2026-03-01")
    rules = timeline(herning(), other)
    assert schedule(rules, "foster", START, D("2027-01-01")) == schedule(
        herning(), "foster", START, D("2027-01-01")
    )


@given(
    interventions(),
    st.integers(0, 1500),
    st.lists(
        st.sampled_from((SIX_TO_EIGHT, SIX_TO_THREE, QUARTER_TO_MONTHS)),
        min_size=1,
        max_size=2,
        unique_by=lambda c: c[0],
    ),
    st.booleans(),
)
def test_a_rule_change_never_rewrites_the_past(given_, days, changes, continued):
    kind, start, held = given_
    change = start + timedelta(days=days)
    until = start + timedelta(days=1800)
    before = schedule(herning(), kind, start, until, held=held, continued=continued)
    rules = timeline(herning(), edited(change.isoformat(), *changes))
    after = schedule(rules, kind, start, until, held=held, continued=continued)
    kept = [item for item in before if item.due < change]
    assert [(item.due, item.held, item.rule_set) for item in after[: len(kept)]] == [
        (item.due, item.held, item.rule_set) for item in kept
    ]
    assert all(item.due >= change and item.rule_set == "own" for item in after[len(kept) :])
    assert all(item.rule_set == "herning-2015" for item in kept) or change == start


@given(interventions(), st.lists(st.integers(0, 1200), min_size=2, max_size=4))
def test_a_third_version_leaves_what_the_second_made_due(given_, days):
    kind, start, held = given_
    changes = [start + timedelta(days=each) for each in sorted(set(days))]
    texts = (SIX_TO_EIGHT, SIX_TO_THREE, QUARTER_TO_MONTHS, SIX_TO_EIGHT)
    versions = [
        herning(),
        *(edited(day.isoformat(), text) for day, text in zip(changes, texts, strict=False)),
    ]
    until = start + timedelta(days=1500)
    for number in range(1, len(versions)):
        earlier = schedule(timeline(*versions[:number]), kind, start, until, held=held)
        later = schedule(timeline(*versions[: number + 1]), kind, start, until, held=held)
        kept = [item for item in earlier if item.due < changes[number - 1]]
        assert [item.due for item in later[: len(kept)]] == [item.due for item in kept]


@given(interventions(), st.integers(0, 1200))
def test_the_same_rules_under_a_new_date_change_no_date(given_, days):
    kind, start, held = given_
    rules = timeline(herning(), edited((start + timedelta(days=days)).isoformat()))
    until = start + timedelta(days=1500)
    one, other = (
        schedule(each, kind, start, until, held=held, continued=True) for each in (herning(), rules)
    )
    assert [(item.due, item.held, item.extra, item.part) for item in one] == [
        (item.due, item.held, item.extra, item.part) for item in other
    ]


def test_a_version_counts_from_today_at_the_earliest_and_after_those_before_it():
    rules = timeline(herning())
    assert rules.changed(edited("2026-11-21"), D("2026-11-21")).last.id == "own"
    with pytest.raises(InvalidInput) as refused:
        rules.changed(edited("2026-11-20"), D("2026-11-21"))
    assert refused.value.field == "valid_from"
    later = rules.changed(edited("2027-06-01"), D("2026-11-21"))
    with pytest.raises(InvalidInput, match="later version"):
        later.changed(edited("2027-05-31"), D("2026-11-21"))
    assert later.changed(edited("2027-06-01"), D("2026-11-21")).sets[0].id == "herning-2015"


def test_the_version_in_force_is_found_by_the_day():
    days = ("2010-12-31", "2011-01-01", "2023-12-31", "2024-01-01")
    found = [laws().on(D(day)) for day in days]
    assert [each and each.id for each in found] == [None, "sel-2011", "sel-2011", "bl-2024"]
    assert timeline(shipped("sel-2011")).on(D("2024-01-01")) is None


# The rhythm decided on under BL § 95, stk. 3.

WEEKS_8 = Period(8, Unit.WEEKS)


def test_after_the_first_follow_up_the_decided_rhythm_is_counted_from_what_was_held():
    decision = RhythmDecision(D("2026-04-01"), WEEKS_8, "Emma er lige flyttet.", "Ikke i skoletiden.")
    items = schedule(
        shipped("bl-2024"), "follow_up", START, D("2026-08-30"), held=[D("2026-04-01")], rhythms=[decision]
    )
    assert [item.due.isoformat() for item in items] == ["2026-04-05", "2026-05-27", "2026-07-22"]
    assert "by the decision on the further rhythm" in str(items[1].why)
    assert "first_follow_up" in items[0].outcome and "first_follow_up" not in items[1].outcome
    assert all(item.law for item in items)


def test_a_new_decision_leaves_what_the_old_one_made_due():
    first = RhythmDecision(D("2026-04-01"), WEEKS_8, "r", "w")
    second = RhythmDecision(D("2026-07-01"), Period(2, Unit.WEEKS), "r", "w")
    items = schedule(
        shipped("bl-2024"),
        "follow_up",
        START,
        D("2026-07-20"),
        held=[D("2026-04-01")],
        rhythms=[second, first],
    )
    assert [item.due.isoformat() for item in items] == [
        "2026-04-05",
        "2026-05-27",
        "2026-07-01",
        "2026-07-15",
    ]


def test_a_decision_counts_only_where_the_law_asks_for_one():
    decision = RhythmDecision(D("2023-06-01"), WEEKS_8, "r", "w")
    start, until = D("2023-01-05"), D("2025-01-01")
    assert schedule(laws(), "follow_up", start, until, rhythms=[decision]) == schedule(
        laws(), "follow_up", start, until
    )
    local = schedule(herning(), "foster", START, until=D("2027-01-01"), rhythms=[decision])
    assert local == schedule(herning(), "foster", START, D("2027-01-01"))
    now = RhythmDecision(D("2024-02-01"), WEEKS_8, "r", "w")
    assert shown(schedule(laws(), "follow_up", start, D("2024-04-01"), rhythms=[now]))[-2:] == [
        ("2024-02-01", "bl-2024"), ("2024-03-28", "bl-2024"),
    ]  # fmt: skip


# What a change would do.


def running(key: bytes, rule: str, start: date = START, **given_: object) -> Running:
    return Running(key, rule, start, **given_)


def test_the_preview_names_each_open_deadline_that_moves_and_only_those():
    new = edited("2026-06-20", SIX_TO_EIGHT)
    open_ = [
        running(
            b"a", "institution", held=[D("2026-01-19"), D("2026-03-02"), D("2026-04-13"), D("2026-05-25")]
        ),
        running(b"b", "preventive"),
    ]
    changes = preview(herning(), new, open_, D("2026-06-20"), until=D("2026-10-01"))
    assert {change.key for change in changes} == {b"a"}
    assert [
        (c.number, c.before and c.before.due.isoformat(), c.after and c.after.due.isoformat())
        for c in changes
    ] == [
        (5, "2026-07-06", "2026-07-20"),
        (6, "2026-08-17", "2026-09-14"),
        (7, "2026-09-28", None),
    ]


def test_the_same_rules_again_change_nothing_and_a_retired_kind_is_passed_over():
    rules = [running(b"a", "foster"), running(b"b", "mst"), running(b"c", "of_old")]
    assert preview(timeline(herning()), edited("2026-06-20"), rules, D("2026-06-20")) == ()


def test_a_preview_of_a_rule_that_would_count_from_yesterday_is_refused():
    with pytest.raises(InvalidInput):
        preview(herning(), edited("2026-06-19"), [], D("2026-06-20"))
