"""What the caseload's page says of each case: step, next deadline, last talk, talks missed, open goals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.follow_up import TalkState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import GoalStatus
from caseworker_app.services import goals, interventions, plans
from caseworker_app.services.case_facts import CaseFacts, case_facts
from caseworker_app.services.follow_ups import Talk
from db.store import SqlStore
from tests.helpers.casework import TODAY, begin, book, days, due_of, held
from tests.helpers.stores import founded, register

START = dt.date(2026, 9, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2), step=2)


def facts(store: SqlStore, case: Id) -> CaseFacts:
    return store.read(lambda r: case_facts(r, book(), r.find(Case)))[case]


def test_a_case_without_anything_has_the_step_set_by_hand_and_nothing_due(store, case):
    assert facts(store, case) == CaseFacts(2, None, 0, None, 0, 0)


def test_the_next_deadline_is_the_earliest_and_the_late_ones_are_counted(store, case):
    begin(store, case, "foster_general", START, told_on=TODAY)
    found = facts(store, case)
    assert found.step == 5
    assert found.next.due == START
    assert found.late == sum(one.due < TODAY and not one.guess for one in due_of(store, case).open)


def test_talks_held_missed_and_left_out_are_told_apart(store, case):
    made = begin(store, case, "foster_general", START)
    for talk in (
        Talk(child_words="Fint"),
        Talk(TalkState.NOT_HELD, reason="Felix sov"),
    ):
        due = days(due_of(store, case))[0]
        held(store, made, due, due, talk=talk)
    found = facts(store, case)
    assert (found.last_talk, found.missed_talks) == (dt.date(2026, 9, 15), 1)


def test_only_goals_still_worked_with_are_open(store, case):
    plan = store.write(lambda w: plans.begin(w, case)).result
    for status in (GoalStatus.DRAFT, GoalStatus.REACHED, GoalStatus.PARTLY_REACHED):
        made = store.write(lambda w: goals.add(w, plan, {"text": "Et mål"})).result
        store.write(lambda w, made=made, status=status: goals.set_status(w, made, status))
    assert facts(store, case).open_goals == 2


def test_the_step_follows_the_interventions_once_one_has_begun(store, case):
    made = begin(store, case, "childrens_home", START)
    assert facts(store, case).step == 6
    store.write(
        lambda w: interventions.end(w, made, dt.date(2026, 11, 1), interventions.EndReason.STEPPED_DOWN)
    )
    assert facts(store, case).step is None
