"""What the demo tells of help: interventions, plans, follow-ups held and missed, and what I dag makes of them."""

from __future__ import annotations

import pytest

from caseworker_app.demo import books
from caseworker_app.demo.families import read
from caseworker_app.domain.follow_up import FollowUp, FollowUpException, PartyHearing, RhythmDecision
from caseworker_app.domain.intervention import PLACEMENTS, EndReason, Intervention
from caseworker_app.domain.plan import Goal, GoalStatus, Plan, PlanState, ProgressMark, missing_letters
from caseworker_app.services.deadline import Lateness, Work
from caseworker_app.services.today import today
from tests.demo.test_stories import FAMILY


@pytest.fixture(scope="module")
def day(demo):
    return demo.read(lambda r: today(r, books.rules()))


def found(filled, cls):
    return filled.read(lambda r: r.find(cls))


def test_every_kind_of_help_of_the_ladder_is_there(demo):
    everything = found(demo, Intervention)
    assert {1, 2, 3, 4, 5, 6} <= {one.step for one in everything} | {1}
    assert {one.kind for one in everything} >= PLACEMENTS - {"home_based_placement"} - {"family_stay"}
    ends = {one.end_reason for one in everything if one.ended_on}
    assert {EndReason.PLANNED, EndReason.STEPPED_DOWN, EndReason.PLACE_GAVE_UP} <= ends
    assert all(one.purpose and one.supplier for one in everything)


def test_children_were_heard_before_and_talked_with_at_each_follow_up(demo):
    heard = {one.intervention for one in found(demo, PartyHearing)}
    held = {one.intervention for one in found(demo, FollowUp) if one.held_on}
    assert held <= heard
    assert len(held) >= 10


def test_follow_ups_lie_on_working_days_after_the_start_and_before_today(demo):
    starts = {one.id: one.start for one in found(demo, Intervention)}
    for one in found(demo, FollowUp):
        if one.held_on:
            assert starts[one.intervention] <= one.held_on < demo.summary.today
            assert one.held_on.weekday() < 5


def test_goals_answer_their_letters_unless_they_are_drafts_and_move_over_time(demo):
    goals = found(demo, Goal)
    assert {one.status for one in goals} == {GoalStatus.ACTIVE, GoalStatus.DRAFT, GoalStatus.REACHED}
    for goal in goals:
        assert bool(missing_letters(goal)) is (goal.status is GoalStatus.DRAFT)
    assert any(goal.parent for goal in goals)
    marks = found(demo, ProgressMark)
    most = max(sum(mark.goal == goal.id for mark in marks) for goal in goals)
    assert most >= 8
    assert {plan.state for plan in found(demo, Plan)} >= {PlanState.ACTIVE, PlanState.DRAFT}


def test_exceptions_and_decisions_on_the_rhythm_have_their_reasons(demo):
    exceptions = found(demo, FollowUpException)
    assert {one.kind for one in exceptions} == {"childhood_placement", "boarding_school"}
    assert all(one.reason and one.serves_child and one.agreed_by for one in exceptions)
    assert all(one.reasons and one.child_wish and one.rhythm for one in found(demo, RhythmDecision))


def test_i_dag_has_something_in_every_section_and_a_clock_that_runs(day):
    assert [int(clock.hours_left) for clock in day.work.clocks] == [11]
    counts = {section: sum(len(g.rows) for g in groups) for section, groups in day.work.sections.items()}
    assert all(counts[section] for section in counts)
    assert 3 <= counts[Lateness.OVERDUE] <= 10
    assert day.work.clock is None
    assert day.unsigned


def test_siblings_stand_together_in_i_dag(day):
    overdue = day.work.sections[Lateness.OVERDUE]
    assert any(len({row.deadline.case.id for row in group.rows}) > 1 for group in overdue)


def test_a_young_person_nears_seventeen_and_a_half(day):
    rows = [row for row in day.work.rows if "youth_support_decided" in row.deadline.outcome]
    assert [row.deadline.lateness for row in rows] == [Lateness.LATER]


def test_an_investigation_nears_its_four_months(day):
    assert any(row.deadline.work is Work.INVESTIGATION for row in day.work.rows)


def test_a_plan_of_a_story_has_its_goals_and_letters():
    text = (
        FAMILY
        + '[[plan]]\nchild = "a"\nbegun = "-1m"\n[[plan.goal]]\nkey = "g"\ntext = "Sover"\nmarks = [1, 2]\n'
    )
    (plan,) = read("a", text, "Lone").plans
    assert [(goal.key, goal.plain["text"], goal.marks) for goal in plan.goals] == [("g", "Sover", (1, 2))]


def test_another_day_tells_help_too(other):
    assert len(found(other, FollowUp)) > 50
    assert other.read(lambda r: today(r, books.rules())).work.clocks
